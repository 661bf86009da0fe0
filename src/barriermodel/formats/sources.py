"""What a caller has of a document: its name, or its JSON as bytes, as text or parsed already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike, fspath
from os.path import lexists
from pathlib import Path
from typing import Any, TypeAlias, Union

from ..errors import DossierError, InputError
from ..files import is_stdin
from ..objects import shorten
from ..reading.nesting import MAX_DEPTH

JsonSource: TypeAlias = Union[  # noqa: UP007  # an alias read at run time
    str, PathLike[str], bytes, bytearray, memoryview, Mapping[str, Any]
]
"""A path; or JSON as bytes, as a text that begins with ``{``, or parsed."""

MAX_NAME_LENGTH = 255
"""Letters that an error repeats of a text that names no file: it may be a whole document."""


def normalize_source(source: JsonSource, error: type[InputError] = DossierError) -> Path | bytes | dict[str, Any]:
    """The path of a file, the bytes of JSON, or data of its own as JSON gives it.

    A text is JSON where it begins with ``{``: a path that begins so can be given as a ``Path``.

    Raises:
        TypeError: it is none of these.
        InputError: a text is neither JSON nor the name of what is there, or the data is nested too deeply.

    """
    if isinstance(source, Mapping):
        found: dict[str, Any] = _copied(source, 0, error)
        return found
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source)
    if isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith("{"):
        return source.encode("utf-8", "surrogatepass")  # half a character is refused with the bytes
    if isinstance(source, str) and not is_stdin(source) and not lexists(source):
        told = "no file of that name is found, and it is no JSON, of which the text begins with '{'"
        raise error.one(repr(shorten(source, MAX_NAME_LENGTH)), told)
    if isinstance(source, (str, PathLike)) and isinstance(fspath(source), str):
        return Path(source)
    got = type(source).__name__
    raise TypeError(f"give a path, the bytes or text of JSON, or what was parsed of it (a mapping); got a {got}")


def _copied(data: Any, depth: int, error: type[InputError]) -> Any:
    """Mappings and sequences as JSON gives them, so that reading changes nothing of the caller's."""
    if depth > MAX_DEPTH:
        raise error.one("", "the data is nested too deeply")
    if isinstance(data, Mapping):
        return {key: _copied(value, depth + 1, error) for key, value in data.items()}
    if isinstance(data, Sequence) and not isinstance(data, (str, bytes)):
        return [_copied(value, depth + 1, error) for value in data]
    return data
