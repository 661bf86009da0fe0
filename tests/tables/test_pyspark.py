"""PySpark finds what `assess` finds, in one session: a portfolio, the ends of months, and a setting that it needs."""

from __future__ import annotations

import warnings

import engines
import pytest
import screening
from test_date_rules import ENDS, check, dates  # noqa: F401 (a fixture)
from test_equals_assess import model, portfolio  # noqa: F401 (fixtures)

from barriermodel import BarrierModel

pytestmark = pytest.mark.engines


def test_a_portfolio_of_dossiers(portfolio: engines.Portfolio) -> None:  # noqa: F811
    portfolio.check("pyspark", as_of=screening.AS_OF)


def test_the_ends_of_months_and_of_the_calendar(dates: BarrierModel) -> None:  # noqa: F811
    check(dates, ENDS, "pyspark")


def test_a_spark_that_would_be_slow_is_told_of_the_setting_that_mends_it(model: BarrierModel) -> None:  # noqa: F811
    session = engines.spark()
    frame = session.createDataFrame([(True,)], "sanctions__hit boolean")
    session.conf.set("spark.sql.codegen.hugeMethodLimit", "65535")
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            model.assess_frame(frame, as_of=screening.AS_OF)
        assert "set spark.sql.codegen.hugeMethodLimit=8000" in str(told[-1].message)
    finally:
        session.conf.set("spark.sql.codegen.hugeMethodLimit", "8000")
