"""A fictional portfolio: 300 complete dossiers, drawn from a clear one by stated chances. No figure of a real region."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import attrs

from barriermodel import Act, Dossier, LegalForm, Procedure, euro
from barriermodel.testing.dossier_draft import Draft
from barriermodel.testing.scenario import Suite
from barriermodel.testing.scenario_reading import read_scenarios

SCENARIOS = Path(__file__).parents[2] / "plugins/barriermodel-twente/scenarios/twente-2019.toml"
ACTS = {Act.JEUGDWET: 40, Act.WMO: 35, Act.JEUGDWET_AND_WMO: 25}
FORMS = {
    LegalForm.BV: 45, LegalForm.STICHTING: 25, LegalForm.EENMANSZAAK: 20, LegalForm.VOF: 5, LegalForm.COOPERATIE: 5,
}  # fmt: skip
# twelve of the fourteen municipalities of Twente used an open house (domain: vng.nl, "Twente maakt vuist")
PROCEDURES = {Procedure.OPEN_HOUSE: 12, Procedure.OPEN: 2}
CHANCES: dict[str, tuple[float, dict[str, Any]]] = {
    "high profit": (0.12, {"annual_accounts.profit": euro(180_000)}),
    "low personnel cost": (
        0.12, {"annual_accounts.personnel_cost": euro(300_000), "annual_accounts.hired_staff_cost": euro(40_000)},
    ),
    "low solvency": (0.15, {"annual_accounts.equity": euro(80_000)}),
    "filed late": (0.08, {"annual_accounts.filed_on": date(2025, 7, 3)}),
    "starter": (0.10, {"kvk_extract.registered_on": date(2024, 9, 1)}),
    "registration ended": (
        0.01,
        {
            "kvk_extract.active": False, "kvk_extract.end_date_stated": True,
            "kvk_extract.ended_on": date(2025, 12, 31),
        },
    ),
    "certificate runs out": (0.06, {"quality_certificate.valid_until": date(2026, 1, 20)}),
    "tax not paid": (0.01, {"self_declaration.tax_unpaid": True, "self_declaration.tax_final": True,
                            "self_declaration.tax_settled": False}),
    "fraud": (
        0.01,
        {
            "self_declaration.fraud": True, "self_declaration.fraud_convicted_on": date(2023, 6, 1),
            "self_declaration.fraud_final_on": date(2024, 1, 10),
        },
    ),
    "pay above the ceiling": (0.03, {"wnt_statement.highest_pay": euro(260_000)}),
    "real estate": (0.20, {"business_interests.owns_real_estate": True}),
    "other companies": (0.35, {"business_interests.has_other_companies": True}),
    "earlier bankruptcy": (
        0.03,
        {
            "insolvency_history.earlier_bankruptcy": True,
            "insolvency_history.last_bankruptcy_on": date(2023, 5, 1),
        },
    ),
}  # fmt: skip
"""What is not as in the clear dossier, with its chance. Invented, to have every colour in the portfolio."""


def suite() -> Suite:
    """The scenarios of ``twente-2019``, whose clear dossier the portfolio starts from."""
    return read_scenarios(SCENARIOS)


def portfolio(clear: Draft, kinds: Any, count: int = 300, seed: int = 2019) -> list[Dossier]:
    """The same dossiers for the same seed."""
    random = Random(seed)
    return [_draft(clear, random).dossier(kinds) for _ in range(count)]


def _draft(clear: Draft, random: Random) -> Draft:
    form, act, procedure = (_one(random, choice) for choice in (FORMS, ACTS, PROCEDURES))
    values: dict[str, Any] = {
        "provider.legal_form": form, "kvk_extract.legal_form": form, "award.act": act, "award.procedure": procedure,
        "gva.granted": True, "gva.given_on": date(2025, 3, 1),
        "tax_statement.all_paid": True, "tax_statement.given_on": date(2025, 12, 1),
    }  # fmt: skip
    for chance, changed in CHANCES.values():
        if random.random() < chance:
            values |= changed
    if random.random() < 0.08:
        (worker,) = clear.values["staff_list.workers"]
        values["staff_list.workers"] = (attrs.evolve(worker, has_vog=False),)
    if form is LegalForm.EENMANSZAAK and random.random() < 0.7:
        values |= {"annual_accounts.solo_worker": True, "annual_accounts.turnover": euro(90_000)}
    return clear.with_facts(values)


def _one(random: Random, choice: dict[Any, int]) -> Any:
    (found,) = random.choices(list(choice), list(choice.values()))
    return found
