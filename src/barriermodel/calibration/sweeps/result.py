"""The result of a sweep: for every setting, how many rows get which advice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from barriermodel import Level
from barriermodel.analysis.facts import to_json
from barriermodel.analysis.objects import brief_repr
from barriermodel.analysis.text import Language, check_language


@attrs.frozen(kw_only=True)
class Setting:
    """A value for each parameter, and the advice that follows.

    Args:
        values: by ``<barrier>.<parameter>``; None stands for the profile's own value on the date of each row.
        current: whether these are the values of the profile.
        counts: the number of rows for each interval of the advice: at least the one level, at most the other.

    >>> from barriermodel import Level
    >>> counts = dict.fromkeys(((low, high) for low in Level for high in Level), 0)
    >>> counts |= {(Level.GREEN, Level.GREEN): 7, (Level.GREEN, Level.RED): 2}
    >>> setting = Setting(values={"nl.kvk.min_months": 24}, current=True, counts=counts)
    >>> setting.certain[Level.GREEN], setting.undecided
    (7, 2)

    """

    values: Mapping[str, Any]
    current: bool
    counts: Mapping[tuple[Level, Level], int]

    __repr__ = brief_repr

    @property
    def certain(self) -> dict[Level, int]:
        """The number of rows with a decided advice, by level."""
        return {level: self.counts[level, level] for level in Level}

    @property
    def undecided(self) -> int:
        """The number of rows whose advice depends on what is unknown."""
        return sum(number for (low, high), number in self.counts.items() if low != high)


@attrs.frozen(kw_only=True)
class Sweep:
    """Every setting of some parameters, with the advice that it gives in a table.

    Args:
        profile: the profile's id.
        digest: the profile's digest.
        as_of: the date of all rows; None if each row has its own.
        parameters: the parameters that were varied, as ``<barrier>.<parameter>``.
        ordered: those whose values have an order.
        dated: those with another value from some date on; a value that is tried replaces all of them.
        total: the number of rows in the table.
        missing: missing columns, treated as unknown in every row.
        unchecked: kinds of evidence without dates, so that it was not checked whether they had expired.
        settings: the profile as it is among them.

    See :func:`sweep` for an example.

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
        """The setting that the profile has."""
        return next(setting for setting in self.settings if setting.current)

    def rows(self) -> list[dict[str, Any]]:
        """One row for each setting, as in the CSV file."""
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
        """The sweep as JSON, in the format ``barriermodel/sweep/1``."""
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

    def html(self, lang: Language = "nl") -> str:
        """Render it as a page: HTML in one file, without a script.

        Args:
            lang: the language, ``"nl"`` or ``"en"``.

        Raises:
            MissingExtraError: Jinja2 is not installed.
            ValueError: there is no such language.

        """
        from .page import sweep_page

        check_language(lang)
        return sweep_page(self, lang)

    def _repr_html_(self) -> str | None:
        """What a notebook shows: the page as a part of it, in Dutch."""
        from barriermodel.analysis.pages import in_notebook

        from .page import sweep_page

        return in_notebook(lambda lang: sweep_page(self, lang, "part.html.j2"))
