"""Tests for pytest in one line each: the contract of a barrier, scenarios, and cases written from the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from barriermodel import BarrierModel, Interval, Registry
from barriermodel.analysis.text import suggest

from .barrier_under_test import BarrierUnderTest
from .cases import make_cases
from .evaluation_context import EvaluationContext
from .law_checking import LawBroken, law_test
from .laws import LAWS, Law
from .models import model_of
from .oracle import results
from .scenario import Scenario, Suite, differences, failure_message, format_expectation
from .scenario_reading import SuiteFile, read_suites

MAX_SHOWN = 20
"""At most this many of the failing cases are shown in a line each, besides the first."""


@cache
def _installed() -> Registry:
    """The plugins that are installed: a run of tests installs none."""
    return Registry.discover()


def barrier_contract(
    barrier: str,
    *,
    registry: Registry | None = None,
    exempt: Mapping[str, str] | None = None,
    max_examples: int | None = None,
) -> type:
    """A class for pytest with one test for each law that barriers keep.

    Assign it to a name that begins with ``Test``: ``TestHousing = barrier_contract("drenthe.housing")``.

    Args:
        barrier: the id of the barrier.
        registry: the plugins in which it is looked up; by default those that are installed.
        exempt: laws that it does not keep, by name, each with the reason. Their tests must fail (strict xfail).
        max_examples: the number of dossiers tried for each law; by default 30, or three for every ten of the settings
            profile of Hypothesis that is loaded.

    Raises:
        ValueError: there is no such law, or a reason is missing.

    >>> sorted(name for name in vars(barrier_contract("nl.kvk")) if name.startswith("test_"))[:2]
    ['test_cheap_import', 'test_deterministic']

    """
    examples = max_examples or settings().max_examples * 3 // 10
    exempt = exempt or {}
    for name, reason in exempt.items():
        if name not in LAWS:
            hint = suggest(name, LAWS) or f"; there are {', '.join(LAWS)}"
            raise ValueError(f"there is no law {name!r}{hint}")
        if not reason.strip():
            raise ValueError(f"say why {barrier} does not keep the law {name!r}")

    @cache
    def subject() -> BarrierUnderTest:
        return BarrierUnderTest(barrier, registry or _installed(), examples)

    tests = {f"test_{law.name}": _law_test(law, subject, exempt.get(law.name)) for law in LAWS.values()}
    return type(f"Contract of {barrier}", (), {"__doc__": f"The laws of {barrier}.", **tests})


def _law_test(law: Law, subject: Callable[[], BarrierUnderTest], exempted: str | None) -> Any:
    test = law_test(law.name, law.says, lambda: law.check(subject()))
    if exempted is None:
        return test
    return pytest.mark.xfail(reason=f"{law.name}: {exempted}", strict=True, raises=LawBroken)(test)


def scenario_tests(path: str | PathLike[str], registry: Registry | None = None) -> Callable[..., None]:
    """A test function for pytest, with one case for each scenario of a TOML file or of all files in a folder.

    Assign it to a name that begins with ``test_``: ``test_scenarios = scenario_tests(FOLDER / "scenarios")``. A failure
    shows what was expected, what differs from the clear dossier, and the explanation. Facts are looked up when a test
    runs.

    Args:
        path: the file or folder. A relative path starts where pytest runs, so one from ``Path(__file__)`` is better.
        registry: the plugins that it may use; by default those that are installed.

    Raises:
        InputError: a file cannot be read, or there is no scenario in the folder.

    >>> scenario_tests("scenarios/nothing.toml")
    Traceback (most recent call last):
    ...
    barriermodel.errors.InputError: scenarios/nothing.toml: ...

    """
    parameters: list[Any] = [
        pytest.param(file, number, id=f"{file.path.stem}-{number + 1}")
        for file in read_suites(Path(path), registry=registry or _installed())
        for number in range(len(file.file.scenarios))
    ]

    @pytest.mark.parametrize(("file", "number"), parameters)
    def test(file: SuiteFile, number: int) -> None:
        """A scenario comes out as expected."""
        scenario = file.suite.scenarios[number]
        lines = differences(scenario, file.suite)
        if lines:
            pytest.fail(failure_message(scenario, file.suite, lines), pytrace=False)

    return test


def case_tests(about: str | BarrierModel, registry: Registry | None = None) -> Callable[..., None]:
    """A test function for pytest with all cases generated from the rules of a profile or barrier, as they are now.

    The expected outcome is computed by the oracle, which interprets the rules one by one and shares no code with the
    engine: a failure is a mistake in the engine or in how it selects evidence. To notice a change of the rules, write
    the cases to a file (``barriermodel cases``) and run that with :func:`scenario_tests`.

    Cases are generated when the test runs, and not when tests are collected.

    Args:
        about: the id or path of a profile, the id of a barrier, or a model.
        registry: the plugins that it may use; by default those that are installed.

    >>> test_cases = case_tests("nl.kvk")
    >>> test_cases()

    """

    def test() -> None:
        """Every generated case comes out as the rules say."""
        named = about if isinstance(about, str) else ""
        suite = make_cases(model_of(about, registry or _installed()), about=named)
        context = EvaluationContext.of(suite.model, suite.clear.as_of)
        found = [(case, lines) for case in suite.scenarios if (lines := _wrong_results(case, suite, context))]
        if found:
            pytest.fail(_cases_message(suite, found), pytrace=False)

    return test


def _wrong_results(case: Scenario, suite: Suite, context: EvaluationContext) -> list[str]:
    """The expectations that are not met; if all are, the statuses and intervals that differ from the oracle."""
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
    return differences(case, suite, assessment) or lines


def _cases_message(suite: Suite, found: Sequence[tuple[Scenario, list[str]]]) -> str:
    """The first failing case in full, and a line for each of the others."""
    first, *others = found
    head = f"{len(found)} of {len(suite.scenarios)} cases of {suite.about} come out otherwise than the rules say."
    lines = [head, "", failure_message(first[0], suite, first[1])]
    if others:
        lines += ["", "The others:" if len(others) <= MAX_SHOWN else f"The first {MAX_SHOWN} of the others:"]
        lines += [f"  {case.name.nl}: {'; '.join(differing)}" for case, differing in others[:MAX_SHOWN]]
    return "\n".join(lines)
