"""The test kit: laws of barriers and readers, scenarios, cases generated from rules, strategies, mutants.

Install it with ``pip install 'barriermodel[testing]'``. Importing this package is cheap: pytest, Hypothesis and tomlkit
are imported when a name that needs them is first used.
"""

from typing import TYPE_CHECKING, Any

from barriermodel.extras import MissingExtraError, how_to_install
from barriermodel.lazy import lazy_names

if TYPE_CHECKING:
    from .cases import Cases, Finding, make_cases
    from .law_checking import LawBroken
    from .laws import LAWS, Law
    from .models import model_of, single_barrier_model
    from .mutants import Mutant, MutationResult, run_mutants
    from .near_limits import dossiers
    from .oracle import Expected
    from .pytests import barrier_contract, case_tests, scenario_tests
    from .readers import READER_LAWS, reader_contract
    from .scenario import Scenario, Suite
    from .scenario_reading import read_scenarios
    from .scenario_writing import dump_scenarios
    from .strategies import awards, evidence, providers

_LAZY = {
    ".cases": ("Cases", "Finding", "make_cases"),
    ".law_checking": ("LawBroken",),
    ".laws": ("Law", "LAWS"),
    ".models": ("model_of", "single_barrier_model"),
    ".mutants": ("Mutant", "MutationResult", "run_mutants"),
    ".near_limits": ("dossiers",),
    ".oracle": ("Expected",),
    ".pytests": ("barrier_contract", "case_tests", "scenario_tests"),
    ".readers": ("reader_contract", "READER_LAWS"),
    ".scenario": ("Scenario", "Suite"),
    ".scenario_reading": ("read_scenarios",),
    ".scenario_writing": ("dump_scenarios",),
    ".strategies": ("awards", "evidence", "providers"),
}
_find = lazy_names("barriermodel.testing", globals(), _LAZY)


def __getattr__(name: str) -> Any:
    try:
        return _find(name)
    except ModuleNotFoundError as error:
        if error.name not in ("hypothesis", "pytest", "tomlkit"):
            raise
        raise MissingExtraError(how_to_install("testing", f"{name} needs {error.name}"), name=error.name) from None


__all__ = [
    "LAWS", "READER_LAWS", "Cases", "Expected", "Finding", "Law", "LawBroken", "Mutant", "MutationResult", "Scenario",
    "Suite", "awards", "barrier_contract", "case_tests", "dossiers", "dump_scenarios", "evidence", "make_cases",
    "model_of", "providers", "read_scenarios", "reader_contract", "run_mutants", "scenario_tests",
    "single_barrier_model",
]  # fmt: skip
