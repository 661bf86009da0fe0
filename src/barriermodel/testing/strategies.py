"""Hypothesis strategies for providers, awards, evidence and dossiers.

``dossiers(profile)`` knows where the limits of the rules are: it starts from a dossier in which every rule is clear
and changes one to three facts to values on, just under and just over the limits, makes them unknown, or ages the
evidence. Nothing is made before a strategy is drawn from.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from barriermodel import UNKNOWN, Award, BarrierModel, Dossier, Evidence, Identifier, Provider, Registry
from barriermodel.analysis.expressions import ENTITIES
from barriermodel.analysis.facts import (
    FIRST_DATE,
    LAST_DATE,
    PLACEHOLDER_DATES,
    FactField,
    add_months_to,
    fact_fields,
    kind_of,
    states_a_fact,
)
from barriermodel.analysis.reading import suggest
from barriermodel.plugin import Between, EvidenceKind, Money

from .cases import Cases, make_cases
from .dossier_draft import Draft, field_of, month_before
from .models import model_of

T = TypeVar("T")
DAY = timedelta(days=1)
Bound: TypeAlias = Any
"""A strategy, ``Between(low, high)`` for numbers, euros and dates, or one value."""

DAYS = st.dates(date(1990, 1, 1), date(2049, 12, 31))
"""Dates as dossiers have them."""
NO_DAYS = st.sampled_from([*PLACEHOLDER_DATES, date.min, date(25, 3, 1), FIRST_DATE - DAY, LAST_DATE + DAY, date.max])
"""Dates that stand in dossiers by mistake: they are taken as unknown."""
_LETTERS = st.text("abcdefghijklmnopqrstuvwxyz éëï-'&.{}%", min_size=1, max_size=20).filter(str.strip)


def providers(*, unknown: bool = True, **bounds: Bound) -> st.SearchStrategy[Provider]:
    """Providers with identifiers that are valid.

    Args:
        unknown: also with facts that are unknown.
        bounds: of its facts, by name: a strategy, ``Between(low, high)`` or a value.

    """
    identified = bounds.pop("identifiers", st.lists(identifiers(), max_size=1).map(tuple))
    return instances(Provider, unknown, bounds, identifiers=_strategy(identified))


def awards(*, unknown: bool = True, **bounds: Bound) -> st.SearchStrategy[Award]:
    """Awards; arguments as in :func:`providers`."""
    return instances(Award, unknown, bounds)


def evidence(
    kind: type, *, unknown: bool = True, as_of: date | None = None, issued_on: Bound = None, **bounds: Bound
) -> st.SearchStrategy[Evidence]:
    """Items of evidence of a kind.

    Args:
        kind: an evidence class.
        unknown: also with facts that are unknown.
        as_of: the date on which they are looked at; left out, they are of any date.
        issued_on: their dates; left out, of the two years before ``as_of``.
        bounds: as in :func:`providers`.

    """
    declared = kind_of(kind)
    if declared is None:
        raise InvalidArgument(f"evidence() takes a class decorated with @evidence(...); got {kind!r}")
    recent = DAYS if as_of is None else st.dates(as_of - timedelta(days=730), as_of)
    days = recent if issued_on is None else _strategy(issued_on)
    ids = st.uuids(version=4).map(lambda id: f"{declared.id}-{id}")
    return st.builds(Evidence, id=ids, facts=_stating(kind, unknown, bounds), issued_on=days)


def dossiers(
    profile: str | BarrierModel,
    *,
    as_of: date | None = None,
    max_changes: int = 3,
    registry: Registry | None = None,
) -> st.SearchStrategy[Dossier]:
    """Dossiers near the limits of a profile's rules: a clear one, of which a few facts are changed.

    Args:
        profile: its id or path, the id of one barrier, or a model.
        as_of: their date; left out, a first of June on which all dated limits hold.
        max_changes: so many facts at most are changed together.
        registry: left out, the plugins that are installed.

    """
    if max_changes < 0:
        raise InvalidArgument(f"max_changes is 0 or more; got {max_changes}")
    return st.deferred(lambda: near_limits(make_cases(model_of(profile, registry), as_of), max_changes))


# Dossiers near the limits -----------------------------------------------------------------------------


@attrs.frozen
class Move:
    """A change of a draft: facts that are set or unknown, and dates of evidence."""

    values: Mapping[str, Any] = attrs.field(factory=dict)
    issued_on: Mapping[str, date] = attrs.field(factory=dict)
    extra: tuple[Evidence, ...] = ()

    def made(self, draft: Draft) -> Draft:
        """The draft with the change."""
        moved = attrs.evolve(draft, issued_on={**draft.issued_on, **self.issued_on})
        return moved.with_facts(self.values).with_extra(self.extra)


def near_limits(cases: Cases, most: int) -> st.SearchStrategy[Dossier]:
    """Dossiers that differ from the clear one by a few moves."""
    kinds = tuple(cases.model.resolved.kinds.values())
    at_limits, anything = [Move(), *moves(cases)], _anywhere(cases)
    # unique lists spread over all limits, and shrink to no change; now and then one fact is anything at all
    some = st.lists(st.sampled_from(at_limits), min_size=min(most, 1), max_size=most, unique_by=id)
    strange = st.one_of(*[st.just([])] * 4, anything.map(lambda move: [move]))

    def made(drawn: tuple[Sequence[Move], Sequence[Move]]) -> Dossier:
        draft = cases.clear
        for move in [*drawn[1], *drawn[0]][:most]:
            draft = move.made(draft)
        return draft.dossier(kinds)

    return st.tuples(some, strange).map(made)


def moves(cases: Cases) -> Iterator[Move]:
    """From the clear dossier to each limit of each rule, just off it, and to less knowledge or older evidence."""
    found: dict[Any, Move] = {}
    for case in cases.of_rules:
        move = _between(cases.clear, case.draft)
        found.setdefault((frozenset(move.values.items()), move.extra), move)
    for kind in cases.model.resolved.kinds.values():
        for day in _ages(kind, cases.clear.as_of):
            found.setdefault(f"{kind.id} {day}", Move(issued_on={kind.id: day}))
    yield from (move for move in found.values() if move != Move())


def _between(clear: Draft, draft: Draft) -> Move:
    changed = {id: value for id, value in draft.values.items() if clear.values.get(id, UNKNOWN) != value}
    gone = {id: UNKNOWN for id in clear.values if id not in draft.values}
    return Move({**changed, **gone}, {}, tuple(item for item in draft.extra if item not in clear.extra))


def _ages(kind: EvidenceKind, as_of: date) -> Iterator[date]:
    """The last day on which evidence counts, the day before, today and tomorrow."""
    yield from (as_of, as_of + timedelta(days=1))
    if kind.valid_for is not None:
        oldest = add_months_to(as_of, -kind.valid_for.count)
        if oldest is not UNKNOWN:
            yield from (oldest, oldest - timedelta(days=1))


def _anywhere(cases: Cases) -> st.SearchStrategy[Move]:
    """Any value for one fact, also of lists that only derived facts read; or a second item of a kind."""
    known, as_of = cases.model.resolved.kinds, cases.clear.as_of
    holders = {**ENTITIES, **{kind.id: kind.cls for kind in known.values()}}
    ids = [f"{source}.{name}" for source, holder in holders.items() for name in fact_fields(holder)]
    own = month_before(as_of)

    def change(id: str) -> st.SearchStrategy[Move]:
        field = field_of(id, known)
        assert field is not None  # the ids are those of facts
        some = st.one_of(values_of(field), NO_DAYS) if field.type is date and not field.many else values_of(field)
        return st.one_of(some, st.just(UNKNOWN)).map(lambda value: Move({id: value}))

    def second(kind: EvidenceKind) -> st.SearchStrategy[Move]:
        items = st.builds(
            Evidence, id=st.just(f"{kind.id}-2"), facts=_stating(kind.cls, True, {}),
            issued_on=st.sampled_from([own, own, own - timedelta(days=30), as_of]),
        )  # fmt: skip
        return items.map(lambda item: Move(extra=(item,)))

    one = st.sampled_from(ids).flatmap(change)
    kinds = list(known.values())
    return st.one_of(one, one, st.sampled_from(kinds).flatmap(second)) if kinds else one


# Values -----------------------------------------------------------------------------------------------


def instances(cls: type[T], unknown: bool, bounds: Mapping[str, Bound], **other: Any) -> st.SearchStrategy[T]:
    """Instances of a class of facts, with bounds of some of them."""
    fields = fact_fields(cls)
    wrong = next((name for name in bounds if name not in fields), None)
    if wrong is not None:
        hint = suggest(wrong, fields) or f"; it has {', '.join(fields)}"
        raise InvalidArgument(f"{cls.__name__} has no fact {wrong!r}{hint}")
    facts = {
        name: _bounded(cls, field, bounds[name]) if name in bounds else or_unknown(values_of(field), unknown)
        for name, field in fields.items()
    }
    return st.builds(cls, **facts, **other)


def _stating(cls: type[T], unknown: bool, bounds: Mapping[str, Bound]) -> st.SearchStrategy[T]:
    """Facts of which at least one is known, as an item of evidence has."""
    return instances(cls, unknown, bounds).filter(states_a_fact)


def or_unknown(values: st.SearchStrategy[Any], unknown: bool) -> st.SearchStrategy[Any]:
    """Values, and where wanted unknown as well."""
    # simplest first: a failure is shown with as little known as can be
    return st.one_of(st.just(UNKNOWN), values, values, values) if unknown else values


def _bounded(cls: type, field: FactField, bound: Bound) -> st.SearchStrategy[Any]:
    if not isinstance(bound, Between):
        return _strategy(bound)
    own = Between(field.plausible.first, field.plausible.last) if field.plausible else field.bounds
    if own is not None and not own.contains(bound):
        raise InvalidArgument(f"{cls.__name__}.{field.name} is {own}; {bound} lies outside it")
    return _scalars(field.type, _within(own, bound))


def _within(own: Between | None, bound: Between) -> Between:
    """Bounds with an end that is left out taken from the fact's own."""
    if own is None:
        return bound
    low = own.at_least if bound.at_least is None else bound.at_least
    return Between(low, own.at_most if bound.at_most is None else bound.at_most)


def _strategy(bound: Bound) -> st.SearchStrategy[Any]:
    return bound if isinstance(bound, st.SearchStrategy) else st.just(bound)


def values_of(field: FactField) -> st.SearchStrategy[Any]:
    """What a fact can be: a value of its type, or a short list of them."""
    one = _scalars(field.type, _bounds(field))
    return st.lists(one, max_size=3).map(tuple) if field.many else one


def _bounds(field: FactField) -> Between | None:
    """The bounds that a fact declares: of a date, those that are not everybody's."""
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
    if kind is int:
        return st.integers(*_whole(low, high, (-20, 3000), 1))
    if kind is float:
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
    """Bounds as whole numbers of units within them; an end that is left out is as usual, or a step beyond the other."""
    least = None if low is None else math.ceil(Decimal(str(low)) * times)
    most = None if high is None else math.floor(Decimal(str(high)) * times)
    if least is None:
        least = usual[0] * times if most is None else min(usual[0] * times, most - 100 * times)
    return least, max(usual[1] * times, least + 100 * times) if most is None else most


def identifiers() -> st.SearchStrategy[Identifier]:
    """Numbers of the Handelsregister."""
    return st.from_regex("[0-9]{8}", fullmatch=True).map(lambda digits: Identifier("NL-KVK", digits))


def amounts() -> st.SearchStrategy[Money]:
    """Amounts in euros and cents, also below zero."""
    return _scalars(Money, None)
