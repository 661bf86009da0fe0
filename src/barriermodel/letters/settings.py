"""What a letter says of its sender: ``letter.toml``, written once for all letters."""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike
from typing import Any

import attrs

from barriermodel import InputError
from barriermodel.analysis.files import read_given
from barriermodel.analysis.reading import new_converter, structure
from barriermodel.analysis.text import printable
from barriermodel.plugin import Problem, parse_toml

MAX_TERM = 250
"""Working days of the longest term: a year."""
OPTIONAL_LISTS = ("reply_address", "addressee_address")


@attrs.frozen(kw_only=True)
class Signature:
    """Who signs, and whom a provider can call."""

    name: str
    role: str


@attrs.frozen(kw_only=True)
class LetterSettings:
    """The sender of a letter, and how a provider can answer. The fields are the keys of the file.

    Args:
        authority: the municipality or region.
        address: the lines of its address.
        place: where the letter is written.
        phone: the number to call with questions.
        email: the address to mail.
        upload: where documents are sent, such as a secure form.
        signature: who signs.
        department: the part of the authority that writes.
        reply_address: the lines of the address for an answer on paper, if it is another than ``address``.
        reference: what the letter is filed under; if not given, the id of the award.
        addressee_address: the lines of the provider's address, which no dossier has.
        term: the working days within which the provider can respond.

    """

    authority: str
    address: tuple[str, ...]
    place: str
    phone: str
    email: str
    upload: str
    signature: Signature
    department: str | None = None
    reply_address: tuple[str, ...] = ()
    reference: str | None = None
    addressee_address: tuple[str, ...] = ()
    term: int = 10


def read_settings(path: str | PathLike[str]) -> LetterSettings:
    """Read the settings of letters from a TOML file.

    Args:
        path: the file; ``-`` is standard input.

    Raises:
        InputError: it cannot be read, or a key is missing, empty or unknown; with all that is wrong.

    >>> read_settings("docs/letters/letter.toml").signature.role
    'contractmanager'

    """
    where = str(path)
    data = parse_toml(read_given(path, where, InputError), where, InputError)
    found = structure(new_converter(), data, LetterSettings, where, InputError)
    check_settings(found, where)
    return found


def check_settings(settings: LetterSettings, where: str) -> None:
    """Raise ``InputError`` if a setting is empty, impossible, or has a character that would break a letter."""
    problems = [*_problems(attrs.asdict(settings))]
    if problems:
        raise InputError(where, problems)


def _problems(values: dict[str, Any], above: str = "") -> Iterator[Problem]:
    for key, value in values.items():
        path = f"{above}{key}"
        if isinstance(value, dict):
            yield from _problems(value, f"{path}.")
        elif key == "term":
            if not 1 <= value <= MAX_TERM:
                yield Problem(path, f"expected a number of working days from 1 to {MAX_TERM}; got {value}")
        elif value == () and key not in OPTIONAL_LISTS:
            yield Problem(path, "this is empty; give the lines of the address")
        elif value is not None:
            yield from _text_problems(path, value if isinstance(value, tuple) else (value,))


def _text_problems(path: str, texts: tuple[str, ...]) -> Iterator[Problem]:
    if not all(text.strip() for text in texts):
        yield Problem(path, "this is empty; fill it in")
    elif any(printable(text) != text for text in texts):
        yield Problem(path, "this has a line end or another control character; write it on one line")
