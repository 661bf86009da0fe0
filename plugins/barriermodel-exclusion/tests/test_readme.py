"""The README says what the code does."""

import re
from pathlib import Path

import attrs
import pytest

from barriermodel import Procedure
from barriermodel_exclusion import Gva, SelfDeclaration, TaxStatement, Tender, exclusion_grounds, fresh_proof
from barriermodel_exclusion import reader_by_hand as by_hand
from barriermodel_exclusion.criteria import GROUNDS
from markdown import blocks

PAGE = Path(__file__).parents[1] / "README.md"
README = PAGE.read_text(encoding="utf-8")
RULES = [*exclusion_grounds.rules.values(), *fresh_proof.rules.values()]
PARAMETERS = exclusion_grounds.parameters | fresh_proof.parameters


def row(start):
    (found,) = [line for line in README.splitlines() if line.startswith(f"| `{start}` |")]
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_stands_in_it_with_its_level(rule):
    assert row(rule.id).startswith(f"| `{rule.id}` | {rule.kind.value} | {rule.level.name} |")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_which_article_is_not_verified_that_its_own_texts_name(rule):
    texts = " ".join([*((rule.words / part).en for part in ("hit", "clear", "look", "rebut")), rule.basis.en])

    assert "Not verified in the law as it stands today" in README
    assert [
        article for article in ("art. 2.87a", "art. 2.89") if article in texts and article not in rule.unverified.en
    ] == []


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_limit_stands_in_it_with_its_default_and_who_says_so(name):
    default = PARAMETERS[name].default
    words = ", ".join(p.value for p in default) if isinstance(default, tuple) else str(default)

    assert f"| {words} |" in row(name)
    assert ("assumption" in row(name)) is PARAMETERS[name].limit.assumed


@pytest.mark.parametrize("ground", GROUNDS, ids=lambda ground: ground.code)
def test_a_code_stands_in_it_with_its_facts(ground):
    facts = [ground.fact, *([ground.date_fact] if ground.date_fact else [])]
    facts += [f"{ground.debt}_final", f"{ground.debt}_settled"] if ground.debt else []
    (found,) = [line for line in README.splitlines() if line.startswith(f"| `{ground.code}` | `{facts[0]}`")]

    assert re.findall("`(.*?)`", found)[1:] == facts


@pytest.mark.parametrize("kind", [Tender, Gva, TaxStatement])
def test_a_fact_stands_in_it(kind):
    for field in attrs.fields(kind):
        assert f"`{field.name}`" in README


def test_every_fact_of_a_declaration_is_told_or_left_to_the_hand():
    told = set(re.findall("`([a-z_]+)`", README))
    by_hand_only = {"misconduct_on", *(f.name for f in attrs.fields(SelfDeclaration) if f.name.endswith("_final_on"))}

    assert {field.name for field in attrs.fields(SelfDeclaration)} - told <= by_hand_only


def test_its_tender_can_be_read():
    (example,) = [block for block in blocks(PAGE, "toml") if 'kind = "tender"' in block]
    (item,) = by_hand.read(example.encode())

    assert item.facts.received_on.year == 2026


def test_it_names_procedures_as_a_profile_does():
    named = {name for block in re.findall(r"value = \[(.*?)\]", README) for name in re.findall('"(.*?)"', block)}

    assert named <= {procedure.value for procedure in Procedure}
