"""What a person should know beside what the rules say: it changes no status, and must not be lost."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from ..domain.evidence import Evidence
from ..text import Words
from .run import Run


@attrs.frozen(kw_only=True)
class Caution:
    """Something to look at.

    Args:
        text: what it is, in one or two sentences.
        kind: the kind of evidence that it quotes; None where it quotes none. Of a confidential kind it is withheld.
        evidence: the ids of the items that it is about.

    """

    text: Words
    kind: str | None = None
    evidence: tuple[str, ...] = ()


def cautions(run: Run) -> Iterator[Caution]:
    """The cautions of an assessment, by kind and id of the evidence: its order in the dossier changes nothing."""
    for item in sorted(used_items(run), key=lambda item: (item.kind.id, item.id)):
        yield from (Caution(text=note, kind=item.kind.id, evidence=(item.id,)) for note in item.notes)


def used_items(run: Run) -> list[Evidence]:
    """The items of evidence that count, of every key."""
    found = {
        item.id: item
        for selected in run.selection.values()
        for one in (selected, *selected.keys)
        if one.usable
        for item in one.cited
    }
    return list(found.values())
