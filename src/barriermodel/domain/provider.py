"""The provider: who is screened."""

from __future__ import annotations

import enum
from collections.abc import Iterable

import attrs

from ..text import Localized, same_in_both
from .arguments import require_instances
from .facts import entity
from .identifiers import HOW_TO_IDENTIFY, Identifier
from .unknown import UNKNOWN, Fact


class LegalForm(enum.Enum):
    """A provider's legal form (rechtsvorm), as the Handelsregister distinguishes them (Handelsregisterbesluit 2008).

    >>> LegalForm("cooperatie").label["en"]
    'coöperatie'

    """

    EENMANSZAAK = "eenmanszaak"
    VOF = "vof"
    MAATSCHAP = "maatschap"
    CV = "cv"
    BV = "bv"
    NV = "nv"
    STICHTING = "stichting"
    VERENIGING = "vereniging"
    VVE = "vve"
    COOPERATIE = "cooperatie"
    OWM = "owm"
    """Onderlinge waarborgmaatschappij."""
    KERKGENOOTSCHAP = "kerkgenootschap"
    PUBLIEKRECHTELIJK = "publiekrechtelijk"
    BUITENLANDS = "buitenlands"
    OVERIG = "overig"

    @property
    def label(self) -> Localized:
        """Its name in a sentence. It is Dutch in both languages, as these are terms of law."""
        return same_in_both(_WRITTEN.get(self, self.value))

    @property
    def also(self) -> tuple[str, ...]:
        """Other unambiguous spellings, apart from capitals and punctuation."""
        return _ALSO.get(self, ())


_WRITTEN = {
    LegalForm.COOPERATIE: "coöperatie",
    LegalForm.VVE: "vereniging van eigenaars",
    LegalForm.OWM: "onderlinge waarborgmaatschappij",
    LegalForm.PUBLIEKRECHTELIJK: "publiekrechtelijke rechtspersoon",
    LegalForm.BUITENLANDS: "buitenlandse rechtsvorm",
    LegalForm.OVERIG: "overige rechtsvorm",
}

_ALSO = {
    LegalForm.VOF: ("vennootschap onder firma",),
    LegalForm.CV: ("commanditaire vennootschap",),
    LegalForm.BV: ("besloten vennootschap", "besloten vennootschap met beperkte aansprakelijkheid"),
    LegalForm.NV: ("naamloze vennootschap",),
    LegalForm.VVE: ("vereniging van eigenaren",),
    LegalForm.COOPERATIE: (
        "coöperatieve vereniging", *(f"{word} {liable}" for word in ("coöperatie", "coöperatieve vereniging")
                                     for liable in ("U.A.", "B.A.", "W.A.")),
    ),
}  # fmt: skip


SOLE_TRADER_FORMS: tuple[LegalForm, ...] = (LegalForm.EENMANSZAAK, LegalForm.VOF, LegalForm.MAATSCHAP)
"""Legal forms in which the owner's pay is part of the profit.

Source: https://pointer.kro-ncrv.nl/hoe-is-de-lijst-van-zorgbedrijven-met-hoge-winst-in-2019-samengesteld
"""


def _identifiers(members: Iterable[Identifier]) -> tuple[Identifier, ...]:
    return require_instances("identifiers", members, Identifier, HOW_TO_IDENTIFY)


@entity()
class Provider:
    """A care provider. Every fact may be unknown.

    Args:
        name: its name.
        identifiers: its numbers in registers, at most one KvK number and one RSIN.
        legal_form: its legal form.

    Raises:
        ValueError: an argument has another type, or there are two KvK numbers or RSINs.

    >>> Provider(name="Voorbeeld B.V.", legal_form="bv").legal_form
    <LegalForm.BV: 'bv'>

    """

    name: Fact[str] = UNKNOWN
    identifiers: tuple[Identifier, ...] = attrs.field(default=(), converter=_identifiers)
    legal_form: Fact[LegalForm] = UNKNOWN

    def __attrs_post_init__(self) -> None:
        for scheme in ("NL-KVK", "NL-RSIN"):
            found = sorted({i.value for i in self.identifiers if i.scheme == scheme})
            if len(found) > 1:
                raise ValueError(f"a provider has one {scheme} number; got {' and '.join(found)}")
