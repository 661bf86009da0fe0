"""The page on ``barriermodel.analysis`` lists every public name, and every public name has a docstring."""

from __future__ import annotations

import ast
import importlib
import runpy
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parents[1] / "docs" / "public_names.py"
NAMES = runpy.run_path(str(GENERATOR))
MODULES = dict(NAMES["modules"]())


def test_the_page_is_up_to_date() -> None:
    assert NAMES["PAGE"].read_text(encoding="utf-8") == NAMES["page"](), "run: python docs/public_names.py --write"


def test_the_page_links_from_the_overview() -> None:
    assert "(analysis.md)" in (NAMES["PAGE"].parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("module", MODULES)
def test_a_module_exports_all_that_it_imports(module: str) -> None:
    """To type checkers, a name is only passed on as itself: ``import name as name`` (PEP 484)."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    passed_on = [alias for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    exported = {name for name in dir(importlib.import_module(f"barriermodel.analysis.{module}")) if name[:2] != "__"}

    assert passed_on
    assert [alias.asname for alias in passed_on] == [alias.name for alias in passed_on]
    assert exported == {name for name, _ in NAMES["names_of"](MODULES[module])}


@pytest.mark.parametrize("module", MODULES)
def test_every_public_name_has_a_docstring(module: str) -> None:
    assert [name for name, text in NAMES["names_of"](MODULES[module]) if not text] == []


def test_docstrings_are_found_where_a_name_is_defined(tmp_path: Path) -> None:
    (tmp_path / "defined.py").write_text('class A:\n    """Is a class."""\n\n\nB, C = 1, 2\n"""Numbers."""\nD = 3\n')
    (tmp_path / "passed_on.py").write_text("from .defined import A\n")
    (tmp_path / "front.py").write_text("from .defined import B, C, D\nfrom .passed_on import A\n")

    found = dict(NAMES["names_of"](tmp_path / "front.py"))

    assert found == {"A": "Is a class.", "B": "Numbers.", "C": "Numbers.", "D": ""}
