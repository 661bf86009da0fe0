"""Recognising words as people write them, and suggesting the known word nearest to an unknown one."""

from __future__ import annotations

import difflib
import enum
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

MIN_SIMILARITY, MIN_PART_SIMILARITY = 0.75, 0.6
"""The least similarity of a word and a suggestion (three letters of four), and of each part of a dotted name."""
MIN_PREFIX_LENGTH = 3
"""A longer word that begins a known one is similar enough; a shorter one could begin anything."""


def fold(word: str) -> str:
    """Remove points, hyphens, spaces, accents and capitals, so that ``B.V.``, ``bv`` and ``b.v. `` become equal.

    A word with digits keeps its punctuation, which can be part of a number.

    >>> fold("Coöperatie U.A.")
    'cooperatieua'

    """
    plain = "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
    plain = plain.strip().casefold()
    return plain if re.search("[0-9]", plain) else re.sub(r"[.\-_'’\s]", "", plain)


def slug(words: str, length: int) -> str:
    """Make a part of a file name of words: small letters and digits with hyphens between them, at most so long.

    >>> slug("Coöperatie ‘Élan’ U.A.", 40)
    'cooperatie-elan-u-a'

    """
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", letters).strip("-")[:length].strip("-")


def folded(words: Mapping[str, Any]) -> dict[str, Any]:
    """Fold the keys of a mapping; leave out keys that become equal but have different values."""
    found: dict[str, set[Any]] = {}
    for word, meaning in words.items():
        found.setdefault(fold(word), set()).add(meaning)
    return {word: meanings.pop() for word, meanings in found.items() if word and len(meanings) == 1}


@cache
def spellings(kind: type[enum.Enum]) -> Mapping[str, str]:
    """Map each folded spelling of an enumeration's members (value, label, others) to the member's value.

    An enumeration may have a property ``also`` with further spellings of a member, as :class:`LegalForm` has.
    """
    found: dict[str, str] = {}
    for member in kind:
        label = getattr(member, "label", None)
        ways = {member.value, *getattr(member, "also", ()), *([label.nl, label.en] if label is not None else [])}
        found |= dict.fromkeys(ways, str(member.value))
    return folded(found) | folded({str(member.value): str(member.value) for member in kind})


def closest(word: str, known: Iterable[str], kind: type[enum.Enum] | None = None) -> str:
    """Return the known word that was probably meant, or ``""`` if none is similar.

    Args:
        word: what was written.
        known: the words it may be.
        kind: the enumeration whose values are known, if they are one: its other spellings count too.

    >>> closest("turnovr", ["profit", "turnover"])
    'turnover'

    """
    words = [*known]
    if len(word) > 100:
        return ""
    ways = {fold(one): one for one in reversed(words)} | (dict(spellings(kind)) if kind is not None else {})
    meant = ways.get(fold(word)) or max(words, key=lambda one: similarity(word, one), default=None)
    near = meant is not None and (fold(word) in ways or similarity(word, meant) >= MIN_SIMILARITY)
    return meant if meant is not None and near else ""


def suggest(word: str, known: Iterable[str], kind: type[enum.Enum] | None = None) -> str:
    """Return ``; did you mean 'turnover'?``, or ``""`` if no known word is similar. See :func:`closest`."""
    hint = did_you_mean(word, known, "", kind)
    return f"; {hint}" if hint else ""


def did_you_mean(word: str, known: Iterable[str], otherwise: str, kind: type[enum.Enum] | None = None) -> str:
    """Return ``did you mean 'turnover'?``, or ``otherwise`` if no known word is similar. See :func:`closest`."""
    near = closest(word, known, kind)
    return f"did you mean {near!r}?" if near else otherwise


def not_found(what: str, name: object, known: Iterable[str]) -> KeyError:
    """Return the error for a name that a program asked for and that does not exist."""
    return KeyError(f"there is no {what} {name!r}{suggest(name, known) if isinstance(name, str) else ''}")


def similarity(word: str, other: str) -> float:
    """Return the similarity of two words, from 0 to 1.

    It is 0 if any part of a dotted name differs too much, however similar the other parts are. A word that is the
    beginning of the other is similar enough.
    """
    a, b = word.casefold(), other.casefold()
    parts, others = re.split(r"__|\.", a), re.split(r"__|\.", b)
    if len(parts) == len(others) and min(map(_ratio, parts, others)) < MIN_PART_SIMILARITY:
        return 0.0
    return max(_ratio(a, b), MIN_SIMILARITY if len(a) > MIN_PREFIX_LENGTH and b.startswith(a) else 0)


def _ratio(word: str, other: str) -> float:
    return difflib.SequenceMatcher(None, word, other).ratio()
