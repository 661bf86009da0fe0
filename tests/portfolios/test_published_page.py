"""What may be published: no names, no count from 1 to 4, and none that a solver can narrow with what the page says.

The solver reads the page itself: every cell, every sum, the headline, the captions and the heights of bars.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import attrs
import polars as pl
import pytest
from drawn_rows import draw_table
from markup import Element, read

from barriermodel import BarrierModel, InputError, Level, Portfolio
from barriermodel.portfolio.counts import shown_counts
from barriermodel.portfolio.headline import headline
from barriermodel.portfolio.histograms import Histogram, histogram
from pages import model

pytest.importorskip("scipy")
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

AS_OF = date(2026, 1, 15)
NUMBER = re.compile(r"\d+(?:–\d+)?")
CAPTION = re.compile(r": (\S+) of (\S+)\. .*Highest bar: (\d+)\.")

pytestmark = pytest.mark.filterwarnings("ignore::barriermodel.TableWarning")


@pytest.fixture(scope="module")
def whole() -> Portfolio:
    names = [f"Zorg Nergens {n}" for n in range(150)]
    table = draw_table(model(), 8, 150, AS_OF)
    return model().portfolio(table.with_columns(provider__name=np.array(names)), as_of=AS_OF)


def sample(whole: Portfolio, seed: int) -> Portfolio:
    """A portfolio of rows that are drawn from another, some more often than others."""
    chance = random.Random(seed)
    weights = [chance.lognormvariate(0, 1.5) for _ in whole.rows]
    rows = chance.choices(whole.rows, weights, k=chance.randint(60, 400))
    named = (attrs.evolve(row, name=f"Zorg Nergens {n}", identifiers=()) for n, row in enumerate(rows))
    return attrs.evolve(whole, rows=tuple(named))


def bounds(text: str) -> tuple[int, int]:
    """The least and the greatest that a cell says."""
    low, _, high = text.replace("–", " ").strip().partition(" ") if text != "–" else ("0", "", "0")
    return int(low), int(high or low)


@attrs.define
class Known:
    """What a reader knows of whole numbers by name: of some sums of them the least and the greatest."""

    rows: int
    sums: list[tuple[Sequence[Any], tuple[int, int]]] = attrs.field(factory=list)

    def add(self, parts: Sequence[Any], text: str) -> None:
        self.sums.append((parts, bounds(text)))

    def ends(self, parts: Sequence[Any], part: Any) -> tuple[int, int]:
        """The least and the greatest that one of these numbers can be, which together are all rows."""
        sums = [*self.sums, (parts, (self.rows, self.rows))]
        matrix = np.array([[one in inside for one in parts] for inside, _ in sums], dtype=float)
        low, high = zip(*(ends for _, ends in sums), strict=True)
        objective = np.array([one == part for one in parts], dtype=float)
        found = [
            milp(sign * objective, constraints=LinearConstraint(matrix, low, high), bounds=Bounds(0), integrality=1)
            for sign in (1, -1)
        ]
        assert all(one.success for one in found)
        return round(found[0].fun), round(-found[1].fun)


def hidden_in_matrix(page: Element, rows: int) -> int:
    """Check the cells of the matrix, with its sums and the headline; how many are hidden."""
    found = list(page.all("table", "matrix"))
    if not found:
        assert "is spread is left out" in page.one("section", "advice").words
        return 0
    lines = [line[1:] for line in found[0].rows]
    cell = {(a, b): line[b] for a, line in enumerate(lines) for b in range(a, 4)}
    known = Known(rows)
    for at, text in cell.items():
        known.add([at], text)
    for a, line in enumerate(lines):
        known.add([at for at in cell if at[0] == a], line[4])
    settled, *red = NUMBER.findall(page.one("section", "advice").one("h2").words)
    known.add([at for at in cell if at[0] == at[1]], settled)
    certain, others = [at for at in cell if at[0] >= 2], [at for at in cell if at[0] < 2 <= at[1]]
    if len(red) == 2:
        known.add(certain, red[0])
        known.add(others, red[1])
    hidden = [at for at, text in cell.items() if text == "1–4"]
    assert [known.ends(list(cell), at) for at in hidden] == [(1, 4)] * len(hidden)
    return len(hidden)


def hidden_in_lists(page: Element, rows: int) -> int:
    """Check the counts of evidence and of rules; how many are hidden."""
    hidden = 0
    evidence, rules = [table for table in page.all("table") if table.attributes.get("class") != "matrix"]
    listed: list[Mapping[str, str]] = [{"asked": line[1]} for line in evidence.rows]
    listed += [{"hit": line[2], "open": line[3]} for line in rules.rows]
    for counts in listed:
        shown = {name: text for name, text in counts.items() if text != "not published"}
        known = Known(rows)
        for name, text in shown.items():
            known.add([name], text)
        for name in (name for name, text in shown.items() if text == "1–4"):
            assert known.ends([*counts, "other"], name) == (1, 4)
            hidden += 1
    return hidden


def hidden_in_figures(page: Element, portfolio: Portfolio) -> int:
    """Check the bars of each figure with its caption; how many are hidden."""
    hidden = 0
    for figure in page.all("figure"):
        beyond, known_figures, highest = CAPTION.findall(figure.one("figcaption").words)[0]
        drawn = {str(bar.attributes["x"]): bar for bar in figure.all("rect")}
        names = {at: str(bar.attributes["class"]).split() for at, bar in drawn.items()}
        known = Known(len(portfolio.rows))
        known.add([*drawn], known_figures)
        known.add([at for at in drawn if "beyond" in names[at]], beyond)
        heights = {at: float(str(bar.attributes["height"])) for at, bar in drawn.items() if "unseen" not in names[at]}
        for at, height in heights.items():
            count = round(height * int(highest) / max(heights.values()))
            known.sums.append(([at], (count, count)))
        known.sums += [([at], (1, len(portfolio.rows))) for at in drawn if at not in heights]
        assert {bar.attributes["height"] for at, bar in drawn.items() if at not in heights} <= {"12"}
        found = histogram_of(portfolio, figure)
        assert hits_of(page, found.rule) == beyond  # one number, and so one table
        counts = counts_of(found, drawn)
        small = [at for at in drawn if counts[at] < 5]
        assert not heights.keys() & {*small}
        ends = [known.ends([*drawn, "no figure"], at) for at in small]
        assert all(low == 1 and high >= 4 for low, high in ends)
        hidden += len(ends)
    return hidden


def histogram_of(portfolio: Portfolio, figure: Element) -> Histogram:
    """What a figure is drawn from; the page may not say all of it."""
    label = figure.one("strong").words.lower().rstrip(".")
    rules = [rule.id for stage in portfolio.resolved.stages for rule in stage.rules]
    drawn = (histogram(portfolio, rule, "en", publish=True) for rule in rules)
    return next(one for one in drawn if one is not None and one.label.lower() == label)


def counts_of(found: Histogram, places: Iterable[str]) -> dict[str, int]:
    """How many rows each bar stands for, by where it stands."""
    width = 360 / len(found.bars)
    numbers = {at: found.bars[round((float(at) - 1) / width)] for at in places}
    return {at: sum(found.parts[part] for part in found.in_bar(bar)) for at, bar in numbers.items()}


def hits_of(page: Element, rule: str) -> str:
    """In how many rows a rule hits, as the page says; 0 for none."""
    rules = [rule for stage in model().resolved.stages for rule in stage.rules]
    (topic,) = [(one.definition.words / "topic")["en"] for one in rules if one.id == rule]
    (line,) = [line for line in [*page.all("table")][-1].rows if line[0] == topic]
    return "0" if line[2] == "–" else line[2]


@pytest.mark.parametrize(
    "seeds", [range(2), pytest.param(range(2, 200), marks=pytest.mark.nightly)], ids=["few", "many"]
)
def test_a_solver_cannot_narrow_a_hidden_count(whole: Portfolio, seeds: range) -> None:
    hidden = 0
    for seed in seeds:
        portfolio = sample(whole, seed)
        page, rows = read(portfolio.html("en", publish=True)), len(portfolio.rows)
        hidden += hidden_in_matrix(page, rows) + hidden_in_lists(page, rows) + hidden_in_figures(page, portfolio)

    assert hidden > 4 * len(seeds)


def test_of_a_rule_that_would_narrow_another_nothing_is_published(whole: Portfolio) -> None:
    """Premiums exclude in three rows and taxes in 17; as 20 are excluded, a reader could rule out some for premiums."""
    portfolio = sample(whole, 10)
    hits = [portfolio.hits[f"nl.exclusion_grounds.unpaid_{what}"] for what in ("premiums", "tax")]
    assert (*hits, portfolio.advice[Level.EXCLUDE, Level.EXCLUDE]) == (3, 17, 20)

    *_, rules = read(portfolio.html("en", publish=True)).all("table")
    said = {line[0]: line[2:] for line in rules.rows}
    assert said["Declaration on social premiums"] == said["Declaration on taxes"] == ["not published"] * 2
    assert "not published" not in said["Profit"]


def published_margins(margins: Sequence[float], solvencies: Sequence[float] | None = None) -> str:
    """The page to publish of as many providers, of which little but these figures is known."""
    profits = [float(round(1e6 * one)) for one in margins]
    table = pl.DataFrame(
        {"provider__legal_form": "bv", "annual_accounts__turnover": 1e6, "annual_accounts__profit": profits}
    )
    if solvencies is not None:
        equities = [float(round(1e6 * one)) for one in solvencies]
        table = table.with_columns(annual_accounts__total_assets=1e6, annual_accounts__equity=np.array(equities))
    return scan().portfolio(table, as_of=date(2019, 6, 1)).html("en", publish=True)


@cache
def scan() -> BarrierModel:
    return BarrierModel.load("portfolio-scan")


def test_the_bars_of_a_figure_give_away_no_small_count_and_no_figure_of_a_single_provider() -> None:
    """The limit is ten per cent; whatever one to four providers make beyond it, the page is the same."""
    pages = {
        published_margins([0.05] * (40 - few) + [far] * few)
        for few, far in ((1, 45.0), (2, 0.11), (3, 0.3), (4, 0.3), (4, 0.11))
    }

    assert len(pages) == 1
    assert "<figure>" in pages.pop()


def test_of_a_rule_that_would_narrow_another_no_figure_is_drawn() -> None:
    """Ten have little equity and three others a high profit; if two of these are among the ten, 11 are orange."""
    solvencies = [0.1] * 10 + [0.4] * 50

    assert "<figure>" not in published_margins([0.05] * 57 + [0.2] * 3, solvencies)
    assert published_margins([0.2] * 2 + [0.05] * 57 + [0.2], solvencies).count("<figure>") == 2


def test_the_outer_bars_of_a_figure_have_at_least_five_rows_or_stand_beside_the_limit() -> None:
    """Bars are 2% wide: four at 19% join six at 15%, and one at 3% joins nine at 5%."""
    margins = [0.03, *[0.05] * 9, *[0.09] * 30, *[0.11] * 20, *[0.15] * 6, *[0.19] * 4]
    figure = read(published_margins(margins)).one("figure")

    heights = [float(str(bar.attributes["height"])) / 86 * 30 for bar in figure.all("rect")]
    assert heights == pytest.approx([10, 30, 20, 10], abs=0.1)
    assert [one.words for one in figure.all("text")][1:] == ["4%", "16%"]
    assert "With a limit of 12%: 10." in figure.one("figcaption").words
    assert "With a limit" not in read(published_margins([0.05] * 60 + [0.11] * 4 + [0.3] * 4)).one("figure").words


def test_the_headline_says_no_more_than_the_matrix() -> None:
    counts = {(Level.GREEN, Level.GREEN): 180, (Level.ORANGE, Level.RED): 118, (Level.RED, Level.RED): 2}

    shown = shown_counts(counts, "en", publish=True)

    assert shown
    said = headline(shown, "en")
    assert said == "The advice is settled for 182. 1–4 are certainly red; 118 others can still become so."


@pytest.mark.parametrize("seed", range(3))
def test_no_count_from_1_to_4_is_shown(whole: Portfolio, seed: int) -> None:
    page = read(sample(whole, seed).html("en", publish=True))
    tables = [line for table in page.all("table") for line in table.rows]
    told = [page.one("section", "advice").one("h2").words]

    shown = [text for line in tables for text in line if NUMBER.fullmatch(text)]
    assert shown
    assert [text for text in shown if text in ("1", "2", "3", "4")] == []
    assert [text for words in told for text in NUMBER.findall(words) if text in ("1", "2", "3", "4")] == []


def test_there_is_no_name_number_or_order_by_count(whole: Portfolio) -> None:
    html = sample(whole, 1).html("nl", publish=True)
    page = read(html)

    assert "Nergens" not in html
    assert "tbody class" not in html
    *_, rules = page.all("table")
    other = read(sample(whole, 2).html("nl", publish=True))
    assert [line[0] for line in rules.rows] == [line[0] for line in [*other.all("table")][-1].rows]


def test_figures_that_are_ratios_come_first(whole: Portfolio) -> None:
    captions = [one.words for one in read(whole.html("en", publish=True)).all("figcaption")]

    assert captions
    assert [words for words in captions if not re.search(r"the limit of [\d.]+%", words)] == []


@pytest.mark.parametrize(
    ("lang", "warning"),
    [
        ("nl", "Publiceer geen versies van twee peildata of twee profielen naast elkaar."),
        ("en", "Do not publish two dates or two profiles side by side."),
    ],
)
def test_the_page_warns_of_two_dates_or_profiles_beside_each_other(whole: Portfolio, lang: str, warning: str) -> None:
    assert warning in read(whole.html(lang, publish=True)).words


@pytest.mark.parametrize("rows", range(5))
def test_of_fewer_than_five_providers_nothing_is_published(whole: Portfolio, rows: int) -> None:
    few = attrs.evolve(whole, rows=whole.rows[:rows])

    with pytest.raises(InputError, match="fewer than five providers"):
        few.html(publish=True)


@pytest.mark.parametrize("again", [{"name": "ZORG Élan"}, {"identifiers": ("gunning 2", "00001234")}])
def test_a_provider_in_two_rows_is_not_counted_as_two(whole: Portfolio, again: dict[str, Any]) -> None:
    known = attrs.evolve(whole.rows[0], name="Zorg Elan", identifiers=("gunning 1", "00001234"))
    twice = attrs.evolve(whole.rows[7], **{"name": None, "identifiers": ("gunning 1",), **again})
    rows = (known, *whole.rows[1:7], twice, *whole.rows[8:])

    with pytest.raises(
        InputError, match="rows 1 and 8 seem to be of one provider, which would count as two; keep one row"
    ):
        attrs.evolve(whole, rows=rows).html(publish=True)
