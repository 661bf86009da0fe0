"""The README says what the profile does."""

import re
from pathlib import Path

import pytest

from barriermodel import BarrierModel
from barriermodel.domain.values import to_json

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def plan():
    return BarrierModel.load("twente-2019").resolved


def test_it_has_a_row_for_every_stage_in_their_order(plan):
    rows = [line for line in README.splitlines() if re.match(r"\| `\w+`: ", line)]

    assert len(rows) == len(plan.stages)
    for row, stage in zip(rows, plan.stages, strict=True):
        combine = stage.combine
        by = "worst" if combine.orange is None else f"count: orange {combine.orange}, red {combine.red}"
        barriers = ", ".join(f"`{b.id}`" for b in stage.barriers)
        assert row.startswith(f"| `{stage.id}`: {stage.title.nl} | {stage.moment.value} | {by} | {barriers} |")


def test_it_has_exactly_the_rules_with_their_levels(plan):
    expected = sorted(
        f"| `{rule.id}` | {rule.level.key if stage.by_level else 'counts'} |"
        for stage in plan.stages
        for barrier in stage.barriers
        for rule in barrier.rules
    )

    assert [line for line in README.splitlines() if re.match(r"\| `nl\.[\w.]+` \| \w+ \|$", line)] == expected


def test_it_has_exactly_the_limits_of_the_profile_with_what_they_rest_on(plan):
    found = re.findall(r"^\| `(nl\.[\w.]+)` \| (.+?) \| (.+) \|$", README, re.MULTILINE)
    limits = {name: (value, rests_on) for name, value, rests_on in found}
    settings = {
        f"{barrier.id}.{name}": parameter.settings
        for barrier in plan.barriers
        for name, parameter in barrier.parameters.items()
        if parameter.settings[0].set_by == "twente-2019"
    }

    assert list(limits) == sorted(settings)
    for name, (setting,) in settings.items():
        value, rests_on = limits[name]
        values = to_json(setting.value)
        assert value == (", ".join(map(str, values)) if isinstance(values, list) else str(values))
        assert rests_on.startswith("assumption:" if setting.assumption else "[source")
        assert (setting.source or "") in rests_on


def test_what_it_points_to_in_the_repository_is_there():
    for link in re.findall(r"\]\(((?:\.\./)+[^)]+)\)", README):
        assert (Path(__file__).parents[1] / link).resolve().is_relative_to(ROOT)
        assert (Path(__file__).parents[1] / link).exists()
