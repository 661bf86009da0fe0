"""The README says what the code does."""

from pathlib import Path

import attrs
import pytest

import barriermodel_supervision
from barriermodel import BarrierModel, ProfileError, Registry
from barriermodel_supervision import CareLine, DeclaredCare, impossible_claims
from barriermodel_supervision.claims import client_day_alone, worker_day_alone
from barriermodel_supervision.reader import COLUMNS, read_declared_care
from markdown import blocks

PAGE = Path(__file__).parents[1] / "README.md"
README = PAGE.read_text(encoding="utf-8")
(PROFILE,) = blocks(PAGE, "toml")
(EXPORT,) = blocks(PAGE, "csv")


def test_its_profile_can_be_loaded(tmp_path):
    (tmp_path / "region.toml").write_text(PROFILE, encoding="utf-8")
    registry = Registry()
    assert registry.add(barriermodel_supervision).message == ""
    assert BarrierModel.load(tmp_path / "region.toml", registry).resolved.digest


def test_a_limit_below_24_hours_is_refused(tmp_path):
    lower = f'{PROFILE}\n[parameters."nl.impossible_claims"]\nmax_hours_a_day = {{ value = 16, assumption = "x" }}\n'
    (tmp_path / "region.toml").write_text(lower, encoding="utf-8")
    with pytest.raises(ProfileError, match="at least 24"):
        BarrierModel.load(tmp_path / "region.toml")


def test_its_export_can_be_read_and_its_correction_counts():
    (item,) = read_declared_care(EXPORT.encode())
    assert len(item.facts.lines) == 5
    assert client_day_alone(item.facts) == worker_day_alone(item.facts) == 8
    assert EXPORT.startswith(",".join(COLUMNS))


def test_it_names_every_rule_with_its_level_and_every_parameter():
    for rule in impossible_claims.rules.values():
        assert f"| `{rule.id}` | {rule.kind.value} | {rule.level.key} |" in README
    for name, parameter in impossible_claims.parameters.items():
        assert f"| `{impossible_claims.id}` | `{name}` | {parameter.default} |" in README


@pytest.mark.parametrize("kind", [DeclaredCare, CareLine])
def test_it_names_every_fact(kind):
    assert all(f"`{field.name}`" in README for field in attrs.fields(kind))


def test_nothing_is_worse_than_orange_and_the_provider_is_asked_nothing():
    assert {rule.level.key for rule in impossible_claims.rules.values()} == {"orange"}
    (kind,) = impossible_claims.kinds
    assert (kind.confidential, kind.supplier.value, kind.burden) == (True, "register", 0)
