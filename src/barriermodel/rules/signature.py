"""The signature of a rule: what it reads, and its regional parameters."""

from __future__ import annotations

import enum
import inspect
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, TypeAlias

import attrs

from ..domain.award import Award
from ..domain.facts import FactField, fact_fields
from ..domain.kinds import EvidenceKind
from ..domain.provider import Provider
from ..errors import DefinitionError
from ..objects import brief_repr, plain_text, represent
from ..source_location import locate_errors
from ..spelling import closest, did_you_mean
from ..words.lexicon import WordRef

_Class: TypeAlias = type  # an input has a `type`


class _AsOfMarker(enum.Enum):
    AS_OF = enum.auto()


AsOf = Annotated[date, _AsOfMarker.AS_OF]
"""Annotates the parameter of a rule that gets the dossier's date: ``as_of: AsOf``."""

AS_OF_LABEL = WordRef("barriermodel", ("entity", "dossier", "facts", "as_of"))
"""The label of the date of a dossier, which a rule reads as ``AsOf``."""


@attrs.frozen(kw_only=True)
class Limit:
    """States where a parameter's value comes from: a source, or an assumption if there is none.

    What the parameter is called, why an assumed value was chosen, and a note stand in the words files.

    Args:
        source: the law or address that states the value.
        assumed: whether no source states it.
        yearly_from: for a list with a value per year, the name of the parameter that holds the first year.

    Raises:
        DefinitionError: there is neither a source nor an assumption, or both.

    >>> Limit(source="Jeugdwet 8.3.1")
    Limit(source='Jeugdwet 8.3.1', assumed=False)

    """

    source: str | None = None
    assumed: bool = False
    yearly_from: str | None = None

    __repr__ = brief_repr

    def __attrs_post_init__(self) -> None:
        with locate_errors():
            if bool(self.source and self.source.strip()) == self.assumed:
                raise DefinitionError("A limit has a source=… or is assumed=True: exactly one of them.")


@attrs.frozen
class ParameterSpec:
    """A regional parameter: a profile may set its value; otherwise it has its default."""

    field: FactField
    default: Any
    limit: Limit
    words: WordRef
    """What the words files say of it: ``label``, ``note``, and the ``reason`` of an assumption."""

    @property
    def assumption(self) -> WordRef | None:
        """Why its default was chosen, if no source states one."""
        return self.words / "reason" if self.limit.assumed else None

    @property
    def note(self) -> WordRef:
        """What a reader should know about its default; often there is nothing."""
        return self.words / "note"

    def __repr__(self) -> str:
        return represent(self, repr(self.name), plain_text(self.default))

    @property
    def name(self) -> str:
        """The name in the signature and in profiles."""
        return self.field.name


class InputKind(enum.Enum):
    """What a positional parameter of a rule receives."""

    EVIDENCE = "evidence"
    ITEMS = "items"
    """All usable items of a kind; only in a derived fact."""
    PROVIDER = "provider"
    AWARD = "award"
    AS_OF = "as_of"
    DERIVED = "derived"


ENTITIES: Mapping[str, type] = {InputKind.PROVIDER.value: Provider, InputKind.AWARD.value: Award}
"""The classes of facts besides evidence kinds, by their name in fact ids."""


@attrs.frozen
class RuleInput:
    """A positional parameter of a rule.

    Args:
        name: its name.
        role: what it receives.
        kind: the evidence kind, if it receives evidence.
        type: the type of the value, if it receives a derived fact or the dossier's date.

    """

    name: str
    role: InputKind
    kind: EvidenceKind | None = None
    type: type | None = None
    source: str = attrs.field(init=False, eq=False, repr=False)
    """What its facts' ids begin with: the id of its evidence kind, ``provider`` or ``award``; else its role."""
    cls: _Class | None = attrs.field(init=False, eq=False, repr=False)
    """The class whose facts its attributes are, if it receives evidence, the provider or the award."""
    fields: Mapping[str, FactField] = attrs.field(init=False, eq=False, repr=False)
    """The facts that its attributes are."""

    __repr__ = brief_repr

    def __attrs_post_init__(self) -> None:
        cls = self.kind.cls if self.kind else ENTITIES.get(self.role.value)
        object.__setattr__(self, "source", self.kind.id if self.kind else self.role.value)
        object.__setattr__(self, "cls", cls)
        object.__setattr__(self, "fields", fact_fields(cls) if cls else {})


@attrs.frozen
class Signature:
    """The inputs of a rule, and its regional parameters by name."""

    inputs: tuple[RuleInput, ...]
    parameters: Mapping[str, ParameterSpec]
    returns: Any
    python: inspect.Signature

    def __repr__(self) -> str:
        return represent(self, *(i.name for i in self.inputs), *(f"{name}=…" for name in self.parameters))

    @property
    def kinds(self) -> tuple[EvidenceKind, ...]:
        """The evidence kinds it reads."""
        return tuple(i.kind for i in self.inputs if i.kind is not None)


def bind(signature: Signature, id: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a call of a rule or derived fact, by name.

    Raises:
        TypeError: they do not match its signature.

    """
    try:
        return signature.python.bind(*args, **kwargs).arguments
    except TypeError as error:
        names = signature.python.parameters
        wrong = next((name for name in kwargs if closest(name, names) not in ("", name)), "")
        hint = did_you_mean(wrong, names, f"it is called as {id.rpartition('.')[2]}({', '.join(names)})")
        raise TypeError(f"{id}: {error}; {hint}") from None
