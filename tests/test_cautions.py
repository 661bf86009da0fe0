"""What a person should know beside the rules: it is told although every rule is clear, and changes no status."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from barriermodel import BarrierModel, Dossier, Evidence, load_dossier
from barriermodel.text import Localized

NOTE = Localized("3 namen op de lijst zijn niet vergeleken.", "3 names on the list were not compared.")


def noted(dossier: Dossier, kind: str) -> Dossier:
    """The dossier with a note on its items of a kind."""
    items = [attrs.evolve(e, notes=(NOTE,)) if e.kind.id == kind else e for e in dossier.evidence]
    assert items != list(dossier.evidence), "there is no such item"
    return attrs.evolve(dossier, evidence=items)


@pytest.fixture(scope="module")
def model() -> BarrierModel:
    return BarrierModel.load("twente-2019")


@pytest.fixture(scope="module")
def green(model: BarrierModel) -> Dossier:
    return load_dossier("docs/examples/gezonde-aanbieder", registry=model.registry)


def test_a_note_on_evidence_is_told_although_every_rule_is_clear(model: BarrierModel, green: Dossier) -> None:
    assessment = model.assess(noted(green, "kvk_extract"))
    assert assessment.advice == model.assess(green).advice
    assert [c.text for c in assessment.cautions] == [NOTE]
    assert f"• {NOTE.nl}" in assessment.explain("nl", width=200, full=True) or f"- {NOTE.nl}" in assessment.explain(
        "nl", width=200, full=True
    )
    assert NOTE.en in assessment.explain("en", width=200, full=True)
    assert assessment.to_dict()["cautions"][0]["text"] == {"nl": NOTE.nl, "en": NOTE.en}


def test_a_note_of_a_confidential_kind_is_withheld_unless_asked_for(model: BarrierModel, green: Dossier) -> None:
    kind = "gva"
    facts = model.resolved.kinds[kind].cls(granted=True)
    fact = Evidence(id="secret", facts=facts, issued_on=date(2025, 12, 1), notes=(NOTE,))
    others = [e for e in green.evidence if e.kind.id != kind]
    assessment = model.assess(attrs.evolve(green, evidence=[*others, fact]))
    assert NOTE.nl not in assessment.explain("nl", width=200, full=True)
    assert "‘secret’" in assessment.explain("nl", width=200, full=True)
    assert assessment.to_dict()["cautions"][0]["text"] is None
    assert NOTE.nl in assessment.explain("nl", width=200, confidential=True, full=True)


def test_the_texts_of_cautions_are_no_part_of_the_digest(model: BarrierModel, green: Dossier) -> None:
    from barriermodel.formats.digests import digest_of

    data = model.assess(noted(green, "kvk_extract")).to_dict()
    other = {**data, "cautions": [{**data["cautions"][0], "text": {"nl": "anders", "en": "otherwise"}}]}
    assert digest_of(data) == digest_of(other) == data["digest"]
