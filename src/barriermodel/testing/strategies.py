"""Hypothesis strategies for providers, awards and evidence, and for every class of facts and annotation of a fact.

Everything is derived from the declared fields: a fact of type ``Money`` with ``Between(0)`` gets amounts from 0 up, an
enumeration its members, a list up to three values. Unless it is turned off, any fact may be unknown, and UNKNOWN is the
simplest value, so that Hypothesis shrinks a failing example to as few known facts as possible.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, TypeAlias, TypeVar, get_args, get_origin

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from barriermodel import UNKNOWN, Award, Evidence, Identifier, Provider
from barriermodel.analysis.facts import (
    FIRST_DATE,
    LAST_DATE,
    PLACEHOLDER_DATES,
    FactField,
    contradictions,
    fact_fields,
    field_of,
    is_scalar,
    kind_of,
    states_a_fact,
    type_of_fact,
)
from barriermodel.analysis.text import WordRef, suggest
from barriermodel.plugin import Between, Money, NotBefore, Past

T = TypeVar("T")
DAY = timedelta(days=1)
Bound: TypeAlias = object
"""A strategy, ``Between(low, high)`` for numbers, euros and dates, or one value."""

DAYS = st.dates(date(1990, 1, 1), date(2049, 12, 31))
"""Dates that are likely in dossiers."""
NO_DAYS = st.sampled_from([*PLACEHOLDER_DATES, date.min, date(25, 3, 1), FIRST_DATE - DAY, LAST_DATE + DAY, date.max])
"""Dates that are in dossiers by mistake; they count as unknown."""
_LETTERS = st.text("abcdefghijklmnopqrstuvwxyz éëï-'&.{}%", min_size=1, max_size=20).filter(str.strip)

UNLABELLED = WordRef("barriermodel", ("entity", "row", "facts", "day"))


def providers(*, unknown: bool = True, **bounds: Bound) -> st.SearchStrategy[Provider]:
    """Providers with valid identifiers.

    Args:
        unknown: whether facts may be unknown as well.
        bounds: what some of its facts may be, by name: one value, a strategy, or ``Between(low, high)`` for numbers,
            euros and dates.

    Raises:
        InvalidArgument: a provider has no such fact, or the bounds are outside those of the fact.

    >>> providers(legal_from="bv")
    Traceback (most recent call last):
    ...
    hypothesis.errors.InvalidArgument: Provider has no fact 'legal_from'; did you mean 'legal_form'?

    """
    # identifiers are not a fact, so they have no declared type to derive a strategy from
    identified = bounds.pop("identifiers", st.lists(identifiers(), max_size=1).map(tuple))
    return instances(Provider, unknown, bounds, identifiers=_strategy(identified))


def awards(*, unknown: bool = True, **bounds: Bound) -> st.SearchStrategy[Award]:
    """Awards, that is, contracts to be given.

    Args:
        unknown: whether facts may be unknown as well.
        bounds: what some of its facts may be, as in :func:`providers`.

    Raises:
        InvalidArgument: an award has no such fact, or the bounds are outside those of the fact.

    >>> from hypothesis import strategies as st
    >>> _ = awards(starts_on=st.dates(), value=Between(0, 100_000))

    """
    return instances(Award, unknown, bounds)


def evidence(
    kind: type, *, unknown: bool = True, as_of: date | None = None, issued_on: Bound = None, **bounds: Bound
) -> st.SearchStrategy[Evidence]:
    """Items of evidence of one kind, each with at least one known fact.

    Args:
        kind: a class decorated with ``@evidence(...)``.
        unknown: whether facts may be unknown as well.
        as_of: the date of the dossier; by default items have any date.
        issued_on: their dates, as one date or a strategy; by default the two years before ``as_of``.
        bounds: what some of its facts may be, as in :func:`providers`.

    Raises:
        InvalidArgument: the class is no kind of evidence, it has no such fact, or the bounds are outside those of the
            fact.

    >>> evidence(int)
    Traceback (most recent call last):
    ...
    hypothesis.errors.InvalidArgument: evidence() takes a class decorated with @evidence(...); got <class 'int'>

    """
    declared = kind_of(kind)
    if declared is None:
        raise InvalidArgument(f"evidence() takes a class decorated with @evidence(...); got {kind!r}")
    recent = DAYS if as_of is None else st.dates(as_of - timedelta(days=730), as_of)
    days = recent if issued_on is None else _strategy(issued_on)
    # ids must differ within a dossier; a random one is unique whatever else the dossier holds
    ids = st.uuids(version=4).map(lambda id: f"{declared.id}-{id}")
    return st.builds(Evidence, id=ids, facts=stating(kind, unknown, bounds), issued_on=days)


# Values -----------------------------------------------------------------------------------------------


def instances(cls: type[T], unknown: bool, bounds: Mapping[str, Bound], **other: Any) -> st.SearchStrategy[T]:
    """Instances of a class of facts, some of them bounded."""
    fields = fact_fields(cls)
    wrong = next((name for name in bounds if name not in fields), None)
    if wrong is not None:
        hint = suggest(wrong, fields) or f"; it has {', '.join(fields)}"
        raise InvalidArgument(f"{cls.__name__} has no fact {wrong!r}{hint}")
    # facts are independent of each other: the limits of rules are what relates them, and those are in near_limits
    facts = {
        name: _bounded(cls, field, bounds[name]) if name in bounds else _usual(field, unknown)
        for name, field in fields.items()
    }
    return st.builds(cls, **facts, **other)


def stating(cls: type[T], unknown: bool, bounds: Mapping[str, Bound]) -> st.SearchStrategy[T]:
    """Instances with at least one known fact: evidence that states nothing is refused."""
    return instances(cls, unknown, bounds).filter(states_a_fact)


def or_unknown(values: st.SearchStrategy[Any], unknown: bool) -> st.SearchStrategy[Any]:
    """The values, and UNKNOWN as well if wanted."""
    # the simplest first: Hypothesis shrinks towards it; three to one: with little known, most rules are merely open
    return st.one_of(st.just(UNKNOWN), values, values, values) if unknown else values


def _bounded(cls: type, field: FactField, bound: Bound) -> st.SearchStrategy[Any]:
    if not isinstance(bound, Between):
        return _strategy(bound)
    # bounds outside those of the fact could only yield values that the fact refuses
    own = Between(field.plausible.first, field.plausible.last) if field.plausible else field.bounds
    if own is not None and not own.contains(bound):
        raise InvalidArgument(f"{cls.__name__}.{field.name} is {own}; {bound} lies outside it")
    return _scalars(field.type, _within(own, bound))


def _within(own: Between | None, bound: Between) -> Between:
    """The bounds, with an open end closed by the fact's own."""
    if own is None:
        return bound
    low = own.at_least if bound.at_least is None else bound.at_least
    return Between(low, own.at_most if bound.at_most is None else bound.at_most)


def _strategy(bound: Bound) -> st.SearchStrategy[Any]:
    return bound if isinstance(bound, st.SearchStrategy) else st.just(bound)


@cache  # Hypothesis checks a strategy when it is first drawn from, which takes longer than most draws
def _usual(field: FactField, unknown: bool) -> st.SearchStrategy[Any]:
    return or_unknown(values_of(field), unknown)


def values_of(field: FactField) -> st.SearchStrategy[Any]:
    """The values that a fact can hold: of its type, or short lists of them."""
    one = _scalars(field.type, _bounds(field))
    # up to three members show what a function does with none, one and several
    return st.lists(one, max_size=3).map(tuple) if field.many else one


def _bounds(field: FactField) -> Between | None:
    """The bounds that a fact declares; the first and last day of all dates are none of its own."""
    days = field.plausible
    if days is None:
        return field.bounds
    return None if (days.first, days.last) == (FIRST_DATE, LAST_DATE) else Between(days.first, days.last)


def _scalars(kind: type, bounds: Between | None) -> st.SearchStrategy[Any]:
    low: Any = bounds.at_least if bounds else None
    high: Any = bounds.at_most if bounds else None
    if kind is date:
        return DAYS if low is high is None else st.dates(low or FIRST_DATE, high or LAST_DATE)
    if issubclass(kind, enum.Enum):
        return st.sampled_from(kind)
    # open ends are closed near what rules compare with: ages, counts and years up to 3000, amounts up to 100 million
    if kind is int:
        return st.integers(*_whole(low, high, (-20, 3000), 1))
    if kind is float:
        # -2 to 2 holds every ratio of interest; an end that is declared moves the other along, so that there is room
        return st.floats(
            min(-2.0, 2.0 if high is None else high - 1) if low is None else low,
            max(2.0, -2.0 if low is None else low + 1) if high is None else high,
            allow_nan=False,
        )
    if kind is Money:
        return st.integers(*_whole(low, high, (-10_000, 100_000_000), 100)).map(lambda n: Money(cents=n))
    if attrs.has(kind):
        return instances(kind, True, {})
    return {bool: st.booleans(), str: _LETTERS}[kind]


def _whole(low: float | None, high: float | None, usual: tuple[int, int], times: int) -> tuple[int, int]:
    """Bounds as whole numbers of units, rounded inwards; an open end is the usual one, or 100 units away."""
    # Decimal(str(...)), for 0.29 * 100 is 28.999999999999996 as a float, and its ceiling must be 29
    least = None if low is None else math.ceil(Decimal(str(low)) * times)
    most = None if high is None else math.floor(Decimal(str(high)) * times)
    if least is None:
        least = usual[0] * times if most is None else min(usual[0] * times, most - 100 * times)
    return least, max(usual[1] * times, least + 100 * times) if most is None else most


@cache
def identifiers() -> st.SearchStrategy[Identifier]:
    """Numbers of the Dutch trade register (KvK)."""
    return st.from_regex("[0-9]{8}", fullmatch=True).map(lambda digits: Identifier("NL-KVK", digits))


def amounts() -> st.SearchStrategy[Money]:
    """Amounts in euros and cents, negative ones included."""
    return _scalars(Money, None)


# Hypothesis asks for a type ------------------------------------------------------------------------------


def from_type(thing: Any) -> st.SearchStrategy[Any] | None:
    """The strategy of ``st.from_type`` for a class of facts, or for the annotation of a fact or parameter with bounds.

    Dates of one class that must follow each other (``NotBefore``) do. ``Past()`` depends on the date of a dossier,
    which is not known here. None for any other type: Hypothesis resolves those itself.
    """
    if isinstance(thing, type):
        if thing in _OF_TYPE:
            return _OF_TYPE[thing]()
        if not attrs.has(thing) or not fact_fields(thing):
            return None
        return instances(thing, True, {}).filter(lambda facts: not any(contradictions(facts, date.max)))
    if get_origin(thing) is not Annotated:
        return None
    # Annotated[Fact[int], Between(0)] is a fact and may be unknown; Annotated[int, Between(0)] is a parameter
    fact, (hint, *extras) = type_of_fact(thing), get_args(thing)
    kind = fact[0] if fact else hint
    many = get_origin(kind) is tuple
    kind = get_args(kind)[0] if many else kind
    if not any(isinstance(extra, (Between, Past, NotBefore)) for extra in extras) or not is_scalar(kind):
        return None
    field = field_of("value", kind, many, tuple(extras), repr(thing), UNLABELLED)
    return or_unknown(values_of(field), fact is not None)


_OF_TYPE: dict[type, Callable[[], st.SearchStrategy[Any]]] = {
    Provider: providers, Award: awards, Money: amounts, Identifier: identifiers,
}  # fmt: skip
