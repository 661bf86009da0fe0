"""How each language writes money, dates and lists, and what a terminal or spreadsheet would execute."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel.extras import MissingExtraError
from barriermodel.plugin import Localized
from barriermodel.text import (
    escape_cell,
    escape_control_characters,
    format_bool,
    format_date,
    format_list,
    format_money,
    format_percent,
    unescape_cell,
)


@pytest.mark.parametrize(
    ("written", "nl", "en"),
    [
        (lambda lang: format_money(125050, lang), "€ 1.250,50", "€1,250.50"),
        (lambda lang: format_money(-125000000, lang), "-€ 1.250.000", "-€1,250,000"),
        (lambda lang: format_money(5, lang), "€ 0,05", "€0.05"),
        (lambda lang: format_percent(0.245, lang), "24,5%", "24.5%"),
        (lambda lang: format_percent(-0.0001, lang), "0%", "0%"),
        (lambda lang: format_percent(0.1, lang), "10%", "10%"),
        (lambda lang: format_percent(123.456, lang), "12.345,6%", "12,345.6%"),
        (lambda lang: format_date(date(2019, 3, 1), lang), "1 maart 2019", "1 March 2019"),
        (lambda lang: format_bool(True, lang), "ja", "yes"),
        (lambda lang: format_list(["a"], lang), "a", "a"),
        (lambda lang: format_list(["a", "b", "c"], lang), "a, b en c", "a, b and c"),
        (lambda lang: format_list(["a", "b"], lang, "or"), "a of b", "a or b"),
    ],
)
def test_values_are_written_as_each_language_does(written: Any, nl: str, en: str) -> None:
    assert (written("nl"), written("en")) == (nl, en)


@pytest.mark.parametrize("value", [1.7e308, -1.7e308, 5e-324])
def test_a_share_of_any_size_can_be_written(value: float) -> None:
    assert format_percent(value, "nl").endswith("%")


# Spreadsheets and terminals -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "-x", "@SUM(A1)", "\t=1", "\r=1", "'s-Hertogenbosch", "'=1", "''", "'", "-",
     "+", "-12-3", "-12%", "- 12", "-1e", "=", "-١٢", "-12\n"],
)  # fmt: skip
def test_a_cell_that_a_spreadsheet_may_take_for_a_formula_gets_an_apostrophe(text: str) -> None:
    assert escape_cell(text) == "'" + text
    assert unescape_cell("'" + text) == text


@pytest.mark.parametrize(
    "text", ["", "a=1", " =1", "12", "-12", "+12", "-12.50", "-1.250,50", "-,5", "-1e-5", "+31612345678", "é", "\n=1"]
)
def test_other_text_and_numbers_stay_as_they_are(text: str) -> None:
    assert escape_cell(text) == unescape_cell(text) == text


@given(st.text() | st.text(alphabet="='+-@\t\r\n1,.e", max_size=6))
def test_any_text_survives_being_a_cell(text: str) -> None:
    assert unescape_cell(escape_cell(text)) == text


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a\x9bb", "a\\u009bb"), ("\x85", "\\u0085"), ("\x7f", "\\u007f"), ("\u202e", "\\u202e"), ("\u2066", "\\u2066"),
        ("\u061c", "\\u061c"), ("\u200f", "\\u200f"), ("\x1b]0;x\x07", "\\u001b]0;x\\u0007"), ("\x1b[8m", "\\u001b[8m"),
        ("\r", "\\u000d"), ("\x1b[1;31mrood\x1b[0m", "\x1b[1;31mrood\x1b[0m"), ("é – “ ’\n\tך", "é – “ ’\n\tך"),
    ],
)  # fmt: skip
def test_what_steers_a_terminal_is_written_out_but_for_our_own_colours(words: str, shown: str) -> None:
    assert escape_control_characters(words) == shown


@pytest.mark.parametrize("lang", ["xx", "", None])
def test_words_of_a_language_in_which_nothing_is_written_are_refused_and_not_given_in_english(lang: Any) -> None:
    with pytest.raises((ValueError, MissingExtraError), match=r"tag of (a|another) language|needs babel"):
        _ = Localized("een", "one")[lang]
