"""Reads evidence of this plugin that was typed over by hand as TOML."""

from __future__ import annotations

from collections.abc import Iterable

from barriermodel import Evidence, Reader, Text, parse_toml, read_evidence

from .bankruptcy import InsolvencyHistory
from .changes import RegistrationHistory
from .interests import BusinessInterests

KINDS: tuple[type, ...] = (BusinessInterests, RegistrationHistory, InsolvencyHistory)
"""The kinds of evidence that can be typed over."""


def read_typed_over(raw: bytes) -> Iterable[Evidence]:
    """One item of a kind of this plugin, in a TOML document with the keys of a dossier's item of evidence.

    Raises ``DossierError`` with every problem and its path; the name of a person or company is one.
    """
    where = "network signals"
    return [read_evidence(parse_toml(raw, where), *KINDS, where=where)]


signals_reader = Reader(
    id="signals",
    title=Text(nl="Gegevens over het netwerk, overgetypt als TOML", en="Evidence on the network, typed over as TOML"),
    formats=("toml",),
    read=read_typed_over,
)
