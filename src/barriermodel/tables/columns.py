"""How facts and results are called in a table: names without points, which some engines read as a path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..domain.facts import FactField, fact_fields
from ..domain.kinds import EvidenceKind
from ..profiles.resolved import ResolvedProfile
from ..rules.expression import FactRef
from ..rules.signature import ENTITIES
from ..text import Localized, same_in_both

DATES = ("issued_on", "valid_until")
"""Columns of a kind beside its facts: they tell whether the evidence counts."""
ABSENT = "absent"
"""Column of a kind that tells why its facts are unknown: true where it is known that there is no such evidence."""
AS_OF = "as_of"
CONSTANTS, ASSUMED = "map__constants", "map__assumed"
"""Columns that name facts of a row that no table gave: that a map states for all rows, and that are assumed."""
OWN = "barriermodel__"
"""Columns that are only there while a table is assessed begin so."""


def flat(id: str) -> str:
    """An id without points: ``nl.kvk.active`` as ``nl_kvk_active``."""
    return id.replace(".", "_")


def column_of(ref: FactRef) -> str:
    """The column of a fact: ``kvk_extract__registered_on``, ``derived__nl_conduct__staff_without_vog``."""
    return AS_OF if ref.source == "dossier" else column_of_id(ref.id)


def column_of_id(id: str) -> str:
    """The same of a fact's id: ``kvk_extract.registered_on``, ``derived.nl.conduct.staff_without_vog``."""
    source, _, name = id.partition(".")
    if source != "derived":
        return f"{source}__{name}"
    barrier, _, name = name.rpartition(".")
    return f"derived__{flat(barrier)}__{name}"


def no_value(column: str, field: FactField) -> str:
    """What is told of a row that holds something else than a value of the fact."""
    what = "no value of this fact" if field.days is None else "a date that cannot be right"
    return f"{column} holds {what}: it is taken as unknown"


def facts_read(plan: ResolvedProfile) -> dict[str, FactRef]:
    """The facts that the rules of a plan look at, by column, sorted."""
    refs = {column_of(ref): ref for stage in plan.stages for rule in stage.rules for ref in rule.definition.facts}
    return {name: refs[name] for name in sorted(refs) if name != AS_OF}


def confidential_among(names: Iterable[str], plan: ResolvedProfile) -> frozenset[str]:
    """The columns that may hold what confidential evidence says, of whatever kind that is installed.

    All that begins with the name of a kind is one, its dates too, also as a dossier writes it (``gva.number``). Small
    letters and capitals are the same, and spaces around a name make no difference.
    """
    derived = {column_of_id(id).lower() for id in plan.withheld if id.startswith("derived.")}

    def hidden(name: str) -> bool:
        plain = name.strip().lower()
        return plain in derived or re.split(r"__|\.", plain)[0] in plan.withheld

    return frozenset(filter(hidden, names))


def field_of(ref: FactRef, plan: ResolvedProfile) -> FactField:
    """The declaration of a fact."""
    if ref.source == "derived":
        barrier, _, name = ref.name.rpartition(".")
        return next(b.definition.derived_facts[name].field for b in plan.barriers if b.id == barrier)
    holder = ENTITIES.get(ref.source) or plan.kinds[ref.source].cls
    return fact_fields(holder)[ref.name]


def called(plan: ResolvedProfile, column: str) -> Localized:
    """What a fact of provider, award or evidence is called, with its column."""
    source, _, name = column.partition("__")
    holder = ENTITIES.get(source) or (plan.kinds[source].cls if source in plan.kinds else None)
    field = fact_fields(holder).get(name) if holder is not None else None
    if field is None and column in absences(plan):
        title = plan.kinds[source].title
        return Localized(f"dat dit er niet is: {title.nl} [{column}]", f"that there is none: {title.en} [{column}]")
    if field is None:
        return same_in_both(column)
    return Localized(f"{field.label.nl} [{column}]", f"{field.label.en} [{column}]")


def dates_of(kind: EvidenceKind) -> list[str]:
    """The columns that tell whether evidence of a kind counts; a fact of that name comes before them."""
    return [f"{kind.id}__{name}" for name in DATES if name not in fact_fields(kind.cls)]


def absences(plan: ResolvedProfile) -> dict[str, EvidenceKind]:
    """The column of each kind that says that there is no evidence of it; a fact of that name comes before it."""
    kinds = (kind for kind in plan.kinds.values() if ABSENT not in fact_fields(kind.cls))
    return {f"{kind.id}__{ABSENT}": kind for kind in kinds}


def is_fact(column: str, plan: ResolvedProfile) -> bool:
    """Whether a column has the prefix of a fact, or of the date of evidence."""
    source, joint, rest = column.partition("__")
    if source == "derived":  # of a barrier that the profile leaves out, as a column of a kind that it does not read
        return any(rest.startswith(f"{flat(barrier.id)}__") for barrier in plan.barriers)
    return bool(joint) and (source in ENTITIES or source in plan.kinds)


def known_columns(plan: ResolvedProfile) -> Iterator[str]:
    """Every column under a prefix of the plan: of its kinds, of provider and award, and of its derived facts."""
    for source, holder in ENTITIES.items():
        yield from (f"{source}__{name}" for name in fact_fields(holder))
    for kind in plan.kinds.values():
        yield from (f"{kind.id}__{name}" for name in fact_fields(kind.cls))
        yield from dates_of(kind)
    yield from absences(plan)
    for barrier in plan.barriers:
        for derived in barrier.definition.derived_facts.values():
            yield f"derived__{flat(barrier.id)}__{derived.name}"
