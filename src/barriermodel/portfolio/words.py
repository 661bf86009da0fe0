"""What each hit of a row is in a few words, with the row's own values: as the row's Explanation says it."""

from __future__ import annotations

from datetime import date
from functools import cached_property, partial
from typing import Any

import attrs
import polars as pl

from ..domain.unknown import UNKNOWN
from ..profiles.resolved import ResolvedBarrier, ResolvedProfile, ResolvedRule
from ..reporting.rendering import printable
from ..reporting.sentences import RuleWords
from ..rules.ends import unless_doubted
from ..rules.expression import FactRef, Parameter
from ..tables.columns import AS_OF, INTERNAL, column_of
from ..tables.ends import ends_columns
from ..tables.python_facts import fact_from_canonical
from ..text import Language


@attrs.frozen(eq=False, slots=False)
class RowWords:
    """Puts the hits of rows in words.

    Args:
        facts: the canonical columns of facts, and ``as_of`` if each row has its own date.
        as_of: the date of all rows.

    """

    resolved: ResolvedProfile = attrs.field(repr=False)
    facts: pl.DataFrame = attrs.field(repr=False)
    as_of: date | None
    _cells: dict[str, list[Any]] = attrs.field(init=False, repr=False, factory=dict)

    @cached_property
    def _rules(self) -> dict[str, tuple[ResolvedBarrier, ResolvedRule]]:
        return {rule.id: (barrier, rule) for barrier in self.resolved.barriers for rule in barrier.rules}

    def short(self, place: int, rule: str, lang: Language, *, confidential: bool) -> str:
        """What a hit is in a few words, in the row at a place.

        Args:
            rule: the id of the rule.
            confidential: show the values of confidential kinds.

        """
        return printable(self.of_rule(place, rule, lang, confidential=confidential).said("short"))

    def of_rule(self, place: int, rule: str, lang: Language, *, confidential: bool) -> RuleWords:
        """The words of a rule with the values of the row at a place; the arguments are those of :meth:`short`."""
        barrier, resolved = self._rules[rule]
        day = self.day(place)
        settings = {name: s for name in resolved.parameters if day and (s := barrier.parameters[name].on(day))}
        hidden = frozenset[str]() if confidential else self.resolved.confidential

        def lookup(node: FactRef | Parameter) -> Any:
            if isinstance(node, Parameter):
                return settings[node.name].value if node.name in settings else UNKNOWN
            if node.source == "dossier":
                return day
            return unless_doubted(node, self.fact(place, node), partial(self.bounds_hold, place))

        return RuleWords(resolved.definition, settings, lookup, hidden, lang)

    def day(self, place: int) -> date | None:
        """The date of the row at a place; None if it cannot be read."""
        day: date | None = self.as_of or self._value(place, AS_OF)
        return day

    def fact(self, place: int, ref: FactRef) -> Any:
        """The value of a fact in the row at a place."""
        cell = self._value(place, f"{INTERNAL}{column_of(ref)}")
        return UNKNOWN if cell is None else fact_from_canonical(ref.type, cell)

    def bounds_hold(self, place: int, ref: FactRef) -> bool:
        """Whether an unknown fact lies between its declared bounds, as far as the rules ask that."""
        low, _ = ends_columns(ref)
        return low not in self.facts.columns or self._value(place, low) is not None

    def _value(self, place: int, column: str) -> Any:
        """The cell of a column; None also if there is no such column."""
        if column not in self._cells:
            there = column in self.facts.columns
            self._cells[column] = self.facts[column].to_list() if there else [None] * self.facts.height
        return self._cells[column][place]
