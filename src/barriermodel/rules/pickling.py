"""Where a barrier and its rules stand: like functions, they are pickled as a reference to their module."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from ..objects import Uncopied, reduce_by_value

_HOMES: dict[str, None] = {}
"""The modules in which something was found, to look there first."""


class ByReference(Uncopied):
    """A barrier or a part of one; another process takes it from the module that defines it.

    What no module has, such as a barrier that a function or a notebook made, is pickled by its value.
    """

    __slots__ = ()
    id: str

    def parts(self) -> Iterable[ByReference]:
        """What is found by way of it."""
        return ()

    def definition(self) -> str:
        """What it says, if that can be compared with what another process has under its id."""
        return ""

    def __reduce__(self) -> tuple[Any, ...]:
        for module in [*_HOMES, *sys.modules]:
            # what runs as a program has another name elsewhere
            if module != "__main__" and any(found is self for found in _defined(module, type(self), self.id)):
                _HOMES[module] = None
                return load_definition, (module, type(self), self.id, _digest(self))
        return reduce_by_value(self)


def load_definition(module: str, cls: type[ByReference], id: str, digest: str) -> ByReference:
    """What a module defines by an id.

    Args:
        digest: of what it said where it was pickled.

    Raises:
        UnpicklingError: nothing, or something else.

    """
    import_module(module)
    found = next(_defined(module, cls, id), None)
    if found is None or _digest(found) != digest:
        import pickle  # slow to import, and needed only here

        has = "no" if found is None else "another"
        told = (
            f"{module} has {has} {cls.__name__.lower()} {id} here; install the version that is there where it came from"
        )
        raise pickle.UnpicklingError(told)
    return found


def _digest(thing: ByReference) -> str:
    import hashlib  # slow to import, and needed only here

    return hashlib.sha256(thing.definition().encode()).hexdigest()[:16]


def _defined(module: str, cls: type[ByReference], id: str) -> Iterator[ByReference]:
    for value in list(getattr(sys.modules.get(module), "__dict__", {}).values()):
        if issubclass(type(value), ByReference):  # what is not ours may do anything where it is looked at
            yield from (one for one in (value, *value.parts()) if type(one) is cls and one.id == id)
