"""Readers: evidence entered by hand as TOML, and KvK's open data, for what they say about insolvency."""

from collections.abc import Iterable
from typing import Any

from barriermodel.plugin import (
    UNKNOWN,
    DossierError,
    Evidence,
    Identifier,
    Problem,
    Reader,
    Source,
    SourceType,
    manual_entry_reader,
    messages,
    parse_json,
)

from .bibob import BibobAdvice
from .insolvency import InsolvencyCase, InsolvencyExtract
from .inspection import SupervisionContact, SupervisionMeasure
from .sanctions import SanctionsScreening
from .warning_register import IkzCheck, WarningRegisterCheck

KINDS: tuple[type, ...] = (
    InsolvencyExtract,
    BibobAdvice,
    IkzCheck,
    WarningRegisterCheck,
    SupervisionMeasure,
    SupervisionContact,
    SanctionsScreening,
)

integrity_reader = manual_entry_reader("integrity", *KINDS)
said = messages(__name__)

_CASES = {
    "FAIL": InsolvencyCase.BANKRUPTCY,
    "SURS": InsolvencyCase.SUSPENSION_OF_PAYMENT,
    "SSAN": InsolvencyCase.DEBT_RESTRUCTURING,
}
_ALWAYS = ("actief", "datumAanvang", "rechtsvormCode", "activiteiten")
_KNOWN = {*_ALWAYS, "insolventieCode", "kvkNummer", "postcodeRegio", "lidstaat", "links", "_links"}


def read_open_data(raw: bytes) -> Iterable[Evidence]:
    """Read what an answer of KvK's open data (HVDS basisbedrijfsgegevens) says about insolvency.

    Written from documentation: there is no recorded sample. The answer may have an ``insolventieCode`` (FAIL, SURS or
    SSAN). Without it, ``none`` follows only if the answer is complete: it has the keys that are always there, and no
    unknown one, which may be a damaged code. It covers BV and NV only; SSAN is for natural persons only.
    """
    where = "basisbedrijfsgegevens"
    data = parse_json(raw, where)
    if type(data) is not dict or not ({"actief", "insolventieCode"} & set(data)):
        raise DossierError.one(where, "expected an answer of KvK's open data, with actief or insolventieCode")
    case = _case(data, where)
    known = case is not InsolvencyCase.NONE
    return [
        Evidence(
            id="",
            about=_about(data.get("kvkNummer"), where),
            source=Source(type=SourceType.REGISTER, issuer="KvK"),
            facts=InsolvencyExtract(case=case, ended=False if known else UNKNOWN),
            notes=() if data.get("kvkNummer") is not None else (said("no_kvk_number"),),
        )
    ]


def _case(data: dict[str, Any], where: str) -> InsolvencyCase:
    """Return the insolvency that an answer states.

    Raises:
        DossierError: the answer is not conclusive. It is read for nothing else, and if it were ignored an older answer
            would count.

    """
    code = data.get("insolventieCode")
    if code is not None:
        if type(code) is not str or code not in _CASES:
            raise DossierError.one(where, f"expected {', '.join(_CASES)} or nothing; {_AGAIN}", "insolventieCode")
        return _CASES[code]
    missing = [key for key in _ALWAYS if data.get(key) in (None, "")]
    if missing:
        raise DossierError(
            where, [Problem(key, f"an answer always has it, and this one has not; {_AGAIN}") for key in missing]
        )
    if data["actief"] not in ("J", "N"):
        raise DossierError.one(where, f"expected J or N; {_AGAIN}", "actief")
    not_known = sorted(set(data) - _KNOWN)
    if not_known:
        keys = ", ".join(ascii(key)[:60] for key in not_known)
        raise DossierError.one(where, f"{keys} is not known here, and may be a damaged code; {_AGAIN}")
    return InsolvencyCase.NONE


_AGAIN = "whether there is an insolvency cannot be told: get the answer again"


def _about(number: object, where: str) -> Identifier | None:
    if number is None:
        return None
    try:
        return Identifier("NL-KVK", number)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    except ValueError as error:
        raise DossierError.one(where, str(error), "kvkNummer") from None


READERS: tuple[Reader, ...] = (
    integrity_reader,
    Reader(id="insolvency_open_data", formats=("json",), read=read_open_data),
)
