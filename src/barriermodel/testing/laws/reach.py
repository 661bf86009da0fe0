"""A law about rules that can never say something."""

from __future__ import annotations

from barriermodel import Dossier

from ..subject import Subject, statuses

WANTED = ("hit", "clear", "open")


def every_status_reachable(subject: Subject) -> None:
    """Every rule can hit, be clear and be open."""
    seen: dict[str, set[str]] = {rule.id: set() for rule in subject.barrier.rules.values()}

    def look(dossier: Dossier) -> None:
        for id, status in statuses(subject.model.assess(dossier)).items():
            seen[id].add(status)

    kinds = subject.model.plan.kinds.values()
    for case in subject.cases.scenarios:
        look(case.draft.dossier(kinds))
    if any(not found.issuperset(WANTED) for found in seen.values()):
        subject.for_all(look)  # the cases are aimed; where they miss, chance may not
    for id, found in seen.items():
        never = [status for status in WANTED if status not in found]
        if never:
            raise subject.broken(id, f"no dossier was found in which it is {' or '.join(never)}")
