"""Screen one provider against one sanctions list: from the bytes of the list to evidence, without network or clock.

``screen`` is a function and not a reader, since a reader is given a document and does not know whom it is about.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

from barriermodel.plugin import (
    SOLE_TRADER_FORMS,
    UNKNOWN,
    Evidence,
    Fact,
    Identifier,
    Localized,
    Provider,
    Source,
    SourceType,
    messages,
)

from .list_formats import read_list
from .names import comparable_name, name_score
from .sanctions import NO_MATCH, SanctionsScreening
from .sanctions_list import NOT_STATED, PERSON, THINGS, Listed, comparable_number

said = messages(__name__)

MAX_NOTED = 5
"""How many further names the notes show at most."""
NOTEWORTHY = 80
"""The lowest score at which a further name is noted; such a note decides nothing."""
MAX_SCORE = 100


class Alike(NamedTuple):
    """An entry, with that name of it that is most like a name of the provider."""

    score: int
    name: str
    entry: Listed

    @property
    def shown(self) -> str:
        """The name that scored, followed by the main name of the entry if that is another."""
        main = self.entry.main_name
        return self.name if self.name == main else f"{self.name} ({main})"


def screen(
    provider: Provider,
    list_bytes: bytes,
    *,
    on: date,
    list_name: str,
    entries: int | None = None,
    other_names: Iterable[str] = (),
    id: str = "",
) -> Evidence:
    """Compare a provider's name and numbers with a sanctions list of OpenSanctions or of the EU.

    Args:
        provider: whom to screen. Without a name that can be compared the score is unknown; without a KvK number,
            RSIN, LEI or VAT number it is unknown whether a number is on the list.
        list_bytes: ``targets.simple.csv`` or FtM JSON lines of OpenSanctions; the EU's list (FSF 1.1) as XML or CSV.
        on: the date of the list.
        list_name: the name of the list; of each list the newest screening counts.
        entries: how many entries the source states: rows of a CSV without its header, or JSON lines. It may be left
            out only for XML, since any other list that was cut short looks complete.
        other_names: trade names and earlier names to compare as well.
        id: of the item of evidence; by default the name of the list.

    Raises:
        DossierError: the list cannot be read, is damaged, or has another number of entries.

    """
    whole = read_list(list_bytes)
    whole.check_size(entries)
    listed = [entry for entry in whole.listed if _can_be(entry, provider)]
    own = [] if provider.name is UNKNOWN else [comparable_name(provider.name)]
    compared = [*own, *map(comparable_name, other_names)]
    ranked = _ranked([name for name in compared if name], listed)
    facts = _screening(provider, list_name, whole.size, listed, _name_facts(any(own), ranked))
    source = Source(type=SourceType.REGISTER, issuer=list_name, sha256=sha256(list_bytes).hexdigest())
    return Evidence(
        id=id or list_name, about=_about(provider), obtained_on=on, source=source, facts=facts,
        notes=(*_not_compared(compared, listed), *_also_alike(ranked[0 if facts.name_score is UNKNOWN else 1 :])),
    )  # fmt: skip


def _screening(
    provider: Provider, list_name: str, size: int, listed: list[Listed], of_name: tuple[Fact[int], Fact[str], Fact[str]]
) -> SanctionsScreening:
    score, listed_name, regulation = of_name
    number, numbered = _number(provider, listed)
    return SanctionsScreening(
        list_name=list_name,
        entries=size,
        name_score=score,
        listed_name=listed_name,
        regulation=regulation,
        matched_number=number,
        matched_number_name=_of_number(number, numbered.main_name if numbered else NO_MATCH),
        matched_number_regulation=_of_number(number, numbered.regulation if numbered else NOT_STATED),
    )


def _can_be(entry: Listed, provider: Provider) -> bool:
    """Whether an entry can be the provider: a person can be a sole trader but not a BV; an unknown form can be both."""
    if entry.schema == PERSON:
        return provider.legal_form is UNKNOWN or provider.legal_form in SOLE_TRADER_FORMS
    return entry.schema not in THINGS


def _ranked(names: list[str], listed: Iterable[Listed]) -> list[Alike]:
    """Sort the entries by score, each with its name that is most alike; of equal names the first."""
    found: list[Alike] = []
    for entry in listed:
        scores = [(max(name_score(mine, plain) for mine in names), name) for plain, name in entry.comparable if names]
        if scores:
            found.append(Alike(*max(scores, key=lambda scored: scored[0]), entry))
    return sorted(found, key=lambda alike: (-alike.score, alike.shown))


def _name_facts(own_is_compared: bool, ranked: list[Alike]) -> tuple[Fact[int], Fact[str], Fact[str]]:
    """Return the score, name and regulation of the entry that is most alike.

    Where the provider's own name could not be compared, only the maximum score is conclusive: its own name might have
    scored higher than the others.
    """
    best = next(iter(ranked), None)
    if not own_is_compared and (best is None or best.score < MAX_SCORE):
        return UNKNOWN, UNKNOWN, UNKNOWN
    return (0, NO_MATCH, NOT_STATED) if best is None else (best.score, best.shown, best.entry.regulation)


def _number(provider: Provider, listed: list[Listed]) -> tuple[Fact[str], Listed | None]:
    """Find a number of the provider on the list.

    A LEI and a VAT number are unique in the world. A KvK number or RSIN counts only for an entry of the
    Netherlands: registers of other countries use numbers of eight and nine digits too.
    """
    mine = [i for i in provider.identifiers if i.scheme in ("LEI", "VAT", "NL-KVK", "NL-RSIN")]
    for identifier in sorted(mine):
        everywhere = identifier.scheme in ("LEI", "VAT")
        for entry in listed:
            if comparable_number(identifier.value) in entry.identifiers and (everywhere or "nl" in entry.countries):
                return str(identifier), entry
    return (NO_MATCH if mine else UNKNOWN), None


def _of_number(number: Fact[str], value: str) -> Fact[str]:
    return UNKNOWN if number is UNKNOWN else value


def _about(provider: Provider) -> Identifier | None:
    return min(provider.identifiers, key=lambda identifier: identifier.scheme != "NL-KVK", default=None)


def _not_compared(names: list[str], listed: list[Listed]) -> Iterator[Localized]:
    """Note what a person must check because it could not be compared."""
    if "" in names:
        yield said("name_not_comparable")
    count = sum(not entry.comparable for entry in listed)
    if count:
        yield said("entries_not_comparable", count=count)


def _also_alike(ranked: Iterable[Alike]) -> list[Localized]:
    return [
        said("also_alike", name=found.shown, likeness=found.score, id=found.entry.id)
        for found in islice(ranked, MAX_NOTED)
        if found.score >= NOTEWORTHY
    ]
