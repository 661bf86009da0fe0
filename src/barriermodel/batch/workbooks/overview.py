"""The sheet with a line for each provider: the advice, why, what is still needed and from whom, and the values."""

from __future__ import annotations

from collections.abc import Iterator

from barriermodel import Portfolio
from barriermodel.analysis.portfolio import PortfolioColumn, PortfolioRow, value_columns
from barriermodel.analysis.reports import fill
from barriermodel.analysis.text import Language, format_list, format_value, said
from barriermodel.plugin import UNKNOWN, Supplier

from .writing import Cell, Sheet

WIDTHS = {
    "number": 12, "provider": 34, "at_least": 16, "at_most": 16, "settled": 8, "why": 52, "needs": 44, "from_whom": 20,
    "minutes": 12, "remark": 24, "unreadable": 30,
}  # fmt: skip
"""The columns before those with values, and how wide they are."""
VALUE_WIDTH = 15
NONE = "–"


def write_overview(sheet: Sheet, portfolio: Portfolio | None, lang: Language, *, confidential: bool) -> None:
    """Write a line for each provider, first what asks for attention first.

    Args:
        portfolio: None if no row was assessed.
        confidential: also write the facts of confidential kinds.

    """
    values = value_columns(portfolio, lang, confidential=confidential) if portfolio else []
    headings = [said("sheet", key)[lang] for key in WIDTHS]
    headings += [f"{column.label[:1].upper()}{column.label[1:]}" for column in values]
    sheet.table(headings, [*WIDTHS.values(), *[VALUE_WIDTH] * len(values)], fixed=2)
    if portfolio:
        short = portfolio.short(lang, confidential=confidential)
        for row in portfolio.work_list:
            why = "; ".join(short[row.number - 1][id] for id in row.reasons)
            sheet.line([*_cells(portfolio, row, why, lang), *_values(values, row.number - 1, lang)], _units(values))
    sheet.end_table(printed=len(WIDTHS))


def _cells(portfolio: Portfolio, row: PortfolioRow, why: str, lang: Language) -> Iterator[Cell]:
    kinds = [portfolio.kinds[id] for id in row.asks]
    suppliers = portfolio.suppliers(row)
    whom = [said("sheet", f"from_{who.value}")[lang] for who in Supplier if who in suppliers]
    yield " ".join(row.identifiers)
    yield row.name or fill(said("sheet", "row"), lang, number=str(row.number))
    yield row.advice.at_least
    yield row.advice.at_most
    yield format_value(row.advice.decided, lang)
    yield why or NONE
    yield portfolio.needs(row, lang)
    yield format_list(whom, lang) if whom else NONE
    yield sum(kind.burden for kind in kinds if kind.supplier is Supplier.PROVIDER) or None
    yield None
    yield row.error


def _values(columns: list[PortfolioColumn], place: int, lang: Language) -> Iterator[Cell]:
    """The values of a row; what is unknown in words, since an empty cell counts as 0 in a spreadsheet."""
    for column in columns:
        value = column.values[place]
        yield format_value(UNKNOWN, lang) if value is None else value


def _units(columns: list[PortfolioColumn]) -> list[str]:
    return ["id", *[""] * (len(WIDTHS) - 1), *(column.unit for column in columns)]
