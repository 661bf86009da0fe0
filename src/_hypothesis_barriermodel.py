"""Tells Hypothesis how to make the types of barriermodel; named by the entry point ``hypothesis``.

Hypothesis imports this module whenever it is imported itself, also in programs that never use barriermodel. So it is a
module beside the package, because importing one inside it would import ``barriermodel`` first, and it imports nothing
of the package before a type of barriermodel is resolved. ``HYPOTHESIS_NO_PLUGINS=1`` leaves it out.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any


def register() -> None:
    """Register the resolver, which Hypothesis calls only once ``barriermodel`` has been imported.

    ``st.register_type_strategy`` takes a type, which would have to be imported, and one at a time, whereas plugins and
    users define classes of facts. So this uses the table in which Hypothesis keeps its own resolver for NumPy. A
    version of Hypothesis without that table makes our types as it makes any other class, from their annotations.
    """
    with suppress(ImportError):
        from hypothesis.strategies._internal.types import _global_extra_lookup

        _global_extra_lookup["barriermodel"] = _resolve


def _resolve(thing: Any) -> Any:
    """A strategy for a type or annotation of barriermodel; None for any other, which costs no import."""
    import attrs

    from barriermodel.domain.facts import fact_fields

    ours = getattr(thing, "__metadata__", (thing,))  # an annotation is ours where a bound in it is
    if not any(_module(one).startswith("barriermodel.") for one in ours) and not (
        isinstance(thing, type) and attrs.has(thing) and fact_fields(thing)
    ):
        return None
    from barriermodel.testing.strategies import from_type

    return from_type(thing)


def _module(thing: Any) -> str:
    return getattr(thing if isinstance(thing, type) else type(thing), "__module__", "") or ""
