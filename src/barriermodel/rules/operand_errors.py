"""Explains why an operation does not take some operands, and what to write instead."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from ..domain.suggestions import suggest_value
from ..domain.values import Money, is_scalar
from .expression import COMPARISONS, LOGIC, NUMBERS, comparable

Operand: TypeAlias = tuple[type, Any]
"""The type of an operand, and its value; None for a fact or a parameter."""

_SIGNS = {**COMPARISONS, "add": "+", "sub": "-", "mul": "*", "and": "&", "or": "|"}
_SEVERAL = (list, tuple, set, frozenset)


def explain_operands(op: str, operands: Sequence[Operand]) -> str:
    """Explain a refused operation and say what to write instead; at least one operand is a fact or a parameter."""
    fact = next(kind for kind, value in operands if value is None)
    wrong = next(
        ((k, v) for k, v in operands if v is not None and not (is_scalar(k) and comparable(fact, k))), (fact, None)
    )
    how = _of_constant(op, fact, wrong[1]) if wrong[1] is not None else ""
    what = _what(op, fact, wrong, [kind for kind, _ in operands])
    how = how or _of_types(op, [kind for kind, _ in operands], fact)
    return f"{what}; {how}" if how else what


def operand_type(kind: type) -> str:
    """Return the name of a type in messages about rules."""
    names = {float: "Ratio", bool: "bool", int: "int", str: "text", date: "date"}
    return names.get(kind, kind.__name__)


def _what(op: str, fact: type, wrong: Operand, kinds: Sequence[type]) -> str:
    names = " and ".join(operand_type(kind) for kind in kinds[:2])
    if wrong[1] is not None and not is_scalar(wrong[0]) and not isinstance(wrong[1], _SEVERAL):
        return f"{wrong[1]!r} is combined with a fact, but a fact is never a {wrong[0].__name__}"
    if op in LOGIC:
        return f"`&`, `|` and not_() join conditions, not {names} (mind the parentheses)"
    if op in COMPARISONS:
        ordered = all(comparable(kinds[0], kind) for kind in kinds)
        return f"{names} have no order; use == or one_of()" if ordered else f"{names} cannot be compared"
    if op == "one_of":
        other = next((kind for kind in kinds[1:] if not comparable(kinds[0], kind)), fact)
        return f"{operand_type(kinds[0])} is never one of {operand_type(other)}"
    if op == "add_months":
        return f"add_months() takes a date and a whole number of months, not {names}"
    return f"{f'`{_SIGNS[op]}`' if op in _SIGNS else f'{op}()'} does not take {names}"


def _of_constant(op: str, fact: type, value: Any) -> str:
    """Say what to write instead of a constant."""
    if isinstance(value, _SEVERAL):
        return "unpack it with a star: one_of(fact, *values)"
    if isinstance(value, timedelta):
        months = round(value.days / 30.4375)
        return f"write add_months(date, {months if op != 'sub' else -months}), which counts whole months"
    if isinstance(value, type):
        return (
            f"name the one you mean: {suggest_value(fact, value)}"
            if value is fact and issubclass(fact, enum.Enum)
            else ""
        )
    if fact is Money and op == "ratio":
        return "multiply the limit instead: a > 12 * limit"
    if op in ("mul", "add_months") or (
        fact is date and op in ("add", "sub") and not isinstance(value, (str, datetime))
    ):
        return ""
    code = suggest_value(fact, value)
    if fact is bool and op in COMPARISONS:
        return "write the fact itself, not_(fact), or == with True or False"
    return f"write {code}" if code else ""


def _of_types(op: str, kinds: Sequence[type], fact: type) -> str:
    """Say what to write instead if the types of two facts do not match."""
    if op in LOGIC or op == "add_months" or (op in COMPARISONS and comparable(kinds[0], kinds[-1])):
        return ""
    if date in kinds:
        return "write add_months(date, n) and compare dates"
    if Money not in kinds:
        return "" if op in COMPARISONS or op == "one_of" else "compare them"
    if op in COMPARISONS and any(kind in NUMBERS for kind in kinds):
        return "compare amounts with amounts, and numbers with ratio(a, b) of two amounts"
    if op == "ratio":
        return "ratio() takes two amounts or two numbers, and `*` an amount and a whole number"
    return "" if op in COMPARISONS or op == "one_of" else "compare ratios: ratio(a, b) > limit"
