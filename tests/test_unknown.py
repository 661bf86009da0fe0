"""UNKNOWN is equal only to itself and refuses to be used as a value."""

from __future__ import annotations

import copy
import operator
import pickle
from typing import Any

import pytest

from barriermodel.domain.unknown import Unknown
from barriermodel.plugin import UNKNOWN, UnknownFactError


@pytest.mark.parametrize("other", [None, False, 0, "", "unknown", float("nan"), ()])
def test_it_is_equal_only_to_itself(other: Any) -> None:
    assert UNKNOWN == Unknown.UNKNOWN
    assert other != UNKNOWN
    assert other != UNKNOWN
    assert {UNKNOWN: 1}[UNKNOWN] == 1


@pytest.mark.parametrize(
    "use",
    [
        operator.lt, operator.le, operator.gt, operator.ge, operator.add, operator.sub, operator.mul,
        operator.truediv, operator.and_, operator.or_,
    ],
)  # fmt: skip
@pytest.mark.parametrize("other", [3, 2.5, True, UNKNOWN])
def test_no_operator_takes_it(use: Any, other: Any) -> None:
    with pytest.raises(UnknownFactError):
        use(UNKNOWN, other)
    with pytest.raises(UnknownFactError):
        use(other, UNKNOWN)


@pytest.mark.parametrize(
    "use", [bool, int, float, operator.not_, lambda u: 1 if u else 2, lambda u: u and 1, lambda u: sum([u])]
)
def test_it_is_no_truth_value_and_no_number(use: Any) -> None:
    with pytest.raises(UnknownFactError):
        use(UNKNOWN)


@pytest.mark.parametrize("use", [max, min, sorted])
def test_it_cannot_be_ordered(use: Any) -> None:
    with pytest.raises(UnknownFactError):
        use([UNKNOWN, 3])


def test_the_error_is_no_type_error_and_says_what_to_do() -> None:
    assert not issubclass(UnknownFactError, TypeError)
    with pytest.raises(UnknownFactError, match="is UNKNOWN"):
        bool(UNKNOWN)


def test_there_is_only_one() -> None:
    assert copy.deepcopy(UNKNOWN) is UNKNOWN
    assert pickle.loads(pickle.dumps(UNKNOWN)) is UNKNOWN
    assert repr(UNKNOWN) == "UNKNOWN"
