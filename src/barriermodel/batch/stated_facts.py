"""Facts that a map states for all rows, and the legal form that it asks to assume; each row records them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from barriermodel import LegalForm
from barriermodel.analysis.columns import ABSENT, ASSUMED, CONSTANTS, profile_columns
from barriermodel.analysis.facts import FactField
from barriermodel.analysis.profiles import ResolvedProfile
from barriermodel.analysis.reading import scalar
from barriermodel.analysis.text import fold
from barriermodel.plugin import Money, Problem

from .chunks import UNREADABLE_CELLS
from .column_reading import ColumnReading, read_word
from .columns import TableColumns, absence_by_column, table_columns
from .convert import dtype_of
from .csv_files import ASSESSED_MARK

if TYPE_CHECKING:
    from .mapping import TableMap

_NAME, _LEGAL_FORM = "provider__name", "provider__legal_form"
_CONTRADICTION = "the row says that there is no such evidence, and it has a value in {}; correct one of the two"
_CONFIDENTIAL_CONTRADICTION = "another column of this row contradicts it; what they say is confidential"


# Checks -----------------------------------------------------------------------------------------------


def constant_problems(table_map: TableMap, columns: TableColumns) -> Iterator[Problem]:
    """What is wrong with the constants of a map."""
    for name in table_map.constants:
        where = f"constants.{name}"
        if name not in columns.types:
            yield Problem(where, columns.unknown_name(name))
        elif name in table_map.columns:
            yield Problem(where, "the map has a column for this fact too; leave one of the two out")
        else:
            try:
                _constant(table_map, name, columns)
            except ValueError as error:
                yield Problem(where, str(error))


def table_problems(table_map: TableMap, names: Sequence[str]) -> Iterator[Problem]:
    """What in a map does not fit a table with these columns, including those that the map makes."""
    for name in table_map.constants:
        if name in names and ASSESSED_MARK not in names:  # in a table that batch wrote, the constant is replaced
            yield Problem(f"constants.{name}", "the table has a column of this name too; leave one of the two out")
    if table_map.legal_form_from_name and _NAME not in names:
        message = f"say which column has the name: [columns.{_NAME}] with from = '…'"
        yield Problem("legal_form_from_name", message)
    if table_map.legal_form_from_name and _LEGAL_FORM in table_map.constants:
        message = f"constants.{_LEGAL_FORM} states it for all rows; leave one of the two out"
        yield Problem("legal_form_from_name", message)


# Values -----------------------------------------------------------------------------------------------


def constant_values(table_map: TableMap, columns: TableColumns) -> dict[str, Any]:
    """What a map that has no problems states for all rows, as the columns of these facts hold it."""
    return {name: _constant(table_map, name, columns) for name in table_map.constants}


def _constant(table_map: TableMap, name: str, columns: TableColumns) -> Any:
    kind = columns.types[name]
    reading = ColumnReading(column=name, source=name, fact_type=kind, number_signs=table_map.number_signs)
    return cell_from_map(table_map.constants[name], reading, columns.fields.get(name))


def cell_from_map(given: Any, reading: ColumnReading, field: FactField | None = None) -> Any:
    """A value in a map as the column of a fact holds it; it may have the type of the fact, or be written as in a table.

    Raises:
        ValueError: it is not a value of the fact.

    """
    if type(given) is str and reading.fact_type is not str:
        with suppress(ValueError):  # scalar says below what is expected
            given = read_word(given, reading)
        given = Decimal(str(given)) if type(given) is float else given
    value = scalar(reading.fact_type, given)
    if field is not None:
        value = field.validate(value)
    return value.cents / 100 if isinstance(value, Money) else getattr(value, "value", value)


# Columns ----------------------------------------------------------------------------------------------


def with_stated(frame: pl.LazyFrame, table_map: TableMap, resolved: ResolvedProfile) -> pl.LazyFrame:
    """The table with the constants of a map and what it asks to assume, and the two columns that record which."""
    names = frame.collect_schema().names()
    if table_map.constants:
        known = table_columns(resolved)
        values = constant_values(table_map, known)
        columns = {name: pl.lit(value, dtype=dtype_of(known.types[name])) for name, value in values.items()}
        # the name of the column alone would reveal that confidential evidence is absent
        hidden = {name for name in profile_columns(resolved).confidential(values) if name.endswith(f"__{ABSENT}")}
        listed = pl.lit(", ".join(name for name in values if name not in hidden) or None, dtype=pl.String)
        frame = frame.with_columns(**columns, **{CONSTANTS: _added_to(names, CONSTANTS, listed)})
    if table_map.legal_form_from_name:
        frame = _with_legal_form(frame, names)
    return with_contradictions(frame, resolved) if UNREADABLE_CELLS in names else frame


def with_contradictions(frame: pl.LazyFrame, resolved: ResolvedProfile) -> pl.LazyFrame:
    """The table in which each row that has evidence of a kind, and says that there is none, reports it as an error."""
    schema = frame.collect_schema()
    beside = absence_by_column(resolved)
    errors = [pl.col(UNREADABLE_CELLS)]
    for name in (name for name in profile_columns(resolved).absences if schema.get(name) == pl.Boolean):
        others = [column for column, absence in beside.items() if absence == name and column in schema]
        stated = [pl.when(_has_value(column, schema[column])).then(pl.lit(column)) for column in others]
        if stated:
            columns = pl.concat_str(stated, separator=", ", ignore_nulls=True)
            hidden = bool(profile_columns(resolved).confidential([name]))
            confidential = pl.lit(f"{name}: {_CONFIDENTIAL_CONTRADICTION}")
            error = confidential if hidden else pl.format(f"{name}: {_CONTRADICTION}", columns)
            errors.append(pl.when(pl.col(name) & (columns != "")).then(error))
    if len(errors) == 1:
        return frame
    joined = pl.concat_str(errors, separator="; ", ignore_nulls=True)
    return frame.with_columns(pl.when(joined != "").then(joined).alias(UNREADABLE_CELLS))


def _has_value(column: str, dtype: pl.DataType) -> pl.Expr:
    there = pl.col(column).is_not_null()
    return there & (pl.col(column).str.strip_chars() != "") if dtype == pl.String else there


def _added_to(names: Sequence[str], column: str, more: pl.Expr) -> pl.Expr:
    """What a column already records, if an earlier batch wrote it, and more."""
    if column not in names:
        return more
    both = pl.concat_str([pl.col(column), more], separator=", ", ignore_nulls=True)
    return pl.when(both != "").then(pl.when(pl.col(column) == more).then(more).otherwise(both))


# The legal form ---------------------------------------------------------------------------------------


def _with_legal_form(frame: pl.LazyFrame, names: Sequence[str]) -> pl.LazyFrame:
    stated = pl.col(_LEGAL_FORM) if _LEGAL_FORM in names else pl.lit(None, dtype=pl.String)
    blank = stated.is_null() | (stated.str.strip_chars() == "")
    if UNREADABLE_CELLS in names:  # a legal form that could not be read is unknown, and not replaced by an assumption
        blank &= ~pl.col(UNREADABLE_CELLS).str.contains(f"{_LEGAL_FORM}: ", literal=True).fill_null(value=False)
    found = pl.col(_NAME).map_batches(_legal_forms, return_dtype=pl.String, is_elementwise=True)
    assumed = pl.when(blank).then(found)
    recorded = pl.when(assumed.is_not_null()).then(pl.lit(_LEGAL_FORM))
    return frame.with_columns(
        **{
            _LEGAL_FORM: pl.when(blank).then(found).otherwise(stated),
            ASSUMED: _added_to(names, ASSUMED, recorded),
        }
    )


def _legal_forms(names: pl.Series) -> pl.Series:
    found: Mapping[str, str | None] = {name: legal_form_in_name(name) for name in names.drop_nulls().unique()}
    return names.replace_strict(found, default=None, return_dtype=pl.String)


_FORMS = {
    "bv": LegalForm.BV, "nv": LegalForm.NV, "vof": LegalForm.VOF, "cv": LegalForm.CV, "stichting": LegalForm.STICHTING,
    "vereniging": LegalForm.VERENIGING, "cooperatie": LegalForm.COOPERATIE, "cooperatieve": LegalForm.COOPERATIE,
    "maatschap": LegalForm.MAATSCHAP, "eenmanszaak": LegalForm.EENMANSZAAK,
}  # fmt: skip
# The liability of its members, which follows the name of a coöperatie.
_LIABILITIES = ("U.A.", "B.A.", "W.A.")
# Before a name, these are no legal form: C.V. de Boer has initials, CV Coaching writes résumés.
_ONLY_AFTER_NAME = {"nv", "cv"}
_OWNERS_ASSOCIATION = re.compile("vereniging van eigena(ars|ren)", re.IGNORECASE)
# Words of a name that stands for more than one: in formation, or trading as another.
_AMBIGUOUS = {"io", "inoprichting", "h/o", "tho", "thodn", "thodn."}


def legal_form_in_name(name: str) -> str | None:
    """The legal form in a name, as tables write it: ``Stichting X``, ``X B.V.``; None if there is none, or several.

    A form is the first or the last word of a name, and no other form is anywhere in it.
    """
    words = name.replace(",", " ").split()
    if not words or any(fold(word) in _AMBIGUOUS for word in words):
        return None
    found = [_FORMS.get(fold(word)) for word in words]
    if words[-1].upper() in _LIABILITIES:
        found[-1] = LegalForm.COOPERATIE
    if fold(words[0]) in _ONLY_AFTER_NAME:
        found[0] = None
    forms = {form for form in found if form is not None}
    if _OWNERS_ASSOCIATION.match(name.strip()) and forms == {LegalForm.VERENIGING}:
        return LegalForm.VVE.value
    if LegalForm.COOPERATIE in forms:
        forms.discard(LegalForm.VERENIGING)  # a coöperatieve vereniging is a coöperatie
    if len(forms) != 1 or not {found[0], found[-1]} & forms:
        return None
    return forms.pop().value
