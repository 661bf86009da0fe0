"""Map the Handelsregister's names of a legal form (rechtsvorm) to the forms that rules distinguish."""

import unicodedata

from barriermodel.plugin import UNKNOWN, Fact, LegalForm

_STARTS: tuple[tuple[str, LegalForm], ...] = (
    ("beslotenvennootschap", LegalForm.BV),
    ("naamlozevennootschap", LegalForm.NV),
    ("eenmanszaak", LegalForm.EENMANSZAAK),
    ("vennootschaponderfirma", LegalForm.VOF),
    ("commanditairevennootschap", LegalForm.CV),
    ("stichting", LegalForm.STICHTING),
    ("verenigingvaneigenaars", LegalForm.VVE),
    ("vereniging", LegalForm.VERENIGING),
    ("cooperatie", LegalForm.COOPERATIE),
    ("onderlingewaarborg", LegalForm.OWM),
    ("kerkgenootschap", LegalForm.KERKGENOOTSCHAP),
    ("publiekrechtelijk", LegalForm.PUBLIEKRECHTELIJK),
    ("buitenlandse", LegalForm.BUITENLANDS),
    ("overigebuitenlandse", LegalForm.BUITENLANDS),
    ("kapitaalvennootschap", LegalForm.BUITENLANDS),
    ("overigeprivaatrechtelijke", LegalForm.OVERIG),
    ("rederij", LegalForm.OVERIG),
    ("europeeseconomischsamenwerkingsverband", LegalForm.OVERIG),
    ("europesenaamlozevennootschap", LegalForm.OVERIG),
)
"""How KvK's names begin; the first match wins. There are several kinds of BV, and a coöperatie U.A."""
_WHOLE: dict[str, LegalForm] = {
    "bv": LegalForm.BV,
    "nv": LegalForm.NV,
    "vof": LegalForm.VOF,
    "cv": LegalForm.CV,
    "vve": LegalForm.VVE,
    "owm": LegalForm.OWM,
    "maatschap": LegalForm.MAATSCHAP,
    "overig": LegalForm.OVERIG,
}
_NOT_YET = "inoprichting"
"""A company in formation is treated differently by the law, so its form stays unknown."""


def _letters(words: str) -> str:
    """Write ``Coöperatie U.A.`` as ``cooperatieua``, since KvK varies spaces, accents and capitals."""
    decomposed = unicodedata.normalize("NFKD", words).casefold()
    return "".join(letter for letter in decomposed if "a" <= letter <= "z")


def legal_form_of(words: str) -> Fact[LegalForm]:
    """Return the form that a name in the register stands for; UNKNOWN if it is not recognised."""
    letters = _letters(words)
    if _NOT_YET in letters:
        return UNKNOWN
    if letters in _WHOLE:
        return _WHOLE[letters]
    return next((form for start, form in _STARTS if letters.startswith(start)), UNKNOWN)
