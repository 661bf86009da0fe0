"""What must come out of a dossier."""

from __future__ import annotations

import attrs

from barriermodel import Interval


@attrs.frozen(kw_only=True)
class Expected:
    """What must come out; what is left out is not looked at.

    Args:
        advice: its two ends; one where it is decided.
        hits: the ids of all rules that hit.
        open: the ids of all open rules.
        asks: the kinds of evidence that are asked for.

    """

    advice: Interval | None = None
    hits: tuple[str, ...] | None = None
    open: tuple[str, ...] | None = None
    asks: tuple[str, ...] | None = None

    def __attrs_post_init__(self) -> None:
        if all(value is None for value in attrs.astuple(self, recurse=False)):
            raise ValueError("say what must come out: advice, hits, open or asks")
