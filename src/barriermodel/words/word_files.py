"""Words files: what is said, per language, in a folder ``words`` beside the code that it is about."""

from __future__ import annotations

import hashlib
import os
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import attrs

from ..cldr import TAG
from ..errors import ProfileError
from ..files import read_ordinary
from .templates import Template

INLINE_NAME = "BARRIERMODEL_WORDS"
"""The name under which code without a package gives its words: ``{"nl": "…TOML…", "en": "…"}``."""


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
    _read: dict[tuple[str, ...], Template | str | None] = attrs.field(factory=dict, init=False, repr=False, eq=False)

    @classmethod
    def read(cls, raw: bytes, lang: str, origin: str) -> WordsFile:
        """Read the bytes of a words file; a file that is no TOML has a fault and no texts."""
        digest = hashlib.sha256(raw).hexdigest()
        try:
            return cls(lang, origin, digest, tomllib.loads(raw.decode("utf-8")))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            return cls(lang, origin, digest, {}, f"{origin} is no TOML in UTF-8: {error}")

    def template(self, key: tuple[str, ...]) -> Template | str | None:
        """Return the text under a key; what is wrong with it, as text; or None if there is none. It is read once."""
        if key not in self._read:
            found = self.find(key)
            try:
                self._read[key] = None if found is None else Template.read(found)
            except ValueError as error:
                self._read[key] = str(error)
        return self._read[key]

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
    package = str(owner).partition(".")[0]  # what `exec` made may have no module
    return _packaged(package, lang) if package in sys.modules else None


@cache
def _inline(text: str, lang: str, origin: str) -> WordsFile:
    return WordsFile.read(text.encode(), lang, origin)


@cache
def _packaged(package: str, lang: str) -> WordsFile | None:
    if not TAG.fullmatch(lang) or not hasattr(sys.modules[package], "__path__"):
        return None
    file = files(package) / "words" / f"{lang}.toml"
    return WordsFile.read(file.read_bytes(), lang, f"{package}/words/{lang}.toml") if file.is_file() else None


@cache
def words_in(folder: Path, lang: str) -> WordsFile | None:
    """The words of a profile in one language."""
    file = folder / f"{lang}.toml"
    if not TAG.fullmatch(lang) or not os.path.isfile(file):
        return None
    try:
        return WordsFile.read(read_ordinary(file, str(file), ProfileError), lang, str(file))
    except ProfileError as error:
        return WordsFile(lang, str(file), "", {}, str(error))
