"""The summary of a batch: both ends of the advice, rules that nothing is known of, and why rows are unreadable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

import region
from barriermodel import BarrierModel, Level, euro
from barriermodel.batch import run as running
from barriermodel.batch.rejects import MAX_REASONS, MAX_WORDS, OTHER_REASON, Reason, Reasons, split_errors
from barriermodel.batch.summary import Summary, SummaryCounter
from barriermodel.batch.summary_data import summary_data
from barriermodel.batch.summary_text import summary_text
from barriermodel.plugin import Fact


def flagged(answers: region.Answers) -> Fact[bool]:
    return answers.flag


def counted(answers: region.Answers) -> Fact[bool]:
    return answers.count > 3


def shared(answers: region.Answers) -> Fact[bool]:
    return answers.share > 0.5


@pytest.fixture(scope="module")
def model() -> BarrierModel:
    made = region.barrier("a.answers")
    made.signal(level=Level.ORANGE)(flagged)
    made.signal(level=Level.RED)(counted)
    made.signal(level=Level.ORANGE)(shared)
    return region.model(made)


HEAD = "answers__flag,answers__count,answers__share\n"


def told(model: BarrierModel, folder: Path, table: str, lang: Any = "en") -> tuple[str, dict[str, Any]]:
    """The whole summary of a table, as text and as JSON."""
    (folder / "in.csv").write_text(table, encoding="utf-8")
    job = running.BatchJob(
        source=folder / "in.csv",
        output=folder / "out.csv",
        profile="test",
        as_of=None if "as_of" in table else region.AS_OF,
    )
    summary = running.run(model, job)
    return summary_text(summary, model.resolved, job, lang, full=True), summary_data(summary, model.resolved, job)


def lines(text: str, first: str) -> list[list[str]]:
    """The words of a part of the summary, by line; the part begins with a line that begins so."""
    part = text[text.index(f"\n{first}") + 1 :].partition("\n\n")[0]
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in part.splitlines()]


ROWS = "true,1,0.1\n" * 4 + "false,9,0.1\n" * 2 + "true,,0.1\n" * 3 + "false,1,0.1\n"
"""Four are orange, two red, three orange or red, one green."""


def test_rows_are_counted_by_both_ends_of_the_advice(model: BarrierModel, tmp_path: Path) -> None:
    text, data = told(model, tmp_path, HEAD + ROWS)

    assert text.splitlines()[3] == "The advice is settled for 7. 2 are certainly red; 3 others can still become so."
    assert lines(text, "Advice") == [
        ["Advice", "at most green", "orange", "red", "exclusion possible", "total"],
        ["at least green", "1", "–", "–", "–", "1"],
        ["at least orange", "4", "3", "–", "7"],
        ["at least red", "2", "–", "2"],
        ["total", "1", "4", "5", "–", "10"],
    ]
    assert data["advice"]["at_least"] == {"green": 1, "orange": 7, "red": 2, "exclude": 0}
    assert data["advice"]["at_most"] == {"green": 1, "orange": 4, "red": 5, "exclude": 0}
    assert data["advice"]["crossed"]["orange"] == {"orange": 4, "red": 3, "exclude": 0}
    assert data["advice"]["certain"] == {"green": 1, "orange": 4, "red": 2, "exclude": 0}
    assert data["advice"]["can_become"] == {"green": 0, "orange": 0, "red": 3, "exclude": 0}


def test_both_ends_are_counted_in_dutch(model: BarrierModel, tmp_path: Path) -> None:
    text, _ = told(model, tmp_path, HEAD + ROWS, "nl")

    assert text.splitlines()[3] == "Bij 7 staat het advies vast. 2 zijn zeker rood; 3 andere kunnen dat nog worden."
    assert lines(text, "Advies")[0][:2] == ["Advies", "ten hoogste groen"]
    assert lines(text, "Advies")[2] == ["ten minste oranje", "4", "3", "–", "7"]


def test_a_rule_without_hits_of_which_much_is_unknown_is_named(model: BarrierModel, tmp_path: Path) -> None:
    english, _ = told(model, tmp_path, HEAD + "true,,0.1\nfalse,,\nfalse,1,0.1\nfalse,1,0.1\n")
    dutch, _ = told(model, tmp_path, HEAD + "true,,0.1\nfalse,,\nfalse,1,0.1\nfalse,1,0.1\n", "nl")

    found = lines(english, "Rules without a hit")
    assert found[0][0] == "Rules without a hit that are still open in half of the rows or more"
    assert found[1:] == [["a.answers.counted", "2"]]
    assert "\nRegels zonder treffer die bij de helft van de rijen of meer nog open zijn" in dutch


def test_a_rule_that_hits_or_is_mostly_known_is_not(model: BarrierModel, tmp_path: Path) -> None:
    text, _ = told(model, tmp_path, HEAD + "true,9,0.1\nfalse,,0.1\nfalse,,\nfalse,1,0.1\n")

    assert "Rules without a hit" not in text


UNREADABLE = (
    "as_of,answers__flag\n2025-06-30\n2025-06-30,true,1\nsinds kort,true\n2025-06-30,true,1,2\n2025-06-30,true\n"
)
"""Three rows have another number of fields than the first line, and one has no date."""


def test_rejects_are_counted_by_reason_with_the_first_of_each(model: BarrierModel, tmp_path: Path) -> None:
    text, data = told(model, tmp_path, UNREADABLE)

    first, second = lines(text, "Why rows are unreadable")[1:]
    assert first[0].startswith("3 rows, such as line 2: expected 2 fields, as the ")
    assert second[0].startswith("1 row, such as line 4: as_of: expected a date")
    assert [(reason["rows"], reason["line"]) for reason in data["reject_reasons"]] == [(3, 2), (1, 4)]


def test_reasons_are_told_in_dutch(model: BarrierModel, tmp_path: Path) -> None:
    text, _ = told(model, tmp_path, UNREADABLE, "nl")

    assert "\nWaarom rijen niet te lezen zijn\n  3 rijen, zoals regel 2: expected 2 fields" in text


def test_a_reason_tells_nothing_confidential(model: BarrierModel, tmp_path: Path) -> None:
    def complete(team: region.Team) -> Fact[bool]:
        return team.complete

    made = region.barrier("a.team")
    made.signal(level=Level.RED)(complete)
    text, data = told(region.model(made), tmp_path, "team__complete\nGEHEIM\nNOG-GEHEIMER\n")

    assert "GEHEIM" not in text + str(data)
    assert [reason["rows"] for reason in data["reject_reasons"] + data["errors"]] == [2]


def costly(answers: region.Answers) -> Fact[bool]:
    return answers.amount > euro(3)


def test_what_is_wrong_with_assessed_rows_is_counted_too(tmp_path: Path) -> None:
    made = region.barrier("a.costs")
    made.signal(level=Level.RED)(costly)
    table = "answers__amount\n4\n1.0055\n2.0055\n"
    text, data = told(region.model(made), tmp_path, table)

    error = "answers__amount holds no value of this fact: it is taken as unknown"
    assert data["errors"] == [{"rows": 2, "row": 2, "reason": error, "words": []}]
    assert lines(text, "What is wrong with rows that were")[1:] == [[f"2 rows, such as row 2 of the result: {error}"]]


def test_all_words_of_a_column_that_need_a_meaning_are_told_at_once(model: BarrierModel, tmp_path: Path) -> None:
    """Who mends a map word by word assesses the table as often as there are words."""
    cells = ["nvt", "J", "nvt", "it's", "N", "true", "12", "J"]
    text, data = told(model, tmp_path, "answers__flag;k\n" + "".join(f"{cell};x\n" for cell in cells))
    dutch, _ = told(model, tmp_path, "answers__flag;k\nJ;x\nN;x\n", "nl")

    assert [(error["rows"], error["words"]) for error in data["errors"]] == [(7, ["'nvt'", "'J'", '"it\'s"', "'N'"])]
    assert lines(text, "What is wrong with rows that were")[2] == ["words found: 'nvt', 'J', \"it's\", 'N'"]
    assert lines(dutch, "Wat er mis is met rijen")[2] == ["gevonden woorden: 'J', 'N'"]


def test_one_word_and_numbers_are_told_once(model: BarrierModel, tmp_path: Path) -> None:
    text, data = told(model, tmp_path, "answers__count;k\n1,5;x\n2,5;x\n")

    assert [(error["rows"], error["words"]) for error in data["errors"]] == [(2, [])]
    assert "words found" not in text


def test_no_more_than_so_many_words_are_told() -> None:
    reasons = Reasons()
    for letters in range(1, MAX_WORDS + 5):
        reasons.add(letters, f"k: expected text; found '{'x' * letters}' in 'y'")

    assert [len(reason.words) for reason in reasons.ranked()] == [MAX_WORDS]


def test_a_row_with_two_errors_counts_for_both() -> None:
    error = "a__b: expected a date; found 'x'; c__d holds no value of this fact: it is taken as unknown; e__f: no"

    assert split_errors(error) == [
        "a__b: expected a date; found 'x'", "c__d holds no value of this fact: it is taken as unknown", "e__f: no",
    ]  # fmt: skip


def test_no_more_than_so_many_reasons_are_told_apart() -> None:
    """A mistake of ours in every dossier of a folder, or words that nobody foresaw."""
    reasons = Reasons()
    for letters in range(MAX_REASONS + 50):
        reasons.add(letters, "x" * letters)

    assert len(reasons.found) == MAX_REASONS + 1
    assert reasons.ranked()[0] == Reason(MAX_REASONS, OTHER_REASON, 50)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("k: expected a date; found 'a'", "k: expected a date; found 'it\\'s'", True),
        ("k: expected a date; found 'a'", 'k: expected a date; found "it\'s"', True),
        ("k: expected a date; found 'a'", "k: expected a date; found 'a very long word…", True),
        ("k: can be 558 or 558,000", "k: can be 12.5 or 12,500", True),
        ("k: expected a date; found 'a'", "l: expected a date; found 'a'", False),
        ("k: expected a date; found 'a'", "k: expected text; found 'a'", False),
        ("k: expected a date; found 'a'; l: no", "k: expected a date; found 'b'; m: no", False),
    ],
)
def test_only_values_make_no_other_reason(one: str, other: str, same: bool) -> None:
    reasons = Reasons()
    reasons.add(1, one)
    reasons.add(2, other)

    assert (len(reasons.found) == 1) is same


def test_nothing_is_settled_in_a_table_without_rows(model: BarrierModel, tmp_path: Path) -> None:
    text, data = told(model, tmp_path, HEAD)

    assert text.startswith("0 providers assessed\n")
    assert "advice is settled" not in text
    assert data["reject_reasons"] == []


def test_an_output_without_its_map_is_told_to_count_as_it_was(model: BarrierModel, tmp_path: Path) -> None:
    """Somebody changes a column of their own in the output, assesses it again, and sees the facts of last month."""
    told(model, tmp_path, HEAD + ROWS)
    output, mapping = tmp_path / "out.csv", tmp_path / "map.toml"
    mapping.write_text("")

    def notes(given: Path | None) -> str:
        job = running.BatchJob(source=output, output=tmp_path / "again.csv", profile="test", mapping=given)
        return summary_text(running.run(model, job), model.resolved, job, "nl", full=True)

    assert "Was daar een map bij, geef die dan weer mee" in notes(None)
    assert "Was daar een map bij" not in notes(mapping)


def test_numbers_that_lost_their_zero_are_told_and_left_as_they_are(model: BarrierModel, tmp_path: Path) -> None:
    numbers = ("1234567", "7654321", "12345678", "123456", "")
    rows = "".join(f"{number};1234567;true\n" for number in numbers)
    table = f"KvK-nummer;vestiging;answers__flag\n{rows}"
    text, data = told(model, tmp_path, table)
    dutch, _ = told(model, tmp_path, table, "nl")

    assert data["kvk_numbers_of_7_digits"] == {"KvK-nummer": 2}
    assert (
        "\nIn KvK-nummer, 2 rows have a number of 7 digits, and a KvK number has 8: a spreadsheet takes away a " in text
    )
    assert "\nIn KvK-nummer hebben 2 rijen een nummer van 7 cijfers, en een KvK-nummer heeft er 8: " in dutch
    assert (tmp_path / "out.csv").read_text().splitlines()[1].startswith("1234567;1234567;true;")


def test_numbers_with_their_zero_are_not_spoken_of(model: BarrierModel, tmp_path: Path) -> None:
    text, data = told(model, tmp_path, "kvk,answers__flag\n01234567,true\n12345678,true\n")

    assert (data["kvk_numbers_of_7_digits"], "digits" in text) == ({}, False)


def test_a_line_with_totals_is_told_and_left_as_it_is(model: BarrierModel, tmp_path: Path) -> None:
    """A spreadsheet has it below the list; it would be a provider of millions that nobody knows."""
    table = "Nr;naam;answers__flag\n1;Totaal Zorg;true\n2;Verzinsel;true\nTotaal;;\n;Subtotaal: ;\n"
    text, data = told(model, tmp_path, table)
    dutch, _ = told(model, tmp_path, table, "nl")

    assert (data["rows"], data["lines_with_totals"]) == (4, [3, 4])
    assert "\nLines with totals seem to count as providers: 2 rows, such as row 3 of the result. " in text
    assert "\nRegels met totalen tellen zo te zien mee als aanbieder: 2 rijen, zoals rij 3 van het resultaat. " in dutch
    assert [line.split(";")[0] for line in (tmp_path / "out.csv").read_text().splitlines()[3:]] == ["Totaal", '""']


@pytest.mark.parametrize("cell", ["Totaal Zorg", "totaalpakket", "Totale Zorg", "Stichting Totaal", "1", ""])
def test_what_only_has_the_word_in_it_is_no_line_with_totals(model: BarrierModel, tmp_path: Path, cell: str) -> None:
    text, data = told(model, tmp_path, f"naam;answers__flag\n{cell};true\n")

    assert (data["lines_with_totals"], "with totals" in text) == ([], False)


def test_rows_are_counted_on_where_a_table_is_read_in_parts(model: BarrierModel, tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {"naam": ["a", "TOTAAL", None], "answers__flag": [True, None, True], "answers__count": 1, "answers__share": 0.1}
    )
    summary = Summary()
    counting = SummaryCounter(model, region.AS_OF, frame.lazy(), [], summary)
    for _ in range(2):
        counting.add(model.assess_frame(frame, as_of=region.AS_OF))

    assert summary.total_lines == [2, 5]


def test_a_list_of_numbers_is_let_be(model: BarrierModel, tmp_path: Path) -> None:
    pl.DataFrame({"kvk": [["1234567"]], "kvk2": [1234567], "answers__flag": [True]}).write_parquet(
        tmp_path / "in.parquet"
    )
    job = running.BatchJob(
        source=tmp_path / "in.parquet", output=tmp_path / "out.parquet", profile="test", as_of=region.AS_OF
    )

    assert dict(running.run(model, job).shortened_numbers) == {"kvk2": 1}
