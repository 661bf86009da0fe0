"""The suppliers of an award in OCDS: what the award and the list of parties say about them, each company once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import attrs

from .notice import Number, Supplier
from .suppliers import group_same, name_of, numbers_of
from .values import WITHHELD, as_list, as_object, objects, text

_NETHERLANDS: Final = ("nl", "nld", "nederland", "netherlands", "the netherlands")
_TENDERNED: Final = "ocds-1l04xe-"
"""The prefix of TenderNed's processes. It writes the KvK number as the id of a party, or its name if it has none."""


@attrs.frozen(kw_only=True)
class NamedSupplier:
    """A supplier as an award names it.

    Args:
        id: empty if it has none.
        others: further names under which the same award lists it.
        notes: keys of ``notices.note`` in the words files.
        other_name: its name in the award, if the list of parties has a different one.

    """

    id: str
    supplier: Supplier
    others: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    other_name: str = ""


class Parties:
    """The organizations that a release lists, by id."""

    def __init__(self, release: dict[str, Any]) -> None:
        self._tenderned = text(release.get("ocid")).startswith(_TENDERNED)
        self._buyer = text(as_object(release.get("buyer")).get("id"))
        self._by_id: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for party in objects(release.get("parties")):
            self._by_id[text(party.get("id"))].append(party)

    def buyers(self) -> list[str]:
        """Return the names of the buyers."""
        known = (party for parties in self._by_id.values() for party in parties)
        return [text(party.get("name")) for party in known if "buyer" in as_list(party.get("roles"))]

    def suppliers(self, references: Sequence[dict[str, Any]]) -> list[NamedSupplier]:
        """Return the suppliers of an award, once each, even if the award lists one again after a new publication.

        Two entries are one supplier if they share an id or a company's number, or a name and no differing numbers.
        """
        named = [self._named(reference) for reference in references]
        first = group_same([numbers_of(one.supplier)[0] for one in named])
        shared = _names_of_one(named)
        known: dict[tuple[str, str], int] = {}
        same: defaultdict[int, list[NamedSupplier]] = defaultdict(list)
        for place, one in enumerate(named):
            start = first[place]
            name = _name(one)
            for key in [("id", one.id), *([("name", name)] if name in shared else [])]:
                start = known.setdefault(key, start) if key[1] else start
            same[start].append(one)
        return [_merge(group) for group in same.values()]

    def _named(self, reference: dict[str, Any]) -> NamedSupplier:
        id, name = text(reference.get("id")), text(reference.get("name"))
        known = self._by_id[id] if id else []
        if len(known) > 1:
            known = [party for party in known if text(party.get("name")) == name] or known
        unclear = any(party != known[0] for party in known)
        party = {**reference, **(known[0] if known and not unclear else {})}
        listed = text(party.get("name"))
        supplier = Supplier(
            name=listed or name or text(as_object(party.get("identifier")).get("legalName")),
            numbers=self._numbers(party, id),
            country=_country(party),
        )
        other = name if listed.casefold() != name.casefold() else ""
        notes = {"party_unclear": unclear, "listed_otherwise": bool(other), "number_of_authority": self._is_buyer(id)}
        return NamedSupplier(
            id=id, supplier=supplier, notes=tuple(note for note, applies in notes.items() if applies), other_name=other
        )

    def _numbers(self, party: dict[str, Any], id: str) -> tuple[Number, ...]:
        identifiers = objects([party.get("identifier"), *as_list(party.get("additionalIdentifiers"))])
        numbers = [Number(text=text(one.get("id")), scheme=text(one.get("scheme"))) for one in identifiers]
        if not any(number.text for number in numbers):
            if id.startswith("NL-KVK-"):
                numbers = [Number(text=id.removeprefix("NL-KVK-"), scheme="NL-KVK")]
            elif self._tenderned and id != text(party.get("name")) and not self._is_buyer(id):
                numbers = [Number(text=id)]
        return tuple(number for number in numbers if number.text)

    def _is_buyer(self, id: str) -> bool:
        """Whether TenderNed gave a supplier the number of the authority by mistake."""
        roles = [role for party in self._by_id.get(id, []) for role in as_list(party.get("roles"))]
        return self._tenderned and bool(id) and (id == self._buyer or "buyer" in roles)


def _country(party: dict[str, Any]) -> str:
    country = text(as_object(party.get("address")).get("countryName"))
    return "NL" if country.casefold() in _NETHERLANDS else country


def _names_of_one(named: Sequence[NamedSupplier]) -> set[str]:
    """Return the names that do not go with two different numbers of one register."""
    found: defaultdict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in named:
        of_name = found[_name(one)]
        for number in one.supplier.numbers:
            of_name[number.scheme].add(number.text)
    return {name for name, schemes in found.items() if all(len(texts) == 1 for texts in schemes.values())}


def _name(one: NamedSupplier) -> str:
    """Return its name in a form to compare; empty if it has none."""
    name = name_of(one.supplier)
    return "" if name == WITHHELD else name.casefold()


def _merge(group: Sequence[NamedSupplier]) -> NamedSupplier:
    """Merge the entries of one company: a real name, and the numbers of all, in whatever order they come."""
    group = sorted(group, key=lambda one: (not _name(one), one.supplier.name, one.id))
    own = group[0]
    numbers = tuple(dict.fromkeys(number for one in (own, *group) for number in one.supplier.numbers))
    others = tuple(one.supplier.name for one in group if one is not own)
    notes = tuple(dict.fromkeys(note for one in group for note in one.notes))
    return attrs.evolve(own, supplier=attrs.evolve(own.supplier, numbers=numbers), others=others, notes=notes)
