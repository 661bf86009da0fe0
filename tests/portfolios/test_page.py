"""The page of a portfolio says of each row what its Explanation says, and counts what the rows are."""

from __future__ import annotations

import contextlib
import io
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import polars as pl
import pytest
from drawn_rows import draw_table
from markup import Element, read

from barriermodel import Assessment, BarrierModel, Level, Portfolio
from barriermodel.cli.commands import run
from barriermodel.plugin import Supplier
from barriermodel.reporting.explanation import Explanation
from pages import DOCS, model

AS_OF = date(2026, 1, 15)
WORD = {
    "nl": dict(zip(Level, ("● groen", "▲ oranje", "■ rood", "◆ uitsluiting mogelijk"), strict=True)),
    "en": dict(zip(Level, ("● green", "▲ orange", "■ red", "◆ exclusion possible"), strict=True)),
}
EXAMPLE = [str(DOCS / "portfolio" / "portefeuille.csv")]
OPTIONS = ["--map", str(DOCS / "portfolio" / "kolommen.toml"), "--profile", "twente-2019", "--as-of", "2026-01-15"]

Explained: TypeAlias = list[tuple[dict[str, Any], Assessment, dict[str, Explanation]]]

pytestmark = pytest.mark.filterwarnings("ignore::barriermodel.TableWarning")


@pytest.fixture(scope="module")
def table() -> pl.DataFrame:
    names = [f"Zorg Nergens {n}" for n in range(16)]
    return draw_table(model(), 15, 16, AS_OF).with_columns(provider__name=pl.Series(names))


@pytest.fixture(scope="module")
def portfolio(table: pl.DataFrame) -> Portfolio:
    return model().portfolio(table, as_of=AS_OF)


@pytest.fixture(scope="module", params=["nl", "en"])
def page(request: pytest.FixtureRequest, portfolio: Portfolio) -> tuple[str, Element]:
    return request.param, read(portfolio.html(request.param))


@pytest.fixture(scope="module")
def explained(table: pl.DataFrame) -> Explained:
    """Each row with its assessment, and its explanation in both languages."""
    found = [(row, model().explain_row(row, as_of=AS_OF)) for row in table.iter_rows(named=True)]
    return [(row, one, {lang: one.explanation(lang) for lang in WORD}) for row, one in found]


def tables(page: Element) -> list[list[list[str]]]:
    """The rows of each table."""
    return [table.rows for table in page.all("table")]


NEEDS = {
    "nl": ("gegevens van aanbieder of opdracht", "een vraag", "geen bewijs, wel een vraag", "niets"),
    "en": ("facts of the provider or the award", "a question", "no evidence, but a question", "nothing"),
}


def test_each_row_says_what_its_explanation_says(explained: Explained, page: tuple[str, Element]) -> None:
    lang, found = page
    *_, listed = tables(found)
    expected = []
    for row, assessment, words in explained:
        said = words[lang]
        why = "; ".join(reason.short for reason in said.reasons) or "–"
        facts, question, only_question, nothing = NEEDS[lang]
        needed = [ask.kind.title[lang] for ask in assessment.asks]
        needed += [facts] if any(cause.kind is None and cause.matters for cause in said.causes) else []
        needed += [question if needed else only_question] if said.reasons else []
        needs = "; ".join(needed) or nothing
        ends = (WORD[lang][said.advice.at_least], WORD[lang][said.advice.at_most])
        expected.append([said.provider.name, row["kvk"], *ends, " ".join(why.split()), needs])

    assert sorted(listed) == sorted(expected)


def test_the_page_says_of_how_many_something_is_asked_so_that_it_is_the_number_of_letters(
    explained: Explained, page: tuple[str, Element]
) -> None:
    lang, found = page
    evidence = [any(ask.kind.supplier is Supplier.PROVIDER for ask in one.asks) for _, one, _ in explained]
    only = sum(bool(words[lang].reasons) and not asked for (*_, words), asked in zip(explained, evidence, strict=True))
    assert sum(evidence) > 1
    assert only > 1

    for sentence in {
        "nl": (f"U moet {sum(evidence)} aanbieders om bewijs vragen.", f"Bij {only} aanbieders vraagt u geen bewijs,"),
        "en": (f"ask {sum(evidence)} providers for evidence", f"From {only} providers you need no evidence,"),
    }[lang]:
        assert sentence in found.words


def test_what_is_certainly_heavy_stands_first_and_the_page_calls_it_no_ranking(page: tuple[str, Element]) -> None:
    lang, found = page
    weights = list(WORD[lang].values())
    ends = [(weights.index(row[2]), weights.index(row[3])) for row in tables(found)[-1]]

    assert ends == sorted(ends, reverse=True)
    assert {"nl": "geen rangorde", "en": "not a ranking"}[lang] in found.words


def test_the_matrix_counts_the_rows_of_the_list(page: tuple[str, Element]) -> None:
    lang, found = page
    matrix, *_, listed = tables(found)
    counts = Counter((row[2], row[3]) for row in listed)
    weights = list(WORD[lang].values())
    hatched = {"nl": "kan niet", "en": "not possible"}[lang]

    for low, (name, *numbers, total) in zip(weights, matrix, strict=True):
        shown = [str(counts[low, high] or "–") for high in weights]
        allowed = [hatched if place < weights.index(low) else one for place, one in enumerate(shown)]
        assert (name, numbers, total) == (
            low,
            allowed,
            str(sum(n for (at, _), n in counts.items() if at == low) or "–"),
        )


def test_each_choice_shows_as_many_rows_as_it_says(page: tuple[str, Element]) -> None:
    _, found = page
    rows = list(found.one("tbody", "all").all("tr"))
    style = found.one("style").text

    for label in found.one("fieldset").all("label"):
        key = str(label.one("input").attributes["id"]).removeprefix("show-")
        shown = sum(f"in-{key}" in str(row.attributes["class"]).split() for row in rows)
        assert label.words.endswith(f"({shown})")
        assert key == "all" or f"#show-{key}:checked) tbody.all tr:not(.in-{key}){{display:none}}" in style


def test_rules_and_evidence_are_counted_over_the_rows(explained: Explained, page: tuple[str, Element]) -> None:
    lang, found = page
    _, evidence, rules, _ = tables(found)
    asked: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    is_open: Counter[str] = Counter()
    for _, assessment, words in explained:
        said = words[lang]
        asked.update(ask.kind.title[lang] for ask in assessment.asks)
        hits.update(rule.topic for rule in {r.rule: r for r in (*said.reasons, *said.also)}.values())
        is_open.update({rule.id: rule.topic for cause in said.causes for rule in cause.rules}.values())

    assert {title: int(n) for title, n, _ in evidence} == dict(asked.most_common(10))
    assert [int(n) for _, n, _ in evidence] == sorted((int(n) for _, n, _ in evidence), reverse=True)
    assert len(rules) == 10
    assert {topic: (n, o) for topic, _, n, o, _ in rules} == {
        topic: (str(hits[topic]), str(is_open[topic] or "–")) for topic, *_ in rules
    }


# Figures --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def figures() -> Element:
    """Profit as a part of turnover beside an upper limit of ten per cent: on it, just above it, far away, unknown.

    For the last provider, a sole trader, the rule does not apply.
    """
    margins = [-0.02, 0.0, 0.04, 0.05, 0.09, 0.1, 0.101, 0.11, 0.13, 0.3, None, 0.5]
    table = pl.DataFrame({
        "annual_accounts__turnover": [None if one is None else 100_000.0 for one in margins],
        "annual_accounts__profit": [None if one is None else float(round(one * 100_000)) for one in margins],
        "provider__legal_form": [*["bv"] * 11, "eenmanszaak"],
    })  # fmt: skip
    return read(BarrierModel.load("portfolio-scan").portfolio(table, as_of=date(2019, 6, 1)).html("en"))


def test_a_caption_counts_the_rows_beyond_the_limit_and_beyond_a_milder_one(figures: Element) -> None:
    (caption,) = [found.words for found in figures.all("figcaption")]

    assert "Above the limit of 10%: 4 of 10. With a limit of 15%: 1." in caption
    assert caption.endswith("The outer bars also count what lies further away. Highest bar: 3.")


def test_bars_are_as_high_as_their_rows_are_many(figures: Element) -> None:
    bars = [(str(one.attributes["class"]), float(str(one.attributes["height"]))) for one in figures.all("rect")]
    unit = min(height for _, height in bars)

    below = [height / unit for name, height in bars if name == "column"]
    above = [height / unit for name, height in bars if name == "column beyond"]
    assert below == pytest.approx([1, 2, 3], abs=0.01)  # from -5%, 0% and 5%; the limit itself is not beyond it
    assert above == pytest.approx([3, 1], abs=0.01)


def test_a_rule_of_a_stage_that_counts_has_no_level_of_its_own(figures: Element) -> None:
    rules = BarrierModel.load("portfolio-scan").resolved.stages[-1].rules
    counted = {(rule.definition.words / "topic")["en"] for rule in rules}

    *_, listed, _ = tables(figures)
    assert {effect for topic, effect, *_ in listed if topic in counted} == {"counts as one signal"}
    assert {effect for topic, effect, *_ in listed if topic not in counted} <= {*WORD["en"].values()}


# The command ----------------------------------------------------------------------------------------------


def batch(folder: Path, *options: str, table: list[str] = EXAMPLE) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run(["batch", *table, str(folder / "out.csv"), *OPTIONS, *options])
    return status, out.getvalue(), err.getvalue()


def test_the_page_of_a_table_in_a_file_has_the_counts_of_its_summary(tmp_path: Path) -> None:
    status, page, _ = batch(tmp_path, "--format", "html")
    counted = json.loads(batch(tmp_path, "--format", "json")[1])

    (matrix, *_, listed), crossed = tables(read(page)), counted["advice"]["crossed"]
    assert status == 0
    assert len(listed) == counted["rows"]
    assert [row[-1] for row in matrix] == [str(sum(of.values()) or "–") for of in crossed.values()]


def test_the_page_of_three_hundred_providers_is_less_than_a_quarter_of_a_megabyte(tmp_path: Path) -> None:
    lines = Path(EXAMPLE[0]).read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "double.csv").write_text("".join([*lines, *lines[1:]]), "utf-8")

    _, page, _ = batch(tmp_path, "--format", "html", table=[str(tmp_path / "double.csv")])

    assert page.count("<tr class=") == 300
    assert len(page.encode()) < 250_000


def test_rows_that_cannot_be_read_are_counted_on_the_page(tmp_path: Path) -> None:
    lines = Path(EXAMPLE[0]).read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "broken.csv").write_text("".join([*lines, "te,weinig\n"]), "utf-8")

    status, page, _ = batch(tmp_path, "--format", "html", table=[str(tmp_path / "broken.csv")])

    assert status == 2
    assert "1 rij is niet te lezen en niet beoordeeld." in read(page).words


@pytest.mark.parametrize("options", [(), pytest.param(("--publish",), marks=pytest.mark.nightly)])
def test_what_is_odd_about_a_table_is_told_on_standard_error(tmp_path: Path, options: tuple[str, ...]) -> None:
    lines = Path(EXAMPLE[0]).read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "totals.csv").write_text(
        "".join([*lines[:8], "Totaal" + "," * lines[0].count(",") + "\n", "te,weinig\n"])
    )

    status, page, err = batch(tmp_path, "--format", "html", *options, table=[str(tmp_path / "totals.csv")])

    assert status == 2
    assert page.startswith("<!doctype html>")
    assert "1 rij lijkt een totaal en geen aanbieder" in err
    assert "regel 10" in err


def test_what_to_publish_needs_the_format_of_a_page(tmp_path: Path) -> None:
    status, out, err = batch(tmp_path, "--publish")

    assert (status, out) == (2, "")
    assert "--publish goes with --format html" in err


def test_a_notebook_shows_the_headline_and_the_spread(portfolio: Portfolio) -> None:
    shown: Any = portfolio._repr_html_()

    assert read(shown).one("h2").words == read(portfolio.html("nl")).one("section", "advice").one("h2").words
    assert len(list(read(shown).all("table"))) == 1
