"""An unknown number with bounds: what its ends decide holds for every value between them.

The examples are worked out by hand; the law tries values.
"""

from __future__ import annotations

import csv
import math
import random
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import attrs
import engines
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import expressions as ex
from barriermodel import UNKNOWN, Dossier, Level, Provider, Status
from barriermodel.cli.commands import run
from barriermodel.domain.values import MAX_SAFE_INTEGER
from barriermodel.errors import ProfileError
from barriermodel.plugin import (
    Award,
    Between,
    Fact,
    Identifier,
    Limit,
    Money,
    Ratio,
    euro,
    evidence,
    named,
    one_of,
    ratio,
)
from examples import thorough
from region import AS_OF, Answers, barrier, dossier, item, model

U = UNKNOWN


@evidence("costs", one_per="year")
class Costs:
    """Amounts that cannot be below zero, and a profit that can."""

    year: Fact[int] = UNKNOWN
    own: Annotated[Fact[Money], Between(0)] = UNKNOWN
    hired: Annotated[Fact[Money], Between(0)] = UNKNOWN
    turnover: Annotated[Fact[Money], Between(0)] = UNKNOWN
    profit: Fact[Money] = UNKNOWN
    score: Annotated[Fact[int], Between(0, 100)] = UNKNOWN
    score_b: Annotated[Fact[int], Between(0, 100)] = UNKNOWN


made = barrier("x.costs")


@made.signal(level=Level.RED)
def low_cost(costs: Costs, *, least: Annotated[Ratio, Limit(assumed=True)] = 0.5) -> Fact[bool]:
    return named("share", ratio(costs.own + costs.hired, costs.turnover)) < least


@made.signal(level=Level.ORANGE)
def high_profit(costs: Costs) -> Fact[bool]:
    return ratio(costs.profit, costs.turnover) > 0.1


@made.signal(level=Level.ORANGE)
def scores_apart(costs: Costs) -> Fact[bool]:
    return costs.score - costs.score_b > 60


@made.signal(level=Level.ORANGE)
def great_loss(costs: Costs) -> Fact[bool]:
    return ratio(costs.profit - costs.own, costs.turnover) < -2


@made.signal(level=Level.ORANGE)
def costs_more(costs: Costs) -> Fact[bool]:
    return costs.profit <= costs.own + costs.hired


@made.signal(level=Level.ORANGE)
def half(costs: Costs) -> Fact[bool]:
    return costs.score * 2 >= costs.score_b


@made.signal(level=Level.ORANGE)
def impossible_sum(costs: Costs) -> Fact[bool]:
    return one_of(costs.score + costs.score_b, 0, 250) | (costs.score != costs.score_b)


COSTS = model(made)


def statuses(**facts: Any) -> dict[str, str]:
    found = COSTS.assess(dossier(item(Costs(**facts)), provider=Provider(name="Zorg")))
    return {rule.id.rpartition(".")[2]: rule.status.key for rule in found.rules}


@pytest.mark.parametrize(
    ("facts", "rule", "status"),
    [
        ({"own": euro(60), "hired": U, "turnover": euro(100)}, "low_cost", "clear"),  # at least 60%
        ({"own": euro(50), "hired": U, "turnover": euro(100)}, "low_cost", "clear"),  # at least 50%, which is enough
        ({"own": euro(49), "hired": U, "turnover": euro(100)}, "low_cost", "open"),
        ({"own": U, "hired": euro(70), "turnover": euro(100)}, "low_cost", "clear"),
        ({"own": euro(60), "hired": euro(60), "turnover": U}, "low_cost", "open"),  # it may be zero
        ({"own": U, "hired": U, "turnover": euro(100)}, "low_cost", "open"),
        ({"profit": U, "turnover": euro(100)}, "high_profit", "open"),  # a profit may be anything
        ({"score": 95, "score_b": U}, "scores_apart", "open"),  # from -5 to 95
        ({"score": 60, "score_b": U}, "scores_apart", "clear"),  # at most 60
        ({"score": U, "score_b": 40}, "scores_apart", "clear"),
        ({"score": U, "score_b": 39}, "scores_apart", "open"),
    ],
)
def test_what_is_known_of_a_number_can_decide(facts: dict[str, Any], rule: str, status: str) -> None:
    assert statuses(year=2025, **facts)[rule] == status


def test_what_decides_is_said_and_nothing_more_is_asked() -> None:
    found = COSTS.assess(dossier(item(Costs(year=2025, own=euro(60), turnover=euro(90))), provider=Provider()))
    rule = found.rule("x.costs.low_cost")

    assert rule.text.nl == "Share (minstens 66,6%) is niet lager dan de grens (50%)."
    assert rule.text.en == "Share (at least 66.6%) is not lower than the limit (50%)."
    named_node = rule.values[0].children[0]
    assert named_node.ends is not None
    assert named_node.ends.at_least == pytest.approx(2 / 3)
    assert math.isinf(named_node.ends.at_most)
    assert not any("x.costs.low_cost" in ask.rules for ask in found.asks)


AMOUNTS = (U, euro(0), euro(40), euro(60), euro(100), Money(cents=MAX_SAFE_INTEGER))
SCORES = (U, 0, 40, 100)


def portfolio(seed: int) -> list[Dossier]:
    """Dossiers with one item of costs, or two of which one thing or another may differ."""
    chance = random.Random(seed)
    found = []
    for _ in range(400):
        facts = {name: chance.choice(SCORES if "score" in name else AMOUNTS) for name in NAMES}
        how = chance.choice([{}, {}, {"about": OTHER}, {"issued_on": None}, {"valid_until": date(2025, 6, 2)}])
        items = [item(Costs(year=2025, **facts), id="costs", **how)]
        if not how and chance.random() < 0.3:
            name = chance.choice(NAMES)
            facts[name] = chance.choice((1, 99)) if "score" in name else euro(55)
            items.append(item(Costs(year=2025, **facts), id="costs-2"))
        found.append(dossier(*items, provider=Provider(name="Zorg")))
    return found


@pytest.mark.parametrize("engine", engines.by_day({"polars", "duckdb", "pandas"}))
def test_a_table_says_the_same_as_each_dossier(engine: str) -> None:
    found = portfolio(1)
    decided = [rule.status for one in found for rule in COSTS.assess(one).rules if None in unknown_values(rule)]

    assert {Status.HIT, Status.CLEAR, Status.OPEN} == set(decided)
    engines.Portfolio.of(COSTS, found).check(engine, as_of=AS_OF)


def unknown_values(rule: Any) -> list[Any]:
    """What a rule looked at, with None for what is unknown."""
    return [None if fact.value is UNKNOWN else fact.value for fact in rule.facts]


def test_a_cell_that_cannot_be_read_settles_nothing_and_a_blank_one_may(tmp_path: Path) -> None:
    head = "provider__legal_form;annual_accounts__turnover;annual_accounts__personnel_cost;"
    head += "annual_accounts__hired_staff_cost;annual_accounts__subcontracting_cost\n"
    (tmp_path / "in.csv").write_text(head + "bv;1000;700;veel;0\nbv;1000;700;;0\n", encoding="utf-8")
    for source, output in (("in.csv", "out.csv"), ("out.csv", "again.csv")):
        arguments = ["batch", tmp_path / source, tmp_path / output, "--profile", "portfolio-scan"]
        assert run([*map(str, arguments), "--as-of", "2026-01-15"]) == 0
        lines = (tmp_path / output).read_text(encoding="utf-8").splitlines()
        unread, blank = csv.DictReader(lines, delimiter=";")
        assert unread["map__unread"] == "annual_accounts__hired_staff_cost"
        assert (unread[SHARE], blank[SHARE]) == ("", "false")


@pytest.mark.parametrize("bad", [{"map__unread": "costs__hired"}, {"costs__hired": -1.0}], ids=["named", "no amount"])
def test_nor_does_such_a_cell_when_its_row_is_explained(bad: dict[str, Any]) -> None:
    row = {"costs__year": 2025, "costs__own": 60.0, "costs__turnover": 100.0, "costs__hired": None}

    assert COSTS.explain_row(row, as_of=AS_OF).rule("x.costs.low_cost").status is Status.CLEAR
    assert COSTS.explain_row({**row, **bad}, as_of=AS_OF).rule("x.costs.low_cost").status is Status.OPEN


SHARE = "rule__nl_financial_signals_low_personnel_cost"


# Every value between the ends -------------------------------------------------------------------------

BOUNDS: dict[str, st.SearchStrategy[Any]] = {
    "hours": st.integers(-2, 24),
    "part": st.sampled_from([0.25, 0.5, 1.0]) | st.floats(0.25, 1),
    "cost": st.sampled_from([0, 1, MAX_SAFE_INTEGER]).map(lambda cents: Money(cents=cents)) | ex.positive,
}


@thorough
@given(ex.conditions(), ex.answers, ex.awards, ex.parameters, st.data())
def test_what_ends_decide_holds_for_every_value(
    source: str, answers: Answers, award: Award, parameters: Any, data: st.DataObject
) -> None:
    made, names = ex.barrier()
    rule = made.condition(ex.function("rule", source, names))
    unknown = attrs.evolve(answers, **{name: UNKNOWN for name in BOUNDS if data.draw(st.booleans())})
    others = {"provider": Provider(name="a"), "as_of": ex.LEAP, "seen": U, "total": U, **parameters}
    decided = ex.called(rule, answers=unknown, award=award, **others)
    assume(decided is not UNKNOWN)

    values = {name: data.draw(values) for name, values in BOUNDS.items() if getattr(unknown, name) is UNKNOWN}
    value = award if award.value is not UNKNOWN else attrs.evolve(award, value=data.draw(ex.positive))
    assert ex.called(rule, answers=attrs.evolve(unknown, **values), award=value, **others) is decided


# Where bounds say nothing -----------------------------------------------------------------------------

OTHER = Identifier("NL-KVK", "76543210")
FACTS = {"own": euro(60), "hired": UNKNOWN, "turnover": euro(100), "year": 2025}


def test_what_two_items_contradict_settles_nothing() -> None:
    items = [item(Costs(**{**FACTS, "hired": euro(hired)}), id=f"costs-{hired}") for hired in (1, 2)]

    assert COSTS.assess(dossier(*items, provider=Provider())).rule("x.costs.low_cost").status is Status.OPEN


@pytest.mark.parametrize("how", [{"about": OTHER}, {"issued_on": None}], ids=["of another", "undated"])
def test_nor_does_evidence_about_somebody_else_or_without_a_date(how: dict[str, Any]) -> None:
    assert scores_of_two(item(Costs(year=2025), id="costs", **how)) is Status.OPEN


def scores_of_two(of_costs: Any) -> Status:
    """A rule on two kinds, of which one is known: 39 - score is at most 39, if anything is known of the score."""
    made = barrier("x.two")

    @made.signal(level=Level.RED)
    def beyond(costs: Costs, answers: Answers) -> Fact[bool]:
        return answers.count - costs.score > 39

    both = dossier(of_costs, item(Answers(count=39)), provider=Provider())
    return model(made).assess(both).rule("x.two.beyond").status


def test_it_does_where_nothing_is_stated_or_what_is_has_expired() -> None:
    assert scores_of_two(item(Costs(year=2025), id="costs")) is Status.CLEAR
    assert scores_of_two(item(Costs(year=2025), id="costs", valid_until=date(2025, 6, 2))) is Status.CLEAR


@given(st.sampled_from(["own", "hired", "turnover", "profit", "score", "score_b"]), st.data())
def test_a_bad_fact_never_makes_the_advice_milder_than_a_blank_one_or_any_value(name: str, data: st.DataObject) -> None:
    money = st.sampled_from([0, 40, 50, 60, 100]).map(euro)
    whole = {n: data.draw(st.none() | (st.sampled_from([0, 40, 100]) if "score" in n else money)) for n in NAMES}
    facts = {n: U if value is None else value for n, value in whole.items()}
    value = data.draw(st.sampled_from([0, 100]) if "score" in name else money)
    given_, blank = ({**facts, name: one} for one in (value, UNKNOWN))
    other = value // 2 + 1 if isinstance(value, int) else value + euro(1)
    contradicting = [item(Costs(year=2025, **{**facts, name: one}), id=f"costs-{one}") for one in (value, other)]

    bad = COSTS.assess(dossier(*contradicting, provider=Provider())).advice
    for one in (given_, blank):
        if any(fact is not UNKNOWN for fact in one.values()):
            good = COSTS.assess(dossier(item(Costs(year=2025, **one)), provider=Provider())).advice
            assert bad.at_most >= good.at_most


NAMES = ("own", "hired", "turnover", "profit", "score", "score_b")


# Refused ----------------------------------------------------------------------------------------------


def test_a_rule_that_bounds_alone_decide_is_refused() -> None:
    made = barrier("x.never")

    @made.signal(level=Level.RED)
    def never(costs: Costs, *, most: Annotated[int, Limit(assumed=True)] = 100) -> Fact[bool]:
        return costs.score > most

    with pytest.raises(ProfileError, match=r"x\.never\.never says the same of every provider with its limits whatever"):
        model(made)


def test_so_is_a_condition_under_which_it_applies() -> None:
    made = barrier("x.never")

    @made.condition
    def scored(costs: Costs) -> Fact[bool]:
        return costs.score + costs.score_b <= 200

    @made.signal(level=Level.RED, applies=scored)
    def loss(costs: Costs) -> Fact[bool]:
        return costs.profit < euro(0)

    with pytest.raises(ProfileError, match=r"x\.never\.loss says the same of every provider whatever is known"):
        model(made)
