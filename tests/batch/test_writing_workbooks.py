"""The workbook of a batch, opened with another library: what it says, the types of its cells, and that text is text."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import polars as pl
import pytest
from drawn_rows import draw_table
from hypothesis import example, given
from hypothesis import strategies as st
from markup import read

import region
from barriermodel import BarrierModel, BarrierModelError, InputError, Level, pages
from barriermodel.analysis.columns import profile_columns
from barriermodel.batch import rejects
from barriermodel.batch.job import BatchJob
from barriermodel.batch.run import run
from barriermodel.batch.workbooks import writing
from barriermodel.batch.workbooks.writing import Sheet, new_workbook
from barriermodel.cli.commands import run as command
from barriermodel.plugin import UNKNOWN, Fact, Money, Supplier, evidence
from examples import by_turns, costly

AS_OF = date(2026, 1, 15)
SHEETS = {
    "nl": ["Overzicht", "Samenvatting", "Toelichting", "Niet beoordeeld", "Gegevens"],
    "en": ["Overview", "Summary", "Notes", "Not assessed", "Data"],
}
HEADINGS = {
    "nl": ["Nummer", "Naam", "Ten minste", "Ten hoogste", "Staat vast", "Waarom", "Wat nog nodig is", "Bij wie",
           "Minuten voor de aanbieder", "Aantekening", "Niet te lezen"],
    "en": ["Number", "Name", "At least", "At most", "Settled", "Why", "Still needed", "From whom",
           "Minutes for the provider", "Remarks", "Cannot be read"],
}  # fmt: skip
WORDS = {
    "nl": {"green": "● groen", "orange": "▲ oranje", "red": "■ rood", "exclude": "◆ uitsluiting mogelijk"},
    "en": {"green": "● green", "orange": "▲ orange", "red": "■ red", "exclude": "◆ exclusion possible"},
}
QUESTION = {
    "nl": ("een vraag", "geen bewijs, wel een vraag"), "en": ("a question", "no evidence, but a question"),
}  # fmt: skip
NAMES = {
    "nl": ("ja", "nee", "niets", "onbekend", "gegevens van aanbieder of opdracht", "gemeente", "aanbieder", " en "),
    "en": (
        "yes",
        "no",
        "nothing",
        "unknown",
        "facts of the provider or the award",
        "municipality",
        "provider",
        " and ",
    ),
}
XML = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SMALL = Path(__file__).parents[1] / "one_barrier.toml"
FIXED = len(HEADINGS["nl"])
NUMBER = re.compile("[0-9]+(?:[.,][0-9]+)*")
HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://a\")", "http://example.org", "mailto:a@b", "{=1}",
    '<r></is></c><c r="B9"><f>1+1</f></c><c><is></r>', "<r><t>x</t></r>", "</t></is></c>", "&amp;<![CDATA[", "'=1",
    "1e5", "00123", "internal:Alles!A1", "  spaces  ", "=cmd|' /C calc'!A0", "@SUM", "\r=1", "-2+3",
]  # fmt: skip


@pytest.fixture(scope="module")
def model() -> BarrierModel:
    return BarrierModel.load("portfolio-scan")


@pytest.fixture(scope="module")
def small() -> BarrierModel:
    """For what the rules do not matter to."""
    return BarrierModel.load(SMALL)


@pytest.fixture(scope="module")
def table(model: BarrierModel) -> pl.DataFrame:
    drawn = draw_table(model, 1, 5, AS_OF, derived=False)
    return drawn.with_columns(provider__name=pl.Series([f"Zorg {n}" for n in range(5)]))


@pytest.fixture(scope="module")
def written_in(
    model: BarrierModel, table: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path]:
    """A workbook in a language, written when a test asks for it; the Dutch one has the details too."""
    return cache(lambda lang: batch(model, table, tmp_path_factory.mktemp(lang), lang=lang, details=lang == "nl"))


def batch(model: BarrierModel, table: pl.DataFrame, folder: Path, **options: Any) -> Path:
    """The workbook of a table."""
    table.write_parquet(folder / "in.parquet")
    usual = {"output": folder / "out.xlsx", "as_of": AS_OF}
    job = BatchJob(source=folder / "in.parquet", profile=model.resolved.profile.id, **(usual | options))
    run(model, job)
    return job.output


def parts(path: Path | io.BytesIO) -> dict[str, ElementTree.Element]:
    """The XML of each sheet."""
    with zipfile.ZipFile(path) as file:
        names = [name for name in file.namelist() if name.startswith("xl/worksheets/")]
        assert not any("hyperlink" in file.read(name).decode() for name in file.namelist())
        return {name: ElementTree.fromstring(file.read(name)) for name in names}


def tags(path: Path | io.BytesIO) -> Counter[str]:
    """How often each element occurs in the sheets, without its namespace."""
    return Counter(one.tag.rpartition("}")[2] for part in parts(path).values() for one in part.iter())


def day_of(year: int, month: int, day: int) -> datetime:
    """A date as openpyxl reads one."""
    return datetime.combine(date(year, month, day), time())


def lines(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))


def as_text(text: str) -> str | None:
    """A text as a cell holds it: without control characters, and nothing if it is empty."""
    return "".join(c if c.isprintable() or c in "\n\u00a0\u202f" else "\ufffd" for c in text) or None


@evidence("lookup", supplier=Supplier.REGISTER, burden=7)
class Lookup:
    """From a register."""

    found: Fact[bool] = UNKNOWN


looks = region.barrier("own.looks")


@looks.signal(level=Level.RED)
def listed_there(lookup: Lookup, answers: region.Answers) -> Fact[bool]:
    return lookup.found & answers.flag


@evidence("secret", confidential=True, retention=True)
class Secret:
    """What few may know."""

    told_on: Fact[date] = UNKNOWN


knows = region.barrier("own.knows")


@knows.signal(level=Level.RED)
def told_before(secret: Secret, answers: region.Answers) -> Fact[bool]:
    return (secret.told_on < date(2026, 1, 1)) & answers.flag


# What it says -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", by_turns(["nl", "en"], by_day=["nl"]))
def test_each_line_says_what_the_explanation_of_its_row_says(
    model: BarrierModel, table: pl.DataFrame, written_in: Callable[[str], Path], lang: str
) -> None:
    head, *found = lines(written_in(lang), SHEETS[lang][0])

    assert list(head[:FIXED]) == HEADINGS[lang]
    assert len(found) == table.height
    for cells in found:
        row = table.filter(pl.col("kvk") == cells[0]).row(0, named=True)
        assessment = model.explain_row(row, as_of=AS_OF)
        assert cells[:9] == (row["kvk"], row["provider__name"], *expected(assessment, lang))
        facts = facts_of(model, assessment, lang)
        shown = {label.lower(): plain(cell, lang) for label, cell in zip(head[FIXED:], cells[FIXED:], strict=True)}
        assert len(facts.keys() & shown.keys()) > 10
        assert [label for label in facts.keys() & shown.keys() if shown[label] not in facts[label]] == []


@pytest.mark.filterwarnings("ignore::barriermodel.TableWarning")
@pytest.mark.parametrize("lang", by_turns(["nl", "en"], by_day=["nl"]))
def test_the_page_and_the_texts_say_the_same_of_each_provider(
    model: BarrierModel, table: pl.DataFrame, written_in: Callable[[str], Path], lang: str
) -> None:
    nothing, dossier = NAMES[lang][2], NAMES[lang][4]
    no_evidence = {nothing, dossier, *QUESTION[lang]}
    rows = {str(cells[0]): cells for cells in lines(written_in(lang), SHEETS[lang][0])[1:]}
    *_, listed = read(model.portfolio(table, as_of=AS_OF).html(lang)).all("table")

    assert len(listed.rows) == len(rows)
    for name, number, low, high, why, needs in listed.rows:
        _, *shown = rows[number][:4]
        assert [name, low, high, why, needs] == [*shown, rows[number][5], rows[number][6]]
        asked = [need for need in needs.split("; ") if need not in no_evidence]
        text = model.explain_row(table.filter(kvk=number).row(0, named=True), as_of=AS_OF).explain(lang)
        assert text.startswith(f"{name}\n")
        assert low.upper() in text
        assert high.upper() in text
        assert set(NUMBER.findall(why)) <= set(NUMBER.findall(text))
        assert [need for need in asked if need.lower() not in " ".join(text.lower().split())] == []


def expected(assessment: Any, lang: str) -> tuple[Any, ...]:
    yes, no, nothing, _, dossier, municipality, provider, also = NAMES[lang]
    explanation = assessment.explanation(lang)
    low, high = explanation.advice.at_least, explanation.advice.at_most
    asks = [ask.kind for ask in assessment.asks]
    facts = [c for c in explanation.causes if c.kind is None and c.matters and c.why.value != "undefined"]
    minutes = sum(kind.burden for kind in asks if kind.supplier.value == "provider")
    registers = [municipality] if facts or any(kind.supplier.value == "register" for kind in asks) else []
    has_question = bool(explanation.reasons)  # the letter asks about each reason
    providers = [provider] if has_question or any(kind.supplier.value == "provider" for kind in asks) else []
    needed = [*(kind.title[lang] for kind in asks), *([dossier] if facts else [])]
    needed += [QUESTION[lang][not needed]] if has_question else []
    return (
        WORDS[lang][low.key], WORDS[lang][high.key], yes if low is high else no,
        "; ".join(finding.short for finding in explanation.reasons) or "–",
        "; ".join(needed) or nothing,
        also.join(registers + providers) or "–", minutes or None,
    )  # fmt: skip


def test_minutes_are_those_of_the_provider_alone(tmp_path: Path) -> None:
    flags = pl.Series([None, True], dtype=pl.Boolean)
    table = pl.DataFrame({"kvk": ["1", "2"], "answers__flag": flags})
    found = lines(batch(region.model(looks), table, tmp_path), "Overzicht")[1:]

    assert {line[0]: line[7:9] for line in found} == {"1": ("gemeente en aanbieder", 5), "2": ("gemeente", None)}


def facts_of(model: BarrierModel, assessment: Any, lang: str) -> dict[str, list[Any]]:
    """What the cell below each heading may hold: numbers, amounts and dates as the assessment has them in JSON."""
    rules = [r for stage in assessment.to_dict()["stages"] for barrier in stage["barriers"] for r in barrier["rules"]]
    values = {fact["name"]: fact["value"] for rule in rules for fact in rule.get("facts") or ()}
    found: dict[str, list[Any]] = {}
    for ref in profile_columns(model.resolved).read.values():
        if ref.id in values and ref.type in (int, date, Money):
            found.setdefault(ref.label[lang].lower(), []).append(values[ref.id])
    return found


def plain(cell: Any, lang: str) -> Any:
    """A cell as JSON has its value."""
    if cell == NAMES[lang][3]:
        return None
    return cell.date().isoformat() if isinstance(cell, datetime) else cell


@pytest.mark.filterwarnings("ignore::barriermodel.TableWarning")
def test_the_summary_counts_what_the_rows_say(
    model: BarrierModel, table: pl.DataFrame, written_in: Callable[[str], Path]
) -> None:
    portfolio, found = model.portfolio(table, as_of=AS_OF), lines(written_in("nl"), "Samenvatting")

    start = next(n for n, line in enumerate(found) if line[1] == "● groen")
    for line, low in zip(found[start + 1 : start + 5], Level, strict=True):
        counts = [sum(r.advice.at_least is low and r.advice.at_most is high for r in portfolio.rows) for high in Level]
        assert line[0] == WORDS["nl"][low.key]
        assert [cell or 0 for cell in line[1:6]] == [*counts, sum(counts)]
        assert line[1 : 1 + low] == (None,) * low  # at most less than at least cannot be
    start = next(n for n, line in enumerate(found) if line[0] == "Wat een signaal geeft")
    signals = {line[0]: (line[1], line[2]) for line in found[start + 1 : found.index((None,) * 6, start)]}
    hits = portfolio.hits
    topics = {
        (rule.definition.words / "topic")["nl"]: (hits[rule.id], portfolio.open.get(rule.id, 0))
        for stage in model.resolved.stages for rule in stage.rules if hits.get(rule.id)
    }  # fmt: skip
    assert signals == topics
    assert found[3][0].startswith(f"Bij {portfolio.settled} staat het advies vast.")


def test_the_notes_have_profile_date_digest_and_each_limit_with_its_source(
    model: BarrierModel, written_in: Callable[[str], Path]
) -> None:
    sheet = openpyxl.load_workbook(written_in("nl"))["Toelichting"]
    found = {line[0].value: line[1] for line in sheet.iter_rows() if line[0].value}

    assert found["Profiel"].value == "Portefeuillescan"
    assert found["Kenmerk van het profiel"].value == model.resolved.digest
    assert found["Peildatum"].value == day_of(2026, 1, 15)
    limits = {line[1].value: line for line in sheet.iter_rows() if line[4].value}
    profit = limits["hoogste winst als deel van de omzet"]
    assert (profit[0].value, profit[2].value, profit[2].number_format) == ("Financiële signalen", 0.1, "0.0%")
    assert profit[4].value.startswith("https://")
    assert limits["maanden dat een onderneming starter is"][2].value == 24
    assert sum(str(line[4].value).startswith("Aanname: ") for line in limits.values()) == 7


# Cells ------------------------------------------------------------------------------------------------


def one_row(**cells: Any) -> pl.DataFrame:
    row = {"kvk": "00012345", "provider__name": "Zorg", "kvk_extract__active": True,
           "kvk_extract__registered_on": date(2020, 3, 1), "annual_accounts__turnover": 1_000_000.0,
           "annual_accounts__profit": 240_000.5, "provider__legal_form": "bv", "eigen": "007"}  # fmt: skip
    return pl.DataFrame({name: [value] for name, value in {**row, **cells}.items()})


@pytest.fixture(scope="module")
def two_rows(model: BarrierModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of two rows; the turnover of the second is unknown."""
    table = pl.concat([one_row(), one_row(kvk="2", annual_accounts__turnover=None)], how="vertical_relaxed")
    return batch(model, table, tmp_path_factory.mktemp("two"))


def test_numbers_are_text_and_dates_euros_and_percentages_are_values(two_rows: Path) -> None:
    head, *found = openpyxl.load_workbook(two_rows)["Overzicht"].iter_rows()
    row = next(line for line in found if line[0].value == "00012345")
    cells = {name.value: cell for name, cell in zip(head, row, strict=True)}
    seen = {name: (cell.data_type, cell.value, cell.number_format) for name, cell in cells.items()}

    assert seen["Nummer"] == ("s", "00012345", "@")
    assert seen["Datum van aanvang"] == ("d", day_of(2020, 3, 1), "[$-413]d mmm yyyy;@")
    assert seen["Omzet"] == ("n", 1_000_000, "[$€-413] #,##0;-[$€-413] #,##0")
    assert seen["Winst"] == ("n", 240_000.5, "[$€-413] #,##0.00;-[$€-413] #,##0.00")
    assert seen["Winst als deel van de omzet"] == ("n", 0.2400005, "0.0%")
    level = cells["Ten hoogste"]
    assert (level.value, level.fill.fgColor.rgb, level.font.color.rgb) == ("■ rood", "FFFDE8E7", "FFA3151B")


def test_levels_have_the_colours_that_they_have_on_pages() -> None:
    css = (Path(pages.__file__).parent / "templates" / "colours.css").read_text(encoding="utf-8")

    assert [colour for pair in writing.COLOURS.values() for colour in pair if f":{colour.lower()};" not in css] == []


def test_what_is_unknown_is_a_word_and_never_0(two_rows: Path) -> None:
    head, *found = lines(two_rows, "Overzicht")
    row = next(dict(zip(head, line, strict=True)) for line in found if line[0] == "2")

    assert (row["Omzet"], row["Winst als deel van de omzet"]) == ("onbekend", "onbekend")
    assert (row["Winst"], row["Minuten voor de aanbieder"]) == (240_000.5, 10)


def test_sheets_have_a_filter_and_headings_that_stay_in_sight(written_in: Callable[[str], Path]) -> None:
    book = openpyxl.load_workbook(written_in("nl"))

    assert book.sheetnames == SHEETS["nl"]
    assert [sheet.freeze_panes for sheet in book] == ["C2", None, None, "B2", "A2"]
    assert [bool(sheet.auto_filter.ref) for sheet in book] == [True, False, False, True, True]
    assert [sheet.print_title_rows for sheet in book] == ["$1:$1", None, None, "$1:$1", "$1:$1"]
    assert {(sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) for sheet in book} == {("landscape", "9")}


def test_details_hold_every_column_of_the_other_formats(
    model: BarrierModel, table: pl.DataFrame, written_in: Callable[[str], Path], tmp_path: Path
) -> None:
    head, *found = lines(written_in("nl"), "Gegevens")
    batch(model, table, tmp_path, output=tmp_path / "out.parquet", details=True)
    rows = pl.read_parquet(tmp_path / "out.parquet")

    assert list(head) == rows.columns
    shown = {day: str(day) for day in chain.from_iterable(rows.rows()) if type(day) is date and day.year < 1901}
    for cells, row in zip(found, rows.rows(), strict=True):
        cleaned = [shown.get(v, v) if type(v) is date else as_text(v) if type(v) is str else v for v in row]
        assert [cell.date() if isinstance(cell, datetime) else cell for cell in cells] == cleaned


def test_lines_stand_by_what_asks_for_attention_and_dates_of_their_own_beside_them(
    model: BarrierModel, tmp_path: Path
) -> None:
    ended = {"kvk_extract__active": False, "kvk_extract__end_date_stated": True,
             "kvk_extract__ended_on": date(2025, 12, 31)}  # fmt: skip
    days = [date(2026, 1, 15), None, date(2026, 2, 1)]
    rows = [{"kvk": str(n), "as_of": day, "annual_accounts__profit": 1.0, "annual_accounts__turnover": 9.0,
             "provider__legal_form": "bv", **(ended if n == 2 else dict.fromkeys(ended))}
            for n, day in enumerate(days)]  # fmt: skip
    schema = {"as_of": pl.Date, "kvk_extract__ended_on": pl.Date, "kvk_extract__active": pl.Boolean,
              "kvk_extract__end_date_stated": pl.Boolean}  # fmt: skip
    table = pl.DataFrame(rows, schema_overrides=schema)
    head, *found = lines(batch(model, table, tmp_path, as_of=None), "Overzicht")

    assert found[0][0] == "2"
    shown = {line[0]: line[head.index("Peildatum")] for line in found}
    assert shown == {"0": day_of(2026, 1, 15), "2": day_of(2026, 2, 1), "1": "onbekend"}


# Text is text -----------------------------------------------------------------------------------------


def written(*cells: Any) -> io.BytesIO:
    """A workbook with one line."""
    file = io.BytesIO()
    with new_workbook(file, "nl", "", "") as book:
        sheet: Sheet = book.sheet("A")
        sheet.line(cells)
    return file


@costly
@given(st.lists(st.text(), min_size=5))
@example(["<r>a</r>"])
@example(HOSTILE)
def test_text_is_read_back_as_it_was_and_is_nothing_else(texts: list[str]) -> None:
    file = written(*texts, "end")

    kept = [as_text(text) for text in texts if text]
    found = tags(file)
    assert (found["f"], found["hyperlink"], found["v"]) == (0, 0, 0)
    (part,) = parts(file).values()
    shown = ["".join(cell.itertext()).replace("_x005F_x", "_x") for cell in part.iter(f"{XML}c")]
    assert shown == [*(str(text).replace("_x005F_x", "_x") for text in kept), "end"]


def test_no_text_of_a_table_becomes_a_formula_a_link_or_a_number(small: BarrierModel, tmp_path: Path) -> None:
    """Whether it is a name, a number, a word, a column of the user's own or its heading."""
    columns = {"kvk": HOSTILE, "provider__name": HOSTILE, "dossier": HOSTILE, "=1+1": HOSTILE,
               "provider__legal_form": HOSTILE}  # fmt: skip
    table = pl.DataFrame(columns).with_columns(kvk_extract__active=pl.lit(value=True))
    path = batch(small, table, tmp_path, details=True)

    assert tags(path)["f"] == 0
    head, *found = openpyxl.load_workbook(path)["Gegevens"].iter_rows()
    assert head[3].value == "=1+1"
    assert {cell.data_type for line in found for cell in line[:4]} == {"s"}
    cleaned = [re.sub("[\t\r]", "\ufffd", text) for text in HOSTILE]
    assert [line[3].value for line in found] == [f"'{text}" if text == "'=1" else text for text in cleaned]
    assert {line[1] for line in lines(path, "Overzicht")[1:]} == {*cleaned}


def test_nor_does_text_of_a_row_that_is_not_assessed(small: BarrierModel, tmp_path: Path) -> None:
    text = "\n".join(["kvk;kvk_extract__active;eigen", '1;ja;"=1+1"', "=1+1;ja", "2;=2;<r>;=3;</r>", ""])
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    job = BatchJob(source=tmp_path / "in.csv", output=tmp_path / "out.xlsx", profile="portfolio-scan", as_of=AS_OF)

    assert run(small, job).rejected == 2
    assert tags(job.output)["f"] == 0
    head, first, second = lines(job.output, "Niet beoordeeld")
    assert head == ("Regel of dossier", "Kolom", "Wat er mis is", "Wat u doet", "Wat er staat")
    assert (first[0], first[4], second[0]) == (3, "=1+1; ja", 4)
    assert first[3] == "Verbeter regel 3 van uw bestand. Beoordeel daarna het hele bestand opnieuw."


def test_a_reject_with_a_column_says_which_to_mend(small: BarrierModel, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("kvk;kvk_extract__active;as_of\n1;ja;2026-01-15\n2;ja;gisteren\n")
    job = BatchJob(source=tmp_path / "in.csv", output=tmp_path / "out.xlsx", profile="portfolio-scan", lang="en")

    run(small, job)
    _, line = lines(job.output, "Not assessed")
    assert line[:2] == (3, "as_of")
    assert line[3:] == (
        "Correct as_of in line 3 of your file. Then assess the whole file again.",
        "kvk: 2; kvk_extract__active: ja; as_of: gisteren",
    )


def test_a_dossier_that_cannot_be_read_is_named(small: BarrierModel, tmp_path: Path) -> None:
    (tmp_path / "dossiers").mkdir()
    (tmp_path / "dossiers" / "half.json").write_text("{")
    job = BatchJob(source=tmp_path / "dossiers", output=tmp_path / "out.xlsx", profile="portfolio-scan", as_of=AS_OF)

    run(small, job)
    _, line = lines(job.output, "Niet beoordeeld")
    assert (line[0], line[3]) == ("half.json", "Verbeter half.json. Beoordeel daarna alle dossiers opnieuw.")


def test_rejects_beyond_those_that_are_kept_are_counted(
    small: BarrierModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rejects, "MAX_KEPT", 1)
    (tmp_path / "in.csv").write_text("kvk;kvk_extract__active\n1;ja\n2\n3\n")
    job = BatchJob(source=tmp_path / "in.csv", output=tmp_path / "out.xlsx", profile="portfolio-scan", as_of=AS_OF)

    run(small, job)
    _, first, rest = lines(job.output, "Niet beoordeeld")
    assert first[0] == 3
    assert rest[2] == f"Nog 1 rij staat in {job.rejects_file}."


@pytest.mark.parametrize(
    ("value", "kind", "read"),
    [
        (10**15, "s", str(10**15)), (-(10**15) + 1, "n", -(10**15) + 1), (float("inf"), "s", "inf"),
        (float("nan"), "s", "nan"), (Decimal("12.50"), "n", 12.5), (True, "b", True),
        (date(1899, 12, 31), "s", "1899-12-31"),
        (date(1900, 3, 1), "d", day_of(1900, 3, 1)), ("a" * 20_000, "s", "a" * 15_999 + "…"),
        ("\N{GRINNING FACE}" * 17_000, "s", "\N{GRINNING FACE}" * 15_999 + "…"),
    ],
)  # fmt: skip
def test_what_a_sheet_cannot_hold_is_text(value: Any, kind: str, read: Any) -> None:
    cell = openpyxl.load_workbook(written(value))["A"]["A1"]

    assert (cell.data_type, cell.value) == (kind, read)


# Secrets and what goes wrong --------------------------------------------------------------------------


def test_what_is_confidential_is_in_no_part_of_it_unless_asked_for(tmp_path: Path) -> None:
    """Neither of a kind that rules read, nor of one that is only installed."""
    model = region.model(knows)
    table = pl.DataFrame({"secret__told_on": [date(2025, 11, 13)], "team__note": ["GEHEIM"], "answers__flag": [True]})

    for confidential in (False, True):
        path = batch(model, table, tmp_path, confidential=confidential, details=True)
        cells = [cell for sheet in openpyxl.load_workbook(path) for line in sheet.iter_rows(values_only=True)
                 for cell in line]  # fmt: skip
        assert (day_of(2025, 11, 13) in cells, "GEHEIM" in cells) == (confidential, confidential)
        head = lines(path, "Overzicht")[0]
        assert (head[FIXED:] == ("Told on",)) is confidential, head


def test_nor_is_what_a_row_says_that_is_not_assessed(small: BarrierModel, tmp_path: Path) -> None:
    text = "kvk;kvk_extract__active;gva__number;as_of\n1;ja;GEHEIM;gisteren\n"
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")

    for confidential in (False, True):
        job = BatchJob(source=tmp_path / "in.csv", output=tmp_path / "out.xlsx", profile="portfolio-scan",
                       confidential=confidential)  # fmt: skip
        run(small, job)
        _, line = lines(job.output, "Niet beoordeeld")
        assert ("GEHEIM" in line[4], "kvk: 1" in line[4]) == (confidential, True)


@pytest.fixture
def listed(tmp_path: Path) -> Iterator[list[str]]:
    one_row().write_parquet(tmp_path / "in.parquet")
    yield ["batch", str(tmp_path / "in.parquet"), str(tmp_path / "out.xlsx"), "-p", str(SMALL), "--as-of",
           "2026-01-15"]  # fmt: skip
    assert {path.name for path in tmp_path.iterdir()} <= {"in.parquet", "out.xlsx"}


def test_the_command_writes_it_in_the_language_asked_for(listed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert command([*listed, "--lang", "en", "--raw"]) == 0
    out = capsys.readouterr().out
    assert openpyxl.load_workbook(listed[2]).sheetnames == SHEETS["en"]
    assert out.endswith(f"To explain one provider: barriermodel explain {listed[2]} --id kvk=00012345\n")


def test_without_xlsxwriter_one_sentence_says_what_to_install(
    listed: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)

    assert command(listed) == 2
    wanted = "spreadsheets need xlsxwriter; install it with: pip install 'barriermodel[sheets]'"
    assert capsys.readouterr().err == f"barriermodel: {wanted}\n"
    assert not Path(listed[2]).exists()


def test_more_rows_than_a_sheet_holds_are_refused(
    small: BarrierModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MAX_ROWS", 3)

    batch(small, pl.concat([one_row()] * 2), tmp_path)
    (tmp_path / "out.xlsx").unlink()
    with pytest.raises(InputError, match="a sheet has room for 2 rows and the table has more; write Parquet or CSV"):
        batch(small, pl.concat([one_row()] * 3), tmp_path)
    assert not (tmp_path / "out.xlsx").exists()


def test_more_columns_than_a_sheet_holds_are_refused(
    small: BarrierModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MAX_COLUMNS", 8)

    with pytest.raises(InputError, match="a sheet has room for 8 columns and the table has more; write Parquet or CSV"):
        batch(small, one_row(), tmp_path)


def test_a_full_disk_is_told_and_leaves_nothing(
    small: BarrierModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "write", full)
    with pytest.raises(BarrierModelError, match=r"out\.xlsx cannot be written: .*"):
        batch(small, one_row(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]
