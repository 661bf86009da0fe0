"""What a rule of an assessment looked at: each fact with its value, where it came from, or why it is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from ..domain.evidence import Evidence
from ..domain.unknown import UNKNOWN, Reason
from ..rules.derived import Derived
from ..rules.expression import FactRef, Operation, Parameter
from ..rules.interpreter import Valued, valued
from ..rules.signature import Role
from .plan import PlannedRule
from .run import Run
from .selection import Why, why_unknown


@attrs.define(kw_only=True, eq=False)
class FactValue:
    """A fact that a rule looked at.

    Args:
        evidence: the items it came from; none for a fact of provider, award or dossier.
        why: why it is unknown; None where it is known.
        inputs: what a derived fact was derived from.
        confidential: its value is masked unless asked for.

    """

    ref: FactRef
    value: Any
    evidence: tuple[Evidence, ...]
    why: Why | None
    inputs: tuple[str, ...] = ()
    confidential: bool = False


def derived_by_id(run: Run, id: str) -> Derived:
    """A derived fact of the plan."""
    barrier, _, name = id.rpartition(".")
    return next(b.barrier.derived_facts[name] for b in run.plan.barriers if b.barrier.id == barrier)


def value_of(run: Run, node: FactRef | Parameter) -> Any:
    """The value of a fact or parameter in a run."""
    if isinstance(node, Parameter):
        return run.parameters[node.barrier, node.name]
    if node.source == "derived":
        outcome = run.outcomes.get(node.name)  # none where its stage was not examined
        return outcome.value if outcome else UNKNOWN
    if node.source == "dossier":
        return run.dossier.as_of
    holders: dict[str, Any] = {"provider": run.dossier.provider, "award": run.dossier.award}
    holder = holders.get(node.source) or run.selection[node.source].facts
    return getattr(holder, node.name)


def values_in(run: Run, rule: PlannedRule) -> tuple[Valued, Valued | None]:
    """A rule's expression with every node's value, and that of ``applies``."""
    applies = rule.rule.applies

    def lookup(node: FactRef | Parameter) -> Any:
        return value_of(run, node)

    return valued(rule.rule.expression, lookup), valued(applies.expression, lookup) if applies else None


def fact_value(run: Run, ref: FactRef) -> FactValue:
    """A fact with where it came from."""
    value = value_of(run, ref)
    hidden = ref.id in run.plan.confidential
    if ref.source == "derived":
        return _derived_value(run, ref, value, hidden)
    if ref.source not in run.selection:
        why = Why(reason=Reason.NOT_STATED) if value is UNKNOWN else None
        return FactValue(ref=ref, value=value, evidence=(), why=why)
    selected = run.selection[ref.source]
    if value is UNKNOWN:
        why = why_unknown(run.dossier, selected, ref.name)
        return FactValue(ref=ref, value=value, evidence=why.evidence, why=why, confidential=hidden)
    return FactValue(ref=ref, value=value, evidence=selected.cited, why=None, confidential=hidden)


def _derived_value(run: Run, ref: FactRef, value: Any, hidden: bool) -> FactValue:
    derived = derived_by_id(run, ref.name)
    outcome = run.outcomes.get(ref.name)
    if outcome is None:  # its stage was not examined
        return FactValue(ref=ref, value=UNKNOWN, evidence=(), why=None, confidential=hidden)
    used = {id for k in derived.signature.kinds for item in run.selection[k.id].items for id in item.ids}
    evidence = tuple(e for e in run.dossier.evidence if e.id in used)
    why: Why | None = None
    if value is UNKNOWN:
        lacking = list(lacking_kinds(run, derived))
        if outcome.error:
            why = Why(reason=Reason.ERROR, evidence=evidence)
        elif lacking:
            why = why_unknown(run.dossier, run.selection[lacking[0]])
        else:
            why = Why(reason=Reason.NOT_STATED, evidence=evidence)
    inputs = outcome.touched or tuple(i.kind.id if i.kind else i.role.value for i in derived.signature.inputs)
    return FactValue(ref=ref, value=value, evidence=evidence, why=why, inputs=inputs, confidential=hidden)


def lacking_kinds(run: Run, derived: Derived) -> Iterator[str]:
    """The kinds of which a derived fact had no usable item."""
    for i in derived.signature.inputs:
        if i.kind is None:
            continue
        selected = run.selection[i.kind.id]
        if not (selected.usable if i.role is Role.EVIDENCE else selected.items):
            yield i.kind.id


def open_facts(tree: Valued) -> Iterator[FactRef]:
    """The unknown facts on which an unknown expression still depends; none for what has no value."""
    if tree.value is not UNKNOWN:
        return
    if isinstance(tree.node, FactRef):
        yield tree.node
    for child in tree.children:
        yield from open_facts(child)


def undefined(tree: Valued) -> Iterator[Valued]:
    """The nodes that have no value although all they are made of is known: division by zero, overflow."""
    if tree.value is UNKNOWN and tree.children and all(child.value is not UNKNOWN for child in tree.children):
        if isinstance(tree.node, Operation):
            yield tree
        return
    for child in tree.children:
        yield from undefined(child)


def depends_on(run: Run, rule: PlannedRule) -> tuple[FactRef, ...]:
    """The unknown facts on which an open rule still depends."""
    expression, applies = values_in(run, rule)
    trees = [expression, *([applies] if applies else [])]
    return tuple(dict.fromkeys(ref for tree in trees for ref in open_facts(tree)))
