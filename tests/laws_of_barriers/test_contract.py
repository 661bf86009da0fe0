"""The contract of a barrier: a test for each law, exemptions with a reason, one clear sentence where it is missing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from law_pages import Page, installed
from variants import with_derived

from barriermodel import Dossier, Registry
from barriermodel.testing import LAWS, LawBroken, barrier_contract
from barriermodel.testing.barrier_under_test import BarrierUnderTest

FILE = """
import keeps, breaks

from barriermodel import Registry
from barriermodel.testing import barrier_contract

PLUGINS = Registry()
PLUGINS.add(keeps)
PLUGINS.add(breaks)

TestKeeps = barrier_contract("voorbeeld.tenancy", registry=PLUGINS, max_examples=5)
TestBreaks = barrier_contract("voorbeeld.housing", registry=PLUGINS, max_examples=5)
TestExempt = barrier_contract(
    "voorbeeld.housing", registry=PLUGINS, max_examples=5,
    exempt={"sources_given": "The contract says so.", "total": "It never fails."},
)
TestMissing = barrier_contract("voorbeeld.houzing", registry=PLUGINS)
"""


@attrs.frozen
class Outcome:
    """What became of a test, and what was said of it."""

    what: str
    message: str = ""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Outcome]:
    """The outcome of each test of a file with four contracts, by its name."""
    folder = tmp_path_factory.mktemp("contracts")
    keeps = Page("texts_complete").mended.replace("housing", "tenancy").replace("rent_overview", "tenancy_overview")
    (folder / "keeps.py").write_text(keeps, encoding="utf-8")
    (folder / "breaks.py").write_text(Page("sources_given").broken, encoding="utf-8")
    (folder / "test_contracts.py").write_text(FILE, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error", "--junitxml=found.xml"]
    subprocess.run([*command, "test_contracts.py"], cwd=folder, capture_output=True, check=False)
    found: dict[str, Outcome] = {}
    for case in ElementTree.parse(folder / "found.xml").iter("testcase"):
        outcome = next((Outcome(one.tag, one.get("message", "")) for one in case), Outcome("passed"))
        found[f"{case.get('classname', '').rpartition('.')[2]}::{case.get('name')}"] = outcome
    return found


def test_there_is_a_test_by_the_name_of_each_law(ran: Mapping[str, Outcome]) -> None:
    contracts = ("TestKeeps", "TestBreaks", "TestExempt", "TestMissing")

    assert list(ran) == [f"{contract}::test_{law}" for contract in contracts for law in LAWS]


def test_contracts_in_one_module_do_not_disturb_one_another(ran: Mapping[str, Outcome]) -> None:
    failures = {name for name, outcome in ran.items() if outcome.what == "failure" and "TestMissing" not in name}
    failed = {name for name in failures if not name.endswith("::test_texts_complete")}  # the page leaves them out

    assert {outcome.what for name, outcome in ran.items() if "TestKeeps" in name} == {"passed"}
    assert failed == {"TestBreaks::test_sources_given", "TestExempt::test_total"}


def test_a_law_that_is_broken_says_so_in_one_sentence(ran: Mapping[str, Outcome]) -> None:
    message = ran["TestBreaks::test_sources_given"].message

    assert message.strip() == f"barriermodel.testing.law_checking.LawBroken: {Page('sources_given').said}"


def test_an_exempted_law_must_be_broken_and_the_reason_is_reported(ran: Mapping[str, Outcome]) -> None:
    broken, kept = ran["TestExempt::test_sources_given"], ran["TestExempt::test_total"]

    assert broken == Outcome("skipped", "sources_given: The contract says so.")  # how this report calls an xfail
    assert kept.what == "failure"
    assert "[XPASS(strict)] total: It never fails." in kept.message


def test_a_barrier_that_is_not_installed_is_told_in_one_sentence(ran: Mapping[str, Outcome]) -> None:
    messages = {outcome.message.strip() for name, outcome in ran.items() if "TestMissing" in name}
    sentence = "there is no barrier 'voorbeeld.houzing'; did you mean 'voorbeeld.housing'?"

    assert messages == {f"barriermodel.testing.law_checking.LawBroken: voorbeeld.houzing: {sentence}"}


@pytest.mark.parametrize(
    ("exempt", "message"),
    [
        ({"source_given": "x"}, r"there is no law 'source_given'; did you mean 'sources_given'\?"),
        ({"everything": "x"}, "there is no law 'everything'; there are installed_and_ok, cheap_import, "),
        ({"total": " "}, "say why voorbeeld.housing does not keep the law 'total'"),
    ],
)
def test_an_exemption_that_says_nothing_is_refused(exempt: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        barrier_contract("voorbeeld.housing", exempt=exempt)


def test_a_barrier_of_a_broken_plugin_is_told_with_what_is_wrong_with_it(tmp_path: Path) -> None:
    registry = Registry()
    registry.add(object(), "onaf")
    contract = barrier_contract("voorbeeld.onaf", registry=registry)

    with pytest.raises(
        LawBroken, match=r"Perhaps it is in onaf, which is incompatible: It does not say which plugin API"
    ):
        contract().test_installed_and_ok()


def test_a_contract_asks_for_the_installed_plugins_only_when_it_is_run() -> None:
    contract = barrier_contract("nl.kvk")

    assert contract.__name__ == "Contract of nl.kvk"
    assert contract.__doc__ == "The laws of nl.kvk."
    assert contract.test_total.__doc__ == LAWS["total"].says
    contract().test_numbers_come_from_the_rule()


def tried(subject: BarrierUnderTest) -> list[Dossier]:
    """The dossiers on which a check is tried."""
    seen: list[Dossier] = []

    def check(dossier: Dossier) -> None:
        seen.append(dossier)

    subject.for_all(check)
    return seen


def test_derandomized_dossiers_are_the_same_each_time(tmp_path: Path) -> None:
    with installed(with_derived("return extract.active"), "made", tmp_path) as subject:
        subject.max_examples = 30
        first = tried(subject)

        assert settings.default is not None
        assert settings.default.derandomize
        assert len(first) >= 30
        assert tried(subject) == first


def test_laws_can_be_tried_within_a_test_of_hypothesis(tmp_path: Path) -> None:
    with installed(with_derived("return extract.active"), "made", tmp_path) as subject:

        @settings(max_examples=2, deadline=None)
        @given(st.booleans())
        def check(_: bool) -> None:
            LAWS["numbers_come_from_the_rule"].check(subject)

        check()


def test_the_dossier_of_what_breaks_a_law_once_is_still_told(tmp_path: Path) -> None:
    with installed(with_derived("return extract.active"), "made", tmp_path) as subject:
        calls: list[Dossier] = []

        def once(dossier: Dossier) -> None:
            calls.append(dossier)
            if len(calls) == 7:
                raise subject.broken("voorbeeld.made.rule", "it broke once", dossier)

        with pytest.raises(LawBroken, match=r"^voorbeeld\.made\.rule: it broke once\.\nThe smallest dossier differs"):
            subject.for_all(once)
