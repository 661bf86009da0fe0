"""The law that a dossier gets the same advice whenever and wherever it is assessed."""

from __future__ import annotations

import json
import random

from barriermodel import Assessment, Dossier, dump_dossier
from barriermodel.analysis.reading import read_dossier
from barriermodel.analysis.source_code import python_function

from ..barrier_under_test import BarrierUnderTest
from ..call_guard import forbid_side_effects
from ..isolated_process import ProcessFailed, run_isolated
from ..outcomes import Outcomes, first_difference, outcomes
from ..side_effects import named_side_effect
from ..source_inspection import function_sources
from .changes import small


def deterministic(subject: BarrierUnderTest) -> None:
    """One dossier always turns out the same: nothing is read from clock, chance, network, files or environment."""
    _looks_safe(subject)

    def check(dossier: Dossier) -> None:
        found: list[Outcomes] = []
        state = random.getstate()
        try:
            for seed in (1, 2):
                random.seed(seed)
                found.append(outcomes(assessed(subject, dossier)))
        finally:
            random.setstate(state)
        difference = first_difference(*found)
        if difference:
            id, one, other = difference
            raise subject.broken(id, f"it is {one} at first, and {other} when it is asked again", dossier)

    subject.for_all(check)
    _same_elsewhere(subject)


def assessed(subject: BarrierUnderTest, dossier: Dossier, only: str = "") -> Assessment:
    """Assess a dossier while derived facts may not have side effects.

    Args:
        only: the one side effect that is forbidden, such as the clock; by default all of them.

    Raises:
        LawBroken: a derived fact has one.

    """
    functions = [
        found for d in subject.barrier.derived_facts.values() if (found := python_function(d.function)) is not None
    ]
    packages = {function.__module__.partition(".")[0] for function in functions}
    with forbid_side_effects(packages, {function.__code__ for function in functions}, only) as seen:
        assessment = subject.model.assess(dossier)
    if seen:
        raise subject.broken(subject.id, seen[0], dossier)
    return assessment


def _looks_safe(subject: BarrierUnderTest) -> None:
    """Check the source of derived facts, which also finds side effects on paths that are seldom taken."""
    for derived in subject.barrier.derived_facts.values():
        for function in function_sources(derived.function):
            for line, value in function.mentions():
                what = named_side_effect(value)
                if what:
                    raise subject.broken(derived.id, f"{function.where(line)} reads {what}")


def _same_elsewhere(subject: BarrierUnderTest) -> None:
    """Compare with a new process, which assesses the dossiers in another order."""
    module = subject.module
    if module is None or module.__spec__ is None or not subject.barrier.derived_facts:
        return  # an object with hooks cannot be imported, and expressions remember nothing
    dossiers = small(subject, 24)
    texts = [dump_dossier(dossier) for dossier in dossiers]
    here = [outcomes(subject.model.assess(read_dossier(text.encode(), subject.registry))) for text in texts]
    try:
        there = run_isolated("assessing", module, barrier=subject.id, dossiers=texts[::-1])[::-1]
    except (ProcessFailed, json.JSONDecodeError):
        return  # another law reports that it cannot be imported
    for dossier, one, other in zip(dossiers, here, there, strict=True):
        subject.check_same(one, other, "in a new process that assesses the same dossiers in another order", dossier)
