"""Laws about texts, numbers in texts, and the sources of limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from barriermodel.analysis.expressions import COMPARISONS, Constant, FactRef, Operation, Parameter, evaluate, walk
from barriermodel.analysis.results import RuleResult, value_of
from barriermodel.analysis.text import is_blank, localized
from barriermodel.plugin import UNKNOWN, Dossier, Money, Rule, RuleKind, Status, Text

from ..barrier_under_test import BarrierUnderTest
from ..source_inspection import function_sources
from .changes import applied, changes, small, unknown
from .numbers import typed_by_hand


def texts_complete(subject: BarrierUnderTest) -> None:
    """Every text and label exists in Dutch and in English, and no text shows "unknown" where its rule is reported."""
    for id, what, text in _texts(subject):
        if text.nl == text.en:
            raise subject.broken(id, f"{what} is the same in both languages: {text.nl!r}; write it in both")
    for rule in subject.barrier.rules.values():
        for node in (n for root in rule.nodes for n in walk(root)):
            if isinstance(node, (FactRef, Parameter)) and not isinstance(node.label, Text):
                name = node.name if isinstance(node, Parameter) or node.source == "derived" else node.id
                if name != rule.id:  # the fact of an opaque rule cannot have a label
                    raise subject.broken(rule.id, f"{name} has no label; give it Label(nl=…, en=…)")
    for name, spec in subject.barrier.parameters.items():
        for remark in (spec.limit.assumption, spec.limit.note):
            if isinstance(remark, str):
                reason = f"what is said of {name} is in one language: {remark!r}; write Text(nl=…, en=…)"
                raise subject.broken(subject.id, reason)

    def check(dossier: Dossier) -> None:
        for result in subject.model.assess(dossier).rules:
            reported = result.status is Status.HIT or (
                result.status is Status.CLEAR and result.definition.kind is RuleKind.REQUIREMENT
            )
            for name in _unknown_names(result) if reported else ():
                reason = f"its text shows {{{name}}}, which is unknown in a dossier where it is {result.status.key}"
                raise subject.broken(result.id, reason, dossier)

    for dossier in small(subject, 40):
        for change in changes(subject.holders, unknown):
            check(applied([change], dossier))
    subject.for_all(check)


def _texts(subject: BarrierUnderTest) -> Iterator[tuple[str, str, Text]]:
    for rule in subject.barrier.rules.values():
        yield rule.id, "its text", rule.text
        if rule.unverified:
            yield rule.id, "what is not verified", rule.unverified
    for kind in subject.barrier.kinds:
        yield f"kind {kind.id}", "its question", kind.question
        if kind.retention:
            yield f"kind {kind.id}", "its retention", kind.retention


def _unknown_names(result: RuleResult) -> Iterator[str]:
    for name, node in result.definition.named.items():
        if evaluate(node, lambda leaf: value_of(result.evaluation, leaf)) is UNKNOWN:
            yield name


def numbers_come_from_the_rule(subject: BarrierUnderTest) -> None:
    """Every number in a rule's text is a fact, a parameter or a named value of the rule."""
    for rule in subject.barrier.rules.values():
        number = typed_by_hand(rule)
        if number:
            reason = f"its text says {number!r}, which changes with nothing; write a {{name}} of the rule"
            raise subject.broken(rule.id, reason)


def sources_given(subject: BarrierUnderTest) -> None:
    """Every requirement names the law that it is based on, and every threshold has a source."""
    for rule in subject.barrier.rules.values():
        if rule.kind is RuleKind.REQUIREMENT and is_blank(rule.basis):
            raise subject.broken(rule.id, "a requirement says on what law or rule it rests: basis=…")
        hidden = next(filter(_is_threshold, _compared(rule)), None)
        if hidden is not None:
            reason = f"it compares with {hidden!r}, which has no source; make it a parameter with a Limit"
            raise subject.broken(rule.id, reason)
    for derived in subject.barrier.derived_facts.values():
        for function in function_sources(derived.function):
            for line, words, value in function.thresholds():
                if _is_threshold(value):
                    reason = f"{function.where(line)} compares with {words}, which has no source"
                    raise subject.broken(derived.id, f"{reason}; make it a parameter with a Limit")
    for name, spec in subject.barrier.parameters.items():
        words = localized(spec.limit.source or spec.limit.assumption or "", "nl").strip()
        if len(words.strip("…. ")) < 3 or re.match(r"(TODO|FIXME|XXX|TBD|NTB)\b", words, re.IGNORECASE):
            raise subject.broken(subject.id, f"{name} says {words!r} of where its value comes from; say it")


def _compared(rule: Rule[...]) -> Iterator[Any]:
    """The constants in the comparisons of a rule."""
    for node in (n for root in rule.nodes for n in walk(root)):
        if isinstance(node, Operation) and node.op in COMPARISONS:
            yield from (n.value for arg in node.args for n in walk(arg) if isinstance(n, Constant))


def _is_threshold(value: Any) -> bool:
    """Whether it is a number, an amount or a date; zero and one are no thresholds."""
    if isinstance(value, timedelta):
        return value.days not in (0, 1)
    number = value.cents if isinstance(value, Money) else value
    return isinstance(value, date) or (isinstance(number, (int, float)) and number not in (0, 1))
