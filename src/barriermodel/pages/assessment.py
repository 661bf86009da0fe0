"""The page of one assessment, and its answer alone as a part of another page. Both read an Explanation."""

from __future__ import annotations

from functools import partial
from typing import Any

from ..reporting.explanation import Explanation
from ..reporting.phrases import MARK, interval_text, lower_first
from ..reporting.sections import SectionWriter
from ..rules.levels import Level
from .charts import gauge
from .rendering import render


def assessment_page(found: Explanation) -> str:
    """Render an explanation as a page: HTML in one file.

    Raises:
        MissingExtraError: Jinja2 is not installed.

    """
    return render("assessment", found.lang, **_values(found))


def assessment_part(found: Explanation) -> str:
    """Render who, the advice, why, what is open and what to do, as a part of another page."""
    return render("assessment_part", found.lang, **_values(found))


def _values(found: Explanation) -> dict[str, Any]:
    writer = SectionWriter(found)
    _, *head = writer.head()
    gauges = ((gauge(figure, found.lang) for figure in reason.figures) for reason in found.reasons)
    beside = writer.beside_reasons() if found.reasons else writer.why_green()
    notes = [*writer.assumed_total(), *found.cautions, *found.about_row, *writer.failures()]
    return {
        "found": found, "w": writer, "name": writer.name,
        "head": [*filter(None, [" · ".join(writer.numbers)]), *head], "advice": interval_text(found.advice, found.lang),
        "interval": partial(interval_text, lang=found.lang), "lower_first": lower_first, "status_marks": MARK,
        "decides": writer.say("hear_first" if found.advice.at_most > Level.GREEN else "person_decides"),
        "reasons": [(reason, list(filter(None, own))) for reason, own in zip(found.reasons, gauges, strict=True)],
        "beside_reasons": list(beside), "matter": [cause for cause in found.causes if cause.matters],
        "beside_causes": list(writer.beside_causes()), "notes": notes,
    }  # fmt: skip
