"""A rule has a level and a text in both languages, which names what the rule knows."""

from __future__ import annotations

from typing import Annotated, Any

import pytest

from barriermodel.plugin import DefinitionError, Fact, Level, Limit, Ratio, Text, named, ratio
from region import Accounts, Answers, Extract, Team, barrier

LIMIT = Limit(source="https://example.org")


def margin(accounts: Accounts, *, most: Annotated[Ratio, LIMIT] = 0.1) -> Fact[bool]:
    return named("share", ratio(accounts.profit, accounts.turnover)) > most


@pytest.mark.parametrize("name", ["share", "most", "profit", "turnover"])
def test_a_text_names_facts_named_values_and_parameters(name: str) -> None:
    text = Text(nl=f"{{{name}}}", en=f"{{{name}}}.")

    barrier("test.definitions").signal(level=Level.RED)(margin)


@pytest.mark.parametrize("name", ["shares", "year", "", "0", "most.real", "accounts"])
def test_a_text_that_names_something_else_is_refused(name: str) -> None:
    text = Text(nl=f"{{{name}}}", en=f"{{{name}}}.")

    with pytest.raises(DefinitionError, match="most, profit, share, turnover"):
        barrier("test.definitions").signal(level=Level.RED)(margin)


def test_a_fact_of_two_kinds_is_not_named_by_its_name_alone() -> None:
    def rule(a: Answers, b: Extract, c: Team) -> Fact[bool]:
        return (a.flag == b.active) | (c.complete == b.active)

    text = Text(nl="{active}", en="{active}")
    barrier("test.definitions").signal(level=Level.RED)(rule)


@pytest.mark.parametrize("level", [Level.GREEN, 2, "red", None])
def test_a_rule_has_a_level_above_green(level: Any) -> None:
    with pytest.raises(DefinitionError, match=r"Level\.ORANGE, RED or EXCLUDE"):
        barrier("test.definitions").signal(level=level)(margin)


def test_a_rule_has_a_text_in_both_languages() -> None:
    with pytest.raises(DefinitionError, match="Text"):
        barrier("test.definitions").requirement(level=Level.RED)(margin)  # type: ignore[arg-type]


def test_applies_takes_a_condition_of_the_same_barrier() -> None:
    other, made = barrier("test.other"), barrier("test.definitions")

    @other.condition
    def elsewhere(answers: Answers) -> Fact[bool]:
        return answers.flag

    for wrong in (elsewhere, margin, True):
        with pytest.raises(DefinitionError, match="applies= takes a condition of the same barrier"):
            made.signal(level=Level.RED, applies=wrong)(margin)  # type: ignore[arg-type]
