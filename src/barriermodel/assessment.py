"""What an assessment says; everything is read from the run when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from .domain.award import Award
from .domain.evidence import Evidence
from .domain.provider import Provider
from .engine.evaluate import Evaluation
from .engine.provenance import FactValue, fact_value, values_in
from .engine.requests import Ask, make_asks
from .engine.selection import by_id
from .objects import ReadOnly, brief_repr, plain_text, represent
from .profiles.resolved import ResolvedBarrier, ResolvedRule, ResolvedStage, Setting
from .rules.interpreter import EvaluatedNode
from .rules.levels import Concern, Interval, Level, Moment, Status, bounds, interval, worst
from .spelling import not_found
from .text import Localized

if TYPE_CHECKING:
    from .reporting.cautions import Caution

STATUSES = tuple(Status)
_HIT, _OPEN = Status.HIT.value, Status.OPEN.value
AsTold: TypeAlias = Callable[[FactValue], FactValue]


@attrs.frozen(eq=False)
class RuleResult:
    """What became of one rule."""

    evaluation: Evaluation = attrs.field(repr=False)
    barrier: ResolvedBarrier = attrs.field(repr=False)
    resolved: ResolvedRule
    status: Status
    as_told: AsTold | None = attrs.field(default=None, repr=False)
    """How its facts are told, where that is in another way."""

    def __repr__(self) -> str:
        return represent(self, repr(self.id), self.status.key, self.level.key)

    def __eq__(self, other: object) -> bool:
        return self._said() == other._said() if isinstance(other, RuleResult) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.id, self.status))

    def _said(self) -> tuple[object, ...]:
        return self.resolved, self.status, self.values, self.facts, self.parameters, self.error

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.resolved.rule.id

    @property
    def level(self) -> Level:
        """The rule's level under this profile."""
        return self.resolved.level

    @property
    def text(self) -> Localized:
        """What is said of it, in both languages; confidential values are masked."""
        from .reporting.sentences import (
            Wording,  # here, for it writes sentences, which nobody who only wants an advice loads
        )

        return Localized(Wording(self, "nl").text(), Wording(self, "en").text())

    @cached_property
    def values(self) -> tuple[EvaluatedNode, EvaluatedNode | None]:
        """The rule's expression with every node's value, and that of ``applies``."""
        return values_in(self.evaluation, self.resolved)

    @cached_property
    def facts(self) -> tuple[FactValue, ...]:
        """The facts the rule looks at, each with where it came from or why it is unknown."""
        found = (fact_value(self.evaluation, ref) for ref in self.resolved.rule.facts)
        return tuple([self.as_told(fact) if self.as_told else fact for fact in found])

    @cached_property
    def parameters(self) -> Mapping[str, Setting]:
        """The limits the rule uses, with who set them."""
        found = {
            name: self.barrier.parameters[name].on(self.evaluation.dossier.as_of) for name in self.resolved.parameters
        }
        return ReadOnly({name: setting for name, setting in found.items() if setting is not None})

    @property
    def error(self) -> str | None:
        """What a derived fact or opaque rule raised, if it did."""
        for ref in self.resolved.rule.facts:
            outcome = self.evaluation.outcomes.get(ref.name) if ref.source == "derived" else None
            if outcome is not None and outcome.error:
                # what a confidential value was may stand in the words of an error
                return (
                    outcome.error.partition(":")[0]
                    if ref.id in self.evaluation.resolved.confidential
                    else outcome.error
                )
        return None


@attrs.frozen
class BarrierResult:
    """What became of one barrier; ``interval`` is None where its stage counts or was not examined."""

    resolved: ResolvedBarrier
    rules: tuple[RuleResult, ...]
    interval: Interval | None
    statuses: tuple[int, ...] = attrs.field(repr=False)

    def __repr__(self) -> str:
        return represent(self, repr(self.id), f"rules={len(self.rules)}", f"hits={self.hits}", f"open={self.open}")

    def __hash__(self) -> int:
        return hash((self.id, self.statuses))

    @property
    def id(self) -> str:
        """The barrier's id."""
        return self.resolved.barrier.id

    @property
    def title(self) -> Localized:
        """What the barrier is called."""
        return self.resolved.barrier.title

    @property
    def concern(self) -> Concern:
        """What the barrier is about."""
        return self.resolved.barrier.concern

    @property
    def hits(self) -> int:
        """The number of rules that hit."""
        return self.statuses.count(_HIT)

    @property
    def open(self) -> int:
        """The number of open rules."""
        return self.statuses.count(_OPEN)


@attrs.frozen
class StageResult:
    """What became of one stage; ``interval`` is None where it was not examined."""

    resolved: ResolvedStage
    barriers: tuple[BarrierResult, ...]
    interval: Interval | None

    def __repr__(self) -> str:
        return represent(self, repr(self.id), f"barriers={len(self.barriers)}", str(self.interval or "not examined"))

    def __hash__(self) -> int:
        return hash((self.id, self.interval))

    @property
    def id(self) -> str:
        """The stage's id."""
        return self.resolved.stage.id

    @property
    def title(self) -> Localized:
        """What the stage is called."""
        return self.resolved.stage.title

    @property
    def moment(self) -> Moment:
        """When the stage is run."""
        return self.resolved.stage.moment

    @property
    def examined(self) -> bool:
        """Whether it was examined; it is not after a stage that excludes."""
        return self.interval is not None


@attrs.frozen
class ConcernResult:
    """One concern: the interval over rules that count by level, and numbers of the rules that are counted."""

    interval: Interval | None
    hits: int
    open: int

    __repr__ = brief_repr


@attrs.frozen
class RecordedError:
    """Something that went wrong in a plugin while a dossier was assessed."""

    rule: str
    plugin: str
    version: str | None
    message: str

    __repr__ = brief_repr


@attrs.frozen(slots=False)
class AssessmentBase:
    """An advice to a person, never a decision, with all that explains it. It can only be read."""

    evaluation: Evaluation = attrs.field(repr=False)

    def __repr__(self) -> str:
        run = self.evaluation
        return represent(
            self,
            str(self.advice),
            plain_text(run.resolved.profile.id),
            str(run.dossier.as_of),
            plain_text(run.dossier.provider.name),
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), attrs.astuple(self, recurse=False)  # without what was computed from it

    @cached_property
    def advice(self) -> Interval:
        """The maximum over the stages: what is certain, and what is possible while facts are unknown."""
        found = [ends for ends in self.evaluation.bounds if ends is not None]
        return interval(max([low for low, _ in found]), max([high for _, high in found]))

    @cached_property
    def stages(self) -> tuple[StageResult, ...]:
        """The stages in the profile's order."""
        run = self.evaluation
        triples = zip(run.resolved.stages, run.statuses, run.bounds, strict=True)
        return tuple(
            StageResult(stage, _barriers(run, stage, codes, self._as_told), interval(*found) if found else None)
            for stage, codes, found in triples
        )

    @property
    def _as_told(self) -> AsTold | None:
        """How the facts of its rules are told, where that is in another way."""
        return None

    @property
    def as_of(self) -> date:
        """The date of the dossier."""
        return self.evaluation.dossier.as_of

    @property
    def provider(self) -> Provider:
        """Who was screened, as the dossier says it."""
        return self.evaluation.dossier.provider

    @property
    def award(self) -> Award:
        """For what, as the dossier says it."""
        return self.evaluation.dossier.award

    @cached_property
    def barriers(self) -> tuple[BarrierResult, ...]:
        """All barriers, in order of their stages."""
        return tuple([barrier for stage in self.stages for barrier in stage.barriers])

    @cached_property
    def rules(self) -> tuple[RuleResult, ...]:
        """All rules, in order of their stages and barriers."""
        return tuple([rule for barrier in self.barriers for rule in barrier.rules])

    def rule(self, id: str) -> RuleResult:
        """One rule by its id. Raises ``KeyError`` where the profile has none."""
        for rule in self.rules:
            if rule.id == id:
                return rule
        raise not_found("rule", id, [rule.id for rule in self.rules])

    @cached_property
    def moments(self) -> Mapping[Moment, Interval | None]:
        """The interval per moment; None where none of its stages was examined."""
        found: dict[Moment, list[Interval]] = {}
        for stage in self.stages:
            found.setdefault(stage.resolved.stage.moment, []).extend([stage.interval] if stage.interval else [])
        return ReadOnly({m: worst(found[m]) if found[m] else None for m in Moment if m in found})

    @cached_property
    def concerns(self) -> Mapping[Concern, ConcernResult]:
        """What is found per concern; concerns are never added up."""
        by: dict[Concern, list[BarrierResult]] = {}
        for barrier in self.barriers:
            by.setdefault(barrier.resolved.barrier.concern, []).append(barrier)
        return ReadOnly({concern: _concern(by[concern]) for concern in Concern if concern in by})

    @cached_property
    def asks(self) -> tuple[Ask, ...]:
        """What still matters; empty where the advice is decided."""
        return make_asks(self.evaluation, self.advice.at_least)

    @cached_property
    def cautions(self) -> tuple[Caution, ...]:
        """What a person should know beside what the rules say; it changes no status."""
        from .reporting.cautions import (
            cautions,  # here, for it writes sentences, which nobody who only wants an advice loads
        )

        return tuple(cautions(self.evaluation))

    def told(self, *, confidential: bool) -> tuple[Caution, ...]:
        """The cautions that outputs tell; of those that are withheld, that there is one, once for each item."""
        if confidential:
            return self.cautions
        shown = [one for one in self.cautions if not (one.of_values and one.confidential)]
        return tuple({(one.evidence, None if one.confidential else one.text): one for one in shown}.values())

    @cached_property
    def errors(self) -> tuple[RecordedError, ...]:
        """What plugins raised; the rules concerned are open."""
        return tuple(
            RecordedError(rule.id, rule.barrier.plugin.name, rule.barrier.plugin.version, error)
            for rule in self.rules
            if rule.status is not Status.NOT_EXAMINED and (error := rule.error) is not None
        )

    @cached_property
    def withheld(self) -> tuple[Evidence, ...]:
        """Evidence of confidential kinds, whose values outputs mask unless asked for; sorted by kind and id."""
        used = {e.id: e for s in self.evaluation.selection.values() if s.kind.confidential for e in s.cited}
        return by_id(used.values())


def _barriers(
    run: Evaluation, stage: ResolvedStage, codes: tuple[int, ...] | None, as_told: AsTold | None
) -> tuple[BarrierResult, ...]:
    results: list[BarrierResult] = []
    by_level = codes is not None and stage.by_level
    start = 0
    for barrier in stage.barriers:
        planned = barrier.rules
        end = start + len(planned)
        own = codes[start:end] if codes is not None else (Status.NOT_EXAMINED.value,) * len(planned)
        rules = tuple([RuleResult(run, barrier, planned[i], STATUSES[code], as_told) for i, code in enumerate(own)])
        found = interval(*bounds(own, barrier.levels)) if by_level else None
        results.append(BarrierResult(barrier, rules, found, own))
        start = end
    return tuple(results)


def _concern(barriers: list[BarrierResult]) -> ConcernResult:
    by_level = [barrier.interval for barrier in barriers if barrier.interval is not None]
    counted = [barrier for barrier in barriers if barrier.interval is None]
    return ConcernResult(
        worst(by_level) if by_level else None, sum(b.hits for b in counted), sum(b.open for b in counted)
    )
