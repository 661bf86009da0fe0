"""The assessment as JSON: its digest, what it masks, and its schema."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest
import rfc8785

from barriermodel import BarrierModel, Dossier, Provider, load_dossier
from barriermodel.formats.schema import assessment_schema, dossier_schema, profile_schema

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
FOLDERS = sorted(path.parent.name for path in EXAMPLES.glob("*/dossier.toml"))
SAID = {
    "title", "text", "basis", "unverified", "assumption", "note", "question", "retention", "thresholds", "changed",
}  # fmt: skip
"""What the page on digests names as text."""


@pytest.fixture(scope="module")
def model() -> BarrierModel:
    return BarrierModel.load("twente-2019")


def recomputed(data: dict[str, Any]) -> str:
    """The digest as another program would compute it, from the JSON and the words of the documentation alone."""
    data = json.loads(json.dumps(data))
    for key in ("digest", "content_digest", "cautions", "labels", "kinds", "evidence", "report", "languages", "words"):
        del data[key]
    del data["profile"]["title"]
    for stage in data["stages"]:
        stage["barriers"].sort(key=lambda barrier: barrier["id"])
        for barrier in stage["barriers"]:
            barrier["rules"].sort(key=lambda rule: rule["id"])
    for part in [
        *data["stages"],
        *data["asks"],
        *data["withheld"],
        *(b for s in data["stages"] for b in s["barriers"]),
        *(r for s in data["stages"] for b in s["barriers"] for r in b["rules"]),
        *(p for s in data["stages"] for b in s["barriers"] for r in b["rules"] for p in r["parameters"]),
    ]:
        for key in SAID & set(part):
            del part[key]
    return hashlib.sha256(rfc8785.dumps(data)).hexdigest()


@pytest.mark.parametrize("name", FOLDERS)
def test_the_digest_can_be_computed_from_the_json_alone(model: BarrierModel, name: str) -> None:
    assessment = model.assess(load_dossier(EXAMPLES / name))

    data = json.loads(assessment.to_json())

    assert data["digest"] == assessment.digest == recomputed(data)


@pytest.mark.parametrize("name", FOLDERS)
def test_the_digest_of_all_its_content_can_be_computed_from_the_json_alone(model: BarrierModel, name: str) -> None:
    data = json.loads(model.assess(load_dossier(EXAMPLES / name)).to_json())

    told = data.pop("content_digest")

    assert told == hashlib.sha256(rfc8785.dumps(data)).hexdigest()


def test_an_assessment_is_reproduced_byte_for_byte() -> None:
    texts = [
        BarrierModel.load("twente-2019").assess(load_dossier(EXAMPLES / "bewijs-ontbreekt")).to_json() for _ in range(2)
    ]

    assert texts[0] == texts[1]


def test_another_date_or_another_fact_is_another_digest(model: BarrierModel) -> None:
    dossier = load_dossier(EXAMPLES / "gezonde-aanbieder")
    provider = attrs.evolve(dossier.provider, name="Stichting De Andere Linde")

    digests = {
        model.assess(d).digest
        for d in (
            dossier,
            attrs.evolve(dossier, as_of=date(2026, 1, 16)),
            attrs.evolve(dossier, provider=provider),
        )
    }

    assert len(digests) == 3


@pytest.mark.parametrize("name", FOLDERS)
def test_it_is_valid_under_its_schema(model: BarrierModel, name: str) -> None:
    validator = jsonschema.Draft202012Validator(assessment_schema())

    data = model.assess(load_dossier(EXAMPLES / name)).to_dict()

    assert list(validator.iter_errors(data)) == []


def test_a_dossier_of_nothing_is_assessed_and_decides_nothing(model: BarrierModel) -> None:
    assessment = model.assess(Dossier(as_of=date(2026, 1, 15), provider=Provider()))

    data = assessment.to_dict()

    assert data["advice"] == {"at_least": "green", "at_most": "exclude", "decided": False}
    assert list(jsonschema.Draft202012Validator(assessment_schema()).iter_errors(data)) == []


@pytest.mark.parametrize("schema", [assessment_schema(), profile_schema(), dossier_schema({})])
def test_the_schemas_are_schemas(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
