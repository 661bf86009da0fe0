"""Derived facts and opaque rules in tables: computed for each row as ``assess`` computes them, where Python can be."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any

import engines
import pytest
from hypothesis import given
from hypothesis import strategies as st

import expressions as ex
import pool
import region
from barriermodel import Award, BarrierModel, Dossier, InputError, Level, Provider, TableWarning, euro
from barriermodel.domain.evidence import states_a_fact
from barriermodel.plugin import AsOf, Fact, Item, Limit, Money, Ratio
from barriermodel.profiles.profile import Dated
from barriermodel.testing.outcomes import as_columns
from examples import costly

pl = pytest.importorskip("polars")
LIMIT = Limit(assumed=True)
PYTHON = ["polars", "polars_lazy", "pyarrow", "pandas", "pandas_arrow", "dask"]
AS_OF = region.AS_OF
made = region.barrier("by.row")


@made.signal(level=Level.RED, opaque=True)
def divides(answers: region.Answers) -> Fact[bool]:
    return 10 / answers.count > 1  # type: ignore[operator]


@made.signal(level=Level.ORANGE, opaque=True)
def every_type(
    answers: region.Answers, provider: Provider, award: Award, as_of: AsOf, *, most: Annotated[Ratio, LIMIT] = 0.25
) -> Fact[bool]:
    if answers.day > as_of or award.value < answers.amount:  # type: ignore[operator]
        return answers.flag
    return (answers.share > most) is (answers.size is region.Size.LARGE) or provider.legal_form.value == answers.words  # type: ignore[operator,union-attr]


@made.derived
def doubled(answers: region.Answers) -> Money:
    return answers.amount * 2  # type: ignore[operator,return-value]


@made.derived
def latest(answers: region.Answers, extract: region.Extract) -> date:
    return answers.day + timedelta(days=extract.staff)  # type: ignore[operator,return-value]


@made.derived
def size(answers: region.Answers) -> region.Size:
    return region.Size.LARGE if answers.flag else region.Size.SMALL


@made.signal(level=Level.ORANGE)
def reads_derived(doubled: Fact[Money], latest: Fact[date], size: Fact[region.Size]) -> Fact[bool]:
    return (doubled > euro(4)) & (latest > date(2025, 1, 1)) | (size == region.Size.LARGE)


@made.derived
def items_of_all_years(years: Sequence[Item[region.Accounts]]) -> int:
    return len(years)


@made.derived
def codes(extract: region.Extract) -> int:
    return len(extract.codes)  # type: ignore[arg-type]


@made.derived
def codes_inside(extract: region.Extract) -> int:
    def number() -> int:
        return len(extract.codes)  # type: ignore[arg-type]

    return number()


@made.signal(level=Level.ORANGE)
def needs_a_column(items_of_all_years: Fact[int], codes: Fact[int], codes_inside: Fact[int]) -> Fact[bool]:
    return (items_of_all_years > 1) & (codes > 0) & (codes_inside > 0)


def numbers(provider: Provider) -> int:
    return len(provider.identifiers)


@made.signal(level=Level.ORANGE, opaque=True)
def hides_what_it_reads(extract: region.Extract, provider: Provider) -> Fact[bool]:
    return extract.active and numbers(provider) == 0


LAST = "by.row.latest, by.row.size"
ROW = {
    "answers__count": 5, "answers__share": 0.5, "answers__amount": 3.0, "answers__day": date(2025, 6, 1),
    "answers__flag": True, "answers__words": "bv", "answers__size": "large", "extract__staff": 3,
    "extract__active": True, "award__value": 10.0, "provider__legal_form": "bv",
}  # fmt: skip


@functools.cache
def model() -> BarrierModel:
    return region.model(made)


def assessed(model: BarrierModel, table: Any, **options: Any) -> tuple[list[dict[str, Any]], list[str]]:
    """The rows, and what is warned."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", TableWarning)
        rows = engines.rows(model.assess_frame(table, details=True, **options))
    return rows, [str(one.message) for one in told]


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """With answers of every type, which are sometimes too old, and an extract."""
    answers, extract = draw(ex.answers.filter(states_a_fact)), draw(pool.extracts.filter(states_a_fact))
    items = [region.item(answers, "a", draw(pool.near)), region.item(extract, "e", draw(pool.near))]
    value = draw(pool.maybe(st.sampled_from([euro(0), euro(3)])))
    provider = Provider(legal_form=draw(ex.fact(ex.LegalForm)), identifiers=[pool.KVK])
    return region.dossier(*items[: draw(st.integers(0, 2))], provider=provider, award=Award(value=value))


@costly
@given(st.lists(dossiers(), min_size=15, max_size=25))
def test_a_row_is_computed_as_its_dossier_is(found: list[Dossier]) -> None:
    """With unknown facts that are touched, without evidence, and where the function raises."""
    table = engines.arrow(model(), found, bare=True)
    own = "status__by_row_hides_what_it_reads"
    for engine in ("polars", "polars_lazy", "pyarrow"):
        rows, _ = assessed(model(), engines.ENGINES[engine](table))
        for dossier, row in zip(found, rows, strict=True):
            assessment = model().assess(dossier)
            wanted = as_columns(assessment)
            statuses = [name for name in wanted if name.startswith("status__") and name != own]
            assert {name: row[name] for name in statuses} == {name: wanted[name] for name in statuses}
            assert row[own] in ("open", "clear")
            errors = [error.message for error in assessment.errors]
            assert (row["advice__error"] or "").partition(" fails: ")[2] == next(iter(errors), "")


@pytest.mark.parametrize("engine", PYTHON)
def test_it_is_computed_on_every_engine_of_this_process_and_told_once(engine: str) -> None:
    day = date(2025, 6, 1)
    rows = [{"k": 0, **ROW}, {"k": 1, **ROW, "answers__count": 0}, {"k": 2, "extract__active": None}]
    table = engines.pa.Table.from_pylist([{**dict.fromkeys(rows[1]), **row, "extract__issued_on": day} for row in rows])
    found, told = assessed(model(), engines.ENGINES[engine](table), as_of=AS_OF)

    assert [row["rule__by_row_divides"] for row in found] == [True, None, None]
    assert [row["rule__by_row_reads_derived"] for row in found] == [True, True, None]
    assert [row["rule__by_row_every_type"] for row in found] == [True, True, None]
    assert [row["rule__by_row_hides_what_it_reads"] for row in found] == [None, None, None]
    assert [row["advice__error"] for row in found] == [
        None, "by.row.divides fails: ZeroDivisionError: division by zero", None,
    ]  # fmt: skip
    missing, slow = told
    lists = ("codes", "codes_inside", "items_of_all_years")
    assert missing.endswith(f"no such column: {', '.join(f'derived__by_row__{name}' for name in lists)}")
    assert slow.startswith("plain Python, called for each row, which is slow")
    assert slow.endswith(": by.row.divides, by.row.doubled, by.row.every_type, by.row.hides_what_it_reads, " + LAST)


def test_where_python_cannot_be_called_its_rules_are_open_and_told_once() -> None:
    table = engines.pa.Table.from_pylist([{"k": 0, **ROW}])
    found, told = assessed(model(), engines.ENGINES["duckdb"](table), as_of=AS_OF)

    assert [found[0][f"rule__by_row_{name}"] for name in ("divides", "every_type", "reads_derived")] == [None] * 3
    assert found[0]["advice__error"] is None
    assert len(told) == 2
    assert told[1].startswith("plain Python cannot be called on this engine, so its rules are open in every row; give")
    assert "derived__by_row__divides, derived__by_row__doubled, " in told[1]


def test_a_column_goes_before_the_function() -> None:
    """Which is then not called, nor asked for what it reads."""
    row = {"k": 0, "derived__by_row__divides": False, "answers__count": 5}
    found, told = assessed(model(), pl.DataFrame([row]), as_of=AS_OF)

    assert found[0]["rule__by_row_divides"] is False
    assert "by.row.divides" not in " ".join(told)


def test_without_any_fact_of_its_evidence_the_column_is_told_as_missing() -> None:
    """Also where there are facts of it, but none of those that its code names."""
    for other in ({"award__value": 1.0}, {"answers__words_b": "a"}):
        _, told = assessed(model(), pl.DataFrame([{"k": 0, **other}]), as_of=AS_OF)

        assert len(told) == 1
        assert "derived__by_row__divides" in told[0]


def test_a_lazy_table_is_not_collected_and_other_columns_are_not_read() -> None:
    def never(rows: Any) -> Any:
        raise AssertionError("collected")

    frame = pl.DataFrame([{"k": 0, "other": 1, **ROW}]).lazy()
    lazy = frame.map_batches(never, schema=frame.collect_schema())
    with pytest.warns(TableWarning):
        assert "advice__error" in model().assess_frame(lazy, as_of=AS_OF).collect_schema()
    with pytest.warns(TableWarning):
        found = model().assess_frame(frame, as_of=AS_OF)

    kept = found.filter(pl.col("rule__by_row_divides")).select("rule__by_row_divides").collect()
    assert kept.to_dicts() == [{"rule__by_row_divides": True}]
    assert found.select("other").collect().to_dicts() == [{"other": 1}]
    assert found.collect(engine="streaming").to_dicts() == found.collect().to_dicts()


@pytest.mark.parametrize("rows", [0, 1])
@pytest.mark.parametrize("engine", PYTHON)
def test_an_empty_table_and_columns_of_nothing_but_nulls(engine: str, rows: int) -> None:
    if engine == "dask" and not rows:
        pytest.skip("Dask makes no partition of nothing")
    table = engines.pa.table({"k": engines.pa.array(range(rows)), "answers__count": engines.pa.nulls(rows)})
    found, _ = assessed(model(), engines.ENGINES[engine](table), as_of=AS_OF)

    assert [row["rule__by_row_divides"] for row in found] == [None] * rows


def dated() -> BarrierModel:
    """A limit of 0.1 from 2020 on, and of 0.5 from 2022 on."""
    limits = (
        Dated(value=0.1, from_=date(2020, 1, 1), assumption="a"),
        Dated(value=0.5, from_=date(2022, 1, 1), assumption="b"),
    )
    profile = region.profile(region.stage("all", made.id), parameters={made.id: {"most": limits}})
    return BarrierModel(profile, region.registry(made))


@pytest.mark.parametrize("engine", ["polars", "pyarrow"])
def test_each_row_has_the_limit_of_its_own_date(engine: str) -> None:
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2022, 1, 1), None]
    row = {**ROW, "answers__words": "-", "answers__share": 0.2, "answers__size": "large", "answers__day": days[0]}
    table = engines.pa.Table.from_pylist([{"k": n, "as_of": day, **row} for n, day in enumerate(days)])
    found, _ = assessed(dated(), engines.ENGINES[engine](table))

    assert [row["rule__by_row_every_type"] for row in found] == [None, True, False, None]
    assert [dated().explain_row(row).rule("by.row.every_type").status.key for row in found[1:3]] == ["hit", "clear"]


def test_an_error_says_no_path_and_none_of_a_confidential_value() -> None:
    own = region.barrier("kit.telling")

    @own.signal(level=Level.RED, opaque=True)
    def tells(team: region.Team) -> Fact[bool]:
        raise ValueError(f"complete is {team.complete} in /home/secret/team.py at 0x7f00")

    @own.signal(level=Level.RED, opaque=True)
    def says(answers: region.Answers) -> Fact[bool]:
        raise ValueError(f"count is {answers.count} in /home/secret/team.py at 0x7f00")

    telling = region.model(own)
    for row, error in (
        ({"team__complete": True}, "kit.telling.tells fails: ValueError"),
        ({"answers__count": 3}, "kit.telling.says fails: ValueError: count is 3 in … at 0x…"),
    ):
        found, _ = assessed(telling, pl.DataFrame([{"k": 0, **row}]), as_of=AS_OF)
        assert found[0]["advice__error"] == error
        assert telling.explain_row(row, as_of=AS_OF).errors[0].message == error.partition("fails: ")[2]


def test_a_stage_that_is_not_examined_tells_no_error() -> None:
    own, (kind,) = region.flag_rules("kit.first", Level.EXCLUDE)
    stages = [region.stage("s", own.id), region.stage("t", made.id)]
    both = BarrierModel(region.profile(*stages), region.registry(own, made, kinds=(*region.KINDS, kind)))
    rows = [{"k": n, "kit_first_0__on": on, "answers__count": 0} for n, on in enumerate([True, False])]
    found, _ = assessed(both, pl.DataFrame(rows), as_of=AS_OF)

    assert [row["advice__error"] is None for row in found] == [True, False]
    assert [len(both.explain_row(row, as_of=AS_OF).errors) for row in rows] == [0, 1]


def test_what_a_function_may_read_must_fit() -> None:
    with pytest.raises(InputError, match="answers__words_b: expected text; found a column of Int64"):
        model().assess_frame(pl.DataFrame({"answers__count": [1], "answers__words_b": [1]}), as_of=AS_OF)


def test_pandas_may_hold_what_a_function_reads_as_it_holds_it() -> None:
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(
        {"k": [0, 1], "answers__count": [5.0, None], "answers__day_b": pd.to_datetime(["2025-01-01"] * 2)}
    )
    found, _ = assessed(model(), frame, as_of=AS_OF)

    assert [row["rule__by_row_divides"] for row in found] == [True, None]
