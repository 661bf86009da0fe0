"""A backtest as a person reads it, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from barriermodel.analysis.reports import LEVEL
from barriermodel.analysis.text import Language, Text, align_columns, format_decimal, format_integer, format_percent

from ..text import caveats, format_count, format_rows, title
from .result import Backtest, Group, Lift, Performance, Proportion, RuleFigures

_BACKTEST = Text(nl="De regels van {profile} op {rows}, {on}", en="The rules of {profile} on {rows}, {on}")
_HEADS = Text(
    nl="regel|treffers|alleen|open|milder zonder|vaak samen met", en="rule|hits|alone|open|milder without|often with"
)
_MEASURED = Text(nl="treffer|bij onderzoek raak|gevonden|lift", en="hit|found when investigated|recall|lift")
_HOW = Text(
    nl=(
        "Treffers: rijen waarin de regel raak is, ook waar een eerdere stap al uitsluit. Alleen: geen andere regel is "
        "dan raak.\nMilder zonder: rijen met een milder advies als de regel er niet was."
    ),
    en=(
        "Hits: rows where the rule hits, also where an earlier stage already excludes. Alone: no other rule hits there."
        "\nMilder without: rows with a milder advice if the rule were not there."
    ),
)
_LABEL = Text(
    nl="Onderzocht: {investigated} van {rows}. Daarvan is bij {found} iets gevonden ({label}).",
    en="Investigated: {investigated} of {rows}. In {found} of these something was found ({label}).",
)
_NOT_BY_CHANCE = Text(
    nl=(
        "Alleen onderzochte rijen tellen hieronder mee. Wie is onderzocht, is niet door loting bepaald: deze cijfers "
        "gaan\nover wie is onderzocht, niet over alle aanbieders. Tussen haken het interval van 95%."
    ),
    en=(
        "Only investigated rows count below. Who was investigated was not drawn by lot: these figures are about those"
        "\nwho were investigated, not about all providers. In brackets the 95% interval."
    ),
)
_LIFT = Text(
    nl=(
        "Raak: van de onderzochte treffers, waar iets is gevonden. Gevonden: van alles wat is gevonden, waar de regel "
        "raak is.\nLift: zoveel keer vaker dan bij alle onderzochten; zonder interval waar een van de vier aantallen "
        "nul is."
    ),
    en=(
        "Found when investigated: of the investigated hits, where something was found. Recall: of all that was found, "
        "where\nthe rule hits. Lift: so many times as often as among all investigated; without an interval where one "
        "of the four counts is zero."
    ),
)
_OR_WORSE = Text(nl="advies zeker {level} of erger", en="advice certainly {level} or worse")
_GROUPS = Text(nl="Per {column}", en="By {column}")
_APART = Text(
    nl="Regels die een groep anders raken dan de rest (de intervallen van 95% overlappen niet):",
    en="Rules that hit a group otherwise than the rest (the 95% intervals do not overlap):",
)
_NONE_APART = Text(
    nl="Geen regel raakt een van deze groepen duidelijk anders dan de rest.",
    en="No rule hits one of these groups clearly otherwise than the rest.",
)
_CHANCE = Text(
    nl="Er zijn {n} vergelijkingen; enkele verschillen ontstaan ook door toeval. Een verschil is geen bewijs.",
    en="There are {n} comparisons; some differences arise by chance as well. A difference is no proof.",
)
_GROUP = Text(nl="{group}: {share}, de rest {rest}", en="{group}: {share}, the rest {rest}")
_SORTS = {
    "unknown": Text(nl="onbekend", en="unknown"),
    "other": Text(nl="overige (kleine groepen samen)", en="other (small groups together)"),
}
_UP_TO = Text(nl="tot en met {up_to}", en="up to {up_to}")
_ABOVE = Text(nl="boven {above}", en="above {above}")
_BETWEEN = Text(nl="boven {above} tot en met {up_to}", en="above {above}, up to {up_to}")
_ALL = Text(nl="alle", en="all")


def backtest_text(found: Backtest, lang: Language) -> str:
    """All rules, then the investigations, then the groups."""
    rows = [rule_cells(rule, found, lang) for rule in found.rules]
    lines = [
        backtest_title(found, lang), "", *align_columns([rule_heads(lang), *rows], right=range(1, 5)), "", _HOW[lang],
    ]  # fmt: skip
    if found.label is not None:
        measured = [measured_heads(lang), *measured_rows(found, lang)]
        lines += ["", *investigated(found, lang), "", *align_columns(measured), "", _LIFT[lang]]
    for heading, remark, differing in grouped(found, lang):
        lines += ["", heading, remark, *(f"  {rule}  {text}" for rule, text in differing)]
    return "\n".join([*lines, *backtest_remarks(found, lang)]) + "\n"


def backtest_title(found: Backtest, lang: Language) -> str:
    """The profile, the number of rows and the date."""
    return title(_BACKTEST, found, lang)


def rule_heads(lang: Language) -> list[str]:
    """The heads of the columns of :func:`rule_cells`."""
    return _HEADS[lang].split("|")


def rule_cells(rule: RuleFigures, found: Backtest, lang: Language) -> list[str]:
    """A rule, what it hits, and with which other rules."""
    often = sorted(rule.overlap.items(), key=lambda pair: (-pair[1], pair[0]))[:2]
    numbers = (rule.hits, rule.alone, rule.open, rule.without.milder)
    together = ", ".join(f"{id} ({format_integer(number, lang)})" for id, number in often if number)
    return [rule.id, *(format_count(number, found.total, lang) for number in numbers), together]


def how_to_read(lang: Language) -> tuple[str, str]:
    """What the columns of :func:`rule_cells` mean, and those of :func:`measured_rows`."""
    return _HOW[lang], _LIFT[lang]


def investigated(found: Backtest, lang: Language) -> tuple[str, str]:
    """How many rows were investigated, and what that means for the figures."""
    numbers = {"investigated": format_integer(found.investigated, lang), "found": format_integer(found.found, lang)}
    label = _LABEL[lang].format(**numbers, rows=format_rows(found.total, lang), label=found.label)
    return label, _NOT_BY_CHANCE[lang]


def measured_heads(lang: Language) -> list[str]:
    """The heads of the columns of :func:`measured_rows`."""
    return _MEASURED[lang].split("|")


def measured_rows(found: Backtest, lang: Language) -> list[list[str]]:
    """Of each rule and each level of the advice, how well it predicts what was found."""
    rows = [[rule.id, *_measured(rule.performance, lang)] for rule in found.rules]
    return rows + [
        [_OR_WORSE[lang].format(level=LEVEL[level.level][lang]), *_measured(level.performance, lang)]
        for level in found.levels
    ]


def _measured(found: Performance | None, lang: Language) -> list[str]:
    assert found is not None  # there is a label
    return [_share(found.precision, lang), _share(found.recall, lang), _lift(found.lift, lang)]


def _share(share: Proportion, lang: Language) -> str:
    if share.value is None or share.low is None or share.high is None:
        return "–"
    ends = "–".join(format_percent(end, lang, 0) for end in (share.low, share.high))
    of = {"nl": "van", "en": "of"}[lang]
    count, total = format_integer(share.count, lang), format_integer(share.of, lang)
    return f"{count} {of} {total}: {format_percent(share.value, lang, 0)} [{ends}]"


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
        remark = _APART if differing else _NONE_APART
        yield f"{_GROUPS[lang].format(column=column)} ({'; '.join(sizes)})", remark[lang], differing


def backtest_remarks(found: Backtest, lang: Language) -> Iterator[str]:
    """What differences between groups are worth, and what could not be counted."""
    if found.groups:
        yield _CHANCE[lang].format(n=sum(len(group.rates) for group in found.groups))
    yield from caveats(found, lang)


def _disjoint(groups: Sequence[Group], lang: Language) -> Iterator[tuple[str, str]]:
    for place, first in enumerate(groups[0].rates):
        for group in groups:
            rate = group.rates[place]
            if rate.disjoint:
                shares = {"share": _share(rate.share, lang), "rest": _share(rate.rest, lang)}
                yield first.rule, _GROUP[lang].format(group=group_name(group, lang), **shares)


def group_name(group: Group, lang: Language) -> str:
    """A group, in words."""
    if group.kind in _SORTS:
        return _SORTS[group.kind][lang]
    if group.value is not None:
        return group.value.replace("_", " ")
    ends = {"above": group.above, "up_to": group.up_to}
    written = {name: format_decimal(end, 2, lang) for name, end in ends.items() if end is not None}
    text = {2: _BETWEEN, 0: _ALL}.get(len(written)) or (_ABOVE if group.above is not None else _UP_TO)
    return text[lang].format(**written)
