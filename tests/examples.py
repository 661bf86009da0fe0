"""How much is tried by day: fewer or more examples of Hypothesis, and parameters that have their turn at night."""

from collections.abc import Collection
from typing import Any

import pytest
from hypothesis import settings

ordinary = settings().max_examples
costly = settings(max_examples=ordinary // 5)
"""Each makes a profile, a plugin, or a table of many rows."""
thorough = settings(max_examples=ordinary * 10)
"""Laws of the rule language."""


def by_turns(every: Collection[Any], by_day: Collection[Any]) -> list[Any]:
    """Each as a parameter, or as several where it is a tuple; those not named for the day have their turn at night."""
    assert set(by_day) <= set(every), "the day has a parameter that is none"
    return [
        pytest.param(*(one if isinstance(one, tuple) else (one,)), marks=() if one in by_day else pytest.mark.nightly)
        for one in every
    ]
