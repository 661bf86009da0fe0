"""What can go wrong, as one tree.

BarrierModelError
├── DefinitionError         a kind, rule or barrier is written wrongly; found when its plugin is loaded
│   └── TracingError        a rule does something with a fact that an expression cannot say
├── UnknownFactError        plain Python used an unknown fact as if it were a value
├── PluginError             a plugin is missing, broken, duplicated or speaks another plugin API
└── InputError              something that was given cannot be read; names every problem and its place
    ├── DossierError
    └── ProfileError
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from .objects import brief_repr, plain_text, represent


class BarrierModelError(Exception):
    """Anything this library raises on purpose."""


class DefinitionError(BarrierModelError):
    """An evidence kind, rule or barrier is written wrongly.

    Args:
        words: what is wrong, and what to write instead.
        location: where it is written, as ``file:line``; empty where that is not known.

    """

    def __init__(self, words: str, location: str = "") -> None:
        super().__init__(words)
        self.location = location

    def __str__(self) -> str:
        return f"{self.location}: {self.args[0]}" if self.location else str(self.args[0])


class TracingError(DefinitionError):
    """A rule does something with a fact that an expression cannot say.

    Never a ``TypeError``, so that no ``except`` in a rule hides it.
    """


class UnknownFactError(BarrierModelError):
    """Plain Python used an unknown fact in a comparison, in arithmetic or as a truth value."""


class PluginError(BarrierModelError):
    """A plugin cannot be used; the message says which, and what to do."""


@attrs.frozen
class Problem:
    """One thing that is wrong with an input.

    Args:
        path: where (``evidence[0].facts.turnover``); empty where it is about the whole.
        message: what is wrong, in a sentence.
        expected: what would have been right (``a date (YYYY-MM-DD)``), where that can be said; it stands in the
            message too.

    """

    path: str
    message: str
    expected: str | None = None

    __repr__ = brief_repr

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class InputError(BarrierModelError):
    """An input cannot be read.

    Args:
        where: the file or document, as the user named it; may be empty.
        problems: all that is wrong, in the order of the input.

    """

    def __init__(self, where: str, problems: Iterable[Problem]) -> None:
        self.where = where
        self.problems = tuple(problems)
        super().__init__(where, self.problems)

    def __str__(self) -> str:
        prefix = f"{self.where}: " if self.where else ""
        if len(self.problems) == 1:
            return f"{prefix}{self.problems[0]}"
        return "\n".join([f"{prefix}{len(self.problems)} errors", *(f"  {p}" for p in self.problems)])

    def __repr__(self) -> str:
        return represent(self, plain_text(self.where), f"problems={len(self.problems)}")

    @classmethod
    def one(cls, where: str, message: str, path: str = "") -> InputError:
        """An error with a single problem."""
        return cls(where, [Problem(path, message)])


class DossierError(InputError):
    """A dossier, or a document in it, cannot be read."""


class ProfileError(InputError):
    """A profile cannot be read, or does not fit the plugins that are installed."""


class TableWarning(UserWarning):
    """A table lacks columns that the profile reads, or its rules are slow on it."""
