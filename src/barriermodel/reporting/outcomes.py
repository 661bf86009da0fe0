"""What came out, in words: of each stage with its barriers and rules, and of each concern."""

from __future__ import annotations

from collections.abc import Iterator

from ..engine.results import BarrierResult, RuleResult
from ..findings import Findings
from ..rules.levels import Status
from ..text import Language
from .explanation_parts import BarrierView, ConcernView, RuleView, StageView
from .phrases import CONCERN, MOMENT, combine_text, status_text
from .sentences import Wording


def stage_views(findings: Findings, lang: Language, confidential: bool) -> Iterator[StageView]:
    """Describe each stage: its outcome, how many rules have each status, and every rule."""
    for number, stage in enumerate(findings.stages, 1):
        statuses = [rule.status for barrier in stage.barriers for rule in barrier.rules]
        yield StageView(
            number=number, id=stage.id, title=stage.title[lang], moment=MOMENT[stage.moment][lang],
            interval=stage.interval,
            counts_how=None if stage.resolved.by_level else combine_text(stage.resolved.combine, lang),
            counts={status: statuses.count(status) for status in Status},
            barriers=tuple(_barrier_view(barrier, lang, confidential) for barrier in stage.barriers),
        )  # fmt: skip


def _barrier_view(barrier: BarrierResult, lang: Language, confidential: bool) -> BarrierView:
    rules = tuple(_rule_view(rule, Wording(rule, lang, confidential)) for rule in barrier.rules)
    return BarrierView(barrier.id, barrier.title[lang], barrier.interval, rules)


def _rule_view(rule: RuleResult, words: Wording) -> RuleView:
    status = status_text(rule.definition.kind, rule.status, words.lang)
    return RuleView(rule.id, words.topic(), rule.status, status, words.text(), rule.level)


def concern_views(findings: Findings, lang: Language) -> Iterator[ConcernView]:
    """Describe each concern."""
    for concern, found in findings.concerns.items():
        yield ConcernView(concern, CONCERN[concern][lang], found.interval, found.hits, found.open)
