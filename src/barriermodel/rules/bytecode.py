"""Finds what a function mentions by reading its bytecode, which needs no source and sees through aliases.

Nothing of the function is run. The instructions are followed one by one, keeping the value that was loaded last: a
global, a closure variable or an import gives a value; ``LOAD_ATTR`` after it gives the attribute; anything else makes
it ``UNRESOLVED``. That is exact for ``module.attribute`` chains, which is all that is needed.
"""

from __future__ import annotations

import builtins
import dis
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import pairwise
from types import CodeType, FunctionType, ModuleType
from typing import Any, Final

UNRESOLVED: Final = object()
"""Stands for a value that is only known when the function runs."""
_BETWEEN = frozenset({"CACHE", "PUSH_NULL", "EXTENDED_ARG", "RESUME", "PRECALL", "COPY_FREE_VARS", "NOT_TAKEN"})
_MARKS_METHODS = sys.version_info >= (3, 12)


def mentioned_values(function: FunctionType) -> Iterator[tuple[int, str, Any]]:
    """Yield line, name and value of everything that a function mentions, its own variables excepted.

    A method called on an unresolved value is included, as ``UNRESOLVED``. A class used only for an attribute is left
    out in favour of the attribute: ``Limits.LARGEST`` does not mention the methods of ``Limits``.
    """
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=False)
    closure = {name: cell.cell_contents for name, cell in cells if _is_filled(cell)}
    found = [*_mentions(function.__code__, {**vars(builtins), **function.__globals__, **closure})]
    for (line, name, value, _), (*_, taken_of) in pairwise([*found, (0, "", UNRESOLVED, UNRESOLVED)]):
        if not (isinstance(value, type) and taken_of is value):
            yield line, name, value


def _is_filled(cell: Any) -> bool:
    try:
        cell.cell_contents  # noqa: B018  # it raises while the variable is unassigned
    except ValueError:
        return False
    return True


def _mentions(code: CodeType, known: Mapping[str, Any]) -> Iterator[tuple[int, str, Any, Any]]:
    """Yield the same, each with the value that it is an attribute of."""
    own: dict[str, Any] = {}
    value: Any = UNRESOLVED
    module: Any = UNRESOLVED
    line, before = code.co_firstlineno, ""
    for step in dis.get_instructions(code):
        name, op = str(step.argval), step.opname
        line = step.positions.lineno if step.positions and step.positions.lineno else line
        if op in _BETWEEN:
            continue
        of = value
        if op.startswith("STORE_") and before.startswith("IMPORT_"):
            own[name] = value
        elif op in ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_DEREF", "LOAD_CLASSDEREF") or op.startswith("LOAD_FAST"):
            value = own.get(name, UNRESOLVED) if op.startswith("LOAD_FAST") else known.get(name, UNRESOLVED)
        elif op == "IMPORT_NAME":
            value = sys.modules.get(name, UNRESOLVED)
            module = value
        elif op == "IMPORT_FROM":
            value = _attribute(module, name)
        elif op in ("LOAD_ATTR", "LOAD_METHOD"):
            value = _attribute(value, name)
            if value is UNRESOLVED and (op == "LOAD_METHOD" or (_MARKS_METHODS and (step.arg or 0) & 1)):
                yield line, name, UNRESOLVED, of
        else:
            value = UNRESOLVED
        before = op
        if value is not UNRESOLVED:
            yield line, name, value, of if op in ("LOAD_ATTR", "LOAD_METHOD") else UNRESOLVED
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _mentions(inner, {**known, **own})


def _attribute(of: Any, name: str) -> Any:
    """Return an attribute of a module or class, or a method; any other could be a property, and is not looked up."""
    if isinstance(of, ModuleType):
        return vars(of).get(name, UNRESOLVED)
    if isinstance(of, type):
        return getattr(of, name, UNRESOLVED)
    method = method_of(of, name) if of is not UNRESOLVED else None
    return method if python_function(method) is not None else UNRESOLVED


def method_of(thing: object, name: str) -> Any:
    """Return a class attribute of an object without running any code, or None."""
    return inspect.getattr_static(type(thing), name, None)


def unused_parameters(function: FunctionType | None) -> Iterator[str]:
    """Yield the parameters that a function's body does not mention."""
    if function is None:
        return
    code = function.__code__
    named: set[str] = set(code.co_cellvars)
    for step in dis.get_instructions(code):
        if step.opname.startswith(("LOAD_FAST", "LOAD_DEREF", "LOAD_CLOSURE", "STORE_FAST_LOAD_FAST")):
            named.update(step.argval if isinstance(step.argval, tuple) else (step.argval,))
    yield from (name for name in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount] if name not in named)


def python_function(thing: Any) -> FunctionType | None:
    """Return the Python function behind a partial, a method or a well-behaved decorator, or None."""
    while isinstance(thing, (partial, staticmethod, classmethod, property)) or hasattr(thing, "__wrapped__"):
        if isinstance(thing, partial):
            thing = thing.func
        else:
            thing = thing.fget if isinstance(thing, property) else thing.__wrapped__
    return thing if isinstance(thing, FunctionType) else None
