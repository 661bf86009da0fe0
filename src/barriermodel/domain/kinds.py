"""Evidence kinds: the facts that a document or register answer can state."""

from __future__ import annotations

import enum
import sys
from collections.abc import Callable, Mapping
from functools import partial
from types import FrameType
from typing import Any, TypeVar, dataclass_transform

import attrs

from ..errors import DefinitionError
from ..objects import Uncopied, reduce_by_value, represent
from ..source_location import calling_frame, locate_errors, usage_hint
from ..spelling import did_you_mean
from ..words.lexicon import WordRef
from .arguments import coerce_argument
from .facts import CONFIDENTIAL, SNAKE_CASE, FactField, build_fact_class, fact_fields
from .values import Months

T = TypeVar("T")
_ATTRIBUTE = "__barriermodel_kind__"
CONFIDENTIAL_VALUE_UNREADABLE = "the value cannot be read; it is confidential"
"""Replaces a value of a confidential kind in the message that it is invalid."""
MAX_ID_LENGTH = 100
"""Characters of the longest id of a kind or barrier."""
RESERVED = frozenset({"provider", "award", "dossier", "derived", "rule", "barrier", "stage", "concern", "advice"})


class Supplier(enum.Enum):
    """Who can supply evidence of a kind.

    >>> Supplier("register")
    <Supplier.REGISTER: 'register'>

    """

    REGISTER = "register"
    """The authority looks it up in a register itself."""
    PROVIDER = "provider"
    """The provider must be asked for it."""


@attrs.frozen(kw_only=True, eq=False)
class EvidenceKind(Uncopied):
    """What an evidence class declares besides its facts; :func:`evidence` explains each field.

    ``cls`` is the class itself.

    >>> from barriermodel.plugin import UNKNOWN, Fact
    >>> @evidence("diploma")
    ... class Diploma:
    ...     level: Fact[int] = UNKNOWN
    >>> kind_of(Diploma).burden
    0

    """

    id: str
    cls: type
    supplier: Supplier
    burden: int
    one_per: str | None
    valid_for: Months | None
    basis: WordRef | None
    confidential: bool
    retention: WordRef | None
    sources: tuple[str, ...]
    blank: Any
    """An instance in which every fact is unknown."""

    @property
    def words(self) -> WordRef:
        """What its words files say of it: ``title``, ``inline``, ``question``, ``why``, ``how`` and ``retention``."""
        return WordRef(self.cls.__module__, ("evidence", self.id))

    @property
    def title(self) -> WordRef:
        """What the evidence is called."""
        return self.words / "title"

    def __repr__(self) -> str:
        return represent(self, repr(self.id))

    def __reduce__(self) -> tuple[Any, ...]:
        module = sys.modules.get(self.cls.__module__)
        known = vars(module).get(self.cls.__name__) is self.cls if module and module.__name__ != "__main__" else False
        return (kind_of, (self.cls,)) if known and kind_of(self.cls) is self else reduce_by_value(self)


@usage_hint('@evidence("kind_of_evidence")')
@dataclass_transform(frozen_default=True, kw_only_default=True)
def evidence(
    id: str, *, supplier: Supplier = Supplier.PROVIDER, burden: int = 0, one_per: str | None = None,
    valid_for: Months | None = None, basis: str | None = None, confidential: bool = False, retention: bool = False,
    sources: tuple[str, ...] = (),
) -> Callable[[type[T]], type[T]]:  # fmt: skip
    """Declare a kind of evidence: a class with fields ``name: Fact[type] = UNKNOWN``. Its words files name them.

    Args:
        id: in snake_case, unique among all plugins.
        supplier: who can supply it.
        burden: minutes it costs the provider to supply it.
        one_per: the fact, such as a year, for each value of which one item counts; otherwise one item counts.
        valid_for: how long after its date an item counts, unless the item itself says so.
        basis: the key in the words files of the law or rule that requires it.
        confidential: whether its values are masked in every output unless asked for.
        retention: whether the words files say how long it may be kept.
        sources: the issuers that hold it for every provider; another source without it ends no request.

    Raises:
        DefinitionError: an argument or a field is not as described.

    >>> from barriermodel.plugin import UNKNOWN, Fact
    >>> @evidence("diploma")
    ... class Diploma:
    ...     level: Fact[int] = UNKNOWN

    """
    with locate_errors():
        _check_called(id)
    make_kind = partial(
        EvidenceKind, id=id, supplier=_supplier(id, supplier), burden=burden, one_per=one_per, valid_for=valid_for,
        confidential=confidential, sources=sources,
    )  # fmt: skip

    def decorate(cls: type[T]) -> type[T]:
        with locate_errors():
            return _declare(cls, calling_frame(), id, basis, retention, make_kind)

    return decorate


def _check_called(id: object) -> None:
    if isinstance(id, type):
        raise DefinitionError(f'{id.__name__}: @evidence has the id of the kind; write @evidence("kind_of_evidence").')


def _supplier(id: str, supplier: Supplier) -> Supplier:
    try:
        found: Supplier = coerce_argument(Supplier, supplier)
    except ValueError as error:
        raise DefinitionError(f"Kind {id}: supplier: {error}.") from None
    return found


def _declare(
    cls: type[T], frame: FrameType, id: str, basis: str | None, retention: bool, make_kind: Callable[..., EvidenceKind]
) -> type[T]:
    made = build_fact_class(cls, frame, only_facts=True, words=("evidence", id))
    facts = fact_fields(made)
    where = f"Kind {repr(id)[:100]}"
    kept = WordRef(made.__module__, ("evidence", id, "retention")) if is_stated(where, "retention", retention) else None
    kind = make_kind(cls=made, blank=made(), basis=law(where, basis, made.__module__), retention=kept)
    _check_options(kind)
    _check_fact_names(kind, facts)
    setattr(made, _ATTRIBUTE, kind)
    if kind.confidential:
        for holder in (made, *(field.type for field in facts.values() if attrs.has(field.type))):
            setattr(holder, CONFIDENTIAL, True)
    return made


def law(where: str, basis: object, owner: str) -> WordRef | None:
    """Return where the words files state a legal basis; raise ``DefinitionError`` unless it is a key or None."""
    if basis is None:
        return None
    if not is_id(basis):
        raise DefinitionError(f"{where}: basis is a key of [law.…] in the words files, in snake_case; got {basis!r}.")
    return WordRef(owner, ("law", str(basis), "text"))


def is_stated(where: str, name: str, value: object) -> bool:
    """Return whether the words files state something; raise ``DefinitionError`` unless it is True or False."""
    if type(value) is not bool:
        raise DefinitionError(
            f"{where}: {name} is True or False, and its text stands in the words files; got {value!r}."
        )
    return value


def _check_options(kind: EvidenceKind) -> None:
    where = f"Kind {repr(kind.id)[:100]}"
    if type(kind.confidential) is not bool:
        raise DefinitionError(f"{where}: confidential is True or False; got {kind.confidential!r}.")
    if not is_id(kind.id) or kind.id in RESERVED:
        reserved = ", ".join(sorted(RESERVED))
        raise DefinitionError(f"{where}: an id is in snake_case, at most {MAX_ID_LENGTH} letters, not {reserved}.")
    months = kind.valid_for
    if months is not None and not (isinstance(months, Months) and months.count > 0):
        raise DefinitionError(f"{where}: write valid_for=Months(12), with a whole number above zero; got {months!r}.")
    if type(kind.burden) is not int or kind.burden < 0:
        raise DefinitionError(f"{where}: burden is a whole number of minutes; got {kind.burden!r}.")
    if isinstance(kind.sources, str):
        raise DefinitionError(f"{where}: write sources=({kind.sources!r},): there may be several.")


def _check_fact_names(kind: EvidenceKind, facts: Mapping[str, FactField]) -> None:
    """Check what ``one_per`` says about the facts of the kind."""
    where, one_per = f"Kind {kind.id!r}", kind.one_per
    if not facts:
        raise DefinitionError(f"{where}: it has no facts; write them as `name: Fact[bool] = UNKNOWN`.")
    if one_per and one_per not in facts:
        hint = did_you_mean(str(one_per), facts, f"it has {', '.join(sorted(facts))}.")
        raise DefinitionError(f"{where}: {one_per!r} is not a fact of this kind; {hint}")
    if one_per and (facts[one_per].many or facts[one_per].type is bool):
        raise DefinitionError(f"{where}: one_per={one_per!r} is a list or a yes-or-no; name a single value.")


def is_id(word: object) -> bool:
    """Return whether a word is in snake_case and not too long, as ids of kinds and names of rules are."""
    return isinstance(word, str) and len(word) <= MAX_ID_LENGTH and SNAKE_CASE.fullmatch(word) is not None


def kind_of(cls: object) -> EvidenceKind | None:
    """Return the kind that a class declares, or None if it is not an evidence class."""
    found = vars(cls).get(_ATTRIBUTE) if isinstance(cls, type) else None
    return found if isinstance(found, EvidenceKind) else None
