"""Dossiers near the limits of a profile's rules.

The strategy knows where the limits are. The cases that are generated from the rules (:mod:`.cases`) stand on them and
just beside them; here each case is reduced to the facts in which it differs from the clear dossier, a *move*. A dossier
is the clear one with up to three moves, so limits of different rules are met together, which no single case does.
Hypothesis shrinks towards fewer moves, so a failing dossier differs from the clear one in as little as possible.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from barriermodel import UNKNOWN, BarrierModel, Dossier, Evidence, Registry
from barriermodel.analysis.expressions import ENTITIES
from barriermodel.analysis.facts import add_months_to, fact_fields
from barriermodel.plugin import EvidenceKind

from .cases import Cases, make_cases
from .dossier_draft import Draft, field_of, month_before
from .models import model_of
from .strategies import NO_DAYS, stating, values_of


def dossiers(
    profile: str | BarrierModel,
    *,
    as_of: date | None = None,
    max_changes: int = 3,
    registry: Registry | None = None,
) -> st.SearchStrategy[Dossier]:
    """Dossiers near the limits of a profile's rules: the clear dossier with a few facts changed.

    Facts are set to values on a limit, just under and just over it, or become unknown; evidence gets older. Cases are
    generated when the strategy is first drawn from, and not before.

    Args:
        profile: its id or path, the id of one barrier, or a model.
        as_of: the date of all dossiers; by default a 1 June on which all dated limits hold.
        max_changes: the number of facts that are changed together, at most.
        registry: the plugins that it may use; by default those that are installed.

    Raises:
        InvalidArgument: ``max_changes`` is negative.

    >>> dossiers("twente-2019", max_changes=-1)
    Traceback (most recent call last):
    ...
    hypothesis.errors.InvalidArgument: max_changes is 0 or more; got -1

    """
    if max_changes < 0:
        raise InvalidArgument(f"max_changes is 0 or more; got {max_changes}")
    return st.deferred(lambda: near_limits(make_cases(model_of(profile, registry), as_of), max_changes))


@attrs.frozen
class Move:
    """A change of a draft: facts that become known or unknown, dates of evidence, and further items."""

    values: Mapping[str, Any] = attrs.field(factory=dict)
    issued_on: Mapping[str, date] = attrs.field(factory=dict)
    extra: tuple[Evidence, ...] = ()

    def applied_to(self, draft: Draft) -> Draft:
        """The draft with the change."""
        moved = attrs.evolve(draft, issued_on={**draft.issued_on, **self.issued_on})
        return moved.with_facts(self.values).with_extra(self.extra)


def near_limits(cases: Cases, most: int) -> st.SearchStrategy[Dossier]:
    """Dossiers that differ from the clear one by at most this many moves."""
    kinds = tuple(cases.model.resolved.kinds.values())
    at_limits, anything = [Move(), *moves(cases)], _anywhere(cases)
    # lists of unique moves spread over all limits; the empty move comes first, so that they shrink to no change
    some = st.lists(st.sampled_from(at_limits), min_size=min(most, 1), max_size=most, unique_by=id)
    # one in five dossiers has a fact with any value at all: limits are not the only place where mistakes are
    strange = st.one_of(*[st.just([])] * 4, anything.map(lambda move: [move]))

    def made(drawn: tuple[Sequence[Move], Sequence[Move]]) -> Dossier:
        draft = cases.clear
        for move in [*drawn[1], *drawn[0]][:most]:
            draft = move.applied_to(draft)
        return draft.dossier(kinds)

    return st.tuples(some, strange).map(made)


def moves(cases: Cases) -> Iterator[Move]:
    """The moves from the clear dossier to each case, and to evidence of each age; each move once."""
    found: dict[Any, Move] = {}
    for case in cases.of_rules:
        move = _between(cases.clear, case.draft)
        found.setdefault((frozenset(move.values.items()), move.extra), move)
    for kind in cases.model.resolved.kinds.values():
        for day in _ages(kind, cases.clear.as_of):
            found.setdefault(f"{kind.id} {day}", Move(issued_on={kind.id: day}))
    yield from (move for move in found.values() if move != Move())


def _between(clear: Draft, draft: Draft) -> Move:
    changed = {id: value for id, value in draft.values.items() if clear.values.get(id, UNKNOWN) != value}
    gone = {id: UNKNOWN for id in clear.values if id not in draft.values}
    return Move({**changed, **gone}, {}, tuple(item for item in draft.extra if item not in clear.extra))


def _ages(kind: EvidenceKind, as_of: date) -> Iterator[date]:
    """Today, tomorrow, the earliest date with which evidence still counts, and the day before that."""
    yield from (as_of, as_of + timedelta(days=1))
    if kind.valid_for is not None:
        oldest = add_months_to(as_of, -kind.valid_for.count)
        if oldest is not UNKNOWN:
            yield from (oldest, oldest - timedelta(days=1))


def _anywhere(cases: Cases) -> st.SearchStrategy[Move]:
    """Any value for one fact, including lists that only derived facts read; or a second item of a kind."""
    known, as_of = cases.model.resolved.kinds, cases.clear.as_of
    holders = {**ENTITIES, **{kind.id: kind.cls for kind in known.values()}}
    ids = [f"{source}.{name}" for source, holder in holders.items() for name in fact_fields(holder)]
    own = month_before(as_of)

    def change(id: str) -> st.SearchStrategy[Move]:
        field = field_of(id, known)
        assert field is not None  # the ids are those of facts
        some = st.one_of(values_of(field), NO_DAYS) if field.type is date and not field.many else values_of(field)
        return st.one_of(some, st.just(UNKNOWN)).map(lambda value: Move({id: value}))

    def second(kind: EvidenceKind) -> st.SearchStrategy[Move]:
        items = st.builds(
            Evidence, id=st.just(f"{kind.id}-2"), facts=stating(kind.cls, True, {}),
            issued_on=st.sampled_from([own, own, own - timedelta(days=30), as_of]),
        )  # fmt: skip
        return items.map(lambda item: Move(extra=(item,)))

    one = st.sampled_from(ids).flatmap(change)
    kinds = list(known.values())
    return st.one_of(one, one, st.sampled_from(kinds).flatmap(second)) if kinds else one
