"""The evidence that a response refers to: noted for the reader of the response, never downloaded."""

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from .answers import Journal
from .xml import shown, text_at

_MOST_NOTED = 100
"""Up to this many pieces of evidence are listed; more are counted."""
_LONGEST = 300
"""Characters of an address that are shown; a shorter one would be useless."""
_WORDS = ("Name", "Description", "EvidenceTypeCode", "DocumentReference/ID", "DocumentReference/DocumentDescription")
_ISSUER = "DocumentReference/IssuerParty/PartyName/Name"
_ADDRESS = "DocumentReference/Attachment/ExternalReference/URI"


def note_evidence(root: Element, codes: Mapping[str, str], journal: Journal) -> None:
    """Name each piece of evidence with its issuer and address, and the criteria it goes with.

    Args:
        codes: the code of its criterion, by the id of a question.

    """
    supplied: dict[str, list[str]] = {}
    online: dict[str, list[str]] = {}
    for response in root.iterfind("TenderingCriterionResponse"):
        code = codes.get(text_at(response, "ValidatedCriterionPropertyID"), "")
        for found, path in ((supplied, "EvidenceSupplied/ID"), (online, "ResponseValue/ResponseURI")):
            for element in response.iterfind(path):
                found.setdefault((element.text or "").strip(), []).append(code)
    listed: dict[tuple[str, str, str], list[str]] = {}
    for evidence in root.iterfind("Evidence"):
        listed.setdefault(_parts(evidence), []).extend(supplied.pop(text_at(evidence, "ID"), []))
    for address, own in online.items():
        listed.setdefault(("", "", shown(address, _LONGEST)), []).extend(own)
    for parts, own in list(listed.items())[:_MOST_NOTED]:
        _note(", ".join(filter(None, parts)), own, journal)
    if len(listed) > _MOST_NOTED:
        journal.note("more_evidence", count=len(listed) - _MOST_NOTED)
    _note_absent(supplied, journal)


def _parts(evidence: Element) -> tuple[str, str, str]:
    """Say what it is, who issued it and where it is."""
    words = dict.fromkeys(filter(None, (text_at(evidence, path) for path in _WORDS)))
    issuer, address = text_at(evidence, _ISSUER), text_at(evidence, _ADDRESS)
    return shown(" ".join(words)), shown(issuer), shown(address, _LONGEST)


def _note(what: str, codes: Iterable[str], journal: Journal) -> None:
    names = ", ".join(dict.fromkeys(shown(code) for code in codes if code))
    if names:
        journal.note("evidence_for" if what else "evidence_nameless_for", codes=names, evidence=what)
    else:
        journal.note("evidence" if what else "evidence_nameless", evidence=what)


def _note_absent(supplied: Mapping[str, list[str]], journal: Journal) -> None:
    """Note evidence that an answer names and the response does not describe."""
    if supplied:
        names = ", ".join(shown(id) or "-" for id in list(supplied)[:_MOST_NOTED])
        journal.note("evidence_absent", names=names)
