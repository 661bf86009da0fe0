"""Recognise the lots that a field of a notice names: one, or several if each of them is a lot of that notice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

import attrs

_WORDS: Final = (
    "lot lots lotnr lotnummer perceel percelen los lose lote lotes lotto lotti part parts partie parties część nr no "
    "number nummer en and et und y e i og och"
)
"""Words next to the number of a lot, or between two numbers."""
_IGNORED: Final = frozenset(_WORDS.split())
_GLUED = re.compile(r"n[°º]|\b(?:lot|lotnr|perceel|los|nr)(?=[0-9])")
_RANGE = re.compile(r"\b([0-9]{1,3})\s*(?:-|–|t/m|tot en met|to|bis)\s*([0-9]{1,3})\b")
_WORD = re.compile(r"[^\s,;/+&()]+")


@attrs.frozen
class Lots:
    """The lots that a notice describes."""

    known: tuple[str, ...]
    _by_key: dict[str, str]

    @classmethod
    def of(cls, known: Iterable[str]) -> Lots:
        """Make the lots with these names; "Lot" and zeros in front of a number make no difference."""
        names = tuple(dict.fromkeys(known))
        keys = [_key(name) for name in names]
        count = Counter(keys)
        return cls(names, {key: name for key, name in zip(keys, names, strict=True) if count[key] == 1})

    def named_in(self, written: str) -> tuple[str, ...]:
        """Return the lots in a field; the field itself if any part of it is not a lot of this notice.

        >>> Lots.of(["1", "2", "3"]).named_in("Lot 1, 3")
        ('1', '3')
        >>> Lots.of(["1", "2"]).named_in("1, 3")
        ('1, 3',)
        """
        if written in self.known:
            return (written,)
        keys = self._keys(written)
        for names in ([" ".join(keys)], keys, self._keys(_RANGE.sub(_spread, written.casefold()))):
            lots = [self._by_key.get(name) for name in names]
            if lots and None not in lots:
                return tuple(dict.fromkeys(lot for lot in lots if lot is not None))
        return (written,)

    def _keys(self, written: str) -> list[str]:
        """Split a field into words, without those that only connect lots."""
        return [word for word in _words(written) if word in self._by_key or word not in _IGNORED]


def _key(name: str) -> str:
    words = _words(name)
    return " ".join([word for word in words if word not in _IGNORED] or words)


def _words(written: str) -> list[str]:
    found = [word.strip(".:-–") for word in _WORD.findall(_GLUED.sub(" ", written.casefold()))]
    return [word.lstrip("0") or "0" for word in found if word]


def _spread(ends: re.Match[str]) -> str:
    low, high = int(ends[1]), int(ends[2])
    return " ".join(map(str, range(low, high + 1))) if low < high else ends[0]
