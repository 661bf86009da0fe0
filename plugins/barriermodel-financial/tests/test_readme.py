"""The README says what the code does."""

from pathlib import Path

import attrs

from barriermodel.plugin import UNKNOWN, Money
from barriermodel_financial import (
    AnnualAccounts,
    annual_accounts,
    annual_accounts_reader,
    financial_continuity,
    financial_signals,
    simplified_accounts,
)
from markdown import blocks

PAGE = Path(__file__).parents[1] / "README.md"
README = PAGE.read_text(encoding="utf-8")


def test_its_example_can_be_read_and_states_every_fact():
    (example,) = blocks(PAGE, "toml")
    (item,) = annual_accounts_reader.read(example.encode())
    assert UNKNOWN not in attrs.astuple(item.facts)


def shown(name, default):
    if isinstance(default, Money):
        return default.cents // 100
    return default if name == "max_award_share" or isinstance(default, int) else f"{default:.2f}"


def test_it_names_every_rule_with_its_level_every_parameter_and_every_fact():
    for barrier in (financial_signals, financial_continuity, annual_accounts, simplified_accounts):
        for rule in barrier.rules.values():
            assert f"| `{rule.id}` | {rule.kind.value} | {rule.level.key} |" in README
        for name, parameter in barrier.parameters.items():
            assert f"| `{barrier.id}` | `{name}` | {shown(name, parameter.default)} |" in README
    assert all(f"`{field.name}`" in README for field in attrs.fields(AnnualAccounts))
