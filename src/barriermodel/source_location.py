"""Finds where a plugin's author wrote something, as ``file:line``, for error messages."""

from __future__ import annotations

import functools
import inspect
import linecache
import re
import sys
from collections.abc import Callable
from types import CodeType, FrameType, TracebackType
from typing import Any, NoReturn, TypeVar, cast

from .errors import DefinitionError
from .spelling import did_you_mean

F = TypeVar("F", bound=Callable[..., Any])
_OWN = __name__.partition(".")[0] + "."


def _is_own(frame: FrameType) -> bool:
    """Whether a frame runs code of this package, or code that a library generated or evaluates for it."""
    return _module(frame).startswith((_OWN, "typing")) or _is_generated(frame)


def _is_generated(frame: FrameType) -> bool:
    is_annotation = frame.f_back is not None and _module(frame.f_back) == "typing"
    return is_annotation or frame.f_code.co_filename.startswith("<attrs ")


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))


def calling_frame() -> FrameType:
    """Return the nearest frame outside this package."""
    frame = sys._getframe(1)
    while frame.f_back is not None and _is_own(frame):
        frame = frame.f_back
    return frame


def call_site() -> str:
    """Return the line outside this package from which it was called."""
    frame = calling_frame()
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"


def definition_site() -> str:
    """Return the line that creates the current object; empty if this package creates it from a file.

    For use as ``with locate_errors(definition_site):`` in ``__attrs_post_init__``, which fixes the stack depth below.
    """
    frame = sys._getframe(3)  # skip this function, locate_errors.__exit__ and __attrs_post_init__
    while frame.f_back is not None and _is_generated(frame):
        frame = frame.f_back
    inside = _is_own(frame) or _module(frame).startswith("cattrs")
    return "" if inside else f"{frame.f_code.co_filename}:{frame.f_lineno}"


def function_location(function: Any, line: int | None = None) -> str:
    """Return where a function is defined, or a line in it; where this package was called if it is not a function."""
    code = getattr(inspect.unwrap(function) if callable(function) else None, "__code__", None)
    if not isinstance(code, CodeType):
        return call_site()
    return f"{code.co_filename}:{line or _line_of_def(code)}"


def _line_of_def(code: CodeType) -> int:
    """Return the line with ``def``; ``co_firstlineno`` is that of the first decorator."""
    for number in range(code.co_firstlineno, code.co_firstlineno + 100):
        if re.match(rf"\s*(async\s+)?def\s+{re.escape(code.co_name)}\b", linecache.getline(code.co_filename, number)):
            return number
    return code.co_firstlineno


def error_location(error: BaseException) -> str:
    """Return the innermost line of an error's traceback outside this package and the standard library, or ``""``."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}:{error.lineno}"
    found = ""
    traceback: TracebackType | None = error.__traceback__
    while traceback is not None:
        frame = traceback.tb_frame
        if not _is_own(frame) and _module(frame).partition(".")[0] not in sys.stdlib_module_names - {"__main__"}:
            found = f"{frame.f_code.co_filename}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return found


def as_sentence(message: str) -> str:
    """End a message with a full stop, unless it ends with one or with a question mark."""
    return message if message.endswith((".", "?")) else f"{message}."


class locate_errors:  # a context manager, named as those of contextlib
    """``with locate_errors():`` adds a location to each :class:`DefinitionError` raised inside that has none yet."""

    def __init__(self, location: Callable[[], str] = call_site) -> None:
        self._location = location

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if isinstance(error, DefinitionError) and not error.location:
            error.location = self._location()


def _refuse(message: str) -> NoReturn:
    raise DefinitionError(as_sentence(message), call_site())


def usage_hint(example: str, refuse: Callable[[str], NoReturn] = _refuse) -> Callable[[F], F]:
    """Decorate a function so that a call with wrong arguments raises an error that shows ``example``."""

    def decorate(function: F) -> F:
        @functools.wraps(function)
        def checked(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except TypeError as error:
                if error.__traceback__ is None or error.__traceback__.tb_next is not None:
                    raise  # raised inside the function: its arguments were right
                known = inspect.signature(function).parameters
                wrong = next((name for name in kwargs if name not in known), "")
                refuse(f"{error}; {did_you_mean(wrong, known, f'write {example}')}")

        return cast("F", checked)

    return decorate
