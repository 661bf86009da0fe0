"""Readers, with which plugins turn raw documents into evidence."""

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

_READER = re.compile("[a-z0-9_-]{1,100}")

Read: TypeAlias = Union[Evidence, Absent, Requested]  # noqa: UP007  # exported alias


@attrs.frozen(kw_only=True, eq=False)
class Reader:
    """Turns a raw document into evidence.

    Args:
        id: the name by which ``dossier.toml`` selects it, such as ``kvk``.
        formats: extensions of the files it reads, such as ``json``.
        read: a function from a document's bytes to what the document states. It leaves the ``id`` of a single item
            empty and fills in no digest. It raises :class:`~barriermodel.errors.DossierError` for a document that it
            cannot read.

    Raises:
        DefinitionError: an argument is not as described.

    >>> Reader(id="rents", formats=("csv",), read=lambda raw: [])
    Reader('rents', csv)

    """

    id: str
    formats: tuple[str, ...]
    read: Callable[[bytes], Iterable[Read]]

    def __repr__(self) -> str:
        return represent(self, repr(self.id), *self.formats)

    def __attrs_post_init__(self) -> None:
        with locate_errors():
            self._check()

    def _check(self) -> None:
        if not isinstance(self.id, str) or not _READER.fullmatch(self.id):
            raise DefinitionError(f"Reader: an id consists of a to z, 0 to 9, `-` and `_`; got {safe_repr(self.id)}.")
        if not isinstance(self.formats, tuple) or not all(isinstance(form, str) for form in self.formats):
            raise DefinitionError(f'Reader {self.id}: formats is a tuple of extensions, such as ("json",).')
        if not callable(self.read):
            raise DefinitionError(f"Reader {self.id}: give it a function read=….")
