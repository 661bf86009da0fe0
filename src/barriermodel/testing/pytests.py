"""Scenarios and cases as tests for pytest, in one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from os import PathLike
from pathlib import Path
from typing import Any

import pytest

from barriermodel import BarrierModel, Registry

from .cases import make_cases
from .scenario import Scenario, Suite, differences, failure, read_scenarios, scenario_files
from .single import model_of


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
    suites = [(file.stem, read_scenarios(file, registry)) for file in scenario_files(Path(path))]
    return _tests((f"{stem}-{n}", one, suite) for stem, suite in suites for n, one in enumerate(suite.scenarios, 1))


def case_tests(about: str | BarrierModel, registry: Registry | None = None) -> Callable[..., None]:
    """A test for each case that is written from the rules of a profile or barrier, as they are now.

    They hold by construction, so they guard the engine and the plugins' derived facts. To notice a change of the
    rules, write the cases to a file (``barriermodel cases``) and run that with :func:`scenario_tests`.
    """
    suite = make_cases(model_of(about, registry))
    return _tests((f"{n}-{one.rule or 'clear'}", one, suite) for n, one in enumerate(suite.scenarios, 1))


def _tests(found: Iterator[tuple[str, Scenario, Suite]]) -> Callable[..., None]:
    parameters: list[Any] = [pytest.param(scenario, suite, id=id) for id, scenario, suite in found]

    @pytest.mark.parametrize(("scenario", "suite"), parameters)
    def test(scenario: Scenario, suite: Suite) -> None:
        """What comes out of a scenario is what it expects."""
        lines = differences(scenario, suite)
        if lines:
            pytest.fail(failure(scenario, suite, lines), pytrace=False)

    return test
