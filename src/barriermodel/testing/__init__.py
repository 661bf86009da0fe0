"""The kit for tests: strategies, laws for a barrier, cases written from the rules, scenarios, mutants.

Install it with ``barriermodel[testing]``. What a name needs is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from barriermodel.extras import MissingExtraError, how_to_install

if TYPE_CHECKING:
    from .cases import Cases, Finding, make_cases
    from .contract import barrier_contract
    from .expected import Expected
    from .laws import LAWS, Law
    from .mutants import Mutant, Verdict, judge
    from .pytests import case_tests, scenario_tests
    from .readers import READER_LAWS, reader_contract
    from .scenario import Scenario, Suite, read_scenarios
    from .single import model_of, only
    from .strategies import awards, dossiers, evidence, providers
    from .subject import LawBroken
    from .toml import as_toml

_WHERE = {
    "cases": ("Cases", "Finding", "make_cases"),
    "contract": ("barrier_contract",),
    "laws": ("LAWS", "Law"),
    "mutants": ("Mutant", "Verdict", "judge"),
    "pytests": ("case_tests", "scenario_tests"),
    "expected": ("Expected",),
    "readers": ("READER_LAWS", "reader_contract"),
    "scenario": ("Scenario", "Suite", "read_scenarios"),
    "single": ("model_of", "only"),
    "strategies": ("awards", "dossiers", "evidence", "providers"),
    "subject": ("LawBroken",),
    "toml": ("as_toml",),
}
_MODULE = {name: module for module, names in _WHERE.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _MODULE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        module = import_module(f".{_MODULE[name]}", __name__)
    except ModuleNotFoundError as error:
        if error.name not in ("hypothesis", "pytest", "tomlkit"):
            raise
        raise MissingExtraError(how_to_install("testing", f"{name} needs {error.name}"), name=error.name) from None
    value = globals()[name] = getattr(module, name)
    return value


__all__ = [
    "LAWS",
    "READER_LAWS",
    "Cases",
    "Expected",
    "Finding",
    "Law",
    "LawBroken",
    "Mutant",
    "Scenario",
    "Suite",
    "Verdict",
    "as_toml",
    "awards",
    "barrier_contract",
    "case_tests",
    "dossiers",
    "evidence",
    "judge",
    "make_cases",
    "model_of",
    "only",
    "providers",
    "read_scenarios",
    "reader_contract",
    "scenario_tests",
]
