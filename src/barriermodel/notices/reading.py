"""Read official notices: which format it is follows from the content, never from the name of a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from xml.etree.ElementTree import Element

from ..errors import DossierError, InputError
from .building import Import, build
from .content import Content
from .eforms import read_eforms
from .ted import read_ted
from .xml import local_name, parse_xml

_OTHER_XML: Final = {
    "ContractNotice": "this is a contract notice (a call for tenders), not an award; name the contract award notice",
    "PriorInformationNotice": "this is a prior information notice, not an award; name the contract award notice",
    "QualificationApplicationResponse": (
        "this is an ESPD response, evidence of one provider; name it in that provider's dossier.toml, with its reader"
    ),
    "QualificationApplicationRequest": "this is an ESPD request, not a notice; there is no award in it",
}
_EXPECTED: Final = "expected a TED_EXPORT (F03, F21) or an eForms contract award notice"


def read_notice(raw: bytes, where: str = "notice") -> Import:
    """The awards and providers of one official notice.

    Args:
        raw: a TED_EXPORT (F03, F21) or an eForms contract award notice.
        where: what errors and the result call it.

    Raises:
        DossierError: it is no award notice, or cannot be read; one sentence says what it is and what to do.

    """
    contents, problems = parse_notices([(where, raw)])
    if problems:
        raise problems[0]
    return build(contents)


def parse_notices(files: Iterable[tuple[str, bytes]]) -> tuple[list[Content], list[InputError]]:
    """What some files say, and the error of each file that cannot be read."""
    contents: list[Content] = []
    problems: list[InputError] = []
    for where, raw in files:
        try:
            contents.append(_parse(raw, where))
        except InputError as error:
            problems.append(error)
    return contents, problems


def _parse(raw: bytes, where: str) -> Content:
    start = raw[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if not start:
        raise DossierError.one(where, "the file is empty")
    if start != b"<":
        raise DossierError.one(where, f"this is no notice; {_EXPECTED}")
    return _xml(parse_xml(raw, where), where)


def _xml(root: Element, where: str) -> Content:
    name = local_name(root)
    if name == "TED_EXPORT":
        return read_ted(root, where)
    if name == "ContractAwardNotice":
        return read_eforms(root, where)
    raise DossierError.one(where, _OTHER_XML.get(name, f"this is no notice: its root is {name[:40]!r}; {_EXPECTED}"))
