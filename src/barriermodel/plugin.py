"""The promise to plugin authors: the hooks, the marker and the number of the plugin API.

A plugin is a module that states ``BARRIERMODEL_API = 1`` as a literal and implements some of these hooks with
``@hookimpl``. Hooks register; the library runs. It is found through an entry point in the group
``barriermodel``, or given to ``Registry.add(module)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from os import PathLike
from typing import Any, TypeAlias, Union

import attrs
import pluggy

from .domain.evidence import Absent, Evidence, Requested
from .rules.barrier import Barrier
from .text import Text

PROJECT = "barriermodel"
SUPPORTED_API: frozenset[int] = frozenset({1})
"""The plugin APIs that this version speaks."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)

Read: TypeAlias = Union[Evidence, Absent, Requested]  # noqa: UP007  # exported alias


@attrs.frozen(kw_only=True, eq=False)
class Reader:
    """Turns a raw document into evidence.

    Args:
        id: the name by which a dossier folder chooses it, such as ``kvk``.
        title: what documents it reads.
        formats: endings of the files it takes, such as ``json``.
        read: from the document's bytes to what it says. It leaves ``id`` empty where there is one item, fills
            no digest, and raises :class:`~barriermodel.errors.DossierError` where the document cannot be read.

    """

    id: str
    title: Text
    formats: tuple[str, ...]
    read: Callable[[bytes], Iterable[Read]]


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
