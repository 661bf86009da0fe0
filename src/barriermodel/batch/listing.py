"""The columns that a profile reads, for people who fill them."""

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
from barriermodel.analysis.text import Language
from barriermodel.plugin import Derived, Localized, Money, Text

from .columns import words_of

TYPES: dict[type, Text] = {
    bool: Text(nl="true of false", en="true or false"), int: Text(nl="geheel getal", en="whole number"),
    float: Text(nl="getal", en="number"), Money: Text(nl="bedrag in euro's", en="amount in euros"),
    date: Text(nl="datum", en="date"), str: Text(nl="tekst", en="text"),
}  # fmt: skip
CHOICE = Text(nl="een woord uit de lijst", en="a word of the list")
CHOICES = Text(nl="De woorden van {column}: {words}", en="The words of {column}: {words}")
DATES = {
    "issued_on": Text(nl="datum van het bewijs; mag ontbreken", en="date of the evidence; may be left out"),
    "valid_until": Text(nl="geldig tot en met; mag ontbreken", en="valid until; may be left out"),
}
DERIVED = Text(nl="afgeleid: bereken hem vooraf", en="derived: compute it beforehand")
COMPUTED = Text(
    nl="afgeleid: wordt per rij berekend waar deze kolom ontbreekt, wat traag is",
    en="derived: computed for each row where this column is left out, which is slow",
)
OPAQUE = Text(nl="uitkomst van een regel die een programma is", en="outcome of a rule that is a program")
WITHHELD = Text(nl="vertrouwelijk, dus niet in het resultaat", en="confidential, so not in the result")
HEAD = (
    Text(nl="KOLOM", en="COLUMN"), Text(nl="SOORT", en="TYPE"), Text(nl="WAT", en="WHAT"), Text(nl="REGELS", en="RULES")
)  # fmt: skip


@attrs.frozen
class Column:
    """A column that a table may have.

    Args:
        label: what it holds.
        notes: what else there is to know of it.
        rules: the rules that look at it, or at what is derived from it.

    """

    name: str
    kind: type
    label: Localized
    notes: tuple[Localized, ...] = ()
    rules: tuple[str, ...] = ()

    def type_in(self, lang: Language) -> str:
        """What its values are."""
        return (CHOICE if words_of(self.kind) else TYPES[self.kind])[lang]

    def what_in(self, lang: Language) -> str:
        """What it holds, and what else there is to know."""
        return "; ".join(words[lang] for words in (self.label, *self.notes))


def columns_of(plan: ResolvedProfile) -> list[Column]:
    """Every column that a profile reads: the date, the facts, and the dates of their evidence."""
    computed = by_row(plan)
    inputs = {name: ref for derived in computed.values() for name, ref in inputs_of(derived).items()}
    refs = dict(sorted({**inputs, **facts_read(plan), **read_to_refuse(plan)}.items()))
    rules = rules_by_column(plan, inputs_of)
    opaque = {
        column_of(ref) for b in plan.barriers for r in b.rules if r.definition.opaque for ref in r.definition.facts
    }
    found = [Column(AS_OF, date, AS_OF_LABEL, (), rules.get(AS_OF, ()))]
    for name, ref in refs.items():
        notes: list[Localized] = [OPAQUE] if name in opaque else []
        if ref.source == "derived":
            notes.append(COMPUTED if name in computed else DERIVED)
        found.append(Column(name, ref.type, _label(ref, plan), tuple(notes), rules.get(name, ())))
    for kind, names in layout_of(plan, bare=True).dates.items():
        title = plan.kinds[kind].title
        found += [Column(name, date, _joined(title, DATES[name.removeprefix(f"{kind}__")])) for name in names]
    hidden = confidential_among((column.name for column in found), plan)
    return [attrs.evolve(c, notes=(*c.notes, WITHHELD)) if c.name in hidden else c for c in found]


def rules_by_column(
    plan: ResolvedProfile, inputs: Callable[[Derived], Mapping[str, FactRef]]
) -> dict[str, tuple[str, ...]]:
    """The rules that look at each column.

    Args:
        inputs: the columns that a derived fact is computed from.

    """
    found: dict[str, dict[str, None]] = {}
    computed = by_row(plan)
    for rule in (rule for stage in plan.stages for rule in stage.rules):
        for name in map(column_of, rule.definition.facts):
            for column in (name, *(inputs(computed[name]) if name in computed else ())):
                found.setdefault(column, {})[rule.id] = None
    return {name: tuple(rules) for name, rules in found.items()}


def _label(ref: FactRef, plan: ResolvedProfile) -> Localized:
    label = field_of(ref, plan).label
    if ref.source == "derived":
        return label
    return _joined(WORDS[ref.source] if ref.source in ENTITIES else plan.kinds[ref.source].title, label)


def _joined(title: Localized, label: Localized) -> Localized:
    return Localized(nl=f"{title.nl}: {label.nl}", en=f"{title.en}: {label.en}")


def as_text(columns: list[Column], lang: Language) -> str:
    """A table, and below it the words of the columns that have a list of them."""
    rows = [[head[lang] for head in HEAD]]
    rows += [[c.name, c.type_in(lang), c.what_in(lang), ", ".join(c.rules) or "–"] for c in columns]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
    lines = ["  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows]
    words = [
        CHOICES[lang].format(column=c.name, words=", ".join(words_of(c.kind))) for c in columns if words_of(c.kind)
    ]
    return "\n".join([*lines, *([""] if words else []), *words]) + "\n"


def as_data(columns: list[Column]) -> list[dict[str, Any]]:
    """The columns as JSON holds them."""
    return [
        {
            "column": c.name, "type": c.type_in("en"), "what": to_json(c.label), "words": words_of(c.kind),
            "notes": [to_json(note) for note in c.notes], "rules": list(c.rules),
        }
        for c in columns
    ]  # fmt: skip
