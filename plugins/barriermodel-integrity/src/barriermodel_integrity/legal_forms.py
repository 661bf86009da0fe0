"""Legal forms before or after a name: they say what an organisation is, not which one."""

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
"""Dutch forms, and foreign forms that may also precede a name."""
_AFTER = (
    "plc", "public limited company", "llp", "lp", "corp", "corporation", "company", "co", "incorporated", "pty",
    "ag", "aktiengesellschaft", "kg", "ohg", "ug", "gmbh co kg", "gesellschaft mit beschrankter haftung", "se", "eg",
    "sa", "sas", "sarl", "sprl", "societe anonyme", "sociedad anonima", "sl", "sau", "spa", "ag co kg",
    "sp z oo", "sp z o o", "spolka z ograniczona odpowiedzialnoscia", "sp j", "spolka akcyjna", "sro", "as", "doo",
    "dooel", "kft", "zrt", "nyrt", "ood", "eood", "ad", "sia", "uab", "ou", "oy", "oyj", "ab", "asa", "aps",
    "lda", "anonim sirketi", "as ve ticaret", "ltd sti", "limited sirketi", "fze", "fzco", "fz llc", "wll", "sal",
    "sdn bhd", "bhd", "pvt", "private limited", "pte", "kk", "sro",
)  # fmt: skip
"""Foreign forms that follow a name; in front, such letters are part of the name."""


def _ways_to_write(form: str) -> set[tuple[str, ...]]:
    """Return the spellings of a form; a short one may have dots or spaces between its letters (B.V.)."""
    words = tuple(form.split())
    return {words, tuple(form)} if len(words) == 1 and len(form) <= 4 else {words}


def _forms(forms: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(written for form in forms for written in _ways_to_write(form))


LEGAL_FORMS = _forms((*_EITHER_SIDE, *_AFTER))
"""The words of every form, in plain small letters."""
_BEFORE_A_NAME = _forms(_EITHER_SIDE)
_LONGEST = max(map(len, LEGAL_FORMS))


def without_forms(words: tuple[str, ...]) -> tuple[str, ...]:
    """Remove legal forms from both ends of a name; leave the name as it is if nothing else would remain."""
    rest = words
    while True:
        before = next((size for size in _sizes(rest) if rest[:size] in _BEFORE_A_NAME), 0)
        rest = rest[before:]
        after = next((size for size in _sizes(rest) if rest[-size:] in LEGAL_FORMS), 0)
        rest = rest[: len(rest) - after]
        if not before and not after:
            return rest or words


def _sizes(words: tuple[str, ...]) -> range:
    """Yield how many words at an end of the name may be a form, the most first."""
    return range(min(_LONGEST, len(words)), 0, -1)
