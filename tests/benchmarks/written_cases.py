"""The written cases alone: of every barrier, of a profile of several stages, and of what no barrier has.

python -m pytest -p no:cacheprovider tests/benchmarks/written_cases.py
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "kit"))

import pytest
import small

from barriermodel import Level, Registry, euro
from barriermodel.plugin import Fact, add_months, any_of, not_, one_of, ratio
from barriermodel.testing import case_tests
from region import Accounts, Answers, Extract, Size, barrier, model

every = barrier("spoil.every")


@every.condition
def flagged(answers: Answers) -> Fact[bool]:
    return not_(answers.flag) & (answers.count != 7)


@every.signal(level=Level.RED, applies=flagged)
def sums(answers: Answers) -> Fact[bool]:
    return any_of(answers.count_b - 2 * answers.count < 3, answers.amount * 3 > euro(10))


@every.signal(level=Level.ORANGE)
def too_large(answers: Answers) -> Fact[bool]:
    # seven times the nearest whole number is larger than any number may be, and so unknown
    return answers.count_b * 7 >= 999_999_999_999_999


@every.signal(level=Level.RED)
def alike(accounts: Accounts, answers: Answers) -> Fact[bool]:
    return (accounts.profit + accounts.turnover <= euro(5)) | one_of(answers.size, Size.SMALL, Size.LARGE)


@every.signal(level=Level.ORANGE)
def late(extract: Extract, answers: Answers) -> Fact[bool]:
    return (add_months(answers.day, 1) >= date(2024, 2, 29)) | (ratio(extract.staff, answers.count) == 0.5)


EVERY = model(every)
COUNTS = small.counting("count", 2, 3)
POINTS = small.counting("points", 2, 4, {"kit.flags.rule_0": 3, "kit.flags.rule_1": 2, "kit.flags.rule_2": 0})
BARRIERS = sorted(Registry.discover().barriers)


@pytest.mark.parametrize("about", [EVERY, COUNTS, POINTS, "nl.kvk", *BARRIERS, "twente-2019"], ids=str)
def test_written_cases(about: object) -> None:
    case_tests(about)()
