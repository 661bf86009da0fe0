"""The laws that every barrier keeps, in the order in which they are tried.

The docstring of each check begins with its law, in one sentence; each has a page in ``docs/laws``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from ..barrier_under_test import BarrierUnderTest
from . import behaviour, knowledge, packaging, reach, repeating, tables, writing


@attrs.frozen
class Law:
    """A law that barriers keep.

    Args:
        name: in snake_case; its page is ``docs/laws/<name>.md``.
        check: raises :class:`~barriermodel.testing.LawBroken` for a barrier that breaks it.

    >>> LAWS["total"].says
    'No dossier makes the barrier fail: every rule gets a status, and every explanation can be written.'

    """

    name: str
    check: Callable[[BarrierUnderTest], None]

    @property
    def says(self) -> str:
        """The law, in one sentence."""
        return (self.check.__doc__ or "").strip().partition("\n")[0]


_CHECKS = (
    packaging.installed_and_ok,
    packaging.cheap_import,
    behaviour.total,
    repeating.deterministic,
    behaviour.pure,
    knowledge.reads_only_what_it_declares,
    knowledge.unknown_never_decides,
    knowledge.learning_only_narrows,
    behaviour.order_free,
    behaviour.respects_as_of,
    behaviour.survives_json,
    tables.frame_equals_dossier,
    reach.every_status_reachable,
    writing.texts_complete,
    writing.numbers_come_from_the_rule,
    writing.sources_given,
)
LAWS: Mapping[str, Law] = {check.__name__: Law(check.__name__, check) for check in _CHECKS}
"""All laws by name."""
