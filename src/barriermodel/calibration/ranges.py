"""Reads values to try from the command line: ``0.03:0.20:0.01``, ``2,3,5``, ``true``."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from barriermodel import InputError
from barriermodel.analysis.facts import parse_date
from barriermodel.analysis.profiles import ResolvedProfile
from barriermodel.plugin import Money, Problem

from .axes import find_parameter

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,20})?")
MAX_VALUES = 100_000
"""A range with more values is surely a mistake."""


def read_settings(resolved: ResolvedProfile, written: Sequence[str]) -> dict[str, list[Any]]:
    """Read the values to try, by parameter.

    Args:
        written: texts of the form ``BARRIER.PARAMETER=VALUES``.

    Raises:
        InputError: with every text that cannot be read.

    """
    found: dict[str, list[Any]] = {}
    problems: list[Problem] = []
    for text in written:
        id, joint, values = text.partition("=")
        id = id.strip()
        try:
            if not joint or not values.strip():
                raise ValueError("write it as BARRIER.PARAMETER=VALUES, as in nl.kvk.min_months=12:36:6")
            if id in found:
                raise ValueError("it stands there twice; write all its values together, as in 1,2,5")
            found[id] = _values(find_parameter(resolved, id).spec.field.type, values.strip())
        except ValueError as error:
            problems.append(Problem(f"--set {id}", str(error)))
    if problems:
        raise InputError("", problems)
    return found


def number_of_settings(values: Mapping[str, Sequence[Any]]) -> int:
    """The number of settings in the grid of these values."""
    return math.prod(map(len, values.values()))


def _values(kind: type, text: str) -> list[Any]:
    if kind in (int, float, Money):
        return [_plain(kind, number) for number in _numbers(text)]
    if kind is date:
        return _days(text)
    parts = [part.strip() for part in text.split(",")]
    return [{"true": True, "false": False}.get(part, part) for part in parts] if kind is bool else list(parts)


def _plain(kind: type, number: Decimal) -> Any:
    return int(number) if kind is int and number == number.to_integral_value() else number


def _numbers(text: str) -> list[Decimal]:
    if ":" not in text:
        return [_number(part) for part in text.split(",")]
    start, stop, step = (_number(part) for part in _three(text))
    if step <= 0 or stop < start:
        raise ValueError(f"{text!r} goes nowhere; write a range as start:stop:step, rising")
    count = int((stop - start) / step) + 1
    if count > MAX_VALUES:
        raise ValueError(f"{text!r} is {count} values; take a larger step")
    return [start + number * step for number in range(count)]


def _three(text: str) -> list[str]:
    parts = text.split(":")
    if len(parts) != 3:
        raise ValueError(f"write a range as start:stop:step; got {text!r}")
    return parts


def _number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text.strip()):
        raise ValueError(f"{text!r} is no number; write decimals with a point, and a list with commas")
    return Decimal(text.strip())


def _days(text: str) -> list[date]:
    if ":" not in text:
        return [parse_date(part) for part in text.split(",")]
    first, last, step = _three(text)
    start, stop = parse_date(first), parse_date(last)
    days = _number(step)
    if days <= 0 or stop < start or days != days.to_integral_value():
        raise ValueError(f"{text!r} goes nowhere; write a range of dates as start:stop:days, rising")
    return [start + timedelta(number) for number in range(0, (stop - start).days + 1, int(days))]
