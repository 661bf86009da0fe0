"""The rules of a profile as columns: true where a rule hits, false where it is clear, null where it is open.

A rule's expression is translated into one of narwhals: the same nodes, read for all rows at once. A condition is a
nullable boolean, and null is unknown. ``&`` and ``|`` of every engine used here follow Kleene's logic on nulls:
``true | null`` is true, because whatever is unknown cannot change it, and ``false | null`` is null. So a column of
conditions needs no second column to say where it is unknown, and filling its nulls with false or with true gives both
ends of what is possible. Amounts are whole cents in floating point. Nothing raises: what has no value is null.
"""

from __future__ import annotations

from collections.abc import Mapping
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
from ..rules.expression import FactRef, Node, Operation, split_rule_id
from . import dates
from .columns import AS_OF, INTERNAL, flat
from .ends import with_ends_of_facts
from .table import Table
from .translation import ExpressionTranslator, Reading, either

NOTHING: ParameterValues = {}


@attrs.frozen(slots=False, eq=False)
class RuleColumns:
    """The rules of a profile on a table.

    Args:
        ordinals: the columns of ordinals that what was translated so far reads, for :func:`with_ordinals`.
        ends: the facts of which it reads the ends, by column.

    """

    engine: Engine
    table: Table
    ordinals: dict[str, tuple[str, bool]] = attrs.field(init=False, factory=dict)
    ends: dict[str, FactRef] = attrs.field(init=False, factory=dict)

    def columns(self, details: bool) -> dict[str, nw.Expr]:
        """A column for each rule, and for whether it applies where details are wanted."""
        found: dict[str, nw.Expr] = {}
        for rule in (rule for stage in self.table.resolved.stages for rule in stage.rules):
            nodes = {"hit": hits(rule)}
            if details and rule.definition.applies is not None:
                nodes["applies"] = rule.definition.applies.expression
            for sort, node in nodes.items():
                found[internal_column(sort, rule)] = self.unless_refused(self.by_period(rule, node))
        return found

    def unless_refused(self, expr: nw.Expr) -> nw.Expr:
        """An expression, or null where a row cannot be assessed at all."""
        return nw.when(~either(self.refusals.values())).then(expr) if self.refusals else expr

    def added_to(self, frame: Any, columns: Mapping[str, nw.Expr]) -> Any:
        """The frame with columns, and before them the ordinals and ends that all that was translated so far reads."""
        frame = dates.with_ordinals(frame, self.ordinals) if self.ordinals else frame
        frame = with_ends_of_facts(self.table, frame, [*self.ends.values()])
        return frame.with_columns(**columns) if columns else frame

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
            first = self.engine.first_day
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

    # Parameters that change with the date --------------------------------------------------------------

    def is_unknown(self, rule: ResolvedRule, node: Node) -> nw.Expr:
        """Where a part of a rule's expression has no value."""
        return self.by_period(rule, node, read=ExpressionTranslator.value).is_null()

    def by_period(
        self, rule: ResolvedRule, node: Node, instead: ParameterValues = NOTHING, read: Reading | None = None
    ) -> nw.Expr:
        """A rule's expression, or part of it, with the values of its parameters on each row's date.

        Args:
            instead: other values, by barrier and name, that hold on every date.
            read: how the expression is translated; by default as :meth:`ExpressionTranslator.translate` does.

        """
        read = read or ExpressionTranslator.translate
        barrier, _ = split_rule_id(rule.id)
        keys = [(barrier, name) for name in rule.parameters]
        found: nw.Expr | None = None
        last: dict[tuple[str, str], Any] | None = None
        for since, parameters in self._periods.items():
            values = {key: instead[key] if key in instead else parameters[key] for key in keys}
            if values == last:
                continue
            last = values
            here = read(ExpressionTranslator(self.table, values, self.ordinals, self.ends), node)
            found = here if found is None else nw.when(nw.col(AS_OF) >= since).then(here).otherwise(found)
        assert found is not None  # there is at least one period
        return found

    @cached_property
    def _periods(self) -> dict[date, ParameterValues]:
        """The values of the parameters, by the first day of each period in which none of them changes."""
        first, changes = self.engine.first_day, self.engine.changes
        days = [self.table.as_of] if self.table.as_of else [first, *(day for day in changes if day > first)]
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
