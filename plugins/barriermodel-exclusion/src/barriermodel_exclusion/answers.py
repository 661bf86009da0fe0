"""The questions of one criterion, with the answers to each."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from xml.etree.ElementTree import Element

import attrs

from barriermodel.plugin import UNKNOWN, Fact, Localized, messages

from .xml import day_of, shown, text_at, texts_at

_YES_NO = {"true": True, "1": True, "false": False, "0": False}
_GROUPS = ("TenderingCriterionPropertyGroup", "SubsidiaryTenderingCriterionPropertyGroup")

said = messages(__name__)

Responses = Mapping[str, Sequence[Element]]
"""The answers, by the question that they belong to."""


@attrs.frozen(kw_only=True)
class Question:
    """One question, with its answers as written in the document."""

    id: str
    words: str
    sort: str
    responses: Sequence[Element]

    def values(self, name: str) -> list[str]:
        """The answers as written; empty ones are left out."""
        found = [(e.text or "").strip() for r in self.responses for e in r.iterfind(f"ResponseValue/{name}")]
        return [value for value in found if value]


@attrs.define
class Journal:
    """Collects what a person should know about the document."""

    notes: list[Localized] = attrs.field(factory=list)

    def note(self, key: str, **values: object) -> None:
        """Add a note, unless it is there already."""
        text = said(key, **values)
        if text not in self.notes:
            self.notes.append(text)


def questions_of(criterion: Element, responses: Responses) -> list[Question]:
    """All questions of a criterion, in the order of the document."""
    return [
        Question(
            id=text_at(element, "ID"),
            words=" ".join(texts_at(element, "Description")) or text_at(element, "Name"),
            sort=text_at(element, "ValueDataTypeCode").upper(),
            responses=responses.get(text_at(element, "ID"), ()),
        )
        for element in _properties(criterion)
        if text_at(element, "TypeCode").upper() in ("QUESTION", "")
    ]


def _properties(element: Element) -> Iterator[Element]:
    for group in element:
        if group.tag in _GROUPS:
            yield from group.iterfind("TenderingCriterionProperty")
            yield from _properties(group)


def yes_or_no(question: Question, code: str, journal: Journal) -> Fact[bool]:
    """Return the answer; unknown if there is none, or both yes and no."""
    written = question.values("ResponseIndicator")
    known = {_YES_NO[value.lower()] for value in written if value.lower() in _YES_NO}
    odd = [value for value in written if value.lower() not in _YES_NO]
    if odd:
        journal.note("answer_not_yes_or_no", code=shown(code), answer=shown(odd[0]))
    elif len(known) > 1:
        journal.note("answer_both", code=shown(code))
    return known.pop() if len(known) == 1 and not odd else UNKNOWN


def latest_day(questions: Sequence[Question], code: str, journal: Journal) -> Fact[date]:
    """Return the latest date in the answers; unknown if one of them is not a date."""
    written = [value for question in questions for value in question.values("ResponseDate")]
    days = [day for day in map(day_of, written) if day is not None]
    if len(days) < len(written):
        journal.note("no_such_day", code=shown(code))
        return UNKNOWN
    return max(days) if days else UNKNOWN
