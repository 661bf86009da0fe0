"""The pages of a sweep and of a backtest have the numbers and sentences of their text, and draw those numbers."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise, product
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markup import Element, read

from barriermodel import Level
from barriermodel.calibration import (
    Backtest,
    Group,
    GroupRate,
    LevelFigures,
    Lift,
    Performance,
    Proportion,
    RuleFigures,
    Setting,
    Sweep,
    WithoutRule,
)  # fmt: skip
from barriermodel.calibration.backtests.text import backtest_text
from barriermodel.calibration.sweeps.text import sweep_text
from barriermodel.extras import MissingExtraError

HOSTILE = "</title><script>alert(1)</script>{{7*7}}\"'><img src=x onerror=y>\x1b[31m\u202eabc&lt;"
INTERVALS = [(low, high) for low, high in product(Level, Level) if low <= high]
ROWS = 12
ADVICE = st.lists(st.sampled_from(INTERVALS), min_size=ROWS, max_size=ROWS)
"""The advice of each row under one setting."""


def swept(values: dict[str, list[Any]], advice: Sequence[Sequence[tuple[Level, Level]]], **other: Any) -> Sweep:
    """A sweep with this advice for each setting, of which the first is the profile's own."""
    none = dict.fromkeys(product(Level, Level), 0)
    settings = [
        Setting(values=dict(zip(values, setting, strict=True)), current=not number, counts=none | Counter(found))
        for number, (setting, found) in enumerate(zip(product(*values.values()), advice, strict=True))
    ]
    shown: dict[str, Any] = {
        "profile": "p", "digest": "0" * 64, "as_of": date(2025, 6, 30), "parameters": tuple(values), "ordered": (),
        "dated": (), "total": len(advice[0]), "missing": (), "unchecked": (), "settings": tuple(settings),
    }  # fmt: skip
    return Sweep(**(shown | other))


def rule(id: str, hits: int, alone: int, open_: int, precision: Proportion | None = None) -> RuleFigures:
    """A rule of a backtest."""
    performance = Performance(precision=precision, recall=Proportion(count=0, of=0), lift=Lift()) if precision else None
    without = WithoutRule(milder=1, at_least=1, at_most=0, counts={})
    return RuleFigures(
        id=id, level=Level.RED, hits=hits, alone=alone, open=open_, not_examined=0, overlap={}, without=without,
        performance=performance,
    )  # fmt: skip


def backtested(*rules: RuleFigures, **other: Any) -> Backtest:
    """A backtest of twenty rows, of which ten were investigated."""
    shown: dict[str, Any] = {
        "profile": "p", "digest": "0" * 64, "as_of": None, "label": None, "total": 20, "investigated": 10, "found": 4,
        "counts": {}, "rules": rules, "levels": (), "groups": (), "missing": (), "unchecked": (),
    }  # fmt: skip
    return Backtest(**(shown | other))


def measured(text: str = "found") -> Backtest:
    """A backtest with a label, groups and a remark; the text stands wherever one comes from the table."""
    precision = Proportion(count=3, of=4, low=0.25, high=0.875)
    rates = (GroupRate(rule="b.x", share=precision, open=0, rest=Proportion(count=0, of=16), disjoint=True),)
    group = Group(column=text, kind="value", value=text, rows=4, rates=rates)
    performance = Performance(precision=precision, recall=precision, lift=Lift(value=1.9, low=1.1, high=3.2))
    levels = (LevelFigures(level=Level.RED, rows=5, performance=performance),)
    rules = rule("b.x", 8, 3, 5, precision), rule("b.y", 0, 0, 0, Proportion(count=0, of=0))
    return backtested(*rules, label=text, groups=(group,), levels=levels, missing=(text,), unchecked=(text,))


def table(page: Element, number: int) -> list[list[str]]:
    """The cells of a table, by its number on the page."""
    return list(page.all("table"))[number].rows


def printed(text: str) -> list[list[str]]:
    """The cells of the first table in a text, without its heads."""
    lines = text.split("\n\n")[1].splitlines()
    return [re.split(" {2,}", line.strip()) for line in lines[1:]]


@pytest.mark.parametrize("lang", ["nl", "en"])
@given(st.lists(ADVICE, min_size=1, max_size=4))
def test_a_sweep_has_the_numbers_and_sentences_of_its_text(lang: str, advice: list[list[tuple[Level, Level]]]) -> None:
    found = swept({"b.limit": [0.1 * n for n in range(len(advice))]}, advice, dated=("b.limit",), missing=("b__x",))
    text, page = sweep_text(found, lang), read(found.html(lang))

    for on_page, in_text, data in zip(table(page, 0), printed(text), found.to_dict()["settings"], strict=True):
        value, *counts, undecided = on_page
        assert [value.split(" ◄")[0], *counts] == in_text[:5]
        assert undecided.startswith(in_text[5])
        assert ("◄" in value) == data["current"]
        assert [int(count.split()[0]) for count in (*counts, undecided)] == [
            *data["certain"].values(),
            data["undecided"],
        ]
        can = [int(number) for number in re.findall(r"\d+", undecided.partition(":")[2])]
        assert sum(can) == data["undecided"]
    assert page.one("h1").words == text.splitlines()[0]
    for remark in text.split("\n\n")[2].splitlines():
        assert remark in page.words


@given(st.lists(ADVICE, min_size=1, max_size=30))
def test_the_columns_of_a_sweep_are_as_high_as_its_numbers(advice: list[list[tuple[Level, Level]]]) -> None:
    found = swept({"b.limit": list(range(len(advice)))}, advice)
    figure = read(found.html()).one("figure")
    height = {path.attributes["class"]: path.attributes["d"] or "" for path in figure.all("path")}

    for name, level, certain in [
        *((lv.key, lv, True) for lv in Level),
        *((f"{lv.key} may", lv, False) for lv in Level),
    ]:
        drawn = sum(float(length) for length in re.findall(r"v-([\d.]+)", height.get(f"band {name}", "")))
        rows = sum(high is level and (low is high) is certain for one in advice for low, high in one)
        assert drawn == pytest.approx(200 / ROWS * rows, abs=0.1 * len(advice))
    assert figure.one("line", "limit").attributes["x1"] == figure.one("text", "strong").attributes["x"]
    assert all(
        f"{n}" in figure.one("figcaption").words for n in Counter(advice[0]).values() if len(set(advice[0])) == 1
    )


def test_two_limits_are_a_grid_with_the_counts_of_each_setting_in_words() -> None:
    green, red, open_ = (Level.GREEN, Level.GREEN), (Level.RED, Level.RED), (Level.GREEN, Level.ORANGE)
    advice = [[green] * 4, [red] * 4, [green, red, open_, open_], [open_] * 4]
    page = read(swept({"b.first": [1, 2], "b.second": [0.5, 0.6]}, advice).html("en"))

    assert [cell.words for cell in page.one("table", "grid").one("thead").all("th")] == ["1", "2"]
    assert table(page, 0) == [
        ["50%", "green 4 (100%) ◄ as the profile is now", "green 1 (25%), red 1 (25%), still open 2 (50%)"],
        ["60%", "red 4 (100%)", "still open 4 (100%)"],
    ]
    bars = [[r.attributes["width"] for r in svg.all("rect", "band")] for svg in page.one("table", "grid").all("svg")]
    assert bars == [["100.0"], ["25.0", "25.0", "50.0"], ["100.0"], ["100.0"]]
    assert len(table(page, 1)) == 4
    assert not list(page.all("figure"))


@pytest.mark.parametrize("values", [{"a": [1], "b": [2], "c": [True]}, {"a": [None]}, {"a": [("x", "y")]}])
def test_a_sweep_of_three_limits_of_none_or_of_a_list_has_a_table(values: dict[str, list[Any]]) -> None:
    for advice in ([(Level.GREEN, Level.GREEN)], []):
        page = read(swept(values, [advice]).html("en"))

        assert len(list(page.all("table"))) == 1
        assert len(table(page, 0)) == 1


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_backtest_has_the_numbers_and_sentences_of_its_text(lang: str) -> None:
    found = measured()
    text, page = backtest_text(found, lang), read(found.html(lang))
    blocks = text.split("\n\n")

    assert [[cell for cell in cells if cell != "–"] for cells in table(page, 0)] == printed(text)
    assert table(page, 1) == [re.split(" {2,}", line) for line in blocks[4].splitlines()[1:]]
    sentences = [blocks[0], blocks[2], blocks[3], blocks[5], *(line.strip() for line in blocks[6].splitlines())]
    for sentence in sentences:
        assert " ".join(sentence.split()) in page.words
    rates = [item.words for item in page.all("li")]
    assert len(rates) == 1


def test_the_bars_of_a_backtest_are_as_long_as_its_numbers() -> None:
    rules, investigated = read(measured().html()).all("table")
    hits, none = (
        [(rect.attributes["class"], rect.attributes["width"]) for rect in svg.all("rect", "band")]
        for svg in rules.all("svg")
    )
    first, *others = investigated.all("svg")
    interval = first.one("rect", "band").attributes

    assert hits == [("band hits", "25.0"), ("band hits alone", "15.0"), ("band open", "25.0")]  # of twenty rows
    assert none == []
    assert (interval["x"], interval["width"]) == ("25.0", "62.5")
    assert first.one("line", "value").attributes["x1"] == "75.0"
    assert first.one("line", "limit").attributes["x1"] == "40.0"  # in four of ten something was found
    assert len(others) == 1  # of red or worse; where nothing was investigated, nothing is drawn


def test_a_backtest_without_rules_label_or_groups_is_a_page() -> None:
    page = read(backtested(investigated=0, found=0).html("en"))

    assert page.one("section", "advice").words == "0 of 0 rules hit at least one row."
    assert len(list(page.all("table"))) == 1


def test_headings_are_in_order_and_each_table_says_what_it_is() -> None:
    advice = [[(Level.GREEN, Level.RED)] * 3] * 2
    for found in (measured(), swept({"a": [1, 2]}, advice), swept({"a": [1], "b": [1, 2]}, advice)):
        html = found.html()
        levels = [int(level) for level in re.findall(r"<h([1-6])", html)]

        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        for one in read(html).all("table"):
            assert one.one("caption").words
            assert all("scope" in cell.attributes for cell in one.all("th"))
        for region in read(html).all("div", "scroll"):
            assert region.attributes["tabindex"] == "0"
            assert region.attributes["role"] == "region"
            assert region.attributes["aria-label"]


def test_no_text_of_a_table_or_a_profile_becomes_a_part_of_a_page() -> None:
    advice = [[(Level.GREEN, Level.RED)] * 3] * 2

    def pages(text: str) -> list[str]:
        sweeps = [swept({"a": [text, "b"]}, advice), swept({"a": [text], "b": [text, "b"]}, advice)]
        sweeps = [attrs.evolve(found, missing=(text,), unchecked=(text,), dated=(text,)) for found in sweeps]
        return [*(found.html() for found in sweeps), measured(text).html()]

    for harmless, attacked in zip(pages("harmless"), pages(HOSTILE), strict=True):
        assert read(attacked).shape() == read(harmless).shape()
        assert "{{7*7}}" in attacked
        assert not set("\x1b\u202e") & set(attacked)


def test_without_jinja2_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)

    for found in (measured(), swept({"a": [1]}, [[(Level.GREEN, Level.GREEN)]])):
        assert found._repr_html_() is None
        with pytest.raises(MissingExtraError, match=r"^pages need jinja2; install it with: pip install 'barrier\S+'$"):
            found.html()


def test_a_notebook_shows_the_same_as_a_part_of_it() -> None:
    for found in (measured(), swept({"a": [1]}, [[(Level.GREEN, Level.GREEN)]])):
        part, page = read(found._repr_html_() or ""), read(found.html())

        assert [one.words for one in part.all("table")] == [one.words for one in page.all("table")]
        assert not list(part.all("h1"))
        assert not list(part.all("html"))
