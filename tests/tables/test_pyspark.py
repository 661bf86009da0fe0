"""PySpark tells of a setting that it needs. That it finds what `assess` finds is in the tests of every engine."""

from __future__ import annotations

import warnings

import engines
import pytest

import region
from barriermodel import Level

pytestmark = [pytest.mark.engines, pytest.mark.nightly]  # it takes Java six seconds to start


def test_a_spark_that_would_be_slow_is_told_of_the_setting_that_mends_it() -> None:
    session = engines.spark()
    frame = session.createDataFrame([(True,)], "x_slow_0__on boolean")
    rules, _ = region.flag_rules("x.slow", Level.RED)
    session.conf.set("spark.sql.codegen.hugeMethodLimit", "65535")
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            region.model(rules).assess_frame(frame, as_of=region.AS_OF)
        assert "set spark.sql.codegen.hugeMethodLimit=8000" in str(told[-1].message)
    finally:
        session.conf.set("spark.sql.codegen.hugeMethodLimit", "8000")
