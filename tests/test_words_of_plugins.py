"""Words files are complete, hold nothing that is not needed, and are read only to say something."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from barriermodel import BarrierModel, Registry, load_dossier
from barriermodel.cli.commands import run
from barriermodel.profiles.plugin_words import check_words
from barriermodel.words import word_files

DOSSIERS = Path(__file__).parents[1] / "docs" / "examples"
PLUGINS = [plugin for plugin in Registry.discover().plugins if plugin.barriers]


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda plugin: plugin.name)
def test_every_shipped_plugin_says_everything_in_dutch_and_english(plugin: Any, lang: str) -> None:
    report = check_words(plugin, lang)

    assert [".".join(ref.key) for ref in report.missing] == []
    assert report.unknown == ()
    assert report.wrong == ()


def test_nothing_is_read_until_something_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading, assessing and the digests open no words file, in the words of a profile or of a plugin."""

    def opened(*_: object) -> None:
        raise AssertionError("a words file was opened")

    monkeypatch.setattr(word_files.WordsFile, "read", opened)
    word_files._packaged.cache_clear()
    assessment = BarrierModel.load("twente-2019").assess(load_dossier(DOSSIERS / "rode-aanbieder"))

    assert assessment.advice.decided
    assert [rule.id for rule in assessment.rules if rule.status.key == "hit"]
    assert assessment.asks == ()
    assert len(assessment.digest) == len(assessment.evaluation.resolved.digest) == 64
    with pytest.raises(AssertionError, match="was opened"):
        assessment.explain()
    word_files._packaged.cache_clear()


def test_the_digest_is_the_same_whether_or_not_something_was_said() -> None:
    model, dossier = BarrierModel.load("twente-2019"), load_dossier(DOSSIERS / "bewijs-ontbreekt")
    said, silent = model.assess(dossier), model.assess(dossier)
    data = said.to_dict()

    assert silent.digest == said.digest == data["digest"]
    assert silent.asks[0].question.nl == said.asks[0].question.nl != ""


def test_the_command_names_what_is_missing_and_writes_it_to_fill_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["words", "barriermodel-kvk"]) == 0
    assert capsys.readouterr().out == "barriermodel-kvk: complete in nl, en\n"

    assert run(["words", "barriermodel-kvk", "--lang", "fr"]) == 3
    assert "barriermodel-kvk, fr: missing: barrier.nl.kvk.title\n" in capsys.readouterr().out

    assert run(["words", "barriermodel-kvk", "--lang", "fr", "--skeleton"]) == 0
    assert '[barrier.nl.kvk]\ntitle = ""  # ' in capsys.readouterr().out


def test_a_plugin_that_does_not_exist_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["words", "barriermodel-kvkk"]) == 2
    assert "did you mean 'barriermodel-kvk'" in capsys.readouterr().err
