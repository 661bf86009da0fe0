"""A damaged answer of KvK: a key that cannot be read never makes an end or an insolvency disappear."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel import UNKNOWN, DossierError
from barriermodel_kvk import KvkExtract, SbiActivity, reader
from barriermodel_kvk.barrier import has_care_activity

GOES_ON = {
    "kvkNummer": "01234567",
    "indNonMailing": "Ja",
    "naam": "Zorg aan het Water",
    "formeleRegistratiedatum": "20190305",
    "materieleRegistratie": {"datumAanvang": "20190301"},
    "sbiActiviteiten": [{"sbiCode": "88101", "sbiOmschrijving": "Thuiszorg", "indHoofdactiviteit": "Ja"}],
    "_embedded": {
        "eigenaar": {"rechtsvorm": "Stichting", "uitgebreideRechtsvorm": "Stichting"},
        "hoofdvestiging": {
            "vestigingsnummer": "000012345678",
            "kvkNummer": "01234567",
            "formeleRegistratiedatum": "20190305",
            "materieleRegistratie": {"datumAanvang": "20190301"},
        },
    },
}
ENDED = GOES_ON | {"materieleRegistratie": {"datumAanvang": "20190301", "datumEinde": "20250630"}}
INSOLVENT = {
    "datumAanvang": "20190301",
    "actief": "N",
    "insolventieCode": "FAIL",
    "rechtsvormCode": "BV",
    "postcodeRegio": 75,
    "activiteiten": [{"sbiCode": "88101", "soortActiviteit": "Hoofdactiviteit"}],
    "lidstaat": "NL",
}
SOLVENT = {key: value for key, value in INSOLVENT.items() if key != "insolventieCode"}


def read(answer):
    (item,) = reader.read(json.dumps(answer).encode())
    return item


def in_dutch(item):
    return " ".join(note.nl for note in item.notes)


def keys(answer, path=()):
    """The path of every key, also inside lists."""
    for key, value in answer.items() if isinstance(answer, dict) else enumerate(answer):
        if isinstance(key, str):
            yield (*path, key)
        if isinstance(value, dict | list):
            yield from keys(value, (*path, key))


def with_key(answer, path, new):
    """A copy in which a key is called otherwise, or is left out (None)."""
    result = copy.deepcopy(answer)
    *parents, last = path
    holder = result
    for key in parents:
        holder = holder[key]
    value = holder.pop(last)
    if new is not None:
        holder.setdefault(new, value)
    return result


@st.composite
def damage(draw, key):
    """A key with a letter lost, changed or added, two of them swapped, or with other capitals; or no key."""
    place = draw(st.integers(0, len(key) - 1))
    letter = draw(st.sampled_from("abcdeinruE _-\u00eb"))
    before, at, after = key[:place], key[place], key[place + 1 :]
    return draw(
        st.sampled_from(
            [before + after, before + letter + after, before + letter + at + after, before + after[:1] + at + after[1:],
             key.upper(), key.lower(), key + " ", None]
        )
    )  # fmt: skip


@given(st.data())
def test_no_damaged_key_makes_a_registration_that_ended_go_on(data):
    path = data.draw(st.sampled_from(list(keys(ENDED))))
    new = data.draw(damage(path[-1]))
    if new is None and path[-1] in ("datumEinde", "materieleRegistratie"):
        new = "x"  # what was taken out whole cannot be seen
    try:
        facts = read(with_key(ENDED, path, new)).facts
    except DossierError:
        return

    assert (facts.active, facts.end_date_stated) in ((False, True), (UNKNOWN, UNKNOWN))


@given(st.data())
def test_no_damaged_key_makes_an_insolvency_disappear(data):
    path = data.draw(st.sampled_from(list(keys(INSOLVENT))))
    new = data.draw(damage(path[-1]))
    if new is None and path[-1] == "insolventieCode":
        new = "x"
    facts = read(with_key(INSOLVENT, path, new)).facts

    assert facts.insolvency_registered is not False
    assert facts.active is not True


@pytest.mark.parametrize("key", ["datumEnde", "DatumEinde", "datumEinde ", "einde"])
def test_a_key_beside_the_dates_that_is_not_known_leaves_the_end_open_and_is_named(key):
    item = read(with_key(ENDED, ("materieleRegistratie", "datumEinde"), key))

    assert item.facts.active is UNKNOWN
    assert f"heeft een gegeven dat hier niet bekend is: 'materieleRegistratie.{key}'" in in_dutch(item)
    assert "Of de inschrijving nog loopt, is daarom onbekend" in in_dutch(item)


@pytest.mark.parametrize(
    "path",
    [("datumEnde",), ("_embedded", "datumEnde"), ("_embedded", "eigenaar", "datumUitschrijvng"),
     ("_embedded", "hoofdvestiging", "datumEnde"),
     ("_embedded", "hoofdvestiging", "materieleRegistratie", "datumEnde")],
)  # fmt: skip
def test_a_day_under_a_key_that_is_not_known_may_be_the_end(path):
    answer = copy.deepcopy(GOES_ON)
    holder = answer
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = "20250630"
    item = read(answer)

    assert item.facts.active is UNKNOWN
    assert f"'{'.'.join(path)}'" in in_dutch(item)


def test_a_key_that_is_not_known_and_holds_no_day_changes_nothing():
    assert read(GOES_ON | {"uraNummer": ["00012345"], "nieuw": {"geoData": 1}}).facts == read(GOES_ON).facts


@pytest.mark.parametrize(
    "path",
    [("naam",), ("formeleRegistratiedatum",), ("sbiActiviteiten",), ("_embedded",), ("_embedded", "eigenaar"),
     ("_embedded", "eigenaar", "rechtsvorm"), ("materieleRegistratie",), ("materieleRegistratie", "datumAanvang")],
)  # fmt: skip
def test_an_answer_without_a_key_that_it_always_has_does_not_say_that_a_registration_goes_on(path):
    item = read(with_key(GOES_ON, path, None))

    assert read(GOES_ON).facts.active is True
    assert (item.facts.active, item.facts.end_date_stated) == (UNKNOWN, UNKNOWN)
    assert "niet volledig" in in_dutch(item)


@pytest.mark.parametrize("key", ["insolventieCde", "InsolventieCode", "insolventie"])
def test_a_damaged_insolvency_code_leaves_it_open_and_is_named(key):
    item = read(with_key(INSOLVENT, ("insolventieCode",), key))

    assert item.facts.insolvency_registered is UNKNOWN
    assert f"hier niet bekend is: '{key}'" in in_dutch(item)


@pytest.mark.parametrize("key", ["actief", "datumAanvang", "rechtsvormCode", "activiteiten"])
def test_open_data_without_a_key_that_they_always_have_say_nothing_of_insolvency(key):
    item = read(with_key(SOLVENT, (key,), None))

    assert read(SOLVENT).facts.insolvency_registered is False
    assert item.facts.insolvency_registered is UNKNOWN
    assert f"(zonder {key})" in in_dutch(item)


def test_an_activity_whose_code_cannot_be_read_may_be_care():
    no_care, no_code, care = (SbiActivity(code=code) for code in ("70221", UNKNOWN, "88101"))

    assert has_care_activity.function(KvkExtract(sbi_activities=(no_care,))) is False
    assert has_care_activity.function(KvkExtract(sbi_activities=(no_care, no_code))) is UNKNOWN
    assert has_care_activity.function(KvkExtract(sbi_activities=(no_code, care))) is True


def test_names_and_a_main_activity_of_which_one_cannot_be_read_are_unknown():
    names = [{"naam": "Zorg", "volgorde": 0}, {"nam": "Sluis", "volgorde": 1}]
    rows = [{"sbiCode": "88101", "indHoofdactiviteit": "Ja"}, {"sbiCode": "70221", "indHofdactiviteit": "Ja"}]
    facts = read(GOES_ON | {"handelsnamen": names, "sbiActiviteiten": rows}).facts

    assert (facts.trade_names, facts.main_sbi_code) == (UNKNOWN, UNKNOWN)
