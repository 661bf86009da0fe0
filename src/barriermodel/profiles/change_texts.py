"""What a profile changes against its base, told in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from ..rules.levels import Level
from ..text import Localized, Text, format_date, localized
from .profile import AddedStage, Changes, Dated, Profile, RuleChange

LEVEL = {
    Level.GREEN: Text(nl="groen", en="green"),
    Level.ORANGE: Text(nl="oranje", en="orange"),
    Level.RED: Text(nl="rood", en="red"),
    Level.EXCLUDE: Text(nl="uitsluiting mogelijk", en="exclusion possible"),
}
"""How a level is called, here and in every report."""


def told(layer: Profile) -> Iterator[Localized]:
    """A line for each change."""
    changes = layer.changes or Changes()
    if layer.stages:
        names = ", ".join(stage.id for stage in layer.stages)
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
    for barrier, parameters in layer.parameters.items():
        for name, values in parameters.items():
            yield _set(f"{barrier}.{name}", values)
    for id, rule in layer.rules.items():
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
    """As the file has it: which type it has only the barrier knows."""
    return ", ".join(map(str, dated.value)) if isinstance(dated.value, list | tuple) else str(dated.value)


def _rule(id: str, rule: RuleChange) -> Localized:
    why = rule.reason
    if rule.level is None:
        return Localized(f"laat {id} weg: {localized(why, 'nl')}", f"leaves out {id}: {localized(why, 'en')}")
    level = LEVEL[rule.level]
    return Localized(
        f"zet {id} op {level.nl}: {localized(why, 'nl')}", f"sets {id} to {level.en}: {localized(why, 'en')}"
    )
