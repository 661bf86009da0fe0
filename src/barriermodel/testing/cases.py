"""Generates a test suite from the rules themselves: each condition on its limit, just off it, and unknown.

For every condition of every rule there are at most four cases, each made to decide the advice if that is possible
(three-valued MC/DC on the boundaries, see :mod:`.conditions`). To find such a case:

1. Start from the baseline, in which every rule is clear. If the rule is in a stage that counts, first let other rules
   hit until one more hit crosses a threshold (``_backgrounds``).
2. Satisfy what stands next to the condition, so that the status of the rule depends on it alone (``_settings``).
3. Put the condition on its limit, just off it, and unknown (``_tried``).
4. If the advice still does not depend on it, because another rule hits or is open as well, make those clear one by one
   (``_deciding``).

Stages that count get a case on each threshold and one just below it. Each kind of evidence gets cases about which item
counts. The expected outcome is computed by the oracle, and not by the engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import chain, islice

import attrs

from barriermodel import BarrierModel, Status
from barriermodel.analysis.expressions import Node, Operation, unnamed
from barriermodel.analysis.profiles import CombineBy, ResolvedRule, ResolvedStage
from barriermodel.analysis.text import composed, said
from barriermodel.plugin import Localized

from .baseline import baseline_draft
from .case_names import condition_sentence, count_name, never_decides
from .conditions import Condition, alternative_statuses, applies_and, conditions, parts
from .dossier_draft import Draft
from .evaluation_context import EvaluationContext
from .evidence_cases import evidence_cases
from .oracle import decides_advice, expected, place_of
from .scenario import Scenario, Suite
from .solve import OUTCOMES, around_limit, outcome_of, satisfy, with_unknown

MAX_SETTINGS, MAX_TRIES, MAX_REPAIRS = 6, 10, 4
"""At most: settings of the other conditions, drafts in each, and rounds of clearing other rules."""


@attrs.frozen
class Finding:
    """Something that generating cases shows about a rule, for its author to check.

    Args:
        rule: its id.
        words: that the rule was never clear together with all others, or that one of its conditions never decides.

    >>> from barriermodel.plugin import Localized
    >>> Finding("nl.kvk.active", Localized("Nooit in orde.", "Never clear.")).words["en"]
    'Never clear.'

    """

    rule: str
    words: Localized


@attrs.frozen(kw_only=True)
class Cases(Suite):
    """A generated suite, with what was found while it was generated.

    Args:
        selection: the scenarios about which evidence counts.
        findings: what its author should look at.

    >>> from barriermodel.testing import single_barrier_model
    >>> len(make_cases(single_barrier_model("nl.kvk")).selection)
    15

    """

    selection: tuple[Scenario, ...]
    findings: tuple[Finding, ...]

    @property
    def of_rules(self) -> tuple[Scenario, ...]:
        """The scenarios about rules."""
        return self.scenarios[: len(self.scenarios) - len(self.selection)]


def make_cases(model: BarrierModel, as_of: date | None = None, *, about: str = "") -> Cases:
    """Generate the cases of all rules of a model; the same ones each time.

    Args:
        model: a profile, or one barrier (:func:`single_barrier_model`).
        as_of: the date of the dossiers; by default a 1 June on which all dated limits hold.
        about: the name of the profile or barrier in the file; by default the id of the profile.

    Raises:
        ProfileError: a limit has no value on this date.

    >>> from barriermodel.testing import single_barrier_model
    >>> cases = make_cases(single_barrier_model("nl.kvk"))
    >>> cases.scenarios[0].name.en
    'everything in order'

    """
    return attrs.evolve(_made(model, as_of), about=about or model.profile.id)


@lru_cache(maxsize=16)  # the tests of a profile or barrier use them again and again
def _made(model: BarrierModel, as_of: date | None) -> Cases:
    return _CaseGenerator(model, EvaluationContext.of(model, as_of)).cases()


class _CaseGenerator:
    def __init__(self, model: BarrierModel, context: EvaluationContext) -> None:
        self.model = model
        self.context = context
        self.clear, self.never_clear = baseline_draft(context)
        self.findings = [Finding(rule.id, said("cases", "never_clear").fill()) for rule in self.never_clear]
        self.assessment = model.assess(self.clear.dossier(context.kinds.values()))

    def cases(self) -> Cases:
        scenarios = [self._scenario(self.clear, said("cases", "clear").fill())]
        for rule in self.context.rules():
            for number, condition in enumerate(conditions(rule), 1):
                scenarios += self._of_condition(condition, number)
        for stage in self.context.resolved.stages:
            scenarios += self._of_stage(stage)
        hitting = [scenario.draft for scenario in scenarios if scenario.expect.hits]
        selection = [
            self._scenario(draft, name)
            for kind in self.context.kinds.values()
            for name, draft in evidence_cases(kind, self.clear, hitting)
        ]
        return Cases(
            about="", model=self.model, clear=self.clear, scenarios=(*scenarios, *selection),
            selection=tuple(selection), findings=tuple(self.findings),
        )  # fmt: skip

    def _scenario(
        self, draft: Draft, name: Localized, rule: str | None = None, decides: bool | None = None
    ) -> Scenario:
        return Scenario(name=name, draft=draft, expect=expected(draft, self.context), rule=rule, decides=decides)

    # Conditions --------------------------------------------------------------------------------------------

    def _of_condition(self, condition: Condition, number: int) -> Iterator[Scenario]:
        found: dict[str, tuple[Draft, bool]] = {}  # by outcome: the draft, and whether the condition decides in it
        for setting in islice(self._settings(condition), MAX_SETTINGS):
            for name, draft in self._tried(condition, setting):
                if not found.get(name, (None, False))[1]:
                    deciding = self._deciding(condition, name, draft)
                    if deciding is not None or name not in found:
                        found[name] = (deciding or draft, deciding is not None)
        if not any(decides for name, (_, decides) in found.items() if name != "unknown"):
            self.findings.append(Finding(condition.rule.id, never_decides(condition)))
        for name in OUTCOMES:
            if name in found:
                draft, decides = found[name]
                yield self._scenario(draft, self._name(condition, number, name, draft), condition.rule.id, decides)

    def _tried(self, condition: Condition, setting: Draft) -> Iterator[tuple[str, Draft]]:
        tried = dict.fromkeys(OUTCOMES, 0)
        for draft in chain(
            around_limit(condition.node, setting, self.context), with_unknown(condition.node, setting, self.context)
        ):
            name = outcome_of(condition.node, draft, self.context)
            if name in tried and tried[name] < MAX_TRIES:
                tried[name] += 1
                yield name, draft

    def _settings(self, condition: Condition) -> Iterator[Draft]:
        """Drafts in which the status of the rule depends on this condition, and the level of its stage on the rule."""
        wanted = list(_beside(condition))
        for start in self._backgrounds(condition.rule):
            yield from self._all(wanted, start)

    def _all(self, wanted: list[tuple[Node, bool]], draft: Draft) -> Iterator[Draft]:
        if not wanted:
            yield draft
            return
        node, truth = wanted[0]
        for found in islice(satisfy(node, truth, draft, self.context), MAX_TRIES):
            yield from self._all(wanted[1:], found)

    def _deciding(self, condition: Condition, name: str, draft: Draft) -> Draft | None:
        """A draft in which the condition turns out in the same way and decides the advice; None if none is found."""
        if not alternative_statuses(condition, self.context.lookup(draft)):
            return None
        for _ in range(MAX_REPAIRS):
            if self._decides(condition, draft):
                return draft
            better = self._with_fewer_others(condition, name, draft)
            if better is None:
                return None
            draft = better
        return None

    def _with_fewer_others(self, condition: Condition, name: str, draft: Draft) -> Draft | None:
        """A draft in which fewer other rules hit or are open, and the rule still depends on the condition."""
        others = self._hitting_or_open(condition, draft)
        for rule in others:
            for found in islice(satisfy(applies_and(rule, hits=False)[0], True, draft, self.context), MAX_TRIES):
                same = outcome_of(condition.node, found, self.context) == name
                if not same or not alternative_statuses(condition, self.context.lookup(found)):
                    continue
                if len(self._hitting_or_open(condition, found)) < len(others) or self._decides(condition, found):
                    return found
        return None

    def _decides(self, condition: Condition, draft: Draft) -> bool:
        lookup = self.context.lookup(draft)
        return decides_advice(self.context.resolved, self.context.statuses(draft), condition, lookup)

    def _hitting_or_open(self, condition: Condition, draft: Draft) -> list[ResolvedRule]:
        """The other rules that hit or are open."""
        others = [r for r in self.context.rules() if self.context.status(r, draft) in (Status.HIT, Status.OPEN)]
        return [rule for rule in others if rule is not condition.rule]

    def _name(self, condition: Condition, number: int, name: str, draft: Draft) -> Localized:
        sentence = condition_sentence(condition, draft, self.context, self.assessment)
        id = f"{condition.rule.id}, {number}"
        outcome = said("cases", "outcome", name)
        return composed(lambda lang: f"{id}, {outcome[lang]}: {sentence[lang]}")

    # Stages that count --------------------------------------------------------------------------------

    def _backgrounds(self, rule: ResolvedRule) -> Iterator[Draft]:
        """Drafts in which the level of the stage depends on this rule: one more hit crosses a threshold."""
        stage = self.context.resolved.stages[place_of(self.context.resolved, rule)[0]]
        if stage.by_level:
            yield self.clear
            return
        weight = _weight(stage, rule)
        others = [r for r in stage.rules if r is not rule]
        for threshold in _thresholds(stage):
            for total in range(threshold - weight, threshold):
                yield from islice(self._hitting(stage, others, max(total, 0)), 2)

    def _hitting(self, stage: ResolvedStage, rules: list[ResolvedRule], total: int) -> Iterator[Draft]:
        """Drafts in which hits of some of these rules add up to this total, and the others are clear."""
        for chosen in islice(_sums(stage, rules, total), MAX_TRIES):
            wanted = [(node, True) for rule in chosen for node in applies_and(rule, hits=True)]
            for draft in islice(self._all(wanted, self.clear), MAX_TRIES):
                hits = sum(_weight(stage, r) for r in rules if self.context.status(r, draft) == Status.HIT)
                if hits == total:
                    yield draft
                    break

    def _of_stage(self, stage: ResolvedStage) -> Iterator[Scenario]:
        if stage.by_level:
            return
        for threshold in _thresholds(stage):
            for total in (threshold - 1, threshold):
                draft = next(self._hitting(stage, list(stage.rules), total), None)
                if draft is not None and total:
                    yield self._scenario(draft, count_name(stage, total))


def _thresholds(stage: ResolvedStage) -> list[int]:
    combine = stage.combine
    return sorted({n for n in (combine.orange, combine.red) if n is not None})


def _weight(stage: ResolvedStage, rule: ResolvedRule) -> int:
    return rule.weight if stage.combine.by is CombineBy.POINTS else 1


def _sums(stage: ResolvedStage, rules: list[ResolvedRule], total: int) -> Iterator[list[ResolvedRule]]:
    """The ways to choose rules whose weights add up to a total, in the order of the rules."""
    if total == 0:
        yield []
        return
    for number, rule in enumerate(rules):
        weight = _weight(stage, rule)
        if 0 < weight <= total:
            for chosen in _sums(stage, rules[number + 1 :], total - weight):
                yield [rule, *chosen]


def _beside(condition: Condition) -> Iterator[tuple[Node, bool]]:
    """What else must be true or false, so that the status of the rule depends on this condition alone.

    Walking down to the condition, the other parts of each ``and`` must be true and those of each ``or`` false: then
    they leave the value to the part that holds the condition.
    """
    rule = condition.rule.definition
    if condition.place[0] == 1:
        yield rule.hits_if, True
    elif rule.applies is not None:
        yield rule.applies.expression, True
    node = rule.nodes[condition.place[0]]
    for number in condition.place[1:]:
        inner, below = unnamed(node), parts(node)
        if isinstance(inner, Operation) and inner.op != "not":
            yield from ((part, inner.op == "and") for n, part in enumerate(below) if n != number)
        node = below[number]
