"""The pages of the laws: each has a barrier that breaks its law, what the law says of it, and how to mend it."""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

import markdown
from barriermodel import Registry
from barriermodel.testing.barrier_under_test import BarrierUnderTest

FOLDER = Path(__file__).parents[2] / "docs" / "laws"
NAMES = sorted(path.stem for path in FOLDER.glob("*.md") if path.stem != "README")


@attrs.frozen
class Page:
    """A page, by the name of its law."""

    name: str

    @property
    def text(self) -> str:
        """What it says."""
        return (FOLDER / f"{self.name}.md").read_text(encoding="utf-8")

    def blocks(self, language: str) -> list[str]:
        """Its code blocks in a language."""
        return markdown.blocks(FOLDER / f"{self.name}.md", language)

    @property
    def broken(self) -> str:
        """A plugin whose barrier breaks the law."""
        return self.blocks("python")[0]

    @property
    def said(self) -> str:
        """What the law says of it."""
        return self.blocks("")[0].strip()

    @property
    def mended(self) -> str:
        """The same plugin, mended: the page may show only what changes."""
        change = self.blocks("python")[1]
        return change if "BARRIERMODEL_API" in change else changed(self.broken, change)


def changed(source: str, change: str) -> str:
    """The source with top-level names defined anew; new ones come before the next that is replaced."""
    segments = {_name(node): _segment(source, node) for node in ast.parse(source).body}
    new: list[str] = []
    for node in ast.parse(change).body:
        name, text = _name(node), _segment(change, node)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            segments = {f"import {text}": text, **segments}
        elif name in segments:
            segments[name] = "\n\n".join([*new, text])
            new = []
        else:
            new.append(text)
    assert not new, "end a change with something that replaces what was there"
    return "\n\n".join(segments.values()) + "\n"


def _name(node: ast.stmt) -> str:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return node.name
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0])
    return f"line {node.lineno}"


def _segment(source: str, node: ast.stmt) -> str:
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(d.lineno for d in decorators)])
    return "\n".join(source.splitlines()[first - 1 : node.end_lineno])


@contextmanager
def installed(source: str, name: str, folder: Path) -> Iterator[BarrierUnderTest]:
    """The first barrier of a plugin that lies in a folder, as a subject."""
    (folder / f"{name}.py").write_text(source, encoding="utf-8")
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        registry = Registry()
        plugin = registry.add(importlib.import_module(name))
        assert plugin.status.value == "ok", plugin.message
        yield BarrierUnderTest(plugin.barriers[0].id, registry)
    finally:
        sys.path.remove(str(folder))
        sys.modules.pop(name, None)
