"""Legal forms as they stand before or after a name: they say what an organisation is, and not which one."""

from __future__ import annotations

from collections.abc import Iterable

_EITHER_SIDE = (
    "bv", "nv", "vof", "cv", "ua", "ba", "wa", "besloten vennootschap",
    "besloten vennootschap met beperkte aansprakelijkheid", "naamloze vennootschap", "vennootschap onder firma",
    "commanditaire vennootschap", "stichting", "stg", "vereniging", "maatschap", "eenmanszaak", "cooperatie",
    "cooperatieve vereniging", "cooperatieve", "met beperkte aansprakelijkheid",
    "ltd", "limited", "llc", "limited liability company", "inc", "gmbh",
    "ooo", "oao", "zao", "pao", "jsc", "ojsc", "pjsc", "cjsc", "joint stock company", "open joint stock company",
    "public joint stock company", "closed joint stock company", "srl", "societatea cu raspundere limitata",
    "obshchestvo s ogranichennoy otvetstvennostyu", "aktsionernoe obshchestvo", "publichnoe aktsionernoe obshchestvo",
)  # fmt: skip
"""Dutch forms, and foreign ones that are written in front as well."""
_AFTER = (
    "plc", "public limited company", "llp", "lp", "corp", "corporation", "company", "co", "incorporated", "pty",
    "ag", "aktiengesellschaft", "kg", "ohg", "ug", "gmbh co kg", "gesellschaft mit beschrankter haftung", "se", "eg",
    "sa", "sas", "sarl", "sprl", "societe anonyme", "sociedad anonima", "sl", "sau", "spa", "ag co kg",
    "sp z oo", "sp z o o", "spolka z ograniczona odpowiedzialnoscia", "sp j", "spolka akcyjna", "sro", "as", "doo",
    "dooel", "kft", "zrt", "nyrt", "ood", "eood", "ad", "sia", "uab", "ou", "oy", "oyj", "ab", "asa", "aps",
    "lda", "anonim sirketi", "as ve ticaret", "ltd sti", "limited sirketi", "fze", "fzco", "fz llc", "wll", "sal",
    "sdn bhd", "bhd", "pvt", "private limited", "pte", "kk", "sro",
)  # fmt: skip
"""Foreign forms that stand after a name; before it, letters as these are part of a name."""


def _ways_to_write(form: str) -> set[tuple[str, ...]]:
    """The words of a form; one of a few letters is also written with dots or spaces between them (B.V.)."""
    words = tuple(form.split())
    return {words, tuple(form)} if len(words) == 1 and len(form) <= 4 else {words}


def _forms(forms: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(written for form in forms for written in _ways_to_write(form))


LEGAL_FORMS = _forms((*_EITHER_SIDE, *_AFTER))
"""The words of every form, in plain small letters."""
_BEFORE_A_NAME = _forms(_EITHER_SIDE)
_LONGEST = max(map(len, LEGAL_FORMS))


def without_forms(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name without legal forms at either end; as they are where nothing else is left."""
    rest = words
    while True:
        before = next((size for size in _sizes(rest) if rest[:size] in _BEFORE_A_NAME), 0)
        rest = rest[before:]
        after = next((size for size in _sizes(rest) if rest[-size:] in LEGAL_FORMS), 0)
        rest = rest[: len(rest) - after]
        if not before and not after:
            return rest or words


def _sizes(words: tuple[str, ...]) -> range:
    """How many words a form at an end of these may have, the longest first."""
    return range(min(_LONGEST, len(words)), 0, -1)
