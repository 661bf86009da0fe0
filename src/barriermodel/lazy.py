"""Imports names of a public module on first use, so that importing the module itself stays quick."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazy_names(package: str, namespace: dict[str, Any], names: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of a module that imports ``names`` (name: module) on first use (PEP 562)."""

    def __getattr__(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {namespace['__name__']!r} has no attribute {name!r}")
        value = namespace[name] = getattr(import_module(names[name], package), name)
        return value

    return __getattr__
