"""Read an answer carefully: a wrong type is a problem with its path; an odd value becomes unknown, with a note."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn, cast

from barriermodel.plugin import UNKNOWN, DossierError, Fact, Identifier, Localized, Problem, is_rsin, messages

said = messages(__name__)

LARGEST_COUNT = 10_000_000
"""More people or branches than any undertaking has, as a guard against implausible numbers."""
_DAY = re.compile("([0-9]{4})(-?)([0-9]{2})\\2([0-9]{2})")
_EARLIEST_YEAR = 1000
"""What registers write for "no date"."""
_YES_NO = {"ja": True, "j": True, "nee": False, "n": False}
_JSON_WORDS: dict[type, str] = {
    dict: "an object",
    list: "a list",
    str: "text",
    bool: "true or false",
    int: "a number",
    Decimal: "a number",
}


def shown(value: object) -> str:
    """Make a value fit to show in a note or message: short and printable."""
    written = ascii(value) if not isinstance(value, str) or not value.isprintable() else repr(value)
    return written if len(written) <= 60 else f"{written[:60]}…"


def json_word(value: object) -> str:
    """Name the type of a JSON value."""
    return "null" if value is None else _JSON_WORDS[type(value)]


class Journal:
    """Collects problems, and notes for a person, while an answer is read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.notes: list[Localized] = []

    def note(self, key: str, **values: object) -> None:
        """Add a note about the evidence, for a person."""
        self.notes.append(said(key, **values))

    def note_first(self, **found: Sequence[str]) -> bool:
        """Note the first message that has keys of the answer to name; return whether there is one."""
        key = next((key for key, names in found.items() if names), None)
        if key is not None:
            self.note(key, names=", ".join(found[key]))
        return key is not None

    def close(self) -> None:
        """Raise one error with all problems, if there are any."""
        if self.problems:
            raise DossierError("", dict.fromkeys(self.problems))


class Answer:
    """An object in an answer. What is missing or ``null`` is unknown; keys that are not read are ignored.

    But where a key that is missing says something itself (no ``datumEinde``: it goes on), only an object that is whole
    says so: with the keys it always has (:meth:`missing`) and none that may be that key, damaged (:meth:`not_known`).
    """

    def __init__(self, data: dict[str, Any], journal: Journal, path: str = "") -> None:
        self.data = data
        self.journal = journal
        self.path = path

    def at(self, key: str) -> str:
        """Return the path of a key in the answer."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, *keys: str) -> bool:
        """Whether any of the keys has a value."""
        return any(self.data.get(key) is not None for key in keys)

    def missing(self, *keys: str) -> list[str]:
        """Return the paths of those keys that are missing or empty."""
        return [self.at(key) for key in keys if self.data.get(key) in (None, "")]

    def not_known(self, known: frozenset[str]) -> list[str]:
        """Return the paths of all other keys, in a form that a note may show."""
        return [shown(self.at(key)) for key in self.data if key not in known]

    def days_not_known(self, known: frozenset[str]) -> list[str]:
        """Return the paths of all other keys that hold a day."""
        return [
            shown(self.at(key))
            for key, value in self.data.items()
            if key not in known and isinstance(value, str) and _DAY.fullmatch(value.strip())
        ]

    def problem(self, key: str, message: str) -> None:
        """Record what is wrong with a key."""
        self.journal.problems.append(Problem(self.at(key), message))

    def odd(self, key: str, value: object, why: str) -> None:
        """Note a value that cannot be used and counts as unknown."""
        self.journal.note(why, path=self.at(key), value=shown(value))

    def _given(self, key: str, kind: type, expected: str) -> Any:
        value = self.data.get(key)
        if value is None or type(value) is kind:
            return value
        self.problem(key, f"expected {expected}; got {json_word(value)}")
        return None

    def text(self, key: str) -> Fact[str]:
        """Read a text; a blank one is unknown."""
        value: str | None = self._given(key, str, "text")
        if value is None or not value.strip():
            return UNKNOWN
        return value.strip()

    def count(self, key: str) -> Fact[int]:
        """Read a number of people or branches."""
        value: int | None = self._given(key, int, "a whole number")
        if value is None:
            return UNKNOWN
        if not 0 <= value <= LARGEST_COUNT:
            self.problem(key, f"expected a whole number from 0 to {LARGEST_COUNT}; got {shown(value)}")
            return UNKNOWN
        return value

    def yes_no(self, key: str) -> Fact[bool]:
        """Read ``Ja`` or ``Nee``, ``J`` or ``N``."""
        value = self.text(key)
        if value is UNKNOWN:
            return UNKNOWN
        if value.lower() not in _YES_NO:
            self.odd(key, value, "odd_yes_no")
        return _YES_NO.get(value.lower(), UNKNOWN)

    def day(self, key: str) -> Fact[date]:
        """Read a date written YYYYMMDD; one with parts 00, or that is not in the calendar, is unknown."""
        value = self.text(key)
        if value is UNKNOWN:
            return UNKNOWN
        parts = _DAY.fullmatch(value)
        try:
            found = date(int(parts[1]), int(parts[3]), int(parts[4])) if parts else None
        except ValueError:
            found = None
        if found is None or found.year < _EARLIEST_YEAR:
            self.odd(key, value, "odd_partial_date")
            return UNKNOWN
        return found

    def table(self, *keys: str) -> "Answer":
        """Return the object under the first of the keys that is there, or an empty one."""
        key = next((key for key in keys if self.has(key)), keys[0])
        return Answer(self._given(key, dict, "an object") or {}, self.journal, self.at(key))

    def tables(self, key: str) -> Fact[list["Answer"]]:
        """Return the objects in a list; unknown if there is no list."""
        value: list[Any] | None = self._given(key, list, "a list")
        if value is None:
            return UNKNOWN
        found: list[Answer] = []
        for i, member in enumerate(value):
            if isinstance(member, dict):
                found.append(Answer(cast(dict[str, Any], member), self.journal, f"{self.at(key)}[{i}]"))
            else:
                self.problem(f"{key}[{i}]", f"expected an object; got {json_word(member)}")
        return found

    def _identifier(self, scheme: str, key: str) -> Identifier | None:
        value = self._given(key, str, "text, for zeros at the front count")
        try:
            return None if value is None else Identifier(scheme, value)
        except ValueError as error:
            self.problem(key, str(error))
            return None

    def registration(self, key: str = "kvkNummer") -> Identifier | None:
        """Read the KvK number; an RSIN in its place is recognised, with a note."""
        value = self.data.get(key)
        if value is None:
            self.problem(key, "required, but not given")
        if not isinstance(value, str) or not is_rsin(value):
            return self._identifier("NL-KVK", key)
        self.journal.note("rsin_instead_of_number", path=self.at(key), value=value)
        return Identifier("NL-RSIN", value)

    def branch_number(self, key: str = "vestigingsnummer") -> Fact[str]:
        """Read the number of a branch: 12 digits."""
        found = self._identifier("NL-VESTIGING", key)
        return found.value if found else UNKNOWN

    def self_link(self) -> str | None:
        """Return the address of the answer itself, from ``_links`` (hal+json) or ``links`` (json)."""
        href = self.table("_links").table("self").text("href")
        if href is UNKNOWN:
            links = self.tables("links")
            own = [link for link in ([] if links is UNKNOWN else links) if link.text("rel") == "self"]
            href = own[0].text("href") if own else UNKNOWN
        return None if href is UNKNOWN else href

    def chosen(self, key: str, choices: Callable[[str], Fact[Any]], why_not: str) -> Any:
        """Look up a word; one that is not known becomes unknown, with a note."""
        value = self.text(key)
        found = UNKNOWN if value is UNKNOWN else choices(value)
        if found is UNKNOWN and value is not UNKNOWN:
            self.odd(key, value, why_not)
        return found


def refuse(message: str, path: str = "") -> NoReturn:
    """Refuse an answer as a whole."""
    raise DossierError.one("", message, path)
