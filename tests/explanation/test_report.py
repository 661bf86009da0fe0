"""The report that starts with the answer: six examples in two languages and widths, and what holds of every report."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from barriermodel import Assessment, BarrierModel, load_dossier

GOLDEN = Path(__file__).parent / "golden"
DOSSIERS = Path(__file__).parents[2] / "docs" / "examples"
EXAMPLES = (
    "aanbesteding", "bewijs-ontbreekt", "eenmanszaak", "gezonde-aanbieder", "rode-aanbieder", "tussentijdse-gunning",
)  # fmt: skip
each_example = pytest.mark.parametrize("name", EXAMPLES)
each_language = pytest.mark.parametrize("lang", ["nl", "en"])
each_width = pytest.mark.parametrize("width", [80, 100])
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_NUMBER = re.compile(r"[0-9][0-9.,]*[0-9]|[0-9]")


@cache
def assessed(name: str) -> Assessment:
    return BarrierModel.load("twente-2019").assess(load_dossier(DOSSIERS / name))


@each_width
@each_language
@each_example
def test_the_report_of_an_example_reads_as_it_was_read_and_approved(name: str, lang: Any, width: int) -> None:
    approved = (GOLDEN / f"{name}.{lang}.{width}.txt").read_text(encoding="utf-8")

    assert assessed(name).explain(lang, width=width) == approved


@each_width
@each_language
@each_example
def test_a_report_fits_on_a_screen(name: str, lang: Any, width: int) -> None:
    lines = assessed(name).explain(lang, width=width).splitlines()

    assert len(lines) <= 45
    assert max(map(len, lines)) <= width


@each_language
@each_example
def test_colour_only_repeats_a_word(name: str, lang: Any) -> None:
    coloured = assessed(name).explain(lang, colour=True)

    assert _COLOUR.search(coloured)
    assert _COLOUR.sub("", coloured) == assessed(name).explain(lang)


@each_language
@each_example
def test_each_number_in_a_report_is_in_its_explanation(name: str, lang: Any) -> None:
    """Dates, amounts and limits come from the assessment; numbers of stages and steps, and counts, aside."""
    explanation = assessed(name).explanation(lang)
    data = str(explanation.to_dict())
    days = re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", data)
    known = set(_NUMBER.findall(data)) | {part.lstrip("0") for day in days for part in day.split("-")}
    counts = {str(n) for stage in explanation.stages for n in stage.counts.values()}
    counts |= {str(sum(s.counts[k] for s in explanation.stages)) for k in explanation.stages[0].counts}
    counts |= {str(len(cause.rules)) for cause in explanation.causes} | {str(explanation.minutes)}
    counts |= {str(number) for number in range(1, 1 + max(len(explanation.steps), len(explanation.stages)))}

    assert set(_NUMBER.findall(assessed(name).explain(lang))) - known - counts - {explanation.digest[:8]} <= set(
        _NUMBER.findall(explanation.digest[:8])
    )


@each_language
@each_example
def test_markdown_says_the_same_in_the_same_order(name: str, lang: Any) -> None:
    explanation, markdown = assessed(name).explanation(lang), assessed(name).markdown(lang)
    said = [*(reason.sentence for reason in explanation.reasons), *(stage.title for stage in explanation.stages)]
    places = [re.sub(r"\\", "", markdown).find(text) for text in said]

    assert -1 not in places
    assert places == sorted(places)
