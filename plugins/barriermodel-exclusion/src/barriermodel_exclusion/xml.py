"""What is written in the XML of a response: text, days, and words as a note may show them."""

import re
from datetime import date
from typing import NoReturn
from xml.etree.ElementTree import Element

from barriermodel.plugin import DossierError, Problem

_DAY = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")
_EARLIEST_YEAR = 1900
"""Software writes 0001-01-01 for "no date"."""


def refuse(message: str, path: str = "") -> NoReturn:
    """Raise the one error of a document that cannot be read."""
    raise DossierError("", [Problem(path, message)])


def shown(value: str, longest: int = 80) -> str:
    """Words of a document as a note or message may show them: short, printable, without braces."""
    plain = " ".join(value.split())
    written = plain if plain.isprintable() else ascii(plain)[1:-1]
    return (written if len(written) <= longest else f"{written[:longest]}…").replace("{", "(").replace("}", ")")


def text_at(element: Element, path: str) -> str:
    """The text of the first element at a path; empty where there is none."""
    return element.findtext(path, "").strip()


def texts_at(element: Element, path: str) -> list[str]:
    """The texts of all elements at a path, without empty ones."""
    found = ((each.text or "").strip() for each in element.iterfind(path))
    return [text for text in found if text]


def day_of(written: str) -> date | None:
    """A date as XML writes it, also with a time zone; None where it is no day that can be meant."""
    parts = _DAY.fullmatch(written)
    try:
        found = date.fromisoformat(parts[1]) if parts else None
    except ValueError:
        return None
    return found if found is not None and found.year >= _EARLIEST_YEAR else None
