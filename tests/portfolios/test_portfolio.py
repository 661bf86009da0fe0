"""What a portfolio is made of, whatever the table: rows in order, who they are about, counts, and rows with errors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import engines
import polars as pl
import pytest
from drawn_rows import draw_table

import region
from barriermodel import BarrierModel, InputError, Interval, Level, Portfolio
from barriermodel.analysis.portfolio import OpenRules, assess_with_lacks
from barriermodel.plugin import Fact, Supplier

AS_OF = date(2026, 1, 15)

pytestmark = pytest.mark.filterwarnings("ignore::barriermodel.TableWarning")


def flagged(answers: region.Answers) -> Fact[bool]:
    return answers.flag


def also_flagged(answers: region.Answers) -> Fact[bool]:
    return answers.flag


def few_staff(extract: region.Extract) -> Fact[bool]:
    return extract.staff < 2


@pytest.fixture(scope="module")
def model() -> BarrierModel:
    made = region.barrier("a.answers")
    made.signal(level=Level.RED)(flagged)
    made.signal(level=Level.ORANGE)(also_flagged)
    made.signal(level=Level.ORANGE)(few_staff)
    return region.model(made)


TABLE = pl.DataFrame(
    {
        "k": [0, 1, 2, 3],
        "provider__name": ["Bedachte Beek", "  ", None, "Linde\u202eB.V."],
        "KvK-nummer": ["01234567", None, "12345678", ""],
        "answers__flag": [True, False, None, False],
        "extract__staff": [1, None, 1, 5],
        "extract__issued_on": [date(2025, 6, 1), date(2020, 6, 1), date(2025, 6, 1), date(2025, 6, 1)],
    }
)


@pytest.fixture(scope="module")
def portfolio(model: BarrierModel) -> Portfolio:
    return model.portfolio(TABLE, as_of=region.AS_OF)


def test_rows_are_in_the_order_of_the_table_with_who_they_are_about(portfolio: Portfolio) -> None:
    assert [row.number for row in portfolio.rows] == [1, 2, 3, 4]
    assert [row.name for row in portfolio.rows] == ["Bedachte Beek", None, None, "Linde\N{REPLACEMENT CHARACTER}B.V."]
    assert [row.identifiers for row in portfolio.rows] == [("01234567",), (), ("12345678",), ()]


def test_a_column_that_is_called_after_kvk_and_holds_answers_identifies_nobody(model: BarrierModel) -> None:
    table = pl.DataFrame(
        {"In KvK?": ["ja", "N", "?"], "kvk": ["KvK 12345678", "12.34.56.78", "2317"], "answers__flag": True}
    )

    found = model.portfolio(table, as_of=region.AS_OF)

    assert [row.identifiers for row in found.rows] == [("KvK 12345678",), ("12.34.56.78",), ("2317",)]


def test_a_row_says_what_decides_what_else_hits_and_what_to_ask(portfolio: Portfolio) -> None:
    red, open_, orange, green = portfolio.rows

    assert (red.advice, red.reasons, red.asks) == (Interval(Level.RED, Level.RED), ("a.answers.flagged",), ())
    assert red.also == ("a.answers.also_flagged", "a.answers.few_staff")
    assert (open_.advice, open_.reasons, open_.asks) == (Interval(Level.GREEN, Level.ORANGE), (), ("extract",))
    assert [(c.kind, c.why.value, c.matters) for c in open_.causes] == [("extract", "missing", True)]
    assert (orange.reasons, orange.asks) == (("a.answers.few_staff",), ("answers",))
    assert (green.advice, green.causes, green.error) == (Interval(Level.GREEN, Level.GREEN), (), None)


def test_what_a_row_needs_is_evidence_or_only_a_question_about_its_reasons_or_nothing(portfolio: Portfolio) -> None:
    needs = [portfolio.needs(row, "nl") for row in portfolio.rows]

    assert needs == ["geen bewijs, wel een vraag", "extract", "answers; een vraag", "niets"]
    suppliers = [{who.value for who in portfolio.suppliers(row)} for row in portfolio.rows]
    assert suppliers == [{"provider"}, {"register"}, {"provider"}, set()]
    assert portfolio.only_questions == 1


def test_counts_are_over_all_rows(portfolio: Portfolio) -> None:
    red, orange, green = Level.RED, Level.ORANGE, Level.GREEN

    assert portfolio.advice == {(red, red): 1, (green, orange): 1, (orange, red): 1, (green, green): 1}
    assert portfolio.settled == 2
    assert portfolio.hits == {"a.answers.flagged": 1, "a.answers.also_flagged": 1, "a.answers.few_staff": 2}
    assert portfolio.open == {"a.answers.flagged": 1, "a.answers.also_flagged": 1, "a.answers.few_staff": 1}
    assert (portfolio.missing, portfolio.asked) == ({"answers": 1, "extract": 1}, {"answers": 1, "extract": 1})
    assert portfolio.kinds["answers"].burden == 5


@pytest.mark.parametrize("engine", engines.FEW)
def test_a_table_of_any_engine_gives_the_same(model: BarrierModel, portfolio: Portfolio, engine: str) -> None:
    found = model.portfolio(engines.ENGINES[engine](TABLE.to_arrow()), as_of=region.AS_OF)

    assert sorted(found.rows, key=lambda row: row.number) == list(portfolio.rows)


@pytest.mark.parametrize("engine", ["pandas", "pyarrow", "polars_lazy"])
def test_names_and_what_no_rule_reads_are_kept(model: BarrierModel, portfolio: Portfolio, engine: str) -> None:
    assert model.portfolio(engines.ENGINES[engine](TABLE.to_arrow()), as_of=region.AS_OF).rows == portfolio.rows


def test_a_row_that_cannot_be_assessed_asks_for_nothing_and_says_why(model: BarrierModel) -> None:
    table = TABLE.with_columns(as_of=pl.Series([region.AS_OF, None, region.AS_OF, region.AS_OF], dtype=pl.Date))
    found = model.portfolio(table).rows[1]

    assert (found.advice, found.causes, found.asks) == (Interval(Level.GREEN, Level.RED), (), ())
    assert found.error == "as_of is unknown"


def test_each_row_may_have_a_date_of_its_own(model: BarrierModel) -> None:
    table = TABLE.with_columns(as_of=pl.Series([date(2026, 6, 1)] * 4))

    found = model.portfolio(table).rows[2].causes

    assert [(cause.kind, cause.why.value) for cause in found] == [("answers", "missing"), ("extract", "expired")]


@pytest.mark.parametrize("table", [TABLE.clear(), TABLE.head(1)])
def test_a_table_may_be_small(model: BarrierModel, table: pl.DataFrame) -> None:
    assert len(model.portfolio(table, as_of=region.AS_OF).rows) == table.height


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"answers__flagg": [True]}, "answers__flagg: no fact is called so; did you mean 'answers__flag'?"),
        ({"answers__flag": [5]}, "answers__flag: expected true or false; found a column of Int64"),
    ],
)
def test_a_column_that_is_no_fact_is_an_error(model: BarrierModel, table: Any, message: str) -> None:
    with pytest.raises(InputError, match=message.replace("?", r"\?")):
        model.portfolio(pl.DataFrame(table), as_of=region.AS_OF)


def test_another_language_is_an_error(portfolio: Portfolio) -> None:
    with pytest.raises(ValueError, match="Dutch"):
        portfolio.short("Dutch")  # type: ignore[arg-type]


def test_columns_count_what_rows_do() -> None:
    """Batches count in columns, and never make rows."""
    model = BarrierModel.load("portfolio-scan")
    table = draw_table(model, 2, 200, AS_OF)
    frame, lacks = assess_with_lacks(model.engine, table, AS_OF, details=False)
    found, portfolio = OpenRules(model.resolved, lacks, frame), model.portfolio(table, as_of=AS_OF)

    def of_kinds(counts: Mapping[str, int]) -> dict[str, int]:
        return {id: count for id, count in counts.items() if count and id in portfolio.kinds}

    assert of_kinds(found.missing()) == portfolio.missing
    assert of_kinds(found.wanted()[0]) == portfolio.asked
    assert found.wanted()[1] == sum(
        any(portfolio.kinds[id].supplier is Supplier.PROVIDER for id in row.asks) for row in portfolio.rows
    )


def test_points_that_cross_no_threshold_are_not_asked_for() -> None:
    """Of 1, 1 and 3 open points, 1 more crosses neither 3 nor 6: without it there are 0, 1, 3 or 4."""
    made, kinds = region.flag_rules("a.flags", *[Level.ORANGE] * 3)
    stage = region.stage("all", "a.flags", by="points", orange=3, red=6, weights={"a.flags.rule_2": 3})
    adds = BarrierModel(region.profile(stage), region.registry(made, kinds=kinds))
    table = pl.DataFrame({f"a_flags_{number}__on": [None, True] for number in range(3)})

    nothing, all_hit = adds.portfolio(table, as_of=region.AS_OF).rows

    assert nothing.asks == ("a_flags_2",)
    assert [(cause.kind, cause.matters) for cause in nothing.causes] == [
        ("a_flags_2", True), ("a_flags_0", False), ("a_flags_1", False),
    ]  # fmt: skip
    assert (all_hit.advice, all_hit.asks) == (Interval(Level.ORANGE, Level.ORANGE), ())
