"""What ``st.from_type`` makes of classes of facts, and of annotations with bounds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, get_args, get_origin

import attrs
from hypothesis import strategies as st

from barriermodel.analysis.facts import contradictions, fact_fields, field_of, is_scalar, type_of_fact
from barriermodel.plugin import Award, Between, Identifier, Money, NotBefore, Past, Provider

from .strategies import amounts, awards, identifiers, instances, or_unknown, providers, values_of

_STRATEGIES: dict[type, Callable[[], st.SearchStrategy[Any]]] = {
    Provider: providers, Award: awards, Money: amounts, Identifier: identifiers,
}  # fmt: skip


def from_type(thing: Any) -> st.SearchStrategy[Any] | None:
    """What ``st.from_type`` gives for a type of a dossier, or for the annotation of a fact or parameter with bounds.

    Of dates of a class that come one after the other (``NotBefore``), it gives none that contradict each other; what is
    ``Past()`` depends on a dossier, which is not known here. None for anything else.
    """
    if isinstance(thing, type):
        if thing in _STRATEGIES:
            return _STRATEGIES[thing]()
        if not attrs.has(thing) or not fact_fields(thing):
            return None
        return instances(thing, True, {}).filter(lambda facts: not any(contradictions(facts, date.max)))
    if get_origin(thing) is not Annotated:
        return None
    fact, (hint, *extras) = type_of_fact(thing), get_args(thing)
    kind = fact[0] if fact else hint
    many = get_origin(kind) is tuple
    kind = get_args(kind)[0] if many else kind
    if not any(isinstance(extra, (Between, Past, NotBefore)) for extra in extras) or not is_scalar(kind):
        return None
    field = field_of("value", kind, many, tuple(extras), repr(thing))
    return or_unknown(values_of(field), fact is not None)
