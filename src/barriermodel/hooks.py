"""The hooks that a plugin may implement, and the version of the plugin API.

A plugin is a module that states ``BARRIERMODEL_API = 1`` as a literal and implements some of these hooks with
``@hookimpl``. Hooks only register; the library does the running. A plugin is found through an entry point in the
group ``barriermodel``, or given to ``Registry.add(module)``.
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import Any

import pluggy

from .reading.reader import Reader
from .rules.barrier import Barrier

PROJECT = "barriermodel"
SUPPORTED_API: frozenset[int] = frozenset({1})
"""The versions of the plugin API that this version of the library supports."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Hooks:
    """What a plugin can offer; each hook returns an iterable or is a generator."""

    @hookspec
    def barriermodel_barriers(self) -> Iterable[Barrier]:
        """Barriers that profiles may name. The kinds their rules look at are known by themselves."""
        raise NotImplementedError

    @hookspec
    def barriermodel_evidence_kinds(self) -> Iterable[type]:
        """Evidence classes that no barrier of this plugin looks at."""
        raise NotImplementedError

    @hookspec
    def barriermodel_profiles(self) -> Iterable[PathLike[str]]:
        """The paths of profiles' TOML files."""
        raise NotImplementedError

    @hookspec
    def barriermodel_readers(self) -> Iterable[Reader]:
        """Readers of raw documents."""
        raise NotImplementedError

    @hookspec
    def barriermodel_assessed(self, assessment: Any) -> None:
        """Called after each assessment; a failure is logged and changes nothing."""
        raise NotImplementedError
