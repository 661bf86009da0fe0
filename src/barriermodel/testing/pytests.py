"""Tests for pytest in one line each: the contract of a barrier, scenarios, and cases written from the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Any

import pytest

from barriermodel import BarrierModel, Interval, Registry
from barriermodel.analysis.reading import suggest

from .barrier_under_test import BarrierUnderTest
from .cases import make_cases
from .evaluation_context import EvaluationContext
from .law_checking import LawBroken, law_test
from .laws import LAWS, Law
from .models import model_of
from .oracle import results
from .scenario import Scenario, Suite, differences, failure_message, format_expectation
from .scenario_reading import read_suites

MAX_SHOWN = 20
"""At most this many of the failing cases are shown in a line each, beside the first."""


def barrier_contract(
    barrier: str,
    *,
    registry: Registry | None = None,
    exempt: Mapping[str, str] | None = None,
    max_examples: int = 30,
) -> type:
    """A class of tests for pytest, one for each law.

    Write ``TestHousing = barrier_contract("drenthe.housing")`` in a test file.

    Args:
        barrier: its id.
        registry: the plugins it may be in; left out, those that are installed.
        exempt: laws that it does not keep, by name, each with the reason; such a test must fail (strict xfail).
        max_examples: how many dossiers are tried for each law.

    Raises:
        ValueError: there is no such law, or a reason is missing.

    """
    exempt = exempt or {}
    for name, reason in exempt.items():
        if name not in LAWS:
            hint = suggest(name, LAWS) or f"; there are {', '.join(LAWS)}"
            raise ValueError(f"there is no law {name!r}{hint}")
        if not reason.strip():
            raise ValueError(f"say why {barrier} does not keep the law {name!r}")

    @cache
    def subject() -> BarrierUnderTest:
        return BarrierUnderTest(barrier, registry, max_examples)

    tests = {f"test_{law.name}": _law_test(law, subject, exempt.get(law.name)) for law in LAWS.values()}
    return type(f"Contract of {barrier}", (), {"__doc__": f"The laws of {barrier}.", **tests})


def _law_test(law: Law, subject: Callable[[], BarrierUnderTest], exempted: str | None) -> Any:
    test = law_test(law.name, law.says, lambda: law.check(subject()))
    if exempted is None:
        return test
    return pytest.mark.xfail(reason=f"{law.name}: {exempted}", strict=True, raises=LawBroken)(test)


def scenario_tests(path: str | PathLike[str], registry: Registry | None = None) -> Callable[..., None]:
    """A test for each scenario of a TOML file, or of all files in a folder.

    Write ``test_scenarios = scenario_tests(FOLDER / "scenarios")`` in a test file. A failure shows what was
    expected, what differs from the clear dossier, and the explanation.

    Args:
        path: the file or folder; seen from where pytest runs, so better from ``Path(__file__)``.
        registry: left out, the plugins that are installed.

    Raises:
        InputError: there is no scenario there, or one cannot be read.

    """
    suites = [(file.stem, suite) for file, suite in read_suites(Path(path), registry=registry)]
    parameters: list[Any] = [
        pytest.param(scenario, suite, id=f"{stem}-{number}")
        for stem, suite in suites
        for number, scenario in enumerate(suite.scenarios, 1)
    ]

    @pytest.mark.parametrize(("scenario", "suite"), parameters)
    def test(scenario: Scenario, suite: Suite) -> None:
        """What comes out of a scenario is what it expects."""
        lines = differences(scenario, suite)
        if lines:
            pytest.fail(failure_message(scenario, suite, lines), pytrace=False)

    return test


def case_tests(about: str | BarrierModel, registry: Registry | None = None) -> Callable[..., None]:
    """One test of all cases that are written from the rules of a profile or barrier, as they are now.

    What must come out is what the rules say, read one by one, and not what the engine says: a failure is a mistake in
    the engine or in how it selects evidence. To notice a change of the rules, write the cases to a file
    (``barriermodel cases``) and run that with :func:`scenario_tests`.

    The cases are written when the test runs, and not when tests are collected.
    """

    def test() -> None:
        """What comes out of each written case is what the rules say."""
        named = about if isinstance(about, str) else ""
        suite = make_cases(model_of(about, registry), about=named)
        context = EvaluationContext.of(suite.model, suite.clear.as_of)
        found = [(case, lines) for case in suite.scenarios if (lines := _wrong_results(case, suite, context))]
        if found:
            pytest.fail(_cases_message(suite, found), pytrace=False)

    return test


def _wrong_results(case: Scenario, suite: Suite, context: EvaluationContext) -> list[str]:
    """What came out otherwise than expected; where all of that is right, whatever else is told of rules and levels."""
    assessment = suite.model.assess(case.draft.dossier(context.kinds.values()))
    found: dict[str, str | Interval | None] = {f"rule {rule.id}": rule.status.key for rule in assessment.rules}
    found |= {f"barrier {barrier.id}": barrier.interval for barrier in assessment.barriers}
    found |= {f"stage {stage.id}": stage.interval for stage in assessment.stages}
    found |= {f"moment {moment.value}": ends for moment, ends in assessment.moments.items()}
    found |= {f"concern {concern.value}": result.interval for concern, result in assessment.concerns.items()}
    wanted = results(case.draft, context)
    lines = [
        f"{id}: expected {format_expectation(wanted[id])}; got {format_expectation(found[id])}"
        for id in wanted
        if wanted[id] != found[id]
    ]
    return differences(case, suite) or lines


def _cases_message(suite: Suite, found: Sequence[tuple[Scenario, list[str]]]) -> str:
    """The first case that differs in full, and of the others what differs."""
    first, *others = found
    head = f"{len(found)} of {len(suite.scenarios)} cases of {suite.about} come out otherwise than the rules say."
    lines = [head, "", failure_message(first[0], suite, first[1])]
    if others:
        lines += ["", "The others:" if len(others) <= MAX_SHOWN else f"The first {MAX_SHOWN} of the others:"]
        lines += [f"  {case.name.nl}: {'; '.join(differing)}" for case, differing in others[:MAX_SHOWN]]
    return "\n".join(lines)
