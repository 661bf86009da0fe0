"""Screens one provider against one list: from the list's bytes to evidence, without a network or a clock."""

from __future__ import annotations

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
    Provider,
    Source,
    SourceType,
    Text,
)

from .list_formats import read_list
from .names import comparable_name, name_score
from .sanctions import NO_MATCH, SanctionsScreening
from .sanctions_list import NOT_STATED, PERSON, THINGS, Listed, comparable_number

SHOWN = 5
"""How many further names the notes show."""
NOTEWORTHY = 80
"""From which score on a further name is noted; it decides nothing."""
HIGHEST = 100


class Alike(NamedTuple):
    """An entry, with the name on it that is most like one of the provider's."""

    score: int
    name: str
    entry: Listed

    @property
    def shown(self) -> str:
        """The name that scored, and behind it the main name of the entry where that is another."""
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

    It is a function and no reader, for a reader gets a document and does not know whom it is about.

    Args:
        provider: whom to screen. Without a name that can be compared the score is unknown; without a KvK number,
            RSIN, LEI or VAT number it is unknown whether a number is on the list.
        list_bytes: ``targets.simple.csv`` or FtM JSON lines of OpenSanctions; the EU's list (FSF 1.1) as XML or CSV.
        on: the date of the list.
        list_name: what the list is called; of each list the newest screening counts.
        entries: how many the list has, as its source states it: rows of a CSV without its header, lines of JSON
            lines. Only for an XML it may be left out: of the others one that was cut short looks whole.
        other_names: trade names and earlier names to compare as well.
        id: of the item of evidence; left out, the list's name.

    Raises:
        DossierError: the list cannot be read, is damaged, or has another number of entries.

    """
    whole = read_list(list_bytes)
    whole.check_size(entries)
    listed = [entry for entry in whole.listed if _can_be(entry, provider)]
    own = "" if provider.name is UNKNOWN else comparable_name(provider.name)
    given = [*([] if provider.name is UNKNOWN else [own]), *map(comparable_name, other_names)]
    names = [name for name in given if name]
    ranked = sorted(_alike(names, listed), key=lambda found: (-found.score, found.shown))
    score, listed_name, regulation = _name_facts(own != "", ranked)
    number, numbered = _number(provider, listed)
    facts = SanctionsScreening(
        list_name=list_name,
        entries=whole.size,
        name_score=score,
        listed_name=listed_name,
        regulation=regulation,
        matched_number=number,
        matched_number_name=_shown(number, numbered.main_name if numbered else NO_MATCH),
        matched_number_regulation=_shown(number, numbered.regulation if numbered else NOT_STATED),
    )
    source = Source(type=SourceType.REGISTER, issuer=list_name, sha256=sha256(list_bytes).hexdigest())
    return Evidence(
        id=id or list_name, about=_about(provider), obtained_on=on, source=source, facts=facts,
        notes=(*_not_compared(given, listed), *_also_alike(ranked if score is UNKNOWN else ranked[1:])),
    )  # fmt: skip


def _can_be(entry: Listed, provider: Provider) -> bool:
    """A person on a list can be a sole trader, and no BV; an unknown legal form can be either."""
    if entry.schema == PERSON:
        return provider.legal_form is UNKNOWN or provider.legal_form in SOLE_TRADER_FORMS
    return entry.schema not in THINGS


def _alike(names: list[str], listed: Iterable[Listed]) -> Iterator[Alike]:
    """Each entry with its name that is most alike; of names that are equally so, the first."""
    for entry in listed:
        scores = [(max(name_score(mine, plain) for mine in names), name) for plain, name in entry.comparable if names]
        if scores:
            yield Alike(*max(scores, key=lambda scored: scored[0]), entry)


def _name_facts(own_is_compared: bool, ranked: list[Alike]) -> tuple[Fact[int], Fact[str], Fact[str]]:
    """Score, name and regulation of the entry that is most alike.

    Where the provider's own name could not be compared, only the highest score says enough: another could be higher.
    """
    best = next(iter(ranked), None)
    if not own_is_compared and (best is None or best.score < HIGHEST):
        return UNKNOWN, UNKNOWN, UNKNOWN
    return (0, NO_MATCH, NOT_STATED) if best is None else (best.score, best.shown, best.entry.regulation)


def _number(provider: Provider, listed: list[Listed]) -> tuple[Fact[str], Listed | None]:
    """The provider's number that is on the list.

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


def _shown(number: Fact[str], words: str) -> Fact[str]:
    return UNKNOWN if number is UNKNOWN else words


def _about(provider: Provider) -> Identifier | None:
    return min(provider.identifiers, key=lambda identifier: identifier.scheme != "NL-KVK", default=None)


def _not_compared(given: list[str], listed: list[Listed]) -> Iterator[Text]:
    """What a person must look at because it could not be compared."""
    if "" in given:
        yield Text(
            nl="Een naam van de aanbieder is niet te vergelijken: die heeft geen letter of cijfer. Vergelijk die zelf.",
            en="A name of the provider cannot be compared: it has no letter or digit. Check it yourself.",
        )
    count = sum(not entry.comparable for entry in listed)
    if count:
        yield Text(
            nl=f"Vermeldingen zonder naam die te vergelijken is: {count}. Kijk of de aanbieder daarbij hoort.",
            en=f"Entries that have no name to compare: {count}. See whether the provider is one of them.",
        )


def _also_alike(ranked: Iterable[Alike]) -> list[Text]:
    return [
        Text(
            nl=f"Lijkt ook op: {_plain(found.shown)} (score {found.score}, {_plain(found.entry.id)}).",
            en=f"Also alike: {_plain(found.shown)} (score {found.score}, {_plain(found.entry.id)}).",
        )
        for found in islice(ranked, SHOWN)
        if found.score >= NOTEWORTHY
    ]


def _plain(words: str) -> str:
    return words.replace("{", "(").replace("}", ")")
