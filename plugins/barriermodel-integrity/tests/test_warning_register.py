"""What an output shows of signals and registrations, and that they never exclude."""

from datetime import date

import pytest

from barriermodel import Dossier, Evidence, Level, Provider
from barriermodel.testing import single_barrier_model
from barriermodel_integrity import IkzCheck, WarningRegisterCheck, warning_register


@pytest.fixture
def assessment():
    facts = (
        IkzCheck(signal=True, reference="IKZ-GEHEIM-7"),
        WarningRegisterCheck(registered=True, removed=False, registered_on=date(2019, 3, 7), reference="WR-GEHEIM-7"),
    )
    evidence = tuple(Evidence(id=f"stuk-{n}", issued_on=date(2025, 12, 1), facts=each) for n, each in enumerate(facts))
    provider = Provider(name="Verzonnen Zorg B.V.")
    return single_barrier_model("nl.warning_register").assess(
        Dossier(as_of=date(2026, 1, 15), provider=provider, evidence=evidence)
    )


def test_what_the_registers_say_is_masked_unless_asked_for(assessment):
    for shown in (assessment.explain("nl"), assessment.explain("en"), assessment.markdown("nl"), assessment.to_json()):
        assert "GEHEIM" not in shown
        assert "2019" not in shown
    assert {e.id for e in assessment.withheld} == {"stuk-0", "stuk-1"}
    masked, open_ = (assessment.to_json(confidential=flag) for flag in (False, True))
    assert '"value": true' not in masked
    assert '"value": true' in open_


def test_it_never_excludes_and_is_never_red(assessment):
    assert assessment.advice.at_most is Level.ORANGE
    assert {rule.level for rule in warning_register.rules.values()} == {Level.ORANGE}


def test_the_kinds_say_that_the_retention_term_is_not_known():
    for kind in warning_register.kinds:
        assert kind.confidential
        assert kind.retention is not None
        assert "niet bekend" in kind.retention.nl
        assert "not known" in kind.retention.en
