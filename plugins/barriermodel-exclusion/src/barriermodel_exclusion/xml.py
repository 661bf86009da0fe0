"""Read the XML of a response: texts, days, and words in a form that a note may show."""

import re
from datetime import date
from typing import NoReturn
from xml.etree.ElementTree import Element

from barriermodel.plugin import DossierError

_DAY = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")
_EARLIEST_YEAR = 1900
"""What software writes for "no date"."""


def refuse(message: str, path: str = "") -> NoReturn:
    """Raise the one error of a document that cannot be read."""
    raise DossierError.one("", message, path)


def shown(value: str, longest: int = 80) -> str:
    """Make words of a document fit to show in a note or message: short and printable."""
    plain = " ".join(value.split())
    written = plain if plain.isprintable() else ascii(plain)[1:-1]
    return written if len(written) <= longest else f"{written[:longest]}…"


def text_at(element: Element, path: str) -> str:
    """Return the text of the first element at a path; empty if there is none."""
    return element.findtext(path, "").strip()


def texts_at(element: Element, path: str) -> list[str]:
    """Return the texts of all elements at a path, without empty ones."""
    found = ((each.text or "").strip() for each in element.iterfind(path))
    return [text for text in found if text]


def day_of(written: str) -> date | None:
    """Read a date in XML, which may have a time zone; None if it is not a plausible day."""
    parts = _DAY.fullmatch(written)
    try:
        found = date.fromisoformat(parts[1]) if parts else None
    except ValueError:
        return None
    return found if found is not None and found.year >= _EARLIEST_YEAR else None
