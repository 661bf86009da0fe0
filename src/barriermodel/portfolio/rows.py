"""The columns of an assessed table as one record for each row."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from functools import cache, partial

import attrs
import polars as pl

from ..domain.kinds import EvidenceKind
from ..domain.unknown import UnknownReason
from ..engine.refuted import decisive_rules, facts_behind, reasons_first
from ..engine.requests import order_of_asking
from ..profiles.resolved import ResolvedProfile
from ..reporting.rendering import printable
from ..rules.levels import Interval, Level, interval
from ..tables.columns import flat, profile_columns
from ..tables.lacks import Lack, state_column
from ..tables.python_facts import READ
from .open_rules import OpenRules
from .portfolio import Ids, PortfolioCause, PortfolioRow

NAME = "provider__name"
_NUMBER = re.compile(r"\D*[0-9][0-9. ]*")
"""A number as a list writes it: ``01234567``, ``12.34.56.78``, ``KvK 12345678``."""


def make_rows(found: OpenRules) -> tuple[PortfolioRow, ...]:
    """The rows of a table."""
    frame = found.frame
    names = frame[NAME].to_list() if frame.schema.get(NAME) == pl.String else [None] * frame.height
    keys = [_keys(frame[name]) for name in key_columns(frame.schema, found.resolved)]
    causes = _causes(found)
    columns = zip(names, _intervals(frame), _hits(found), causes, frame["advice__error"], strict=True)
    return tuple(
        PortfolioRow(
            number=n + 1, name=printable(name) if name and name.strip() else None,
            identifiers=tuple(printable(key[n]) for key in keys if key[n]), advice=advice,
            reasons=reasons, also=also, causes=why, asks=asks, error=error,
        )
        for n, (name, advice, (reasons, also), (why, asks), error) in enumerate(columns)
    )  # fmt: skip


def _keys(column: pl.Series) -> list[str]:
    """The cells by which rows are known, else ""; a column such as *In KvK?* holds answers and no numbers."""
    cells = column.cast(pl.String).fill_null("").to_list()
    return cells if column.name == "dossier" else [cell if _NUMBER.fullmatch(cell) else "" for cell in cells]


def key_columns(schema: Mapping[str, pl.DataType], resolved: ResolvedProfile) -> list[str]:
    """The user's own columns by which a row is known: of KvK numbers, and of the dossier."""
    keys = [name for name, dtype in schema.items() if may_be_key(name) and _is_text_or_number(dtype)]
    hidden = profile_columns(resolved).confidential(keys)
    return [name for name in keys if name not in hidden]


def may_be_key(name: str) -> bool:
    """Whether a row may be known by what a column of this name holds."""
    return name == "dossier" or _may_name_kvk_numbers(name)


def may_hold_kvk_numbers(name: str, dtype: pl.DataType) -> bool:
    """Whether a column of the user's own seems to hold KvK numbers."""
    return _may_name_kvk_numbers(name) and _is_text_or_number(dtype)


def _may_name_kvk_numbers(name: str) -> bool:
    return "kvk" in name.lower() and "__" not in name


def _is_text_or_number(dtype: pl.DataType) -> bool:
    return dtype == pl.String or dtype.is_integer()


def _intervals(frame: pl.DataFrame) -> list[Interval]:
    ends = [frame[f"advice__{end}"].to_list() for end in ("at_least", "at_most")]
    return [interval(_level(low), _level(high)) for low, high in zip(*ends, strict=True)]


# Hits -------------------------------------------------------------------------------------------------


def _hits(found: OpenRules) -> list[tuple[Ids, Ids]]:
    """The reasons and the other hits of each row, worked out once for all rows with the same hits."""
    frame, resolved = found.frame, found.resolved
    hits: list[list[str]] = [[] for _ in range(frame.height)]
    for rule in (rule for stage in resolved.stages for rule in stage.rules):
        for n in frame[f"rule__{flat(rule.id)}"].arg_true():
            hits[n].append(rule.id)
    lows = frame.select(f"stage__{flat(stage.id)}__at_least" for stage in resolved.stages).rows()
    in_order = cache(partial(_reasons_and_others, resolved))
    columns = zip(hits, frame["advice__at_least"], lows, _evidence_read(found), strict=True)
    return [in_order(tuple(ids), at_least, low, read) for ids, at_least, low, read in columns]


def _evidence_read(found: OpenRules) -> list[tuple[tuple[str, Ids], ...]]:
    """For each row the derived facts that were computed in it, by id, with the kinds of which they read evidence."""
    frame, columns = found.frame, profile_columns(found.resolved)
    read = [name for name in columns.row_computable if f"{READ}{name}" in frame.columns]
    if not read:
        return [()] * frame.height
    ids = [columns.row_computable[name].id for name in read]
    kinds = cache(lambda words: tuple(id for id in words.split(",") if id in found.resolved.kinds))
    rows = frame.select(f"{READ}{name}" for name in read).rows()
    return [tuple(zip(ids, map(kinds, row), strict=True)) for row in rows]


def _reasons_and_others(
    resolved: ResolvedProfile, hits: Ids, at_least: str, lows: tuple[str | None, ...], read: tuple[tuple[str, Ids], ...]
) -> tuple[Ids, Ids]:
    rules = {rule.id: rule for stage in resolved.stages for rule in stage.rules if rule.id in hits}
    decisive: set[str] = set()
    for stage, low in zip(resolved.stages, lows, strict=True):
        decisive.update(decisive_rules(stage, hits, None if low is None else _level(low), _level(at_least)))
    evidence = dict(read)
    facts = {
        id: facts_behind(resolved, rule.definition, lambda one: evidence.get(one, ())) for id, rule in rules.items()
    }
    found = list(reasons_first({id: rule.level for id, rule in rules.items()}, decisive, facts))
    return tuple(id for id, decides, _ in found if decides), tuple(id for id, decides, _ in found if not decides)


def _level(word: str) -> Level:
    return Level[word.upper()]


# What is open -----------------------------------------------------------------------------------------


@attrs.define
class _Group:
    """The open rules of a row that lack the same for the same reason."""

    level: Level = Level.GREEN
    matters: bool = False
    rules: dict[str, None] = attrs.field(factory=dict)


def _causes(found: OpenRules) -> list[tuple[tuple[PortfolioCause, ...], Ids]]:
    """The causes of each row, and what to ask for."""
    groups: list[dict[tuple[str | None, UnknownReason], _Group]] = [{} for _ in range(found.frame.height)]
    asks: list[dict[str, int]] = [{} for _ in range(found.frame.height)]
    kinds, stages = found.resolved.kinds, [stage.id for stage in found.resolved.stages]
    for lack in found.lacks:
        kind = lack.source if lack.source in kinds else None
        for n, matters, state in _rows_lacking(found, lack, kind):
            why = lack.why if state is None else UnknownReason(state)
            group = groups[n].setdefault((kind, why), _Group())
            group.level = max(group.level, lack.rule.level)
            group.matters |= matters
            group.rules[lack.rule.id] = None
            if matters and kind is not None:
                asks[n].setdefault(kind, stages.index(lack.stage.id))  # the first stage that needs it
    return [(_sorted_causes(*pair), _sorted_asks(pair[1], kinds)) for pair in zip(groups, asks, strict=True)]


def _rows_lacking(found: OpenRules, lack: Lack, kind: str | None) -> Iterator[tuple[int, bool, str | None]]:
    """The rows in which something is lacking, whether that matters, and why evidence of the kind does not count."""
    rows = (found.frame[lack.column] & found.open[lack.rule.id]).arg_true()
    matters = found.matters[lack.rule.id].gather(rows)
    states = found.frame[state_column(kind)].gather(rows) if kind else [None] * len(rows)
    yield from zip(rows, matters, states, strict=True)


def _sorted_causes(
    groups: Mapping[tuple[str | None, UnknownReason], _Group], asks: Container[str]
) -> tuple[PortfolioCause, ...]:
    """As in an explanation, but for what is equal there, which goes by title: here by the id of the kind."""
    causes = [
        PortfolioCause(kind, why, kind in asks if kind else group.matters, group.level, tuple(group.rules))
        for (kind, why), group in groups.items()
    ]
    return tuple(sorted(causes, key=lambda c: (not c.matters, -c.can_become, -len(c.rules), c.kind or "", c.why.value)))


def _sorted_asks(asks: Mapping[str, int], kinds: Mapping[str, EvidenceKind]) -> Ids:
    return tuple(sorted(asks, key=lambda id: (asks[id], *order_of_asking(kinds[id]))))
