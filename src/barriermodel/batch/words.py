"""The words of this room for people, in both languages: the list of columns, and the map to fill in."""

from __future__ import annotations

from datetime import date

from barriermodel.analysis.text import Text
from barriermodel.plugin import Money

# The columns of a profile -----------------------------------------------------------------------------

FACT_TYPES: dict[type, Text] = {
    bool: Text(nl="true of false", en="true or false"), int: Text(nl="geheel getal", en="whole number"),
    float: Text(nl="getal", en="number"), Money: Text(nl="bedrag in euro's", en="amount in euros"),
    date: Text(nl="datum", en="date"), str: Text(nl="tekst", en="text"),
}  # fmt: skip
ENUM_TYPE = Text(nl="een woord uit de lijst", en="a word of the list")
ENUM_WORDS = Text(nl="De woorden van {column}: {words}", en="The words of {column}: {words}")
EVIDENCE_DATES = {
    "issued_on": Text(nl="datum van het bewijs; mag ontbreken", en="date of the evidence; may be left out"),
    "valid_until": Text(nl="geldig tot en met; mag ontbreken", en="valid until; may be left out"),
}
DERIVED_NOTE = Text(nl="afgeleid: bereken hem vooraf", en="derived: compute it beforehand")
COMPUTED_NOTE = Text(
    nl="afgeleid: wordt per rij berekend waar deze kolom ontbreekt, wat traag is",
    en="derived: computed for each row where this column is left out, which is slow",
)
OPAQUE_NOTE = Text(nl="uitkomst van een regel die een programma is", en="outcome of a rule that is a program")
WITHHELD_NOTE = Text(nl="vertrouwelijk, dus niet in het resultaat", en="confidential, so not in the result")
COLUMN_HEADINGS = (
    Text(nl="KOLOM", en="COLUMN"), Text(nl="SOORT", en="TYPE"), Text(nl="WAT", en="WHAT"), Text(nl="REGELS", en="RULES")
)  # fmt: skip

# The map to fill --------------------------------------------------------------------------------------

MAP_HEAD = Text(
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
MAP_KEYS = {
    'unknown = ["n.v.t.", "onbekend"]': Text(nl="uw woorden voor onbekend", en="your words for unknown"),
    'separator = ";"': Text(nl="het teken tussen de velden", en="the sign between fields"),
    'decimal = ","': Text(nl="het teken voor de decimalen", en="the sign before decimals"),
    'thousands = "."': Text(nl="het teken tussen duizendtallen", en="the sign between thousands"),
    "legal_form_from_name = true": Text(
        nl="neem de rechtsvorm uit de naam; dat is een aanname", en="take the legal form from the name; it is assumed"
    ),
}
CONSTANTS_HEAD = Text(
    nl="""\
# Wat voor alle rijen hetzelfde is, hoeft niet in de tabel te staan.
[constants]""",
    en="""\
# What is the same for all rows need not stand in the table.
[constants]""",
)
FACT_EXAMPLES: dict[type, Text] = {
    bool: Text(nl="ja of nee", en="yes or no"), int: Text(nl="geheel getal, zoals 12", en="whole number, such as 12"),
    float: Text(nl="getal, zoals 0,25", en="number, such as 0.25"),
    Money: Text(nl="bedrag in euro's, zoals 125000,50", en="amount in euros, such as 125000.50"),
    date: Text(nl="datum, zoals 31-12-2025", en="date, such as 2025-12-31"), str: Text(nl="tekst", en="text"),
}  # fmt: skip
ONE_OF_WORDS = Text(nl="een van deze woorden", en="one of these words")
NAME_NOTE = Text(nl="om een rij aan te herkennen", en="to know a row by")
DATE_NOTE = Text(nl="of geef hem met --as-of", en="or give it with --as-of")
ROW_TITLE = Text(nl="De rij zelf", en="The row itself")
RULES_TITLE = Text(nl="{title}: {count} regels kijken ernaar", en="{title}: {count} rules look at it")
RULE_TITLE = Text(nl="{title}: 1 regel kijkt ernaar", en="{title}: 1 rule looks at it")
ISSUED_LABEL = Text(nl="datum van het bewijs", en="date of the evidence")
DERIVED_TITLE = Text(
    nl="Zelf te berekenen, want een rij heeft geen lijst en geen tweede stuk van een soort",
    en="To compute beforehand, for a row has no list and no second item of a kind",
)
MAP_END = Text(
    nl="# Weggelaten: tot wanneer bewijs geldt (<soort>__valid_until), en wat per rij wordt berekend.\n"
    "# barriermodel columns {profile} noemt alle kolommen en de regels die ze lezen.",
    en="# Left out: until when evidence is valid (<kind>__valid_until), and what is computed for each row.\n"
    "# barriermodel columns {profile} lists all columns, and the rules that read them.",
)
