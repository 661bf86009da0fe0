"""XML of a notice, read with care: no DTD, no entities, no depth or size that nobody means."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ..errors import DossierError
from ..parsing import LARGEST_FILE, one_line
from .values import on_one_line

LARGEST_COUNT = 2_000_000
DEEPEST = 100


class _Guard(ElementTree.TreeBuilder):
    """Builds the tree, and stops at what a notice never holds."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.count = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse a DTD before any of its entities is read."""
        raise ValueError("it has a DOCTYPE, which a notice never has; download the notice again")

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """Count what is opened."""
        self.depth += 1
        self.count += 1
        if self.depth > DEEPEST or self.count > LARGEST_COUNT:
            raise ValueError(f"it is larger than a notice can be: over {LARGEST_COUNT} elements, or {DEEPEST} deep")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        """Count what is closed."""
        self.depth -= 1
        return super().end(tag)


def parse_xml(raw: bytes, where: str) -> Element:
    """The root of an XML document.

    Raises:
        DossierError: it is no XML, or more of it than a notice can be.

    """
    if len(raw) > LARGEST_FILE:
        raise DossierError.one(where, f"the file has {len(raw)} bytes; at most {LARGEST_FILE} are read")
    parser = ElementTree.XMLParser(target=_Guard())
    try:
        parser.feed(raw)
        root: Element = parser.close()
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise DossierError.one(where, f"the XML cannot be read: {one_line(error)}") from None
    return root


def local_name(element: Element) -> str:
    """The name of an element without its namespace, which differs per version of a schema."""
    return element.tag.rpartition("}")[2]


def below(element: Element, *path: str) -> Iterator[Element]:
    """The elements that a path of names leads to, in the order of the document."""
    if not path:
        yield element
        return
    for child in element:
        if local_name(child) == path[0]:
            yield from below(child, *path[1:])


def first(element: Element | None, *path: str) -> Element | None:
    """The first element at a path."""
    return None if element is None else next(below(element, *path), None)


def all_words(element: Element | None) -> str:
    """All text in an element, on one line; empty where there is none."""
    return "" if element is None else on_one_line(" ".join(element.itertext()))


def text_at(element: Element | None, *path: str) -> str:
    """The text of the first element at a path."""
    return all_words(first(element, *path))


def texts_at(element: Element, *path: str) -> tuple[str, ...]:
    """The texts of all elements at a path that have one."""
    return tuple(text for one in below(element, *path) if (text := all_words(one)))
