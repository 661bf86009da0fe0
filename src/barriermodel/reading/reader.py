"""Readers: functions that turn a raw document into evidence, offered by plugins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeAlias, Union

import attrs

from ..domain.evidence import Absent, Evidence, Requested
from ..errors import DefinitionError
from ..objects import represent
from ..rules.plugin_code import safe_repr
from ..source_location import locate_errors
from ..text import Localized, Text

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
        return represent(self, repr(self.id), *self.formats)

    def __attrs_post_init__(self) -> None:
        with locate_errors():
            self._check()

    def _check(self) -> None:
        if not isinstance(self.id, str) or not _READER.fullmatch(self.id):
            raise DefinitionError(f"Reader: an id is of a to z, 0 to 9, `-` and `_`; got {safe_repr(self.id)}.")
        if not isinstance(self.formats, tuple) or not all(isinstance(form, str) for form in self.formats):
            raise DefinitionError(f'Reader {self.id}: formats is a tuple of endings, such as ("json",).')
        if not isinstance(self.title, Localized) or not callable(self.read):
            raise DefinitionError(f"Reader {self.id}: give it a title=Text(nl=…, en=…) and a function read=….")
