"""Unknown facts in words: why each is unknown, and how to ask for it."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from ..domain.evidence import Requested
from ..domain.facts import fact_fields
from ..domain.kinds import EvidenceKind
from ..domain.unknown import UNKNOWN, UnknownReason
from ..domain.values import to_json
from ..engine.evaluate import RowOrigin
from ..engine.provenance import FactValue
from ..engine.selection import SelectedEvidence, never_valid
from ..engine.unknown_facts import MissingYear, UnknownFact
from ..rules.expression import split_fact_id
from ..text import Language, Localized, TextOrStr, composed, format_list, localized, localized_date, same_in_both
from ..words.lexicon import WordRef, said

UNKNOWN_WORD = said("unknown_facts", "unknown_word")
_REASONS: Mapping[UnknownReason, WordRef] = {
    UnknownReason.MISSING: said("unknown_facts", "reasons", "missing"),
    UnknownReason.EXPIRED: said("unknown_facts", "reasons", "expired"),
    UnknownReason.NOT_YET_ISSUED: said("unknown_facts", "reasons", "not_yet_issued"),
    UnknownReason.UNDATED: said("unknown_facts", "reasons", "undated"),
    UnknownReason.OTHER_PROVIDER: said("unknown_facts", "reasons", "other_provider"),
    UnknownReason.NOT_COVERED: said("unknown_facts", "reasons", "not_covered"),
    UnknownReason.UNAVAILABLE: said("unknown_facts", "reasons", "unavailable"),
    UnknownReason.REQUESTED: said("unknown_facts", "reasons", "requested"),
    UnknownReason.CONTESTED: said("unknown_facts", "reasons", "contested"),
    UnknownReason.NOT_STATED: said("unknown_facts", "reasons", "not_stated"),
    UnknownReason.IMPLAUSIBLE: said("unknown_facts", "reasons", "implausible"),
    UnknownReason.UNDEFINED: said("unknown_facts", "reasons", "undefined"),
    UnknownReason.ERROR: said("unknown_facts", "reasons", "error"),
}


def unknown_text(why: UnknownFact, row: RowOrigin | None, *, confidential: bool) -> Localized:
    """Why a fact is unknown, in a few words.

    Args:
        row: the row of a table that was evaluated, which itself says what evidence is absent.
        confidential: show the dates of confidential evidence, and what a fact of it was stated to be.

    """
    hidden = not confidential and any(item.kind.confidential for item in why.evidence)
    if why.missing_year is not None:
        return _no_year(why.missing_year)
    if row is not None and why.absent is not None:
        return _NONE_BY_MAP if row.absent[why.absent.kind] else _NONE_BY_LIST
    if why.reason is UnknownReason.EXPIRED and any(map(never_valid, why.evidence)):
        return _NEVER_VALID
    if why.found is not None and not hidden:
        return why.found.why
    if why.requested is not None:
        return _requested(why.requested)
    if why.reason is UnknownReason.EXPIRED and not hidden and why.evidence and why.evidence[0].date:
        return _EXPIRED.fill(day=localized_date(why.evidence[0].date))
    if why.reason is UnknownReason.NOT_COVERED and why.absent and why.absent.source and why.absent.source.issuer:
        return _NOT_HELD.fill(issuer=why.absent.source.issuer)
    return _REASONS[why.reason]


def _requested(requested: Requested) -> Localized:
    asked = localized_date(requested.asked_on)
    return _DUE.fill(asked=asked, due=localized_date(requested.due_on)) if requested.due_on else _ASKED.fill(day=asked)


def _no_year(missing: MissingYear) -> Localized:
    first, last = missing.years.start, missing.years.stop - 1
    return _NO_YEAR.fill(table=missing.table, first=first, last=last, key=missing.key, year=missing.year)


_NO_YEAR = said("unknown_facts", "no_year")
_NEVER_VALID = said("unknown_facts", "never_valid")
_NONE_BY_LIST = said("unknown_facts", "none_by_list")
_NONE_BY_MAP = said("unknown_facts", "none_by_map")
_ASKED = said("unknown_facts", "asked")
_DUE = said("unknown_facts", "due")
_EXPIRED = said("unknown_facts", "expired")
_NOT_HELD = said("unknown_facts", "not_held")
_NOT_FILLED_IN = said("unknown_facts", "not_filled_in")


def reason_text(fact: FactValue, row: RowOrigin | None, *, confidential: bool) -> Localized:
    """Why this fact is unknown; for a fact of the dossier itself, that it is not filled in. As :func:`why_words`."""
    if fact.why is None:
        return UNKNOWN_WORD
    if fact.why.found is None and fact.ref.source in ("provider", "award"):
        return _NOT_FILLED_IN
    hidden = fact.confidential and not confidential
    return unknown_text(attrs.evolve(fact.why, found=None) if hidden else fact.why, row, confidential=confidential)


def question(selected: SelectedEvidence, why: UnknownFact, facts: tuple[str, ...]) -> Localized:
    """The question of the kind, with the facts that an item at hand does not state.

    An item that lacks its key cannot be placed, and another item would not help: then only that is asked.
    """
    asked = _for_a_new_item(selected)
    names = dict.fromkeys(split_fact_id(fact)[1] for fact in facts)
    if why.reason is not UnknownReason.NOT_STATED or "" in names:
        return asked
    labels = [fact_label(selected.kind, name) for name in names]

    def write(lang: Language) -> str:
        items = format_list([f"‘{item.id}’" for item in why.evidence], lang)
        lacks = _LACKS[lang].format(items=items, facts=format_list([label[lang] for label in labels], lang))
        return f"{lacks} {_ADD[lang]}" if selected.unplaced else f"{asked[lang]} {lacks}"

    return composed(write)


_LACKS = said("unknown_facts", "lacks")
_ADD = said("unknown_facts", "add")


def fact_label(kind: EvidenceKind, name: str) -> Localized:
    """What a fact of a kind, or of the records in it, is called."""
    fields = fact_fields(kind.cls)
    nested = [fact_fields(field.type) for field in fields.values() if field.many and attrs.has(field.type)]
    return next((found[name].label for found in (fields, *nested) if name in found), same_in_both(name))


def _for_a_new_item(selected: SelectedEvidence) -> Localized:
    kind = selected.kind
    parts: dict[str, TextOrStr] = {}
    for name, field in fact_fields(kind.cls).items():
        value = getattr(selected.facts, name)
        known = value is not UNKNOWN and not kind.confidential
        parts[name] = str(to_json(value)) if known else _LATEST.fill(fact=field.label)

    def write(lang: Language) -> str:
        template = (kind.words / "question").template(lang)
        if template is None or not template.placeholders <= parts.keys():
            return f"{kind.title[lang]}?"
        return template.fill({name: localized(part, lang) for name, part in parts.items()})

    return composed(write)


_LATEST = said("unknown_facts", "latest")
