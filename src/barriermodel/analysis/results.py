"""An assessment from inside: the engine, the evaluation of a dossier, and which evidence it selected.

* :class:`Engine` evaluates dossiers under one resolved profile: ``engine.evaluate(dossier)`` gives an
  :class:`Evaluation`, with a tuple of statuses for each stage; None for a stage that was not examined.
* :func:`value_of` gives the value of a fact or parameter in an evaluation, :func:`lookup_in` gives each to an
  expression; :class:`RuleResult` is one rule in an assessment.
* :class:`SelectedEvidence` is what counts of one kind of evidence; :func:`used_ids` gives the ids of all items that
  count.
"""

from ..engine.evaluate import Engine as Engine
from ..engine.evaluate import Evaluation as Evaluation
from ..engine.provenance import lookup_in as lookup_in
from ..engine.provenance import value_of as value_of
from ..engine.results import RuleResult as RuleResult
from ..engine.selection import SelectedEvidence as SelectedEvidence
from ..reporting.cautions import used_ids as used_ids
