"""Why rules are open, grouped by the evidence that is wanted and why it does not help."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from ..domain.evidence import Evidence
from ..domain.kinds import EvidenceKind
from ..domain.unknown import UnknownReason
from ..engine.provenance import blocking_facts, fact_value, undefined_operations, values_in
from ..engine.requests import evidence_facts_of, open_rules_that_matter
from ..engine.results import RuleResult
from ..engine.unknown_facts import UnknownFact, why_unknown
from ..findings import Findings
from ..rules.expression import FactRef
from ..rules.levels import Status
from ..text import Language
from ..words.lexicon import WordRef
from .explanation_parts import Cause, EvidenceView, RuleRef
from .unknown_facts import fact_label, unknown_text

DOSSIER = WordRef("barriermodel", ("report", "dossier"))


@attrs.define(eq=False)
class _Group:
    kind: EvidenceKind | None
    why: UnknownFact
    missing: dict[str, None] = attrs.field(factory=dict)
    rules: dict[str, RuleResult] = attrs.field(factory=dict)


@attrs.define(eq=False)
class Causes:
    """Finds why the rules of an assessment are open.

    Args:
        view: describes an item of evidence.

    """

    findings: Findings
    lang: Language
    confidential: bool
    view: Callable[[Evidence], EvidenceView]
    _groups: dict[tuple[str, UnknownReason], _Group] = attrs.field(factory=dict, init=False)

    def found(self) -> tuple[Cause, ...]:
        """Return the causes: first those that can still change the advice, then by how heavy the rules are."""
        for rule in self.findings.rules:
            if rule.status is Status.OPEN:
                self._add_rule(rule)
        evaluation = self.findings.evaluation
        matter = {rule.id for _, rule in open_rules_that_matter(evaluation, self.findings.advice.at_least)}
        asked = {ask.kind.id for ask in self.findings.asks}
        causes = [self._cause(group, matter, asked) for group in self._groups.values()]
        return tuple(sorted(causes, key=lambda c: (not c.matters, -c.can_become, -len(c.rules), c.title)))

    def _add_rule(self, rule: RuleResult) -> None:
        evaluation, before = self.findings.evaluation, len(self._groups)
        known = sum(len(group.rules) for group in self._groups.values())
        for ref in blocking_facts(evaluation, rule.resolved):
            self._add_fact(rule, ref)
        trees = [tree for tree in values_in(evaluation, rule.resolved) if tree]
        nothing = before == len(self._groups) and known == sum(len(group.rules) for group in self._groups.values())
        if nothing or any(list(undefined_operations(tree)) for tree in trees):
            self._add(rule, None, UnknownFact(reason=UnknownReason.UNDEFINED), "")

    def _add_fact(self, rule: RuleResult, ref: FactRef) -> None:
        evaluation = self.findings.evaluation
        wanted = list(evidence_facts_of(evaluation, ref))
        if not wanted:
            why = fact_value(evaluation, ref).why or UnknownFact(reason=UnknownReason.NOT_STATED)
            self._add(rule, None, why, ref.label[self.lang])
        for id, name in wanted:
            selected = evaluation.selection[id]
            why = why_unknown(evaluation.dossier, selected, name or None)
            label = fact_label(selected.kind, name)[self.lang] if name else ""
            self._add(rule, selected.kind, why, label)

    def _add(self, rule: RuleResult, kind: EvidenceKind | None, why: UnknownFact, missing: str) -> None:
        group = self._groups.setdefault((kind.id if kind else "", why.reason), _Group(kind, why))
        group.rules[rule.id] = rule
        if missing and why.reason in (UnknownReason.NOT_STATED, UnknownReason.CONTESTED, UnknownReason.IMPLAUSIBLE):
            group.missing[missing] = None

    def _cause(self, group: _Group, matter: set[str], asked: set[str]) -> Cause:
        kind, why = group.kind, group.why
        items = [item for item in why.evidence if kind and item.kind.id == kind.id]
        rules = tuple(RuleRef(rule.id, self._topic(rule)) for rule in group.rules.values())
        text = unknown_text(why, self.findings.evaluation.row, confidential=self.confidential)[self.lang]
        matters = kind.id in asked if kind else any(rule in matter for rule in group.rules)
        return Cause(
            kind=kind.id if kind else None, title=(kind.title if kind else DOSSIER)[self.lang],
            inline=(kind.words / "inline" if kind else DOSSIER)[self.lang],
            evidence=self.view(items[0]) if items else None, why=why.reason, why_text=text,
            missing=tuple(group.missing), rules=rules, can_become=max(rule.level for rule in group.rules.values()),
            matters=matters, supplier=kind.supplier if kind else None,
            minutes=kind.burden if kind else 0,
        )  # fmt: skip

    def _topic(self, rule: RuleResult) -> str:
        return (rule.definition.words / "topic")[self.lang]
