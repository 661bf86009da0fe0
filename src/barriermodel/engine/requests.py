"""What to ask: the evidence for the facts on which a rule that matters still depends, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from ..domain.facts import fact_fields
from ..domain.kinds import EvidenceKind, Supplier
from ..domain.unknown import UNKNOWN, UnknownReason
from ..domain.values import to_json
from ..objects import represent
from ..profiles.profile import CombineBy
from ..profiles.resolved import ResolvedRule, ResolvedStage
from ..rules.expression import FactRef
from ..rules.levels import Level, Status
from ..text import LANGUAGES, Language, Localized, Text, format_list, same_in_both
from .evaluate import Evaluation, level_for_count
from .provenance import blocking_facts, derived_by_id, kinds_without_evidence
from .selection import SelectedEvidence, UnknownFact, covered_elsewhere, why_unknown


@attrs.frozen(kw_only=True)
class Ask:
    """Evidence of a kind that would bring the advice nearer to a decision.

    Args:
        why: why the facts are unknown now.
        question: how to ask for it.
        facts: ids of the facts that are wanted.
        rules: ids of the rules that depend on them.

    """

    kind: EvidenceKind
    why: UnknownFact
    question: Localized
    facts: tuple[str, ...]
    rules: tuple[str, ...]

    def __repr__(self) -> str:
        return represent(self, self.kind.id, self.reason.value, *self.facts)

    @property
    def reason(self) -> UnknownReason:
        """Why the evidence is not there."""
        return self.why.reason


def can_change_advice(run: Evaluation, at_least: int, index: int, position: int) -> bool:
    """Whether turning an open rule from clear to hit changes the advice for some completion of the others.

    Args:
        at_least: the lower end of the assessment.
        index: the stage.
        position: the rule in the stage.

    """
    stage, codes, ends = run.resolved.stages[index], run.statuses[index], run.bounds[index]
    if codes is None or ends is None or codes[position] != Status.OPEN:
        return False
    rules = stage.rules
    if stage.by_level:
        return rules[position].level > at_least
    if stage.stage.combine.by is CombineBy.COUNT:
        return ends[1] > at_least
    return _can_cross_threshold(stage, rules, codes, position, at_least)


def _can_cross_threshold(
    stage: ResolvedStage, rules: tuple[ResolvedRule, ...], codes: tuple[int, ...], position: int, at_least: int
) -> bool:
    """Whether some sum of the other open weights crosses, with this one, a threshold above ``at_least``."""
    base = sum(r.weight for r, code in zip(rules, codes, strict=True) if code == Status.HIT)
    sums = {base}
    for i, code in enumerate(codes):
        if code == Status.OPEN and i != position:
            sums |= {total + rules[i].weight for total in sums}
    weight = rules[position].weight
    return any(level_for_count(stage, s + weight) > max(level_for_count(stage, s), at_least) for s in sums)


def open_rules_that_matter(run: Evaluation, at_least: Level) -> Iterator[tuple[int, ResolvedRule]]:
    """Each open rule that matters, with the number of its stage."""
    for index, stage in enumerate(run.resolved.stages):
        for position, rule in enumerate(stage.rules):
            if can_change_advice(run, at_least.value, index, position):
                yield index, rule


def make_asks(run: Evaluation, at_least: Level) -> tuple[Ask, ...]:
    """What is asked: by stage, then what a register can give before what the provider must, then by burden."""
    wanted: dict[str, tuple[int, list[str], list[str]]] = {}
    for index, rule in open_rules_that_matter(run, at_least):
        for id, fact in wanted_facts(run, rule):
            _, facts, rules = wanted.setdefault(id, (index, [], []))
            facts.append(f"{id}.{fact}" if fact else id)
            rules.append(rule.rule.id)
    asks: list[tuple[tuple[int, bool, int, str], Ask]] = []
    for id, (index, facts, rules) in wanted.items():
        selected = run.selection[id]
        why = why_unknown(run.dossier, selected, facts[0].partition(".")[2] or None)
        kind = selected.kind
        if why.reason is UnknownReason.NOT_COVERED and not covered_elsewhere(run.dossier, kind):
            continue  # no source holds this provider: asking again gives nothing
        # whatever else is unknown, it waits for the key of an item that states none
        lacks_key = selected.unplaced and why.reason is UnknownReason.NOT_STATED
        names = tuple(dict.fromkeys([f"{id}.{kind.one_per}"] if lacks_key else facts))
        question = _question(selected, why, names)
        ask = Ask(kind=kind, why=why, question=question, facts=names, rules=tuple(dict.fromkeys(rules)))
        asks.append(((index, kind.supplier is Supplier.PROVIDER, kind.burden, id), ask))
    return tuple(ask for _, ask in sorted(asks, key=lambda pair: pair[0]))


def wanted_facts(run: Evaluation, rule: ResolvedRule) -> Iterator[tuple[str, str]]:
    """``(kind, fact)`` on which an open rule depends; an empty fact for a kind of which nothing is usable."""
    for ref in blocking_facts(run, rule):
        yield from evidence_facts_of(run, ref)


def evidence_facts_of(run: Evaluation, ref: FactRef) -> Iterator[tuple[str, str]]:
    """``(kind, fact)`` that an unknown fact waits for; none for a fact of the dossier, or where a plugin failed."""
    if ref.source in run.selection:
        yield ref.source, ref.name
    elif ref.source == "derived":
        yield from _evidence_facts(run, ref)


def _evidence_facts(run: Evaluation, ref: FactRef) -> Iterator[tuple[str, str]]:
    derived, outcome = derived_by_id(run, ref.name), run.outcomes[ref.name]
    if outcome.error:
        return
    yield from ((kind, "") for kind in kinds_without_evidence(run, derived))
    for touched in outcome.unknown_reads:
        kind, _, fact = touched.partition(".")
        if kind in run.selection:
            yield kind, fact


def _question(selected: SelectedEvidence, why: UnknownFact, facts: Iterable[str]) -> Localized:
    """The question of the kind, with what an item that is there does not state; only that, where it lacks its key."""
    question = _for_a_new_item(selected)
    names = dict.fromkeys(fact.partition(".")[2] for fact in facts)
    if why.reason is not UnknownReason.NOT_STATED or "" in names:
        return question
    labels = [_label(selected.kind, name) for name in names]
    said: dict[Language, str] = {}
    for lang in LANGUAGES:
        items = format_list([f"‘{item.id}’" for item in why.evidence], lang)
        lacks = _LACKS[lang].format(items=items, facts=format_list([label[lang] for label in labels], lang))
        # another item would not help: it is this one that cannot be placed
        said[lang] = f"{lacks} {_ADD[lang]}" if selected.unplaced else f"{question[lang]} {lacks}"
    return Localized(said["nl"], said["en"])


_LACKS = Text(nl="In {items} staat niet: {facts}.", en="Not stated in {items}: {facts}.")
_ADD = Text(nl="Vul dat aan.", en="Add that.")


def _label(kind: EvidenceKind, name: str) -> Localized:
    """What a fact of a kind, or of the records in it, is called."""
    fields = fact_fields(kind.cls)
    nested = [fact_fields(field.type) for field in fields.values() if field.many and attrs.has(field.type)]
    return next((found[name].label for found in (fields, *nested) if name in found), same_in_both(name))


def _for_a_new_item(selected: SelectedEvidence) -> Localized:
    kind = selected.kind
    fields = fact_fields(kind.cls)
    nl: dict[str, str] = {}
    en: dict[str, str] = {}
    for name in kind.question.placeholders:
        label, value = fields[name].label, getattr(selected.facts, name)
        known = value is not UNKNOWN and not kind.confidential
        nl[name] = str(to_json(value)) if known else f"uw laatste {label.nl}"
        en[name] = str(to_json(value)) if known else f"your latest {label.en}"
    return Localized(kind.question.nl.format_map(nl), kind.question.en.format_map(en))
