"""The columns that a profile reads, listed for the people who fill them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import attrs

from barriermodel.analysis.columns import (
    AS_OF,
    by_row,
    column_of,
    confidential_among,
    facts_read,
    field_of,
    inputs_of,
    layout_of,
    read_to_refuse,
)
from barriermodel.analysis.expressions import AS_OF_LABEL, ENTITIES, FactRef
from barriermodel.analysis.facts import to_json
from barriermodel.analysis.profiles import ResolvedProfile
from barriermodel.analysis.reports import WORDS
from barriermodel.analysis.text import Language, align_columns
from barriermodel.plugin import Derived, Localized

from . import words
from .columns import enum_words


@attrs.frozen
class Column:
    """A column that a table may have.

    Args:
        label: what it holds.
        notes: what else is worth knowing about it.
        rules: the rules that read it, or what is derived from it.

    """

    name: str
    kind: type
    label: Localized
    notes: tuple[Localized, ...] = ()
    rules: tuple[str, ...] = ()

    def type_in(self, lang: Language) -> str:
        """The type of its values, in words."""
        return (words.ENUM_TYPE if enum_words(self.kind) else words.FACT_TYPES[self.kind])[lang]

    def what_in(self, lang: Language) -> str:
        """What it holds, and the notes on it."""
        return "; ".join(text[lang] for text in (self.label, *self.notes))


def columns_of(resolved: ResolvedProfile) -> list[Column]:
    """Every column that a profile reads: the date, the facts, and the dates of their evidence."""
    computed = by_row(resolved)
    inputs = {name: ref for derived in computed.values() for name, ref in inputs_of(derived).items()}
    refs = dict(sorted({**inputs, **facts_read(resolved), **read_to_refuse(resolved)}.items()))
    rules = rules_by_column(resolved, inputs_of)
    opaque = {column_of(ref) for b in resolved.barriers for r in b.rules if r.rule.opaque for ref in r.rule.facts}
    found = [Column(AS_OF, date, AS_OF_LABEL, (), rules.get(AS_OF, ()))]
    for name, ref in refs.items():
        notes: list[Localized] = [words.OPAQUE_NOTE] if name in opaque else []
        if ref.source == "derived":
            notes.append(words.COMPUTED_NOTE if name in computed else words.DERIVED_NOTE)
        found.append(Column(name, ref.type, _label(ref, resolved), tuple(notes), rules.get(name, ())))
    for kind, names in layout_of(resolved, bare=True).dates.items():
        title = resolved.kinds[kind].title
        labels = {name: words.EVIDENCE_DATES[name.removeprefix(f"{kind}__")] for name in names}
        found += [Column(name, date, _joined(title, label)) for name, label in labels.items()]
    hidden = confidential_among((column.name for column in found), resolved)
    return [attrs.evolve(c, notes=(*c.notes, words.WITHHELD_NOTE)) if c.name in hidden else c for c in found]


def rules_by_column(
    resolved: ResolvedProfile, inputs: Callable[[Derived], Mapping[str, FactRef]]
) -> dict[str, tuple[str, ...]]:
    """The rules that read each column.

    Args:
        inputs: gives the columns that a derived fact is computed from.

    """
    found: dict[str, dict[str, None]] = {}
    computed = by_row(resolved)
    for rule in (rule for stage in resolved.stages for rule in stage.rules):
        for name in map(column_of, rule.rule.facts):
            for column in (name, *(inputs(computed[name]) if name in computed else ())):
                found.setdefault(column, {})[rule.rule.id] = None
    return {name: tuple(rules) for name, rules in found.items()}


def _label(ref: FactRef, resolved: ResolvedProfile) -> Localized:
    label = field_of(ref, resolved).label
    if ref.source == "derived":
        return label
    return _joined(WORDS[ref.source] if ref.source in ENTITIES else resolved.kinds[ref.source].title, label)


def _joined(title: Localized, label: Localized) -> Localized:
    return Localized(nl=f"{title.nl}: {label.nl}", en=f"{title.en}: {label.en}")


def listing_text(columns: list[Column], lang: Language) -> str:
    """The columns as a table, and below it the words of those that hold one of a list of words."""
    rows = [[head[lang] for head in words.COLUMN_HEADINGS]]
    rows += [[c.name, c.type_in(lang), c.what_in(lang), ", ".join(c.rules) or "–"] for c in columns]
    choices = [
        words.ENUM_WORDS[lang].format(column=column.name, words=", ".join(members))
        for column in columns
        if (members := enum_words(column.kind))
    ]
    return "\n".join([*align_columns(rows), *([""] if choices else []), *choices]) + "\n"


def listing_data(columns: list[Column]) -> list[dict[str, Any]]:
    """The columns, as data for JSON."""
    return [
        {
            "column": c.name, "type": c.type_in("en"), "what": to_json(c.label), "words": enum_words(c.kind),
            "notes": [to_json(note) for note in c.notes], "rules": list(c.rules),
        }
        for c in columns
    ]  # fmt: skip
