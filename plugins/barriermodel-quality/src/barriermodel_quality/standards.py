"""Recognise different spellings of one standard."""

import re

_FILLER = re.compile(r"[\s_-]+")
_EDITION = re.compile(r":(19|20)[0-9]{2}\Z")
_PUBLISHER = re.compile(r"\A(nen)?(en)?iso")


def plain_name(standard: str) -> str:
    """Reduce the name of a standard: no case, spaces, hyphens, edition or publisher, as in ``NEN-EN-ISO 9001:2015``.

    Nothing else is left out: ``comparable to ISO 9001`` is another standard, for a person to judge.
    """
    name = _FILLER.sub("", standard.casefold())
    return _PUBLISHER.sub("iso", _EDITION.sub("", name))


def name_on_list(standard: str, accepted: tuple[str, ...]) -> str:
    """Return the name of a standard on a list, or its own name if it is not there."""
    return next((name for name in accepted if plain_name(name) == plain_name(standard)), standard)
