"""Fits a profile to the installed plugins: fills in what it inherits and the defaults, and checks all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ..domain.unknown import UNKNOWN
from ..errors import Problem, ProfileError
from ..reading.structuring import scalar
from ..rules.barrier import Barrier
from ..rules.expression import FactRef, Parameter, split_rule_id, walk
from ..rules.levels import Level
from ..rules.rule import Rule
from ..rules.signature import ParameterSpec
from ..spelling import suggest
from .bounds_check import decided_by_bounds
from .inheritance import InheritedProfile, inherit
from .profile import CombineBy, Dated, Profile, Stage
from .registry import Plugin, Registry
from .resolved import ResolvedBarrier, ResolvedParameter, ResolvedProfile, ResolvedRule, ResolvedStage, Setting


def resolve_profile(profile: Profile, registry: Registry, where: str = "") -> ResolvedProfile:
    """Fit a profile to the usable plugins.

    Args:
        where: what errors call the profile; by default its id.

    Raises:
        ProfileError: with every name, level, limit or combination that does not fit.

    """
    bases = {id: base for id, (base, _) in registry.profiles.items()}
    inherited = inherit(profile, bases, registry, where or profile.id)
    resolver = _Resolver(inherited, registry)
    stages = tuple(resolver.stage(i, stage) for i, stage in enumerate(inherited.stages))
    if not stages:
        resolver.problems.append(Problem("changes.drop_stages", "no stage is left; a profile has at least one"))
    resolver.check_names()
    if resolver.problems:
        raise ProfileError(where or profile.id, resolver.problems)
    withheld = registry.confidential
    return ResolvedProfile(profile=profile, stages=stages, withheld=withheld, words=resolver.inherited.words)


def _parameters_of(barrier: Barrier, rule: Rule[...]) -> dict[str, None]:
    """The parameters that a rule uses, itself or through derived facts, in order."""
    names: dict[str, None] = {}
    for node in (node for expression in rule.nodes for node in walk(expression)):
        if isinstance(node, Parameter):
            names[node.name] = None
        elif isinstance(node, FactRef) and node.source == "derived":
            names |= dict.fromkeys(barrier.derived_facts[split_rule_id(node.name)[1]].signature.parameters)
    return names


class _Resolver:
    def __init__(self, inherited: InheritedProfile, registry: Registry) -> None:
        self.inherited = inherited
        self.registry = registry
        self.usable = registry.barriers
        self.problems: list[Problem] = []
        self.seen: dict[str, Barrier] = {}

    def stage(self, index: int, stage: Stage) -> ResolvedStage:
        path = f"stages[{index}]"
        if stage.id in [s.id for s in self.inherited.stages[:index]]:
            self._add_problem(f"{path}.id", f"two stages have the id {stage.id!r}")
        if not stage.barriers:
            self._add_problem(f"{path}.barriers", "a stage without barriers says nothing; name one or drop the stage")
        found = [self._barrier(f"{path}.barriers[{i}]", id, stage) for i, id in enumerate(stage.barriers)]
        rules = {r.id for b in found if b for r in b.rules}
        for id in stage.combine.weights:
            if id not in rules:
                self._add_problem(f"{path}.combine.weights", f"{id!r} is no rule of this stage{suggest(id, rules)}")
        barriers = sorted((b for b in found if b), key=lambda b: b.id)
        set_by = self.inherited.combined_by.get(stage.id, self.inherited.profile.id)
        return ResolvedStage(
            id=stage.id, title=stage.title, moment=stage.moment, barriers=tuple(barriers), combine=stage.combine,
            combine_set_by=set_by,
        )  # fmt: skip

    def _add_problem(self, path: str, message: str) -> None:
        self.problems.append(Problem(path, message))

    def _barrier(self, path: str, id: str, stage: Stage) -> ResolvedBarrier | None:
        if id in self.seen:
            self._add_problem(path, f"{id!r} stands in the profile twice")
            return None
        if id not in self.usable:
            self._add_problem(path, self.registry.why_missing("barrier", id))
            return None
        barrier, plugin = self.usable[id]
        self.seen[id] = barrier
        rules = tuple(r for rule in barrier.rules.values() if (r := self._rule(path, barrier, rule, stage)))
        if not rules:
            self._add_problem(
                path, f"{id!r} has no rule left; drop the barrier, for nothing found is not the same as green"
            )
        parameters = {name: self._parameter(barrier, spec, plugin) for name, spec in sorted(barrier.parameters.items())}
        self._check_bounds(path, rules, parameters)
        return ResolvedBarrier(
            definition=barrier,
            plugin=plugin,
            rules=tuple(sorted(rules, key=lambda r: r.id)),
            parameters=parameters,
            left_out={
                rule.id: (by, change.reason)
                for rule in barrier.rules.values()
                for change, by in [self.inherited.rules.get(rule.id, (None, ""))]
                if change is not None and change.leave_out
            },
        )

    def _check_bounds(
        self, path: str, rules: Iterable[ResolvedRule], parameters: Mapping[str, ResolvedParameter]
    ) -> None:
        for rule in rules:
            since = decided_by_bounds(rule, parameters)
            if since is not None:
                limits = f"with its limits{f' from {since} on' if since > date.min else ''} " if rule.parameters else ""
                message = (
                    f"{rule.id} says the same of every provider {limits}whatever is known, for its facts are never "
                    "beyond their bounds; set another limit, or leave the rule out"
                )
                self._add_problem(path, message)

    def _rule(self, path: str, barrier: Barrier, rule: Rule[...], stage: Stage) -> ResolvedRule | None:
        change, changed_by = self.inherited.rules.get(rule.id, (None, None))
        if change is not None and change.leave_out:
            return None
        level = rule.level if change is None or change.level is None else change.level
        if level is Level.EXCLUDE and stage.combine.by is not CombineBy.WORST:
            self._add_problem(path, f"{rule.id} excludes, but this stage counts; move it, or set its level in [rules]")
        weight = stage.combine.weights.get(rule.id, 1)
        return ResolvedRule(
            definition=rule, level=level, weight=weight, parameters=tuple(_parameters_of(barrier, rule)),
            reason=change.reason if change else None, changed_by=changed_by,
        )  # fmt: skip

    def _parameter(self, barrier: Barrier, spec: ParameterSpec, plugin: Plugin) -> ResolvedParameter:
        given = self.inherited.parameters.get((barrier.id, spec.name))
        if given is None:
            own = Setting.of(spec.default, spec, plugin.label)
            return ResolvedParameter(barrier=barrier.id, spec=spec, settings=(own,))
        dated, set_by = given
        path = f'parameters."{barrier.id}".{spec.name}'
        settings = [s for i, d in enumerate(dated) if (s := self._setting(f"{path}[{i}].value", spec, d, set_by))]
        self._check_dates(path, dated)
        return ResolvedParameter(barrier=barrier.id, spec=spec, settings=tuple(settings))

    def _setting(self, path: str, spec: ParameterSpec, dated: Dated, set_by: str) -> Setting | None:
        field = spec.field
        try:
            if field.many and type(dated.value) is list:
                value: Any = tuple(scalar(field.type, member) for member in dated.value)
            elif field.many:
                raise ValueError("expected a list")
            else:
                value = scalar(field.type, dated.value)
            value = field.validate(value)
            if value is UNKNOWN:
                raise ValueError("a limit is a number or text, not an empty one")
            if field.many and any(member == "" for member in value):
                raise ValueError("an empty text in a list means nothing; leave it out")
        except ValueError as error:
            self._add_problem(path, str(error))
            return None
        return Setting.of(value, dated, set_by, dated.from_)

    def _check_dates(self, path: str, dated: tuple[Dated, ...]) -> None:
        if not dated:
            self._add_problem(path, "give at least one value")
        starts = [d.from_ or date.min for d in dated]
        if starts != sorted(set(starts)):
            self._add_problem(path, "the dates of `from` rise, and each stands there once")

    def check_names(self) -> None:
        """Refuse parameters and rules that the profile names and that do not exist."""
        for barrier_id, parameters in self.inherited.profile.parameters.items():
            path = f'parameters."{barrier_id}"'
            barrier = self.seen.get(barrier_id)
            if barrier is None:
                self._add_problem(path, f"no stage has the barrier {barrier_id!r}{suggest(barrier_id, self.seen)}")
                continue
            for name in parameters:
                if name not in barrier.parameters:
                    hint = suggest(name, barrier.parameters) or f"; it has {', '.join(barrier.parameters) or 'none'}"
                    self._add_problem(f"{path}.{name}", f"{barrier_id} has no such parameter{hint}")
        known = [rule.id for barrier in self.seen.values() for rule in barrier.rules.values()]
        self._check_columns([*self.seen, *known])
        for id in self.inherited.profile.rules:
            if id not in known:
                self._add_problem(f'rules."{id}"', f"no barrier of the profile has this rule{suggest(id, known)}")

    def _check_columns(self, ids: list[str]) -> None:
        """Refuse ids that would be one column in a table, where points become underscores."""
        columns: dict[str, str] = {}
        for id in ids:
            other = columns.setdefault(f"{id.count('.')} {id.replace('.', '_')}", id)
            if other != id:
                self._add_problem(
                    "stages", f"{other!r} and {id!r} would be one column in a table; one of them is renamed"
                )
