"""What each operation means, as tables written by hand: interpreted, and compiled."""

from __future__ import annotations

import enum
import types
from datetime import date
from typing import Any

import pytest

from barriermodel.plugin import UNKNOWN, Money, euro
from barriermodel.rules.compiler import RuleSource, compile_rules
from barriermodel.rules.expression import Constant, FactRef, Named, Operation, Parameter
from barriermodel.rules.interpreter import OPERATIONS, apply, evaluate, evaluate_nodes
from region import LABEL

U = UNKNOWN
LARGEST = 999_999_999_999_999
OLD, NEW = date(2024, 2, 28), date(2024, 2, 29)


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


COMPARED = {
    # op: less, equal, more
    "eq": (False, True, False),
    "ne": (True, False, True),
    "lt": (True, False, False),
    "le": (True, True, False),
    "gt": (False, False, True),
    "ge": (False, True, True),
}
ORDERED = [
    (1, 2), (-1, 0), (0.1, 0.10001), (1, 1.5), (euro(1), euro("1.01")), (euro(-2), euro(1)), (OLD, NEW),
]  # fmt: skip


@pytest.mark.parametrize(("low", "high"), ORDERED)
@pytest.mark.parametrize("op", COMPARED)
def test_a_comparison_tells_less_equal_and_more_apart(op: str, low: Any, high: Any) -> None:
    less, equal, more = COMPARED[op]

    assert apply(op, [low, high]) is less
    assert apply(op, [low, low]) is equal
    assert apply(op, [high, low]) is more


@pytest.mark.parametrize(("one", "other"), [(True, False), ("a", "b"), (Colour.RED, Colour.BLUE)])
def test_what_has_no_order_is_equal_or_not(one: Any, other: Any) -> None:
    assert apply("eq", [one, one]) is True
    assert apply("eq", [one, other]) is False
    assert apply("ne", [one, one]) is False
    assert apply("ne", [one, other]) is True


CALCULATED = [
    ("add", 2, 3, 5),
    ("add", -2, 3, 1),
    ("add", 0.5, 2, 2.5),
    ("add", euro("1.50"), euro(2), euro("3.50")),
    ("add", LARGEST - 1, 1, LARGEST),
    ("add", LARGEST, 1, U),
    ("add", -LARGEST, -1, U),
    ("add", Money(cents=LARGEST), Money(cents=1), U),
    ("add", 1e308, 1e308, U),
    ("sub", 2, 3, -1),
    ("sub", 2.5, 2, 0.5),
    ("sub", euro("1.50"), euro(2), euro("-0.50")),
    ("sub", -LARGEST, 1, U),
    ("mul", 2, 3, 6),
    ("mul", 0.5, 3, 1.5),
    ("mul", euro("1.50"), 3, euro("4.50")),
    ("mul", 3, euro("1.50"), euro("4.50")),
    ("mul", euro("1.50"), 0, euro(0)),
    ("mul", LARGEST, 2, U),
    ("mul", -1e308, 10, U),
    ("ratio", 1, 4, 0.25),
    ("ratio", 4, 1, 4.0),
    ("ratio", -1, 4, -0.25),
    ("ratio", euro(1), euro(4), 0.25),
    ("ratio", 0, 4, 0.0),
    ("ratio", 1, 0, U),
    ("ratio", 0.0, 0.0, U),
    ("ratio", euro(1), euro(0), U),
    ("ratio", 1e308, 1e-10, U),
    ("add_months", date(2024, 1, 15), 1, date(2024, 2, 15)),
    ("add_months", date(2024, 1, 31), 1, date(2024, 2, 29)),
    ("add_months", date(2023, 1, 31), 1, date(2023, 2, 28)),
    ("add_months", date(2024, 3, 31), -1, date(2024, 2, 29)),
    ("add_months", date(2024, 12, 1), 1, date(2025, 1, 1)),
    ("add_months", date(2024, 1, 1), -1, date(2023, 12, 1)),
    ("add_months", date(2024, 2, 29), 12, date(2025, 2, 28)),
    ("add_months", date(2024, 5, 31), 0, date(2024, 5, 31)),
    ("add_months", date(9999, 12, 31), 1, U),
    ("add_months", date(1, 1, 1), -1, U),
    ("add_months", date(1, 2, 1), -1, date(1, 1, 1)),
    ("add_months", date(9999, 11, 30), 1, date(9999, 12, 30)),
]


@pytest.mark.parametrize(("op", "a", "b", "expected"), CALCULATED)
def test_a_calculation_is_exact_or_unknown(op: str, a: Any, b: Any, expected: Any) -> None:
    found = apply(op, [a, b])

    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("value", "choices", "expected"),
    [
        (1, [1], True), (1, [2, 1], True), (1, [1, 2], True), (1, [2, 3], False), (1, [], False),
        ("a", ["A"], False), (Colour.RED, [Colour.BLUE], False), (euro(1), [euro(2), euro(1)], True),
    ],
)  # fmt: skip
def test_one_of_is_true_for_any_of_the_choices(value: Any, choices: list[Any], expected: bool) -> None:
    assert apply("one_of", [value, *choices]) is expected


@pytest.mark.parametrize("op", OPERATIONS)
def test_unknown_in_gives_unknown_out(op: str) -> None:
    known = date(2024, 1, 1) if op == "add_months" else 1

    assert apply(op, [U, 1]) is U
    assert apply(op, [known, U]) is U
    assert apply(op, [U, U]) is U


LOGIC = [
    # a, b, a and b, a or b
    (True, True, True, True),
    (True, U, U, True),
    (True, False, False, True),
    (U, True, U, True),
    (U, U, U, U),
    (U, False, False, U),
    (False, True, False, True),
    (False, U, False, U),
    (False, False, False, False),
]


@pytest.mark.parametrize(("a", "b", "both", "either"), LOGIC)
def test_and_and_or_are_those_of_kleene(a: Any, b: Any, both: Any, either: Any) -> None:
    assert apply("and", [a, b]) is both
    assert apply("or", [a, b]) is either
    assert apply("and", [a, b, True]) is both
    assert apply("or", [False, a, b]) is either


def test_not_turns_round_what_is_known() -> None:
    assert [apply("not", [value]) for value in (True, False, U)] == [False, True, U]


# Expressions ------------------------------------------------------------------------------------------

COUNT = FactRef("accounts", "count", int, LABEL)
LIST = Parameter("b", "choices", int, True, LABEL)
LIMIT = Parameter("b", "limit", int, False, LABEL)


def test_facts_and_parameters_are_looked_up_and_constants_are_what_was_written() -> None:
    values: dict[Any, Any] = {COUNT: 3, LIMIT: 5}

    assert evaluate(COUNT, values.__getitem__) == 3
    assert evaluate(LIMIT, values.__getitem__) == 5
    assert evaluate(Constant(7, int), values.__getitem__) == 7


def test_an_operation_takes_its_parts_in_the_order_in_which_they_were_written() -> None:
    node = Operation("sub", (COUNT, Operation("mul", (LIMIT, Constant(2, int)), int)), int)

    assert evaluate(node, {COUNT: 3, LIMIT: 5}.__getitem__) == -7


def test_a_list_is_choices_one_by_one() -> None:
    node = Operation("one_of", (COUNT, LIST, Constant(9, int)), bool)

    for value, expected in ((1, True), (2, True), (9, True), (3, False), (U, U)):
        assert evaluate(node, {COUNT: value, LIST: (1, 2)}.__getitem__) is expected


def test_every_node_has_its_value() -> None:
    named = Named("twice", Operation("mul", (COUNT, Constant(2, int)), int), LABEL)
    tree = evaluate_nodes(Operation("gt", (named, LIMIT), bool), {COUNT: 3, LIMIT: 5}.__getitem__)

    assert tree.value is True
    assert [child.value for child in tree.children] == [6, 5]
    assert [child.value for child in tree.children[0].children[0].children] == [3, 2]


# The same tables, for the compiled code -----------------------------------------------------------------


def compiled(op: str, a: Any, b: Any, expected: Any = None) -> int:
    """The status of the rule that an operation is true or, where a value is expected, gives it."""
    sides = tuple(FactRef("facts", name, type(value), LABEL) for name, value in (("a", a), ("b", b)))
    node = Operation(op, sides, bool if expected is None else type(expected))
    if expected is not None:
        node = Operation("eq", (node, Constant(expected, type(expected))), bool)
    evaluate = compile_rules("table", [RuleSource("r", node, None)], ["facts"]).bind({})
    return evaluate(types.SimpleNamespace(a=a, b=b))[0]


@pytest.mark.parametrize(("low", "high"), ORDERED)
@pytest.mark.parametrize("op", COMPARED)
def test_compiled_comparisons_follow_the_table(op: str, low: Any, high: Any) -> None:
    assert [compiled(op, *pair) for pair in ((low, high), (low, low), (high, low))] == [int(t) for t in COMPARED[op]]


@pytest.mark.parametrize(("op", "a", "b", "expected"), CALCULATED)
def test_compiled_calculations_follow_the_table(op: str, a: Any, b: Any, expected: Any) -> None:
    known = expected is not U
    # what is too large is at least the largest, and so no other number; by zero, and beyond the calendar, it is nothing
    too_large = not known and op != "add_months" and b not in (0, euro(0)) and a in (1e308, -1e308)

    assert compiled(op, a, b, expected if known else a) == (1 if known else 0 if too_large else 2)
