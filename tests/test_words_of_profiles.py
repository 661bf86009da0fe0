"""A region's own words, a lawyer's change and another language: words files alone, and no digest but theirs changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from barriermodel import BarrierModel, load_dossier

DOSSIER = Path(__file__).parents[1] / "docs" / "examples" / "bewijs-ontbreekt"
RULE = "[rule.nl.financial_continuity.low_solvency]"
PROFILE = """
id = "eigen-woorden"
title = {{ nl = "Regio met eigen woorden", en = "Region with its own words" }}
owner = "Voorbeeldregio"
status = "reconstruction"
valid_from = 2019-01-01
extends = "twente-2019"
{words}
"""


def region(folder: Path, **files: str) -> BarrierModel:
    """A profile whose own words files are these."""
    (folder / "woorden").mkdir(parents=True)
    for lang, text in files.items():
        (folder / "woorden" / f"{lang}.toml").write_text(text, encoding="utf-8")
    (folder / "regio.toml").write_text(PROFILE.format(words='words = "woorden"' if files else ""), encoding="utf-8")
    return BarrierModel.load(folder / "regio.toml")


def test_a_region_says_it_in_its_own_words_and_everything_else_as_the_plugin_does(tmp_path: Path) -> None:
    own = "Van elke euro is {solvency} eigen geld. Wij vragen {min_solvency}."
    said = region(tmp_path, nl=f'{RULE}\nhit = "{own}"').assess(load_dossier(DOSSIER)).explain("nl")

    assert "▲ Van elke euro is 13,3% eigen geld. Wij vragen 20%." in said
    assert "Vraag hoe de aanbieder een tegenvaller opvangt." in said


def test_a_change_of_words_changes_the_digest_of_the_words_file_and_no_other(tmp_path: Path) -> None:
    plain, dossier = region(tmp_path / "plain"), load_dossier(DOSSIER)
    before = plain.assess(dossier).to_dict()
    changed = region(
        tmp_path / "changed",
        nl=f'{RULE}\nhit = "Anders gezegd."\n[limit.nl.financial_continuity.min_solvency]\nnote = "Zie de nota."',
    )
    after = changed.assess(dossier).to_dict()

    assert (after["digest"], after["profile"]["digest"]) == (before["digest"], before["profile"]["digest"])
    assert after["content_digest"] != before["content_digest"]
    own = {file["origin"]: file["sha256"] for file in after["words"]}
    theirs = {file["origin"]: file["sha256"] for file in before["words"]}
    assert own.keys() - theirs.keys() == {str(tmp_path / "changed" / "woorden" / "nl.toml")}
    assert theirs.items() <= own.items()


@pytest.mark.parametrize("wrong", ['hit = "{0}"', 'hit = "{unheard_of}"', "hit = 1", "hit ="])
def test_words_that_are_wrong_are_replaced_and_the_report_goes_on(tmp_path: Path, wrong: str) -> None:
    said = region(tmp_path, nl=f"{RULE}\n{wrong}").assess(load_dossier(DOSSIER)).explain("nl")

    assert "13,3%" in said.partition("WAAROM")[2].partition("WAT NOG OPEN IS")[0]
    assert "Een tekst is niet te lezen; er staat een andere:" in said


def test_a_file_that_is_no_toml_is_told_in_the_report(tmp_path: Path) -> None:
    said = region(tmp_path, nl="title = ").assess(load_dossier(DOSSIER)).explain("nl")

    assert "Het eigen vermogen is 13,3% van het balanstotaal." in said
    assert "Een tekst is niet te lezen; er staat een andere:" in said


def test_no_words_of_a_profile_take_away_what_the_library_says_itself(tmp_path: Path) -> None:
    words = '[report]\nperson_decides = "x"\nhear_first = "x"\n[phrase.sentences]\nmay_exclude = "x"'
    said = region(tmp_path, nl=words).assess(load_dossier(DOSSIER)).explain("nl")

    assert "Een mens beslist, na de aanbieder te hebben gehoord." in said


def test_another_language_says_what_it_has_and_dutch_where_it_has_nothing(tmp_path: Path) -> None:
    pytest.importorskip("babel")
    own = "Fonds propres : {solvency}, sous la limite de {min_solvency}."
    assessment = region(tmp_path, fr=f'{RULE}\nhit = "{own}"').assess(load_dossier(DOSSIER))
    said, rule = assessment.explain("fr"), assessment.rule("nl.financial_continuity.low_solvency")

    assert rule.text["fr"] == own.format(solvency="13,3\N{NO-BREAK SPACE}%", min_solvency="20\N{NO-BREAK SPACE}%")
    assert "Fonds propres : 13,3\N{NO-BREAK SPACE}%, sous la limite de 20\N{NO-BREAK SPACE}%." in said
    assert "Peildatum 15 janvier 2026" in said
    assert "Personeelslijst" in said


def test_a_language_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="such as fr; got 'klingon'"):
        BarrierModel.load("twente-2019").assess(load_dossier(DOSSIER)).explain("klingon")
