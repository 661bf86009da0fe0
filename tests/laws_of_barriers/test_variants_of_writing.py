"""Laws on how a barrier is written: faults other than those on their pages, and what only looks like one."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from law_pages import installed
from variants import listed, with_derived, with_rule, with_text

from barriermodel import Registry
from barriermodel.testing import LAWS, LawBroken
from barriermodel.testing.barrier_under_test import BarrierUnderTest

PARAMETER = "extract: Extract, *, most: Annotated[int, {}] = {}"
ACTIVE = with_derived("return extract.active")


def missing(what: str, key: str, words: str, *, source: str = ACTIVE, lang: str = "nl") -> tuple[str, str, str]:
    """A source in which a text is not given in a language, and what is told of it."""
    start = source.index(f'"{lang}": """')
    assert words in source[start:]
    told = f"its words have no {key} in {lang!r}; write it in words/{lang}.toml"
    return what, source[:start] + source[start:].replace(words, "", 1), told


BREAKS: dict[str, list[tuple[str, str, str]]] = {
    "texts_complete": [
        missing("a barrier", "barrier.voorbeeld.made.title", 'barrier.voorbeeld.made.title = "Gemaakt"'),
        *(
            missing(f"the {part} of a rule", f"rule.voorbeeld.made.rule.{part}", f'{part} = "{words}"', lang="en")
            for part, words in [
                ("topic", "Value"),
                ("short", "The value is true"),
                ("hit", "The value is true."),
                ("clear", "The value is false"),
                ("look", "Check whether the value is right."),
                ("rebut", "Is the value wrong? Let us know."),
            ]
        ),
        missing(
            "what is not verified",
            "rule.voorbeeld.made.rule.unverified",
            'unverified = "The paragraph."',
            source=with_text(options=", unverified=True", inputs="extract: Extract", returns="extract.active"),
            lang="en",
        ),
        *(
            missing(f"the {part} of a kind", f"evidence.extract.{part}", f'{part} = "{words}"')
            for part, words in [
                ("title", "Uittreksel"),
                ("inline", "het uittreksel"),
                ("question", "Wilt u het uittreksel sturen?"),
                ("why", "De wet vraagt het."),
                ("how", "Een kopie is genoeg."),
            ]
        ),
        missing("a fact", "evidence.extract.facts.active", 'active = "active"', lang="en"),
        missing(
            "a derived fact", "derived.voorbeeld.made.value.label", 'derived.voorbeeld.made.value.label = "waarde"'
        ),
        *(
            missing(
                f"the {part} of a parameter",
                f"limit.voorbeeld.made.most.{part}",
                f'{part} = "{words}"',
                source=with_rule("return extract.staff > most", inputs=PARAMETER.format("EXAMPLE", 9)),
                lang="en",
            )
            for part, words in [("label", "most"), ("reason", "An example.")]
        ),
        missing(
            "a law",
            "law.wet.text",
            'law.wet.text = "Act"',
            source=with_text(options=", basis='wet'", inputs="extract: Extract", returns="extract.active"),
            lang="en",
        ),
        (
            "a placeholder that is more than a name",
            with_text(en="{staff:d}", inputs="extract: Extract", returns="extract.staff > 0"),
            "its words have a wrong rule.voorbeeld.made.rule.hit in 'en': the brace at character 1 is no {name}",
        ),
        (
            "a name that the rule does not have",
            with_text(en="{stafff} people.", inputs="extract: Extract", returns="extract.staff > 0"),
            "its hit names {stafff} in 'en'; it has staff",
        ),
        (
            "a name that the kind does not have",
            ACTIVE.replace("Would you send the extract?", "Would you send that of {year}?"),
            "kind extract: its question names {year} in 'en'; it has active, branches, codes, name, rent, since, staff",
        ),
        (
            "words that are no TOML",
            ACTIVE.replace('topic = "Value"', "topic = Value"),
            "its words have no barrier.voorbeeld.made.title in 'en'",
        ),
        (
            "a hit that can be one without the fact that it shows",
            with_text(
                "Actief, of {staff}.",
                "Active, or {staff}.",
                inputs="extract: Extract",
                returns="extract.active | (extract.staff > 0)",
            ),
            "its text shows {staff}, which is unknown in a dossier where it is hit",
        ),
        (
            "a norm that is met without what it shows",
            with_text(
                "Actief, of {staff}",
                "Active, or {staff}",
                part="clear",
                inputs="extract: Extract",
                returns="extract.active | (extract.staff > 0)",
                decorator="requirement",
                options=", basis='wet'",
            ),
            "its text shows {staff}, which is unknown in a dossier where it is clear",
        ),
    ],
    "numbers_come_from_the_rule": [
        (
            words,
            with_text(
                words,
                "English.",
                middle="MOST = 10",
                inputs=PARAMETER.format("EXAMPLE", 3),
                returns="(extract.staff > most) & (extract.staff < MOST)",
            ),
            f"its text says '{number}'",
        )
        for words, number in [
            ("Meer dan 10% winst.", "10%"),
            ("Na 2024 opgericht.", "2024"),
            ("Langer dan drie jaar.", "drie"),
            ("Meer dan tien mensen.", "tien"),
            ("Artikel 2 vraagt 5 mensen.", "5"),
        ]
    ]
    + [
        (
            "where it is clear",
            with_text(
                "Niet meer dan 10% winst",
                part="clear",
                inputs=PARAMETER.format("EXAMPLE", 3),
                returns="extract.staff > most",
            ),
            "its text says '10%'",
        ),
        (
            "in a plural form",
            with_rule("return extract.staff > most", inputs=PARAMETER.format("EXAMPLE", 3)).replace(
                'hit = "The value is true."',
                'hit = { count = "staff", one = "1 of 7", other = "{staff} of {most}." }',
            ),
            "its text says '7'",
        ),
    ],
    "sources_given": [
        (
            "a requirement without a law",
            with_text(
                inputs="extract: Extract",
                returns="extract.active",
                decorator="requirement",
            ),
            "a requirement says on what law or rule it rests",
        ),
        (
            "an assumption that says nothing",
            with_rule("return extract.staff > most", inputs=PARAMETER.format("EXAMPLE", 9)).replace(
                "Een voorbeeld.", "TODO"
            ),
            "most says 'TODO'",
        ),
        (
            "an amount",
            with_rule("return extract.rent > MOST", middle="MOST = euro(500)"),
            "compares with euro('500.00')",
        ),
        ("a factor", with_rule("return extract.staff > extract.staff * 3"), "compares with 3"),
        (
            "the day on which it was imported",
            with_rule("return extract.since > DAY", middle="DAY = date.today()"),
            "compares with datetime.date(",
        ),
        ("a threshold in a derived fact", with_derived("return extract.staff > 5"), "value (line"),
        ("a date in a derived fact", with_derived("return extract.since < date(2020, 1, 1)"), "with date(2020, 1, 1)"),
        (
            "a threshold with a name in a derived fact",
            with_derived("most = 5\nreturn extract.staff > most"),
            "compares with most, which has no source",
        ),
        (
            "a threshold in what a derived fact calls",
            with_derived(
                "return large(extract.rent)", middle="MOST = euro(5)\ndef large(rent):\n    return rent > MOST"
            ),
            "large (line",
        ),
    ],
    "cheap_import": [
        ("a database", with_derived("return extract.active", top="import sqlite3"), "loads sqlite3; import it in"),
        ("a foreign package", with_derived("return extract.active", top="import pytest"), "pytest"),
        ("a print", with_derived("return extract.active", middle="print('hello')"), "importing made prints 'hello'"),
        (
            "a file",
            with_derived("return extract.active", top="from pathlib import Path\nTEXT = Path(__file__).read_text()"),
            "it (line 3 of made.py) reads files: open()",
        ),
        (
            "a variable",
            with_derived("return extract.active", top="import os\nHOME = os.environ.get('HOME')"),
            "reads the environment: os.environ",
        ),
        (
            "the clock beside a rule",
            with_rule("return extract.since > DAY", middle="DAY = date.today()"),
            "reads the clock: date.today()",
        ),
        (
            "the clock in a default",
            with_rule(
                "return extract.since > last",
                inputs="extract: Extract, *, last: Annotated[date, EXAMPLE] = datetime.now().date()",
            ),
            "reads the clock: datetime.now()",
        ),
        (
            "the clock in a hook",
            with_rule("return extract.active").replace("    yield made", "    assert date.today()\n    yield made"),
            "barriermodel_barriers (line 69 of made.py) reads the clock: date.today()",
        ),
        (
            "something that is only here",
            with_derived("return extract.active", top="import sys\nassert 'law_pages' in sys.modules"),
            "importing made in a new process fails: AssertionError",
        ),
    ],
    "installed_and_ok": [
        (
            "a derived fact by such a name",
            with_derived("return extract.active")
            .replace("def value(", "def of_dutch_descent(")
            .replace("value: Fact", "of_dutch_descent: Fact")
            .replace("return value", "return of_dutch_descent"),
            "voorbeeld.made.of_dutch_descent: its name points at a ground",
        ),
        (
            "such a fact in a list",
            with_derived("return extract.active").replace(
                "    code: Fact", "    birth_date: Fact[date] = UNKNOWN\n    code: Fact"
            ),
            "The fact extract.birth_date may be a ground",
        ),
    ],
}


@pytest.mark.parametrize(("law", "source", "told"), listed(BREAKS))
def test_what_breaks_a_law_is_found(law: str, source: str, told: str, tmp_path: Path) -> None:
    with installed(source, "made", tmp_path) as subject, pytest.raises(LawBroken) as broken:
        LAWS[law].check(subject)

    assert told in str(broken.value)


KEEPS: dict[str, list[tuple[str, str]]] = {
    "numbers_come_from_the_rule": [
        (
            words,
            with_text(words, "English.", inputs=PARAMETER.format("EXAMPLE", 2), returns="extract.staff > most"),
        )
        for words in [
            "Wmo 2015 artikel 2.3 lid 1.",
            "ISO 9001:2015 of NEN-EN 15224.",
            "Burgerlijk Wetboek, BW 2:285 lid 3.",
            "Jeugdwet 8.3.1, hoofdstuk 8, bijlage 2.",
            "Wet langdurige zorg 2015.",
            "Een van de drie.",
        ]
    ]
    + [
        (
            "one in the form for one",
            with_rule("return extract.staff > most", inputs=PARAMETER.format("EXAMPLE", 2)).replace(
                'hit = "The value is true."', 'hit = { count = "staff", one = "1 of {most}.", other = "{staff}." }'
            ),
        )
    ],
    "sources_given": [
        (
            "nothing and one",
            with_derived("return extract.staff > 0 and len(extract.codes) >= 1 and extract.rent > euro(0)"),
        ),
        ("the calendar", with_derived("return extract.since.month > 6 or extract.since.weekday() < 5")),
        ("an equal number", with_derived("return extract.staff % 2 == 0")),
        (
            "a limit of a derived fact",
            with_derived("return extract.staff > most", inputs=PARAMETER.format("EXAMPLE", 9)),
        ),
    ],
    "cheap_import": [
        ("light packages of Python", with_derived("return extract.active", top="import decimal, statistics, re, enum")),
        (
            "its own place",
            with_derived("return extract.active", top="from pathlib import Path\nHERE = Path(__file__).resolve()"),
        ),
        (
            "a heavy package when it is called",
            with_derived("import unittest\nreturn bool(unittest) and extract.active"),
        ),
    ],
    "installed_and_ok": [
        (
            "the age of a document",
            with_derived("return extract.active")
            .replace("def value(", "def age_of_extract(")
            .replace("value: Fact", "age_of_extract: Fact")
            .replace("return value", "return age_of_extract"),
        ),
    ],
}


@pytest.mark.parametrize(("law", "source"), listed(KEEPS))
def test_what_only_looks_like_it_is_left_alone(law: str, source: str, tmp_path: Path) -> None:
    with installed(source, "made", tmp_path) as subject:
        LAWS[law].check(subject)


def test_a_plugin_may_load_another_plugin(tmp_path: Path) -> None:
    (tmp_path / "shared.py").write_text("BARRIERMODEL_API = 2\n")

    with installed(with_derived("return extract.active", top="import shared"), "made", tmp_path) as subject:
        LAWS["cheap_import"].check(subject)


def test_a_plugin_that_is_loaded_by_its_path_is_imported_from_there(tmp_path: Path) -> None:
    path = tmp_path / "made-by-path.py"
    path.write_text(with_derived("return extract.active", middle="print('hello')"))
    spec = importlib.util.spec_from_file_location("made_by_path", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    registry = Registry()
    registry.add(module)

    with pytest.raises(LawBroken, match="importing made_by_path prints 'hello'"):
        LAWS["cheap_import"].check(BarrierUnderTest("voorbeeld.made", registry))
