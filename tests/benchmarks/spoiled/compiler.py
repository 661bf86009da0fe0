"""Mistakes of the compiler of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import attrs

from barriermodel import Status
from barriermodel.rules import compiler
from barriermodel.rules.expression import Constant, Named, Node, Operation

from .mistakes import CONFUSED, PLUGIN, SIGNS, Spoil, mutant, replaced, to_28


def compiling(change: Callable[[Operation], Node]) -> Spoil:
    """The compiler gets rules in which an operation is another; everyone else gets them as they are."""
    compile_rules = compiler.compile_rules

    def rewritten(node: Node) -> Node:
        if isinstance(node, Named):
            return attrs.evolve(node, node=rewritten(node.node))
        if isinstance(node, Operation):
            return change(attrs.evolve(node, args=tuple(map(rewritten, node.args))))
        return node

    def spoiled(name: str, rules: Iterable[Any], sources: Any) -> Any:
        changed = [
            attrs.evolve(rule, hits_if=rewritten(rule.hits_if), applies=rule.applies and rewritten(rule.applies))
            for rule in rules
        ]
        return compile_rules(name, changed, sources)

    return lambda: setattr(compiler, "compile_rules", spoiled)


def instead(op: str, change: Callable[[Operation], Node]) -> Spoil:
    return compiling(lambda node: change(node) if node.op == op else node)


def other(op: str, wrong: str) -> Spoil:
    return instead(op, lambda node: attrs.evolve(node, op=wrong))


def statuses(change: dict[Status, Status]) -> Spoil:
    """The compiled code gives one status for another."""
    bind = compiler.Compiled.bind

    def spoiled(self: Any, parameters: Any) -> Any:
        evaluate = bind(self, parameters)
        return lambda *given: tuple(change.get(Status(code), Status(code)).value for code in evaluate(*given))

    return lambda: setattr(compiler.Compiled, "bind", spoiled)


for op, wrongs in CONFUSED.items():
    for wrong in wrongs:
        mutant(f"compiler: {SIGNS[op]} became {SIGNS[wrong]}", PLUGIN[op], other(op, wrong))


def _without_last(node: Operation) -> Node:
    return attrs.evolve(node, args=node.args[:-1])


def _more(node: Operation) -> Node:
    day, count = node.args
    return attrs.evolve(node, args=(day, Operation("add", (count, Constant(1, int)), int)))


def _back(node: Operation) -> Node:
    day, count = node.args
    return attrs.evolve(node, args=(day, Operation("sub", (Constant(0, int), count), int)))


choices_of = compiler._choices
for name, plugin, spoil in (
    ("& forgets its last part", "kvk", instead("and", _without_last)),
    ("| forgets its last part", "kvk", instead("or", _without_last)),
    ("not is dropped", "kvk", instead("not", lambda node: node.args[0])),
    ("ratio is turned round", "financial", instead("ratio", lambda node: attrs.evolve(node, args=node.args[::-1]))),
    ("ratio became *", "financial", other("ratio", "mul")),
    ("add_months adds one more", "kvk", instead("add_months", _more)),
    ("add_months goes back", "kvk", instead("add_months", _back)),
    ("add_months ends a month on the 28th", "", replaced(compiler, "add_months_to", to_28)),
    ("one_of is turned round", "staff", instead("one_of", lambda node: Operation("not", (node,), bool))),
    ("one_of forgets its first choice", "staff", replaced(compiler, "_choices", lambda v: choices_of(v[1:]))),
    ("one_of forgets its last choice", "staff", replaced(compiler, "_choices", lambda v: choices_of(v[:-1]))),
    ("too large a number is a number", "", replaced(compiler, "_bounded", lambda value: value)),
    ("unknown is clear", "kvk", statuses({Status.OPEN: Status.CLEAR})),
    ("unknown is a hit", "kvk", statuses({Status.OPEN: Status.HIT})),
    ("not applicable is clear", "", statuses({Status.NOT_APPLICABLE: Status.CLEAR})),
    ("not applicable is open", "financial", statuses({Status.NOT_APPLICABLE: Status.OPEN})),
    ("clear is a hit", "kvk", statuses({Status.CLEAR: Status.HIT})),
    ("a hit is clear", "kvk", statuses({Status.HIT: Status.CLEAR})),
):
    mutant(f"compiler: {name}", plugin, spoil)
