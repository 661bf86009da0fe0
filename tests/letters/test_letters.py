"""What a letter says, what it never says, and when there is none."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from statistics import mean
from typing import Any

import attrs
import pytest
from drafts import DRAFTED, MEASURE, SETTINGS, body, drafted, in_order, letter_of, opened, prose, word_texts
from hypothesis import example, given
from hypothesis import strategies as st
from markup import read

from barriermodel import UNKNOWN, Assessment, BarrierModel, Dossier, Level
from barriermodel.analysis.reports import LEVEL, Explanation
from barriermodel.analysis.text import format_date
from barriermodel.letters import Letter, LetterError
from barriermodel.letters.fields import FIELDS, Shape
from barriermodel.testing import dossiers
from examples import costly
from pages import DOCS, assessed, model

every_letter = pytest.mark.parametrize(("name", "kind"), DRAFTED)
every_language = pytest.mark.parametrize("lang", ["nl", "en"])
NEGATIONS = {
    "nl": r"\b(?:niet|geen|nooit|niets|niemand|zonder)\b",
    "en": r"\b(?:not|no|never|nothing|nobody|without|none)\b",
}
STRICTER = """
id = "streng"
title = { nl = "Streng", en = "Strict" }
owner = "Voorbeeldregio (verzonnen)"
extends = "twente-2019"
status = "contract"
valid_from = 2019-01-01

[rules."nl.kvk.registration_ends"]
level = "red"
reason = "Een verzonnen reden."
"""
HOSTILE = "</title><script>alert(1)</script> <w:p/>&{{7*7}} {% if x %} =cmd|'/C calc' \u202e\x1b[31m \"quoted\""


def sentences(letter: Letter) -> list[list[str]]:
    """The words of each sentence."""
    return [one.split() for text in prose(letter) for one in re.split(r"(?<=[.?!])\s+", text)]


@cache
def explained(name: str, lang: str, confidential: bool) -> Explanation:
    """What an example's assessment says."""
    return assessed(name).explanation(lang, confidential=confidential)


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))


def provider_is(assessment: Assessment, **facts: Any) -> Assessment:
    """The assessment, had the dossier another provider."""
    dossier = assessment.evaluation.dossier
    award = attrs.evolve(dossier.award, title=facts["name"], authority=facts["name"])
    return model().assess(attrs.evolve(dossier, provider=attrs.evolve(dossier.provider, **facts), award=award))


# What it says -----------------------------------------------------------------------------------------


@every_letter
@every_language
def test_its_sentences_are_short_and_filled_in(name: str, kind: str, lang: str) -> None:
    letter = drafted(name, kind, lang)
    found = sentences(letter)

    assert mean(map(len, found)) <= 15
    assert [" ".join(words) for words in found if len(words) > 25] == []
    assert [text for text in in_order(letter) if re.search(r"[{}]|\bNone\b|\bunknown\b|\bonbekend\b", text)] == []


@every_letter
@every_language
def test_no_part_of_a_sentence_denies_twice(name: str, kind: str, lang: str) -> None:
    parts = [
        part
        for text in prose(drafted(name, kind, lang))
        for part in re.split(r"[.,;:?!]| en | and | maar | but ", text)
    ]

    assert [part for part in parts if len(re.findall(NEGATIONS[lang], part, re.IGNORECASE)) > 1] == []


@every_letter
@every_language
def test_each_number_is_in_the_explanation_or_the_settings(name: str, kind: str, lang: str) -> None:
    letter = drafted(name, kind, lang)
    found = explained(name, lang, DRAFTED[name, kind])
    data = json.dumps(found.to_dict(), ensure_ascii=False)
    dates = [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", data)]
    known = [data, json.dumps(attrs.asdict(SETTINGS)), str(found.minutes)]
    known += [format_date(day, lang) for day in (*dates, letter.day, letter.respond_by)]

    assert numbers(" ".join(body(letter))) <= numbers(" ".join(known))


def test_a_request_says_what_is_needed_why_how_and_until_when() -> None:
    request = drafted("bewijs-ontbreekt", "request")
    titles = {point.title: point.paragraphs for block in request.blocks for point in block.points}
    said = " ".join(body(request))

    assert list(titles) == ["Kwaliteitscertificaat", "Personeelslijst", "Weinig eigen vermogen: 13,3%"]
    why, state, how = titles["Personeelslijst"]
    assert why.startswith("Wilt u een lijst sturen")
    assert why.endswith("De regel hierover staat in: Jeugdwet art. 4.1.6.")
    assert state == "Wij hebben dit nog niet van u."
    assert how.endswith("Wij schatten dat dit u ongeveer 30 minuten kost.")
    assert "Wilt u uiterlijk donderdag 29 januari 2026 reageren?" in said
    assert "Wij schatten dat al het bewijs samen u ongeveer 40 minuten kost." in said
    assert "Wij zoeken het KvK-uittreksel zelf op." in said
    assert "Ontvangen wij niets, dan weten wij niet of u voldoet. Dat is iets anders dan niet voldoen." in said


def test_what_was_asked_before_says_when() -> None:
    (block,) = (block for block in drafted("een-bestand.json", "request").blocks if block.points)

    assert "Wij vroegen u hier al om op 6 januari 2026." in block.points[0].paragraphs


def test_what_is_expired_says_since_when() -> None:
    dossier = assessed("gezonde-aanbieder").evaluation.dossier
    (staff,) = (item for item in dossier.evidence if item.kind.id == "staff_list")
    old = attrs.evolve(staff, issued_on=date(2019, 3, 4), valid_until=date(2020, 3, 4))
    evidence = [old if item is staff else item for item in dossier.evidence]
    letter = letter_of(model().assess(attrs.evolve(dossier, evidence=evidence)), "request")

    titles = {point.title: point.paragraphs for block in letter.blocks for point in block.points}
    assert titles["Personeelslijst"][1] == "Wat wij hebben, is van 4 maart 2019 en geldt niet meer."


def test_an_intent_says_what_was_found_and_what_can_be_said_against_it() -> None:
    intent = drafted("rode-aanbieder", "intent")
    said = " ".join(body(intent))

    assert "Wij overwegen deze maatregel: geen overeenkomst met u sluiten. Wij hebben nog niets besloten." in said
    assert "Bron: KvK-uittreksel, KvK, 12 januari 2026. Deze regel hoort bij ‘Twents barrièremodel 2019’" in said
    assert "Loopt de inschrijving nog, of staat de onderneming weer ingeschreven?" in said
    assert "U mag iemand meenemen" in said
    assert "U mag alle gegevens zien" in said
    assert "Een medewerker heeft het advies gecontroleerd. Een mens beslist." in said


def test_an_intent_says_of_a_limit_who_chose_it() -> None:
    said = " ".join(body(drafted("tussentijdse-gunning", "intent")))

    assert "Maatstaf: maanden dat een onderneming starter is (24). Die hebben wij zelf gekozen." in said
    assert "Deze regel komt niet uit een wet. Hij hoort bij ‘Twents barrièremodel 2019’" in said


def test_an_intent_promises_to_assess_again_and_to_ask_more_only_where_that_can_be() -> None:
    again, more = "Klopt onze informatie niet? Dan beoordelen wij opnieuw.", "nog andere informatie van u nodig"
    starter, red = (" ".join(body(drafted(name, "intent"))) for name in ("tussentijdse-gunning", "rode-aanbieder"))

    assert (again in starter, more in starter) == (True, False)  # without the reason the advice is green
    assert (again in red, more in red) == (True, True)


def test_a_request_asks_a_provider_who_is_certainly_red_about_each_reason() -> None:
    letter = drafted("rode-aanbieder", "request")
    (asked,) = (block for block in letter.blocks if block.heading == "Dit willen wij u vragen")

    said = [paragraph for point in asked.points for paragraph in point.paragraphs]
    assert "Loopt de inschrijving nog, of staat de onderneming weer ingeschreven?" in " ".join(said)
    assert [point.title for point in asked.points] == ["Niet actief ingeschreven bij KvK"]
    assert any("Het advies is al rood. Overweegt u een maatregel?" in check for check in letter.checks)


# What it never says -----------------------------------------------------------------------------------


@every_letter
@every_language
def test_no_colour_order_digest_or_unverified_law_stands_in_a_letter(name: str, kind: str, lang: str) -> None:
    letter = drafted(name, kind, lang)
    found = explained(name, lang, True)
    said = " ".join(in_order(letter))
    findings = [*found.reasons, *found.also]

    assert not any(re.search(rf"\b{word}\b", said, re.IGNORECASE) for word in (LEVEL[level][lang] for level in Level))
    assert not any(finding.look in said for finding in findings if finding.look)
    assert not any(finding.sentence in said for finding in findings if not finding.decisive)
    assert found.digest[:8] not in said
    assert found.profile.digest[:8] not in said
    for one in (*findings, *found.steps):
        assert not (one.unverified and one.basis and one.basis in said), one


def test_a_law_that_was_not_verified_is_a_check_for_the_sender() -> None:
    intent = drafted("rode-aanbieder", "intent")

    assert "Handelsregisterwet" not in " ".join(in_order(intent))
    (check,) = (check for check in intent.checks if "Art. 5 en 6 van de Handelsregisterwet" in check)
    assert "‘Niet actief ingeschreven bij KvK’" in check


def test_the_sender_checks_the_measure_the_address_the_term_and_the_limits() -> None:
    checks = "\n".join(drafted("bewijs-ontbreekt", "intent", date=date(2026, 4, 4)).checks)

    for said in (
        "Past ‘geen overeenkomst met u sluiten’? De maatregel kiest u zelf. Het advies is alleen: ten minste oranje",
        "Heeft u dat gedaan?", "Er staat geen adres van de aanbieder in de brief.",
        "De maatstaf (laagste solvabiliteit: 20%)", "Tweede paasdag (6 april 2026).", "het kwaliteitscertificaat",
        "De brief is van zaterdag 4 april 2026.", "De beoordeling is van 15 januari 2026.",
        "een reconstructie uit openbare bronnen",
    ):  # fmt: skip
        assert said in checks


@pytest.mark.parametrize(
    ("day", "told"),
    [(date(2026, 1, 15), False), (date(2026, 1, 16), False), (date(2026, 1, 19), True), (date(2026, 2, 2), False)],
)
def test_the_sender_checks_whether_the_term_leaves_time_before_the_award_starts(day: date, told: bool) -> None:
    """The award starts on Sunday 1 February 2026; ten working days after 16 January is 30 January."""
    said = " ".join(drafted("bewijs-ontbreekt", "request", date=day).checks)

    assert ("de opdracht begint op 1 februari 2026. Is er dan nog tijd om te beslissen?" in said) is told


@pytest.mark.parametrize(("start", "told"), [(date(2026, 1, 29), True), (date(2026, 1, 30), False)])
def test_a_term_that_ends_on_the_day_of_the_start_is_told_too(start: date, told: bool) -> None:
    dossier = assessed("bewijs-ontbreekt").evaluation.dossier
    starting = attrs.evolve(dossier, award=attrs.evolve(dossier.award, starts_on=start))

    checks = letter_of(model().assess(starting), "request").checks
    assert any("29 januari 2026, en de opdracht begint" in check for check in checks) is told


def test_an_address_from_the_settings_is_on_the_letter() -> None:
    settings = attrs.evolve(SETTINGS, addressee_address=("Bedachtestraat 2", "0000 BB Voorbeelddam"))
    letter = drafted("bewijs-ontbreekt", "request", settings=settings)

    assert [*in_order(letter)][1:3] == ["Bedachtestraat 2", "0000 BB Voorbeelddam"]
    assert "Klopt het adres?" in letter.checks[0]


def test_no_measure_but_the_official_s_stands_in_a_letter() -> None:
    profile = DOCS / "examples" / "regio-eigen-profiel" / "regio-voorbeeld.toml"
    assessment = BarrierModel.load(profile).assess(assessed("regio-eigen-profiel").evaluation.dossier)
    letter = letter_of(assessment, "intent", measure="een gesprek met u voeren")

    assert "Uitsluiting kan volgen" in assessment.explanation().reasons[0].sentence
    (point,) = (point for block in letter.blocks for point in block.points)
    assert point.paragraphs[0].endswith("en dan moet het certificaat nog geldig zijn.")
    assert "uitslui" not in " ".join(in_order(letter)).lower()
    assert any("aanbestedingsstukken, paragraaf 4.2" in check for check in letter.checks)  # for the sender to add


def test_a_provider_is_not_told_which_confidential_source_is_looked_up() -> None:
    letter = letter_of(assessed("bewijs-ontbreekt", "nl-basis"), "request")
    said = " ".join(body(letter))

    assert "Wij zoeken het KvK-uittreksel, de jaarrekening en de WNT-verantwoording zelf op." in said
    assert not re.search("IKZ|Waarschuwingsregister", said)
    assert any("IKZ, de bevraging van het Waarschuwingsregister" in check for check in letter.checks)


def test_the_sender_is_asked_whether_the_provider_may_see_confidential_evidence() -> None:
    letter = drafted("aanbesteding", "intent")

    assert any("alle gegevens mag zien" in check and "(GVA)" in check for check in letter.checks)


# When there is none -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        ("gezonde-aanbieder", "request", "nothing is needed from the provider, so there is nothing to request"),
        ("eenmanszaak", "intent", "no finding decides the advice"),
        ("een-bestand.json", "intent", r"no finding decides the advice.*write a request"),
    ],
)
def test_there_is_no_letter_where_it_has_nothing_to_say(name: str, kind: str, message: str) -> None:
    with pytest.raises(LetterError, match=message):
        drafted(name, kind)


def test_an_intent_on_confidential_evidence_is_refused_or_names_the_secrecy_rule() -> None:
    with pytest.raises(
        LetterError, match=r"\(Gedragsverklaring aanbesteden \(GVA\)\), and no letter leaves a reason out"
    ):
        drafted("aanbesteding", "intent", confidential=False)

    allowed = drafted("aanbesteding", "intent", confidential=True)
    assert any("Wet Bibob art. 28" in check for check in allowed.checks)
    assert not any("Bibob" in text for text in in_order(allowed))


def test_a_request_says_to_the_sender_what_it_does_not_ask() -> None:
    with pytest.raises(LetterError, match="rests on confidential evidence; check what may be told"):
        drafted("aanbesteding", "request", confidential=False)


@pytest.mark.parametrize("measure", ["", " ", "."])
def test_a_measure_is_in_words(measure: str) -> None:
    with pytest.raises(LetterError, match="needs a measure"):
        drafted("rode-aanbieder", "intent", measure=measure)


def test_a_letter_is_not_older_than_its_assessment_and_in_two_languages_only() -> None:
    with pytest.raises(LetterError, match=r"of 2026-01-14, before the assessment of 2026-01-15"):
        drafted("rode-aanbieder", "intent", date=date(2026, 1, 14))
    with pytest.raises(LetterError, match=r"nl or en; got 'fr'"):
        drafted("rode-aanbieder", "intent", "fr")


def test_a_letter_needs_a_name_and_a_reference() -> None:
    dossier = assessed("rode-aanbieder").evaluation.dossier
    nameless = attrs.evolve(dossier, provider=attrs.evolve(dossier.provider, name=UNKNOWN))
    unfiled = attrs.evolve(dossier, award=attrs.evolve(dossier.award, id=UNKNOWN))

    with pytest.raises(LetterError, match=r"no name of the provider.*provider\.name"):
        letter_of(model().assess(nameless), "intent")
    with pytest.raises(LetterError, match="give `reference` in the settings"):
        letter_of(model().assess(unfiled), "intent")


# Its formats ------------------------------------------------------------------------------------------


@every_letter
@every_language
def test_the_page_the_document_and_the_data_say_the_same(name: str, kind: str, lang: str) -> None:
    letter = drafted(name, kind, lang)
    main = read(letter.html()).one("main")

    if name in (
        "bewijs-ontbreekt",
        "een-bestand.json",
    ):  # a document costs the most; these have all that blocks can have
        assert word_texts(letter.docx()) == [*in_order(letter)]
    shown = [text.strip() for text in leaves(main) if text.strip()]
    assert shown == [SETTINGS.authority, SETTINGS.department, *SETTINGS.address, *in_order(letter)]
    assert json.loads(letter.to_json()) == letter.to_dict()


def leaves(element: Any) -> list[str]:
    """Each text in an element by itself."""
    return [text for child in element.children for text in ([child] if isinstance(child, str) else leaves(child))]


def test_the_fields_are_what_is_listed() -> None:
    def check(value: Any, shape: Shape) -> None:
        if isinstance(value, dict):
            assert isinstance(shape, dict)
            assert list(value) == list(shape)
            for name, inner in value.items():
                check(inner, shape[name])
        elif isinstance(value, list):
            assert isinstance(shape, list)
            for member in value:
                check(member, shape[0])
        else:
            assert (type(value), shape) == (str, None)

    for name, kind in DRAFTED:
        check(drafted(name, kind).fields(), FIELDS)


def test_a_page_has_the_checks_above_it_and_does_not_print_them() -> None:
    page = read(drafted("rode-aanbieder", "intent").html())
    aside = page.one("aside")

    assert aside.attributes["class"] == "noprint"
    assert "Voor u verzendt (staat niet in de brief)" in aside.words
    assert "Art. 5 en 6" not in page.one("main").words
    assert not [*page.all("script")]


def test_a_document_has_headings_a_language_and_a_title() -> None:
    for lang, locale in (("nl", "nl-NL"), ("en", "en-GB")):
        letter = drafted("bewijs-ontbreekt", "request", lang)
        document = opened(letter.docx())
        styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}

        assert styles[letter.subject] == "Heading 1"
        assert {styles[block.heading] for block in letter.blocks[1:]} == {"Heading 2"}
        assert (document.core_properties.title, document.core_properties.language) == (letter.subject, locale)
        assert f'w:val="{locale}"' in document.styles.element.xml
        assert document.sections[0].header.paragraphs[0].text == SETTINGS.authority


@costly
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
@example(HOSTILE)
@example("{_{ 7*7 }_}")
def test_a_hostile_name_stays_a_text_in_every_format(name: str) -> None:
    letter = letter_of(provider_is(assessed("bewijs-ontbreekt"), name=name), "request")
    shown = letter.addressee
    page = read(letter.html())

    assert not re.search("[\0-\x1f\u202e]", shown)
    assert not [*page.all("script")]
    assert page.one("address").text.strip() == shown.strip()
    assert " ".join(word_texts(letter.docx())[0].split()) == " ".join(shown.split())
    assert json.loads(letter.to_json())["addressee"]["name"] == shown


def test_a_hostile_measure_stays_a_text() -> None:
    letter = drafted("rode-aanbieder", "intent", measure=HOSTILE)
    shown = HOSTILE.replace("\u202e", "�").replace("\x1b", "�")

    assert any(shown in text for text in word_texts(letter.docx()))
    assert shown in read(letter.html()).one("main").text
    assert MEASURE not in letter.html()


# Any dossier ------------------------------------------------------------------------------------------


@pytest.mark.nightly
@given(st.deferred(lambda: dossiers(model())), st.sampled_from(["nl", "en"]), st.booleans())
def test_no_letter_leaves_a_reason_out_or_names_what_does_not_decide(dossier: Dossier, lang: str, shown: bool) -> None:
    assessment = model().assess(dossier)
    found = assessment.explanation(lang, confidential=shown)
    settings = attrs.evolve(SETTINGS, reference="VB-2026-99")
    try:
        letter = letter_of(assessment, "intent", lang, settings=settings, confidential=shown)
    except LetterError:
        masked = assessment.explanation(lang)
        secret = [one for one in masked.reasons if one.withheld or any(source.withheld for source in one.sources)]
        assert not found.reasons or assessment.provider.name is UNKNOWN or (secret and not shown)
        return

    points = {point.title: point.paragraphs for block in letter.blocks for point in block.points}
    assert set(points) == {one.short for one in (*found.reasons, *found.also) if one.decisive}
    assert all(reason.sentence.startswith(points[reason.short][0]) for reason in found.reasons)
    assert all(reason.rebut == points[reason.short][2] for reason in found.reasons)


def test_a_request_says_of_each_question_that_it_leaves_out_on_what_it_rests() -> None:
    dossier = assessed("aanbesteding").evaluation.dossier
    fewer = [item for item in dossier.evidence if item.kind.id != "quality_certificate"]
    letter = letter_of(model().assess(attrs.evolve(dossier, evidence=fewer)), "request")

    assert [point.title for block in letter.blocks for point in block.points] == ["Kwaliteitscertificaat"]
    assert any("--confidential vraagt de brief er wel naar" in check for check in letter.checks)
    assert "GVA" not in " ".join(body(letter))


def test_a_reason_on_the_same_facts_as_another_is_in_the_letter_too(tmp_path: Path) -> None:
    stricter = tmp_path / "streng.toml"
    stricter.write_text(STRICTER, encoding="utf-8")
    assessment = BarrierModel.load(stricter).assess(assessed("rode-aanbieder").evaluation.dossier)

    points = [point.title for block in letter_of(assessment, "intent").blocks for point in block.points]

    assert len(assessment.explanation().reasons) == 1
    assert points == ["Niet actief ingeschreven bij KvK", "Einddatum of niet actief bij KvK"]
