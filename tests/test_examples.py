"""The example dossiers give the advice that their README states, and can be read in both languages."""

import json
import re
import shlex
from pathlib import Path

import attrs
import jsonschema
import pytest

from barriermodel import BarrierModel, LegalForm, Level, Procedure, Registry, Status, load_dossier
from barriermodel.cli.commands import run
from barriermodel.formats.dossier import dump_dossier

pytestmark = pytest.mark.docs

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "docs" / "examples"
README = (EXAMPLES / "README.md").read_text(encoding="utf-8")
REGION = "docs/examples/regio-eigen-profiel/regio-voorbeeld.toml"
LEVELS = {
    "nl": {"green": "groen", "orange": "oranje", "red": "rood", "exclude": "uitsluiting mogelijk"},
    "en": {"green": "green", "orange": "orange", "red": "red", "exclude": "exclusion possible"},
}
ENDS = {"nl": ("ten minste", "ten hoogste"), "en": ("at least", "at most")}


@attrs.frozen
class Example:
    """What an example gives."""

    path: str
    advice: tuple[Level, Level]
    hits: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    profile: str = "twente-2019"

    @property
    def name(self):
        return self.path if self.profile == "twente-2019" else f"{self.path} {Path(self.profile).name}"


CASES = (
    Example("gezonde-aanbieder", (Level.GREEN, Level.GREEN)),
    Example(
        "bewijs-ontbreekt",
        (Level.ORANGE, Level.RED),
        ("nl.financial_continuity.low_solvency",),
        ("kvk_extract", "quality_certificate", "staff_list"),
    ),
    Example("rode-aanbieder", (Level.RED, Level.RED), ("nl.kvk.active", "nl.kvk.registration_ends")),
    Example("eenmanszaak", (Level.GREEN, Level.GREEN)),
    Example("tussentijdse-gunning", (Level.ORANGE, Level.ORANGE), ("nl.kvk.recently_registered",)),
    Example("regio-eigen-profiel", (Level.RED, Level.RED), ("nl.quality_certificate.valid_at_start",)),
    Example(
        "regio-eigen-profiel",
        (Level.EXCLUDE, Level.EXCLUDE),
        ("nl.financial_continuity.large_award", "nl.quality_certificate.valid_at_start"),
        profile=REGION,
    ),
    Example("aanbesteding", (Level.ORANGE, Level.ORANGE), ("nl.fresh_proof.gva_fresh",)),
    Example("een-bestand.json", (Level.GREEN, Level.RED), asks=("kvk_extract", "quality_certificate")),
)
every_example = pytest.mark.parametrize("example", CASES, ids=lambda example: example.name)


@pytest.fixture(scope="module")
def registry():
    return Registry.discover()


@pytest.fixture(scope="module")
def assess(registry):
    models = {}

    def run_it(path, profile="twente-2019", **changed):
        if profile not in models:
            models[profile] = BarrierModel.load(ROOT / profile if "/" in profile else profile, registry)
        return models[profile].assess(attrs.evolve(load_dossier(EXAMPLES / path, registry), **changed))

    return run_it


@pytest.fixture
def schema(capsys):
    def printed(which):
        assert run(["schema", which]) == 0
        return json.loads(capsys.readouterr().out)

    return printed


def hits(assessment):
    return tuple(rule.id for rule in assessment.rules if rule.status is Status.HIT)


def status_of(assessment, id):
    (found,) = [rule.status for rule in assessment.rules if rule.id == id]
    return found


@every_example
def test_an_example_gives_the_stated_advice_hits_and_asks(example, assess):
    found = assess(example.path, example.profile)

    assert (found.advice.at_least, found.advice.at_most) == example.advice
    assert hits(found) == example.hits
    assert tuple(ask.kind.id for ask in found.asks) == example.asks
    assert not found.errors


@every_example
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_what_is_said_of_an_example_has_no_braces_that_were_not_filled(example, lang, assess):
    found = assess(example.path, example.profile)
    data = found.to_dict()
    barriers = [barrier for stage in data["stages"] for barrier in stage["barriers"]]
    texts = [rule["text"][lang] for barrier in barriers for rule in barrier["rules"]]
    texts += [ask["question"][lang] for ask in data["asks"]]

    for words in (*texts, found.explain(lang), found.explain(lang, full=True), found.markdown(lang)):
        assert words.strip()
        assert not set("{}") & set(words)


@every_example
def test_every_rule_of_an_example_is_told_once_alone_or_with_those_of_which_the_same_is_said(example, assess):
    found = assess(example.path, example.profile)
    told = []
    for inside in re.findall(r"\[(\w+\.\w+[.:][^\]]+)\]", " ".join(found.explain("en", full=True).split())):
        barrier, several, names = inside.partition(": ")
        told += [f"{barrier}.{name}" for name in names.split(", ")] if several else [inside]

    examined = [barrier for stage in found.stages if stage.examined for barrier in stage.barriers]
    assert sorted(told) == sorted(rule.id for barrier in examined for rule in barrier.rules)


@every_example
def test_the_json_of_an_example_follows_the_schema(example, assess, schema):
    data = json.loads(assess(example.path, example.profile).to_json())

    jsonschema.Draft202012Validator(schema("assessment")).validate(data)


@every_example
def test_every_example_can_be_written_as_one_file_that_follows_the_schema(example, registry, schema):
    data = json.loads(dump_dossier(load_dossier(EXAMPLES / example.path, registry)))

    jsonschema.Draft202012Validator(schema("dossier")).validate(data)


def test_the_single_file_follows_the_schema_and_has_every_part(schema):
    data = json.loads((EXAMPLES / "een-bestand.json").read_bytes())

    jsonschema.Draft202012Validator(schema("dossier")).validate(data)
    assert set(data) == {"schema", "as_of", "provider", "award", "evidence", "absent", "requested"}


# What each one is for ---------------------------------------------------------------------------------


def test_missing_evidence_that_changes_nothing_is_not_asked(assess):
    """Hired staff, pay and the like are open, but orange is certain already and red is out of reach."""
    found = assess("bewijs-ontbreekt")
    (kvk, certificate, staff) = found.asks
    still_open = {rule.id for rule in found.rules if rule.status is Status.OPEN}

    assert (kvk.reason.value, kvk.rules) == ("expired", ("nl.kvk.active",))
    assert (certificate.reason.value, certificate.rules) == (
        "missing",
        ("nl.quality_certificate.begun_at_start", "nl.quality_certificate.valid_at_start"),
    )
    assert (staff.reason.value, staff.rules) == ("missing", ("nl.conduct.everyone_has_vog",))
    assert {"nl.wnt.above_ceiling", "nl.financial_signals.low_personnel_cost"} <= still_open


def test_a_certificate_is_no_longer_asked_once_the_advice_is_red(assess):
    found = assess("rode-aanbieder")

    assert status_of(found, "nl.quality_certificate.begun_at_start") is Status.OPEN
    assert status_of(found, "nl.quality_certificate.valid_at_start") is Status.OPEN
    assert found.asks == ()


def test_the_same_figures_would_be_signals_in_a_bv(assess, registry):
    """So it is the legal form that makes the difference, and not the limits."""
    rules = ("nl.financial_signals.high_profit", "nl.financial_signals.low_personnel_cost")
    provider = load_dossier(EXAMPLES / "eenmanszaak", registry).provider

    as_it_is = assess("eenmanszaak")
    as_bv = assess("eenmanszaak", provider=attrs.evolve(provider, legal_form=LegalForm.BV))

    assert {status_of(as_it_is, rule) for rule in rules} == {Status.NOT_APPLICABLE}
    assert {status_of(as_bv, rule) for rule in rules} == {Status.HIT}


def test_a_tax_debt_that_is_arranged_is_not_held_against_the_tenderer(assess, registry):
    (declared,) = [
        item.facts for item in load_dossier(EXAMPLES / "aanbesteding", registry).evidence
        if item.kind.id == "self_declaration"
    ]  # fmt: skip

    assert (declared.tax_unpaid, declared.tax_final, declared.tax_settled) == (True, True, True)
    assert status_of(assess("aanbesteding"), "nl.exclusion_grounds.unpaid_tax") is Status.CLEAR


def test_the_interim_award_is_assessed_on_its_own_on_its_day(assess, registry):
    dossier = load_dossier(EXAMPLES / "tussentijdse-gunning", registry)
    alone = assess("tussentijdse-gunning").digest
    for example in CASES:
        assess(example.path)

    assert dossier.as_of == dossier.award.awarded_on
    assert dossier.award.procedure is Procedure.OPEN_HOUSE
    assert assess("tussentijdse-gunning").digest == alone


def test_the_region_says_that_exclusion_may_follow_after_hearing_and_weighing(assess):
    found = assess("regio-eigen-profiel", REGION)

    said = " ".join(found.explain("nl", full=True).split())
    assert "kan uitsluiting volgen, nadat de aanbieder is gehoord en de belangen zijn afgewogen" in said
    assert [stage.examined for stage in found.stages] == [True, False]


def test_both_shapes_of_the_basisprofiel_are_there():
    profiles = [json.loads(path.read_bytes()) for path in EXAMPLES.glob("*/kvk-basisprofiel.json")]

    assert {"_links" if "_links" in profile else "links" for profile in profiles} == {"_links", "links"}


def test_all_providers_are_invented(registry):
    for example in CASES:
        for identifier in load_dossier(EXAMPLES / example.path, registry).provider.identifiers:
            assert re.fullmatch("0000[0-9]{4}", identifier.value)


# The README -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_readme_states_what_each_example_gives(lang):
    part = README.partition("\n# Examples\n")[0 if lang == "nl" else 2]
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| [")]

    assert len(rows) == len(CASES)
    for example, (name, _, advice, hit, asked) in zip(CASES, rows, strict=True):
        assert re.findall(r"\[`([^`]+)`\]", name) == example.name.split()
        assert all((EXAMPLES / link).is_file() for link in re.findall(r"\]\(([^)]+)\)", name))
        assert advice == in_words(example.advice, lang)
        assert hit == listed(example.hits)
        assert asked == listed(example.asks)


def in_words(advice, lang):
    least, most = ENDS[lang]
    low, high = (LEVELS[lang][level.key] for level in advice)
    return low if low == high else f"{least} {low}, {most} {high}"


def listed(ids):
    return ", ".join(f"`{id}`" for id in ids) or "–"


def test_the_commands_of_the_readme_run_and_cover_every_example(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    commands = [shlex.split(line)[1:] for line in re.findall(r"^\$ (barriermodel .*)$", README, re.MULTILINE)]

    for command in commands:
        assert run(command) == 0
        assert capsys.readouterr().out
    assert [command[1:] for command in commands if command[0] == "assess"] == [
        [f"docs/examples/{example.path}", "--profile", example.profile] for example in CASES
    ]
