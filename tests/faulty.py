"""What a plugin may do wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from barriermodel.plugin import Reader


class Quit(BaseException):
    """No ``Exception``, so that ``except Exception`` lets it through."""


class Mute(Exception):
    def __str__(self) -> str:
        raise Quit


def raises(error: BaseException) -> Callable[..., Any]:
    def function(extract: Any = None) -> Any:
        raise error

    return function


ERRORS = [SystemExit(0), Quit("away"), GeneratorExit(), MemoryError(), RecursionError(), Mute(), StopIteration()]


class Hidden:
    """Whatever is asked of it raises."""

    def __getattribute__(self, name: str) -> Any:
        raise Quit(name)


class Shy:
    def __repr__(self) -> str:
        raise Quit

    def __eq__(self, other: object) -> bool:
        raise Quit

    def __hash__(self) -> int:
        raise Quit


def reader_with(**other: Any) -> Reader:
    values: dict[str, Any] = {"id": "one", "formats": ("json",), "read": list}
    return Reader(**(values | other))
