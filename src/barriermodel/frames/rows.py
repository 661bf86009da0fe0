"""A dossier as a row of a table: its evidence selected, its derived facts derived."""

from __future__ import annotations

from typing import Any

from ..domain.dossier import Dossier
from ..domain.unknown import UNKNOWN
from ..domain.values import Money
from ..pipeline.run import Engine, derive
from ..pipeline.selection import select
from .columns import AS_OF, facts_read


def row_of(engine: Engine, dossier: Dossier) -> dict[str, Any]:
    """The facts that the rules look at, by column; what is unknown is None. Amounts are in euros.

    Evidence that does not count on the dossier's date is left out, so its dates are not needed.
    """
    selection = select(dossier, engine.kinds)
    parameters = engine.on(dossier.as_of)[0]
    pairs = [pair for stage in engine.stages for pair in stage.derived]
    outcomes = derive(pairs, dossier, selection, parameters)
    row: dict[str, Any] = {AS_OF: dossier.as_of}
    for name, ref in facts_read(engine.plan).items():
        if ref.source == "derived":
            value = outcomes[ref.name].value
        else:
            subject = {"provider": dossier.provider, "award": dossier.award}.get(ref.source)
            value = getattr(subject or selection[ref.source].facts, ref.name)
        row[name] = _cell(value)
    return row


def _cell(value: Any) -> Any:
    if value is UNKNOWN:
        return None
    if isinstance(value, Money):
        return value.cents / 100
    return getattr(value, "value", value)
