"""Words as people write them: what is certainly one of some words, and what somebody may have meant."""

from __future__ import annotations

import difflib
import enum
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

MIN_SIMILARITY, MIN_PART_SIMILARITY = 0.75, 0.6
"""How much alike a word and a suggestion are at least (of four letters, three), and each part of a name."""
MIN_PREFIX_LENGTH = 3
"""So many letters at the beginning say nothing of the rest."""


def fold(word: str) -> str:
    """A word without points, hyphens, spaces, accents and capitals: ``B.V.``, ``bv`` and ``b.v. `` are one.

    A word with digits keeps its signs, which can be part of a number.
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))
    plain = plain.strip().casefold()
    return plain if re.search("[0-9]", plain) else re.sub(r"[.\-_'’\s]", "", plain)


def folded(words: Mapping[str, Any]) -> dict[str, Any]:
    """The same words folded; those that come to be one, and stand for different things, are left out."""
    found: dict[str, set[Any]] = {}
    for word, meaning in words.items():
        found.setdefault(fold(word), set()).add(meaning)
    return {word: meanings.pop() for word, meanings in found.items() if word and len(meanings) == 1}


@cache
def spellings(kind: type[enum.Enum]) -> Mapping[str, str]:
    """How the words of an enumeration are written, folded, and the word of each: its value, its label, and others.

    An enumeration may have a property ``also`` with further ways to write a member, as :class:`LegalForm` has.
    """
    found: dict[str, str] = {}
    for member in kind:
        label = getattr(member, "label", None)
        ways = {member.value, *getattr(member, "also", ()), *([label.nl, label.en] if label is not None else [])}
        found |= dict.fromkeys(ways, str(member.value))
    return folded(found) | folded({str(member.value): str(member.value) for member in kind})


def closest(word: str, known: Iterable[str], kind: type[enum.Enum] | None = None) -> str:
    """The one of the known words that somebody may have meant; empty where none is near.

    Args:
        kind: the enumeration whose words are known, of which other spellings are known too.

    """
    words = [*known]
    if len(word) > 100:
        return ""
    ways = {fold(one): one for one in reversed(words)} | (dict(spellings(kind)) if kind is not None else {})
    meant = ways.get(fold(word)) or max(words, key=lambda one: similarity(word, one), default=None)
    near = meant is not None and (fold(word) in ways or similarity(word, meant) >= MIN_SIMILARITY)
    return meant if meant is not None and near else ""


def suggest(word: str, known: Iterable[str], kind: type[enum.Enum] | None = None) -> str:
    """``; did you mean 'turnover'?``, or nothing where none of the known words is near. As :func:`closest`."""
    hint = did_you_mean(word, known, "", kind)
    return f"; {hint}" if hint else ""


def did_you_mean(word: str, known: Iterable[str], otherwise: str, kind: type[enum.Enum] | None = None) -> str:
    """``did you mean 'turnover'?``, or what is said where none of the known words is near. As :func:`closest`."""
    near = closest(word, known, kind)
    return f"did you mean {near!r}?" if near else otherwise


def not_found(what: str, name: object, known: Iterable[str]) -> KeyError:
    """The error of a name that a program asks for and that there is not."""
    return KeyError(f"there is no {what} {name!r}{suggest(name, known) if isinstance(name, str) else ''}")


def similarity(word: str, other: str) -> float:
    """How much two words are alike, from 0 to 1; 0 where a part of a name is not, whatever the others are.

    A word that another begins with is near enough.
    """
    a, b = word.casefold(), other.casefold()
    parts, others = re.split(r"__|\.", a), re.split(r"__|\.", b)
    if len(parts) == len(others) and min(map(_ratio, parts, others)) < MIN_PART_SIMILARITY:
        return 0.0
    return max(_ratio(a, b), MIN_SIMILARITY if len(a) > MIN_PREFIX_LENGTH and b.startswith(a) else 0)


def _ratio(word: str, other: str) -> float:
    return difflib.SequenceMatcher(None, word, other).ratio()
