"""The words at a place in the XML of a notice: on one line, and empty where there are none."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from .values import single_line


def all_words(element: Element | None) -> str:
    """All text in an element."""
    return "" if element is None else single_line(" ".join(element.itertext()))


def first(element: Element | None, path: str) -> Element | None:
    """The first element at a path, where there is an element at all."""
    return None if element is None else element.find(path)


def first_in(element: Element, *names: str) -> Element | None:
    """The first element with one of these names, however deep."""
    return next((one for one in element.iter() if one.tag in names), None)


def text_at(element: Element | None, path: str) -> str:
    """The text of the first element at a path."""
    return all_words(first(element, path))


def texts_at(element: Element | None, path: str) -> tuple[str, ...]:
    """The texts of all elements at a path that have one."""
    return () if element is None else tuple(text for one in element.iterfind(path) if (text := all_words(one)))
