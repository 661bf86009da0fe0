"""The 20 rules of ``screening.py`` written by hand for each engine, on the same columns, as its users would."""

from __future__ import annotations

from functools import reduce
from typing import Any

import polars as pl
import screening

import barriermodel.plugin as bm

CARE, ACCEPTED, SOLE = list(screening.CARE), list(screening.ACCEPTED), [f.value for f in bm.SOLE_TRADER_FORMS]
SMALL, BAD = ["eenmanszaak", "vof"], ["insufficient", "critical"]
EUROS = ["profit", "turnover", "equity", "assets", "staff_cost", "dividend"]

LEVELS = ["green", "orange", "red", "exclude"]
STAGES: dict[str, dict[str, dict[str, list[str]]]] = {
    "requirements": {
        "b_certificate": {"orange": ["accepted", "valid"]},
        "b_register": {"orange": ["young"], "red": ["bankrupt"], "exclude": ["dissolved"]},
        "b_sector": {"orange": ["care_code"], "red": ["permit"]},
    },
    "monitoring": {
        "b_finance": {
            "orange": ["high_profit", "large_award", "low_staff_cost", "old_accounts", "solvent"],
            "red": ["very_high_profit"],
        },
        "b_governance": {"orange": ["many_companies", "money_leaves", "old_vog"]},
        "b_sanctions": {"exclude": ["listed"]},
    },
    "supervision": {
        "b_capacity": {"orange": ["out_of_proportion"]},
        "b_quality": {"orange": ["subcontracts"], "red": ["bad_grade"]},
    },
}
CONCERNS = {
    "integrity": ["b_register", "b_governance", "b_sanctions"], "quality": ["b_certificate", "b_quality"],
    "lawfulness": ["b_sector"], "continuity": ["b_finance", "b_capacity"],
}  # fmt: skip


# Polars -----------------------------------------------------------------------------------------------


def polars_rules() -> dict[str, pl.Expr]:
    c = pl.col
    company = ~c("provider__legal_form").is_in(SOLE)
    turnover = c("accounts__turnover")

    def months(column: str, count: int) -> pl.Expr:
        return c(column).dt.offset_by(f"{count}mo")

    return {
        "b_register_dissolved": c("register__dissolved"), "b_register_bankrupt": c("register__bankrupt"),
        "b_register_young": months("register__registered_on", 24) > c("award__starts_on"),
        "b_sector_care_code": ~c("register__sbi_code").is_in(CARE),
        "b_sector_permit": ~((c("people__staff") <= 10) | c("permit__wtza_permit")),
        "b_certificate_valid": c("certificate__valid_until") < c("award__ends_on"),
        "b_certificate_accepted": ~c("certificate__standard").is_in(ACCEPTED),
        "b_finance_high_profit": (c("accounts__profit") / turnover > 0.10) & company,
        "b_finance_very_high_profit": (c("accounts__profit") / turnover > 0.25) & company,
        "b_finance_solvent": c("accounts__equity") / c("accounts__assets") < 0.20,
        "b_finance_low_staff_cost": (c("accounts__staff_cost") / turnover < 0.50) & company,
        "b_finance_large_award": c("award__value") > turnover * 2,
        "b_finance_old_accounts": months("accounts__filed_on", 18) < c("award__starts_on"),
        "b_governance_many_companies": c("people__other_companies") > 5,
        "b_governance_old_vog": months("people__oldest_vog", 6) < c("award__starts_on"),
        "b_governance_money_leaves": (c("accounts__related_share") > 0.15) | (c("accounts__dividend") / turnover > 0.10),
        "b_sanctions_listed": c("sanctions__hit"),
        "b_quality_bad_grade": c("inspection__grade").is_in(BAD),
        "b_quality_subcontracts": (c("accounts__subcontract_share") > 0.5) & c("provider__legal_form").is_in(SMALL),
        "b_capacity_out_of_proportion": (c("award__value") > 150_000 * c("people__staff")) | (c("people__clients") > 20 * c("people__staff")),
    }  # fmt: skip


Expressions = dict[str, pl.Expr]


def polars_everything(table: pl.LazyFrame) -> pl.LazyFrame:
    """Rules, and the interval and ``decided`` of the advice, stages, concerns and barriers."""
    rules = polars_rules()
    frame = table.with_columns(**{f"_{name}": expr for name, expr in rules.items()})
    levels = {
        barrier: {level: pl.any_horizontal(pl.col(f"_{barrier}_{name}") for name in names) for level, names in found.items()}
        for stage in STAGES.values() for barrier, found in stage.items()
    }  # fmt: skip
    frame = frame.with_columns(
        **{f"_{barrier}_{level}": expr for barrier, found in levels.items() for level, expr in found.items()}
    )
    levels = {barrier: {level: pl.col(f"_{barrier}_{level}") for level in found} for barrier, found in levels.items()}
    stages = {id: _joined([levels[barrier] for barrier in stage]) for id, stage in STAGES.items()}
    out = _ends("advice", _joined(list(stages.values())), None)
    stopped: dict[str, pl.Expr | None] = {"requirements": None}
    stopped["monitoring"] = stages["requirements"]["exclude"].fill_null(value=False)
    stopped["supervision"] = stopped["monitoring"] | stages["monitoring"]["exclude"].fill_null(value=False)
    where = {barrier: id for id, stage in STAGES.items() for barrier in stage}
    for id, found in stages.items():
        out |= _ends(f"stage__{id}", found, stopped[id])
    for concern, barriers in CONCERNS.items():
        parts = [_while(levels[barrier], stopped[where[barrier]]) for barrier in barriers]
        first = min(barriers, key=lambda barrier: list(STAGES).index(where[barrier]))
        out |= _ends(f"concern__{concern}", _joined(parts), stopped[where[first]])
    for barrier, found in levels.items():
        out |= _ends(f"barrier__{barrier}", found, stopped[where[barrier]])
    for name in rules:
        out[f"rule__{name}"] = _unless(stopped[where["_".join(name.split("_")[:2])]], pl.col(f"_{name}"))
    return frame.select(**out)


def _joined(parts: list[Expressions]) -> Expressions:
    found = {level: [part[level] for part in parts if level in part] for level in LEVELS}
    return {level: pl.any_horizontal(several) for level, several in found.items() if several}


def _unless(stopped: pl.Expr | None, expr: pl.Expr) -> pl.Expr:
    return expr if stopped is None else pl.when(~stopped).then(expr)


def _while(levels: Expressions, stopped: pl.Expr | None) -> Expressions:
    return levels if stopped is None else {level: ~stopped & expr for level, expr in levels.items()}


def _ends(name: str, levels: Expressions, stopped: pl.Expr | None) -> Expressions:
    kind = pl.Enum(LEVELS)

    def highest(end: bool) -> pl.Expr:
        return reduce(
            lambda below, level: pl.when(levels[level].fill_null(end)).then(pl.lit(level, kind)).otherwise(below),
            [level for level in LEVELS if level in levels], pl.lit("green", kind),
        )  # fmt: skip

    low, high = highest(end=False), highest(end=True)
    ends = {"at_least": low, "at_most": high, "decided": low == high}
    return {f"{name}__{end}": _unless(stopped, expr) for end, expr in ends.items()}


# DuckDB -----------------------------------------------------------------------------------------------


def sql_rules(columns: dict[str, str] | None = None) -> str:
    """The rules in SQL; other words may be given for the columns."""

    def words(values: list[str]) -> str:
        return ", ".join(f"'{value}'" for value in values)

    company = f"provider__legal_form NOT IN ({words(SOLE)})"
    rules = {
        "b_register_dissolved": "register__dissolved", "b_register_bankrupt": "register__bankrupt",
        "b_register_young": "register__registered_on + INTERVAL 24 MONTH > award__starts_on",
        "b_sector_care_code": f"NOT (register__sbi_code IN ({words(CARE)}))",
        "b_sector_permit": "NOT (people__staff <= 10 OR permit__wtza_permit)",
        "b_certificate_valid": "certificate__valid_until < award__ends_on",
        "b_certificate_accepted": f"NOT (certificate__standard IN ({words(ACCEPTED)}))",
        "b_finance_high_profit": f"accounts__profit / accounts__turnover > 0.10 AND {company}",
        "b_finance_very_high_profit": f"accounts__profit / accounts__turnover > 0.25 AND {company}",
        "b_finance_solvent": "accounts__equity / accounts__assets < 0.20",
        "b_finance_low_staff_cost": f"accounts__staff_cost / accounts__turnover < 0.50 AND {company}",
        "b_finance_large_award": "award__value > accounts__turnover * 2",
        "b_finance_old_accounts": "accounts__filed_on + INTERVAL 18 MONTH < award__starts_on",
        "b_governance_many_companies": "people__other_companies > 5",
        "b_governance_old_vog": "people__oldest_vog + INTERVAL 6 MONTH < award__starts_on",
        "b_governance_money_leaves": "accounts__related_share > 0.15 OR accounts__dividend / accounts__turnover > 0.10",
        "b_sanctions_listed": "sanctions__hit",
        "b_quality_bad_grade": f"inspection__grade IN ({words(BAD)})",
        "b_quality_subcontracts": f"accounts__subcontract_share > 0.5 AND provider__legal_form IN ({words(SMALL)})",
        "b_capacity_out_of_proportion": "award__value > 150000 * people__staff OR people__clients > 20 * people__staff",
    }  # fmt: skip
    return ", ".join(f"({rule}) AS rule__{name}" for name, rule in rules.items())


def sql_checked(rows: str) -> str:
    """A query that takes what is no value of its fact for unknown, as ``assess_frame`` does."""

    def unless(column: str, wrong: str) -> str:
        return f"CASE WHEN NOT ({wrong}) THEN {column} END AS {column}"

    found = [
        unless(column, f"NOT isfinite({column}) OR abs({column} * 100 - round({column} * 100)) >= 1e-3 OR abs({column}) >= 1e13")
        for column in [*(f"accounts__{name}" for name in EUROS), "award__value"]
    ]  # fmt: skip
    found += [unless(column, f"NOT isfinite({column})") for column in ("accounts__related_share", "accounts__subcontract_share")]  # fmt: skip
    found += [unless(column, f"trim({column}) = ''") for column in ("register__sbi_code", "certificate__standard")]
    for column, kind in (("provider__legal_form", bm.LegalForm), ("inspection__grade", screening.Grade)):
        words = ", ".join(f"'{member.value}'" for member in kind)
        found.append(unless(column, f"{column} NOT IN ({words})"))
    found += [unless(f"people__{name}", f"abs(people__{name}) >= 1e15") for name in ("staff", "clients", "other_companies")]  # fmt: skip
    return f"(SELECT * REPLACE ({', '.join(found)}) FROM {rows})"


# Dask -------------------------------------------------------------------------------------------------


def dask_rules(frame: Any) -> Any:
    import pandas as pd

    def months(column: str, count: int) -> Any:
        def later(days: Any) -> Any:
            return (days.astype("datetime64[s]") + pd.DateOffset(months=count)).astype("date32[pyarrow]")

        return frame[column].map_partitions(later, meta=frame._meta[column])

    form = frame["provider__legal_form"]
    turnover, starts, staff = frame["accounts__turnover"], frame["award__starts_on"], frame["people__staff"]
    company = (form != SOLE[0]) & (form != SOLE[1]) & (form != SOLE[2])
    code, standard, grade = frame["register__sbi_code"], frame["certificate__standard"], frame["inspection__grade"]
    margin = frame["accounts__profit"] / turnover
    # isin() says False of what is missing, so the missing are put back
    rules = {
        "b_register_dissolved": frame["register__dissolved"], "b_register_bankrupt": frame["register__bankrupt"],
        "b_register_young": months("register__registered_on", 24) > starts,
        "b_sector_care_code": (~code.isin(CARE)).mask(code.isna()),
        "b_sector_permit": ~((staff <= 10) | frame["permit__wtza_permit"]),
        "b_certificate_valid": frame["certificate__valid_until"] < frame["award__ends_on"],
        "b_certificate_accepted": (~standard.isin(ACCEPTED)).mask(standard.isna()),
        "b_finance_high_profit": (margin > 0.10) & company, "b_finance_very_high_profit": (margin > 0.25) & company,
        "b_finance_solvent": frame["accounts__equity"] / frame["accounts__assets"] < 0.20,
        "b_finance_low_staff_cost": (frame["accounts__staff_cost"] / turnover < 0.50) & company,
        "b_finance_large_award": frame["award__value"] > turnover * 2,
        "b_finance_old_accounts": months("accounts__filed_on", 18) < starts,
        "b_governance_many_companies": frame["people__other_companies"] > 5,
        "b_governance_old_vog": months("people__oldest_vog", 6) < starts,
        "b_governance_money_leaves": (frame["accounts__related_share"] > 0.15) | (frame["accounts__dividend"] / turnover > 0.10),
        "b_sanctions_listed": frame["sanctions__hit"],
        "b_quality_bad_grade": (grade == BAD[0]) | (grade == BAD[1]),
        "b_quality_subcontracts": (frame["accounts__subcontract_share"] > 0.5) & ((form == SMALL[0]) | (form == SMALL[1])),
        "b_capacity_out_of_proportion": (frame["award__value"] > 150_000 * staff) | (frame["people__clients"] > 20 * staff),
    }  # fmt: skip
    return frame.assign(**{f"rule__{name}": rule for name, rule in rules.items()})[[f"rule__{name}" for name in rules]]


# PySpark ----------------------------------------------------------------------------------------------


def spark_rules() -> list[Any]:
    from pyspark.sql import functions as f

    c = f.col
    company = ~c("provider__legal_form").isin(SOLE)
    turnover, starts = c("accounts__turnover"), c("award__starts_on")
    rules = {
        "b_register_dissolved": c("register__dissolved"), "b_register_bankrupt": c("register__bankrupt"),
        "b_register_young": f.add_months("register__registered_on", 24) > starts,
        "b_sector_care_code": ~c("register__sbi_code").isin(CARE),
        "b_sector_permit": ~((c("people__staff") <= 10) | c("permit__wtza_permit")),
        "b_certificate_valid": c("certificate__valid_until") < c("award__ends_on"),
        "b_certificate_accepted": ~c("certificate__standard").isin(ACCEPTED),
        "b_finance_high_profit": (c("accounts__profit") / turnover > 0.10) & company,
        "b_finance_very_high_profit": (c("accounts__profit") / turnover > 0.25) & company,
        "b_finance_solvent": c("accounts__equity") / c("accounts__assets") < 0.20,
        "b_finance_low_staff_cost": (c("accounts__staff_cost") / turnover < 0.50) & company,
        "b_finance_large_award": c("award__value") > turnover * 2,
        "b_finance_old_accounts": f.add_months("accounts__filed_on", 18) < starts,
        "b_governance_many_companies": c("people__other_companies") > 5,
        "b_governance_old_vog": f.add_months("people__oldest_vog", 6) < starts,
        "b_governance_money_leaves": (c("accounts__related_share") > 0.15) | (c("accounts__dividend") / turnover > 0.10),
        "b_sanctions_listed": c("sanctions__hit"),
        "b_quality_bad_grade": c("inspection__grade").isin(BAD),
        "b_quality_subcontracts": (c("accounts__subcontract_share") > 0.5) & c("provider__legal_form").isin(SMALL),
        "b_capacity_out_of_proportion": (c("award__value") > 150_000 * c("people__staff")) | (c("people__clients") > 20 * c("people__staff")),
    }  # fmt: skip
    return [rule.alias(f"rule__{name}") for name, rule in rules.items()]
