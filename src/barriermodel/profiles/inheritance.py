"""Inheritance: a profile laid over its base, over the base of that, and so on.

The chain is read from the profile to the last base and applied from the last base to the profile. Each layer replaces
what it states itself: a list of stages as a whole, a parameter with all its dates, a change of a rule. It may also add,
drop or change single stages and barriers of the base (``[changes]``).

Say that ``almelo`` extends ``twente-2019`` and sets a limit: the limit is that of ``almelo``, with its sources; the
stages and all other limits are those of ``twente-2019``, and every output names who set each.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import attrs

from ..errors import ProfileError
from ..spelling import suggest
from .profile import Changes, Dated, Profile, RuleChange, Stage
from .registry import Registry


@attrs.define(kw_only=True, eq=False)
class InheritedProfile:
    """A profile with all that it inherits, and which profile set each part.

    Args:
        parameters: values by barrier and parameter, with the profile that set them.
        rules: changes by rule id, with the profile that made them.
        combined_by: the profile that set how each stage combines, by stage.
        words: the folders with words of profiles, the profile's own first.

    """

    profile: Profile
    stages: tuple[Stage, ...]
    parameters: dict[tuple[str, str], tuple[tuple[Dated, ...], str]]
    rules: dict[str, tuple[RuleChange, str]]
    combined_by: dict[str, str]
    words: tuple[Path, ...] = ()


def inherit(profile: Profile, bases: Mapping[str, Profile], registry: Registry, where: str) -> InheritedProfile:
    """Lay a profile over its bases.

    Raises:
        ProfileError: a base is missing, or bases extend each other in a circle.

    """
    chain = [profile]  # from the profile to the last of its bases
    while (base := chain[-1].extends) is not None:
        if base not in bases:
            message = registry.why_missing("profile", base)
            raise ProfileError.one(where, message, "extends")
        if base in [p.id for p in chain]:
            circle = " extends ".join([*(p.id for p in chain), base])
            raise ProfileError.one(where, f"profiles extend each other in a circle: {circle}", "extends")
        chain.append(bases[base])
    inherited = InheritedProfile(profile=chain[-1], stages=(), parameters={}, rules={}, combined_by={})
    for layer in reversed(chain):
        inherited = _apply_layer(inherited, layer, where)
    folders = tuple(Path(layer.words) for layer in chain if layer.words)
    return attrs.evolve(inherited, words=folders)


def _apply_layer(base: InheritedProfile, layer: Profile, where: str) -> InheritedProfile:
    stages, combined_by = base.stages, dict(base.combined_by)
    if layer.stages:
        stages = layer.stages
        combined_by |= {stage.id: layer.id for stage in stages}
    if layer.changes is not None:
        stages = _apply_changes(stages, layer.changes, where)
        changed = [*layer.changes.combine, *(added.id for added in layer.changes.add_stages)]
        combined_by |= dict.fromkeys(changed, layer.id)
    parameters = {
        (barrier, name): (values, layer.id)
        for barrier, named in layer.parameters.items()
        for name, values in named.items()
    }
    rules = {id: (change, layer.id) for id, change in layer.rules.items()}
    return InheritedProfile(
        profile=layer,
        stages=stages,
        parameters=base.parameters | parameters,
        rules=base.rules | rules,
        combined_by=combined_by,
    )


def _apply_changes(stages: tuple[Stage, ...], changes: Changes, where: str) -> tuple[Stage, ...]:
    """Apply changes to the stages of the base: stages dropped and added first, then combinations and barriers.

    Only a stage of the base can be changed; an added stage is stated in full.
    """

    def known(id: str, path: str) -> str:
        ids = [stage.id for stage in stages]
        if id not in ids:
            hint = suggest(id, ids) or f"; it has {', '.join(ids)}"
            raise ProfileError.one(where, f"the base has no stage {id!r}{hint}", f"changes.{path}")
        return id

    dropped = {known(id, "drop_stages") for id in changes.drop_stages}
    for added in changes.add_stages:
        if added.after is not None:
            known(added.after, "add_stages")
    result: list[Stage] = [added for added in changes.add_stages if added.after is None]
    for stage in stages:
        if stage.id not in dropped:
            result.append(stage)
        result += [added for added in changes.add_stages if added.after == stage.id]
    for id in [*changes.combine, *changes.barriers]:
        if id in dropped:
            raise ProfileError.one(where, f"stage {id!r} is dropped, so it cannot be changed as well", "changes")
    for id, combine in changes.combine.items():
        known(id, f"combine.{id}")
        result = [attrs.evolve(stage, combine=combine) if stage.id == id else stage for stage in result]
    for id, change in changes.barriers.items():
        known(id, f"barriers.{id}")
        result = [
            _apply_barrier_changes(stage, change.add, change.drop, where) if stage.id == id else stage
            for stage in result
        ]
    return tuple(result)


def _apply_barrier_changes(stage: Stage, add: tuple[str, ...], drop: tuple[str, ...], where: str) -> Stage:
    for id in drop:
        if id not in stage.barriers:
            message = f"stage {stage.id!r} of the base has no barrier {id!r}{suggest(id, stage.barriers)}"
            raise ProfileError.one(where, message, f"changes.barriers.{stage.id}.drop")
    kept = [id for id in stage.barriers if id not in drop]
    return attrs.evolve(stage, barriers=(*kept, *add))
