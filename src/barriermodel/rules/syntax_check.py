"""Checks a rule's source for what traced values cannot refuse: `and`, `if`, `is`, `isinstance`, loops."""

from __future__ import annotations

import ast
import builtins
import inspect
import linecache
import sys
from collections.abc import Callable, Collection, Iterator
from functools import cache
from typing import Any

from ..errors import TracingError
from ..spelling import did_you_mean
from .derived import Derived
from .rule import Condition, Rule

_LOOP = "a loop: write a derived fact"
_OWN_FUNCTION = "a function of its own: write a derived fact"
_ONLY_READS = "a rule only reads facts"
_RETURNS = "a rule returns its condition"
_RATIO = "write ratio(a, b), or multiply the limit instead: a > 12 * limit"

_STATEMENTS: dict[type[ast.AST], str] = {
    ast.If: "`if`: write all_of(...) or any_of(...), or give the rule applies=",
    **dict.fromkeys((ast.For, ast.AsyncFor, ast.While), _LOOP),
    **dict.fromkeys((ast.Try, ast.TryStar), "`try`: nothing in a rule raises; what has no value is unknown"),
    ast.Match: "`match`: write one_of(...) with any_of(...)",
    ast.With: f"`with`: {_ONLY_READS}",
    ast.AugAssign: "an augmented assignment: give the result a new name",
    ast.Assert: f"`assert`: {_RETURNS}",
    ast.Raise: f"`raise`: {_RETURNS}",
    **dict.fromkeys((ast.Import, ast.ImportFrom), "`import`: import at the top of the file"),
    ast.Global: f"`global`: {_ONLY_READS}",
    ast.Nonlocal: f"`nonlocal`: {_ONLY_READS}",
    ast.FunctionDef: _OWN_FUNCTION,
    ast.ClassDef: "a class of its own: write a derived fact",
    ast.Delete: f"`del`: {_ONLY_READS}",
}
_EXPRESSIONS: dict[type[ast.AST], str] = {
    ast.And: "`and`: write `&` (with parentheses) or all_of(...)",
    ast.Or: "`or`: write `|` (with parentheses) or any_of(...)",
    ast.Not: "`not`: write not_(...)",
    ast.In: "`in`: write one_of(fact, ...)",
    ast.NotIn: "`not in`: write not_(one_of(fact, ...))",
    ast.Is: "`is`: write `==`; a rule never tests for unknown",
    ast.IsNot: "`is not`: write `!=`; a rule never tests for unknown",
    ast.IfExp: "`if`: write all_of(...) or any_of(...)",
    ast.Div: f"`/`: {_RATIO}",
    ast.FloorDiv: f"`//`: {_RATIO}",
    ast.Mod: "`%`: write a derived fact",
    ast.Pow: "`**`: write a derived fact",
    ast.JoinedStr: "an f-string: name the value with named() and use {name} in the text",
    **dict.fromkeys((ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp), _LOOP),
    ast.NamedExpr: "`:=`: give the value a line of its own with named()",
    ast.Lambda: _OWN_FUNCTION,
}
_JOINS = (ast.BitAnd, ast.BitOr)
_CALLS: dict[str, str] = {
    **dict.fromkeys(("str", "format"), "name the value with named() and use {name} in the text"),
    **dict.fromkeys(("isinstance", "type"), "the type of a fact is fixed by its declaration"),
    "min": "compare with each: any_of(a < limit, b < limit)",
    "max": "compare with each: any_of(a > limit, b > limit)",
    "getattr": "write the fact's name",
    "hasattr": "an unknown fact makes the rule open by itself",
    "sum": "write a + b; a list is added up in a derived fact",
    "all": "write all_of(...)",
    "any": "write any_of(...)",
    "bool": "write the fact itself",
    "abs": "write any_of(a > limit, a < 0 - limit)",
    "round": "compare it as it is, unrounded",
    **dict.fromkeys(("int", "float"), "compare it as it is"),
}


def check_syntax(function: Callable[..., Any], vocabulary: Collection[object]) -> None:
    """Refuse what cannot be part of an expression.

    Without source, as for code typed at a prompt, only the guards of traced values remain.

    Raises:
        TracingError: with file, line and what to write instead.

    """
    definition = definition_of(function)
    if definition is not None:
        _Check(function, definition, vocabulary).run()


def definition_of(function: Callable[..., Any]) -> ast.FunctionDef | None:
    """Return the syntax tree of a function, or None if there is no source."""
    code = inspect.unwrap(function).__code__
    found = _definitions(code.co_filename, len(linecache.getlines(code.co_filename))).get(code.co_firstlineno)
    return found if found is not None and found.name == function.__name__ else None


def line_of_parameter(function: Callable[..., Any], name: str) -> int | None:
    """Return the line on which a function has a parameter, or None if there is no source."""
    definition = definition_of(function)
    every = [*definition.args.args, *definition.args.kwonlyargs] if definition else []
    return next((argument.lineno for argument in every if argument.arg == name), None)


def line_of_return(function: Callable[..., Any]) -> int | None:
    """Return the line of a function's last statement, which should return, or None if there is no source."""
    definition = definition_of(function)
    return definition.body[-1].lineno if definition else None


def hint_of_name(error: Exception, function: Callable[..., Any]) -> str:
    """Say what to write instead of an undefined name."""
    if not isinstance(error, NameError) or not error.name:
        return ""
    if error.name == function.__name__:
        return "; a rule cannot call itself"
    if error.name in getattr(sys.modules.get("barriermodel.plugin"), "__all__", ()):
        return f"; write `from barriermodel.plugin import {error.name}`"
    known = [*function.__code__.co_varnames, *function.__globals__]
    return f"; {did_you_mean(error.name, known, 'define or import it before the rule')}"


@cache
def _definitions(filename: str, lines: int) -> dict[int, ast.FunctionDef]:
    """Return the functions defined in a file, by first line, decorators included.

    ``lines`` is the length of the file: a module that is reloaded, or a notebook cell that is edited, is parsed anew.
    """
    try:
        tree = ast.parse("".join(linecache.getlines(filename)))
    except (SyntaxError, ValueError):
        return {}
    return {min([node.lineno, *(d.lineno for d in node.decorator_list)]): node for node in _functions(tree)}


def _functions(node: ast.AST) -> Iterator[ast.FunctionDef]:
    """Yield the functions in a tree; expressions, which are most of it, are skipped."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            yield child
        if isinstance(child, ast.stmt | ast.excepthandler | ast.match_case):
            yield from _functions(child)


class _Check:
    """Walks a rule's body, keeping track of which names hold facts (``traced``)."""

    def __init__(
        self, function: Callable[..., Any], definition: ast.FunctionDef, vocabulary: Collection[object]
    ) -> None:
        self.function = function
        self.definition = definition
        self.vocabulary = vocabulary
        arguments = definition.args
        self.traced = {a.arg for a in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]}

    def run(self) -> None:
        for statement in self.definition.body:
            self._check_statement(statement)

    def _refuse(self, node: ast.AST, words: str) -> None:
        line = getattr(node, "lineno", self.definition.lineno)
        where = f"{self.function.__code__.co_filename}:{line}"
        raise TracingError(f"{self.function.__name__} uses {words}.", where)

    def _check_statement(self, statement: ast.stmt) -> None:
        if type(statement) in _STATEMENTS:
            self._refuse(statement, _STATEMENTS[type(statement)])
        for node in ast.walk(statement):
            self._check_expression(node)
        if isinstance(statement, (ast.Assign, ast.AnnAssign)):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            self.traced |= {t.id for target in targets for t in ast.walk(target) if isinstance(t, ast.Name)}

    def _is_traced(self, node: ast.AST) -> bool:
        return any(isinstance(n, ast.Name) and n.id in self.traced for n in ast.walk(node))

    def _check_expression(self, node: ast.AST) -> None:
        if isinstance(node, ast.Call):
            self._check_call(node)
            return
        if isinstance(node, ast.Compare) and len(node.ops) > 1 and self._is_traced(node):
            joined = any(isinstance(part, ast.BinOp) and isinstance(part.op, _JOINS) for part in node.comparators)
            what = "`&` or `|` without parentheses" if joined else "a chained comparison"
            self._refuse(node, f"{what}: write `(a < b) & (b < c)`")
        operators = list(getattr(node, "ops", [])) or [getattr(node, "op", node)]
        for operator in operators:
            words = _EXPRESSIONS.get(type(operator))
            if words and self._is_traced(node):
                self._refuse(node, words)

    def _check_call(self, node: ast.Call) -> None:
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        if not any(self._is_traced(argument) for argument in arguments):
            of = node.func.value if isinstance(node.func, ast.Attribute) else None
            if isinstance(of, ast.Attribute) and self._is_traced(
                of
            ):  # a method of a traced value itself is refused when it is called
                self._refuse(node, f"the method {ast.unparse(node.func)}() of a fact: write a derived fact")
            return
        called = self._resolve(node.func)
        if called is None or any(called is word for word in self.vocabulary):
            return
        name = ast.unparse(node.func)
        if isinstance(called, Derived):
            self._refuse(node, f"a call of the derived fact {name}: give the rule a parameter `{called.name}: Fact[…]`")
        if isinstance(called, (Condition, Rule)):
            self._refuse(node, f"a call of {called.id}: write its expression here, or give the rule applies={name}")
        self._refuse(node, f"{name}() on a fact: {_CALLS.get(name, 'write a derived fact')}")

    def _resolve(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Attribute):
            base = self._resolve(node.value)
            return None if base is None else getattr(base, node.attr, None)
        if not isinstance(node, ast.Name):
            return None
        nonlocals = inspect.getclosurevars(self.function).nonlocals
        for names in (nonlocals, self.function.__globals__, vars(builtins)):
            if node.id in names:
                return names[node.id]
        return None
