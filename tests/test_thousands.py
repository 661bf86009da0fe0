"""An amount with three digits after its only mark is never guessed: it may be decimals or thousands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import pytest

from barriermodel import BarrierModel, DossierError, InputError, Level, ProfileError, euro, load_dossier
from barriermodel.formats.dossier import read_dossier
from barriermodel.plugin import Fact, Limit, Money, manual_entry_reader
from barriermodel.testing import read_scenarios
from region import Answers, barrier, registry

SMALL = "the amount 0.558 can be 0.558 or 558; write 558, or at most two decimals"
BOTH = "the amount 558.000 can be 558 or 558,000; write 558 or 558000"
FIVE = euro(5)
own = barrier("test.own")


@own.signal(level=Level.RED)
def large(answers: Answers, *, most: Annotated[Money, Limit(assumed=True)] = FIVE) -> Fact[bool]:
    return answers.amount > most


REGISTRY = registry(own)
PROFILE = """
id = "region"
title = { nl = "Regio", en = "Region" }
owner = "tests"
status = "reconstruction"
valid_from = 2019-01-01
sources = ["https://example.org"]
stages = [{ id = "front", title = { nl = "a", en = "a" }, moment = "admission", barriers = ["test.own"] }]
[parameters."test.own"]
most = { value = 558.000, source = "https://example.org" }
"""


def told(error: InputError) -> list[tuple[str, str]]:
    return [(problem.path, problem.message) for problem in error.problems]


def load(amount: str, share: str = "0.125") -> Any:
    """The facts of a dossier with an amount and a ratio as they are written."""
    item = f'{{"kind": "answers", "id": "a", "facts": {{"amount": {amount}, "share": {share}}}}}'
    head = '"schema": "barriermodel/dossier/1", "as_of": "2025-06-30", "provider": {}'
    return read_dossier(f'{{{head}, "evidence": [{item}]}}'.encode(), REGISTRY).evidence[0].facts


@pytest.mark.parametrize(("written", "readings"), [("558.000", BOTH), ("0.558", SMALL)])
def test_in_a_dossier_it_is_refused_with_both_readings(written: str, readings: str) -> None:
    with pytest.raises(DossierError) as caught:
        load(written)

    assert told(caught.value) == [("evidence[0].facts.amount", readings)]


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("558000", euro(558_000)),
        ("558.00", euro(558)),
        ("558.0", euro(558)),
        ("558.0000", euro(558)),
        ("5.58e5", euro(558_000)),
    ],
)
def test_every_other_way_of_writing_an_amount_is_read(written: str, amount: Any) -> None:
    """Nobody parts thousands so; and a ratio may have three decimals."""
    facts = load(written)

    assert (facts.amount, facts.share) == (amount, 0.125)


@pytest.mark.parametrize(
    ("written", "readings"),
    [
        ("12.500", "12.500 can be 12.5 or 12,500; write 12.5 or 12500"),
        ("-1.250", "-1.250 can be -1.25 or -1,250; write -1.25 or -1250"),
        ("1.234", "1.234 can be 1.234 or 1,234; write 1234, or at most two decimals"),
        ("1250000.000", "1250000.000 can be 1250000 or 1,250,000,000; write 1250000 or 1250000000"),
    ],
)
def test_both_readings_are_those_of_the_amount(written: str, readings: str) -> None:
    with pytest.raises(DossierError) as caught:
        load(written)
    with pytest.raises(ValueError, match="amount") as in_python:
        euro(written)

    assert told(caught.value)[0][1] == str(in_python.value) == f"the amount {readings}"


def test_in_the_toml_of_a_folder_and_of_what_was_typed_over_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dossier.toml").write_text("as_of = 2025-06-30\n[provider]\n[award]\nvalue = 558.000\n")
    with pytest.raises(DossierError) as caught:
        load_dossier(tmp_path, REGISTRY)
    assert told(caught.value) == [("award.value", BOTH)]

    reader = manual_entry_reader("answers", Answers)
    with pytest.raises(DossierError) as caught:
        reader.read(b'kind = "answers"\n[facts]\namount = 558.000\n')
    assert told(caught.value) == [("facts.amount", BOTH)]


def test_a_limit_of_a_profile_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "region.toml"
    path.write_text(PROFILE, encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        BarrierModel.load(path, REGISTRY)

    assert told(caught.value) == [('parameters."test.own".most[0].value', BOTH)]


def test_a_fact_of_a_scenario_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scenarios.toml"
    head = 'barrier = "test.own"\nas_of = 2025-06-30\n'
    case = '[[scenarios]]\nname = "a"\nfacts = { "answers.amount" = 558.000 }\nexpect = { advice = "green" }\n'
    path.write_text(head + case, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_scenarios(path, REGISTRY)

    assert BOTH in str(caught.value)
