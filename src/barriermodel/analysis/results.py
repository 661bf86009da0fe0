"""What an assessment found, and the evaluation behind it."""

from ..engine.evaluate import Engine, Evaluation
from ..engine.provenance import value_of
from ..engine.results import RuleResult
from ..engine.selection import SelectedEvidence
from ..reporting.cautions import used_ids

__all__ = [
    "Engine",
    "Evaluation",
    "RuleResult",
    "SelectedEvidence",
    "used_ids",
    "value_of",
]
