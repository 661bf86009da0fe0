"""The README says what the code does."""

import re
from datetime import date
from pathlib import Path

import pytest

from barriermodel import UNKNOWN, BarrierModel
from barriermodel.domain.facts import fact_fields
from barriermodel_integrity import bibob, insolvency, inspection, sanctions, screen, warning_register
from barriermodel_integrity.readers import KINDS, integrity_reader
from markdown import blocks

PAGE = Path(__file__).parents[1] / "README.md"
README = PAGE.read_text(encoding="utf-8")
BARRIERS = (insolvency, bibob, warning_register, inspection, sanctions)


def test_its_profile_can_be_loaded(tmp_path):
    profile, _ = blocks(PAGE, "toml")
    path = tmp_path / "region.toml"
    head = 'id = "x"\ntitle = { nl = "Proef", en = "Test" }\nowner = "x"\nstatus = "reconstruction"\n'
    path.write_text(f"{head}valid_from = 2026-01-01\n{profile}", encoding="utf-8")

    model = BarrierModel.load(path)

    assert len(model.resolved.stages) == 1


def test_its_example_can_be_read_and_states_every_fact():
    _, example = blocks(PAGE, "toml")
    (item,) = integrity_reader.read(example.encode())

    assert all(getattr(item.facts, name) is not UNKNOWN for name in fact_fields(type(item.facts)))


def test_its_python_runs(tmp_path, monkeypatch):
    (code,) = blocks(PAGE, "python")
    sample = Path(__file__).parent / "samples" / "targets.simple.csv"
    (tmp_path / "targets.simple.csv").write_bytes(sample.read_bytes())
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(code, names)

    assert names["item"].obtained_on == date(2026, 1, 14)
    assert names["screen"] is screen


@pytest.mark.parametrize("barrier", BARRIERS, ids=lambda barrier: barrier.id)
def test_it_names_every_rule_with_its_level_and_every_parameter(barrier):
    for rule in barrier.rules.values():
        assert f"| `{rule.id}` | {rule.kind.value} | {rule.level.key} |" in README
    for name, parameter in barrier.parameters.items():
        assert f"| `{barrier.id}` | `{name}` | {parameter.default} |" in README


def test_it_names_every_kind_and_every_fact():
    for kind in (kind for barrier in BARRIERS for kind in barrier.kinds):
        assert kind.cls in KINDS
        (row,) = re.findall(rf"^\| `{kind.id}`.*$", README, re.MULTILINE)
        assert all(f"`{name}`" in row for name in fact_fields(kind.cls))
        assert ("confidential" in row) == kind.confidential


def test_no_rule_excludes():
    assert {rule.level.key for barrier in BARRIERS for rule in barrier.rules.values()} == {"orange", "red"}
