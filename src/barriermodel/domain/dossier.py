"""The dossier: a provider, an award and evidence, on a date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import attrs

from ..objects import plain_text, represent
from .arguments import code_hint, require_instance, require_instances
from .award import Award
from .bounds import check_as_of
from .evidence import Absent, Evidence, Requested
from .plausible import plausible
from .provider import Provider


def _evidence(items: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return require_instances("evidence", items, Evidence, "Evidence(id=…, facts=…)")


def _absent(items: Iterable[Absent]) -> tuple[Absent, ...]:
    return require_instances("absent", items, Absent, "Absent(kind=…, reason=…)")


def _requested(items: Iterable[Requested]) -> tuple[Requested, ...]:
    return require_instances("requested", items, Requested, "Requested(kind=…, asked_on=…)")


@attrs.frozen(kw_only=True)
class Dossier:
    """Everything known about a provider and an award on a date.

    The order of items has no meaning: two dossiers with the same items are equal.

    Args:
        as_of: the reference date; the clock is never read.
        provider: who is screened.
        award: the contract that is applied for or was awarded.
        evidence: items of evidence, each with its own id.
        absent: evidence that was looked for and not found.
        requested: evidence that the provider was asked for.

    Raises:
        ValueError: an argument has another type, ``as_of`` is no date from 1583 to 2199, or two items have one id.

    >>> from datetime import date
    >>> Dossier(as_of=date(2026, 1, 15), provider=Provider(name="Voorbeeld B.V."))
    Dossier(2026-01-15, 'Voorbeeld B.V.', evidence=0)

    """

    as_of: date
    provider: Provider
    award: Award = attrs.field(factory=Award)
    evidence: tuple[Evidence, ...] = attrs.field(default=(), converter=_evidence, eq=frozenset)
    absent: tuple[Absent, ...] = attrs.field(default=(), converter=_absent, eq=frozenset)
    requested: tuple[Requested, ...] = attrs.field(default=(), converter=_requested, eq=frozenset)

    provider_as_read: Provider = attrs.field(init=False, repr=False, eq=False)
    """The provider as rules see it: with implausible facts unknown."""
    award_as_read: Award = attrs.field(init=False, repr=False, eq=False)
    """The award as rules see it."""

    def __repr__(self) -> str:
        return represent(self, str(self.as_of), plain_text(self.provider.name), f"evidence={len(self.evidence)}")

    def __attrs_post_init__(self) -> None:
        if type(self.as_of) is not date:  # not isinstance: a datetime is a date, but does not compare with one
            raise ValueError(f"as_of is a date; got {self.as_of!r}{code_hint(date, self.as_of)}")
        check_as_of(self.as_of)
        require_instance("provider", self.provider, Provider, "Provider(…)")
        require_instance("award", self.award, Award, "Award(…)")
        object.__setattr__(self, "provider_as_read", plausible(self.provider, self.as_of))
        object.__setattr__(self, "award_as_read", plausible(self.award, self.as_of))
        duplicates = [id for id, count in Counter(item.id for item in self.evidence).items() if count > 1]
        if duplicates:
            raise ValueError(f"two items of evidence have the id {duplicates[0]!r}")
