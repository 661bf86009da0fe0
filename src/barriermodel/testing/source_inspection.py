"""Reads the source of the plain functions of a plugin: derived facts, opaque rules, and what they call in it."""

from __future__ import annotations

import ast
import builtins
import importlib
import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import cached_property
from types import CodeType, FunctionType, ModuleType
from typing import Any

import attrs

from barriermodel.analysis.source_code import python_function
from barriermodel.plugin import Money, euro

from .call_guard import place


@attrs.define(eq=False, slots=False)
class FunctionSource:
    """The source of a function."""

    function: Any  # FunctionType; but mypy would bind it as a method
    tree: ast.FunctionDef

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """All nodes of its body, except the docstring."""
        first, *rest = self.tree.body
        said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
        return [node for statement in (rest if said else self.tree.body) for node in ast.walk(statement)]

    @cached_property
    def names(self) -> dict[str, Any]:
        """The values of names that are known without running it: builtins, globals, closures and its own imports."""
        here = self.function.__globals__
        known = {**vars(builtins), **here, **inspect.getclosurevars(self.function).nonlocals}
        own = {node.arg for node in ast.walk(self.tree) if isinstance(node, ast.arg)}
        own |= {node.id for node in self.nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        imported: dict[str, Any] = {}
        for node in self.nodes:
            imported |= _imported(node, here.get("__package__"))
        return {name: value for name, value in known.items() if name not in own} | imported

    def resolve_name(self, node: ast.AST) -> Any:
        """The value of a name or dotted name; None if it is not known."""
        if isinstance(node, ast.Name):
            return self.names.get(node.id)
        base = self.resolve_name(node.value) if isinstance(node, ast.Attribute) else None
        if isinstance(node, ast.Attribute) and isinstance(base, (ModuleType, type)):
            return getattr(base, node.attr, None)
        return None

    def mentions(self) -> Iterator[tuple[int, Any]]:
        """The values of all names in it, each with its line."""
        for node in self.nodes:
            value = self.resolve_name(node)
            if value is not None:
                yield getattr(node, "lineno", 1), value

    def texts(self) -> Iterator[str]:
        """The texts in it, and those in the collections that it names."""
        for node in self.nodes:
            value = node.value if isinstance(node, ast.Constant) else self.resolve_name(node)
            several = value if isinstance(value, (tuple, list, set, frozenset, dict)) else (value,)
            yield from (word for word in several if isinstance(word, str))

    def thresholds(self) -> Iterator[tuple[int, str, Any]]:
        """The numbers, amounts and dates in its comparisons of order: line, source and value."""
        for node in self.nodes:
            if not isinstance(node, ast.Compare) or not any(isinstance(op, _ORDER) for op in node.ops):
                continue
            sides = [node.left, *node.comparators]
            for side in [] if any(_is_calendar(side) for side in sides) else sides:
                value = self._fixed(self._assigned.get(getattr(side, "id", ""), side))
                if isinstance(value, (int, float, Money, date, timedelta)):
                    yield node.lineno, ast.unparse(side), value

    @cached_property
    def _assigned(self) -> dict[str, ast.expr]:
        """The expression assigned to each local name."""
        pairs = [(t, node.value) for node in self.nodes if isinstance(node, ast.Assign) for t in node.targets]
        return {target.id: value for target, value in pairs if isinstance(target, ast.Name)}

    def _fixed(self, node: ast.AST) -> Any:
        """The value of a literal, a constructor call or a name; None for anything else."""
        if isinstance(node, ast.Call) and self.resolve_name(node.func) in (euro, date, timedelta, Money):
            with suppress(Exception):  # a call that fails is no threshold
                named = {word.arg or "": ast.literal_eval(word.value) for word in node.keywords}
                return self.resolve_name(node.func)(*(ast.literal_eval(argument) for argument in node.args), **named)
        with suppress(ValueError, TypeError):
            return ast.literal_eval(node)
        return self.resolve_name(node)

    def where(self, line: int) -> str:
        """One of its lines, for a sentence."""
        code = self.function.__code__
        return place(code, code.co_firstlineno + line - 1)


_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


def _is_calendar(node: ast.AST) -> bool:
    """Whether it is the number of a day or month, which the calendar limits by itself."""
    node = node.func if isinstance(node, ast.Call) else node
    return isinstance(node, ast.Attribute) and node.attr in ("day", "month", "weekday", "isoweekday")


def _imported(node: ast.AST, package: str | None) -> dict[str, Any]:
    """The names and values of an import statement in a function."""
    found: dict[str, Any] = {}
    with suppress(Exception):  # an import that fails gives no values
        if isinstance(node, ast.Import):
            for alias in node.names:
                module = importlib.import_module(alias.name)
                root = importlib.import_module(alias.name.partition(".")[0])
                found[alias.asname or root.__name__] = module if alias.asname else root
        elif isinstance(node, ast.ImportFrom):
            module = importlib.import_module("." * node.level + (node.module or ""), package)
            for alias in node.names:
                found[alias.asname or alias.name] = getattr(module, alias.name, None)
    return found


def function_sources(function: Callable[..., Any]) -> Iterator[FunctionSource]:
    """A plain function, and all functions of its package that it reaches by name, each once; those with source."""
    package = function.__module__.partition(".")[0]
    todo: list[Any] = [function]
    seen: set[CodeType] = set()
    while todo:
        thing = todo.pop()
        if isinstance(thing, type) and thing.__module__.partition(".")[0] == package:
            todo += vars(thing).values()
        found = python_function(thing)
        if found is None or found.__module__.partition(".")[0] != package or found.__code__ in seen:
            continue
        seen.add(found.__code__)
        tree = _tree(found)
        if tree is not None:
            yield (one := FunctionSource(found, tree))
            todo += [value for _, value in one.mentions()]


def _tree(function: FunctionType) -> ast.FunctionDef | None:
    if function.__code__.co_filename.startswith("<"):
        return None  # generated code
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, SyntaxError):
        return None
    return next((node for node in tree.body if isinstance(node, ast.FunctionDef)), None)
