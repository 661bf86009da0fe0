"""What Python itself asks of an object: how it is shown, copied and pickled."""

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
"""What something is made of, and the versions of what made it."""
DISTRIBUTION = "barriermodel"
MAX_REPR_LENGTH = 120
"""Letters of the longest ``repr``: who looks at a list of objects sees what they are, not all that they hold."""


# Shown ------------------------------------------------------------------------------------------------


def represent(thing: object, *parts: str) -> str:
    """The ``repr`` of a thing from parts of it: ``Rule('nl.kvk.active', requirement, red)``; cut where it is long."""
    words = "".join(letter if letter.isprintable() else "…" for letter in f"{type(thing).__name__}({', '.join(parts)})")
    return words if len(words) <= MAX_REPR_LENGTH else f"{words[: MAX_REPR_LENGTH - 2]}…)"


def brief_repr(self: Any) -> str:
    """A ``repr`` for an attrs class, as ``__repr__ = brief``: its fields; of what is large, its name or length."""
    fields = [field for field in attrs.fields(type(self)) if field.repr]
    told = [_part(field.name.strip("_"), getattr(self, field.name)) for field in fields]
    return represent(self, *(part for part in told if part))


def _part(name: str, value: Any) -> str:
    """A field; nothing of one that says nothing, or that is a text for people."""
    if value is None or hasattr(value, "nl"):
        return ""
    if isinstance(value, (str, bool, int, float, date, Decimal, enum.Enum)):
        return f"{name}={plain_text(value)}"
    if isinstance(value, Collection):
        return f"{name}={len(value)}" if value else ""
    id = getattr(value, "id", None) if attrs.has(type(value)) else getattr(value, "__name__", type(value).__name__)
    return f"{name}={id!r}" if isinstance(id, str) else f"{name}={value!r}"


def plain_text(value: object) -> str:
    """A value in few words: ``red``, ``2026-01-15``, ``'text'``."""
    if isinstance(value, enum.Enum):
        return value.name.lower()
    if isinstance(value, str):
        return repr(shorten(value, 60))
    return str(value) if isinstance(value, date) else repr(value)


def shorten(value: object, most: int = 40) -> str:
    """What was given, not too long to be told."""
    written = str(value)
    return written if len(written) <= most else f"{written[:most]}…"


# Copied and pickled -----------------------------------------------------------------------------------


class Uncopied:
    """What is defined once and never changes: a copy is the thing itself, as it is of a function or a class."""

    __slots__ = ()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: object) -> Self:
        return self


def reduce_by_value(thing: Any) -> tuple[Any, ...]:
    """How an object of an attrs class with slots is pickled, field by field."""
    return copyreg.__newobj__, (type(thing),), thing.__getstate__()  # type: ignore[attr-defined]


class ReadOnly(dict[K, V]):
    """A mapping that can only be read. Unlike ``types.MappingProxyType`` it can be pickled and copied."""

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("it can only be read; make a dict of it to change that")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse  # pyright: ignore[reportAssignmentType]

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self),)


def pack(make: Callable[..., Any], versions: Mapping[str, str | None], **given: Any) -> Packed:
    """What something is made of, for :func:`unpacked`.

    Where a program has cloudpickle, as with Dask, that does it: it takes along what only a notebook defines.

    Args:
        versions: of the distributions that it needs beside this one; None of what was never installed.

    """
    import pickle  # slow to import, and needed only here

    raw: bytes = sys.modules.get("cloudpickle", pickle).dumps((make, given))
    return raw, tuple(sorted({DISTRIBUTION: version_of(DISTRIBUTION), **versions}.items()))


@lru_cache(maxsize=8)
def unpack(raw: bytes, versions: tuple[tuple[str, str | None], ...]) -> Any:
    """What was packed. The same bytes give the same object: a thousand assessments of one plan have one plan.

    Raises:
        UnpicklingError: another version of what it needs is installed here: it would say that it is of the one, and
            run the code of the other.

    """
    import pickle

    for name, version in versions:
        here = version_of(name)
        if version is not None and here != version:
            has = f"{here} is" if here else "none is"
            raise pickle.UnpicklingError(f"it was pickled with {name} {version}, and {has} here; install {version}")
    make, given = pickle.loads(raw)
    return make(**given)


@cache
def version_of(distribution: str) -> str | None:
    """The version that is installed; None where it is not."""
    import importlib.metadata  # slow to import, and needed only here

    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return None
