"""Numbers of suppliers: what is sure is taken, the rest is told."""

from __future__ import annotations

import pytest
from stdnum.iso7064 import mod_97_10

from barriermodel import Identifier
from barriermodel.notices.notice import Number, Supplier
from barriermodel.notices.suppliers import group_same, numbers_of

MADE_UP = "000000000000000000"
"""The first 18 signs of a LEI that nobody has."""


def numbers(*texts, **stated):
    return numbers_of(Supplier(name="x", numbers=tuple(Number(text=t) for t in texts), **{"country": "NL", **stated}))


@pytest.mark.parametrize(
    ("written", "taken", "note"),
    [
        ("01234567", ("NL-KVK", "01234567"), None),
        ("0123 4567", ("NL-KVK", "01234567"), "tidied"),
        ("01.23.45.67", ("NL-KVK", "01234567"), "tidied"),
        ("KvK 01234567", ("NL-KVK", "01234567"), "tidied"),
        ("kvk-nummer: 01234567", ("NL-KVK", "01234567"), "tidied"),
        ("KvK nr. 01234567", ("NL-KVK", "01234567"), "tidied"),
        ("123456782", ("NL-RSIN", "123456782"), "rsin"),
        ("NL123456782B01", ("VAT", "NL123456782B01"), None),
        ("123456789", None, "number_not_sure"),
        ("1234567", None, "number_not_sure"),
        ("012345670001", None, "number_not_sure"),
        ("٠١٢٣٤٥٦٧", None, "number_not_sure"),
        ("01234567 en 07654321", None, "number_not_sure"),
        ("KvK", None, "number_not_sure"),
    ],
)
def test_a_dutch_number_is_taken_where_its_form_leaves_no_doubt(written, taken, note):
    found, notes = numbers(written)

    assert found == ((Identifier(*taken),) if taken else ())
    assert [one.code for one in notes] == ([note] if note else [])


def test_a_lei_is_taken_whatever_the_country():
    number = MADE_UP + mod_97_10.calc_check_digits(MADE_UP)

    assert numbers(number, country="DE")[0] == (Identifier("LEI", number),)


def test_two_numbers_of_one_register_are_both_told_and_not_taken():
    found, notes = numbers("01234567", "07654321")

    assert found == ()
    assert [(note.code, note.detail) for note in notes] == [
        ("numbers_clash", "NL-KVK 01234567"),
        ("numbers_clash", "NL-KVK 07654321"),
    ]


def test_one_number_in_two_writings_is_one():
    assert numbers("01234567", "KvK 01234567")[0] == (Identifier("NL-KVK", "01234567"),)


@pytest.mark.parametrize("written", ["123456782", "NL123456782B01", "123456789", "onbekend"])
def test_of_a_natural_person_no_number_but_that_of_the_kvk_is_taken_or_shown(written):
    found, notes = numbers(written, natural=True)

    assert found == ()
    assert [(note.code, note.detail) for note in notes] == [("may_be_personal", "")]


def test_suppliers_are_joined_through_a_third():
    kvk, rsin = Identifier("NL-KVK", "01234567"), Identifier("NL-RSIN", "123456782")

    assert group_same([(kvk,), (rsin,), (kvk, rsin)]) == [0, 0, 0]


def test_a_vat_number_does_not_join():
    vat = Identifier("VAT", "NL123456782B01")

    assert group_same([(vat,), (vat,)]) == [0, 1]


def test_what_would_have_two_kvk_numbers_is_left_apart():
    rsin = Identifier("NL-RSIN", "123456782")

    assert group_same([(Identifier("NL-KVK", "01234567"), rsin), (Identifier("NL-KVK", "07654321"), rsin)]) == [0, 1]
