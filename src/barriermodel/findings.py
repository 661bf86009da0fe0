"""All that an evaluation found, per stage, barrier, rule and concern; each part is made when it is asked for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

import attrs

from .domain.award import Award
from .domain.evidence import Evidence
from .domain.provider import Provider
from .engine.evaluate import Evaluation
from .engine.requests import Ask, make_asks
from .engine.results import BarrierResult, Caution, ConcernResult, RecordedError, RuleResult, StageResult
from .engine.selection import SelectedEvidence, by_id
from .engine.unknown_facts import UnknownFact
from .objects import ReadOnly, plain_text, represent
from .profiles.resolved import ResolvedStage
from .rules.levels import Concern, Interval, Moment, Status, bounds, interval, worst
from .spelling import not_found
from .text import Localized

_STATUSES = tuple(Status)


@attrs.frozen(slots=False)
class Findings(ABC):
    """All that an evaluation found. It is read-only.

    What is in words comes from :class:`barriermodel.Assessment`, which also writes reports and JSON: so nothing here
    imports the rooms that do.
    """

    evaluation: Evaluation = attrs.field(repr=False)

    def __repr__(self) -> str:
        profile, dossier = self.evaluation.resolved.profile, self.evaluation.dossier
        about = plain_text(profile.id), str(dossier.as_of), plain_text(dossier.provider.name)
        return represent(self, str(self.advice), *about)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.evaluation,)  # without what was computed from it

    @staticmethod
    @abstractmethod
    def _rule_text(result: RuleResult) -> Localized:
        """Put the result of a rule in words."""

    @staticmethod
    @abstractmethod
    def _question(selected: SelectedEvidence, why: UnknownFact, facts: tuple[str, ...]) -> Localized:
        """Put a request in words."""

    @staticmethod
    @abstractmethod
    def _find_cautions(evaluation: Evaluation) -> Iterator[Caution]:
        """Find what a person should look at, and put it in words."""

    @cached_property
    def advice(self) -> Interval:
        """The maximum over the stages: what is certain, and what is possible while facts are unknown."""
        return self.evaluation.advice

    @cached_property
    def stages(self) -> tuple[StageResult, ...]:
        """The stages in the profile's order."""
        evaluation = self.evaluation
        triples = zip(evaluation.resolved.stages, evaluation.statuses, evaluation.bounds, strict=True)
        return tuple(
            StageResult(stage, self._barriers_of(stage, statuses), interval(*bounds) if bounds else None)
            for stage, statuses, bounds in triples
        )

    def _barriers_of(self, stage: ResolvedStage, statuses: tuple[int, ...] | None) -> tuple[BarrierResult, ...]:
        by_level = stage.by_level and statuses is not None
        statuses = statuses or (Status.NOT_EXAMINED.value,) * len(stage.rules)
        evaluation, write = self.evaluation, self._rule_text
        results: list[BarrierResult] = []
        start = 0
        for barrier in stage.barriers:
            rules = barrier.rules
            own = statuses[start : start + len(rules)]
            found = [RuleResult(evaluation, barrier, rules[i], _STATUSES[s], write) for i, s in enumerate(own)]
            ends = interval(*bounds(own, barrier.levels)) if by_level else None
            results.append(BarrierResult(barrier, tuple(found), ends, own))
            start += len(rules)
        return tuple(results)

    @property
    def as_of(self) -> date:
        """The date of the dossier."""
        return self.evaluation.dossier.as_of

    @property
    def provider(self) -> Provider:
        """The provider that was screened, as the dossier has it."""
        return self.evaluation.dossier.provider

    @property
    def award(self) -> Award:
        """The award that the provider was screened for, as the dossier has it."""
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
        """One rule by its id.

        Raises:
            KeyError: the profile has no such rule.

        """
        for rule in self.rules:
            if rule.id == id:
                return rule
        raise not_found("rule", id, [rule.id for rule in self.rules])

    @cached_property
    def moments(self) -> Mapping[Moment, Interval | None]:
        """The interval per moment; None if none of its stages was examined."""
        found: dict[Moment, list[Interval]] = {}
        for stage in self.stages:
            found.setdefault(stage.moment, []).extend([stage.interval] if stage.interval else [])
        return ReadOnly({m: worst(found[m]) if found[m] else None for m in Moment if m in found})

    @cached_property
    def concerns(self) -> Mapping[Concern, ConcernResult]:
        """The result per concern; concerns are never added up."""
        by: dict[Concern, list[BarrierResult]] = {}
        for barrier in self.barriers:
            by.setdefault(barrier.concern, []).append(barrier)
        return ReadOnly({concern: _concern(by[concern]) for concern in Concern if concern in by})

    @cached_property
    def asks(self) -> tuple[Ask, ...]:
        """The evidence that can still change the advice; empty if the advice is decided."""
        return make_asks(self.evaluation, self.advice.at_least, self._question)

    @cached_property
    def cautions(self) -> tuple[Caution, ...]:
        """What a person should know besides the outcome of the rules; it changes no status."""
        return tuple(self._find_cautions(self.evaluation))

    @cached_property
    def errors(self) -> tuple[RecordedError, ...]:
        """What plugins raised (the rules concerned are open), and columns of a row that hold no value of their fact."""
        examined = [rule for rule in self.rules if rule.status is not Status.NOT_EXAMINED]
        failed = [(rule.id, rule.barrier.plugin, error) for rule in examined if (error := rule.error) is not None]
        found = [RecordedError(id, plugin.name, plugin.version, error) for id, plugin, error in failed]
        wrong = self.evaluation.row.errors if self.evaluation.row else {}
        found += [RecordedError(rule.id, "row", None, words) for rule in examined for words in wrong.get(rule.id, ())]
        return tuple(found)

    @cached_property
    def withheld(self) -> tuple[Evidence, ...]:
        """The evidence of confidential kinds that was used, whose values outputs mask; sorted by kind and id."""
        used = {e.id: e for s in self.evaluation.selection.values() if s.kind.confidential for e in s.cited}
        return by_id(used.values())


def _concern(barriers: list[BarrierResult]) -> ConcernResult:
    by_level = [barrier.interval for barrier in barriers if barrier.interval is not None]
    counted = [barrier for barrier in barriers if barrier.interval is None]
    hits, open_ = sum(barrier.hits for barrier in counted), sum(barrier.open for barrier in counted)
    return ConcernResult(worst(by_level) if by_level else None, hits, open_)
