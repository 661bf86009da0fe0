"""A profile with the barrier of this plugin alone, and a registry that knows nothing else."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

import pytest

import barriermodel_quality
from barriermodel import Assessment, Award, BarrierModel, Dossier, Evidence, Provider, Registry

PROFILE = """
id = "test_region"
title = { nl = "Proefregio", en = "Test region" }
owner = "nobody"
status = "reconstruction"
valid_from = 2019-01-01

[[stages]]
id = "requirements"
title = { nl = "Eisen", en = "Requirements" }
moment = "admission"
barriers = ["nl.quality_certificate"]
"""

Assess = Callable[..., Assessment]


@pytest.fixture(scope="session")
def registry() -> Registry:
    found = Registry()
    plugin = found.add(barriermodel_quality)
    assert plugin.message == ""
    return found


@pytest.fixture(scope="session")
def assess(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Assess:
    """Assess some evidence for an award that starts on 1 January 2026; `more` is added to the profile."""

    @cache
    def model(more: str) -> BarrierModel:
        path = tmp_path_factory.mktemp("profile") / "region.toml"
        path.write_text(PROFILE + more, encoding="utf-8")
        return BarrierModel.load(path, registry)

    def run(
        evidence: Iterable[Evidence],
        *,
        starts_on: date | None = date(2026, 1, 1),
        as_of: date = date(2025, 12, 1),
        more: str = "",
    ) -> Assessment:
        award = Award() if starts_on is None else Award(starts_on=starts_on)
        provider = Provider(name="De Fictieve Zorggroep")
        dossier = Dossier(as_of=as_of, provider=provider, award=award, evidence=tuple(evidence))
        return model(more).assess(dossier)

    return run
