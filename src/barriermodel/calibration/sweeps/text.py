"""A sweep as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator

from barriermodel.analysis.reports import LEVEL
from barriermodel.analysis.text import Language, align_columns, format_list, said
from barriermodel.plugin import Level

from ..text import caveats, format_count, format_parameter, say, title
from .result import Setting, Sweep

UNDECIDED = said("calibration", "sweep", "undecided")
TODAY = said("calibration", "sweep", "today")


def sweep_text(found: Sweep, lang: Language) -> str:
    """A line for each setting."""
    heads = [*found.parameters, *(LEVEL[level][lang] for level in Level), UNDECIDED[lang], ""]
    rows = [[*setting_values(found, setting, lang), *_counts(found, setting, lang)] for setting in found.settings]
    table = align_columns([heads, *rows], right=range(len(found.parameters), len(heads) - 1))
    return "\n".join([sweep_title(found, lang), "", *table, "", *sweep_remarks(found, lang)]) + "\n"


def sweep_title(found: Sweep, lang: Language) -> str:
    """The profile, the number of rows and the date."""
    return title("sweep", found, lang)


def sweep_remarks(found: Sweep, lang: Language) -> Iterator[str]:
    """How to read the counts, and what could not be counted."""
    yield say(lang, "sweep", "how")
    if found.dated:
        yield say(lang, "sweep", "dated", names=format_list(list(found.dated), lang))
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
