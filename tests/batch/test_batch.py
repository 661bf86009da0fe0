"""What batch writes is what assess_frame finds, in every format; what it counts is true; nothing else is touched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import screening
from hypothesis import given
from hypothesis import strategies as st

import region
import tables
from barriermodel import BarrierModel, BarrierModelError, InputError, Level, Status
from barriermodel.batch import run as running
from barriermodel.batch.summary_data import summary_data
from barriermodel.batch.summary_text import summary_text
from barriermodel.plugin import Fact
from examples import by_turns, costly

AS_OF = tables.AS_OF


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> BarrierModel:
    return screening.make_model(tmp_path_factory.mktemp("screening"))


@pytest.fixture(scope="module")
def portfolio(model: BarrierModel) -> pl.DataFrame:
    return tables.table_of(model, screening.make_dossiers(60)).drop("as_of")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# Rows -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "output"),
    by_turns([*product(tables.SUFFIXES, repeat=2)], by_day=[(one, one) for one in tables.SUFFIXES]),
)
def test_every_format_has_the_rows_of_assess_frame_in_their_order(
    model: BarrierModel, portfolio: pl.DataFrame, tmp_path: Path, source: str, output: str
) -> None:
    given = tables.write(portfolio, tmp_path / f"in.{source}")

    summary = tables.batch(model, given, tmp_path / f"out.{output}", details=True)

    wanted = model.assess_frame(portfolio, as_of=AS_OF, details=True)
    digest = {"advice__profile": "screening", "advice__profile_digest": model.resolved.digest}
    wanted = wanted.with_columns(as_of=pl.lit(AS_OF), **{name: pl.lit(value) for name, value in digest.items()})
    rows = tables.read(tmp_path / f"out.{output}")
    assert rows == [{name: tables._text(row[name]) for name in rows[0]} for row in wanted.to_dicts()]
    assert {*rows[0]} == {*wanted.columns}
    assert (summary.rows, summary.rejected, summary.rows_with_errors) == (60, 0, 0)
    assert names(tmp_path) == {given.name, f"out.{output}"}


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), min_size=1, max_size=8)
ROWS = st.fixed_dictionaries(
    {
        "k": WORDS,
        "register__sbi_code": st.none() | WORDS | st.sampled_from(["0123", "8610", "x;y,z", '"', "a\nb", "true"]),
        "register__registered_on": st.none() | st.dates(date(1000, 1, 1)),
        "sanctions__hit": st.none() | st.booleans(),
        "people__staff": st.none() | st.integers(-(10**16), 10**16),
        "accounts__related_share": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "accounts__profit": st.none() | st.integers(-(10**9), 10**9).map(lambda cents: cents / 100),
        "inspection__grade": st.none() | st.sampled_from(["good", "critical", "slecht"]),
    }
)
TYPES: dict[str, Any] = {
    "k": pl.String, "register__sbi_code": pl.String, "register__registered_on": pl.Date, "sanctions__hit": pl.Boolean,
    "people__staff": pl.Int64, "accounts__related_share": pl.Float64, "accounts__profit": pl.Float64,
    "inspection__grade": pl.String,
}  # fmt: skip


@costly
@given(st.lists(ROWS, min_size=1, max_size=5))
def test_a_table_says_the_same_in_every_format(
    model: BarrierModel, tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("formats")
    frame = pl.DataFrame(rows, schema=TYPES)
    found = []
    for suffix in tables.SUFFIXES:
        tables.batch(model, tables.write(frame, folder / f"in.{suffix}"), folder / f"{suffix}.parquet")
        found.append(pl.read_parquet(folder / f"{suffix}.parquet"))

    assert found[0].select(TYPES.keys()).equals(frame)
    results = [name for name in found[0].columns if name not in TYPES]
    for other in found[1:]:
        assert other.select(results).equals(found[0].select(results))
        assert other["k"].to_list() == frame["k"].to_list()


def test_many_parts_are_one_table(
    model: BarrierModel, portfolio: pl.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH_ROWS", 25)
    for suffix in tables.SUFFIXES:
        tables.batch(model, tables.write(portfolio, tmp_path / f"in.{suffix}"), tmp_path / f"out.{suffix}")
        assert [row["k"] for row in tables.read(tmp_path / f"out.{suffix}")] == portfolio["k"].to_list()


def test_a_table_without_rows_gives_one_with_all_columns(
    model: BarrierModel, portfolio: pl.DataFrame, tmp_path: Path
) -> None:
    for source in ("parquet", "csv"):
        given = tables.write(portfolio.clear(), tmp_path / f"in.{source}")
        for output in tables.SUFFIXES:
            assert tables.batch(model, given, tmp_path / f"out.{output}").rows == 0
        assert "advice__at_most" in pl.read_parquet(tmp_path / "out.parquet").columns
        assert "advice__at_most" in (tmp_path / "out.csv").read_text(encoding="utf-8")


def test_columns_of_other_types_pass_through(model: BarrierModel, tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {"sanctions__hit": [True], "l": [[1, 2]], "s": [{"a": 1}], "c": ["x"], "d": ["1.20"], "n": [None]}
    ).with_columns(pl.col("c").cast(pl.Categorical), pl.col("d").cast(pl.Decimal(10, 2)))
    given = tables.write(frame, tmp_path / "in.parquet")

    tables.batch(model, given, tmp_path / "out.parquet")
    tables.batch(model, given, tmp_path / "out.jsonl")

    assert pl.read_parquet(tmp_path / "out.parquet").select(frame.columns).equals(frame)
    assert (
        (tmp_path / "out.jsonl")
        .read_text(encoding="utf-8")
        .startswith('{"sanctions__hit":true,"l":[1,2],"s":{"a":1},"c":"x","d":1.2,"n":null,')
    )
    with pytest.raises(InputError, match=r"l: a column of List\(Int64\) cannot be written as csv"):
        tables.batch(model, given, tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


def test_csv_keeps_its_separator(model: BarrierModel, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("k;sanctions__hit\n01;true\n")

    tables.batch(model, tmp_path / "in.csv", tmp_path / "out.csv")

    assert (tmp_path / "out.csv").read_text().startswith("k;sanctions__hit;map__unread;as_of;")


def test_a_value_that_is_none_of_its_fact_is_counted_as_an_error(model: BarrierModel, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("inspection__grade,accounts__profit\nslecht,1\ngood,1.0055\ngood,1\n")

    summary = tables.batch(model, tmp_path / "in.csv", tmp_path / "out.csv")

    assert (summary.rows, summary.rows_with_errors, summary.rejected) == (3, 2, 0)


# What is counted --------------------------------------------------------------------------------------


def test_the_summary_counts_what_assess_finds(model: BarrierModel, tmp_path: Path) -> None:
    dossiers = screening.make_dossiers(150)
    frame = tables.table_of(model, dossiers)

    summary = tables.batch(model, tables.write(frame, tmp_path / "in.parquet"), tmp_path / "out.parquet", as_of=None)

    found = [model.assess(dossier) for dossier in dossiers]
    assert summary.advice == Counter((a.advice.at_least, a.advice.at_most) for a in found)
    for stage, counts in summary.stages.items():
        ends = [s.interval for a in found for s in a.stages if s.id == stage and s.interval is not None]
        assert counts == Counter((i.at_least, i.at_most) for i in ends)
    rules = [rule for assessment in found for rule in assessment.rules]
    assert +summary.hits == Counter(rule.id for rule in rules if rule.status is Status.HIT)
    assert +summary.open == Counter(rule.id for rule in rules if rule.status is Status.OPEN)
    lacking: Counter[str] = Counter()
    for assessment in found:
        opened = [rule for rule in assessment.rules if rule.status is Status.OPEN]
        lacking.update({f.ref.source for rule in opened for f in rule.facts if f.why is not None})
    assert +summary.missing_evidence == lacking
    assert (summary.missing_columns, summary.unchecked) == ([], ())
    assert summary.reaches(Level.EXCLUDE) == any(a.advice.at_most is Level.EXCLUDE for a in found)


def test_the_summary_is_told_in_two_languages_and_as_json(
    model: BarrierModel, portfolio: pl.DataFrame, tmp_path: Path
) -> None:
    given = tables.write(portfolio.drop("sanctions__hit"), tmp_path / "in.csv")
    job = running.BatchJob(source=given, output=tmp_path / "out.csv", profile="screening", as_of=AS_OF)
    summary = running.run(model, job)

    dutch, english = (summary_text(summary, model.resolved, job, lang, full=True) for lang in ("nl", "en"))
    data = summary_data(summary, model.resolved, job)

    assert dutch.startswith(
        "60 aanbieders beoordeeld\nPeildatum 1 juni 2025 · meting (reconstructie, niet van de regio)\n"
    )
    assert "\n\nAdvies " in dutch
    assert "\nDeze kolommen zijn er niet en gelden in elke rij als onbekend: sanctions__hit.\n" in dutch
    assert english.startswith(
        "60 providers assessed\nAs of 1 June 2025 · benchmark (reconstruction, not by the region)\n"
    )
    assert "\nThis is advice. A person decides.\n\nAdvice " in english
    assert sum(data["advice"]["certain"].values()) + sum(data["advice"]["can_become"].values()) == 60
    assert data["missing_columns"] == ["sanctions__hit"]
    assert {"kind": "sanctions", "rows": 60} in data["open_evidence"] or data["stages"][0]["certain"]["exclude"]


# Confidential evidence --------------------------------------------------------------------------------


def complete(team: region.Team) -> Fact[bool]:
    return team.complete


@pytest.fixture
def secret() -> BarrierModel:
    made = region.barrier("a.team")
    made.signal(level=Level.RED)(complete)
    return region.model(made)


def test_confidential_columns_are_left_out_unless_asked_for(secret: BarrierModel, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("k,volledig\na,ja\nb,misschien\nc\n")
    (tmp_path / "map.toml").write_text('[columns.team__complete]\nfrom = "volledig"\ntrue = ["ja"]\nfalse = ["nee"]\n')
    options: dict[str, Any] = {"mapping": tmp_path / "map.toml"}

    summary = tables.batch(secret, tmp_path / "in.csv", tmp_path / "out.csv", **options)

    row, bad = tables.read(tmp_path / "out.csv")
    assert list(summary.withheld) == ["team__complete", "volledig"]
    assert not {*summary.withheld} & {*row}
    assert row["rule__a_team_complete"] == "true"
    rejects = (tmp_path / "out.csv.rejects.jsonl").read_text(encoding="utf-8")
    assert (
        rejects == '{"line": 4, "reason": "expected 2 fields, as the line with the names has; found 1", "row": null}\n'
    )
    assert (bad["rule__a_team_complete"], bad["advice__error"]) == (
        None,
        "team__complete: the value cannot be read; it is confidential",
    )

    summary = tables.batch(secret, tmp_path / "in.csv", tmp_path / "out.csv", confidential=True, **options)

    row, bad = tables.read(tmp_path / "out.csv")
    assert (list(summary.withheld), row["team__complete"], row["volledig"]) == ([], "true", "ja")
    assert "misschien" in str(bad["advice__error"])


# Files ------------------------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text("k,sanctions__hit\na,true\nb,false\n")
    return path


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_an_output_can_be_assessed_again_and_says_the_same(model: BarrierModel, tmp_path: Path, suffix: str) -> None:
    """Next month, with the results of this month at hand: what was added is left out, and text is as it was."""
    small = tmp_path / "in.csv"
    small.write_text("k,sanctions__hit\n=a,true\n'b,false\n-c,\n")
    first, second = tmp_path / f"out{suffix}", tmp_path / "again.csv"
    tables.batch(model, small, first)
    summary = tables.batch(model, first, second)
    tables.batch(model, small, tmp_path / "once.csv")

    assert summary.reassessed
    assert second.read_text(encoding="utf-8") == (tmp_path / "once.csv").read_text(encoding="utf-8")
    assert [line.split(",")[0] for line in second.read_text(encoding="utf-8").splitlines()] == [
        "k",
        "'=a",
        "''b",
        "'-c",
    ]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_an_output_is_assessed_again_with_its_map_from_the_own_columns(
    model: BarrierModel, tmp_path: Path, suffix: str
) -> None:
    """What somebody changed in a column of their own counts, and not what was made of it last month."""
    small, first = tmp_path / "in.csv", tmp_path / f"out{suffix}"
    small.write_text("k,gevonden\na,nee\nb,ja\n")
    (tmp_path / "map.toml").write_text('[columns.sanctions__hit]\nfrom = "gevonden"\ntrue = ["ja"]\nfalse = ["nee"]\n')
    tables.batch(model, small, first, mapping=tmp_path / "map.toml")
    before = pl.DataFrame(tables.read(first))
    tables.write(before.with_columns(gevonden=pl.lit("ja")), tmp_path / "changed.csv")

    tables.batch(model, tmp_path / "changed.csv", tmp_path / "again.csv", mapping=tmp_path / "map.toml")

    assert before["sanctions__hit"].to_list() == ["false", "true"]
    assert [row["sanctions__hit"] for row in tables.read(tmp_path / "again.csv")] == ["true", "true"]


def test_a_table_with_columns_of_an_assessment_that_is_no_output_is_refused(
    model: BarrierModel, tmp_path: Path
) -> None:
    path = tmp_path / "in.csv"
    path.write_text("k,sanctions__hit,advice__at_least\na,true,red\n")

    with pytest.raises(InputError, match=r"it has columns that an assessment adds \(advice__at_least\), and it is no"):
        tables.batch(model, path, tmp_path / "again.csv")


def test_a_table_without_dates_needs_one(model: BarrierModel, small: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="give a date with --as-of, or a column as_of"):
        tables.batch(model, small, tmp_path / "out.csv", as_of=None)


def test_a_column_that_does_not_fit_is_told_with_the_name_of_the_file(model: BarrierModel, tmp_path: Path) -> None:
    given = tables.write(pl.DataFrame({"sanctions__hit": [1], "sanctions__hits": [1]}), tmp_path / "in.parquet")

    with pytest.raises(InputError, match=r"in\.parquet: 2 errors\n"):
        tables.batch(model, given, tmp_path / "out.csv")


def test_the_output_is_never_the_input_the_map_or_a_folder(model: BarrierModel, small: Path, tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(small)
    os.link(small, tmp_path / "hard.csv")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "map.csv").write_text("")
    before = small.read_bytes()

    for output, message in {
        "in.csv": "this is the input itself", "link.csv": "this is the input itself", "hard.csv": "the input itself",
        "folder.csv": "is no ordinary file", "out.xls": "the output is written as its name ends", "out": "got ''",
        "nergens/out.csv": "there is no such folder", "map.csv": "this is the map itself",
    }.items():  # fmt: skip
        with pytest.raises(InputError, match=message):
            tables.batch(model, small, tmp_path / output, mapping=tmp_path / "map.csv")
    for rejects in ("in.csv", "out.csv", "folder.csv"):
        with pytest.raises(InputError):
            tables.batch(model, small, tmp_path / "out.csv", rejects=tmp_path / rejects)
    assert small.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_neither_read_nor_written(model: BarrierModel, small: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")

    with pytest.raises(InputError, match="is no ordinary file"):
        tables.batch(model, small, tmp_path / "pipe.csv")
    with pytest.raises(InputError, match="it is no file or folder"):
        tables.batch(model, tmp_path / "pipe.csv", tmp_path / "out.csv")


def test_rejects_of_an_earlier_run_are_removed_and_another_file_is_not(
    model: BarrierModel, small: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad.csv").write_text("k,sanctions__hit\na\n")
    rejects = tmp_path / "out.csv.rejects.jsonl"
    assert tables.batch(model, tmp_path / "bad.csv", tmp_path / "out.csv").rejected == 1
    assert rejects.read_text(encoding="utf-8").startswith('{"line": 2, "reason": "expected 2 fields')

    assert tables.batch(model, small, tmp_path / "out.csv").rejected == 0
    assert not rejects.exists()

    rejects.write_text("belangrijk")
    with pytest.raises(InputError, match="holds something else; it is not replaced"):
        tables.batch(model, small, tmp_path / "out.csv")
    assert rejects.read_text() == "belangrijk"


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device"), ValueError])
def test_a_run_that_ends_early_leaves_nothing_behind(
    model: BarrierModel, small: Path, tmp_path: Path, error: Any
) -> None:
    (tmp_path / "out.csv").write_text("wat er was")
    before = names(tmp_path)

    def breaks(frames: Any, _: Any) -> Any:
        yield next(frames)
        raise error

    job = running.BatchJob(source=small, output=tmp_path / "out.csv", profile="screening", as_of=AS_OF)
    wanted = BarrierModelError if isinstance(error, OSError) else error
    with pytest.raises(wanted):
        running.run(model, job, breaks)

    assert names(tmp_path) == before
    assert (tmp_path / "out.csv").read_text() == "wat er was"


IN_SMALL_PARTS = """
from barriermodel.batch import csv_files, run
from barriermodel.cli import main
csv_files.CHUNK_ROWS = run.BATCH_ROWS = 1_000
main()
"""


def test_an_interrupt_of_the_command_leaves_nothing_behind(model: BarrierModel, tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("k,kvk_extract__active\n" + "x,true\n" * 400_000)
    arguments = [str(source), str(tmp_path / "out.jsonl"), "-p", "portfolio-scan", "--as-of", "2026-01-15"]
    command = [sys.executable, "-c", IN_SMALL_PARTS, "batch", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        end = time.monotonic() + 60
        while time.monotonic() < end and not any(p.stat().st_size for p in tmp_path.glob(".out.jsonl.*")):
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)

    assert process.returncode == 130, err
    assert (out, b"Traceback" in err) == (b"", False)
    assert names(tmp_path) == {"in.csv"}


def test_a_file_that_breaks_off_is_told_and_nothing_is_written(
    model: BarrierModel, portfolio: pl.DataFrame, tmp_path: Path
) -> None:
    given = tables.write(portfolio, tmp_path / "in.parquet")
    raw = given.read_bytes()
    given.write_bytes(raw[:100] + b"\x00" * 2_000 + raw[2_100:])

    with pytest.raises(InputError, match=r"in\.parquet: "):
        tables.batch(model, given, tmp_path / "out.parquet")

    assert names(tmp_path) == {"in.parquet"}
