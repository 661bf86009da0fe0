"""Identifiers are kept as registers write them, and checked."""

from __future__ import annotations

from typing import Any

import pytest

from barriermodel.domain.identifiers import SCHEMES, why_invalid
from barriermodel.plugin import Identifier, LegalForm, is_rsin

VALID = {
    "NL-KVK": ["01234567", "00000000", "12345678"],
    "NL-VESTIGING": ["000012345678"],
    "NL-RSIN": ["123456782", "004495445"],
    "NL-AGB": ["01234567"],
    "NL-URA": ["00001234"],
    "LEI": ["213800KUD8LAJWSQ9D15", "5493001KJTIIGC8Y1R12"],
    "VAT": ["NL004495445B01", "DE136695976", "BE0428759497"],
}
INVALID = {
    "NL-KVK": [
        "1234567",
        "123456789",
        "1234567a",
        "12 345678",
        " 12345678",
        "12345678\n",
        "٠١٢٣٤٥٦٧",
        "１２３４５６７８",
        "",
        "-1234567",
    ],
    "NL-VESTIGING": ["12345678", "00001234567a", "000012345678\n"],
    "NL-RSIN": ["123456789", "12345678", "1234.56.782", "123456782\n", "000000000", "١٢٣٤٥٦٧٨٢"],
    "NL-AGB": ["1234567", "0123456x"],
    "NL-URA": ["1234"],
    "LEI": ["213800KUD8LAJWSQ9D16", "213800kud8lajwsq9d15", "213800KUD8LAJWSQ9D1", "213800KUD8LAJWSQ9D15\n"],
    "VAT": [
        "NL004495445B02X",
        "DE136695977",
        "nl004495445b01",
        "NL 004495445B01",
        "004495445B01",
        "NL004495445B01\n",
        "XX123456789",
    ],
}


def test_every_scheme_is_tried() -> None:
    assert set(VALID) == set(INVALID) == set(SCHEMES)


@pytest.mark.parametrize(("scheme", "value"), [(s, v) for s, values in VALID.items() for v in values])
def test_a_valid_number_is_kept_as_it_is_written(scheme: str, value: str) -> None:
    identifier = Identifier(scheme, value)

    assert (identifier.scheme, identifier.value) == (scheme, value)
    assert str(identifier) == f"{scheme} {value}"


@pytest.mark.parametrize(("scheme", "value"), [(s, v) for s, values in INVALID.items() for v in values])
def test_an_invalid_number_says_what_was_expected(scheme: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"is not a valid {scheme} number: expected"):
        Identifier(scheme, value)


def test_a_kvk_number_that_passes_the_elfproef_is_probably_an_rsin() -> None:
    with pytest.raises(ValueError, match=r"probably an RSIN .*write the scheme NL-RSIN"):
        Identifier("NL-KVK", "123456782")
    with pytest.raises(ValueError, match="not a valid NL-KVK") as caught:
        Identifier("NL-KVK", "123456789")
    assert "RSIN" not in str(caught.value)
    assert (is_rsin("123456782"), is_rsin("123456789"), is_rsin("12345678")) == (True, False, False)


@pytest.mark.parametrize("scheme", ["KVK", "nl-kvk", "", "NL-BSN"])
def test_an_unknown_scheme_names_the_known_ones(scheme: str) -> None:
    with pytest.raises(ValueError, match=r"unknown scheme .*NL-KVK"):
        Identifier(scheme, "01234567")


@pytest.mark.parametrize(("scheme", "value"), [("NL-KVK", 1234567), (None, "01234567"), ("NL-KVK", b"01234567")])
def test_an_identifier_is_two_texts(scheme: Any, value: Any) -> None:
    with pytest.raises(ValueError, match="two texts"):
        Identifier(scheme, value)


def test_the_message_is_short_whatever_was_given() -> None:
    assert len(why_invalid("NL-KVK", "1" * 10_000) or "") < 150


def test_legal_forms_are_those_of_the_handelsregister() -> None:
    values = [form.value for form in LegalForm]

    assert LegalForm("stichting") is LegalForm.STICHTING
    assert len(values) == len(set(values)) == 15
    assert all(value == value.lower() for value in values)
