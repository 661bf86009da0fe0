"""The canonical form of a resolved profile, over which its digest is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..domain.values import to_json

if TYPE_CHECKING:
    from .resolved import ResolvedBarrier, ResolvedProfile


def canonical_profile(resolved: ResolvedProfile) -> dict[str, Any]:
    """All that the profile does, as JSON: not who set a value, nor what is said about it."""
    profile = resolved.profile
    return {
        "id": profile.id,
        "owner": to_json(profile.owner),
        "status": profile.status.value,
        "stages": [
            {
                "id": stage.id,
                "moment": stage.moment.value,
                "combine": {k: v for k, v in stage.combine_as_data().items() if k != "assumption"},
                "barriers": [_canonical_barrier(barrier) for barrier in stage.barriers],
            }
            for stage in resolved.stages
        ],
        "sources": list(profile.sources),
        "valid_from": to_json(profile.valid_from),
        "valid_until": to_json(profile.valid_until),
    }


def _canonical_barrier(barrier: ResolvedBarrier) -> dict[str, Any]:
    beside = {"assumption", "note", "set_by"}
    return {
        "id": barrier.id,
        "rules": {rule.id: rule.level.key for rule in barrier.rules},
        "left_out": sorted(barrier.left_out),
        "parameters": {
            name: [{k: v for k, v in one.as_data().items() if k not in beside} for one in parameter.settings]
            for name, parameter in barrier.parameters.items()
        },
    }
