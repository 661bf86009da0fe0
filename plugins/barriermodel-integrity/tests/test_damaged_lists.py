"""A list that is damaged is refused, or the provider is still found on it: damage never makes an advice milder."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel import Dossier, DossierError, Identifier, LegalForm, Level, Provider
from barriermodel.testing import single_barrier_model
from barriermodel_integrity import screen

FOLDER = Path(__file__).parent / "samples"
LISTS = {"targets.simple.csv": 4, "entities.ftm.json": 6, "eu-list.csv": 10, "eu-list.xml": None}
"""Each list with the number of entries that its source states; an XML shows its end."""
RAW = {name: (FOLDER / name).read_bytes() for name in LISTS}
ON = date(2026, 1, 14)
BY_NUMBER = Provider(name="Iets Anders", identifiers=(Identifier("NL-KVK", "00001001"),), legal_form=LegalForm.BV)
BY_NAME = Provider(name="Fictief Collectief Maanlicht", identifiers=(Identifier("NL-KVK", "00009999"),))
BY_ALIAS = Provider(name="Zonnedauw Import BV", identifiers=(Identifier("NL-KVK", "00009999"),))
AS_PERSON = Provider(
    name="Bram Verzinsel", identifiers=(Identifier("NL-KVK", "00009999"),), legal_form=LegalForm.EENMANSZAAK
)
LISTED = {"number": (BY_NUMBER, Level.RED), "name": (BY_NAME, Level.ORANGE), "alias": (BY_ALIAS, Level.ORANGE),
          "person": (AS_PERSON, Level.ORANGE)}  # fmt: skip
HEAD = "id,schema,name,aliases,countries,identifiers\n"
MODEL = single_barrier_model("nl.sanctions")
IN_LINES = ["targets.simple.csv", "entities.ftm.json", "eu-list.csv"]

on_each_list = pytest.mark.parametrize("name", LISTS)


def advice(provider, raw, entries):
    """Both ends; None where the list is refused."""
    try:
        item = screen(provider, raw, on=ON, list_name="Verzonnen lijst", entries=entries)
    except DossierError:
        return None
    said = MODEL.assess(Dossier(as_of=date(2026, 1, 15), provider=provider, evidence=(item,))).advice
    return said.at_least, said.at_most


@on_each_list
@pytest.mark.parametrize("listed", LISTED)
def test_the_whole_list_has_the_provider(name, listed):
    provider, level = LISTED[listed]

    assert advice(provider, RAW[name], LISTS[name]) == (level, level)


@on_each_list
def test_no_list_that_is_cut_short_anywhere_is_read(name):
    """But for the end of the last line of an XML or of JSON, without which everything is there."""
    raw = RAW[name]
    whole = len(raw) if name.endswith(".csv") else len(raw.rstrip())

    for end in range(whole):
        assert advice(BY_NUMBER, raw[:end], LISTS[name]) is None, raw[:end][-40:]


@on_each_list
def test_no_quote_anywhere_hides_a_provider(name):
    raw = RAW[name]

    for place in range(len(raw) + 1):
        damaged = raw[:place] + b'"' + raw[place:]
        found = {key: advice(provider, damaged, LISTS[name]) for key, (provider, _) in LISTED.items()}
        assert all(found[key] in (None, (level, level)) for key, (_, level) in LISTED.items()), damaged[:place][-40:]


@pytest.mark.parametrize("name", IN_LINES)
@given(st.data())
def test_no_lines_that_are_lost_wholly_or_in_part_hide_a_provider(name, data):
    raw = RAW[name]
    ends = [place for place in range(len(raw)) if raw[place : place + 1] == b"\n"]
    end_of_a_line = data.draw(st.sampled_from(ends))
    start = data.draw(st.integers(0, end_of_a_line))
    end = data.draw(st.integers(end_of_a_line + 1, len(raw)))
    provider, level = data.draw(st.sampled_from(list(LISTED.values())))

    assert advice(provider, raw[:start] + raw[end:], LISTS[name]) in (None, (level, level))


@pytest.mark.parametrize("name", IN_LINES)
def test_a_list_that_does_not_show_its_end_is_read_only_where_its_size_is_stated(name):
    with pytest.raises(DossierError, match=re.escape("State how many it has (entries=)")):
        screen(BY_NUMBER, RAW[name], on=ON, list_name="x")
    with pytest.raises(DossierError, match=f"{LISTS[name]} entries were read and 99 were stated"):
        screen(BY_NUMBER, RAW[name], on=ON, list_name="x", entries=99)


def test_a_stated_size_is_compared_with_an_xml_too():
    assert advice(BY_NUMBER, RAW["eu-list.xml"], 3) == (Level.RED, Level.RED)
    assert advice(BY_NUMBER, RAW["eu-list.xml"], 4) is None


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "cut short"),
        (b"\xff\xfe", "UTF-8"),
        (b"naam,nummer\nx,y\n", "lacks a column, or has it twice: id, schema"),
        (b"id," + HEAD.encode() + b"a,a,Company,x,,,\n", "twice: id"),
        (HEAD.encode(), "no organisation and no person"),
        ((HEAD + "a,Company\n").encode(), "expected 6 cells, got 2"),
        ((HEAD + "a,Company,Zorg,,,,\n").encode(), "expected 6 cells, got 7"),
        ((HEAD + "a,Company,Zorg,,,").encode(), "cut short"),
        ((HEAD + ",Company,Zorg,,,\n").encode(), "expected an id and a schema"),
        ((HEAD + 'a,Company,"Zorg,,,\n').encode(), "lacks its partner"),
        ((HEAD + 'a,Company,"Zorg"x",,,\n' + 'b,Company,Wonen",,,\n').encode(), "partner|no CSV"),
        ((HEAD + 'a,Company,Zorg,"""x"" y",,\n').encode(), "no CSV"),
        ((HEAD + 'a,Company,"' + "x" * 200_000 + '",,,\n').encode(), "no CSV"),
        (b'{"id": "a"', "line 1: expected one JSON object"),
        (b'{"id": "a", "schema": "Company"}', "properties"),
        (b'{"id": 1, "schema": "Company", "properties": {}}', "an id and a schema"),
        (b'{"id": "a", "schema": "Company", "properties": {}}\n[]', "line 2: expected an entity"),
        (b'{"id": "a", "schema": "Vessel", "properties": {"name": ["x"]}}', "no organisation and no person"),
        (b"<export/>", "no organisation and no person"),
        (b"<list><sanctionEntity/></list>", "root export"),
        (b"<export><sanctionEntity logicalId='1'/></export>", "subjectType"),
        (b"<export><sanctionEntity><subjectType/></sanctionEntity></export>", "logicalId"),
        (b"<!DOCTYPE x [<!ENTITY y 'z'>]><export/>", "DTD|cannot be read"),
        (RAW["eu-list.csv"].replace(b"\r\n10/01/2026;2;", b"\r\n10/01/2026;;"), "line 8: expected Entity_LogicalId"),
    ],
)  # fmt: skip
def test_what_is_no_whole_list_is_refused_and_told_what_is_wrong(raw, words):
    with pytest.raises(DossierError, match=words):
        screen(BY_NUMBER, raw, on=ON, list_name="x", entries=1)
