"""Laws about a barrier as a function: total, pure, and dependent on nothing but the dossier."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import zip_longest

import attrs
from hypothesis import strategies as st

from barriermodel import Dossier, Evidence, dump_dossier
from barriermodel.analysis.expressions import describe_error
from barriermodel.analysis.reading import read_dossier

from ..barrier_under_test import BarrierUnderTest
from ..outcomes import outcomes
from ..side_effects import CLOCK
from ..strategies import evidence
from .changes import FactChange, applied, changes, ends, read_by_derived, small, usual
from .repeating import assessed
from .unrelated_dossiers import anything, overlaid


def total(subject: BarrierUnderTest) -> None:
    """No dossier makes the barrier fail: every rule gets a status, and every explanation can be written."""

    def check(dossier: Dossier, strange: list[FactChange]) -> None:
        dossier = applied(strange, dossier)
        try:
            assessment = subject.model.assess(dossier)
            assessment.explain("nl")
            assessment.explain("en")
            assessment.to_json()
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a plugin may raise SystemExit, which no handler of Exception catches
            raise subject.broken(subject.id, f"assessing a dossier raises {describe_error(error)}", dossier) from None
        for recorded in assessment.errors:
            raise subject.broken(recorded.rule, f"its derived fact or opaque rule raises {recorded.message}", dossier)

    strange = list(changes(read_by_derived(subject.barrier), ends))
    for change in strange:
        check(subject.clear, [change])
    subject.for_all(check, st.lists(st.sampled_from(strange), max_size=2) if strange else st.just([]))


def pure(subject: BarrierUnderTest) -> None:
    """Assessing a dossier leaves it as it was, and reads no clock."""

    def check(dossier: Dossier) -> None:
        before = dump_dossier(dossier)
        assessed(subject, dossier, only=CLOCK)
        for one, other in zip_longest(before.splitlines(), dump_dossier(dossier).splitlines()):
            if one != other:
                reason = f"it changes the dossier: {_line(one)} becomes {_line(other)}"
                raise subject.broken(subject.id, reason, read_dossier(before.encode(), subject.registry))

    check(subject.clear)
    # a barrier may have changed the clear dossier while its cases were generated; these facts are new objects
    for change in changes(read_by_derived(subject.barrier), usual(subject.clear.as_of)):
        check(applied([change], subject.clear))
    kept: dict[str, tuple[str, ...]] = dict.fromkeys(subject.model.resolved.kinds, ())
    subject.for_all(lambda near, other: check(overlaid(near, other, kept)), anything(subject, unknown=False))


def _line(line: str | None) -> str:
    return "nothing" if line is None else line.strip().rstrip(",")


def order_free(subject: BarrierUnderTest) -> None:
    """The order of the evidence in a dossier changes nothing."""

    def check(drawn: Dossier, twins: bool) -> None:
        dossier = attrs.evolve(drawn, evidence=(*drawn.evidence, *_twins(drawn))) if twins else drawn
        before = outcomes(subject.model.assess(dossier))
        shuffled = list(dossier.evidence)
        random.Random(len(shuffled)).shuffle(shuffled)
        for items in (list(reversed(dossier.evidence)), shuffled):
            after = outcomes(subject.model.assess(attrs.evolve(dossier, evidence=items)))
            ids = ", ".join(item.id for item in items)
            subject.check_same(before, after, f"with the evidence in the order {ids}", dossier)

    for dossier in small(subject, 12):
        check(dossier, True)
    subject.for_all(check, st.booleans())


def _twins(dossier: Dossier) -> Iterator[Evidence]:
    """A second item with the same facts, key and date for each item, so that they are merged."""
    taken = {item.id for item in dossier.evidence}
    for item in dossier.evidence:
        id = next(id for n in range(2, len(taken) + 3) if (id := f"{item.kind.id}-{n}") not in taken)
        taken.add(id)
        yield attrs.evolve(item, id=id)


def respects_as_of(subject: BarrierUnderTest) -> None:
    """Evidence dated after a dossier's date changes nothing, nor does a later dossier that was assessed before it."""
    day = subject.clear.as_of
    later = st.sampled_from([day + timedelta(days=1), day + timedelta(days=400)])
    items = [evidence(kind.cls, issued_on=later) for kind in subject.model.resolved.kinds.values()]
    new = st.lists(st.one_of(items), max_size=2, unique_by=lambda item: item.id) if items else st.just([])

    def check(dossier: Dossier, new: list[Evidence]) -> None:
        before = outcomes(subject.model.assess(dossier))
        richer = attrs.evolve(dossier, evidence=(*dossier.evidence, *new))
        for days in (1, 400):
            subject.model.assess(attrs.evolve(richer, as_of=day + timedelta(days=days)))
        for other, why in ((dossier, "after a later dossier was assessed"), (richer, "with evidence of a later day")):
            subject.check_same(before, outcomes(subject.model.assess(other)), why, richer)

    next_day, own = day + timedelta(days=1), subject.clear.evidence
    newer = [attrs.evolve(item, id=f"{item.id}-later", issued_on=next_day) for item in own]
    check(subject.clear, [])  # a barrier that remembers a later dossier shows it only once, so begin with the clear one
    check(subject.clear, newer)
    subject.for_all(check, new)


def survives_json(subject: BarrierUnderTest) -> None:
    """A dossier that is written as JSON and read again turns out the same, and its assessment can be written."""

    def check(dossier: Dossier) -> None:
        again = read_dossier(dump_dossier(dossier).encode(), subject.registry)
        one, other = subject.model.assess(dossier), subject.model.assess(again)
        subject.check_same(outcomes(one), outcomes(other), "when the dossier was read from JSON", dossier)
        try:
            same = one.digest == other.digest
        except Exception as error:
            raise subject.broken(
                subject.id, f"its assessment cannot be written: {describe_error(error)}", dossier
            ) from None
        if not same:
            raise subject.broken(subject.id, "the digest is another when the dossier was read from JSON", dossier)

    subject.for_all(check)
