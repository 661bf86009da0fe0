"""``&``, ``|`` and ``not_`` are Kleene's strong three-valued logic, interpreted and compiled."""

from __future__ import annotations

import types
from functools import reduce
from itertools import product
from typing import Any

import pytest

from barriermodel.plugin import UNKNOWN, all_of, any_of, not_
from barriermodel.rules.compiler import RuleSource, compile_rules
from barriermodel.rules.expression import FactRef
from barriermodel.rules.interpreter import evaluate
from barriermodel.rules.traced_values import Traced
from region import LABEL

T, U, F = True, UNKNOWN, False
AND = {(T, T): T, (T, U): U, (T, F): F, (U, T): U, (U, U): U, (U, F): F, (F, T): F, (F, U): F, (F, F): F}
OR = {(T, T): T, (T, U): T, (T, F): T, (U, T): T, (U, U): U, (U, F): U, (F, T): T, (F, U): U, (F, F): F}
NOT = {T: F, U: U, F: T}
CODES = {T: 1, F: 0, U: 2}
NAMES = ("a", "b", "c", "d")


def facts(count: int) -> list[Any]:
    return [Traced(FactRef("kind", name, bool, LABEL)) for name in NAMES[:count]]


def readings(traced: Any, *values: Any) -> tuple[Any, Any]:
    """The value as interpreted, and the status code as compiled."""
    holder = types.SimpleNamespace(**dict(zip(NAMES, values, strict=False)))
    compiled = compile_rules("kleene", [RuleSource("r", traced.node, None)], ["kind"]).bind({})
    return evaluate(traced.node, lambda node: getattr(holder, node.name)), compiled(holder)[0]


@pytest.mark.parametrize("values", AND)
def test_and_follows_the_table(values: tuple[Any, Any]) -> None:
    a, b = facts(2)
    expected = (AND[values], CODES[AND[values]])

    assert readings(a & b, *values) == expected
    assert readings(all_of(a, b), *values) == expected
    assert all_of(*values) is AND[values]


@pytest.mark.parametrize("values", OR)
def test_or_follows_the_table(values: tuple[Any, Any]) -> None:
    a, b = facts(2)
    expected = (OR[values], CODES[OR[values]])

    assert readings(a | b, *values) == expected
    assert readings(any_of(a, b), *values) == expected
    assert any_of(*values) is OR[values]


@pytest.mark.parametrize("value", NOT)
def test_not_follows_the_table(value: Any) -> None:
    (a,) = facts(1)

    assert readings(not_(a), value) == (NOT[value], CODES[NOT[value]])
    assert readings(not_(not_(a)), value) == (value, CODES[value])
    assert not_(value) is NOT[value]


@pytest.mark.parametrize("count", [1, 3, 4])
def test_several_conditions_are_joined_two_by_two(count: int) -> None:
    for values in product((T, U, F), repeat=count):
        both = reduce(lambda a, b: AND[a, b], values)
        either = reduce(lambda a, b: OR[a, b], values)

        assert readings(all_of(*facts(count)), *values) == (both, CODES[both])
        assert readings(any_of(*facts(count)), *values) == (either, CODES[either])


def test_and_or_and_not_mix_as_the_tables_say() -> None:
    a, b, c = facts(3)
    for x, y, z in product((T, U, F), repeat=3):
        expected = OR[AND[x, NOT[y]], NOT[OR[y, z]]]

        assert readings((a & not_(b)) | not_(b | c), x, y, z) == (expected, CODES[expected])
