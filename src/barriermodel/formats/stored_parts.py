"""The parts of an assessment as its JSON holds them, key by key; a key with another name here ends in ``_``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from ..domain.evidence import Day, Source
from ..domain.identifiers import Identifier
from ..domain.kinds import Supplier
from ..domain.unknown import UnknownReason
from ..objects import brief_repr
from ..profiles.profile import CombineBy, ProfileStatus
from ..reporting.rendering import Line
from ..rules.levels import Concern, Interval, Level, Moment, Status
from ..rules.rule import RuleKind
from ..text import Language, Localized, TextOrStr


def _plain(value: Any) -> Any:
    """Values as the standard library reads JSON."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {key: _plain(member) for key, member in value.items()}
    return [_plain(member) for member in value] if isinstance(value, list) else value


@attrs.frozen(kw_only=True)
class StoredInterval:
    """Two ends; None where a stage counts or was not examined."""

    at_least: Level | None
    at_most: Level | None
    decided: bool | None

    __repr__ = brief_repr

    @property
    def interval(self) -> Interval | None:
        """The two as one."""
        return _interval(self.at_least, self.at_most)


def _interval(at_least: Level | None, at_most: Level | None) -> Interval | None:
    return None if at_least is None or at_most is None else Interval(at_least, at_most)


@attrs.frozen(kw_only=True)
class StoredConcern(StoredInterval):
    """An interval, with numbers of rules that are counted."""

    hits: int
    open: int

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class StoredFact:
    """A fact that a rule looked at, by its id; ``value`` is as JSON holds it, and None where it is unknown or withheld.

    Args:
        evidence: ids of the items it came from.
        unknown: why it is unknown.
        found: the date that it was stated to be and cannot be.
        withheld: the value is confidential, and was not stored.

    """

    name: str
    value: Any = attrs.field(converter=_plain, repr=False)  # it may be confidential, where that was stored
    evidence: tuple[str, ...]
    unknown: UnknownReason | None
    found: Any = attrs.field(default=None, repr=False)
    inputs: tuple[str, ...] = ()
    withheld: bool = False

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class StoredSetting:
    """A limit that a rule used, and who set it."""

    name: str
    value: Any = attrs.field(converter=_plain)
    from_: date | None
    source: str | None
    assumption: TextOrStr | None
    note: TextOrStr | None
    set_by: str

    __repr__ = brief_repr

    @property
    def since(self) -> date | None:
        """From when on it holds."""
        return self.from_


@attrs.frozen(kw_only=True)
class StoredChange:
    """Who gave a rule another level, and why."""

    by: str | None
    reason: TextOrStr

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class StoredRule:
    """What became of one rule."""

    id: str
    kind: RuleKind
    opaque: bool
    status: Status
    level: Level
    text: Localized
    basis: TextOrStr | None
    unverified: Localized | None = None
    expression: Any = attrs.field(converter=_plain)
    applies: Any = attrs.field(converter=_plain)
    facts: tuple[StoredFact, ...]
    parameters_: tuple[StoredSetting, ...]
    error: str | None
    changed: StoredChange | None = None

    __repr__ = brief_repr

    @property
    def parameters(self) -> Mapping[str, StoredSetting]:
        """The limits that it used, by name."""
        return {setting.name: setting for setting in self.parameters_}


@attrs.frozen(kw_only=True)
class StoredPlugin:
    """The plugin that a barrier is of."""

    name: str
    version: str | None

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class StoredBarrier:
    """What became of one barrier."""

    id: str
    title: Localized
    plugin: StoredPlugin
    concern: Concern
    at_least: Level | None
    at_most: Level | None
    hits: int
    open: int
    rules: tuple[StoredRule, ...]

    __repr__ = brief_repr

    @property
    def interval(self) -> Interval | None:
        """The two ends; None where its stage counts or was not examined."""
        return _interval(self.at_least, self.at_most)


@attrs.frozen(kw_only=True)
class StoredThresholds:
    """What makes a stage orange and red that counts rules or adds up their weights."""

    orange: int
    red: int
    weights: dict[str, int]
    source: str | None
    assumption: TextOrStr | None

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class StoredStage:
    """What became of one stage."""

    id: str
    title: Localized
    moment: Moment
    combine: CombineBy
    examined: bool
    at_least: Level | None
    at_most: Level | None
    barriers: tuple[StoredBarrier, ...]
    thresholds: StoredThresholds | None = None

    __repr__ = brief_repr

    @property
    def interval(self) -> Interval | None:
        """The two ends; None where it was not examined."""
        return _interval(self.at_least, self.at_most)


@attrs.frozen(repr=False)
class StoredLabel(Localized):
    """What a fact or limit is called.

    Args:
        type: of its value: ``bool``, ``int``, ``ratio`` (0.10 is 10%), ``money`` (in euros), ``date``, ``text`` or
            ``choice``.

    """

    __repr__ = brief_repr

    type: str


@attrs.frozen(kw_only=True)
class StoredKind:
    """A kind of evidence; only its id where the JSON was stored by a version that kept no more."""

    id: str
    title: Localized | None = None
    supplier: Supplier | None = None
    burden: int | None = None
    confidential: bool | None = None
    retention: Localized | None = None

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class StoredEvidence:
    """An item of evidence that was in the dossier, whether it counted or not.

    Args:
        date: when it was issued or obtained; None where that is unknown or withheld.
        valid_until: the last day on which it counts.
        withheld: it is confidential: no more of it was stored than its kind and its id.

    """

    id: str
    kind: StoredKind
    source: Source | None = None
    about: Identifier | None = None
    date: Day | None = None
    valid_until: Day | None = None
    withheld: bool = False

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class StoredAsk:
    """What still mattered: evidence that would have brought the advice nearer to a decision."""

    kind: StoredKind
    reason: UnknownReason
    supplier: Supplier
    burden: int
    question: Localized
    facts: tuple[str, ...]
    evidence: tuple[str, ...] = ()
    rules: tuple[str, ...]
    asked_on: date | None = None
    due_on: date | None = None

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class StoredCaution:
    """Something to look at; without its text where that was withheld."""

    kind: str | None
    evidence: tuple[str, ...]
    text: Localized | None
    withheld: bool = False

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class StoredWithheld:
    """Confidential evidence whose values were not stored."""

    kind: StoredKind
    evidence: str
    retention: Localized | None = None

    __repr__ = brief_repr

    @property
    def id(self) -> str:
        """The id of the item."""
        return self.evidence


@attrs.frozen(kw_only=True)
class StoredProfile:
    """The profile with which it was assessed."""

    id: str
    digest: str
    status: ProfileStatus
    title: Localized | None = None

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class StoredReport:
    """The report in both languages, line by line."""

    nl: tuple[Line, ...]
    en: tuple[Line, ...]

    __repr__ = brief_repr

    def __getitem__(self, lang: Language) -> tuple[Line, ...]:
        return self.nl if lang == "nl" else self.en


@attrs.frozen(kw_only=True)
class StoredRow:
    """What a row of a table did not tell."""

    given: tuple[str, ...]
    freshness_not_checked: tuple[str, ...]
    from_map: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    __repr__ = brief_repr
