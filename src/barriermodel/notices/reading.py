"""Read official notices of any format; the format follows from the contents, never from a file's name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from xml.etree.ElementTree import Element

from barriermodel import DossierError, InputError
from barriermodel.analysis.reading import parse_json_documents
from barriermodel.plugin import parse_xml

from .assemble import Import, assemble
from .completeness import without_suppliers
from .eforms import read_eforms
from .notice import LeftOut, Notice
from .ocds import read_ocds
from .ocds_releases import Release, is_ocds, releases_in
from .ted import read_ted
from .values import as_object

_OTHER_XML: Final = {
    "ContractNotice": "this is a contract notice (a call for tenders), not an award; name the contract award notice",
    "PriorInformationNotice": "this is a prior information notice, not an award; name the contract award notice",
    "QualificationApplicationResponse": (
        "this is an ESPD response, evidence of one provider; name it in that provider's dossier.toml, with its reader"
    ),
    "QualificationApplicationRequest": "this is an ESPD request, not a notice; there is no award in it",
}
_KVK: Final = ("kvkNummer", "resultaten", "fout", "signalen")
_GZIP: Final = b"\x1f\x8b"
_EXPECTED: Final = (
    "expected a TED_EXPORT (F03, F21 …), an eForms contract award notice, or OCDS releases, records or packages"
)


def read_notice(raw: bytes, where: str = "notice", *, as_of: date | None = None) -> Import:
    """Read the awards and providers in an official notice, or in all processes of an OCDS package.

    Args:
        raw: a TED_EXPORT (F03, F21 …), an eForms contract award notice, or OCDS 1.1 releases, records or packages: one,
            a list, or one after another (JSON Lines).
        where: the name to use in errors and in the result.
        as_of: read what an eForms notice withholds until a day, if that day has come; without it, nothing withheld.

    Raises:
        DossierError: it is not an award notice, or cannot be read; one sentence says what it is and what to do.

    Example:
        >>> notice = {
        ...     "ocid": "ocds-1-1", "tender": {"title": "Begeleiding"},
        ...     "awards": [{"id": "1", "status": "active", "suppliers": [{"name": "Stichting Verzinsel"}]}],
        ... }
        >>> import json
        >>> read_notice(json.dumps(notice).encode()).awards[0].provider.name
        'Stichting Verzinsel'

    """
    notices, problems = parse_notices([(where, raw)], as_of)
    if problems:
        raise problems[0]
    return assemble(notices)


def parse_notices(
    files: Iterable[tuple[str, bytes]], as_of: date | None = None
) -> tuple[list[Notice], list[InputError]]:
    """Read files; return their notices, and an error for each file that cannot be read or has no readable supplier.

    OCDS releases of one process are merged, also across files.
    """
    notices: list[Notice] = []
    releases: list[Release] = []
    problems: list[InputError] = []
    for where, raw in files:
        try:
            root = _parsed(raw, where)
            if isinstance(root, Element):
                for notice, place in _notices_in(root, where):
                    try:
                        notices.append(_xml(notice, place, as_of))
                    except InputError as error:
                        problems.append(error)
                continue
            found = _ocds(root, where)
        except InputError as error:
            problems.append(error)
            continue
        releases += [one for one in found if isinstance(one, Release)]
        left_out = tuple(one for one in found if isinstance(one, LeftOut))
        if left_out:
            notices.append(Notice(where=where, form="OCDS", number="", left_out=left_out))
    processes, unmerged = read_ocds(releases)
    notices += processes
    return notices, [*problems, *unmerged, *without_suppliers(notices)]


def _parsed(raw: bytes, where: str) -> Any:
    start = raw[:1000].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1]
    if start == b"<":
        return parse_xml(raw, where)
    if start in (b"{", b"["):
        return parse_json_documents(raw, where)
    if raw.startswith(_GZIP):
        raise DossierError.one(where, "the file is packed with gzip; unpack it first")
    raise DossierError.one(where, f"this is no notice; {_EXPECTED}" if start else "the file is empty")


def _notices_in(root: Element, where: str) -> list[tuple[Element, str]]:
    """Find the award notices in a file, which its publisher may have wrapped, and name each."""
    inner = [one for one in root.iter() if one.tag in ("TED_EXPORT", "ContractAwardNotice")]
    if len(inner) < 2:
        return [(one, where) for one in inner or [root]]
    return [(one, f"{where}[{place}]") for place, one in enumerate(inner, start=1)]


def _xml(root: Element, where: str, as_of: date | None) -> Notice:
    name = root.tag
    if name == "TED_EXPORT":
        return read_ted(root, where)
    if name == "ContractAwardNotice":
        return read_eforms(root, where, as_of)
    raise DossierError.one(where, _OTHER_XML.get(name, f"this is no notice: its root is {name[:40]!r}; {_EXPECTED}"))


def _ocds(documents: list[Any], where: str) -> list[Release | LeftOut]:
    """Find the releases in OCDS documents: one, several after another, or a list."""
    if len(documents) == 1 and isinstance(documents[0], list):
        documents = documents[0]
    if not any(map(is_ocds, documents)):
        raise DossierError.one(where, _other_json(documents[0] if documents else None))
    found: list[Release | LeftOut] = []
    for number, document in enumerate(documents, 1):
        if is_ocds(document):
            found += releases_in(document, where)
        else:
            found.append(LeftOut(where=where, reason="unreadable", detail=f"document {number}: no ocid"))
    if not found:
        raise DossierError.one(where, "this OCDS package is empty")
    return found


def _other_json(data: Any) -> str:
    """Say what a JSON document is, if it is not OCDS."""
    keys = as_object(data)
    if str(keys.get("schema", "")).startswith("barriermodel/"):
        return "this is a file of barriermodel itself, not a notice; assess reads dossiers"
    if any(name in keys for name in _KVK):
        return (
            "this is a KvK answer, evidence of one provider; name it in that provider's dossier.toml, with its reader"
        )
    if "awards" in keys or "awards" in as_object(keys.get("data")):
        return "this JSON has awards but no ocid, so it is no OCDS; get the OCDS release of the same process"
    return f"this JSON is no notice; {_EXPECTED}"
