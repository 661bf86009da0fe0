"""TED_EXPORT: an award notice F21 that was made up, and forms that are none."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from barriermodel import UNKNOWN, DossierError, Identifier, Procedure, euro, read_notice
from barriermodel.notices.lots import Lots
from barriermodel.words.word_files import words_of

NOTICES = Path(__file__).parents[2] / "docs" / "notices"
RAW = (NOTICES / "ted-f21.xml").read_bytes()
WRAPPERS = ("TENDERS", "CONTRACTORS", "VALUES")


@pytest.fixture(scope="module")
def read():
    return read_notice(RAW, "ted-f21.xml")


def changed(*pairs):
    raw = RAW.decode()
    for old, new in pairs:
        assert old in raw
        raw = raw.replace(old, new)
    return read_notice(raw.encode(), "changed.xml")


def left_out(found):
    return [(item.reason, item.lot, item.detail) for item in found.left_out]


def gap(one, fact):
    return next((found for found in one.unknown if found.fact == fact), None)


def test_there_is_one_award_for_each_supplier_of_each_lot(read):
    assert [(one.row.lot, one.row.supplier.name) for one in read.awards] == [
        ("1", "Stichting Verzinsel"),
        ("1", "Zorgboerderij Nergens B.V."),
        ("1", "Denkbeeldig Begeleiding"),
        ("2", "St. Verzinsel"),
    ]


def test_a_lot_that_was_not_awarded_is_left_out_with_its_code(read):
    assert left_out(read)[0] == ("not_awarded", "3", "PROCUREMENT_UNSUCCESSFUL")


def test_tenders_that_were_received_and_not_awarded_are_counted(read):
    assert left_out(read)[1:] == [("tenders_not_awarded", "2", "1/2")]


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
    assert (gap(first, "value").reason, gap(first, "value").detail) == ("placeholder", "1.00 EUR")


def test_an_rsin_in_the_field_of_the_kvk_number_is_recognised(read):
    farm = read.awards[1]

    assert farm.provider.identifiers == (Identifier("NL-RSIN", "123456782"),)
    assert [note.code for note in farm.notes] == ["rsin", "group_doubtful"]


def test_two_spellings_with_one_number_are_one_provider(read):
    first, other = read.awards[0], read.awards[3]

    assert first.provider is other.provider
    assert first.provider.name == "Stichting Verzinsel"
    assert other.spellings == ("Stichting Verzinsel", "St. Verzinsel")
    assert ("spelled_otherwise", "St. Verzinsel") in [(note.code, note.detail) for note in other.notes]
    assert len(read.providers) == 3


def test_a_number_of_the_same_supplier_elsewhere_is_told_as_such():
    number = "<NATIONALID>KvK 01234567</NATIONALID>"
    read = changed((number, f"{number}<NATIONALID>111222333</NATIONALID>"))

    assert ("number_from_another", "NL-RSIN 111222333") in [(note.code, note.detail) for note in read.awards[0].notes]
    assert "number_from_another" not in [note.code for note in read.awards[3].notes]


def test_who_has_one_rsin_under_two_kvk_numbers_is_left_apart_and_told():
    rsin = "<NATIONALID>111222333</NATIONALID>"
    read = changed(("<NATIONALID>01234567</NATIONALID>", f"<NATIONALID>01234567</NATIONALID>{rsin}"),
                   ("<NATIONALID>KvK 01234567</NATIONALID>", f"<NATIONALID>07654321</NATIONALID>{rsin}"))  # fmt: skip

    assert read.awards[0].provider is not read.awards[3].provider
    told = [note.detail for one in read.awards for note in one.notes if note.code == "number_of_several"]
    assert told == ["NL-RSIN 111222333", "NL-RSIN 111222333"]


def test_a_vat_number_of_several_is_no_reason_for_a_note():
    vat = "<NATIONALID>NL123456782B01</NATIONALID>"
    read = changed(("<NATIONALID>01234567</NATIONALID>", vat), ("<NATIONALID>KvK 01234567</NATIONALID>", vat))

    assert "number_of_several" not in [note.code for one in read.awards for note in one.notes]


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
    assert (gap(read.awards[0], "value").reason, gap(read.awards[0], "value").detail) == ("shared", "900000.00 EUR")


def test_another_currency_is_not_converted():
    read = changed(('"EUR">480000.00', '"GBP">480000.00'))

    assert gap(read.awards[3], "value").reason == "other_currency"


def test_an_amount_that_may_be_in_thousands_is_unknown_and_shown_as_it_is_written():
    for written in ("480.000", "480,000", "480000.000", "1.000"):
        found = gap(changed(('"EUR">480000.00', f'"EUR">{written}')).awards[3], "value")

        assert (found.reason, found.detail) == ("may_be_thousands", f"{written} EUR")


def test_a_lowest_and_highest_amount_is_no_value():
    total = '<VAL_TOTAL CURRENCY="EUR">480000.00</VAL_TOTAL>'
    spread = '<VAL_RANGE_TOTAL CURRENCY="EUR"><LOW>100</LOW><HIGH>200</HIGH></VAL_RANGE_TOTAL>'

    assert (gap(changed((total, spread)).awards[3], "value").reason) == "range"


def test_an_award_without_a_call_is_no_procedure_of_ours():
    read = changed(("<PT_OPEN/>", "<PT_AWARD_CONTRACT_WITHOUT_CALL/>"))

    assert read.awards[0].award.procedure is UNKNOWN
    assert gap(read.awards[0], "procedure").detail == "F21 PT_AWARD_CONTRACT_WITHOUT_CALL"


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
    assert ("foreign_number", "123456782") in [(note.code, note.detail) for note in read.awards[1].notes]


def test_a_supplier_without_a_name_is_left_out():
    read = changed(("<OFFICIALNAME>Denkbeeldig Begeleiding<", "<OFFICIALNAME>n.v.t.<"))

    assert Counter(item.reason for item in read.left_out) == {"not_awarded": 1, "tenders_not_awarded": 1, "no_name": 1}
    assert len(read.awards) == 3


def test_a_lot_without_an_award_is_left_out():
    read = changed(("<CONTRACT_NO>3</CONTRACT_NO>\n        <LOT_NO>3<", "<CONTRACT_NO>3</CONTRACT_NO>\n<LOT_NO>2<"))

    assert [(item.reason, item.lot) for item in read.left_out] == [
        ("not_awarded", "2"),
        ("tenders_not_awarded", "2"),
        ("lot_without_award", "3"),
    ]


def test_a_supplier_of_s01_and_s02_has_no_list_around_it(read):
    older = changed(*((f"<{end}{name}>", "") for name in WRAPPERS for end in ("", "/")))

    assert [one.provider for one in older.awards] == [one.provider for one in read.awards]
    assert [one.award for one in older.awards] == [one.award for one in read.awards]
    assert older.awards[3].award.value == euro(480000)
    assert [note.code for note in older.awards[0].notes] == ["group_doubtful"]


@pytest.mark.parametrize("sort", ["PRI_ONLY", "CONTRACT"])
def test_awards_are_read_and_told_where_the_notice_is_marked_as_something_else(sort):
    found = changed(('TYPE="AWARD_CONTRACT"', f'TYPE="{sort}"'))

    assert len(found.awards) == 4
    assert all("marked_otherwise" in [note.code for note in one.notes] for one in found.awards)


@pytest.mark.parametrize("written", ["1, 3", "1 en 3", "Lot 1; lot 3", "1/3", "percelen 1 &amp; 3"])
def test_several_lots_in_one_field_are_awarded_each(written):
    found = changed(("<LOT_NO>2</LOT_NO>\n        <AWARDED", f"<LOT_NO>{written}</LOT_NO>\n        <AWARDED"))

    assert [one.row.lot for one in found.awards[3:]] == ["1", "3"]
    assert [one.award.value for one in found.awards[3:]] == [UNKNOWN, UNKNOWN]
    assert [gap(one, "value").reason for one in found.awards[3:]] == ["several_lots", "several_lots"]
    assert ("lot_without_award", "2", "") in left_out(found)


@pytest.mark.parametrize("written", ["1, 5", "1 en Noord", "alle", "2-"])
def test_a_field_of_which_not_all_is_a_lot_is_left_as_it_is(written):
    found = changed(("<LOT_NO>2</LOT_NO>\n        <AWARDED", f"<LOT_NO>{written}</LOT_NO>\n        <AWARDED"))

    assert found.awards[3].row.lot == ("2" if written == "2-" else written)


def test_a_range_of_lots_is_all_of_them():
    found = changed(("<LOT_NO>2</LOT_NO>\n        <AWARDED", "<LOT_NO>1 t/m 3</LOT_NO>\n        <AWARDED"))

    assert [one.row.lot for one in found.awards[3:]] == ["1", "2", "3"]


def test_a_lot_that_is_called_as_a_word_between_lots_is_not_lost():
    assert Lots.of(["D", "E"]).named_in("D, E") == ("D", "E")


@pytest.mark.parametrize("form", ["F03", "F06", "F22", "F23", "F25"])
def test_other_forms_of_awards_are_read_without_a_procedure_for_social_services(form):
    found = changed(("F21", form), ("<PT_OPEN/>", "<PT_INVOLVING_NEGOTIATION/>"))

    assert len(found.awards) == 4
    assert found.awards[0].award.procedure is UNKNOWN


def test_an_award_without_a_call_that_is_announced_is_told_as_such():
    found = changed(("F21", "F15"), ('<NOTICE TYPE="AWARD_CONTRACT"/>', ""))

    assert [note.code for note in found.awards[3].notes] == ["tidied", "intended", "spelled_otherwise"]


def test_the_winner_of_a_design_contest_is_read_and_the_prize_is_no_value():
    winner = "<ADDRESS_WINNER><OFFICIALNAME>Bureau Bedacht</OFFICIALNAME><COUNTRY VALUE='NL'/></ADDRESS_WINNER>"
    raw = f"""<TED_EXPORT DOC_ID="000003-2023"><FORM_SECTION><F13_2014 FORM="F13" CATEGORY="ORIGINAL"><RESULTS>
      <AWARDED_PRIZE><DATE_DECISION_JURY>2023-05-01</DATE_DECISION_JURY><WINNERS><WINNER>{winner}</WINNER></WINNERS>
      <VAL_PRIZE CURRENCY="EUR">10000</VAL_PRIZE></AWARDED_PRIZE></RESULTS></F13_2014></FORM_SECTION></TED_EXPORT>"""
    (one,) = read_notice(raw.encode()).awards

    assert (one.provider.name, one.award.awarded_on) == ("Bureau Bedacht", date(2023, 5, 1))
    assert (gap(one, "value").reason, gap(one, "value").detail) == ("prize", "10000 EUR")


def test_one_name_at_one_address_in_one_notice_is_one_provider():
    name = "<OFFICIALNAME>Denkbeeldig Begeleiding</OFFICIALNAME>"
    address = "<ADDRESS>Nergensplein 1</ADDRESS><POSTAL_CODE>0000 AA</POSTAL_CODE>"
    other = "<OFFICIALNAME>St. Verzinsel</OFFICIALNAME>\n              <NATIONALID>KvK 01234567</NATIONALID>"
    joined = changed((name, name + address), (other, name + address))
    apart = changed((name, name + address), (other, name + address.replace(" 1", " 2")))

    assert [provider.name for provider in joined.providers] == [
        "Stichting Verzinsel", "Zorgboerderij Nergens B.V.", "Denkbeeldig Begeleiding",
    ]  # fmt: skip
    assert len(apart.providers) == 4


def test_a_number_that_stands_with_one_name_at_one_address_is_that_of_all_its_lots():
    place = "<ADDRESS>Nergensplein 1</ADDRESS><TOWN>Nergenshuizen</TOWN>"
    name = "<OFFICIALNAME>Denkbeeldig Begeleiding</OFFICIALNAME>"
    other = name.replace("Denkbeeldig", "DENKBEELDIG") + place
    found = changed((name, name + place), ("<OFFICIALNAME>St. Verzinsel</OFFICIALNAME>", other))

    assert found.awards[2].provider is found.awards[3].provider
    assert found.awards[2].provider.identifiers == (Identifier("NL-KVK", "01234567"),)


def test_one_name_at_one_address_with_two_kvk_numbers_is_two_providers():
    place = "<ADDRESS>Nergensplein 1</ADDRESS><TOWN>Nergenshuizen</TOWN>"
    name = "<OFFICIALNAME>Denkbeeldig Begeleiding</OFFICIALNAME>"
    found = changed((name, f"{name}<NATIONALID>07654321</NATIONALID>{place}"),
                    ("<OFFICIALNAME>St. Verzinsel</OFFICIALNAME>", name + place))  # fmt: skip

    assert found.awards[2].provider is not found.awards[3].provider
    assert "possibly_same" in [note.code for note in found.awards[3].notes]


OLDER = """<TED_EXPORT VERSION="R2.0.8.S02.E01" DOC_ID="000004-2016"><FORM_SECTION>
  <CONTRACT_AWARD CATEGORY="ORIGINAL" FORM="3" LG="NL"><FD_CONTRACT_AWARD>
    <CONTRACTING_AUTHORITY_INFORMATION_CONTRACT_AWARD><NAME_ADDRESSES_CONTACT_CONTRACT_AWARD>
      <CA_CE_CONCESSIONAIRE_PROFILE><ORGANISATION><OFFICIALNAME>Gemeente Nergenshuizen</OFFICIALNAME></ORGANISATION>
      </CA_CE_CONCESSIONAIRE_PROFILE></NAME_ADDRESSES_CONTACT_CONTRACT_AWARD>
    </CONTRACTING_AUTHORITY_INFORMATION_CONTRACT_AWARD>
    <OBJECT_CONTRACT_INFORMATION_CONTRACT_AWARD_NOTICE><DESCRIPTION_AWARD_NOTICE_INFORMATION>
      <TITLE_CONTRACT><P>Hulp bij het huishouden</P></TITLE_CONTRACT>
      <CPV><CPV_MAIN><CPV_CODE CODE="85310000"/></CPV_MAIN></CPV>
    </DESCRIPTION_AWARD_NOTICE_INFORMATION></OBJECT_CONTRACT_INFORMATION_CONTRACT_AWARD_NOTICE>
    <PROCEDURE_DEFINITION_CONTRACT_AWARD_NOTICE><TYPE_OF_PROCEDURE><PT_OPEN/></TYPE_OF_PROCEDURE>
    </PROCEDURE_DEFINITION_CONTRACT_AWARD_NOTICE>
    <AWARD_OF_CONTRACT ITEM="1"><LOT_NUMBER>2</LOT_NUMBER><CONTRACT_TITLE><P>Noord</P></CONTRACT_TITLE>
      <CONTRACT_AWARD_DATE><DAY>5</DAY><MONTH>7</MONTH><YEAR>2016</YEAR></CONTRACT_AWARD_DATE>
      <OFFERS_RECEIVED_NUMBER>3</OFFERS_RECEIVED_NUMBER>
      <ECONOMIC_OPERATOR_NAME_ADDRESS><CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME>
        <ORGANISATION><OFFICIALNAME>Thuiszorg Bedacht</OFFICIALNAME><NATIONALID>01234567</NATIONALID></ORGANISATION>
        <COUNTRY VALUE="NL"/></CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME></ECONOMIC_OPERATOR_NAME_ADDRESS>
      <CONTRACT_VALUE_INFORMATION>
        <INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT CURRENCY="EUR"><VALUE_COST FMTVAL="999999.00">999 999</VALUE_COST>
        </INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT>
        <COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE CURRENCY="EUR"><VALUE_COST FMTVAL="480000.00">480 000</VALUE_COST>
        <EXCLUDING_VAT/></COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE></CONTRACT_VALUE_INFORMATION>
    </AWARD_OF_CONTRACT></FD_CONTRACT_AWARD></CONTRACT_AWARD></FORM_SECTION></TED_EXPORT>"""


def test_an_award_of_before_the_directives_of_2014_is_read():
    found = read_notice(OLDER.encode())
    (one,) = found.awards

    assert one.provider.name == "Thuiszorg Bedacht"
    assert one.provider.identifiers == (Identifier("NL-KVK", "01234567"),)
    assert (one.award.id, one.award.authority) == ("000004-2016/2", "Gemeente Nergenshuizen")
    assert one.award.title == "Hulp bij het huishouden / Noord"
    assert (one.award.awarded_on, one.award.value) == (date(2016, 7, 5), euro(480000))
    assert (one.award.procedure, one.award.services) == (Procedure.OPEN, ("CPV 85310000",))
    assert left_out(found) == [("tenders_not_awarded", "2", "2/3")]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<EXCLUDING_VAT/>", "<INCLUDING_VAT/>", "with_vat"),
        ('<VALUE_COST FMTVAL="480000.00">480 000</VALUE_COST>\n        <EXCL',
         "<RANGE_VALUE_COST><LOW_VALUE>1</LOW_VALUE></RANGE_VALUE_COST><EXCL", "range"),
        ('<VALUE_COST FMTVAL="480000.00">480 000<', "<VALUE_COST>480 000<", "unreadable"),
    ],
)  # fmt: skip
def test_what_is_no_value_of_an_older_award_is_unknown(old, new, told):
    assert old in OLDER
    (one,) = read_notice(OLDER.replace(old, new).encode()).awards

    assert (one.award.value, gap(one, "value").reason) == (UNKNOWN, told)


def test_an_operator_of_an_older_award_that_stands_elsewhere_is_told():
    operator = "<ECONOMIC_OPERATOR_NAME_ADDRESS><ORGANISATION>Ergens</ORGANISATION></ECONOMIC_OPERATOR_NAME_ADDRESS>"
    found = read_notice(OLDER.replace("</FD_CONTRACT_AWARD>", f"{operator}</FD_CONTRACT_AWARD>").encode())

    assert left_out(found)[0] == ("unknown_shape", "", "Ergens")


def test_an_older_award_without_an_operator_is_a_fault():
    with pytest.raises(DossierError, match="no supplier of an award can be read from it"):
        read_notice(OLDER.replace("ECONOMIC_OPERATOR", "OTHER_OPERATOR").encode())


def test_an_older_form_that_is_not_known_is_named():
    with pytest.raises(DossierError, match="form CONTRACT_CONCESSIONAIRE; only award notices are read"):
        read_notice(OLDER.replace("<CONTRACT_AWARD C", "<CONTRACT_CONCESSIONAIRE C")
                    .replace("</CONTRACT_AWARD>", "</CONTRACT_CONCESSIONAIRE>").encode())  # fmt: skip


ADDRESS = "<ORGANISATION>Bureau Bedacht</ORGANISATION><COUNTRY VALUE='NL'/>"
DAY = "<DAY>5</DAY><MONTH>7</MONTH><YEAR>2016</YEAR>"


@pytest.mark.parametrize(
    ("form", "section", "item", "supplier", "day"),
    [
        ("CONTRACT_AWARD_UTILITIES", "AWARD_AND_CONTRACT_VALUE", "CONTRACT_NO",
         "CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME_CHP", "DATE_OF_CONTRACT_AWARD"),
        ("CONTRACT_AWARD_DEFENCE", "AWARD_OF_CONTRACT_DEFENCE", "CONTRACT_NUMBER",
         "ECONOMIC_OPERATOR_NAME_ADDRESS", "CONTRACT_AWARD_DATE"),
        ("VOLUNTARY_EX_ANTE_TRANSPARENCY_NOTICE", "AWARD_OF_CONTRACT_DEFENSE", "CONTRACT_NUMBER",
         "ECONOMIC_OPERATOR_NAME_ADDRESS", "CONTRACT_AWARD_DATE"),
    ],
)  # fmt: skip
def test_other_older_forms_are_read_under_their_own_names(form, section, item, supplier, day):
    award = f"<{item}>7</{item}><{supplier}>{ADDRESS}</{supplier}><{day}>{DAY}</{day}>"
    raw = f"<TED_EXPORT><FORM_SECTION><{form}><{section}>{award}</{section}></{form}></FORM_SECTION></TED_EXPORT>"
    (one,) = read_notice(raw.encode()).awards

    assert (one.provider.name, one.row.item, one.award.awarded_on) == ("Bureau Bedacht", "7", date(2016, 7, 5))
    assert ("intended" in [note.code for note in one.notes]) is (form == "VOLUNTARY_EX_ANTE_TRANSPARENCY_NOTICE")


def test_the_prize_of_an_older_design_contest_is_no_value():
    prize = "<PRIZE_VALUE CURRENCY='EUR' FMTVAL='33444.82'>33 444,82</PRIZE_VALUE>"
    winner = f"<NAME_ADDRESS_WINNER>{ADDRESS}</NAME_ADDRESS_WINNER>"
    form = f"<RESULT_DESIGN_CONTEST><RESULT_CONTEST>{winner}{prize}</RESULT_CONTEST></RESULT_DESIGN_CONTEST>"
    (one,) = read_notice(f"<TED_EXPORT><FORM_SECTION>{form}</FORM_SECTION></TED_EXPORT>".encode()).awards

    assert one.provider.name == "Bureau Bedacht"
    assert (gap(one, "value").reason, gap(one, "value").detail) == ("prize", "33444.82 EUR")


def test_what_was_not_agreed_to_be_published_is_withheld_whatever_stands_there():
    found = changed(
        ("<CONTRACTORS>\n            <NO_", '<CONTRACTORS PUBLICATION="NO">\n            <NO_'),
        ('<VALUES><VAL_TOTAL CURRENCY="EUR">1.00', '<VALUES PUBLICATION="NO"><VAL_TOTAL CURRENCY="EUR">900000.00'),
    )

    assert len(found.awards) == 3
    assert ("withheld", "2", "") in left_out(found)
    assert (gap(found.awards[0], "value").reason, gap(found.awards[0], "value").detail) == ("withheld", "")


def test_an_award_whose_amount_is_withheld_and_that_names_nobody_does_not_withhold_a_winner():
    raw = RAW.decode()
    start = raw.index("<CONTRACTORS>\n            <NO_")
    end = raw.index("</CONTRACTORS>", start) + len("</CONTRACTORS>")
    found = read_notice((raw[:start] + '<VALUES PUBLICATION="NO"/>' + raw[end:]).encode())

    assert ("no_supplier", "2", "") in left_out(found)


def test_a_supplier_that_stands_where_none_is_read_is_told():
    company = "<ADDRESS_PARTNER><OFFICIALNAME>Nergens Partner</OFFICIALNAME></ADDRESS_PARTNER>"
    found = changed(
        ("<CONTRACT_NO>2<", f"{company}<CONTRACT_NO>2<"),
        ("<PROCEDURE>", "<NEW><CONTRACTOR><OFFICIALNAME>Ergens</OFFICIALNAME></CONTRACTOR></NEW><PROCEDURE>"),
    )

    assert len(found.awards) == 4
    assert ("unknown_shape", "2", "AWARD_CONTRACT ADDRESS_PARTNER Nergens Partner") in left_out(found)
    assert ("unknown_shape", "", "NEW CONTRACTOR Ergens") in left_out(found)


def test_a_section_that_says_neither_awarded_nor_not_awarded_is_not_called_not_awarded():
    found = changed(("<NO_AWARDED_CONTRACT><PROCUREMENT_UNSUCCESSFUL/></NO_AWARDED_CONTRACT>", "<PENDING/>"))

    assert left_out(found)[0] == ("unknown_shape", "3", "AWARD_CONTRACT")


@pytest.mark.parametrize(("old", "new"), [("CONTRACTOR>", "PARTNER>"), ("AWARDED_CONTRACT>", "GRANTED>")])
def test_awards_of_which_no_supplier_is_read_are_a_fault(old, new):
    with pytest.raises(DossierError, match="no supplier of an award can be read from it"):
        changed((old, new))


def test_awards_of_which_no_supplier_has_a_name_are_a_fault():
    names = ("Stichting Verzinsel", "St. Verzinsel", "Zorgboerderij Nergens B.V.", "Denkbeeldig Begeleiding")

    with pytest.raises(DossierError, match="the supplier has no name"):
        changed(*((f"<OFFICIALNAME>{name}<", "<OFFICIALNAME>n.v.t.<") for name in names))


def test_a_fault_counts_and_names_what_is_of_a_shape_that_is_not_known():
    with pytest.raises(DossierError) as error:
        changed(("AWARDED_CONTRACT>", "GRANTED>"))

    assert str(error.value) == (
        "changed.xml: no supplier of an award can be read from it (7x the part has a shape that is not known: "
        "lot 1 AWARD_CONTRACT; lot 2 AWARD_CONTRACT; lot 3 AWARD_CONTRACT); look it up by hand"
    )


def test_a_notice_of_which_nothing_was_awarded_is_no_fault():
    raw = RAW.decode()
    start, end = raw.index('<AWARD_CONTRACT ITEM="1">'), raw.index('<AWARD_CONTRACT ITEM="3">')
    found = read_notice((raw[:start] + raw[end:]).encode())

    assert found.awards == ()
    assert [item.reason for item in found.left_out] == ["not_awarded", "lot_without_award", "lot_without_award"]


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
        (RAW.replace(b"F21_2014", b"F02_2014"), "this TED notice has form F02_2014 (it names 4, not read: "),
        (
            RAW.replace(b"F21_2014", b"F20_2014"),
            "F20_2014, a change of a contract that was awarded before (it names 4, not read: Stichting Verzinsel; Z",
        ),
        (
            RAW.replace(b"AWARD_CONTRACT ITEM", b"OTHER ITEM").replace(b"/AWARD_CONTRACT>", b"/OTHER>"),
            "(F21) has no award (it names 4, not read: Stichting Verzinsel; Zorgboerderij Nergens B.V.; ",
        ),
    ],
)
def test_what_is_no_award_notice_is_refused_in_one_sentence(raw, words):
    with pytest.raises(DossierError) as error:
        read_notice(raw, "file.xml")

    assert words in str(error.value)
    assert str(error.value).startswith("file.xml: ")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("group", ["left_out", "unknown", "note"])
def test_every_reason_is_told_in_both_languages(group):
    dutch, english = (words_of("barriermodel", lang).find(("phrase", "notices", group)) for lang in ("nl", "en"))
    assert dutch.keys() == english.keys()
    assert all(dutch[code].strip() and english[code].strip() and dutch[code] != english[code] for code in dutch)
