"""Differences between two profiles, and what a profile changes in its base: as data, and in words for lawyers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from ..objects import represent
from ..profiles.profile import AddedStage, Changes, Dated, Profile, RuleChange
from ..profiles.resolved import ResolvedProfile
from ..text import Localized, composed, localized, localized_date
from ..words.lexicon import said
from .phrases import LEVEL
from .profile_statements import Key, ProfileStatement, Topic, profile_statements

__all__ = ["Difference", "Topic", "profile_difference"]


@attrs.frozen(kw_only=True)
class Difference:
    """One difference between two profiles.

    Args:
        topic: what kind of thing it is about.
        id: that of the stage, barrier, rule or limit; empty if it is about the whole profile.
        a: what the first profile states, as JSON data; None if it states nothing.
        b: what the second profile states.
        text: a sentence about each.
        remarks: the reasons, assumptions and notes that belong to it, each with the profile that gives it.

    """

    topic: Topic
    id: str
    a: Any
    b: Any
    text: Localized
    remarks: tuple[Localized, ...] = ()

    def __repr__(self) -> str:
        return represent(self, self.topic.value, repr(self.id))


def profile_difference(a: ResolvedProfile, b: ResolvedProfile) -> tuple[Difference, ...]:
    """List how two profiles differ, including what they inherit; empty if they screen alike.

    Ids, titles and lists of sources are not compared: they name a profile and do not change what it does. Nor does it
    matter which base a statement was inherited from.

    Example:
        >>> from barriermodel import BarrierModel
        >>> model = BarrierModel.load("twente-2019")
        >>> profile_difference(model.resolved, model.resolved)
        ()

    """
    stages = {stage.id for stage in b.stages}
    common = [stage.id for stage in a.stages if stage.id in stages]
    of_a, of_b = profile_statements(a, common), profile_statements(b, common)
    names = names_of(a, b)
    found = [
        _difference(key, of_a.get(key), of_b.get(key), names)
        for key in dict.fromkeys([*of_a, *of_b])
        if _differs(key, of_a, of_b)
    ]
    order = list(Topic)
    return tuple(sorted(found, key=lambda difference: order.index(difference.topic)))


def names_of(a: ResolvedProfile, b: ResolvedProfile) -> list[str]:
    """Name the two profiles: by id, followed by A or B if they share one."""
    names = [a.profile.id, b.profile.id]
    return names if names[0] != names[1] else [f"{name} ({x})" for name, x in zip(names, "AB", strict=True)]


_BOTH = said("difference", "both")
_ABSENT = said("difference", "absent", "1"), said("difference", "absent", "2")


def _differs(key: Key, a: Mapping[Key, ProfileStatement], b: Mapping[Key, ProfileStatement]) -> bool:
    if key in a and key in b:
        return bool(a[key].value != b[key].value)
    only, other = (a[key], b) if key in a else (b[key], a)
    return only.part_of is None or only.part_of in other


def _difference(key: Key, a: ProfileStatement | None, b: ProfileStatement | None, names: list[str]) -> Difference:
    subject = next(statement.subject for statement in (a, b) if statement)
    (verb_a, rest_a), (verb_b, rest_b) = [(one.verb, one.rest) if one else _ABSENT for one in (a, b)]
    text = _BOTH.fill(
        subject=subject, a=names[0], verb=verb_a, rest=rest_a, b=names[1], other_verb=verb_b, other_rest=rest_b
    )
    values = [statement.value if statement else None for statement in (a, b)]
    remarks = [
        _with_profile(name, remark)
        for name, statement in zip(names, (a, b), strict=True)
        for remark in (statement.remarks if statement else ())
    ]
    return Difference(
        topic=key[0],
        id=key[1],
        a=values[0],
        b=values[1],
        text=composed(lambda lang: text[lang][:1].upper() + text[lang][1:]),
        remarks=tuple(remarks),
    )


def _with_profile(name: str, remark: Localized) -> Localized:
    return composed(lambda lang: f"{name}, {remark[lang]}")


def profile_changes(profile: Profile) -> tuple[Localized, ...]:
    """Write one line for each change that a profile makes to its base; none if it has no base."""
    return tuple(_changes(profile)) if profile.extends else ()


def _changes(profile: Profile) -> Iterator[Localized]:
    changes = profile.changes or Changes()
    if profile.stages:
        yield _change("stages", ids=", ".join(stage.id for stage in profile.stages))
    for id in changes.drop_stages:
        yield _change("stage_dropped", id=id)
    for added in changes.add_stages:
        yield _added(added)
    for id, change in changes.barriers.items():
        for barrier in change.add:
            yield _change("barrier_added", id=id, barrier=barrier)
        for barrier in change.drop:
            yield _change("barrier_dropped", id=id, barrier=barrier)
    for id, combine in changes.combine.items():
        yield _change("combined", id=id, by=combine.by.value, orange=combine.orange, red=combine.red)
    for barrier, parameters in profile.parameters.items():
        for name, values in parameters.items():
            yield _set(f"{barrier}.{name}", values)
    for id, rule in profile.rules.items():
        yield _rule(id, rule)


def _change(key: str, **values: object) -> Localized:
    return said("difference", "changes", key).fill(**values)


def _added(added: AddedStage) -> Localized:
    key = "stage_added" if added.after else "first_stage_added"
    return _change(key, id=added.id, after=added.after, barriers=", ".join(added.barriers))


def _set(name: str, values: tuple[Dated, ...]) -> Localized:
    dated = [_change("from", value=_value(d), day=localized_date(d.from_)) if d.from_ else _value(d) for d in values]
    return _change("limit", name=name, values=composed(lambda lang: "; ".join(localized(d, lang) for d in dated)))


def _value(dated: Dated) -> str:
    """Show the value as the file has it, since only the barrier knows its type."""
    return ", ".join(map(str, dated.value)) if isinstance(dated.value, list | tuple) else str(dated.value)


def _rule(id: str, rule: RuleChange) -> Localized:
    if rule.level is None:
        return _change("left_out", id=id, why=rule.reason)
    return _change("level", id=id, level=LEVEL[rule.level], why=rule.reason)
