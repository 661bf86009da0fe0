"""The expression of a rule: its nodes, walking them, and evaluating them for one dossier.

A traced rule is a tree of five kinds of nodes. It is data: it may be read, compared, hashed and rebuilt with
:func:`attrs.evolve`, and it never runs the function from which it was traced.

* Nodes: :class:`FactRef`, :class:`Parameter` and :class:`Constant` are leaves; :class:`Operation` has arguments, and
  :class:`Named` gives the node in it a name for texts. ``LOGIC`` and ``COMPARISONS`` are the operations with a truth
  value, by their names in a node.
* Walking: :func:`walk` visits a node and all below it, :func:`facts_of` gives the facts in it, :func:`unnamed` skips
  names.
* Evaluating: :func:`evaluate` gives the value of a node, or UNKNOWN; a :data:`Lookup` gives it the values of facts and
  parameters. :func:`apply` does one operation, and :func:`evaluate_nodes` keeps the value of every node below.
* Ids: :func:`split_fact_id` splits ``source.name``, :func:`split_rule_id` splits ``owner.barrier.name``.
* Signature: :class:`RuleInput` is what a rule or derived fact is given, :class:`ParameterSpec` a parameter as its
  plugin declares it. ``ENTITIES`` are the classes of ``provider`` and ``award``.

>>> from barriermodel import Registry
>>> barrier, plugin = Registry.discover().barriers["nl.kvk"]
>>> [fact.id for fact in facts_of(barrier.rules["recently_registered"].expression)]
['kvk_extract.registered_on', 'dossier.as_of']

"""

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
from ..rules.signature import AS_OF_LABEL, ENTITIES, InputKind, RuleInput

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
