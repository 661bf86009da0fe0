"""What each rule hits: the figures equal those counted one dossier at a time."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import attrs
import engines
import limits
import pytest
import screening
from hypothesis import given, settings
from hypothesis import strategies as st

import pool
import region
from barriermodel import Assessment, BarrierModel, InputError, Level, TableWarning
from barriermodel.calibration import Backtest, backtest
from barriermodel.engine.evaluate import Engine
from barriermodel.profiles.resolved import ResolvedProfile
from barriermodel.rules.levels import Status
from examples import ordinary

pl = pytest.importorskip("polars")
pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pytest.importorskip("scipy")


# Against assess ---------------------------------------------------------------------------------------


def without(plan: ResolvedProfile, id: str) -> Engine:
    stages = [
        attrs.evolve(
            stage,
            barriers=tuple(attrs.evolve(b, rules=tuple(r for r in b.rules if r.id != id)) for b in stage.barriers),
        )
        for stage in plan.stages
    ]
    return Engine(attrs.evolve(plan, stages=tuple(stages)))


def alone(plan: ResolvedProfile, stage: Any) -> Engine:
    """A stage by itself, so that no earlier one keeps it from being looked at."""
    return Engine(attrs.evolve(plan, stages=(stage,)))


@settings(max_examples=ordinary // 2)
@given(st.data(), limits.profiles())
def test_any_profile_and_dossiers(data: Any, profile: Any) -> None:
    model = limits.model_of(profile)
    found = data.draw(st.lists(pool.dossiers(), max_size=12))
    labels = data.draw(st.lists(st.sampled_from([True, False, None]), min_size=len(found), max_size=len(found)))
    table = engines.arrow(model, found).append_column("found", pa.array(labels, pa.bool_()))

    tested = backtest(model, table, label="found", by=[])

    statuses = statuses_of(model.resolved, found)
    assessed = [model.assess(dossier) for dossier in found]
    advices = [assessment.advice for assessment in assessed]
    assert limits.nonzero(tested.counts) == limits.Counter((a.at_least, a.at_most) for a in advices)
    assert (tested.investigated, tested.found) == (len(labels) - labels.count(None), labels.count(True))
    for figures in tested.rules:
        check(figures, statuses, labels)
        engine = without(model.resolved, figures.id)
        then = [engine.evaluate(dossier).advice for dossier in found]
        assert limits.nonzero(figures.without.counts) == limits.Counter((a.at_least, a.at_most) for a in then)
        pairs = list(zip(advices, then, strict=True))
        assert figures.without.at_least == sum(b.at_least < a.at_least for a, b in pairs)
        assert figures.without.at_most == sum(b.at_most < a.at_most for a, b in pairs)
        assert figures.without.milder == sum(b.at_least < a.at_least or b.at_most < a.at_most for a, b in pairs)
        told = [assessment.rule(figures.id).status for assessment in assessed]
        assert figures.not_examined == told.count(Status.NOT_EXAMINED)


def statuses_of(plan: ResolvedProfile, dossiers: list[Any]) -> list[dict[str, Status]]:
    stages = [alone(plan, stage) for stage in plan.stages]
    runs = [[Assessment(stage.evaluate(dossier)) for stage in stages] for dossier in dossiers]
    return [{rule.id: rule.status for run in of for rule in run.rules} for of in runs]


def check(figures: Any, statuses: list[dict[str, Status]], labels: list[bool | None]) -> None:
    hit = [one[figures.id] is Status.HIT for one in statuses]
    assert figures.hits == sum(hit)
    assert figures.open == sum(one[figures.id] is Status.OPEN for one in statuses)
    assert figures.alone == sum(
        h and list(one.values()).count(Status.HIT) == 1 for h, one in zip(hit, statuses, strict=True)
    )
    for other, number in figures.overlap.items():
        assert number == sum(h and one[other] is Status.HIT for h, one in zip(hit, statuses, strict=True))
    both = list(zip(hit, labels, strict=True))
    precision, recall = figures.performance.precision, figures.performance.recall
    assert (precision.count, precision.of) == (
        both.count((True, True)),
        both.count((True, True)) + both.count((True, False)),
    )
    assert (recall.count, recall.of) == (both.count((True, True)), labels.count(True))


# Engines ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> BarrierModel:
    return screening.make_model(tmp_path_factory.mktemp("screening"))


@pytest.fixture(scope="module")
def portfolio(model: BarrierModel) -> Any:
    table = engines.arrow(model, screening.make_dossiers(200))
    labels = [None if number % 5 else number % 3 == 0 for number in range(200)]
    return table.append_column("found", pa.array(labels, pa.bool_()))


@pytest.fixture(scope="module")
def told(model: BarrierModel, portfolio: Any) -> Backtest:
    return backtest(model, portfolio, label="found", as_of=screening.AS_OF)


@pytest.mark.parametrize("engine", [engine for engine in engines.FEW if engine.values != ("pyarrow",)])
def test_every_engine_finds_the_same(model: BarrierModel, portfolio: Any, told: Backtest, engine: str) -> None:
    assert backtest(model, engines.ENGINES[engine](portfolio), label="found", as_of=screening.AS_OF) == told


def test_legal_form_and_size_where_nothing_is_named(told: Backtest) -> None:
    assert list(dict.fromkeys(group.column for group in told.groups)) == ["provider__legal_form", "people__staff"]
    for column in ("provider__legal_form", "people__staff"):
        groups = [group for group in told.groups if group.column == column]
        assert sum(group.rows for group in groups) == 200
        assert min(group.rows for group in groups) >= 5
        for place, rule in enumerate(told.rules):
            assert sum(group.rates[place].share.count for group in groups) == rule.hits
            rates = [group.rates[place] for group in groups]
            assert all(rate.share.count + rate.rest.count == rule.hits for rate in rates)


def test_json_and_rows_say_what_the_backtest_does(told: Backtest) -> None:
    data = json.loads(json.dumps(told.to_dict()))

    assert (data["schema"], data["rows"], data["investigated"], data["found"]) == (
        "barriermodel/backtest/1",
        200,
        40,
        14,
    )
    assert [rule["id"] for rule in data["rules"]] == [rule.id for rule in told.rules]
    rows = told.rows()
    assert {tuple(row) for row in rows} == {tuple(rows[0])}
    hits = [row for row in rows if row["about"] == "rule" and row["measure"] == "hits"]
    assert [(row["id"], row["count"], row["of"]) for row in hits] == [(rule.id, rule.hits, 200) for rule in told.rules]


# Labels -----------------------------------------------------------------------------------------------

MODEL = BarrierModel(region.profile(region.stage("all", "pool.money")), region.registry(*pool.BARRIERS))
PROFITS = {"accounts__profit": [15.0, 16.0, 1.0, 2.0, None], "accounts__turnover": [100.0] * 5}


def test_labels(**_: Any) -> None:
    tested = over({**PROFITS, "found": [True, False, False, False, True]}, label="found")
    (high,) = [rule for rule in tested.rules if rule.id == "pool.money.high_profit"]

    assert high.performance is not None
    assert (high.performance.precision.count, high.performance.precision.of) == (1, 2)
    assert (high.performance.recall.count, high.performance.recall.of) == (1, 2)
    assert high.performance.lift.value == pytest.approx(0.5 / 0.4)
    assert [level.level for level in tested.levels] == [Level.ORANGE, Level.RED, Level.EXCLUDE]
    assert tested.levels[1].rows == 2


def over(rows: dict[str, list[Any]], make: Any = pl.DataFrame, model: BarrierModel = MODEL, **options: Any) -> Backtest:
    with pytest.warns(TableWarning, match="no such column"):
        return backtest(model, make(rows), **({"as_of": region.AS_OF, "by": []} | options))


@pytest.mark.parametrize("make", [pl.DataFrame, pl.LazyFrame, pa.table, pd.DataFrame])
@pytest.mark.parametrize("labels", [[None] * 5, [True] * 5, [False] * 5, [None] * 4 + [True]])
def test_labels_that_say_little_give_no_interval_of_lift(make: Any, labels: list[Any]) -> None:
    tested = over({**PROFITS, "found": labels}, make, label="found")

    for figures in [*tested.rules, *tested.levels]:
        assert figures.performance is not None
        assert figures.performance.lift.low is None
        assert figures.performance.recall.of == labels.count(True)
    assert tested.investigated == 5 - labels.count(None)


@pytest.mark.parametrize("make", [pl.DataFrame, pa.table, pd.DataFrame])
@pytest.mark.parametrize("rows", [0, 1])
def test_an_empty_table_and_one_row(make: Any, rows: int) -> None:
    columns = {name: values[:rows] for name, values in PROFITS.items()}
    tested = over({**columns, "provider__legal_form": ["bv"] * rows}, make, by=None)

    assert tested.total == rows
    assert [rule.performance for rule in tested.rules] == [None] * len(tested.rules)
    assert [(group.kind, group.rows) for group in tested.groups] == [("other", 1)] * (rows * 2)
    json.dumps(tested.to_dict())


@pytest.mark.parametrize(
    ("rows", "options", "message"),
    [
        ({"found": [1] * 5}, {"label": "found"}, "found: expected true, false or null; found a column of Int64"),
        ({"found": ["ja"] * 5}, {"label": "found"}, "found: expected true, false or null; found a column of String"),
        ({"found": [True] * 5}, {"label": "fond"}, "fond: the table has no such column; did you mean 'found'?"),
        ({}, {"by": ["sise"]}, "sise: the table has no such column"),
        ({"size": [str(n) for n in range(5)]}, {"by": ["x", "y"]}, "2 errors"),
    ],
)
def test_a_column_that_cannot_be_used_is_told(rows: Any, options: Any, message: str) -> None:
    with pytest.raises(InputError) as error:
        backtest(MODEL, pl.DataFrame({**PROFITS, **rows}), as_of=region.AS_OF, **options)

    assert message in str(error.value)


def test_confidential_facts_make_no_groups() -> None:
    people = region.barrier("cal.people")
    people.signal(level=Level.RED)(incomplete)
    model = region.model(people)
    with pytest.raises(InputError, match="team__complete: its values are confidential"):
        backtest(model, pl.DataFrame({"team__complete": [True]}), by=["team__complete"], as_of=region.AS_OF)


def incomplete(team: region.Team) -> Any:
    return team.complete


incomplete.__annotations__["return"] = region.Fact[bool]


# Groups -----------------------------------------------------------------------------------------------


def grouped(values: list[Any], make: Any = pl.DataFrame) -> list[tuple[Any, ...]]:
    rows = {"accounts__profit": [15.0] * len(values), "accounts__turnover": [100.0] * len(values), "by": values}
    tested = over(rows, make, by=["by"])
    return [(group.kind, group.value, group.above, group.up_to, group.rows) for group in tested.groups]


@pytest.mark.parametrize("make", [pl.DataFrame, pl.LazyFrame, pa.table, pd.DataFrame])
def test_text_numbers_and_booleans(make: Any) -> None:
    assert grouped(["a"] * 6 + ["b"] * 5 + [None] * 4 + [" "], make) == [
        ("unknown", None, None, None, 5), ("value", "a", None, None, 6), ("value", "b", None, None, 5),
    ]  # fmt: skip
    assert grouped([True] * 5 + [False] * 5, make) == [
        ("value", "false", None, None, 5), ("value", "true", None, None, 5),
    ]  # fmt: skip
    assert grouped([float(n) for n in range(1, 21)] + [None, float("nan")] * 5, make) == [
        ("number", None, None, 5.0, 5), ("number", None, 5.0, 10.0, 5), ("number", None, 10.0, 15.0, 5),
        ("number", None, 15.0, None, 5), ("unknown", None, None, None, 10),
    ]  # fmt: skip
    assert grouped([7] * 10, make) == [("number", None, None, None, 10)]
    assert grouped([None] * 6, make) == [("unknown", None, None, None, 6)]


def test_small_groups_are_counted_together_and_never_alone() -> None:
    other = ("other", None, None, None)

    assert grouped(["a"] * 9 + ["b"] * 4 + ["c"] * 3) == [("value", "a", None, None, 9), (*other, 7)]
    # four others could tell of one provider, by what the whole has more than the rest
    assert grouped(["a"] * 9 + ["b"] * 6 + ["c"] * 4) == [("value", "a", None, None, 9), (*other, 10)]
    assert grouped(["a"] * 9 + ["c"] * 4) == [(*other, 13)]
    assert grouped(["a"] * 4) == [(*other, 4)]


def test_too_many_groups_are_refused() -> None:
    with pytest.raises(InputError, match="by: it has 51 different values; group by a column with at most 50"):
        grouped([str(n % 51) for n in range(51 * 5)])
    assert grouped([str(n) for n in range(1000)]) == [("other", None, None, None, 1000)]


def test_a_rule_that_mostly_hits_one_group_is_told() -> None:
    rows = {
        "accounts__profit": [15.0] * 20 + [1.0] * 60, "accounts__turnover": [100.0] * 80,
        "by": ["a"] * 20 + ["b"] * 30 + ["c"] * 30,
    }  # fmt: skip
    tested = over(rows, by=["by"])

    told = {(group.value, rate.rule): rate for group in tested.groups for rate in group.rates}
    rate = told["a", "pool.money.high_profit"]
    assert (rate.share.count, rate.share.of, rate.rest.count, rate.rest.of, rate.disjoint) == (20, 20, 0, 60, True)
    assert told["a", "pool.money.two_losses"].disjoint is False


def test_days_are_told_before_anything_is_read() -> None:
    with pytest.raises(InputError, match="give the argument as_of"):
        backtest(MODEL, pl.DataFrame(PROFITS))
    assert over({**PROFITS, "as_of": [date(2025, 1, 1)] * 5}, as_of=None).as_of is None
