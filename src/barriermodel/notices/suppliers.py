"""Identify suppliers: recognise their registration numbers, and find those that are one company."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Final

import attrs

from barriermodel import Identifier
from barriermodel.analysis.facts import why_invalid
from barriermodel.analysis.objects import brief_repr
from barriermodel.plugin import is_rsin

from .notice import Number, Supplier

_SCHEMES: Final = {"NL-KVK": "NL-KVK", "NL-RSIN": "NL-RSIN", "LEI": "LEI", "XI-LEI": "LEI"}
"""Registers that a notice can name (org-id.guide calls the LEI ``XI-LEI``)."""
SAME_COMPANY: Final = ("NL-KVK", "NL-RSIN", "LEI")
"""Registers in which a number belongs to one company. VAT is not among them: a fiscale eenheid shares a number."""
_KVK_WORDS = re.compile(r"(?i)(kvk|k\.v\.k\.|handelsregister)[ -]?(nummer|nr\.?)?[ :]*")
_NAMELESS: Final = {"", "-", "n.v.t.", "nvt", "n/a", "na", "onbekend", "unknown", "geen"}


@attrs.frozen
class Note:
    """Something worth knowing about a supplier: its key, and the notice's own words if they add to it."""

    code: str
    detail: str = ""

    __repr__ = brief_repr


def name_of(supplier: Supplier) -> str:
    """Return the name; empty if the field holds a placeholder."""
    return "" if supplier.name.casefold() in _NAMELESS else supplier.name


def numbers_of(supplier: Supplier) -> tuple[tuple[Identifier, ...], tuple[Note, ...]]:
    """Return the numbers of a supplier that are recognised for certain, and notes on all of them."""
    found: list[Identifier] = []
    notes: list[Note] = []
    for number in supplier.numbers:
        identifier, note = _recognise(number, supplier)
        if identifier is not None and identifier not in found:
            found.append(identifier)
        if note is not None:
            notes.append(note)
    twice = {scheme for scheme, count in Counter(i.scheme for i in found).items() if count > 1}
    if twice:
        notes += [Note("numbers_clash", str(i)) for i in found if i.scheme in twice]
    return tuple(i for i in found if i.scheme not in twice), tuple(notes)


def _recognise(number: Number, supplier: Supplier) -> tuple[Identifier | None, Note | None]:
    raw = number.text
    bare = _KVK_WORDS.sub("", raw, count=1) if _KVK_WORDS.match(raw) else raw
    written = re.sub(r"[ .]", "", bare).upper()
    scheme = _scheme(written, number.scheme, named_kvk=bare != raw)
    if supplier.natural and scheme != "NL-KVK":
        return None, Note("may_be_personal")  # without the number itself
    if scheme is None:
        abroad = number.scheme or supplier.country not in ("", "NL")
        return None, Note("foreign_number" if abroad else "number_not_sure", f"{number.scheme} {raw}".strip())
    if scheme in ("NL-KVK", "NL-RSIN") and not number.scheme and bare == raw and supplier.country != "NL":
        return None, Note("foreign_number" if supplier.country else "country_not_stated", raw)
    if scheme == "NL-RSIN" and number.scheme != "NL-RSIN":
        return Identifier(scheme, written), Note("rsin", raw)
    return Identifier(scheme, written), (Note("tidied", raw) if written != raw else None)


def _scheme(written: str, named: str, *, named_kvk: bool) -> str | None:
    """Return the register of a number, if its form leaves no doubt."""
    stated = _SCHEMES.get(named)
    if named and stated is None:
        return None
    if is_rsin(written) and stated in (None, "NL-KVK", "NL-RSIN"):
        return "NL-RSIN"
    for scheme in [stated] if stated else ["NL-KVK"] if named_kvk else ["NL-KVK", "LEI", "VAT"]:
        if why_invalid(scheme, written) is None:
            return scheme
    return None


def group_same(numbers: Sequence[tuple[Identifier, ...]], keys: Sequence[object] = ()) -> list[int]:
    """Return for each supplier the index of the first one that is the same company, possibly its own.

    Suppliers that share a KvK number, RSIN or LEI are one company, also via a third one. If together they would have
    two numbers of one of these registers, it is unclear who is who: then only those with the same numbers are joined.
    The order of the suppliers makes no difference to which are joined.

    Args:
        numbers: the numbers of each supplier.
        keys: another key by which each supplier is the same company; None if there is none.

    """
    held = [frozenset(i for i in own if i.scheme in SAME_COMPANY) for own in numbers]
    signs = [{*own, *({key} - {None})} for own, key in zip_longest(held, keys)]
    first = _connected(signs)
    together: defaultdict[int, set[Identifier]] = defaultdict(set)
    for place, start in enumerate(first):
        together[start] |= held[place]
    unclear = {start for start, known in together.items() if len({i.scheme for i in known}) < len(known)}
    return _connected([{held[at]} if held[at] and first[at] in unclear else own for at, own in enumerate(signs)])


def _connected(signs: Sequence[Iterable[object]]) -> list[int]:
    """Return for each index the first one with which it shares a sign, directly or via others (union-find)."""
    parent = list(range(len(signs)))
    seen: dict[object, int] = {}

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for place, own in enumerate(signs):
        for sign in own:
            low, high = sorted((root(place), root(seen.setdefault(sign, place))))
            parent[high] = low
    return [root(place) for place in range(len(signs))]
