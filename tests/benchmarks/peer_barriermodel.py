"""The peers' 20 rules as rules of ``barriermodel``: a file for the folder ``peers`` of the comparison, see bench_peers.py.

Dates are whole numbers of days, as for the other engines that take them so; each barrier is a stage.
"""

from __future__ import annotations

import types
import warnings
from datetime import date

import gen
import numpy as np
import polars as pl
from host import *  # noqa: F403
from host import BARRIERS, BLOCK, DATES, IDS, REVIEW, SEV, Variant, register

import barriermodel as bm
import barriermodel.plugin
from barriermodel.plugin import UNKNOWN, Fact, Level, Ratio

CARE_SBI = ("8610", "8621", "8622", "8691", "8710", "8720", "8730", "8790", "8810", "8891")
CERTIFICATES = ("HKZ", "ISO9001", "PREZO", "KIWA")


@bm.plugin.evidence("c")
class Case:
    dissolved: Fact[bool] = UNKNOWN
    bankrupt: Fact[bool] = UNKNOWN
    wtza_permit: Fact[bool] = UNKNOWN
    sanctions_hit: Fact[bool] = UNKNOWN
    kvk_registered: Fact[int] = UNKNOWN
    award_start: Fact[int] = UNKNOWN
    award_end: Fact[int] = UNKNOWN
    cert_valid_until: Fact[int] = UNKNOWN
    accounts_filed: Fact[int] = UNKNOWN
    vog_issued: Fact[int] = UNKNOWN
    sbi_code: Fact[str] = UNKNOWN
    cert_type: Fact[str] = UNKNOWN
    legal_form: Fact[str] = UNKNOWN
    inspection_grade: Fact[str] = UNKNOWN
    fte: Fact[Ratio] = UNKNOWN
    profit_margin: Fact[Ratio] = UNKNOWN
    solvency: Fact[Ratio] = UNKNOWN
    staff_cost_ratio: Fact[Ratio] = UNKNOWN
    award_value: Fact[Ratio] = UNKNOWN
    last_revenue: Fact[Ratio] = UNKNOWN
    related_party_share: Fact[Ratio] = UNKNOWN
    dividend_paid: Fact[Ratio] = UNKNOWN
    subcontract_share: Fact[Ratio] = UNKNOWN
    director_other_companies: Fact[int] = UNKNOWN
    clients: Fact[int] = UNKNOWN


def r01(c: Case) -> Fact[bool]:
    return c.dissolved


def r02(c: Case) -> Fact[bool]:
    return c.bankrupt


def r03(c: Case) -> Fact[bool]:
    return c.award_start - c.kvk_registered < 730


def r04(c: Case) -> Fact[bool]:
    return bm.plugin.not_(bm.plugin.one_of(c.sbi_code, *CARE_SBI))


def r05(c: Case) -> Fact[bool]:
    return (c.fte > 10) & bm.plugin.not_(c.wtza_permit)


def r06(c: Case) -> Fact[bool]:
    return c.award_end - c.cert_valid_until > 0


def r07(c: Case) -> Fact[bool]:
    return bm.plugin.not_(bm.plugin.one_of(c.cert_type, *CERTIFICATES))


def r08(c: Case) -> Fact[bool]:
    return (c.profit_margin > 0.10) & (c.profit_margin <= 0.25)


def r09(c: Case) -> Fact[bool]:
    return c.profit_margin > 0.25


def r10(c: Case) -> Fact[bool]:
    return c.solvency < 0.20


def r11(c: Case) -> Fact[bool]:
    return bm.plugin.not_(c.legal_form == "eenmanszaak") & (c.staff_cost_ratio < 0.50)


def r12(c: Case) -> Fact[bool]:
    return c.award_value > c.last_revenue * 2


def r13(c: Case) -> Fact[bool]:
    return c.award_start - c.accounts_filed > 548


def r14(c: Case) -> Fact[bool]:
    return c.director_other_companies > 5


def r15(c: Case) -> Fact[bool]:
    return c.award_start - c.vog_issued > 183


def r16(c: Case) -> Fact[bool]:
    return (c.related_party_share > 0.15) | (c.dividend_paid > c.last_revenue * 0.1)


def r17(c: Case) -> Fact[bool]:
    return c.sanctions_hit


def r18(c: Case) -> Fact[bool]:
    return bm.plugin.one_of(c.inspection_grade, "insufficient", "critical")


def r19(c: Case) -> Fact[bool]:
    return (c.subcontract_share > 0.5) & bm.plugin.one_of(c.legal_form, "eenmanszaak", "vof")


def r20(c: Case) -> Fact[bool]:
    return (c.award_value > c.fte * 150000) | (c.clients > c.fte * 20)


LEVEL = {BLOCK: Level.EXCLUDE, REVIEW: Level.RED}
PROFILE = """
id = "peers"
title = { nl = "vergelijking", en = "comparison" }
owner = "tests"
status = "reconstruction"
valid_from = 2019-01-01
"""


def build() -> bm.BarrierModel:
    barriers = []
    for number, rules in enumerate(BARRIERS, 1):
        barrier = bm.plugin.Barrier(f"p.b{number}", concern=bm.Concern.INTEGRITY)
        for id, _, severity, _, _ in rules:
            barrier.signal(level=LEVEL.get(severity, Level.ORANGE))(globals()[id.lower()])
        barriers.append(barrier)
    plugin = types.ModuleType("peers_plugin")
    plugin.BARRIERMODEL_API = 2  # type: ignore[attr-defined]
    plugin.barriermodel_barriers = bm.plugin.hookimpl(lambda: barriers, specname="barriermodel_barriers")  # type: ignore[attr-defined]
    registry = bm.Registry()
    registry.add(plugin)
    stages = "".join(
        f'[[stages]]\nid = "s{n}"\ntitle = {{ nl = "x", en = "x" }}\nmoment = "monitoring"\nbarriers = ["p.b{n}"]\n'
        for n in range(1, 9)
    )
    path = f"{gen.DATA}/peers.toml"
    with open(path, "w") as file:
        file.write(PROFILE + stages)
    return bm.BarrierModel.load(path, registry)


RULES = {f"rule__p_b{number}_{rule[0].lower()}": rule[0] for number, rules in enumerate(BARRIERS, 1) for rule in rules}
STAGES = {f"stage__s{number}__at_least": [rule[0] for rule in rules] for number, rules in enumerate(BARRIERS, 1)}
OUT = [*RULES, *STAGES, "advice__at_least", "advice__at_most", "advice__decided"]


def load(n: int) -> pl.DataFrame:
    frame = pl.read_parquet(gen.path(n)).with_columns(pl.col(DATES).to_physical().cast(pl.Int64))
    return frame.rename(lambda name: f"c__{name}")


def plan(model: bm.BarrierModel, frame: pl.DataFrame) -> pl.LazyFrame:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return model.assess_frame(frame.lazy(), as_of=date(2024, 1, 1)).select(OUT)


def run(model: bm.BarrierModel, frame: pl.DataFrame) -> pl.DataFrame:
    return plan(model, frame).collect()


def run_made(_: bm.BarrierModel, made: pl.LazyFrame) -> pl.DataFrame:
    return made.collect()


def decode(frame: pl.DataFrame, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    overall, fired, unknown = np.zeros(n, np.int8), np.zeros(n, np.uint32), np.zeros(n, np.uint32)
    names = {id: name for name, id in RULES.items()}
    for stage, ids in STAGES.items():
        examined = frame[stage].is_not_null().to_numpy()
        for id in ids:
            rule = frame[names[id]]
            hit, open_ = rule.fill_null(value=False).to_numpy(), rule.is_null().to_numpy() & examined
            fired |= hit.astype(np.uint32) << np.uint32(IDS.index(id))
            unknown |= open_.astype(np.uint32) << np.uint32(IDS.index(id))
            overall = np.maximum(overall, np.where(hit, SEV[id], np.where(open_, 2, 0)).astype(np.int8))
    return overall, fired, unknown


COMMON = {"decode": decode, "kind": "columnar", "n": 1_000_000, "inner": 5, "dist": "barriermodel", "build": build}
INPUT = "polars.DataFrame, dates as days"
register(Variant("barriermodel on Polars, 2 threads", run=run, load=load, input=INPUT, **COMMON))
register(
    Variant(
        "barriermodel on Polars, plan made before",
        run=run_made,
        load=lambda n: plan(build(), load(n)),
        input=INPUT,
        **COMMON,
    )
)
