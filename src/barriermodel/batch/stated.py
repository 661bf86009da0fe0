"""What a map states of all rows, and what it asks to assume: each row names which facts came so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from barriermodel.analysis.columns import ABSENT, ASSUMED, CONSTANTS, profile_columns
from barriermodel.analysis.facts import FactField
from barriermodel.analysis.profiles import ResolvedProfile
from barriermodel.analysis.reading import scalar, suggest
from barriermodel.plugin import Money, Problem

from .chunks import UNREAD
from .column_reading import How, read_word
from .columns import absence_by_column, fields_known, types_known
from .convert import dtype_of
from .csv_files import MARK
from .legal_form import form_in

if TYPE_CHECKING:
    from .mapping import TableMap

NAME, FORM = "provider__name", "provider__legal_form"
CONTRADICTION = "the row says that there is no such evidence, and it has a value in {}; correct one of the two"
HIDDEN = "another column of this row contradicts it; what they say is confidential"


def wrong_constants(told: TableMap, plan: ResolvedProfile) -> Iterator[Problem]:
    """What is wrong with the constants of a map."""
    types = types_known(plan)
    for name in told.constants:
        where = f"constants.{name}"
        if name not in types:
            hint = suggest(name, types) or "; `barriermodel columns` lists the columns of a profile"
            yield Problem(where, f"the profile knows no such column{hint}")
        elif name in told.columns:
            yield Problem(where, "the map has a column for this fact too; leave one of the two out")
        else:
            try:
                _value(told, name, types[name], fields_known(plan).get(name))
            except ValueError as error:
                yield Problem(where, str(error))


def _value(told: TableMap, name: str, kind: type, field: FactField | None) -> Any:
    return cell_of(told.constants[name], How(column=name, source=name, kind=kind, marks=told.marks), field)


def cell_of(given: Any, how: How, field: FactField | None = None) -> Any:
    """A value in a map as the column of a fact holds it: of its type, or written as in a table.

    Raises:
        ValueError: it is no value of the fact.

    """
    if type(given) is str and how.kind is not str:
        with suppress(ValueError):  # what is expected is told below
            given = read_word(given, how)
        given = Decimal(str(given)) if type(given) is float else given
    value = scalar(how.kind, given)
    if field is not None:
        value = field.check(value)
    return value.cents / 100 if isinstance(value, Money) else getattr(value, "value", value)


def with_stated(frame: pl.LazyFrame, told: TableMap, plan: ResolvedProfile) -> pl.LazyFrame:
    """The table with the constants of a map and what it asks to assume, and the two columns that tell which."""
    names = frame.collect_schema().names()
    types, fields = types_known(plan), fields_known(plan)
    if told.constants:
        values = {name: _value(told, name, types[name], fields.get(name)) for name in told.constants}
        columns = {name: pl.lit(value, dtype=dtype_of(types[name])) for name, value in values.items()}
        # of what is confidential and absent, the name alone says it
        hidden = {name for name in profile_columns(plan).confidential(values) if name.endswith(f"__{ABSENT}")}
        listed = pl.lit(", ".join(name for name in values if name not in hidden) or None, dtype=pl.String)
        frame = frame.with_columns(**columns, **{CONSTANTS: _joined(names, CONSTANTS, listed)})
    if told.legal_form_from_name:
        frame = _with_form(frame, names)
    return with_contradictions(frame, plan) if UNREAD in names else frame


def with_contradictions(frame: pl.LazyFrame, plan: ResolvedProfile) -> pl.LazyFrame:
    """The table with what is told of a row that has evidence of a kind, and says that there is none."""
    schema = frame.collect_schema()
    beside = absence_by_column(plan)
    told = [pl.col(UNREAD)]
    for name in (name for name in profile_columns(plan).absences if schema.get(name) == pl.Boolean):
        others = [column for column, absence in beside.items() if absence == name and column in schema]
        stated = [pl.when(_has_value(column, schema[column])).then(pl.lit(column)) for column in others]
        if stated:
            columns = pl.concat_str(stated, separator=", ", ignore_nulls=True)
            hidden = bool(profile_columns(plan).confidential([name]))
            said = pl.lit(f"{name}: {HIDDEN}") if hidden else pl.format(f"{name}: {CONTRADICTION}", columns)
            told.append(pl.when(pl.col(name) & (columns != "")).then(said))
    both = pl.concat_str(told, separator="; ", ignore_nulls=True)
    return frame.with_columns(pl.when(both != "").then(both).alias(UNREAD)) if len(told) > 1 else frame


def _has_value(column: str, dtype: pl.DataType) -> pl.Expr:
    there = pl.col(column).is_not_null()
    return there & (pl.col(column).str.strip_chars() != "") if dtype == pl.String else there


def _joined(names: list[str], column: str, more: pl.Expr) -> pl.Expr:
    """What a column holds already of an earlier table, and more."""
    if column not in names:
        return more
    both = pl.concat_str([pl.col(column), more], separator=", ", ignore_nulls=True)
    return pl.when(both != "").then(pl.when(pl.col(column) == more).then(more).otherwise(both))


def _with_form(frame: pl.LazyFrame, names: list[str]) -> pl.LazyFrame:
    stated = pl.col(FORM) if FORM in names else pl.lit(None, dtype=pl.String)
    blank = stated.is_null() | (stated.str.strip_chars() == "")
    if UNREAD in names:  # what stands there and cannot be read is not replaced
        blank &= ~pl.col(UNREAD).str.contains(f"{FORM}: ", literal=True).fill_null(value=False)
    found = pl.col(NAME).map_batches(_forms, return_dtype=pl.String, is_elementwise=True)
    assumed = pl.when(blank).then(found)
    told = pl.when(assumed.is_not_null()).then(pl.lit(FORM))
    return frame.with_columns(
        **{FORM: pl.when(blank).then(found).otherwise(stated), ASSUMED: _joined(names, ASSUMED, told)}
    )


def _forms(names: pl.Series) -> pl.Series:
    words: Mapping[str, str | None] = {name: form_in(name) for name in names.drop_nulls().unique()}
    return names.replace_strict(words, default=None, return_dtype=pl.String)


def check_table(told: TableMap, names: list[str]) -> Iterator[Problem]:
    """What of a map does not fit a table that has these columns, the map's own among them."""
    for name in told.constants:
        if name in names and MARK not in names:  # of an output it is made anew
            yield Problem(f"constants.{name}", "the table has a column of this name too; leave one of the two out")
    if told.legal_form_from_name and NAME not in names:
        message = f"say which column has the name: [columns.{NAME}] with from = '…'"
        yield Problem("legal_form_from_name", message)
    if told.legal_form_from_name and FORM in told.constants:
        yield Problem("legal_form_from_name", f"constants.{FORM} states it for all rows; leave one of the two out")
