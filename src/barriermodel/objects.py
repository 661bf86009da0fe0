"""Helpers for the Python protocols of our classes: ``repr``, copying and pickling."""

from __future__ import annotations

import copyreg
import enum
import sys
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NoReturn, Self, TypeAlias, TypeVar

import attrs

K = TypeVar("K")
V = TypeVar("V")
Packed: TypeAlias = tuple[bytes, tuple[tuple[str, str | None], ...]]
"""A pickle, and the versions of the distributions it was made with."""
DISTRIBUTION = "barriermodel"
MAX_REPR_LENGTH = 120
"""Characters of the longest ``repr``: a list of objects in a debugger should show what each is, not all it holds."""


# Representation ---------------------------------------------------------------------------------------


def represent(thing: object, *parts: str) -> str:
    """Build a ``repr`` from a few parts: ``Rule('nl.kvk.active', requirement, red)``; cut it if it is long."""
    words = "".join(char if char.isprintable() else "…" for char in f"{type(thing).__name__}({', '.join(parts)})")
    return words if len(words) <= MAX_REPR_LENGTH else f"{words[: MAX_REPR_LENGTH - 2]}…)"


def brief_repr(self: Any) -> str:
    """Show the fields of an attrs class (``__repr__ = brief_repr``), and of large values only their id or size."""
    fields = [field for field in attrs.fields(type(self)) if field.repr]
    parts = [_field_repr(field.name.strip("_"), getattr(self, field.name)) for field in fields]
    return represent(self, *(part for part in parts if part))


def _field_repr(name: str, value: Any) -> str:
    if value is None or hasattr(value, "nl"):  # a text for people is too long to help
        return ""
    if isinstance(value, (str, bool, int, float, date, Decimal, enum.Enum)):
        return f"{name}={plain_text(value)}"
    if isinstance(value, Collection):
        return f"{name}={len(value)}" if value else ""
    id = getattr(value, "id", None) if attrs.has(type(value)) else getattr(value, "__name__", type(value).__name__)
    return f"{name}={id!r}" if isinstance(id, str) else f"{name}={value!r}"


def plain_text(value: object) -> str:
    """Show a scalar briefly: ``red``, ``2026-01-15``, ``'text'``."""
    if isinstance(value, enum.Enum):
        return value.name.lower()
    if isinstance(value, str):
        return repr(shorten(value, 60))
    return str(value) if isinstance(value, date) else repr(value)


def shorten(value: object, max_length: int = 40) -> str:
    """Cut a value's text for use in a message.

    >>> shorten("1234567890", 4)
    '1234…'

    """
    text = str(value)
    return text if len(text) <= max_length else f"{text[:max_length]}…"


# Copying and pickling ---------------------------------------------------------------------------------


class Uncopied:
    """A definition that never changes: copying it gives the object itself, as copying a function or class does."""

    __slots__ = ()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: object) -> Self:
        return self


def reduce_by_value(thing: Any) -> tuple[Any, ...]:
    """Pickle an object of an attrs class with slots field by field (for ``__reduce__``)."""
    return copyreg.__newobj__, (type(thing),), thing.__getstate__()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]


class ReadOnly(dict[K, V]):
    """A read-only mapping. Unlike ``types.MappingProxyType`` it can be pickled and copied."""

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("this mapping is read-only; change a copy: dict(mapping)")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse  # pyright: ignore[reportAssignmentType]

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self),)


def pack(make: Callable[..., Any], versions: Mapping[str, str | None], **arguments: Any) -> Packed:
    """Pickle the call ``make(**arguments)`` for :func:`unpack`.

    cloudpickle is used if the program has loaded it, as Dask does: it includes what only a notebook defines.

    Args:
        make: builds the object anew.
        versions: the distributions needed besides this one, with the version of each; None if it was never installed.
        **arguments: what ``make`` is called with.

    """
    import pickle  # slow to import, and needed only here

    raw: bytes = sys.modules.get("cloudpickle", pickle).dumps((make, arguments))
    return raw, tuple(sorted({DISTRIBUTION: version_of(DISTRIBUTION), **versions}.items()))


@lru_cache(maxsize=8)
def unpack(raw: bytes, versions: tuple[tuple[str, str | None], ...]) -> Any:
    """Build what was packed, once per process: a thousand assessments of one profile then share that profile.

    Raises:
        UnpicklingError: another version of a distribution is installed here. The object would claim one version
            and run the code of another.

    """
    import pickle

    for name, version in versions:
        installed = version_of(name)
        if version is not None and installed != version:
            found = f"{installed} is" if installed else "none is"
            raise pickle.UnpicklingError(
                f"it was pickled with {name} {version}, and {found} installed here; install {version}"
            )
    make, arguments = pickle.loads(raw)
    return make(**arguments)


@cache
def version_of(distribution: str) -> str | None:
    """Return the installed version of a distribution, or None if it is not installed."""
    import importlib.metadata  # slow to import, and needed only here

    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return None
