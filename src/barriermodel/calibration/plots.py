"""Plots of a sweep and of a backtest. The same numbers give the same file, and colour alone never carries meaning."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from barriermodel import InputError, Level
from barriermodel.analysis.files import is_stdout
from barriermodel.analysis.reports import LEVEL
from barriermodel.analysis.text import Language
from barriermodel.plugin import Money

from .backtests.result import Backtest, RuleFigures
from .sweeps.result import Setting, Sweep
from .sweeps.text import UNDECIDED
from .text import format_parameter, say

FORMATS = ("svg", "png", "pdf")
_FIXED: dict[Any, Any] = {
    "svg.hashsalt": "barriermodel",
    "svg.fonttype": "none",
    "pdf.compression": 6,
    "hatch.linewidth": 0.6,
}
_WITHOUT_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None}, "png": {"Software": None},
    "pdf": {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None},
}  # fmt: skip
"""No date and no version of matplotlib, which would differ from file to file."""

# the colour-blind safe palette of Okabe and Ito, and a hatch for each, so that they differ in black and white too
_BANDS: dict[Level | None, tuple[str, str]] = {
    Level.GREEN: ("#009E73", ""), Level.ORANGE: ("#E69F00", "///"), Level.RED: ("#D55E00", "xxx"),
    Level.EXCLUDE: ("#4D2A6B", "..."), None: ("#CCCCCC", "--"),
}  # fmt: skip


def sweep_plot(found: Sweep, lang: Language, form: str) -> bytes:
    """Rows per advice over one parameter, or the share that is red over two.

    Raises:
        InputError: there are more parameters.

    """
    check_parameters(len(found.parameters))
    with _fixed():
        figure = _over_one(found, lang) if len(found.parameters) == 1 else _over_two(found, lang)
        return _file(figure, form)


def backtest_plot(found: Backtest, lang: Language, form: str) -> bytes:
    """What each rule hits, alone and with others, and where it is open; with a label, its precision."""
    with _fixed():
        return _file(_rules(found, lang), form)


def check_parameters(number: int) -> None:
    """Raise ``InputError`` if more parameters are varied than a plot can show."""
    if number > 2:
        message = f"a plot shows one or two parameters, not {number}; leave the plot out, or vary fewer"
        raise InputError.one("sweep", message)


@contextmanager
def _fixed() -> Iterator[None]:
    """Set the style of these plots, whatever the user has set for other plots."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_FIXED)
        yield


def plot_format(path: Path) -> str:
    """The format that the name of a file ends in; for standard output, SVG.

    Raises:
        InputError: it is none of those that can be written.

    """
    form = "svg" if is_stdout(path) else path.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise InputError.one(str(path), f"a plot is written as its name ends: in .{', .'.join(FORMATS)}")
    return form


def _file(figure: Figure, form: str) -> bytes:
    held = io.BytesIO()
    figure.savefig(held, format=form, metadata=_WITHOUT_METADATA[form], dpi=120)
    return held.getvalue()


# Sweeps -----------------------------------------------------------------------------------------------


def _over_one(found: Sweep, lang: Language) -> Figure:
    figure = Figure(figsize=(9, 5), layout="constrained")
    axes = figure.subplots()
    id = found.parameters[0]
    settings = [setting for setting in found.settings if setting.values[id] is not None]
    names = [format_parameter(setting.values[id], [s.values[id] for s in settings], lang) for setting in settings]
    ordered = id in found.ordered and len(settings) > 1
    places: list[float] = (
        [_number(s.values[id]) for s in settings] if ordered else [float(n) for n in range(len(settings))]
    )
    bottom = [0.0] * len(settings)
    for level, (colour, hatch) in _BANDS.items():
        counts = [setting.undecided if level is None else setting.certain[level] for setting in settings]
        top = [low + count for low, count in zip(bottom, counts, strict=True)]
        label = UNDECIDED[lang] if level is None else say(lang, "plot", "certain", level=LEVEL[level][lang])
        style: dict[str, Any] = {"facecolor": colour, "hatch": hatch, "edgecolor": "white", "linewidth": 0.5}
        if ordered:
            axes.fill_between(places, bottom, top, label=label, **style)
        else:
            axes.bar(places, counts, bottom=bottom, label=label, **style)
        bottom = top
    for setting, place in zip(settings, places, strict=True):
        if setting.current:
            axes.axvline(place, color="black", linestyle="--", linewidth=1.5, label=say(lang, "plot", "now"))
    _ticks(axes, places, names)
    axes.set_xlabel(id)
    axes.set_ylabel(say(lang, "plot", "rows"))
    axes.set_ylim(0, max(found.total, 1))
    figure.legend(loc="outside right upper", reverse=True)
    return figure


def _number(value: Any) -> float:
    if isinstance(value, Money):
        return value.cents / 100
    return float(value.toordinal()) if isinstance(value, date) else float(value)


def _ticks(axes: Any, places: Sequence[float], names: Sequence[str]) -> None:
    step = max(1, -(-len(places) // 12))
    axes.set_xticks(list(places[::step]), list(names[::step]), rotation=30, ha="right")


def _over_two(found: Sweep, lang: Language) -> Figure:
    figure = Figure(figsize=(9, 6), layout="constrained")
    axes = figure.subplots()
    across, down = ([*dict.fromkeys(s.values[id] for s in found.settings)] for id in found.parameters)
    at: dict[tuple[Any, Any], Setting] = {tuple(s.values.values()): s for s in found.settings}
    red = [[at[x, y].certain[Level.RED] for x in across] for y in down]
    shares = [[number / max(found.total, 1) for number in row] for row in red]
    image = axes.imshow(shares, cmap="cividis_r", vmin=0, aspect="auto", origin="lower")
    for names, values, line in ((found.parameters[0], across, axes.xaxis), (found.parameters[1], down, axes.yaxis)):
        step = max(1, -(-len(values) // 15))
        written = [format_parameter(value, [v for v in values if v is not None], lang) for value in values[::step]]
        line.set_ticks(range(0, len(values), step), labels=written)
        line.set_label_text(names)
    axes.tick_params(axis="x", rotation=30)
    if len(across) * len(down) <= 200:
        _numbers(axes, red, sum(image.get_clim()) / 2 * found.total)
    now = found.current.values
    place = across.index(now[found.parameters[0]]), down.index(now[found.parameters[1]])
    frame: dict[str, Any] = {"marker": "s", "markersize": 22, "fillstyle": "none", "linestyle": "none"}
    axes.plot(*place, **frame, color="white", markeredgewidth=4)
    axes.plot(*place, **frame, color="black", markeredgewidth=1.5, label=say(lang, "plot", "now"))
    figure.colorbar(image, label=say(lang, "plot", "red"), format=lambda share, _: f"{share:.0%}")
    figure.legend(loc="outside upper right", markerscale=0.4)
    return figure


def _numbers(axes: Any, counts: Sequence[Sequence[int]], middle: float) -> None:
    for y, row in enumerate(counts):
        for x, count in enumerate(row):
            axes.text(
                x, y, f"{count}", ha="center", va="center", fontsize=8, color="white" if count > middle else "black"
            )


# Backtests --------------------------------------------------------------------------------------------


def _rules(found: Backtest, lang: Language) -> Figure:
    rules = list(reversed(found.rules))  # the first on top
    wide = 2 if found.label is not None else 1
    figure = Figure(figsize=(7 + 3 * wide, 1.6 + 0.35 * len(rules)), layout="constrained")
    grid = figure.subplots(1, wide, sharey=True, squeeze=False)[0]
    _bars(grid[0], rules, lang)
    grid[0].set_xlim(0, max(found.total, 1))
    if wide == 2:
        _precision(grid[1], rules, lang)
    figure.legend(loc="outside upper center", ncols=3)
    return figure


def _bars(axes: Any, rules: Sequence[RuleFigures], lang: Language) -> None:
    places = range(len(rules))
    left = [0] * len(rules)
    parts = ([r.hits - r.alone for r in rules], [r.alone for r in rules], [r.open for r in rules])
    looks = (("#0072B2", ""), ("#D55E00", "xxx"), ("#CCCCCC", "--"))
    for key, counts, (colour, hatch) in zip(("shared", "alone", "open"), parts, looks, strict=True):
        label = say(lang, "plot", key)
        axes.barh(places, counts, left=left, color=colour, hatch=hatch, edgecolor="white", label=label)
        left = [a + b for a, b in zip(left, counts, strict=True)]
    axes.set_yticks(list(places), [rule.id for rule in rules])
    axes.set_xlabel(say(lang, "plot", "rows"))


def _precision(axes: Any, rules: Sequence[RuleFigures], lang: Language) -> None:
    for place, rule in enumerate(rules):
        share = rule.performance.precision if rule.performance is not None else None
        if share is None or share.value is None or share.low is None or share.high is None:
            continue
        axes.plot([share.low, share.high], [place, place], color="black", linewidth=2)
        axes.plot(share.value, place, marker="o", color="black")
        axes.annotate(f"{share.count}/{share.of}", (share.high, place), (4, 0), textcoords="offset points", va="center")
    axes.set_xlim(0, 1.15)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
    axes.set_xlabel(say(lang, "plot", "precision"))
