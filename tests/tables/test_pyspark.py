"""PySpark finds what `assess` finds, in one session: a portfolio, and a setting that it needs.

At night it has its turn in the tests of every engine.
"""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import engines
import pytest
import screening

import region
from barriermodel import Level

pytestmark = pytest.mark.engines


HALF = re.sub(r', "b\.(certificate|sanctions)"|"b\.finance", ', "", screening.PROFILE)
"""Eleven rules of every kind; to plan all twenty takes Spark ten seconds, which it has at night."""


def test_a_portfolio_of_dossiers(tmp_path: Path) -> None:
    model = screening.make_model(tmp_path, HALF)

    engines.Portfolio.of(model, screening.make_dossiers(300)).check("pyspark", as_of=screening.AS_OF)


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
