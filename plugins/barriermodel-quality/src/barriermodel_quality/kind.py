"""The facts of a certificate of a quality standard."""

from datetime import date
from typing import Annotated

from barriermodel.plugin import UNKNOWN, Fact, Label, NotBefore, Supplier, Text, evidence


@evidence(
    "quality_certificate",
    title=Text(nl="Kwaliteitscertificaat", en="Quality certificate"),
    one_per="standard",
    supplier=Supplier.PROVIDER,
    burden=10,
    question=Text(
        nl="Wilt u een geldig kwaliteitscertificaat sturen, of bewijs dat daaraan gelijkwaardig is?",
        en="Would you send a valid quality certificate, or proof that is equivalent to one?",
    ),
    basis=Text(
        nl="Aanbestedingswet 2012 art. 2.96, als de aanbestedingsstukken om een certificaat vragen",
        en="Aanbestedingswet 2012 art. 2.96, if the tender documents ask for a certificate",
    ),
)
class QualityCertificate:
    """A certificate; for each standard the one that was issued last counts.

    It has no ``valid_for``: a certificate is valid for the term printed on it.
    Source: https://qcore.nl/kennisbank/wat-is-de-geldigheidsduur-van-bewijsmiddelen
    """

    standard: Annotated[Fact[str], Label(nl="norm", en="standard")] = UNKNOWN
    """The standard only, such as ``ISO 9001``; the care that it covers is its scope."""
    scope: Annotated[Fact[str], Label(nl="toepassingsgebied", en="scope")] = UNKNOWN
    """The care and places that were examined, as printed."""
    issuer: Annotated[Fact[str], Label(nl="uitgever", en="issuer")] = UNKNOWN
    """The body that issued it."""
    number: Annotated[Fact[str], Label(nl="certificaatnummer", en="certificate number")] = UNKNOWN
    """Its number in the issuer's register."""
    valid_from: Annotated[Fact[date], Label(nl="geldig vanaf", en="valid from")] = UNKNOWN
    """The first day; of a renewal without a break, the first day of the whole unbroken time."""
    valid_until: Annotated[Fact[date], Label(nl="geldig tot en met", en="valid until"), NotBefore("valid_from")] = (
        UNKNOWN
    )
    """The last day, on which it is still valid."""
