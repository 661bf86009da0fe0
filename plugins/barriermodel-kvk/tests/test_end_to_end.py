"""From a raw answer in a dossier's folder to an assessment, under a small profile."""

import json
from datetime import date

import pytest

import barriermodel_kvk
from barriermodel import (
    BarrierModel,
    Dossier,
    Evidence,
    Identifier,
    LegalForm,
    Level,
    Provider,
    Registry,
    Status,
    load_dossier,
)
from barriermodel.analysis.profiles import PluginStatus
from barriermodel.plugin import UnknownReason
from barriermodel_kvk import KvkExtract

NUMBER = Identifier("NL-KVK", "01234567")
PROFILE = """
id = "voorbeeldregio"
title = { nl = "Voorbeeldregio", en = "Example region" }
owner = "Voorbeeldregio"
status = "reconstruction"
valid_from = 2019-01-01

[[stages]]
id = "requirements"
title = { nl = "Eisen vooraf", en = "Requirements in front" }
moment = "admission"
barriers = ["nl.kvk"]
"""
DOSSIER = """
as_of = 2026-01-01

[provider]
name = "Stichting Zorg aan het Water"
identifiers = [{ scheme = "NL-KVK", value = "01234567" }]
legal_form = "stichting"

[[documents]]
file = "kvk.json"
reader = "kvk"
obtained_on = 2025-12-01
"""
ANSWER = {
    "kvkNummer": "01234567",
    "naam": "Stichting Zorg aan het Water",
    "formeleRegistratiedatum": "20190305",
    "materieleRegistratie": {"datumAanvang": "20190301"},
    "totaalWerkzamePersonen": 12,
    "sbiActiviteiten": [{"sbiCode": "88101", "sbiOmschrijving": "Thuiszorg", "indHoofdactiviteit": "Ja"}],
    "_embedded": {"eigenaar": {"rechtsvorm": "Stichting"}},
}
ZOEKEN = {
    "pagina": 1,
    "totaal": 1,
    "resultaten": [{"kvkNummer": "01234567", "naam": "Zorg", "type": "rechtspersoon", "actief": "Ja"}],
}


@pytest.fixture
def registry():
    registry = Registry()
    assert registry.add(barriermodel_kvk).status is PluginStatus.OK
    return registry


@pytest.fixture
def model(tmp_path, registry):
    path = tmp_path / "profile.toml"
    path.write_text(PROFILE, encoding="utf-8")
    return BarrierModel.load(path, registry)


@pytest.fixture
def assess(tmp_path, model, registry):
    def assessed(answer):
        folder = tmp_path / "dossier"
        folder.mkdir(exist_ok=True)
        (folder / "dossier.toml").write_text(DOSSIER, encoding="utf-8")
        (folder / "kvk.json").write_text(json.dumps(answer), encoding="utf-8")
        return model.assess(load_dossier(folder, registry))

    return assessed


def statuses(assessment):
    return {rule.id.removeprefix("nl.kvk."): rule.status for rule in assessment.rules}


def test_the_plugin_is_found_without_warnings(registry):
    (plugin,) = registry.plugins

    assert plugin.warnings == ()
    assert (set(registry.barriers), set(registry.kinds), set(registry.readers)) == (
        {"nl.kvk"},
        {"kvk_extract"},
        {"kvk"},
    )


def test_a_healthy_registration_is_green_and_asks_nothing(assess):
    assessment = assess(ANSWER)

    assert set(statuses(assessment).values()) == {Status.CLEAR}
    assert assessment.advice.decided
    assert assessment.advice.at_most is Level.GREEN
    assert assessment.asks == ()


@pytest.mark.parametrize(
    ("lang", "active", "said"),
    [
        ("nl", True, "Ingeschreven in het Handelsregister op de peildatum (1 januari 2026). [nl.kvk.active]"),
        ("en", True, "Registered in the Handelsregister on the reference date (1 January 2026). [nl.kvk.active]"),
        ("nl", False, "Op die dag moet de onderneming ingeschreven staan. [nl.kvk.active]"),
        ("en", False, "On that day the undertaking must be registered. [nl.kvk.active]"),
    ],
)
def test_the_requirement_says_nothing_that_evidence_by_hand_leaves_unknown(model, active, lang, said):
    ended = {} if active else {"ended_on": date(2025, 11, 30)}
    assessment = model.assess(dossier(date(2026, 1, 1), facts=KvkExtract(active=active, **ended)))

    assert statuses(assessment)["active"] is (Status.CLEAR if active else Status.HIT)
    assert said in " ".join(assessment.explain(lang=lang, full=True).split())


def test_the_explanation_shows_the_end_date_with_what_it_was_compared_with(assess):
    answer = ANSWER | {"materieleRegistratie": {"datumAanvang": "20190301", "datumEinde": "20251130"}}

    assert "einddatum (30 november 2025) is niet later dan peildatum (1 januari 2026)" in " ".join(
        assess(answer).explain("nl", full=True).split()
    )


def test_an_ended_registration_is_red(assess):
    assessment = assess(ANSWER | {"materieleRegistratie": {"datumAanvang": "20190301", "datumEinde": "20251130"}})

    assert statuses(assessment)["active"] is Status.HIT
    assert (assessment.advice.at_least, assessment.advice.at_most) == (Level.RED, Level.RED)


def test_a_registration_that_ends_later_asks_a_person_to_look(assess):
    assessment = assess(ANSWER | {"materieleRegistratie": {"datumAanvang": "20190301", "datumEinde": "20260630"}})

    assert statuses(assessment)["active"] is Status.CLEAR
    assert statuses(assessment)["registration_ends"] is Status.HIT
    assert assessment.advice.at_most is Level.ORANGE


def test_not_active_in_the_open_data_is_red(assess):
    assert statuses(assess({"actief": "N", "rechtsvormCode": "BV"}))["active"] is Status.HIT


def test_zoeken_leaves_every_rule_open(assess):
    assessment = assess(ZOEKEN)

    assert set(statuses(assessment).values()) == {Status.OPEN}
    assert [ask.kind.id for ask in assessment.asks] == ["kvk_extract"]


def test_the_extract_of_another_provider_leaves_every_rule_open(assess):
    assessment = assess(ANSWER | {"kvkNummer": "76543210"})

    assert set(statuses(assessment).values()) == {Status.OPEN}
    assert {fact.why.reason for fact in assessment.rule("nl.kvk.registration_ends").facts} == {
        UnknownReason.OTHER_PROVIDER
    }


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("IPD0005", UnknownReason.MISSING),
        ("IPD0015", UnknownReason.NOT_COVERED),
        ("IPD1002", UnknownReason.UNAVAILABLE),
    ],
)
def test_an_error_answer_leaves_every_rule_open_for_its_reason(assess, code, reason):
    assessment = assess({"fout": [{"code": code}]})

    assert set(statuses(assessment).values()) == {Status.OPEN}
    (fact,) = assessment.rule("nl.kvk.registration_ends").facts
    assert fact.why.reason is reason


def test_what_the_open_data_do_not_hold_is_asked_of_the_register(assess):
    (ask,) = assess({"fout": [{"code": "IPD0015"}]}).asks

    assert (ask.kind.id, ask.reason) == ("kvk_extract", UnknownReason.NOT_COVERED)
    assert ask.question.nl.startswith("Wilt u het Basisprofiel bij KvK opvragen?")


def test_another_legal_form_and_no_care_code_ask_a_person_to_look(assess):
    answer = ANSWER | {
        "sbiActiviteiten": [{"sbiCode": "70221"}],
        "_embedded": {"eigenaar": {"rechtsvorm": "Besloten vennootschap"}},
        "totaalWerkzamePersonen": 0,
    }
    found = statuses(assess(answer))

    hits = {name for name, status in found.items() if status is Status.HIT}
    assert hits == {"other_legal_form", "no_care_activity", "too_few_people_working"}


def dossier(as_of, **evidence):
    own = {"id": "ev-1", "about": NUMBER, "obtained_on": date(2025, 12, 1)} | evidence
    provider = Provider(identifiers=[NUMBER], legal_form=LegalForm.STICHTING)
    return Dossier(as_of=as_of, provider=provider, evidence=[Evidence(**own)])


def test_an_extract_counts_for_six_months(model):
    facts = KvkExtract(active=True)

    assert statuses(model.assess(dossier(date(2026, 6, 1), facts=facts)))["active"] is Status.CLEAR
    late = model.assess(dossier(date(2026, 6, 2), facts=facts))
    assert statuses(late)["active"] is Status.OPEN
    assert late.rule("nl.kvk.registration_ends").facts[0].why.reason is UnknownReason.EXPIRED


def test_evidence_written_by_hand_is_enough(tmp_path, model, registry):
    path = tmp_path / "dossier.json"
    item = {
        "kind": "kvk_extract",
        "id": "ev-1",
        "about": {"scheme": "NL-KVK", "value": "01234567"},
        "issued_on": "2025-12-01",
        "facts": {"active": True, "registered_on": "2025-03-01"},
    }
    provider = {"identifiers": [{"scheme": "NL-KVK", "value": "01234567"}]}
    data = {
        "schema": "barriermodel/dossier/1",
        "as_of": "2026-01-01",
        "provider": provider,
        "evidence": [item],
    }
    path.write_text(json.dumps(data), encoding="utf-8")
    found = statuses(model.assess(load_dossier(path, registry)))

    assert found["active"] is Status.CLEAR
    assert found["recently_registered"] is Status.HIT
    assert found["no_care_activity"] is Status.OPEN


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_texts_name_their_values(assess, lang):
    answer = ANSWER | {"materieleRegistratie": {"datumAanvang": "20250301"}, "totaalWerkzamePersonen": 0}
    words = assess(answer).explain(lang=lang)

    assert {"nl": "1 maart 2025", "en": "1 March 2025"}[lang] in words
    assert "24" in words
    assert "{" not in words
