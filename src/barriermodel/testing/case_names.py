"""The names of generated cases and the findings about rules."""

from __future__ import annotations

from barriermodel import Assessment
from barriermodel.analysis.expressions import evaluate_nodes
from barriermodel.analysis.profiles import CombineBy, ResolvedStage
from barriermodel.analysis.text import Wording, composed, said
from barriermodel.plugin import Localized

from .conditions import Condition
from .dossier_draft import Draft
from .evaluation_context import EvaluationContext
from .oracle import level_of


def never_decides(condition: Condition) -> Localized:
    """The finding about a condition that decides the advice in no dossier."""
    facts = ", ".join(fact.id for fact in condition.facts)
    return said("cases", "never_decides").fill(facts=facts)


def condition_sentence(
    condition: Condition, draft: Draft, context: EvaluationContext, assessment: Assessment
) -> Localized:
    """A condition as a sentence, with its values in a draft.

    Args:
        assessment: of any dossier; where nothing is withheld, no value is taken from it.

    """
    result = assessment.rule(condition.rule.id)
    tree = evaluate_nodes(condition.node, context.lookup(draft))
    return composed(lambda lang: Wording(result, lang, confidential=True).sentence(tree))


def count_name(stage: ResolvedStage, total: int) -> Localized:
    """The case of a stage with this number of hits or points."""
    unit = "points" if stage.combine.by is CombineBy.POINTS else "signals"
    return said("cases", unit).fill(stage=stage.id, total=total, level=level_of(stage, total).key)
