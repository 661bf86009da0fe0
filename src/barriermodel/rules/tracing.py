"""From a rule's function to its expression.

The function is called once, with values that record what is done with them (:mod:`.traced_values`). What it returns is
the expression; from then on the function is not needed, and evaluation, tables and explanations read the expression.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import FrameType
from typing import Any, NoReturn

from ..domain.facts import type_of_fact
from ..domain.suggestions import type_name
from ..domain.values import is_scalar
from ..errors import DefinitionError, TracingError
from ..source_location import as_sentence, error_location, function_location
from ..spelling import did_you_mean
from ..words.lexicon import WordRef
from .clock_check import refuse_clock
from .derived import Derived
from .expression import FactRef, Node, Parameter
from .operand_errors import operand_type
from .plugin_code import PLUGIN_CODE, safe_repr, type_and_message
from .rule import unused_names
from .signature import AS_OF_LABEL, InputKind, RuleInput, Signature
from .signature_reader import read_signature
from .syntax_check import check_syntax, hint_of_name, line_of_parameter, line_of_return
from .traced_values import Traced, TracedRecord, call_traced
from .vocabulary import TRACED, VOCABULARY


def trace(
    function: Callable[..., Any], frame: FrameType, barrier: str, derived_facts: Mapping[str, Derived]
) -> tuple[Signature, Node]:
    """Read a rule's signature and find its expression.

    Args:
        function: the rule as its author wrote it.
        frame: where it is defined, to resolve names in its annotations.
        barrier: the id of its barrier.
        derived_facts: those of the barrier, by name.

    Raises:
        DefinitionError: its signature is not as docs/plugin.md describes, or a parameter is unused.
        TracingError: its body is not an expression.

    """
    where = f"{barrier}.{function.__name__}"
    signature = read_signature(function, frame.f_locals, where)
    if not signature.inputs:
        raise DefinitionError(f"{where}: it reads nothing; give it an evidence class, Provider, Award or AsOf.")
    refuse_clock(function, where)
    check_syntax(function, VOCABULARY)
    node = _condition(_call(function, signature, barrier, derived_facts), function, where)
    returns = (type_of_fact(signature.returns) or (signature.returns,))[0]
    if is_scalar(returns) and returns is not bool:
        raise DefinitionError(f"{where}: a rule is a condition; write `-> Fact[bool]`, not {type_name(returns)}.")
    for name in unused_names(signature, node, derived_facts):
        refuse_unused(function, name, where)
    return signature, node


def refuse_unused(function: Callable[..., Any], name: str, where: str) -> NoReturn:
    """Raise ``DefinitionError`` about a parameter that a rule or derived fact does not use."""
    message = f"{where}: the parameter {name!r} is not used; use it or remove it."
    raise DefinitionError(message, function_location(function, line_of_parameter(function, name)))


def derived_ref(derived: Derived) -> FactRef:
    """Return the node for a derived fact."""
    return FactRef("derived", derived.id, derived.field.type, derived.label)


def _call(
    function: Callable[..., Any], signature: Signature, barrier: str, derived_facts: Mapping[str, Derived]
) -> object:
    where = f"{barrier}.{function.__name__}"
    inputs = [_traced(i, where, derived_facts) for i in signature.inputs]
    parameters = {
        p.name: Traced(Parameter(barrier, p.name, p.field.type, p.field.many, p.field.label))
        for p in signature.parameters.values()
    }
    token = TRACED.set(WordRef(function.__module__, ("rule", *where.split("."))))
    try:
        with PLUGIN_CODE:
            return call_traced(function, inputs, parameters)
    except TracingError:
        raise
    except Exception as error:
        name, message = type_and_message(error)
        hint = hint_of_name(error, function)
        message = as_sentence(f"{where}: tracing it raised {name}: {message}{hint}")
        raise TracingError(message, error_location(error)) from error
    finally:
        TRACED.reset(token)


def _traced(input: RuleInput, where: str, derived_facts: Mapping[str, Derived]) -> object:
    """Return the value with which a parameter is called."""
    if input.role is InputKind.AS_OF and input.type is not None:
        return Traced(FactRef("dossier", "as_of", input.type, AS_OF_LABEL))
    if input.role is InputKind.DERIVED:
        derived = derived_facts.get(input.name)
        if derived is None:
            hint = did_you_mean(input.name, derived_facts, "define it before the rule.")
            raise DefinitionError(f"{where}: its barrier has no derived fact {input.name!r}; {hint}")
        if derived.field.type is not input.type:
            kind = type_name(derived.field.type)
            raise DefinitionError(f"{where}: {input.name} is of type {kind}; write `{input.name}: Fact[{kind}]`.")
        return Traced(derived_ref(derived))
    if input.role is InputKind.ITEMS or input.cls is None:
        raise DefinitionError(f"{where}: only a derived fact reads all items of a kind; write one.")
    return TracedRecord(input.source, input.cls, dict(input.fields))


def _condition(result: object, function: Callable[..., Any], where: str) -> Node:
    """Return the node that a rule returned, if it is a condition."""
    node = result.node if isinstance(result, Traced) else None
    if node is None or node.type is not bool or (isinstance(node, Parameter) and node.many):
        message = f"{where}: a rule returns a condition on facts; this one returned {_describe_result(result)}."
        raise TracingError(message, function_location(function, line_of_return(function)))
    return node


def _describe_result(result: object) -> str:
    """Say what a rule returned instead of a condition, and what to write instead."""
    if isinstance(result, Traced):
        if isinstance(result.node, Parameter) and result.node.many:
            return f"a list; write one_of(fact, *{result.node.name})"
        return f"a {operand_type(result.node.type)}; compare it, as in `fact > limit`"
    if isinstance(result, TracedRecord):
        return "evidence as a whole; name the fact that you mean"
    if isinstance(result, (tuple, list)):
        return "several things; join them with all_of(...) or any_of(...)"
    if result is None:
        return "nothing; end it with `return` and the condition"
    return f"{safe_repr(result)}, which is the same for every provider"
