"""What Hypothesis asks of us when it is imported: strategies for our types, for ``st.from_type``.

Named by the entry point ``hypothesis``. It registers functions and builds nothing, so it is harmless where it is not
wanted (``HYPOTHESIS_NO_PLUGINS=1`` leaves it out).
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any


def _bounds(thing: Any) -> bool:
    from barriermodel.plugin import Between, NotBefore, Past

    return any(isinstance(extra, (Between, NotBefore, Past)) for extra in getattr(thing, "__metadata__", ()))


def _register_bounds() -> None:
    """Classes of facts, and annotations with ``Between``, of which nobody knows beforehand which there will be.

    Hypothesis registers single types, so this is where its own extras register theirs. Where a version has it no more,
    such types are made as any other class is, without their bounds.
    """
    import attrs

    from barriermodel.analysis.facts import fact_fields

    def resolve(thing: Any) -> Any:
        is_ours = attrs.has(thing) and fact_fields(thing) if isinstance(thing, type) else _bounds(thing)
        if not is_ours:
            return None
        from .strategies import from_type

        return from_type(thing)

    with suppress(ImportError):
        from hypothesis.strategies._internal import types

        getattr(types, "_global_extra_lookup", {})["barriermodel"] = resolve


def register() -> None:
    """Say how the values of a dossier are made; each strategy is built when it is first asked for."""
    from hypothesis import strategies as st

    from barriermodel.plugin import Award, Identifier, Money, Provider

    def lazily(name: str) -> Any:
        def strategy(_: Any) -> st.SearchStrategy[Any]:
            from . import strategies

            made: st.SearchStrategy[Any] = getattr(strategies, name)()
            return made

        return strategy

    _register_bounds()
    st.register_type_strategy(Provider, lazily("providers"))
    st.register_type_strategy(Award, lazily("awards"))
    st.register_type_strategy(Money, lazily("amounts"))
    st.register_type_strategy(Identifier, lazily("identifiers"))
