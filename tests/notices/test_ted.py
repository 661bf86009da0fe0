"""TED_EXPORT: an award notice F21 that was made up, and forms that are none."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from barriermodel import UNKNOWN, DossierError, Identifier, Procedure, euro, read_notice
from barriermodel.notices.told import LEFT_OUT, NOTES, UNKNOWN_BECAUSE

NOTICES = Path(__file__).parents[2] / "docs" / "aankondigingen"
RAW = (NOTICES / "ted-f21.xml").read_bytes()


@pytest.fixture(scope="module")
def read():
    return read_notice(RAW, "ted-f21.xml")


def changed(*pairs):
    raw = RAW.decode()
    for old, new in pairs:
        assert old in raw
        raw = raw.replace(old, new)
    return read_notice(raw.encode(), "changed.xml")


def gap(one, fact):
    return next((found for found in one.gaps if found.fact == fact), None)


def test_there_is_one_award_for_each_supplier_of_each_lot(read):
    assert [(one.row.lot, one.row.supplier.name) for one in read.awards] == [
        ("1", "Stichting Verzinsel"),
        ("1", "Zorgboerderij Nergens B.V."),
        ("1", "Denkbeeldig Begeleiding"),
        ("2", "St. Verzinsel"),
    ]


def test_a_lot_that_was_not_awarded_is_left_out_with_its_code(read):
    assert [(item.reason, item.lot, item.said) for item in read.left_out] == [
        ("not_awarded", "3", "PROCUREMENT_UNSUCCESSFUL")
    ]


def test_what_is_stated_is_taken(read):
    award = read.awards[3].award

    assert award.id == "000001-2023/2"
    assert award.authority == "Gemeente Nergenshuizen"
    assert award.title == "Begeleiding en dagbesteding 2023 / Dagbesteding"
    assert award.services == ("CPV 85000000 Health and social work services",)
    assert award.awarded_on == date(2023, 3, 16)
    assert award.value == euro(480000)
    assert award.procedure is Procedure.SOCIAL_SERVICES


def test_the_period_is_that_of_the_lot(read):
    assert (read.awards[0].award.starts_on, read.awards[0].award.ends_on) == (date(2023, 4, 1), date(2027, 3, 31))
    assert read.awards[3].award.starts_on is UNKNOWN


def test_the_act_and_the_municipalities_are_never_guessed(read):
    assert all(one.award.act is UNKNOWN and one.award.municipalities is UNKNOWN for one in read.awards)
    assert {gap(one, "act").reason for one in read.awards} == {"never_told"}


def test_a_value_of_one_euro_is_a_placeholder(read):
    first = read.awards[0]

    assert first.award.value is UNKNOWN
    assert (gap(first, "value").reason, gap(first, "value").said) == ("placeholder", "1.00 EUR")


def test_an_rsin_in_the_field_of_the_kvk_number_is_recognised(read):
    farm = read.awards[1]

    assert farm.provider.identifiers == (Identifier("NL-RSIN", "123456782"),)
    assert [note.code for note in farm.notes] == ["rsin", "group_doubtful"]


def test_two_spellings_with_one_number_are_one_provider(read):
    first, other = read.awards[0], read.awards[3]

    assert first.provider is other.provider
    assert first.provider.name == "Stichting Verzinsel"
    assert other.spellings == ("Stichting Verzinsel", "St. Verzinsel")
    assert ("spelled_otherwise", "St. Verzinsel") in [(note.code, note.said) for note in other.notes]
    assert len(read.providers) == 3


def test_a_number_of_the_same_supplier_elsewhere_is_told_as_such():
    number = "<NATIONALID>KvK 01234567</NATIONALID>"
    read = changed((number, f"{number}<NATIONALID>111222333</NATIONALID>"))

    assert ("number_from_another", "NL-RSIN 111222333") in [(note.code, note.said) for note in read.awards[0].notes]
    assert "number_from_another" not in [note.code for note in read.awards[3].notes]


def test_the_number_of_the_authority_is_nobodys(read):
    assert "00000009" not in str([one.provider for one in read.awards])


def test_admitted_suppliers_that_are_ticked_as_a_group_are_not_called_one(read):
    assert Counter(note.code for one in read.awards for note in one.notes)["group"] == 0


def test_a_group_with_fewer_tenders_than_members_is_one():
    read = changed(("<NB_TENDERS_RECEIVED>3<", "<NB_TENDERS_RECEIVED>2<"))

    assert Counter(note.code for one in read.awards for note in one.notes)["group"] == 3


def test_an_amount_that_stands_with_several_suppliers_is_not_that_of_one():
    read = changed(('<VALUES><VAL_TOTAL CURRENCY="EUR">1.00<', '<VALUES><VAL_TOTAL CURRENCY="EUR">900000.00<'))

    assert [one.award.value for one in read.awards] == [UNKNOWN, UNKNOWN, UNKNOWN, euro(480000)]
    assert (gap(read.awards[0], "value").reason, gap(read.awards[0], "value").said) == ("shared", "900000.00 EUR")


def test_another_currency_is_not_converted():
    read = changed(('"EUR">480000.00', '"GBP">480000.00'))

    assert gap(read.awards[3], "value").reason == "other_currency"


def test_an_amount_that_may_be_in_thousands_is_unknown_and_shown_as_it_is_written():
    for written in ("480.000", "480,000", "480000.000", "1.000"):
        found = gap(changed(('"EUR">480000.00', f'"EUR">{written}')).awards[3], "value")

        assert (found.reason, found.said) == ("may_be_thousands", f"{written} EUR")


def test_a_lowest_and_highest_amount_is_no_value():
    total = '<VAL_TOTAL CURRENCY="EUR">480000.00</VAL_TOTAL>'
    spread = '<VAL_RANGE_TOTAL CURRENCY="EUR"><LOW>100</LOW><HIGH>200</HIGH></VAL_RANGE_TOTAL>'

    assert (gap(changed((total, spread)).awards[3], "value").reason) == "range"


def test_an_award_without_a_call_is_no_procedure_of_ours():
    read = changed(("<PT_OPEN/>", "<PT_AWARD_CONTRACT_WITHOUT_CALL/>"))

    assert read.awards[0].award.procedure is UNKNOWN
    assert gap(read.awards[0], "procedure").said == "F21 PT_AWARD_CONTRACT_WITHOUT_CALL"


def test_a_text_that_says_open_house_contradicts_the_form():
    read = changed(("Drie percelen voor", "Drie percelen (Open House) voor"))

    assert gap(read.awards[0], "procedure").reason == "contradicted"


@pytest.mark.parametrize(
    ("ticked", "procedure"),
    [
        ("PT_OPEN", Procedure.OPEN),
        ("PT_RESTRICTED", Procedure.RESTRICTED),
        ("PT_COMPETITIVE_NEGOTIATION", Procedure.NEGOTIATED),
        ("PT_INNOVATION_PARTNERSHIP", UNKNOWN),
    ],
)
def test_the_procedure_of_an_f03_is_what_it_ticks(ticked, procedure):
    read = changed(("F21", "F03"), ("PT_OPEN", ticked), ('<NOTICE TYPE="AWARD_CONTRACT"/>', ""))

    assert read.awards[0].award.procedure is procedure


def test_a_number_of_another_country_is_not_taken_for_a_dutch_one():
    read = changed(('<NATIONALID>123456782</NATIONALID>\n              <COUNTRY VALUE="NL"/>',
                    '<NATIONALID>123456782</NATIONALID>\n              <COUNTRY VALUE="DE"/>'))  # fmt: skip

    assert read.awards[1].provider.identifiers == ()
    assert ("foreign_number", "123456782") in [(note.code, note.said) for note in read.awards[1].notes]


def test_a_supplier_without_a_name_is_left_out():
    read = changed(("<OFFICIALNAME>Denkbeeldig Begeleiding<", "<OFFICIALNAME>n.v.t.<"))

    assert Counter(item.reason for item in read.left_out) == {"not_awarded": 1, "no_name": 1}
    assert len(read.awards) == 3


def test_a_lot_without_an_award_is_left_out():
    read = changed(("<CONTRACT_NO>3</CONTRACT_NO>\n        <LOT_NO>3<", "<CONTRACT_NO>3</CONTRACT_NO>\n<LOT_NO>2<"))

    assert [(item.reason, item.lot) for item in read.left_out] == [("not_awarded", "2"), ("lot_without_award", "3")]


def test_one_name_without_a_shared_number_is_not_joined():
    read = changed(("Denkbeeldig Begeleiding", "Stichting Verzinsel"))

    assert len(read.providers) == 3
    assert [one.spellings for one in read.awards][2] == ("Stichting Verzinsel",)
    assert Counter(note.code for one in read.awards for note in one.notes)["possibly_same"] == 2


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "the file is empty"),
        (b"  \n", "the file is empty"),
        (b"PK\x03\x04", "this is no notice; expected"),
        (b"<html></html>", "this is no notice: its root is 'html'"),
        (b"<TED_EXPORT></TED_EXPORT>", "this TED notice has form none; only award notices"),
        (b"<ContractNotice/>", "this is a contract notice (a call for tenders), not an award"),
        (b"<QualificationApplicationResponse/>", "this is an ESPD response"),
        (b"<a><b></a>", "the XML cannot be read: mismatched tag"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "it has a DOCTYPE"),
        (b"<a>" * 200 + b"</a>" * 200, "over 100 deep"),
        (RAW.replace(b"F21_2014", b"F02_2014"), "this TED notice has form F02_2014; only award notices"),
        (RAW.replace(b'TYPE="AWARD_CONTRACT"', b'TYPE="CONTRACT"'), "has no award: name the award notice"),
    ],
)
def test_what_is_no_award_notice_is_refused_in_one_sentence(raw, words):
    with pytest.raises(DossierError) as error:
        read_notice(raw, "file.xml")

    assert words in str(error.value)
    assert str(error.value).startswith("file.xml: ")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("texts", [LEFT_OUT, UNKNOWN_BECAUSE, NOTES])
def test_every_reason_is_told_in_both_languages(texts):
    assert all(words.nl and words.en and words.nl != words.en for words in texts.values())
