"""Single changes of small dossiers: facts that become known, unknown, or extreme."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import attrs

from barriermodel.analysis.expressions import ENTITIES
from barriermodel.analysis.facts import FIRST_DATE, LAST_DATE, FactField, fact_fields, kind_of, states_a_fact
from barriermodel.plugin import UNKNOWN, Barrier, Dossier, Evidence, Money, euro

from ..barrier_under_test import BarrierUnderTest
from ..dossier_draft import month_before

MANY = 10**12
"""Larger than any real amount, and small enough to add up a few of them."""
_ENDS: dict[type, tuple[Any, ...]] = {
    bool: (True, False), int: (0, MANY, -MANY), float: (0.0, 1e6, -1e6, 1e-9),
    Money: (euro(0), euro(MANY), euro(-MANY)), date: (LAST_DATE, FIRST_DATE), str: ("-", "9" * 300),
}  # fmt: skip


@attrs.frozen
class FactChange:
    """A fact of an evidence class, of the provider or of the award gets a value, or becomes unknown."""

    source: str
    holder: type
    name: str
    value: Any


def small(subject: BarrierUnderTest, most: int) -> list[Dossier]:
    """The clear dossier, and a number of cases spread over all rules, which differ from it in few facts.

    Two more have values for every fact that a derived fact may read, because cases are not generated from its function.
    """
    cases = subject.cases.of_rules
    step = -(-len(cases) // most) or 1
    clear, holders = subject.clear, read_by_derived(subject.barrier)
    known = [subject.dossier(case.draft) for case in cases[::step]]
    values = usual(clear.as_of)
    full = [applied(changes(holders, lambda fact: values(fact)[:2][-1:]), clear)]
    full += [applied(changes(holders, lambda fact: values(fact)[:1]), clear)]
    return [clear, *known, *(full if holders else [])]


def read_by_derived(barrier: Barrier) -> Mapping[str, type]:
    """The classes that derived facts are given, by source. Expressions can only read the facts in them."""
    found: dict[str, type] = {}
    for i in (i for derived in barrier.derived_facts.values() for i in derived.signature.inputs):
        if i.cls is not None:
            found[i.source] = i.cls
    return found


def changes(holders: Mapping[str, type], values: Callable[[FactField], Sequence[Any]]) -> Iterator[FactChange]:
    """A change for each value of each fact of these classes."""
    for source, holder in holders.items():
        for name, field in fact_fields(holder).items():
            yield from (FactChange(source, holder, name, value) for value in values(field))


def is_key(change: FactChange) -> bool:
    """Whether the fact is the key of its kind, which decides which items count."""
    kind = kind_of(change.holder)
    return kind is not None and kind.one_per == change.name


def unknown(field: FactField) -> Sequence[Any]:
    """Only UNKNOWN."""
    return (UNKNOWN,)


def ends(field: FactField) -> Sequence[Any]:
    """The extreme values of a fact: very large amounts, the last date, empty lists."""
    return _values(field, lambda kind: _ENDS[kind])


def usual(as_of: date, words: Iterable[str] = ()) -> Callable[[FactField], Sequence[Any]]:
    """A few typical values for a dossier on this date, and these texts."""
    few: dict[type, tuple[Any, ...]] = {
        bool: (True, False), int: (1, 100), float: (0.1, 1.0), Money: (euro("1.01"), euro(MANY)),
        date: (as_of - timedelta(days=400), as_of), str: ("voorbeeld", *words),
    }  # fmt: skip
    return lambda field: _values(field, lambda kind: few[kind])


def _values(field: FactField, of: Callable[[type], tuple[Any, ...]]) -> list[Any]:
    singles = list(_singles(field, of))
    return [(), *((value,) for value in singles), tuple(singles)] if field.many else singles


def _singles(field: FactField, of: Callable[[type], tuple[Any, ...]]) -> Iterator[Any]:
    """Values of one member, within the bounds of the fact."""
    if attrs.has(field.type) and field.type is not Money:
        facts = {name: _values(own, of) for name, own in fact_fields(field.type).items()}
        for number in range(max(map(len, facts.values()))):
            yield field.type(**{name: values[number % len(values)] for name, values in facts.items()})
        return
    values: tuple[Any, ...] = tuple(field.type) if issubclass(field.type, enum.Enum) else of(field.type)
    bounds: Any = field.bounds
    if bounds is not None:
        limits = [limit for limit in (bounds.at_least, bounds.at_most) if limit is not None]
        values = (*(Money(cents=round(n * 100)) if field.type is Money else field.type(n) for n in limits), *values)
    for value in values:
        try:
            yield attrs.evolve(field, many=False).validate(value)
        except ValueError:  # outside its bounds
            continue


def lesser(value: Any) -> Iterator[Any]:
    """Values that say less: UNKNOWN, and of records all but one fact."""
    yield UNKNOWN
    for name in fact_fields(type(value[0])) if _is_records(value) else ():
        yield tuple(attrs.evolve(member, **{name: UNKNOWN}) for member in value)


def _is_records(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and attrs.has(type(value[0])) and type(value[0]) is not Money


def applied(changes: Iterable[FactChange], dossier: Dossier) -> Dossier:
    """The dossier with these changes in every item of their kind; if there is none, one is added.

    An item that would state no fact is removed, since it would be refused.
    """
    for one in changes:
        change = {one.name: one.value}
        if one.source in ENTITIES:
            holder = attrs.evolve(getattr(dossier, one.source), **change)
            dossier = attrs.evolve(dossier, **{one.source: holder})
            continue
        own = [item for item in dossier.evidence if item.kind.id == one.source]
        items = [item for item in dossier.evidence if item.kind.id != one.source]
        changed = [(item, attrs.evolve(item.facts, **change)) for item in own]
        items += [attrs.evolve(item, facts=facts) for item, facts in changed if states_a_fact(facts)]
        if not own and one.value is not UNKNOWN:
            items.append(Evidence(id=one.source, facts=one.holder(**change), issued_on=month_before(dossier.as_of)))
        dossier = attrs.evolve(dossier, evidence=items)
    return dossier
