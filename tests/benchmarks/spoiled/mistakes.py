"""Every mistake by its name, and what more than one of the modules beside this one uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from barriermodel import UNKNOWN
from barriermodel.rules import expression, interpreter

Spoil = Callable[[], None]
MUTANTS: dict[str, tuple[Spoil, str]] = {}
"""What each mistake does, and the plugin with which it is tried: one in which its operation occurs, if any does."""
SIGNS = {**expression.COMPARISONS, "add": "+", "sub": "-", "mul": "*", "and": "&", "or": "|"}
PLUGIN = {
    "lt": "financial", "le": "quality", "gt": "financial", "ge": "exclusion", "eq": "integrity", "ne": "kvk", "add": "financial",
    "sub": "", "mul": "", "and": "kvk", "or": "kvk",
}  # fmt: skip
CONFUSED = {
    "lt": ("le", "gt"), "le": ("lt", "ge"), "gt": ("ge", "lt"), "ge": ("gt", "le"), "eq": ("ne",), "ne": ("eq",),
    "add": ("sub",), "sub": ("add",), "mul": ("add",), "and": ("or",), "or": ("and",),
}  # fmt: skip


def mutant(name: str, plugin: str, spoil: Spoil) -> None:
    assert name not in MUTANTS, name
    MUTANTS[name] = spoil, plugin


def replaced(owner: Any, name: str, value: Any) -> Spoil:
    return lambda: setattr(owner, name, value)


def to_28(day: Any, count: Any) -> Any:
    found = interpreter.OPERATIONS["add_months"](day, count)
    return found if found is UNKNOWN else found.replace(day=min(found.day, 28))
