"""Where the parts of a chart stand."""

from __future__ import annotations

from barriermodel.pages.charts import gauge
from barriermodel.reporting.explanation_parts import Figure


def test_nothing_beside_a_limit_of_nothing_stands_at_the_left_end() -> None:
    found = gauge(Figure("profit", 0.0, "0%", 0.0, "0%", "upper", "ratio"), "en")

    assert found is not None
    assert (found.at, found.limit_at) == (10, 10)
