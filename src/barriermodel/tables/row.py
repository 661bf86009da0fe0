"""Evaluates a row of a table, so that it can be explained as a dossier is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import attrs

from ..domain.dossier import Dossier
from ..domain.evidence import Absent, Evidence
from ..domain.kinds import EvidenceKind
from ..domain.plausible import implausible
from ..domain.unknown import UNKNOWN, UnknownReason
from ..engine.evaluate import Engine, Evaluation, RowOrigin, derive
from ..engine.selection import SelectedEvidence, select
from ..errors import InputError
from ..rules.derived import Derived, DerivedResult
from ..rules.signature import ENTITIES
from ..text import Localized
from .columns import (
    ABSENT,
    AS_OF,
    ASSUMED,
    CONSTANTS,
    UNREAD,
    check_date,
    column_of,
    inputs_of,
    invalid_value_text,
    without_identifiers,
)
from .row_parser import RowParser


def evaluate_row(engine: Engine, row: Any, as_of: date | None) -> Evaluation:
    """Evaluate the rules on a row of a table.

    Raises:
        InputError: a column is unknown or of a wrong type, there is no date, or the profile may not be used for it.

    """
    check_date(as_of)
    reader = RowParser(engine.resolved, _cells(row))
    day = as_of or reader.day(AS_OF)
    subjects: dict[str, Any] = {source: holder(**reader.facts(source, holder)) for source, holder in ENTITIES.items()}
    items = {kind.id: item for kind in engine.kinds if (item := reader.item(kind)) is not None}
    given = reader.derived()
    absent = tuple(id for id in reader.absent() if id not in items)
    reader.check(day)
    assert day is not None  # just checked
    stated = [Absent(kind=id, reason=UnknownReason.MISSING) for id in absent]
    dossier = Dossier(as_of=day, evidence=items.values(), absent=stated, **subjects)
    engine.check(dossier)
    selection = {kind.id: _selected(kind, items.get(kind.id), dossier, reader) for kind in engine.kinds}
    outcomes = {fact.id: DerivedResult(UNKNOWN) for stage in engine.stages for _, fact in stage.derived}
    outcomes |= _computed(engine, dossier, selection, reader.computed) | given
    known = {ref.source for name, ref in reader.columns.read.items() if name in reader.row}
    constants, unread = _named(reader, CONSTANTS), {*reader.wrong, *_named(reader, UNREAD)}
    origin = RowOrigin(
        given=tuple(given),
        unchecked=tuple(k.id for k in engine.kinds if k.id in items and k.id in known and not reader.dates(k)),
        constants=constants,
        assumed=_named(reader, ASSUMED),
        absent={id: f"{id}__{ABSENT}" in constants for id in absent},
        unread=frozenset(ref.id for name, ref in reader.columns.read.items() if name in unread),
        errors=_errors(reader, {**subjects, **{id: item.facts for id, item in items.items()}}, day),
    )
    return engine.evaluate_selected(dossier, selection, outcomes, origin)


def _named(reader: RowParser, column: str) -> dict[str, Localized]:
    """The columns that a cell names, with their labels."""
    cell = reader.row.get(column)
    return {name: reader.columns.label(name) for name in cell.split(", ")} if isinstance(cell, str) and cell else {}


def _errors(reader: RowParser, holders: Mapping[str, Any], day: date) -> dict[str, tuple[str, ...]]:
    """What is wrong with the columns that each rule reads, as ``assess_frame`` says it."""
    wrong = {**reader.wrong, **dict(_implausible(holders, day))}
    found: dict[str, tuple[str, ...]] = {}
    for rule in (rule for barrier in reader.resolved.barriers for rule in barrier.rules) if wrong else ():
        names = [column_of(ref) for ref in rule.definition.facts]
        names += [name for fact in names if fact in reader.computed for name in inputs_of(reader.computed[fact])]
        found[rule.id] = tuple(wrong[name] for name in dict.fromkeys(names) if name in wrong)
    return found


def _implausible(holders: Mapping[str, Any], day: date) -> Iterator[tuple[str, str]]:
    """What is wrong with the columns that hold impossible dates."""
    for source, holder in holders.items():
        for found in implausible(holder, day):
            name = f"{source}__{found.field.name}"
            yield name, invalid_value_text(name, found.field)


def _cells(row: Any) -> dict[str, Any]:
    """The cells of a row by column, from whatever an engine gives for a row."""
    for method in ("asDict", "to_dict", "_asdict"):
        if hasattr(row, method):
            row = getattr(row, method)()
            break
    if not isinstance(row, Mapping):
        got = type(row).__name__
        raise InputError.one("row", f"expected the cells of a row by the names of their columns; got {got}")
    return {name: cell for name, cell in row.items() if isinstance(name, str)}


def _selected(kind: EvidenceKind, item: Evidence | None, dossier: Dossier, reader: RowParser) -> SelectedEvidence:
    """What counts for a kind: the item of the row, if its dates allow that."""
    if item is None:
        return SelectedEvidence(kind, kind.blank)
    if f"{kind.id}__issued_on" in reader.dates(kind):
        # the row holds one item, whatever its key
        alone = select(dossier, [attrs.evolve(kind, one_per=None)])[kind.id]
        return attrs.evolve(alone, kind=kind)
    if item.valid_until is not None and item.valid_until < dossier.as_of:
        return SelectedEvidence(kind, kind.blank, (item,), UnknownReason.EXPIRED)
    item = item.as_read(dossier.as_of)
    # it has no date, so derived facts get no Item for it
    return SelectedEvidence(kind, item.facts, (item,), keys=(SelectedEvidence(kind, kind.blank),))


def _computed(
    engine: Engine, dossier: Dossier, selection: Mapping[str, SelectedEvidence], computed: Mapping[str, Derived]
) -> dict[str, DerivedResult]:
    """The derived facts that are computed from the row, by id."""
    wanted = {derived.id for derived in computed.values()}
    pairs = [pair for stage in engine.stages for pair in stage.derived if pair[1].id in wanted]
    seen = attrs.evolve(dossier, provider=without_identifiers(dossier.provider))
    return derive(pairs, seen, selection, engine.bind_parameters(dossier.as_of)[0])
