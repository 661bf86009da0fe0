"""The contract of a barrier: one named test for each law."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest
from hypothesis import settings

from barriermodel import Registry
from barriermodel.strict import suggest

from .laws import LAWS, Law
from .subject import LawBroken, Subject


def barrier_contract(
    barrier: str,
    *,
    registry: Registry | None = None,
    exempt: Mapping[str, str] | None = None,
    max_examples: int | None = None,
) -> type:
    """A class of tests for pytest, one for each law.

    Write ``TestHousing = barrier_contract("drenthe.housing")`` in a test file.

    Args:
        barrier: its id.
        registry: the plugins it may be in; left out, those that are installed.
        exempt: laws that it does not keep, by name, each with the reason; such a test must fail (strict xfail).
        max_examples: how many dossiers are tried for each law; left out, 30, or three for every ten of the settings
            profile of Hypothesis that is loaded.

    Raises:
        ValueError: there is no such law, or a reason is missing.

    """
    max_examples = max_examples or settings().max_examples * 3 // 10
    exempt = exempt or {}
    for name, reason in exempt.items():
        if name not in LAWS:
            hint = suggest(name, LAWS) or f"; there are {', '.join(LAWS)}"
            raise ValueError(f"there is no law {name!r}{hint}")
        if not reason.strip():
            raise ValueError(f"say why {barrier} does not keep the law {name!r}")

    @cache
    def subject() -> Subject:
        return Subject(barrier, registry, max_examples)

    tests = {f"test_{law.name}": _test(law, subject, exempt.get(law.name)) for law in LAWS.values()}
    return type(f"Contract of {barrier}", (), {"__doc__": f"The laws of {barrier}.", **tests})


def _test(law: Law, subject: Callable[[], Subject], exempted: str | None) -> Any:
    # made anew for each barrier: tests that are inherited would share what Hypothesis keeps of them
    def test(self: object) -> None:
        __tracebackhide__ = True  # the sentence matters, not where the kit found it
        try:
            law.check(subject())
        except LawBroken as broken:
            raise broken.with_traceback(None) from None

    test.__name__ = test.__qualname__ = f"test_{law.name}"
    test.__doc__ = law.says
    if exempted is None:
        return test
    return pytest.mark.xfail(reason=f"{law.name}: {exempted}", strict=True, raises=LawBroken)(test)
