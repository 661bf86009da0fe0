"""Rules that no expression can say; each is refused where ``# here`` stands. Only ``test_trace.py`` uses them."""

# ruff: noqa: B009, B018, E711, RUF005, SIM103, SIM210, SIM110
# mypy: ignore-errors

from __future__ import annotations

import math
from datetime import timedelta
from typing import Annotated, Any

from barriermodel import (
    UNKNOWN,
    LegalForm,
    Limit,
    Provider,
    add_months,
    all_of,
    any_of,
    named,
    not_,
    one_of,
    ratio,
)
from region import Answers, Extract, Size, Team

LIMIT = Limit(assumption="a test")

def uses_and(a: Answers) -> Any:
    return a.flag and a.flag_b  # here


def uses_or(a: Answers) -> Any:
    return a.flag or a.flag_b  # here


def uses_not(a: Answers) -> Any:
    return not a.flag  # here


def uses_in(a: Answers) -> Any:
    return a.words in ("a", "b")  # here


def uses_not_in(a: Answers) -> Any:
    return a.words not in ("a", "b")  # here


def uses_is(a: Answers) -> Any:
    return a.flag is UNKNOWN  # here


def uses_is_not(a: Answers) -> Any:
    return a.flag is not None  # here


def uses_if(a: Answers) -> Any:
    if a.flag:  # here
        return a.flag_b
    return a.flag


def uses_if_expression(a: Answers) -> Any:
    return a.flag if a.flag_b else a.flag  # here


def uses_match(a: Answers) -> Any:
    match a.size:  # here
        case Size.SMALL:
            return a.flag
        case _:
            return a.flag_b


def uses_try(a: Answers) -> Any:
    try:  # here
        return a.share > 0.1
    except TypeError:
        return a.flag


def uses_for(a: Answers) -> Any:
    for _ in (1, 2):  # here
        pass
    return a.flag


def uses_while(a: Answers) -> Any:
    while a.flag:  # here
        return a.flag


def uses_comprehension(a: Answers) -> Any:
    return all_of(*[a.count > n for n in (1, 2)])  # here


def uses_generator(a: Answers) -> Any:
    return any_of(*(a.count > n for n in (1, 2)))  # here


def uses_division(a: Answers) -> Any:
    return a.amount / a.amount_b > 0.1  # here


def uses_floor_division(a: Answers) -> Any:
    return a.count // 2 > 1  # here


def uses_modulo(a: Answers) -> Any:
    return a.count % 2 == 0  # here


def uses_power(a: Answers) -> Any:
    return a.count**2 > 4  # here


def uses_minus(a: Answers) -> Any:
    return -a.count > 4  # here


def uses_chain(a: Answers) -> Any:
    return 1 < a.count < 3  # here


def uses_str(a: Answers) -> Any:
    return str(a.count) == "1"  # here


def uses_f_string(a: Answers) -> Any:
    return f"{a.words}x" == "ax"  # here


def uses_isinstance(a: Answers) -> Any:
    return isinstance(a.count, int)  # here


def uses_abs(a: Answers) -> Any:
    return abs(a.count) > 3  # here


def uses_max(a: Answers) -> Any:
    return max(a.count, a.count_b) > 3  # here


def uses_len(a: Answers) -> Any:
    return len(a.words) > 3  # here


def uses_sqrt(a: Answers) -> Any:
    return math.sqrt(a.share) > 3  # here


def uses_getattr(a: Answers) -> Any:
    return getattr(a, "flag")  # here


def uses_method(a: Answers) -> Any:
    return a.words.startswith("x")  # here


def uses_assert(a: Answers) -> Any:
    assert a.flag  # here
    return a.flag


def uses_in_place(a: Answers) -> Any:
    x = a.count
    x += 1  # here
    return x > 2


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


def misspells_a_fact(a: Answers) -> Any:
    return a.flagg  # here


def misspells_a_fact_of_the_provider(p: Provider) -> Any:
    return p.legalform == LegalForm.BV  # here


def reads_a_list(e: Extract) -> Any:
    return one_of(e.codes, "a")  # here


def reads_a_list_of_records(t: Team) -> Any:
    return t.members == ()  # here


def uses_evidence_as_truth(a: Answers) -> Any:
    return all_of(a, a.flag)  # here


def compares_evidence(a: Answers) -> Any:
    return a == Answers()  # here


def sets_a_fact(a: Answers) -> Any:
    a.flag = True  # here
    return a.flag


def hashes(a: Answers) -> Any:
    return {a.flag: 1}  # here


def unpacks(a: Answers) -> Any:
    first, second = a.words  # here
    return first


def calls_a_fact(a: Answers) -> Any:
    return a.flag()  # here


def indexes(a: Answers) -> Any:
    return a.words[0] == "a"  # here


def names_badly(a: Answers) -> Any:
    return named("not a name", a.flag, nl="n", en="n")  # here


def returns_true(a: Answers) -> Any:
    return True


def returns_nothing(a: Answers) -> Any:
    a.flag


def returns_a_number(a: Answers) -> Any:
    return a.count


def returns_evidence(a: Answers) -> Any:
    return a


def compares_a_list(a: Answers, *, many: Annotated[tuple[str, ...], LIMIT] = ("a",)) -> Any:
    return a.words == many  # here


def chooses_a_list(a: Answers, *, many: Annotated[tuple[str, ...], LIMIT] = ("a",)) -> Any:
    return one_of(many, "a")  # here


def names_a_list(a: Answers, *, many: Annotated[tuple[str, ...], LIMIT] = ("a",)) -> Any:
    return named("m", many, nl="n", en="n") == a.words  # here


def returns_a_list(a: Answers, *, many: Annotated[tuple[bool, ...], LIMIT] = (True,)) -> Any:
    return many
