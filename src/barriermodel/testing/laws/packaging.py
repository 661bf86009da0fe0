"""Laws about the plugin of a barrier: it is installed, and importing it is fast and has no side effects."""

from __future__ import annotations

from functools import cache
from types import ModuleType
from typing import Any

from barriermodel.analysis.profiles import SENSITIVE

from ..barrier_under_test import BarrierUnderTest
from ..isolated_process import ProcessFailed, run_isolated
from ..law_checking import LawBroken

GROUNDS = SENSITIVE - {"age", "leeftijd"}
"""Words that may not be in the name of a derived fact. Age may: documents have one as well."""


def installed_and_ok(subject: BarrierUnderTest) -> None:
    """The barrier is found in a plugin with status ``ok`` that asks for no fact on which nobody may be screened."""
    for warning in subject.plugin.warnings:  # barriers of plugins that are not ok are not found
        raise LawBroken(f"{subject.id}: {warning}")
    for derived in subject.barrier.derived_facts.values():
        if GROUNDS & set(derived.name.split("_")):
            reason = "its name points at a ground on which nobody may be screened; leave it out"
            raise subject.broken(derived.id, reason)


@cache
def _imported(module: ModuleType) -> Any:
    """What another process finds of a module; once for all barriers of a plugin."""
    return run_isolated("importing", module)


def cheap_import(subject: BarrierUnderTest) -> None:
    """Importing the plugin loads no foreign package, reads nothing from outside and prints nothing."""
    module = subject.module
    if module is None or module.__spec__ is None:
        return  # an object with hooks is not imported
    name = module.__name__
    try:
        found = _imported(module)
    except ProcessFailed as error:
        raise LawBroken(f"{subject.id}: importing {name} in a new process fails: {error}") from None
    if found["calls"]:
        raise subject.broken(subject.id, f"while {name} is imported, {found['calls'][0]}")
    if found["loaded"]:
        names = ", ".join(found["loaded"])
        raise subject.broken(subject.id, f"importing {name} loads {names}; import it in the function that needs it")
    if found["printed"]:
        raise subject.broken(subject.id, f"importing {name} prints {found['printed'].splitlines()[0]!r}")
