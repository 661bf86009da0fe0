"""The settings of letters: what is missing, empty or impossible is an error that names the file and the key."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from drafts import SETTINGS, drafted

from barriermodel import InputError
from barriermodel.letters import LetterSettings, read_settings
from pages import DOCS

EXAMPLE = (DOCS / "letters" / "letter.toml").read_text(encoding="utf-8")
NEEDED = ("authority", "address", "place", "phone", "email", "upload")


def without(key: str) -> str:
    return "\n".join(line for line in EXAMPLE.splitlines() if not line.startswith(f"{key} = "))


def refused(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_settings(path)
    assert caught.value.where == str(path)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("key", [*NEEDED, "name", "role"])
def test_a_key_that_is_missing_is_named(key: str, tmp_path: Path) -> None:
    path = f"signature.{key}" if key in ("name", "role") else key

    assert refused(tmp_path / "letter.toml", without(key)) == [f"{path}: required, but not given"]


def test_what_is_empty_or_would_break_a_letter_is_named_too(tmp_path: Path) -> None:
    text = (
        EXAMPLE.replace('"Voorbeelddam"\n', '" "\n')
        .replace("(000) 000 00 00", "1\\u202e2")
        .replace("term = 10", "term = 0")
    )
    text = text.replace('address = ["Raadhuisplein 1", "0000 AA Voorbeelddam"]', "address = []")

    found = refused(tmp_path / "letter.toml", text)

    assert sorted(problem.partition(":")[0] for problem in found) == ["address", "phone", "place", "term"]


def test_an_unknown_key_gets_a_suggestion(tmp_path: Path) -> None:
    (problem,) = refused(tmp_path / "letter.toml", EXAMPLE.replace("department =", "departement ="))

    assert "did you mean 'department'?" in problem


def test_the_term_and_the_reference_have_a_default() -> None:
    given = {field.name for field in attrs.fields(LetterSettings) if field.default is attrs.NOTHING}

    assert given == {*NEEDED, "signature"}
    assert attrs.fields(LetterSettings).term.default == 10
    assert drafted("bewijs-ontbreekt", "request").reference == "VB-2026-02"  # that of the award


def test_settings_made_in_python_are_checked_as_well() -> None:
    with pytest.raises(InputError, match=r"settings: email: this is empty"):
        drafted("bewijs-ontbreekt", "request", settings=attrs.evolve(SETTINGS, email=""))
