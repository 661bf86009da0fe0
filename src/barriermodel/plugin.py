"""The promise to plugin authors: the hooks, the marker and the number of the plugin API.

A plugin is a module that states ``BARRIERMODEL_API = 1`` as a literal and implements some of these hooks with
``@hookimpl``. Hooks register; the library runs. It is found through an entry point in the group
``barriermodel``, or given to ``Registry.add(module)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from os import PathLike
from typing import Any, TypeAlias, Union

import attrs
import pluggy

from .domain.evidence import Absent, Evidence, Requested
from .errors import DefinitionError
from .objects import shown
from .place import Placed
from .rules.barrier import Barrier
from .rules.plugin_code import safe_repr
from .text import Text, Words

PROJECT = "barriermodel"
SUPPORTED_API: frozenset[int] = frozenset({1})
"""The plugin APIs that this version speaks."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)

_READER = re.compile("[a-z0-9_-]{1,100}")

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

    def __repr__(self) -> str:
        return shown(self, repr(self.id), *self.formats)

    def __attrs_post_init__(self) -> None:
        with Placed():
            self._check()

    def _check(self) -> None:
        if not isinstance(self.id, str) or not _READER.fullmatch(self.id):
            raise DefinitionError(f"Reader: an id is of a to z, 0 to 9, `-` and `_`; got {safe_repr(self.id)}.")
        if not isinstance(self.formats, tuple) or not all(isinstance(form, str) for form in self.formats):
            raise DefinitionError(f'Reader {self.id}: formats is a tuple of endings, such as ("json",).')
        if not isinstance(self.title, Words) or not callable(self.read):
            raise DefinitionError(f"Reader {self.id}: give it a title=Text(nl=…, en=…) and a function read=….")


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
