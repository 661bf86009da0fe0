"""The last part of a report: what is still needed, what was assumed, what to take note of, what went wrong."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.evidence import Absent, Evidence
from ..domain.kinds import Supplier
from ..domain.unknown import UNKNOWN, UnknownReason
from ..engine.evaluate import RowOrigin
from ..engine.provenance import blocking_facts, fact_value, undefined_operations, values_in
from ..engine.requests import Ask, evidence_facts_of, open_rules_that_matter, wanted_facts
from ..engine.results import RuleResult
from ..findings import Findings
from ..profiles.resolved import ResolvedProfile
from ..rules.levels import Status
from ..text import Language, Localized, format_list
from .cautions import visible_cautions
from .phrases import SUPPLIER, WORDS
from .rendering import Line, LineKind
from .sentences import UNDEFINED
from .unknown_facts import reason_text, unknown_text
from .values import distinguishing_decimals, format_value


def follow_up_lines(assessment: Findings, lang: Language, confidential: bool) -> Iterator[Line]:
    """Write everything that comes after the stages."""
    yield Line(LineKind.STAGE, WORDS["asks"][lang])
    yield from _asks(assessment, lang, confidential)
    assumed = list(_assumed(assessment, lang))
    if assumed:
        yield Line(LineKind.TEXT, f"{WORDS['assumed'][lang]}: {format_list(assumed, lang)}.")
    evaluation = assessment.evaluation
    unstated = {e.id: e for s in evaluation.selection.values() if s.usable for e in s.cited if e.about is None}
    if unstated:
        named = format_list([f"{e.kind.title[lang]} ‘{e.id}’" for e in unstated.values()], lang)
        yield Line(LineKind.TEXT, f"{WORDS['unsaid'][lang]}: {named}.")
    if assessment.withheld:
        named = ", ".join(f"{item.kind.title[lang]} ‘{item.id}’" for item in assessment.withheld)
        yield Line(LineKind.TEXT, f"{WORDS['withheld'][lang]}: {named}.")
        for kind in dict.fromkeys(item.kind for item in assessment.withheld):
            term = (kind.retention or WORDS["retention_unsaid"])[lang].rstrip(".")
            yield Line(LineKind.TEXT, f"{WORDS['retention'][lang].format(kind=kind.title[lang], term=term)}.")
    cautions = list(_cautions(assessment, lang, confidential))
    if cautions:
        yield Line(LineKind.STAGE, WORDS["cautions"][lang])
        yield from cautions
    if assessment.errors:
        yield Line(LineKind.STAGE, WORDS["errors"][lang])
        for error in assessment.errors:
            yield Line(LineKind.ITEM, f"{error.rule} ({error.plugin} {error.version or ''}): {error.message}")


def items_behind(result: RuleResult) -> list[Evidence | Absent]:
    """Return the items whose notes are shown with a rule: the sources of its known facts, and absent evidence."""
    known = [item for fact in result.facts if fact.value is not UNKNOWN for item in fact.evidence]
    return [*known, *(fact.why.absent for fact in result.facts if fact.why and fact.why.absent)]


def _cautions(assessment: Findings, lang: Language, confidential: bool) -> Iterator[Line]:
    """List what a person should know; leave out notes that are shown with a rule already."""
    detailed = [rule for rule in assessment.rules if rule.status in (Status.HIT, Status.OPEN)]
    shown = {note[lang] for rule in detailed for item in items_behind(rule) for note in item.notes}
    for caution in visible_cautions(assessment, confidential=confidential):
        text = caution.text[lang]
        if text in shown:
            continue
        if caution.confidential and not confidential:
            text = WORDS["caution_withheld"][lang].format(ids=format_list(list(caution.evidence), lang))
        yield Line(LineKind.ITEM, text)


def _assumed(assessment: Findings, lang: Language) -> Iterator[str]:
    """List the limits and combinations that were used and have no source."""
    day = assessment.evaluation.dossier.as_of
    for stage in assessment.stages:
        if stage.examined and stage.resolved.combine.assumption:
            yield WORDS["assumed_combine"][lang].format(stage=stage.resolved.title[lang])
        for barrier in stage.resolved.barriers if stage.examined else ():
            used = {name for rule in barrier.rules for name in rule.parameters}
            for name in sorted(used):
                setting = barrier.parameters[name].on(day)
                if setting is not None and setting.assumption:
                    label = barrier.parameters[name].spec.field.label[lang]
                    yield f"{label} ({format_value(setting.value, lang, distinguishing_decimals([setting.value]))})"


def _asks(assessment: Findings, lang: Language, confidential: bool) -> Iterator[Line]:
    if assessment.advice.decided:
        yield Line(LineKind.TEXT, WORDS["asks_decided"][lang])
        return
    if assessment.asks:
        yield Line(LineKind.TEXT, WORDS["asks_why"][lang])
    else:
        yield Line(LineKind.TEXT, WORDS["asks_nothing"][lang])
    for ask in assessment.asks:
        yield Line(LineKind.ITEM, _ask(ask, assessment.evaluation.row, lang, confidential))
    kept = list(_blockers(assessment, lang, confidential))
    if kept:
        yield Line(LineKind.TEXT, f"{WORDS['keeps_open'][lang]}: {format_list(kept, lang)}.")
    matter = {rule.id for _, rule in open_rules_that_matter(assessment.evaluation, assessment.advice.at_least)}
    others = [rule.resolved for rule in assessment.rules if rule.status is Status.OPEN and rule.id not in matter]
    asked = {ask.kind.id for ask in assessment.asks}
    wanted = {kind for rule in others for kind, _ in wanted_facts(assessment.evaluation, rule)} - asked
    if wanted:
        titles = [assessment.evaluation.resolved.kinds[id].title[lang] for id in sorted(wanted)]
        yield Line(LineKind.TEXT, f"{WORDS['not_asked'][lang].format(kinds=format_list(titles, lang))}.")


def _ask(ask: Ask, row: RowOrigin | None, lang: Language, confidential: bool) -> str:
    parts = [f"{ask.kind.title[lang]} ({SUPPLIER[ask.kind.supplier][lang]})"]
    if ask.kind.burden:
        parts[0] += f", {WORDS['minutes'][lang].format(burden=ask.kind.burden)}"
    needs_question = ask.kind.supplier is Supplier.PROVIDER or ask.reason is UnknownReason.NOT_STATED
    parts.append(ask.question[lang] if needs_question else "")
    why = unknown_text(ask.why, row, confidential=confidential)[lang]
    parts.append(f"({WORDS['now'][lang]}: {why}; {WORDS['needed_for'][lang]}: {', '.join(ask.rules)})")
    return " ".join(part for part in (f"{parts[0]}.", *parts[1:]) if part)


def _blockers(assessment: Findings, lang: Language, confidential: bool) -> Iterator[str]:
    """List what keeps the advice open and cannot be asked for, such as facts of the award."""
    evaluation = assessment.evaluation
    asked = {ask.kind.id for ask in assessment.asks}
    by_reason: dict[str, dict[str, None]] = {}
    for _, rule in open_rules_that_matter(evaluation, assessment.advice.at_least):
        for ref in blocking_facts(evaluation, rule):
            if asked.isdisjoint(kind for kind, _ in evidence_facts_of(evaluation, ref)):
                why = reason_text(fact_value(evaluation, ref), evaluation.row, confidential=confidential)[lang]
                by_reason.setdefault(why, {})[ref.label[lang]] = None
        if any(undefined_operations(values_in(evaluation, rule)[0])):
            by_reason.setdefault(UNDEFINED[lang], {})[rule.id] = None
    for reason, labels in by_reason.items():
        yield f"{format_list(list(labels), lang)} ({reason})"


def row_lines(row: RowOrigin, resolved: ResolvedProfile, lang: Language) -> Iterator[Line]:
    """Write what a reader must know about the assessment of a row of a table."""
    yield Line(LineKind.STAGE, WORDS["about_row"][lang])
    yield Line(LineKind.ITEM, WORDS["row_selected"][lang])
    remarks: dict[str, list[Localized]] = {
        "row_unchecked": [resolved.kinds[id].title for id in row.unchecked],
        "row_given": [resolved.derived(id).label for id in row.given],
        "row_constants": list(row.constants.values()),
        "row_assumed": list(row.assumed.values()),
    }
    for key, labels in remarks.items():
        if labels:
            listed = format_list([label[lang] for label in labels], lang)
            yield Line(LineKind.ITEM, WORDS[key][lang].format(listed=listed))
