"""Parses a row of a table: its columns as facts, evidence and derived facts, and what is wrong with it."""

from __future__ import annotations

import enum
import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import attrs

from ..domain.evidence import Evidence
from ..domain.facts import FactField, fact_fields
from ..domain.kinds import CONFIDENTIAL_VALUE_UNREADABLE, EvidenceKind
from ..domain.unknown import UNKNOWN
from ..domain.values import MAX_SAFE_INTEGER, Money, describe_type
from ..errors import InputError, Problem
from ..profiles.resolved import ResolvedProfile
from ..rules.derived import Derived, DerivedResult
from ..words.lexicon import WordRef
from .columns import ABSENT, AS_OF, ProfileColumns, check_date, inputs_of, invalid_value_text, profile_columns

NULLS = frozenset({"NoneType", "NAType", "NaTType"})
"""The types of null in Python and pandas, by name: pandas is not imported for them."""
_DAY = FactField("day", date, False, WordRef("barriermodel", ("entity", "row", "facts", "day")))
_ABSENT = FactField(ABSENT, bool, False, WordRef("barriermodel", ("entity", "row", "facts", "absent")))


@attrs.define(eq=False)
class RowParser:
    """Parses a row, and collects what is wrong with it."""

    resolved: ResolvedProfile
    row: Mapping[str, Any]
    wrong: dict[str, str] = attrs.field(factory=dict)
    """For each column that holds no value of its fact, the message that says so."""
    columns: ProfileColumns = attrs.field(init=False)
    problems: list[Problem] = attrs.field(init=False)
    computed: Mapping[str, Derived] = attrs.field(init=False)
    """The derived facts that can be computed from the row, by the column that it lacks."""
    read: set[str] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.columns = profile_columns(self.resolved)
        self.problems = list(self.columns.unknown_names(self.row))
        self.computed = self.columns.computable_with(self.row)
        self.read = {*self.columns.read, *(name for one in self.computed.values() for name in inputs_of(one))}

    def value(self, name: str, field: FactField) -> Any:
        """The value of a fact in a column, or unknown."""
        try:
            return fact_from_scalar(field, self.row.get(name))
        except TypeError as error:
            if name in self.read:  # what no rule reads may hold anything
                message = CONFIDENTIAL_VALUE_UNREADABLE if self.columns.confidential([name]) else str(error)
                self.problems.append(Problem(name, message))
        except ValueError:
            if name in self.read:
                self.wrong[name] = invalid_value_text(name, field)
        return UNKNOWN

    def day(self, name: str) -> date | None:
        """A date that is not a fact."""
        self.read.add(name)
        found = self.value(name, _DAY)
        return None if found is UNKNOWN else found

    def facts(self, source: str, holder: type) -> dict[str, Any]:
        """The facts of a class, as the row has them."""
        fields = {name: field for name, field in fact_fields(holder).items() if not field.many}
        return {name: self.value(f"{source}__{name}", field) for name, field in fields.items()}

    def dates(self, kind: EvidenceKind) -> list[str]:
        """The columns present for when evidence of a kind was issued, and until when it is valid."""
        return [name for name in self.columns.validity[kind.id] if name in self.row]

    def item(self, kind: EvidenceKind) -> Evidence | None:
        """The evidence of a kind; None if the row states no fact of it."""
        facts = self.facts(kind.id, kind.cls)
        days: dict[str, Any] = {name.partition("__")[2]: self.day(name) for name in self.dates(kind)}
        if all(value is UNKNOWN for value in facts.values()):
            return None
        return Evidence(id=f"row:{kind.id}", facts=kind.cls(**facts), **days)

    def absent(self) -> Iterator[str]:
        """The kinds for which the row says that there is no evidence, except confidential ones."""
        for name, kind in self.columns.absences.items():
            if kind.id not in self.resolved.withheld:
                self.read.add(name)
                if self.value(name, _ABSENT) is True:
                    yield kind.id

    def derived(self) -> dict[str, DerivedResult]:
        """The derived facts that the row has a column for, by id."""
        found = {name: derived for name, derived in self.columns.derived.items() if name in self.row}
        return {derived.id: DerivedResult(self.value(name, derived.field)) for name, derived in found.items()}

    def check(self, day: date | None) -> None:
        """Raise ``InputError`` with everything that is wrong with the row."""
        if day is None and not any(problem.path == AS_OF for problem in self.problems):
            self.problems.append(Problem(AS_OF, "give the argument as_of, or a column as_of with the date of the row"))
        if self.problems:
            raise InputError("row", self.problems)
        check_date(day)


# Cells as facts: the scalars of every engine, read as the module ingest reads columns ---------------------


def fact_from_scalar(field: FactField, cell: Any) -> Any:
    """The value of a fact in a cell; null, NaN, infinities and blank text are unknown.

    Raises:
        TypeError: a column of such values cannot be a column of this fact.
        ValueError: a column may hold it, but it is not a value of this fact.

    """
    value = as_python(cell)
    if value is None:
        return UNKNOWN
    try:
        taken = _to_fact(field.type, value)
    except OverflowError:
        raise ValueError(f"the number {str(value)[:40]} is too large") from None
    if taken is None:
        raise TypeError(f"expected {describe_type(field.type)}; got {str(value)[:40]!r}")
    return field.validate(taken)


def as_python(cell: Any) -> Any:
    """A value of Python, or None for null: of scalars of PyArrow, numpy and pandas as of Python's own."""
    if hasattr(cell, "as_py"):
        cell = cell.as_py()
    if type(cell).__name__ == "datetime64":  # item() of one in nanoseconds is a number
        cell = cell.astype("datetime64[us]")
    if type(cell).__module__ == "numpy" and hasattr(cell, "item"):
        cell = cell.item()
    if type(cell).__name__ in NULLS or (isinstance(cell, (float, Decimal)) and not math.isfinite(cell)):
        return None
    return cell


def _to_fact(kind: type, value: Any) -> Any:
    """A value as one of a fact's type; None if it is of another type."""
    if issubclass(kind, enum.Enum):
        return _member(kind, value)
    if kind in (int, float, Money):
        if not isinstance(value, (int, float, Decimal)) or isinstance(value, bool):
            return None
        if kind is Money:
            return _amount(value)
        if kind is float:
            return float(value)
        return int(value) if value == int(value) else None  # pandas holds whole numbers as floats beside nulls
    if kind is date and isinstance(value, datetime):
        midnight = value.time() == time.min and value.tzinfo is None and not getattr(value, "nanosecond", 0)
        return value.date() if midnight else None
    if not isinstance(value, kind):
        return None
    return str(value) if kind is str else value


def _amount(value: Any) -> Money:
    euros = float(value)
    cents = round(euros * 100)
    # as in ingest: floats cannot hold every amount, but are less than a thousandth of a cent off
    if abs(euros * 100 - cents) >= 1e-3 or abs(cents) > MAX_SAFE_INTEGER:
        raise ValueError(f"{value} is no amount in euros with at most two decimals")
    return Money(cents=cents)


def _member(kind: type[enum.Enum], value: Any) -> Any:
    word = value.value if isinstance(value, kind) else value
    if not isinstance(word, str):
        return None
    found = next((member for member in kind if member.value == word), None)
    if found is None and word.strip():
        raise ValueError(f"expected {describe_type(kind)}; got {word[:40]!r}")
    return UNKNOWN if found is None else found
