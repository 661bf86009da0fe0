"""What is said: a words file per language beside the code of a plugin, read when a text is first asked for.

Python says what is computed, ``words/nl.toml`` and ``words/en.toml`` beside it what is said about that. A definition
holds no text but a :class:`WordRef`: the module it stands in, and the key of the text.
"""

from __future__ import annotations

import enum
import hashlib
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

from .text import LANGUAGES, Localized

FIRST_LANGUAGE = "nl"
"""What is said where a text is missing in the language that is asked for."""
INLINE_NAME = "BARRIERMODEL_WORDS"
"""The name under which code without a package gives its words: ``{"nl": "…TOML…", "en": "…"}``."""
PLURALS = ("zero", "one", "two", "few", "many", "other")
"""The plural categories of CLDR; Dutch and English have ``one`` and ``other``."""
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PART = re.compile(rf"(\{{\{{|\}}\}})|\{{({_NAME.pattern})\}}|([{{}}])")
OPTIONAL = ("note", "unit")
"""The last part of keys that often have no text."""
_FIELDS = ("title", "label", "text")
"""The last part of keys whose text, where it is missing, is made from the part before."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class WordRef(Localized):
    """A text that stands in words files: the module of the definition it belongs to, and its key.

    Args:
        owner: the module of the definition.
        key: the key of the text in the words file of each language.

    >>> kind = WordRef("barriermodel_kvk.kind", ("evidence", "kvk_extract"))
    >>> kind / "title"
    WordRef(barriermodel_kvk.kind: evidence.kvk_extract.title)

    """

    __slots__ = ("key", "owner")
    owner: str
    key: tuple[str, ...]

    def __init__(self, owner: str, key: tuple[str, ...]) -> None:
        object.__setattr__(self, "owner", owner)
        object.__setattr__(self, "key", key)

    def __truediv__(self, part: str) -> WordRef:
        """Return the reference of a text below this one, such as the ``hit`` of a rule."""
        return WordRef(self.owner, (*self.key, part))

    def __getitem__(self, lang: str) -> str:
        return _ACTIVE.get().text(self, lang)

    @property
    def nl(self) -> str:
        """The text in Dutch."""
        return self["nl"]

    @property
    def en(self) -> str:
        """The text in English."""
        return self["en"]

    def template(self, lang: str) -> Template | None:
        """Return the text with its placeholders; None if there is none."""
        return _ACTIVE.get().template(self, lang)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WordRef) and (self.owner, self.key) == (other.owner, other.key)

    def __hash__(self) -> int:
        return hash((self.owner, self.key))

    def __repr__(self) -> str:
        return f"WordRef({self.owner}: {'.'.join(self.key)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return WordRef, (self.owner, self.key)


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

    @property
    def placeholders(self) -> frozenset[str]:
        """The names of the values that it shows or depends on."""
        names = {part for form in self.forms.values() for part in form[1::2]}
        return frozenset(names | ({self.count} if self.count else set()))

    @property
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


def plural_category(number: Any) -> str:
    """The plural category of a number in Dutch and English; what is no number has the general form."""
    return "one" if number == 1 and number is not True else "other"


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


# Looking texts up ---------------------------------------------------------------------------------------


@attrs.define(eq=False)
class Lexicon:
    """Looks texts up, and keeps what was used and what is missing or wrong, for the report.

    A text is looked for in the words of the profile, then in those of its owner in that language, then in those of its
    owner in Dutch.

    Args:
        own: the words of the profile by language: first its own, then those of the profiles that it extends.

    """

    own: Mapping[str, tuple[WordsFile, ...]] = attrs.field(factory=dict)
    used: dict[str, WordsFile] = attrs.field(factory=dict, init=False)
    """The files that were looked into, by origin."""
    faults: dict[str, str] = attrs.field(factory=dict, init=False)
    """What is wrong in them, by origin and key."""
    missing: dict[tuple[WordRef, str], None] = attrs.field(factory=dict, init=False)
    _found: dict[tuple[WordRef, str], Template | None] = attrs.field(factory=dict, init=False)

    @contextmanager
    def active(self) -> Iterator[Lexicon]:
        """Use this lexicon for all texts that are looked up within the block."""
        token = _ACTIVE.set(self)
        try:
            yield self
        finally:
            _ACTIVE.reset(token)

    def text(self, ref: WordRef, lang: str) -> str:
        """Return a text as it is written; one that is missing is made from its id, and a note is empty."""
        template = self.template(ref, lang)
        if template is not None:
            return template.written
        if ref.key[-1] in OPTIONAL:
            return ""
        return ref.key[-2 if ref.key[-1] in _FIELDS else -1].replace("_", " ")

    def template(self, ref: WordRef, lang: str) -> Template | None:
        """Return a text with its placeholders; None if there is none."""
        at = ref, lang
        if at not in self._found:
            self._found[at] = next(self._candidates(ref, lang), None)
            if self._found[at] is None and ref.key[-1] not in OPTIONAL:
                self.missing[at] = None
        return self._found[at]

    def _candidates(self, ref: WordRef, lang: str) -> Iterator[Template]:
        for file in self._files(ref.owner, lang):
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

    def _files(self, owner: str, lang: str) -> Iterator[WordsFile]:
        yield from self.own.get(lang, ())
        for wanted in dict.fromkeys((lang, FIRST_LANGUAGE)):
            found = words_of(owner, wanted)
            if found:
                yield found


_PLAIN = Lexicon()
"""Without words of a profile."""
_ACTIVE: ContextVar[Lexicon] = ContextVar("_ACTIVE", default=_PLAIN)  # what it keeps is for all contexts


def messages(owner: str) -> Callable[..., Localized]:
    r"""Return the function with which a plugin's readers say something about a document, in a note.

    Args:
        owner: the module that says it: ``__name__``.

    Returns:
        a function from a key of ``[messages]`` in the words files, and the values that the message shows, to the text.

    >>> BARRIERMODEL_WORDS = {"nl": '[messages]\nvat = "Inclusief {rate} btw."'}
    >>> messages(__name__)("vat", rate="21%").nl  # doctest: +SKIP
    'Inclusief 21% btw.'

    """

    def said(key: str, **values: object) -> Localized:
        ref = WordRef(owner, ("messages", key))
        return Localized(*(_message(ref, lang, values) for lang in LANGUAGES))

    return said


def _message(ref: WordRef, lang: str, values: Mapping[str, object]) -> str:
    template, shown = ref.template(lang), {name: str(value) for name, value in values.items()}
    if template is not None and template.placeholders <= shown.keys():
        return template.fill(shown, plural_category(values.get(template.count or "")))
    return f"{ref.key[-1].replace('_', ' ')}: {', '.join(shown.values())}"


def enum_label(value: enum.Enum) -> WordRef:
    """Return what a member of an enumeration is called."""
    return WordRef(type(value).__module__, ("enum", type(value).__qualname__, str(value.value)))
