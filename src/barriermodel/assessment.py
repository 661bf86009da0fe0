"""An assessment: the findings in a dossier, with the ways to pass them on.

What writes reports and JSON is imported when the first is written, so that loading a profile stays quick.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .domain.values import json_fields
from .engine.evaluate import Evaluation
from .engine.results import Caution, RuleResult
from .engine.selection import SelectedEvidence
from .engine.unknown_facts import UnknownFact
from .findings import Findings
from .text import LANGUAGES, Language, Localized, check_language
from .words.lexicon import SILENT

if TYPE_CHECKING:
    from .reporting.explanation import Explanation
    from .reporting.rendering import Line


class Assessment(Findings):
    """Advice to a person, never a decision, with all that explains it. It is read-only.

    >>> from barriermodel import BarrierModel, load_dossier
    >>> model = BarrierModel.load("twente-2019")
    >>> assessment = model.assess(load_dossier("docs/examples/bewijs-ontbreekt"))
    >>> assessment.advice
    Interval(orange, red)
    >>> for ask in assessment.asks:  # what can still change the advice
    ...     print(ask.kind.id, ask.reason.value)
    kvk_extract expired
    quality_certificate missing
    staff_list missing
    >>> print(assessment.rule("nl.financial_continuity.low_solvency").text["en"])
    Equity is 13.3% of total assets. The lower limit is 20%.
    >>> print(assessment.explain("en").splitlines()[0])
    Zorggroep Bedachte Beek B.V.  KvK 00001002
    >>> assessment.to_dict()["advice"]
    {'at_least': 'orange', 'at_most': 'red', 'decided': False}
    """

    @staticmethod
    def _rule_text(result: RuleResult) -> Localized:
        from .reporting.sentences import rule_text

        with result.evaluation.resolved.lexicon.active():
            return rule_text(result)

    @staticmethod
    def _question(selected: SelectedEvidence, why: UnknownFact, facts: tuple[str, ...]) -> Localized:
        from .reporting.unknown_facts import question

        return question(selected, why, facts)

    @staticmethod
    def _find_cautions(evaluation: Evaluation) -> Iterator[Caution]:
        from .reporting.cautions import cautions

        with evaluation.resolved.lexicon.active():
            return iter(list(cautions(evaluation)))

    def explanation(self, lang: Language = "nl", *, confidential: bool = False) -> Explanation:
        """Put the assessment in words: what decides, what is open and why, what to do.

        Args:
            lang: the language, ``"nl"`` or ``"en"``.
            confidential: show the values of confidential kinds.

        Raises:
            ValueError: there is no such language.

        """
        from .reporting.explaining import explain

        check_language(lang)
        return explain(self, lang, confidential=confidential)

    def explain(
        self, lang: Language = "nl", *, width: int = 100, colour: bool = False, confidential: bool = False,
        full: bool = False,
    ) -> str:  # fmt: skip
        """Write the explanation as text for a terminal: a page that starts with the answer.

        Args:
            lang: the language, ``"nl"`` or ``"en"``.
            width: the longest line, in characters.
            colour: use ANSI colours.
            confidential: show the values of confidential kinds.
            full: every rule, with its comparison, facts and limits.

        Raises:
            ValueError: there is no such language.

        """
        from .reporting.rendering import as_text
        from .reporting.terminal import report_text

        if full:
            return as_text(self._lines(lang, confidential), width, colour)
        return report_text(self.explanation(lang, confidential=confidential), width, colour)

    def markdown(self, lang: Language = "nl", *, confidential: bool = False, full: bool = False) -> str:
        """Write the explanation as Markdown; the arguments are those of :meth:`explain`."""
        from .reporting.rendering import as_markdown
        from .reporting.terminal import report_markdown

        if full:
            return as_markdown(self._lines(lang, confidential))
        return report_markdown(self.explanation(lang, confidential=confidential))

    def html(self, lang: Language = "nl", *, confidential: bool = False, full: bool = False) -> str:
        """Write the explanation as a page: HTML in one file, without a script.

        The arguments are those of :meth:`explain`.

        Raises:
            MissingExtraError: Jinja2 is not installed.
            ValueError: there is no such language.

        """
        from .pages.assessment import assessment_page
        from .pages.lines import lines_page

        if full:
            return lines_page(self._lines(lang, confidential), lang)
        return assessment_page(self.explanation(lang, confidential=confidential))

    def _repr_html_(self) -> str | None:
        """What a notebook shows: the answer in Dutch; nothing of its own where Jinja2 is not installed."""
        from .pages.assessment import assessment_part
        from .pages.rendering import in_notebook

        return in_notebook(lambda lang: assessment_part(self.explanation(lang)))

    def _lines(self, lang: Language, confidential: bool) -> list[Line]:
        from .reporting.report import report

        check_language(lang)
        with self.evaluation.resolved.lexicon.active():
            return list(report(self, lang, confidential))

    def to_dict(self, *, confidential: bool = False) -> dict[str, Any]:
        """The assessment as JSON data, in the format ``barriermodel/assessment/1``.

        Args:
            confidential: show the values of confidential kinds; then there is no ``content_digest``.

        """
        from .formats.assessment import assessment_as_data
        from .formats.digests import content_digest_of, digest_of
        from .reporting.rendering import line_as_data
        from .reporting.report import report

        with self.evaluation.resolved.lexicon.active() as lexicon:
            data = assessment_as_data(self, confidential=confidential)
            if not confidential and "digest" not in vars(self):
                vars(self)["digest"] = digest_of(data)  # kept, so that it is not computed from the same data again
            lines = {lang: list(report(self, lang, confidential)) for lang in LANGUAGES}
        data["report"] = {lang: [line_as_data(line) for line in found] for lang, found in lines.items()}
        data["languages"] = list(LANGUAGES)
        data["words"] = [json_fields(file, "lang", "origin", "sha256") for _, file in sorted(lexicon.used.items())]
        data = {"schema": data.pop("schema"), "as_of": data.pop("as_of"), "digest": self.digest, **data}
        # no digest is taken over what is confidential
        return data | ({"confidential": True} if confidential else {"content_digest": content_digest_of(data)})

    def to_json(self, *, confidential: bool = False, indent: int | None = None) -> str:
        """Write the assessment as JSON, on one line unless an indent is given; see :meth:`to_dict`."""
        return json.dumps(self.to_dict(confidential=confidential), ensure_ascii=False, indent=indent) + "\n"

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the canonical form: the same for the same dossier, profile, plugins and engine.

        Confidential values are masked in it, so that it can be computed from the JSON that is passed on.
        """
        from .formats.assessment import assessment_as_data
        from .formats.digests import digest_of

        with SILENT.active():  # it covers no texts, so no words file is opened
            return digest_of(assessment_as_data(self, shown=False))
