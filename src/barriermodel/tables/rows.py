"""A dossier as a row of a table: its evidence selected, its derived facts derived."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from ..domain.dossier import Dossier
from ..domain.kinds import EvidenceKind
from ..domain.unknown import UNKNOWN
from ..domain.values import Money
from ..engine.evaluate import Engine, derive
from ..engine.selection import SelectedEvidence, select
from ..engine.unknown_facts import bounds_hold, why_unknown
from ..profiles.resolved import ResolvedProfile
from ..rules.expression import FactRef
from .columns import AS_OF, UNREAD, column_of, inputs_of, profile_columns


@attrs.frozen
class RowSchema:
    """The columns of the rows of a profile.

    Args:
        facts: by column.
        dates: for each kind that is read, its columns for when evidence was issued and until when it is valid.

    """

    facts: Mapping[str, FactRef]
    dates: Mapping[str, tuple[str, ...]]

    @property
    def types(self) -> dict[str, type]:
        """The type of each column, as facts have it."""
        dates = [name for names in self.dates.values() for name in names]
        facts = {name: ref.type for name, ref in self.facts.items()}
        return {AS_OF: date, **facts, **dict.fromkeys(dates, date), **({UNREAD: str} if self.bounded else {})}

    @property
    def bounded(self) -> bool:
        """Whether there are numbers with bounds, so that it matters why one is unknown."""
        return any(ref.bounds for ref in self.facts.values())


def row_schema(resolved: ResolvedProfile, *, without_computed: bool = False) -> RowSchema:
    """The columns of the rows of a profile.

    Args:
        without_computed: leave out the derived facts that a table computes, and include what these read.

    """
    columns = profile_columns(resolved)
    facts = {**columns.read, **columns.refusal}
    if without_computed:
        for derived in columns.row_computable.values():
            facts |= inputs_of(derived)
        facts = {name: ref for name, ref in facts.items() if name not in columns.row_computable}
    sources = {ref.source for ref in facts.values()}
    return RowSchema(facts, {kind: names for kind, names in columns.validity.items() if kind in sources})


def row_of(
    engine: Engine, dossier: Dossier, schema: RowSchema | None = None, *, as_stated: bool = False
) -> dict[str, Any]:
    """A dossier as a row: the facts that rules read, by column. Unknown is None, and amounts are in euros.

    Evidence that does not count on the dossier's date is left out, with its dates.

    Args:
        schema: the columns; by default those of the engine's profile. For many dossiers, make it once.
        as_stated: keep implausible dates as they were stated, so that the table reports them as unknown.

    """
    schema = schema or row_schema(engine.resolved)
    selection = select(dossier, engine.kinds)
    parameters = engine.bind_parameters(dossier.as_of)[0]
    pairs = [pair for stage in engine.stages for pair in stage.derived]
    outcomes = derive(pairs, dossier, selection, parameters)
    row: dict[str, Any] = {AS_OF: dossier.as_of}
    for name, ref in schema.facts.items():
        if ref.source == "derived":
            value = outcomes[ref.name].value
        else:
            subject = {"provider": dossier.provider_as_read, "award": dossier.award_as_read}.get(ref.source)
            value = getattr(subject or selection[ref.source].facts, ref.name)
            if value is UNKNOWN and as_stated and ref.type is date:
                value = _stated(dossier, selection.get(ref.source), ref)
        row[name] = _cell(value)
    for kind, names in schema.dates.items():
        row |= {name: found for name, found in _dates(selection[kind]).items() if name in names}
    bounded = [ref for name, ref in schema.facts.items() if ref.bounds and row[name] is None]
    if schema.bounded:
        unread = [column_of(ref) for ref in bounded if not bounds_hold(dossier, selection, (), ref)]
        row[UNREAD] = ", ".join(unread) or None
    return row


def _stated(dossier: Dossier, selected: SelectedEvidence | None, ref: FactRef) -> Any:
    """The implausible date that an unknown fact was stated to be."""
    if selected is None:
        return getattr(getattr(dossier, ref.source), ref.name)
    found = why_unknown(dossier, selected, ref.name).found
    return found.value if found else UNKNOWN


def _cell(value: Any) -> Any:
    if value is UNKNOWN:
        return None
    if isinstance(value, Money):
        return value.cents / 100
    return getattr(value, "value", value)


def _dates(selected: SelectedEvidence) -> dict[str, date | None]:
    """The date by which the usable items count, and the earliest of the last days on which they are valid."""
    kind: EvidenceKind = selected.kind
    items = selected.cited if selected.usable else ()
    until = [item.valid_until for item in items if item.valid_until is not None]
    return {
        f"{kind.id}__issued_on": items[0].date if items else None,
        f"{kind.id}__valid_until": min(until) if until else None,
    }
