"""What a list or its map says is not there: told as the reason, and no more than a blank cell for the advice."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_mapping import a_map
from test_stated import batch

import region
from barriermodel import BarrierModel, InputError, Level, TableWarning, load_assessment
from barriermodel.batch import open_table
from barriermodel.batch import run as running
from barriermodel.batch.mapping import read_map
from barriermodel.batch.summary_data import summary_data
from barriermodel.batch.summary_text import summary_text
from barriermodel.cli.commands import run
from barriermodel.plugin import Fact
from examples import by_turns

UNTIL = "derived__nl_quality_certificate__certificate_until"
ABSENT = "quality_certificate__absent"
GEEN = f'[columns.{UNTIL}]\nfrom = "geldig tot"\nabsent = ["Geen", "n.v.t."]\n'
LIST = "naam;geldig tot\na; geen \nb;31-12-2027\nc;\nd;N.V.T.\n"
DAY = date(2026, 1, 15)


@pytest.fixture(scope="module")
def model() -> BarrierModel:
    return BarrierModel.load("portfolio-scan")


def explained(folder: Path, name: str, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[str, str]:
    """What explain tells of a row of the output, and what it warns of."""
    capsys.readouterr()
    assert run(["explain", str(folder / "out.jsonl"), "--id", f"naam={name}", *more]) == 0
    told = capsys.readouterr()
    return " ".join(told.out.split()), told.err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("in.csv", LIST),
        ("in.jsonl", "".join(json.dumps({"naam": n, "geldig tot": u}) + "\n"
                             for n, u in [("a", "geen"), ("b", "2027-12-31"), ("c", None), ("d", "n.v.t.")])),
    ],
)  # fmt: skip
def test_a_word_of_the_map_says_that_there_is_none(tmp_path: Path, name: str, content: str) -> None:
    rows = batch(tmp_path, content, GEEN, name)

    assert [(row["naam"], row[ABSENT], row[UNTIL], row["advice__error"]) for row in rows] == [
        ("a", True, None, None), ("b", None, "2027-12-31", None), ("c", None, None, None), ("d", True, None, None)
    ]  # fmt: skip


def test_text_in_parquet_says_it_too(model: BarrierModel, tmp_path: Path) -> None:
    pl.DataFrame({"geldig tot": ["geen", None, "2027-12-31"]}).write_parquet(tmp_path / "in.parquet")

    frame = open_table(tmp_path / "in.parquet", model, a_map(tmp_path, GEEN)).collect()
    assert frame[ABSENT].to_list() == [True, None, None]
    assert frame[UNTIL].to_list() == [None, None, date(2027, 12, 31)]


def test_a_word_for_unknown_can_mean_absent_in_one_column(tmp_path: Path) -> None:
    more = '[columns.annual_accounts__profit]\nfrom = "winst"\n'
    rows = batch(tmp_path, "naam;geldig tot;winst\na;n.v.t.;n.v.t.\n", 'unknown = ["n.v.t."]\n' + GEEN + more)

    assert (rows[0][ABSENT], "annual_accounts__absent" in rows[0]) == (True, False)


def test_either_of_two_columns_of_a_kind_says_it(tmp_path: Path) -> None:
    more = '[columns.quality_certificate__standard]\nfrom = "norm"\nabsent = ["-"]\n'
    rows = batch(tmp_path, "naam;norm;geldig tot\na;-;\nb;;geen\nc;-;geen\nd;;\n", GEEN + more)

    assert [row[ABSENT] for row in rows] == [True, True, True, None]


def test_a_constant_says_it_of_all_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = '[columns.annual_accounts__profit]\nfrom = "winst"\n'
    rows = batch(tmp_path, "naam;winst\na;1\n", f"[constants]\n{ABSENT} = true\n{more}")

    assert (rows[0][ABSENT], rows[0]["map__constants"]) == (True, ABSENT)
    told, _ = explained(tmp_path, "a", capsys, "--lang", "en", "--full")
    assert "last day of the certificate: the map says that there is no such evidence" in told
    assert "the same for all rows: that there is none: Quality certificate [quality_certificate__absent]." in told


def test_a_column_of_yes_and_no_says_it(tmp_path: Path) -> None:
    mapping = f'[columns.{ABSENT}]\nfrom = "certificaat"\ntrue = ["nee"]\nfalse = ["ja"]\n'

    assert [row[ABSENT] for row in batch(tmp_path, "naam;certificaat\na;nee\nb;ja\nc;\n", mapping)] == [
        True, False, None
    ]  # fmt: skip


# Told, in an explanation and its JSON -----------------------------------------------------------------


def test_an_explanation_gives_it_as_the_reason_and_still_asks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch(tmp_path, LIST, GEEN)

    dutch, _ = explained(tmp_path, "a", capsys, "--full")
    assert "laatste dag van het certificaat: volgens de lijst is dit bewijs er niet" in dutch
    assert "of bewijs dat daaraan gelijkwaardig is? (nu: volgens de lijst is dit bewijs er niet; nodig voor:" in dutch
    english, _ = explained(tmp_path, "a", capsys, "--lang", "en", "--full")
    assert "last day of the certificate: the list says that there is no such evidence" in english
    blank, _ = explained(tmp_path, "c", capsys, "--lang", "en", "--full")
    assert "last day of the certificate: evidence is missing" in blank
    assert "the list says" not in blank


def test_its_json_has_the_kind_and_is_read_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch(tmp_path, LIST, GEEN + '[constants]\naward__act = "wmo"\n')
    capsys.readouterr()
    assert run(["explain", str(tmp_path / "out.jsonl"), "--id", "naam=a", "--format", "json"]) == 0
    written = capsys.readouterr().out

    data = json.loads(written)
    assert data["row"]["absent"] == ["quality_certificate"]
    (ask,) = (ask for ask in data["asks"] if ask["kind"] == "quality_certificate")
    assert ask["reason"] == "missing"
    assert load_assessment(written.encode()).to_dict()["row"]["from_map"] == ["award__act"]
    run(["explain", str(tmp_path / "out.jsonl"), "--id", "naam=c", "--format", "json"])
    assert "absent" not in json.loads(capsys.readouterr().out)["row"]


@pytest.mark.parametrize("suffix", by_turns(["csv", "parquet", "jsonl"], by_day=["csv"]))
def test_it_stays_told_after_a_second_batch_and_is_made_anew_with_the_map(tmp_path: Path, suffix: str) -> None:
    batch(tmp_path, LIST, GEEN)
    first, second = tmp_path / f"first.{suffix}", tmp_path / "second.jsonl"
    profile = ["--profile", "portfolio-scan"]
    mapping = a_map(tmp_path, 'unknown = ["geen"]\n' + GEEN.replace('"Geen", ', ""))
    assert run(["batch", str(tmp_path / "out.jsonl"), str(first), *profile]) == 0

    assert run(["batch", str(first), str(second), *profile]) == 0
    assert [json.loads(line)[ABSENT] for line in second.read_text().splitlines()] == [True, None, None, True]
    assert run(["batch", str(first), str(second), *profile, "--map", str(mapping)]) == 0
    assert [json.loads(line)[ABSENT] for line in second.read_text().splitlines()] == [None, None, None, True]


# What does not fit ------------------------------------------------------------------------------------


def test_a_row_that_contradicts_itself_is_told_and_its_value_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = '[columns.quality_certificate__standard]\nfrom = "norm"\n'
    rows = batch(tmp_path, "naam;norm;geldig tot\na;ISO 9001;geen\nb;;geen\nc;HKZ;31-12-2027\n", GEEN + more)

    told = (
        "quality_certificate__absent: the row says that there is no such evidence, and it has a value in "
        "quality_certificate__standard; correct one of the two"
    )
    assert [row["advice__error"] for row in rows] == [told, None, None]
    assert rows[0]["quality_certificate__standard"] == "ISO 9001"
    out, err = explained(tmp_path, "a", capsys, "--lang", "en", "--full")
    assert told in err
    assert "the list says that there is" not in out


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('[columns.award__act]\nfrom = "x"\nabsent = ["geen"]',
         "columns.award__act.absent: this is only for a fact of one kind of evidence"),
        (f'[columns.{UNTIL}]\nfrom = "x"\nabsent = [""]', f"columns.{UNTIL}.absent: a word of yours is empty"),
        ('[columns.kvk_extract__active]\nfrom = "x"\nabsent = ["Nee"]\nfalse = ["nee"]',
         "columns.kvk_extract__active.absent: 'Nee' is given another meaning as well"),
        (f"{GEEN}[constants]\n{ABSENT} = true",
         f"columns.{UNTIL}.absent: the map makes {ABSENT} otherwise too; leave one of the two out"),
        ("[constants]\nbibob_advice__absent = true",
         "constants.bibob_advice__absent: the profile knows no such column"),
    ],
)  # fmt: skip
def test_a_map_that_cannot_be_is_refused_with_its_place(
    model: BarrierModel, tmp_path: Path, content: str, problem: str
) -> None:
    with pytest.raises(InputError) as error:
        read_map(a_map(tmp_path, content), model.resolved)

    assert problem in str(error.value)


def test_a_table_that_has_the_column_already_is_refused(model: BarrierModel, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(f"geldig tot;{ABSENT}\ngeen;ja\n", encoding="utf-8")

    with pytest.raises(InputError, match=f"the table has a column {ABSENT} too; leave one of the two out"):
        open_table(tmp_path / "in.csv", model, a_map(tmp_path, GEEN))


def test_a_column_of_another_type_is_refused(model: BarrierModel) -> None:
    with pytest.raises(InputError, match=f"{ABSENT}: expected true or false"):
        model.assess_frame(pl.DataFrame({ABSENT: ["geen"]}), as_of=DAY)


# The law: it decides nothing --------------------------------------------------------------------------

CELLS = {
    UNTIL: ["geen", "", "2027-12-31", "2020-12-31"],
    "derived__nl_quality_certificate__certificate_from": ["geen", "", "2020-01-01"],
    "kvk_extract__active": ["geen", "", "ja", "nee"],
    "annual_accounts__profit": ["geen", "", "100", "900000"],
    "annual_accounts__issued_on": ["geen", "", "2025-06-01"],
}
NAMES = {column: f"column {n}" for n, column in enumerate(CELLS)}
MAP = "".join(f'[columns.{column}]\nfrom = "{name}"\nabsent = ["geen"]\n' for column, name in NAMES.items())


@pytest.mark.filterwarnings(f"ignore::{TableWarning.__module__}.TableWarning")
@given(rows=st.lists(st.tuples(*map(st.sampled_from, CELLS.values())), min_size=1, max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_advice_is_that_of_a_blank_cell(model: BarrierModel, tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    def assessed(absent: str) -> pl.DataFrame:
        lines = [";".join(["k", *NAMES.values()]), *("k;" + ";".join(row).replace("geen", absent) for row in rows)]
        (tmp_path / "in.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        table = open_table(tmp_path / "in.csv", model, a_map(tmp_path, MAP))
        found: pl.DataFrame = model.assess_frame(table, as_of=DAY, details=True).collect()
        return found.drop(*NAMES.values())

    said, blank = assessed("geen"), assessed("")
    absent = [name for name in said.columns if name.endswith("__absent")]

    assert said.drop(absent).equals(blank.drop(absent))
    assert said[ABSENT].to_list() == [True if "geen" in row[:2] else None for row in rows]


def test_a_row_is_explained_with_the_advice_of_a_blank_cell(model: BarrierModel) -> None:
    said, blank = (
        model.explain_row({ABSENT: absent, "kvk_extract__active": True}, as_of=DAY) for absent in (True, None)
    )

    assert [(rule.id, rule.status) for rule in said.rules] == [(rule.id, rule.status) for rule in blank.rules]
    assert said.advice == blank.advice
    assert [ask.kind.id for ask in said.asks] == [ask.kind.id for ask in blank.asks]


# What is confidential ---------------------------------------------------------------------------------


def confidential(model: BarrierModel, folder: Path, table: str, **options: Any) -> tuple[pl.DataFrame, str]:
    (folder / "in.csv").write_text(table, encoding="utf-8")
    mapping = a_map(folder, '[columns.team__complete]\nfrom = "vog"\nabsent = ["geen"]\n')
    job = running.BatchJob(
        source=folder / "in.csv", output=folder / "out.parquet", profile="test", as_of=region.AS_OF, mapping=mapping,
        **options,
    )  # fmt: skip
    summary = running.run(model, job)
    return pl.read_parquet(job.output), summary_text(summary, model.resolved, job, "en") + str(
        summary_data(summary, model.resolved, job)
    )


@pytest.fixture(scope="module")
def team() -> BarrierModel:
    def complete(team: region.Team) -> Fact[bool]:
        return team.complete

    made = region.barrier("a.team")
    made.signal(level=Level.RED)(complete)
    return region.model(made)


def test_that_confidential_evidence_is_not_there_is_told_nowhere(team: BarrierModel, tmp_path: Path) -> None:
    table = "naam;vog;team__issued_on\na;geen;2025-06-01\nb;;2025-06-01\n"
    frame, told = confidential(team, tmp_path, table)

    assert frame["naam"].to_list() == ["a", "b"]
    assert not [name for name in frame.columns if "team" in name and not name.startswith(("rule", "barrier"))]
    (first, second) = frame.drop("naam").select(pl.exclude("advice__error")).rows()
    assert first == second
    assert "'absent': {}" in told
    assert frame["advice__error"].to_list() == [
        "team__absent: another column of this row contradicts it; what they say is confidential", None
    ]  # fmt: skip


def test_it_is_written_when_asked_for(team: BarrierModel, tmp_path: Path) -> None:
    frame, told = confidential(team, tmp_path, "naam;vog\na;geen\nb;\n", confidential=True)

    assert frame["team__absent"].to_list() == [True, None]
    assert "'absent': {'team': 1}" in told


def test_an_output_that_has_it_does_not_hand_it_on(team: BarrierModel, tmp_path: Path) -> None:
    confidential(team, tmp_path, "naam;vog\na;geen\nb;\n", confidential=True)
    (tmp_path / "out.parquet").rename(tmp_path / "earlier.parquet")
    job = running.BatchJob(
        source=tmp_path / "earlier.parquet", output=tmp_path / "out.csv", profile="test", as_of=region.AS_OF
    )
    summary = running.run(team, job)

    assert "team__absent" in summary.withheld
    assert "absent" not in job.output.read_text(encoding="utf-8")


def test_an_explanation_of_it_says_no_more_than_of_a_blank(team: BarrierModel) -> None:
    said, blank = (team.explain_row({"team__absent": absent}, as_of=region.AS_OF) for absent in (True, None))

    assert said.explain("en") == blank.explain("en")
    assert said.explain("en", full=True) == blank.explain("en", full=True)
    assert said.to_json() == blank.to_json()


def test_a_constant_of_it_is_not_named(team: BarrierModel, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("naam;team__complete\na;\n", encoding="utf-8")
    mapping = a_map(tmp_path, "[constants]\nteam__absent = true\n")

    assert open_table(tmp_path / "in.csv", team, mapping).collect()["map__constants"].to_list() == [None]


# The summary ------------------------------------------------------------------------------------------

TITLED = "Aanbieders in Verzinsel\n\nnaam;winst;geldig tot\nStichting A;1;geen\nB B.V.;2;\nC;3;n.v.t.\n"
ALL = (
    "legal_form_from_name = true\n[constants]\naward__starts_on = 2026-02-01\naward__act = 'jeugdwet'\n"
    "[columns.provider__name]\nfrom = 'naam'\n[columns.annual_accounts__profit]\nfrom = 'winst'\n" + GEEN
)


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        ("en", ["Line 3 names the columns; what stands above it was left out.",
                ("This is not in the table, and holds of all rows by the map: start date [award__starts_on], "
                 "act [award__act]."),
                "In 2 rows, legal form [provider__legal_form] is assumed, because the name says so. Check that.",
                ("In 2 rows there is no such evidence, by the list or the map: Quality certificate "
                 "[quality_certificate]. That decides nothing: the rules that look at it stay open.")]),
        ("nl", ["Regel 3 noemt de kolommen; wat erboven staat, telt niet mee.",
                ("Dit staat niet in de tabel, en geldt volgens de map voor alle rijen: ingangsdatum "
                 "[award__starts_on], wet [award__act]."),
                "Bij 2 rijen is rechtsvorm [provider__legal_form] aangenomen, omdat de naam het zegt. Kijk dat na.",
                ("Bij 2 rijen is dit bewijs er niet, volgens de lijst of de map: Kwaliteitscertificaat "
                 "[quality_certificate]. Dat beslist niets: de regels ernaar blijven open.")]),
    ],
)  # fmt: skip
def test_the_summary_tells_what_the_table_does_not_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, sentences: list[str]
) -> None:
    (tmp_path / "in.csv").write_text(TITLED, encoding="utf-8")
    arguments = ["batch", tmp_path / "in.csv", tmp_path / "out.csv", "--map", a_map(tmp_path, ALL), "--lang", lang]
    arguments += ["--profile", "portfolio-scan", "--as-of", "2026-01-15"]

    assert run([*map(str, arguments), "--full"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line for line in printed if line in sentences] == sentences
    assert run([*map(str, arguments), "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {key: data[key] for key in ("line_with_names", "from_map", "assumed", "absent")} == {
        "line_with_names": 3, "from_map": ["award__starts_on", "award__act"], "assumed": {"provider__legal_form": 2},
        "absent": {"quality_certificate": 2},
    }  # fmt: skip
