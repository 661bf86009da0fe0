"""A fact is a value or ``UNKNOWN``; an unknown value is never guessed."""

from __future__ import annotations

import enum
from typing import Final, NoReturn, TypeAlias, TypeVar, Union

from ..errors import UnknownFactError

T = TypeVar("T")


def _refuse() -> NoReturn:
    raise UnknownFactError(
        "An unknown fact was used as a value. Test for it first with `is UNKNOWN`, or leave the fact to a rule."
    )


class Unknown(enum.Enum):
    """The type of ``UNKNOWN``, which equals only itself and raises :class:`UnknownFactError` if used as a value.

    >>> UNKNOWN == UNKNOWN, UNKNOWN == 0
    (True, False)
    >>> UNKNOWN > 3
    Traceback (most recent call last):
    barriermodel.errors.UnknownFactError: An unknown fact was used as a value. Test for it first with `is UNKNOWN`, ...

    """

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __bool__(self) -> bool:
        _refuse()

    def __lt__(self, other: object) -> Unknown:
        _refuse()

    __le__ = __gt__ = __ge__ = __and__ = __rand__ = __or__ = __ror__ = __lt__
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __lt__

    def __int__(self) -> int:
        _refuse()

    def __float__(self) -> float:
        _refuse()


UNKNOWN: Final = Unknown.UNKNOWN
"""The value of a fact that is missing, ``null`` or not stated. Test for it with ``is UNKNOWN``."""

Fact: TypeAlias = Union[T, Unknown]  # noqa: UP007  # a generic alias needs Union at run time
"""``Fact[date]`` is a date or ``UNKNOWN``."""


class UnknownReason(enum.Enum):
    """Why a fact is unknown.

    >>> UnknownReason("not_covered").name
    'NOT_COVERED'

    """

    MISSING = "missing"
    EXPIRED = "expired"
    NOT_YET_ISSUED = "not_yet_issued"
    UNDATED = "undated"
    OTHER_PROVIDER = "other_provider"
    NOT_COVERED = "not_covered"
    UNAVAILABLE = "unavailable"
    REQUESTED = "requested"
    CONTESTED = "contested"
    NOT_STATED = "not_stated"
    UNDEFINED = "undefined"
    IMPLAUSIBLE = "implausible"
    """An impossible date was stated."""
    ERROR = "error"
