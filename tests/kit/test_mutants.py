"""Mutants: one small mistake each, never the plan itself, and killed by what shows it."""

from __future__ import annotations

from datetime import date

import pytest
import small

from barriermodel import Registry, euro
from barriermodel.engine.evaluate import Engine
from barriermodel.testing import make_cases, run_mutants, single_barrier_model
from barriermodel.testing.mutants import mutants
from region import AS_OF, Accounts, dossier, item


def said(model, day: date = AS_OF) -> list[str]:
    return [mutant.what for mutant in mutants(model.resolved, [day])]


def test_limits_operators_levels_and_rules_are_changed() -> None:
    assert said(small.with_rule(small.high_margin)) == [
        "the rule is dropped", "orange became red", "> became >=", "> became <", "10% became 11%", "10% became 9%",
    ]  # fmt: skip


def test_parts_of_conditions_are_dropped_and_joined_otherwise() -> None:
    found = said(small.with_rule(small.few_and_flagged))

    assert {"& became |", "part 1 of & is dropped", "part 2 of & is dropped", "| became &"} <= set(found)
    assert {"part 1 of | is dropped", "part 2 of | is dropped", "== became !="} <= set(found)


def test_a_list_loses_its_first_or_last_member() -> None:
    found = said(small.with_rule(small.not_small))

    assert {"small left the list", "medium left the list", "not became its opposite"} <= set(found)


def test_what_decides_whether_a_rule_applies_is_changed_too() -> None:
    found = said(single_barrier_model("nl.financial_signals", Registry.discover()))

    assert "applies is dropped" in found
    assert "applies: eenmanszaak left the list" in found


def test_thresholds_and_weights_of_a_stage_are_changed() -> None:
    weights = {f"kit.flags.rule_{n}": n for n in range(4)}

    assert [
        w for w in said(small.counting("count", 1, 2)) if "rule" not in w and "of" not in w and "became its" not in w
    ][-3:] == ["orange = 1 became 2", "red = 2 became 3", "red = 2 became 1"]
    assert "weight 3 of kit.flags.rule_3 became 4" in said(small.counting("points", 2, 4, weights))
    assert "weight 0 of kit.flags.rule_0 became -1" not in said(small.counting("points", 2, 4, weights))


def test_where_rules_are_counted_their_own_levels_are_left_alone() -> None:
    assert "orange became red" not in said(small.counting("count", 1, 2))
    assert "orange became red" in said(small.with_rule(small.sums))


def test_every_mutant_can_be_run_and_the_plan_stays_as_it_was(screening) -> None:
    digest = screening.resolved.digest
    clear = make_cases(screening).clear.dossier(screening.resolved.kinds.values())
    found = list(mutants(screening.resolved, [clear.as_of]))

    for mutant in found:
        Engine(mutant.resolved).evaluate(clear)
    assert screening.resolved.digest == digest
    assert len({id(mutant.resolved) for mutant in found}) == len(found)


@pytest.mark.parametrize(("profit", "killed"), [(10, {"> became >=", "10% became 9%"}), (50, {"> became <"})])
def test_a_mutant_is_killed_by_another_advice_alone(profit: int, killed: set[str]) -> None:
    model = small.with_rule(small.high_margin)
    accounts = Accounts(year=2024, profit=euro(profit), turnover=euro(100))
    verdict = run_mutants(model, [dossier(item(accounts))])

    assert killed <= {mutant.what for mutant in verdict.killed}
    assert len(verdict.killed) + len(verdict.survived) == 6
    assert verdict.score == len(verdict.killed) / 6


def test_without_dossiers_nothing_is_killed() -> None:
    verdict = run_mutants(small.with_rule(small.high_margin), [])

    assert verdict.killed == ()
    assert verdict.score == 0


def test_only_the_limit_that_is_in_force_is_changed() -> None:
    from barriermodel import BarrierModel

    model = BarrierModel.load("twente-2019")
    before, after = (said(model, day) for day in (date(2018, 1, 1), date(2025, 1, 1)))

    assert "10% became 11%" not in before
    assert "10% became 11%" in after
