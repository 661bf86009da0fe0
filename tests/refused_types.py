"""Rules that mix types; each is refused where ``# here`` stands. Only ``test_trace.py`` uses them."""

# ruff: noqa: PLW0177, E711
# mypy: ignore-errors

from __future__ import annotations

from datetime import timedelta
from typing import Any

from barriermodel.plugin import UNKNOWN, LegalForm, add_months, all_of, not_, one_of, ratio
from region import Answers, Size


def compares_text_and_number(a: Answers) -> Any:
    return a.words == 3  # here


def compares_bool_and_number(a: Answers) -> Any:
    return a.flag == 1  # here


def compares_amount_and_number(a: Answers) -> Any:
    return a.amount > 100  # here


def compares_amount_and_ratio(a: Answers) -> Any:
    return a.amount > a.share  # here


def compares_date_and_text(a: Answers) -> Any:
    return a.day > "2020-01-01"  # here


def compares_enum_and_text(a: Answers) -> Any:
    return a.size == "small"  # here


def compares_two_enums(a: Answers) -> Any:
    return a.size == LegalForm.BV  # here


def compares_with_unknown(a: Answers) -> Any:
    return a.flag == UNKNOWN  # here


def compares_with_none(a: Answers) -> Any:
    return a.flag == None  # here


def compares_with_nan(a: Answers) -> Any:
    return a.share > float("nan")  # here


def orders_texts(a: Answers) -> Any:
    return a.words > a.words_b  # here


def orders_enums(a: Answers) -> Any:
    return a.size > Size.SMALL  # here


def orders_flags(a: Answers) -> Any:
    return a.flag > a.flag_b  # here


def multiplies_amount_and_ratio(a: Answers) -> Any:
    return a.amount * a.share > a.amount_b  # here


def multiplies_amounts(a: Answers) -> Any:
    return a.amount * a.amount_b > a.amount  # here


def adds_amount_and_number(a: Answers) -> Any:
    return a.amount + 1 > a.amount_b  # here


def subtracts_dates(a: Answers) -> Any:
    return a.day - a.day_b > 30  # here


def adds_a_timedelta(a: Answers) -> Any:
    return a.day + timedelta(1) > a.day_b  # here


def adds_texts(a: Answers) -> Any:
    return a.words + "x" == "ax"  # here


def takes_ratio_of_amount_and_number(a: Answers) -> Any:
    return ratio(a.amount, a.count) > 1  # here


def adds_months_to_a_number(a: Answers) -> Any:
    return add_months(a.count, 3) > a.day  # here


def forgets_parentheses(a: Answers) -> Any:
    return a.count > 1 & a.count < 3  # here


def joins_numbers(a: Answers) -> Any:
    return all_of(a.flag, a.count)  # here


def negates_a_number(a: Answers) -> Any:
    return not_(a.count)  # here


def chooses_from_facts(a: Answers) -> Any:
    return one_of(a.words, a.words_b)  # here


def chooses_from_another_type(a: Answers) -> Any:
    return one_of(a.words, "a", 3)  # here
