"""List the names of ``barriermodel.analysis`` with the first line of each docstring, for ``docs/analysis.md``.

``python docs/public_names.py --write`` writes the page; ``tests/test_analysis_page.py`` sees that it is up to date. The
docstring of a constant is the string after it, which only the source has, so the source is read and not imported.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "analysis.md"
SOURCE = ROOT / "src" / "barriermodel"
HEAD = """# Analysing rules, profiles and tables

`barriermodel.analysis` is for software that looks into rules, profiles and tables: a dashboard, a study of limits, a
batch of your own. Batches, calibration, imports of notices, the test kit and the command line are built on these names
and nothing else. To assess dossiers you need only `barriermodel`; to write barriers, only
[`barriermodel.plugin`](plugin.md).

The names are public, but closer to the machinery than those of the other two: one may change in a minor version, with
a line in the changelog. Each module groups the names of one subject.

```python
from barriermodel import BarrierModel
from barriermodel.analysis.expressions import facts_of

barrier, _ = BarrierModel.load("twente-2019").registry.barriers["nl.kvk"]
read = {fact.id for rule in barrier.rules.values() for fact in facts_of(rule.expression)}
assert "kvk_extract.active" in read
```

`python docs/public_names.py --write` makes this page from the docstrings.
"""
SECTION = """
## `barriermodel.analysis.{module}`

{text}

| name | what it is |
|---|---|
{rows}
"""


def page() -> str:
    """Write the whole page."""
    sections: list[str] = []
    for module, path in modules():
        rows = "\n".join(f"| `{name}` | {_cell(text)} |" for name, text in names_of(path))
        sections.append(SECTION.format(module=module, text=first_line(_parsed(path), ()), rows=rows))
    return HEAD + "".join(sections)


def modules() -> list[tuple[str, Path]]:
    """The modules of ``barriermodel.analysis``, by name."""
    paths = sorted((SOURCE / "analysis").glob("*.py"))
    return [(path.stem, path) for path in paths if path.stem != "__init__"]


def names_of(path: Path) -> Iterator[tuple[str, str]]:
    """Each name that a module imports, with the first line of its docstring; empty where it has none."""
    for statement in _parsed(path).body:
        if isinstance(statement, ast.ImportFrom):
            for alias in statement.names:
                yield alias.name, _described(_imported_from(path, statement), alias.name)


def _described(path: Path, name: str) -> str:
    """The first line of what a module says of a name, or of what the module imports it from."""
    body = _parsed(path).body
    for statement, following in zip(body, [*body[1:], ast.Pass()], strict=True):
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)) and statement.name == name:
            return first_line(statement, ())
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        found = (node for target in targets if target for node in ast.walk(target) if isinstance(node, ast.Name))
        if any(node.id == name for node in found):
            return first_line(None, [following])
        if isinstance(statement, ast.ImportFrom) and any(alias.name == name for alias in statement.names):
            return _described(_imported_from(path, statement), name)
    return ""


def first_line(documented: ast.FunctionDef | ast.ClassDef | ast.Module | None, body: Sequence[ast.stmt]) -> str:
    """The first line of a docstring; of a constant, the string in the statement after it."""
    text = ast.get_docstring(documented or ast.Module(body=list(body), type_ignores=[])) or ""
    return text.partition("\n")[0]


def _imported_from(path: Path, statement: ast.ImportFrom) -> Path:
    folder = path.parents[statement.level - 1]
    found = folder.joinpath(*(statement.module or "").split("."))
    return found / "__init__.py" if found.is_dir() else found.with_suffix(".py")


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _cell(text: str) -> str:
    return text.replace("``", "`").replace("|", "\\|")


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    else:
        print(page(), end="")
