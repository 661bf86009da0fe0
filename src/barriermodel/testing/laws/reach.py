"""The law that every rule can have every status."""

from __future__ import annotations

from itertools import combinations, islice

from barriermodel import Dossier, Provider

from ..barrier_under_test import BarrierUnderTest
from ..source_inspection import function_sources
from .changes import applied, changes, small, usual
from .unrelated_dossiers import anything, overlaid

WANTED = ("hit", "clear", "open")
PAIRS = 5000
"""The number of pairs of changes to try, if the cases do not reach a status."""


def every_status_reachable(subject: BarrierUnderTest) -> None:
    """Every rule can hit, be clear and be open."""
    seen: dict[str, set[str]] = {rule.id: set() for rule in subject.barrier.rules.values()}

    def look(dossier: Dossier) -> None:
        for rule in subject.model.assess(dossier).rules:
            seen[rule.id].add(rule.status.key)

    def reached() -> bool:
        return all(found.issuperset(WANTED) for found in seen.values())

    look(Dossier(as_of=subject.clear.as_of, provider=Provider()))
    for dossier in small(subject, len(subject.cases.scenarios) or 1):
        look(dossier)
    if not reached():
        known = changes(subject.holders, usual(subject.clear.as_of, _words(subject)))
        for pair in islice(combinations(known, 2), PAIRS):
            look(applied(pair, subject.clear))
            if reached():
                return
        # generated cases and pairs miss conditions on many facts at once, which random dossiers may meet
        subject.for_all(lambda near, other: look(overlaid(near, other, {})), anything(subject))
    for id, found in seen.items():
        never = [status for status in WANTED if status not in found]
        if never:
            raise subject.broken(id, f"no dossier was found in which it is {' or '.join(never)}")


def _words(subject: BarrierUnderTest) -> dict[str, None]:
    """The texts in the source of derived facts, each once: a random text would never be one of them."""
    functions = [derived.function for derived in subject.barrier.derived_facts.values()]
    return dict.fromkeys(word for function in functions for one in function_sources(function) for word in one.texts())
