"""A sweep as a page: a chart over one parameter or a grid over two, with the table and sentences of its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from barriermodel.analysis.pages import columns, render, say, stack
from barriermodel.analysis.reports import LEVEL
from barriermodel.analysis.text import Language, format_integer
from barriermodel.plugin import Level

from ..text import format_count, format_parameter, format_rows
from .result import Setting, Sweep
from .text import TODAY, UNDECIDED, setting_values, sweep_remarks, sweep_title

_WORSE = tuple(Level)[1:]
"""What an advice that is still open can become."""
PARTS = (*(level.key for level in Level), *(f"{level.key} may" for level in _WORSE))
"""The looks of the parts of a column: what is certain, then what is still open by what it can become."""
WIDTH, HEIGHT = 440, 200


def sweep_page(found: Sweep, lang: Language, layout: str = "page.html.j2") -> str:
    """Render a sweep.

    Args:
        found: the sweep.
        lang: the language.
        layout: that of a page, or of a part of another page.

    Raises:
        MissingExtraError: Jinja2 is not installed.

    """
    settings, now = found.settings, found.current
    ends = [settings[end] for end in dict.fromkeys((0, -1)) if not settings[end].current]
    return render(
        "sweep", lang, layout=layout, found=found, title=sweep_title(found, lang), all=format_rows(found.total, lang),
        remarks=list(sweep_remarks(found, lang)), undecided=UNDECIDED[lang], today=TODAY[lang],
        rows=[_row(found, setting, lang) for setting in settings], ranges=list(_ranges(found, lang)), looks=PARTS,
        now=(_where(found, now, lang), _in_words(found, now, lang)),
        ends=[(_where(found, end, lang), _in_words(found, end, lang)) for end in ends],
        chart=_chart(found, lang) if len(found.parameters) == 1 else None,
        grid=_grid(found, lang) if len(found.parameters) == 2 else None,
    )  # fmt: skip


def _can_become(setting: Setting) -> list[int]:
    counts = setting.counts.items()
    return [sum(n for (low, high), n in counts if high is level and low is not high) for level in _WORSE]


def _parts(setting: Setting) -> list[int]:
    return [*setting.certain.values(), *_can_become(setting)]


def _row(found: Sweep, setting: Setting, lang: Language) -> dict[str, Any]:
    can = zip(_WORSE, _can_become(setting), strict=True)
    return {
        "values": setting_values(found, setting, lang), "current": setting.current,
        "certain": [format_count(number, found.total, lang) for number in setting.certain.values()],
        "undecided": format_count(setting.undecided, found.total, lang),
        "can_become": [f"{LEVEL[level][lang]} {format_integer(number, lang)}" for level, number in can if number],
    }  # fmt: skip


def _labelled(setting: Setting, lang: Language) -> Iterator[tuple[str, int]]:
    yield from ((LEVEL[level][lang], number) for level, number in setting.certain.items())
    yield UNDECIDED[lang], setting.undecided


def _in_words(found: Sweep, setting: Setting, lang: Language) -> str:
    parts = [f"{label} {format_count(n, found.total, lang)}" for label, n in _labelled(setting, lang) if n]
    return ", ".join(parts) or format_rows(0, lang)


def _where(found: Sweep, setting: Setting, lang: Language) -> str:
    values = zip(found.parameters, setting_values(found, setting, lang), strict=True)
    return ", ".join(f"{id} {value}" for id, value in values)


def _ranges(found: Sweep, lang: Language) -> Iterator[str]:
    """Of each level the least and the greatest count over all settings."""
    for column in zip(*(_labelled(setting, lang) for setting in found.settings), strict=True):
        numbers = [number for _, number in column]
        low, high = (format_integer(number, lang) for number in (min(numbers), max(numbers)))
        if max(numbers):
            yield f"{column[0][0]} {low if low == high else say(lang, 'sweep', 'between', low=low, high=high)}"


def _chart(found: Sweep, lang: Language) -> dict[str, Any]:
    now = found.settings.index(found.current)
    drawn = columns([_parts(s) for s in found.settings], found.total, now, width=WIDTH, height=HEIGHT)
    names = [setting_values(found, setting, lang)[0] for setting in found.settings]
    return {"columns": drawn, "names": names, "now": now, "width": WIDTH, "height": HEIGHT}


def _grid(found: Sweep, lang: Language) -> dict[str, Any]:
    """A row for each value of the second parameter, a column for each of the first."""
    across, down = ([*dict.fromkeys(s.values[id] for s in found.settings)] for id in found.parameters)
    at = {tuple(setting.values.values()): setting for setting in found.settings}
    return {
        "across": _named(across, lang),
        "rows": [
            (name, [_cell(found, at[x, y], lang) for x in across])
            for y, name in zip(down, _named(down, lang), strict=True)
        ],
    }


def _named(values: Sequence[Any], lang: Language) -> list[str]:
    return [format_parameter(value, values, lang) for value in values]


def _cell(found: Sweep, setting: Setting, lang: Language) -> tuple[bool, list[tuple[float, float]], str]:
    return setting.current, stack(_parts(setting), found.total, 100), _in_words(found, setting, lang)
