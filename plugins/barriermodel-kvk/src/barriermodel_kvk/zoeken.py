"""Read a Zoeken answer (v1 and v2), a look-up that may be incomplete according to KvK.

It tells a name, a number and branches. It never tells whether a registration goes on.
"""

from typing import NamedTuple

from barriermodel.plugin import UNKNOWN, Absent, Evidence, Fact, Identifier, Localized, UnknownReason

from .answer import Answer, Journal, refuse, said
from .basisprofiel import extract, register_source
from .kind import Branch, KvkExtract

_MAIN = {"hoofdvestiging": True, "nevenvestiging": False}


class Hit(NamedTuple):
    """One result: a legal person or a branch."""

    about: Identifier | None
    sort: str
    name: Fact[str]
    branch: Fact[str]
    inactive: bool
    notes: list[Localized]


def read_zoeken(answer: Answer) -> list[Evidence] | list[Absent]:
    """Read one item of evidence for each registration that was found; ``missing`` if none was."""
    total = answer.count("totaal")
    rows = answer.tables("resultaten")
    source = register_source(answer)
    hits = [_hit(row) for row in ([] if rows is UNKNOWN else rows)]
    answer.journal.close()
    if not hits:
        if total != 0:
            refuse(_empty_page(total), "resultaten")
        return [Absent(kind="kvk_extract", reason=UnknownReason.MISSING, source=source)]
    if total is not UNKNOWN and total > len(hits):
        answer.journal.note("search_part", found=len(hits), total=total)
    found: dict[Identifier, list[Hit]] = {}
    for hit in hits:
        if hit.about is not None:
            found.setdefault(hit.about, []).append(hit)
    general = (said("search_only"), *answer.journal.notes)
    return [extract(about, source, _facts(own), (*general, *_notes(own))) for about, own in found.items()]


def _empty_page(total: Fact[int]) -> str:
    if total is UNKNOWN:
        return "expected a list of results; get the answer again"
    return f"this page is empty, but there are {total} results; get the first page"


def _hit(row: Answer) -> Hit:
    own = Answer(row.data, Journal(), row.path)
    sort = own.text("type")
    hit = Hit(
        about=own.registration(),
        sort="" if sort is UNKNOWN else sort.lower(),
        name=own.text("naam") if own.has("naam") else own.text("handelsnaam"),
        branch=own.branch_number(),
        inactive=row.data.get("actief") in ("Nee", "N"),
        notes=own.journal.notes,
    )
    row.journal.problems += own.journal.problems
    return hit


def _facts(hits: list[Hit]) -> KvkExtract:
    branches = {
        hit.branch: Branch(number=hit.branch, name=hit.name, main=_MAIN.get(hit.sort, UNKNOWN))
        for hit in hits
        if hit.branch is not UNKNOWN
    }
    return KvkExtract(name=_name(hits), branches=tuple(branches.values()) if branches else UNKNOWN)


def _name(hits: list[Hit]) -> Fact[str]:
    """The name of the legal person or the main branch; a secondary branch has a name of its own."""
    names = {hit.sort: hit.name for hit in reversed(hits)}
    return next((names[sort] for sort in ("rechtspersoon", "hoofdvestiging") if sort in names), UNKNOWN)


def _notes(hits: list[Hit]) -> tuple[Localized, ...]:
    own = dict.fromkeys(note for hit in hits for note in hit.notes)
    return (*own, *([said("search_inactive")] if any(hit.inactive for hit in hits) else []))
