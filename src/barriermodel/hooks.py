"""The hooks that a plugin may implement, and the version of the plugin API.

A plugin is a module that states ``BARRIERMODEL_API = 2`` as a literal and implements some of these hooks with
``@hookimpl``. Hooks only register; the library runs what they register. Plugins are found through entry points in
the group ``barriermodel``; ``Registry.add(module)`` adds one without packaging.
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import TYPE_CHECKING

import pluggy

from .reading.reader import Reader
from .rules.barrier import Barrier

if TYPE_CHECKING:
    from . import Assessment

PROJECT = "barriermodel"
SUPPORTED_API: frozenset[int] = frozenset({2})
"""The versions of the plugin API that this version of the library supports."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Hooks:
    """The hooks of a plugin. Each is a generator or returns an iterable, except ``barriermodel_assessed``."""

    @hookspec
    def barriermodel_barriers(self) -> Iterable[Barrier]:
        """Barriers that profiles may name. The evidence kinds their rules read are registered automatically."""
        raise NotImplementedError

    @hookspec
    def barriermodel_evidence_kinds(self) -> Iterable[type]:
        """Evidence classes that no barrier of this plugin reads."""
        raise NotImplementedError

    @hookspec
    def barriermodel_profiles(self) -> Iterable[PathLike[str]]:
        """Paths of profiles in TOML."""
        raise NotImplementedError

    @hookspec
    def barriermodel_readers(self) -> Iterable[Reader]:
        """Readers of raw documents."""
        raise NotImplementedError

    @hookspec
    def barriermodel_assessed(self, assessment: Assessment) -> None:
        """Observe an assessment after it was made; an exception is logged and changes nothing."""
        raise NotImplementedError
