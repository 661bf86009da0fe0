"""The names of generated cases and the findings about rules, in Dutch and English."""

from __future__ import annotations

from barriermodel import Assessment
from barriermodel.analysis.expressions import evaluate_nodes
from barriermodel.analysis.profiles import CombineBy, ResolvedStage
from barriermodel.analysis.text import Wording, composed
from barriermodel.plugin import Localized

from .conditions import Condition
from .dossier_draft import Draft
from .evaluation_context import EvaluationContext
from .oracle import level_of

OUTCOME_NAMES = {
    "on": Localized("op de grens", "on the limit"),
    "under": Localized("net eronder", "just under it"),
    "over": Localized("net erboven", "just over it"),
    "off": Localized("iets anders", "something else"),
    "yes": Localized("ja", "yes"),
    "no": Localized("nee", "no"),
    "first": Localized("de eerste van de lijst", "the first of the list"),
    "last": Localized("de laatste van de lijst", "the last of the list"),
    "none": Localized("niet op de lijst", "not on the list"),
    "unknown": Localized("onbekend", "unknown"),
}
"""The ways in which a condition can turn out (:data:`.solve.OUTCOMES`)."""
NEVER_CLEAR = Localized(
    "er is geen dossier gevonden waarin deze regel en alle andere niets vinden",
    "no dossier was found in which this rule and all others find nothing",
)


def never_decides(condition: Condition) -> Localized:
    """The finding about a condition that decides the advice in no dossier."""
    facts = ", ".join(fact.id for fact in condition.facts)
    return Localized(
        f"er is geen dossier gevonden waarin de voorwaarde op {facts} het advies bepaalt, of zij nu waar is of niet",
        f"no dossier was found in which the condition on {facts} decides the advice, whether true or false",
    )


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
    unit = ("punten", "points") if stage.combine.by is CombineBy.POINTS else ("signalen", "signals")
    id, level = stage.id, level_of(stage, total).key
    return Localized(f"{id}, {total} {unit[0]}: {level}", f"{id}, {total} {unit[1]}: {level}")
