"""From a raw response in a dossier's folder to an assessment, under a small profile."""

from pathlib import Path

import pytest

import barriermodel_exclusion
import barriermodel_kvk
from barriermodel import BarrierModel, Level, Registry, Status, load_dossier
from barriermodel.analysis.profiles import PluginStatus
from barriermodel.testing import read_scenarios, run_mutants
from barriermodel_exclusion import exclusion_grounds, fresh_proof

HERE = Path(__file__).parent
PROFILE = """
id = "voorbeeldregio"
title = { nl = "Voorbeeldregio", en = "Example region" }
owner = "Voorbeeldregio"
status = "reconstruction"
valid_from = 2019-01-01

[[stages]]
id = "grounds"
title = { nl = "Uitsluitingsgronden", en = "Grounds for exclusion" }
moment = "admission"
barriers = ["nl.exclusion_grounds"]

[[stages]]
id = "proof"
title = { nl = "Bewijs van de beoogde winnaar", en = "Proof from the intended winner" }
moment = "admission"
barriers = ["nl.fresh_proof"]
"""
DECLARED = """
[parameters."nl.exclusion_grounds"]
binding_procedures = { value = ["open_house"], source = "https://voorbeeldregio.example/stukken" }
"""
TENDER = """
kind = "tender"
[facts]
received_on = 2026-01-15
"""
DOSSIER = """
as_of = 2026-02-01

[provider]
name = "Stichting Zorg aan het Water"
identifiers = [{ scheme = "NL-KVK", value = "01234567" }]

[award]
procedure = "PROCEDURE"

[[documents]]
file = "inschrijving.toml"
reader = "tender_proof"
obtained_on = 2026-01-15

[[documents]]
file = "uea.xml"
reader = "espd_response"
obtained_on = 2026-01-15
"""


@pytest.fixture
def registry():
    registry = Registry()
    assert registry.add(barriermodel_exclusion).status is PluginStatus.OK
    return registry


@pytest.fixture
def assess(tmp_path, registry):
    def assessed(procedure, change=lambda text: text, more=""):
        (tmp_path / "profile.toml").write_text(PROFILE + more, encoding="utf-8")
        (tmp_path / "dossier.toml").write_text(DOSSIER.replace("PROCEDURE", procedure), encoding="utf-8")
        (tmp_path / "inschrijving.toml").write_text(TENDER, encoding="utf-8")
        text = (HERE / "samples" / "response.xml").read_text(encoding="utf-8")
        (tmp_path / "uea.xml").write_text(change(text), encoding="utf-8")
        return BarrierModel.load(tmp_path / "profile.toml", registry).assess(load_dossier(tmp_path, registry))

    return assessed


def test_the_plugin_is_found_without_warnings(registry):
    (plugin,) = registry.plugins

    assert plugin.warnings == ()
    assert set(registry.barriers) == {"nl.exclusion_grounds", "nl.fresh_proof"}
    assert set(registry.kinds) == {"tender", "self_declaration", "gva", "tax_statement", "kvk_extract"}
    assert set(registry.readers) == {"espd_response", "tender_proof"}


def test_it_shares_the_extract_with_the_plugin_that_reads_it(registry):
    registry.add(barriermodel_kvk)

    assert {plugin.status for plugin in registry.plugins} == {PluginStatus.OK}


def test_a_declared_conviction_may_exclude_in_an_open_procedure(assess):
    assessment = assess("open")

    assert (assessment.advice.at_least, assessment.advice.at_most) == (Level.EXCLUDE, Level.EXCLUDE)
    assert assessment.rule("nl.exclusion_grounds.fraud").status is Status.HIT
    assert assessment.rule("nl.exclusion_grounds.unpaid_tax").status is Status.CLEAR
    assert assessment.asks == ()


def test_the_same_declaration_does_not_bind_in_an_open_house(assess):
    assessment = assess("open_house")

    assert (assessment.advice.at_least, assessment.advice.at_most) == (Level.GREEN, Level.GREEN)
    assert assessment.rule("nl.exclusion_grounds.fraud").status is Status.NOT_APPLICABLE


def test_a_region_says_that_its_documents_declare_the_grounds(assess):
    assert assess("open_house", more=DECLARED).advice.at_least is Level.EXCLUDE


def test_what_is_left_open_is_asked(assess):
    assessment = assess("open", lambda text: text.replace(">2023-05-01<", ">2019-05-01<"))

    assert assessment.rule("nl.exclusion_grounds.fraud").status is Status.OPEN
    assert "self_declaration" in [ask.kind.id for ask in assessment.asks]


@pytest.mark.parametrize("barrier", [exclusion_grounds, fresh_proof], ids=lambda barrier: barrier.id)
def test_only_convictions_and_irrevocable_debts_may_exclude(barrier):
    may = {name for name, rule in barrier.rules.items() if rule.level is Level.EXCLUDE}

    assert may == (
        {
            "criminal_organisation", "corruption", "fraud", "terrorism", "money_laundering", "trafficking",
            "unpaid_tax", "unpaid_premiums",
        }
        if barrier is exclusion_grounds
        else set()
    )  # fmt: skip


@pytest.mark.parametrize("rule", exclusion_grounds.rules.values(), ids=lambda rule: rule.id)
def test_every_ground_says_what_may_follow_and_names_the_way_out(rule):
    look = rule.words / "look"
    for text, may in ((look.nl, "Uitsluiting kan volgen, maar pas na horen en afwegen"),
                      (look.en, "Exclusion may follow, but only after hearing and weighing")):  # fmt: skip
        assert (may in text) is (rule.level is not Level.EXCLUDE)  # of an EXCLUDE every output says it by itself
        assert "2.87a" in text
        assert "2.88" in text
    assert rule.applies is not None


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("nl", "Uitsluiting kan volgen, na horen en afwegen. [nl.exclusion_grounds.fraud]"),
        ("en", "Exclusion may follow, after hearing and weighing. [nl.exclusion_grounds.fraud]"),
    ],
)
def test_an_output_says_once_that_exclusion_may_follow(assess, lang, said):
    words = " ".join(assess("open").explain(lang=lang, full=True).split())

    assert words.count(said[:30]) == 1
    assert said in words


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_explanation_hides_the_day_of_a_conviction(assess, lang):
    told = assess("open").explain(lang=lang)

    assert "2023" not in told
    assert "{" not in told


@pytest.mark.parametrize("name", ["nl.exclusion_grounds", "nl.fresh_proof"])
def test_the_scenarios_notice_most_mistakes(name):
    suite = read_scenarios(HERE.parent / "scenarios" / f"{name}.toml")

    verdict = run_mutants(suite.model, suite.dossiers)

    assert verdict.score >= 0.9, [f"{mutant.where}: {mutant.what}" for mutant in verdict.survived]
