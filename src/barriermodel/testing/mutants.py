"""Mutants: a profile with one small mistake in it, to see whether tests notice. Expressions are data, so no source
file is touched: each mutant is a plan of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

import attrs

from barriermodel import BarrierModel, Dossier, Level
from barriermodel.analysis.expressions import COMPARISONS, Constant, Named, Node, Operation
from barriermodel.analysis.profiles import CombineBy, ResolvedBarrier, ResolvedProfile, ResolvedRule, ResolvedStage
from barriermodel.analysis.results import Engine
from barriermodel.analysis.text import format_value
from barriermodel.plugin import Money

T = TypeVar("T")
STEPS: dict[type, Any] = {int: 1, float: 0.01, Money: 100, date: 1}
"""One step of a limit: one, a per cent, a euro, a day."""


@attrs.frozen(eq=False)
class Mutant:
    """A plan with one mistake.

    Args:
        where: the rule, parameter or stage.
        what: what was changed, such as ``> became >=``.

    """

    where: str
    what: str
    plan: ResolvedProfile


@attrs.frozen(eq=False)
class Verdict:
    """Which mutants some dossiers notice (killed), and which they do not (alive)."""

    killed: tuple[Mutant, ...]
    alive: tuple[Mutant, ...]

    @property
    def score(self) -> float:
        """The share that is killed; 1 where there are no mutants."""
        return len(self.killed) / (len(self.killed) + len(self.alive)) if self.killed or self.alive else 1.0


def judge(model: BarrierModel, dossiers: Iterable[Dossier]) -> Verdict:
    """Try all mutants of a model on dossiers: one is killed if the advice on any of them is another.

    A mutant that refuses a dossier which the model takes is killed as well.
    """
    told = [(dossier, model.assess(dossier).advice) for dossier in dossiers]
    killed: list[Mutant] = []
    alive: list[Mutant] = []
    days = {dossier.as_of for dossier, _ in told}
    for mutant in mutants(model.resolved, days):
        engine = Engine(mutant.plan)
        noticed = any(engine.evaluate(dossier).advice != advice for dossier, advice in told)
        (killed if noticed else alive).append(mutant)
    return Verdict(tuple(killed), tuple(alive))


def mutants(plan: ResolvedProfile, days: Iterable[date]) -> Iterator[Mutant]:
    """All mutants of a plan: of its rules, of the limits in force on these days, and of its stages.

    Limits go a step up and a step down, a list loses its first or last member; comparisons become their neighbours
    and opposites, ``&`` becomes ``|`` and back, parts of both are dropped, and so is ``applies``; levels go one up and
    one down, rules are dropped; thresholds and weights of stages go one up and one down.
    """
    for index, stage in enumerate(plan.stages):
        for number, barrier in enumerate(stage.barriers):
            for place, what, changed in _of_barrier(barrier, stage.by_level, sorted(days)):
                other = attrs.evolve(stage, barriers=_replaced(stage.barriers, number, changed))
                yield Mutant(place, what, attrs.evolve(plan, stages=_replaced(plan.stages, index, other)))
        for what, other in _of_stage(stage):
            yield Mutant(stage.id, what, attrs.evolve(plan, stages=_replaced(plan.stages, index, other)))


def _replaced(items: tuple[T, ...], number: int, *others: T) -> tuple[T, ...]:
    """The items with others, or none, in the place of one."""
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
                what = f"{_said(setting.value)} became {_said(value)}"
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
            yield f"{_said(node.value)} became {_said(value)}", attrs.evolve(node, value=value)
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
        yield f"{_said(getattr(node.args[number], 'value', None))} left the list", kept


def _stepped(value: Any) -> list[Any]:
    """A value one step up and one down; a list without its first and without its last member."""
    if isinstance(value, tuple):
        return [kept for kept in dict.fromkeys([value[1:], value[:-1]]) if kept] if len(value) > 1 else []
    step = STEPS.get(type(value))
    if step is None:
        return [not value] if isinstance(value, bool) else []
    if isinstance(value, date):
        return [value + timedelta(days=step), value - timedelta(days=step)]
    if isinstance(value, Money):
        return [Money(cents=value.cents + step), Money(cents=value.cents - step)]
    return [round(value + step, 10), round(value - step, 10)]


def _said(value: Any) -> str:
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
