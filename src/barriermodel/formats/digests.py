"""The digests of a dossier and of an assessment: what they cover, and what they leave out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from operator import itemgetter
from typing import Any

from ..canonical import canonical, sha256
from ..domain.dossier import Dossier
from .dossier import dossier_as_data

TEXT_KEYS = frozenset(
    {"title", "text", "basis", "unverified", "assumption", "note", "question", "retention", "thresholds", "changed"}
)
"""Keys that the digest omits in the profile, stages, barriers, rules, their parameters, asks and withheld evidence.

They hold text for people, or what the digest of the profile covers already.
"""
OMITTED_KEYS = frozenset(
    {
        "digest",
        "content_digest",
        "confidential",
        "cautions",
        "labels",
        "kinds",
        "evidence",
        "report",
        "languages",
        "words",
    }
)
"""Keys of the whole assessment that the digest omits."""
WITHHELD_KEYS = ("kind", "id", "about", "reason")
"""What the digest of a dossier covers of confidential evidence.

No facts, remarks or dates, and no reference or digest of the raw document: a letter may have one of four conclusions,
and then anyone could compute the digest of each and compare.
"""


def dossier_digest(dossier: Dossier, withheld: Collection[str] = ()) -> str:
    """Compute the SHA-256 of a dossier's canonical form, with confidential evidence masked.

    The order of evidence, and of absent and requested evidence, makes no difference.

    Args:
        withheld: ids of kinds to mask besides those that are confidential themselves.

    """
    data = dossier_as_data(dossier)
    secret = {*withheld, *(item.kind.id for item in dossier.evidence if item.kind.confidential)}
    for key in ("evidence", "absent"):
        data[key] = [_masked(item) if item["kind"] in secret else item for item in data[key]]
    for key in ("evidence", "absent", "requested"):
        data[key].sort(key=canonical)
    return sha256(data)


def _masked(item: Mapping[str, Any]) -> dict[str, Any]:
    return {key: item[key] for key in WITHHELD_KEYS if key in item} | {"withheld": True}


def digest_of(data: Mapping[str, Any]) -> str:
    """Compute the SHA-256 of the canonical form (RFC 8785) of an assessment's JSON.

    Barriers and rules are sorted by id first; ``TEXT_KEYS`` and ``OMITTED_KEYS`` are left out. The JSON alone is enough
    to compute it.
    """
    kept = {key: value for key, value in data.items() if key not in OMITTED_KEYS}
    kept["profile"] = _without_texts(data["profile"])
    kept["stages"] = [_without_texts(stage) for stage in data["stages"]]
    for stage in kept["stages"]:
        stage["barriers"] = sorted((_without_texts(b) for b in stage["barriers"]), key=itemgetter("id"))
        for barrier in stage["barriers"]:
            barrier["rules"] = sorted((_without_texts(r) for r in barrier["rules"]), key=itemgetter("id"))
            for rule in barrier["rules"]:
                rule["parameters"] = [_without_texts(parameter) for parameter in rule["parameters"]]
    kept["asks"] = [_without_texts(ask) for ask in data["asks"]]
    kept["withheld"] = [_without_texts(item) for item in data["withheld"]]
    return sha256(kept)


def content_digest_of(data: Mapping[str, Any]) -> str:
    """Compute the SHA-256 of everything in an assessment's JSON, texts included, except this digest itself."""
    return sha256({key: value for key, value in data.items() if key != "content_digest"})


def _without_texts(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in TEXT_KEYS}
