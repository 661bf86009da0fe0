"""From bytes to data: strict JSON and TOML, and safe XML. Every error is one sentence."""

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
"""Bytes of a TOML file, which people write: ten times what ``barriermodel cases`` generates for a whole profile."""
MAX_ELEMENTS = 500_000
MAX_ATTRIBUTES = 4 * MAX_ELEMENTS
MAX_ELEMENT_DEPTH = 100
"""More elements and levels than real XML has (a complete ESPD response has 10,000). Each costs memory."""


class DuplicateKeyError(ValueError):
    """A JSON object has a key twice; the ``__cause__`` of the error that is raised."""


def parse_json(raw: bytes, where: str, error: type[InputError] = DossierError) -> Any:
    """Parse a JSON document (RFC 8259) strictly; numbers with a point become ``Decimal``.

    Args:
        raw: the document.
        where: what errors call it.
        error: the class of the error to raise.

    Raises:
        InputError: it is not UTF-8 or not JSON, is too large or too deep, or has a key twice.

    >>> parse_json(b'{"rent": 12.50}', "rents")
    {'rent': Decimal('12.50')}

    """
    return _parse(raw, where, error, "JSON", check_json, _load_json)


def parse_json_documents(raw: bytes, where: str, error: type[InputError] = DossierError) -> list[Any]:
    """Parse the JSON documents in a file, separated by any white space: a single one, or JSON Lines.

    The arguments and errors are those of :func:`parse_json`.
    """
    found: list[Any] = _parse(raw, where, error, "JSON", check_json, _load_documents)
    return found


def parse_toml(raw: bytes, where: str, error: type[InputError] = DossierError) -> Any:
    """Parse a TOML document; numbers with a point become ``Decimal``.

    The arguments and errors are those of :func:`parse_json`.

    >>> parse_toml(b"rent = 12.50", "rents")
    {'rent': Decimal('12.50')}

    """
    return _parse(raw, where, error, "TOML", check_toml, _load_toml, MAX_TOML_BYTES)


def parse_xml(raw: bytes, where: str, error: type[InputError] = DossierError) -> Element:
    """Parse an XML document; return its root element. Names of elements lose their namespace.

    The namespace changes with each version of a schema, the name does not. A DTD, and with it every entity, is never
    read; nor are over 500,000 elements or 100 levels.

    Args:
        raw: the document.
        where: what errors call it.
        error: the class of the error to raise.

    Raises:
        InputError: it is not XML, is too large or too deep, or has a DTD.

    >>> parse_xml(b'<a xmlns="urn:x"><b>text</b></a>', "letter").findtext("b")
    'text'

    """
    _check_size(raw, where, error, LARGEST_FILE)
    if raw.count(b"=") > MAX_ATTRIBUTES:  # the parser reports an element only when all its attributes are read
        raise error.one(where, f"the file is not read: it may have over {MAX_ATTRIBUTES} attributes")
    parser = ElementTree.XMLParser(target=_BoundedTreeBuilder())
    try:
        for start in range(0, len(raw), 2**20):  # in parts, so that parsing stops soon after an error
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
    data = _DECODER.decode(text)
    if "\\u" in text:
        _refuse_half_characters(data)
    return data


def _load_documents(text: str) -> list[Any]:
    found: list[Any] = []
    end = 0
    while start := _NOT_BLANK.search(text, end):
        data, end = _DECODER.raw_decode(text, start.start())
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
"""Replaces a number of over 400 digits, which no fact can have and which is slow to convert."""


def _decimal(literal: str) -> Decimal:
    return Decimal(literal) if len(literal) <= 400 else _TOO_LONG


def _whole(literal: str) -> int | Decimal:
    return int(literal) if len(literal) <= 400 else _TOO_LONG


def _refuse_constant(literal: str) -> Any:
    raise ValueError(f"{literal} is not a JSON number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        duplicate = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise DuplicateKeyError(f"the key {duplicate[:40]!r} is given twice")
    return found


def strict_decoder(
    parse_float: Callable[[str], object] = _decimal, parse_int: Callable[[str], object] = _whole
) -> json.JSONDecoder:
    """Create a decoder of JSON that refuses NaN, infinities and duplicate keys."""
    return json.JSONDecoder(
        parse_float=parse_float, parse_int=parse_int, parse_constant=_refuse_constant, object_pairs_hook=_object
    )


_DECODER: Final = strict_decoder()
_NOT_BLANK: Final = re.compile("[^ \t\r\n]")


class _BoundedTreeBuilder(ElementTree.TreeBuilder):
    """Builds the tree of an XML document; stops at a DTD and at too many elements or levels."""

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
    """Return the message of an error on one line, shortened to 200 characters."""
    return " ".join(str(error).split())[:200]


def plain_json(value: Any) -> Any:
    """Convert values to what the standard library's JSON reader gives."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {key: plain_json(member) for key, member in value.items()}
    return [plain_json(member) for member in value] if isinstance(value, list) else value
