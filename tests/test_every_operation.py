"""Whatever reads expressions reads every operation: a new one that a reader lacks fails here and not at a user's."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from barriermodel import Assessment, BarrierModel, Level, Status, euro
from barriermodel.assessment import RuleResult
from barriermodel.plugin import Fact, Money, add_months, not_, one_of, ratio
from barriermodel.reporting.sentences import Wording
from barriermodel.rules.expression import LOGIC, Constant, Node, Operation, result_type
from barriermodel.rules.interpreter import OPERATIONS, EvaluatedNode
from barriermodel.tables.assess import open_native
from barriermodel.tables.rules import ExpressionTranslator
from barriermodel.testing import make_cases
from barriermodel.text import Language
from region import AS_OF, Answers, barrier, dossier, item, model

JUNE, JULY = date(2025, 6, 15), date(2025, 7, 15)
CONDITIONS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "and": ("a.flag & a.flag_b", {"flag": True, "flag_b": True}, {"flag": True, "flag_b": False}),
    "or": ("a.flag | a.flag_b", {"flag": False, "flag_b": True}, {"flag": False, "flag_b": False}),
    "not": ("not_(a.flag)", {"flag": False}, {"flag": True}),
    "eq": ("a.words == a.words_b", {"words": "a", "words_b": "a"}, {"words": "a", "words_b": "b"}),
    "ne": ("a.share != a.share_b", {"share": 0.5, "share_b": 0.25}, {"share": 0.5, "share_b": 0.5}),
    "lt": ("a.day < a.day_b", {"day": JUNE, "day_b": JULY}, {"day": JUNE, "day_b": JUNE}),
    "le": ("a.day <= a.day_b", {"day": JUNE, "day_b": JUNE}, {"day": JULY, "day_b": JUNE}),
    "gt": ("a.count > a.count_b", {"count": 2, "count_b": 1}, {"count": 1, "count_b": 1}),
    "ge": ("a.count >= a.count_b", {"count": 1, "count_b": 1}, {"count": 1, "count_b": 2}),
    "one_of": ("one_of(a.count, 1, 2, 3)", {"count": 2}, {"count": 4}),
    "add": ("a.count + a.count_b > 5", {"count": 3, "count_b": 3}, {"count": 3, "count_b": 2}),
    "sub": (
        "a.amount - a.amount_b > euro(5)",
        {"amount": euro(9), "amount_b": euro(3)},
        {"amount": euro(9), "amount_b": euro(4)},
    ),
    "mul": ("a.count * a.count_b > 5", {"count": 2, "count_b": 3}, {"count": 5, "count_b": 1}),
    "ratio": (
        "ratio(a.amount, a.amount_b) > 0.5",
        {"amount": euro(2), "amount_b": euro(3)},
        {"amount": euro(1), "amount_b": euro(2)},
    ),
    "add_months": ("add_months(a.day, 1) <= a.day_b", {"day": JUNE, "day_b": JULY}, {"day": JULY, "day_b": JULY}),
}
"""Of each operation a condition with it, and facts for which it holds and for which it does not."""

COMPARISON: dict[Language, str] = {"nl": "Vergelijking", "en": "Comparison"}


def model_with(condition: str) -> BarrierModel:
    names: dict[str, Any] = {made.__name__: made for made in (Answers, add_months, euro, not_, one_of, ratio)}
    names["Fact"] = Fact
    exec(f"def hits(a: Answers) -> Fact[bool]:\n    return {condition}", names)
    made = barrier("test.operation")
    made.signal(level=Level.RED)(names["hits"])
    return model(made)


def assessed(made: BarrierModel, facts: dict[str, Any]) -> Assessment:
    return made.assess(dossier(item(Answers(**facts))))


def result(made: BarrierModel, facts: dict[str, Any]) -> RuleResult:
    return assessed(made, facts).rules[0]


def cell(value: Any) -> Any:
    return value.cents / 100 if isinstance(value, Money) else value


def test_there_is_a_condition_with_every_operation() -> None:
    assert set(CONDITIONS) == {*OPERATIONS, *LOGIC}


Given = tuple[BarrierModel, dict[str, Any], dict[str, Any]]


@pytest.fixture(params=CONDITIONS)
def given(request: pytest.FixtureRequest) -> Given:
    condition, holds, fails = CONDITIONS[request.param]
    return model_with(condition), holds, fails


def test_it_is_compiled(given: Given) -> None:
    made, *answers = given

    assert [result(made, facts).status for facts in answers] == [Status.HIT, Status.CLEAR]


def test_it_is_explained_in_both_languages(given: Given) -> None:
    made, holds, _ = given
    said = [
        re.search(f"{word}: (.*)", assessed(made, holds).explain(lang, full=True)) for lang, word in COMPARISON.items()
    ]

    assert None not in said
    assert len(set(map(str, said))) == 2


def test_it_is_read_in_a_table_where_null_is_unknown(given: Given) -> None:
    polars = pytest.importorskip("polars")
    made, holds, fails = given
    rows = [holds, fails, {**holds, list(holds)[-1]: None}]
    columns = {f"answers__{name}": [cell(row[name]) for row in rows] for name in holds}

    found = made.assess_frame(polars.DataFrame(columns), as_of=AS_OF)

    assert found["rule__test_operation_hits"].to_list() == [True, False, None]


def test_cases_are_written_on_its_limits(given: Given) -> None:
    made, *_ = given
    cases = make_cases(made)

    assert len(cases.of_rules) >= 3
    assert cases.findings == ()


# An operation that was forgotten somewhere ------------------------------------------------------------


def test_an_operation_of_which_nobody_said_the_types_is_not_taken_for_arithmetic() -> None:
    with pytest.raises(NotImplementedError, match="'modulo'"):
        result_type("modulo", [int, int])


@pytest.mark.parametrize("type", [bool, int])
def test_an_operation_without_words_is_named(type: type) -> None:
    found = result(model_with("a.flag"), {"flag": True})
    tree = EvaluatedNode(Operation("modulo", (Constant(5, int), Constant(2, int)), type), type(1))

    with pytest.raises(NotImplementedError, match="'modulo'"):
        Wording(found, "en").sentence(tree)


def test_in_a_table_an_operation_on_dates_is_not_taken_for_adding_months() -> None:
    polars = pytest.importorskip("polars")
    made = model_with("a.day < a.day_b")
    table = open_native(made.engine, polars.DataFrame({"answers__day": [JUNE]}), AS_OF)
    day: Node = Constant(JUNE, date)
    moved, other = (Operation(op, (day, Constant(1, int)), date) for op in ("add_months", "add_days"))

    with pytest.raises(KeyError, match="add_days"):
        ExpressionTranslator(table, {}, {}, {}).translate(Operation("eq", (moved, other), bool))
