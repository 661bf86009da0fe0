"""Evidence kinds: what a document or register answer can say."""

from __future__ import annotations

import enum
import sys
from collections.abc import Callable
from typing import Any, TypeVar, dataclass_transform

import attrs

from ..errors import DefinitionError
from ..objects import Uncopied, reduce_by_value, represent
from ..source_location import calling_frame, locate_errors, usage_hint
from ..spelling import did_you_mean
from ..text import Localized, Text, TextOrStr
from .arguments import coerce_argument
from .facts import CONFIDENTIAL, SNAKE_CASE, build_fact_class, fact_fields
from .suggestions import suggest_value
from .values import Months

T = TypeVar("T")
_ATTRIBUTE = "__barriermodel_kind__"
CONFIDENTIAL_VALUE_UNREADABLE = "the value cannot be read; it is confidential"
"""What is told of a value of a confidential kind that is no value of its fact, instead of the value."""
MAX_ID_LENGTH = 100
"""Letters of the longest id that a kind or barrier can have."""
RESERVED = frozenset({"provider", "award", "dossier", "derived", "rule", "barrier", "stage", "concern", "advice"})


class Supplier(enum.Enum):
    """Who can supply evidence of a kind."""

    REGISTER = "register"
    """The authority looks it up itself."""
    PROVIDER = "provider"
    """It must be asked for."""


@attrs.frozen(kw_only=True, eq=False)
class EvidenceKind(Uncopied):
    """What is known of an evidence kind beside its facts. See :func:`evidence` for the meaning of each field."""

    id: str
    cls: type
    title: Text
    question: Text
    supplier: Supplier
    burden: int
    one_per: str | None
    valid_for: Months | None
    basis: TextOrStr | None
    confidential: bool
    retention: Text | None
    sources: tuple[str, ...]
    blank: Any
    """An instance that knows nothing."""

    def __repr__(self) -> str:
        return represent(self, repr(self.id))

    def __reduce__(self) -> tuple[Any, ...]:
        module = sys.modules.get(self.cls.__module__)
        known = vars(module).get(self.cls.__name__) is self.cls if module and module.__name__ != "__main__" else False
        return (kind_of, (self.cls,)) if known and kind_of(self.cls) is self else reduce_by_value(self)


@usage_hint('@evidence("kind_of_evidence", title=Text(nl="…", en="…"), question=Text(nl="…", en="…"))')
@dataclass_transform(frozen_default=True, kw_only_default=True)
def evidence(
    id: str,
    *,
    title: Text,
    question: Text,
    supplier: Supplier = Supplier.PROVIDER,
    burden: int = 0,
    one_per: str | None = None,
    valid_for: Months | None = None,
    basis: TextOrStr | None = None,
    confidential: bool = False,
    retention: Text | None = None,
    sources: tuple[str, ...] = (),
) -> Callable[[type[T]], type[T]]:
    """Declare a kind of evidence; its fields are ``name: Annotated[Fact[type], Label(...)] = UNKNOWN``.

    Args:
        id: in snake_case, unique among all plugins.
        title: what the evidence is called.
        question: how it is asked for; ``{fact}`` may name a fact of the kind.
        supplier: who can supply it.
        burden: minutes it costs the provider to supply it.
        one_per: the fact of which several items may count at once, one per value.
        valid_for: how long after its date an item counts, unless it says so itself.
        basis: the law or rule that asks for it.
        confidential: its values are masked in every output unless asked for.
        retention: how long it may be kept.
        sources: the issuers that hold it of every provider; that another one does not hold a provider ends no request.

    Raises:
        DefinitionError: a name or a field is not as described.

    """
    try:
        supplier = coerce_argument(Supplier, supplier)
    except ValueError as error:
        raise DefinitionError(f"Kind {id}: supplier: {error}.") from None

    def decorate(cls: type[T]) -> type[T]:
        with locate_errors():
            return declared(cls)

    def declared(cls: type[T]) -> type[T]:
        made = build_fact_class(cls, calling_frame(), only_facts=True)
        facts = fact_fields(made)
        _check_words(id, title, question, retention, supplier)
        check_basis(f"Kind {id}", basis)
        if type(confidential) is not bool:
            raise DefinitionError(f"Kind {id}: confidential is True or False; got {confidential!r}.")
        _check_kind(id, set(facts), one_per, question, burden, valid_for)
        if isinstance(sources, str):
            raise DefinitionError(f"Kind {id}: write sources=({sources!r},), for there may be several.")
        if one_per and (facts[one_per].many or facts[one_per].type is bool):
            raise DefinitionError(f"Kind {id}: one_per={one_per!r} is a list or a yes-or-no; name a single value.")
        kind = EvidenceKind(
            id=id, cls=made, title=title, question=question, supplier=supplier, burden=burden, one_per=one_per,
            valid_for=valid_for, basis=basis, confidential=confidential, retention=retention, sources=sources,
            blank=made(),
        )  # fmt: skip
        setattr(made, _ATTRIBUTE, kind)
        for holder in (
            (made, *(field.type for field in facts.values() if attrs.has(field.type))) if confidential else ()
        ):
            setattr(holder, CONFIDENTIAL, True)
        return made

    return decorate


def check_basis(where: str, basis: object) -> None:
    """Refuse what is no name of a law."""
    if basis is not None and not isinstance(basis, (str, Localized)):
        raise DefinitionError(f"{where}: basis is the name of a law or rule, as text; got {basis!r}.")


def _check_words(id: object, title: object, question: object, retention: object, supplier: object) -> None:
    for name, text in {"title": title, "question": question, "retention": retention}.items():
        if not isinstance(text, Text) and not (name == "retention" and text is None):
            raise DefinitionError(f"Kind {id}: write {name}=Text(nl=…, en=…); got {repr(text)[:100]}.")
    if not isinstance(supplier, Supplier):
        raise DefinitionError(f"Kind {id}: write supplier={suggest_value(Supplier, supplier)}; got {supplier!r}.")


def _check_kind(
    id: str, facts: set[str], one_per: str | None, question: Text, burden: int, valid_for: Months | None
) -> None:
    if not isinstance(id, str) or len(id) > MAX_ID_LENGTH or not SNAKE_CASE.fullmatch(id) or id in RESERVED:
        raise DefinitionError(
            f"Kind {repr(id)[:100]}: an id is in snake_case, of at most {MAX_ID_LENGTH} letters, "
            f"and not {', '.join(sorted(RESERVED))}."
        )
    if not facts:
        raise DefinitionError(f"Kind {id}: it has no facts; write them as `name: Fact[bool] = UNKNOWN`.")
    for name in question.placeholders | ({one_per} if one_per else set()):
        if name not in facts:
            hint = did_you_mean(str(name), facts, f"it has {', '.join(sorted(facts))}.")
            raise DefinitionError(f"Kind {id}: {name!r} is named, but the kind has no such fact; {hint}")
    if valid_for is not None and not (
        isinstance(valid_for, Months) and type(valid_for.count) is int and valid_for.count > 0
    ):
        raise DefinitionError(
            f"Kind {id}: write valid_for=Months(12), with a whole number above zero; got {valid_for!r}."
        )
    if type(burden) is not int or burden < 0:
        raise DefinitionError(f"Kind {id}: burden is a whole number of minutes; got {burden!r}.")


def kind_of(cls: object) -> EvidenceKind | None:
    """The kind that a class declares, or None where it is not an evidence class."""
    found = vars(cls).get(_ATTRIBUTE) if isinstance(cls, type) else None
    return found if isinstance(found, EvidenceKind) else None
