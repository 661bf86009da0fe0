"""A profile with the barriers of this plugin alone, and a registry that knows nothing else."""

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

import barriermodel_financial
from barriermodel import (
    Act,
    Assessment,
    Award,
    BarrierModel,
    Dossier,
    Evidence,
    LegalForm,
    Provider,
    Registry,
    euro,
)
from barriermodel.plugin import Fact
from barriermodel_financial import AnnualAccounts

PROFILE = """
id = "test_region"
title = { nl = "Proefregio", en = "Test region" }
owner = "nobody"
status = "reconstruction"
valid_from = 2019-01-01

[[stages]]
id = "traffic_light"
title = { nl = "Stoplicht", en = "Traffic light" }
moment = "monitoring"
barriers = ["nl.financial_signals", "nl.financial_continuity", "nl.annual_accounts"]
"""

Assess = Callable[..., Assessment]


@pytest.fixture(scope="session")
def registry() -> Registry:
    found = Registry()
    plugin = found.add(barriermodel_financial)
    assert plugin.message == ""
    return found


@pytest.fixture(scope="session")
def healthy() -> AnnualAccounts:
    """Accounts over 2024 that no rule minds."""
    return AnnualAccounts(
        financial_year=2024,
        turnover=euro(1_000_000),
        profit=euro(25_000),
        personnel_cost=euro(700_000),
        hired_staff_cost=euro(50_000),
        subcontracting_cost=euro(0),
        equity=euro(300_000),
        total_assets=euro(800_000),
        dividend=euro(0),
        filed_on=date(2025, 5, 20),
        solo_worker=False,
    )


@pytest.fixture(scope="session")
def assess(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Assess:
    """Assess accounts of a BV for a youth care award; `more` is added to the profile."""

    @cache
    def model(more: str) -> BarrierModel:
        path = tmp_path_factory.mktemp("profile") / "region.toml"
        path.write_text(PROFILE + more, encoding="utf-8")
        return BarrierModel.load(path, registry)

    def run(
        *accounts: AnnualAccounts,
        legal_form: Fact[LegalForm] = LegalForm.BV,
        act: Fact[Act] = Act.JEUGDWET,
        as_of: date = date(2025, 12, 1),
        more: str = "",
    ) -> Assessment:
        evidence = [
            Evidence(id=f"accounts-{n}", issued_on=date(2025, 5, 1), facts=facts) for n, facts in enumerate(accounts)
        ]
        award = Award(act=act, value=euro(2_000_000))
        provider = Provider(name="De Fictieve Zorggroep", legal_form=legal_form)
        return model(more).assess(Dossier(as_of=as_of, provider=provider, award=award, evidence=tuple(evidence)))

    return run
