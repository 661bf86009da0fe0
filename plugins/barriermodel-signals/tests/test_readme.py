"""The README says what the code does."""

import re
from pathlib import Path

import attrs
import pytest

import barriermodel_signals
from barriermodel import UNKNOWN, BarrierModel, Registry
from barriermodel.domain.facts import fact_fields
from barriermodel.plugin import Supplier
from barriermodel.text import LANGUAGES
from barriermodel_signals import (
    BusinessInterests,
    InsolvencyHistory,
    LinkedCompany,
    RegistrationChange,
    RegistrationHistory,
    network_signals,
    signals_reader,
)
from markdown import blocks

PAGE = Path(__file__).parents[1] / "README.md"
README = PAGE.read_text(encoding="utf-8")
PARTS = ("topic", "short", "hit", "clear", "look", "rebut")
PROFILE, INTERESTS, HISTORY = blocks(PAGE, "toml")


def test_its_profile_can_be_loaded(tmp_path):
    (tmp_path / "region.toml").write_text(PROFILE, encoding="utf-8")
    registry = Registry()
    assert registry.add(barriermodel_signals).message == ""

    (stage,) = BarrierModel.load(tmp_path / "region.toml", registry).resolved.stages

    assert "nl.network_signals.other_companies" not in [rule.id for rule in stage.rules]
    assert len(stage.rules) == len(network_signals.rules) - 1


@pytest.mark.parametrize(("text", "listed"), [(INTERESTS, "linked_companies"), (HISTORY, "changes")])
def test_its_examples_can_be_read_and_state_every_fact(text, listed):
    (item,) = signals_reader.read(text.encode())
    (member,) = getattr(item.facts, listed)
    assert UNKNOWN not in [
        getattr(facts, field.name) for facts in (item.facts, member) for field in attrs.fields(type(facts))
    ]


def test_it_names_every_rule_with_its_level_and_every_parameter():
    for rule in network_signals.rules.values():
        assert f"| `{rule.id}` | {rule.kind.value} | {rule.level.key} |" in README
    for name, parameter in network_signals.parameters.items():
        default = parameter.default
        shown = ", ".join(default) if isinstance(default, tuple) else default
        said = "assumption" if parameter.limit.assumed else f"[MKB Servicedesk]({parameter.limit.source})"
        assert f"| `nl.network_signals` | `{name}` | {shown} | {said}" in README


def test_it_names_every_kind_and_every_fact():
    kinds = {kind.id: kind for kind in network_signals.kinds}
    assert {kind.cls for kind in kinds.values()} == {BusinessInterests, RegistrationHistory, InsolvencyHistory}
    for kind in kinds.values():
        assert (kind.supplier, kind.burden) == (Supplier.REGISTER, 0)
        assert kind.valid_for
        (row,) = re.findall(rf"^\| `{kind.id}` \| {kind.valid_for.count} months.*$", README, re.MULTILINE)
        assert all(f"`{name}`" in row for name in fact_fields(kind.cls))
    assert all(f"`{name}`" in README for part in (LinkedCompany, RegistrationChange) for name in fact_fields(part))


def test_every_rule_is_orange_and_asks_and_accuses_nobody():
    for rule in network_signals.rules.values():
        assert rule.level.key == "orange"
        assert (rule.words / "look").nl.startswith(("Vraag", "Kijk"))
        said = [(rule.words / part)[lang] for part in PARTS for lang in LANGUAGES]
        assert not re.search("fraud|verdacht|suspect|suspicio", " ".join(said), re.IGNORECASE)
