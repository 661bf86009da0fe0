"""What goes into a sweep and what comes out."""

from __future__ import annotations

import json
import math
from datetime import date
from typing import Any

import engines
import limits
import pytest

import pool
import region
from barriermodel import BarrierModel, InputError, Level, TableWarning
from barriermodel.calibration import Sweep, sweep
from barriermodel.calibration.text import format_parameter
from barriermodel.profiles.profile import Dated
from barriermodel.tables.assess import assess_table

pl = pytest.importorskip("polars")
pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")

ID = "pool.money.most"
MODEL = BarrierModel(region.profile(region.stage("all", "pool.money")), region.registry(*pool.BARRIERS))


def over(rows: dict[str, list[Any]], make: Any = pl.DataFrame, model: BarrierModel = MODEL, **options: Any) -> Sweep:
    values = options.pop("values", {ID: [0.05, 0.2]})
    with pytest.warns(TableWarning, match="no such column"):
        return sweep(model, make(rows), values, **({"as_of": region.AS_OF} | options))


ROWS = {"accounts__profit": [7.0, 15.0, 30.0, None], "accounts__turnover": [100.0] * 4, "other": ["a", "b", "c", "d"]}


def test_what_a_sweep_holds() -> None:
    found = over(ROWS)

    assert (found.profile, found.as_of, found.total, found.parameters) == ("test", region.AS_OF, 4, (ID,))
    assert [setting.values[ID] for setting in found.settings] == [0.05, 0.1, 0.2]
    assert found.current is found.settings[1]
    assert [setting.counts[Level.RED, Level.EXCLUDE] for setting in found.settings] == [3, 2, 1]
    assert found.settings[0].undecided == 4
    assert found.unchecked == ("accounts",)
    assert "award__value" in found.missing


def test_json_and_rows_say_what_the_sweep_does() -> None:
    found = over(ROWS)

    data = json.loads(json.dumps(found.to_dict()))
    assert (data["schema"], data["rows"], data["profile"]["id"]) == ("barriermodel/sweep/1", 4, "test")
    assert data["settings"][1]["current"] is True
    assert sum(pair["rows"] for pair in data["settings"][0]["advice"]) == 4
    rows = found.rows()
    assert [(row[ID], row["current"], row["red_to_exclude"]) for row in rows] == [
        (0.05, False, 3),
        (0.1, True, 2),
        (0.2, False, 1),
    ]
    assert list(rows[0])[:7] == [ID, "current", "rows", "green", "orange", "red", "exclude"]


def test_columns_that_are_missing_are_told_once_to_who_called() -> None:
    with pytest.warns(TableWarning) as told:
        sweep(MODEL, pl.DataFrame(ROWS), {ID: [0.5]}, as_of=region.AS_OF)

    assert len(told) == 1
    assert told[0].filename == __file__


@pytest.mark.parametrize("make", [pl.DataFrame, pl.LazyFrame, pa.table, pd.DataFrame])
@pytest.mark.parametrize("rows", [0, 1, 3])
def test_an_empty_table_and_columns_of_nothing_but_nulls(make: Any, rows: int) -> None:
    found = over({"accounts__profit": [None] * rows, "accounts__turnover": [None] * rows}, make)

    assert [setting.counts[Level.GREEN, Level.EXCLUDE] for setting in found.settings] == [rows] * 3


@pytest.mark.parametrize("make", [pl.DataFrame, pa.table])
def test_a_table_without_any_fact(make: Any) -> None:
    assert over({"other": [1, 2]}, make).settings[0].counts[Level.GREEN, Level.EXCLUDE] == 2


def test_values_that_are_none_are_unknown() -> None:
    rows = {"accounts__profit": [math.nan, math.inf, 1.005], "accounts__turnover": [100.0] * 3}

    assert over(rows).settings[0].counts[Level.GREEN, Level.EXCLUDE] == 3


def test_a_table_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(InputError, match="accounts__profit: expected an amount"):
        sweep(MODEL, pl.DataFrame({"accounts__profit": ["a"]}), {ID: [1]}, as_of=region.AS_OF)
    with pytest.raises(InputError, match="give the argument as_of"):
        sweep(MODEL, pl.DataFrame(ROWS), {ID: [1]})
    with pytest.raises(InputError, match="expected a table of Polars"):
        sweep(MODEL, [1], {ID: [1]}, as_of=region.AS_OF)


def test_a_limit_that_changes_with_the_date_of_each_row() -> None:
    """Rows before its first date stay open; what is tried holds on every later date."""
    first = Dated(value=0.1, from_=date(2020, 1, 1), assumption="a")
    second = Dated(value=0.05, from_=date(2022, 1, 1), assumption="b")
    profile = region.profile(region.stage("all", "pool.money"), parameters={"pool.money": {"most": (first, second)}})
    model = BarrierModel(profile, region.registry(*pool.BARRIERS))
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2022, 1, 1), None]
    rows = {"as_of": days, "accounts__profit": [7.0] * 4, "accounts__turnover": [100.0] * 4}

    found = over(rows, model=model, as_of=None, values={ID: [0.06, 0.5]})

    assert [setting.values[ID] for setting in found.settings] == [None, 0.06, 0.5]
    assert [setting.counts[Level.RED, Level.EXCLUDE] for setting in found.settings] == [1, 2, 0]
    assert found.dated == (ID,)
    assert found.to_dict()["settings"][0]["values"] == {ID: None}


def test_an_open_house_that_would_be_compared_stays_open() -> None:
    stage = region.stage("all", "pool.money", by="count", orange=1, red=2)
    changes = {"pool.money.too_large": pool.RuleChange(reason="counted", level=Level.RED)}
    model = BarrierModel(region.profile(stage, rules=changes), region.registry(*pool.BARRIERS))
    rows = {**ROWS, "award__procedure": ["open_house", "open", None, "open_house"]}

    found = over(rows, model=model, values={ID: [-1.0]})

    assert found.settings[0].counts[Level.ORANGE, Level.RED] == 2
    assert found.settings[0].counts[Level.GREEN, Level.RED] == 2


def test_more_values_than_fit_in_one_number() -> None:
    rows = {"accounts__profit": [float(n) for n in range(100)], "accounts__turnover": [100.0] * 100}
    found = over(rows, values={ID: [n / 100 for n in range(100)]})

    assert [setting.counts[Level.RED, Level.EXCLUDE] for setting in found.settings] == [99 - n for n in range(100)]


def test_plain_python_that_a_table_computes_row_by_row() -> None:
    """Without the columns of derived facts the counts are those of ``assess_frame`` as well."""
    model = limits.model_of(region.profile(region.stage("all", *(made.id for made in limits.BARRIERS))))
    extracts = [region.Extract(active=True, staff=number, codes=()) for number in range(4)]
    dossiers = [region.dossier(region.item(extract)) for extract in extracts]
    table = engines.ENGINES["polars"](engines.arrow(model, dossiers))
    table = table.drop(name for name in table.columns if name.startswith("derived__"))
    id = "pool.register.fewest"

    with pytest.warns(TableWarning):
        found = sweep(model, table, {id: [0, 3]})

    for setting in found.settings:
        with pytest.warns(TableWarning):
            told = assess_table(limits.with_values(model.resolved, setting.values), table, None, details=False)
        ends = zip(told["advice__at_least"], told["advice__at_most"], strict=True)
        assert limits.nonzero(setting.counts) == limits.nonzero(
            limits.Counter((Level[a.upper()], Level[b.upper()]) for a, b in ends)
        )


@pytest.mark.parametrize("make", [pl.DataFrame, pl.LazyFrame, pa.table, pd.DataFrame])
@pytest.mark.parametrize("by", ["worst", "count", "points"])
def test_a_profile_in_which_every_rule_has_the_varied_limit(make: Any, by: str) -> None:
    others = ("pool.money.two_losses", "pool.money.too_large")
    changes = {id: pool.RuleChange(reason="only the margin", leave_out=True) for id in others}
    stage = region.stage("all", "pool.money", by=by, orange=1, red=2)
    model = BarrierModel(region.profile(stage, rules=changes), region.registry(*pool.BARRIERS))
    rows = {"accounts__profit": [7.0, 30.0, None], "accounts__turnover": [100.0] * 3}

    found = sweep(model, make(rows), {ID: [0.05, 0.2]}, as_of=region.AS_OF)

    level = Level.RED if by == "worst" else Level.ORANGE
    assert [setting.certain[level] for setting in found.settings] == [2, 1, 1]
    assert [setting.counts[Level.GREEN, level] for setting in found.settings] == [1, 1, 1]


def test_a_value_that_is_a_date_is_shown_in_words() -> None:
    assert format_parameter(date(2026, 1, 15), (), "nl") == "15 januari 2026"
