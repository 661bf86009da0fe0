"""How a law is tried: on many examples, reporting the smallest that breaks it, and as a test for pytest."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky


class LawBroken(AssertionError):
    """A barrier or reader breaks a law; the message names the rule, the reason and the smallest example.

    >>> raise LawBroken("nl.kvk.active: it is hit although there is nothing in the dossier.")
    Traceback (most recent call last):
    ...
    barriermodel.testing.law_checking.LawBroken: nl.kvk.active: it is hit although there is nothing in the dossier.

    """


def check_examples(check: Callable[..., None], *values: st.SearchStrategy[Any], about: str, max_examples: int) -> None:
    """Try a check on many values, one of each strategy; the smallest that breaks it is raised.

    Whether the same values are tried each time (``derandomize``) is as in the settings profile of Hypothesis.

    Raises:
        LawBroken: the check raised it.

    """
    broken: list[LawBroken] = []

    @wraps(check)  # Hypothesis matches the strategies with the names of its parameters
    def recording(**drawn: Any) -> None:
        try:
            check(**drawn)
        except LawBroken as error:
            broken.insert(0, error)  # of two equally small ones, the last is the simplest
            raise

    quiet = settings(
        max_examples=max_examples, deadline=None, database=None, report_multiple_bugs=False,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )  # fmt: skip
    try:
        quiet(given(*values)(recording))()
    except (LawBroken, Flaky):
        # what remembers earlier examples may not break the law a second time: Hypothesis calls that flaky, and what it
        # did the first time is the better message
        if not broken:
            raise LawBroken(f"{about}: it does not turn out the same twice for one dossier.") from None
        raise min(broken, key=lambda error: str(error).count("\n")) from None


def law_test(name: str, says: str | None, check: Callable[[], None]) -> Callable[[object], None]:
    """A method of a test class that tries one law.

    Each contract has methods of its own: inherited ones would share what Hypothesis keeps of a test.
    """

    def test(self: object) -> None:
        __tracebackhide__ = True  # the sentence matters, not where the kit found it
        try:
            check()
        except LawBroken as broken:
            raise broken.with_traceback(None) from None

    test.__name__ = test.__qualname__ = f"test_{name}"
    test.__doc__ = says
    return test
