"""The profile loads, says where every limit comes from, and excludes nobody."""

import os
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

from barriermodel import (
    Act,
    Award,
    BarrierModel,
    Dossier,
    Evidence,
    Identifier,
    LegalForm,
    Level,
    Moment,
    Procedure,
    Provider,
    Registry,
    euro,
)
from barriermodel.pipeline.profile import CombineBy, ProfileStatus
from barriermodel_financial import AnnualAccounts
from barriermodel_kvk import KvkExtract
from barriermodel_kvk.kind import SbiActivity
from barriermodel_quality import QualityCertificate
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
    return [(b, p) for b in model.plan.barriers for p in b.parameters.values()]


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
    words = [model.assess(dossier).explain(lang, width=200) for lang in ("nl", "en")]
    assert "een reconstructie uit openbare bronnen, niet van de regio zelf" in words[0]
    assert "a reconstruction from public sources, not by the region itself" in words[1]


def test_its_stages_are_the_three_phases(model):
    stages = [(s.stage.id, s.stage.moment, s.stage.combine.by) for s in model.plan.stages]

    assert stages == [
        ("requirements", Moment.ADMISSION, CombineBy.WORST),
        ("pre_monitoring", Moment.MONITORING, CombineBy.WORST),
        ("traffic_light", Moment.MONITORING, CombineBy.COUNT),
    ]


def test_every_limit_is_set_by_the_profile_and_says_who_says_so_on_its_first_day(model):
    for barrier, parameter in parameters(model):
        setting = parameter.on(FIRST_DAY)
        assert setting is not None, f"{barrier.barrier.id}.{parameter.spec.name}"
        assert setting.set_by == "twente-2019"
        assert bool(setting.source) != bool(setting.assumption)


def test_the_colour_formula_is_an_assumption(model):
    combine = model.plan.stages[-1].stage.combine

    assert (combine.orange, combine.red, combine.source) == (1, 3, None)
    assert "niet openbaar" in combine.assumption.nl
    assert "not public" in combine.assumption.en


def test_no_rule_excludes(model):
    assert max(r.level for b in model.plan.barriers for r in b.rules) is Level.RED


def test_the_digest_is_the_same_in_another_process(model):
    code = "from barriermodel import BarrierModel; print(BarrierModel.load('twente-2019').plan.digest)"
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }

    assert digests == {model.plan.digest}


def test_a_dossier_in_which_nothing_is_wrong_is_green_in_all(model):
    """An open house without a fixed value, as Twente used it."""
    dossier = Dossier(
        as_of=date(2026, 1, 15),
        provider=Provider(
            name="Verzonnen B.V.", legal_form=LegalForm.BV, identifiers=[Identifier("NL-KVK", "00009999")]
        ),
        award=Award(act=Act.JEUGDWET, procedure=Procedure.OPEN_HOUSE, starts_on=date(2026, 2, 1)),
        evidence=[
            Evidence(
                id="extract",
                obtained_on=date(2026, 1, 5),
                facts=KvkExtract(
                    active=True,
                    end_date_stated=False,
                    registered_on=date(2010, 5, 1),
                    legal_form=LegalForm.BV,
                    people_working=12,
                    sbi_activities=(SbiActivity(code="88991"),),
                ),
            ),
            Evidence(
                id="certificate",
                issued_on=date(2025, 1, 1),
                facts=QualityCertificate(standard="HKZ", valid_from=date(2025, 1, 1), valid_until=date(2027, 12, 31)),
            ),
            Evidence(
                id="accounts",
                issued_on=date(2025, 5, 1),
                facts=AnnualAccounts(
                    financial_year=2024,
                    turnover=euro(1_000_000),
                    profit=euro(20_000),
                    personnel_cost=euro(700_000),
                    equity=euro(300_000),
                    total_assets=euro(900_000),
                    dividend=euro(0),
                    filed_on=date(2025, 5, 1),
                    solo_worker=False,
                ),
            ),
        ],
    )

    assessment = model.assess(dossier)

    assert (assessment.advice.at_least, assessment.advice.at_most) == (Level.GREEN, Level.GREEN)
    assert {stage.interval.at_most for stage in assessment.stages} == {Level.GREEN}
    assert assessment.asks == ()
