"""The exceptions this library raises, as one tree.

BarrierModelError
├── DefinitionError         an evidence kind, rule or barrier is defined wrongly; raised while its plugin is loaded
│   └── TracingError        a rule does something with a fact that an expression cannot express
├── UnknownFactError        plain Python used an unknown fact as if it were a value
├── PluginError             a plugin is missing, broken, duplicated or built for another plugin API
└── InputError              an input cannot be read; lists every problem with its path
    ├── DossierError
    └── ProfileError
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

import attrs

from .objects import brief_repr, plain_text, represent


class BarrierModelError(Exception):
    """Base class of every exception that this library raises on purpose.

    >>> issubclass(DossierError, InputError), issubclass(InputError, BarrierModelError)
    (True, True)

    """


class DefinitionError(BarrierModelError):
    """An evidence kind, rule or barrier is defined wrongly.

    Args:
        message: what is wrong, and what to write instead.
        location: where it is written, as ``file:line``; empty if not known.

    >>> print(DefinitionError("Between() has no bounds; write Between(0).", "housing.py:12"))
    housing.py:12: Between() has no bounds; write Between(0).

    """

    def __init__(self, message: str, location: str = "") -> None:
        super().__init__(message)
        self.location = location

    def __str__(self) -> str:
        return f"{self.location}: {self.args[0]}" if self.location else str(self.args[0])


class TracingError(DefinitionError):
    """A rule does something with a fact that an expression cannot express.

    It is not a ``TypeError``, so that an ``except TypeError`` in a rule cannot swallow it.

    >>> from barriermodel.plugin import Barrier, Concern, Fact, Provider
    >>> rules = Barrier("voorbeeld.rules", concern=Concern.QUALITY)
    >>> @rules.condition
    ... def has_name(provider: Provider) -> Fact[bool]:
    ...     return provider.name.strip() != ""
    Traceback (most recent call last):
    barriermodel.errors.TracingError: ...has_name uses the method provider.name.strip() of a fact: write a derived fact.

    """


class UnknownFactError(BarrierModelError):
    """Plain Python used an unknown fact in a comparison, in arithmetic or as a truth value.

    >>> from barriermodel import UNKNOWN
    >>> bool(UNKNOWN)
    Traceback (most recent call last):
    barriermodel.errors.UnknownFactError: An unknown fact was used as a value. Test for it first with `is UNKNOWN`, ...

    """


class PluginError(BarrierModelError):
    """A plugin cannot be used; the message names the plugin and says what to do.

    >>> issubclass(PluginError, BarrierModelError)
    True

    """


@attrs.frozen
class Problem:
    """One thing that is wrong with an input.

    Args:
        path: where it is, such as ``evidence[0].facts.turnover``; empty if it concerns the whole input.
        message: what is wrong, in one sentence.
        expected: what would have been right, such as ``a date (YYYY-MM-DD)``, if that can be said; the message
            includes it.

    >>> print(Problem("line 3", "expected year;rent;costs"))
    line 3: expected year;rent;costs

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
        problems: everything that is wrong, in the order of the input.

    >>> print(InputError("dossier.json", [Problem("as_of", "not given"), Problem("award", "unknown key")]))
    dossier.json: 2 errors
      as_of: not given
      award: unknown key

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
    def one(cls, where: str, message: str, path: str = "") -> Self:
        """Create an error with a single problem."""
        return cls(where, [Problem(path, message)])


class DossierError(InputError):
    """A dossier, or a document in it, cannot be read.

    >>> from barriermodel import load_dossier
    >>> load_dossier({"as_of": "15-01-2026"})
    Traceback (most recent call last):
    barriermodel.errors.DossierError: ...

    """


class ProfileError(InputError):
    """A profile cannot be read, or does not match the installed plugins.

    >>> print(ProfileError.one("region.toml", "unknown barrier 'nl.kvkk'", "stages[0].barriers[2]"))
    region.toml: stages[0].barriers[2]: unknown barrier 'nl.kvkk'

    """


class TableWarning(UserWarning):
    """A table lacks columns that the profile reads, or evaluating a rule on it is slow.

    >>> import warnings
    >>> warnings.simplefilter("ignore", TableWarning)  # where the columns are known to be missing

    """
