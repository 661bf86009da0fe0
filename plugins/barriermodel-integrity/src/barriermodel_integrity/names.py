"""Compare names, ignoring spelling, capitals, accents, initials, particles and legal forms."""

import re

from .legal_forms import without_forms

_APOSTROPHES = re.compile("['`]")
_INITIALS = re.compile(r"\b(?:[a-z0-9]\.)+[a-z0-9]?(?![a-z0-9])")
_NO_WORD = re.compile("[^a-z0-9]+")
_PARTICLES = {("van", "de"), ("van", "der"), ("van", "den"), ("v", "d")}
"""Two words that may be written as v.d. or v/d, which does not say which of them it stands for."""


def comparable_name(name: str) -> str:
    """Reduce a name to lower-case Latin letters and digits, without legal forms; empty if nothing can be compared.

    Other writing is transliterated, and so are letters that no accent can be taken from (Ł, ø, đ). Letters that stand
    by themselves are joined: A.B., A B and AB are the same.
    """
    from anyascii import anyascii  # only who screens needs it

    plain = _APOSTROPHES.sub("", anyascii(name).casefold())
    joined = _INITIALS.sub(lambda found: found.group().replace(".", ""), plain)
    words = tuple(_NO_WORD.sub(" ", joined).split())
    while (folded := _initials_joined(_particles_folded(without_forms(words)))) != words:
        words = folded
    return " ".join(words)


def _particles_folded(words: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for word in words:
        if found and (found[-1], word) in _PARTICLES:
            found[-1] = "vd"
        else:
            found.append(word)
    return tuple(found)


def _initials_joined(words: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    after_a_letter = False
    for word in words:
        is_letter = len(word) == 1 and word.isalpha()
        if is_letter and after_a_letter:
            found[-1] += word
        else:
            found.append(word)
        after_a_letter = is_letter
    return tuple(found)


def name_score(one: str, other: str) -> int:
    """Score the similarity of two comparable names from 0 to 100; 100 only if they have the same words.

    The order of words makes no difference, and neither do spaces within them.
    """
    from rapidfuzz import fuzz  # only who screens needs it

    if not one or not other:
        return 0
    by_words: float = fuzz.token_sort_ratio(one, other)
    without_spaces: float = fuzz.ratio(one.replace(" ", ""), other.replace(" ", ""))
    return int(max(by_words, without_spaces))
