"""Turn notices of any format into providers and awards."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from barriermodel import UNKNOWN, Award, Dossier, Identifier, Procedure, Provider
from barriermodel.analysis.objects import brief_repr
from barriermodel.plugin import Fact

from .notice import AwardRow, Group, LeftOut, Notice
from .suppliers import SAME_COMPANY, Note, group_same, name_of, numbers_of
from .values import WITHHELD, day_of, first_day, money_of

_OPEN_HOUSE = re.compile(r"\bopen[ -]?house\b", re.IGNORECASE)
_GROUP_NOTES = {Group.STATED: "group", Group.DOUBTFUL: "group_doubtful"}


@attrs.frozen
class UnknownField:
    """A fact of an award that stays unknown: its name, the key of the reason, and what the notice says."""

    fact: str
    reason: str
    detail: str = ""

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class ImportedAward:
    """One supplier of one lot: what goes into a dossier, and what has no place in one.

    Args:
        notice: the notice.
        row: what the notice says about this supplier and lot.
        award: the award, for the dossier.
        provider: the supplier, for the dossier.
        unknown: why facts of the award are unknown.
        notes: what a person should know about the supplier.
        spellings: every spelling of the name that was read; the first one, of the first lot, is the provider's name.
        stated: facts of the award that were stated with the import and not by the notice.

    """

    notice: Notice
    row: AwardRow
    award: Award
    provider: Provider
    unknown: tuple[UnknownField, ...]
    notes: tuple[Note, ...]
    spellings: tuple[str, ...]
    stated: tuple[str, ...] = ()

    __repr__ = brief_repr

    def with_stated(self, facts: Mapping[str, Any]) -> ImportedAward:
        """Return a copy with these facts of the award, if the notice left them unknown."""
        award: Any = self.award
        new = {fact: value for fact, value in facts.items() if getattr(award, fact) is UNKNOWN}
        unknown = tuple(field for field in self.unknown if field.fact not in new)
        return attrs.evolve(self, award=attrs.evolve(award, **new), unknown=unknown, stated=tuple(new))

    def dossier(self, as_of: date) -> Dossier:
        """Make the skeleton of a dossier: a provider and an award, without evidence."""
        return Dossier(as_of=as_of, provider=self.provider, award=self.award)


@attrs.frozen(kw_only=True)
class Import:
    """The result of reading notices: everything in them is in one of the two lists.

    Args:
        awards: one for each supplier of each lot, in the order of the notices. The names of providers and files do not
            depend on that order.
        left_out: what did not become a dossier, and why.
        notices: how many notices (or contracting processes) were read.

    """

    awards: tuple[ImportedAward, ...]
    left_out: tuple[LeftOut, ...]
    notices: int

    __repr__ = brief_repr

    def with_stated(self, **facts: Any) -> Import:
        """Return a copy with facts that you know about all these awards filled in: ``with_stated(act=Act.WMO)``.

        Only what the notices leave unknown is filled in.
        """
        return attrs.evolve(self, awards=tuple(one.with_stated(facts) for one in self.awards))

    @property
    def providers(self) -> tuple[Provider, ...]:
        """The providers; without a shared number they stay separate, even under the same name."""
        return tuple({id(one.provider): one.provider for one in self.awards}.values())


def assemble(notices: Iterable[Notice]) -> Import:
    """Make providers and awards out of notices."""
    read, left_out = _without_repeats(notices)
    left_out += [item for notice in read for item in notice.left_out]
    kept: list[tuple[Notice, AwardRow]] = []
    for notice in read:
        seen: set[AwardRow] = set()
        for row in notice.rows:
            reason = "named_twice" if row in seen else _why_unnamed(row)
            seen.add(row)
            if reason:
                left_out.append(
                    LeftOut(where=notice.where, reason=reason, notice=notice.number, lot=row.lot, detail=row.item)
                )
            else:
                kept.append((notice, row))
    return Import(awards=_with_providers(kept), left_out=tuple(left_out), notices=len(read))


def position(notice: Notice, row: AwardRow) -> tuple[str, ...]:
    """Return a sort key for a supplier that does not depend on the order in which files and notices are read."""
    rest = repr(attrs.astuple(row))  # the row's own repr is shortened
    return notice.number, sorted_words(row.lot), sorted_words(row.item), name_of(row.supplier), notice.where, rest


def sorted_words(words: str) -> str:
    """Pad numbers, so that lot 2 sorts before lot 10."""
    return re.sub("[0-9]+", lambda digits: digits[0].zfill(12), words)


def _why_unnamed(row: AwardRow) -> str:
    name = name_of(row.supplier)
    return "no_name" if not name else "withheld" if name == WITHHELD else ""


def _without_repeats(notices: Iterable[Notice]) -> tuple[list[Notice], list[LeftOut]]:
    found: dict[Notice, Notice] = {}
    kept: list[Notice] = []
    again: list[LeftOut] = []
    for notice in notices:
        unplaced = tuple(attrs.evolve(item, where="") for item in notice.left_out)
        first = found.setdefault(attrs.evolve(notice, where="", left_out=unplaced), notice)
        if first is notice or not notice.number:
            kept.append(notice)
        else:
            again.append(LeftOut(where=notice.where, reason="same_notice", notice=notice.number, detail=first.where))
    return kept, again


def _with_providers(kept: Sequence[tuple[Notice, AwardRow]]) -> tuple[ImportedAward, ...]:
    numbers_and_notes = [numbers_of(row.supplier) for _, row in kept]
    names = [name_of(row.supplier) for _, row in kept]
    first = group_same(
        [numbers for numbers, _ in numbers_and_notes],
        [(notice.where, notice.number, row.supplier.id) if row.supplier.id else None for notice, row in kept],
    )
    members: defaultdict[int, list[int]] = defaultdict(list)
    for place in sorted(range(len(kept)), key=lambda place: position(*kept[place])):
        members[first[place]].append(place)
    providers = {
        start: _provider(names[places[0]], [numbers_and_notes[p][0] for p in places])
        for start, places in members.items()
    }
    spellings = {start: tuple(dict.fromkeys(names[p] for p in places)) for start, places in members.items()}
    companies = Counter(name for known in spellings.values() for name in {one.casefold() for one in known})
    known = (identifier for provider in providers.values() for identifier in provider.identifiers)
    holders = Counter(identifier for identifier in known if identifier.scheme in SAME_COMPANY)
    shared = _shared_amounts(kept)
    procedures = {id(one): _procedure(one) for one in {id(notice): notice for notice, _ in kept}.values()}
    imported: list[ImportedAward] = []
    for place, (notice, row) in enumerate(kept):
        provider, (own, notes) = providers[first[place]], numbers_and_notes[place]
        award, unknown = _award(notice, row, procedures[id(notice)], is_shared=place in shared)
        notes += tuple(Note("number_of_several", str(one)) for one in own if holders[one] > 1)
        notes += tuple(_notes(row, own, provider, is_name_of_others=companies[names[place].casefold()] > 1))
        imported.append(
            ImportedAward(
                notice=notice, row=row, award=award, provider=provider, unknown=unknown, notes=notes,
                spellings=spellings[first[place]],
            )
        )  # fmt: skip
    return tuple(imported)


def _notes(row: AwardRow, own: Sequence[Identifier], provider: Provider, *, is_name_of_others: bool) -> Iterator[Note]:
    name = name_of(row.supplier)
    yield from (Note(code) for code in row.notes)
    if not row.supplier.numbers:
        yield Note("no_number", name)
    if row.group in _GROUP_NOTES:
        yield Note(_GROUP_NOTES[row.group])
    if name != provider.name:
        yield Note("spelled_otherwise", name)
    yield from (Note("number_from_another", str(one)) for one in provider.identifiers if one not in own)
    if is_name_of_others:
        yield Note("possibly_same", name)


def _provider(name: str, numbers: Iterable[tuple[Identifier, ...]]) -> Provider:
    known = {identifier for own in numbers for identifier in own}
    return Provider(name=name, identifiers=tuple(sorted(known, key=str)))


def _shared_amounts(kept: Sequence[tuple[Notice, AwardRow]]) -> set[int]:
    """Find the rows whose amount is stated for another supplier of the same lot as well."""
    found: defaultdict[tuple[str, str, str, object], list[int]] = defaultdict(list)
    for place, (notice, row) in enumerate(kept):
        amount, _ = money_of(row.value)
        if amount is not UNKNOWN:
            found[notice.where, notice.number, row.lot, amount].append(place)
    return {place for places in found.values() if len(places) > 1 for place in places}


def _award(
    notice: Notice, row: AwardRow, procedure: tuple[Fact[Procedure], str], *, is_shared: bool
) -> tuple[Award, tuple[UnknownField, ...]]:
    amount = f"{row.value.text} {row.value.currency}".strip()
    title = " / ".join(dict.fromkeys(part for part in (notice.title, row.lot_title) if part))
    value, no_value = (UNKNOWN, "shared") if is_shared else money_of(row.value)
    facts: dict[str, tuple[Any, str, str]] = {
        "authority": (", ".join(notice.authorities) or UNKNOWN, "not_stated", ""),
        "title": (title or UNKNOWN, "not_stated", ""),
        "act": (UNKNOWN, "never_told", ""),
        "procedure": (*procedure, notice.procedure_code),
        "services": (row.services or UNKNOWN, "not_stated", ""),
        "municipalities": (UNKNOWN, "never_told", ""),
        "awarded_on": (*first_day(row.awarded_on), ", ".join(row.awarded_on)),
        "starts_on": (*day_of(row.starts_on), row.starts_on),
        "ends_on": (*day_of(row.ends_on), row.ends_on),
        "value": (value, no_value, amount),
    }
    id = "/".join(part for part in (notice.number, row.lot or row.item) if part) or UNKNOWN
    award = Award(id=id, **{fact: found for fact, (found, _, _) in facts.items()})
    return award, tuple(
        UnknownField(fact, why, detail) for fact, (found, why, detail) in facts.items() if found is UNKNOWN
    )


def _procedure(notice: Notice) -> tuple[Fact[Procedure], str]:
    """Derive the procedure from the code, unless the text of the notice contradicts it."""
    if notice.procedure is None:
        return UNKNOWN, "code_does_not_tell" if notice.procedure_code else "not_stated"
    return (UNKNOWN, "contradicted") if _OPEN_HOUSE.search(notice.words) else (notice.procedure, "")
