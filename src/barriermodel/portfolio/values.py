"""The values behind a portfolio, in columns: facts that rules read, and ratios that they compare with a limit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeAlias

import attrs

from ..domain.unknown import UNKNOWN
from ..domain.values import Money
from ..reporting.explanation_parts import Unit
from ..reporting.phrases import WORDS
from ..reporting.rendering import printable
from ..rules.expression import FactRef, Parameter, walk
from ..tables.columns import profile_columns
from ..text import Language
from .histograms import figure_of
from .portfolio import Portfolio, PortfolioRow

Number: TypeAlias = int | float | date | None
_UNITS: dict[type, Unit] = {date: "date", Money: "euro", float: "ratio", int: "number"}


@attrs.frozen
class PortfolioColumn:
    """Values of one sort, one for each row.

    Args:
        label: what they are called.
        unit: what they are: dates, amounts in euros, ratios or other numbers.
        values: None where the value is unknown.

    """

    label: str
    unit: Unit
    values: tuple[Number, ...]


def value_columns(portfolio: Portfolio, lang: Language, *, confidential: bool = False) -> list[PortfolioColumn]:
    """Return the dates, amounts and numbers that rules read, and then the ratios that they compare with a limit.

    A column without any value is left out.

    Args:
        confidential: include facts of confidential kinds.

    """
    with portfolio.resolved.lexicon.active():
        found = [*_facts(portfolio, lang, confidential), *_ratios(portfolio, lang, confidential)]
    return [column for column in found if any(value is not None for value in column.values)]


def _facts(portfolio: Portfolio, lang: Language, confidential: bool) -> Iterator[PortfolioColumn]:
    columns = profile_columns(portfolio.resolved)
    hidden = frozenset[str]() if confidential else columns.confidential(list(columns.read))
    if portfolio.as_of is None:
        yield PortfolioColumn(WORDS["as_of"][lang], "date", tuple(map(portfolio.day_of, portfolio.rows)))
    for name, ref in columns.read.items():
        if ref.type in _UNITS and name not in hidden:
            values = tuple(_number(portfolio, row, ref) for row in portfolio.rows)
            yield PortfolioColumn(printable(ref.label[lang]), _UNITS[ref.type], values)


def _number(portfolio: Portfolio, row: PortfolioRow, ref: FactRef) -> Number:
    value = portfolio.fact_of(row, ref)
    if value is UNKNOWN:
        return None
    found: Number = value.cents / 100 if isinstance(value, Money) else value
    return found


def _ratios(portfolio: Portfolio, lang: Language, confidential: bool) -> Iterator[PortfolioColumn]:
    """What one rule compares with a ratio; where rules compare the same thing, that of the first of them."""
    labels = set[str]()
    for rule in (rule for stage in portfolio.resolved.stages for rule in stage.rules):
        expression = rule.definition.expression
        if not any(isinstance(node, Parameter) and node.type is float for node in walk(expression)):
            continue
        found = [figure_of(portfolio, row, rule.id, lang, confidential=confidential) for row in portfolio.rows]
        label = next((figure.label for figure in found if figure is not None and figure.unit == "ratio"), None)
        if label is not None and label not in labels:
            labels.add(label)
            yield PortfolioColumn(
                printable(label), "ratio", tuple(None if figure is None else figure.value for figure in found)
            )
