"""The summary of one screen: the answer first, what is missing and who gets it, and never more than fits."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import attrs
import polars as pl
import pytest
from dutch_list import dutch_list
from test_dutch_list import MAP

import region
from barriermodel import BarrierModel, Level
from barriermodel.batch import run as running
from barriermodel.batch.rejects import Reasons
from barriermodel.batch.summary import LevelRange, Summary
from barriermodel.batch.summary_text import MAX_LINES, MAX_WIDTH, USUAL_LINES, summary_text
from barriermodel.plugin import Fact

BARRIERMODEL_WORDS = {
    "nl": '[rule.a.answers]\nflagged.topic = "Vlag"\ncounted.topic = "Aantal"\n[rule.b.extract.ended]\ntopic = "Einde"',
    "en": '[rule.a.answers]\nflagged.topic = "Flag"\ncounted.topic = "Number"\n[rule.b.extract.ended]\ntopic = "End"',
}
GREEN, ORANGE, RED, EXCLUDE = Level


def flagged(answers: region.Answers) -> Fact[bool]:
    return answers.flag


def counted(answers: region.Answers) -> Fact[bool]:
    return answers.count > 3


def ended(extract: region.Extract) -> Fact[bool]:
    return extract.active == False  # noqa: E712


@pytest.fixture(scope="module")
def model() -> BarrierModel:
    """An orange and a red rule on answers, which cost 5 minutes to ask, and an orange one on a register."""
    first, second = region.barrier("a.answers"), region.barrier("b.extract")
    first.signal(level=ORANGE)(flagged)
    first.signal(level=RED)(counted)
    second.signal(level=ORANGE)(ended)
    return region.model(first, second)


def told(model: BarrierModel, folder: Path, table: str, lang: Any = "nl", **options: Any) -> tuple[list[str], Summary]:
    """The lines of the summary of a table, and what was counted."""
    (folder / "in.csv").write_text(table, encoding="utf-8")
    job = running.BatchJob(
        source=folder / "in.csv", output=folder / "out.csv", profile="test", as_of=region.AS_OF, **options
    )
    summary = running.run(model, job)
    return summary_text(summary, model.resolved, attrs.evolve(job, output=Path("out.csv")), lang).splitlines(), summary


TABLE = (
    "kvk,answers__flag,answers__count,extract__active,answers__issued_on,extract__issued_on\n"
    "00000001,true,9,true,2025-06-01,2025-06-01\n"  # red, settled
    "00000002,false,1,true,2025-06-01,2025-06-01\n"  # green, settled
    "00000003,true,1,,2025-06-01,2025-06-01\n"  # orange, settled: the open rule is orange too
    "00000004,true,,,2025-06-01,2025-06-01\n"  # orange or red: only the number matters
    "00000005,false,1,,2025-06-01,2025-06-01\n"  # green or orange: only the register matters
    "00000006,,,,2025-06-01,2025-06-01\n"  # green to red: everything matters
    "00000007,true\n"
)
DUTCH = """\
6 aanbieders beoordeeld, 1 rij niet
Peildatum 30 juni 2025 · Kort. (reconstructie, niet van de regio)

Bij 3 staat het advies vast. 1 is zeker rood; 2 andere kunnen dat nog worden.
Dit zijn adviezen. Een mens beslist.

VERDELING   ten hoogste →   [ ] = staat vast
  ten minste ↓     groen   oranje     rood   uitsl.      samen
  ● groen             [1]       1        1        –          3
  ▲ oranje                     [1]       1        –          2
  ■ rood                                [1]       –          1
  ◆ uitsluiting                                   –          0

WAAROM                                signaal  open
  Vlag                                      3     1
  Aantal                                    1     2
  Nooit een signaal, meestal open: Einde

WAT ONTBREEKT VOOR REGELS DIE HET ADVIES NOG KUNNEN VERANDEREN
  answers                               2  vragen, 5 min
  extract                               2  zelf opzoeken
  Bij 1 van de 3 vraagt u niemand om bewijs. Bij 2 misschien wel: samen hoogstens 10 minuten.

NIET BEOORDEELD
  regel 8  expected 6 fields, as the line with the names has; found 2

Geschreven: out.csv; niet beoordeeld: out.csv.rejects.jsonl
Eén aanbieder uitleggen: barriermodel explain out.csv --id kvk=00000001
"""


def test_the_screen_begins_with_the_answer(model: BarrierModel, tmp_path: Path) -> None:
    assert told(model, tmp_path, TABLE)[0] == DUTCH.splitlines()


def test_it_is_the_same_in_english(model: BarrierModel, tmp_path: Path) -> None:
    english, _ = told(model, tmp_path, TABLE, "en")

    assert english[0] == "6 providers assessed, 1 row not"
    assert english[3] == "The advice is settled for 3. 1 is certainly red; 2 others can still become so."
    assert english[13:17] == [
        "WHY                                   signal  open",
        "  Flag                                     3     1",
        "  Number                                   1     2",
        "  Never a signal, mostly open: End",
    ]
    assert (
        english[21]
        == "  For 1 of the 3 you ask nobody for evidence. For 2 perhaps you do: at most 10 minutes together."
    )
    assert english[-1] == "To explain one provider: barriermodel explain out.csv --id kvk=00000001"


# The two numbers --------------------------------------------------------------------------------------


def counts(*found: tuple[Level, Level, int]) -> Counter[LevelRange]:
    return Counter({(low, high): count for low, high, count in found})


@pytest.mark.parametrize(
    ("advice", "sentence"),
    [
        ([(RED, RED, 1)], "Bij 1 staat het advies vast. 1 is zeker rood; geen andere kan dat nog worden."),
        ([(GREEN, RED, 1), (RED, RED, 2)],
         "Bij 2 staat het advies vast. 2 zijn zeker rood; 1 andere kan dat nog worden."),
        ([(GREEN, RED, 1)], "Bij geen enkele staat het advies vast. Geen enkele is zeker rood; 1 kan dat nog worden."),
        ([(GREEN, ORANGE, 1200), (GREEN, GREEN, 2)],
         "Bij 2 staat het advies vast. Geen enkele is of wordt rood."),
        ([(RED, EXCLUDE, 3), (ORANGE, EXCLUDE, 4), (EXCLUDE, EXCLUDE, 1)],
         "Bij 1 staat het advies vast. 4 zijn zeker rood of zwaarder; 4 andere kunnen dat nog worden."),
    ],
)  # fmt: skip
def test_how_many_are_red_and_how_many_can_become_so(
    model: BarrierModel, advice: list[tuple[Level, Level, int]], sentence: str
) -> None:
    found = counts(*advice)
    summary = Summary(rows=found.total(), advice=found)

    assert lines_of(model, summary)[3] == sentence


def lines_of(model: BarrierModel, summary: Summary, lang: Any = "nl", **options: Any) -> list[str]:
    job = running.BatchJob(source=Path("in.csv"), output=Path("uit.csv"), profile="test", **options)
    return summary_text(summary, model.resolved, job, lang).splitlines()


def test_the_date_of_each_row_is_no_one_date(model: BarrierModel) -> None:
    assert lines_of(model, Summary(rows=1))[1].startswith("Peildatum van elke rij zelf · Kort. (")


# What is missing --------------------------------------------------------------------------------------


def test_what_is_counted_as_missing_is_what_the_explanation_of_each_row_asks_for(tmp_path: Path) -> None:
    model = BarrierModel.load("portfolio-scan")
    (tmp_path / "in.csv").write_bytes(dutch_list(40).encode("windows-1252"))
    (tmp_path / "map.toml").write_text(MAP, encoding="utf-8")
    job = running.BatchJob(
        source=tmp_path / "in.csv", output=tmp_path / "out.parquet", profile="portfolio-scan",
        as_of=region.AS_OF, mapping=tmp_path / "map.toml",
    )  # fmt: skip
    summary = running.run(model, job)

    asked = asks_of_rows(model, job.output)
    assert {kind: rows for kind, rows in summary.wanted.items() if rows and kind in model.resolved.kinds} == dict(
        Counter(kind for kinds in asked for kind in kinds)
    )
    assert summary.to_ask == sum("quality_certificate" in kinds for kinds in asked) > 0


ADDED = ("advice__", "stage__", "concern__", "barrier__", "rule__", "map__")


def asks_of_rows(model: BarrierModel, output: Path) -> list[set[str]]:
    """The kinds of evidence that the explanation of each row of an output asks for."""
    frame = pl.read_parquet(output)
    rows = frame.drop([name for name in frame.columns if name.startswith(ADDED)]).to_dicts()
    return [{ask.kind.id for ask in model.explain_row(row, as_of=region.AS_OF).asks} for row in rows]


@pytest.mark.parametrize(
    ("by", "weights", "orange", "wanted"),
    [
        # one rule hits, two are open: the second hit makes it orange, so either may
        ("count", {}, 2, {"answers": 1, "extract": 1}),
        # nothing can reach three, as the rule on the extract does not count
        ("points", {"b.extract.ended": 0}, 3, {"answers": 0, "extract": 0}),
        ("points", {"b.extract.ended": 0}, 2, {"answers": 1, "extract": 0}),
    ],
)
def test_where_hits_are_counted_any_open_rule_can_raise_the_stage(
    tmp_path: Path, by: str, weights: dict[str, int], orange: int, wanted: dict[str, int]
) -> None:
    first, second = region.barrier("a.answers"), region.barrier("b.extract")
    first.signal(level=ORANGE)(flagged)
    first.signal(level=RED)(counted)
    second.signal(level=ORANGE)(ended)
    stage = region.stage("all", "a.answers", "b.extract", by=by, orange=orange, red=5, weights=weights)
    _, summary = told(
        region.model(first, second, stages=[stage]), tmp_path,
        "answers__flag,answers__count,extract__active\ntrue,,\n",
    )  # fmt: skip

    assert dict(summary.wanted) == wanted


@pytest.mark.parametrize(
    ("rows", "ask", "sentence"),
    [
        (3, 0, "Bij geen van de 3 die niet vaststaan, hoeft u iemand om bewijs te vragen."),
        (1, 0, "Bij de ene die niet vaststaat, hoeft u niemand om bewijs te vragen."),
        (
            1,
            1,
            "Bij de ene die niet vaststaat, vraagt u misschien bewijs: hoogstens 5 minuten voor de aanbieder.",
        ),
        (3, 3, "Bij alle 3 is misschien bewijs te vragen: samen hoogstens 15 minuten werk voor aanbieders."),
        (49, 48, "Bij 1 van de 49 vraagt u niemand om bewijs. Bij 48 misschien wel: samen hoogstens 4 uur."),
        (50, 49, "Bij 1 van de 50 vraagt u niemand om bewijs. Bij 49 misschien wel: samen hoogstens 5 uur."),
    ],
)
def test_work_is_told_in_minutes_and_in_hours_rounded_up(
    model: BarrierModel, rows: int, ask: int, sentence: str
) -> None:
    wanted = Counter({"answers": ask, "extract": rows, "provider": 1})
    found = lines_of(model, Summary(rows=rows, advice=counts((GREEN, RED, rows)), wanted=wanted, to_ask=ask))

    assert f"  {sentence}" in found
    assert any(line.split() == ["Gegevens", "van", "de", "aanbieder", "1", "zelf", "invullen"] for line in found)


# What it notes, and how long it is ----------------------------------------------------------------------


def full_of_notes(reasons: int = 9) -> Summary:
    """A summary with all that can be noted in it."""
    why, errors = Reasons(), Reasons()
    for number in range(reasons):
        letters = "abcdefghi"[number] * 30
        why.add(number + 2, f"{letters}: " + "expected a date such as 2026-01-31; " * 6, number + 1)
    errors.add(1, "answers__count: " + "expected a whole number; found 'x' " * 6)
    rules = ("a.answers.flagged", "a.answers.counted", "b.extract.ended")
    return Summary(
        rows=100, rejected=45, reasons=why, rows_with_errors=9, errors=errors, advice=counts((GREEN, RED, 100)),
        hits=Counter(dict.fromkeys(rules[:2], 3)), open=Counter(dict.fromkeys(rules, 90)),
        wanted=Counter(answers=90, extract=90), to_ask=90,
        missing_columns=["answers__flag_b"] * 30, computed_columns=["derived__a_b__c"] * 3, unchecked=["extract"],
        withheld=["team__complete"] * 30, amounts_in_thousands=["answers__amount"],
        shortened_numbers=Counter(kvk=3), header=4, constants=Counter({"answers__flag": 100}),
        assumed=Counter({"provider__legal_form": 2}), absent=Counter(extract=3), total_lines=[17, 18], reassessed=True,
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("reasons", [0, 1, 9])
def test_it_never_takes_more_than_fits(model: BarrierModel, lang: str, reasons: int) -> None:
    found = lines_of(model, full_of_notes(reasons), lang, as_of=region.AS_OF)

    assert len(found) <= MAX_LINES == 45
    assert max(map(len, found)) <= MAX_WIDTH == 100
    assert any("--full" in line for line in found)


def test_rules_and_evidence_that_do_not_fit_are_counted() -> None:
    model = BarrierModel.load("twente-2019")
    rules = [rule.id for stage in model.resolved.stages for rule in stage.rules]
    summary = attrs.evolve(
        full_of_notes(), hits=Counter(dict.fromkeys(rules[:14], 9)), open=Counter(dict.fromkeys(rules, 90)),
        wanted=Counter(dict.fromkeys(model.resolved.kinds, 50)), unchecked=[], absent=Counter(), constants=Counter(),
        assumed=Counter(),
    )  # fmt: skip
    found = lines_of(model, summary)

    assert len(found) <= MAX_LINES
    assert any(line.startswith("WAAROM (6 van 14 regels met een signaal)  signaal") for line in found)
    assert f"WAT ONTBREEKT VOOR REGELS DIE HET ADVIES NOG KUNNEN VERANDEREN (6 van {len(summary.wanted)})" in found
    assert "  en 6 redenen meer: zie uit.csv.rejects.jsonl" in found


def test_the_usual_table_takes_one_screen(tmp_path: Path) -> None:
    model = BarrierModel.load("portfolio-scan")
    (tmp_path / "map.toml").write_text(MAP, encoding="utf-8")
    cells = "kapot;" * 8
    (tmp_path / "in.csv").write_text(dutch_list() + f"{cells[:-1]}\r\n", encoding="utf-8")
    job = running.BatchJob(
        source=tmp_path / "in.csv", output=tmp_path / "uit.csv", profile="portfolio-scan", as_of=region.AS_OF,
        mapping=tmp_path / "map.toml",
    )  # fmt: skip
    found = summary_text(running.run(model, job), model.resolved, job, "nl").splitlines()

    assert found[0] == "300 aanbieders beoordeeld, 1 rij niet"
    assert len(found) <= USUAL_LINES == 38
    assert max(map(len, found[:-2])) <= MAX_WIDTH  # the last lines have the paths


@pytest.mark.parametrize(
    ("changed", "note"),
    [
        ({"total_lines": [17, 18]},
         "2 rijen lijken totalen en geen aanbieders, zoals rij 17 van het resultaat: haal ze uit de tabel."),
        ({"total_lines": [1017]},
         "1 rij lijkt een totaal en geen aanbieder, rij 1017 van het resultaat: haal die uit de tabel."),
        ({"shortened_numbers": Counter(kvk=3)},
         "kvk: 3 rijen met 7 cijfers, en een KvK-nummer heeft er 8. Er is niets gewijzigd."),
        ({"assumed": Counter({"provider__legal_form": 2})},
         "Bij 2 rijen is aangenomen, uit de naam: rechtsvorm [provider__legal_form]. Kijk dat na."),
        ({"absent": Counter(extract=3)},
         "Bij 3 rijen is dit er niet, volgens lijst of map: extract. Dat beslist niets."),
        ({"header": 4}, "Regel 4 noemt de kolommen; wat erboven staat, telt niet mee."),
        ({"amounts_in_thousands": ["b"]}, "Volgens de map in duizenden euro’s (1.500 is € 1.500): b"),
        ({"missing_columns": ["a", "b"]}, "2 kolommen ontbreken en gelden als onbekend: a, b"),
        ({"computed_columns": ["a"]}, "1 gegeven is per rij berekend, wat traag is: a"),
        ({"withheld": ["a"]}, "1 vertrouwelijke kolom staat alleen met --confidential in het resultaat: a"),
        ({"unchecked": ["extract"]}, "Zonder datum, dus geldigheid niet bekeken: extract"),
    ],
)  # fmt: skip
def test_each_note_is_told_in_a_line_or_two(model: BarrierModel, changed: dict[str, Any], note: str) -> None:
    found = lines_of(model, Summary(rows=1, **changed))

    assert " ".join(line.strip() for line in found[found.index("LET OP") + 1 : -3]) == note


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        (["J;1", "N;1", "J;1"],
         "3 rijen met een fout (kolom advice__error), zoals rij 1: answers__flag: expected true"),
        (["ja;x", "J;1", "J;1"],
         "3 rijen met een fout (kolom advice__error; 2 redenen), zoals rij 2: answers__flag: expected true"),
    ],
)  # fmt: skip
def test_the_most_frequent_error_is_told_and_the_others_are_counted(
    model: BarrierModel, tmp_path: Path, cells: list[str], note: str
) -> None:
    found, _ = told(model, tmp_path, "answers__flag;answers__count\n" + "".join(f"{row}\n" for row in cells))

    assert " ".join(line.strip() for line in found[found.index("LET OP") + 1 :]).startswith(note)


# How one row is explained -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("example", "options", "command"),
    [
        (("kvk nummer", "01"), {}, "barriermodel explain uit.csv --id 'kvk nummer=01'"),
        (None, {"raw": True}, "barriermodel explain uit.csv --id KOLOM=WAARDE --raw"),
    ],
)
def test_the_last_line_is_a_command(
    model: BarrierModel, example: tuple[str, str] | None, options: dict[str, Any], command: str
) -> None:
    assert lines_of(model, Summary(rows=1, example=example), **options)[-1] == f"Eén aanbieder uitleggen: {command}"


def test_what_was_printed_is_in_no_file(model: BarrierModel) -> None:
    job = running.BatchJob(source=Path("in.csv"), output=Path("-"), profile="test")

    assert summary_text(Summary(rows=1), model.resolved, job, "nl").endswith("\nGeschreven: standaarduitvoer\n")
