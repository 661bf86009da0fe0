"""XML with care: no DTD, no entities, no depth or size that nobody means."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NoReturn
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from barriermodel import DossierError, Problem

LARGEST_BYTES = 20_000_000
"""A real response has about one million bytes."""
LARGEST_COUNT = 500_000
DEEPEST = 100
_DAY = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")
_EARLIEST_YEAR = 1900
"""Software writes 0001-01-01 for "no date"."""


def refuse(message: str, path: str = "") -> NoReturn:
    """Raise the one error of a document that cannot be read."""
    raise DossierError("", [Problem(path, message)])


class _Guard(ElementTree.TreeBuilder):
    """Builds the tree, and stops at what a response never holds."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.count = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse a DTD before any of its entities is read."""
        refuse("the XML has a DOCTYPE, which an ESPD response never has; export the response again")

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """Count what is opened."""
        self.depth += 1
        self.count += 1
        if self.depth > DEEPEST or self.count > LARGEST_COUNT:
            refuse(f"the XML is larger than a response can be: over {LARGEST_COUNT} elements, or {DEEPEST} deep")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        """Count what is closed."""
        self.depth -= 1
        return super().end(tag)


def parse_xml(raw: bytes) -> Element:
    """The root of an XML document.

    Raises:
        DossierError: it is no XML, or more of it than a response can be.

    """
    if len(raw) > LARGEST_BYTES:
        refuse(f"the file has more than {LARGEST_BYTES} bytes, more than a response can have")
    parser = ElementTree.XMLParser(target=_Guard())
    try:
        parser.feed(raw)
        root: Element = parser.close()
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        refuse(f"this is no XML that can be read: {shown(str(error))}")
    return root


def shown(value: str) -> str:
    """Words of a document as a note or message may show them: short, printable, without braces."""
    plain = " ".join(value.split())
    written = plain if plain.isprintable() else ascii(plain)[1:-1]
    return (written if len(written) <= 80 else f"{written[:80]}…").replace("{", "(").replace("}", ")")


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: Element, *names: str) -> Iterator[Element]:
    """The elements directly below with one of the names."""
    return (child for child in element if local_name(child) in names)


def below(element: Element, *path: str) -> Iterator[Element]:
    """The elements that a path of names leads to."""
    if not path:
        yield element
        return
    for child in children(element, path[0]):
        yield from below(child, *path[1:])


def text_at(element: Element, *path: str) -> str:
    """The text of the first element at a path; empty where there is none."""
    return next(((found.text or "").strip() for found in below(element, *path)), "")


def day_of(written: str) -> date | None:
    """A date as XML writes it, also with a time zone; None where it is no day that can be meant."""
    parts = _DAY.fullmatch(written)
    try:
        found = date.fromisoformat(parts[1]) if parts else None
    except ValueError:
        return None
    return found if found is not None and found.year >= _EARLIEST_YEAR else None
