"""The official sample of ESPD-EDM: read without loss."""

import os
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from barriermodel import UNKNOWN
from barriermodel_exclusion import reader
from barriermodel_exclusion.criteria import GROUNDS, OTHER_CODES, ground_of

FOLDER = os.environ.get("BARRIERMODEL_SAMPLES")
pytestmark = pytest.mark.skipif(not FOLDER, reason="BARRIERMODEL_SAMPLES does not name a folder of samples")


def sample(name):
    return (Path(FOLDER) / "espd" / name).read_bytes()


def test_the_official_response_is_read_without_loss():
    (item,) = reader.read(sample("ESPD-Response.xml"))
    facts = item.facts
    unanswered = {"tax_unpaid", "premiums_unpaid"}

    assert item.issued_on == date(2025, 12, 9)
    for ground in GROUNDS:
        assert getattr(facts, ground.fact) is (UNKNOWN if ground.fact in unanswered else True)
        if ground.date_fact:
            assert getattr(facts, ground.date_fact) == date(2000, 1, 1)
    assert "Geen bruikbaar antwoord op: tax-pay, socsec-pay." in " ".join(note.nl for note in item.notes)


def test_every_criterion_of_the_official_response_is_known_by_code_and_by_uuid():
    cac, cbc = re.findall(rb"urn:oasis:[^\"]+Common\w+Components-2", sample("ESPD-Response.xml"))[:2]
    root = ElementTree.fromstring(sample("ESPD-Response.xml"))
    for criterion in root.iter(f"{{{cac.decode()}}}TenderingCriterion"):
        code = criterion.findtext(f"{{{cbc.decode()}}}CriterionTypeCode")
        ground = ground_of(code, "")
        assert (ground is None) is (code in OTHER_CODES)
        assert ground is ground_of("", criterion.findtext(f"{{{cbc.decode()}}}ID"))


def test_every_code_of_the_european_list_is_known():
    root = ElementTree.fromstring(sample("Criterion.gc"))
    codes = {row.findtext("Value[@ColumnRef='code']/SimpleValue") for row in root.iter("Row")}

    assert len(codes) > 60
    assert {code for code in codes if ground_of(code, "") is None} <= OTHER_CODES
    assert {ground.code for ground in GROUNDS} <= codes
