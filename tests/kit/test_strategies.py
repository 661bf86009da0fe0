"""Strategies: what they draw is valid, stays within its bounds, and finds the limits of the rules."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

import _hypothesis_barriermodel
import pool
from barriermodel import (
    UNKNOWN,
    Award,
    BarrierModel,
    Dossier,
    Evidence,
    Identifier,
    LegalForm,
    Level,
    Provider,
    Registry,
    Status,
    dump_dossier,
    euro,
)
from barriermodel.formats.dossier import read_dossier
from barriermodel.plugin import Between, Money
from barriermodel.testing import awards, dossiers, evidence, make_cases, providers, run_mutants
from barriermodel.testing.near_limits import moves
from barriermodel.testing.outcomes import dossier_differences
from examples import costly
from region import AS_OF, Accounts, Answers, Team, registry

REGISTRY = Registry.discover()


def drawn(strategy, number: int) -> list:
    found = []

    @settings(
        max_examples=number,
        phases=[Phase.generate],
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(value) -> None:
        found.append(value)

    collect()
    return found


@pytest.mark.nightly
def test_two_hundred_dossiers_notice_six_of_ten_mutants_and_random_ones_far_fewer(screening) -> None:
    near = run_mutants(screening, drawn(dossiers(screening), 200))
    uniform = run_mutants(screening, [uniformly(random.Random(n)) for n in range(200)])

    assert near.score >= 0.6
    assert uniform.score < near.score


def uniformly(dice: random.Random) -> Dossier:
    import screening

    return screening.make_uniform(dice)


@given(dossiers("twente-2019", registry=REGISTRY))
def test_a_dossier_near_the_limits_can_be_written_and_read(dossier) -> None:
    assert read_dossier(dump_dossier(dossier).encode(), REGISTRY) == dossier


def test_a_dossier_without_changes_is_clear_everywhere(screening) -> None:
    (clear, *_) = drawn(dossiers(screening, max_changes=0), 1)

    assert {rule.status for rule in screening.assess(clear).rules} == {Status.CLEAR}


def test_near_the_limits_every_status_is_met_often(screening) -> None:
    found = drawn(dossiers(screening), 150)
    advices = [screening.assess(dossier).advice for dossier in found]

    for wanted in (Level.GREEN, Level.ORANGE, Level.RED):
        assert sum(advice.at_least is wanted for advice in advices) >= 5
    assert sum(not advice.decided for advice in advices) >= 5


def test_evidence_is_aged_to_the_day_on_which_it_expires(screening) -> None:
    ages = {move.issued_on["register"] for move in moves(make_cases(screening)) if "register" in move.issued_on}

    assert ages == {date(2024, 11, 30), date(2024, 12, 1), date(2025, 6, 1), date(2025, 6, 2)}


def test_a_failure_shrinks_to_the_one_fact_that_matters(screening) -> None:
    smallest = find(
        dossiers(screening), lambda d: screening.assess(d).advice.at_least is Level.EXCLUDE,
        settings=settings(database=None, max_examples=500),
    )  # fmt: skip
    (clear, *_) = drawn(dossiers(screening, max_changes=0), 1)
    assert len(dossier_differences(clear, smallest)) == 1


@given(providers(), awards())
def test_providers_and_awards_are_valid(provider, award) -> None:
    assert isinstance(provider, Provider)
    assert award.value is UNKNOWN or award.value >= euro(0)


@given(
    evidence(
        Accounts, unknown=False, as_of=AS_OF, year=2024, turnover=Between(1, 10), profit=st.just(euro(5)),
    )
)  # fmt: skip
def test_bounds_are_kept(item) -> None:
    assert isinstance(item, Evidence)
    assert item.facts.year == 2024
    assert euro(1) <= item.facts.turnover <= euro(10)
    assert item.facts.profit == euro(5)
    assert AS_OF - timedelta(days=730) <= item.date <= AS_OF


@given(providers(unknown=False, legal_form=LegalForm.BV, identifiers=(Identifier("NL-KVK", "00000001"),)))
def test_a_provider_has_what_is_asked(provider) -> None:
    assert (provider.legal_form, len(provider.identifiers)) == (LegalForm.BV, 1)
    assert provider.name is not UNKNOWN


@given(evidence(Answers, issued_on=AS_OF), evidence(Team))
def test_evidence_of_every_type_of_fact_can_be_drawn(answers, team) -> None:
    assert answers.date == AS_OF
    assert team.kind.id == "team"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: providers(legalform="bv"), "Provider has no fact 'legalform'; did you mean 'legal_form'?"),
        (lambda: awards(nothing=1), "Award has no fact 'nothing'; it has id, authority"),
        (lambda: evidence(Provider), "takes a class decorated with @evidence"),
        (lambda: evidence(Accounts, yaer=1), "did you mean 'year'?"),
        (lambda: dossiers("twente-2019", max_changes=-1), "max_changes is 0 or more; got -1"),
    ],
)
def test_a_wrong_argument_is_told_at_once(make, message) -> None:
    with pytest.raises(InvalidArgument, match=message.replace("?", r"\?")):
        make()


@given(st.from_type(Provider), st.from_type(Award), st.from_type(Money), st.from_type(Identifier))
def test_our_types_are_known_to_from_type(provider, award, money, identifier) -> None:
    assert (type(provider), type(award), type(money), type(identifier)) == (Provider, Award, Money, Identifier)


def run_python(code: str, **environment: str) -> str:
    """What code prints in a process of its own, in which a warning is an error."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_hypothesis_imports_barriermodel_only_for_a_type_of_it() -> None:
    """Hypothesis loads our entry point in every program that imports it."""
    printed = run_python(
        "import sys, attrs, hypothesis\n"
        "from hypothesis import strategies as st\n"
        "@attrs.frozen\n"
        "class Other:\n"
        "    number: int\n"
        "def loaded(): return [name for name in sys.modules if name.startswith('barriermodel')]\n"
        "hypothesis.find(st.from_type(Other), lambda other: other.number > 3)\n"
        "assert not loaded(), loaded()\n"
        "import barriermodel.plugin\n"
        "hypothesis.find(st.from_type(Other) | st.from_type(list[str]), lambda other: True)\n"
        "assert 'barriermodel.testing' not in sys.modules\n"
        "print(type(hypothesis.find(st.from_type(barriermodel.plugin.Money), lambda amount: True)).__name__)"
    )

    assert printed == "Money"


@pytest.mark.parametrize(("switch", "registered"), [("", "True"), ("1", "False")])
def test_our_types_can_be_switched_off(switch: str, registered: str) -> None:
    code = (
        "import hypothesis\n"
        "from hypothesis.strategies._internal import types\n"
        "print('barriermodel' in types._global_extra_lookup)"
    )

    assert run_python(code, HYPOTHESIS_NO_PLUGINS=switch) == registered


def test_a_hypothesis_without_its_table_of_resolvers_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("hypothesis.strategies._internal.types._global_extra_lookup")

    _hypothesis_barriermodel.register()


@costly
@given(st.data(), pool.profiles())
def test_dossiers_can_be_drawn_for_any_profile(data, profile) -> None:
    model = BarrierModel(profile, registry(*pool.BARRIERS))
    dossier = data.draw(dossiers(model, max_changes=4))

    assert model.assess(dossier).advice is not None
