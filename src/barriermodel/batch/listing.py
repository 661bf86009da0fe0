"""The columns that a profile reads, for the people who fill them: as a list, and as a map to fill in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

import attrs

from barriermodel.analysis.columns import (
    AS_OF,
    column_of,
    inputs_of,
    named_inputs,
    profile_columns,
    row_schema,
)
from barriermodel.analysis.expressions import AS_OF_LABEL, ENTITIES, FactRef
from barriermodel.analysis.facts import FactField, to_json
from barriermodel.analysis.profiles import ResolvedProfile
from barriermodel.analysis.reports import WORDS, fill
from barriermodel.analysis.text import Language, align_columns, composed, said
from barriermodel.plugin import Derived, EvidenceKind, Localized

from .columns import enum_words, known_fields

_WITHHELD = said("columns", "withheld")


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
        return said("columns", "type", _type_key(self.kind))[lang]

    def what_in(self, lang: Language) -> str:
        """What it holds, and the notes on it."""
        return "; ".join(text[lang] for text in (self.label, *self.notes))


def _type_key(kind: type) -> str:
    return "word" if enum_words(kind) else kind.__name__.lower()


def columns_of(resolved: ResolvedProfile) -> list[Column]:
    """Every column that a profile reads: the date, the facts, and the dates of their evidence."""
    columns = profile_columns(resolved)
    computed = columns.row_computable
    inputs = {name: ref for derived in computed.values() for name, ref in inputs_of(derived).items()}
    refs = dict(sorted({**inputs, **columns.read, **columns.refusal}.items()))
    rules = rules_by_column(resolved, inputs_of)
    opaque = {
        column_of(ref) for b in resolved.barriers for r in b.rules if r.definition.opaque for ref in r.definition.facts
    }
    found = [Column(AS_OF, date, AS_OF_LABEL, (), rules.get(AS_OF, ()))]
    for name, ref in refs.items():
        notes: list[Localized] = [said("columns", "opaque")] if name in opaque else []
        if ref.source == "derived":
            notes.append(said("columns", "computed" if name in computed else "derived"))
        found.append(Column(name, ref.type, _label(ref, resolved), tuple(notes), rules.get(name, ())))
    for kind, names in row_schema(resolved, without_computed=True).dates.items():
        title = resolved.kinds[kind].title
        labels = {name: said("columns", name.removeprefix(f"{kind}__")) for name in names}
        found += [Column(name, date, _joined(title, label)) for name, label in labels.items()]
    hidden = columns.confidential(column.name for column in found)
    return [attrs.evolve(c, notes=(*c.notes, _WITHHELD)) if c.name in hidden else c for c in found]


def rules_by_column(
    resolved: ResolvedProfile, inputs: Callable[[Derived], Mapping[str, FactRef]]
) -> dict[str, tuple[str, ...]]:
    """The rules that read each column.

    Args:
        inputs: gives the columns that a derived fact is computed from.

    """
    found: dict[str, dict[str, None]] = {}
    computed = profile_columns(resolved).row_computable
    for rule in (rule for stage in resolved.stages for rule in stage.rules):
        for name in map(column_of, rule.definition.facts):
            for column in (name, *(inputs(computed[name]) if name in computed else ())):
                found.setdefault(column, {})[rule.id] = None
    return {name: tuple(rules) for name, rules in found.items()}


def _label(ref: FactRef, resolved: ResolvedProfile) -> Localized:
    label = profile_columns(resolved).fields[column_of(ref)].label
    if ref.source == "derived":
        return label
    return _joined(WORDS[ref.source] if ref.source in ENTITIES else resolved.kinds[ref.source].title, label)


def _joined(title: Localized, label: Localized) -> Localized:
    return composed(lambda lang: f"{title[lang]}: {label[lang]}")


def listing_text(columns: list[Column], lang: Language) -> str:
    """The columns as a table, and below it the words of those that hold one of a list of words."""
    rows = [[said("columns", "heading", head)[lang] for head in ("column", "type", "what", "rules")]]
    rows += [[c.name, c.type_in(lang), c.what_in(lang), ", ".join(c.rules) or "–"] for c in columns]
    choices = [
        fill(said("columns", "words"), lang, column=column.name, words=", ".join(members))
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


# The map to fill --------------------------------------------------------------------------------------

Rules: TypeAlias = Mapping[str, tuple[str, ...]]
"""The rules that read each column."""
_CONSTANT_EXAMPLES = {"award__act": '"jeugdwet"', "award__procedure": '"open_house"', "award__starts_on": "2026-02-01"}
_KEYS = (
    'unknown = ["n.v.t.", "onbekend"]', 'separator = ";"', 'decimal = ","', 'thousands = "."',
    "legal_form_from_name = true",
)  # fmt: skip
"""What a map can say of the whole table."""
_NAME_COLUMNS = ("provider__name", "award__id")
"""What identifies a row, besides columns of the user's own."""


@attrs.frozen
class Entry:
    """A column that a map may make, a comment on it, and its words if it holds one of a list."""

    name: str
    comment: str
    members: Sequence[str] = ()

    @property
    def line(self) -> str:
        """The line of the map, to be filled in."""
        return f'{self.name} = {{ from = "" }}'


def _say(lang: Language, *key: str, **values: object) -> str:
    return fill(said("map", *key), lang, **values)


def map_to_fill(resolved: ResolvedProfile, lang: Language) -> str:
    """A map in which each column that the profile needs is a comment, those that most rules read first."""
    columns = profile_columns(resolved)
    rules = {**rules_by_column(resolved, named_inputs), **dict.fromkeys(columns.refusal, ())}
    fields = known_fields(resolved)
    needed = {name: rules[name] for name in sorted(rules) if name in fields and name not in columns.row_computable}
    head = _say(lang, "head", profile=resolved.profile.id)
    parts = [head, _keys(lang), *_constants(needed, lang), "[columns]"]
    for title, entries in _groups(resolved, needed, lang):
        parts.append("\n".join([f"# {title}", *_lines(entries)]))
    return "\n\n".join([*parts, _say(lang, "end", profile=resolved.profile.id)]) + "\n"


def _keys(lang: Language) -> str:
    width = max(map(len, _KEYS))
    return "\n".join(f"# {line.ljust(width)}  # {_say(lang, 'key', line.partition(' ')[0])}" for line in _KEYS)


def _constants(needed: Rules, lang: Language) -> list[str]:
    lines = [f"# {name} = {value}" for name, value in _CONSTANT_EXAMPLES.items() if name in needed]
    return ["\n".join([_say(lang, "constants"), *lines])] if lines else []


def _lines(entries: Sequence[Entry]) -> Iterator[str]:
    width = max(len(entry.line) for entry in entries)
    for entry in entries:
        yield f"# {entry.line.ljust(width)}  # {entry.comment}"
        if entry.members:
            yield f"#   {', '.join(entry.members)}"


def _groups(resolved: ResolvedProfile, needed: Rules, lang: Language) -> Iterator[tuple[str, list[Entry]]]:
    """The entries under their titles: the row itself, each kind of evidence, and what is derived."""
    fields = known_fields(resolved)
    sources = {name: name.partition("__")[0] for name in needed}
    day = Entry(AS_OF, f"{AS_OF_LABEL[lang]}: {_say(lang, 'example', 'date')}; {_say(lang, 'as_of')}")
    names = [_entry(name, fields[name], lang, said("map", "name")) for name in _NAME_COLUMNS]
    others = [name for name in needed if sources[name] in ENTITIES and name not in _NAME_COLUMNS]
    subjects = _entries(others, needed, resolved, lang)
    yield _say(lang, "row"), [day, *names, *subjects]
    for kind in _ranked(resolved, needed):
        own = _entries((n for n in needed if sources[n] == kind.id), needed, resolved, lang)
        issued = f"{kind.id}__issued_on"
        if issued in profile_columns(resolved).validity[kind.id]:
            own.append(Entry(issued, f"{_say(lang, 'issued_on')}: {_say(lang, 'example', 'date')}"))
        yield _title(kind, _rules_of(kind, needed), lang), own
    derived = _entries((n for n in needed if sources[n] == "derived"), needed, resolved, lang)
    if derived:
        yield _say(lang, "derived"), derived


def _rules_of(kind: EvidenceKind, needed: Rules) -> set[str]:
    return {rule for name, rules in needed.items() if name.startswith(f"{kind.id}__") for rule in rules}


def _ranked(resolved: ResolvedProfile, needed: Rules) -> list[EvidenceKind]:
    """The kinds that are read: those that most rules read first, confidential ones last."""
    kinds = [kind for kind in resolved.kinds.values() if _rules_of(kind, needed)]
    return sorted(kinds, key=lambda kind: (kind.confidential, -len(_rules_of(kind, needed)), kind.id))


def _title(kind: EvidenceKind, rules: Collection[str], lang: Language) -> str:
    title = _say(lang, "rules", title=kind.title[lang], count=len(rules))
    return f"{title} ({_WITHHELD[lang]})" if kind.confidential else title


def _entries(names: Iterable[str], needed: Rules, resolved: ResolvedProfile, lang: Language) -> list[Entry]:
    """The columns that most rules read first; those of one rule together."""
    fields = known_fields(resolved)
    hidden = profile_columns(resolved).confidential(needed)
    first = {name: min(rules, default="") for name, rules in needed.items()}
    ordered = sorted(names, key=lambda name: (-len(needed[name]), first[name], name))
    return [
        _entry(name, fields[name], lang, _WITHHELD if name in hidden and name.startswith("derived") else None)
        for name in ordered
    ]


def _entry(name: str, field: FactField, lang: Language, note: Localized | None = None) -> Entry:
    comment = f"{field.label[lang]}: {_say(lang, 'example', _type_key(field.type))}"
    return Entry(name, f"{comment}; {note[lang]}" if note else comment, enum_words(field.type))
