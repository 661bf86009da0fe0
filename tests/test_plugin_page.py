"""What the page on plugins promises: its tables and its code (type checkers read it in test_types.py)."""

from __future__ import annotations

import re
import types
from typing import Any

import pytest

from barriermodel import Registry, euro
from barriermodel.plugin import Item, TracingError
from barriermodel.profiles.plugin_words import KIND_TEXTS, RULE_TEXTS, check_words
from barriermodel.rules.expression import Operation
from barriermodel.testing import READER_LAWS
from barriermodel.testing.readers import ReaderUnderTest
from barriermodel.words.templates import Template
from barriermodel.words.word_files import WordsFile
from markdown import blocks
from plugin_page import CODE, PAGE, housing, module
from region import Answers, barrier

pytestmark = pytest.mark.docs

TEXT = PAGE.read_text(encoding="utf-8")

# Operators --------------------------------------------------------------------------------------------

FACTS = {
    "bool": "flag", "int": "count", "Ratio": "share", "Money": "amount", "date": "day", "str": "words", "Enum": "size",
}  # fmt: skip
VALUES = {
    "bool": "True", "int": "3", "Ratio": "0.5", "Money": "euro(3)", "date": "date(2024, 1, 1)", "str": "'x'",
    "Enum": "Size.SMALL",
}  # fmt: skip
NAMES = {"float": "Ratio", "Size": "Enum"}


def operators() -> dict[str, dict[frozenset[str], str]]:
    """By what is written, what each pair of types gives, as the table on the page has it."""
    table = TEXT.split("| write | takes | gives |")[1].partition("\n\n")[0]
    found: dict[str, dict[frozenset[str], str]] = {}
    for row in table.replace(r"\|", "∣").splitlines()[2:]:
        write, takes, gives = (cell.strip().replace("∣", "|") for cell in row.strip("|").split("|"))
        for written in re.findall("`([^`]+)`", write):
            for pair in takes.split(","):
                found.setdefault(written, {})[frozenset(re.findall("`([^`]+)`", pair))] = gives.strip("`")
    return found


OPERATORS = operators()


def given(written: str, left: str, right: str) -> str | None:
    """The type of what is written of facts of two types; None where it is refused."""
    b = VALUES[right] if written.startswith("one_of") else f"x.{FACTS[right]}_b"
    expression = re.sub(r"\b[ab]\b", lambda name: f"x.{FACTS[left]}" if name[0] == "a" else b, written)
    names: dict[str, Any] = {}
    exec(
        "from datetime import date\nfrom barriermodel.plugin import *\nfrom region import Size\n"
        f"def rule(x): return ({expression}) == ({expression})",
        names,
    )
    names["rule"].__annotations__ = {"x": Answers}
    try:
        found = barrier("test.page").condition(names["rule"]).expression
    except TracingError:
        return None
    assert isinstance(found, Operation)
    kind = found.args[0].type.__name__
    return NAMES.get(kind, kind)


@pytest.mark.parametrize("written", OPERATORS)
def test_an_operator_takes_the_types_in_the_table_and_no_others(written: str) -> None:
    assert len(OPERATORS) == 17
    pairs = [(left, right) for left in FACTS for right in FACTS if left == right or written != "not_(a)"]
    for left, right in pairs:
        expected = OPERATORS[written].get(frozenset({left, right}))
        if written == "add_months(a, b)" and left != "date":
            expected = None
        assert given(written, left, right) == expected, (left, right)


# The code ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page() -> types.ModuleType:
    """The code of the page as one plugin."""
    return module(CODE, "barriermodel_page")


def test_all_its_code_is_one_plugin_that_works(page: types.ModuleType) -> None:
    plugin = Registry().add(page)

    assert plugin.message == ""
    assert [reader.id for reader in plugin.readers] == ["rents"]
    assert set(plugin.barriers[0].derived_facts) == {"years_rented", "yearly_rent", "highest_rent", "rises_every_year"}


def test_its_derived_facts_do_what_they_say(page: types.ModuleType) -> None:
    one, other = (page.Contract(landlord="x", rent=euro(rent)) for rent in (100, 250))
    assert page.yearly_rent(page.RentalContracts(contracts=(one, other))) == euro(350)
    assert page.yearly_rent(page.RentalContracts(contracts=(one, page.Contract()))) is page.UNKNOWN

    def items(*rents: int) -> list[Any]:
        found = [page.HousingStatement(year=2020 + n, rent=euro(rent)) for n, rent in enumerate(rents)]
        return [Item(facts=facts, ids=(f"{facts.year}",), date=None) for facts in found]

    assert page.highest_rent(items(3, 5, 4)) == euro(5)
    assert page.rises_every_year(items(3, 4, 5)) is True
    assert page.rises_every_year(items(3, 5, 4)) is False


@pytest.mark.parametrize("law", READER_LAWS)
def test_its_reader_keeps_the_contract(page: types.ModuleType, law: str) -> None:
    (reader,) = page.barriermodel_readers()
    sample = b"year;rent;costs\n2024;100;900\n2025;120;950\n"

    READER_LAWS[law](ReaderUnderTest(reader, {"two years": sample}))


def test_its_reader_says_in_which_line(page: types.ModuleType) -> None:
    with pytest.raises(page.DossierError, match="line 3: expected year;rent;costs"):
        page.read_rents(b"year;rent;costs\n2024;100;900\n2025;many;950\n")


# The words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_page_on_words_has_all_words_of_the_barrier_and_no_others(lang: str) -> None:
    (plugin,) = housing().plugins
    report = check_words(plugin, lang)

    assert (report.missing, report.unknown, report.wrong) == ((), (), ())


def test_every_key_on_the_page_on_words_is_one_that_is_looked_for() -> None:
    page = PAGE.with_name("words.md").read_text(encoding="utf-8")
    table = page.split("| key | what it says |")[1].partition("\n\n")[0]
    tables = {key.partition(".")[0] for key in re.findall(r"`(\w+\.<[^`]*)`", table)}

    assert tables == {"barrier", "rule", "derived", "limit", "evidence", "record", "enum", "law", "messages"}
    for part in (*RULE_TEXTS, *KIND_TEXTS):
        assert f".{part}`" in table, part


def test_the_plural_form_on_the_page_on_words_is_read() -> None:
    found = WordsFile.read(blocks(PAGE.with_name("words.md"), "toml")[2].encode(), "nl", "words.md")
    text = Template.read(found.find(("rule", "voorbeeld", "housing", "long_rented", "hit")))

    assert text.fill({"years_rented": "1"}, "one") == "Er is één jaar van een bestuurder gehuurd."
    assert text.fill({"years_rented": "3"}) == "Er is 3 jaar van een bestuurder gehuurd."
