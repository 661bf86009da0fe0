"""What a person should know beside what the rules say: it changes no status, and must not be lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from ..domain.evidence import Evidence
from ..text import LANGUAGES, Text, Words, write_date
from .displaced import displaced
from .run import Run
from .selection import contradictory


@attrs.frozen(kw_only=True)
class Caution:
    """Something to look at.

    Args:
        text: what it is, in one or two sentences.
        kind: the kind of evidence that it quotes; None where it quotes none. Of a confidential kind it is withheld.
        evidence: the ids of the items that it is about.

    """

    text: Words
    kind: str | None = None
    evidence: tuple[str, ...] = ()


def cautions(run: Run) -> Iterator[Caution]:
    """The cautions of an assessment; the order of the evidence in its dossier changes nothing."""
    for item in _sorted(used_items(run)):
        yield from (Caution(text=note, kind=item.kind.id, evidence=(item.id,)) for note in item.notes)
    for item in _sorted(item for item in run.dossier.evidence if item.kind.id in run.selection):
        if contradictory(item):
            yield Caution(text=_ends_before_it_starts(item), kind=item.kind.id, evidence=(item.id,))
    for one in displaced(run):
        ids = tuple(item.id for item in _sorted([*one.new, *one.old]))
        yield Caution(text=one.text, kind=one.kind.id, evidence=ids)


def _sorted(items: Iterable[Evidence]) -> list[Evidence]:
    return sorted(items, key=lambda item: (item.kind.id, item.id))


def _ends_before_it_starts(item: Evidence) -> Words:
    assert item.date is not None  # else nothing is contradictory
    assert item.valid_until is not None
    told = {
        lang: _CONTRADICTORY[lang].format(
            id=item.id, until=write_date(item.valid_until, lang), day=write_date(item.date, lang)
        )
        for lang in LANGUAGES
    }
    return Words(**told)


_CONTRADICTORY = Text(
    nl="‘{id}’ is van {day} en zou gelden tot en met {until}. Een van die datums klopt niet; het stuk telt niet mee.",
    en="‘{id}’ is dated {day} and would be valid until {until}. One of these dates is wrong; the item does not count.",
)


def used_items(run: Run) -> list[Evidence]:
    """The items of evidence that count, of every key."""
    found = {
        item.id: item
        for selected in run.selection.values()
        for one in (selected, *selected.keys)
        if one.usable
        for item in one.cited
    }
    return list(found.values())
