"""What is said: a words file per language beside the code of a plugin, read when a text is first asked for.

Python says what is computed, ``words/nl.toml`` and ``words/en.toml`` beside it what is said about that. A definition
holds no text but a :class:`WordRef`: the module it stands in, and the key of the text. A :class:`Lexicon` finds the
texts of one language.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

import attrs

FIRST_LANGUAGE = "nl"
"""What is said where a text is missing in the language that is asked for."""
INLINE_NAME = "BARRIERMODEL_WORDS"
"""The name under which code without a package gives its words: ``{"nl": "…TOML…", "en": "…"}``."""
PLURALS = ("zero", "one", "two", "few", "many", "other")
"""The plural categories of CLDR; Dutch and English have ``one`` and ``other``."""
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PART = re.compile(rf"(\{{\{{|\}}\}})|\{{({_NAME.pattern})\}}|([{{}}])")
_FIELDS = ("title", "label")
"""The last part of keys whose text, where it is missing, is made from the part before."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@attrs.frozen
class WordRef:
    """Where a text of a definition stands.

    Args:
        owner: the module of the definition.
        key: the key of the text in the words file of each language.

    """

    owner: str
    key: tuple[str, ...]

    def __truediv__(self, part: str) -> WordRef:
        """Return the reference of a text below this one, such as the ``hit`` of a rule."""
        return WordRef(self.owner, (*self.key, part))


# Texts --------------------------------------------------------------------------------------------------


@attrs.frozen
class Template:
    """A text with ``{name}`` where a value is filled in; ``{{`` and ``}}`` stand for a brace.

    Args:
        forms: the text per plural category (CLDR); one that does not depend on a number has only ``other``.
        count: the name of the number on which the form depends.

    >>> Template.read("Winst {margin} van de omzet").placeholders
    frozenset({'margin'})
    >>> months = Template.read({"count": "months", "one": "één maand", "other": "{months} maanden"})
    >>> months.fill({"months": 1}, str, str), months.fill({"months": 3}, str, str)
    ('één maand', '3 maanden')

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

    @property
    def placeholders(self) -> frozenset[str]:
        """The names of the values that it shows or depends on."""
        names = {part for form in self.forms.values() for part in form[1::2]}
        return frozenset(names | ({self.count} if self.count else set()))

    def fill(self, values: Mapping[str, Any], write: Callable[[Any], str], plural: Callable[[Any], str]) -> str:
        """Fill in the values.

        Args:
            values: by name.
            write: writes a value for people.
            plural: returns the plural category of a number.

        """
        form = self.forms["other"]
        if self.count is not None:
            form = self.forms.get(plural(values[self.count]), form)
        return "".join(write(values[part]) if number % 2 else part for number, part in enumerate(form))


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


# Files --------------------------------------------------------------------------------------------------


@attrs.frozen
class WordsFile:
    """The texts of one owner in one language.

    Args:
        lang: the language.
        origin: the package and the name of the file in it; or the path, or the module that has them inline.
        sha256: the digest of its bytes.
        texts: tables and texts by key; empty if it cannot be read.
        fault: why it cannot be read.

    """

    lang: str
    origin: str
    sha256: str
    texts: Mapping[str, Any] = attrs.field(repr=False)
    fault: str = ""

    @classmethod
    def read(cls, raw: bytes, lang: str, origin: str) -> WordsFile:
        """Read the bytes of a words file; a file that is no TOML has a fault and no texts."""
        digest = hashlib.sha256(raw).hexdigest()
        try:
            return cls(lang, origin, digest, tomllib.loads(raw.decode("utf-8")))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            return cls(lang, origin, digest, {}, f"{origin} is no TOML in UTF-8: {error}")

    def find(self, key: tuple[str, ...]) -> object:
        """Return what stands under a key, or None."""
        found: Any = self.texts
        for part in key:
            found = found.get(part) if isinstance(found, dict) else None
        return found


def words_of(owner: str, lang: str) -> WordsFile | None:
    """Return the words of a module's package, or of the module itself; None if there are none in this language."""
    inline = getattr(sys.modules.get(owner), INLINE_NAME, None)
    if isinstance(inline, Mapping):
        return _inline(inline[lang], lang, f"{owner}.{INLINE_NAME}") if lang in inline else None
    return _packaged(owner.partition(".")[0], lang)


@cache
def _inline(text: str, lang: str, origin: str) -> WordsFile:
    return WordsFile.read(text.encode(), lang, origin)


@cache
def _packaged(package: str, lang: str) -> WordsFile | None:
    found = sys.modules.get(package)
    if not _LANGUAGE.fullmatch(lang) or not hasattr(found, "__path__"):
        return None
    file = files(package) / "words" / f"{lang}.toml"
    return WordsFile.read(file.read_bytes(), lang, f"{package}/words/{lang}.toml") if file.is_file() else None


# The texts of one language ------------------------------------------------------------------------------


Words: TypeAlias = "str | WordRef"


@attrs.define(eq=False)
class Lexicon:
    """The texts of one language, as a profile says them.

    A text is looked for in the profile's own words, then in those of its owner in this language, then in those of its
    owner in Dutch. What was used, and what was looked for in vain, is kept for the report.

    Args:
        lang: the language.
        own: the words of the profile, first those of the profile itself, then those of the profiles it extends.

    """

    lang: str
    own: tuple[WordsFile, ...] = ()
    used: dict[str, WordsFile] = attrs.field(factory=dict, init=False)
    """The files that were looked into, by origin."""
    faults: dict[str, str] = attrs.field(factory=dict, init=False)
    """What is wrong in them, by origin and key."""
    missing: dict[WordRef, None] = attrs.field(factory=dict, init=False)
    _found: dict[WordRef, Template | None] = attrs.field(factory=dict, init=False)

    def template(self, ref: WordRef) -> Template | None:
        """Return a text of which values must be filled in, or None if there is none."""
        if ref not in self._found:
            self._found[ref] = next(self._candidates(ref), None)
            if self._found[ref] is None:
                self.missing[ref] = None
        return self._found[ref]

    def text(self, ref: WordRef) -> str:
        """Return a text without placeholders; one that is missing is made from its id."""
        template = self.template(ref)
        if template is not None and not template.placeholders:
            return template.forms["other"][0]
        return ref.key[-2 if ref.key[-1] in _FIELDS else -1].replace("_", " ")

    def _candidates(self, ref: WordRef) -> Iterator[Template]:
        for file in self._files(ref.owner):
            self.used[file.origin] = file
            if file.fault:
                self.faults[file.origin] = file.fault
            found = file.find(ref.key)
            if found is not None:
                try:
                    yield Template.read(found)
                except ValueError as error:
                    where = f"{file.origin}: {'.'.join(ref.key)}"
                    self.faults[where] = f"{where}: {error}"

    def _files(self, owner: str) -> Iterator[WordsFile]:
        yield from self.own
        for lang in dict.fromkeys((self.lang, FIRST_LANGUAGE)):
            found = words_of(owner, lang)
            if found:
                yield found
