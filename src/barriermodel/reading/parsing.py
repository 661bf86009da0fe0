"""From bytes to data: strict JSON and TOML, and XML read with care; mistakes are told in one sentence."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ..errors import DossierError, InputError
from ..files import LARGEST_FILE
from .nesting import check_json, check_toml

MAX_TOML_BYTES = 2 * 2**20
"""Bytes of TOML, which people write: ten times what ``barriermodel cases`` makes of a whole profile."""
MAX_ELEMENTS = 500_000
MAX_ATTRIBUTES = 4 * MAX_ELEMENTS
MAX_ELEMENT_DEPTH = 100
"""More elements, or deeper ones, than anybody sends (a whole ESPD response has 10,000). Each costs memory."""


class DuplicateKeyError(ValueError):
    """An object of JSON names a key twice; the cause of the error that tells it."""


def parse_json(raw: bytes, where: str, error: type[InputError] = DossierError) -> Any:
    """The data in a JSON document; numbers with a point as decimals.

    Raises:
        InputError: it is not UTF-8, not JSON, too large or too deep, or names a key twice.

    """
    return _parse(raw, where, error, "JSON", check_json, _load_json)


def parse_json_documents(raw: bytes, where: str, error: type[InputError] = DossierError) -> list[Any]:
    """The data of each JSON document in a file, one after another: one, JSON Lines, or any white space between them.

    Raises as :func:`parse_json`.
    """
    found: list[Any] = _parse(raw, where, error, "JSON", check_json, _load_documents)
    return found


def parse_toml(raw: bytes, where: str, error: type[InputError] = DossierError) -> Any:
    """The data in a TOML document; numbers with a point as decimals. Raises as :func:`parse_json`."""
    return _parse(raw, where, error, "TOML", check_toml, _load_toml, MAX_TOML_BYTES)


def parse_xml(raw: bytes, where: str, error: type[InputError] = DossierError) -> Element:
    """The root of an XML document, whose elements are called by their names without namespace.

    The namespace differs per version of a schema, the name does not. What is not meant to be there is not read: a DTD
    (and with it every entity), over 500,000 elements, or over 100 levels.

    Raises:
        InputError: it is not XML, too large or too deep, or has a DTD.

    """
    _check_size(raw, where, error, LARGEST_FILE)
    if raw.count(b"=") > MAX_ATTRIBUTES:  # those of one element are not told apart while it is read
        raise error.one(where, f"the file is not read: it may have over {MAX_ATTRIBUTES} attributes")
    parser = ElementTree.XMLParser(target=_BoundedTreeBuilder())
    try:
        for start in range(0, len(raw), 2**20):  # what is refused in one part is not read on in the next
            parser.feed(raw[start : start + 2**20])
        root: Element = parser.close()
    except (ElementTree.ParseError, ValueError, LookupError) as wrong:
        raise error.one(where, f"the XML cannot be read: {one_line(wrong)}") from None
    return root


def _check_size(raw: bytes, where: str, error: type[InputError], largest: int) -> None:
    if len(raw) > largest:
        raise error.one(where, f"the file has {len(raw)} bytes; at most {largest} are read")
    if not raw.strip():
        raise error.one(where, "the file is empty")


def _parse(
    raw: bytes,
    where: str,
    error: type[InputError],
    form: str,
    check: Callable[[bytes], None],
    load: Callable[[str], Any],
    largest: int = LARGEST_FILE,
) -> Any:
    _check_size(raw, where, error, largest)
    try:
        check(raw)
    except ValueError as wrong:
        raise error.one(where, f"the file is not read: {wrong}") from None
    try:
        return load(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as wrong:
        raise error.one(where, f"the file is not UTF-8 (byte {wrong.start}); save it as UTF-8") from None
    except RecursionError:
        raise error.one(where, "the file is nested too deeply") from None
    except (ValueError, ArithmeticError) as wrong:
        cause = wrong if isinstance(wrong, DuplicateKeyError) else None
        raise error.one(where, f"the file is not {form}: {one_line(wrong)}") from cause


def _load_toml(text: str) -> Any:
    return tomllib.loads(text, parse_float=Decimal)


def _load_json(text: str) -> Any:
    data = json.loads(text, **_STRICTLY)
    if "\\u" in text:
        _refuse_half_characters(data)
    return data


def _load_documents(text: str) -> list[Any]:
    decoder = json.JSONDecoder(**_STRICTLY)
    found: list[Any] = []
    end = 0
    while start := _NOT_BLANK.search(text, end):
        data, end = decoder.raw_decode(text, start.start())
        found.append(data)
    if "\\u" in text:
        _refuse_half_characters(found)
    return found


def _refuse_half_characters(data: Any) -> None:
    try:
        json.dumps(data, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        raise ValueError("it has half of a character (an unpaired surrogate)") from None


_TOO_LONG = Decimal("Infinity")
"""Stands for a number of more than 400 digits, which no fact can have."""


def _decimal(literal: str) -> Decimal:
    return Decimal(literal) if len(literal) <= 400 else _TOO_LONG


def _whole(literal: str) -> int | Decimal:
    return int(literal) if len(literal) <= 400 else _TOO_LONG


def _refuse_constant(literal: str) -> Any:
    raise ValueError(f"{literal} is not a JSON number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise DuplicateKeyError(f"the key {key[:40]!r} is given twice")
        found[key] = value
    return found


_STRICTLY: Final[dict[str, Any]] = {
    "parse_float": _decimal,
    "parse_int": _whole,
    "parse_constant": _refuse_constant,
    "object_pairs_hook": _object,
}
_NOT_BLANK: Final = re.compile("[^ \t\r\n]")


class _BoundedTreeBuilder(ElementTree.TreeBuilder):
    """Builds the tree of an XML document, and stops at what nobody means."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.count = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse a DTD before any of its entities is read."""
        raise ValueError("it has a DOCTYPE, which is never read; export or download the file again")

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """Open an element, and count it."""
        self.depth += 1
        self.count += 1
        if self.depth > MAX_ELEMENT_DEPTH or self.count > MAX_ELEMENTS:
            raise ValueError(f"it has over {MAX_ELEMENTS} elements, or is over {MAX_ELEMENT_DEPTH} deep")
        return super().start(tag.rpartition("}")[2], attrs)

    def end(self, tag: str, /) -> Element:
        """Close an element."""
        self.depth -= 1
        return super().end(tag.rpartition("}")[2])


def one_line(error: BaseException) -> str:
    """The words of an error, on one line and not too many."""
    return " ".join(str(error).split())[:200]
