"""Rules that add up to the advice: what is said of them never narrows a hidden count."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from barriermodel import Level
from barriermodel.portfolio.adding_up import RuleCounts, rules_to_withhold
from barriermodel.portfolio.publishing import CountRange, PublishedCounts, publish_counts
from pages import model

NONE = RuleCounts((0, 0), (0, 0), (0, 0))
TAX, PREMIUMS, FRAUD = (f"nl.exclusion_grounds.{name}" for name in ("unpaid_tax", "unpaid_premiums", "fraud"))
SIGNALS = tuple(f"nl.financial_signals.{name}" for name in ("high_profit", "high_solo_turnover", "low_personnel_cost"))


def hits(*found: CountRange) -> list[RuleCounts]:
    return [RuleCounts(one, (0, 0), one) for one in found]


def withheld(advice: dict[tuple[Level, Level], int], *rules: tuple[str, RuleCounts | None]) -> set[str]:
    published = publish_counts(advice)
    assert published
    counts = {rule.id: NONE for stage in model().resolved.stages for rule in stage.rules}
    return rules_to_withhold(model().resolved, published, counts | dict(rules))


GREEN, ORANGE, RED, EXCLUDE = ((level, level) for level in Level)
UNCERTAIN = Level.RED, Level.EXCLUDE


@pytest.mark.parametrize(("tax", "given_away"), [(13, True), (15, False)])
def test_two_rules_that_exclude_in_so_many_rows_narrow_each_other(tax: int, given_away: bool) -> None:
    """With 16 excluded, 13 on tax leave three for premiums; with 15 one, as with any hidden count."""
    found = withheld({GREEN: 84, EXCLUDE: 16}, *zip((TAX, PREMIUMS), hits((tax, tax), (1, 4)), strict=True))

    assert found == ({TAX, PREMIUMS} if given_away else set())


def test_a_rule_of_which_nothing_is_published_can_have_any_count() -> None:
    rules = zip((TAX, PREMIUMS), hits((13, 13), (1, 4)), strict=True)

    assert withheld({GREEN: 84, EXCLUDE: 16}, *rules, (FRAUD, None)) == set()


def test_open_rules_narrow_each_other_where_the_advice_can_still_become_so() -> None:
    open_ = [RuleCounts((0, 0), found, found) for found in ((9, 9), (1, 4))]

    assert withheld({GREEN: 84, UNCERTAIN: 12}, *zip((TAX, PREMIUMS), open_, strict=True)) == {TAX, PREMIUMS}
    assert withheld({GREEN: 84, UNCERTAIN: 10}, *zip((TAX, PREMIUMS), open_, strict=True)) == set()
    hit_too = [
        RuleCounts((60, 60), (9, 9), (69, 69)),
        RuleCounts((60, 60), (1, 4), (61, 64)),
    ]  # in rows that are settled
    assert withheld({EXCLUDE: 60, UNCERTAIN: 12}, *zip((TAX, PREMIUMS), hit_too, strict=True)) == {TAX, PREMIUMS}
    assert withheld({EXCLUDE: 60, UNCERTAIN: 10}, *zip((TAX, PREMIUMS), hit_too, strict=True)) == set()


def test_signals_that_are_counted_are_each_a_part_of_a_level() -> None:
    """One signal makes orange: 50 rows have at most 20 and 26 of others."""
    rules = hits((20, 20), (26, 26), (1, 4))

    assert withheld({GREEN: 84, ORANGE: 50}, *zip(SIGNALS, rules, strict=True)) == {*SIGNALS}
    assert withheld({GREEN: 84, ORANGE: 47}, *zip(SIGNALS, rules, strict=True)) == set()


def test_signals_that_are_counted_narrow_a_cell_of_the_advice_or_what_may_still_become_so() -> None:
    """It takes three signals to make red."""
    assert withheld({GREEN: 90, ORANGE: 5, RED: 2}, *zip(SIGNALS, hits((5, 5), (1, 4)), strict=False)) == {*SIGNALS[:2]}
    assert withheld({GREEN: 90, ORANGE: 5, RED: 2}, *zip(SIGNALS, hits((8, 8), (1, 4)), strict=False)) == set()
    open_ = [RuleCounts((0, 0), one, one) for one in ((30, 30), (8, 8), (1, 4))]
    assert withheld({GREEN: 60, (Level.GREEN, Level.RED): 14}, *zip(SIGNALS, open_, strict=True)) == {*SIGNALS}
    assert withheld({GREEN: 60, (Level.GREEN, Level.RED): 13}, *zip(SIGNALS, open_, strict=True)) == set()


@pytest.mark.parametrize("seeds", [range(150)])
def test_whoever_adds_up_rules_rules_out_no_number_of_a_hidden_count(seeds: range) -> None:
    outcomes: Counter[bool] = Counter()
    for chance in map(random.Random, seeds):
        rows = [[chance.random() < share for share in (0.15, 0.03, 0.02)] for _ in range(100)]
        excluded = sum(map(any, rows))
        tables = [publish_counts({"other": 100 - n, "hit": n}) for n in map(sum, zip(*rows, strict=True))]
        found = [None if one is None else hits(one.bounds("hit"))[0] for one in tables]
        advice = publish_counts({GREEN: 100 - excluded, EXCLUDE: excluded})
        if advice is None or None in found:
            continue
        away = withheld({GREEN: 100 - excluded, EXCLUDE: excluded}, *zip((TAX, PREMIUMS, FRAUD), found, strict=True))
        ranges = [one.hits for one in found if one is not None]
        outcomes[bool(away)] += 1
        assert bool(away) == narrowed(advice, ranges)
    assert min(outcomes[True], outcomes[False]) > 10


def narrowed(advice: PublishedCounts[tuple[Level, Level]], ranges: list[CountRange]) -> bool:
    """Whether some number in a range fits no numbers of the others, where each excluded row has a rule that does so."""
    low, high = advice.bounds(EXCLUDE)
    fitting = [
        (excluded, (a, b, c))
        for excluded in range(low, high + 1)
        for a in range(ranges[0][0], ranges[0][1] + 1)
        for b in range(ranges[1][0], ranges[1][1] + 1)
        for c in range(ranges[2][0], ranges[2][1] + 1)
        if excluded <= a + b + c
    ]
    possible = [{found[place] for _, found in fitting} for place in range(3)]
    return {one[0] for one in fitting} != {*range(low, high + 1)} or any(
        numbers != {*range(first, last + 1)} for numbers, (first, last) in zip(possible, ranges, strict=True)
    )
