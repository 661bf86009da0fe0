"""Laws about how a barrier behaves as a function from a dossier to what is found in it."""

from __future__ import annotations

import json
import random
from datetime import timedelta
from typing import Any

import attrs
from hypothesis import strategies as st

from barriermodel import Assessment, Dossier, dump_dossier
from barriermodel.formats.dossier import read_dossier
from barriermodel.rules.derived import describe

from ..guard import called_from, watching
from ..strategies import evidence
from ..subject import Subject, changed


def total(subject: Subject) -> None:
    """No dossier makes the barrier fail: every rule gets a status, and every explanation can be written."""

    def check(dossier: Dossier) -> None:
        try:
            assessment = subject.model.assess(dossier)
            assessment.explain("nl")
            assessment.explain("en")
            assessment.to_json()
        except Exception as error:
            raise subject.broken(subject.id, f"assessing a dossier raises {describe(error)}", dossier) from None
        for recorded in assessment.errors:
            raise subject.broken(recorded.rule, f"its derived fact or opaque rule raises {recorded.message}", dossier)

    subject.for_all(check)


def deterministic(subject: Subject) -> None:
    """One dossier always turns out the same: nothing is read from clock, chance, network, files or environment."""
    functions = [derived.function for derived in subject.barrier.derived_facts.values()]
    mine = called_from({function.__module__.partition(".")[0] for function in functions})

    def check(dossier: Dossier) -> None:
        found: list[Assessment] = []
        state = random.getstate()
        try:
            for seed in (1, 2):
                random.seed(seed)
                with watching(mine) as seen:
                    found.append(subject.model.assess(dossier))
                if seen:
                    raise subject.broken(subject.id, seen[0], dossier)
        finally:
            random.setstate(state)
        difference = changed(*found)
        if difference:
            id, one, other = difference
            raise subject.broken(id, f"it is {one} at first, and {other} when it is asked again", dossier)

    subject.for_all(check)


def pure(subject: Subject) -> None:
    """Assessing a dossier leaves it as it was."""

    def check(dossier: Dossier) -> None:
        before = dump_dossier(dossier)
        subject.model.assess(dossier)
        after = dump_dossier(dossier)
        if before != after:
            lines = zip(before.splitlines(), after.splitlines(), strict=False)
            one, other = next((a.strip(), b.strip()) for a, b in lines if a != b)
            raise subject.broken(subject.id, f"it changes the dossier: {one} becomes {other}", dossier)

    subject.for_all(check)


def order_free(subject: Subject) -> None:
    """The order of the evidence in a dossier changes nothing."""

    def check(dossier: Dossier, dice: random.Random) -> None:
        items = list(dossier.evidence)
        dice.shuffle(items)
        one, other = subject.model.assess(dossier), subject.model.assess(attrs.evolve(dossier, evidence=items))
        difference = changed(one, other)
        if difference:
            id, before, after = difference
            ids = ", ".join(item.id for item in items)
            raise subject.broken(id, f"it is {before}, but {after} with the evidence in the order {ids}", dossier)

    subject.for_all(check, st.randoms(use_true_random=False))


def respects_as_of(subject: Subject) -> None:
    """What is dated after a dossier's date changes nothing in it, nor does a later dossier that was seen before."""
    kinds = list(subject.model.plan.kinds.values())
    later = subject.clear.as_of + timedelta(days=1)
    items: Any = st.one_of([evidence(kind.cls, issued_on=later) for kind in kinds]) if kinds else st.nothing()

    def check(dossier: Dossier, new: list[Any]) -> None:
        before = subject.model.assess(dossier)
        richer = attrs.evolve(dossier, evidence=(*dossier.evidence, *new))
        subject.model.assess(attrs.evolve(richer, as_of=later))
        for other, why in ((dossier, "after a later dossier was assessed"), (richer, "with evidence of a later day")):
            difference = changed(before, subject.model.assess(other))
            if difference:
                id, one, two = difference
                raise subject.broken(id, f"it is {one}, but {two} {why}", richer)

    subject.for_all(check, st.lists(items, max_size=2, unique_by=lambda item: item.id))


def survives_json(subject: Subject) -> None:
    """A dossier that is written as JSON and read again turns out the same, and its assessment can be written."""

    def check(dossier: Dossier) -> None:
        again = read_dossier(dump_dossier(dossier).encode(), subject.registry)
        one, other = subject.model.assess(dossier), subject.model.assess(again)
        difference = changed(one, other)
        if difference:
            id, before, after = difference
            raise subject.broken(id, f"it is {before}, but {after} when the dossier was read from JSON", dossier)
        if json.loads(one.to_json())["digest"] != other.digest:
            raise subject.broken(subject.id, "the digest is another when the dossier was read from JSON", dossier)

    subject.for_all(check)
