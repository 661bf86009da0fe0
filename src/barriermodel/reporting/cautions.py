"""What a person should know besides the outcome of the rules: it changes no status, and must not be lost."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import attrs

from ..domain.evidence import Evidence
from ..domain.facts import fact_fields
from ..domain.plausible import contradictions, implausible
from ..domain.unknown import UNKNOWN
from ..engine.displaced import Displaced, displaced
from ..engine.evaluate import Evaluation
from ..engine.results import Caution
from ..engine.selection import by_id, day_of, never_valid
from ..findings import Findings
from ..rules.signature import ENTITIES
from ..text import Language, Localized, composed, format_date, format_list, localized_date
from ..words.lexicon import said
from .values import format_value


def cautions(evaluation: Evaluation) -> Iterator[Caution]:
    """The cautions of an evaluation, in an order that does not depend on that of the dossier's evidence."""
    for source in ENTITIES:
        dates = _of_dates(getattr(evaluation.dossier, source), evaluation, _SUBJECTS[source])
        yield from (Caution(text=text, reveals_values=True) for text in dates)
    used = used_ids(evaluation)
    for item in by_id(item for item in evaluation.dossier.evidence if item.id in used):
        yield from (_about(item, note) for note in item.notes)
        whose = composed(partial(_titled, item))
        texts = dict.fromkeys(_of_dates(item.facts, evaluation, whose))  # once, however many records have such a date
        yield from (_about(item, text, reveals_values=True) for text in texts)
    for item in by_id(item for item in evaluation.dossier.evidence if item.kind.id in evaluation.selection):
        # the evidence of a table's row was selected beforehand and may have no date, so what is used is not checked
        why = _why_never(item, evaluation) if item.id not in used else None
        if why is not None:
            yield _about(item, why)
    for one in displaced(evaluation):
        text = composed(partial(_displaced_text, one))
        yield Caution(
            text=text, kind=one.kind.id, evidence=tuple(item.id for item in by_id([*one.new, *one.old])),
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


def _titled(item: Evidence, lang: Language) -> str:
    return f"{item.kind.title[lang]} ‘{item.id}’"


def _about(item: Evidence, text: Localized, *, reveals_values: bool = False) -> Caution:
    return Caution(
        text=text, kind=item.kind.id, evidence=(item.id,), confidential=item.kind.confidential,
        reveals_values=reveals_values,
    )  # fmt: skip


def _why_never(item: Evidence, evaluation: Evaluation) -> Localized | None:
    """Why an item cannot count in this assessment, whatever else is in the dossier; None if it can."""
    dossier, id, day = evaluation.dossier, item.id, item.date
    if item.about is not None and item.about not in dossier.provider.identifiers:
        return _OF_ANOTHER.fill(id=id, about=item.about)
    if day is None:
        return _UNDATED.fill(id=id)
    if day > dossier.as_of:
        return _LATER.fill(id=id, day=localized_date(day))
    if item.valid_until is not None and never_valid(item):
        return _CONTRADICTORY.fill(id=id, until=localized_date(item.valid_until), day=localized_date(day))
    return None


_OF_ANOTHER = said("cautions", "of_another")
_UNDATED = said("cautions", "undated")
_LATER = said("cautions", "later")
_CONTRADICTORY = said("cautions", "contradictory")


def used_ids(evaluation: Evaluation) -> frozenset[str]:
    """The ids of the items of evidence that count, of every key."""
    found = (one for selected in evaluation.selection.values() for one in (selected, *selected.keys))
    return frozenset(item.id for one in found if one.usable for item in one.cited)


def _of_dates(holder: Any, evaluation: Evaluation, whose: Localized) -> Iterator[Localized]:
    """Impossible dates, and dates that contradict each other."""
    as_of = evaluation.dossier.as_of
    for found in implausible(holder, as_of):
        yield _UNKNOWN.fill(whose=whose, fact=found.field.label, why=found.why)
    for one in contradictions(holder, as_of):
        days = {"day": localized_date(one.value), "other_day": localized_date(one.other_value)}
        yield _ORDER.fill(whose=whose, fact=one.field.label, other=one.other.label, **days)


_SUBJECTS = {"provider": said("cautions", "subjects", "provider"), "award": said("cautions", "subjects", "award")}
_UNKNOWN = said("cautions", "unknown")
_ORDER = said("cautions", "order")


def _displaced_text(one: Displaced, lang: Language) -> str:
    values = "; ".join(_other_values(one, lang))
    template = _DISPLACED if one.new else _EXPIRED
    rules = format_list([rule.id for rule in one.rules], lang)
    first = template[lang].format(old=_named(one.old, lang), new=_named(one.new, lang))
    stated = [_STATED[lang].format(values=values)] if values else []
    return " ".join([first, *stated, _WOULD_HIT[lang].format(rules=rules)])


def _other_values(one: Displaced, lang: Language) -> Iterator[str]:
    """The facts that the rules look at and that the older items state differently from the newer ones."""
    fields = fact_fields(one.kind.cls)
    read = {ref.name for rule in one.rules for ref in rule.definition.facts if ref.source == one.kind.id}
    for name in (name for name in fields if name in read or not read):
        value = next((v for item in one.old if (v := getattr(item.facts, name)) is not UNKNOWN), UNKNOWN)
        if value is not UNKNOWN and all(getattr(item.facts, name) != value for item in one.new):
            is_record = fields[name].many and attrs.has(fields[name].type)
            yield fields[name].label[lang] if is_record else f"{fields[name].label[lang]} {format_value(value, lang)}"


def _named(items: tuple[Evidence, ...], lang: Language) -> str:
    if not items:
        return ""
    return f"{format_list([f'‘{item.id}’' for item in items], lang)} ({format_date(day_of(items[0]), lang)})"


_DISPLACED = said("cautions", "displaced")
_EXPIRED = said("cautions", "expired")
_STATED = said("cautions", "stated")
_WOULD_HIT = said("cautions", "would_hit")
