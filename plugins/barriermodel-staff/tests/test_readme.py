"""The README says what the code does."""

from pathlib import Path

import attrs
import pytest

import barriermodel_staff
from barriermodel import UNKNOWN, BarrierModel, Registry
from barriermodel.domain.values import to_json
from barriermodel_staff import (
    Director,
    Worker,
    care_background,
    conduct,
    conduct_wmo,
    professional_registration,
    qualified_staff,
    staff_reader,
    wnt,
    wtza,
    wtza_permit,
)
from markdown import blocks

PAGE = Path(__file__).parents[1] / "README.md"
README = PAGE.read_text(encoding="utf-8")
PROFILE, STAFF = blocks(PAGE, "toml")
BARRIERS = (conduct, conduct_wmo, professional_registration, wtza, wtza_permit, wnt, care_background, qualified_staff)
KINDS = {kind.id: kind.cls for barrier in BARRIERS for kind in barrier.kinds}


def test_its_profile_can_be_loaded(tmp_path):
    (tmp_path / "region.toml").write_text(PROFILE, encoding="utf-8")
    registry = Registry()
    assert registry.add(barriermodel_staff).message == ""
    assert BarrierModel.load(tmp_path / "region.toml", registry).resolved.digest


def test_its_staff_list_can_be_read_and_states_every_fact():
    (item,) = staff_reader.read(STAFF.encode())
    (worker,) = item.facts.workers
    assert UNKNOWN not in attrs.astuple(worker)


@pytest.mark.parametrize("barrier", BARRIERS, ids=lambda barrier: barrier.id)
def test_it_names_every_rule_with_its_level_and_every_parameter(barrier):
    for rule in barrier.rules.values():
        assert f"| `{rule.id}` | {rule.kind.value} | {rule.level.key} |" in README
    for name, parameter in barrier.parameters.items():
        shown = to_json(parameter.default)
        shown = ", ".join(map(str, shown)) if isinstance(shown, list) else shown
        assert f"| `{barrier.id}` | `{name}` | {shown} |" in README


@pytest.mark.parametrize("kind", [*KINDS.values(), Worker, Director])
def test_it_names_every_fact(kind):
    assert all(f"`{field.name}`" in README for field in attrs.fields(kind))
