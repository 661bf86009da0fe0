"""Where a barrier and its rules stand: like functions, they are pickled as a reference to their module."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from ..objects import Uncopied, by_value

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

    def __reduce__(self) -> tuple[Any, ...]:
        for module in [*_HOMES, *sys.modules]:
            # what runs as a program has another name elsewhere
            if module != "__main__" and any(found is self for found in _defined(module, type(self), self.id)):
                _HOMES[module] = None
                return find, (module, type(self), self.id)
        return by_value(self)


def find(module: str, cls: type[ByReference], id: str) -> ByReference:
    """What a module defines by an id.

    Raises:
        UnpicklingError: nothing, any more.

    """
    import_module(module)
    for found in _defined(module, cls, id):
        return found
    import pickle  # slow to import, and needed only here

    raise pickle.UnpicklingError(f"{module} has no {cls.__name__.lower()} {id}; is another version of it installed?")


def _defined(module: str, cls: type[ByReference], id: str) -> Iterator[ByReference]:
    for value in list(getattr(sys.modules.get(module), "__dict__", {}).values()):
        if issubclass(type(value), ByReference):  # what is not ours may do anything where it is looked at
            yield from (one for one in (value, *value.parts()) if type(one) is cls and one.id == id)
