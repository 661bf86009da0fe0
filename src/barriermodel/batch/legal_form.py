"""The legal form that a name tells: an assumption, made only where the map asks for it."""

from __future__ import annotations

import re

from barriermodel import LegalForm
from barriermodel.analysis.text import fold

_FORMS = {
    "bv": LegalForm.BV, "nv": LegalForm.NV, "vof": LegalForm.VOF, "cv": LegalForm.CV, "stichting": LegalForm.STICHTING,
    "vereniging": LegalForm.VERENIGING, "cooperatie": LegalForm.COOPERATIE, "cooperatieve": LegalForm.COOPERATIE,
    "maatschap": LegalForm.MAATSCHAP, "eenmanszaak": LegalForm.EENMANSZAAK,
}  # fmt: skip
_LIABLE = ("U.A.", "B.A.", "W.A.")
"""What stands after the name of a coöperatie."""
_ONLY_AFTER_NAME = {"nv", "cv"}
"""What is no form at the beginning of a name: ``C.V. de Boer`` has initials, ``CV Coaching`` does otherwise."""
_OWNERS_ASSOCIATION = re.compile("vereniging van eigena(ars|ren)", re.IGNORECASE)
_AMBIGUOUS = {"io", "inoprichting", "h/o", "tho", "thodn", "thodn."}
"""Words by which a name tells more than one: in formation, or trading as another."""


def legal_form_in_name(name: str) -> str | None:
    """The legal form in a name, as files call it: ``Stichting X``, ``X B.V.``; None where it tells none, or several.

    A form stands at the beginning or the end of a name, and no other form anywhere in it.
    """
    words = name.replace(",", " ").split()
    if not words or any(fold(word) in _AMBIGUOUS for word in words):
        return None
    found = [_FORMS.get(fold(word)) for word in words]
    if words[-1].upper() in _LIABLE:
        found[-1] = LegalForm.COOPERATIE
    if fold(words[0]) in _ONLY_AFTER_NAME:
        found[0] = None
    forms = {form for form in found if form is not None}
    if _OWNERS_ASSOCIATION.match(name.strip()) and forms == {LegalForm.VERENIGING}:
        return LegalForm.VVE.value
    if LegalForm.COOPERATIE in forms:
        forms.discard(LegalForm.VERENIGING)  # it is one
    if len(forms) != 1 or not {found[0], found[-1]} & forms:
        return None
    return forms.pop().value
