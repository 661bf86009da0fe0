"""Ratios of ``assess_frame`` to the same written by hand for the engine, interleaved in one run.

    python tests/benchmarks/bench_frames.py [--rows 1000000] [--rounds 5]

The 20 rules of ``screening.py`` over a table. The results are compared, row by row, before anything is timed.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
import polars as pl
import screening

import barriermodel as bm

C = pl.col
CARE, ACCEPTED, SOLE = list(screening.CARE), list(screening.ACCEPTED), [f.value for f in bm.SOLE_TRADER_FORMS]


def make_table(rows: int) -> pl.DataFrame:
    dice = np.random.default_rng(14)
    start = np.datetime64(screening.AS_OF)

    def nulls(values: Any) -> pl.Series:
        series = pl.Series(values)
        return pl.select(pl.when(pl.Series(dice.random(rows) < 0.05)).then(None).otherwise(series)).to_series()

    def days(low: int, high: int) -> pl.Series:
        return nulls((start + dice.integers(low, high, rows).astype("timedelta64[D]")).astype("datetime64[D]"))

    def share(low: float, high: float) -> pl.Series:
        return nulls(dice.uniform(low, high, rows))

    def whole(low: int, high: int) -> pl.Series:
        return nulls(dice.integers(low, high, rows))

    def euros(low: int, high: int) -> pl.Series:
        return nulls(dice.integers(low, high, rows).astype(float))

    def words(choices: list[str]) -> pl.Series:
        return nulls(dice.choice(choices, rows))

    return pl.DataFrame({
        "register__dissolved": nulls(dice.random(rows) < 0.02), "register__bankrupt": nulls(dice.random(rows) < 0.03),
        "register__registered_on": days(-6000, -100), "register__sbi_code": words([*CARE, "4711"]),
        "permit__wtza_permit": nulls(dice.random(rows) < 0.9),
        "certificate__valid_until": days(0, 3000), "certificate__standard": words([*ACCEPTED, "ISO 14001"]),
        "accounts__turnover": euros(100_000, 5_000_000), "accounts__profit": euros(-100_000, 500_000),
        "accounts__equity": euros(0, 900_000), "accounts__assets": euros(1, 2_000_000), "accounts__staff_cost": euros(0, 3_000_000),
        "accounts__dividend": euros(0, 90_000), "accounts__related_share": share(0, 0.2),
        "accounts__subcontract_share": share(0, 0.8), "accounts__filed_on": days(-700, -10),
        "people__other_companies": whole(0, 7), "people__oldest_vog": days(-300, -1), "people__staff": whole(1, 80),
        "people__clients": whole(1, 900), "sanctions__hit": nulls(dice.random(rows) < 0.01),
        "inspection__grade": words([grade.value for grade in screening.Grade]),
        "award__starts_on": days(1, 200), "award__ends_on": days(900, 1800), "award__value": euros(50_000, 3_000_000),
        "provider__legal_form": words([form.value for form in list(bm.LegalForm)[:7]]),
    })  # fmt: skip


def by_hand() -> dict[str, pl.Expr]:
    """The rules as a user of Polars would write them, on the same columns."""
    company = ~C("provider__legal_form").is_in(SOLE)
    turnover = C("accounts__turnover")

    def months(column: str, count: int) -> pl.Expr:
        return C(column).dt.offset_by(f"{count}mo")

    return {
        "b_register_dissolved": C("register__dissolved"), "b_register_bankrupt": C("register__bankrupt"),
        "b_register_young": months("register__registered_on", 24) > C("award__starts_on"),
        "b_sector_care_code": ~C("register__sbi_code").is_in(CARE),
        "b_sector_permit": ~((C("people__staff") <= 10) | C("permit__wtza_permit")),
        "b_certificate_valid": C("certificate__valid_until") < C("award__ends_on"),
        "b_certificate_accepted": ~C("certificate__standard").is_in(ACCEPTED),
        "b_finance_high_profit": (C("accounts__profit") / turnover > 0.10) & company,
        "b_finance_very_high_profit": (C("accounts__profit") / turnover > 0.25) & company,
        "b_finance_solvent": C("accounts__equity") / C("accounts__assets") < 0.20,
        "b_finance_low_staff_cost": (C("accounts__staff_cost") / turnover < 0.50) & company,
        "b_finance_large_award": C("award__value") > turnover * 2,
        "b_finance_old_accounts": months("accounts__filed_on", 18) < C("award__starts_on"),
        "b_governance_many_companies": C("people__other_companies") > 5,
        "b_governance_old_vog": months("people__oldest_vog", 6) < C("award__starts_on"),
        "b_governance_money_leaves": (C("accounts__related_share") > 0.15) | (C("accounts__dividend") / turnover > 0.10),
        "b_sanctions_listed": C("sanctions__hit"),
        "b_quality_bad_grade": C("inspection__grade").is_in(["insufficient", "critical"]),
        "b_quality_subcontracts": (C("accounts__subcontract_share") > 0.5) & C("provider__legal_form").is_in(["eenmanszaak", "vof"]),
        "b_capacity_out_of_proportion": (C("award__value") > 150_000 * C("people__staff")) | (C("people__clients") > 20 * C("people__staff")),
    }  # fmt: skip


def timed(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(name: str, ours: Callable[[], object], hand: Callable[[], object], rows: int, rounds: int) -> None:
    ours(), hand()
    pairs = [(timed(ours), timed(hand)) for _ in range(rounds)]
    ratio = statistics.median(a / b for a, b in pairs)
    nano = [statistics.median(side) / rows * 1e9 for side in zip(*pairs, strict=True)]
    print(f"{name:<44} {nano[0]:8.0f} ns  by hand {nano[1]:6.0f} ns  ratio {ratio:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    table = make_table(arguments.rows)
    rules = {f"rule__{name}": expr for name, expr in by_hand().items()}
    with tempfile.TemporaryDirectory() as folder:
        model = screening.make_model(Path(folder))

        def plan() -> pl.LazyFrame:
            return model.assess_frame(table.lazy(), as_of=screening.AS_OF)

        made = plan()

        def ours() -> pl.DataFrame:
            return made.select(*rules).collect()

        def everything() -> pl.DataFrame:
            return made.collect()

        def hand() -> pl.DataFrame:
            return table.lazy().select(**rules).collect()

        # an earlier stage that excludes leaves later rules null, which the rules by hand do not know
        one, other = everything(), hand()
        for name in rules:
            same = one[name].eq_missing(other[name]) | one[name].is_null()
            assert same.all(), name
        print(f"{arguments.rows} rows, polars {pl.__version__}, CPython {sys.version.split()[0]}")
        planning = statistics.median(timed(plan) for _ in range(arguments.rounds))
        print(f"making the plan, once for any number of rows  {planning * 1e3:8.0f} ms")
        compare("20 rules, against the rules by hand", ours, hand, arguments.rows, arguments.rounds)
        compare("with all 90 columns, against the rules alone", everything, hand, arguments.rows, arguments.rounds)


if __name__ == "__main__":
    main()
