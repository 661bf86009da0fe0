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
    "Cases": ".cases",
    "Expected": ".oracle",
    "Finding": ".cases",
    "LAWS": ".laws",
    "Law": ".laws",
    "LawBroken": ".law_checking",
    "Mutant": ".mutants",
    "READER_LAWS": ".readers",
    "Scenario": ".scenario",
    "Suite": ".scenario",
    "MutationResult": ".mutants",
    "dump_scenarios": ".scenario_writing",
    "awards": ".strategies",
    "barrier_contract": ".pytests",
    "case_tests": ".pytests",
    "dossiers": ".near_limits",
    "evidence": ".strategies",
    "run_mutants": ".mutants",
    "make_cases": ".cases",
    "model_of": ".models",
    "single_barrier_model": ".models",
    "providers": ".strategies",
    "read_scenarios": ".scenario_reading",
    "reader_contract": ".readers",
    "scenario_tests": ".pytests",
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
    "LAWS",
    "READER_LAWS",
    "Cases",
    "Expected",
    "Finding",
    "Law",
    "LawBroken",
    "Mutant",
    "MutationResult",
    "Scenario",
    "Suite",
    "awards",
    "barrier_contract",
    "case_tests",
    "dossiers",
    "dump_scenarios",
    "evidence",
    "make_cases",
    "model_of",
    "providers",
    "read_scenarios",
    "reader_contract",
    "run_mutants",
    "scenario_tests",
    "single_barrier_model",
]
