"""Screens one provider against one list: from the list's bytes to evidence, without a network or a clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from barriermodel import SOLE_TRADER_FORMS, UNKNOWN, Evidence, Fact, Identifier, Provider, Source, SourceType, Text

from .names import comparable_name, name_score
from .sanctions import NO_MATCH, SanctionsScreening
from .sanctions_list import NOT_STATED, ORGANISATIONS, PERSON, Listed, comparable_number, read_list

SHOWN = 5
"""How many further names the notes show."""
NOTEWORTHY = 80
"""From which score on a further name is noted; it decides nothing."""


def screen(
    provider: Provider,
    list_bytes: bytes,
    *,
    on: date,
    list_name: str,
    other_names: Iterable[str] = (),
    id: str = "",
) -> Evidence:
    """Compare a provider's name and numbers with a list of OpenSanctions.

    It is a function and no reader, for a reader gets a document and does not know whom it is about.

    Args:
        provider: whom to screen. Without a name the score is unknown; without a KvK number, RSIN, LEI or VAT
            number it is unknown whether a number is on the list.
        list_bytes: ``targets.simple.csv`` or FtM JSON lines.
        on: the date of the list.
        list_name: what the list is called; of each list the newest screening counts.
        other_names: trade names and earlier names to compare as well.
        id: of the item of evidence; left out, the list's name.

    Raises:
        DossierError: the list cannot be read.

    """
    listed = [entry for entry in read_list(list_bytes) if _can_be(entry, provider)]
    given = (() if provider.name is UNKNOWN else (provider.name,)) + tuple(other_names)
    names = [name for name in map(comparable_name, given) if name]
    ranked = sorted(
        ((_score(names, entry), entry) for entry in listed), key=lambda found: (-found[0], found[1].names[0])
    )
    best_score, best = next(iter(ranked), (0, None))
    score, listed_name, regulation = _name_facts(bool(names), best_score, best)
    number, numbered = _number(provider, listed)
    facts = SanctionsScreening(
        list_name=list_name,
        name_score=score,
        listed_name=listed_name,
        regulation=regulation,
        matched_number=number,
        matched_number_name=_shown(number, numbered.names[0] if numbered else NO_MATCH),
        matched_number_regulation=_shown(number, numbered.regulation if numbered else NOT_STATED),
    )
    source = Source(type=SourceType.REGISTER, issuer=list_name, sha256=sha256(list_bytes).hexdigest())
    return Evidence(
        id=id or list_name, about=_about(provider), obtained_on=on, source=source, facts=facts,
        notes=_notes(ranked[1 : SHOWN + 1]),
    )  # fmt: skip


def _can_be(entry: Listed, provider: Provider) -> bool:
    """A person on a list can be a sole trader, and no BV; an unknown legal form can be either."""
    if entry.schema == PERSON:
        return provider.legal_form is UNKNOWN or provider.legal_form in SOLE_TRADER_FORMS
    return entry.schema in ORGANISATIONS


def _score(names: list[str], entry: Listed) -> int:
    return max((name_score(mine, theirs) for mine in names for theirs in entry.comparable), default=0)


def _name_facts(has_name: bool, score: int, best: Listed | None) -> tuple[Fact[int], Fact[str], Fact[str]]:
    if not has_name:
        return UNKNOWN, UNKNOWN, UNKNOWN
    if best is None:
        return 0, NO_MATCH, NOT_STATED
    return score, best.names[0], best.regulation


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


def _notes(ranked: list[tuple[int, Listed]]) -> tuple[Text, ...]:
    return tuple(
        Text(
            nl=f"Lijkt ook op: {_plain(entry.names[0])} (score {score}, {_plain(entry.id)}).",
            en=f"Also alike: {_plain(entry.names[0])} (score {score}, {_plain(entry.id)}).",
        )
        for score, entry in ranked
        if score >= NOTEWORTHY
    )


def _plain(words: str) -> str:
    return words.replace("{", "(").replace("}", ")")
