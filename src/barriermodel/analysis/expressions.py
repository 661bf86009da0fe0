"""The expression of a rule: its nodes, walking them and evaluating them."""

from ..rules.derived import describe_error
from ..rules.expression import (
    COMPARISONS,
    LOGIC,
    Constant,
    FactRef,
    Named,
    Node,
    Operation,
    Parameter,
    facts_of,
    split_fact_id,
    split_rule_id,
    unnamed,
    walk,
)
from ..rules.interpreter import Lookup, apply, evaluate, evaluate_nodes
from ..rules.signature import AS_OF_LABEL, ENTITIES, InputKind, ParameterSpec, RuleInput

__all__ = [
    "AS_OF_LABEL",
    "COMPARISONS",
    "ENTITIES",
    "LOGIC",
    "Constant",
    "FactRef",
    "InputKind",
    "Lookup",
    "Named",
    "Node",
    "Operation",
    "Parameter",
    "ParameterSpec",
    "RuleInput",
    "apply",
    "describe_error",
    "evaluate",
    "evaluate_nodes",
    "facts_of",
    "split_fact_id",
    "split_rule_id",
    "unnamed",
    "walk",
]
