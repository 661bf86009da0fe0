"""An assessment as JSON, and the digest by which it can be found again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from operator import itemgetter
from typing import Any

import attrs

from ..canonical import canonical, sha256
from ..domain.dossier import Dossier
from ..domain.evidence import Evidence
from ..domain.unknown import UNKNOWN
from ..domain.values import to_json
from ..engine.evaluate import RowOrigin
from ..engine.provenance import FactValue
from ..engine.requests import Ask
from ..engine.results import BarrierResult, Caution, RuleResult, StageResult
from ..findings import Findings
from ..reporting.cautions import visible_cautions
from ..reporting.sentences import Wording
from ..rules.expression import Constant, FactRef, Named, Parameter, split_fact_id
from ..rules.interpreter import EvaluatedNode
from ..rules.levels import Interval, Status
from .dossier import dossier_as_data, facts_as_data, provider_as_data
from .shown import changed, evidence, kinds, labels, thresholds

SCHEMA = "barriermodel/assessment/1"
TEXTS = frozenset({"title", "text", "unverified", "question", "retention", "thresholds", "changed"})
"""Keys of the profile, stages, barriers, rules, asks and what is withheld that the digest omits.

They hold what a person reads, or what the digest of the profile stands for already.
"""
BESIDE = frozenset({"digest", "content_digest", "confidential", "cautions", "labels", "kinds", "evidence", "report"})
"""Keys of the whole that the digest omits."""


@cache
def engine_version() -> str:
    """The version of this library that is installed."""
    import importlib.metadata  # slow to import, and needed only here

    return importlib.metadata.version("barriermodel")


def assessment_as_data(assessment: Findings, *, confidential: bool = False) -> dict[str, Any]:
    """The assessment as JSON holds it, without its digest.

    Args:
        confidential: show the values of confidential kinds.

    """
    run = assessment.evaluation
    withheld = () if confidential else assessment.withheld
    return {
        "schema": SCHEMA,
        "as_of": run.dossier.as_of.isoformat(),
        "engine": {"version": engine_version()},
        "profile": {
            "id": run.resolved.profile.id,
            "title": to_json(run.resolved.profile.title),
            "digest": run.resolved.digest,
            "status": run.resolved.profile.status.value,
        },
        "dossier": {"digest": dossier_digest(run.dossier, run.resolved.withheld)},
        "provider": provider_as_data(run.dossier.provider),
        "award": facts_as_data(run.dossier.award),
        "advice": _interval(assessment.advice),
        "concerns": {
            concern.value: {**_interval(found.interval), "hits": found.hits, "open": found.open}
            for concern, found in assessment.concerns.items()
        },
        "moments": {moment.value: _interval(found) for moment, found in assessment.moments.items()},
        "stages": [_stage(stage, confidential) for stage in assessment.stages],
        "asks": [_ask(ask) for ask in assessment.asks],
        "cautions": [
            _caution(caution, confidential) for caution in visible_cautions(assessment, confidential=confidential)
        ],
        "withheld": [_withheld(item) for item in withheld],
        "errors": [attrs.asdict(error) for error in assessment.errors],
        "labels": labels(assessment),
        "kinds": kinds(assessment),
        "evidence": evidence(assessment, confidential),
        **({"row": _row(run.row)} if run.row else {}),
    }


TOLD = ("kind", "id", "about", "reason")
"""What the digest of a dossier is taken over of evidence that is withheld.

Neither facts nor remarks, and no date, reference or digest of the raw document: who has a guess, a letter with one of
four conclusions say, could try them all.
"""


def dossier_digest(dossier: Dossier, withheld: Collection[str] = ()) -> str:
    """SHA-256 over the canonical form of a dossier in which what is confidential is masked.

    Evidence, and what is absent or requested, may come in any order.

    Args:
        withheld: ids of kinds that are confidential, beside those of the evidence itself.

    """
    data = dossier_as_data(dossier)
    secret = {*withheld, *(item.kind.id for item in dossier.evidence if item.kind.confidential)}
    for sort in ("evidence", "absent"):
        data[sort] = [_told(item) if item["kind"] in secret else item for item in data[sort]]
    for sort in ("evidence", "absent", "requested"):
        data[sort].sort(key=canonical)
    return sha256(data)


def _told(item: Mapping[str, Any]) -> dict[str, Any]:
    return {key: item[key] for key in TOLD if key in item} | {"withheld": True}


def digest_of(data: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical form (RFC 8785) of an assessment's JSON.

    Barriers and rules are sorted by id; what is in ``TEXTS`` and ``BESIDE`` is left out. It can be computed from the
    JSON alone.
    """
    kept = {key: value for key, value in data.items() if key not in BESIDE}
    kept["profile"] = _without_texts(data["profile"])
    kept["stages"] = [_without_texts(stage) for stage in data["stages"]]
    for stage in kept["stages"]:
        stage["barriers"] = sorted((_without_texts(b) for b in stage["barriers"]), key=itemgetter("id"))
        for barrier in stage["barriers"]:
            barrier["rules"] = sorted((_without_texts(r) for r in barrier["rules"]), key=itemgetter("id"))
    kept["asks"] = [_without_texts(ask) for ask in data["asks"]]
    kept["withheld"] = [_without_texts(item) for item in data["withheld"]]
    return sha256(kept)


def content_digest_of(data: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical form of all that the JSON of an assessment holds, texts too, but for this digest."""
    return sha256({key: value for key, value in data.items() if key != "content_digest"})


def _without_texts(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in TEXTS}


def _interval(found: Interval | None) -> dict[str, Any]:
    if found is None:
        return {"at_least": None, "at_most": None, "decided": None}
    return {"at_least": found.at_least.key, "at_most": found.at_most.key, "decided": found.decided}


def _stage(stage: StageResult, confidential: bool) -> dict[str, Any]:
    ends = _interval(stage.interval)
    return {
        "id": stage.id,
        "title": to_json(stage.title),
        "moment": stage.moment.value,
        "combine": stage.resolved.combine.by.value,
        "thresholds": thresholds(stage.resolved),
        "examined": stage.examined,
        "at_least": ends["at_least"],
        "at_most": ends["at_most"],
        "barriers": [_barrier(barrier, confidential) for barrier in stage.barriers],
    }


def _barrier(barrier: BarrierResult, confidential: bool) -> dict[str, Any]:
    ends = _interval(barrier.interval)
    plugin = barrier.resolved.plugin
    return {
        "id": barrier.id,
        "title": to_json(barrier.title),
        "plugin": {"name": plugin.name, "version": plugin.version},
        "concern": barrier.concern.value,
        "at_least": ends["at_least"],
        "at_most": ends["at_most"],
        "hits": barrier.hits,
        "open": barrier.open,
        "rules": [_rule(rule, confidential) for rule in barrier.rules],
    }


def _rule(result: RuleResult, confidential: bool) -> dict[str, Any]:
    rule = result.definition
    words = Wording(result, "nl", confidential)
    examined = result.status is not Status.NOT_EXAMINED
    expression, applies = result.values if examined else (None, None)
    return {
        "id": rule.id,
        "kind": rule.kind.value,
        "opaque": rule.opaque is not None,
        "status": result.status.key,
        "level": result.level.key,
        "changed": changed(result.resolved),
        "text": {"nl": words.text(), "en": Wording(result, "en", confidential).text()},
        "basis": to_json(rule.basis),
        "unverified": to_json(rule.unverified),
        "expression": _node(expression, words) if expression else None,
        "applies": _node(applies, words) if applies else None,
        "facts": [_fact(fact, confidential) for fact in result.facts] if examined else [],
        "parameters": [{"name": name, **setting.as_data()} for name, setting in result.parameters.items()],
        "error": result.error if examined else None,
    }


def _node(tree: EvaluatedNode, words: Wording) -> dict[str, Any]:
    node = tree.node
    value = None if words.masks(node) else to_json(tree.value)
    if isinstance(node, FactRef):
        return {"fact": node.id, "value": value}
    if isinstance(node, Parameter):
        return {"parameter": node.name, "value": value}
    if isinstance(node, Constant):
        return {"constant": value}
    below = [_node(child, words) for child in tree.children]
    if isinstance(node, Named):
        return {"named": node.name, "value": value, "args": below}
    return {"op": node.op, "value": value, "args": below}


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
        # which facts a function touched may tell what the others are
        data["inputs"] = list(dict.fromkeys(split_fact_id(i)[0] if masked else i for i in fact.inputs))
    return data | ({"withheld": True} if masked else {})


def _ask(ask: Ask) -> dict[str, Any]:
    return {
        "kind": ask.kind.id,
        "reason": ask.reason.value,
        "supplier": ask.kind.supplier.value,
        "burden": ask.kind.burden,
        "question": to_json(ask.question),
        "facts": list(ask.facts),
        "evidence": sorted(item.id for item in ask.why.evidence),
        "rules": list(ask.rules),
        "asked_on": to_json(ask.why.requested.asked_on) if ask.why.requested else None,
        "due_on": to_json(ask.why.requested.due_on) if ask.why.requested else None,
    }


def _caution(caution: Caution, confidential: bool) -> dict[str, Any]:
    masked = caution.confidential and not confidential
    return {
        "kind": caution.kind,
        "evidence": list(caution.evidence),
        "text": None if masked else to_json(caution.text),
        **({"withheld": True} if masked else {}),
    }


def _row(row: RowOrigin) -> dict[str, Any]:
    """What is known of the row of a table; what a map sets, what is assumed or absent only where there is some."""
    optional = {"from_map": list(row.constants), "assumed": list(row.assumed), "absent": list(row.absent)}
    always = {"given": list(row.given), "freshness_not_checked": list(row.unchecked)}
    return {**always, **{name: columns for name, columns in optional.items() if columns}}


def _withheld(item: Evidence) -> dict[str, Any]:
    return {"kind": item.kind.id, "evidence": item.id, "retention": to_json(item.kind.retention)}
