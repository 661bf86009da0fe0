"""From a list's bytes to evidence: what is compared, what is a hit, and what is shown."""

from datetime import date
from pathlib import Path

import pytest

from barriermodel import UNKNOWN, Dossier, DossierError, Identifier, LegalForm, Level, Provider, dump_dossier
from barriermodel.testing import only
from barriermodel_integrity import sanctions, screen

FOLDER = Path(__file__).parent / "samples"
LISTS = [FOLDER / "targets.simple.csv", FOLDER / "entities.ftm.json"]
ON = date(2026, 1, 14)
NAME = "Verzonnen Handelshuis Zonnedauw B.V."
OTHER = "Verzonnen Zorg B.V."
KVK = Identifier("NL-KVK", "00009999")
HEAD = "id,schema,name,aliases,countries,identifiers\n"

pytestmark = pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)


@pytest.fixture
def screened(path):
    def run(name=OTHER, identifiers=(KVK,), legal_form=LegalForm.BV, **more):
        provider = Provider(name=name, identifiers=identifiers, legal_form=legal_form)
        return screen(provider, path.read_bytes(), on=ON, list_name="Verzonnen EU-lijst", **more)

    return run


def assessed(item):
    provider = Provider(name=OTHER, identifiers=() if item.about is None else (item.about,))
    return only("nl.sanctions").assess(Dossier(as_of=date(2026, 1, 15), provider=provider, evidence=(item,)))


def test_another_name_and_number_are_green(screened):
    assert assessed(screened()).advice.at_most is Level.GREEN


def test_the_same_name_is_orange_and_shows_score_list_and_regulation(screened):
    assessment = assessed(screened("STICHTING VERZONNEN HANDELSHUIS ZONNEDAUW"))
    said = " ".join(assessment.explain("nl").split())

    assert assessment.advice.at_least is assessment.advice.at_most is Level.ORANGE
    assert f"{NAME} (Verzonnen EU-lijst; " in said
    assert "Verordening (EU) 9999/1" in said
    assert "De score is 100" in said
    assert "Een mens moet kijken" in said


def test_an_alias_and_a_trade_name_are_compared_too(screened):
    assert screened("Zonnedauw Trading").facts.name_score == 100
    assert screened("Zonnedauw; Import").facts.name_score == 100
    assert screened(other_names=["Zonnedauw Trading BV"]).facts.name_score == 100


@pytest.mark.parametrize(("scheme", "value"), [("LEI", "000000VERZONNEN00114"), ("NL-KVK", "00001001")])
def test_the_same_number_is_red_whatever_the_name(screened, scheme, value):
    assessment = assessed(screened(identifiers=(Identifier(scheme, value),)))
    said = " ".join(assessment.explain("nl").split())

    assert assessment.advice.at_least is Level.RED
    assert f"{value}: {NAME} (Verzonnen EU-lijst; " in said


def test_eight_digits_of_another_country_are_not_a_kvk_number(screened):
    item = screened(identifiers=(Identifier("NL-KVK", "00001002"),))

    assert assessed(item).advice.at_most is Level.GREEN


@pytest.mark.parametrize(
    ("legal_form", "score"), [(LegalForm.EENMANSZAAK, 100), (UNKNOWN, 100), (LegalForm.STICHTING, 99)]
)
def test_a_person_can_be_a_sole_trader_and_no_foundation(screened, legal_form, score):
    found = screened("Bram Verzinsel", legal_form=legal_form).facts.name_score

    assert found == 100 if score == 100 else found < 90


def test_a_ship_and_an_address_are_not_compared(screened):
    assert screened("Zorgboot Fictief").facts.name_score < 90
    assert screened("Nergensstraat 1").facts.name_score < 90


def test_what_is_not_known_of_the_provider_is_not_guessed(screened):
    assessment = assessed(screened(name=UNKNOWN, identifiers=()))

    assert (assessment.advice.at_least, assessment.advice.at_most) == (Level.GREEN, Level.RED)
    assert screened(name=UNKNOWN).facts.name_score is UNKNOWN
    assert screened(identifiers=(Identifier("NL-AGB", "01234567"),)).facts.matched_number is UNKNOWN


def test_the_evidence_says_of_which_list_it_is_and_can_be_kept(screened):
    item = screened()

    assert (item.id, item.obtained_on, item.about) == ("Verzonnen EU-lijst", ON, KVK)
    assert len(item.source.sha256) == 64
    provider = Provider(name=OTHER, identifiers=(KVK,))
    assert "sanctions_screening" in str(dump_dossier(Dossier(as_of=ON, provider=provider, evidence=(item,))))


def test_further_names_that_are_alike_are_noted(path):
    provider = Provider(name="Zorggroep Fictie", identifiers=(KVK,))
    raw = f"{HEAD}a,Company,Zorggroep Fictie,,,\nb,Company,Zorggroep Ficties,,,\nc,Company,Iets Anders,,,\n".encode()

    notes = screen(provider, raw, on=ON, list_name="x").notes

    assert len(notes) == 1
    assert "Zorggroep Ficties" in notes[0].nl


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"naam,nummer\nx,y\n",
        HEAD.encode(),
        (HEAD + "a,Company,,,,\n").encode(),
        (HEAD + "a,Company\n").encode(),
        (HEAD + 'a,Company,"' + "x" * 200_000 + '",,,\n').encode(),
        b'{"id": "a"',
        b'{"id": "a", "schema": "Company"}',
        b'{"id": 1, "schema": "Company", "properties": {}}',
        b'{"id": "a", "schema": "Company", "properties": {}}\n[]',
        b'{"id": "a", "schema": "Vessel", "properties": {"name": ["x"]}}',
    ],
)
def test_what_is_no_list_is_refused(path, raw):
    with pytest.raises(DossierError):
        screen(Provider(name=OTHER), raw, on=ON, list_name="x")


def test_a_name_never_makes_more_than_orange(path):
    assert sanctions.rules["name_alike"].level is Level.ORANGE
