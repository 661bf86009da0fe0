"""What Hypothesis asks of us when it is imported: strategies for our types, for ``st.from_type``.

Named by the entry point ``hypothesis``. It registers functions and builds nothing, so it is harmless where it is not
wanted (``HYPOTHESIS_NO_PLUGINS=1`` leaves it out).
"""

from __future__ import annotations

from typing import Any


def register() -> None:
    """Say how the values of a dossier are made; each strategy is built when it is first asked for."""
    from hypothesis import strategies as st

    from barriermodel import Award, Identifier, Money, Provider

    def lazily(name: str) -> Any:
        def strategy(_: Any) -> st.SearchStrategy[Any]:
            from . import strategies

            made: st.SearchStrategy[Any] = getattr(strategies, name)()
            return made

        return strategy

    st.register_type_strategy(Provider, lazily("providers"))
    st.register_type_strategy(Award, lazily("awards"))
    st.register_type_strategy(Money, lazily("amounts"))
    st.register_type_strategy(Identifier, lazily("identifiers"))
