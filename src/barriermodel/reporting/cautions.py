"""What a person should know beside what the rules say: it changes no status, and must not be lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from ..assessment import Findings
from ..domain.evidence import Evidence
from ..domain.plausible import contradictions, implausible
from ..engine.evaluate import Evaluation
from ..engine.results import Caution
from ..engine.selection import by_id
from ..rules.signature import ENTITIES
from ..text import Localized, Text, date_words
from .displaced import displaced


def cautions(evaluation: Evaluation) -> Iterator[Caution]:
    """The cautions of an assessment; the order of the evidence in its dossier changes nothing."""
    for source in ENTITIES:
        dates = _of_dates(getattr(evaluation.dossier, source), evaluation, _SUBJECTS[source])
        yield from (Caution(text=text, reveals_values=True) for text in dates)
    used = used_ids(evaluation)
    for item in by_id(item for item in evaluation.dossier.evidence if item.id in used):
        title = item.kind.title
        whose = Localized(f"{title.nl} ‘{item.id}’", f"{title.en} ‘{item.id}’")
        yield from (_about(item, note) for note in item.notes)
        once = dict.fromkeys(_of_dates(item.facts, evaluation, whose))  # the same of many people is said once
        yield from (attrs.evolve(_about(item, text), reveals_values=True) for text in once)
    for item in by_id(item for item in evaluation.dossier.evidence if item.kind.id in evaluation.selection):
        # a row of a table holds what was selected, and need not say of when it is
        why = _why_never(item, evaluation) if item.id not in used else None
        if why is not None:
            yield _about(item, why)
    for one in displaced(evaluation):
        yield Caution(
            text=one.text, kind=one.kind.id, evidence=tuple(item.id for item in by_id([*one.new, *one.old])),
            confidential=one.is_confidential(evaluation), reveals_values=True,
        )  # fmt: skip


def visible_cautions(findings: Findings, *, confidential: bool) -> tuple[Caution, ...]:
    """The cautions that outputs show: of those whose text is left out, one for each set of items.

    Args:
        confidential: show those about confidential evidence.

    """
    if confidential:
        return findings.cautions
    visible = [one for one in findings.cautions if not (one.reveals_values and one.confidential)]
    return tuple({(one.evidence, None if one.confidential else one.text): one for one in visible}.values())


def _about(item: Evidence, text: Localized) -> Caution:
    return Caution(text=text, kind=item.kind.id, evidence=(item.id,), confidential=item.kind.confidential)


def _why_never(item: Evidence, evaluation: Evaluation) -> Localized | None:
    """Why an item never counts in this assessment, whatever else is there; None where it can."""
    dossier, id, day = evaluation.dossier, Localized(item.id, item.id), item.date
    if item.about is not None and item.about not in dossier.provider.identifiers:
        return _OF_ANOTHER.filled(id=id, about=Localized(str(item.about), str(item.about)))
    if day is None:
        return _UNDATED.filled(id=id)
    if day > dossier.as_of:
        return _LATER.filled(id=id, day=date_words(day))
    if item.valid_until is not None and item.valid_until < day:
        return _CONTRADICTORY.filled(id=id, until=date_words(item.valid_until), day=date_words(day))
    return None


_OF_ANOTHER = Text(
    nl="‘{id}’ gaat over {about} en niet over deze aanbieder. Het stuk telt niet mee.",
    en="‘{id}’ is about {about} and not about this provider. The item does not count.",
)
_UNDATED = Text(
    nl="‘{id}’ heeft geen datum, of een die niet kan kloppen. Het stuk telt niet mee, tot de datum bekend is.",
    en="‘{id}’ has no date, or one that cannot be right. The item does not count until its date is known.",
)
_LATER = Text(
    nl="‘{id}’ is van {day}, dus van na de peildatum. Het stuk telt niet mee.",
    en="‘{id}’ is dated {day}, after the reference date. The item does not count.",
)
_CONTRADICTORY = Text(
    nl="‘{id}’ is van {day} en zou gelden tot en met {until}. Een van die datums klopt niet; het stuk telt niet mee.",
    en="‘{id}’ is dated {day} and would be valid until {until}. One of these dates is wrong; the item does not count.",
)


def used_ids(evaluation: Evaluation) -> frozenset[str]:
    """The ids of the items of evidence that count, of every key."""
    found = (one for selected in evaluation.selection.values() for one in (selected, *selected.keys))
    return frozenset(item.id for one in found if one.usable for item in one.cited)


def _of_dates(holder: Any, evaluation: Evaluation, whose: Localized) -> Iterator[Localized]:
    """Dates that cannot be, and dates that contradict each other."""
    as_of = evaluation.dossier.as_of
    for found in implausible(holder, as_of):
        yield _UNKNOWN.filled(whose=whose, fact=found.field.label, why=found.why)
    for one in contradictions(holder, as_of):
        days = {"day": date_words(one.value), "other_day": date_words(one.other_value)}
        yield _ORDER.filled(whose=whose, fact=one.field.label, other=one.other.label, **days)


_SUBJECTS = {"provider": Localized("Aanbieder", "Provider"), "award": Localized("Opdracht", "Award")}
_UNKNOWN = Text(
    nl="{whose}: {fact} telt als onbekend. {why}. Vraag de juiste datum na.",
    en="{whose}: {fact} counts as unknown. {why}. Ask for the right date.",
)
_ORDER = Text(
    nl="{whose}: {fact} ({day}) ligt vóór {other} ({other_day}). Beide tellen mee zoals ze er staan; kijk welke klopt.",
    en="{whose}: {fact} ({day}) is before {other} ({other_day}). Both count as they stand; see which is right.",
)
