"""The page, the Markdown and the text say the same of an assessment: who, the advice, why, and what is open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markup import Element, read

from barriermodel import Assessment, Level, Status
from barriermodel.testing import dossiers
from examples import costly
from pages import EXAMPLES, assessed, model

MARKS = {"●": "green", "▲": "orange", "■": "red", "◆": "exclude"}
LEVELS = {
    "groen": "green", "oranje": "orange", "rood": "red", "uitsluiting mogelijk": "exclude",
    "green": "green", "orange": "orange", "red": "red", "exclusion possible": "exclude",
}  # fmt: skip
CAUSE = {
    "nl": re.compile(r"(.*): (?:houdt (.*) open), kan (.*) worden"),
    "en": re.compile(r"(.*): (?:keeps (.*) open), can become (.*)"),
}
BARRIERS = ("financial_continuity", "financial_signals", "kvk")
MAX_REASONS = 4
"""How many reasons a screen has; a page has all."""


@attrs.frozen
class Said:
    """What a report says: the ends of the advice, each reason with its level, each cause, what else is open, stages."""

    name: str
    advice: tuple[str, ...]
    reasons: list[tuple[str, str]]
    causes: list[tuple[str, str, str]]
    beside: str
    stages: list[tuple[str, tuple[str, ...], str]]


def ends(levels: list[str]) -> tuple[str, ...]:
    """The ends of an interval; levels that may come out stand between them."""
    return (levels[0], levels[-1]) if levels else ()


def ends_in(words: str) -> tuple[str, ...]:
    """The ends of an interval in words."""
    return ends([LEVELS[word] for word in re.findall("|".join(LEVELS), words)])


# The page ---------------------------------------------------------------------------------------------


def page_says(html: str) -> Said:
    page = read(html)
    advice = page.one("section", "advice")
    causes = [row for row in page.all("tr") if any(row.all("td")) and any(row.all("details"))]
    return Said(
        name=page.one("h1").text,
        advice=possible(advice),
        reasons=[(level_of(card), card.one("p", "say").words) for card in page.all("article", "card")],
        causes=[cause_of(row) for row in causes],
        beside=" ".join(paragraph.words for paragraph in open_section(page)),
        stages=[stage_of(item) for item in page.one("ol", "flow").all("li") if any(item.all("h3"))],
    )


def level_of(card: Element) -> str:
    return str(card.one("p", "kick").one("span", "chip").attributes["class"]).split()[-1]


def cause_of(row: Element) -> tuple[str, str, str]:
    _, level = row.one("span", "chip").words.split(" ", 1)
    return row.one("th").words, row.one("summary").words, level


def open_section(page: Element) -> Iterator[Element]:
    """What stands under the table of causes."""
    for section in page.all("section"):
        if next(section.all("h2")).words in ("Wat nog open is", "What is still open"):
            yield from (child for child in section.children if isinstance(child, Element) and child.tag == "p")


def possible(part: Element) -> tuple[str, ...]:
    """The ends of an interval on a scale, which its words repeat."""
    found = ends([str(item.attributes["class"]).split()[-1] for item in part.all("li", "in")])
    words = next((words for child in part.children if isinstance(child, Element) and child.tag in ("h2", "p")
                  if (words := ends_in(child.words)) and child.attributes.get("class") is None), ())  # fmt: skip
    assert words == found
    return found


def stage_of(item: Element) -> tuple[str, tuple[str, ...], str]:
    return item.one("h3").words, possible(item), next(item.all("p", "mute")).words


# Text and Markdown ------------------------------------------------------------------------------------


def sections(lines: list[str], heading: re.Pattern[str]) -> list[list[str]]:
    """The lines of each part that starts with a heading; first what stands before them."""
    starts = [0, *(number for number, line in enumerate(lines) if heading.match(line)), len(lines)]
    return [lines[start:end] for start, end in pairwise(starts)]


def entries(lines: list[str]) -> Iterator[tuple[str, str]]:
    """The mark of each entry, and its lines put together."""
    joined: list[str] = []
    for line in lines[1:]:
        if re.match(r"  (?! )", line):
            joined.append(line[2:])
        elif line.strip():
            joined[-1] += f" {line.strip()}"
    yield from ((entry[0], entry[2:].strip()) if entry[1] == " " else ("", entry) for entry in joined)


def text_says(text: str, lang: str) -> Said:
    head, *parts = sections(text.splitlines(), re.compile(r"[A-Z][A-Z ]+( |$)"))
    advice, why, *others = parts
    by_name = {part[0]: part for part in others}
    opened = list(entries(by_name.get({"nl": "WAT NOG OPEN IS", "en": "WHAT IS STILL OPEN"}[lang], [""])))
    stages = by_name[{"nl": "UITKOMST PER STAP", "en": "OUTCOME PER STAGE"}[lang]][:-1]
    return Said(
        name=re.split(r"  KvK ", head[0])[0],
        advice=ends([MARKS[mark] for mark in advice[0] if mark in MARKS]),
        reasons=[(MARKS[mark], text) for mark, text in entries(why) if mark in MARKS],
        causes=[found for mark, text in opened if mark == "?" for found in CAUSE[lang].findall(text)],
        beside=" ".join(text for mark, text in opened if mark == "–"),
        stages=[stage_in(line) for line in stage_lines(stages)],
    )


def stage_lines(lines: list[str]) -> list[str]:
    joined: list[str] = []
    for line in lines[1:]:
        if line.startswith("    "):
            joined[-1] += f" {line.strip()}"
        elif line:
            joined.append(line)
    return joined


def stage_in(line: str) -> tuple[str, tuple[str, ...], str]:
    title, interval, counts = re.split(r"\s{2,}", line.strip())
    return title.split(" ", 1)[1], ends_in(interval), counts


def markdown_says(markdown: str, lang: str) -> Said:
    plain = re.sub(r"\\(.)", r"\1", markdown).splitlines()
    head, why, *others = sections(plain, re.compile("## "))
    by_name = {part[0].lower(): part for part in others}
    opened = by_name.get({"nl": "## wat nog open is", "en": "## what is still open"}[lang], [])
    stages = by_name[{"nl": "## uitkomst per stap", "en": "## outcome per stage"}[lang]]
    return Said(
        name=re.split(r"  KvK ", head[0].removeprefix("# "))[0],
        advice=ends([MARKS[mark] for line in head if line.startswith("**") for mark in line if mark in MARKS]),
        reasons=[(MARKS[line[2]], line[4:]) for line in why if line[:2] == "- " and line[2] in MARKS],
        causes=[found for line in opened if line.startswith("- ? ") for found in CAUSE[lang].findall(line[4:])],
        beside=" ".join(line.lstrip("- ") for line in opened if re.match(r"- (?!\?)|  - ", line)),
        stages=[
            (title, ends_in(interval), counts)
            for line in stages
            for title, interval, counts in re.findall(r"^\d+\. (.*): (.*?); (.*)$", line)
        ],
    )


# They are equal ---------------------------------------------------------------------------------------


def check(assessment: Assessment, lang: Any) -> None:
    page = page_says(assessment.html(lang))
    markdown = markdown_says(assessment.markdown(lang), lang)
    text = text_says(assessment.explain(lang), lang)

    assert markdown == attrs.evolve(page, reasons=page.reasons[:MAX_REASONS])
    assert attrs.evolve(text, reasons=markdown.reasons) == markdown
    assert [level for level, _ in text.reasons] == [level for level, _ in markdown.reasons]
    for (_, found), (_, sentence) in zip(text.reasons, markdown.reasons, strict=True):
        assert f"{found} ".startswith(f"{sentence} ")  # sources follow it, on the same indentation
    check_findings(assessment, page, lang)


def check_findings(assessment: Assessment, page: Said, lang: str) -> None:
    """What the page says is what was found."""
    assert page.name == assessment.provider.name
    assert page.advice == (assessment.advice.at_least.key, assessment.advice.at_most.key)
    hits = {rule.text[lang] for rule in assessment.rules if rule.status is Status.HIT}
    assert {" ".join(hit.split()) for hit in hits} >= {sentence for _, sentence in page.reasons}
    assert bool(page.reasons) == (assessment.advice.at_least > Level.GREEN)
    for ask in assessment.asks:
        assert [cause for cause, _, _ in page.causes if cause.startswith(ask.kind.title[lang])]
    assert len(page.stages) == len(assessment.stages)


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_told_alike_everywhere(name: str, lang: str) -> None:
    check(assessed(name), lang)


@costly
@given(st.one_of([dossiers(f"nl.{id}") for id in BARRIERS]), st.sampled_from(["nl", "en"]))
def test_so_is_a_dossier_with_evidence_for_one_barrier(dossier: Any, lang: str) -> None:
    check(model().assess(dossier), lang)


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_page_has_every_rule_with_what_was_found(name: str, lang: str) -> None:
    assessment = assessed(name)
    rows = {row.one("code").text: row.words for table in read(assessment.html(lang)).all("table", "rules")
            for row in table.all("tr") if any(row.all("td"))}  # fmt: skip

    assert rows.keys() == {rule.id for rule in assessment.rules}
    for rule in assessment.rules:
        assert " ".join(rule.text[lang].split()) in rows[rule.id]
        assert rows[rule.id][0] == {Status.HIT: "✗", Status.OPEN: "?", Status.CLEAR: "✓"}.get(rule.status, "–")
