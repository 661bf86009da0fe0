"""A map to fill in: what a profile needs of a table, a line for each column."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

import attrs

from barriermodel.analysis.columns import AS_OF, named_inputs, profile_columns
from barriermodel.analysis.expressions import AS_OF_LABEL, ENTITIES
from barriermodel.analysis.facts import FactField
from barriermodel.analysis.profiles import ResolvedProfile
from barriermodel.analysis.text import Language
from barriermodel.plugin import EvidenceKind, Money, Text

from .columns import fields_known, words_of
from .listing import WITHHELD, rules_by_column

Rules: TypeAlias = Mapping[str, tuple[str, ...]]
"""The rules that look at a column."""
HEAD = Text(
    nl="""\
# Waar in uw tabel staat wat {profile} leest. Voor elk gegeven is er één regel.
# - Haal '# ' voor de regel weg en zet de naam van uw kolom achter from.
# - Laat staan wat u niet hebt: dat geldt als onbekend.
# - Staat een gegeven in duizenden, een percentage of in eigen woorden? Zet dan achter from erbij:
#   times = 1000, times = 0.01, true = ["j"], false = ["n"], codes = {{ "uw woord" = "ons woord" }}, date = "%d-%m-%Y"
# - Staat er in een kolom dat het bewijs er niet is? Noem uw woorden daarvoor: absent = ["geen"]
# - Uw andere kolommen gaan ongewijzigd mee, ook een KvK-nummer. Daarmee vindt u een rij terug:
#   barriermodel explain UITKOMST --id kvk=01234567
# Het bewijs waar de meeste regels naar kijken, staat vooraan.""",
    en="""\
# Where your table has what {profile} reads. There is a line for each fact.
# - Take away '# ' before the line, and write the name of your column after from.
# - Leave what you do not have: it counts as unknown.
# - Is a fact in thousands, in per cents or in words of your own? Then add after from:
#   times = 1000, times = 0.01, true = ["y"], false = ["n"], codes = {{ "your word" = "our word" }}, date = "%d-%m-%Y"
# - Does a column say that the evidence is not there? Name your words for that: absent = ["none"]
# - Your other columns pass through as they are, a KvK number too. By it you find a row again:
#   barriermodel explain OUTPUT --id kvk=01234567
# The evidence that most rules look at comes first.""",
)
SIGNS = {
    'unknown = ["n.v.t.", "onbekend"]': Text(nl="uw woorden voor onbekend", en="your words for unknown"),
    'separator = ";"': Text(nl="het teken tussen de velden", en="the sign between fields"),
    'decimal = ","': Text(nl="het teken voor de decimalen", en="the sign before decimals"),
    'thousands = "."': Text(nl="het teken tussen duizendtallen", en="the sign between thousands"),
    "legal_form_from_name = true": Text(
        nl="neem de rechtsvorm uit de naam; dat is een aanname", en="take the legal form from the name; it is assumed"
    ),
}
CONSTANTS = Text(
    nl="""\
# Wat voor alle rijen hetzelfde is, hoeft niet in de tabel te staan.
[constants]""",
    en="""\
# What is the same for all rows need not stand in the table.
[constants]""",
)
FOR_ALL = {"award__act": '"jeugdwet"', "award__procedure": '"open_house"', "award__starts_on": "2026-02-01"}
SHOWN: dict[type, Text] = {
    bool: Text(nl="ja of nee", en="yes or no"), int: Text(nl="geheel getal, zoals 12", en="whole number, such as 12"),
    float: Text(nl="getal, zoals 0,25", en="number, such as 0.25"),
    Money: Text(nl="bedrag in euro's, zoals 125000,50", en="amount in euros, such as 125000.50"),
    date: Text(nl="datum, zoals 31-12-2025", en="date, such as 2025-12-31"), str: Text(nl="tekst", en="text"),
}  # fmt: skip
ONE_OF = Text(nl="een van deze woorden", en="one of these words")
NAME = Text(nl="om een rij aan te herkennen", en="to know a row by")
DAY = Text(nl="of geef hem met --as-of", en="or give it with --as-of")
GENERAL = Text(nl="De rij zelf", en="The row itself")
RULES = Text(nl="{title}: {count} regels kijken ernaar", en="{title}: {count} rules look at it")
RULE = Text(nl="{title}: 1 regel kijkt ernaar", en="{title}: 1 rule looks at it")
ISSUED = Text(nl="datum van het bewijs", en="date of the evidence")
BEFOREHAND = Text(
    nl="Zelf te berekenen, want een rij heeft geen lijst en geen tweede stuk van een soort",
    en="To compute beforehand, for a row has no list and no second item of a kind",
)
LEFT_OUT = Text(
    nl="# Weggelaten: tot wanneer bewijs geldt (<soort>__valid_until), en wat per rij wordt berekend.\n"
    "# barriermodel columns {profile} noemt alle kolommen en de regels die ze lezen.",
    en="# Left out: until when evidence is valid (<kind>__valid_until), and what is computed for each row.\n"
    "# barriermodel columns {profile} lists all columns, and the rules that read them.",
)
NAMES = ("provider__name", "award__id")
"""What a row is known by, beside columns of the user's own."""


@attrs.frozen
class Entry:
    """A column that a map may make, and what is said of it."""

    name: str
    told: str
    words: Sequence[str] = ()

    @property
    def line(self) -> str:
        """As the map has it when it is filled in."""
        return f'{self.name} = {{ from = "" }}'


def map_to_fill(plan: ResolvedProfile, lang: Language) -> str:
    """A map that says nothing yet: a comment for each column that the profile needs, the most telling first."""
    rules = {**rules_by_column(plan, named_inputs), **dict.fromkeys(profile_columns(plan).refusal, ())}
    fields = fields_known(plan)
    needed = {
        name: rules[name]
        for name in sorted(rules)
        if name in fields and name not in profile_columns(plan).row_computable
    }
    parts = [HEAD[lang].format(profile=plan.profile.id), _signs(lang), *_constants(needed, lang), "[columns]"]
    for title, entries in _groups(plan, needed, lang):
        parts.append("\n".join([f"# {title}", *_lines(entries)]))
    return "\n\n".join([*parts, LEFT_OUT[lang].format(profile=plan.profile.id)]) + "\n"


def _signs(lang: Language) -> str:
    width = max(map(len, SIGNS))
    return "\n".join(f"# {sign.ljust(width)}  # {what[lang]}" for sign, what in SIGNS.items())


def _constants(needed: Rules, lang: Language) -> list[str]:
    lines = [f"# {name} = {value}" for name, value in FOR_ALL.items() if name in needed]
    return ["\n".join([CONSTANTS[lang], *lines])] if lines else []


def _lines(entries: Sequence[Entry]) -> Iterator[str]:
    width = max(len(entry.line) for entry in entries)
    for entry in entries:
        yield f"# {entry.line.ljust(width)}  # {entry.told}"
        if entry.words:
            yield f"#   {', '.join(entry.words)}"


def _groups(plan: ResolvedProfile, needed: Rules, lang: Language) -> Iterator[tuple[str, list[Entry]]]:
    """What belongs together, with its title: the row itself, each kind of evidence, what is derived."""
    fields = fields_known(plan)
    sources = {name: name.partition("__")[0] for name in needed}
    day = Entry(AS_OF, f"{AS_OF_LABEL[lang]}: {SHOWN[date][lang]}; {DAY[lang]}")
    names = [_entry(name, fields[name], lang, NAME) for name in NAMES]
    subjects = _entries((n for n in needed if sources[n] in ENTITIES and n not in NAMES), needed, plan, lang)
    yield GENERAL[lang], [day, *names, *subjects]
    for kind in _ranked(plan, needed):
        own = _entries((n for n in needed if sources[n] == kind.id), needed, plan, lang)
        issued = f"{kind.id}__issued_on"
        dates = (
            [Entry(issued, f"{ISSUED[lang]}: {SHOWN[date][lang]}")]
            if issued in profile_columns(plan).validity[kind.id]
            else []
        )
        yield _title(kind, _rules_of(kind, needed), lang), [*own, *dates]
    derived = _entries((n for n in needed if sources[n] == "derived"), needed, plan, lang)
    if derived:
        yield BEFOREHAND[lang], derived


def _rules_of(kind: EvidenceKind, needed: Rules) -> set[str]:
    return {rule for name, rules in needed.items() if name.startswith(f"{kind.id}__") for rule in rules}


def _ranked(plan: ResolvedProfile, needed: Rules) -> list[EvidenceKind]:
    """The kinds that are read: what most rules look at first, what is confidential last."""
    kinds = [kind for kind in plan.kinds.values() if _rules_of(kind, needed)]
    return sorted(kinds, key=lambda kind: (kind.confidential, -len(_rules_of(kind, needed)), kind.id))


def _title(kind: EvidenceKind, rules: Collection[str], lang: Language) -> str:
    title = (RULE if len(rules) == 1 else RULES)[lang].format(title=kind.title[lang], count=len(rules))
    return f"{title} ({WITHHELD[lang]})" if kind.confidential else title


def _entries(names: Iterable[str], needed: Rules, plan: ResolvedProfile, lang: Language) -> list[Entry]:
    """The columns that most rules look at first; those of one rule together."""
    fields = fields_known(plan)
    hidden = profile_columns(plan).confidential(needed)
    first = {name: min(rules, default="") for name, rules in needed.items()}
    ordered = sorted(names, key=lambda name: (-len(needed[name]), first[name], name))
    return [
        _entry(name, fields[name], lang, WITHHELD if name in hidden and name.startswith("derived") else None)
        for name in ordered
    ]


def _entry(name: str, field: FactField, lang: Language, note: Text | None = None) -> Entry:
    words = words_of(field.type)
    told = f"{field.label[lang]}: {(ONE_OF if words else SHOWN[field.type])[lang]}"
    return Entry(name, f"{told}; {note[lang]}" if note else told, words)
