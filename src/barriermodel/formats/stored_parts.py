"""The parts of a stored assessment, field by field as in its JSON; a trailing ``_`` is not part of the key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from ..domain.evidence import Day, Source
from ..domain.identifiers import Identifier
from ..domain.kinds import Supplier
from ..domain.unknown import UnknownReason
from ..objects import brief_repr
from ..profiles.profile import CombineBy, ProfileStatus
from ..reading.parsing import plain_json
from ..reporting.rendering import Line
from ..rules.levels import Concern, Interval, Level, Moment, Status
from ..rules.rule import RuleKind
from ..text import Language, Localized, TextOrStr


class _Part:
    __slots__ = ()
    __repr__ = brief_repr


class _Bounded(_Part):
    """A part with a lowest and a highest level; both None if a stage counts rules or was not examined."""

    __slots__ = ()
    at_least: Level | None
    at_most: Level | None

    @property
    def interval(self) -> Interval | None:
        """The two levels as an interval."""
        return None if self.at_least is None or self.at_most is None else Interval(self.at_least, self.at_most)


@attrs.frozen(kw_only=True, repr=False)
class StoredInterval(_Bounded):
    """A lowest and a highest level, and whether they are equal."""

    at_least: Level | None
    at_most: Level | None
    decided: bool | None


@attrs.frozen(kw_only=True, repr=False)
class StoredConcern(StoredInterval):
    """An interval, with the numbers of hits and open rules that are counted instead."""

    hits: int
    open: int


@attrs.frozen(kw_only=True, repr=False)
class StoredFact(_Part):
    """A fact that a rule read; its name is its id.

    Args:
        value: the value as JSON data; None if it is unknown or withheld.
        evidence: ids of the items of evidence that it came from.
        unknown: why it is unknown; ``found`` is the implausible date that was stated, if any.
        inputs: ids of the facts that a derived fact was computed from.
        withheld: the value is confidential and was not stored.

    """

    name: str
    value: Any = attrs.field(converter=plain_json, repr=False)  # may be confidential
    evidence: tuple[str, ...]
    unknown: UnknownReason | None
    found: Any = attrs.field(default=None, repr=False)
    inputs: tuple[str, ...] = ()
    withheld: bool = False


@attrs.frozen(kw_only=True, repr=False)
class StoredSetting(_Part):
    """The value of a limit that a rule used, and who set it."""

    name: str
    value: Any = attrs.field(converter=plain_json)
    from_: date | None
    source: str | None
    assumption: TextOrStr | None
    note: TextOrStr | None
    set_by: str

    @property
    def since(self) -> date | None:
        """The first day on which it applies."""
        return self.from_


@attrs.frozen(kw_only=True, repr=False)
class StoredChange(_Part):
    """Who changed the level of a rule, and why."""

    by: str | None
    reason: TextOrStr


@attrs.frozen(kw_only=True, repr=False)
class StoredRule(_Part):
    """The result of a rule."""

    id: str
    kind: RuleKind
    opaque: bool
    status: Status
    level: Level
    text: Localized
    basis: TextOrStr | None
    unverified: Localized | None = None
    expression: Any = attrs.field(converter=plain_json)
    applies: Any = attrs.field(converter=plain_json)
    facts: tuple[StoredFact, ...]
    parameters_: tuple[StoredSetting, ...]
    error: str | None
    changed: StoredChange | None = None

    @property
    def parameters(self) -> Mapping[str, StoredSetting]:
        """The limits that the rule used, by name."""
        return {setting.name: setting for setting in self.parameters_}


@attrs.frozen(kw_only=True, repr=False)
class StoredPlugin(_Part):
    """The plugin that provided a barrier."""

    name: str
    version: str | None


@attrs.frozen(kw_only=True, repr=False)
class StoredBarrier(_Bounded):
    """The result of a barrier."""

    id: str
    title: Localized
    plugin: StoredPlugin
    concern: Concern
    at_least: Level | None
    at_most: Level | None
    hits: int
    open: int
    rules: tuple[StoredRule, ...]


@attrs.frozen(kw_only=True, repr=False)
class StoredThresholds(_Part):
    """The numbers of hits, or of points, at which a stage becomes orange and red."""

    orange: int
    red: int
    weights: dict[str, int]
    source: str | None
    assumption: TextOrStr | None


@attrs.frozen(kw_only=True, repr=False)
class StoredStage(_Bounded):
    """The result of a stage."""

    id: str
    title: Localized
    moment: Moment
    combine: CombineBy
    examined: bool
    at_least: Level | None
    at_most: Level | None
    barriers: tuple[StoredBarrier, ...]
    thresholds: StoredThresholds | None = None


@attrs.frozen(repr=False)
class StoredLabel(_Part):
    """The label of a fact or limit."""

    nl: str
    en: str
    type: str
    """``bool``, ``int``, ``ratio`` (0.10 is 10%), ``money`` (in euros), ``date``, ``text``, ``choice``."""

    def __getitem__(self, lang: Language) -> str:
        return self.en if lang == "en" else self.nl


@attrs.frozen(kw_only=True, repr=False)
class StoredKind(_Part):
    """A kind of evidence; older versions stored only its id."""

    id: str
    title: Localized | None = None
    supplier: Supplier | None = None
    burden: int | None = None
    confidential: bool | None = None
    retention: Localized | None = None


@attrs.frozen(kw_only=True, repr=False)
class StoredEvidence(_Part):
    """An item of evidence in the dossier, whether or not it counted.

    Args:
        date: the day on which it was issued or obtained; None if that is unknown or withheld.
        valid_until: the last day on which it counts.
        withheld: it is confidential, and only its kind and id were stored.

    """

    id: str
    kind: StoredKind
    source: Source | None = None
    about: Identifier | None = None
    date: Day | None = None
    valid_until: Day | None = None
    withheld: bool = False


@attrs.frozen(kw_only=True, repr=False)
class StoredAsk(_Part):
    """Evidence that was still needed, since it could change the advice."""

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


@attrs.frozen(kw_only=True, repr=False)
class StoredCaution(_Part):
    """Something that a person should check; its text is None if it was withheld."""

    kind: str | None
    evidence: tuple[str, ...]
    text: Localized | None
    withheld: bool = False


@attrs.frozen(kw_only=True, repr=False)
class StoredWithheld(_Part):
    """An item of confidential evidence whose values were not stored."""

    kind: StoredKind
    evidence: str
    retention: Localized | None = None

    @property
    def id(self) -> str:
        """The id of the item."""
        return self.evidence


@attrs.frozen(kw_only=True, repr=False)
class StoredProfile(_Part):
    """The profile that was used."""

    id: str
    digest: str
    status: ProfileStatus
    title: Localized | None = None


@attrs.frozen(kw_only=True, repr=False)
class StoredReport(_Part):
    """The lines of the report in both languages."""

    nl: tuple[Line, ...]
    en: tuple[Line, ...]

    def __getitem__(self, lang: Language) -> tuple[Line, ...]:
        return self.nl if lang == "nl" else self.en


@attrs.frozen(kw_only=True, repr=False)
class StoredRow(_Part):
    """How the row of a table was read: what it gave, and what was assumed for lack of a column."""

    given: tuple[str, ...]
    freshness_not_checked: tuple[str, ...]
    from_map: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
