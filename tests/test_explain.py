"""From a row of a table back to the whole explanation, in Python and on the command line."""

from __future__ import annotations

import json
import math
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pool
import region
from barriermodel import BarrierModel, InputError, Level, Status
from barriermodel.cli.commands import run
from barriermodel.tables.rows import row_of, row_schema
from barriermodel.testing.outcomes import as_columns
from examples import costly
from markdown import blocks

AS_OF = region.AS_OF


@pytest.fixture(scope="module")
def model() -> BarrierModel:
    return region.model(*pool.BARRIERS)


def statuses(model: BarrierModel, row: dict[str, Any]) -> dict[str, Status]:
    return {rule.id: rule.status for rule in model.explain_row({"as_of": AS_OF, **row}).rules}


# The same as the dossier and as the table -------------------------------------------------------------


@given(st.booleans(), pool.profiles(), pool.dossiers())
def test_a_row_of_a_dossier_turns_out_as_the_dossier(bare, profile, dossier) -> None:
    """Also where the derived facts are computed from the row."""
    model = BarrierModel(profile, region.registry(*pool.BARRIERS))
    row = row_of(model.engine, dossier, row_schema(model.resolved, without_computed=bare))
    found = model.explain_row(row)

    assert as_columns(found) == as_columns(model.assess(dossier))
    assert [error.message for error in found.errors] == [
        error.message for error in model.assess(dossier).errors if bare and "divides" in error.rule
    ]
    for lang in ("nl", "en"):
        assert found.explain(lang, full=True)
        assert found.markdown(lang, full=True)
    assert json.loads(found.to_json())["digest"] == found.digest


@costly  # each profile; that a table says what dossiers say is tried with more of them
@given(pool.profiles(), st.lists(pool.dossiers(), min_size=1, max_size=30))
def test_a_row_that_was_assessed_explains_itself_as_it_was(profile, dossiers) -> None:
    pl = pytest.importorskip("polars")
    model = BarrierModel(profile, region.registry(*pool.BARRIERS))
    layout = row_schema(model.resolved)
    types = {bool: pl.Boolean, int: pl.Int64, float: pl.Float64, date: pl.Date, pool.Money: pl.Float64}
    schema = {name: types.get(kind, pl.String) for name, kind in layout.types.items()}
    frame = pl.DataFrame([row_of(model.engine, dossier, layout) for dossier in dossiers], schema=schema)

    for row in model.assess_frame(frame, details=True).to_dicts():
        found = as_columns(model.explain_row(row))
        assert {name: row[name] for name in found} == found


# What a row tells and what it does not ----------------------------------------------------------------


def test_the_explanation_says_that_freshness_was_not_checked_and_names_no_date(model: BarrierModel) -> None:
    found = model.explain_row({"extract__active": False}, as_of=AS_OF)
    text = found.explain("en", width=200, full=True)

    assert "Whether this evidence still counts was not checked, for the row has no date of it: extract." in text
    assert "‘row:extract’, from the row" in text
    assert "handed in" not in text
    assert "from the dossier" not in text
    assert json.loads(found.to_json())["row"] == {"given": [], "freshness_not_checked": ["extract"]}
    assert [e.date for e in found.evaluation.dossier.evidence] == [None]


@pytest.mark.parametrize(
    ("dates", "status", "unknown"),
    [
        ({"issued_on": date(2025, 6, 1)}, Status.HIT, None),
        ({"issued_on": AS_OF, "valid_until": AS_OF}, Status.HIT, None),
        ({"issued_on": date(2024, 12, 30)}, Status.HIT, None),
        ({"issued_on": date(2024, 12, 29)}, Status.OPEN, "expired"),
        ({"issued_on": date(2025, 6, 1), "valid_until": date(2025, 6, 29)}, Status.OPEN, "expired"),
        ({"issued_on": date(2025, 7, 1)}, Status.OPEN, "not_yet_issued"),
        ({"issued_on": None}, Status.OPEN, "undated"),
        ({"valid_until": date(2025, 6, 29)}, Status.OPEN, "expired"),
        ({"valid_until": None}, Status.HIT, None),
        ({}, Status.HIT, None),
    ],
)  # fmt: skip
def test_evidence_counts_on_the_dates_of_the_row(
    model: BarrierModel, dates: dict[str, Any], status: Status, unknown: str | None
) -> None:
    row = {"extract__active": False, **{f"extract__{name}": day for name, day in dates.items()}}
    found = model.explain_row(row, as_of=AS_OF)
    (fact,) = found.rule("pool.register.active").facts

    assert found.rule("pool.register.active").status is status
    assert (fact.why and fact.why.reason.value) == unknown
    assert ("freshness" if not dates else "") in " ".join(found.to_dict()["row"])


def test_a_key_that_the_row_does_not_tell_makes_nothing_unknown(model: BarrierModel) -> None:
    row = {"accounts__profit": 5, "accounts__turnover": 10, "accounts__issued_on": date(2025, 6, 1)}

    assert statuses(model, row)["pool.money.high_profit"] is Status.HIT


def test_a_derived_fact_is_told_as_given(model: BarrierModel) -> None:
    found = model.explain_row({"derived__pool_money__losses": 2}, as_of=AS_OF)
    (fact,) = found.rule("pool.money.two_losses").facts
    text = found.explain("nl", width=200, full=True)

    assert (fact.value, fact.inputs, fact.evidence) == (2, (), ())
    assert "losses: 2 (uit de rij)" in text
    assert "In de tabel gegeven, niet berekend: losses." in text
    assert "inputs" not in found.to_dict()["stages"][0]["barriers"][0]["rules"][1]["facts"][0]


def test_a_derived_fact_that_is_missing_or_null_is_unknown(model: BarrierModel) -> None:
    for row in ({}, {"derived__pool_money__losses": None}):
        assert statuses(model, row)["pool.money.two_losses"] is Status.OPEN


def test_what_the_row_says_of_provider_and_award_is_told(model: BarrierModel) -> None:
    row = {"provider__name": "Verzinsel", "award__title": "Begeleiding", "award__value": Decimal("12.50")}
    text = model.explain_row(row, as_of=AS_OF).explain("en", full=True)

    assert text.startswith("Verzinsel\nAward: Begeleiding · €12.50")


# Values -----------------------------------------------------------------------------------------------


def cells() -> list[tuple[str, Any, Any]]:
    """A column, a cell as an engine may give it, and the fact that it is."""
    np, pd, pa = (pytest.importorskip(name) for name in ("numpy", "pandas", "pyarrow"))
    day = date(2020, 2, 29)
    return [
        ("count", np.int64(3), 3), ("count", 3.0, 3), ("count", pa.scalar(3), 3), ("count", Decimal(3), 3),
        ("share", np.float32(0.5), 0.5), ("share", 1, 1.0), ("share", Decimal("0.5"), 0.5), ("share", math.inf, None),
        ("amount", 12.5, pool.Money(cents=1250)), ("amount", Decimal("12.50"), pool.Money(cents=1250)),
        ("amount", 4.35, pool.Money(cents=435)), ("amount", pa.scalar(Decimal("-1.10")), pool.Money(cents=-110)),
        ("day", day, day), ("day", datetime(2020, 2, 29), day), ("day", pd.Timestamp(day), day),  # noqa: DTZ001
        ("day", np.datetime64("2020-02-29", "ns"), day), ("day", pa.scalar(day), day), ("day", pd.NaT, None),
        ("day", np.datetime64("NaT"), None), ("flag", np.bool_(True), True), ("flag", pd.NA, None),
        ("flag", math.nan, None), ("flag", pa.scalar(None), None), ("words", np.str_("a"), "a"), ("words", " ", None),
        ("size", "large", region.Size.LARGE), ("size", region.Size.LARGE, region.Size.LARGE), ("size", "\t", None),
    ]  # fmt: skip


def test_cells_of_every_engine_are_taken(model: BarrierModel) -> None:
    for name, cell, value in cells():
        item = model.explain_row({f"answers__{name}": cell}, as_of=AS_OF).evaluation.selection["answers"]

        assert getattr(item.facts, name) == (pool.UNKNOWN if value is None else value), (name, cell)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("answers__size", "huge"), ("award__value", -1), ("accounts__profit", 1.005), ("accounts__profit", 10**14),
        ("answers__count", 10**15), ("answers__share", 10**400),
    ],
)  # fmt: skip
def test_a_value_that_is_none_of_its_fact_is_told_and_unknown(model: BarrierModel, column: str, cell: Any) -> None:
    found = model.explain_row({column: cell, "award__starts_on": AS_OF}, as_of=AS_OF)

    assert {error.message for error in found.errors} == {
        f"{column} holds no value of this fact: it is taken as unknown"
    }
    assert found.advice.at_least is Level.GREEN
    assert f"{column} holds no value" in found.explain("en", width=200, full=True)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"extract__activ": True}, "row: extract__activ: no fact is called so; did you mean 'extract__active'?"),
        ({"extract__active": "ja"}, "row: extract__active: expected true or false; got 'ja'"),
        ({"answers__day": "2020-01-01"}, "answers__day: expected a date (YYYY-MM-DD); got '2020-01-01'"),
        ({"answers__day": datetime(2020, 1, 1, 12)}, "answers__day: expected a date"),  # noqa: DTZ001
        ({"answers__count": 1.5}, "answers__count: expected a whole number; got '1.5'"),
        ({"answers__count": True}, "answers__count: expected a whole number; got 'True'"),
        ({"extract__issued_on": 1}, "extract__issued_on: expected a date"),
        ({"as_of": None}, "row: as_of: give the argument as_of, or a column as_of with the date of the row"),
        ({"as_of": "morgen"}, "row: as_of: expected a date (YYYY-MM-DD); got 'morgen'"),
        ({"extract__activ": 1, "answers__size": 1}, "row: 2 errors"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_an_error(model: BarrierModel, row: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as error:
        model.explain_row({"as_of": AS_OF, **row})

    assert message in str(error.value)


def test_other_columns_and_what_was_added_are_left_alone(model: BarrierModel) -> None:
    row = {"naam": "x", "advice__at_least": "red", "rule__pool_x": True, "accounts__year": "x", "k__extract": 1}

    assert statuses(model, row) == statuses(model, {})


def test_a_row_is_refused_where_a_table_is() -> None:
    dated = BarrierModel(region.profile(region.stage("s", "pool.plain"), valid_from=AS_OF), region.registry(pool.plain))
    counting = region.model(pool.plain, stages=[region.stage("s", "pool.plain", by="count")])

    with pytest.raises(InputError, match="it is valid from 2025-06-30"):
        dated.explain_row({}, as_of=date(2025, 6, 29))
    with pytest.raises(InputError, match="would make an open house a tender"):
        counting.explain_row({"award__procedure": "open_house"}, as_of=AS_OF)


# The command ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables of three providers in every format, as ``barriermodel batch`` writes them."""
    pl = pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    folder = tmp_path_factory.mktemp("tables")
    rows = [
        {"kvk": "01234567", "place": "Almelo", "name": 'A; "x"', "kvk_extract__active": False},
        {"kvk": "12345678", "place": "Borne", "name": "Twee\nregels", "kvk_extract__active": True},
        {"kvk": "12345678", "place": "Goor", "name": None, "kvk_extract__active": None},
    ]
    given = {"kvk_extract__end_date_stated": True, "kvk_extract__ended_on": date(2025, 12, 31)}
    pl.DataFrame([{**row, **given} for row in rows]).write_parquet(folder / "in.parquet")
    for suffix in ("parquet", "csv", "jsonl"):
        command = [
            "batch",
            folder / "in.parquet",
            folder / f"out.{suffix}",
            "-p",
            "portfolio-scan",
            "--as-of",
            "2026-01-15",
        ]
        assert run([str(part) for part in command]) == 0
    return folder


def explained(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """The exit status, and what is printed on standard output and on standard error."""
    capsys.readouterr()
    status = run(["explain", *(str(argument) for argument in arguments)])
    return status, *capsys.readouterr()


@pytest.mark.parametrize("suffix", ["parquet", "csv", "jsonl"])
def test_the_command_explains_a_row_of_each_format(folder: Path, capsys: Any, suffix: str) -> None:
    status, out, err = explained(capsys, folder / f"out.{suffix}", "--id", "kvk=01234567", "--lang", "en")

    assert (status, err) == (0, "")
    assert "ADVICE  ■ RED" in out
    assert "Reference date 15 January 2026" in out
    assert "Whether this evidence still counts was not checked" in out


def test_several_ids_go_together_and_all_formats_are_printed(folder: Path, capsys: Any) -> None:
    table = folder / "out.parquet"
    ids = ["--id", "kvk=12345678", "--id", "place=Borne"]

    assert explained(capsys, table, *ids, "--format", "markdown")[1].startswith("# ")
    page = explained(capsys, table, *ids, "--format", "html", "--lang", "en")[1]
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert "Whether this evidence still counts was not checked" in page
    status, out, _ = explained(capsys, table, *ids, "--format", "json")
    assert status == 0
    assert json.loads(out)["row"]["freshness_not_checked"] == ["kvk_extract"]
    status, out, err = explained(capsys, table, *ids, "--as-of", "2025-06-01", "--lang", "en")
    assert "Reference date 1 June 2025" in out
    assert (status, err) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--id", "kvk=0"], "out.csv: no row has kvk '0'"),
        (["--id", "kvk=12345678"], "2 rows have kvk '12345678'; add one of --id place=Borne, --id place=Goor"),
        (["--id", "kvk_number=1"], "out.csv: there is no column 'kvk_number'; it has kvk, place, name, "),
        (["--id", "plaice=1"], "there is no column 'plaice'; did you mean 'place'?"),
        (["--id", "kvk"], "'kvk' names no column; write it as kvk=01234567."),
        ([], "Missing option '--id'"),
        (["--id", "kvk=01234567", "--profile", "twente"], "did you mean 'twente-2019'"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(folder: Path, capsys: Any, arguments: list[str], message: str) -> None:
    status, out, err = explained(capsys, folder / "out.csv", *arguments)

    assert (status, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


def test_the_columns_to_choose_from_are_those_of_the_user(folder: Path, capsys: Any) -> None:
    _, _, err = explained(capsys, folder / "out.csv", "--id", "kvk_number=1")

    assert "map__unread" in (folder / "out.csv").read_text(encoding="utf-8")
    assert not re.search("advice__|stage__|rule__|map__", err)


def test_what_the_table_says_of_a_row_that_could_not_be_read_is_told(folder: Path, tmp_path: Path, capsys: Any) -> None:
    """Of a word that is no yes and no no, the row holds nothing: that would be told as not stated."""
    pl = pytest.importorskip("polars")
    error = "kvk_extract__active: expected true or false; found 'misschien'; gva__number: expected text; found 'GEHEIM'"
    frame = pl.read_parquet(folder / "out.parquet").with_columns(advice__error=pl.lit(error))
    frame.write_parquet(tmp_path / "told.parquet")

    status, out, err = explained(capsys, tmp_path / "told.parquet", "--id", "kvk=01234567")

    assert status == 0
    assert "the table says of this row: kvk_extract__active: expected true or false; found 'misschien'\n" in err
    assert "the table says of this row: gva__number: the value cannot be read; it is confidential\n" in err
    assert "GEHEIM" not in out + err


def test_a_number_that_lost_its_zeros_is_found_and_told(folder: Path, tmp_path: Path, capsys: Any) -> None:
    table = tmp_path / "saved.csv"
    table.write_bytes((folder / "out.csv").read_bytes().replace(b"01234567", b"1234567"))

    status, out, err = explained(capsys, table, "--id", "kvk=01234567", "--lang", "en")
    assert (status, "ADVICE  ■ RED" in out) == (0, True)
    assert "the table has kvk '1234567', and not '01234567': a spreadsheet takes away zeros at the beginning" in err
    assert "no row has kvk '0'" in explained(capsys, table, "--id", "kvk=0")[2]
    assert "no row has kvk '001234'" in explained(capsys, table, "--id", "kvk=001234")[2]


def test_a_number_with_its_zeros_goes_before_one_without(folder: Path, tmp_path: Path, capsys: Any) -> None:
    table = tmp_path / "both.csv"
    head, first, *others = (folder / "out.csv").read_bytes().splitlines(keepends=True)
    table.write_bytes(b"".join([head, first.replace(b"01234567", b"1234567"), first, *others]))

    status, _, err = explained(capsys, table, "--id", "kvk=01234567")
    assert (status, err) == (0, "")
    assert "2 rows have kvk '0001234567'" in explained(capsys, table, "--id", "kvk=0001234567")[2]


def test_a_table_that_batch_did_not_write_needs_a_profile_and_a_date(folder: Path, capsys: Any) -> None:
    table = folder / "in.parquet"
    ids = ["--id", "kvk=01234567"]
    profile = ["--profile", "portfolio-scan"]

    assert "it does not say which profile it was made with" in explained(capsys, table, *ids)[2]
    assert "give a date with --as-of" in explained(capsys, table, *ids, *profile)[2]
    assert explained(capsys, table, *ids, *profile, "--as-of", "2026-01-15")[0] == 0
    assert "there is no such file" in explained(capsys, folder / "not.parquet", *ids)[2]


def test_a_profile_that_has_changed_is_told(folder: Path, capsys: Any) -> None:
    pl = pytest.importorskip("polars")
    frame = pl.read_parquet(folder / "out.parquet")
    then = frame.with_columns(advice__profile_digest=pl.lit("0" * 64), advice__at_least=pl.lit("green"))
    then.write_parquet(folder / "then.parquet")
    status, out, err = explained(capsys, folder / "then.parquet", "--id", "kvk=01234567")

    assert status == 0
    assert out
    assert "barriermodel: the profile has changed since this table was made" in err
    assert "the table says at least green, at most red; now it is at least red, at most red" in err


def test_the_examples_of_the_page_on_tables_run(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("polars")
    page = Path(__file__).parent.parent / "docs" / "tables.md"
    first, second, third = blocks(page, "python")
    names: dict[str, Any] = {}
    with pytest.warns(UserWarning, match="no such column"):
        exec(compile(first, "tables.md", "exec"), names)
    capsys.readouterr()
    exec(compile(second, "tables.md", "exec"), names)
    explained = capsys.readouterr().out
    with pytest.warns(UserWarning, match="no such column"):
        exec(compile(third, "tables.md", "exec"), names)

    assert explained.strip() == blocks(page, "")[1].strip()
    assert capsys.readouterr().out == blocks(page, "")[2]


def test_a_row_may_say_whom_it_is_about() -> None:
    model = BarrierModel.load("portfolio-scan")
    row = {"as_of": date(2026, 1, 15), "kvk_extract__active": True, "provider__name": "Zorgboerderij Nergens"}

    assert model.explain_row(row).explain("nl", full=True).startswith("Zorgboerderij Nergens")
    assert "Zorgboerderij" not in model.explain_row(row | {"provider__name": None}).explain("nl", full=True)


def test_evidence_of_a_row_without_its_date_counts_and_is_not_told_to_be_left_out() -> None:
    model = BarrierModel.load("portfolio-scan")
    row = {"as_of": date(2026, 1, 15), "kvk_extract__active": True}
    dated = {"kvk_extract__issued_on": None}

    assert "does not count" not in " ".join(model.explain_row(row).explain("en", full=True).split())
    assert "does not count until its date is known" in " ".join(
        model.explain_row(row | dated).explain("en", full=True).split()
    )
