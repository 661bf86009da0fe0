"""An assessment in words: what a report, a page or a letter shows, in one language. Renderers only lay it out.

Words are filled in, values that are confidential are masked, and characters that would steer a terminal or reverse the
reading order are replaced, once, in the :class:`Explanation`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from ..domain.values import to_json
from ..objects import represent
from ..rules.levels import Interval, Level, Status
from .explanation_parts import (
    AwardView,
    Cause,
    ConcernView,
    EvidenceView,
    Expiry,
    Figure,
    Finding,
    LimitUsed,
    Party,
    ProfileView,
    StageView,
    Step,
)


@attrs.frozen(kw_only=True)
class Explanation:
    """An assessment in words, in one language.

    Args:
        reasons: what the lower end of the advice rests on, the heaviest first; rules on the same facts once.
        also: the other hits.
        causes: why rules are open, grouped by evidence and reason; first those that can still change the advice.
        steps: what to do, in order.
        if_refuted: the advice if every reason turns out to be wrong; None if there are no reasons.
        refuted_asks: what would then be asked.
        assumptions: limits without a source that count: used by a reason, or by an open rule that matters.
        assumed_total: how many limits of the profile have no source.
        unverified: laws that were not verified in the text in force and count.
        cautions: what else a person should know.
        failures: what went wrong in plugins.
        nearest: for green, the comparison that is closest to its limit.
        withheld: the titles of confidential evidence that was used.
        words: the words files that its texts come from.
        word_faults: what is wrong in them.

    >>> from barriermodel import BarrierModel, load_dossier
    >>> model = BarrierModel.load("twente-2019")
    >>> found = model.assess(load_dossier("docs/examples/bewijs-ontbreekt")).explanation("en")
    >>> [reason.short for reason in found.reasons]
    ['Little equity: 13.3%']

    """

    lang: str
    confidential: bool
    provider: Party
    award: AwardView
    as_of: date
    profile: ProfileView
    advice: Interval
    reasons: tuple[Finding, ...]
    also: tuple[Finding, ...]
    causes: tuple[Cause, ...]
    steps: tuple[Step, ...]
    if_refuted: Interval | None
    refuted_asks: tuple[Step, ...]
    assumptions: tuple[LimitUsed, ...]
    assumed_total: int
    unverified: tuple[str, ...]
    cautions: tuple[str, ...]
    failures: tuple[str, ...]
    expiries: tuple[Expiry, ...]
    nearest: Figure | None
    stages: tuple[StageView, ...]
    concerns: tuple[ConcernView, ...]
    evidence: tuple[EvidenceView, ...]
    withheld: tuple[str, ...]
    about_row: tuple[str, ...]
    digest: str
    words: tuple[Mapping[str, str], ...]
    word_faults: tuple[str, ...]

    def __repr__(self) -> str:
        return represent(self, str(self.advice), f"reasons={len(self.reasons)}", f"causes={len(self.causes)}")

    @property
    def decided(self) -> bool:
        """Whether what is unknown can no longer change the advice."""
        return self.advice.decided

    @property
    def minutes(self) -> int:
        """What all requests together cost the provider."""
        return sum(step.minutes for step in self.steps)

    def to_dict(self) -> dict[str, Any]:
        """The explanation as JSON data, in the format ``barriermodel/explanation/1``."""
        data: dict[str, Any] = {"schema": SCHEMA, **_as_data(self)}
        return data


SCHEMA = "barriermodel/explanation/1"


def _as_data(value: Any) -> Any:
    if isinstance(value, Interval):
        return {"at_least": value.at_least.key, "at_most": value.at_most.key, "decided": value.decided}
    if attrs.has(type(value)):
        return {field.name: _as_data(getattr(value, field.name)) for field in attrs.fields(type(value))}
    if isinstance(value, Mapping):
        return {key.key if isinstance(key, Status) else key: _as_data(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_as_data(member) for member in value]
    if isinstance(value, (Level, Status)):
        return value.key
    return value if isinstance(value, (str, bool, int, float)) else to_json(value)
