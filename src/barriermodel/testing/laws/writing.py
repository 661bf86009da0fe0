"""Laws about what a barrier says, and who says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from barriermodel import UNKNOWN, Dossier, Money, Rule, RuleKind, Status, Text
from barriermodel.pipeline.assessment import RuleResult
from barriermodel.pipeline.facts import value_of
from barriermodel.rules.expression import COMPARISONS, Constant, FactRef, Operation, Parameter, evaluate, walk
from barriermodel.text import Words, is_blank, say

from ..subject import Subject

_LAW = re.compile(r"\b(art(ikel|icle)?\.?|lid|ISO|NEN|EN|NEN-EN|Wet|Act)[\s-]+[0-9][0-9.:/-]*[a-z]?\b")
"""Numbers that are names: of an article of law or of a standard."""
_PLACEHOLDER = "{[a-z_0-9]*}"


def texts_complete(subject: Subject) -> None:
    """Every text and label is there in Dutch and in English, and says no "unknown" where the rule is told."""
    for id, what, text in _texts(subject):
        if text.nl == text.en:
            raise subject.broken(id, f"{what} is the same in both languages: {text.nl!r}; write it in both")
    for rule in subject.barrier.rules.values():
        for node in (n for root in rule.nodes for n in walk(root)):
            unlabelled = isinstance(node, (FactRef, Parameter)) and _is_verbatim(node.name, node.label)
            if unlabelled and isinstance(node, (FactRef, Parameter)):
                name = node.id if isinstance(node, FactRef) else node.name
                raise subject.broken(rule.id, f"{name} has no label; annotate it with Label(nl=…, en=…)")
    for name, spec in subject.barrier.parameters.items():
        for remark in (spec.limit.assumption, spec.limit.note):
            if isinstance(remark, str):
                reason = f"what is said of {name} is in one language: {remark!r}; write Text(nl=…, en=…)"
                raise subject.broken(subject.id, reason)

    def check(dossier: Dossier) -> None:
        for result in subject.model.assess(dossier).rules:
            told = result.status is Status.HIT or (
                result.status is Status.CLEAR and result.planned.rule.kind is RuleKind.REQUIREMENT
            )
            for name in _unknown_names(result) if told else ():
                reason = f"its text shows {{{name}}}, which is unknown in a dossier where it is {result.status.key}"
                raise subject.broken(result.id, reason, dossier)

    subject.for_all(check)


def _texts(subject: Subject) -> Iterator[tuple[str, str, Text]]:
    for rule in subject.barrier.rules.values():
        yield rule.id, "its text", rule.text
    for kind in subject.barrier.kinds:
        yield f"kind {kind.id}", "its question", kind.question


def _is_verbatim(name: str, label: Words) -> bool:
    """Whether nobody gave a label, so that the name stands for it."""
    plain = name.rpartition(".")[2].replace("_", " ")
    return label.nl == label.en == plain and " " in plain


def _unknown_names(result: RuleResult) -> Iterator[str]:
    for name, node in result.planned.rule.named.items():
        if evaluate(node, lambda leaf: value_of(result.run, leaf)) is UNKNOWN:
            yield name


def numbers_come_from_the_rule(subject: Subject) -> None:
    """Every number in a rule's text is a fact, a parameter or a named value of the rule."""
    for rule in subject.barrier.rules.values():
        for lang in ("nl", "en"):
            plain = re.sub(_PLACEHOLDER, "", _LAW.sub("", rule.text[lang]))
            number = re.search(r"[0-9][0-9.,]*%?", plain)
            if number:
                reason = f"its text says {number.group()}, which changes with nothing; write a {{name}} of the rule"
                raise subject.broken(rule.id, reason)


def sources_given(subject: Subject) -> None:
    """Every requirement says on what law it rests, and every threshold who says so."""
    for rule in subject.barrier.rules.values():
        if rule.kind is RuleKind.REQUIREMENT and is_blank(rule.basis):
            raise subject.broken(rule.id, "a requirement says on what law or rule it rests: basis=…")
        hidden = next(_hidden_limits(rule), None)
        if hidden is not None:
            reason = f"it compares with {hidden!r}, for which nobody answers; make it a parameter with a Limit"
            raise subject.broken(rule.id, reason)
    for name, spec in subject.barrier.parameters.items():
        words = say(spec.limit.source or spec.limit.assumption or "", "nl").strip()
        if len(words.strip("…. ")) < 3 or words.upper().startswith(("TODO", "FIXME", "XXX")):
            raise subject.broken(subject.id, f"{name} says {words!r} of where its value comes from; say it")


def _hidden_limits(rule: Rule[...]) -> Iterator[Any]:
    """Numbers, amounts and dates that a fact is compared with; nothing and one are no thresholds."""
    for node in (n for root in rule.nodes for n in walk(root)):
        if isinstance(node, Operation) and node.op in COMPARISONS:
            for arg in node.args:
                if isinstance(arg, Constant) and isinstance(arg.value, (int, float, Money, date)):
                    number = arg.value.cents if isinstance(arg.value, Money) else arg.value
                    if isinstance(arg.value, date) or (number not in (0, 1) and not isinstance(number, bool)):
                        yield arg.value
