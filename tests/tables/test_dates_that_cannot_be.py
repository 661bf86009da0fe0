"""A date that cannot be is unknown in a table as in a dossier, on every engine, and ``advice__error`` tells it."""

from __future__ import annotations

import warnings
from datetime import date, timedelta
from typing import Annotated, Any

import engines
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from barriermodel import UNKNOWN, BarrierModel, InputError, Level, Status
from barriermodel.plugin import AsOf, Between, Fact, Past, UnknownReason, add_months, evidence
from barriermodel.tables.rows import row_of, row_schema
from examples import costly
from region import AS_OF, barrier, dossier, item, profile, registry, stage

pa = pytest.importorskip("pyarrow")
DAY = timedelta(days=1)
FIRST, LAST = date(1583, 1, 1), date(2199, 12, 31)


@evidence("life")
class Life:
    """Dates of every sort."""

    any_day: Fact[date] = UNKNOWN
    begun_on: Annotated[Fact[date], Past()] = UNKNOWN
    in_1900: Annotated[Fact[date], Between(date(1899, 1, 1), date(2000, 12, 31)), Past()] = UNKNOWN


made = barrier("x.dates")


@made.signal(level=Level.RED)
def known(life: Life) -> Fact[bool]:
    return life.any_day == life.any_day


@made.signal(level=Level.RED)
def young(life: Life, as_of: AsOf) -> Fact[bool]:
    return add_months(life.begun_on, 24) > as_of


@made.signal(level=Level.RED)
def in_1900(life: Life) -> Fact[bool]:
    return life.in_1900 == life.in_1900


@made.derived
def begun_in_2020(life: Life) -> bool:
    return life.begun_on.year == 2020  # type: ignore[union-attr]


@made.signal(level=Level.RED)
def in_2020(begun_in_2020: Fact[bool]) -> Fact[bool]:
    return begun_in_2020


MODEL = BarrierModel(profile(stage("all", "x.dates"), valid_from=FIRST), registry(made, kinds=(Life,)))
NAMES = ("any_day", "begun_on", "in_1900")
ODD = [
    date(25, 3, 1), date(1899, 12, 30), date(1900, 1, 1), date(1900, 1, 2), FIRST, FIRST - DAY, LAST, LAST + DAY,
    date(2020, 5, 1), AS_OF, AS_OF + DAY, date(2126, 1, 1), date.max,
]  # fmt: skip


def assessed(frame: Any, **other: Any) -> list[dict[str, Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return engines.rows(MODEL.assess_frame(frame, details=True, **other))


def table(days: list[date], as_of: list[date] | None = None) -> Any:
    columns: dict[str, Any] = {"k": pa.array(range(len(days)), pa.int64())}
    columns |= {f"life__{name}": pa.array(days, pa.date32()) for name in NAMES}
    columns |= {"as_of": pa.array(as_of, pa.date32())} if as_of else {}
    return pa.table(columns)


def told(name: str) -> str:
    return f"life__{name} holds a date that cannot be right: it is taken as unknown"


@pytest.mark.parametrize("by_row", [False, True])
@pytest.mark.parametrize("engine", engines.QUICK)
def test_a_column_of_dates_on_every_engine(engine: str, by_row: bool) -> None:
    days = [date(25, 3, 1), date(1900, 1, 1), date(2025, 3, 1), AS_OF + DAY, date.max]
    given = table(days, [AS_OF] * len(days) if by_row else None)
    found = assessed(engines.ENGINES[engine](given), **({} if by_row else {"as_of": AS_OF}))

    assert [row["rule__x_dates_known"] for row in found] == [None, None, True, True, None]
    assert [row["rule__x_dates_young"] for row in found] == [None, None, True, None, None]
    assert [row["rule__x_dates_in_1900"] for row in found] == [None, True, None, None, None]
    assert [row["advice__error"] for row in found] == [
        told("any_day"), told("any_day"), told("in_1900"), told("begun_on"), told("any_day"),
    ]  # fmt: skip


@pytest.mark.parametrize("engine", engines.QUICK)
def test_evidence_of_a_day_that_cannot_be_counts_no_more_than_that_without_one(engine: str) -> None:
    """Else one placeholder would make evidence without a date usable in a table and not in a dossier."""
    days = [date(26, 1, 10), date(1899, 12, 30), date(1900, 1, 1), None, FIRST, AS_OF]
    columns = {
        "life__any_day": pa.array([AS_OF] * len(days), pa.date32()),
        "life__issued_on": pa.array(days, pa.date32()),
    }
    given = pa.table({"k": pa.array(range(len(days)), pa.int64()), **columns})
    found = assessed(engines.ENGINES[engine](given), as_of=AS_OF)
    items = [item(Life(any_day=AS_OF), issued_on=day) for day in days]

    assert [row["rule__x_dates_known"] for row in found] == [None, None, None, None, True, True]
    statuses = [MODEL.assess(dossier(one, as_of=AS_OF)).rule("x.dates.known").status for one in items]
    assert statuses == [Status.OPEN] * 4 + [Status.HIT] * 2


@costly
@given(
    st.lists(
        st.tuples(st.sampled_from(ODD) | st.dates(), st.sampled_from([AS_OF, FIRST, LAST])), min_size=20, max_size=30
    )
)
@example([(day, AS_OF) for day in ODD])
def test_a_row_is_what_its_dossier_is(drawn: list[tuple[date, date]]) -> None:
    dossiers = [
        dossier(item(Life(any_day=day, begun_on=day, in_1900=day), issued_on=as_of), as_of=as_of)
        for day, as_of in drawn
    ]
    layout = row_schema(MODEL.resolved, without_computed=True)
    rows = [{"k": n, **row_of(MODEL.engine, one, layout, as_stated=True)} for n, one in enumerate(dossiers)]
    assert [row["life__any_day"] for row in rows] == [day for day, _ in drawn]
    types = {"k": pa.int64(), **dict.fromkeys(layout.types, pa.date32())}
    given = pa.Table.from_pylist(rows, schema=pa.schema(types.items()))
    for engine in ("polars", "pyarrow"):
        found = assessed(engines.ENGINES[engine](given))
        for one, row in zip(dossiers, found, strict=True):
            wanted = {f"status__{r.id.replace('.', '_')}": r.status.key for r in MODEL.assess(one).rules}
            assert {name: row[name] for name in wanted} == wanted
            in_row = MODEL.explain_row(row)
            assert {r.id: r.status for r in in_row.rules} == {r.id: r.status for r in MODEL.assess(one).rules}
            errors = {error.message for error in in_row.errors}
            assert (row["advice__error"] in errors) if row["advice__error"] else not errors


def test_the_explanation_of_a_row_says_which_date_it_was() -> None:
    found = MODEL.explain_row({"life__begun_on": date(1900, 1, 1)}, as_of=AS_OF)
    (fact,) = found.rule("x.dates.young").facts[:1]

    assert found.rule("x.dates.young").status is Status.OPEN
    assert fact.why is not None
    assert fact.why.reason is UnknownReason.IMPLAUSIBLE
    assert "1 januari 1900 is een datum die een spreadsheet invult" in " ".join(found.explain("nl", full=True).split())
    assert told("begun_on") in {error.message for error in found.errors}


@pytest.mark.parametrize("engine", engines.QUICK)
def test_a_row_of_a_date_that_no_dossier_can_be_of_is_refused(engine: str) -> None:
    days = [FIRST - DAY, FIRST, LAST, LAST + DAY]
    found = assessed(engines.ENGINES[engine](table([FIRST] * 4, days)))
    outside = "as_of is no date from 1583-01-01 to 2199-12-31"

    assert [row["rule__x_dates_known"] for row in found] == [None, True, True, None]
    assert [row["advice__error"] for row in found] == [outside, told("in_1900"), told("in_1900"), outside]


def test_a_table_assessed_on_a_date_out_of_bounds_is_refused() -> None:
    with pytest.raises(InputError, match="as_of is a date from 1583-01-01 to 2199-12-31; got 9996-01-01"):
        MODEL.assess_frame(table([AS_OF]), as_of=date(9996, 1, 1))
