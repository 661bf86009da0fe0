"""The words of this room for people, in both languages: the summary, the list of columns, and the map to fill in."""

from __future__ import annotations

from datetime import date
from typing import Final

from barriermodel.analysis.text import Text
from barriermodel.plugin import Money

# The summary ------------------------------------------------------------------------------------------

ROW = Text(nl="rij", en="row")
ROWS = Text(nl="rijen", en="rows")
SUMMARY: Final = {
    "rows": Text(nl="{rows} beoordeeld met {title} [{id}]", en="{rows} assessed with {title} [{id}]"),
    "settled": Text(
        nl="Bij {settled} staat het advies vast, en bij {unsettled} nog niet.",
        en="The advice is settled for {settled}, and not yet for {unsettled}.",
    ),
    "at_least": Text(nl="ten minste {level}", en="at least {level}"),
    "at_most": Text(nl="ten hoogste {level}", en="at most {level}"),
    "total": Text(nl="samen", en="total"),
    "not_examined": Text(nl="niet onderzocht", en="not examined"),
    "stage": Text(nl="Stap {number}: {title}", en="Stage {number}: {title}"),
    "rules": Text(nl="Regels met de meeste treffers", en="Rules with the most hits"),
    "hits": Text(nl="treffers", en="hits"),
    "open": Text(nl="nog open", en="still open"),
    "silent": Text(
        nl="Regels zonder treffer die bij de helft van de rijen of meer nog open zijn",
        en="Rules without a hit that are still open in half of the rows or more",
    ),
    "others": Text(nl="en nog {count}; --format json noemt ze", en="and {count} more; --format json names them"),
    "reasons": Text(nl="Waarom rijen niet te lezen zijn", en="Why rows are unreadable"),
    "reason": Text(nl="{rows}, zoals {place}: {reason}", en="{rows}, such as {place}: {reason}"),
    "words": Text(nl="gevonden woorden", en="words found"),
    "line": Text(nl="regel {number}", en="line {number}"),
    "row": Text(nl="rij {number} van het resultaat", en="row {number} of the result"),
    "wrong_with": Text(
        nl="Wat er mis is met rijen die wel zijn beoordeeld", en="What is wrong with rows that were assessed"
    ),
    "lacking": Text(nl="Wat ontbreekt voor regels die nog open zijn", en="What open rules lack"),
    "missing": Text(
        nl="Deze kolommen zijn er niet en gelden in elke rij als onbekend",
        en="These columns are not there, and count as unknown in every row",
    ),
    "computed": Text(
        nl="Deze gegevens zijn per rij berekend, wat traag is; een eigen kolom gaat sneller",
        en="These facts were computed for each row, which is slow; a column of their own is quicker",
    ),
    "unchecked": Text(
        nl="Zonder datums is niet bekeken of dit bewijs nog geldig is",
        en="Without dates it was not checked whether this evidence is still valid",
    ),
    "again": Text(
        nl="De tabel is een uitkomst van een eerdere batch. Wat die toevoegde, is weggelaten en opnieuw bepaald",
        en="The table is an output of an earlier batch. What that added was left out and found anew",
    ),
    "without_map": Text(
        nl="Was daar een map bij, geef die dan weer mee: anders telt wat toen van uw kolommen is gemaakt, en niet wat "
        "u er daarna in hebt gewijzigd",
        en="If there was a map with it, give that again: otherwise what was made of your columns then counts, and not "
        "what you have changed in them since",
    ),
    "header": Text(
        nl="Regel {line} noemt de kolommen; wat erboven staat, telt niet mee",
        en="Line {line} names the columns; what stands above it was left out",
    ),
    "from_map": Text(
        nl="Dit staat niet in de tabel, en geldt volgens de map voor alle rijen",
        en="This is not in the table, and holds of all rows by the map",
    ),
    "assumed": Text(
        nl="Bij {rows} is {column} aangenomen, omdat de naam het zegt. Kijk dat na",
        en="In {rows}, {column} is assumed, because the name says so. Check that",
    ),
    "absent": Text(
        nl="Bij {rows} is dit bewijs er niet, volgens de lijst of de map: {kind}. Dat beslist niets: de regels ernaar "
        "blijven open",
        en="In {rows} there is no such evidence, by the list or the map: {kind}. That decides nothing: the rules that "
        "look at it stay open",
    ),
    "shortened": Text(
        nl="In {column} hebben {rows} een nummer van 7 cijfers, en een KvK-nummer heeft er 8: een spreadsheet haalt "
        "een nul vooraan weg. Er is niets gewijzigd",
        en="In {column}, {rows} have a number of 7 digits, and a KvK number has 8: a spreadsheet takes away a zero at "
        "the beginning. Nothing was changed",
    ),
    "totals": Text(
        nl="Regels met totalen tellen zo te zien mee als aanbieder: {rows}, zoals rij {row} van het resultaat. Haal ze "
        "uit de tabel, en voer batch opnieuw uit",
        en="Lines with totals seem to count as providers: {rows}, such as row {row} of the result. Take them out of "
        "the table, and run batch again",
    ),
    "in_thousands": Text(
        nl="Volgens de map staan deze bedragen in duizenden euro's, met een punt voor de decimalen (1.500 is € 1.500)",
        en="By the map these amounts are in thousands of euros, with a point before decimals (1.500 is €1,500)",
    ),
    "withheld": Text(
        nl="Vertrouwelijke kolommen staan niet in het resultaat; met --confidential wel",
        en="Confidential columns are left out of the result; --confidential writes them",
    ),
    "wrong": Text(
        nl="{rows} met een fout: kolom advice__error zegt welke, en wat niet te lezen is telt als onbekend",
        en="{rows} with an error: column advice__error says which, and what cannot be read counts as unknown",
    ),
    "rejected": Text(
        nl="{rows} niet te lezen en niet beoordeeld: de reden staat in {file}",
        en="{rows} unreadable and not assessed: the reason is in {file}",
    ),
    "printed": Text(nl="Het resultaat staat in de standaarduitvoer", en="The result is on standard output"),
    "written": Text(nl="Het resultaat staat in {file}", en="The result is in {file}"),
}

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
