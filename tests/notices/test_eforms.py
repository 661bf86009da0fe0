"""eForms: a social award notice that was made up, and notices that are no award."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from barriermodel import UNKNOWN, DossierError, Identifier, Procedure, euro, read_notice

NOTICES = Path(__file__).parents[2] / "docs" / "aankondigingen"
RAW = (NOTICES / "eforms-can-social.xml").read_bytes()


def changed(*pairs):
    raw = RAW.decode()
    for old, new in pairs:
        assert old in raw
        raw = raw.replace(old, new)
    return read_notice(raw.encode(), "changed.xml")


@pytest.fixture(scope="module")
def read():
    return changed()


def reason(one, fact):
    return next((found.reason for found in one.gaps if found.fact == fact), None)


def left_out(found):
    return [(item.reason, item.lot, item.said) for item in found.left_out]


def test_a_winner_is_found_through_tender_and_party(read):
    first = read.awards[0]

    assert first.provider.name == "Zorgboerderij Nergens B.V."
    assert first.provider.identifiers == (Identifier("NL-KVK", "07654321"), Identifier("NL-RSIN", "123456782"))
    assert (first.award.id, first.award.authority) == ("00000002-2025/LOT-0001", "Gemeente Nergenshuizen")
    assert first.award.value == euro(250000)
    assert first.award.procedure is Procedure.SOCIAL_SERVICES
    assert first.award.services == ("CPV 85311000",)


def test_the_date_of_award_is_that_of_the_contract(read):
    assert read.awards[0].award.awarded_on == date(2025, 11, 15)


def test_the_date_that_every_notice_has_is_a_placeholder(read):
    assert read.awards[1].award.awarded_on is UNKNOWN
    assert reason(read.awards[1], "awarded_on") == "placeholder"


def test_the_date_of_the_decision_is_taken_where_the_contract_is_not_dated():
    found = changed(
        (
            "CON-0002</cbc:ID>\n        <efac:LotTender>",
            "CON-0002</cbc:ID><cbc:AwardDate>2025-11-03Z</cbc:AwardDate>\n        <efac:LotTender>",
        )
    )

    assert found.awards[1].award.awarded_on == date(2025, 11, 3)


def test_the_date_of_the_contract_goes_before_that_of_the_decision():
    found = changed(("+01:00</cbc:IssueDate>\n", "+01:00</cbc:IssueDate><cbc:AwardDate>2025-11-03Z</cbc:AwardDate>\n"))

    assert found.awards[0].award.awarded_on == date(2025, 11, 15)


def test_a_contract_that_names_no_tender_is_that_of_the_only_one():
    tender = '        <efac:LotTender><cbc:ID schemeName="tender">TEN-000{}</cbc:ID></efac:LotTender>\n'
    found = changed((tender.format(1), ""), (tender.format(2), ""))

    assert [one.row.item for one in found.awards] == ["TEN-0003"]
    assert found.awards[0].award.awarded_on == date(2025, 11, 15)


def test_the_contract_of_another_tender_does_not_date_this_one():
    found = changed(
        ('        <efac:LotTender><cbc:ID schemeName="tender">TEN-0002</cbc:ID></efac:LotTender>\n', ""),
        ('        <efac:LotTender><cbc:ID schemeName="tender">TEN-0003</cbc:ID></efac:LotTender>\n', ""),
        (
            '</cbc:IssueDate>\n        <efac:LotTender><cbc:ID schemeName="tender">TEN-0001<',
            '</cbc:IssueDate>\n        <efac:LotTender><cbc:ID schemeName="tender">TEN-0009<',
        ),
    )

    assert [one.provider.name for one in found.awards] == ["Zorgboerderij Nergens B.V."]
    assert found.awards[0].award.awarded_on is UNKNOWN


def test_an_amount_that_is_not_published_is_withheld(read):
    assert [reason(one, "value") for one in read.awards] == [None, "withheld", "withheld"]


def test_members_of_one_tendering_party_are_a_group(read):
    groups = [[note.code for note in one.notes if note.code.startswith("group")] for one in read.awards]

    assert groups == [[], ["group"], ["group"]]


def test_seven_digits_are_told_and_not_taken(read):
    assert read.awards[1].provider.identifiers == ()
    assert ("number_not_sure", "1234567") in [(note.code, note.said) for note in read.awards[1].notes]


def test_a_number_of_a_natural_person_is_neither_taken_nor_shown(read):
    assert read.awards[2].provider.identifiers == ()
    assert ("may_be_personal", "") in [(note.code, note.said) for note in read.awards[2].notes]
    assert "111222333" not in str(read.awards[2].notes)


def test_what_is_not_awarded_is_left_out_with_its_code(read):
    assert left_out(read) == [
        ("subcontractor", "LOT-0001", "Nergens Vervoer"),
        ("not_contracted", "LOT-0001", "TEN-0003"),
        ("not_awarded", "LOT-0002", "no-rece"),
    ]


@pytest.mark.parametrize(
    ("code", "told"),
    [("open-nw", "still_open"), ("unpublished", "withheld"), ("seven-w", "unknown_code")],
)
def test_a_code_without_a_winner_is_kept(code, told):
    found = changed((">selec-w<", f">{code}<"))

    assert found.awards == ()
    assert left_out(found)[0] == (told, "LOT-0001", code)


def test_which_of_several_tenders_won_is_not_guessed():
    settled = '<efac:SettledContract><cbc:ID schemeName="contract">CON-000{}</cbc:ID></efac:SettledContract>'
    found = changed((settled.format(1), ""), (settled.format(2), ""))

    assert found.awards == ()
    assert [item.reason for item in found.left_out] == [*["winner_unclear"] * 3, "not_awarded"]


def test_a_winner_whose_name_is_withheld_is_left_out():
    found = changed((">Zorgboerderij Nergens B.V.<", ">unpublished<"))

    assert ("withheld", "LOT-0001", "TEN-0001") in left_out(found)


def test_a_reference_that_leads_nowhere_is_left_out():
    found = changed(('<efac:TenderingParty><cbc:ID schemeName="tendering-party">TPA-0001<',
                     '<efac:TenderingParty><cbc:ID schemeName="tendering-party">TPA-0009<'))  # fmt: skip

    assert ("no_supplier", "LOT-0001", "TEN-0001") in left_out(found)


def test_a_lot_without_a_result_is_left_out():
    found = changed(
        ('<efac:TenderLot><cbc:ID schemeName="Lot">LOT-0002<', '<efac:TenderLot><cbc:ID schemeName="Lot">X<')
    )

    assert ("lot_without_award", "LOT-0002", "") in left_out(found)


@pytest.mark.parametrize(
    ("sort", "code", "procedure"),
    [
        ("can-standard", "open", Procedure.OPEN),
        ("can-standard", "restricted", Procedure.RESTRICTED),
        ("can-standard", "neg-w-call", Procedure.NEGOTIATED),
        ("can-standard", "neg-wo-call", UNKNOWN),
        ("can-standard", "comp-dial", UNKNOWN),
        ("can-social", "open", Procedure.SOCIAL_SERVICES),
        ("can-social", "neg-wo-call", UNKNOWN),
    ],
)
def test_the_procedure_follows_the_code_where_it_tells(sort, code, procedure):
    process = f"<cac:TenderingProcess><cbc:ProcedureCode>{code}</cbc:ProcedureCode></cac:TenderingProcess>"
    found = changed((">can-social<", f">{sort}<"), ("<cac:TenderResult>", f"{process}<cac:TenderResult>"))

    assert found.awards[0].award.procedure is procedure


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (RAW.replace(b">can-social<", b">can-modif<"), "of type 'can-modif', not an award"),
        (RAW.replace(b">can-social<", b">veat<"), "of type 'veat', not an award"),
        (RAW.replace(b"efac:NoticeResult", b"efac:Nothing"), "this award notice has no result"),
    ],
)
def test_a_notice_without_an_award_is_refused(raw, words):
    with pytest.raises(DossierError, match=words):
        read_notice(raw, "file.xml")
