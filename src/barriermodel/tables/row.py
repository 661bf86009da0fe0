"""From a row of a table back to a run, which explains itself as that of a dossier does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import attrs

from ..domain.dossier import Dossier
from ..domain.evidence import Absent, Evidence
from ..domain.kinds import EvidenceKind
from ..domain.plausible import implausible
from ..domain.unknown import UNKNOWN, UnknownReason
from ..engine.evaluate import Engine, Evaluation, derive
from ..engine.provenance import FactValue
from ..engine.selection import SelectedEvidence, UnknownFact, select
from ..errors import InputError
from ..objects import brief_repr
from ..rules.derived import Derived, DerivedResult
from ..rules.expression import FactRef
from ..rules.signature import ENTITIES
from ..text import Localized, format_list
from .columns import ABSENT, AS_OF, ASSUMED, CONSTANTS, check_date, column_of, invalid_value_text, profile_columns
from .row_functions import inputs_of, without_identifiers
from .row_parser import RowParser


@attrs.frozen
class RowEvaluation:
    """What the rules find in a row.

    Args:
        given: ids of the derived facts that the row has a column of.
        computed: those that were computed from the row, by the column that it has not.
        unchecked: the kinds of which the row has no date: whether they still count was not looked at.
        wrong: what is wrong with the columns that hold no value of their fact, which is taken as unknown.
        constants: the columns that a map states for all rows of its table.
        assumed: the columns that are an assumption of this row.
        absent: the kinds of which the row says that there is no evidence, and has none.

    """

    run: Evaluation
    given: tuple[str, ...]
    computed: Mapping[str, Derived] = attrs.field(hash=False)
    unchecked: tuple[str, ...]
    wrong: Mapping[str, str] = attrs.field(hash=False)
    constants: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    __repr__ = brief_repr

    def as_told(self, fact: FactValue) -> FactValue:
        """A fact with where it came from: what the row gives was derived from nothing that is known here."""
        given = fact.ref.source == "derived" and fact.ref.name in self.given
        fact = attrs.evolve(fact, evidence=(), inputs=()) if given else fact
        return attrs.evolve(fact, why=self.as_said(fact.why)) if fact.why else fact

    def as_said(self, why: UnknownFact) -> UnknownFact:
        """Why a fact is unknown: who says that there is no evidence, where the row does."""
        if why.absent is None:
            return why
        stated = f"{why.absent.kind}__{ABSENT}" in self.constants
        return attrs.evolve(why, said=_NONE_BY_MAP if stated else _NONE_BY_LIST)

    def remarks(self) -> Iterator[Localized]:
        """What a reader must know of an assessment of a row."""
        yield Localized(
            "De feiten zijn die van een rij in een tabel; het bewijs is daarvoor uitgekozen.",
            "The facts are those of a row in a table; the evidence was selected for it beforehand.",
        )
        plan = self.run.resolved
        columns = profile_columns(plan)
        if self.unchecked:
            nl, en = _listed([plan.kinds[id].title for id in self.unchecked])
            yield Localized(
                f"Niet nagegaan is of dit bewijs nog geldt, want de rij heeft er geen datum van: {nl}.",
                f"Whether this evidence still counts was not checked, for the row has no date of it: {en}.",
            )
        labels = [d.label for d in columns.derived.values() if d.id in self.given]
        if labels:
            nl, en = _listed(labels)
            yield Localized(f"In de tabel gegeven, niet berekend: {nl}.", f"Given in the table, not computed: {en}.")
        if self.constants:
            nl, en = _listed([columns.label(name) for name in self.constants])
            yield Localized(
                f"Niet uit de tabel maar uit de map, voor alle rijen gelijk: {nl}.",
                f"Not from the table but from the map, the same for all rows: {en}.",
            )
        if self.assumed:
            nl, en = _listed([columns.label(name) for name in self.assumed])
            yield Localized(
                f"Aangenomen, omdat de naam het zegt: {nl}. Kijk het na.",
                f"Assumed, because the name says so: {en}. Check it.",
            )

    def as_data(self) -> dict[str, Any]:
        """What JSON tells of the row; what a map stated or assumed, and what is absent, only where that is so."""
        stated = {"from_map": list(self.constants), "assumed": list(self.assumed), "absent": list(self.absent)}
        told = {"given": list(self.given), "freshness_not_checked": list(self.unchecked)}
        return {**told, **{name: columns for name, columns in stated.items() if columns}}

    def errors(self, facts: Iterable[FactRef]) -> Iterator[str]:
        """What is wrong with the columns of these facts, as ``assess_frame`` says it."""
        names = [column_of(ref) for ref in facts]
        names += [name for fact in names if fact in self.computed for name in inputs_of(self.computed[fact])]
        for name in dict.fromkeys(names):
            if name in self.wrong:
                yield self.wrong[name]


_NONE_BY_LIST = Localized("volgens de lijst is dit bewijs er niet", "the list says that there is no such evidence")
_NONE_BY_MAP = Localized("volgens de map is dit bewijs er niet", "the map says that there is no such evidence")


def _listed(words: list[Localized]) -> tuple[str, str]:
    return format_list([one["nl"] for one in words], "nl"), format_list([one["en"] for one in words], "en")


def evaluate_row(engine: Engine, row: Any, as_of: date | None) -> RowEvaluation:
    """What the rules find in a row.

    Raises:
        InputError: a column is unknown or of a wrong type, there is no date, or the profile may not be used for it.

    """
    check_date(as_of)
    reader = RowParser(engine.plan, _cells(row))
    day = as_of or reader.day(AS_OF)
    subjects: dict[str, Any] = {source: holder(**reader.facts(source, holder)) for source, holder in ENTITIES.items()}
    items = {kind.id: item for kind in engine.kinds if (item := reader.item(kind)) is not None}
    given = reader.derived()
    stated_absent = tuple(id for id in reader.absent() if id not in items)
    reader.check(day)
    assert day is not None  # checked just now
    absent = [Absent(kind=id, reason=UnknownReason.MISSING) for id in stated_absent]
    dossier = Dossier(as_of=day, evidence=items.values(), absent=absent, **subjects)
    engine.check(dossier)
    selection = {kind.id: _selected(kind, items.get(kind.id), dossier, reader) for kind in engine.kinds}
    outcomes = {id: DerivedResult(UNKNOWN) for id in _ids(engine)}
    outcomes |= _computed(engine, dossier, selection, reader.computed) | given
    known = {ref.source for name, ref in reader.columns.read.items() if name in reader.row}
    unchecked = [k.id for k in engine.kinds if k.id in items and k.id in known and not reader.dates(k)]
    run = engine.evaluate_selected(dossier, selection, outcomes)
    holders = {**subjects, **{id: item.facts for id, item in items.items()}}
    wrong = {**reader.wrong, **dict(_implausible(holders, day))}
    constants, assumed = (_named(reader.row.get(column)) for column in (CONSTANTS, ASSUMED))
    return RowEvaluation(run, tuple(given), reader.computed, tuple(unchecked), wrong, constants, assumed, stated_absent)


def _named(cell: Any) -> tuple[str, ...]:
    """The columns that a cell names."""
    return tuple(cell.split(", ")) if isinstance(cell, str) and cell else ()


def _implausible(holders: Mapping[str, Any], day: date) -> Iterator[tuple[str, str]]:
    """What is wrong with the columns of dates that cannot be."""
    for source, holder in holders.items():
        for found in implausible(holder, day):
            name = f"{source}__{found.field.name}"
            yield name, invalid_value_text(name, found.field)


def _cells(row: Any) -> dict[str, Any]:
    """The cells of a row by column, of whatever an engine gives for a row."""
    for method in ("asDict", "to_dict", "_asdict"):
        if hasattr(row, method):
            row = getattr(row, method)()
            break
    if not isinstance(row, Mapping):
        got = type(row).__name__
        raise InputError.one("row", f"expected the cells of a row by the names of their columns; got {got}")
    return {name: cell for name, cell in row.items() if isinstance(name, str)}


def _ids(engine: Engine) -> Iterator[str]:
    return (fact.id for stage in engine.stages for _, fact in stage.derived)


def _selected(kind: EvidenceKind, item: Evidence | None, dossier: Dossier, reader: RowParser) -> SelectedEvidence:
    """What counts of a kind: the item of the row, if it does on its dates."""
    if item is None:
        return SelectedEvidence(kind, kind.blank)
    if f"{kind.id}__issued_on" in reader.dates(kind):
        # the row holds one item, whatever its key
        alone = select(dossier, [attrs.evolve(kind, one_per=None)])[kind.id]
        return attrs.evolve(alone, kind=kind)
    if item.valid_until is not None and item.valid_until < dossier.as_of:
        return SelectedEvidence(kind, kind.blank, (item,), UnknownReason.EXPIRED)
    item = item.as_read(dossier.as_of)
    # no item with a date, through which derived facts could look
    return SelectedEvidence(kind, item.facts, (item,), keys=(SelectedEvidence(kind, kind.blank),))


def _computed(
    engine: Engine, dossier: Dossier, selection: Mapping[str, SelectedEvidence], computed: Mapping[str, Derived]
) -> dict[str, DerivedResult]:
    """The derived facts that are computed from the row, by id."""
    wanted = {derived.id for derived in computed.values()}
    pairs = [pair for stage in engine.stages for pair in stage.derived if pair[1].id in wanted]
    seen = attrs.evolve(dossier, provider=without_identifiers(dossier.provider))
    return derive(pairs, seen, selection, engine.bind_parameters(dossier.as_of)[0])
