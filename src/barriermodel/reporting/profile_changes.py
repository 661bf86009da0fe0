"""What a profile changes in its base, in words."""

from __future__ import annotations

from collections.abc import Iterator

from ..profiles.profile import AddedStage, Changes, Dated, Profile, RuleChange
from ..text import Localized, format_date, localized
from .phrases import LEVEL


def profile_changes(profile: Profile) -> tuple[Localized, ...]:
    """One line for each change that a profile makes in its base; none where it extends no other."""
    return tuple(_changes(profile)) if profile.extends else ()


def _changes(profile: Profile) -> Iterator[Localized]:
    changes = profile.changes or Changes()
    if profile.stages:
        names = ", ".join(stage.id for stage in profile.stages)
        yield Localized(f"vervangt alle stappen: {names}", f"replaces all stages: {names}")
    for id in changes.drop_stages:
        yield Localized(f"laat stap {id} vallen", f"drops stage {id}")
    for added in changes.add_stages:
        yield _added(added)
    for id, change in changes.barriers.items():
        for barrier in change.add:
            yield Localized(f"voegt {barrier} toe aan stap {id}", f"adds {barrier} to stage {id}")
        for barrier in change.drop:
            yield Localized(f"haalt {barrier} uit stap {id}", f"drops {barrier} from stage {id}")
    for id, combine in changes.combine.items():
        by, ends = combine.by.value, (combine.orange, combine.red)
        yield Localized(
            f"combineert stap {id} met {by}: oranje {ends[0]}, rood {ends[1]}",
            f"combines stage {id} by {by}: orange {ends[0]}, red {ends[1]}",
        )
    for barrier, parameters in profile.parameters.items():
        for name, values in parameters.items():
            yield _set(f"{barrier}.{name}", values)
    for id, rule in profile.rules.items():
        yield _rule(id, rule)


def _added(added: AddedStage) -> Localized:
    barriers = ", ".join(added.barriers)
    nl = f"na {added.after}" if added.after else "als eerste"
    en = f"after {added.after}" if added.after else "as the first"
    return Localized(f"voegt stap {added.id} toe {nl}: {barriers}", f"adds stage {added.id} {en}: {barriers}")


def _set(name: str, values: tuple[Dated, ...]) -> Localized:
    nl = "; ".join(_value(d) + (f" vanaf {format_date(d.from_, 'nl')}" if d.from_ else "") for d in values)
    en = "; ".join(_value(d) + (f" from {format_date(d.from_, 'en')}" if d.from_ else "") for d in values)
    return Localized(f"zet {name} op {nl}", f"sets {name} to {en}")


def _value(dated: Dated) -> str:
    """The value as the file has it: only the barrier knows its type."""
    return ", ".join(map(str, dated.value)) if isinstance(dated.value, list | tuple) else str(dated.value)


def _rule(id: str, rule: RuleChange) -> Localized:
    why = rule.reason
    if rule.level is None:
        return Localized(f"laat {id} weg: {localized(why, 'nl')}", f"leaves out {id}: {localized(why, 'en')}")
    level = LEVEL[rule.level]
    return Localized(
        f"zet {id} op {level.nl}: {localized(why, 'nl')}", f"sets {id} to {level.en}: {localized(why, 'en')}"
    )
