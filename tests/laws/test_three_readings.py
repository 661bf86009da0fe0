"""Called = interpreted = compiled: a rule means the same however it is read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

import expressions as ex
from barriermodel.plugin import UNKNOWN, Level, Rule, Status
from barriermodel.rules.compiler import RuleSource, compile_rules
from barriermodel.rules.expression import FactRef, Parameter
from barriermodel.rules.interpreter import evaluate
from examples import thorough
from region import Answers

SOURCES = ["provider", "award", "dossier", "answers", "derived"]
_written = st.tuples(ex.conditions(), st.none() | ex.conditions("m"), st.booleans())


def status(condition: Any, applies: Any) -> Status:
    """The table of the design, section 2, as it stands there; ``condition`` is that of a signal."""
    if applies is False:
        return Status.NOT_APPLICABLE
    if condition is False:
        return Status.CLEAR
    return Status.HIT if condition is True and applies is True else Status.OPEN


def flipped(value: Any) -> Any:
    return UNKNOWN if value is UNKNOWN else not value


@thorough
@given(
    st.lists(_written, min_size=1, max_size=3), ex.answers, ex.providers, ex.awards, ex.days, ex.parameters,
    ex.fact(bool), ex.fact(int),
)  # fmt: skip
def test_every_reading_of_a_rule_gives_the_same_status(
    written: Any, answers: Any, provider: Any, award: Any, as_of: Any, parameters: Any, seen: Any, total: Any
) -> None:
    barrier, names = ex.barrier()
    rules: list[Rule[...]] = []
    for number, (source, applies_source, signal) in enumerate(written):
        applies = None
        if applies_source is not None:
            applies = barrier.condition(ex.function(f"applies_{number}", applies_source, names))
        made = ex.function(f"rule_{number}", source, names)
        if signal:
            rules.append(barrier.signal(level=Level.RED, applies=applies)(made))
        else:
            rules.append(barrier.requirement(level=Level.RED, applies=applies)(made))
    derived = {"law.generated.seen": seen, "law.generated.total": total}
    holders = {"provider": provider, "award": award, "answers": answers}

    def lookup(node: FactRef | Parameter) -> Any:
        if isinstance(node, Parameter):
            return parameters[node.name]
        if node.source == "derived":
            return derived[node.name]
        return as_of if node.source == "dossier" else getattr(holders[node.source], node.name)

    def called(rule: Any) -> Any:
        return ex.called(rule, **holders, as_of=as_of, seen=seen, total=total, **parameters)

    sources = [RuleSource(r.id, r.hits_if, r.applies and r.applies.expression) for r in rules]
    bound = compile_rules("law", sources, SOURCES).bind({("law.generated", k): v for k, v in parameters.items()})
    codes = bound(provider, award, as_of, answers, derived)

    for rule, (_, _, signal), code in zip(rules, written, codes, strict=True):
        value = called(rule)
        applies = True if rule.applies is None else called(rule.applies)
        assert value is evaluate(rule.expression, lookup)
        assert rule.applies is None or applies is evaluate(rule.applies.expression, lookup)
        event(str(status(value, applies).key))
        assert Status(code) is status(value if signal else flipped(value), applies)
        assert status(evaluate(rule.hits_if, lookup), applies) is Status(code)


@given(ex.conditions(), ex.answers, ex.providers, ex.awards, ex.days, ex.parameters)
def test_a_rule_gives_true_false_or_unknown_and_nothing_else(
    source: str, answers: Any, provider: Any, award: Any, as_of: Any, parameters: Any
) -> None:
    barrier, names = ex.barrier()
    rule = barrier.condition(ex.function("rule", source, names))

    values = {"answers": answers, "provider": provider, "award": award, "as_of": as_of, **parameters}
    assert ex.called(rule, **values, seen=UNKNOWN, total=UNKNOWN) in (True, False, UNKNOWN)


# Compiled, on every side of every limit ---------------------------------------------------------------

T, F, U = True, False, UNKNOWN
SIDES = {
    "answers.count < answers.count_b": [(1, 2, T), (2, 2, F), (3, 2, F), (1, U, U)],
    "answers.count <= answers.count_b": [(1, 2, T), (2, 2, T), (3, 2, F), (U, 2, U)],
    "answers.count > answers.count_b": [(1, 2, F), (2, 2, F), (3, 2, T), (1, U, U)],
    "answers.count >= answers.count_b": [(1, 2, F), (2, 2, T), (3, 2, T), (U, 2, U)],
    "answers.count == answers.count_b": [(1, 2, F), (2, 2, T), (3, 2, F), (1, U, U)],
    "answers.count != answers.count_b": [(1, 2, T), (2, 2, F), (3, 2, T), (U, 2, U)],
    "answers.count + answers.count_b == 7": [(5, 2, T), (9, 2, F), (5, U, U), (ex.MAX_SAFE_INTEGER, 1, F)],
    "answers.count - answers.count_b == 3": [(5, 2, T), (1, 2, F), (U, 2, U), (-ex.MAX_SAFE_INTEGER, 1, F)],
    "answers.count * answers.count_b == 10": [(5, 2, T), (8, 2, F), (U, 0, U), (ex.MAX_SAFE_INTEGER, 2, F)],
    "ratio(answers.count, answers.count_b) == 2.5": [(5, 2, T), (2, 5, F), (5, 0, U), (U, 2, U)],
    "one_of(answers.count, 1, 2, 3)": [(1, 0, T), (2, 0, T), (3, 0, T), (4, 0, F), (U, 0, U)],
    "add_months(date(2024, 1, 31), answers.count) <= date(2024, 2, 29)": [(1, 0, T), (2, 0, F), (U, 0, U)],
    "add_months(date(2024, 1, 31), answers.count) >= date(2024, 2, 29)": [(1, 0, T), (0, 0, F), (10**6, 0, U)],
    "not_(answers.count == 1)": [(1, 0, F), (2, 0, T), (U, 0, U)],
    "(answers.count == 1) & (answers.count_b == 1)": [(1, 1, T), (1, 0, F), (0, 1, F), (0, U, F), (1, U, U)],
    "(answers.count == 1) | (answers.count_b == 1)": [(0, 0, F), (1, 0, T), (0, 1, T), (1, U, T), (0, U, U)],
}
"""What a rule says of two numbers, written by hand; what is too large is at least the largest.

Chance seldom draws two that are equal.
"""


@pytest.mark.parametrize("source", SIDES)
def test_a_compiled_rule_is_right_on_both_sides_of_its_limit_and_on_it(source: str) -> None:
    barrier, names = ex.barrier()
    rule = barrier.signal(level=Level.RED)(ex.function("rule", source, names))
    bound = compile_rules("law", [RuleSource(rule.id, rule.hits_if, None)], SOURCES).bind({})

    for one, other, expected in SIDES[source]:
        (code,) = bound(None, None, None, Answers(count=one, count_b=other), {})
        assert Status(code) is status(expected, True), (one, other)
