"""What nobody verified is shown wherever a rule is told, and the retention of what is withheld."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from barriermodel import UNKNOWN, Assessment, Level, Registry
from barriermodel.analysis.profiles import Plugin
from barriermodel.cli.listings import barriers_data, barriers_text
from barriermodel.formats.digests import digest_of
from barriermodel.formats.schema import assessment_schema
from barriermodel.plugin import Barrier, DefinitionError, Fact, evidence
from region import Answers, barrier, dossier, item, model, plugin

DOUBT = {"nl": "Het lid van art. 1.", "en": "The paragraph of art. 1."}
BARRIERMODEL_WORDS = {
    "nl": f"""
        [rule.t.doubt]
        flagged.unverified = "{DOUBT["nl"]}"
        flagless.unverified = "{DOUBT["nl"]}"
        program.unverified = "{DOUBT["nl"]}"
        [evidence]
        kept_secret.title = "Geheim"
        kept_secret.retention = "De bewaartermijn is niet gevonden."
        kept_anyhow.title = "Los"
        """,
    "en": f"""
        [rule.t.doubt]
        flagged.unverified = "{DOUBT["en"]}"
        flagless.unverified = "{DOUBT["en"]}"
        program.unverified = "{DOUBT["en"]}"
        [evidence]
        kept_secret.title = "Secret"
        kept_secret.retention = "The term was not found."
        kept_anyhow.title = "Loose"
        """,
}


def told(doubt: bool = True, **facts: Any) -> Assessment:
    """A signal, a requirement and an opaque rule about one flag, each with a doubt."""
    found = doubtful(doubt)
    return model(found).assess(dossier(item(Answers(**{"count": 1, **facts}))))


def doubtful(doubt: Any = True) -> Barrier:
    found = barrier("t.doubt")

    @found.signal(level=Level.RED, basis="vlaggenwet_art_1", unverified=doubt)
    def flagged(answers: Answers) -> Fact[bool]:
        return answers.flag

    @found.requirement(level=Level.RED, unverified=doubt)
    def flagless(answers: Answers) -> Fact[bool]:
        return answers.flag_b

    @found.signal(level=Level.RED, unverified=doubt, opaque=True)
    def program(answers: Answers) -> bool:
        return answers.flag is True

    return found


def lines(words: str) -> int:
    return words.count("Niet nagegaan: Het lid van art. 1.")


def test_a_rule_that_hits_or_is_open_says_in_one_line_what_is_not_verified() -> None:
    assert lines(told(flag=True, flag_b=False).explain("nl", full=True)) == 3
    assert lines(told().explain("nl", full=True)) == 3
    assert lines(told(flag=True, flag_b=False).markdown("nl", full=True)) == 3
    assert "Not verified: The paragraph of art. 1." in told(flag=True).explain("en", full=True)


def test_a_clear_rule_says_nothing_of_it_nor_one_without_doubts() -> None:
    assert lines(told(flag=False, flag_b=True).explain("nl", full=True)) == 0
    assert "Niet nagegaan" not in told(False, flag=True, flag_b=False).explain("nl", full=True)


def test_the_json_says_it_of_every_rule_and_is_valid() -> None:
    data = told(flag=True).to_dict()
    rules = data["stages"][0]["barriers"][0]["rules"]

    assert [rule["unverified"] for rule in rules] == [DOUBT] * 3
    jsonschema.Draft202012Validator(assessment_schema()).validate(data)


def test_an_assessment_from_before_the_field_is_still_valid() -> None:
    data = told(flag=True).to_dict()
    for rule in data["stages"][0]["barriers"][0]["rules"]:
        del rule["unverified"]

    jsonschema.Draft202012Validator(assessment_schema()).validate(data)
    assert digest_of(data) == data["digest"]


def test_a_doubt_changes_no_digest() -> None:
    assert told(False, flag=True).digest == told(flag=True).digest


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_list_of_barriers_shows_it(form: str) -> None:
    registry = Registry()
    given: Plugin = registry.add(plugin(doubtful()), "test")

    listed = [(given.barriers[0], given)]
    shown = barriers_text(listed, "nl") if form == "text" else json.dumps(barriers_data(listed), ensure_ascii=False)

    assert shown.count(DOUBT["nl"]) == 3
    assert ("Niet nagegaan: " in shown) is (form == "text")


@pytest.mark.parametrize("wrong", ["Het lid van art. 1.", None, 1])
def test_what_is_doubted_stands_in_the_words_and_not_in_the_rule(wrong: Any) -> None:
    with pytest.raises(DefinitionError, match="unverified is True or False, and its text stands in the words files"):
        doubtful(wrong)


# Retention --------------------------------------------------------------------------------------------


@evidence("kept_secret", confidential=True, retention=True)
class KeptSecret:
    """A confidential kind that says how long it may be kept."""

    flag: Fact[bool] = UNKNOWN


@evidence("kept_anyhow", confidential=True)
class KeptAnyhow:
    """A confidential kind that does not."""

    flag: Fact[bool] = UNKNOWN


def about(kind: Any) -> Barrier:
    found = barrier("t.kept")

    def secret(advice: Any) -> Fact[bool]:
        return advice.flag  # type: ignore[no-any-return]

    secret.__annotations__["advice"] = kind
    found.signal(level=Level.RED)(secret)
    return found


def test_a_confidential_kind_that_does_not_say_how_long_it_may_be_kept_gets_a_warning() -> None:
    (warning,) = Registry().add(plugin(about(KeptAnyhow)), "test").warnings

    assert warning.startswith("The kind kept_anyhow is confidential and does not say how long it may be kept")
    assert Registry().add(plugin(about(KeptSecret)), "test").warnings == ()


def test_what_is_withheld_is_told_with_its_retention() -> None:
    found = model(about(KeptSecret)).assess(dossier(item(KeptSecret(flag=True))))
    shown = found.explain("nl", full=True)

    assert "Afgeschermd: Geheim ‘ev-1’.\nBewaartermijn van Geheim: De bewaartermijn is niet gevonden.\n" in shown
    assert "Retention of Secret: The term was not found." in found.markdown("en", full=True)
    assert found.to_dict()["withheld"][0]["retention"] == {
        "nl": "De bewaartermijn is niet gevonden.", "en": "The term was not found.",
    }  # fmt: skip


def test_the_list_of_barriers_says_what_is_confidential_and_its_retention() -> None:
    given = Registry().add(plugin(about(KeptSecret)), "test")

    shown = barriers_text([(given.barriers[0], given)], "nl")

    assert "← Geheim [kept_secret] (provider, 0 min, confidential)\n" in shown
    assert "Bewaartermijn van Geheim: De bewaartermijn is niet gevonden.\n" in shown


def test_or_that_its_retention_is_not_stated() -> None:
    found = model(about(KeptAnyhow)).assess(dossier(item(KeptAnyhow(flag=True))))

    assert "Bewaartermijn van Los: niet vermeld." in found.explain("nl", full=True)
    jsonschema.Draft202012Validator(assessment_schema()).validate(found.to_dict())
