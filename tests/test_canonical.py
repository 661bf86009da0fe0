"""The canonical form is that of RFC 8785, whichever encoder writes it."""

from __future__ import annotations

from typing import Any

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from barriermodel.canonical import canonical, sha256
from barriermodel.domain.values import MAX_SAFE_INTEGER

keys = st.text("abcXYZ_019.", max_size=4)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_SAFE_INTEGER, MAX_SAFE_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5) | st.sampled_from([0.1, -0.0, 1e21, 1e20, 1e16, 123456789012345.67, 1e-7, 1e-6, 5e-324]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(values)
@example([2.0**53, 2.0**53 + 2, -(2.0**60), 1.2345678901234567e20])
@example({"b": 1.0, "a": [1e-5, 0.00001, 1250000.0, "\x7f\u2028é😀\ud7ff", None]})
def test_it_is_what_rfc_8785_says(data: Any) -> None:
    assert canonical(data) == rfc8785.dumps(data)


def test_equal_data_has_one_digest_whatever_its_order() -> None:
    assert sha256({"a": 1, "b": [1, 2]}) == sha256({"b": [1, 2], "a": 1})
    assert sha256({"a": 1, "b": [1, 2]}) != sha256({"a": 1, "b": [2, 1]})


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_has_no_form(value: float) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical({"a": value})
