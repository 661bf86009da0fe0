"""Mutation testing of rules: a profile with one small mistake in it, to see whether test dossiers notice.

Expressions are data, so no source file is changed: each mutant is a resolved profile of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

import attrs

from barriermodel import BarrierModel, Dossier, Interval, Level
from barriermodel.analysis.expressions import COMPARISONS, Constant, Named, Node, Operation
from barriermodel.analysis.profiles import CombineBy, ResolvedBarrier, ResolvedProfile, ResolvedRule, ResolvedStage
from barriermodel.analysis.results import Engine, Evaluation
from barriermodel.analysis.text import format_value
from barriermodel.plugin import Money

from .sample_values import stepped

T = TypeVar("T")
STEPS: dict[type, int] = {int: 1, float: 100, Money: 100, date: 1}
"""By how many of the smallest steps a limit changes: by one, a per cent, a euro, a day."""


@attrs.frozen(eq=False)
class Mutant:
    """A profile with one mistake.

    Args:
        where: the id of the rule, parameter or stage.
        what: the change, such as ``> became >=``.
        resolved: the profile with the change, ready for an engine.

    >>> from barriermodel.testing import run_mutants, single_barrier_model
    >>> mutant = run_mutants(single_barrier_model("nl.kvk"), []).survived[0]
    >>> mutant.where, mutant.what
    ('nl.kvk.active', 'the rule is dropped')

    """

    where: str
    what: str
    resolved: ResolvedProfile


@attrs.frozen(eq=False)
class MutationResult:
    """Which mutants were noticed by a set of dossiers.

    Args:
        killed: mutants for which at least one dossier gets another advice.
        survived: mutants that no dossier notices.

    >>> from barriermodel.testing import run_mutants, single_barrier_model
    >>> run_mutants(single_barrier_model("nl.kvk"), []).score
    0.0

    """

    killed: tuple[Mutant, ...]
    survived: tuple[Mutant, ...]

    @property
    def score(self) -> float:
        """The proportion that was killed, from 0 to 1; 1 if there are no mutants."""
        return len(self.killed) / (len(self.killed) + len(self.survived)) if self.killed or self.survived else 1.0


def run_mutants(model: BarrierModel, dossiers: Iterable[Dossier]) -> MutationResult:
    """Try all mutants of a model on dossiers; a mutant is killed if the advice on any of them changes.

    A mutant that refuses a dossier which the model accepts is killed as well.

    Args:
        model: the profile without mistakes.
        dossiers: the dossiers of a test suite, such as :attr:`Suite.dossiers`.

    Raises:
        BarrierModelError: the model itself refuses a dossier.

    >>> from barriermodel.testing import make_cases, single_barrier_model
    >>> cases = make_cases(single_barrier_model("nl.kvk"))
    >>> run_mutants(cases.model, cases.dossiers).score > 0.8
    True

    """
    expected = [model.assess(dossier).evaluation for dossier in dossiers]
    killed: list[Mutant] = []
    survived: list[Mutant] = []
    days = {run.dossier.as_of for run in expected}
    for mutant in mutants(model.resolved, days):
        engine = Engine(mutant.resolved)
        noticed = any(_advice(engine, run) != run.advice for run in expected)
        (killed if noticed else survived).append(mutant)
    return MutationResult(tuple(killed), tuple(survived))


def _advice(engine: Engine, run: Evaluation) -> Interval:
    """The advice of a mutant; which evidence counts is the same, of the kinds that it still looks at."""
    engine.check(run.dossier)
    return engine.evaluate_selected(run.dossier, {kind.id: run.selection[kind.id] for kind in engine.kinds}).advice


def mutants(resolved: ResolvedProfile, days: Iterable[date]) -> Iterator[Mutant]:
    """All mutants of a profile: of its rules, of the limits in force on these days, and of its stages.

    Limits change by one step, up and down; a list loses its first or last member. A comparison becomes its neighbour or
    its opposite, ``&`` becomes ``|`` and the other way round, and parts of both are dropped, as is ``applies``. Levels
    go one up and one down, and rules are dropped. Thresholds and weights of stages go one up and one down.
    """
    for index, stage in enumerate(resolved.stages):
        for number, barrier in enumerate(stage.barriers):
            for place, what, changed in _of_barrier(barrier, stage.by_level, sorted(days)):
                other = attrs.evolve(stage, barriers=_replaced(stage.barriers, number, changed))
                yield Mutant(place, what, attrs.evolve(resolved, stages=_replaced(resolved.stages, index, other)))
        for what, other in _of_stage(stage):
            yield Mutant(stage.id, what, attrs.evolve(resolved, stages=_replaced(resolved.stages, index, other)))


def _replaced(items: tuple[T, ...], number: int, *others: T) -> tuple[T, ...]:
    """The items with one of them replaced by others, or by none."""
    return (*items[:number], *others, *items[number + 1 :])


# Barriers ---------------------------------------------------------------------------------------------


def _of_barrier(
    barrier: ResolvedBarrier, by_level: bool, days: Sequence[date]
) -> Iterator[tuple[str, str, ResolvedBarrier]]:
    for number, rule in enumerate(barrier.rules):
        for what, changed in _of_rule(rule, by_level):
            yield rule.id, what, attrs.evolve(barrier, rules=_replaced(barrier.rules, number, *changed))
    used = {name for rule in barrier.rules for name in rule.parameters}
    for name, parameter in ((name, p) for name, p in barrier.parameters.items() if name in used):
        in_force = [n for n, s in enumerate(parameter.settings) if any(parameter.on(day) is s for day in days)]
        for number in in_force:
            setting = parameter.settings[number]
            for value in _stepped(setting.value):
                settings = _replaced(parameter.settings, number, attrs.evolve(setting, value=value))
                parameters = {**barrier.parameters, name: attrs.evolve(parameter, settings=settings)}
                what = f"{_format(setting.value)} became {_format(value)}"
                yield f"{barrier.id}.{name}", what, attrs.evolve(barrier, parameters=parameters)


def _of_rule(rule: ResolvedRule, by_level: bool) -> Iterator[tuple[str, tuple[ResolvedRule, ...]]]:
    yield "the rule is dropped", ()
    for step in (1, -1) if by_level else ():  # where rules are counted, their own levels do not count
        if Level.ORANGE <= rule.level + step <= Level.EXCLUDE:
            level = Level(rule.level + step)
            yield f"{rule.level.key} became {level.key}", (attrs.evolve(rule, level=level),)
    for what, node in _of_node(rule.definition.expression):
        yield what, (attrs.evolve(rule, definition=attrs.evolve(rule.definition, expression=node)),)
    applies = rule.definition.applies
    if applies is None:
        return
    yield "applies is dropped", (attrs.evolve(rule, definition=attrs.evolve(rule.definition, applies=None)),)
    for what, node in _of_node(applies.expression):
        other = attrs.evolve(rule.definition, applies=attrs.evolve(applies, expression=node))
        yield f"applies: {what}", (attrs.evolve(rule, definition=other),)


# Expressions ------------------------------------------------------------------------------------------

_OTHERS: dict[str, tuple[str, ...]] = {
    "gt": ("ge", "lt"), "ge": ("gt", "lt"), "lt": ("le", "gt"), "le": ("lt", "gt"), "eq": ("ne",), "ne": ("eq",),
    "and": ("or",), "or": ("and",), "add": ("sub",), "sub": ("add",),
}  # fmt: skip
_SIGNS = {**COMPARISONS, "and": "&", "or": "|", "add": "+", "sub": "-"}


def _of_node(node: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(node, Named):
        yield from ((what, attrs.evolve(node, node=inner)) for what, inner in _of_node(node.node))
    elif isinstance(node, Constant):
        for value in _stepped(node.value):
            yield f"{_format(node.value)} became {_format(value)}", attrs.evolve(node, value=value)
    elif isinstance(node, Operation):
        yield from _of_operation(node)
        for number, arg in enumerate(node.args):
            for what, inner in _of_node(arg):
                yield what, attrs.evolve(node, args=_replaced(node.args, number, inner))


def _of_operation(node: Operation) -> Iterator[tuple[str, Node]]:
    for op in _OTHERS.get(node.op, ()):
        yield f"{_SIGNS[node.op]} became {_SIGNS[op]}", attrs.evolve(node, op=op)
    if node.op in ("not", "one_of") and node.type is bool:
        opposite = node.args[0] if node.op == "not" else Operation("not", (node,), bool)
        yield f"{node.op} became its opposite", opposite
    if node.op in ("and", "or"):
        for number in range(len(node.args)):
            kept = attrs.evolve(node, args=_replaced(node.args, number))
            yield f"part {number + 1} of {_SIGNS[node.op]} is dropped", kept
    choices = [n for n, arg in enumerate(node.args) if node.op == "one_of" and isinstance(arg, Constant)]
    for number in dict.fromkeys([*choices[:1], *choices[-1:]] if len(choices) > 1 else []):
        kept = attrs.evolve(node, args=_replaced(node.args, number))
        yield f"{_format(getattr(node.args[number], 'value', None))} left the list", kept


def _stepped(value: Any) -> list[Any]:
    """A value one step up and one step down; a list without its first and without its last member."""
    if isinstance(value, tuple):
        return [kept for kept in dict.fromkeys([value[1:], value[:-1]]) if kept] if len(value) > 1 else []
    steps = STEPS.get(type(value))
    if steps is None:
        return [not value] if isinstance(value, bool) else []
    return [*stepped(value, steps), *stepped(value, -steps)]


def _format(value: Any) -> str:
    return format_value(value, "en", 4)


# Stages -----------------------------------------------------------------------------------------------


def _of_stage(stage: ResolvedStage) -> Iterator[tuple[str, ResolvedStage]]:
    combine = stage.combine
    if combine.orange is None or combine.red is None:
        return
    for name, ends in (
        ("orange", [(combine.orange + 1, combine.red), (combine.orange - 1, combine.red)]),
        ("red", [(combine.orange, combine.red + 1), (combine.orange, combine.red - 1)]),
    ):
        for orange, red in ends:
            if 1 <= orange <= red:
                changed = attrs.evolve(combine, orange=orange, red=red)
                now = getattr(combine, name)
                what = f"{name} = {now} became {getattr(changed, name)}"
                yield what, attrs.evolve(stage, combine=changed)
    if combine.by is CombineBy.POINTS:
        yield from _of_weights(stage)


def _of_weights(stage: ResolvedStage) -> Iterator[tuple[str, ResolvedStage]]:
    for number, barrier in enumerate(stage.barriers):
        for place, rule in enumerate(barrier.rules):
            for weight in (rule.weight + 1, rule.weight - 1):
                if weight >= 0:
                    other = attrs.evolve(rule, weight=weight)
                    changed = attrs.evolve(barrier, rules=_replaced(barrier.rules, place, other))
                    what = f"weight {rule.weight} of {rule.id} became {weight}"
                    yield what, attrs.evolve(stage, barriers=_replaced(stage.barriers, number, changed))
