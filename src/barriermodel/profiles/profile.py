"""A profile as written: what a region decides. ``resolve.py`` fits it to the installed plugins."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Any

import attrs

from ..errors import ProfileError
from ..files import read_given
from ..objects import brief_repr
from ..reading.parsing import parse_toml
from ..reading.structuring import new_converter, structure
from ..rules.levels import Level, Moment
from ..spelling import suggest
from ..text import Localized, TextOrStr, is_blank

_ID = re.compile("[a-z0-9][a-z0-9_-]*")


class ProfileStatus(enum.Enum):
    """How authoritative a profile is; it never claims to be more."""

    PUBLISHED = "published"
    """The region published these rules itself."""
    CONTRACT = "contract"
    """The rules are in a contract or tender document."""
    RECONSTRUCTION = "reconstruction"
    """Put together by others from public sources."""


class CombineBy(enum.Enum):
    """How a stage combines its rules into one interval."""

    WORST = "worst"
    COUNT = "count"
    POINTS = "points"


def _check_source(source: str | None, assumption: TextOrStr | None) -> None:
    if is_blank(source) == is_blank(assumption):
        raise ValueError("give a source or an assumption: exactly one of them")


def not_blank(_: object, field: attrs.Attribute[Localized], text: Localized) -> None:
    """Refuse a text that is blank in one of its languages."""
    if not all(words.strip() for words in text.values()):
        got = ", ".join(f"{lang}={words!r}" for lang, words in text.items())
        raise ValueError(f"{field.name}: a text needs both languages, and none can be empty; got {got}")


@attrs.frozen(kw_only=True)
class Combine:
    """How a stage combines: ``worst`` by level; ``count`` by number of hits; ``points`` by weight of hits.

    Args:
        orange: the number of hits or points from which it is orange.
        red: the number from which it is red; at least ``orange``.
        weights: points by rule id; a rule that is not named has 1.

    """

    by: CombineBy = CombineBy.WORST
    orange: int | None = None
    red: int | None = None
    weights: dict[str, int] = attrs.field(factory=dict, hash=False)
    source: str | None = None
    assumption: TextOrStr | None = None

    __repr__ = brief_repr

    def __attrs_post_init__(self) -> None:
        if self.by is CombineBy.WORST:
            if self.orange is not None or self.red is not None or self.weights:
                raise ValueError("orange, red and weights go with by = count or points")
            return
        if self.orange is None or self.red is None or not 1 <= self.orange <= self.red:
            raise ValueError("give orange and red as whole numbers, with 1 <= orange <= red")
        if self.weights and self.by is CombineBy.COUNT:
            raise ValueError("weights go with by = points")
        if any(weight < 0 for weight in self.weights.values()):
            raise ValueError("weights are never negative")
        _check_source(self.source, self.assumption)


WORST = Combine()


@attrs.frozen(kw_only=True)
class Stage:
    """One step of the pipeline: barriers that are combined."""

    id: str
    title: Localized = attrs.field(validator=not_blank)
    moment: Moment
    barriers: tuple[str, ...]
    combine: Combine = WORST

    __repr__ = brief_repr


@attrs.frozen(kw_only=True, repr=False)
class AddedStage(Stage):
    """A stage that a profile adds to its base, after one of the base's (``after`` left out: first)."""

    after: str | None = None


@attrs.frozen(kw_only=True)
class Dated:
    """The value of a parameter from a date on (``from`` left out: always), with its source."""

    value: Any
    from_: date | None = None
    source: str | None = None
    assumption: TextOrStr | None = None
    note: TextOrStr | None = None

    __repr__ = brief_repr

    def __attrs_post_init__(self) -> None:
        _check_source(self.source, self.assumption)


@attrs.frozen(kw_only=True)
class RuleChange:
    """Another level for a rule, or the rule left out, with the reason."""

    reason: TextOrStr
    level: Level | None = None
    leave_out: bool = False

    __repr__ = brief_repr

    def __attrs_post_init__(self) -> None:
        if (self.level is None) == (not self.leave_out):
            raise ValueError("give a level, or leave_out = true: exactly one of them")
        if is_blank(self.reason):
            raise ValueError("say why the rule is changed: reason = …")
        if self.level is Level.GREEN:
            raise ValueError("a rule of level green says nothing; write leave_out = true")


@attrs.frozen(kw_only=True)
class ListChange:
    """Barriers that are added to a stage of the base, or dropped from it."""

    add: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class Changes:
    """What a profile changes in the stages of its base."""

    drop_stages: tuple[str, ...] = ()
    add_stages: tuple[AddedStage, ...] = ()
    barriers: dict[str, ListChange] = attrs.field(factory=dict, hash=False)
    combine: dict[str, Combine] = attrs.field(factory=dict, hash=False)

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class Profile:
    """The barriers a region runs, in which order, with which limits.

    Args:
        owner: the body that decides about it.
        extends: id of the profile it starts from.
        status: how authoritative it is.
        valid_from: the first date on which a dossier can be assessed under it; ``valid_until`` the last.
        parameters: values by barrier and parameter.
        rules: changes by rule id.
        words: the folder with the profile's own words files, which come before those of plugins.

    >>> from barriermodel import BarrierModel
    >>> BarrierModel.load("twente-2019").profile
    Profile(id='twente-2019', status=reconstruction, valid_from=2019-01-01, sources=6, stages=3, parameters=7, rules=7)

    """

    id: str
    title: Localized = attrs.field(validator=not_blank)
    owner: TextOrStr
    status: ProfileStatus
    valid_from: date
    valid_until: date | None = None
    extends: str | None = None
    sources: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    parameters: dict[str, dict[str, tuple[Dated, ...]]] = attrs.field(factory=dict, hash=False)
    rules: dict[str, RuleChange] = attrs.field(factory=dict, hash=False)
    changes: Changes | None = None
    words: str | None = None

    __repr__ = brief_repr

    def __attrs_post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(f"the id {self.id!r} has something else than a to z, 0 to 9, `-` and `_`")
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise ValueError("valid_until is before valid_from")
        if self.extends is None and self.changes is not None:
            raise ValueError("changes go with extends: there is no base to change")
        if self.extends is None and not self.stages:
            raise ValueError("give [[stages]], or the profile that this one extends")
        if self.stages and self.changes is not None:
            raise ValueError("give [[stages]], which replaces all stages of the base, or changes: not both")


@cache  # making a converter takes far longer than using it, and every installed profile is read
def _converter() -> Any:
    converter = new_converter()
    levels = {level.key: level for level in Level}

    def level(value: Any, _: Any) -> Level:
        if type(value) is not str or value not in levels:
            raise ValueError(f"expected one of {', '.join(levels)}; got {value!r}{suggest(str(value), levels)}")
        return levels[value]

    def dated(inner: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        # a value without a date may be given without a list
        return lambda value, kind: inner([value] if type(value) is dict else value, kind)

    converter.register_structure_hook(Level, level)
    values = tuple[Dated, ...]
    hook = dated(converter.get_structure_hook(values))
    converter.register_structure_hook_func(lambda kind: kind == values, hook)
    return converter


def read_profile(path: str | PathLike[str]) -> Profile:
    """Read a profile from a TOML file.

    Raises:
        ProfileError: the file is not a valid profile; it has every problem with its key path.

    >>> read_profile("profiles/nothing.toml")
    Traceback (most recent call last):
    ...
    barriermodel.errors.ProfileError: profiles/nothing.toml: ...

    """
    raw = read_given(path, str(path), ProfileError)
    data = parse_toml(raw, str(path), ProfileError)
    profile: Profile = structure(_converter(), data, Profile, str(path), ProfileError)
    if profile.words is None:
        return profile
    return attrs.evolve(profile, words=str(Path(path).parent / profile.words))
