"""Each profile loads, claims no more than it is, and says who set every limit."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from barriermodel import BarrierModel, Level, Moment, Registry, profile_difference
from barriermodel.profiles.profile import CombineBy, ProfileStatus
from barriermodel.testing import read_scenarios
from barriermodel_regions import PROFILES

REGISTRY = Registry.discover()
IDS = [path.stem for path in PROFILES]
MODELS = {id: BarrierModel.load(id, REGISTRY) for id in IDS}
FOLDER = Path(__file__).parents[1]
REGIONS = ["almelo", "friesland", "h10", "noord-veluwe"]


def settings(model):
    return [s for b in model.resolved.barriers for p in b.parameters.values() for s in p.settings]


def test_the_plugin_ships_all_of_them_with_scenarios():
    assert IDS == ["almelo", "friesland", "h10", "nl-basis", "noord-veluwe", "portfolio-scan", "signals-2021"]
    assert {REGISTRY.profiles[id][1].name for id in IDS} == {"barriermodel-regions"}
    assert sorted(path.stem for path in (FOLDER / "scenarios").glob("*.toml")) == IDS
    wheel = tomllib.loads((FOLDER / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel == {"packages": ["src/barriermodel_regions"]}


def test_it_depends_on_every_plugin_whose_barriers_it_names():
    named = {b.plugin.name for model in MODELS.values() for b in model.resolved.barriers}
    stated = tomllib.loads((FOLDER / "pyproject.toml").read_text())["project"]["dependencies"]

    assert named == {re.match(r"[\w-]+", line).group() for line in stated} - {"barriermodel"}


@pytest.mark.parametrize("id", IDS)
def test_it_says_that_it_is_a_reconstruction_and_of_whom_it_is_not(id):
    profile = MODELS[id].profile

    assert profile.status is ProfileStatus.RECONSTRUCTION
    assert "van geen" in profile.owner.nl or "niet van" in profile.owner.nl
    assert profile.sources
    assert all(source.startswith("https://") for source in profile.sources)


@pytest.mark.parametrize("id", IDS)
def test_every_limit_holds_from_its_first_day_and_has_a_source_or_an_assumption(id):
    model = MODELS[id]
    assert all(p.on(model.profile.valid_from) for b in model.resolved.barriers for p in b.parameters.values())
    assert all(bool(s.source) != bool(s.assumption) for s in settings(model))


@pytest.mark.parametrize("id", IDS)
def test_what_it_says_itself_is_in_both_languages_and_its_sources_are_listed(id):
    model = MODELS[id]
    own = [setting for setting in settings(model) if setting.set_by == id]

    for remark in [r for s in own for r in (s.assumption, s.note) if r is not None]:
        assert remark.nl != remark.en
    assert {s.source for s in own if s.source} <= set(model.profile.sources)


def test_no_profile_changes_a_level_and_only_the_law_excludes():
    excluding = {r.id for m in MODELS.values() for s in m.resolved.stages for r in s.rules if r.level is Level.EXCLUDE}

    assert {id.rpartition(".")[0] for id in excluding} == {"nl.exclusion_grounds"}
    assert all(
        r.changed_by is None for model in MODELS.values() for stage in model.resolved.stages for r in stage.rules
    )


@pytest.mark.parametrize("id", REGIONS)
def test_a_region_differs_from_the_base_only_in_what_its_source_says(id):
    found = profile_difference(MODELS["nl-basis"].resolved, MODELS[id].resolved)
    told = {(d.topic.value, d.id) for d in found} - {("owner", ""), ("validity", "")}

    if id != "almelo":
        contract = {("limit", "nl.wnt.bound_forms")} if id == "friesland" else set()
        assert told == {("limit", "nl.financial_signals.max_margin"), *contract}
    else:
        assert told == {
            ("order", ""), ("stage", "yearly"), ("moment", "traffic_light"), ("moment", "integrity"),
            ("barrier", "nl.bibob"), ("barrier", "nl.annual_accounts"),
            ("limit", "nl.bibob.valid_months"),  # the barrier's own value, for the note beside it
        }  # fmt: skip


def test_almelo_leaves_only_the_yearly_accounts_for_after_the_award():
    late = [s for s in MODELS["almelo"].resolved.stages if s.moment is not Moment.ADMISSION]

    assert [[b.id for b in stage.barriers] for stage in late] == [["nl.annual_accounts"]]
    assert all(stage.by_level for stage in MODELS["almelo"].resolved.stages)


def test_exactly_eight_rules_count_in_the_eight_indicators():
    (stage,) = MODELS["signals-2021"].resolved.stages

    assert len(stage.rules) == 8
    assert (stage.combine.by, stage.combine.orange, stage.combine.red) == (CombineBy.COUNT, 1, 3)
    assert stage.combine.assumption is not None
    left_out = [reason for b in stage.barriers for _, reason in b.left_out.values()]
    assert len(left_out) == 3
    assert all(reason.nl and reason.en for reason in left_out)


def test_what_a_breach_leads_to_is_shown_with_the_finding():
    dossier = read_scenarios(FOLDER / "scenarios" / "friesland.toml", registry=REGISTRY).dossiers[0]
    assessment = MODELS["friesland"].assess(dossier)

    assert "moet het meerdere terugstorten aan de gemeenten" in assessment.markdown("nl")
    assert "must pay the excess back to the municipalities" in assessment.markdown("en")


def test_the_frisian_limit_changes_on_the_first_day_of_2022():
    (margin,) = [
        b.parameters["max_margin"] for b in MODELS["friesland"].resolved.barriers if "max_margin" in b.parameters
    ]

    assert [margin.on(day).value for day in (date(2021, 12, 31), date(2022, 1, 1))] == [0.10, 0.05]
