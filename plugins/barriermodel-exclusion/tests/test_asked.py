"""Which way a question is asked, over how many parts, and the evidence that a response points to."""

from xml.sax.saxutils import escape

import pytest

from barriermodel import UNKNOWN, DossierError
from barriermodel_exclusion import reader
from barriermodel_exclusion.asked import yes_is_no


def response(descriptions, answer="true", code="misrepresent", question=("Your answer",), more="", other="false"):
    """A response with one criterion that is asked and answered, and another that is denied."""

    def each(lines):
        return "".join(f"<Description>{escape(line)}</Description>" for line in lines)

    return f"""<QualificationApplicationResponse>
 <TenderingCriterion>
  <CriterionTypeCode>{code}</CriterionTypeCode>{each(descriptions)}
  <TenderingCriterionPropertyGroup>
   <TenderingCriterionProperty><ID>q1</ID>{each(question)}<TypeCode>QUESTION</TypeCode>
    <ValueDataTypeCode>INDICATOR</ValueDataTypeCode></TenderingCriterionProperty>
  </TenderingCriterionPropertyGroup>
 </TenderingCriterion>
 <TenderingCriterionResponse>
  <ValidatedCriterionPropertyID>q1</ValidatedCriterionPropertyID>
  <ResponseValue><ResponseIndicator>{answer}</ResponseIndicator></ResponseValue>
 </TenderingCriterionResponse>{more}
 <TenderingCriterion>
  <CriterionTypeCode>sanction</CriterionTypeCode>
  <TenderingCriterionPropertyGroup>
   <TenderingCriterionProperty><ID>q2</ID><ValueDataTypeCode>INDICATOR</ValueDataTypeCode></TenderingCriterionProperty>
  </TenderingCriterionPropertyGroup>
 </TenderingCriterion>
 <TenderingCriterionResponse>
  <ValidatedCriterionPropertyID>q2</ValidatedCriterionPropertyID>
  <ResponseValue><ResponseIndicator>{other}</ResponseIndicator></ResponseValue>
 </TenderingCriterionResponse>
</QualificationApplicationResponse>"""


def one(text):
    (item,) = reader.read(text.encode())
    return item


def notes(item, lang="nl"):
    return [getattr(note, lang) for note in item.notes]


LEAD = "Can the economic operator confirm that:"
GUILTY = [
    "a) It has been guilty of serious misrepresentation,",
    "b) It has withheld such information,",
    "c) It was not able, without delay, to submit the documents, and",
    "d) It has undertaken to mislead?",
]
HONEST = [
    "a) It has not been guilty of serious misrepresentation,",
    "b) It has not withheld such information,",
    "c) It has been able, without delay, to submit the documents, and",
    "d) It has not undertaken to mislead?",
]
BEVESTIGT = "Kan de ondernemer bevestigen dat:"
SCHULDIG = [
    "a) hij zich schuldig heeft gemaakt aan valse verklaringen,",
    "b) hij informatie heeft achtergehouden,",
    "c) hij niet in staat was stukken in te dienen?",
]
EERLIJK = [
    "a) hij zich niet schuldig heeft gemaakt aan valse verklaringen,",
    "b) hij geen informatie heeft achtergehouden,",
    "c) hij in staat was stukken in te dienen?",
]
ONE_SENTENCE = (
    "Can the economic operator confirm that it has not been guilty of misrepresentation, it has not withheld such "
    "information, it has been able to submit the documents, and it has not undertaken to mislead?"
)
NOT_ALL = "Can the economic operator confirm that it has not been guilty of misrepresentation, it has withheld it?"
ASIDE = ["Is it guilty of misrepresentation?", "This is not asked where exclusion is mandatory."]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([LEAD, *GUILTY], True),
        ([f"{LEAD} {' '.join(GUILTY)}"], True),
        ([LEAD, *HONEST], False),
        ([f"{LEAD} {' '.join(HONEST)}"], False),
        ([BEVESTIGT, *SCHULDIG], True),
        ([BEVESTIGT, *EERLIJK], False),
        (["Can it confirm that it has not:", "a) been guilty of misrepresentation,", "b) withheld it?"], False),
        ([ONE_SENTENCE], False),
        (["Can the economic operator confirm that it has never been guilty of misrepresentation?"], False),
        (ASIDE, True),
        ([LEAD, HONEST[0], GUILTY[1]], UNKNOWN),
        ([LEAD, GUILTY[0], HONEST[1]], UNKNOWN),
        ([NOT_ALL], UNKNOWN),
        (["The economic operator has not been guilty of misrepresentation."], UNKNOWN),
    ],
)
@pytest.mark.parametrize("answer", ["true", "false"])
def test_a_question_is_read_as_it_is_asked_over_all_its_parts(lines, expected, answer):
    item = one(response(lines, answer))

    found = item.facts.false_statement
    assert found is (expected if expected is UNKNOWN or answer == "true" else not expected)
    turned = "misrepresent: de vraag is andersom gesteld. Ja betekent hier: nee, dit speelt niet."
    assert (turned in notes(item)) is (expected is False)
    assert any("niet of ja betekent dat de grond geldt" in note for note in notes(item)) is (expected is UNKNOWN)


@pytest.mark.parametrize(
    ("code", "fact", "lines", "expected"),
    [
        ("bankruptcy", "bankruptcy", ["Is the economic operator bankrupt?"], True),
        ("bankruptcy", "bankruptcy", ["Can the economic operator confirm that it is not bankrupt?"], False),
        ("bankruptcy", "bankruptcy", ["Kan de ondernemer bevestigen dat hij niet failliet is?"], False),
        ("bankruptcy", "bankruptcy", ["Can the economic operator confirm that it is bankrupt?"], True),
        ("fraud", "fraud", ["The economic operator declares that it has not been convicted of fraud"], False),
        ("fraud", "fraud", ["Is de ondernemer veroordeeld, niet langer dan vijf jaar geleden, voor fraude?"], True),
        ("tax-pay", "tax_unpaid", ["Has the economic operator breached its obligations to pay taxes?"], True),
        ("tax-pay", "tax_unpaid", ["Has the economic operator met all its obligations to pay taxes?"], False),
        ("tax-pay", "tax_unpaid", ["Can the operator confirm that it has not met its obligations to pay taxes?"], True),
        ("tax-pay", "tax_unpaid", ["Is de ondernemer zijn verplichtingen om belasting te betalen nagekomen?"], False),
    ],
)
def test_every_ground_may_be_asked_either_way(code, fact, lines, expected):
    assert getattr(one(response(lines, "true", code)).facts, fact) is expected
    assert getattr(one(response(lines, "false", code)).facts, fact) is not expected


def test_a_confirmation_may_stand_in_the_question_itself():
    question = ("Can you confirm that", "the operator is not bankrupt?")

    assert one(response(["Bankruptcy"], "true", "bankruptcy", question)).facts.bankruptcy is False


def test_the_questions_of_the_european_list_ask_whether_the_ground_is_there():
    conviction = (
        "Has the economic operator itself or any person who is a member of its administrative body been the subject of "
        "a conviction by final judgment for fraud, by a conviction rendered at the most five years ago or in which an "
        "exclusion period set out directly in the conviction continues to be applicable?"
    )
    aside = (
        "Is it bankrupt? This information needs not be given if exclusion has been made mandatory without derogation."
    )

    assert yes_is_no([conviction]) is False
    assert yes_is_no([aside]) is False
    assert yes_is_no([]) is False


def test_a_response_without_any_usable_answer_is_refused_in_one_sentence():
    with pytest.raises(DossierError, match="no answer in it tells whether a ground for exclusion is there") as error:
        one(response([NOT_ALL], "true", other=""))

    assert "\n" not in str(error.value)


# Evidence -----------------------------------------------------------------------------------------------


def evidence(id, reference="", issuer="", address=""):
    return (
        f"<Evidence><ID>{id}</ID><DocumentReference><ID>{reference}</ID><Attachment><ExternalReference><URI>{address}"
        f"</URI></ExternalReference></Attachment><IssuerParty><PartyName><Name>{issuer}</Name></PartyName></IssuerParty>"
        "</DocumentReference></Evidence>"
    )


def supplied(id, question="q1"):
    return (
        f"<TenderingCriterionResponse><ValidatedCriterionPropertyID>{question}</ValidatedCriterionPropertyID>"
        f"<EvidenceSupplied><ID>{id}</ID></EvidenceSupplied></TenderingCriterionResponse>"
    )


BANKRUPT = ["Is the economic operator bankrupt?"]


def with_more(more):
    return one(response(BANKRUPT, "false", "bankruptcy", more=more))


def test_evidence_is_named_with_its_issuer_its_address_and_the_ground_it_goes_with():
    item = with_more(supplied("e1") + evidence("e1", "R-1", "Justis", "https://example.org/gva?id=1"))

    what = "R-1, Justis, https://example.org/gva?id=1."
    assert f"Bewijs waarnaar de verklaring verwijst bij bankruptcy: {what}" in notes(item)
    assert f"Evidence that the declaration points to for bankruptcy: {what}" in notes(item, "en")


def test_evidence_of_no_answer_and_evidence_without_words_are_named_too():
    item = with_more(evidence("e1", "R-1") + evidence("e2"))

    assert "Bewijs waarnaar de verklaring verwijst: R-1." in notes(item)
    assert "Bewijs waarnaar de verklaring verwijst: zonder naam of adres." in notes(item)


def test_evidence_without_a_name_or_address_is_told():
    of_a_ground, of_none = with_more(supplied("e1") + evidence("e1")), with_more(evidence("e1"))

    assert "Bewijs waarnaar de verklaring verwijst bij bankruptcy: zonder naam of adres." in notes(of_a_ground)
    assert "Bewijs waarnaar de verklaring verwijst: zonder naam of adres." in notes(of_none)


def test_one_piece_of_evidence_for_several_answers_is_named_once():
    item = with_more(supplied("e1") + supplied("e2") + evidence("e1", "R-1") + evidence("e2", "R-1"))

    assert [note for note in notes(item) if "R-1" in note] == [
        "Bewijs waarnaar de verklaring verwijst bij bankruptcy: R-1."
    ]


def test_evidence_that_an_answer_names_and_the_response_lacks_is_told():
    item = with_more(supplied("weg{1}"))

    assert "Bij een antwoord staat bewijs dat de verklaring zelf niet noemt: weg{1}." in notes(item)


def test_an_address_where_the_proof_is_online_is_named():
    address = (
        "<TenderingCriterionResponse><ValidatedCriterionPropertyID>q1</ValidatedCriterionPropertyID>"
        "<ResponseValue><ResponseURI>https://example.org/uittreksel</ResponseURI></ResponseValue>"
        "</TenderingCriterionResponse>"
    )

    assert "Bewijs waarnaar de verklaring verwijst bij bankruptcy: https://example.org/uittreksel." in notes(
        with_more(address)
    )


def test_much_evidence_is_counted():
    item = with_more("".join(evidence(f"e{i}", f"R-{i}") for i in range(103)))

    assert "En nog 3 bewijsstukken." in notes(item)
