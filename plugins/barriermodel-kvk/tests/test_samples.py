"""Recorded answers of KvK's test environment: read without loss, or refused with the right reason."""

import json
import os
from pathlib import Path

import pytest

from barriermodel.plugin import UNKNOWN, Absent, DossierError, Evidence, Identifier, UnknownReason
from barriermodel_kvk import reader

FOLDER = os.environ.get("BARRIERMODEL_SAMPLES")
MISSING = {"IPD0005", "IPD0007", "IPD5200"}


def answers():
    """Every answer with a name: some files are one answer, some hold several."""
    if not FOLDER:
        return
    for path in sorted((Path(FOLDER) / "kvk").glob("*.json")):
        data = json.loads(path.read_bytes())
        if path.name == "recorded_interactions.json":
            yield from (pytest.param(each["body"], id=f"recorded-{i}") for i, each in enumerate(data))
        elif path.name == "open-inwoner_mocks.json":
            yield from (pytest.param(each, id=f"mock-{name}") for name, each in data.items())
        else:
            yield pytest.param(data, id=path.stem)


def read(answer):
    return list(reader.read(json.dumps(answer).encode()))


@pytest.mark.skipif(not FOLDER, reason="BARRIERMODEL_SAMPLES does not name a folder of samples")
def test_there_are_samples_of_every_sort():
    found = [param.values[0] for param in answers()]

    assert sum("materieleRegistratie" in a and "vestigingsnummer" not in a for a in found) >= 5
    assert sum("resultaten" in a for a in found) >= 7
    assert sum("fout" in a for a in found) >= 6


@pytest.mark.skipif(not FOLDER, reason="BARRIERMODEL_SAMPLES does not name a folder of samples")
@pytest.mark.parametrize("answer", list(answers()))
def test_a_sample_is_read_without_loss_or_refused_with_the_right_reason(answer):
    if "fout" in answer:
        check_error(answer)
    elif "resultaten" in answer:
        check_zoeken(answer)
    elif "signalen" in answer:
        check_refused(answer, "Mutatieservice")
    elif "vestigingsnummer" in answer:
        check_refused(answer, "Vestigingsprofiel")
    else:
        check_basisprofiel(answer)


def check_refused(answer, words):
    with pytest.raises(DossierError, match=words):
        read(answer)


def check_error(answer):
    code = answer["fout"][0]["code"]
    if code not in MISSING:
        check_refused(answer, code)
        return
    (absent,) = read(answer)
    assert isinstance(absent, Absent)
    assert absent.reason is UnknownReason.MISSING


def check_zoeken(answer):
    items = read(answer)
    if not answer["resultaten"]:
        assert [item.reason for item in items] == [UnknownReason.MISSING]
        return
    numbers = {hit["kvkNummer"] for hit in answer["resultaten"]}
    assert {item.about for item in items} == {Identifier("NL-KVK", number) for number in numbers}
    for item in items:
        hits = [hit for hit in answer["resultaten"] if hit["kvkNummer"] == item.about.value]
        branches = () if item.facts.branches is UNKNOWN else item.facts.branches
        assert {b.number: b.name for b in branches} == {
            hit["vestigingsnummer"]: hit["naam"] for hit in hits if "vestigingsnummer" in hit
        }
        assert item.facts.name in {hit["naam"] for hit in hits}
        assert (item.facts.active, item.facts.end_date_stated) == (UNKNOWN, UNKNOWN)


def check_basisprofiel(answer):
    (item,) = read(answer)
    assert isinstance(item, Evidence)
    facts = item.facts
    assert item.about == Identifier("NL-KVK", answer["kvkNummer"])
    assert item.source.reference.endswith(answer["kvkNummer"])
    assert f"{facts.registered_on:%Y%m%d}" == answer["materieleRegistratie"]["datumAanvang"]
    assert f"{facts.formally_registered_on:%Y%m%d}" == answer["formeleRegistratiedatum"]
    assert (facts.active, facts.end_date_stated, facts.ended_on) == (True, False, UNKNOWN)
    assert facts.name == answer["naam"]
    assert facts.statutory_name == answer.get("statutaireNaam", UNKNOWN)
    assert facts.people_working == answer.get("totaalWerkzamePersonen", UNKNOWN)
    names = answer.get("handelsnamen")
    assert facts.trade_names == (UNKNOWN if names is None else tuple(row["naam"] for row in names))
    assert [(a.code, a.description, a.main) for a in facts.sbi_activities] == [
        (row["sbiCode"], row["sbiOmschrijving"], row["indHoofdactiviteit"] == "Ja") for row in answer["sbiActiviteiten"]
    ]
    parts = answer.get("_embedded") or answer["embedded"]
    assert facts.rsin == parts["eigenaar"].get("rsin", UNKNOWN)
    assert facts.legal_form_words == parts["eigenaar"]["uitgebreideRechtsvorm"]
    assert facts.legal_form is not UNKNOWN
    main = parts.get("hoofdvestiging")
    assert facts.branches == (UNKNOWN if main is None else facts.branches)
    assert main is None or facts.branches[0].number == main["vestigingsnummer"]
    assert all("onbekend" not in note.nl for note in item.notes)
