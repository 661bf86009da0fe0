"""Pickles barriers and rules by reference to the module that defines them, as functions are."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from ..objects import Uncopied, reduce_by_value

_HOMES: dict[str, None] = {}
"""The modules in which a definition was found, to search first."""


class ByReference(Uncopied):
    """A barrier or a part of one, which another process takes from the module that defines it.

    What no module holds, such as a barrier made in a function or a notebook, is pickled by value.
    """

    __slots__ = ()
    id: str

    def parts(self) -> Iterable[ByReference]:
        """Return the definitions that are reached through this one."""
        return ()

    def definition(self) -> str:
        """Return its content as text, to compare with what another process has under its id."""
        return ""

    def __reduce__(self) -> tuple[Any, ...]:
        for module in [*_HOMES, *sys.modules]:
            # __main__ is another module in another process
            if module != "__main__" and any(found is self for found in _defined(module, type(self), self.id)):
                _HOMES[module] = None
                return load_definition, (module, type(self), self.id, _digest(self))
        return reduce_by_value(self)


def load_definition(module: str, cls: type[ByReference], id: str, digest: str) -> ByReference:
    """Return the definition that a module has under an id.

    Args:
        module: the name of the module.
        cls: the class of the definition.
        id: its id.
        digest: the digest of its content where it was pickled.

    Raises:
        UnpicklingError: there is none, or its content differs.

    """
    import_module(module)
    found = next(_defined(module, cls, id), None)
    if found is None or _digest(found) != digest:
        import pickle  # slow to import, and needed only here

        has = "no" if found is None else "another"
        kind = cls.__name__.lower()
        raise pickle.UnpicklingError(
            f"{module} has {has} {kind} {id} here; install the version with which it was pickled"
        )
    return found


def _digest(thing: ByReference) -> str:
    import hashlib  # slow to import, and needed only here

    return hashlib.sha256(thing.definition().encode()).hexdigest()[:16]


def _defined(module: str, cls: type[ByReference], id: str) -> Iterator[ByReference]:
    for value in list(getattr(sys.modules.get(module), "__dict__", {}).values()):
        if issubclass(type(value), ByReference):  # type(), as isinstance may run code of other libraries
            yield from (one for one in (value, *value.parts()) if type(one) is cls and one.id == id)
