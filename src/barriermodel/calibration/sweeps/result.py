"""What a sweep found: for every setting, how many rows get which advice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from barriermodel import Level
from barriermodel.analysis.facts import to_json
from barriermodel.analysis.objects import brief_repr


@attrs.frozen(kw_only=True)
class Setting:
    """A value for each parameter, and the advice that follows.

    Args:
        values: by ``<barrier>.<parameter>``; None is the profile's own value of each row's date.
        current: whether this is what the profile has.
        counts: the rows for which the advice is at least the one level and at most the other.

    """

    values: Mapping[str, Any]
    current: bool
    counts: Mapping[tuple[Level, Level], int]

    __repr__ = brief_repr

    @property
    def certain(self) -> dict[Level, int]:
        """The rows for which the advice is decided, by level."""
        return {level: self.counts[level, level] for level in Level}

    @property
    def undecided(self) -> int:
        """The rows for which the advice still depends on what is unknown."""
        return sum(number for (low, high), number in self.counts.items() if low != high)


@attrs.frozen(kw_only=True)
class Sweep:
    """Every setting of some parameters, with its advice over a table.

    Args:
        digest: of the profile.
        as_of: the date of all rows; None where each has its own.
        parameters: what was varied.
        ordered: those of which the values have an order.
        dated: those of which the profile has several values by date; what was tried replaced all of them.
        total: the rows of the table.
        missing: columns of facts that the table does not have: unknown in every row.
        unchecked: kinds of evidence without dates: whether they still count was not looked at.

    """

    profile: str
    digest: str
    as_of: date | None
    parameters: tuple[str, ...]
    ordered: tuple[str, ...]
    dated: tuple[str, ...]
    total: int
    missing: tuple[str, ...]
    unchecked: tuple[str, ...]
    settings: tuple[Setting, ...]

    __repr__ = brief_repr

    @property
    def current(self) -> Setting:
        """The profile as it is."""
        return next(setting for setting in self.settings if setting.current)

    def rows(self) -> list[dict[str, Any]]:
        """A flat row for each setting, as the CSV has it."""
        return [
            {
                **{id: to_json(value) for id, value in setting.values.items()},
                "current": setting.current,
                "rows": self.total,
                **{level.key: number for level, number in setting.certain.items()},
                "undecided": setting.undecided,
                **{f"{a.key}_to_{b.key}": number for (a, b), number in setting.counts.items() if a is not b},
            }
            for setting in self.settings
        ]

    def to_dict(self) -> dict[str, Any]:
        """The sweep as JSON holds it, in the format ``barriermodel/sweep/1``."""
        return {
            "schema": "barriermodel/sweep/1",
            "profile": {"id": self.profile, "digest": self.digest},
            "as_of": to_json(self.as_of),
            "rows": self.total,
            "parameters": list(self.parameters),
            "dated": list(self.dated),
            "missing": list(self.missing),
            "freshness_not_checked": list(self.unchecked),
            "settings": [
                {
                    "values": {id: to_json(value) for id, value in setting.values.items()},
                    "current": setting.current,
                    "certain": {level.key: number for level, number in setting.certain.items()},
                    "undecided": setting.undecided,
                    "advice": [
                        {"at_least": low.key, "at_most": high.key, "rows": number}
                        for (low, high), number in setting.counts.items()
                    ],
                }
                for setting in self.settings
            ],
        }
