"""A page taken apart: its elements, their attributes and their words. What is not well formed is an error."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import attrs

VOID = {"img", "input", "meta"}
WORDED = {"aria-label", "content", "data-label"}
"""Attributes that hold words."""


@attrs.define
class Element:
    """An element with what stands in it, in order."""

    tag: str
    attributes: dict[str, str | None] = attrs.field(factory=dict)
    children: list[Element | str] = attrs.field(factory=list)

    def all(self, tag: str, cls: str = "") -> Iterator[Element]:
        """Elements within it, by tag and class."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag == tag and cls in ("", *(child.attributes.get("class") or "").split()):
                    yield child
                yield from child.all(tag, cls)

    def one(self, tag: str, cls: str = "") -> Element:
        """The only such element."""
        (found,) = self.all(tag, cls)
        return found

    @property
    def text(self) -> str:
        """What stands in it, as it is written."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def words(self) -> str:
        """What stands in it, as it is read: with single spaces."""
        return " ".join(self.text.split())

    @property
    def rows(self) -> list[list[str]]:
        """The words of each cell in the body of a table."""
        rows = [row for body in self.all("tbody") for row in body.all("tr")]
        return [[cell.words for cell in row.children if isinstance(cell, Element)] for row in rows]

    def shape(self) -> tuple[object, ...]:
        """The elements in it and their attributes, without any words."""
        attributes = {name: "" if name in WORDED else value for name, value in self.attributes.items()}
        inner = [child.shape() for child in self.children if isinstance(child, Element)]
        return (self.tag, attributes, inner)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(dict(attrs)) < len(attrs):
            raise ValueError(f"an attribute is there twice: {self.get_starttag_text()}")
        made = Element(tag, dict(attrs))
        self.open[-1].children.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self.open.pop().tag != tag:
            raise ValueError(f"{self.getpos()}: </{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        raise ValueError(f"a comment: {data}")


def read(html: str) -> Element:
    """Take a page apart.

    Raises:
        ValueError: it is not well formed.

    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if len(reader.open) > 1:
        raise ValueError(f"these are not closed: {[element.tag for element in reader.open[1:]]}")
    return reader.open[0]
