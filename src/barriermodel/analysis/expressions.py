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
* Ends: of an unknown number with declared bounds, :class:`Ends` are what it is at least and at most; a lookup gives
  ``NO_ENDS`` for one whose bounds say nothing.
* Ids: :func:`split_fact_id` splits ``source.name``, :func:`split_rule_id` splits ``owner.barrier.name``.
* Signature: :class:`RuleInput` is what a rule or derived fact is given, :class:`ParameterSpec` a parameter as its
  plugin declares it. ``ENTITIES`` are the classes of ``provider`` and ``award``.

>>> from barriermodel import Registry
>>> barrier, plugin = Registry.discover().barriers["nl.kvk"]
>>> [fact.id for fact in facts_of(barrier.rules["recently_registered"].expression)]
['kvk_extract.registered_on', 'dossier.as_of']

"""

from ..rules.derived import describe_error as describe_error
from ..rules.ends import NO_ENDS as NO_ENDS
from ..rules.ends import Ends as Ends
from ..rules.expression import COMPARISONS as COMPARISONS
from ..rules.expression import LOGIC as LOGIC
from ..rules.expression import Constant as Constant
from ..rules.expression import FactRef as FactRef
from ..rules.expression import Named as Named
from ..rules.expression import Node as Node
from ..rules.expression import Operation as Operation
from ..rules.expression import Parameter as Parameter
from ..rules.expression import facts_of as facts_of
from ..rules.expression import split_fact_id as split_fact_id
from ..rules.expression import split_rule_id as split_rule_id
from ..rules.expression import unnamed as unnamed
from ..rules.expression import walk as walk
from ..rules.interpreter import Lookup as Lookup
from ..rules.interpreter import apply as apply
from ..rules.interpreter import evaluate as evaluate
from ..rules.interpreter import evaluate_nodes as evaluate_nodes
from ..rules.signature import AS_OF_LABEL as AS_OF_LABEL
from ..rules.signature import ENTITIES as ENTITIES
from ..rules.signature import InputKind as InputKind
from ..rules.signature import RuleInput as RuleInput
