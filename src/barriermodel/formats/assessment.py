"""Convert an assessment to JSON data."""

from __future__ import annotations

import math
from datetime import date
from functools import cache
from typing import Any

import attrs

from ..domain.evidence import Evidence, Source
from ..domain.unknown import UNKNOWN
from ..domain.values import Money, json_fields, to_json
from ..engine.evaluate import RowOrigin
from ..engine.provenance import FactValue
from ..engine.requests import Ask
from ..engine.results import BarrierResult, Caution, RuleResult, StageResult
from ..engine.selection import by_id, last_day
from ..findings import Findings
from ..profiles.profile import CombineBy
from ..profiles.resolved import ResolvedRule, ResolvedStage
from ..reporting.cautions import visible_cautions
from ..reporting.sentences import Wording
from ..rules.ends import Ends
from ..rules.expression import Constant, FactRef, Named, Parameter, split_fact_id
from ..rules.interpreter import EvaluatedNode
from ..rules.levels import Interval, Status
from ..text import Localized
from .digests import dossier_digest
from .dossier import facts_as_data, provider_as_data

SCHEMA = "barriermodel/assessment/1"
_TYPES: dict[type, str] = {bool: "bool", int: "int", float: "ratio", Money: "money", date: "date", str: "text"}


@cache
def engine_version() -> str:
    """Return the installed version of this library."""
    import importlib.metadata  # slow to import and used only here

    return importlib.metadata.version("barriermodel")


def assessment_as_data(assessment: Findings, *, confidential: bool = False, shown: bool = True) -> dict[str, Any]:
    """Convert an assessment to JSON data, without its digest.

    Args:
        assessment: what was found.
        confidential: show the values of confidential evidence.
        shown: include what is only for people, which the digest does not cover.

    """
    evaluation = assessment.evaluation
    withheld = () if confidential else assessment.withheld
    return {
        "schema": SCHEMA,
        "as_of": evaluation.dossier.as_of.isoformat(),
        "engine": {"version": engine_version()},
        "profile": {
            **json_fields(evaluation.resolved.profile, "id", "title"),
            "digest": evaluation.resolved.digest,
            "status": evaluation.resolved.profile.status.value,
        },
        "dossier": {"digest": dossier_digest(evaluation.dossier, evaluation.resolved.withheld)},
        "provider": provider_as_data(evaluation.dossier.provider),
        "award": facts_as_data(evaluation.dossier.award),
        "advice": _interval(assessment.advice),
        "concerns": {
            concern.value: {**_interval(found.interval), **json_fields(found, "hits", "open")}
            for concern, found in assessment.concerns.items()
        },
        "moments": {moment.value: _interval(found) for moment, found in assessment.moments.items()},
        "stages": [_stage(stage, confidential) for stage in assessment.stages],
        "asks": [_ask(ask) for ask in assessment.asks],
        "withheld": [_withheld(item) for item in withheld],
        "errors": [attrs.asdict(error) for error in assessment.errors],
        **(_for_people(assessment, confidential) if shown else {}),
        **({"row": _row(evaluation.row)} if evaluation.row else {}),
    }


def _interval(found: Interval | None) -> dict[str, Any]:
    return {**_ends(found), "decided": found and found.decided}


def _ends(found: Interval | None) -> dict[str, Any]:
    return json_fields(found, "at_least", "at_most") if found else {"at_least": None, "at_most": None}


def _stage(stage: StageResult, confidential: bool) -> dict[str, Any]:
    return {
        **json_fields(stage, "id", "title", "moment"),
        "combine": stage.resolved.combine.by.value,
        "thresholds": _thresholds(stage.resolved),
        "examined": stage.examined,
        **_ends(stage.interval),
        "barriers": [_barrier(barrier, confidential) for barrier in stage.barriers],
    }


def _barrier(barrier: BarrierResult, confidential: bool) -> dict[str, Any]:
    return {
        **json_fields(barrier, "id", "title"),
        "plugin": json_fields(barrier.resolved.plugin, "name", "version"),
        "concern": barrier.concern.value,
        **_ends(barrier.interval),
        **json_fields(barrier, "hits", "open"),
        "rules": [_rule(rule, confidential) for rule in barrier.rules],
    }


def _rule(result: RuleResult, confidential: bool) -> dict[str, Any]:
    rule = result.definition
    words = Wording(result, "nl", confidential)
    examined = result.status is not Status.NOT_EXAMINED
    expression, applies = result.values if examined else (None, None)
    return {
        **json_fields(rule, "id", "kind"),
        "opaque": rule.opaque is not None,
        **json_fields(result, "status", "level"),
        "changed": _changed(result.resolved),
        "text": {"nl": words.text(), "en": Wording(result, "en", confidential).text()},
        **json_fields(rule, "basis", "unverified"),
        "expression": _node(expression, words) if expression else None,
        "applies": _node(applies, words) if applies else None,
        "facts": [_fact(fact, confidential) for fact in result.facts] if examined else [],
        "parameters": [{"name": name, **setting.as_data()} for name, setting in result.parameters.items()],
        "error": result.error if examined else None,
    }


def _node(tree: EvaluatedNode, words: Wording) -> dict[str, Any]:
    node = tree.node
    value = None if words.masks(node) else to_json(tree.value)
    ends = {} if tree.ends is None or words.masks(node) else _number_ends(tree.ends, node.type)
    if isinstance(node, FactRef):
        return {"fact": node.id, "value": value, **ends}
    if isinstance(node, Parameter):
        return {"parameter": node.name, "value": value}
    if isinstance(node, Constant):
        return {"constant": value}
    below = [_node(child, words) for child in tree.children]
    if isinstance(node, Named):
        return {"named": node.name, "value": value, **ends, "args": below}
    return {"op": node.op, "value": value, **ends, "args": below}


def _number_ends(ends: Ends, kind: type) -> dict[str, Any]:
    """What an unknown number is at least and at most; null where it has no such end."""
    return {
        name: to_json(Money(cents=int(end)) if kind is Money else end) if math.isfinite(end) else None
        for name, end in zip(("at_least", "at_most"), ends, strict=True)
    }


def _fact(fact: FactValue, confidential: bool) -> dict[str, Any]:
    masked = fact.confidential and not confidential
    data = {
        "name": fact.ref.id,
        "value": None if masked else to_json(fact.value),
        "evidence": sorted(item.id for item in fact.evidence),
        "unknown": fact.why.reason.value if fact.why and fact.value is UNKNOWN else None,
    }
    if fact.why and fact.why.found:
        data["found"] = None if masked else to_json(fact.why.found.value)
    if fact.inputs:
        # the facts that a function read can reveal the values of others, on which that depended
        data["inputs"] = list(dict.fromkeys(split_fact_id(i)[0] if masked else i for i in fact.inputs))
    return data | ({"withheld": True} if masked else {})


def _ask(ask: Ask) -> dict[str, Any]:
    requested = ask.why.requested
    return {
        "kind": ask.kind.id,
        "reason": ask.reason.value,
        **json_fields(ask.kind, "supplier", "burden"),
        **json_fields(ask, "question", "facts"),
        "evidence": sorted(item.id for item in ask.why.evidence),
        "rules": list(ask.rules),
        **(json_fields(requested, "asked_on", "due_on") if requested else {"asked_on": None, "due_on": None}),
    }


def _caution(caution: Caution, confidential: bool) -> dict[str, Any]:
    masked = caution.confidential and not confidential
    return {
        **json_fields(caution, "kind", "evidence"),
        "text": None if masked else to_json(caution.text),
        **({"withheld": True} if masked else {}),
    }


def _row(row: RowOrigin) -> dict[str, Any]:
    """Describe how the row of a table was read; the last three keys only if they are not empty."""
    optional = {"from_map": list(row.constants), "assumed": list(row.assumed), "absent": list(row.absent)}
    always = {"given": list(row.given), "freshness_not_checked": list(row.unchecked)}
    return {**always, **{name: columns for name, columns in optional.items() if columns}}


def _withheld(item: Evidence) -> dict[str, Any]:
    return {"kind": item.kind.id, "evidence": item.id, "retention": to_json(item.kind.retention)}


def _for_people(assessment: Findings, confidential: bool) -> dict[str, Any]:
    cautions = visible_cautions(assessment, confidential=confidential)
    return {
        "cautions": [_caution(caution, confidential) for caution in cautions],
        "labels": _labels(assessment),
        "kinds": _kinds(assessment),
        "evidence": _evidence(assessment, confidential),
    }


# What a program needs to show the assessment without the plugins. The digest leaves it out, since the digests of the
# profile and the dossier cover it.


def _labels(assessment: Findings) -> dict[str, Any]:
    """Label facts by id, and limits by barrier and name (``nl.kvk.min_months``), with the types of their values.

    The types are ``bool``, ``int``, ``ratio`` (0.10 is 10%), ``money`` (in euros), ``date``, ``text`` and ``choice``.
    """
    found = {ref.id: _label(ref.label, ref.type) for result in assessment.rules for ref in result.definition.facts}
    for barrier in assessment.barriers:
        for name in sorted({name for rule in barrier.resolved.rules for name in rule.parameters}):
            field = barrier.resolved.parameters[name].spec.field
            found[f"{barrier.id}.{name}"] = _label(field.label, field.type)
    return found


def _label(label: Localized, kind: type) -> dict[str, Any]:
    return {"nl": label.nl, "en": label.en, "type": _TYPES.get(kind, "choice")}


def _kinds(assessment: Findings) -> list[dict[str, Any]]:
    """Describe the kinds of evidence that the profile uses."""
    names = ("id", "title", "supplier", "burden", "confidential", "retention")
    return [json_fields(kind, *names) for kind in assessment.evaluation.resolved.kinds.values()]


def _evidence(assessment: Findings, confidential: bool) -> list[dict[str, Any]]:
    """Describe the items of these kinds in the dossier, whether or not they count."""
    evaluation = assessment.evaluation
    return [
        _item(item, confidential)
        for item in by_id(e for e in evaluation.dossier.evidence if e.kind.id in evaluation.resolved.kinds)
    ]


def _item(item: Evidence, confidential: bool) -> dict[str, Any]:
    if item.kind.confidential and not confidential:
        return {"id": item.id, "kind": item.kind.id, "withheld": True}
    return {
        "id": item.id,
        "kind": item.kind.id,
        "about": attrs.asdict(item.about) if item.about else None,
        "source": _source(item.source),
        "date": to_json(item.date),
        "valid_until": to_json(last_day(item, item.kind)),
    }


def _source(source: Source | None) -> dict[str, Any] | None:
    return json_fields(source, *attrs.fields_dict(Source)) if source else None


def _thresholds(stage: ResolvedStage) -> dict[str, Any] | None:
    """Return the numbers at which a stage becomes orange and red; None if it takes the worst level."""
    data = stage.combine_as_data()
    return None if data.pop("by") == CombineBy.WORST.value else data


def _changed(rule: ResolvedRule) -> dict[str, Any] | None:
    """Return who changed the level of a rule, and why."""
    return {"by": rule.changed_by, "reason": to_json(rule.reason)} if rule.reason else None
