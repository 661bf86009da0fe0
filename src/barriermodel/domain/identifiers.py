"""Identifiers as (scheme, value), exactly as registers write them: leading zeros kept, nothing normalised."""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

from .values import Unexpected


def _elfproef(value: str) -> bool:
    from stdnum.nl import bsn

    return bool(bsn.is_valid(value))


def _lei(value: str) -> bool:
    from stdnum import lei

    return bool(lei.is_valid(value))


def _vat(value: str) -> bool:
    from stdnum.eu import vat

    return bool(vat.is_valid(value))


@attrs.frozen
class Scheme:
    """The format of one register's numbers, and the check they must pass besides it."""

    pattern: str
    form: str
    passes: Callable[[str], bool] | None = attrs.field(default=None, repr=False)


SCHEMES: dict[str, Scheme] = {
    "NL-KVK": Scheme("[0-9]{8}", "8 digits, leading zeros kept"),
    "NL-VESTIGING": Scheme("[0-9]{12}", "12 digits, leading zeros kept"),
    "NL-RSIN": Scheme("[0-9]{9}", "9 digits that pass the elfproef", _elfproef),
    "NL-AGB": Scheme("[0-9]{8}", "8 digits, leading zeros kept"),
    "NL-URA": Scheme("[0-9]{8}", "8 digits, leading zeros kept"),
    "LEI": Scheme("[A-Z0-9]{18}[0-9]{2}", "20 letters and digits with a valid check number", _lei),
    "VAT": Scheme("[A-Z]{2}[A-Z0-9]{2,12}", "a country code and a valid VAT number", _vat),
}
"""The known schemes. LEI: ISO 17442; RSIN: the elfproef of the Belastingdienst; VAT: VIES."""
_KNOWN = ", ".join(SCHEMES)


def why_invalid(scheme: str, value: str) -> str | None:
    """Say what is wrong with an identifier, or return None if it is valid."""
    known = SCHEMES.get(scheme)
    if known is None:
        return f"unknown scheme {scheme[:40]!r}; known are {_KNOWN}"
    # fullmatch and [0-9]: \d accepts digits of other scripts, and $ a trailing newline
    if re.fullmatch(known.pattern, value) and (known.passes is None or known.passes(value)):
        return None
    wrong = f"{value[:40]!r} is not a valid {scheme} number: expected {known.form}"
    if scheme == "NL-KVK" and is_rsin(value):
        return f"{wrong}; this is probably an RSIN (it passes the elfproef): write the scheme NL-RSIN"
    return wrong


def is_rsin(value: str) -> bool:
    """Return whether a value has nine digits and passes the elfproef, as an RSIN does.

    >>> is_rsin("001234567"), is_rsin("123456782")
    (False, True)

    """
    return re.fullmatch("[0-9]{9}", value) is not None and _elfproef(value)


HOW_TO_IDENTIFY = 'Identifier("NL-KVK", "01234567")'


@attrs.frozen(order=True)
class Identifier:
    """A number in a register.

    Args:
        scheme: the register, such as ``NL-KVK``, ``NL-RSIN``, ``NL-AGB``, ``LEI`` or ``VAT``.
        value: the number as text, with its leading zeros.

    Raises:
        ValueError: the scheme is unknown, or the value is invalid in it.

    >>> print(Identifier("NL-KVK", "01234567"))
    NL-KVK 01234567
    >>> Identifier("NL-KVK", "1234567")
    Traceback (most recent call last):
    barriermodel.domain.values.Unexpected: '1234567' is not a valid NL-KVK number: expected 8 digits, leading zeros kept

    """

    scheme: str
    value: str

    def __attrs_post_init__(self) -> None:
        if type(self.scheme) is not str or type(self.value) is not str:
            raise ValueError(f"an identifier is two texts; got {self.scheme!r}, {self.value!r}")
        wrong = why_invalid(self.scheme, self.value)
        if wrong:
            raise Unexpected(SCHEMES[self.scheme].form if self.scheme in SCHEMES else f"one of {_KNOWN}", wrong)

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"
