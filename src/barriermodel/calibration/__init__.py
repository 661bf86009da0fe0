"""How sharply are limits and rules set: what other limits would advise, and what each rule found.

It needs an extra: ``pip install 'barriermodel[calibration]'``. What does the work is imported when it is called.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

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
)
from .sweeps.result import Setting, Sweep

NEEDS = "calibration needs {}"


def sweep(model: BarrierModel, frame: Any, values: Mapping[str, Iterable[Any]], *, as_of: date | None = None) -> Sweep:
    """How many rows of a table get which advice, for every setting of some parameters, in one pass over the table.

    The profile as it is stands among the settings. A value that is tried replaces the parameter's value of every date.

    Args:
        frame: a table as ``assess_frame`` takes it.
        values: for each ``<barrier>.<parameter>`` the values to try, as a profile has them; several make a grid.
        as_of: the date of all rows; left out, the column ``as_of`` has it.

    Raises:
        InputError: a parameter cannot be varied, a value is none of it, or the table does not fit the profile.
        BarrierModelError: the extra is not installed.

    """
    require("calibration", NEEDS, "narwhals", "numpy")
    from .sweeps.compute import compute_sweep

    return compute_sweep(model, frame, values, as_of)


def backtest(
    model: BarrierModel,
    frame: Any,
    *,
    label: str | None = None,
    by: Collection[str] | None = None,
    as_of: date | None = None,
) -> Backtest:
    """What every rule of a profile hits in a table, and how well that tells what investigations found.

    Only investigated rows count for precision, recall and lift. Who was investigated was not chosen by chance, so
    these are about the investigated and not about all providers.

    Args:
        frame: a table as ``assess_frame`` takes it.
        label: a column that holds what an investigation found: true, false, or null where there was none.
        by: columns to group by; numbers are cut in quartiles. Left out: legal form and size, where they are there.
        as_of: the date of all rows; left out, the column ``as_of`` has it.

    Raises:
        InputError: a column is not there or cannot be used, or the table does not fit the profile.
        BarrierModelError: the extra is not installed.

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
