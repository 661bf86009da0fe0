"""Evaluates a resolved profile on a dossier: selects evidence, runs the stages in order, stops at exclusion."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

import attrs

from ..domain.award import Procedure
from ..domain.dossier import Dossier
from ..errors import InputError, Problem
from ..objects import ReadOnly, brief_repr, pack, represent, unpack
from ..profiles.resolved import ResolvedProfile, ResolvedStage
from ..rules.barrier import Barrier
from ..rules.compiler import Compiled, Evaluate, ParameterValues, RuleSource, compile_rules
from ..rules.derived import Derived, DerivedResult
from ..rules.expression import FactRef
from ..rules.levels import Interval, Level, Moment, interval
from ..rules.plugin_code import PLUGIN_CODE
from ..rules.signature import InputKind, RuleInput
from ..text import Localized
from .selection import SelectedEvidence, select
from .unknown_facts import bounds_hold

_EXCLUDE = Level.EXCLUDE.value
_COMPARES = (
    "nothing was assessed: the award is an open house, and the admission stage {stage!r} combines by {by}. By a count "
    "or a score applicants can be compared, and comparing applicants would make an open house a tender "
    "(https://croonadvocaten.nl/nieuws/aanbestedingsrecht/"
    "ook-een-semi-open-house-valt-buiten-de-werking-van-het-aanbestedingsrecht/). "
    'Test each requirement by itself: combine = {{ by = "worst" }}. Or count in a monitoring stage, after the award'
)


@attrs.frozen
class RowOrigin:
    """What is known about a row of a table besides its facts, if a row was evaluated instead of a dossier.

    Args:
        given: ids of the derived facts that the row has a column for.
        unchecked: ids of the kinds for which the row has no dates, so that whether they still count was not checked.
        constants: the columns that a map sets for all rows, with their labels.
        assumed: the columns that are an assumption about this row, with their labels.
        absent: the kinds for which the row says that there is no evidence, by id; True where a map says so.
        errors: what is wrong with the columns that a rule reads, by rule; their facts are unknown.
        unread: the facts in columns that hold no value of theirs; their bounds say nothing.

    """

    given: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    constants: Mapping[str, Localized] = attrs.field(factory=dict, hash=False)
    assumed: Mapping[str, Localized] = attrs.field(factory=dict, hash=False)
    absent: Mapping[str, bool] = attrs.field(factory=dict, hash=False)
    errors: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict, hash=False)
    unread: frozenset[str] = frozenset()

    __repr__ = brief_repr


@attrs.frozen(slots=False)
class Evaluation:
    """The outcome of every rule for one dossier, in its smallest form; an assessment works out everything else from it.

    Args:
        parameters: the values in force on the dossier's date, by barrier and name.
        selection: the evidence that counts, by kind.
        outcomes: the results of derived facts, by id.
        statuses: per stage the status of each rule as a number; None if the stage was not examined.
        bounds: per stage the two ends of its interval, as numbers; None likewise.
        row: the row of a table that was evaluated; None for a dossier.

    """

    resolved: ResolvedProfile = attrs.field(hash=False)
    dossier: Dossier
    parameters: ParameterValues = attrs.field(hash=False)
    selection: Mapping[str, SelectedEvidence] = attrs.field(hash=False)
    outcomes: Mapping[str, DerivedResult] = attrs.field(hash=False)
    statuses: tuple[tuple[int, ...] | None, ...]
    bounds: tuple[tuple[int, int] | None, ...]
    row: RowOrigin | None = None

    def __repr__(self) -> str:
        return represent(self, repr(self.resolved.profile.id), repr(self.dossier))

    def bounds_hold(self, ref: FactRef) -> bool:
        """Whether an unknown fact lies between its declared bounds for all that is known."""
        return bounds_hold(self.dossier, self.selection, self.row.unread if self.row else (), ref)

    @property
    def advice(self) -> Interval:
        """The maximum over the stages: what is certain, and what is possible while facts are unknown."""
        found = [bounds for bounds in self.bounds if bounds is not None]
        return interval(max([low for low, _ in found]), max([high for _, high in found]))

    def copied(self) -> Evaluation:
        """A copy with a selection of its own: the one part that is not frozen, since freezing it costs time."""
        selection = {id: _copied(selected) for id, selected in self.selection.items()}
        return attrs.evolve(self, selection=ReadOnly(selection))


def _copied(selected: SelectedEvidence) -> SelectedEvidence:
    return attrs.evolve(selected, keys=tuple([_copied(key) for key in selected.keys]))


@attrs.frozen(eq=False)
class _CompiledStage:
    """A stage with the derived facts it needs and the code of its rules."""

    resolved: ResolvedStage
    derived: tuple[tuple[Barrier, Derived], ...]
    compiled: Compiled

    __repr__ = brief_repr


class Engine:
    """A resolved profile, compiled: it finds the status of every rule for a dossier.

    The code of the rules takes the values of parameters as constants, so it is bound once for each period between two
    changes of a parameter.
    """

    def __init__(self, resolved: ResolvedProfile) -> None:
        self.resolved = resolved
        self.kinds = tuple(resolved.kinds.values())
        sources = ["provider", "award", "dossier", *resolved.kinds, "derived"]
        self.stages = tuple(_compile(resolved, stage, sources) for stage in resolved.stages)
        self._parameters = {(b.id, name): p for b in resolved.barriers for name, p in b.parameters.items()}
        settings = [setting for parameter in self._parameters.values() for setting in parameter.settings]
        self.changes = sorted({setting.since for setting in settings if setting.since is not None})
        starts = [parameter.settings[0].since for parameter in self._parameters.values()]
        self.first_day = max((start for start in starts if start is not None), default=date.min)
        self._bound: dict[int, tuple[ParameterValues, tuple[Evaluate, ...]]] = {}

    def __repr__(self) -> str:
        return represent(self, repr(self.resolved.profile.id))

    def __reduce__(self) -> tuple[Any, ...]:
        return unpack, pack(Engine, {}, resolved=self.resolved)  # compiled again when it is unpickled

    def evaluate(self, dossier: Dossier) -> Evaluation:
        """Evaluate the rules on a dossier.

        Raises:
            InputError: the profile, or a parameter of it, has no value on the dossier's date; or the profile
                compares applicants and the award is an open house.

        """
        self.check(dossier)
        return self.evaluate_selected(dossier, select(dossier, self.kinds))

    def evaluate_selected(
        self, dossier: Dossier, selection: Mapping[str, SelectedEvidence],
        given: Mapping[str, DerivedResult] | None = None, row: RowOrigin | None = None, *,
        stop_at_exclusion: bool = True,
    ) -> Evaluation:  # fmt: skip
        """Evaluate the rules on evidence that was already selected.

        Args:
            selection: what counts for each kind, in the order of the kinds.
            given: the results of all derived facts, by id; computed here if left out.
            row: the row of a table that the evidence comes from.
            stop_at_exclusion: whether stages after one that excludes are left out.

        """
        parameters, evaluates = self.bind_parameters(dossier.as_of)
        outcomes: dict[str, DerivedResult] = {}
        derived: dict[str, Any] = {}
        facts = [selected.facts for selected in selection.values()]
        held = partial(bounds_hold, dossier, selection, row.unread if row else ())
        statuses: list[tuple[int, ...] | None] = []
        bounds: list[tuple[int, int] | None] = []
        for stage, evaluate in zip(self.stages, evaluates, strict=True):
            if stage.derived:
                if given is None:
                    outcomes |= derive(stage.derived, dossier, selection, parameters)
                else:
                    outcomes |= {fact.id: given[fact.id] for _, fact in stage.derived}
                derived = {id: outcome.value for id, outcome in outcomes.items()}
            found = evaluate(dossier.provider_as_read, dossier.award_as_read, dossier.as_of, *facts, derived, held)
            ends = stage.resolved.bounds(found)
            statuses.append(found)
            bounds.append(ends)
            if stop_at_exclusion and ends[0] == _EXCLUDE:  # exclusion is certain: no later stage is examined
                break
        unexamined = [None] * (len(self.stages) - len(statuses))
        return Evaluation(
            self.resolved, dossier, parameters, ReadOnly(selection), ReadOnly(outcomes),
            (*statuses, *unexamined), (*bounds, *unexamined), row,
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
        for (barrier, name), parameter in self._parameters.items():
            setting = parameter.on(day)
            if setting is None:
                starts = ", ".join(str(s.since) for s in parameter.settings)
                path = f'parameters."{barrier}".{name}'
                problems.append(Problem(path, f"no value on {day}; there are values from {starts}: add an older one"))
            else:
                values[barrier, name] = setting.value
        if problems:
            raise InputError(f"profile {self.resolved.profile.id}", problems)
        return values

    def check_day(self, day: date) -> None:
        """Raise ``InputError`` if the profile is not valid on a day."""
        profile = self.resolved.profile
        if day < profile.valid_from or (profile.valid_until and day > profile.valid_until):
            until = f" until {profile.valid_until}" if profile.valid_until else ""
            message = f"it is valid from {profile.valid_from}{until}, and the dossier is of {day}"
            raise InputError.one(f"profile {profile.id}", message)

    def check(self, dossier: Dossier) -> None:
        """Raise ``InputError`` if the profile may not be used for a dossier, as :meth:`evaluate` does."""
        self.check_day(dossier.as_of)
        if dossier.award.procedure is not Procedure.OPEN_HOUSE:
            return
        for stage in self.resolved.stages:
            if stage.moment is Moment.ADMISSION and not stage.by_level:
                message = _COMPARES.format(stage=stage.id, by=stage.combine.by.value)
                raise InputError.one(f"profile {self.resolved.profile.id}", message)


def _compile(resolved: ResolvedProfile, stage: ResolvedStage, sources: list[str]) -> _CompiledStage:
    kept = {rule.id for rule in stage.rules}
    derived = tuple(
        (b.definition, d)
        for b in stage.barriers
        for d in b.definition.derived_facts.values()
        if d.name not in b.definition.rules or d.id in kept  # an opaque rule that is left out is not called
    )
    rules = [rule.definition for rule in stage.rules]
    written = [RuleSource(r.id, r.hits_if, r.applies.expression if r.applies else None) for r in rules]
    return _CompiledStage(stage, derived, compile_rules(f"{resolved.profile.id}, stage {stage.id}", written, sources))


def derive(
    derived: Iterable[tuple[Barrier, Derived]],
    dossier: Dossier,
    selection: Mapping[str, SelectedEvidence],
    parameters: ParameterValues,
) -> dict[str, DerivedResult]:
    """Evaluate derived facts; the results are by id."""
    found: dict[str, DerivedResult] = {}
    with PLUGIN_CODE:  # once for all of them
        for barrier, fact in derived:
            inputs = fact.signature.inputs
            given = {i.name: _given(i, dossier, selection) for i in inputs}
            values = {name: parameters[barrier.id, name] for name in fact.signature.parameters}
            found[fact.id] = fact.derive(given, values)
    return found


def _given(input: RuleInput, dossier: Dossier, selection: Mapping[str, SelectedEvidence]) -> Any:
    if input.role is InputKind.PROVIDER:
        return dossier.provider_as_read
    if input.role is InputKind.AWARD:
        return dossier.award_as_read
    if input.role is InputKind.AS_OF:
        return dossier.as_of
    selected = selection[input.source]
    if input.role is InputKind.ITEMS:
        return selected.items
    return selected.facts if selected.usable else None
