"""Tables of rows near the limits of a profile's rules, with evidence that is missing, expired, undated or too late."""

from __future__ import annotations

import enum
import random
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import polars as pl

from barriermodel import BarrierModel
from barriermodel.analysis.expressions import Constant, FactRef, Operation, Parameter, walk
from barriermodel.analysis.facts import PLACEHOLDER_DATES, FactField, add_months_to
from barriermodel.plugin import Money
from barriermodel.tables.columns import column_of, derived_column, profile_columns

TYPES: dict[type, Any] = {bool: pl.Boolean, int: pl.Int64, float: pl.Float64, Money: pl.Float64, date: pl.Date}


def draw_table(
    model: BarrierModel, seed: int, height: int, as_of: date, *, dates: bool = True, derived: bool = True
) -> pl.DataFrame:
    """A table with a column for each fact of the profile, a few left out, and with the names of made-up providers.

    Args:
        dates: with the dates of evidence.
        derived: with derived facts as columns, so that they are not computed.

    """
    chance, columns = random.Random(seed), profile_columns(model.resolved)
    near = _values_near_limits(model, as_of)
    fields = {name: field for name, field in columns.fields.items() if not field.many}
    if not derived:
        computed = {derived_column(*one.id.rpartition(".")[::2]) for one in columns.row_computable.values()}
        fields = {name: field for name, field in fields.items() if name not in computed}
    left_out = set(chance.sample(sorted(fields), len(fields) // 12))
    found = {
        name: pl.Series(
            name, _cells(chance, field, near.get(name, ()), height, as_of), dtype=TYPES.get(field.type, pl.String)
        )
        for name, field in fields.items()
        if name not in left_out
    }
    for kind in model.resolved.kinds:
        gone = [chance.random() < 0.12 for _ in range(height)]
        for name in [name for name in found if name.startswith(f"{kind}__")]:
            found[name] = pl.Series(
                name,
                [None if no else cell for no, cell in zip(gone, found[name], strict=True)],
                dtype=found[name].dtype,
            )
    for name in [name for names in columns.validity.values() for name in names] if dates else []:
        if chance.random() < 0.8:
            found[name] = pl.Series(name, [_day(chance, name, as_of) for _ in range(height)], dtype=pl.Date)
    found["kvk"] = pl.Series("kvk", [f"{number:08d}" for number in range(height)])
    return pl.DataFrame(found)


def _values_near_limits(model: BarrierModel, as_of: date) -> dict[str, list[Any]]:
    """For each column the constants and limits of the rules that read it, which numbers and dates are drawn near."""
    found: dict[str, list[Any]] = {}
    for barrier in model.resolved.barriers:
        for rule in barrier.rules:
            for root in rule.definition.nodes:
                for node in walk(root):
                    if isinstance(node, Operation):
                        limits = list(_limits(walk(node), barrier.parameters, as_of))
                        for ref in (part for part in walk(node) if isinstance(part, FactRef)):
                            found.setdefault(column_of(ref), []).extend(limits)
    return found


def _limits(nodes: Iterable[Any], parameters: Any, as_of: date) -> Iterable[Any]:
    for node in nodes:
        if isinstance(node, Constant):
            yield node.value
        elif isinstance(node, Parameter):
            setting = parameters[node.name].on(as_of)
            yield from setting.value if isinstance(setting.value, tuple) else (setting.value,)


def _cells(chance: random.Random, field: FactField, near: Iterable[Any], height: int, as_of: date) -> list[Any]:
    pool = _pool(field.type, list(near), as_of)
    return [None if chance.random() < 0.1 else chance.choice(pool) for _ in range(height)]


def _pool(kind: type, near: list[Any], as_of: date) -> list[Any]:
    numbers = [
        value.cents / 100 if isinstance(value, Money) else value for value in near if type(value) in (int, float, Money)
    ]
    if kind is bool:
        return [True, False]
    if issubclass(kind, enum.Enum):
        return [member.value for member in kind] + ["no member"]
    if kind is date:
        months = [value for value in numbers if type(value) is int and abs(value) < 600]
        moved = [add_months_to(as_of, -count) for count in months]
        days = [
            as_of,
            as_of + timedelta(40),
            as_of - timedelta(500),
            *moved,
            *(value for value in near if type(value) is date),
        ]
        return [day + timedelta(off) for day in days for off in (-1, 0, 1)] + [*PLACEHOLDER_DATES, date(25, 3, 1)]
    if kind is int:
        return [0, 1, 2, 5, 2024, as_of.year - 1, *(int(value) + off for value in numbers for off in (-1, 0, 1))]
    if kind is float:
        return [0.0, 0.2, 1.0, *(value + off for value in numbers for off in (-0.001, 0.0, 0.001))]
    if kind is Money:
        return [
            0.0,
            -100.0,
            1000.0,
            9990.0,
            10_000.0,
            10_010.0,
            250_000.0,
            *(float(value) + off for value in numbers for off in (-1, 0, 1)),
        ]
    return ["a", "Zorg Verzonnen\u202e", "  ", *(value for value in near if type(value) is str)]


def _day(chance: random.Random, name: str, as_of: date) -> date | None:
    if name.endswith("valid_until"):
        return chance.choice(
            [None, None, None, as_of, as_of + timedelta(100), as_of - timedelta(1), as_of - timedelta(700)]
        )
    late = [None, as_of + timedelta(1), as_of - timedelta(900), PLACEHOLDER_DATES[0]]
    return chance.choice([as_of, as_of - timedelta(10), as_of - timedelta(30), as_of - timedelta(60)] * 3 + late)
