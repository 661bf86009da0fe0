"""Provenance: where each fact that a rule looked at came from, or why it is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from ..domain.evidence import Evidence
from ..domain.facts import fact_fields
from ..domain.unknown import UNKNOWN, UnknownReason
from ..objects import plain_text, represent
from ..profiles.resolved import ResolvedRule, years_of
from ..rules.derived import Derived, DerivedResult
from ..rules.ends import unless_doubted
from ..rules.expression import FactRef, Operation, Parameter, split_fact_id, split_rule_id
from ..rules.interpreter import EvaluatedNode, Lookup, evaluate_nodes
from ..rules.signature import InputKind
from .evaluate import Evaluation
from .unknown_facts import MissingYear, UnknownFact, why_not_stated, why_unknown, why_unknown_in


@attrs.define(kw_only=True, unsafe_hash=True)  # not frozen, which is slower to make; nothing changes one
class FactValue:
    """A fact that a rule looked at.

    Args:
        evidence: the items it came from; none for a fact of provider, award or dossier.
        why: why it is unknown; None if it is known.
        inputs: what a derived fact was derived from.
        confidential: its value is masked unless asked for.

    """

    ref: FactRef
    value: Any
    evidence: tuple[Evidence, ...]
    why: UnknownFact | None
    inputs: tuple[str, ...] = ()
    confidential: bool = False

    @property
    def name(self) -> str:
        """The id of the fact."""
        return self.ref.id

    @property
    def unknown(self) -> UnknownReason | None:
        """Why it is unknown; None if it is known."""
        return self.why.reason if self.why and self.value is UNKNOWN else None

    def __repr__(self) -> str:
        return represent(self, self.ref.id, "confidential" if self.confidential else plain_text(self.value))


def value_of(evaluation: Evaluation, node: FactRef | Parameter) -> Any:
    """The value of a fact or parameter in an evaluation."""
    if isinstance(node, Parameter):
        return evaluation.parameters[node.barrier, node.name]
    if node.source == "derived":
        outcome = evaluation.outcomes.get(node.name)  # None if its stage was not examined
        return outcome.value if outcome else UNKNOWN
    if node.source == "dossier":
        return evaluation.dossier.as_of
    dossier = evaluation.dossier
    holders: dict[str, Any] = {"provider": dossier.provider_as_read, "award": dossier.award_as_read}
    return getattr(holders.get(node.source) or evaluation.selection[node.source].facts, node.name)


def lookup_in(evaluation: Evaluation) -> Lookup:
    """Gives the value of each fact and parameter to the interpreter, and which bounds say nothing."""

    def lookup(node: FactRef | Parameter) -> Any:
        value = value_of(evaluation, node)
        return unless_doubted(node, value, evaluation.bounds_hold) if isinstance(node, FactRef) else value

    return lookup


def values_in(evaluation: Evaluation, rule: ResolvedRule) -> tuple[EvaluatedNode, EvaluatedNode | None]:
    """A rule's expression with every node's value, and that of ``applies``."""
    lookup = lookup_in(evaluation)
    expression, *applies = [evaluate_nodes(node, lookup) for node in rule.definition.nodes]
    return expression, applies[0] if applies else None


def fact_value(evaluation: Evaluation, ref: FactRef) -> FactValue:
    """A fact with where it came from."""
    value = value_of(evaluation, ref)
    hidden = ref.id in evaluation.resolved.confidential
    if ref.source == "derived":
        return _derived_value(evaluation, ref, value, hidden)
    if ref.source not in evaluation.selection:
        why = _why_unknown_entity(evaluation, ref.source, ref.name) if value is UNKNOWN else None
        return FactValue(ref=ref, value=value, evidence=(), why=why)
    selected = evaluation.selection[ref.source]
    if value is UNKNOWN:
        why = why_unknown(evaluation.dossier, selected, ref.name)
        return FactValue(ref=ref, value=value, evidence=why.evidence, why=why, confidential=hidden)
    return FactValue(ref=ref, value=value, evidence=selected.cited, why=None, confidential=hidden)


def _derived_value(evaluation: Evaluation, ref: FactRef, value: Any, hidden: bool) -> FactValue:
    derived = evaluation.resolved.derived(ref.name)
    outcome = evaluation.outcomes.get(ref.name)
    if outcome is None:  # its stage was not examined
        return FactValue(ref=ref, value=UNKNOWN, evidence=(), why=None, confidential=hidden)
    used = set(_ids_read(evaluation, derived, outcome))
    evidence = tuple(e for e in evaluation.dossier.evidence if e.id in used)
    why: UnknownFact | None = None
    if value is UNKNOWN:
        lacking = list(kinds_without_evidence(evaluation, derived))
        if outcome.error:
            why = UnknownFact(reason=UnknownReason.ERROR, evidence=evidence)
        elif lacking:
            why = why_unknown(evaluation.dossier, evaluation.selection[lacking[0]])
        else:
            why = _why_unknown_read(evaluation, derived, outcome.unknown_reads, evidence)
    if evaluation.row and ref.name in evaluation.row.given:  # the row has its value, and not what it was derived from
        return FactValue(ref=ref, value=value, evidence=(), why=why, confidential=hidden)
    inputs = outcome.unknown_reads or tuple(i.source for i in derived.signature.inputs)
    return FactValue(ref=ref, value=value, evidence=evidence, why=why, inputs=inputs, confidential=hidden)


def _ids_read(evaluation: Evaluation, derived: Derived, outcome: DerivedResult) -> Iterator[str]:
    """The ids of the items that a derived fact read; of all that it was given, if it read none of them."""
    for i in derived.signature.inputs:
        if i.kind is None:
            continue
        selected = evaluation.selection[i.kind.id]
        if i.role is InputKind.ITEMS:
            given = [id for item in selected.items for id in item.ids]
            yield from (id for id in given if id in outcome.evidence_read or not outcome.evidence_read)
        elif selected.usable and (i.kind.id in outcome.evidence_read or not outcome.evidence_read):
            yield from (item.id for item in selected.cited)


def _missing_year(evaluation: Evaluation, derived: Derived) -> MissingYear | None:
    """The table of a derived fact that has no value for the year of its evidence."""
    barrier, _ = split_rule_id(derived.id)
    for spec in derived.signature.parameters.values():
        if spec.limit.yearly_from is None:
            continue
        years = years_of(
            evaluation.parameters[barrier, spec.limit.yearly_from], evaluation.parameters[barrier, spec.name]
        )
        for kind in derived.signature.kinds:
            year = getattr(evaluation.selection[kind.id].facts, kind.one_per) if kind.one_per else UNKNOWN
            if type(year) is int and year not in years and not kind.confidential:
                key = fact_fields(kind.cls)[str(kind.one_per)].label
                return MissingYear(table=spec.field.label, years=years, key=key, year=year)
    return None


def _why_unknown_entity(evaluation: Evaluation, source: str, name: str) -> UnknownFact:
    """Why a fact of the provider or the award is unknown."""
    return why_unknown_in([getattr(evaluation.dossier, source)], evaluation.dossier.as_of, name)


def _why_unknown_read(
    evaluation: Evaluation, derived: Derived, unknown_reads: Iterable[str], evidence: tuple[Evidence, ...]
) -> UnknownFact:
    """Why the facts that a derived fact read are unknown: an impossible date before anything else."""
    for source, name in map(split_fact_id, unknown_reads):
        in_evidence = source in evaluation.selection
        why = (
            why_not_stated(evaluation.dossier, evidence, name)
            if in_evidence
            else _why_unknown_entity(evaluation, source, name)
        )
        if why.reason is UnknownReason.IMPLAUSIBLE:
            return why
    missing_year = _missing_year(evaluation, derived)
    return UnknownFact(reason=UnknownReason.NOT_STATED, missing_year=missing_year, evidence=evidence)


def kinds_without_evidence(evaluation: Evaluation, derived: Derived) -> Iterator[str]:
    """The kinds for which a derived fact had no usable item."""
    for i in derived.signature.inputs:
        if i.kind is None:
            continue
        selected = evaluation.selection[i.kind.id]
        if not (selected.usable if i.role is InputKind.EVIDENCE else selected.items):
            yield i.kind.id


def unknown_facts(tree: EvaluatedNode) -> Iterator[FactRef]:
    """The unknown facts on which an unknown expression still depends; none for a division by zero."""
    if tree.value is not UNKNOWN:
        return
    if isinstance(tree.node, FactRef):
        yield tree.node
    for child in tree.children:
        yield from unknown_facts(child)


def undefined_operations(tree: EvaluatedNode) -> Iterator[EvaluatedNode]:
    """The nodes without a value although all their operands are known: division by zero, overflow."""
    if tree.value is UNKNOWN and tree.children and all(child.value is not UNKNOWN for child in tree.children):
        if isinstance(tree.node, Operation):
            yield tree
        return
    for child in tree.children:
        yield from undefined_operations(child)


def blocking_facts(evaluation: Evaluation, rule: ResolvedRule) -> tuple[FactRef, ...]:
    """The unknown facts on which an open rule still depends."""
    expression, applies = values_in(evaluation, rule)
    trees = [expression, *([applies] if applies else [])]
    return tuple(dict.fromkeys(ref for tree in trees for ref in unknown_facts(tree)))
