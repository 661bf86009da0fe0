"""A profile that can be run: everything inherited and defaulted filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Sized
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import attrs

from ..canonical import sha256
from ..domain.facts import fact_fields
from ..domain.kinds import EvidenceKind
from ..domain.values import json_fields, to_json
from ..objects import Packed, ReadOnly, Uncopied, brief_repr, pack, represent, unpack
from ..rules.barrier import Barrier
from ..rules.derived import Derived
from ..rules.expression import split_rule_id
from ..rules.levels import Concern, Level, Moment, Status, bounds
from ..rules.rule import Rule
from ..rules.signature import ParameterSpec
from ..text import Localized, TextOrStr
from ..words.lexicon import Lexicon
from .digest import canonical_profile
from .profile import Combine, CombineBy, Dated, Profile
from .registry import Plugin

_HIT, _OPEN = Status.HIT.value, Status.OPEN.value


@attrs.frozen(kw_only=True)
class Setting:
    """A value of a parameter from a date on (None: always), and who set it."""

    value: Any
    since: date | None
    source: str | None
    assumption: TextOrStr | None
    note: TextOrStr | None
    set_by: str

    __repr__ = brief_repr

    @classmethod
    def of(cls, value: Any, stated: ParameterSpec | Dated, set_by: str, since: date | None = None) -> Setting:
        """A value with the source or assumption, and the note, that are stated with it."""
        source = stated.limit.source if isinstance(stated, ParameterSpec) else stated.source
        assumption, note = stated.assumption, stated.note
        return cls(value=value, since=since, source=source, assumption=assumption, note=note, set_by=set_by)

    def as_data(self) -> dict[str, Any]:
        """The setting as JSON data."""
        rest = json_fields(self, "source", "assumption", "note", "set_by")
        return {"value": to_json(self.value), "from": to_json(self.since), **rest}


@attrs.frozen(kw_only=True)
class ResolvedParameter:
    """A parameter with its values in the order of their dates."""

    barrier: str
    spec: ParameterSpec
    settings: tuple[Setting, ...]

    def __repr__(self) -> str:
        return represent(self, repr(self.id), f"settings={len(self.settings)}")

    @property
    def id(self) -> str:
        """The parameter's id: ``nl.kvk.min_months``."""
        return f"{self.barrier}.{self.spec.name}"

    def on(self, day: date) -> Setting | None:
        """The setting in force on a day; None before the first."""
        found = [s for s in self.settings if s.since is None or s.since <= day]
        return found[-1] if found else None


@attrs.frozen(kw_only=True)
class ResolvedRule:
    """A rule with the level that holds here, and why it differs from the rule's own."""

    definition: Rule[...]
    level: Level
    weight: int
    parameters: tuple[str, ...]
    """The names of the parameters it uses."""
    reason: TextOrStr | None = None
    changed_by: str | None = None

    def __repr__(self) -> str:
        return represent(self, repr(self.id), self.level.key)

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.definition.id


@attrs.frozen(kw_only=True)
class ResolvedBarrier:
    """A barrier as a profile runs it."""

    definition: Barrier
    plugin: Plugin = attrs.field(eq=lambda plugin: plugin.label)
    rules: tuple[ResolvedRule, ...]
    parameters: Mapping[str, ResolvedParameter] = attrs.field(hash=False)
    left_out: Mapping[str, tuple[str, TextOrStr]] = attrs.field(hash=False)
    """Rules that are left out, by id: who left them out, and why."""
    levels: tuple[int, ...] = attrs.field(init=False)
    """The level of each rule as a number."""

    def __repr__(self) -> str:
        return represent(self, repr(self.id), f"rules={len(self.rules)}")

    @property
    def id(self) -> str:
        """The barrier's id."""
        return self.definition.id

    @property
    def title(self) -> Localized:
        """The barrier's title."""
        return self.definition.title

    @property
    def concern(self) -> Concern:
        """What the barrier is about."""
        return self.definition.concern

    def __reduce__(self) -> tuple[Any, ...]:
        given = {field.name: getattr(self, field.name) for field in attrs.fields(ResolvedBarrier) if field.init}
        plugin = self.plugin  # who offers it, without what else it offers
        given["plugin"] = Plugin(name=plugin.name, version=plugin.version, status=plugin.status, file=plugin.file)
        return partial(ResolvedBarrier, **given), ()

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "levels", tuple(rule.level.value for rule in self.rules))


@attrs.frozen(kw_only=True)
class ResolvedStage:
    """A stage with its barriers, sorted by id: their order means nothing."""

    id: str
    title: Localized
    moment: Moment
    barriers: tuple[ResolvedBarrier, ...]
    combine: Combine
    combine_set_by: str
    by_level: bool = attrs.field(init=False)
    """Whether its rules' own levels count."""
    rules: tuple[ResolvedRule, ...] = attrs.field(init=False)
    """Its rules in the order of the statuses in an evaluation."""
    weights: tuple[int, ...] = attrs.field(init=False)
    """What a hit of each rule counts for: its level as a number, or its points (1 where hits are counted)."""

    def __repr__(self) -> str:
        return represent(self, repr(self.id), f"barriers={len(self.barriers)}")

    def __attrs_post_init__(self) -> None:
        rules = tuple(rule for barrier in self.barriers for rule in barrier.rules)
        object.__setattr__(self, "by_level", self.combine.by is CombineBy.WORST)
        object.__setattr__(self, "rules", rules)
        object.__setattr__(self, "weights", tuple(r.level.value if self.by_level else r.weight for r in rules))

    def bounds(self, statuses: Sequence[int]) -> tuple[int, int]:
        """Combine the statuses of its rules, as numbers, into the two ends of its interval, as numbers.

        The lower end is what the hits add up to, the upper end what they would if every open rule hit as well.
        """
        if self.by_level:
            return bounds(statuses, self.weights)
        hits = open_ = 0
        for status, weight in zip(statuses, self.weights, strict=True):
            if status == _HIT:
                hits += weight
            elif status == _OPEN:
                open_ += weight
        return self.level_for_count(hits), self.level_for_count(hits + open_)

    def level_for_count(self, number: int) -> int:
        """The level, as a number, that a number of hits or points reaches."""
        if self.combine.red is not None and number >= self.combine.red:
            return Level.RED.value
        return Level.ORANGE.value if self.combine.orange is not None and number >= self.combine.orange else 0

    def combine_as_data(self) -> dict[str, Any]:
        """How it combines, as JSON data; weights only where points are added."""
        weights = {rule.id: rule.weight for rule in self.rules} if self.combine.by is CombineBy.POINTS else {}
        stated = json_fields(self.combine, "by", "orange", "red", "weights", "source", "assumption")
        return stated | {"weights": weights}


@attrs.frozen(kw_only=True)
class Ending:
    """The end of a table that has a value for each year: for a later year, what depends on it stays open.

    Args:
        table: the parameter that is the table.
        last: the last year of its newest setting.

    """

    table: ResolvedParameter
    last: int

    def __repr__(self) -> str:
        return represent(self, repr(self.table.id), str(self.on))

    @property
    def on(self) -> date:
        """The date to watch: the first day without a value."""
        return date(self.last + 1, 1, 1)


@attrs.frozen(kw_only=True, slots=False)
class ResolvedProfile(Uncopied):
    """A profile that can be run."""

    profile: Profile
    stages: tuple[ResolvedStage, ...]
    withheld: frozenset[str] = frozenset()
    """The ids of all confidential kinds that are installed, used here or not, and of what is derived from them."""
    words: tuple[Path, ...] = ()
    """The folders with words of the profile and of those it extends, its own first."""

    def __repr__(self) -> str:
        return represent(self, repr(self.profile.id), f"stages={len(self.stages)}", f"barriers={len(self.barriers)}")

    def __reduce__(self) -> tuple[Any, ...]:
        return unpack, self._packed

    @cached_property
    def _packed(self) -> Packed:
        """Once for all assessments that are pickled with it."""
        versions = {barrier.plugin.name: barrier.plugin.version for barrier in self.barriers}
        return pack(ResolvedProfile, versions, **attrs.asdict(self, recurse=False))

    @cached_property
    def barriers(self) -> tuple[ResolvedBarrier, ...]:
        """All barriers, in order of their stages."""
        return tuple([barrier for stage in self.stages for barrier in stage.barriers])

    @cached_property
    def kinds(self) -> Mapping[str, EvidenceKind]:
        """The evidence kinds that its rules look at, sorted by id."""
        found = {kind.id: kind for b in self.barriers for kind in b.definition.kinds}
        return ReadOnly({id: found[id] for id in sorted(found)})

    def derived(self, id: str) -> Derived:
        """A derived fact by its id."""
        barrier, name = split_rule_id(id)
        return next(b.definition.derived_facts[name] for b in self.barriers if b.id == barrier)

    @cached_property
    def endings(self) -> tuple[Ending, ...]:
        """Where its tables of years end, the first to end first."""
        found = [ending for barrier in self.barriers for ending in _endings(barrier)]
        return tuple(sorted(found, key=lambda ending: (ending.last, ending.table.barrier, ending.table.spec.name)))

    @cached_property
    def confidential(self) -> frozenset[str]:
        """The ids of facts of confidential kinds, and of what is derived from them."""
        found = {f"{k.id}.{name}" for k in self.kinds.values() if k.confidential for name in fact_fields(k.cls)}
        for barrier in self.barriers:
            for derived in barrier.definition.derived_facts.values():
                if any(kind.confidential for kind in derived.signature.kinds):
                    found.add(f"derived.{derived.id}")
        return frozenset(found)

    @property
    def lexicon(self) -> Lexicon:
        """Looks up what is said, with the words of this profile first."""
        return Lexicon(self.words)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the canonical form (RFC 8785) of the resolved profile."""
        return sha256(canonical_profile(self))


def _endings(barrier: ResolvedBarrier) -> Iterator[Ending]:
    for table in barrier.parameters.values():
        first = table.spec.limit.yearly_from
        if first is not None:
            years = years_of(barrier.parameters[first].settings[-1].value, table.settings[-1].value)
            yield Ending(table=table, last=years.stop - 1)


def years_of(first: int, values: Sized) -> range:
    """The years for which a table has a value."""
    return range(first, first + len(values))
