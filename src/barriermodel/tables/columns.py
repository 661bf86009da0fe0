"""The columns of a table: their names, and which of them a profile knows, reads and computes.

A column's name has no points, which some engines read as a path: ``kvk_extract__registered_on`` is the fact
``registered_on`` of the evidence kind ``kvk_extract``, and ``derived__nl_conduct__staff_without_vog`` is a derived
fact of the barrier ``nl.conduct``.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date
from functools import wraps
from types import CodeType
from typing import Any, TypeVar, cast

import attrs

from ..domain.bounds import check_as_of
from ..domain.facts import FactField, fact_fields
from ..domain.kinds import EvidenceKind
from ..domain.provider import Provider
from ..domain.unknown import UNKNOWN
from ..errors import InputError, Problem
from ..profiles.resolved import ResolvedProfile
from ..rules.derived import Derived
from ..rules.expression import FactRef, split_fact_id, split_rule_id
from ..rules.levels import Moment
from ..rules.signature import ENTITIES, InputKind
from ..spelling import suggest
from ..text import Localized, composed, same_in_both
from ..words.lexicon import said

K = TypeVar("K")
V = TypeVar("V")
AS_OF = "as_of"
"""Column with the date on which a row is assessed."""
ABSENT = "absent"
"""Column of a kind, as in ``gva__absent``: true where it is known that there is no such evidence."""
VALIDITY = ("issued_on", "valid_until")
"""Columns of a kind that tell whether its evidence counts on the date of the row."""
CONSTANTS, ASSUMED = "map__constants", "map__assumed"
"""Columns that name the facts of a row that a column map stated for all rows, and those that it assumed."""
UNREAD = "map__unread"
"""Column that names the facts of a row whose cells could not be read."""
INTERNAL = "barriermodel__"
"""Prefix of the columns that exist only while a table is assessed."""


def flat(id: str) -> str:
    """An id without points.

    >>> flat("nl.kvk.active")
    'nl_kvk_active'
    """
    return id.replace(".", "_")


def column_of(ref: FactRef) -> str:
    """The column of a fact."""
    if ref.source == "dossier":
        return AS_OF
    if ref.source == "derived":
        return derived_column(*split_rule_id(ref.name))
    return f"{ref.source}__{ref.name}"


def derived_column(barrier: str, name: str) -> str:
    """The column of a derived fact of the barrier with this id."""
    return f"derived__{flat(barrier)}__{name}"


def check_date(as_of: date | None) -> None:
    """Raise ``InputError`` unless this is a date, and one that a dossier can have."""
    if as_of is not None and type(as_of) is not date:
        raise InputError.one("as_of", f"expected a datetime.date; got {type(as_of).__name__}")
    if as_of is not None:
        try:
            check_as_of(as_of)
        except ValueError as error:
            raise InputError.one("as_of", str(error)) from None


def invalid_value_text(column: str, field: FactField) -> str:
    """The message for a row whose column holds something other than a value of the fact."""
    what = "no value of this fact" if field.plausible is None else "a date that cannot be right"
    return f"{column} holds {what}: it is taken as unknown"


def once_per_object(make: Callable[[K], V]) -> Callable[[K], V]:
    """Keep what a function makes of an object with that object, as a cached property of its class would."""
    name = f"{make.__module__}.{make.__name__}"

    @wraps(make)
    def kept(thing: K) -> V:
        own = vars(thing)
        return cast("V", own[name] if name in own else own.setdefault(name, make(thing)))

    return kept


@attrs.frozen(eq=False)
class ProfileColumns:
    """Every column that a profile knows, by what it means. Get it from :func:`profile_columns`.

    Args:
        fields: the declaration of every fact: of provider and award, of evidence, and derived ones; lists too.
        derived: every derived fact.
        validity: for each kind, its columns that tell whether evidence counts; a fact of that name takes precedence.
        absences: for each kind, the column that says there is no evidence; a fact of that name takes precedence.
        known: every column above.
        read: the facts that the rules of the profile read, sorted by column; not ``as_of``.
        refusal: the procedure, if the profile compares applicants: an open house is then refused, whatever rules read.
        row_computable: the derived facts that rules read and that one row suffices to compute.

    """

    resolved: ResolvedProfile
    fields: Mapping[str, FactField]
    derived: Mapping[str, Derived]
    validity: Mapping[str, tuple[str, ...]]
    absences: Mapping[str, EvidenceKind]
    known: Mapping[str, None]
    read: Mapping[str, FactRef]
    refusal: Mapping[str, FactRef]
    row_computable: Mapping[str, Derived]

    @property
    def bounded(self) -> bool:
        """Whether rules read a number with bounds, so that it matters why it is unknown."""
        return any(ref.bounds for ref in self.read.values())

    def computable_with(self, columns: Container[str]) -> dict[str, Derived]:
        """The derived facts that a table with only these columns can compute: one input of each kind is enough."""
        found: dict[str, Derived] = {}
        for name, derived in self.row_computable.items():
            present = {ref.source for column, ref in named_inputs(derived).items() if column in columns}
            if name not in columns and all(i.source in present for i in derived.signature.inputs if i.kind):
                found[name] = derived
        return found

    def has_prefix(self, column: str) -> bool:
        """Whether a column begins like a fact of this profile, or a date of its evidence."""
        source, joint, rest = column.partition("__")
        if source == "derived":  # of a barrier that the profile leaves out: not a column of this profile
            return any(rest.startswith(f"{flat(barrier.id)}__") for barrier in self.resolved.barriers)
        return bool(joint) and (source in ENTITIES or source in self.resolved.kinds)

    def unknown_names(self, names: Iterable[str]) -> Iterator[Problem]:
        """Columns that begin like a fact of the profile, and are not one."""
        for name in names:
            if self.has_prefix(name) and name not in self.known:
                hint = suggest(name, self.known)
                yield Problem(
                    name, f"no fact is called so{hint or '; give it another prefix if it is not meant as one'}"
                )

    def confidential(self, names: Iterable[str]) -> frozenset[str]:
        """The columns among these that may hold what confidential evidence says, of any kind that is installed.

        Every name that begins with that of a confidential kind is one, including its dates, also as a dossier writes
        it (``gva.number``). Case and the spaces around a name make no difference.
        """
        withheld = self.resolved.withheld
        ids = map(split_fact_id, withheld)
        derived = {derived_column(*split_rule_id(name)).lower() for source, name in ids if source == "derived"}
        plain = {name: name.strip().lower() for name in names}
        return frozenset(n for n, low in plain.items() if low in derived or re.split(r"__|\.", low)[0] in withheld)

    def label(self, column: str) -> Localized:
        """What a column holds, in words, with its name."""
        field = None if column.startswith("derived__") else self.fields.get(column)
        if field is not None:
            return composed(lambda lang: f"{field.label[lang]} [{column}]")
        if column not in self.absences:
            return same_in_both(column)
        return said("columns", "absent").fill(title=self.absences[column].title, column=column)


@once_per_object
def profile_columns(resolved: ResolvedProfile) -> ProfileColumns:
    """The columns of a profile, worked out once and kept with it."""
    barriers, kinds = [barrier.definition for barrier in resolved.barriers], resolved.kinds
    derived = {derived_column(b.id, name): one for b in barriers for name, one in b.derived_facts.items()}
    holders = {**ENTITIES, **{id: kind.cls for id, kind in kinds.items()}}
    fields = {f"{source}__{name}": field for source, cls in holders.items() for name, field in fact_fields(cls).items()}
    fields |= {name: one.field for name, one in derived.items()}
    dates = {id: [f"{id}__{name}" for name in VALIDITY] for id in kinds}
    validity = {id: tuple(name for name in names if name not in fields) for id, names in dates.items()}
    absences = {f"{id}__{ABSENT}": kind for id, kind in kinds.items() if f"{id}__{ABSENT}" not in fields}
    refs = {column_of(ref): ref for b in resolved.barriers for rule in b.rules for ref in rule.definition.facts}
    read = {name: refs[name] for name in sorted(refs) if name != AS_OF}
    procedure = fields["award__procedure"]
    compares = any(stage.moment is Moment.ADMISSION and not stage.by_level for stage in resolved.stages)
    refusal = {"award__procedure": FactRef("award", "procedure", procedure.type, procedure.label)} if compares else {}
    computable = {name: derived[name] for name in read if name in derived and one_row_suffices(derived[name])}
    known = dict.fromkeys([*fields, *absences, *(name for names in validity.values() for name in names)])
    return ProfileColumns(resolved, fields, derived, validity, absences, known, read, refusal, computable)


# Derived facts and opaque rules: which of them one row suffices for, and which columns they read ----------
#
# A row holds no second item of a kind, no list, and no registration number of the provider. Whether a function reads
# one of these is found by looking at its own code; a function that hides it (behind a helper, say) is called, comes
# upon an unknown fact, and its own value is then unknown.


def one_row_suffices(derived: Derived) -> bool:
    """Whether a derived fact can be computed from one row."""
    names, inputs = _names_in_code(derived), derived.signature.inputs
    if names is None or any(i.role is InputKind.ITEMS for i in inputs):
        return False
    lists = {name for i in inputs for name, field in i.fields.items() if field.many}
    return names.isdisjoint({*lists, "identifiers"})


def _names_in_code(derived: Derived) -> set[str] | None:
    """Every name and text in a function's own code, with that of the functions inside it; None if it has no code."""
    code = getattr(inspect.unwrap(derived.function), "__code__", None)
    codes, found = [code] if code else [], set[str]()
    for one in codes:
        found.update(one.co_names, (constant for constant in one.co_consts if isinstance(constant, str)))
        codes += [constant for constant in one.co_consts if isinstance(constant, CodeType)]
    return found if codes else None


def inputs_of(derived: Derived) -> dict[str, FactRef]:
    """The facts that a derived fact may read from a row, by column."""
    return {
        f"{i.source}__{name}": FactRef(i.source, name, field.type, field.label)
        for i in derived.signature.inputs
        for name, field in i.fields.items()
        if not field.many
    }


def named_inputs(derived: Derived) -> dict[str, FactRef]:
    """The inputs that its own code names, by column; all facts of a source if it names none of them."""
    names, refs = _names_in_code(derived) or (), inputs_of(derived)
    sources = {ref.source for ref in refs.values() if ref.name in names}
    return {column: ref for column, ref in refs.items() if ref.name in names or ref.source not in sources}


def without_identifiers(provider: Provider) -> Provider:
    """A provider as a row knows it: its registration numbers are unknown."""
    seen = attrs.evolve(cast("Any", provider))
    object.__setattr__(seen, "identifiers", UNKNOWN)
    return cast("Provider", seen)
