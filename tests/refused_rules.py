"""Rules that no expression can say; each is refused where ``# here`` stands. Only ``test_trace.py`` uses them."""

# ruff: noqa: RUF034, RUF059, B009
# mypy: ignore-errors

from __future__ import annotations

import math
from typing import Annotated, Any

from barriermodel.plugin import UNKNOWN, LegalForm, Limit, Provider, all_of, any_of, named, one_of
from region import Answers, Extract, Size, Team

LIMIT = Limit(assumed=True)


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
    return named("not a name", a.flag)  # here


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
    return named("m", many) == a.words  # here


def returns_a_list(a: Answers, *, many: Annotated[tuple[bool, ...], LIMIT] = (True,)) -> Any:
    return many
