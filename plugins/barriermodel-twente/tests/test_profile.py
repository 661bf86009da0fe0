"""The profile loads, says where every limit comes from, and excludes only by an exclusion ground."""

import os
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

from barriermodel import (
    BarrierModel,
    Dossier,
    Level,
    Moment,
    Provider,
    Registry,
)
from barriermodel.profiles.profile import CombineBy, ProfileStatus
from barriermodel_twente import TWENTE_2019

FIRST_DAY = date(2019, 1, 1)
PLUGIN = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def registry():
    return Registry.discover()


@pytest.fixture(scope="module")
def model(registry):
    return BarrierModel.load("twente-2019", registry)


def parameters(model):
    return [(b, p) for b in model.resolved.barriers for p in b.parameters.values()]


def test_the_installed_plugin_ships_it(registry, model):
    plugin = registry.profiles["twente-2019"][1]

    assert (plugin.name, plugin.status.value) == ("barriermodel-twente", "ok")
    assert model.profile.status is ProfileStatus.RECONSTRUCTION
    assert model.profile.valid_from == FIRST_DAY


def test_the_wheel_takes_its_file_along():
    """Hatchling takes every file of the packages that is not excluded or ignored."""
    wheel = tomllib.loads((PLUGIN / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]

    assert wheel == {"packages": ["src/barriermodel_twente"]}
    assert TWENTE_2019.parent.name == "barriermodel_twente"
    assert "toml" not in (PLUGIN.parents[1] / ".gitignore").read_text()


def test_it_says_that_it_is_not_of_the_region(model):
    assert "niet van Samen14 of OZJT" in model.profile.owner.nl
    assert model.profile.status.value == "reconstruction"
    dossier = Dossier(as_of=date(2026, 1, 15), provider=Provider())
    words = [model.assess(dossier).explain(lang, width=200, full=True) for lang in ("nl", "en")]
    assert "een reconstructie uit openbare bronnen, niet van de regio zelf" in words[0]
    assert "a reconstruction from public sources, not by the region itself" in words[1]


def test_its_stages_are_the_three_phases(model):
    stages = [(s.id, s.moment, s.combine.by) for s in model.resolved.stages]

    assert stages == [
        ("requirements", Moment.ADMISSION, CombineBy.WORST),
        ("pre_monitoring", Moment.MONITORING, CombineBy.WORST),
        ("traffic_light", Moment.MONITORING, CombineBy.COUNT),
    ]


def test_every_limit_has_a_value_on_its_first_day_and_says_who_says_so(model):
    for barrier, parameter in parameters(model):
        setting = parameter.on(FIRST_DAY)
        assert setting is not None, f"{barrier.id}.{parameter.spec.name}"
        assert bool(setting.source) != bool(setting.assumption)


def test_every_limit_of_the_traffic_light_is_an_assumption_for_twente_published_none(model):
    """But for the ceiling of the WNT, which is law, and for the mapping of branches, whose rule is left out."""
    published = {"first_ceiling_year", "ceilings", "sbi_2025_from"}
    for barrier in model.resolved.stages[-1].barriers:
        for name, parameter in barrier.parameters.items():
            assert (parameter.on(FIRST_DAY).assumption is None) == (name in published), name


def test_what_is_counted_is_eight_signals_of_which_three_are_public_questions(model):
    counted = {rule.id for barrier in model.resolved.stages[-1].barriers for rule in barrier.rules}

    assert len(counted) == 8
    assert counted >= {
        "nl.financial_signals.low_personnel_cost",
        "nl.network_signals.other_companies",
        "nl.network_signals.real_estate",
    }


def test_the_colour_formula_is_an_assumption(model):
    combine = model.resolved.stages[-1].combine

    assert (combine.orange, combine.red, combine.source) == (1, 3, None)
    assert "niet openbaar" in combine.assumption.nl
    assert "not public" in combine.assumption.en


def test_only_an_exclusion_ground_excludes_and_only_in_the_first_stage(model):
    barriers = [(stage, barrier) for stage in model.resolved.stages for barrier in stage.barriers]
    excluding = {(s.id, b.id) for s, b in barriers for r in b.rules if r.level is Level.EXCLUDE}

    assert excluding == {("requirements", "nl.exclusion_grounds")}


def test_the_digest_is_the_same_in_another_process(model):
    """Where sets are in another order."""
    code = "from barriermodel import BarrierModel; print(BarrierModel.load('twente-2019').resolved.digest)"
    seed = "1" if os.environ.get("PYTHONHASHSEED") == "0" else "0"
    there = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
        text=True,
    )

    assert there.stdout.strip() == model.resolved.digest
