"""The house (design, section 6): a module imports only from lines above its own, and little is loaded at import."""

from __future__ import annotations

import ast
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

import barriermodel

SOURCE = Path(barriermodel.__file__).parent
ORDER = [
    "objects",
    "errors",
    "extras",
    "spelling",
    "place",
    "files",
    "atomic",
    "text",
    "canonical",
    "domain",
    "rules",
    "nesting",
    "parsing",
    "strict",
    "plugin",
    "pipeline",
    "frames",
    "formats",
    "notices",
    "report",
    "model",
    "batch",
    "calibration",
    "testing",
    "cli",
]
PUBLIC = {"batch", "calibration", "testing", "cli"}
"""They use the public names."""


def layer(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """The line and layer of each import from this package, wherever in the file it stands."""
    package = ["barriermodel", *path.relative_to(SOURCE).parent.parts]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            names = [module] if module != "barriermodel" else [f"{module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "barriermodel" and parts[1:]:
                yield node.lineno, parts[1]


MODULES = sorted(path for path in SOURCE.rglob("*.py") if path != SOURCE / "__init__.py")


def test_every_module_has_a_line_in_the_house() -> None:
    assert len(MODULES) > 30
    assert {layer(path) for path in MODULES} <= set(ORDER)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_imports_only_from_lines_above_it(path: Path) -> None:
    own = layer(path)
    allowed = {*ORDER[: ORDER.index(own)], own}
    wrong = [f"line {line}: {name}" for line, name in imported(path) if name in ORDER and name not in allowed]

    assert wrong == []


@pytest.mark.parametrize(
    "path", [p for p in MODULES if layer(p) not in PUBLIC], ids=lambda path: str(path.relative_to(SOURCE))
)
def test_a_module_does_not_import_the_front(path: Path) -> None:
    """``from barriermodel import X`` inside the core would be a circle."""
    assert [(line, name) for line, name in imported(path) if name not in ORDER] == []


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


def test_every_public_name_is_there_once() -> None:
    assert sorted(set(barriermodel.__all__)) == sorted(barriermodel.__all__)
    for name in barriermodel.__all__:
        found = getattr(barriermodel, name)
        assert not isinstance(found, types.ModuleType)
    with pytest.raises(AttributeError):
        barriermodel.not_there


def test_a_public_name_is_not_hidden_by_a_module_that_is_called_the_same() -> None:
    names = "import barriermodel.domain.evidence, barriermodel.rules.barrier, barriermodel.cli"

    loaded(f"{names}\nfrom barriermodel import evidence, Barrier\nassert callable(evidence)")
