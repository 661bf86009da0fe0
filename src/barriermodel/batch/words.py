"""The words of what a batch found, in both languages."""

from __future__ import annotations

from typing import Final

from barriermodel.plugin import Text

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
