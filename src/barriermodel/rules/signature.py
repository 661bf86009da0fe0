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
from ..text import Text, TextOrStr, is_blank

_Class: TypeAlias = type  # an input has a `type`


class _AsOfMarker(enum.Enum):
    AS_OF = enum.auto()


AsOf = Annotated[date, _AsOfMarker.AS_OF]
"""Annotates the parameter of a rule that gets the dossier's date: ``as_of: AsOf``."""

AS_OF_LABEL = Text(nl="peildatum", en="reference date")
"""The label of the date of a dossier, which a rule reads as ``AsOf``."""


def has_one_origin(source: str | None, assumption: TextOrStr | None) -> bool:
    """Return whether a value has a source or an assumption, and not both."""
    return is_blank(source) != is_blank(assumption)


@attrs.frozen(kw_only=True)
class Limit:
    """States where a parameter's value comes from: a source, or an assumption if there is none.

    Args:
        source: the law or address that states the value.
        note: what a reader should know about it.
        assumption: why this value was chosen, if no source states one.
        yearly_from: for a list with a value per year, the name of the parameter that holds the first year.

    Raises:
        DefinitionError: there is neither a source nor an assumption, or both.

    >>> Limit(source="Jeugdwet 8.3.1")
    Limit(source='Jeugdwet 8.3.1')

    """

    source: str | None = None
    note: TextOrStr | None = None
    assumption: TextOrStr | None = None
    yearly_from: str | None = None

    __repr__ = brief_repr

    def __attrs_post_init__(self) -> None:
        with locate_errors():
            if not has_one_origin(self.source, self.assumption):
                raise DefinitionError("A limit has a source or an assumption: exactly one of them.")


@attrs.frozen
class ParameterSpec:
    """A regional parameter: a profile may set its value; otherwise it has its default."""

    field: FactField
    default: Any
    limit: Limit

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
