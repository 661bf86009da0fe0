"""Texts with placeholders: ``{name}`` and nothing else, and forms that depend on a number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import attrs

from ..cldr import plural_form
from ..text import LANGUAGES

PLURALS = ("zero", "one", "two", "few", "many", "other")
"""The plural categories of CLDR; Dutch and English have ``one`` and ``other``."""
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PART = re.compile(rf"(\{{\{{|\}}\}})|\{{({_NAME.pattern})\}}|([{{}}])")


@attrs.frozen(slots=False)
class Template:
    """A text with ``{name}`` where a value is filled in; ``{{`` and ``}}`` stand for a brace.

    Args:
        forms: the text per plural category (CLDR); one that does not depend on a number has only ``other``.
        count: the name of the number on which the form depends.

    >>> Template.read("Winst {margin} van de omzet").placeholders
    frozenset({'margin'})
    >>> months = Template.read({"count": "months", "one": "één maand", "other": "{months} maanden"})
    >>> months.fill({"months": "3"})
    '3 maanden'
    >>> months.fill({"months": "1"}, plural_category(1))
    'één maand'

    """

    forms: Mapping[str, tuple[str, ...]]
    count: str | None = None

    @classmethod
    def read(cls, value: object) -> Template:
        """Read the value of a key in a words file.

        Raises:
            ValueError: it is neither a text nor a table of plural forms, or a placeholder is more than a name.

        """
        if isinstance(value, str):
            return cls({"other": _split(value)})
        if not isinstance(value, dict) or not isinstance(value.get("other"), str) or "count" not in value:
            raise ValueError("write a text, or a table with `count`, `other` and, where they differ, `one`")
        forms = {key: text for key, text in value.items() if key != "count"}
        wrong = next((key for key, text in forms.items() if key not in PLURALS or not isinstance(text, str)), None)
        if wrong is not None:
            raise ValueError(f"{wrong!r} is no plural form with a text; the forms are {', '.join(PLURALS)}")
        if not _NAME.fullmatch(str(value["count"])):
            raise ValueError(f"count = {value['count']!r} is not the name of a value")
        return cls({key: _split(text) for key, text in forms.items()}, value["count"])

    @cached_property
    def placeholders(self) -> frozenset[str]:
        """The names of the values that it shows or depends on."""
        names = {part for form in self.forms.values() for part in form[1::2]}
        return frozenset(names | ({self.count} if self.count else set()))

    @cached_property
    def written(self) -> str:
        """The text as its author wrote it; of plural forms the general one."""
        return "".join(f"{{{part}}}" if number % 2 else part for number, part in enumerate(self.forms["other"]))

    def fill(self, shown: Mapping[str, str], category: str = "other") -> str:
        """Fill in the values.

        Args:
            shown: each value as it is shown, by name.
            category: the plural category of the number that it depends on.

        """
        form = self.forms.get(category, self.forms["other"])
        return "".join(shown[part] if number % 2 else part for number, part in enumerate(form))


def plural_category(number: Any, lang: str = "nl") -> str:
    """The plural category of a number in a language; what is no number has the general form."""
    if type(number) not in (int, float):
        return "other"
    if lang in LANGUAGES:
        return "one" if number == 1 else "other"
    return plural_form(number, lang)


def _split(text: str) -> tuple[str, ...]:
    """Split a text into what stands there and the names to fill in, in turn."""
    parts, literal, end = [], "", 0
    for found in _PART.finditer(text):
        brace, name, stray = found.groups()
        literal, end = literal + text[end : found.start()], found.end()
        if stray:
            raise ValueError(
                f"the brace at character {found.start() + 1} is no {{name}}; write {stray * 2} for a brace"
            )
        if name:
            parts += [literal, name]
            literal = ""
        else:
            literal += brace[0]
    return (*parts, literal + text[end:])
