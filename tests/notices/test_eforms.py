"""eForms: a social award notice that was made up, and notices that are no award."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from barriermodel import UNKNOWN, DossierError, Identifier, Procedure, euro, read_notice
from barriermodel.notices.assemble import assemble
from barriermodel.notices.import_report import as_data
from barriermodel.notices.reading import parse_notices

NOTICES = Path(__file__).parents[2] / "docs" / "notices"
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
    return next((found.reason for found in one.unknown if found.fact == fact), None)


def left_out(found):
    return [(item.reason, item.lot, item.detail) for item in found.left_out]


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
    assert ("number_not_sure", "1234567") in [(note.code, note.detail) for note in read.awards[1].notes]


def test_a_number_of_a_natural_person_is_neither_taken_nor_shown(read):
    assert read.awards[2].provider.identifiers == ()
    assert ("may_be_personal", "") in [(note.code, note.detail) for note in read.awards[2].notes]
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
    tender = '        <efac:LotTender><cbc:ID schemeName="tender">TEN-000{}</cbc:ID></efac:LotTender>\n'
    end = "      </efac:SettledContract>"
    found = changed((tender.format(1) + end, end), (tender.format(2) + end, end))

    assert found.awards == ()
    assert [item.reason for item in found.left_out] == [*["winner_unclear"] * 3, "not_awarded"]


def test_a_contract_that_the_result_does_not_cite_still_says_who_won():
    settled = '<efac:SettledContract><cbc:ID schemeName="contract">CON-000{}</cbc:ID></efac:SettledContract>'
    found = changed((settled.format(1), ""), (settled.format(2), ""))

    assert [one.row.item for one in found.awards] == ["TEN-0001", "TEN-0002", "TEN-0002"]
    assert found.awards[0].award.awarded_on == date(2025, 11, 15)


PRIVACY = """<efac:FieldsPrivacy><efbc:FieldIdentifierCode>{}</efbc:FieldIdentifierCode>{}</efac:FieldsPrivacy>"""
UNTIL = "<efbc:PublicationDate>2027-12-31Z</efbc:PublicationDate>"
TENDER = '<cbc:ID schemeName="tender">TEN-0001</cbc:ID>\n        <cac:Legal'


def withheld(raw=RAW, until=UNTIL):
    """The notice, of which the value of the first tender is held back."""
    return raw.replace(TENDER.encode(), (PRIVACY.format("win-ten-val", until) + TENDER).encode())


@pytest.mark.parametrize("as_of", [None, date(2026, 1, 15), date(2027, 12, 30)])
def test_a_field_that_is_held_back_is_withheld_whatever_value_stands_there(as_of):
    found = read_notice(withheld(), as_of=as_of)

    assert found.awards[0].award.value is UNKNOWN
    assert [(gap.reason, gap.detail) for gap in found.awards[0].unknown if gap.fact == "value"] == [
        ("withheld", "unpublished (2027-12-31)")
    ]
    assert "250000" not in str(as_data(found, ["a"] * 3, 1, [], date(2026, 1, 15)))


def test_a_field_that_is_held_back_is_read_from_its_day_on():
    assert read_notice(withheld(), as_of=date(2027, 12, 31)).awards[0].award.value == euro(250000)


@pytest.mark.parametrize("until", ["", "<efbc:PublicationDate>1970-01-01Z</efbc:PublicationDate>"])
def test_a_field_that_is_held_back_without_a_day_is_never_read(until):
    found = read_notice(withheld(until=until), as_of=date(2099, 1, 1))

    assert reason(found.awards[0], "value") == "withheld"


def test_another_field_of_the_tender_that_is_held_back_hides_no_value():
    found = changed((TENDER, PRIVACY.format("ten-ran", UNTIL) + TENDER))

    assert found.awards[0].award.value == euro(250000)


def test_a_result_that_is_held_back_tells_no_winner():
    code = "<cbc:TenderResultCode"
    found = read_notice(RAW.replace(code.encode(), (PRIVACY.format("win-cho", UNTIL) + code).encode(), 1))

    assert found.awards == ()
    assert [item.reason for item in found.left_out] == [*["withheld"] * 4, "not_awarded"]


def test_a_procedure_that_is_held_back_is_not_the_one_of_the_form():
    code = PRIVACY.format("pro-typ", "") + "<cbc:ProcedureCode>open</cbc:ProcedureCode>"
    process = f"<cac:TenderingProcess>{code}</cac:TenderingProcess>"
    found = changed(("<cac:TenderResult>", f"{process}<cac:TenderResult>"))

    assert found.awards[0].award.procedure is UNKNOWN


def test_one_organization_with_two_lots_is_one_provider():
    lot = RAW.decode().split("<efac:LotResult>")[1].split("</efac:LotResult>")[0]
    second = lot.replace("LOT-0001", "LOT-0002").replace("RES-0001", "RES-0003")
    found = changed(
        (
            "<efac:LotTender>\n        <cbc:ID",
            f"<efac:LotResult>{second}</efac:LotResult><efac:LotTender>\n        <cbc:ID",
        )
    )

    assert len(found.awards) == 6
    assert [provider.name for provider in found.providers] == [
        "Zorgboerderij Nergens B.V.", "Gezinshuis Denkbeeldig", "Begeleiding Fantasie",
    ]  # fmt: skip
    assert "possibly_same" not in [note.code for one in found.awards for note in one.notes]


def test_the_amount_of_a_tender_for_two_lots_is_that_of_neither():
    lot = RAW.decode().split("<efac:LotResult>")[1].split("</efac:LotResult>")[0].replace("LOT-0001", "LOT-0002")
    start = "<efac:LotTender>\n        <cbc:ID"
    found = changed((start, f"<efac:LotResult>{lot}</efac:LotResult>{start}"))

    assert [(one.row.lot, reason(one, "value")) for one in found.awards if one.row.item == "TEN-0001"] == [
        ("LOT-0001", "several_lots"), ("LOT-0002", "several_lots"),
    ]  # fmt: skip


def test_one_id_in_two_notices_is_not_one_provider():
    other = RAW.replace(b"00000002-2025", b"00000003-2025").replace(b"Gezinshuis Denkbeeldig", b"Thuiszorg Ergens")
    contents, _ = parse_notices([("a.xml", RAW), ("b.xml", other)])

    assert len(assemble(contents).providers) == 5


def test_tenders_of_a_lot_that_was_not_awarded_are_told():
    tender = '<efac:LotTender><cbc:ID schemeName="tender">TEN-0009</cbc:ID></efac:LotTender>'
    found = changed(("<efac:DecisionReason>", f"{tender}<efac:DecisionReason>"))

    assert left_out(found)[-1] == ("tender_not_awarded", "LOT-0002", "TEN-0009")


def test_tenders_that_are_counted_and_not_named_are_told():
    count = "<efbc:StatisticsCode>{}</efbc:StatisticsCode><efbc:StatisticsNumeric>{}</efbc:StatisticsNumeric>"
    counts = f"<efac:ReceivedSubmissionsStatistics>{count}</efac:ReceivedSubmissionsStatistics>"
    lot = '<efac:TenderLot><cbc:ID schemeName="Lot">LOT-0001</cbc:ID></efac:TenderLot>\n      </efac:LotResult>'
    found = changed((lot, counts.format("t-sme", 9) + counts.format("tenders", 7) + lot))

    assert left_out(found)[-1] == ("tenders_not_awarded", "LOT-0001", "4/7")


def test_tenders_of_a_lot_that_was_not_awarded_are_counted():
    count = "<efbc:StatisticsCode>tenders</efbc:StatisticsCode><efbc:StatisticsNumeric>4</efbc:StatisticsNumeric>"
    counts = f"<efac:ReceivedSubmissionsStatistics>{count}</efac:ReceivedSubmissionsStatistics>"
    found = changed(("<efac:DecisionReason>", f"{counts}<efac:DecisionReason>"))

    assert left_out(found)[-1] == ("tenders_not_awarded", "LOT-0002", "4/4")


def test_a_tender_without_a_result_and_a_tenderer_without_a_tender_are_told():
    found = changed(
        ('<efac:LotTender><cbc:ID schemeName="tender">TEN-0003</cbc:ID></efac:LotTender>\n', ""),
        (
            '<efac:TenderingParty><cbc:ID schemeName="tendering-party">TPA-0002<',
            "<efac:TenderingParty><cbc:ID>TPA-0009<",
        ),
    )

    assert ("no_result", "LOT-0001", "TEN-0003") in left_out(found)
    assert ("no_result", "", "ORG-0003") in left_out(found)
    assert ("no_result", "", "ORG-0004") in left_out(found)


def test_a_tender_that_names_another_lot_than_its_result_is_told():
    lot = '<efac:TenderLot><cbc:ID schemeName="Lot">LOT-000{}</cbc:ID></efac:TenderLot>\n      </efac:LotTender>'
    found = changed((lot.format(1), lot.format(2)))

    assert all("other_lot" in [note.code for note in one.notes] for one in found.awards)


def test_of_names_in_several_languages_the_dutch_one_is_taken_wherever_it_stands():
    dutch = '<cbc:Name languageID="NLD">Zorgboerderij Nergens B.V.</cbc:Name>'
    french = '<cbc:Name languageID="FRA">Ferme Nulle Part</cbc:Name>'

    for names in (dutch + french, french + dutch):
        assert changed((dutch, names)).awards[0].provider.name == "Zorgboerderij Nergens B.V."


def test_an_award_without_a_call_that_is_announced_is_told_as_such():
    code = '<cbc:TenderResultCode listName="winner-selection-status">selec-w</cbc:TenderResultCode>'
    found = changed((">can-social<", ">veat<"), (code, ""))

    assert len(found.awards) == 3
    assert all("intended" in [note.code for note in one.notes] for one in found.awards)
    assert found.awards[0].award.procedure is UNKNOWN


@pytest.mark.parametrize(("subtype", "form"), [("29", "can-standard"), ("33", "can-social"), ("26", "veat")])
def test_a_notice_without_its_type_is_of_that_of_its_subtype(subtype, form):
    found = changed((">can-social<", "><"), (">33<", f">{subtype}<"))

    assert found.awards[0].notice.form == f"eForms {form}"


def test_several_notices_in_the_wrapper_of_a_publisher_are_read_each():
    one = RAW[RAW.index(b"<ContractAwardNotice") :]
    raw = b"<OPEN-DATA>" + one + one.replace(b"00000002-2025", b"00000003-2025") + b"</OPEN-DATA>"
    contents, problems = parse_notices([("wrapped.xml", raw)])

    assert problems == []
    assert [(content.where, content.number) for content in contents] == [
        ("wrapped.xml[1]", "00000002-2025"), ("wrapped.xml[2]", "00000003-2025"),
    ]  # fmt: skip


def test_a_notice_in_a_wrapper_that_cannot_be_read_does_not_stop_the_others():
    one = RAW[RAW.index(b"<ContractAwardNotice") :]
    raw = b"<OPEN-DATA>" + one.replace(b">can-social<", b">can-modif<") + one + b"</OPEN-DATA>"
    contents, (problem,) = parse_notices([("wrapped.xml", raw)])

    assert [content.where for content in contents] == ["wrapped.xml[2]"]
    assert str(problem).startswith("wrapped.xml[1]: this eForms notice is of type 'can-modif'")


def test_winners_in_a_shape_of_ubl_that_is_not_read_are_counted():
    winner = "<cac:WinningParty><cac:PartyName><cbc:Name>Nergens</cbc:Name></cac:PartyName></cac:WinningParty>"

    with pytest.raises(DossierError, match=r"WinningParty \(it names 1, not read: Nergens\)"):
        changed(("efac:NoticeResult", "efac:Nothing"), ("<cac:TenderResult>", f"<cac:TenderResult>{winner}"))


def test_an_award_without_a_code_is_not_taken_for_one_with_a_winner():
    code = '<cbc:TenderResultCode listName="winner-selection-status">selec-w</cbc:TenderResultCode>'
    found = changed((code, ""))

    assert found.awards == ()
    assert left_out(found)[0] == ("unknown_code", "LOT-0001", "")


def test_winners_of_which_no_organization_is_found_are_a_fault():
    with pytest.raises(DossierError, match="no supplier of an award can be read from it"):
        changed(("<efac:Tenderer>", "<efac:Bidder>"), ("</efac:Tenderer>", "</efac:Bidder>"))


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
        (RAW.replace(b">can-social<", b"><").replace(b">33<", b">40<"), "is of type '40', not an award"),
        (RAW.replace(b">can-social<", b"><").replace(b">33<", b"><"), "does not say its type"),
        (
            RAW.replace(b">can-social<", b">can-modif<"),
            r"of type 'can-modif', not an award \(it names 4, not read: Zorgb",
        ),
        (RAW.replace(b"efac:NoticeResult", b"efac:Nothing"), "this award notice has no result"),
    ],
)
def test_a_notice_without_an_award_is_refused(raw, words):
    with pytest.raises(DossierError, match=words):
        read_notice(raw, "file.xml")
