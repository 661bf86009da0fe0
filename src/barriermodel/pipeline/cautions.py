"""What a person should know beside what the rules say: it changes no status, and must not be lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from ..domain.evidence import Evidence
from ..domain.plausible import contradictions, implausible
from ..rules.signature import SUBJECTS
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
        of_values: it is about values alone. Of a confidential kind not even that it is there is told then: it would
            tell how they compare.

    """

    text: Words
    kind: str | None = None
    evidence: tuple[str, ...] = ()
    of_values: bool = False


def cautions(run: Run) -> Iterator[Caution]:
    """The cautions of an assessment; the order of the evidence in its dossier changes nothing."""
    for source in SUBJECTS:
        dates = _of_dates(getattr(run.dossier, source), run, _SUBJECTS[source])
        yield from (Caution(text=text, of_values=True) for text in dates)
    used = {item.id for item in used_items(run)}
    for item in _sorted(item for item in run.dossier.evidence if item.id in used):
        title = item.kind.title
        whose = Words(f"{title.nl} ‘{item.id}’", f"{title.en} ‘{item.id}’")
        about = Caution(text=title, kind=item.kind.id, evidence=(item.id,))
        yield from (attrs.evolve(about, text=note) for note in item.notes)
        yield from (attrs.evolve(about, text=text, of_values=True) for text in _of_dates(item.facts, run, whose))
    for item in _sorted(item for item in run.dossier.evidence if item.kind.id in run.selection):
        if contradictory(item):
            yield Caution(text=_ends_before_it_starts(item), kind=item.kind.id, evidence=(item.id,))
    for one in displaced(run):
        ids = tuple(item.id for item in _sorted([*one.new, *one.old]))
        yield Caution(text=one.text, kind=one.kind.id, evidence=ids, of_values=True)


def _sorted(items: Iterable[Evidence]) -> list[Evidence]:
    return sorted(items, key=lambda item: (item.kind.id, item.id))


def _ends_before_it_starts(item: Evidence) -> Words:
    return _filled(
        _CONTRADICTORY, id=Words(item.id, item.id), until=_written(item.valid_until), day=_written(item.date)
    )


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


def _of_dates(holder: Any, run: Run, whose: Words) -> Iterator[Words]:
    """Dates that cannot be, and dates that contradict each other."""
    as_of = run.dossier.as_of
    for found in implausible(holder, as_of):
        yield _filled(_UNKNOWN, whose=whose, fact=found.field.label, why=found.why)
    for one in contradictions(holder, as_of):
        days = {"day": _written(one.value), "other_day": _written(one.other_value)}
        yield _filled(_ORDER, whose=whose, fact=one.field.label, other=one.other.label, **days)


def _written(day: Any) -> Words:
    return Words(write_date(day, "nl"), write_date(day, "en"))


def _filled(template: Text, **parts: Words) -> Words:
    nl, en = (template[lang].format_map({name: part[lang] for name, part in parts.items()}) for lang in LANGUAGES)
    return Words(nl, en)


_SUBJECTS = {"provider": Words("Aanbieder", "Provider"), "award": Words("Opdracht", "Award")}
_UNKNOWN = Text(
    nl="{whose}: {fact} telt als onbekend. {why}. Vraag de juiste datum na.",
    en="{whose}: {fact} counts as unknown. {why}. Ask for the right date.",
)
_ORDER = Text(
    nl="{whose}: {fact} ({day}) ligt vóór {other} ({other_day}). Beide tellen mee zoals ze er staan; kijk welke klopt.",
    en="{whose}: {fact} ({day}) is before {other} ({other_day}). Both count as they stand; see which is right.",
)
