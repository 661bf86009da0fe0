"""Small barriers for the tests of the kit, each with what it is about."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from barriermodel import BarrierModel, Level, Provider
from barriermodel.domain.provider import LegalForm
from barriermodel.plugin import AsOf, Fact, Limit, Ratio, add_months, named, not_, one_of, ratio
from region import Accounts, Answers, Extract, Size, barrier, flag_rules, model, stage

LIMIT = Limit(assumed=True)


def with_rule(function: Any, level: Level = Level.ORANGE, *, by: str = "worst") -> BarrierModel:
    """A model of one signal."""
    made = barrier("kit.one")
    made.signal(level=level)(function)
    return model(made)


def high_margin(accounts: Accounts, *, most: Annotated[Ratio, LIMIT] = 0.1) -> Fact[bool]:
    return named("margin", ratio(accounts.profit, accounts.turnover)) > most


def late(extract: Answers, as_of: AsOf, *, months: Annotated[int, LIMIT] = 6) -> Fact[bool]:
    return add_months(extract.day, months) < as_of


def not_small(answers: Answers) -> Fact[bool]:
    return not_(one_of(answers.size, Size.SMALL, Size.MEDIUM))


def few_and_flagged(extract: Extract, answers: Answers, *, fewest: Annotated[int, LIMIT] = 3) -> Fact[bool]:
    return (extract.staff < fewest) & (answers.flag | (answers.words == "x"))


def never_both(answers: Answers) -> Fact[bool]:
    return (answers.count > 5) & (answers.count < 3)


def one_is_enough(answers: Answers) -> Fact[bool]:
    return (answers.count > 5) & (answers.count > 3)


def a_company(provider: Provider) -> Fact[bool]:
    return provider.legal_form == LegalForm.BV


def sums(answers: Answers, *, most: Annotated[int, LIMIT] = 20) -> Fact[bool]:
    return answers.count + answers.count_b > most


def before(answers: Answers) -> Fact[bool]:
    return answers.day < date(2020, 1, 1)


RULES = (high_margin, late, not_small, few_and_flagged, a_company, sums, before)


def counting(by: str, orange: int, red: int, weights: dict[str, int] | None = None, rules: int = 4) -> BarrierModel:
    """A model of one stage that counts, with rules that hit one by one."""
    made, _ = flag_rules("kit.flags", *[Level.ORANGE] * rules)
    return model(made, stages=[stage("counted", "kit.flags", by=by, orange=orange, red=red, weights=weights)])
