"""The README names every rule, limit and fact, with the level and default that the code has."""

from pathlib import Path

import attrs
import pytest

from barriermodel_kvk import KvkExtract, kvk

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", kvk.rules.values(), ids=lambda rule: rule.id)
def test_a_rule_stands_in_the_readme_with_its_level(rule):
    assert f"| `{rule.id}` | {rule.kind.value} | {rule.level.name} |" in README


@pytest.mark.parametrize("name", kvk.parameters)
def test_a_limit_stands_in_the_readme_with_its_default(name):
    (row,) = [line for line in README.splitlines() if f"`{name}`" in line and line.startswith("| `nl.kvk.")]
    default = kvk.parameters[name].default

    assert (", ".join(default) if isinstance(default, tuple) else str(default)) in row


@pytest.mark.parametrize("fact", [field.name for field in attrs.fields(KvkExtract)])
def test_a_fact_stands_in_the_readme(fact):
    assert f"`{fact}`" in README
