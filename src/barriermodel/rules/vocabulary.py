"""The functions that a rule may call, besides operators.

Called with plain values, as in a test of a derived fact, they compute the result; UNKNOWN in gives UNKNOWN out.
"""

from __future__ import annotations

from contextvars import ContextVar
from datetime import date
from typing import Any, TypeVar, overload

from ..domain.unknown import Fact
from ..domain.values import Money, Ratio
from ..source_location import usage_hint
from ..words.lexicon import WordRef
from .expression import Named, Parameter
from .traced_values import Traced, operation, refuse

T = TypeVar("T")
TRACED: ContextVar[WordRef] = ContextVar("TRACED")
"""What the words files say of the rule that is being traced."""


@usage_hint('named("name", value)', refuse)
def named(name: str, value: T) -> T:
    """Name a sub-expression, so that ``{name}`` in the rule's texts shows its value.

    What it is called in a sentence stands in the words files, under ``named`` of the rule.

    Args:
        name: an identifier, used once in a rule.
        value: the sub-expression, of any type; it is returned.

    Raises:
        TracingError: the name is not an identifier, or the value is a list.

    >>> named("margin", 0.25)  # outside a rule it returns the value
    0.25

    """
    if isinstance(name, Traced) or not isinstance(name, str):
        refuse('the name comes first: named("name", value)')
    if not isinstance(value, Traced):
        return value
    if not name.isidentifier():
        refuse(f"named({name!r}): a name is an identifier")
    if isinstance(value.node, Parameter) and value.node.many:
        refuse(f"{value.node.name} is a list; write one_of(fact, *{value.node.name})")
    return Traced(Named(name, value.node, TRACED.get() / "named" / name))  # type: ignore[return-value]  # pyright: ignore[reportReturnType]


@overload
def ratio(a: Fact[Money], b: Fact[Money]) -> Fact[Ratio]: ...
@overload
def ratio(a: Fact[float], b: Fact[float]) -> Fact[Ratio]: ...
@usage_hint("ratio(a, b)", refuse)
def ratio(a: object, b: object) -> Any:
    """Divide two numbers or two amounts; the result is UNKNOWN if ``b`` is zero.

    >>> from barriermodel.plugin import euro
    >>> ratio(euro(25), euro(100))
    0.25
    >>> ratio(1, 0)
    UNKNOWN

    """
    return operation("ratio", a, b)


@usage_hint("add_months(date, n)", refuse)
def add_months(day: Fact[date], count: Fact[int]) -> Fact[date]:
    """Return the same day ``count`` months later (earlier if negative), or the last day of that month.

    The result is UNKNOWN outside the years 1 to 9999.

    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)

    """
    result: Fact[date] = operation("add_months", day, count)
    return result


@usage_hint("one_of(fact, value, ...)", refuse)
def one_of(value: Fact[T], *choices: T) -> Fact[bool]:
    """Return whether a fact equals one of some fixed values; write ``*parameter`` for a list that a region sets.

    >>> one_of("bv", "bv", "nv")
    True

    """
    result: Fact[bool] = operation("one_of", value, *choices)
    return result


@usage_hint("not_(condition)", refuse)
def not_(condition: Fact[bool]) -> Fact[bool]:
    """Negate a condition; unknown stays unknown.

    >>> not_(False)
    True

    """
    result: Fact[bool] = operation("not", condition)
    return result


def all_of(*conditions: Fact[bool]) -> Fact[bool]:
    """Return whether all conditions hold: false if any is false, otherwise UNKNOWN if any is unknown.

    >>> from barriermodel.plugin import UNKNOWN
    >>> all_of(UNKNOWN, False), all_of(UNKNOWN, True)
    (False, UNKNOWN)

    """
    result: Fact[bool] = operation("and", *conditions)
    return result


def any_of(*conditions: Fact[bool]) -> Fact[bool]:
    """Return whether any condition holds: true if any is true, otherwise UNKNOWN if any is unknown.

    >>> from barriermodel.plugin import UNKNOWN
    >>> any_of(UNKNOWN, True), any_of(UNKNOWN, False)
    (True, UNKNOWN)

    """
    result: Fact[bool] = operation("or", *conditions)
    return result


VOCABULARY = (named, ratio, add_months, one_of, not_, all_of, any_of)
