"""A backtest as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from barriermodel.analysis.reports import LEVEL
from barriermodel.analysis.text import Language, align_columns, format_decimal, format_integer, format_percent

from ..text import caveats, format_count, format_rows, say, title
from .result import Backtest, Group, Lift, Performance, Proportion, RuleFigures


def backtest_text(found: Backtest, lang: Language) -> str:
    """All rules, then the investigations, then the groups."""
    rows = [rule_cells(rule, found, lang) for rule in found.rules]
    how, how_measured = how_to_read(lang)
    lines = [backtest_title(found, lang), "", *align_columns([rule_heads(lang), *rows], right=range(1, 5)), "", how]
    if found.label is not None:
        measured = align_columns([measured_heads(lang), *measured_rows(found, lang)])
        lines += ["", *investigated(found, lang), "", *measured, "", how_measured]
    for heading, remark, differing in grouped(found, lang):
        lines += ["", heading, remark, *(f"  {rule}  {text}" for rule, text in differing)]
    return "\n".join([*lines, *backtest_remarks(found, lang)]) + "\n"


def backtest_title(found: Backtest, lang: Language) -> str:
    """The profile, the number of rows and the date."""
    return title("backtest", found, lang)


def rule_heads(lang: Language) -> list[str]:
    """The heads of the columns of :func:`rule_cells`."""
    return [say(lang, "backtest", "heading", key) for key in ("rule", "hits", "alone", "open", "milder", "often")]


def rule_cells(rule: RuleFigures, found: Backtest, lang: Language) -> list[str]:
    """A rule, what it hits, and with which other rules."""
    often = sorted(rule.overlap.items(), key=lambda pair: (-pair[1], pair[0]))[:2]
    numbers = (rule.hits, rule.alone, rule.open, rule.without.milder)
    together = ", ".join(f"{id} ({format_integer(number, lang)})" for id, number in often if number)
    return [rule.id, *(format_count(number, found.total, lang) for number in numbers), together]


def how_to_read(lang: Language) -> tuple[str, str]:
    """What the columns of :func:`rule_cells` mean, and those of :func:`measured_rows`."""
    return say(lang, "backtest", "how"), say(lang, "backtest", "how_measured")


def investigated(found: Backtest, lang: Language) -> tuple[str, str]:
    """How many rows were investigated, and what that means for the figures."""
    numbers = {"investigated": found.investigated, "found": found.found, "rows": format_rows(found.total, lang)}
    return say(lang, "backtest", "label", **numbers, label=found.label), say(lang, "backtest", "not_by_chance")


def measured_heads(lang: Language) -> list[str]:
    """The heads of the columns of :func:`measured_rows`."""
    return [say(lang, "backtest", "measured", key) for key in ("hit", "found", "recall", "lift")]


def measured_rows(found: Backtest, lang: Language) -> list[list[str]]:
    """Of each rule and each level of the advice, how well it predicts what was found."""
    rows = [[rule.id, *_measured(rule.performance, lang)] for rule in found.rules]
    return rows + [
        [say(lang, "backtest", "or_worse", level=LEVEL[level.level][lang]), *_measured(level.performance, lang)]
        for level in found.levels
    ]


def _measured(found: Performance | None, lang: Language) -> list[str]:
    assert found is not None  # there is a label
    return [_share(found.precision, lang), _share(found.recall, lang), _lift(found.lift, lang)]


def _share(share: Proportion, lang: Language) -> str:
    if share.value is None or share.low is None or share.high is None:
        return "–"
    ends = "–".join(format_percent(end, lang, 0) for end in (share.low, share.high))
    value = format_percent(share.value, lang, 0)
    return say(lang, "backtest", "share", count=share.count, total=share.of, share=value, ends=ends)


def _lift(lift: Lift, lang: Language) -> str:
    if lift.value is None:
        return "–"
    ends = [format_decimal(end, 1, lang) for end in (lift.low, lift.high) if end is not None]
    return f"{format_decimal(lift.value, 1, lang)} [{'–'.join(ends)}]" if ends else format_decimal(lift.value, 1, lang)


def grouped(found: Backtest, lang: Language) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Of each column its groups with their sizes, a remark, and each rule that hits a group otherwise than the rest."""
    for column in dict.fromkeys(group.column for group in found.groups):
        groups = [group for group in found.groups if group.column == column]
        sizes = (f"{group_name(group, lang)} {format_integer(group.rows, lang)}" for group in groups)
        differing = list(_disjoint(groups, lang))
        heading = f"{say(lang, 'backtest', 'groups', column=column)} ({'; '.join(sizes)})"
        yield heading, say(lang, "backtest", "apart" if differing else "none_apart"), differing


def backtest_remarks(found: Backtest, lang: Language) -> Iterator[str]:
    """What differences between groups are worth, and what could not be counted."""
    if found.groups:
        yield say(lang, "backtest", "chance", n=sum(len(group.rates) for group in found.groups))
    yield from caveats(found, lang)


def _disjoint(groups: Sequence[Group], lang: Language) -> Iterator[tuple[str, str]]:
    for place, first in enumerate(groups[0].rates):
        for group in groups:
            rate = group.rates[place]
            if rate.disjoint:
                shares = {"share": _share(rate.share, lang), "rest": _share(rate.rest, lang)}
                yield first.rule, say(lang, "backtest", "group", group=group_name(group, lang), **shares)


def group_name(group: Group, lang: Language) -> str:
    """A group, in words."""
    if group.kind in ("unknown", "other"):
        return say(lang, "backtest", f"group_{group.kind}")
    if group.value is not None:
        return group.value.replace("_", " ")
    ends = {"above": group.above, "up_to": group.up_to}
    written = {name: format_decimal(end, 2, lang) for name, end in ends.items() if end is not None}
    sort = {2: "between", 0: "all"}.get(len(written)) or next(iter(written))
    return say(lang, "backtest", sort, **written)
