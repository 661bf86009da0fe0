"""Which contracts are on the page for residents, what it says of them, and what it never does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markup import read

from barriermodel import LegalForm
from barriermodel.offer import offer_on
from barriermodel.offer.running import problem_of

AS_OF = date(2026, 1, 15)
MIDNIGHT = datetime(2025, 1, 1, tzinfo=UTC)
ROW: Mapping[str, Any] = {
    "name": "Zorg Nergens", "kvk": "00001234", "service": "Begeleiding", "municipality": "Voorbeelddam",
    "from": date(2025, 1, 1), "until": date(2026, 12, 31),
}  # fmt: skip
TEXTS = ("name", "service", "municipality", "address")
HOSTILE = (
    "</title><script>alert(1)</script>", "\"' onmouseover='x", "{{7*7}}{% if %}", "</style><b>", "a\u202eb", "\x1b[31m",
    "--><!--", "&amp;", "=1+1",
)  # fmt: skip


days = st.one_of(
    st.sampled_from([None, AS_OF, AS_OF - timedelta(1), AS_OF + timedelta(1), date(1900, 1, 1), date(9999, 12, 31)]),
    st.dates(date(2024, 1, 1), date(2028, 1, 1)),
)
words = st.sampled_from(["Zorg Nergens", "Élan", "elan", "Begeleiding", *HOSTILE[:3]])
texts = words | st.sampled_from([None, "", " \t"])
rows = st.fixed_dictionaries(
    {},
    optional={
        "name": texts, "kvk": st.sampled_from(["00001234", "00005678", "1234", "0000123a", "", None]), "service": texts,
        "municipality": texts, "from": days, "until": days, "running": st.sampled_from([True, False, None]),
        "certificate": st.sampled_from([True, False, None]), "certificate_until": days, "address": texts,
        "legal_form": st.sampled_from([None, *(form.value for form in LegalForm)]),
    },
).map(lambda changes: {**ROW, **changes})  # fmt: skip
good_rows = st.builds(
    lambda **changes: {**ROW, **changes}, name=words, service=words, municipality=words, address=words,
    legal_form=st.sampled_from(["bv", "eenmanszaak"]), certificate=st.booleans(),
    certificate_until=st.sampled_from([AS_OF - timedelta(1), AS_OF]),
)  # fmt: skip


def known(day: date | None) -> bool:
    return day is not None and date(1583, 1, 1) <= day <= date(2199, 12, 31) and day != date(1900, 1, 1)


def runs(row: Mapping[str, Any]) -> bool:
    """What the page on offers says, in other words than the code."""
    filled = all((row[name] or "").strip() for name in ("name", "service", "municipality"))
    numbered = re.fullmatch(r"\d{8}", row["kvk"] or "") is not None
    dated = known(row["from"]) and known(row["until"]) and row["from"] <= AS_OF <= row["until"]
    return filled and numbered and dated and row.get("running", True) is True


# Who is on it -------------------------------------------------------------------------------------------


@given(st.lists(rows))
def test_who_has_a_running_contract_is_on_the_page_and_nobody_else(found: list[Mapping[str, Any]]) -> None:
    entries = offer_on(AS_OF, found).entries

    shown = {(one.service, one.municipality, one.name, one.kvk, one.until) for one in entries}
    parts = ("service", "municipality", "name", "kvk", "until")
    assert shown == {tuple(row[part] for part in parts) for row in found if runs(row)}
    assert len({*entries}) == len(entries)


@pytest.mark.parametrize(
    ("first", "last", "shown"), [(0, 0, True), (-1, 1, True), (1, 2, False), (-2, -1, False), (1, -1, False)]
)
def test_a_contract_is_on_the_page_from_its_first_day_to_its_last(first: int, last: int, shown: bool) -> None:
    row = {**ROW, "from": AS_OF + timedelta(first), "until": AS_OF + timedelta(last)}

    assert (len(offer_on(AS_OF, [row]).entries) == 1) is shown


@given(st.lists(rows), st.randoms())
def test_no_other_row_and_no_order_of_rows_changes_a_byte(found: list[Mapping[str, Any]], random: Any) -> None:
    """Suspended, ended and unknown look the same: as if the row were not there."""
    again = [*filter(runs, found), *filter(runs, found)]
    random.shuffle(again)

    assert offer_on(AS_OF, again).html() == offer_on(AS_OF, found).html()


@given(
    st.lists(rows, min_size=1),
    st.dictionaries(st.sampled_from(["advice__at_least", "rule__nl_kvk_active", "gva__number", "note"]), st.text()),
)
def test_what_a_row_holds_besides_its_contract_changes_no_byte(
    found: list[Mapping[str, Any]], more: dict[str, str]
) -> None:
    assert offer_on(AS_OF, [{**row, **more} for row in found]).html("en") == offer_on(AS_OF, found).html("en")


@given(rows)
def test_what_is_wrong_is_said_where_a_contract_may_run_and_is_not_shown(row: Mapping[str, Any]) -> None:
    over = row.get("running") is False or (known(row["from"]) and row["from"] > AS_OF) or (
        known(row["until"]) and row["until"] < AS_OF
    )  # fmt: skip

    assert (problem_of(row, AS_OF) is None) == (over or runs(row))


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("until", None, "until: this is empty"),
        ("municipality", "  ", "municipality: this is empty"),
        ("until", date(9999, 12, 31), "until: 9999-12-31 stands for no date at all; write the real date"),
        ("kvk", "1234567", "kvk: '1234567' is not a valid NL-KVK number: expected 8 digits, leading zeros kept"),
        ("running", None, "running: this is empty"),
        ("running", 0, "running: expected True or False; got 0"),
        ("running", "opgeschort", "running: expected True or False; got 'opgeschort'"),
        ("kvk", 12345678, "kvk: expected text; got 12345678"),
        ("until", "2026-12-31", "until: expected a date without a time; got '2026-12-31'"),
        ("from", MIDNIGHT, f"from: expected a date without a time; got {MIDNIGHT!r}"),
    ],
)
def test_a_problem_names_the_column_and_what_to_do(column: str, value: Any, said: str) -> None:
    row = {**ROW, column: value}

    assert problem_of(row, AS_OF) == said
    assert offer_on(AS_OF, [row]).entries == ()


def test_entries_are_in_alphabetical_order_whatever_the_accents_and_capitals() -> None:
    names = ["Zet", "élan", "Delta", "Eland", "Ára"]

    assert [entry.name for entry in offer_on(AS_OF, [{**ROW, "name": name} for name in names]).entries] == [
        "Ára", "Delta", "élan", "Eland", "Zet",
    ]  # fmt: skip


def test_spaces_make_no_other_service() -> None:
    found = offer_on(AS_OF, [ROW, {**ROW, "service": " Begeleiding\u00a0", "municipality": "Voorbeelddam "}])

    assert len(found.entries) == 1


# What it says -------------------------------------------------------------------------------------------


@given(st.lists(good_rows, min_size=1))
def test_a_certificate_is_said_of_all_or_of_nobody(found: list[Mapping[str, Any]]) -> None:
    valid = [row["certificate"] and row["certificate_until"] >= AS_OF for row in found]
    without = [{**row, "certificate": None, "certificate_until": None} for row in found]
    page, plain = (offer_on(AS_OF, some).html() for some in (found, without))
    statement = "<p>Al deze aanbieders hebben op 15 januari 2026 een geldig kwaliteitscertificaat.</p>\n"

    assert page.replace(statement, "") == plain
    assert page.count(statement) == all(valid)


@given(st.lists(good_rows, min_size=1))
def test_where_all_need_a_certificate_the_page_says_so_and_nothing_of_anyone(found: list[Mapping[str, Any]]) -> None:
    without = [{**row, "certificate": None} for row in found]
    page, plain = (offer_on(AS_OF, some, certificate_demanded=True).html("en") for some in (found, without))

    assert page == plain
    assert page.count("The municipality requires a quality certificate of all these providers.") == 1


def test_where_nobody_is_listed_nothing_is_said_of_certificates() -> None:
    assert "certificaat" not in offer_on(AS_OF, [], certificate_demanded=True).html()


@pytest.mark.parametrize("form", [*(form.value for form in LegalForm), None, "iets"])
def test_an_address_is_shown_only_where_it_is_not_that_of_a_person(form: str | None) -> None:
    page = offer_on(AS_OF, [{**ROW, "address": "Dijkweg 1", "legal_form": form}]).html()

    assert ("Dijkweg 1" in page) == (form not in ("eenmanszaak", "vof", "maatschap", None, "iets"))


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_page_has_no_word_of_an_assessment(lang: str) -> None:
    page = offer_on(AS_OF, [{**ROW, "certificate": True, "certificate_until": AS_OF}]).html(lang)
    said = read(page).one("body").words.lower()
    levels = "advies|advice|groen|oranje|rood|green|orange|\\bred\\b|signa"

    assert re.findall(f"{levels}|opgeschort|suspend|ended|beëindig|reden|reason", said) == []
    assert ("15 januari 2026" if lang == "nl" else "15 january 2026") in said


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("field", TEXTS)
def test_what_a_table_holds_is_shown_as_text(field: str, hostile: str) -> None:
    harmless = {**ROW, "legal_form": "bv", "address": "Dijkweg 1"}
    page, plain = (read(offer_on(AS_OF, [{**harmless, field: text}]).html()) for text in (hostile, "Woord"))
    shown = hostile.replace("\u202e", "\ufffd").replace("\x1b", "\ufffd")

    assert page.shape() == plain.shape()
    assert shown in page.one("main").text


def test_each_service_has_a_heading_and_each_municipality_a_choice() -> None:
    found = [{**ROW, "service": s, "municipality": m} for s, m in (("Wonen", "Overdam"), ("Dag", "Borneo"))]
    page = read(offer_on(AS_OF, found).html())

    assert [label.words for label in page.all("label")] == ["alle gemeenten", "Borneo", "Overdam"]
    assert ["checked" in label.one("input").attributes for label in page.all("label")] == [True, False, False]
    assert [section.one("h2").words for section in page.all("section")] == ["Dag", "Wonen"]
    assert not list(read(offer_on(AS_OF, [ROW]).html()).all("label"))


@pytest.mark.parametrize("lang", [None, "", "xx", 3])
def test_a_page_in_no_language_is_refused(lang: Any) -> None:
    with pytest.raises(ValueError, match="lang is "):
        offer_on(AS_OF, [ROW]).html(lang)
