"""What differs between two profiles: as data, and in words that a policy officer or lawyer can read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..objects import represent
from ..profiles.resolved import ResolvedProfile
from ..text import Localized, Text
from .profile_statements import Key, ProfileStatement, Topic, profile_statements

__all__ = ["Difference", "Topic", "profile_difference"]


@attrs.frozen(kw_only=True)
class Difference:
    """One thing in which two profiles differ.

    Args:
        id: of the stage, barrier, rule or limit; empty where it is about the whole profile.
        a: what the first says of it, as JSON holds it; None where the first does not have it.
        b: the same of the second.
        text: a sentence on each.
        remarks: the reasons, assumptions and notes that go with it, each with the profile that gives it.

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
    """In what two profiles differ, with all that they inherit; empty where they screen alike.

    Their ids, titles and lists of sources are not compared: those say what they are, not what they do. Nor is which
    of their bases said something.
    """
    stages = {stage.id for stage in b.stages}
    common = [stage.id for stage in a.stages if stage.id in stages]
    told_a, told_b = profile_statements(a, common), profile_statements(b, common)
    names = names_of(a, b)
    found = [
        _difference(key, told_a.get(key), told_b.get(key), names)
        for key in dict.fromkeys([*told_a, *told_b])
        if _differs(key, told_a, told_b)
    ]
    order = list(Topic)
    return tuple(sorted(found, key=lambda difference: order.index(difference.topic)))


def names_of(a: ResolvedProfile, b: ResolvedProfile) -> list[str]:
    """How the two are called: by id; a copy that kept its id is told from the other as A and B."""
    names = [a.profile.id, b.profile.id]
    return names if names[0] != names[1] else [f"{name} ({x})" for name, x in zip(names, "AB", strict=True)]


_ABSENT = Text(nl="komt", en="does"), Text(nl="niet voor", en="not occur")


def _differs(key: Key, a: Mapping[Key, ProfileStatement], b: Mapping[Key, ProfileStatement]) -> bool:
    if key in a and key in b:
        return bool(a[key].value != b[key].value)
    said, other = (a[key], b) if key in a else (b[key], a)
    return said.part_of is None or said.part_of in other


def _difference(key: Key, a: ProfileStatement | None, b: ProfileStatement | None, names: list[str]) -> Difference:
    subject = next(said.subject for said in (a, b) if said)
    (verb_a, rest_a), (verb_b, rest_b) = [(said.verb, said.rest) if said else _ABSENT for said in (a, b)]
    nl = f"{subject.nl} {verb_a.nl} in {names[0]} {rest_a.nl}. In {names[1]} {verb_b.nl} die {rest_b.nl}."
    en = f"In {names[0]} {subject.en} {verb_a.en} {rest_a.en}. In {names[1]} it {verb_b.en} {rest_b.en}."
    values = [said.value if said else None for said in (a, b)]
    remarks = [
        _after(name, remark) for name, said in zip(names, (a, b), strict=True) if said for remark in said.remarks
    ]
    return Difference(
        topic=key[0],
        id=key[1],
        a=values[0],
        b=values[1],
        text=Localized(nl[0].upper() + nl[1:], en),
        remarks=tuple(remarks),
    )


def _after(name: str, remark: Localized) -> Localized:
    return Localized(f"{name}, {remark.nl}", f"{name}, {remark.en}")
