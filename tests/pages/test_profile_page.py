"""The page of a profile says what the profile says: every rule, limit, assumption and source, and nothing else runs."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import pytest
from markup import Element, read

from barriermodel import BarrierModel, Concern, Level
from barriermodel.cli.commands import run
from barriermodel.extras import MissingExtraError
from barriermodel.plugin import Barrier, Fact, Limit
from barriermodel.profiles.profile import Dated, RuleChange
from region import SHORT, Answers, model, stage

BARRIERMODEL_WORDS = {
    "nl": """
        law.telwet.text = "Telwet art. 1"
        barrier.t.count.title = "Tellen"
        rule.t.count.many = { topic = "Te veel", hit = "Het zijn er {count}. De bovengrens is {most}." }
        rule.t.count.few = { topic = "Te weinig", hit = "Het zijn er {count}. De ondergrens is {least}." }
        rule.t.count.none = { topic = "Geen", hit = "Het zijn er geen." }
        rule.t.count.even = { topic = "Even", hit = "Het aantal is even." }
        rule.t.count.odd = { topic = "Oneven", hit = "Het aantal is oneven." }
        rule.t.count.high = { topic = "Hoog", hit = "Het aantal is hoog." }
        limit.t.count = { most = { label = "meeste", reason = "Een gok" }, least.label = "minste" }
        """,
    "en": """
        law.telwet.text = "Counting Act s. 1"
        barrier.t.count.title = "Counting"
        rule.t.count.many = { topic = "Too many", hit = "There are {count}. The upper limit is {most}." }
        rule.t.count.few = { topic = "Too few", hit = "There are {count}. The lower limit is {least}." }
        rule.t.count.none = { topic = "None", hit = "There are none." }
        rule.t.count.even = { topic = "Even", hit = "The number is even." }
        rule.t.count.odd = { topic = "Odd", hit = "The number is odd." }
        rule.t.count.high = { topic = "High", hit = "The number is high." }
        limit.t.count = { most = { label = "most", reason = "A guess" }, least.label = "least" }
        """,
}
HOSTILE = "</title><script>alert(1)</script>{{7*7}}\"'><img src=x onerror=y>\x1b[31m\u202eabc&lt;"


def counting() -> Barrier:
    """Six rules; two mean the same on the same basis. Of two like them one lacks the law and one has a condition."""
    found = Barrier("t.count", concern=Concern.QUALITY)

    @found.signal(level=Level.RED, basis="telwet")
    def many(answers: Answers, *, most: Annotated[int, Limit(assumed=True)] = 12) -> Fact[bool]:
        return answers.count > most

    @found.signal(level=Level.ORANGE)
    def few(answers: Answers, *, least: Annotated[int, Limit(source="Een bron")] = 2) -> Fact[bool]:
        return answers.count < least

    @found.signal(level=Level.EXCLUDE, basis="telwet")
    def none(answers: Answers) -> Fact[bool]:
        return answers.count == 0

    @found.signal(level=Level.EXCLUDE, basis="telwet")
    def even(answers: Answers) -> Fact[bool]:
        return answers.count == 2

    @found.signal(level=Level.EXCLUDE)
    def odd(answers: Answers) -> Fact[bool]:
        return answers.count == 1

    @found.condition
    def known(answers: Answers) -> Fact[bool]:
        return answers.flag == True  # noqa: E712

    @found.signal(level=Level.EXCLUDE, basis="telwet", applies=known)
    def high(answers: Answers) -> Fact[bool]:
        return answers.count == 99

    return found


def rows(page: Element, number: int) -> list[list[str]]:
    """The cells of a table, by its number on the page."""
    return list(page.all("table"))[number].rows


def test_each_rule_is_said_with_its_level_its_limit_and_where_that_comes_from() -> None:
    page = read(model(counting()).html("en"))

    together = "None. There are none. t.count.none Even. The number is even. t.count.even"
    alone = "Odd. The number is odd. t.count.odd"
    conditional, depends = "High. The number is high. t.count.high", "Whether the rule applies depends on: flag."
    assert rows(page, 0) == [
        ["■ red", "Too many. There are ‹count›. The upper limit is 12. t.count.many",
         "Counting Act s. 1. most: 12. assumed"],
        ["▲ orange", "Too few. There are ‹count›. The lower limit is 2. t.count.few", "No law. least: 2. Een bron."],
        ["◆ exclusion possible", f"{together} Exclusion may follow, after hearing and weighing.", "Counting Act s. 1."],
        ["◆ exclusion possible", f"{alone} Exclusion may follow, after hearing and weighing.", "No law."],
        ["◆ exclusion possible", f"{conditional} Exclusion may follow, after hearing and weighing. {depends}",
         "Counting Act s. 1."],
    ]  # fmt: skip
    assert page.one("section", "advice").one("h2").words == "6 rules in 1 stage. 1 of 2 limits is assumed."
    assert rows(page, 1) == [["most (Counting)", "12", "A guess."]]


def test_what_a_profile_changes_is_said_where_it_holds() -> None:
    changed = model(
        counting(), stages=[stage("s", "t.count", by="count", orange=2, red=3)], valid_from=date(2019, 1, 1),
        parameters={"t.count": {
            "most": (Dated(value=9, from_=date(2019, 1, 1), source="Een besluit"),
                     Dated(value=8, from_=date(2021, 5, 1), assumption="Nog een gok")),
        }},
        rules={"t.count.few": RuleChange(level=Level.RED, reason="Strenger"),
               "t.count.none": RuleChange(leave_out=True, reason="Dubbel"),
               "t.count.even": RuleChange(leave_out=True, reason="Dubbel"),
               "t.count.odd": RuleChange(leave_out=True, reason="Anders"),
               "t.count.high": RuleChange(leave_out=True, reason="Anders")},
    )  # fmt: skip
    page = read(changed.html("nl"))

    assert [cells[0] for cells in rows(page, 0)] == ["telt als een signaal"] * 2
    assert rows(page, 0)[0][1].startswith("Te veel. Het zijn er ‹count›. De bovengrens is ‹meeste›.")
    assert rows(page, 0)[0][2] == "Telwet art. 1. meeste: 9. Een besluit. meeste: 8, vanaf 1 mei 2021. aanname"
    assert "Regel aangepast door test: Strenger." in rows(page, 0)[1][1]
    assert "Geen en Even: weggelaten door test: Dubbel." in page.words
    assert rows(page, 1) == [["meeste (Tellen)", "8, vanaf 1 mei 2021", "Nog een gok."]]
    assert "Deze stap telt signalen: 2 of meer is oranje, 3 of meer is rood. https://example.org." in page.words
    assert page.one("section", "advice").one("h2").words == "2 regels in 1 stap. 1 van de 3 grenzen is een aanname."


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_page_of_twente_has_all_that_its_json_has(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Of its 31 limits 30 are compared with by a rule, and one is how the traffic light counts."""
    assert run(["profiles", "twente-2019", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert run(["profiles", "twente-2019", "--format", "html", "--lang", lang]) == 0
    html = capsys.readouterr().out
    page = read(html)
    barriers = [barrier for stage in data["stages"] for barrier in stage["barriers"]]

    assert html == BarrierModel.load("twente-2019").html(lang)
    assert re.findall(r"\d+", page.one("section", "advice").one("h2").text) == ["52", "3", "21", "31"]
    assert sorted(code.text for code in page.all("code")) == sorted(r["id"] for b in barriers for r in b["rules"])
    assert len(rows(page, -1)) == 21
    for source in data["sources"]:
        assert source in page.words
    for ending in data["watch"]:
        assert ending["text"][lang] in page.words
    tables = list(page.all("table"))[:-1]
    for barrier_, table in zip(barriers, tables, strict=True):
        chips = [chip.words for chip in table.all("span", "chip")]
        if chips:
            assert len(set(chips)) == len({rule["level"] for rule in barrier_["rules"]})


def test_a_page_is_sound_to_those_who_hear_it() -> None:
    html = BarrierModel.load("twente-2019").html("nl")
    page = read(html)
    elements = [element for tag in ("main", "h2", "tr") for element in page.all(tag)]
    ids = [element.attributes["id"] for element in elements if "id" in element.attributes]
    levels = [int(tag) for tag in re.findall(r"<h([1-6])", html)]

    assert len(set(ids)) == len(ids)
    assert {(link.attributes["href"] or "").removeprefix("#") for link in page.all("a")} <= set(ids)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all("scope" in cell.attributes for cell in page.all("th"))


def hostile(text: str) -> BarrierModel:
    return model(
        counting(), stages=[stage("s", "t.count")], owner=text, sources=(text,),
        parameters={"t.count": {"most": (Dated(value=9, assumption=text, note=text),),
                                "least": (Dated(value=1, source=text, note=text),)}},
        rules={"t.count.few": RuleChange(level=Level.RED, reason=text),
               "t.count.none": RuleChange(leave_out=True, reason=text)},
    )  # fmt: skip


def test_no_text_of_a_profile_becomes_a_part_of_its_page() -> None:
    harmless, attacked = hostile("harmless").html("nl"), hostile(HOSTILE).html("nl")

    assert read(attacked).shape() == read(harmless).shape()
    assert read(attacked).text.count("</title><script>") == 8
    assert "{{7*7}}" in attacked
    assert not set("\x1b\u202e") & set(attacked)
    assert hostile(HOSTILE)._repr_html_() is not None


def test_a_notebook_shows_what_the_profile_is_and_its_stages() -> None:
    part = read(model(counting())._repr_html_() or "")

    assert [heading.words for heading in part.all("h2")] == [
        f"Profiel: {SHORT.nl}", "6 regels in 1 stap. 1 van de 2 grenzen is een aanname.", "Stappen",
    ]  # fmt: skip
    assert not list(part.all("a"))
    assert not list(part.all("html"))


def test_without_jinja2_one_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    made = model(counting())

    with pytest.raises(MissingExtraError) as caught:
        made.html()
    assert str(caught.value) == "pages need jinja2; install it with: pip install 'barriermodel[pages]'"
    assert made._repr_html_() is None
    assert run(["profiles", str(Path(__file__).parents[1] / "one_barrier.toml"), "--format", "html"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_language_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="lang"):
        model(counting()).html("klingon")


def test_the_list_of_profiles_is_a_page_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profiles", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert run(["profiles", "--format", "html", "--lang", "en"]) == 0
    page = read(capsys.readouterr().out)

    assert [heading.words for heading in page.all("h2")] == [profile["title"]["en"] for profile in data]
    assert all(f"{profile['id']} (" in page.words for profile in data)
