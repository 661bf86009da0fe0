"""The house (docs/architecture.md): who imports whom, and how little is loaded at import."""

from __future__ import annotations

import subprocess
import sys
import types
from pathlib import Path

import pytest

import barriermodel
import barriermodel.plugin

ROOT = Path(__file__).parents[1]


def test_rooms_import_each_other_as_the_contracts_in_pyproject_say() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout


def loaded(code: str) -> set[str]:
    """The top modules that are loaded after this code, in a fresh interpreter."""
    script = f"import sys\n{code}\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


def test_importing_the_library_loads_neither_tools_nor_plugins() -> None:
    names = loaded("import barriermodel")

    assert "barriermodel" in names
    assert not names & {"pytest", "_pytest", "hypothesis", "narwhals", "click", "rich", "polars", "pandas", "tomlkit"}
    assert not {name for name in names if name.startswith("barriermodel_")}


@pytest.mark.parametrize("front", [barriermodel, barriermodel.plugin], ids=lambda front: front.__name__)
def test_every_public_name_is_there_once(front: types.ModuleType) -> None:
    assert sorted(set(front.__all__)) == sorted(front.__all__)
    assert set(front.__all__) <= set(dir(front))
    for name in front.__all__:
        assert not isinstance(getattr(front, name), types.ModuleType)
    with pytest.raises(AttributeError):
        front.not_there


def test_a_public_name_is_not_hidden_by_a_module_that_is_called_the_same() -> None:
    names = "import barriermodel.domain.evidence, barriermodel.rules.barrier, barriermodel.cli"

    loaded(f"{names}\nfrom barriermodel.plugin import evidence, Barrier\nassert callable(evidence)")
