"""The reader ``espd_response``. The undertaking in the sample is made up; its shape is that of ESPD-EDM 4.1."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel.plugin import UNKNOWN, DossierError, Identifier, SourceType
from barriermodel_exclusion import SelfDeclaration, reader
from barriermodel_exclusion.criteria import GROUNDS

SAMPLE = (Path(__file__).parent / "samples" / "response.xml").read_text(encoding="utf-8")
CODES = {ground.fact: ground for ground in GROUNDS}


def one(text):
    (item,) = reader.read(text.encode())
    return item


def words(item):
    return " ".join(note.nl for note in item.notes)


def refused(raw):
    with pytest.raises(DossierError) as error:
        list(reader.read(raw if isinstance(raw, bytes) else raw.encode()))
    (problem,) = error.value.problems
    return str(problem)


def answered(question, *values, tag="ResponseIndicator"):
    """The sample with other answers to one question; without values the question is not answered."""
    pattern = re.compile(
        r"<cac:TenderingCriterionResponse>(?:(?!</cac:TenderingCriterionResponse>).)*?"
        rf">{re.escape(question)}</cbc:ValidatedCriterionPropertyID>.*?</cac:TenderingCriterionResponse>",
        re.DOTALL,
    )
    assert pattern.search(SAMPLE)
    responses = "".join(
        "<cac:TenderingCriterionResponse>"
        f"<cbc:ValidatedCriterionPropertyID>{question}</cbc:ValidatedCriterionPropertyID>"
        f"<cac:ResponseValue><cbc:{tag}>{value}</cbc:{tag}></cac:ResponseValue>"
        "</cac:TenderingCriterionResponse>"
        for value in values
    )
    return pattern.sub(lambda _: responses, SAMPLE, count=1)


FRAUD = "C3_EG_fraud/QG1/Q1"
TAX = "C7_EG_tax-pay/QG1/QSG1"


def test_a_whole_response_is_read():
    item = one(SAMPLE)

    assert item.kind.id == "self_declaration"
    assert item.about == Identifier("NL-KVK", "01234567")
    assert item.issued_on == date(2026, 1, 10)
    assert item.source.type is SourceType.DECLARATION
    assert item.source.issuer == "Stichting Zorg aan het Water"
    assert item.source.reference == "00000000-0000-4000-8000-000000000000"
    assert (item.facts.fraud, item.facts.fraud_convicted_on) == (True, date(2023, 5, 1))
    assert (item.facts.tax_unpaid, item.facts.tax_final, item.facts.tax_settled) == (True, True, True)
    assert item.facts.bankruptcy is False
    assert item.facts.false_statement is False


def test_the_day_of_a_conviction_is_not_taken_for_the_day_on_which_it_became_irrevocable():
    assert one(SAMPLE).facts.fraud_final_on is UNKNOWN


def test_what_is_not_answered_is_unknown_and_said_to_be_no_no():
    item = one(SAMPLE)

    assert item.facts.labour_law_breached is UNKNOWN
    assert "Geen bruikbaar antwoord op: labour-law. Dat is onbekend, en geen nee." in words(item)


@pytest.mark.parametrize("ground", GROUNDS, ids=lambda ground: ground.code)
def test_each_ground_has_its_own_fact(ground):
    number = GROUNDS.index(ground) + 1
    question = f"C{number}_EG_{ground.code}/QG1/Q1"
    if ground.code == "labour-law":
        text = SAMPLE.replace("C5_EG_finan-laund/QG1/Q1</cbc:Validated", f"{question}</cbc:Validated")
        assert one(text).facts.labour_law_breached is False
        return

    for value, expected in (("true", True), ("false", False), ("1", True), ("0", False)):
        assert getattr(one(answered(question, value)).facts, ground.fact) is expected
    assert getattr(one(answered(question)).facts, ground.fact) is UNKNOWN


@pytest.mark.parametrize("ground", GROUNDS, ids=lambda ground: ground.code)
def test_the_longer_codes_of_earlier_versions_are_known_too(ground):
    before, after = one(SAMPLE), one(SAMPLE.replace(f">{ground.code}</cbc:Crit", f">{ground.long_code}</cbc:Crit"))

    assert after.facts == before.facts
    assert after.notes == before.notes


def test_without_a_code_the_uuid_tells():
    text = re.sub("<cbc:CriterionTypeCode.*?</cbc:CriterionTypeCode>", "", SAMPLE)

    assert one(text).facts == one(SAMPLE).facts


def test_an_unknown_criterion_is_kept_with_its_answer():
    note = "Onbekend criterium ‘fictional-ground A ground of a later list’, antwoord: true."

    assert note in words(one(SAMPLE))


def test_many_unknown_criteria_are_counted():
    criterion = "<cac:TenderingCriterion><cbc:CriterionTypeCode>x{}</cbc:CriterionTypeCode></cac:TenderingCriterion>"
    many = "".join(criterion.format(i) for i in range(150))
    item = one(SAMPLE.replace("<cac:TenderingCriterion>", f"{many}<cac:TenderingCriterion>", 1))

    assert "En nog 51 onbekende criteria." in words(item)


def test_criteria_that_are_no_grounds_are_named():
    assert "Niet gelezen, want geen uitsluitingsgrond: trade-regist." in words(one(SAMPLE))


def test_what_the_provider_did_to_be_trusted_again_is_pointed_at_without_the_ground():
    (note,) = [note for note in one(SAMPLE).notes if "zelfreiniging" in note.nl]

    assert "fraud" not in note.nl + note.en


@pytest.mark.parametrize(
    ("values", "said"), [(["true", "false"], "zowel ja als nee"), (["misschien"], "geen ja of nee")]
)
def test_an_answer_that_is_neither_is_unknown_with_a_note(values, said):
    item = one(answered(FRAUD, *values))

    assert item.facts.fraud is UNKNOWN
    assert said in words(item)


def test_the_latest_conviction_counts():
    question = "C3_EG_fraud/QG1/QSG1/Q1"

    dates = ["2019-01-01", "2024-02-29+01:00", "2020-01-01Z"]
    assert one(answered(question, *dates, tag="ResponseDate")).facts.fraud_convicted_on == date(2024, 2, 29)


@pytest.mark.parametrize("written", ["2023-02-30", "1 mei 2023", "0001-01-01", "20230501", "٢٠٢٣-٠٥-٠١", "9" * 5000])
def test_a_date_that_is_no_day_is_unknown_with_a_note(written):
    item = one(answered("C3_EG_fraud/QG1/QSG1/Q1", "2019-01-01", written, tag="ResponseDate"))

    assert item.facts.fraud_convicted_on is UNKNOWN
    assert "geen bestaande dag" in words(item)


@pytest.mark.parametrize(
    ("means", "final", "expected"),
    [
        ("false", "true", True),
        ("false", "false", False),
        (None, "true", True),
        ("true", None, False),
        ("true", "false", False),
        ("true", "true", UNKNOWN),
        (None, None, UNKNOWN),
        ("false", None, UNKNOWN),
    ],
)
def test_a_debt_is_final_only_by_a_final_decision(means, final, expected):
    text = SAMPLE
    for number, value in ((1, means), (2, final)):
        id = f">{TAX}/Q{number}</cbc:ValidatedCriterionPropertyID>"
        start = text.index(id)
        end = text.index("</cac:TenderingCriterionResponse>", start)
        answer = f"<cbc:ResponseIndicator>{value or ''}</cbc:ResponseIndicator>"
        text = (
            text[:start]
            + re.sub("<cbc:ResponseIndicator>.*?</cbc:ResponseIndicator>", answer, text[start:end])
            + (text[end:])
        )

    assert one(text).facts.tax_final is expected


GUILTY = "Can the economic operator confirm that it has been guilty of serious misrepresentation"


@pytest.mark.parametrize(
    ("asked", "answer", "expected"),
    [
        (GUILTY, "true", True),
        (GUILTY, "false", False),
        ("Can the economic operator confirm that it has not been guilty of misrepresentation", "true", False),
        ("Can the economic operator confirm that it has not been guilty of misrepresentation", "false", True),
        ("Kan de ondernemer bevestigen dat hij zich niet schuldig heeft gemaakt aan valse verklaringen", "true", False),
        ("Isikukoodi esitamine", "true", UNKNOWN),
        ("", "true", UNKNOWN),
    ],
)
def test_false_statements_are_asked_in_two_ways_and_read_as_asked(asked, answer, expected):
    text = answered("C23_EG_misrepresent/QG1/Q1", answer).replace(GUILTY, asked)

    assert one(text).facts.false_statement is expected


def test_the_question_whether_proof_is_online_is_not_taken_for_the_ground():
    before, after = SAMPLE.split(">C3_EG_fraud/QG1/Q1<", 1)
    text = ">C3_EG_fraud/QG1/Q1<".join((before, after.replace("Your answer", "Is it available electronically?", 1)))

    assert one(text).facts.fraud is UNKNOWN


def test_two_lots_that_disagree_leave_the_ground_unknown():
    start = SAMPLE.index("<cac:TenderingCriterion>", SAMPLE.index("C2_EG_corruption/QG2/Q1<"))
    end = SAMPLE.index("</cac:TenderingCriterion>", start) + len("</cac:TenderingCriterion>")
    assert "C3_EG_fraud" in SAMPLE[start:end]
    second = SAMPLE[start:end].replace("C3_EG", "LOT2_EG")
    response = (
        "<cac:TenderingCriterionResponse><cbc:ValidatedCriterionPropertyID>LOT2_EG_fraud/QG1/Q1"
        "</cbc:ValidatedCriterionPropertyID><cac:ResponseValue><cbc:ResponseIndicator>false</cbc:ResponseIndicator>"
        "</cac:ResponseValue></cac:TenderingCriterionResponse></QualificationApplicationResponse>"
    )
    text = SAMPLE.replace("</QualificationApplicationResponse>", response)

    assert one(text[:end] + second + text[end:]).facts.fraud is UNKNOWN


def test_answers_without_a_question_are_counted():
    text = answered(FRAUD, "true").replace(f">{FRAUD}</cbc:Validated", ">nergens</cbc:Validated")
    item = one(text)

    assert item.facts.fraud is UNKNOWN
    assert "Van 1 antwoord is niet te zeggen bij welke vraag het hoort." in words(item)


def test_without_a_kvk_number_the_filer_says_whose_it_is():
    item = one(SAMPLE.replace('schemeID="NL-KVK"', 'schemeID="VIES"'))

    assert item.about is None
    assert "niet precies één KvK-nummer" in words(item)


def test_a_wrong_kvk_number_is_an_error_with_its_place():
    assert refused(SAMPLE.replace(">01234567<", ">1234567<")).startswith("EconomicOperatorParty: ")


def test_two_undertakings_are_for_a_person():
    party = SAMPLE[SAMPLE.index("<cac:EconomicOperatorParty>") : SAMPLE.index("<cac:TenderingCriterion>")]
    item = one(SAMPLE.replace(party, party * 2))

    assert item.about is None
    assert "meer dan één onderneming" in words(item)


def test_without_a_date_the_day_of_receipt_counts():
    item = one(SAMPLE.replace(">2026-01-10<", "><"))

    assert item.issued_on is None
    assert "geen leesbare datum" in words(item)


# What is refused --------------------------------------------------------------------------------------

BOMB = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("", "the file is empty"),
        ("{}", "XML cannot be read"),
        (SAMPLE[:5000], "XML cannot be read"),
        (b"%PDF-1.7", "XML cannot be read"),
        (BOMB, "DOCTYPE"),
        ("<a>" * 200 + "</a>" * 200, "deep"),
        ("<a/>", "expected QualificationApplicationResponse"),
        ("<ESPDResponse/>", "ESPD-EDM 1"),
        ("<QualificationApplicationRequest/>", "request of the authority"),
        ("<QualificationApplicationResponse/>", "no criteria"),
    ],
    ids=range(10),
)
def test_what_is_no_response_is_refused_in_one_sentence(raw, said):
    message = refused(raw)

    assert said in message
    assert "\n" not in message


# Nothing crashes --------------------------------------------------------------------------------------

SMALL = re.sub(r">\s+<", "><", SAMPLE)
PIECES = [piece for piece in re.split(r"(?<=>)(?=<)", SMALL) if piece]
ODD = st.sampled_from(["", "{", "{x}", "true", "\u202e", "0", "2026-13-40", "<a/>", "&amp;", "&x;", "]]>", "\x00", "é"])


def reads_or_refuses(raw):
    try:
        (item,) = reader.read(raw)
    except DossierError as error:
        told = len(error.problems)
    else:
        assert isinstance(item.facts, SelfDeclaration)
        told = 1
    assert told == 1


@given(st.data())
def test_a_response_with_pieces_dropped_doubled_or_swapped_is_read_or_refused(data):
    pieces = list(PIECES)
    for _ in range(data.draw(st.integers(1, 6))):
        i, j = (data.draw(st.integers(0, len(pieces) - 1)) for _ in range(2))
        how = data.draw(st.sampled_from(["drop", "double", "swap", "odd"]))
        if how == "drop":
            del pieces[i]
        elif how == "double":
            pieces.insert(j, pieces[i])
        elif how == "swap":
            pieces[i], pieces[j] = pieces[j], pieces[i]
        else:
            pieces[i] = re.sub(">[^<]*<", lambda _: f">{data.draw(ODD)}<", pieces[i], count=1)
    reads_or_refuses("".join(pieces).encode())


@given(st.data())
def test_a_response_with_other_words_is_read_or_refused(data):
    values = re.findall(">([^<>]+)<", SMALL)
    chosen = data.draw(st.sampled_from(sorted(set(values))))
    reads_or_refuses(SMALL.replace(f">{chosen}<", f">{data.draw(ODD | st.text())}<").encode("utf-8", "surrogatepass"))


@given(st.integers(0, len(SMALL)), st.binary(max_size=8))
def test_a_response_with_broken_bytes_is_read_or_refused(place, junk):
    raw = SMALL.encode()
    reads_or_refuses(raw[:place] + junk + raw[place + len(junk) :])


@given(st.binary())
def test_any_bytes_are_refused(raw):
    assert refused(raw)
