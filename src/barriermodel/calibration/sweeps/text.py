"""A sweep as a person reads it, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from barriermodel.analysis.reports import LEVEL
from barriermodel.analysis.text import Language, Text, align_columns, format_list
from barriermodel.plugin import Level

from ..text import caveats, format_count, format_parameter, title
from .result import Setting, Sweep

UNDECIDED = Text(nl="nog open", en="still open")
_SWEEP = Text(nl="Het advies van {profile} over {rows}, {on}", en="The advice of {profile} over {rows}, {on}")
TODAY = Text(nl="◄ zoals het profiel nu is", en="◄ as the profile is now")
_READ = Text(
    nl="Per kleur: rijen waarvan het advies zeker is. Nog open: het hangt af van wat onbekend is.",
    en="Per colour: rows of which the advice is certain. Still open: it depends on what is unknown.",
)
_DATED = Text(
    nl="{names} heeft in het profiel per datum een andere waarde; wat is geprobeerd, geldt voor alle datums.",
    en="{names} has another value by date in the profile; what was tried holds on all dates.",
)


def sweep_text(found: Sweep, lang: Language) -> str:
    """A line for each setting."""
    heads = [*found.parameters, *(LEVEL[level][lang] for level in Level), UNDECIDED[lang], ""]
    rows = [[*setting_values(found, setting, lang), *_counts(found, setting, lang)] for setting in found.settings]
    table = align_columns([heads, *rows], right=range(len(found.parameters), len(heads) - 1))
    return "\n".join([sweep_title(found, lang), "", *table, "", *sweep_remarks(found, lang)]) + "\n"


def sweep_title(found: Sweep, lang: Language) -> str:
    """The profile, the number of rows and the date."""
    return title(_SWEEP, found, lang)


def sweep_remarks(found: Sweep, lang: Language) -> Iterator[str]:
    """How to read the counts, and what could not be counted."""
    yield _READ[lang]
    if found.dated:
        yield _DATED[lang].format(names=format_list(list(found.dated), lang))
    yield from caveats(found, lang)


def setting_values(found: Sweep, setting: Setting, lang: Language) -> list[str]:
    """The value of each parameter in a setting."""
    return [
        format_parameter(setting.values[id], [s.values[id] for s in found.settings], lang) for id in found.parameters
    ]


def _counts(found: Sweep, setting: Setting, lang: Language) -> Iterator[str]:
    for number in (*setting.certain.values(), setting.undecided):
        yield format_count(number, found.total, lang)
    yield TODAY[lang] if setting.current else ""
