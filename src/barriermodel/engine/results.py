"""The results of rules, barriers, stages and concerns, read from an evaluation when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

import attrs

from ..objects import ReadOnly, brief_repr, plain_text, represent
from ..profiles.resolved import ResolvedBarrier, ResolvedRule, ResolvedStage, Setting
from ..rules.interpreter import EvaluatedNode
from ..rules.levels import Concern, Interval, Level, Moment, Status
from ..rules.rule import Rule
from ..text import Localized
from .evaluate import Evaluation
from .provenance import FactValue, fact_value, values_in

_HIT, _OPEN = Status.HIT.value, Status.OPEN.value


@attrs.frozen(eq=False)
class RuleResult:
    """The result of one rule."""

    evaluation: Evaluation = attrs.field(repr=False)
    barrier: ResolvedBarrier = attrs.field(repr=False)
    resolved: ResolvedRule
    status: Status
    write: Callable[[RuleResult], Localized] = attrs.field(repr=False)
    """Puts the result in words."""

    def __repr__(self) -> str:
        return represent(self, repr(self.id), self.status.key, self.level.key)

    def __eq__(self, other: object) -> bool:
        return self._content() == other._content() if isinstance(other, RuleResult) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.id, self.status))

    def _content(self) -> tuple[object, ...]:
        return self.resolved, self.status, self.values, self.facts, self.parameters, self.error

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.resolved.id

    @property
    def definition(self) -> Rule[...]:
        """The rule as its plugin defines it."""
        return self.resolved.definition

    @property
    def level(self) -> Level:
        """The rule's level under this profile."""
        return self.resolved.level

    @property
    def text(self) -> Localized:
        """The result in one or two sentences, in both languages; confidential values are masked."""
        return self.write(self)

    @cached_property
    def values(self) -> tuple[EvaluatedNode, EvaluatedNode | None]:
        """The rule's expression with every node's value, and that of ``applies``."""
        return values_in(self.evaluation, self.resolved)

    @cached_property
    def facts(self) -> tuple[FactValue, ...]:
        """The facts the rule looks at, each with where it came from or why it is unknown."""
        return tuple([fact_value(self.evaluation, ref) for ref in self.definition.facts])

    @cached_property
    def parameters(self) -> Mapping[str, Setting]:
        """The limits the rule uses, with who set them."""
        day = self.evaluation.dossier.as_of
        settings = {name: self.barrier.parameters[name].on(day) for name in self.resolved.parameters}
        return ReadOnly({name: setting for name, setting in settings.items() if setting is not None})

    @property
    def error(self) -> str | None:
        """The error that a derived fact or opaque rule raised, if it did."""
        for ref in self.definition.facts:
            outcome = self.evaluation.outcomes.get(ref.name) if ref.source == "derived" else None
            if outcome is not None and outcome.error:
                # the words of an error may quote a confidential value; its name does not
                hidden = ref.id in self.evaluation.resolved.confidential
                return outcome.error.partition(":")[0] if hidden else outcome.error
        return None


@attrs.frozen
class BarrierResult:
    """The results of one barrier's rules; ``interval`` is None if its stage counts or was not examined."""

    resolved: ResolvedBarrier
    rules: tuple[RuleResult, ...]
    interval: Interval | None
    statuses: tuple[int, ...] = attrs.field(repr=False)

    def __repr__(self) -> str:
        return represent(self, repr(self.id), f"rules={len(self.rules)}", f"hits={self.hits}", f"open={self.open}")

    def __hash__(self) -> int:
        return hash((self.id, self.statuses))

    @property
    def id(self) -> str:
        """The barrier's id."""
        return self.resolved.id

    @property
    def title(self) -> Localized:
        """The barrier's title."""
        return self.resolved.title

    @property
    def concern(self) -> Concern:
        """What the barrier is about."""
        return self.resolved.concern

    @property
    def hits(self) -> int:
        """The number of rules that hit."""
        return self.statuses.count(_HIT)

    @property
    def open(self) -> int:
        """The number of open rules."""
        return self.statuses.count(_OPEN)


@attrs.frozen
class StageResult:
    """The results of one stage's barriers; ``interval`` is None if it was not examined."""

    resolved: ResolvedStage
    barriers: tuple[BarrierResult, ...]
    interval: Interval | None

    def __repr__(self) -> str:
        return represent(self, repr(self.id), f"barriers={len(self.barriers)}", str(self.interval or "not examined"))

    def __hash__(self) -> int:
        return hash((self.id, self.interval))

    @property
    def id(self) -> str:
        """The stage's id."""
        return self.resolved.id

    @property
    def title(self) -> Localized:
        """The stage's title."""
        return self.resolved.title

    @property
    def moment(self) -> Moment:
        """When the stage is run."""
        return self.resolved.moment

    @property
    def examined(self) -> bool:
        """Whether it was examined; it is not after a stage that excludes."""
        return self.interval is not None


@attrs.frozen
class ConcernResult:
    """One concern: the interval over rules whose level counts, and how many of the counted rules hit or are open."""

    interval: Interval | None
    hits: int
    open: int

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class Caution:
    """Something that a person should check; it changes no status.

    Args:
        text: what it is, in one or two sentences.
        kind: the kind of evidence that it is about; None if it is about the provider or the award.
        evidence: the ids of the items that it is about.
        confidential: it is about confidential evidence, so outputs leave its text out unless asked for it.
        reveals_values: its mere presence says how values compare, so if it is confidential, outputs leave it out
            altogether.

    """

    text: Localized
    kind: str | None = None
    evidence: tuple[str, ...] = ()
    confidential: bool = False
    reveals_values: bool = False

    def __repr__(self) -> str:
        words = "confidential" if self.confidential else plain_text(self.text.en)
        return represent(self, *(self.evidence or (self.kind or "",)), words)


@attrs.frozen
class RecordedError:
    """Something that went wrong in a plugin while a dossier was assessed."""

    rule: str
    plugin: str
    version: str | None
    message: str

    __repr__ = brief_repr
