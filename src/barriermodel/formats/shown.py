"""What the JSON of an assessment holds for who shows it without the plugins: names, and where evidence came from.

None of it is in the digest, for the digests of the profile and the dossier stand for it already.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from ..domain.evidence import Evidence, Source
from ..domain.values import Money, to_json
from ..engine.selection import by_id, last_day
from ..findings import Findings
from ..profiles.profile import CombineBy
from ..profiles.resolved import ResolvedRule, ResolvedStage
from ..text import Localized

_TYPES: dict[type, str] = {bool: "bool", int: "int", float: "ratio", Money: "money", date: "date", str: "text"}


def labels(assessment: Findings) -> dict[str, Any]:
    """What facts are called, by id, and limits, by barrier and name (``nl.kvk.min_months``), with their types.

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


def kinds(assessment: Findings) -> list[dict[str, Any]]:
    """The kinds of evidence that the profile reads."""
    return [
        {
            "id": kind.id, "title": to_json(kind.title), "supplier": kind.supplier.value, "burden": kind.burden,
            "confidential": kind.confidential, "retention": to_json(kind.retention),
        }
        for kind in assessment.evaluation.resolved.kinds.values()
    ]  # fmt: skip


def evidence(assessment: Findings, confidential: bool) -> list[dict[str, Any]]:
    """The items in the dossier of these kinds, whether they count or not."""
    run = assessment.evaluation
    return [
        _item(item, confidential) for item in by_id(e for e in run.dossier.evidence if e.kind.id in run.resolved.kinds)
    ]


def _item(item: Evidence, confidential: bool) -> dict[str, Any]:
    if item.kind.confidential and not confidential:
        return {"id": item.id, "kind": item.kind.id, "withheld": True}
    return {
        "id": item.id,
        "kind": item.kind.id,
        "about": attrs.asdict(item.about) if item.about else None,
        "source": _source(item.source),
        "date": _day(item.date),
        "valid_until": _day(last_day(item, item.kind)),
    }


def _source(source: Source | None) -> dict[str, Any] | None:
    return {name: to_json(value) for name, value in attrs.asdict(source).items()} if source else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def thresholds(stage: ResolvedStage) -> dict[str, Any] | None:
    """What makes a stage that counts or weighs orange and red; None where it takes the worst level."""
    data = stage.combine_as_data()
    return None if data.pop("by") == CombineBy.WORST.value else data


def changed(rule: ResolvedRule) -> dict[str, Any] | None:
    """Who gave a rule another level than its plugin did, and why."""
    return {"by": rule.changed_by, "reason": to_json(rule.reason)} if rule.reason else None
