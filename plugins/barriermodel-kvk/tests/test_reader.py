"""The reader ``kvk``. All undertakings here are made up; the shape of the answers is KvK's."""

import copy
import json
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from barriermodel.plugin import (
    UNKNOWN,
    Absent,
    DossierError,
    Evidence,
    Identifier,
    LegalForm,
    SourceType,
    UnknownReason,
)
from barriermodel_kvk import Branch, Insolvency, KvkExtract, SbiActivity, reader

SELF = "https://api.kvk.nl/api/v1/basisprofielen/01234567"
BASISPROFIEL = {
    "kvkNummer": "01234567",
    "indNonMailing": "Ja",
    "naam": "Zorg aan het Water",
    "formeleRegistratiedatum": "20190305",
    "materieleRegistratie": {"datumAanvang": "20190301"},
    "totaalWerkzamePersonen": 12,
    "statutaireNaam": "Stichting Zorg aan het Water",
    "handelsnamen": [
        {"naam": "Dagbesteding de Sluis", "volgorde": 1},
        {"naam": "Zorg aan het Water", "volgorde": 0},
    ],
    "sbiActiviteiten": [
        {"sbiCode": "88101", "sbiOmschrijving": "Thuiszorg", "indHoofdactiviteit": "Ja"},
        {"sbiCode": "87901", "sbiOmschrijving": "Jeugdzorg met overnachting", "indHoofdactiviteit": "Nee"},
    ],
    "_embedded": {
        "eigenaar": {"rsin": "123456782", "rechtsvorm": "Stichting", "uitgebreideRechtsvorm": "Stichting"},
        "hoofdvestiging": {
            "vestigingsnummer": "000012345678",
            "kvkNummer": "01234567",
            "materieleRegistratie": {"datumAanvang": "20190301"},
            "eersteHandelsnaam": "Zorg aan het Water",
            "indHoofdvestiging": "Ja",
            "adressen": [{"type": "bezoekadres", "postcode": "7500AA", "plaats": "Enschede"}],
        },
    },
    "_links": {"self": {"href": SELF}},
}
ZOEKEN_V2 = {
    "pagina": 1,
    "resultatenPerPagina": 10,
    "totaal": 2,
    "resultaten": [
        {
            "kvkNummer": "01234567",
            "vestigingsnummer": "000012345679",
            "naam": "Dagbesteding de Sluis",
            "adres": {"binnenlandsAdres": {"type": "bezoekadres", "plaats": "Hengelo"}},
            "type": "nevenvestiging",
        },
        {
            "kvkNummer": "01234567",
            "vestigingsnummer": "000012345678",
            "naam": "Zorg aan het Water",
            "type": "hoofdvestiging",
        },
    ],
}
OPEN_DATA = {
    "datumAanvang": "20190301",
    "actief": "J",
    "rechtsvormCode": "BV",
    "postcodeRegio": 75,
    "activiteiten": [
        {"sbiCode": "70221", "soortActiviteit": "Nevenactiviteit"},
        {"sbiCode": "88101", "soortActiviteit": "Hoofdactiviteit"},
    ],
    "lidstaat": "NL",
}


NAAMGEVING = {
    "kvkNummer": "01234567",
    "rsin": "123456782",
    "statutaireNaam": "Stichting Zorg aan het Water",
    "naam": "Stichting Zorg aan het Water",
    "startdatum": "20190301",
    "vestigingen": [
        {
            "vestigingsnummer": "000012345678",
            "eersteHandelsnaam": "Zorg aan het Water",
            "handelsnamen": [{"naam": "Zorg aan het Water", "volgorde": 1}],
        }
    ],
    "_links": {"self": {"href": "https://api.kvk.nl/api/v1/naamgevingen/kvknummer/01234567"}},
}
VESTIGINGSPROFIEL = {
    "vestigingsnummer": "000012345678",
    "kvkNummer": "01234567",
    "rsin": "123456782",
    "formeleRegistratiedatum": "20190305",
    "materieleRegistratie": {"datumAanvang": "20190301"},
    "statutaireNaam": "Stichting Zorg aan het Water",
    "eersteHandelsnaam": "Zorg aan het Water",
    "indHoofdvestiging": "Ja",
    "voltijdWerkzamePersonen": 8,
    "totaalWerkzamePersonen": 12,
    "handelsnamen": [{"naam": "Zorg aan het Water", "volgorde": 0}],
    "sbiActiviteiten": [{"sbiCode": "88101", "indHoofdactiviteit": "Ja"}],
}


def read(data):
    return list(reader.read(json.dumps(data).encode()))


def one(data) -> Evidence:
    (item,) = read(data)
    assert isinstance(item, Evidence)
    return item


def changed(answer, path, value):
    """A copy of an answer with another value at a path (``...`` leaves the key out)."""
    result = copy.deepcopy(answer)
    *parents, last = path
    holder = result
    for key in parents:
        holder = holder[key]
    if value is ...:
        del holder[last]
    else:
        holder[last] = value
    return result


def problems(data):
    with pytest.raises(DossierError) as caught:
        read(data)
    return {problem.path: problem.message for problem in caught.value.problems}


def in_dutch(item):
    return " ".join(note.nl for note in item.notes)


# Basisprofiel -----------------------------------------------------------------------------------------


def test_every_fact_of_a_basisprofiel_is_read():
    item = one(BASISPROFIEL)

    assert item.facts == KvkExtract(
        active=True,
        end_date_stated=False,
        registered_on=date(2019, 3, 1),
        formally_registered_on=date(2019, 3, 5),
        name="Zorg aan het Water",
        statutory_name="Stichting Zorg aan het Water",
        trade_names=("Zorg aan het Water", "Dagbesteding de Sluis"),
        legal_form=LegalForm.STICHTING,
        legal_form_words="Stichting",
        rsin="123456782",
        people_working=12,
        main_sbi_code="88101",
        sbi_activities=(
            SbiActivity(code="88101", description="Thuiszorg", main=True),
            SbiActivity(code="87901", description="Jeugdzorg met overnachting", main=False),
        ),
        branches=(Branch(number="000012345678", name="Zorg aan het Water", main=True),),
    )
    assert item.about == Identifier("NL-KVK", "01234567")


def test_the_source_is_the_register_and_the_dossier_supplies_the_date():
    item = one(BASISPROFIEL)

    assert (item.source.type, item.source.issuer, item.source.reference) == (SourceType.REGISTER, "KvK", SELF)
    assert (item.id, item.issued_on, item.obtained_on) == ("", None, None)


def test_the_shape_with_a_list_of_links_says_the_same():
    other = changed(BASISPROFIEL, ["_links"], ...)
    other["links"] = [{"rel": "vestigingen", "href": f"{SELF}/vestigingen"}, {"rel": "self", "href": SELF}]

    assert one(other) == one(BASISPROFIEL)


def test_embedded_without_an_underscore_says_the_same():
    other = changed(BASISPROFIEL, ["_embedded"], ...)
    other["embedded"] = BASISPROFIEL["_embedded"]

    assert one(other) == one(BASISPROFIEL)


def test_keys_that_nobody_asks_for_are_ignored():
    other = BASISPROFIEL | {"uraNummer": ["00012345"], "nieuw": {"geoData": 1.5}}

    assert one(other).facts == one(BASISPROFIEL).facts


def test_without_an_end_date_it_says_that_none_is_registered():
    assert "Er is geen einddatum geregistreerd" in in_dutch(one(BASISPROFIEL))


@pytest.mark.parametrize("empty", [None, ...])
def test_an_end_date_that_is_null_is_no_end_date(empty):
    dates = {"datumAanvang": "20190301"} | ({} if empty is ... else {"datumEinde": empty})

    assert one(BASISPROFIEL | {"materieleRegistratie": dates}).facts.active is True


def test_an_end_date_is_read_and_leaves_it_to_the_rule_whether_it_has_passed():
    facts = one(changed(BASISPROFIEL, ["materieleRegistratie", "datumEinde"], "20250630")).facts

    assert (facts.active, facts.end_date_stated, facts.ended_on) == (False, True, date(2025, 6, 30))


def test_a_partial_end_date_is_an_end_on_an_unknown_day():
    item = one(changed(BASISPROFIEL, ["materieleRegistratie", "datumEinde"], "20250000"))

    assert (item.facts.active, item.facts.end_date_stated, item.facts.ended_on) == (False, True, UNKNOWN)
    assert "'20250000'" in in_dutch(item)


@pytest.mark.parametrize("nothing", ["00000000", "0000-00-00", "0001-01-01", "", "onbekend"])
def test_an_end_date_that_may_mean_none_leaves_the_end_unknown(nothing):
    item = one(changed(BASISPROFIEL, ["materieleRegistratie", "datumEinde"], nothing))

    assert (item.facts.active, item.facts.end_date_stated, item.facts.ended_on) == (UNKNOWN,) * 3
    assert "materieleRegistratie.datumEinde" in in_dutch(item)


@pytest.mark.parametrize("dates", [{}, None, {"datumAanvang": None}, {"datumAanvang": ""}])
def test_a_profile_that_is_not_complete_does_not_say_that_a_registration_goes_on(dates):
    item = one(BASISPROFIEL | {"materieleRegistratie": dates})

    assert (item.facts.active, item.facts.end_date_stated) == (UNKNOWN, UNKNOWN)
    assert "niet volledig" in in_dutch(item)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (["_embedded", "eigenaar", "datumUitschrijving"], "datumUitschrijving"),
        (["_embedded", "hoofdvestiging", "materieleRegistratie", "datumEinde"], "datumEinde"),
    ],
)
def test_an_end_date_elsewhere_in_the_profile_leaves_the_end_unknown(path, name):
    item = one(changed(BASISPROFIEL, path, "20250101"))

    assert item.facts.active is UNKNOWN
    assert name in in_dutch(item)


@pytest.mark.parametrize(
    "odd",
    ["0000-00-00", "20150000", "20150700", "00000000", "20151300", "20230229", "0001-01-01", "x", "2015{1}"],
)
def test_a_partial_or_impossible_date_is_unknown_with_a_note_that_shows_it(odd):
    item = one(changed(BASISPROFIEL, ["materieleRegistratie", "datumAanvang"], odd))

    assert item.facts.registered_on is UNKNOWN
    assert f"is {odd!r}: geen volledige datum." in in_dutch(item)


def test_what_is_no_yes_or_no_is_unknown_with_a_note_that_shows_where():
    item = one(changed(BASISPROFIEL, ["sbiActiviteiten", 0, "indHoofdactiviteit"], "misschien"))

    assert item.facts.main_sbi_code is UNKNOWN
    assert "sbiActiviteiten[0].indHoofdactiviteit is 'misschien': geen ja of nee." in in_dutch(item)


@given(st.from_regex("[0-9]{8}", fullmatch=True))
def test_eight_digits_are_that_day_or_unknown(digits):
    found = one(changed(BASISPROFIEL, ["formeleRegistratiedatum"], digits)).facts.formally_registered_on

    assert found is UNKNOWN or f"{found:%Y%m%d}" == digits


def test_nothing_that_is_left_out_is_filled_in():
    facts = one({"kvkNummer": "01234567", "formeleRegistratiedatum": "20190305"}).facts

    assert facts == KvkExtract(formally_registered_on=date(2019, 3, 5))


def test_a_profile_says_nothing_on_insolvency():
    facts = one(BASISPROFIEL).facts

    assert (facts.insolvency_registered, facts.insolvency) == (UNKNOWN, UNKNOWN)


def test_no_activities_is_not_the_same_as_activities_not_told():
    assert one(BASISPROFIEL | {"sbiActiviteiten": []}).facts.sbi_activities == ()
    assert one(changed(BASISPROFIEL, ["sbiActiviteiten"], ...)).facts.sbi_activities is UNKNOWN


def test_codes_of_the_old_and_the_new_sbi_are_kept_as_they_are():
    rows = [{"sbiCode": "1011"}, {"sbiCode": "10110"}, {"sbiCode": "01241"}]
    facts = one(BASISPROFIEL | {"sbiActiviteiten": rows}).facts

    assert [activity.code for activity in facts.sbi_activities] == ["1011", "10110", "01241"]


def test_two_main_activities_leave_the_main_code_unknown():
    rows = [
        {"sbiCode": "88101", "indHoofdactiviteit": "Ja"},
        {"sbiCode": "86210", "indHoofdactiviteit": "Ja"},
    ]

    assert one(BASISPROFIEL | {"sbiActiviteiten": rows}).facts.main_sbi_code is UNKNOWN


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("Eenmanszaak", LegalForm.EENMANSZAAK),
        ("Besloten vennootschap met gewone structuur", LegalForm.BV),
        ("BeslotenVennootschap", LegalForm.BV),
        ("B.V.", LegalForm.BV),
        ("Naamloze Vennootschap", LegalForm.NV),
        ("Vennootschap onder firma", LegalForm.VOF),
        ("Commanditaire Vennootschap met een beherend vennoot", LegalForm.CV),
        ("Maatschap", LegalForm.MAATSCHAP),
        ("Stichting", LegalForm.STICHTING),
        ("Vereniging van Eigenaars", LegalForm.VVE),
        ("Vereniging met volledige rechtsbevoegdheid", LegalForm.VERENIGING),
        ("Coöperatie U.A.", LegalForm.COOPERATIE),
        ("Onderlinge Waarborg Maatschappij", LegalForm.OWM),
        ("Kerkgenootschap", LegalForm.KERKGENOOTSCHAP),
        ("Publiekrechtelijke Rechtspersoon", LegalForm.PUBLIEKRECHTELIJK),
        ("Overige Privaatrechtelijke Rechtspersoon", LegalForm.OVERIG),
        ("Overige buitenlandse rechtspersoon vennootschap", LegalForm.BUITENLANDS),
    ],
)
def test_the_words_for_a_legal_form_are_understood(words, form):
    owner = {"rechtsvorm": words, "uitgebreideRechtsvorm": words}

    assert one(changed(BASISPROFIEL, ["_embedded", "eigenaar"], owner)).facts.legal_form is form


@pytest.mark.parametrize("words", ["Luchtkasteel", "Besloten Vennootschap in oprichting", "{0}", "Maatschappij"])
def test_unknown_words_for_a_legal_form_are_kept_with_a_note(words):
    item = one(changed(BASISPROFIEL, ["_embedded", "eigenaar"], {"rechtsvorm": words}))

    assert (item.facts.legal_form, item.facts.legal_form_words) == (UNKNOWN, words)
    assert "geen bekende rechtsvorm" in in_dutch(item)


def test_the_longer_words_count_where_the_short_ones_are_not_known():
    owner = {"rechtsvorm": "Iets", "uitgebreideRechtsvorm": "Coöperatie U.A."}

    assert one(changed(BASISPROFIEL, ["_embedded", "eigenaar"], owner)).facts.legal_form is LegalForm.COOPERATIE


def test_an_rsin_of_the_owner_that_fails_the_elfproef_is_unknown_with_a_note():
    item = one(changed(BASISPROFIEL, ["_embedded", "eigenaar", "rsin"], "123456781"))

    assert item.facts.rsin is UNKNOWN
    assert (
        "_embedded.eigenaar.rsin is '123456781': geen RSIN, want het voldoet niet aan de elfproef. "
        "Dit gegeven is daarom onbekend." in in_dutch(item)
    )
    assert "it fails the elfproef" in " ".join(note.en for note in item.notes)


@pytest.mark.parametrize("written", ["12345678", "1234567820", "NL123456782", "12345678٢"])
def test_an_rsin_that_is_not_nine_digits_is_unknown_with_a_note(written):
    item = one(changed(BASISPROFIEL, ["_embedded", "eigenaar", "rsin"], written))

    assert item.facts.rsin is UNKNOWN
    assert "geen negen cijfers" in in_dutch(item)


@pytest.mark.parametrize("nothing", ["", " ", None, ...])
def test_an_owner_without_an_rsin_is_no_remark(nothing):
    item = one(changed(BASISPROFIEL, ["_embedded", "eigenaar", "rsin"], nothing))

    assert item.facts.rsin is UNKNOWN
    assert "rsin" not in in_dutch(item)


def test_a_number_of_a_sole_trader_is_neither_taken_nor_shown():
    owner = {"rsin": "123456782", "rechtsvorm": "Eenmanszaak"}
    item = one(changed(BASISPROFIEL, ["_embedded", "eigenaar"], owner))

    assert item.facts.rsin is UNKNOWN
    assert "burgerservicenummer" in in_dutch(item)
    assert "123456782" not in in_dutch(item)


def test_an_rsin_in_the_place_of_the_kvk_number_is_stored_as_an_rsin_with_a_note():
    item = one(BASISPROFIEL | {"kvkNummer": "123456782"})

    assert item.about == Identifier("NL-RSIN", "123456782")
    assert "RSIN" in in_dutch(item)


@pytest.mark.parametrize("wrong", ["123456789", "1234567", "", " 01234567", "01234567\n", "٠١٢٣٤٥٦٧", 1234567, None])
def test_a_wrong_kvk_number_is_an_error(wrong):
    assert set(problems(BASISPROFIEL | {"kvkNummer": wrong})) == {"kvkNummer"}


def test_all_wrong_types_are_told_in_one_error_with_their_paths():
    wrong = changed(BASISPROFIEL, ["materieleRegistratie", "datumAanvang"], 20190301)
    wrong = changed(wrong, ["sbiActiviteiten", 1, "sbiCode"], 87901)
    wrong |= {"totaalWerkzamePersonen": "12", "handelsnamen": {}, "naam": ["x"]}

    assert problems(wrong) == {
        "materieleRegistratie.datumAanvang": "expected text; got a number",
        "sbiActiviteiten[1].sbiCode": "expected text; got a number",
        "totaalWerkzamePersonen": "expected a whole number; got text",
        "handelsnamen": "expected a list; got an object",
        "naam": "expected text; got a list",
    }


@pytest.mark.parametrize("wrong", [-1, 10**20, 10**399, 2.5, True, "4"])
def test_a_number_of_people_that_cannot_be_is_an_error(wrong):
    assert set(problems(BASISPROFIEL | {"totaalWerkzamePersonen": wrong})) == {"totaalWerkzamePersonen"}


def test_an_answer_of_the_test_environment_is_marked_so():
    item = one(changed(BASISPROFIEL, ["_links", "self", "href"], "https://api.kvk.nl/test/api/v1/basisprofielen/1"))

    assert "testomgeving" in in_dutch(item)


# Zoeken -----------------------------------------------------------------------------------------------


def test_zoeken_tells_name_and_branches_but_never_whether_a_registration_goes_on():
    item = one(ZOEKEN_V2)

    assert item.facts == KvkExtract(
        name="Zorg aan het Water",
        branches=(
            Branch(number="000012345679", name="Dagbesteding de Sluis", main=False),
            Branch(number="000012345678", name="Zorg aan het Water", main=True),
        ),
    )
    assert "onvolledig" in in_dutch(item)


def test_the_older_shape_of_zoeken_is_read():
    hit = {
        "kvkNummer": "01234567",
        "handelsnaam": "Zorg aan het Water",
        "type": "rechtspersoon",
        "plaats": "Almelo",
    }
    item = one({"pagina": 1, "aantal": 10, "totaal": 1, "resultaten": [hit]})

    assert item.facts == KvkExtract(name="Zorg aan het Water")


def test_the_name_of_a_secondary_branch_alone_is_not_the_undertakings_name():
    assert one(ZOEKEN_V2 | {"resultaten": ZOEKEN_V2["resultaten"][:1], "totaal": 1}).facts.name is UNKNOWN


def test_several_registrations_are_one_item_each():
    other = {"kvkNummer": "76543210", "naam": "Zorg op Zand", "type": "rechtspersoon"}
    items = read(ZOEKEN_V2 | {"resultaten": [*ZOEKEN_V2["resultaten"], other], "totaal": 3})

    assert [item.about.value for item in items] == ["01234567", "76543210"]


def test_what_zoeken_calls_inactive_is_a_note_and_no_fact():
    item = one(changed(ZOEKEN_V2, ["resultaten", 1, "actief"], "Nee"))

    assert item.facts.active is UNKNOWN
    assert "niet actief" in in_dutch(item)


def test_a_part_of_the_results_is_noted():
    assert "2 van 31" in in_dutch(one(ZOEKEN_V2 | {"totaal": 31}))


def test_no_results_is_missing():
    (absent,) = read({"pagina": 1, "aantal": 0, "totaal": 0, "resultaten": []})

    assert (absent.kind, absent.reason, absent.source.issuer) == ("kvk_extract", UnknownReason.MISSING, "KvK")


def test_an_empty_page_of_a_longer_list_is_not_taken_for_no_results():
    assert "first page" in problems({"pagina": 9, "totaal": 3, "resultaten": []})["resultaten"]
    assert set(problems({"resultaten": []})) == {"resultaten"}


def test_wrong_numbers_in_results_are_told_with_their_paths():
    wrong = changed(ZOEKEN_V2, ["resultaten", 0, "kvkNummer"], ...)
    wrong = changed(wrong, ["resultaten", 1, "vestigingsnummer"], "1")

    assert set(problems(wrong)) == {"resultaten[0].kvkNummer", "resultaten[1].vestigingsnummer"}


# Open data --------------------------------------------------------------------------------------------


def test_the_open_data_are_read():
    item = one(OPEN_DATA)

    assert item.facts == KvkExtract(
        active=True,
        end_date_stated=False,
        registered_on=date(2019, 3, 1),
        legal_form=LegalForm.BV,
        legal_form_words="BV",
        main_sbi_code="88101",
        sbi_activities=(SbiActivity(code="70221", main=False), SbiActivity(code="88101", main=True)),
        insolvency_registered=False,
    )


def test_the_open_data_name_no_number_and_that_is_noted():
    assert one(OPEN_DATA).about is None
    assert "geen KvK-nummer" in in_dutch(one(OPEN_DATA))
    assert one(OPEN_DATA | {"kvkNummer": "01234567"}).about == Identifier("NL-KVK", "01234567")


def test_not_active_in_the_open_data_is_an_end_without_a_date():
    facts = one(OPEN_DATA | {"actief": "N"}).facts

    assert (facts.active, facts.end_date_stated, facts.ended_on) == (False, False, UNKNOWN)


@pytest.mark.parametrize(
    ("code", "insolvency"),
    [("FAIL", Insolvency.FAILLISSEMENT), ("SURS", Insolvency.SURSEANCE), ("SSAN", Insolvency.SCHULDSANERING)],
)
def test_an_insolvency_is_told(code, insolvency):
    facts = one(OPEN_DATA | {"insolventieCode": code}).facts

    assert (facts.insolvency_registered, facts.insolvency) == (True, insolvency)


def test_an_unknown_insolvency_code_is_neither_yes_nor_no():
    item = one(OPEN_DATA | {"insolventieCode": "GEEN"})

    assert (item.facts.insolvency_registered, item.facts.insolvency) == (UNKNOWN, UNKNOWN)
    assert "'GEEN'" in in_dutch(item)


def test_open_data_with_parts_missing_say_nothing_on_insolvency():
    facts = one(changed(OPEN_DATA, ["actief"], ...)).facts

    assert (facts.active, facts.end_date_stated, facts.insolvency_registered) == (UNKNOWN,) * 3


def test_another_legal_form_in_the_open_data_is_unknown_with_a_note():
    item = one(OPEN_DATA | {"rechtsvormCode": "XX", "datumAanvang": "20190000"})

    assert (item.facts.legal_form, item.facts.registered_on) == (UNKNOWN, UNKNOWN)
    assert "'XX'" in in_dutch(item)
    assert "'20190000'" in in_dutch(item)


# Errors and other answers -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "reason", "said"),
    [
        ("IPD0005", UnknownReason.MISSING, "KvK levert dit product niet voor dit nummer (IPD0005)."),
        ("IPD0007", UnknownReason.MISSING, "KvK levert dit product niet voor dit nummer (IPD0007)."),
        ("IPD5200", UnknownReason.MISSING, "KvK vond geen inschrijving (IPD5200)."),
        ("IPD0015", UnknownReason.NOT_COVERED, "alleen BV en NV (IPD0015). Vraag het Basisprofiel op."),
        ("IPD1002", UnknownReason.UNAVAILABLE, "KvK was even niet bereikbaar (IPD1002)."),
        ("IPD1003", UnknownReason.UNAVAILABLE, "KvK was even niet bereikbaar (IPD1003)."),
    ],
)
def test_an_error_answer_tells_why_there_is_no_extract(code, reason, said):
    (absent,) = read({"fout": [{"code": code, "omschrijving": "…"}]})

    assert isinstance(absent, Absent)
    assert absent.reason is reason
    assert said in in_dutch(absent)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("IPD0004", "8 digits"),
        ("IPD0006", "12 digits"),
        ("IPD0010", "9 digits"),
        ("IPD1998", "parameter"),
        ("IPD1999", "parameter"),
        ("IPD5203", "parameter"),
        ("IPD0001", "ask again later"),
        ("IPD9999", "ask again later"),
        ("IPD4242", "not known here"),
    ],
)
def test_an_error_that_says_nothing_of_the_evidence_is_an_error_that_says_what_to_do(code, words):
    assert words in problems({"fout": [{"code": code}]})["fout[0].code"]


@pytest.mark.parametrize("fout", [[], {}, "x", [1], [{}], [{"code": 5}]])
def test_an_error_answer_without_a_code_is_an_error(fout):
    assert problems({"fout": fout})


def test_one_known_error_does_not_hide_an_unknown_one():
    assert set(problems({"fout": [{"code": "IPD0005"}, {"code": "IPD0004"}]})) == {"fout[1].code"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"pagina": 1, "signalen": []}, "Mutatieservice"),
        ({"abonnementen": [{"id": "1"}]}, "Mutatieservice"),
        ({"opendataFields": [{"key": "Assets"}]}, "annual accounts"),
        ({"kvkNummer": "01234567", "vestigingen": [], "totaalAantalVestigingen": 0}, "list of branches"),
        ({"vestigingsnummer": "000012345678", "sbiActiviteiten": []}, "Vestigingsprofiel"),
        ({"rsin": "123456782", "rechtsvorm": "Stichting"}, "owner's part"),
        (NAAMGEVING, "this is a Naamgeving answer"),
        ({"kvkNummer": "01234567", "naam": "Zorg aan het Water", "vestigingen": []}, "this is a Naamgeving answer"),
        ({"kvkNummer": "01234567", "startdatum": "20190301"}, "get the Basisprofiel of the KvK number"),
        (VESTIGINGSPROFIEL, "this is a Vestigingsprofiel"),
        (VESTIGINGSPROFIEL | {"vestigingsnummer": None}, "this is a Vestigingsprofiel"),
        ({"kvkNummer": "01234567"}, "not a KvK answer that is known"),
        ({}, "not a KvK answer that is known"),
        ([BASISPROFIEL], "expected a JSON object"),
        (None, "expected a JSON object"),
    ],
)
def test_another_answer_is_refused_with_what_to_give_instead(data, words):
    assert words in problems(data)[""]


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"{", b'{"a": NaN}', b'{"a": 1, "a": 2}', b"[" * 200_000])
def test_what_is_no_json_is_refused(raw):
    with pytest.raises(DossierError):
        list(reader.read(raw))


# Nothing crashes --------------------------------------------------------------------------------------

KEYS = sorted(
    {
        *BASISPROFIEL, *OPEN_DATA, *ZOEKEN_V2, *ZOEKEN_V2["resultaten"][0], "embedded", "links", "fout",
        "code", "rel", "href", "self", "datumEinde", "datumAanvang", "eigenaar", "hoofdvestiging",
        "rechtsvorm", "handelsnaam", "insolventieCode", "sbiCode", "volgorde", "signalen",
    }
)  # fmt: skip
WORDS = st.sampled_from(
    ["Ja", "J", "N", "20150000", "01234567", "123456782", "IPD0005", "rechtspersoon", "{", "\ud800"]
)
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text() | WORDS
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(), inner, max_size=6),
    max_leaves=20,
)


def reads_or_refuses(data):
    try:
        items = list(reader.read(json.dumps(data).encode()))
    except DossierError as refused:
        items, told = [], str(refused)
    else:
        told = ""
    assert bool(items) != bool(told)
    for item in items:
        assert isinstance(item, (Evidence, Absent))


@given(JSON)
@example({"postcodeRegio": False})
@example({"resultaten": [{"kvkNummer": "01234567"}], "totaal": 1})
@example({"formeleRegistratiedatum": False, "kvkNummer": "01234567"})
def test_any_json_is_read_or_refused(data):
    reads_or_refuses(data)


def places(data, path=()):
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        yield (*path, key)
        yield from places(value, (*path, key))


@given(st.data())
def test_any_change_in_an_answer_is_read_or_refused(data):
    answer = data.draw(st.sampled_from([BASISPROFIEL, ZOEKEN_V2, OPEN_DATA, {"fout": [{"code": "IPD0005"}]}]))
    path = data.draw(st.sampled_from(list(places(answer))))
    reads_or_refuses(changed(answer, path, data.draw(JSON)))


@given(st.binary())
def test_any_bytes_are_read_or_refused(raw):
    with pytest.raises(DossierError):
        list(reader.read(raw))
