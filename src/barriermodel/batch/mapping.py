"""A map: how a user's own columns, units and codes become facts, as a TOML file states it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from os import PathLike
from typing import Any

import attrs

from barriermodel import InputError
from barriermodel.analysis.facts import both_readings, may_be_thousands
from barriermodel.analysis.files import read_given
from barriermodel.analysis.profiles import ResolvedProfile
from barriermodel.analysis.reading import new_converter, structure
from barriermodel.plugin import Money, Problem, parse_toml

from .column_reading import ColumnReading
from .columns import TableColumns, enum_words, table_columns
from .csv_header import SEARCHED_LINES
from .numerals import NumberSigns
from .stated_facts import cell_from_map, constant_problems
from .text_files import ENCODINGS

ONLY_FOR = {
    "true": ("a fact that is true or false", (bool,)), "false": ("a fact that is true or false", (bool,)),
    "times": ("a number or an amount", (int, float, Money)), "date": ("a date", (date,)),
    "codes": ("a fact that is not true or false", (str, int, float, Money, date)),
}  # fmt: skip
"""The keys of a column that only some types of facts can have."""


@attrs.frozen(kw_only=True)
class ColumnMap:
    """How one fact is made from a column. The fields are the keys of ``[columns.<fact>]`` in the file."""

    from_: str
    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    times: float | None = None
    codes: dict[str, Any] = attrs.field(factory=dict)
    date: str | None = None
    absent: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class TableMap:
    """A whole map. The fields are the keys of the file."""

    unknown: tuple[str, ...] = ()
    separator: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    encoding: str | None = None
    header_row: int | None = None
    sheet: str | None = None
    legal_form_from_name: bool = False
    constants: dict[str, Any] = attrs.field(factory=dict)
    columns: dict[str, ColumnMap] = attrs.field(factory=dict)

    @property
    def number_signs(self) -> NumberSigns:
        """The signs in numbers, as far as the map states them."""
        return NumberSigns(decimal=self.decimal, thousands=self.thousands)


EMPTY_MAP = TableMap()
"""The map of a table whose columns have the names of facts."""
TOP_LEVEL_KEYS = {field.name for field in attrs.fields(TableMap)} - {"constants", "columns"}
"""The keys that hold for the whole map."""


def read_map(path: str | PathLike[str], resolved: ResolvedProfile) -> TableMap:
    """A map of a user's columns to the facts of a profile. See :func:`read_column_map`."""
    return read_column_map(path, table_columns(resolved))


def read_column_map(path: str | PathLike[str], columns: TableColumns) -> TableMap:
    """A map from a TOML file; an empty file is an empty map.

    Raises:
        InputError: it cannot be read, or does not fit the columns; with all that is wrong with it.

    """
    where = str(path)
    raw = read_given(path, where, InputError)
    if not raw.strip() or not raw.replace(b"\xef\xbb\xbf", b"").strip():
        return EMPTY_MAP
    data = parse_toml(raw, where, InputError)
    misplaced = [*_misplaced(data)]
    if misplaced:
        raise InputError(where, misplaced)
    found = structure(new_converter(), data, TableMap, where, InputError)
    problems = [
        *_sign_problems(found),
        *constant_problems(found, columns),
        *_problems_by_column(found, columns),
        *_factor_problems(data),
    ]
    if problems:
        raise InputError(where, problems)
    return found


def _misplaced(data: dict[str, Any]) -> Iterator[Problem]:
    """Keys of the whole map inside a table: in TOML, a line that is added at the end belongs to the last table."""
    columns = data.get("columns")
    inner = {f"columns.{name}": column for name, column in columns.items()} if isinstance(columns, dict) else {}
    for where, table in {"constants": data.get("constants"), "columns": columns, **inner}.items():
        for key in sorted(TOP_LEVEL_KEYS & table.keys()) if isinstance(table, dict) else ():
            yield Problem(f"{where}.{key}", "this holds for the whole map: put it above the first line with [ ]")


def _sign_problems(found: TableMap) -> Iterator[Problem]:
    if found.separator is not None and (len(found.separator) != 1 or found.separator in '"\r\n'):
        yield Problem("separator", f"expected one sign, such as ';' or ','; got {found.separator!r}")
    if found.decimal not in (None, ".", ","):
        yield Problem("decimal", f"expected '.' or ','; got {found.decimal!r}")
    if found.thousands not in (None, ".", ",", " "):
        yield Problem("thousands", f"expected '.', ',' or ' '; got {found.thousands!r}")
    if found.encoding not in (None, *ENCODINGS):
        yield Problem("encoding", f"expected one of {', '.join(ENCODINGS)}; got {found.encoding!r}")
    if found.header_row is not None and not 1 <= found.header_row <= SEARCHED_LINES:
        yield Problem("header_row", f"expected the line with the names of the columns, from 1 to {SEARCHED_LINES}")
    if found.decimal is not None and found.decimal == found.thousands:
        yield Problem("thousands", "the sign between thousands is the sign before decimals too")
    if found.decimal is not None and found.decimal == found.separator:
        yield Problem("decimal", "the sign before decimals is the sign between fields too")


def _problems_by_column(found: TableMap, columns: TableColumns) -> Iterator[Problem]:
    for name, column in found.columns.items():
        where = f"columns.{name}"
        if column.absent:
            wrong = _absence_problems(found, column, columns.absences.get(name))
            yield from (Problem(f"{where}.absent", message) for message in wrong)
        if name not in columns.types:
            yield Problem(where, columns.unknown_name(name))
        else:
            wrong_keys = _column_problems(column, columns.types[name])
            yield from (Problem(f"{where}.{key}", message) for key, message in wrong_keys)


def _absence_problems(found: TableMap, column: ColumnMap, absence: str | None) -> Iterator[str]:
    own = {word.strip().lower() for word in (*column.true, *column.false, *column.codes)}
    both = [word for word in column.absent if word.strip().lower() in own]
    if absence is None:
        yield "this is only for a fact of one kind of evidence"
    elif absence in found.columns or absence in found.constants:
        yield f"the map makes {absence} otherwise too; leave one of the two out"
    if both:
        yield f"{both[0]!r} is given another meaning as well"


def _column_problems(column: ColumnMap, kind: type) -> Iterator[tuple[str, str]]:
    members = enum_words(kind)
    for key, (sort, kinds) in ONLY_FOR.items():
        if getattr(column, key) and kind not in kinds and not (key == "codes" and members):
            yield key, f"this is only for {sort}"
    both = {*column.true} & {*column.false}
    if both:
        yield "false", f"{min(both)!r} is given as true as well"
    words = {"codes": column.codes, "true": column.true, "false": column.false, "absent": column.absent}
    for key, given in words.items():
        if any(not word.strip() for word in given):
            yield key, "a word of yours is empty: nothing means unknown already"
    reading = ColumnReading(column="", source="", fact_type=kind)
    for code, word in column.codes.items() if kind is not bool else ():
        try:
            cell_from_map(word, reading)
        except ValueError as error:
            yield f"codes.{code}", str(error)
    if column.times is not None and not (abs(column.times) > 0 and (kind is not int or column.times % 1 == 0)):
        yield "times", "expected a number that is not zero, and a whole number where the fact is one"
    if column.date is not None and not is_date_format(column.date):
        yield "date", f"expected %d, %m and %Y once each, as in '%d-%m-%Y'; got {column.date!r}"


def _factor_problems(data: dict[str, Any]) -> Iterator[Problem]:
    """A factor written as 1.000, which is 1 in TOML and a thousand to a Dutch user; 0.001 can only be a thousandth."""
    for name, column in data.get("columns", {}).items():
        times = column.get("times")
        if type(times) is Decimal and abs(times) >= 1 and may_be_thousands(str(times)):
            yield Problem(f"columns.{name}.times", both_readings(str(times)))


def is_date_format(form: str) -> bool:
    """Whether this is a date format: a day, a month and a year of four digits, and no digits of its own."""
    return sorted(re.findall("%.?", form)) == ["%Y", "%d", "%m"] and not re.search("[0-9]", form)
