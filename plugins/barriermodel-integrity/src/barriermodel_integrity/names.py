"""Names of organisations, so that B.V. and BV, capitals and accents make no difference."""

from __future__ import annotations

import re
import unicodedata

_INITIALS = re.compile(r"\b(?:\w\.)+\w?(?!\w)")
_NO_WORD = re.compile(r"[\W_]+")

LEGAL_FORMS: tuple[tuple[str, ...], ...] = tuple(
    sorted(
        {
            tuple(form.split())
            for form in (
                "bv", "b v", "nv", "n v", "vof", "v o f", "cv", "c v", "ua", "u a", "ba", "b a", "wa", "w a",
                "besloten vennootschap", "besloten vennootschap met beperkte aansprakelijkheid",
                "naamloze vennootschap", "vennootschap onder firma", "commanditaire vennootschap",
                "stichting", "stg", "vereniging", "maatschap", "eenmanszaak", "cooperatie", "cooperatieve vereniging",
                "cooperatieve", "met beperkte aansprakelijkheid",
                "ltd", "limited", "llc", "inc", "gmbh",
            )
        },
        key=lambda form: (-len(form), form),
    )
)  # fmt: skip
"""Legal forms as they stand before or after a name: the Dutch ones and a few foreign ones, the longest first."""


def comparable_name(name: str) -> str:
    """A name in small letters without accents, punctuation and legal forms; never empty where the name is not."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    joined = _INITIALS.sub(lambda found: found.group().replace(".", ""), plain)
    words = tuple(_NO_WORD.sub(" ", joined).split())
    return " ".join(_without_forms(words) or words)


def _without_forms(words: tuple[str, ...]) -> tuple[str, ...]:
    for form in LEGAL_FORMS:
        size = len(form)
        if words[:size] == form:
            return _without_forms(words[size:])
        if words[-size:] == form:
            return _without_forms(words[:-size])
    return words


def name_score(one: str, other: str) -> int:
    """How alike two comparable names are, from 0 to 100; 100 only where they have the same words.

    The order of words makes no difference, and neither do spaces within them.
    """
    from rapidfuzz import fuzz  # only who screens needs it

    if not one or not other:
        return 0
    by_words: float = fuzz.token_sort_ratio(one, other)
    without_spaces: float = fuzz.ratio(one.replace(" ", ""), other.replace(" ", ""))
    return int(max(by_words, without_spaces))
