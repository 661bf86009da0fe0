"""A package of an extra that is not installed is one sentence, which says what to install."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import pytest

from barriermodel import BarrierModelError
from barriermodel.extras import MissingExtraError, require


def test_what_is_installed_is_imported() -> None:
    require("cli", "the command line needs {}", "click")

    assert "click" in sys.modules


def test_what_is_missing_is_named_with_what_to_install() -> None:
    with pytest.raises(BarrierModelError) as caught:
        require("batch", "batch needs {}", "json", "not_there", pronoun="them")

    assert str(caught.value) == "batch needs not_there; install them with: pip install 'barriermodel[batch]'"
    assert isinstance(caught.value, ModuleNotFoundError)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (type(again), str(again), again.name) == (MissingExtraError, str(caught.value), "not_there")


def test_a_package_that_misses_something_itself_is_another_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "damaged_package.py").write_text("import what_it_needs")
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(ModuleNotFoundError, match="what_it_needs") as caught:
        require("frames", "tables need {}", "damaged_package")
    assert not isinstance(caught.value, MissingExtraError)
