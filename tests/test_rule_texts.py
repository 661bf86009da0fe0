"""What a rule's words may name, and what is said where they name something else."""

from __future__ import annotations

import sys
from datetime import date
from typing import Annotated, Any

import pytest

from barriermodel import euro
from barriermodel.plugin import UNKNOWN, DefinitionError, Fact, Level, Limit, Ratio, evidence, named, ratio
from barriermodel.words.lexicon import Lexicon
from region import Accounts, Answers, Extract, Team, barrier, dossier, item, model

LIMIT = Limit(source="https://example.org")


@evidence("other_extract")
class Other:
    active: Fact[bool] = UNKNOWN


def margin(accounts: Accounts, *, most: Annotated[Ratio, LIMIT] = 0.1) -> Fact[bool]:
    return named("share", ratio(accounts.profit, accounts.turnover)) > most


def said(hit: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What is told of a margin of 12.5%, where this is the text of a hit."""
    words = f"[rule.test.definitions.margin]\nhit = {hit}\nnamed.share = 'marge'\n"
    monkeypatch.setattr(sys.modules[__name__], "BARRIERMODEL_WORDS", {"nl": words}, raising=False)
    made = barrier("test.definitions")
    made.signal(level=Level.RED)(margin)
    accounts = Accounts(year=2024, profit=euro(125), turnover=euro(1000))
    found = model(made).assess(dossier(item(accounts, issued_on=date(2025, 6, 1))))
    with Lexicon().active():
        return found.rule("test.definitions.margin").text.nl


@pytest.mark.parametrize(
    ("name", "shown"), [("share", "12,5%"), ("most", "10%"), ("profit", "€ 125"), ("turnover", "€ 1.000")]
)
def test_a_text_names_facts_named_values_and_parameters(name: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(f"'Het is {{{name}}}.'", monkeypatch) == f"Het is {shown}."


@pytest.mark.parametrize("text", ["'{shares}'", "'{year}'", "'{}'", "'{0}'", "'{most.real}'", "'{accounts}'", "3"])
def test_where_a_text_names_something_else_the_comparison_is_told(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(text, monkeypatch) == "Marge (12,5%) is hoger dan de grens (10%)."


def test_a_fact_of_two_kinds_is_not_named_by_its_name_alone() -> None:
    made = barrier("test.definitions")

    @made.signal(level=Level.RED)
    def two(a: Answers, b: Extract, c: Team) -> Fact[bool]:
        return (a.flag == b.active) | (c.complete == b.active)

    @made.signal(level=Level.RED)
    def both(extract: Extract, other: Other) -> Fact[bool]:
        return extract.active == other.active

    assert set(two.named) == {"flag", "active", "complete"}
    assert set(both.named) == set()


@pytest.mark.parametrize("level", [Level.GREEN, 2, "red", None])
def test_a_rule_has_a_level_above_green(level: Any) -> None:
    with pytest.raises(DefinitionError, match=r"Level\.ORANGE, RED or EXCLUDE"):
        barrier("test.definitions").signal(level=level)(margin)


def test_applies_takes_a_condition_of_the_same_barrier() -> None:
    other, made = barrier("test.other"), barrier("test.definitions")

    @other.condition
    def elsewhere(answers: Answers) -> Fact[bool]:
        return answers.flag

    for wrong in (elsewhere, margin, True):
        with pytest.raises(DefinitionError, match="applies= takes a condition of the same barrier"):
            made.signal(level=Level.RED, applies=wrong)(margin)  # type: ignore[arg-type]
