"""From a list's bytes to evidence: what is compared, what is a hit, and what is shown."""

from datetime import date
from pathlib import Path

import pytest

from barriermodel import UNKNOWN, Dossier, Identifier, LegalForm, Level, Provider, dump_dossier
from barriermodel.testing import single_barrier_model
from barriermodel_integrity import sanctions, screen

FOLDER = Path(__file__).parent / "samples"
LISTS = {"targets.simple.csv": 4, "entities.ftm.json": 6, "eu-list.csv": 10, "eu-list.xml": 3}
"""Each list with the number of its rows, lines or entries."""
ON = date(2026, 1, 14)
NAME = "Verzonnen Handelshuis Zonnedauw B.V."
OTHER = "Verzonnen Zorg B.V."
KVK = Identifier("NL-KVK", "00009999")
HEAD = "id,schema,name,aliases,countries,identifiers\n"


@pytest.fixture(params=LISTS)
def path(request):
    return FOLDER / request.param


@pytest.fixture
def screened(path):
    def run(name=OTHER, identifiers=(KVK,), legal_form=LegalForm.BV, **more):
        provider = Provider(name=name, identifiers=identifiers, legal_form=legal_form)
        return screen(
            provider, path.read_bytes(), on=ON, list_name="Verzonnen EU-lijst", entries=LISTS[path.name], **more
        )

    return run


def assessed(item):
    provider = Provider(name=OTHER, identifiers=() if item.about is None else (item.about,))
    return single_barrier_model("nl.sanctions").assess(
        Dossier(as_of=date(2026, 1, 15), provider=provider, evidence=(item,))
    )


def test_another_name_and_number_are_green(screened):
    assert assessed(screened()).advice.at_most is Level.GREEN


def test_the_same_name_is_orange_and_shows_score_list_and_regulation(screened):
    assessment = assessed(screened("STICHTING VERZONNEN HANDELSHUIS ZONNEDAUW"))
    said = " ".join(assessment.explain("nl").split())

    assert assessment.advice.at_least is assessment.advice.at_most is Level.ORANGE
    assert f"{NAME} (Verzonnen EU-lijst; " in said
    assert "Verordening (EU) 9999/1" in said
    assert "De gelijkenis is 100 punten (ondergrens 90); dat is geen bewijs." in said
    assert "Kijk of het om dezelfde organisatie of persoon gaat" in (sanctions.rules["name_alike"].words / "look").nl


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


def row_list(*names):
    return (HEAD + "".join(f"{n},Company,{name},,,\n" for n, name in enumerate(names))).encode()


def against(raw, name="Zorggroep Fictie", entries=None, **more):
    provider = Provider(name=name, identifiers=(KVK,))
    return screen(
        provider, raw, on=ON, list_name="x", entries=raw.count(b"\n") - 1 if entries is None else entries, **more
    )


def test_further_names_that_are_alike_are_noted():
    (note,) = against(row_list("Zorggroep Fictie", "Zorggroep Ficties", "Iets Anders")).notes

    assert "Zorggroep Ficties" in note.nl


def test_the_name_that_scored_is_cited_and_behind_it_the_name_of_its_entry(screened):
    facts = screened("Zonnedauw Tradings").facts

    assert facts.listed_name == f"Zonnedauw Trading ({NAME})"
    assert "9999/1" in facts.regulation
    assert screened("Handelshuis Zonnedauw Verzonnen").facts.listed_name == NAME


def test_a_name_of_the_provider_that_cannot_be_compared_leaves_its_score_open_and_that_is_told():
    item = against(row_list("Zorggroep Fictie"), name="***")

    assert (item.facts.name_score, item.facts.listed_name, item.facts.regulation) == (UNKNOWN,) * 3
    assert "Een naam van de aanbieder is niet te vergelijken" in item.notes[0].nl
    assert (assessed(item).advice.at_least, assessed(item).advice.at_most) == (Level.GREEN, Level.ORANGE)


def test_another_name_that_cannot_be_compared_is_told_and_leaves_nothing_open():
    item = against(row_list("Zorggroep Fictie"), name="Iets Anders", other_names=["…"])

    assert "A name of the provider cannot be compared" in item.notes[0].en
    assert assessed(item).advice.at_most is Level.GREEN


def test_another_name_of_it_is_then_a_hit_only_where_none_can_be_more_alike():
    raw = row_list("Zorggroep Fictie")

    assert against(raw, name="***", other_names=["Zorggroep Ficties"]).facts.name_score is UNKNOWN
    assert "Zorggroep Fictie" in against(raw, name="***", other_names=["Zorggroep Ficties"]).notes[1].nl
    assert against(raw, name="***", other_names=["Fictie Zorggroep"]).facts.name_score == 100


def test_entries_without_a_name_that_can_be_compared_are_counted_and_do_not_leave_the_rule_open():
    item = against(row_list("", "***", "Iets Anders"))
    assessment = assessed(item)

    assert item.notes[0].en == "2 entries have no name to compare. See whether the provider is one of them."
    assert assessment.advice.decided
    assert assessment.advice.at_most is Level.GREEN


def test_a_sort_of_entry_that_is_not_known_is_compared():
    assert against((HEAD + "a,Trust,Zorggroep Fictie,,,\n").encode()).facts.name_score == 100


def test_the_number_of_entries_is_in_the_evidence(screened, path):
    assert screened().facts.entries == LISTS[path.name]


def test_a_name_never_makes_more_than_orange():
    assert sanctions.rules["name_alike"].level is Level.ORANGE
