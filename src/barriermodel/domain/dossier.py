"""The dossier: provider, award and evidence, on a date."""

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
    """All that is known of a provider and an award on ``as_of``. "Today" is never read.

    The order of its items means nothing: two dossiers with the same items are equal.

    Raises:
        ValueError: ``as_of`` is no date from 1583 to 2199, or two items of evidence have one id.

    """

    as_of: date
    provider: Provider
    award: Award = attrs.field(factory=Award)
    evidence: tuple[Evidence, ...] = attrs.field(default=(), converter=_evidence, eq=frozenset)
    absent: tuple[Absent, ...] = attrs.field(default=(), converter=_absent, eq=frozenset)
    requested: tuple[Requested, ...] = attrs.field(default=(), converter=_requested, eq=frozenset)

    provider_as_read: Provider = attrs.field(init=False, repr=False, eq=False)
    """The provider as rules see it: what cannot be is unknown."""
    award_as_read: Award = attrs.field(init=False, repr=False, eq=False)

    def __repr__(self) -> str:
        return represent(self, str(self.as_of), plain_text(self.provider.name), f"evidence={len(self.evidence)}")

    def __attrs_post_init__(self) -> None:
        if type(self.as_of) is not date:  # a datetime is a date too, and compares with none
            raise ValueError(f"as_of is a date; got {self.as_of!r}{code_hint(date, self.as_of)}")
        check_as_of(self.as_of)
        require_instance("provider", self.provider, Provider, "Provider(…)")
        require_instance("award", self.award, Award, "Award(…)")
        object.__setattr__(self, "provider_as_read", plausible(self.provider, self.as_of))
        object.__setattr__(self, "award_as_read", plausible(self.award, self.as_of))
        twice = [id for id, count in Counter(item.id for item in self.evidence).items() if count > 1]
        if twice:
            raise ValueError(f"two items of evidence have the id {twice[0]!r}")
