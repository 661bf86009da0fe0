"""Runs a plan on a dossier: selects evidence, evaluates the stages in order, stops at exclusion."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import attrs

from ..domain.award import Procedure
from ..domain.dossier import Dossier
from ..errors import InputError, Problem
from ..objects import ReadOnly, brief_repr, packed, represent, unpacked
from ..profiles.profile import CombineBy
from ..profiles.resolved import ResolvedProfile, ResolvedStage
from ..rules.barrier import Barrier
from ..rules.compiler import Compiled, Evaluate, ParameterValues, RuleSource, compile_rules
from ..rules.derived import Derived, DerivedResult
from ..rules.levels import Level, Moment, Status, ends
from ..rules.plugin_code import PLUGIN_CODE
from ..rules.signature import InputKind
from .selection import SelectedEvidence, select

_HIT, _OPEN, _EXCLUDE = Status.HIT.value, Status.OPEN.value, Level.EXCLUDE.value


_COMPARES = (
    "nothing was assessed: the award is an open house, and the admission stage {stage!r} combines by {by}. By a count "
    "or a score applicants can be compared, and comparing applicants would make an open house a tender "
    "(https://croonadvocaten.nl/nieuws/aanbestedingsrecht/"
    "ook-een-semi-open-house-valt-buiten-de-werking-van-het-aanbestedingsrecht/). "
    'Test each requirement by itself: combine = {{ by = "worst" }}. Or count in a monitoring stage, after the award'
)


@attrs.frozen(slots=False)
class Evaluation:
    """What a run found, as small as it can be; :class:`Assessment` reads it, and nobody changes it.

    Args:
        codes: per stage the status of each rule as a number; None where the stage was not examined.
        ends: per stage the ends of its interval, with the same None.

    """

    resolved: ResolvedProfile = attrs.field(hash=False)
    dossier: Dossier
    parameters: ParameterValues = attrs.field(hash=False)
    selection: Mapping[str, SelectedEvidence] = attrs.field(hash=False)
    outcomes: Mapping[str, DerivedResult] = attrs.field(hash=False)
    statuses: tuple[tuple[int, ...] | None, ...]
    bounds: tuple[tuple[int, int] | None, ...]

    def __repr__(self) -> str:
        return represent(self, repr(self.resolved.profile.id), repr(self.dossier))

    def copied(self) -> Evaluation:
        """The same with a selection of its own, the one thing in it that is not frozen: that would be slower."""
        selection = {id: _copied(selected) for id, selected in self.selection.items()}
        return attrs.evolve(self, selection=ReadOnly(selection))


def _copied(selected: SelectedEvidence) -> SelectedEvidence:
    return attrs.evolve(selected, keys=tuple([_copied(key) for key in selected.keys]))


@attrs.frozen(eq=False)
class _Stage:
    """A stage ready to run."""

    stage: ResolvedStage
    derived: tuple[tuple[Barrier, Derived], ...]
    compiled: Compiled
    weights: tuple[int, ...]

    __repr__ = brief_repr

    def bounds(self, codes: tuple[int, ...]) -> tuple[int, int]:
        """The interval of the stage, as numbers."""
        if self.stage.by_level:
            return ends(codes, self.weights)
        hits = opens = 0
        for code, weight in zip(codes, self.weights, strict=True):
            if code == _HIT:
                hits += weight
            elif code == _OPEN:
                opens += weight
        return level_for_count(self.stage, hits), level_for_count(self.stage, hits + opens)


def level_for_count(stage: ResolvedStage, number: int) -> int:
    """The level that so many hits or points make."""
    combine = stage.stage.combine
    if combine.red is not None and number >= combine.red:
        return Level.RED.value
    return Level.ORANGE.value if combine.orange is not None and number >= combine.orange else Level.GREEN.value


class Engine:
    """A plan compiled; for each period between two changes of a parameter the functions are bound once."""

    def __init__(self, plan: ResolvedProfile) -> None:
        self.plan = plan
        self.kinds = tuple(plan.kinds.values())
        sources = ["provider", "award", "dossier", *plan.kinds, "derived"]
        self.stages = tuple(_prepare(plan, stage, sources) for stage in plan.stages)
        parameters = [p for barrier in plan.barriers for p in barrier.parameters.values()]
        self._all_parameters = parameters
        self.changes = sorted({s.since for p in parameters for s in p.settings if s.since is not None})
        self._bound: dict[int, tuple[ParameterValues, tuple[Evaluate, ...]]] = {}

    def __repr__(self) -> str:
        return represent(self, repr(self.plan.profile.id))

    def __reduce__(self) -> tuple[Any, ...]:
        return unpacked, packed(Engine, {}, plan=self.plan)  # compiled anew where it goes to

    def evaluate(self, dossier: Dossier) -> Evaluation:
        """What the rules find in a dossier.

        Raises:
            InputError: the profile, or a parameter of it, has no value on the dossier's date; or the profile
                compares applicants and the award is an open house.

        """
        self.check(dossier)
        return self.evaluate_selected(dossier, select(dossier, self.kinds))

    def evaluate_selected(
        self,
        dossier: Dossier,
        selection: Mapping[str, SelectedEvidence],
        given: Mapping[str, DerivedResult] | None = None,
    ) -> Evaluation:
        """The same with evidence that is selected already.

        Args:
            selection: what counts of each kind, in the order of the kinds.
            given: derived facts by id that are known already; left out, they are derived.

        """
        parameters, evaluates = self.bind_parameters(dossier.as_of)
        outcomes: dict[str, DerivedResult] = {}
        derived: dict[str, Any] = {}
        facts = [selected.facts for selected in selection.values()]
        codes: list[tuple[int, ...] | None] = []
        found: list[tuple[int, int] | None] = []
        excluded = False
        for stage, evaluate in zip(self.stages, evaluates, strict=True):
            if excluded:
                codes.append(None)
                found.append(None)
                continue
            if stage.derived:
                outcomes |= (
                    derive(stage.derived, dossier, selection, parameters)
                    if given is None
                    else {fact.id: given[fact.id] for _, fact in stage.derived}
                )
                derived = {id: outcome.value for id, outcome in outcomes.items()}
            found_codes = evaluate(dossier.provider_as_read, dossier.award_as_read, dossier.as_of, *facts, derived)
            found_ends = stage.bounds(found_codes)
            codes.append(found_codes)
            found.append(found_ends)
            excluded = found_ends[0] == _EXCLUDE
        return Evaluation(
            self.plan, dossier, parameters, ReadOnly(selection), ReadOnly(outcomes),
            tuple(codes), tuple(found),
        )  # fmt: skip

    def bind_parameters(self, day: date) -> tuple[ParameterValues, tuple[Evaluate, ...]]:
        """The values of the parameters on a day, and each stage's function for them.

        Raises:
            InputError: a parameter has no value on that day.

        """
        period = bisect_right(self.changes, day)
        if period not in self._bound:
            values = ReadOnly(self.parameter_values(day))
            self._bound[period] = values, tuple(stage.compiled.bind(values) for stage in self.stages)
        return self._bound[period]

    def parameter_values(self, day: date) -> dict[tuple[str, str], Any]:
        """The values of the parameters on a day, by barrier and name.

        Raises:
            InputError: a parameter has no value on that day.

        """
        values: dict[tuple[str, str], Any] = {}
        problems: list[Problem] = []
        for parameter in self._all_parameters:
            setting = parameter.on(day)
            if setting is None:
                starts = ", ".join(str(s.since) for s in parameter.settings)
                path = f'parameters."{parameter.barrier}".{parameter.spec.name}'
                problems.append(
                    Problem(
                        path,
                        f"no value on {day}; there are values from {starts}: add an older one",
                    )
                )
            else:
                values[parameter.barrier, parameter.spec.name] = setting.value
        if problems:
            raise InputError(f"profile {self.plan.profile.id}", problems)
        return values

    def check_day(self, day: date) -> None:
        """Raise ``InputError`` where the profile is not valid on a day."""
        profile = self.plan.profile
        if day < profile.valid_from or (profile.valid_until and day > profile.valid_until):
            until = f" until {profile.valid_until}" if profile.valid_until else ""
            message = f"it is valid from {profile.valid_from}{until}, and the dossier is of {day}"
            raise InputError.one(f"profile {profile.id}", message)

    def check(self, dossier: Dossier) -> None:
        """Raise ``InputError`` where the profile may not be used for a dossier, as :meth:`run` does."""
        self.check_day(dossier.as_of)
        profile = self.plan.profile
        if dossier.award.procedure is not Procedure.OPEN_HOUSE:
            return
        for stage in self.plan.stages:
            if stage.stage.moment is Moment.ADMISSION and not stage.by_level:
                message = _COMPARES.format(stage=stage.stage.id, by=stage.stage.combine.by.value)
                raise InputError.one(f"profile {profile.id}", message)


def _prepare(plan: ResolvedProfile, stage: ResolvedStage, sources: list[str]) -> _Stage:
    rules = stage.rules
    kept = {rule.rule.id for rule in rules}
    derived = tuple(
        (b.barrier, d)
        for b in stage.barriers
        for d in b.barrier.derived_facts.values()
        if d.name not in b.barrier.rules or d.id in kept  # an opaque rule that is left out is not called
    )
    own = [r.rule for r in rules]
    written = [RuleSource(r.id, r.hits_if, r.applies.expression if r.applies else None) for r in own]
    compiled = compile_rules(f"{plan.profile.id}, stage {stage.stage.id}", written, sources)
    by_points = stage.stage.combine.by is CombineBy.POINTS
    weights = tuple(r.level.value if stage.by_level else r.weight if by_points else 1 for r in rules)
    return _Stage(stage, derived, compiled, weights)


def derive(
    derived: Iterable[tuple[Barrier, Derived]],
    dossier: Dossier,
    selection: Mapping[str, SelectedEvidence],
    parameters: ParameterValues,
) -> dict[str, DerivedResult]:
    """What becomes of derived facts, by id."""
    found: dict[str, DerivedResult] = {}
    with PLUGIN_CODE:  # once for all of them
        for barrier, fact in derived:
            inputs = fact.signature.inputs
            given = {i.name: _given(i.role, i.kind.id if i.kind else "", dossier, selection) for i in inputs}
            values = {name: parameters[barrier.id, name] for name in fact.signature.parameters}
            found[fact.id] = fact.derive(given, values)
    return found


def _given(role: InputKind, kind: str, dossier: Dossier, selection: Mapping[str, SelectedEvidence]) -> Any:
    if role is InputKind.PROVIDER:
        return dossier.provider_as_read
    if role is InputKind.AWARD:
        return dossier.award_as_read
    if role is InputKind.AS_OF:
        return dossier.as_of
    selected = selection[kind]
    if role is InputKind.ITEMS:
        return selected.items
    return selected.facts if selected.usable else None
