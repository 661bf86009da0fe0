"""When two ways to write a standard mean the same standard."""

from __future__ import annotations

import re

_FILLER = re.compile(r"[\s_-]+")
_EDITION = re.compile(r":(19|20)[0-9]{2}\Z")
_PUBLISHER = re.compile(r"\A(nen)?(en)?iso")


def plain_name(standard: str) -> str:
    """A standard's name without case, spaces and hyphens, edition and publisher: ``NEN-EN-ISO 9001:2015``.

    Nothing else is left out: ``comparable to ISO 9001`` is another standard, for a person to judge.
    """
    name = _FILLER.sub("", standard.casefold())
    return _PUBLISHER.sub("iso", _EDITION.sub("", name))


def name_on_list(standard: str, accepted: tuple[str, ...]) -> str:
    """The name under which a standard stands on a list; its own name where it does not."""
    return next((name for name in accepted if plain_name(name) == plain_name(standard)), standard)
