"""From what notices say to providers and awards: written once, whatever the format."""

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
    """A fact of an award that stays unknown: the fact, a key of ``UNKNOWN_BECAUSE``, and what the notice says."""

    fact: str
    reason: str
    detail: str = ""

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class ImportedAward:
    """One supplier of one lot, as a dossier holds it, with all that a dossier has no place for.

    Args:
        notice: the notice.
        row: what it says of this supplier and lot.
        unknown: why facts of the award are unknown.
        spellings: every spelling of the name in all that was read; the first, of the first lot, is the provider's name.
        stated: facts of the award that are not the notice's, but of whoever imports.

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
        """The same, with these facts of the award where the notice left them unknown."""
        award: Any = self.award
        new = {fact: value for fact, value in facts.items() if getattr(award, fact) is UNKNOWN}
        unknown = tuple(field for field in self.unknown if field.fact not in new)
        return attrs.evolve(self, award=attrs.evolve(award, **new), unknown=unknown, stated=tuple(new))

    def dossier(self, as_of: date) -> Dossier:
        """The skeleton of a dossier: a provider and an award, without evidence."""
        return Dossier(as_of=as_of, provider=self.provider, award=self.award)


@attrs.frozen(kw_only=True)
class Import:
    """What some notices gave: nothing of them is in neither list.

    Args:
        awards: one for each supplier of each lot, in the order of the notices. What a provider and its file are
            called does not depend on that order.
        left_out: what became no dossier, and why.
        notices: how many notices (or contracting processes) were read.

    """

    awards: tuple[ImportedAward, ...]
    left_out: tuple[LeftOut, ...]
    notices: int

    __repr__ = brief_repr

    def with_stated(self, **facts: Any) -> Import:
        """The same, with what whoever imports knows of all these awards: ``stating(act=Act.WMO)``.

        It fills in only what the notices leave unknown, and goes before nothing that they say.
        """
        return attrs.evolve(self, awards=tuple(one.with_stated(facts) for one in self.awards))

    @property
    def providers(self) -> tuple[Provider, ...]:
        """The providers; those without a shared number are apart, also where they have one name."""
        return tuple({id(one.provider): one.provider for one in self.awards}.values())


def assemble(contents: Iterable[Notice]) -> Import:
    """Providers and awards from what notices say."""
    read, left_out = _without_repeats(contents)
    left_out += [item for content in read for item in content.left_out]
    kept: list[tuple[Notice, AwardRow]] = []
    for content in read:
        seen: set[AwardRow] = set()
        for row in content.rows:
            reason = "named_twice" if row in seen else _why_unnamed(row)
            seen.add(row)
            if reason:
                left_out.append(
                    LeftOut(where=content.where, reason=reason, notice=content.number, lot=row.lot, detail=row.item)
                )
            else:
                kept.append((content, row))
    return Import(awards=_with_providers(kept), left_out=tuple(left_out), notices=len(read))


def position(content: Notice, row: AwardRow) -> tuple[str, ...]:
    """Where a supplier stands among all, whatever the order in which files and parts of a notice are read."""
    rest = repr(attrs.astuple(row))  # all of it, as its own repr is not
    return content.number, sorted_words(row.lot), sorted_words(row.item), name_of(row.supplier), content.where, rest


def sorted_words(words: str) -> str:
    """Words by which lot 2 stands before lot 10."""
    return re.sub("[0-9]+", lambda digits: digits[0].zfill(12), words)


def _why_unnamed(row: AwardRow) -> str:
    name = name_of(row.supplier)
    return "no_name" if not name else "withheld" if name == WITHHELD else ""


def _without_repeats(contents: Iterable[Notice]) -> tuple[list[Notice], list[LeftOut]]:
    found: dict[Notice, Notice] = {}
    kept: list[Notice] = []
    again: list[LeftOut] = []
    for content in contents:
        unplaced = tuple(attrs.evolve(item, where="") for item in content.left_out)
        first = found.setdefault(attrs.evolve(content, where="", left_out=unplaced), content)
        if first is content or not content.number:
            kept.append(content)
        else:
            again.append(LeftOut(where=content.where, reason="same_notice", notice=content.number, detail=first.where))
    return kept, again


def _with_providers(kept: Sequence[tuple[Notice, AwardRow]]) -> tuple[ImportedAward, ...]:
    told = [numbers_of(row.supplier) for _, row in kept]
    names = [name_of(row.supplier) for _, row in kept]
    first = group_same(
        [numbers for numbers, _ in told],
        [(content.where, content.number, row.supplier.id) if row.supplier.id else None for content, row in kept],
    )
    members: defaultdict[int, list[int]] = defaultdict(list)
    for place in sorted(range(len(kept)), key=lambda place: position(*kept[place])):
        members[first[place]].append(place)
    providers = {start: _provider(names[places[0]], [told[p][0] for p in places]) for start, places in members.items()}
    spellings = {start: tuple(dict.fromkeys(names[p] for p in places)) for start, places in members.items()}
    companies = Counter(name for known in spellings.values() for name in {one.casefold() for one in known})
    known = (identifier for provider in providers.values() for identifier in provider.identifiers)
    holders = Counter(identifier for identifier in known if identifier.scheme in SAME_COMPANY)
    shared = _shared_amounts(kept)
    procedures = {id(one): _procedure(one) for one in {id(content): content for content, _ in kept}.values()}
    imported: list[ImportedAward] = []
    for place, (content, row) in enumerate(kept):
        provider, (own, notes) = providers[first[place]], told[place]
        award, gaps = _award(content, row, procedures[id(content)], is_shared=place in shared)
        notes += tuple(Note("number_of_several", str(one)) for one in own if holders[one] > 1)
        notes += tuple(_notes(row, own, provider, is_name_of_others=companies[names[place].casefold()] > 1))
        imported.append(
            ImportedAward(
                notice=content, row=row, award=award, provider=provider, unknown=gaps, notes=notes,
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
    """Places of the rows whose amount stands with another supplier of the same lot too."""
    found: defaultdict[tuple[str, str, str, object], list[int]] = defaultdict(list)
    for place, (content, row) in enumerate(kept):
        amount, _ = money_of(row.value)
        if amount is not UNKNOWN:
            found[content.where, content.number, row.lot, amount].append(place)
    return {place for places in found.values() if len(places) > 1 for place in places}


def _award(
    content: Notice, row: AwardRow, procedure: tuple[Fact[Procedure], str], *, is_shared: bool
) -> tuple[Award, tuple[UnknownField, ...]]:
    amount = f"{row.value.text} {row.value.currency}".strip()
    title = " / ".join(dict.fromkeys(part for part in (content.title, row.lot_title) if part))
    value, no_value = (UNKNOWN, "shared") if is_shared else money_of(row.value)
    facts: dict[str, tuple[Any, str, str]] = {
        "authority": (", ".join(content.authorities) or UNKNOWN, "not_stated", ""),
        "title": (title or UNKNOWN, "not_stated", ""),
        "act": (UNKNOWN, "never_told", ""),
        "procedure": (*procedure, content.procedure_code),
        "services": (row.services or UNKNOWN, "not_stated", ""),
        "municipalities": (UNKNOWN, "never_told", ""),
        "awarded_on": (*first_day(row.awarded_on), ", ".join(row.awarded_on)),
        "starts_on": (*day_of(row.starts_on), row.starts_on),
        "ends_on": (*day_of(row.ends_on), row.ends_on),
        "value": (value, no_value, amount),
    }
    id = "/".join(part for part in (content.number, row.lot or row.item) if part) or UNKNOWN
    award = Award(id=id, **{fact: found for fact, (found, _, _) in facts.items()})
    return award, tuple(UnknownField(fact, why, said) for fact, (found, why, said) in facts.items() if found is UNKNOWN)


def _procedure(content: Notice) -> tuple[Fact[Procedure], str]:
    """The procedure that the code tells, unless the words of the notice contradict it."""
    if content.procedure is None:
        return UNKNOWN, "code_does_not_tell" if content.procedure_code else "not_stated"
    return (UNKNOWN, "contradicted") if _OPEN_HOUSE.search(content.words) else (content.procedure, "")
