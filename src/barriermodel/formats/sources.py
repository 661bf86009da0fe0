"""What a caller may pass as a JSON document: a path, or the JSON as bytes, text or parsed data."""

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
"""A path; or JSON as bytes, as text that begins with ``{``, or parsed."""

MAX_NAME_LENGTH = 255
"""Characters of a text that an error repeats if it names no file: it may be a whole document."""


def normalize_source(source: JsonSource, error: type[InputError] = DossierError) -> Path | bytes | dict[str, Any]:
    """Tell paths, JSON and parsed data apart: return a path, the bytes of JSON, or a copy of the data.

    Text is JSON if it begins with ``{``. Use a ``Path`` for a path that begins so.

    Raises:
        TypeError: the source is of another type.
        InputError: a text is neither JSON nor the name of a file, or the data is nested too deeply.

    """
    if isinstance(source, Mapping):
        found: dict[str, Any] = _copied(source, 0, error)
        return found
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source)
    if isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith("{"):
        return source.encode("utf-8", "surrogatepass")  # an unpaired surrogate is refused when the bytes are read
    if isinstance(source, str) and not is_stdin(source) and not lexists(source):
        message = "no file of that name is found, and it is no JSON, of which the text begins with '{'"
        raise error.one(repr(shorten(source, MAX_NAME_LENGTH)), message)
    if isinstance(source, (str, PathLike)) and isinstance(fspath(source), str):
        return Path(source)
    got = type(source).__name__
    raise TypeError(f"give a path, the bytes or text of JSON, or what was parsed of it (a mapping); got a {got}")


def _copied(data: Any, depth: int, error: type[InputError]) -> Any:
    """Copy mappings and sequences, so that reading does not change the caller's data."""
    if depth > MAX_DEPTH:
        raise error.one("", "the data is nested too deeply")
    if isinstance(data, Mapping):
        return {key: _copied(value, depth + 1, error) for key, value in data.items()}
    if isinstance(data, Sequence) and not isinstance(data, (str, bytes)):
        return [_copied(value, depth + 1, error) for value in data]
    return data
