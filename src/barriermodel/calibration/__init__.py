"""Calibration: what other limits would advise, and how well each rule predicts what investigations found.

Install it with ``pip install 'barriermodel[calibration]'``. Importing this package is cheap: numpy, scipy and narwhals
are imported when a function needs them. The results can be built and read without them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from barriermodel import BarrierModel
from barriermodel.extras import require

from .backtests.result import (
    Backtest,
    Group,
    GroupRate,
    LevelFigures,
    Lift,
    Performance,
    Proportion,
    RuleFigures,
    WithoutRule,
)  # fmt: skip
from .sweeps.result import Setting, Sweep

if TYPE_CHECKING:
    from narwhals.stable.v2.typing import IntoFrame

NEEDS = "calibration needs {}"


def sweep(
    model: BarrierModel, frame: IntoFrame, values: Mapping[str, Iterable[Any]], *, as_of: date | None = None
) -> Sweep:
    """Count how many rows of a table get which advice, for every setting of some parameters.

    The table is read once, however many settings there are. The unchanged profile is one of them. A value that is tried
    replaces the values of that parameter on all dates.

    Args:
        model: the profile whose parameters are varied.
        frame: a table that ``assess_frame`` accepts, of any engine.
        values: the values to try for each ``<barrier>.<parameter>``, written as in a profile. Several parameters make a
            grid: every value of one with every value of the other.
        as_of: the date of all rows; by default that in the column ``as_of``.

    Raises:
        InputError: a parameter cannot be varied or cannot have a value, or the table does not fit the profile.
        BarrierModelError: the extra is not installed.

    >>> import polars as pl
    >>> from barriermodel import Level
    >>> from barriermodel.testing import single_barrier_model
    >>> table = pl.DataFrame({
    ...     "staffing__hours_needed": [100, 100, 100],
    ...     "staffing__employed_hours": [95, 80, None],
    ...     "staffing__hired_hours": [0, 5, 0],
    ...     "staffing__qualified_hours": [95, 70, 90],
    ... })
    >>> model = single_barrier_model("nl.qualified_staff")
    >>> found = sweep(model, table, {"nl.qualified_staff.min_staffed": [0.8, 0.9]}, as_of=date(2026, 1, 15))
    >>> [(setting.current, setting.certain[Level.ORANGE], setting.undecided) for setting in found.settings]
    [(True, 0, 1), (False, 1, 1)]

    """
    require("calibration", NEEDS, "narwhals", "numpy")
    from .sweeps.compute import compute_sweep

    return compute_sweep(model, frame, values, as_of)


def backtest(
    model: BarrierModel, frame: IntoFrame, *,
    label: str | None = None, by: Collection[str] | None = None, as_of: date | None = None,
) -> Backtest:  # fmt: skip
    """Count what every rule of a profile hits in a table, and how well that predicts what investigations found.

    Precision, recall and lift are over investigated rows only, which are not a random sample.

    Args:
        model: the profile.
        frame: a table that ``assess_frame`` accepts, of any engine.
        label: the column with what an investigation found: true, false, or null if there was none.
        by: columns to group rows by; numbers are cut at quartiles. By default legal form and size, if present.
        as_of: the date of all rows; by default that in the column ``as_of``.

    Raises:
        InputError: a column is missing, confidential or of the wrong type; or the table does not fit the profile.
        BarrierModelError: the extra is not installed.

    >>> import polars as pl
    >>> from barriermodel.testing import single_barrier_model
    >>> table = pl.DataFrame({
    ...     "staffing__hours_needed": [100, 100, 100],
    ...     "staffing__employed_hours": [95, 70, None],
    ...     "staffing__hired_hours": [0, 5, 0],
    ...     "staffing__qualified_hours": [95, 70, 90],
    ...     "inspection": [False, True, None],
    ... })
    >>> model = single_barrier_model("nl.qualified_staff")
    >>> found = backtest(model, table, label="inspection", as_of=date(2026, 1, 15))
    >>> [(rule.id, rule.hits, rule.performance.precision.value) for rule in found.rules if rule.hits]
    [('nl.qualified_staff.too_few_hours', 1, 1.0)]

    """
    require("calibration", NEEDS, "narwhals", "numpy", "scipy")
    from .backtests.compute import compute_backtest

    return compute_backtest(model, frame, label, by, as_of)


__all__ = [
    "Backtest",
    "Group",
    "GroupRate",
    "LevelFigures",
    "Lift",
    "Performance",
    "Proportion",
    "RuleFigures",
    "Setting",
    "Sweep",
    "WithoutRule",
    "backtest",
    "sweep",
]
