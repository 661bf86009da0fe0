"""The facts of a certificate of a quality standard."""

from datetime import date
from typing import Annotated

from barriermodel.plugin import UNKNOWN, Fact, NotBefore, Supplier, evidence


@evidence("quality_certificate", one_per="standard", supplier=Supplier.PROVIDER, burden=10, basis="aw_2_96")
class QualityCertificate:
    """A certificate; for each standard the one that was issued last counts.

    It has no ``valid_for``: a certificate is valid for the term printed on it.
    Source: https://qcore.nl/kennisbank/wat-is-de-geldigheidsduur-van-bewijsmiddelen
    """

    standard: Fact[str] = UNKNOWN
    """The standard only, such as ``ISO 9001``; the care that it covers is its scope."""
    scope: Fact[str] = UNKNOWN
    """The care and places that were examined, as printed."""
    issuer: Fact[str] = UNKNOWN
    """The body that issued it."""
    number: Fact[str] = UNKNOWN
    """Its number in the issuer's register."""
    valid_from: Fact[date] = UNKNOWN
    """The first day; of a renewal without a break, the first day of the whole unbroken time."""
    valid_until: Annotated[Fact[date], NotBefore("valid_from")] = UNKNOWN
    """The last day, on which it is still valid."""
