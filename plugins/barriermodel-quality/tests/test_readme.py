"""The README says what the code does."""

from pathlib import Path

from barriermodel_quality import certificate_reader, quality_certificate
from markdown import blocks

PAGE = Path(__file__).parents[1] / "README.md"
README = PAGE.read_text(encoding="utf-8")


def test_its_example_can_be_read():
    (example,) = blocks(PAGE, "toml")
    (item,) = certificate_reader.read(example.encode())
    assert item.facts.standard == "HKZ"


def test_it_names_every_rule_with_its_level_and_every_parameter():
    for rule in quality_certificate.rules.values():
        assert f"| `{rule.id}` | {rule.kind.value} | {rule.level.key} |" in README
    for name, parameter in quality_certificate.parameters.items():
        assert f"| `{name}` | {', '.join(parameter.default)} |" in README
