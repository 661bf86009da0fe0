"""JSON Lines files: one object on each line, read as strictly as a dossier."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from barriermodel import InputError
from barriermodel.analysis.facts import may_be_thousands
from barriermodel.analysis.reading import check_json, one_line, strict_decoder
from barriermodel.plugin import Money, Problem

from .chunks import CHUNK_ROWS, Chunk, Source
from .column_reading import ColumnReading, describe_problem
from .convert import dtype_of, iso_dates
from .rejects import Reject, Rejects
from .text_files import is_utf8, read_lines

_TOO_LARGE = 2**63
NOT_UTF8 = "some bytes are not UTF-8; save the file as UTF-8"


class AmbiguousNumber(float):
    """A number with three digits after its point: an amount that is written so may be thousands.

    JSON knows only points, but a program may have copied a Dutch text as a number: 558.000 for 558,000 euros. Whether
    a key holds amounts is known only after parsing, so the number keeps what was written.
    """

    literal: str

    def __new__(cls, literal: str) -> AmbiguousNumber:
        """The number that JSON takes it for, with what was written."""
        made = super().__new__(cls, literal)
        made.literal = literal
        return made

    def __str__(self) -> str:
        return self.literal


def open_json_lines(path: Path, readings: Mapping[str, ColumnReading], amounts: Sequence[ColumnReading] = ()) -> Source:
    """A JSON Lines file; it is read once beforehand, to find its keys.

    Args:
        readings: by key, how the facts that a key may name are read.
        amounts: how the amounts that a map makes from other keys are read.

    Raises:
        InputError: the file cannot be read, or no line of it.

    """
    where = str(path)
    types, count, first = _types(path)
    if not count:
        wrong = f"no line can be read; the first: {first.reason}" if first else "the file is empty"
        raise InputError.one(where, wrong, f"line {first.line}" if first else "")
    schema = {
        key: dtype_of(readings[key].fact_type) if key in readings else _dtype(found) for key, found in types.items()
    }

    def chunks(_: Rejects) -> Iterator[Chunk]:
        rows = _rows(path)
        while part := list(islice(rows, CHUNK_ROWS)):
            yield _chunk(schema, readings, amounts, part)

    return Source(where, schema, chunks, lambda: count)


def _types(path: Path) -> tuple[dict[str, set[Any]], int, Reject | None]:
    """The types of the values of each key, the number of lines that can be read, and the first that cannot."""
    types: dict[str, set[Any]] = {}
    count, first = 0, None
    for found in _rows(path):
        if isinstance(found, Reject):
            first = first or found
            continue
        count += 1
        for key, value in found[1].items():
            types.setdefault(key, set()).add(_type(value))
    return types, count, first


def _type(value: Any) -> type:
    if type(value) is AmbiguousNumber:
        return float
    return dict if _is_large(value) else type(value)


def _dtype(types: set[Any]) -> pl.DataType:
    kinds = types - {type(None)}
    if kinds == {bool}:
        return pl.Boolean()
    if kinds == {int}:
        return pl.Int64()
    return pl.Float64() if kinds in ({float}, {int, float}) else pl.String()


# Rows -------------------------------------------------------------------------------------------------


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]] | Reject]:
    """Each line as an object, with its number; a blank line is skipped."""
    for number, line in enumerate(read_lines(path), 1):
        text = line.strip()
        if not text:
            continue
        try:
            yield number, _object(text)
        except ValueError as error:
            raw = text.encode("utf-8", "backslashreplace").decode()
            yield Reject(number, [Problem("", f"the line is no JSON object: {one_line(error)}")], raw)


def _object(text: str) -> dict[str, Any]:
    if not is_utf8(text):
        raise ValueError(NOT_UTF8)
    check_json(text.encode())
    found = _DECODER.decode(text)
    if type(found) is not dict:
        raise ValueError(f"expected an object; found a {type(found).__name__}")
    if "" in found:
        raise ValueError("a key has no name")
    if "\\u" in text and not is_utf8(json.dumps(found, ensure_ascii=False)):
        raise ValueError("it has half of a character (an unpaired surrogate)")
    return found


def _number(literal: str) -> float:
    # without an exponent, as nearly always, the position of the point tells
    ambiguous = may_be_thousands(literal) if "e" in literal or "E" in literal else literal[-4:-3] == "."
    return AmbiguousNumber(literal) if ambiguous else float(literal)


_DECODER = strict_decoder(parse_float=_number, parse_int=int)


# Columns ----------------------------------------------------------------------------------------------


def _chunk(
    schema: Mapping[str, pl.DataType], readings: Mapping[str, ColumnReading], amounts: Sequence[ColumnReading],
    part: Sequence[tuple[int, dict[str, Any]] | Reject],
) -> Chunk:  # fmt: skip
    good = [found for found in part if not isinstance(found, Reject)]
    rows = [row for _, row in good]
    wrong: dict[int, list[Problem]] = {}
    columns: list[pl.Series] = []
    for key, dtype in schema.items():
        values = [row.get(key) for row in rows]
        if AmbiguousNumber in map(type, values):
            ambiguous = [one for one in (*readings.values(), *amounts) if one.source == key and one.thousands_possible]
            _settle_ambiguous(values, ambiguous, wrong)
        if key in readings:
            columns.append(_fact(values, readings[key], wrong).alias(key))
        else:
            columns.append(pl.Series(key, _untyped(values, dtype), dtype=dtype))
    unread = [found for found in part if isinstance(found, Reject)]
    return Chunk(
        pl.DataFrame(columns),
        [line for line, _ in good],
        lambda place: _as_was(rows[place]),
        wrong,
        unread,
        strict=True,
    )


def _settle_ambiguous(values: list[Any], amounts: Sequence[ColumnReading], wrong: dict[int, list[Problem]]) -> None:
    """Replace ambiguous numbers by plain ones; where amounts are made of them, they are unknown and reported."""
    for place, value in enumerate(values):
        if type(value) is AmbiguousNumber:
            values[place] = None if amounts else float(value)
            for reading in amounts:
                wrong.setdefault(place, []).append(Problem(reading.column, describe_problem(reading, value)))


def _as_was(row: dict[str, Any]) -> dict[str, Any]:
    """A row as it was, for a reject; a number that JSON would write differently, such as 558.000, is a text."""
    return {key: str(value) if type(value) is AmbiguousNumber and str(value) != repr(value) else value
            for key, value in row.items()}  # fmt: skip


def _untyped(values: list[Any], dtype: pl.DataType) -> list[Any]:
    if dtype == pl.Float64:
        return [None if value is None else float(value) for value in values]
    if dtype != pl.String or all(type(value) is str or value is None for value in values):
        return values
    return [value if value is None or type(value) is str else json.dumps(value, ensure_ascii=False) for value in values]


_ALLOWED: dict[type, set[type]] = {bool: {bool}, int: {int}, float: {int, float}, Money: {int, float}}


def _fact(values: list[Any], reading: ColumnReading, wrong: dict[int, list[Problem]]) -> pl.Series:
    """A column of a fact; a value of another type is reported in its row."""
    unknown = {*reading.unknown_words}
    given = [None if type(value) is str and value in unknown else value for value in values] if unknown else values
    allowed = {*_ALLOWED.get(reading.fact_type, {str}), type(None)}
    fits = {*map(type, given)} <= allowed and not any(map(_is_large, given))
    kept = given if fits else [_of_type(value, reading.fact_type) for value in given]
    found = pl.Series(kept, dtype=pl.String if reading.fact_type is date else dtype_of(reading.fact_type), strict=False)
    if reading.fact_type is date:
        found = iso_dates(found)
    elif found.dtype == pl.Float64:  # 1e999 is a number in JSON, and none in a column
        found = found.set(found.is_infinite(), None)
    for place in found.is_null().arg_true().to_list():
        value = given[place]
        if value is not None and not (reading.fact_type is date and type(value) is str and not value.strip()):
            wrong.setdefault(place, []).append(Problem(reading.column, describe_problem(reading, value)))
    return found


def _is_large(value: Any) -> bool:
    """Whether a whole number is too large for a column of whole numbers (64 bits)."""
    return type(value) is int and not -_TOO_LARGE <= value < _TOO_LARGE


def _of_type(value: Any, kind: type) -> Any:
    if type(value) not in _ALLOWED.get(kind, {str}) or (kind is int and _is_large(value)):
        return None
    try:
        return float(value) if kind in (float, Money) else value
    except OverflowError:
        return None
