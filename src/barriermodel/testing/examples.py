"""Examples for derived facts: evidence for which they have a value.

A derived fact is a plain Python function, which cannot be inverted as an expression can (:mod:`.solve`). So evidence is
drawn at random, always in the same way, and the smallest that gives each value is kept.
"""

from __future__ import annotations

import enum
import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from weakref import WeakKeyDictionary

import attrs

from barriermodel.analysis.expressions import Constant, FactRef, InputKind, split_fact_id, walk
from barriermodel.analysis.facts import FactField, fact_fields
from barriermodel.analysis.reading import evidence_as_data, fact_as_data
from barriermodel.plugin import UNKNOWN, Barrier, Derived, Evidence, EvidenceKind, Money, euro

from .dossier_draft import Draft, month_before
from .evaluation_context import EvaluationContext

TRIES = 400
"""The number of draws for one derived fact."""


@attrs.frozen
class Example:
    """Facts for which a derived fact has a value, whatever all other facts are.

    Args:
        values: facts by id.
        extra: further items of evidence, for a function that is given all items of a kind.

    """

    value: Any
    values: Mapping[str, Any]
    extra: tuple[Evidence, ...] = ()

    def in_(self, draft: Draft) -> Draft:
        """The draft with these facts, and no further items of their kinds."""
        sources = {split_fact_id(id)[0] for id in self.values}
        kept = tuple(item for item in draft.extra if item.kind.id not in sources)
        return attrs.evolve(draft.with_facts(self.values), extra=kept).with_extra(self.extra)


def examples(derived: Derived, context: EvaluationContext) -> Sequence[Example]:
    """An example for each value that was found, in the order of the values; the same ones each time."""
    barrier = context.derived[derived.id][0]
    limits = tuple(context.parameters[barrier.id, name] for name in derived.signature.parameters)
    known = _FOUND.setdefault(derived, {})
    if (context.as_of, limits) not in known:
        known[context.as_of, limits] = _find(derived, limits, barrier, context)
    return known[context.as_of, limits]


_FOUND: WeakKeyDictionary[Derived, dict[tuple[date, tuple[Any, ...]], Sequence[Example]]] = WeakKeyDictionary()
"""What was found, by date and limits: profiles share most of their derived facts and limits."""


def _find(derived: Derived, limits: tuple[Any, ...], barrier: Barrier, context: EvaluationContext) -> Sequence[Example]:
    dice = random.Random(derived.id)  # the same draws on every machine
    ref = FactRef("derived", derived.id, derived.field.type, derived.label)
    # the limits and constants of rules are tried as facts: "at least 8 hours" is found with an 8
    nodes = [node for rule in barrier.rules.values() for root in rule.nodes for node in walk(root)]
    written = [node.value for node in nodes if isinstance(node, Constant)]
    pools = _Pools(dice, context.as_of, [*limits, *written])
    found: dict[Any, tuple[int, Example]] = {}  # by value: the size of the smallest, and that one
    empty = Draft(as_of=context.as_of)
    for _ in range(TRIES):
        values, extra = _evidence(derived, pools)
        value = context.value(ref, attrs.evolve(empty, values=values, extra=extra))
        if value is UNKNOWN:
            continue
        one = Example(value, values, extra)
        size = _size(one)
        if value not in found or size < found[value][0]:
            found[value] = size, one
    smallest = [_shrunk(one, ref, empty, context) for _, one in found.values()]
    return sorted(smallest, key=lambda one: one.value.value if isinstance(one.value, enum.Enum) else one.value)


def _size(example: Example) -> int:
    values = {id: fact_as_data(value) for id, value in example.values.items()}
    return len(repr(values)) + len(repr([evidence_as_data(item) for item in example.extra]))


def _shrunk(example: Example, ref: FactRef, empty: Draft, context: EvaluationContext) -> Example:
    """The example without the facts and items that it does not need."""
    for item in example.extra:
        less = attrs.evolve(example, extra=tuple(e for e in example.extra if e.id != item.id))
        if context.value(ref, less.in_(empty)) == example.value:
            example = less
    for id in list(example.values):
        less = attrs.evolve(example, values={i: v for i, v in example.values.items() if i != id})
        if context.value(ref, less.in_(empty)) == example.value:
            example = less
    return example


def _evidence(derived: Derived, pools: _Pools) -> tuple[dict[str, Any], tuple[Evidence, ...]]:
    values: dict[str, Any] = {}
    extra: list[Evidence] = []
    for i in derived.signature.inputs:
        if i.cls is None:
            continue
        values |= {f"{i.source}.{name}": value for name, value in pools.facts(i.cls).items()}
        if i.kind is None or i.kind.one_per is None:
            continue
        keys = pools.keys(i.kind, 3 if i.role is InputKind.ITEMS else 1)
        values[f"{i.kind.id}.{i.kind.one_per}"] = keys[0]
        for number, key in enumerate(keys[1:], 2):
            facts = {**pools.facts(i.kind.cls), i.kind.one_per: key}
            day = month_before(pools.as_of)
            extra.append(Evidence(id=f"{i.kind.id}-{number}", facts=i.kind.cls(**facts), issued_on=day))
    return values, tuple(extra)


def _is_value(field: FactField, value: Any) -> bool:
    try:
        return field.validate(value) is not UNKNOWN
    except ValueError:
        return False


class _Pools:
    """Draws facts, from a pool of values for each type."""

    def __init__(self, dice: random.Random, as_of: date, limits: Sequence[Any]) -> None:
        self.dice = dice
        self.as_of = as_of
        flat = [v for limit in limits for v in (limit if isinstance(limit, tuple) else (limit,))]
        self.limits = [value for value in flat if type(value) is int]
        days = [as_of + timedelta(days=n) for n in (-800, -400, -100, -1, 0, 1, 100, 400)]
        years = [as_of.year - n for n in (-1, 0, 1, 2)]
        self.values: dict[type, list[Any]] = {
            bool: [True, False], int: [0, 1, 2, 3, 10, 100, *years], float: [0.0, 0.1, 0.5, 1.0],
            Money: [euro(n) for n in (-1000, 0, 1, 1000, 100_000)], date: days, str: ["a", "b", "c"],
        }  # fmt: skip
        for value in flat:
            pool = self.values.get(type(value))
            if pool is not None:
                pool += [value, value]  # limits are drawn more often than other values

    def facts(self, holder: type) -> dict[str, Any]:
        """Facts of a class, some left out."""
        found = {name: self.fact(field) for name, field in fact_fields(holder).items() if self.dice.random() < 0.85}
        return {name: value for name, value in found.items() if value is not UNKNOWN}

    def fact(self, field: FactField) -> Any:
        """A value of a fact."""
        if field.many:
            return tuple(self.one(field.type) for _ in range(self.dice.randint(0, 3)))
        try:
            return field.validate(self.one(field.type))
        except ValueError:
            return UNKNOWN

    def one(self, kind: type) -> Any:
        """A value of a type."""
        if attrs.has(kind) and kind is not Money:
            return kind(**self.facts(kind))
        pool = list(kind) if issubclass(kind, enum.Enum) else self.values[kind]
        return self.dice.choice(pool)

    def keys(self, kind: EvidenceKind, most: int) -> list[Any]:
        """One or more different keys of a kind, the latest first."""
        field = fact_fields(kind.cls)[kind.one_per or ""]
        years = [self.as_of.year - n for n in (-1, 0, 1, 1, 2, 3)]
        # whole numbers among the limits are tried too: a table of amounts by year has years as constants
        pool = [*years, *self.limits] if field.type is int else [self.one(field.type) for _ in years]
        pool = [key for key in pool if _is_value(field, key)]
        self.dice.shuffle(pool)
        found = list(dict.fromkeys(pool))[: self.dice.randint(1, most)]
        return found if any(isinstance(key, enum.Enum) for key in found) else sorted(found, reverse=True)
