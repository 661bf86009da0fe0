"""What is published of a portfolio: no count from 1 to 4 is shown, and none can be computed.

The reader here is a solver, which knows the page and the rule and is asked for the least and the greatest number that
each hidden count can be; and one who tries every table there is.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import product

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel import Level
from barriermodel.portfolio.publishing import CountRange, PublishedCounts, publish_counts

pytest.importorskip("scipy")
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Counts = dict[Hashable, int]
CELLS = [(low, high) for low in Level for high in Level if low <= high]
BARS = ["below 0%", "0% to 5%", "5% to 10%", "10% to 15%", "15% to 20%", "above 20%"]
RULES, KINDS = 15, 8


@attrs.frozen
class Shown:
    """A table of a page: its counts, and which of them, or of their sums, it shows under which heading."""

    counts: Counts
    headings: Mapping[str, Sequence[Hashable]]

    def total(self, heading: str) -> int:
        return sum(self.counts[part] for part in self.headings[heading])


# Portfolios as they are -----------------------------------------------------------------------------------


def tables(seed: int) -> Iterator[Shown]:
    """The tables of a random portfolio: its matrix, rules, evidence and a histogram with its rule."""
    chance = random.Random(seed)
    rows = chance.choice([chance.randint(0, 60), chance.randint(40, 400)])

    def drawn(parts: list[Hashable], spread: float) -> Counts:
        weights = [chance.lognormvariate(0, spread) * (chance.random() < 0.8) for _ in parts]
        found = Counter(chance.choices(parts, [weight + 1e-9 for weight in weights], k=rows))
        return {part: found[part] for part in parts}

    yield matrix(drawn([*CELLS], 1.5))
    for _ in range(RULES):
        yield Shown(drawn(["clear", "open", "hit"], 2.5), {"signal": ["hit"], "open": ["open"]})
    for _ in range(KINDS):
        yield Shown(drawn(["there", "missing"], 2.5), {"missing": ["missing"]})
    yield histogram(drawn([*BARS, "unknown"], 1))


def matrix(counts: Counts) -> Shown:
    """Of both ends of the advice: cells, rows, columns, how many are settled, how many certainly red or worse."""
    headings = {f"{low} to {high}": [(low, high)] for low, high in CELLS}
    headings |= {f"at least {level}": [cell for cell in CELLS if cell[0] is level] for level in Level}
    headings |= {f"at most {level}": [cell for cell in CELLS if cell[1] is level] for level in Level}
    headings["settled"] = [(low, high) for low, high in CELLS if low is high]
    headings["certainly red"] = [(low, high) for low, high in CELLS if low >= Level.RED]
    headings["can become red"] = [(low, high) for low, high in CELLS if low < Level.RED <= high]
    return Shown(counts, headings)


def histogram(counts: Counts) -> Shown:
    """Of a figure beside its limit of 10%: bars, how many are known, and the rule that hits above the limit."""
    sums = {"known": [*BARS], "above the limit": BARS[3:], "signal": BARS[3:], "within the limit": BARS[:3]}
    return Shown(counts, {**{bar: [bar] for bar in [*BARS, "unknown"]}, **sums})


# A reader who solves --------------------------------------------------------------------------------------


def page(table: Shown) -> dict[str, CountRange] | None:
    published = publish_counts(table.counts)
    return None if published is None else {name: published.bounds(*at) for name, at in table.headings.items()}


def solved(table: Shown, shown: dict[str, CountRange], heading: str) -> CountRange:
    """The least and the greatest whole number that the page leaves open, to a reader who knows the number of rows."""
    parts = list(table.counts)
    sums = np.array([[part in wanted for part in parts] for wanted in [*table.headings.values(), parts]], dtype=float)
    rows = sum(table.counts.values())
    low, high = zip(*shown.values(), (rows, rows), strict=True)
    objective = sums[list(shown).index(heading)]
    ends = [
        milp(sign * objective, constraints=LinearConstraint(sums, low, high), bounds=Bounds(0), integrality=1)
        for sign in (1, -1)
    ]
    assert all(end.success for end in ends)
    return round(ends[0].fun), round(-ends[1].fun)


@pytest.mark.parametrize(
    "seeds", [range(25), pytest.param(range(25, 200), marks=pytest.mark.nightly)], ids=["few", "many"]
)
def test_of_each_hidden_count_a_reader_can_rule_out_no_number_from_1_to_4(seeds: range) -> None:
    hidden = left_out = 0
    for table in (table for seed in seeds for table in tables(seed)):
        shown = page(table)
        left_out += shown is None
        for name, found in (shown or {}).items():
            assert shown
            count, is_part = table.total(name), len(table.headings[name]) == 1
            if found[0] == found[1]:
                assert found[0] == count not in range(1, 5)
            elif is_part and count in range(1, 5):
                assert found == (1, 4) == solved(table, shown, name)
                hidden += 1
            else:  # what is shown of the others is all that can be computed
                assert found[0] <= count <= found[1]
                assert found == solved(table, shown, name)
    assert hidden > 4 * len(seeds)
    assert left_out < 3 * len(seeds)


@pytest.mark.parametrize("seed", range(20))
def test_nothing_is_hidden_in_a_table_without_a_count_from_1_to_4(seed: int) -> None:
    for table in tables(seed):
        counts: Counts = {part: count if count not in range(1, 5) else 0 for part, count in table.counts.items()}
        without = Shown(counts, table.headings)

        assert page(without) == {name: (without.total(name), without.total(name)) for name in table.headings}


# A reader who knows the code ------------------------------------------------------------------------------


def divisions(rows: int, parts: int) -> Iterator[tuple[int, ...]]:
    """All ways to divide rows into parts."""
    if parts == 1:
        yield (rows,)
    else:
        yield from ((first, *rest) for first in range(rows + 1) for rest in divisions(rows - first, parts - 1))


@pytest.mark.parametrize(("parts", "rows"), [(2, 4), (2, 9), (2, 10), (3, 17), (3, 18), (3, 25), (4, 24)])
def test_whoever_tries_all_tables_finds_every_number_from_1_to_4_for_all_hidden_counts_together(
    parts: int, rows: int
) -> None:
    pages: defaultdict[tuple[CountRange, ...] | None, list[tuple[int, ...]]] = defaultdict(list)
    for counts in divisions(rows, parts):
        published = publish_counts(dict(enumerate(counts)))
        pages[None if published is None else tuple(published.ranges.values())].append(counts)

    for ranges, possible in pages.items():
        for place in range(parts) if ranges is None else ():
            assert {counts[place] for counts in possible} >= {1, 2, 3, 4}
        small = [place for place, found in enumerate(ranges or ()) if found == (1, 4)]
        together = {tuple(counts[place] for place in small) for counts in possible}
        assert together == set(product(range(1, 5), repeat=len(small)))


COUNTS = st.one_of(st.just(0), st.integers(1, 4), st.integers(5, 30), st.integers(5, 400))
TABLES = st.lists(COUNTS, min_size=1, max_size=10).map(lambda counts: dict(enumerate(counts)))


@given(TABLES, st.data())
def test_any_other_small_counts_can_give_the_same_page(counts: dict[int, int], data: st.DataObject) -> None:
    published = publish_counts(counts)
    if published is None:
        return
    hidden = [part for part, (low, high) in published.ranges.items() if low < high and counts[part] > 4]
    others = {part: data.draw(st.integers(1, 4)) if 1 <= n <= 4 else n for part, n in counts.items()}
    others |= dict.fromkeys(hidden, 5)
    if hidden:
        others[hidden[-1]] += published.rows - sum(others.values())

    assert publish_counts(others) == published


@given(TABLES, st.sets(st.integers(0, 9)))
def test_a_sum_is_within_what_is_shown_of_it_and_never_shown_if_it_is_small(
    counts: dict[int, int], chosen: set[int]
) -> None:
    published = publish_counts(counts)
    if published is None:
        return
    parts = chosen & counts.keys()
    low, high = published.bounds(*parts)
    count = sum(counts[part] for part in parts)

    assert low <= count <= high
    assert low < high or count not in range(1, 5)
    assert published.bounds(*counts) == (published.rows, published.rows)
    assert published.bounds(*counts.keys() - parts) == (published.rows - high, published.rows - low)


# By hand --------------------------------------------------------------------------------------------------


def test_the_first_part_that_is_large_enough_becomes_a_range() -> None:
    published = publish_counts({"green": 6, "orange": 120, "red": 3, "exclude": 0, "unknown": 71})

    # 6 with the 2 beyond one of red is 8, and so could 5 with 4 of red be; 120 is more
    assert published == PublishedCounts(
        200, {"green": (5, 8), "orange": (5, 200), "red": (1, 4), "exclude": (0, 0), "unknown": (71, 71)}
    )
    assert published.bounds("orange") == (200 - 71 - 4 - 8, 200 - 71 - 1 - 5)
    assert published.bounds("green", "orange", "red") == (129, 129)
    assert published.bounds("red", "exclude") == published.bounds("red", "red") == (1, 4)
    assert published.bounds("red", "unknown") == (72, 75)


@pytest.mark.parametrize(
    ("counts", "left_out"), [([2, 7], True), ([1, 8], True), ([2, 8], False), ([3], True), ([3, 1], True), ([0], False)]
)
def test_a_table_in_which_nothing_can_hide_a_small_count_is_left_out(counts: list[int], left_out: bool) -> None:
    assert (publish_counts(dict(enumerate(counts))) is None) is left_out


def test_a_part_that_is_not_in_the_table_is_refused() -> None:
    published = publish_counts({"hit": 12, "open": 5})

    assert published
    with pytest.raises(KeyError):
        published.bounds("hits")
