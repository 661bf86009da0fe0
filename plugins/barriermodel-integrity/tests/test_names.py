"""Names: legal forms, capitals and accents make no difference; other names are other names."""

import csv
import os
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from barriermodel_integrity import sanctions
from barriermodel_integrity.names import LEGAL_FORMS, comparable_name, name_score

FORMS_AFTER = ("B.V.", "BV", "b.v.", "B.V", "B V", "N.V.", "V.o.F.", "VOF", "U.A.", "Coöperatie U.A.", "GmbH", "Ltd.")
FORMS_BEFORE = ("Stichting", "STICHTING", "Vereniging", "Coöperatie", "Maatschap", "V.O.F.", "Besloten Vennootschap")
FORM_WORDS = {word for form in LEGAL_FORMS for word in form}
LIMIT = sanctions.parameters["min_score"].default


def names(alphabet=string.ascii_lowercase):
    words = st.text(alphabet, min_size=5, max_size=10).filter(lambda word: word not in FORM_WORDS)
    return st.lists(words, min_size=1, max_size=4).map(" ".join)


def written(name):
    """The name with a legal form, in some case, with some punctuation."""
    return st.builds(
        lambda before, after, case, sign: case(f"{before} {name.replace(' ', sign)} {after}"),
        st.sampled_from(("", *FORMS_BEFORE)),
        st.sampled_from(("", *FORMS_AFTER)),
        st.sampled_from((str.upper, str.lower, str.title, str)),
        st.sampled_from((" ", "  ", "-", " & ", ", ")),
    )


@given(names(), st.data())
@settings(deadline=None)
def test_the_same_name_in_any_case_and_legal_form_is_the_same(name, data):
    one, other = data.draw(written(name)), data.draw(written(name))

    assert comparable_name(one) == comparable_name(other) == name
    assert name_score(comparable_name(one), comparable_name(other)) == 100


@given(st.text(max_size=40))
@settings(deadline=None)
def test_normalising_twice_changes_nothing_and_any_text_can_be_normalised(text):
    assert comparable_name(comparable_name(text)) == comparable_name(text)


@given(names(string.ascii_lowercase[:13]), names(string.ascii_lowercase[13:]))
@settings(deadline=None)
def test_names_that_share_no_letter_are_far_below_the_limit(one, other):
    assert name_score(one, other) < 50


@given(names(), names())
@settings(deadline=None)
def test_the_score_is_from_0_to_100_and_goes_both_ways(one, other):
    assert 0 <= name_score(one, other) <= 100
    assert name_score(one, other) == name_score(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Stichting Zorggroep Zonnedauw", "Zorggroep Zonnedauw B.V."),
        ("Zonnedauw Zorggroep", "zorggroep zonnedauw"),
        ("De Zonne Dauw", "De Zonnedauw"),
        ("Café Ëlan Zorg", "CAFE ELAN ZORG BV"),
        ("Zorggroep Zonnedaauw", "Zorggroep Zonnedauw"),
    ],
)
def test_these_are_alike(one, other):
    assert name_score(comparable_name(one), comparable_name(other)) >= LIMIT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Stichting Zorggroep Zonnedauw", "Stichting Zorggroep Maanlicht"),
        ("Thuiszorg Oost B.V.", "Thuiszorg West B.V."),
        ("Begeleiding Verzonnen", "Begeleiding"),
        ("Jeugdhulp De Fictie", "De Fictieve Bakkerij"),
        ("Stichting", "B.V."),
        ("", "Zorg"),
    ],
)
def test_these_are_not(one, other):
    assert name_score(comparable_name(one), comparable_name(other)) < LIMIT


def test_a_name_that_is_only_a_legal_form_stays():
    assert comparable_name("Stichting") == "stichting"
    assert comparable_name("B.V.") == "bv"


SAMPLES = os.environ.get("BARRIERMODEL_SAMPLES")


@pytest.mark.skipif(not SAMPLES, reason="BARRIERMODEL_SAMPLES does not name a folder of samples")
def test_labelled_pairs_of_organisations_are_mostly_told_apart():
    with (Path(SAMPLES) / "names" / "name-pairs.csv").open(encoding="utf-8", newline="") as file:
        pairs = [row for row in csv.DictReader(file) if row["schema"] != "Person"]
    alike = [name_score(comparable_name(row["name1"]), comparable_name(row["name2"])) >= LIMIT for row in pairs]
    same = [row["is_match"] == "true" for row in pairs]

    assert len(pairs) > 100
    assert sum(a and not s for a, s in zip(alike, same, strict=True)) <= 5  # false hits, each one a look by a person
    assert sum(a and s for a, s in zip(alike, same, strict=True)) >= 30  # it finds no translations or other legal names
