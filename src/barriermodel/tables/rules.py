"""The rules of a profile as columns: true where a rule hits, false where it is clear, null where it is open."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

import attrs
import narwhals.stable.v2 as nw

from ..domain.award import Procedure
from ..domain.bounds import FIRST_DATE, LAST_DATE
from ..engine.evaluate import Engine
from ..profiles.resolved import ResolvedRule
from ..rules.compiler import ParameterValues
from ..rules.expression import Node, Operation, split_rule_id
from .columns import AS_OF, INTERNAL, flat
from .expressions import ExpressionTranslator
from .kleene import either
from .table import Table

NOTHING: ParameterValues = {}


@attrs.frozen(slots=False, eq=False)
class RuleColumns:
    """The rules of a profile on a table."""

    engine: Engine
    table: Table

    def columns(self, details: bool) -> dict[str, nw.Expr]:
        """A column for each rule, and for whether it applies where details are wanted."""
        found: dict[str, nw.Expr] = {}
        refused = either(self.refusals.values()) if self.refusals else None
        for rule in (rule for stage in self.table.resolved.stages for rule in stage.rules):
            nodes = {"hit": hits(rule)}
            if details and rule.definition.applies is not None:
                nodes["applies"] = rule.definition.applies.expression
            for sort, node in nodes.items():
                expr = self.by_period(rule, node)
                found[internal_column(sort, rule)] = expr if refused is None else nw.when(~refused).then(expr)
        return found

    @cached_property
    def refusals(self) -> dict[str, nw.Expr]:
        """Where a row cannot be assessed at all, by the message of its error; all its rules are open."""
        profile = self.table.resolved.profile
        found: dict[str, nw.Expr] = {}
        if self.table.as_of is None:
            day = nw.col(AS_OF)
            found["as_of is unknown"] = day.is_null()
            found[f"the profile is valid from {profile.valid_from}"] = (day < profile.valid_from).fill_null(value=False)
            if profile.valid_until is not None:
                ended = (day > profile.valid_until).fill_null(value=False)
                found[f"the profile is valid until {profile.valid_until}"] = ended
            first = self._first_day
            if first > profile.valid_from:
                found[f"the profile has limits from {first} on"] = (day < first).fill_null(value=False)
            found[f"as_of is no date from {FIRST_DATE} to {LAST_DATE}"] = ~day.is_between(
                FIRST_DATE, LAST_DATE
            ).fill_null(value=True)
        if self.table.columns.refusal and "award__procedure" in self.table.schema:
            procedure = nw.col("award__procedure").cast(nw.String)
            open_house = (procedure == Procedure.OPEN_HOUSE.value).fill_null(value=False)
            found["comparing applicants would make an open house a tender"] = open_house
        return found

    @cached_property
    def _first_day(self) -> date:
        """The first day on which every parameter has a value."""
        starts = [p.settings[0].since for barrier in self.table.resolved.barriers for p in barrier.parameters.values()]
        return max((start for start in starts if start is not None), default=date.min)

    # Parameters that change with the date --------------------------------------------------------------

    def by_period(self, rule: ResolvedRule, node: Node, instead: ParameterValues = NOTHING) -> nw.Expr:
        """A rule's expression, or part of it, with the values of its parameters on each row's date.

        Args:
            instead: other values, by barrier and name, that hold on every date.

        """
        barrier, _ = split_rule_id(rule.id)
        keys = [(barrier, name) for name in rule.parameters]
        found: nw.Expr | None = None
        last: dict[tuple[str, str], Any] | None = None
        for since, parameters in self._periods.items():
            values = {key: instead[key] if key in instead else parameters[key] for key in keys}
            if values == last:
                continue
            last = values
            here = ExpressionTranslator(self.table, values).translate(node)
            found = here if found is None else nw.when(nw.col(AS_OF) >= since).then(here).otherwise(found)
        assert found is not None  # there is at least one period
        return found

    @cached_property
    def _periods(self) -> dict[date, ParameterValues]:
        """The values of the parameters, by the first day of each period in which none of them changes."""
        first = self._first_day
        days = [self.table.as_of] if self.table.as_of else [first, *(day for day in self.engine.changes if day > first)]
        return {day: self.engine.parameter_values(day) for day in days}


def hits(rule: ResolvedRule) -> Node:
    """What is true where a rule hits, false where it is clear or does not apply, and otherwise unknown."""
    applies = rule.definition.applies
    if applies is None:
        return rule.definition.hits_if
    return Operation("and", (rule.definition.hits_if, applies.expression), bool)


def internal_column(sort: str, rule: ResolvedRule) -> str:
    """The column of a rule while the table is assessed: ``hit``, or ``applies``."""
    return f"{INTERNAL}{sort}__{flat(rule.id)}"
