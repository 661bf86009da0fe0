"""Mistakes of the interpreter, which the oracle uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from barriermodel import UNKNOWN
from barriermodel.rules import expression, interpreter, traced_values

from .mistakes import CONFUSED, PLUGIN, SIGNS, Spoil, mutant, replaced, to_28


def meaning(op: str, wrong: Callable[..., Any]) -> Spoil:
    return lambda: interpreter.OPERATIONS.__setitem__(op, wrong)


def applying(change: Callable[[str, list[Any], Any], Any]) -> Spoil:
    apply = interpreter.apply

    def spoiled(op: str, values: list[Any]) -> Any:
        return change(op, values, apply(op, values))

    def spoil() -> None:
        interpreter.apply = spoiled
        traced_values.apply = spoiled

    return spoil


def _unknown_is_false(op: str, values: list[Any], value: Any) -> Any:
    return False if value is UNKNOWN and (op in expression.COMPARISONS or op == "one_of") else value


MEANING = dict(interpreter.OPERATIONS)
for op, wrongs in CONFUSED.items():
    if op not in expression.LOGIC:
        for wrong in wrongs:
            mutant(f"interpreter: {SIGNS[op]} became {SIGNS[wrong]}", PLUGIN[op], meaning(op, MEANING[wrong]))
for name, plugin, spoil in (
    ("& became |", "kvk", applying(lambda op, values, value: MEANING_OF_OR(values) if op == "and" else value)),
    ("| became &", "kvk", applying(lambda op, values, value: MEANING_OF_AND(values) if op == "or" else value)),
    ("not is dropped", "kvk", applying(lambda op, values, value: values[0] if op == "not" else value)),
    ("ratio is turned round", "financial", meaning("ratio", lambda a, b: MEANING["ratio"](b, a))),
    ("add_months adds one more", "kvk", meaning("add_months", lambda day, n: MEANING["add_months"](day, n + 1))),
    ("add_months ends a month on the 28th", "", meaning("add_months", to_28)),
    ("one_of forgets its last choice", "staff", meaning("one_of", lambda x, *c: MEANING["one_of"](x, *c[:-1]))),
    ("too large a number is a number", "", replaced(interpreter, "_bounded", lambda value: value)),
    ("unknown is false", "kvk", applying(_unknown_is_false)),
):
    mutant(f"interpreter: {name}", plugin, spoil)


def MEANING_OF_OR(values: list[Any]) -> Any:  # it stands beside MEANING
    return True if True in values else UNKNOWN if UNKNOWN in values else False


def MEANING_OF_AND(values: list[Any]) -> Any:
    return False if False in values else UNKNOWN if UNKNOWN in values else True
