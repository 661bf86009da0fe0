"""Laws about texts, numbers in texts, and the sources of limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from barriermodel.analysis.expressions import COMPARISONS, Constant, Operation, evaluate_nodes, walk
from barriermodel.analysis.facts import fact_fields
from barriermodel.analysis.results import RuleResult, lookup_in
from barriermodel.analysis.text import LANGUAGES, WordRef, localized
from barriermodel.plugin import UNKNOWN, Dossier, Money, Rule, RuleKind, Status

from ..barrier_under_test import BarrierUnderTest
from ..source_inspection import function_sources
from .changes import applied, changes, small, unknown
from .numbers import typed_by_hand


def texts_complete(subject: BarrierUnderTest) -> None:
    """Every text and label exists in Dutch and in English, and no text shows "unknown" where its rule is reported."""
    for id, ref in _texts(subject):
        for lang in LANGUAGES:
            reason = _missing(ref, lang)
            if reason:
                raise subject.broken(id, f"{reason} in words/{lang}.toml")
    for id, ref, names in _filled(subject):
        for lang in LANGUAGES:
            template = ref.template(lang)
            strange = sorted(template.placeholders - names) if template else []
            if strange:
                has = ", ".join(sorted(names))
                raise subject.broken(id, f"its {ref.key[-1]} names {{{strange[0]}}} in {lang!r}; it has {has}")

    def check(dossier: Dossier) -> None:
        for result in subject.model.assess(dossier).rules:
            for name in _unknown_names(result):
                reason = f"its text shows {{{name}}}, which is unknown in a dossier where it is {result.status.key}"
                raise subject.broken(result.id, reason, dossier)

    for dossier in small(subject, 40):
        for change in changes(subject.holders, unknown):
            check(applied([change], dossier))
    subject.for_all(check)


def _missing(ref: WordRef, lang: str) -> str:
    key = ".".join(ref.key)
    try:
        return "" if ref.written(lang) else f"its words have no {key} in {lang!r}; write it"
    except ValueError as error:
        return f"its words have a wrong {key} in {lang!r}: {error},"


def _texts(subject: BarrierUnderTest) -> Iterator[tuple[str, WordRef]]:
    barrier = subject.barrier
    yield barrier.id, barrier.title
    for rule in barrier.rules.values():
        yield from ((rule.id, rule.words / part) for part in ("topic", "short", "hit", "clear", "look", "rebut"))
        yield from ((rule.id, ref) for ref in (rule.basis, rule.unverified) if ref)
    for spec in barrier.parameters.values():
        yield from ((f"{barrier.id}.{spec.name}", ref) for ref in (spec.field.label, spec.assumption) if ref)
    for derived in barrier.derived_facts.values():
        if derived.name not in barrier.rules:  # an opaque rule
            yield derived.id, derived.label
    for kind in barrier.kinds:
        parts = ("title", "inline", "question", "why", "how")
        yield from ((f"kind {kind.id}", kind.words / part) for part in parts)
        yield from ((f"kind {kind.id}", ref) for ref in (kind.basis, kind.retention) if ref)
        yield from ((f"kind {kind.id}", field.label) for field in fact_fields(kind.cls).values())


def _filled(subject: BarrierUnderTest) -> Iterator[tuple[str, WordRef, set[str]]]:
    """The texts that show values, with the names that they can show."""
    for rule in subject.barrier.rules.values():
        names = {*rule.named, *rule.signature.parameters}
        yield from ((rule.id, rule.words / part, names) for part in ("hit", "clear", "short"))
    for kind in subject.barrier.kinds:
        yield f"kind {kind.id}", kind.words / "question", set(fact_fields(kind.cls))


def _unknown_names(result: RuleResult) -> Iterator[str]:
    """The values that the rule's text shows although they are unknown."""
    part = {Status.HIT: "hit", Status.CLEAR: "clear"}.get(result.status)
    template = (result.definition.words / part).template("nl") if part else None
    for name in sorted(template.placeholders if template else ()):
        node = result.definition.named.get(name)
        if node is None:
            continue
        tree = evaluate_nodes(node, lookup_in(result.evaluation))
        if tree.value is UNKNOWN and tree.ends is None:
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
        if rule.kind is RuleKind.REQUIREMENT and rule.basis is None:
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
        words = localized(spec.limit.source or spec.assumption or "", "nl").strip()
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
