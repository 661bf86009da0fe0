"""What an assessment found, and the evaluation behind it."""

from ..assessment import AssessmentBase, RuleResult
from ..engine.evaluate import Engine, Run
from ..engine.provenance import value_of
from ..engine.selection import Selected
from ..reporting.cautions import used_ids

__all__ = [
    "AssessmentBase",
    "Engine",
    "RuleResult",
    "Run",
    "Selected",
    "used_ids",
    "value_of",
]
