"""What is said: looked up in words files when a text is first asked for.

Python says what is computed, ``words/nl.toml`` and ``words/en.toml`` beside it what is said about that. A definition
holds no text but a :class:`WordRef`: the module it stands in, and the key of the text.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import attrs

from ..text import LANGUAGES, Localized, composed
from .templates import Template, plural_category
from .word_files import WordsFile, words_in, words_of

OWN = "barriermodel"
"""The owner of what the library says itself."""
FIRST_LANGUAGE = "nl"
"""What is said where a text is missing in the language that is asked for."""
OPTIONAL = ("note", "look", "why", "how")
"""The last part of keys that often have no text."""
GENERAL = ("reason", "rebut", "unverified")
"""The last part of keys for which the library says something general where there is no text."""
_FIELDS = ("title", "label", "text", "topic", "inline")
"""The last part of keys whose text, where it is missing, is made from the part before."""


@attrs.frozen(eq=False, repr=False)
class WordRef(Localized):
    """A text that stands in words files: the module of the definition it belongs to, and its key.

    Args:
        owner: the module of the definition.
        key: the key of the text in the words file of each language.

    >>> kind = WordRef("barriermodel_kvk.kind", ("evidence", "kvk_extract"))
    >>> kind / "title"
    WordRef(barriermodel_kvk.kind: evidence.kvk_extract.title)

    """

    owner: str
    key: tuple[str, ...]

    def __truediv__(self, part: str) -> WordRef:
        """Return the reference of a text below this one, such as the ``hit`` of a rule."""
        return WordRef(self.owner, (*self.key, part))

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __getitem__(self, lang: str) -> str:
        return _ACTIVE.get().text(self, lang)

    def __bool__(self) -> bool:
        """Whether there is a text; some may have none, such as a note."""
        return self.key[-1] not in OPTIONAL or bool(self["nl"])

    def fill(self, **values: object) -> Localized:
        """Replace each ``{name}`` by a value, in each language: a text in that language, anything else as it prints."""
        return composed(lambda lang: _message(self, lang, values))

    def template(self, lang: str) -> Template | None:
        """Return the text with its placeholders; None if there is none."""
        return _ACTIVE.get().template(self, lang)

    def written(self, lang: str) -> Template | None:
        """Return the text that its owner has in this language itself; None if it would be replaced by another.

        Raises:
            ValueError: what stands there is no text, as :meth:`Template.read` says.

        """
        file = words_of(self.owner, lang)
        found = None if file is None else file.find(self.key)
        return None if found is None else Template.read(found)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WordRef) and (self.owner, self.key) == (other.owner, other.key)

    def __hash__(self) -> int:
        return hash((self.owner, self.key))

    def __repr__(self) -> str:
        return f"WordRef({self.owner}: {'.'.join(self.key)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return WordRef, (self.owner, self.key)


@attrs.define(eq=False)
class Lexicon:
    """Looks texts up, and keeps what was used and what is missing or wrong, for the report.

    A text is looked for in the words of the profile, then in those of its owner in that language, then in those of its
    owner in Dutch.

    Args:
        folders: the words of the profile: the folder of its own, then those of the profiles that it extends.
        silent: whether no file is opened; then every text is made from its id.
        passing: whether it is for one report, in which no text changes, so that what was found is kept.

    """

    folders: tuple[Path, ...] = ()
    silent: bool = False
    passing: bool = True
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
        if self.silent or ref.key[-1] in OPTIONAL:
            return ""
        if ref.key[-1] in GENERAL and ref.owner != OWN:
            return self.text(said("missing", ref.key[-1]), lang)
        return ref.key[-2 if ref.key[-1] in _FIELDS else -1].replace("_", " ")

    def template(self, ref: WordRef, lang: str) -> Template | None:
        """Return a text with its placeholders; None if there is none."""
        if self.silent:
            return None
        if not self.passing:  # between two reports the cell of a notebook may have run again
            return next(self._candidates(ref, lang), None)
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
            found = file.template(ref.key)
            if isinstance(found, Template):
                yield found
            elif found:
                where = f"{file.origin}: {'.'.join(ref.key)}"
                self.faults[where] = f"{where}: {found}"

    def _files(self, owner: str, lang: str) -> Iterator[WordsFile]:
        if owner != OWN:  # what the library says itself, such as that a person decides, is no profile's to change
            yield from filter(None, (words_in(folder, lang) for folder in self.folders))
        for wanted in dict.fromkeys((lang, FIRST_LANGUAGE)):
            found = words_of(owner, wanted)
            if found:
                yield found


def report_fault(ref: WordRef, problem: str) -> None:
    """Note what is wrong with a text, so that the report says that another one stands there."""
    key = ".".join(ref.key)
    _ACTIVE.get().faults[key] = f"{key}: {problem}"


SILENT = Lexicon(silent=True)
"""Says nothing: for digests, which cover no texts."""
_PLAIN = Lexicon(passing=False)
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
        return WordRef(owner, ("messages", key)).fill(**values)

    return said


def _message(ref: WordRef, lang: str, values: Mapping[str, object]) -> str:
    template = ref.template(lang)
    shown = {name: value[lang] if isinstance(value, Localized) else str(value) for name, value in values.items()}
    if template is not None and template.placeholders <= shown.keys():
        return template.fill(shown, plural_category(values.get(template.count or ""), lang))
    return f"{ref.key[-1].replace('_', ' ')}: {', '.join(shown.values())}"


def said(*key: str) -> WordRef:
    """Return where a phrase of the library itself stands, under ``[phrase]``."""
    return WordRef(OWN, ("phrase", *key))


def enum_label(value: enum.Enum) -> WordRef:
    """Return what a member of an enumeration is called."""
    return WordRef(type(value).__module__, ("enum", type(value).__qualname__, str(value.value)))
