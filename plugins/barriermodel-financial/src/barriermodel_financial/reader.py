"""Reads annual accounts that were typed over by hand as TOML."""

from __future__ import annotations

from collections.abc import Iterable

from barriermodel import Evidence, Reader, Text, parse_toml, read_evidence

from .kind import AnnualAccounts


def read_annual_accounts(raw: bytes) -> Iterable[Evidence]:
    """The accounts of one year in a TOML document with the keys of a dossier's item of evidence.

    Amounts are decimal numbers of euros. Raises ``DossierError`` with every problem and its path.
    """
    where = "annual accounts"
    return [read_evidence(parse_toml(raw, where), AnnualAccounts, where=where)]


annual_accounts_reader = Reader(
    id="annual_accounts",
    title=Text(nl="Jaarrekening, overgetypt als TOML", en="Annual accounts, typed over as TOML"),
    formats=("toml",),
    read=read_annual_accounts,
)
