"""Rules that compare dates some months later, on every engine: the ends of months, and of the calendar."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated

import engines
import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel import UNKNOWN, BarrierModel, Level
from barriermodel.plugin import AsOf, Fact, Limit, add_months, one_of
from examples import costly
from region import AS_OF, Answers, barrier, dossier, item, model

Row = tuple[date | None, date | None, int]
LAST_DAYS = [*(date(2024, 1, day) for day in range(28, 32)), *(date(2024, 2, day) for day in (27, 28, 29)),
             date(2023, 1, 31), date(2023, 2, 28)]  # fmt: skip
DATES = st.sampled_from(LAST_DAYS) | st.dates(date(2023, 12, 25), date(2024, 3, 5)) | st.dates()
MORE = Annotated[int, Limit(assumed=True)]


def month_later(answers: Answers, *, months: MORE = 1) -> Fact[bool]:
    return add_months(answers.day, months) > answers.day_b


def month_later_or_then(answers: Answers, *, months: MORE = 1) -> Fact[bool]:
    return add_months(answers.day, months) >= answers.day_b


def year_earlier(answers: Answers) -> Fact[bool]:
    return answers.day_b < add_months(answers.day, -12)


def year_earlier_or_then(answers: Answers) -> Fact[bool]:
    return answers.day_b <= add_months(answers.day, -12)


def to_the_day(answers: Answers) -> Fact[bool]:
    return add_months(answers.day, 1) == answers.day_b


def both_moved(answers: Answers) -> Fact[bool]:
    return add_months(answers.day, 1) < add_months(answers.day_b, -1)


def moved_twice(answers: Answers) -> Fact[bool]:
    return add_months(add_months(answers.day, 1), 1) <= answers.day_b


def before_today(answers: Answers, today: AsOf) -> Fact[bool]:
    return add_months(answers.day, 18) < today


def counted_by_a_fact(answers: Answers) -> Fact[bool]:
    return add_months(answers.day, answers.count) <= answers.day_b


def one_of_two(answers: Answers) -> Fact[bool]:
    return one_of(add_months(answers.day, 1), date(2024, 2, 28), date(2024, 2, 29))


def later_if_many(answers: Answers) -> Fact[bool]:
    return (add_months(answers.day, 1) > answers.day_b) == (answers.count > 2)


RULES: list[Callable[..., Fact[bool]]] = [
    month_later, month_later_or_then, year_earlier, year_earlier_or_then, to_the_day, both_moved, moved_twice,
    before_today, counted_by_a_fact, one_of_two, later_if_many,
]  # fmt: skip


@pytest.fixture(scope="module")
def dates() -> BarrierModel:
    made = barrier("x.dates")
    for rule in RULES:
        made.signal(level=Level.ORANGE)(rule)
    return model(made, valid_from=date(2000, 1, 1))


def check(dates: BarrierModel, rows: Iterable[Row], engine: str) -> None:
    known = [[UNKNOWN if value is None else value for value in row] for row in rows]
    found = [dossier(item(Answers(day=day, day_b=day_b, count=count))) for day, day_b, count in known]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assessed = engines.rows(dates.assess_frame(engines.ENGINES[engine](engines.arrow(dates, found)), details=True))

    for one, row in zip(found, assessed, strict=True):
        wanted = {f"status__{rule.id.replace('.', '_')}": rule.status.key for rule in dates.assess(one).rules}
        assert {name: row[name] for name in wanted} == wanted


ENDS: list[Row] = [(day, day_b, count) for count in (0, 1) for day, day_b in [
    (date(2024, 1, 31), date(2024, 2, 29)), (date(2024, 1, 31), date(2024, 3, 1)), (date(2024, 2, 29), None),
    (date(2023, 1, 29), date(2023, 2, 28)), (date(2024, 2, 29), date(2023, 2, 28)), (None, AS_OF), (AS_OF, None),
    (date(2024, 1, 30), date(2024, 2, 28)), (date(9999, 12, 1), date(9999, 12, 31)), (date(1, 1, 31), date(1, 1, 1)),
    (date(9999, 11, 30), date(9999, 12, 31)), (date(2023, 12, 30), AS_OF), (date(2023, 12, 31), AS_OF),
]]  # fmt: skip


@pytest.mark.parametrize("engine", engines.QUICK)
def test_the_ends_of_months_and_of_the_calendar(dates: BarrierModel, engine: str) -> None:
    check(dates, ENDS, engine)


@costly
@given(st.lists(st.tuples(st.none() | DATES, st.none() | DATES, st.integers(-40, 40)), min_size=30, max_size=40))
def test_any_two_dates(dates: BarrierModel, rows: list[Row]) -> None:
    for engine in ("polars", "pyarrow"):
        check(dates, rows, engine)
