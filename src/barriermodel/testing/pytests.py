"""Scenarios and cases as tests for pytest, in one line each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

import pytest

from barriermodel import BarrierModel, Interval, Registry

from .cases import make_cases
from .evaluation_context import EvaluationContext
from .models import model_of
from .oracle import results
from .scenario import Scenario, Suite, SuiteFile, differences, failure_message, format_expectation, read_suites

SHOWN = 20
"""At most so many of the cases that differ are shown in a line, beside the first."""


def scenario_tests(path: str | PathLike[str], registry: Registry | None = None) -> Callable[..., None]:
    """A test for each scenario of a TOML file, or of all files in a folder.

    Write ``test_scenarios = scenario_tests(FOLDER / "scenarios")`` in a test file. A failure shows what was
    expected, what differs from the clear dossier, and the explanation. Facts are looked up when a test runs.

    Args:
        path: the file or folder; seen from where pytest runs, so better from ``Path(__file__)``.
        registry: left out, the plugins that are installed.

    Raises:
        InputError: there is no scenario there, or one cannot be read.

    """
    parameters: list[Any] = [
        pytest.param(file, number, id=f"{file.path.stem}-{number + 1}")
        for file in read_suites(Path(path), registry=registry)
        for number in range(len(file.file.scenarios))
    ]

    @pytest.mark.parametrize(("file", "number"), parameters)
    def test(file: SuiteFile, number: int) -> None:
        """What comes out of a scenario is what it expects."""
        scenario = file.suite.scenarios[number]
        lines = differences(scenario, file.suite)
        if lines:
            pytest.fail(failure_message(scenario, file.suite, lines), pytrace=False)

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
        found = [(case, lines) for case in suite.scenarios if (lines := _differing(case, suite, context))]
        if found:
            pytest.fail(_told(suite, found), pytrace=False)

    return test


def _differing(case: Scenario, suite: Suite, context: EvaluationContext) -> list[str]:
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


def _told(suite: Suite, found: Sequence[tuple[Scenario, list[str]]]) -> str:
    """The first case that differs in full, and of the others what differs."""
    first, *others = found
    head = f"{len(found)} of {len(suite.scenarios)} cases of {suite.about} come out otherwise than the rules say."
    lines = [head, "", failure_message(first[0], suite, first[1])]
    if others:
        lines += ["", "The others:" if len(others) <= SHOWN else f"The first {SHOWN} of the others:"]
        lines += [f"  {case.name.nl}: {'; '.join(differing)}" for case, differing in others[:SHOWN]]
    return "\n".join(lines)
