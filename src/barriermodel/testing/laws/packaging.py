"""Laws about a barrier's plugin: it is installed, and quick and quiet to import."""

from __future__ import annotations

from functools import cache
from types import ModuleType
from typing import Any

from barriermodel.pipeline.registry import SENSITIVE

from ..alone import Failed, ask
from ..subject import LawBroken, Subject

GROUNDS = SENSITIVE - {"age", "leeftijd"}
"""What a derived fact may not be called; the age of a document may well be worked out."""


def installed_and_ok(subject: Subject) -> None:
    """The barrier is found in a plugin with status ``ok`` that asks for no fact on which nobody may be screened."""
    for warning in subject.plugin.warnings:  # a barrier of a plugin that is not ok is not found at all
        raise LawBroken(f"{subject.id}: {warning}")
    for derived in subject.barrier.derived_facts.values():
        if GROUNDS & set(derived.name.split("_")):
            reason = "its name points at a ground on which nobody may be screened; leave it out"
            raise subject.broken(derived.id, reason)


@cache
def _imported(module: ModuleType) -> Any:
    """What another process finds of a module; once for all barriers of a plugin."""
    return ask("importing", module)


def cheap_import(subject: Subject) -> None:
    """Importing the plugin loads no foreign package, reads nothing from outside and prints nothing."""
    module = subject.module
    if module is None or module.__spec__ is None:
        return  # an object with hooks is not imported
    name = module.__name__
    try:
        found = _imported(module)
    except Failed as error:
        raise LawBroken(f"{subject.id}: importing {name} in a new process fails: {error}") from None
    if found["calls"]:
        raise subject.broken(subject.id, f"while {name} is imported, {found['calls'][0]}")
    if found["loaded"]:
        names = ", ".join(found["loaded"])
        raise subject.broken(subject.id, f"importing {name} loads {names}; import it in the function that needs it")
    if found["printed"]:
        raise subject.broken(subject.id, f"importing {name} prints {found['printed'].splitlines()[0]!r}")
