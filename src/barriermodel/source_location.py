"""Where a plugin's author wrote something, as ``file:line``, for what is told of it."""

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
    """Whether it runs code of this package, or code that a library made or evaluates for it."""
    return _module(frame).startswith((_OWN, "typing")) or _is_made(frame)


def _is_made(frame: FrameType) -> bool:
    evaluated = frame.f_back is not None and _module(frame.f_back) == "typing"  # an annotation
    return evaluated or frame.f_code.co_filename.startswith("<attrs ")


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))


def calling_frame() -> FrameType:
    """The nearest frame outside this package."""
    frame = sys._getframe(1)
    while frame.f_back is not None and _is_own(frame):
        frame = frame.f_back
    return frame


def call_site() -> str:
    """Where it calls this package."""
    frame = calling_frame()
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"


def definition_site() -> str:
    """Where the object that is made now is written; empty where this package makes it itself, of a file."""
    frame = sys._getframe(3)  # below: what gives the place, and the method that checks the object
    while frame.f_back is not None and _is_made(frame):
        frame = frame.f_back
    inside = _is_own(frame) or _module(frame).startswith("cattrs")
    return "" if inside else f"{frame.f_code.co_filename}:{frame.f_lineno}"


def function_location(function: Any, line: int | None = None) -> str:
    """Where a function is defined, or a line of it; where it is given to this package if it is no function."""
    code = getattr(inspect.unwrap(function) if callable(function) else None, "__code__", None)
    if not isinstance(code, CodeType):
        return call_site()
    return f"{code.co_filename}:{line or _line_of_def(code)}"


def _line_of_def(code: CodeType) -> int:
    """The line with ``def``, which stands below the decorators."""
    for number in range(code.co_firstlineno, code.co_firstlineno + 100):
        if re.match(rf"\s*(async\s+)?def\s+{re.escape(code.co_name)}\b", linecache.getline(code.co_filename, number)):
            return number
    return code.co_firstlineno


def error_location(error: BaseException) -> str:
    """The innermost line that an error comes from and that is neither of this package nor of Python; or nothing."""
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


def as_sentence(words: str) -> str:
    """Words that end with a full stop or a question mark."""
    return words if words.endswith((".", "?")) else f"{words}."


class locate_errors:
    """``with Placed():`` gives what is refused meanwhile its place, where it has none yet."""

    def __init__(self, place: Callable[[], str] = call_site) -> None:
        self._place = place

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if isinstance(error, DefinitionError) and not error.location:
            error.location = self._place()


def _refuse(words: str) -> NoReturn:
    raise DefinitionError(as_sentence(words), call_site())


def usage_hint(example: str, refuse: Callable[[str], NoReturn] = _refuse) -> Callable[[F], F]:
    """Tell whoever calls a function with other arguments than it takes how it is written."""

    def decorate(function: F) -> F:
        @functools.wraps(function)
        def checked(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except TypeError as error:
                if error.__traceback__ is None or error.__traceback__.tb_next is not None:
                    raise  # it comes from within
                known = inspect.signature(function).parameters
                wrong = next((name for name in kwargs if name not in known), "")
                refuse(f"{error}; {did_you_mean(wrong, known, f'write {example}')}")

        return cast("F", checked)

    return decorate
