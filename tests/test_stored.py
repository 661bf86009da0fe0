"""An assessment that was stored is shown again as it was, without plugins; one that was changed since is refused."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import pool
import region
from barriermodel import (
    Assessment,
    BarrierModel,
    Concern,
    Dossier,
    InputError,
    Interval,
    Level,
    Moment,
    Status,
    StoredAssessment,
    load_assessment,
    load_dossier,
)
from barriermodel.cli.commands import run
from barriermodel.formats.digests import content_digest_of, digest_of
from barriermodel.formats.schema import assessment_schema
from barriermodel.plugin import Profile, UnknownReason
from barriermodel.text import LANGUAGES
from examples import by_turns

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
FOLDERS = sorted(path.parent.name for path in EXAMPLES.glob("*/dossier.toml"))
MODEL = BarrierModel.load("twente-2019")
POOL = region.registry(*pool.BARRIERS)
RED = MODEL.assess(load_dossier(EXAMPLES / "rode-aanbieder"))
OPEN = MODEL.assess(load_dossier(EXAMPLES / "bewijs-ontbreekt"))
TEXT = RED.to_json()
SINCE_TODAY = ("labels", "kinds", "evidence", "report", "content_digest")


def same(live: Assessment, stored: StoredAssessment) -> None:
    """All that both have, by the same names."""
    assert stored.digest_holds
    assert stored.to_json() == live.to_json()
    assert stored.to_dict() == live.to_dict()
    for lang in LANGUAGES:
        assert stored.explain(lang) == live.explain(lang, full=True)
        assert stored.explain(lang, width=60, colour=True) == live.explain(lang, width=60, colour=True, full=True)
        assert stored.markdown(lang) == live.markdown(lang, full=True)
    for name in ("digest", "as_of", "provider", "award", "advice", "concerns", "moments", "errors"):
        assert getattr(stored, name) == getattr(live, name), name
    assert told(stored.stages) == told(live.stages)
    assert [ask_of(ask) for ask in stored.asks] == [ask_of(ask) for ask in live.asks]
    assert [(item.kind.id, item.id) for item in stored.withheld] == [(i.kind.id, i.id) for i in live.withheld]


def told(stages: Any) -> Any:
    return [
        (stage.id, stage.title.nl, stage.moment, stage.examined, stage.interval, [
            (barrier.id, barrier.title.en, barrier.concern, barrier.interval, barrier.hits, barrier.open, [
                (rule.id, rule.status, rule.level, rule.text, rule.error,
                 [(n, s.since, s.source, s.set_by) for n, s in rule.parameters.items()],
                 [(fact.name, fact.unknown) for fact in rule.facts if rule.status is not Status.NOT_EXAMINED])
                for rule in barrier.rules])
            for barrier in stage.barriers])
        for stage in stages
    ]  # fmt: skip


def ask_of(ask: Any) -> Any:
    return ask.kind.id, ask.kind.title.nl, ask.kind.supplier, ask.kind.burden, ask.reason, ask.question, ask.rules


@given(pool.profiles(), pool.dossiers())
@example(
    region.profile(region.stage("first", "pool.register"), region.stage("not_examined", "pool.money")),
    region.dossier(region.item(region.Extract(active=False))),
)
def test_it_says_what_the_assessment_said(profile: Profile, dossier: Dossier) -> None:
    live = BarrierModel(profile, POOL).assess(dossier)

    same(live, load_assessment(live.to_json()))


@pytest.mark.parametrize("name", by_turns(FOLDERS, by_day=["aanbesteding", "bewijs-ontbreekt", "rode-aanbieder"]))
def test_each_example_is_the_same_when_stored(name: str) -> None:
    live = MODEL.assess(load_dossier(EXAMPLES / name))

    same(live, load_assessment(live.to_json().encode()))


def test_a_row_of_a_table_is_stored_too() -> None:
    row = {
        "as_of": date(2026, 1, 15), "provider__name": "Verzonnen", "kvk_extract__active": False,
        "bibob_advice__conclusion": "serious_danger",
    }  # fmt: skip
    live = MODEL.explain_row(row)

    stored = load_assessment(live.to_json())

    same(live, stored)
    assert "Over deze rij" in stored.explain("nl")
    assert stored.row is not None
    assert "kvk_extract" in stored.row.freshness_not_checked


def test_it_is_what_a_person_can_check_by_hand() -> None:
    stored = load_assessment(TEXT)

    assert stored.advice == Interval(Level.RED, Level.RED)
    assert stored.as_of == date(2026, 1, 15)
    assert stored.provider.name == "Verzinsel Thuisbegeleiding B.V."
    assert stored.concerns[Concern.INTEGRITY].interval == Interval(Level.RED, Level.RED)
    assert stored.moments[Moment.ADMISSION] == Interval(Level.RED, Level.RED)
    assert stored.rule("nl.kvk.active").status is Status.HIT
    assert stored.profile.title is not None
    assert stored.profile.title.nl == "Twents barrièremodel 2019"
    with pytest.raises(KeyError, match=r"there is no rule 'nl\.kvk\.activ'; did you mean 'nl\.kvk\.active'\?"):
        stored.rule("nl.kvk.activ")


def test_what_is_shown_without_plugins_is_in_the_json() -> None:
    stored = load_assessment(OPEN.to_json())

    counted = stored.stages[2].thresholds
    assert counted is not None
    assert (counted.orange, counted.red) == (1, 3)
    assert stored.stages[0].thresholds is None
    extract = next(item for item in stored.evidence if item.kind.id == "kvk_extract")
    assert extract.kind.title is not None
    assert extract.kind.title.nl == "KvK-uittreksel"
    assert extract.source is not None
    assert extract.source.issuer == "KvK"
    assert (extract.date, extract.valid_until) == (date(2025, 6, 2), date(2025, 12, 2))
    assert stored.labels["kvk_extract.active"].nl == "actief zonder einddatum"
    types = {id: stored.labels[id].type for id in (
        "kvk_extract.active", "annual_accounts.turnover", "provider.legal_form", "dossier.as_of",
        "nl.financial_signals.max_margin", "nl.kvk.min_months",
    )}  # fmt: skip
    assert types == {
        "kvk_extract.active": "bool", "annual_accounts.turnover": "money", "provider.legal_form": "choice",
        "dossier.as_of": "date", "nl.financial_signals.max_margin": "ratio", "nl.kvk.min_months": "int",
    }  # fmt: skip
    assert stored.asks[0].reason is UnknownReason.EXPIRED


def test_it_is_equal_to_the_same_and_can_be_sent_elsewhere() -> None:
    stored = load_assessment(TEXT)

    assert stored == load_assessment(TEXT.encode()) == pickle.loads(pickle.dumps(stored)) == copy.deepcopy(stored)
    assert len({stored, load_assessment(TEXT)}) == 1
    assert stored != load_assessment(OPEN.to_json())
    assert stored != TEXT
    assert repr(stored) == "<StoredAssessment of 2026-01-15: at least red, at most red>"


# Where it comes from ----------------------------------------------------------------------------------


def test_it_is_loaded_from_a_path_bytes_text_or_a_mapping(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(TEXT, encoding="utf-8")
    mappings = [json.loads(TEXT), json.loads(TEXT, parse_float=Decimal)]

    for source in (file, str(file), TEXT, TEXT.encode(), *mappings):
        same(RED, load_assessment(source))


def test_one_that_was_written_to_be_read_stays_so() -> None:
    indented = RED.to_json(indent=1)

    assert load_assessment(indented).to_json() == indented


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("nowhere.json", "no file of that name is found"),
        ("", "no file of that name is found"),
        ("{", "not JSON"),
        ("{}", "this is no stored assessment"),
        (f"[{TEXT}]".encode(), "this is no stored assessment"),
        ((EXAMPLES / "een-bestand.json"), "this is no stored assessment"),
        (TEXT.replace('"as_of"', '"as_of": "2026-01-15", "as_of"', 1), "given twice"),
        ({**json.loads(TEXT), "award": {"value": float("nan")}}, "not a JSON number"),
        ({**json.loads(TEXT), "award": {1j: {1}}}, "this is not what JSON gives"),
    ],
)
def test_what_is_no_stored_assessment_is_refused(source: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        load_assessment(source)


# Without plugins --------------------------------------------------------------------------------------

ALONE = """
import importlib.metadata, json, sys
from pathlib import Path

class Refuse:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top.startswith("barriermodel_") or top in {"click", "narwhals", "polars", "pandas", "hypothesis", "tomlkit"}:
            raise ImportError(f"{name} is not installed")

def entry_points(**kwargs):
    raise AssertionError("plugins were looked for")

sys.meta_path.insert(0, Refuse())
importlib.metadata.entry_points = entry_points
from barriermodel import load_assessment

stored = load_assessment(Path(sys.argv[1]))
shown = [stored.explain("nl"), stored.explain("en"), stored.markdown("nl"), stored.markdown("en"), stored.to_json()]
sys.stdout.buffer.write(json.dumps(shown).encode())
"""


@pytest.mark.parametrize("name", ["rode-aanbieder", "bewijs-ontbreekt"])
def test_it_is_shown_where_no_plugin_is_installed(tmp_path: Path, name: str) -> None:
    live = MODEL.assess(load_dossier(EXAMPLES / name))
    file = tmp_path / "a.json"
    file.write_text(live.to_json(), encoding="utf-8")

    ran = subprocess.run([sys.executable, "-c", ALONE, str(file)], capture_output=True, check=False)

    assert ran.stderr.decode() == ""
    assert json.loads(ran.stdout) == [
        live.explain("nl", full=True), live.explain("en", full=True),
        live.markdown("nl", full=True), live.markdown("en", full=True), live.to_json(),
    ]  # fmt: skip


# Changed ----------------------------------------------------------------------------------------------


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every leaf: what it stands in, and its key there."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, (dict, list)):
            yield from places(value)
        else:
            yield data, key


OTHERS: dict[type, Callable[[Any], Any]] = {
    bool: lambda value: not value,
    int: lambda value: value + 1,
    float: lambda value: value + 1,
    str: lambda value: value + "x",
    type(None): lambda value: "x",
}


@given(st.data())
def test_whatever_was_changed_is_refused(data: Any) -> None:
    changed = json.loads(TEXT)
    holder, key = data.draw(st.sampled_from(list(places(changed))))
    holder[key] = OTHERS[type(holder[key])](holder[key])

    with pytest.raises(InputError):
        load_assessment(changed)


def test_another_advice_is_told_in_one_sentence_and_can_be_looked_at() -> None:
    changed = json.loads(TEXT)
    changed["advice"] = {"at_least": "green", "at_most": "green", "decided": True}
    changed["content_digest"] = content_digest_of(changed)

    with pytest.raises(InputError) as caught:
        load_assessment(changed)

    assert str(caught.value) == (
        "assessment: it was changed after it was stored: its digest is not that of what it says"
    )
    looked_at = load_assessment(changed, verify=False)
    assert not looked_at.digest_holds
    assert looked_at.advice == Interval(Level.GREEN, Level.GREEN)


def test_another_text_is_told_in_one_sentence() -> None:
    changed = TEXT.replace("Een mens beslist", "De computer beslist")

    with pytest.raises(InputError) as caught:
        load_assessment(changed)

    assert str(caught.value) == (
        "assessment: it was changed after it was stored: content_digest is not that of its texts"
    )
    assert not load_assessment(changed, verify=False).digest_holds


def test_a_report_without_the_digest_of_its_texts_is_refused() -> None:
    changed = json.loads(TEXT)
    del changed["content_digest"]

    with pytest.raises(InputError, match="content_digest is not that of its texts"):
        load_assessment(changed)


@pytest.mark.parametrize("name", ["engine", "dossier", "labels", "concerns_", "moments_"])
def test_nothing_of_it_can_be_changed(name: str) -> None:
    stored = load_assessment(TEXT)

    with pytest.raises(TypeError, match="read-only"):
        getattr(stored, name)["nl.kvk"] = None
    assert pickle.loads(pickle.dumps(stored)) == copy.deepcopy(stored) == stored


def test_texts_without_their_report_are_still_those_of_their_digest() -> None:
    changed = json.loads(TEXT)
    del changed["report"]
    changed["stages"][0]["barriers"][0]["rules"][0]["text"]["nl"] = "Er is niets aan de hand."

    with pytest.raises(InputError, match="content_digest is not that of its texts"):
        load_assessment(changed)


def test_a_fact_that_was_stored_is_shown_without_its_value() -> None:
    """It is in logs and tracebacks, and nothing in it tells whether it is confidential."""
    shown = load_assessment(RED.to_dict(confidential=True), verify=False)
    facts = {fact.name: fact for rule in shown.rules for fact in rule.facts}

    assert facts["self_declaration.corruption"].value is False
    assert "False" not in repr(facts["self_declaration.corruption"]).replace("withheld=False", "")


def test_one_with_confidential_values_is_no_proof_and_is_refused() -> None:
    shown = RED.to_dict(confidential=True)

    assert "content_digest" not in shown  # no digest is taken over what is confidential
    with pytest.raises(InputError, match=r"store what to_json\(\) gives without confidential=True"):
        load_assessment(shown)
    assert not load_assessment(shown, verify=False).digest_holds


def test_what_was_withheld_stays_so() -> None:
    stored = load_assessment(TEXT)

    kept = [fact for rule in stored.rules for fact in rule.facts if fact.withheld]
    assert kept
    assert {fact.value for fact in kept} == {None}
    hidden = [item for item in stored.evidence if item.withheld]
    assert {item.kind.id for item in hidden} == {item.kind.id for item in stored.withheld}
    assert {value for item in hidden for value in (item.date, item.valid_until, item.about, item.source)} == {None}


# Strict -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "key", "value", "message"),
    [
        ((), "colour", "red", "colour: unknown key; known are"),
        ((), "as_of", "15-01-2026", "as_of: expected a date (YYYY-MM-DD); got '15-01-2026'"),
        ((), "stages", {}, "stages: expected a list; got dict"),
        (("advice",), "at_least", "blue", "advice.at_least: unknown level or status 'blue'; known are"),
        (("advice",), "at_least", None, "advice has two ends"),
        (("moments",), "lunch", {"at_least": "red", "at_most": "red", "decided": True},
         "'lunch' is not a valid Moment"),
        (("provider",), "legal_form", "bvv", "provider.legal_form: expected one of eenmanszaak,"),
        (("stages", 0, "barriers", 0), "hits", "1",
         "stages[0].barriers[0].hits: expected a whole number; got '1'"),
        (("stages", 0, "barriers", 0, "rules", 0), "status", 1,
         "stages[0].barriers[0].rules[0].status: unknown level or status 1"),
        (("stages", 0, "barriers", 0, "rules", 0, "facts", 0), "evidence", "ev-1",
         "stages[0].barriers[0].rules[0].facts[0].evidence: expected a list; got str"),
        (("report", "nl", 0), "kind", "song", "report.nl[0].kind: expected one of title, advice,"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_path(path: tuple[Any, ...], key: str, value: Any, message: str) -> None:
    data = json.loads(TEXT)
    place = data
    for step in path:
        place = place[step]
    place[key] = value

    with pytest.raises(InputError) as caught:
        load_assessment(data)

    assert message in str(caught.value)
    assert len(caught.value.problems) == 1


def test_a_key_that_is_lacking_is_told() -> None:
    data = json.loads(TEXT)
    del data["stages"][0]["barriers"][0]["rules"][0]["text"]

    with pytest.raises(InputError, match=r"rules\[0\]\.text: required, but not given"):
        load_assessment(data)


# Of before --------------------------------------------------------------------------------------------


def of_before(assessment: Assessment) -> dict[str, Any]:
    """The JSON as it was stored before it held its report."""
    data = {key: value for key, value in assessment.to_dict().items() if key not in SINCE_TODAY}
    del data["profile"]["title"]
    for stage in data["stages"]:
        del stage["thresholds"]
        for rule in (rule for barrier in stage["barriers"] for rule in barrier["rules"]):
            del rule["changed"]
    return data


@pytest.mark.parametrize("name", FOLDERS)
def test_one_of_before_has_the_same_digest_and_gives_its_advice(name: str) -> None:
    live = MODEL.assess(load_dossier(EXAMPLES / name))

    stored = load_assessment(of_before(live))

    assert digest_of(of_before(live)) == live.digest == stored.digest
    assert stored.advice == live.advice
    assert told(stored.stages) == told(live.stages)


def test_one_of_before_says_what_it_lacks() -> None:
    said = load_assessment(of_before(RED)).explain("nl")

    assert said.startswith(
        "Verzinsel Thuisbegeleiding B.V.\n"
        "Bewaard door een oudere versie, zonder verslag: hier staan alleen het advies, de signalen en de open\n"
        "regels.\n\n"
        "Advies: rood\n"
    )
    assert "[nl.kvk.active]" in said
    assert "Stored by an older version, without its report" in load_assessment(of_before(RED)).markdown("en")


@pytest.mark.parametrize("data", [RED.to_dict(), RED.to_dict(confidential=True), of_before(RED), OPEN.to_dict()])
def test_all_of_them_are_valid_under_the_schema(data: dict[str, Any]) -> None:
    assert list(jsonschema.Draft202012Validator(assessment_schema()).iter_errors(data)) == []


@pytest.mark.parametrize("key", ["labels", "kinds", "evidence", "report", "content_digest", "confidential"])
def test_the_schema_says_what_the_new_keys_hold(key: str) -> None:
    errors = jsonschema.Draft202012Validator(assessment_schema()).iter_errors({**RED.to_dict(), key: 3})

    assert [list(error.path) for error in errors] == [[key]]


# Shown ------------------------------------------------------------------------------------------------


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="lang is one of nl, en"):
        load_assessment(TEXT).explain("fr")  # type: ignore[arg-type]


def test_it_can_only_be_read() -> None:
    with pytest.raises(AttributeError):
        load_assessment(TEXT).as_of = date(2026, 1, 1)  # type: ignore[misc]


@pytest.mark.parametrize(("form", "lang"), [("text", "nl"), ("text", "en"), ("markdown", "nl"), ("json", "nl")])
def test_a_command_shows_one_again(tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, lang: str) -> None:
    file = tmp_path / "a.json"
    file.write_text(TEXT, encoding="utf-8")

    status = run(["explain", str(file), "--format", form, "--lang", lang])

    shown = {"text": RED.explain(lang, full=True), "markdown": RED.markdown(lang, full=True), "json": TEXT}  # type: ignore[arg-type]
    assert (status, capsys.readouterr().out) == (0, shown[form])


def test_a_command_refuses_what_was_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.json"
    file.write_text(TEXT.replace('"at_least": "red"', '"at_least": "green"', 1), encoding="utf-8")

    assert run(["explain", str(file)]) == 2
    assert "it was changed after it was stored" in capsys.readouterr().err


@pytest.mark.parametrize(
    "option", [["--id", "kvk=1"], ["--profile", "twente-2019"], ["--raw"], ["--as-of", "2026-01-01"]]
)
def test_a_command_does_not_assess_a_stored_one_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: list[str]
) -> None:
    file = tmp_path / "a.json"
    file.write_text(TEXT, encoding="utf-8")

    assert run(["explain", str(file), *option]) == 2
    assert "a stored assessment is shown as it is" in capsys.readouterr().err


def test_a_table_still_needs_the_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.csv"
    file.write_text("kvk\n00000001\n", encoding="utf-8")

    assert run(["explain", str(file)]) == 2
    assert "--id" in capsys.readouterr().err
