"""The rules of a plan as columns: true where a rule hits, false where it is clear, null where it is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import attrs
import narwhals as nw

from ..domain.award import Procedure
from ..domain.days import FIRST, LAST
from ..engine.evaluate import Engine
from ..profiles.resolved import ResolvedRule
from ..rules.compiler import ParameterValues
from ..rules.expression import FactRef, Node, Operation, Parameter
from ..rules.levels import Moment
from .columns import AS_OF, OWN, column_of, flat
from .dates import key_column
from .door import dtype_of
from .expressions import Reader, literal
from .months import ordered
from .outcome import either
from .table import Table

NOTHING: ParameterValues = {}


@attrs.frozen
class Period:
    """The days on which one set of parameters holds: from a day on, until the next period."""

    since: date
    values: dict[tuple[str, str], Any]


@attrs.frozen
class Rules:
    """The rules of a plan on a table."""

    engine: Engine
    table: Table

    def columns(self, details: bool) -> dict[str, nw.Expr]:
        """A column for each rule, and for ``applies`` where its details are wanted."""
        found: dict[str, nw.Expr] = {}
        refusals = self.refusals()
        refused = either(refusals.values()) if refusals else None
        for stage in self.engine.resolved.stages:
            for rule in stage.rules:
                nodes = {"hit": hits(rule)}
                if details and rule.definition.applies is not None:
                    nodes["applies"] = rule.definition.applies.expression
                for sort, node in nodes.items():
                    expr = self.by_period(rule, node)
                    found[own(sort, rule)] = expr if refused is None else nw.when(~refused).then(expr)
        return found

    def refusals(self) -> dict[str, nw.Expr]:
        """Where a row cannot be assessed at all, by what is told of it; its rules are all open."""
        profile = self.engine.resolved.profile
        found: dict[str, nw.Expr] = {}
        if self.table.as_of is None:
            day = nw.col(AS_OF)
            found["as_of is unknown"] = day.is_null()
            found[f"the profile is valid from {profile.valid_from}"] = (day < profile.valid_from).fill_null(value=False)
            if profile.valid_until is not None:
                ended = (day > profile.valid_until).fill_null(value=False)
                found[f"the profile is valid until {profile.valid_until}"] = ended
            first = self._first_day()
            if first > profile.valid_from:
                found[f"the profile has limits from {first} on"] = (day < first).fill_null(value=False)
            found[f"as_of is no date from {FIRST} to {LAST}"] = ~day.is_between(FIRST, LAST).fill_null(value=True)
        compares = [s for s in self.engine.resolved.stages if s.moment is Moment.ADMISSION and not s.by_level]
        if compares and "award__procedure" in self.table.schema:
            told = "comparing applicants would make an open house a tender"
            procedure = nw.col("award__procedure").cast(nw.String)
            found[told] = (procedure == Procedure.OPEN_HOUSE.value).fill_null(value=False)
        return found

    def _first_day(self) -> date:
        starts = [p.settings[0].since for b in self.engine.resolved.barriers for p in b.parameters.values()]
        return max((start for start in starts if start is not None), default=date.min)

    # Parameters that change with the date --------------------------------------------------------------

    def by_period(self, rule: ResolvedRule, node: Node, instead: ParameterValues = NOTHING) -> nw.Expr:
        """A rule's expression, or part of it, with the values of its parameters on each row's date.

        Args:
            instead: other values, by barrier and name, that hold on every date.

        """
        found: nw.Expr | None = None
        last: dict[tuple[str, str], Any] | None = None
        for period in self._periods():
            barrier = rule.id.rpartition(".")[0]
            values = {
                key: v
                for key, v in {**period.values, **instead}.items()
                if key[0] == barrier and key[1] in rule.parameters
            }
            if values == last:
                continue
            last = values
            here = self._reader(values).read(node)
            found = here if found is None else nw.when(nw.col(AS_OF) >= period.since).then(here).otherwise(found)
        assert found is not None  # there is at least one period
        return found

    def _periods(self) -> Iterator[Period]:
        first = self._first_day()
        later = [day for day in self.engine.changes if day > first]
        for day in [self.table.as_of] if self.table.as_of else [first, *later]:
            yield Period(day, dict(self.engine.bind_parameters(day)[0]))

    def _reader(self, values: dict[tuple[str, str], Any]) -> Reader:
        def fact(ref: FactRef) -> Any:
            name = column_of(ref)
            if name == AS_OF:
                return self.table.as_of or nw.col(AS_OF)
            if name not in self.table.schema:
                return nw.lit(None, dtype=dtype_of(ref.type))
            return nw.col(f"{OWN}{name}")

        def parameter(node: Parameter) -> Any:
            return literal(values[node.barrier, node.name])

        def key(ref: FactRef, after: bool) -> nw.Expr:
            name = column_of(ref)
            if name in self.table.dated:
                return nw.col(key_column(name, after))
            return ordered(fact(ref).dt.offset_by("1d") if after else fact(ref))

        return Reader(fact, parameter, key)


def hits(rule: ResolvedRule) -> Node:
    """What is true where a rule hits, false where it is clear or does not apply, and else unknown."""
    applies = rule.definition.applies
    if applies is None:
        return rule.definition.hits_if
    return Operation("and", (rule.definition.hits_if, applies.expression), bool)


def own(sort: str, rule: ResolvedRule) -> str:
    """The column of a rule while the table is assessed."""
    return f"{OWN}{sort}__{flat(rule.id)}"
