"""Mistakes in which dates can be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import attrs

from barriermodel.domain.bounds import PlausibleDates

from .mistakes import Spoil, mutant, replaced

since = PlausibleDates.since


def as_if(change: Callable[[PlausibleDates], PlausibleDates]) -> Spoil:
    """A fact can have the dates that it could if less were said of it."""
    return replaced(PlausibleDates, "since", lambda self, day: since(change(self), day))


for name, plugin, spoil in (
    ("Past is not looked at", "exclusion", as_if(lambda days: attrs.evolve(days, past=False))),
    ("a placeholder counts", "exclusion", as_if(lambda days: attrs.evolve(days, never=()))),
    ("bounds are not looked at", "exclusion", as_if(lambda days: attrs.evolve(days, first=date.min, last=date.max))),
):
    mutant(f"date: {name}", plugin, spoil)
