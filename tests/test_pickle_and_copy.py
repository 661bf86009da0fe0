"""Models, rules, dossiers and assessments go to another process and are copied; equal results are equal."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

import sample_plugin
from barriermodel import (
    UNKNOWN,
    Assessment,
    BarrierModel,
    Concern,
    Dossier,
    Evidence,
    Interval,
    Level,
    Registry,
    Status,
    load_dossier,
    objects,
)
from barriermodel.plugin import Barrier, Fact, Rule, UnknownReason, read_profile
from barriermodel.rules.expression import Operation
from region import Answers, Member, Team, barrier, dossier, flag_rules, item, model, plugin

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
NAMES = ["bewijs-ontbreekt", "rode-aanbieder", "gezonde-aanbieder", "eenmanszaak"]


@pytest.fixture(scope="module")
def twente() -> BarrierModel:
    return BarrierModel.load("twente-2019")


@pytest.fixture(scope="module")
def dossiers() -> list[Dossier]:
    return [load_dossier(EXAMPLES / name) for name in NAMES]


def again(thing: Any) -> Any:
    return pickle.loads(pickle.dumps(thing))


COPIES = pytest.mark.parametrize("copied", [again, copy.copy, copy.deepcopy], ids=["pickle", "copy", "deepcopy"])


# Another process --------------------------------------------------------------------------------------


def test_a_pool_of_new_processes_assesses_dossiers(twente: BarrierModel, dossiers: list[Dossier]) -> None:
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        found = list(pool.map(twente.assess, dossiers))

    assert [str(one.advice) for one in found] == ["orange to red", "red", "green", "green"]
    assert found == [twente.assess(one) for one in dossiers]
    assert [one.explain("en") for one in found] == [twente.assess(one).explain("en") for one in dossiers]
    assert len({id(one.evaluation.resolved) for one in found}) <= 2  # one for each process, not for each assessment


def test_what_is_wrong_in_another_process_is_told_here(twente: BarrierModel, dossiers: list[Dossier]) -> None:
    early = attrs.evolve(dossiers[0], as_of=date(2018, 1, 1))
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        error = pool.submit(twente.assess, early).exception()

    assert str(error) == "profile twente-2019: it is valid from 2019-01-01, and the dossier is of 2018-01-01"


# Each sort of object ----------------------------------------------------------------------------------


@COPIES
def test_what_a_plugin_defines_stays_the_one_of_its_module(copied: Any) -> None:
    signals = sample_plugin.financial_signals
    rule = signals.rules["high_profit"]
    kind = signals.kinds[0]

    assert copied(signals) is signals
    assert copied(rule) is rule
    assert copied(sample_plugin.not_sole_trader) is sample_plugin.not_sole_trader
    assert copied(kind) is kind
    assert copied(kind.cls) is sample_plugin.AnnualAccounts


@COPIES
def test_derived_facts_and_rules_in_plain_python_are_found_by_their_barrier(copied: Any, twente: BarrierModel) -> None:
    barriers = [planned.definition for planned in twente.resolved.barriers]
    derived = [one for found in barriers for one in found.derived_facts.values()]

    assert derived
    assert all(copied(one) is one for one in derived)
    assert all(copied(rule) is rule for found in barriers for rule in found.rules.values())


@COPIES
def test_values_keep_their_identity(copied: Any) -> None:
    things = [UNKNOWN, Level.RED, UnknownReason.MISSING, Concern.INTEGRITY]

    assert all(copied(thing) is thing for thing in things)
    assert copied(Answers(count=3)).flag is UNKNOWN


@COPIES
def test_a_dossier_is_equal_and_hashes_alike(copied: Any, dossiers: list[Dossier]) -> None:
    for one in dossiers:
        found = copied(one)
        assert (found, hash(found)) == (one, hash(one))
        assert [item.kind for item in found.evidence] == [item.kind for item in one.evidence]


@COPIES
def test_a_model_and_its_profile_are_equal_and_assess_alike(
    copied: Any, twente: BarrierModel, dossiers: list[Dossier]
) -> None:
    found = copied(twente)

    assert (found, hash(found)) == (twente, hash(twente))
    assert copied(twente.profile) == twente.profile
    assert copied(twente.resolved).digest == twente.resolved.digest
    assert found.assess(dossiers[0]) == twente.assess(dossiers[0])


def test_a_model_of_a_region_goes_with_the_profile_that_it_was_made_of(dossiers: list[Dossier]) -> None:
    own = BarrierModel.load(EXAMPLES / "regio-eigen-profiel" / "regio-voorbeeld.toml")

    assert again(own).profile == read_profile(EXAMPLES / "regio-eigen-profiel" / "regio-voorbeeld.toml")
    assert again(own) == own != BarrierModel.load("twente-2019")


@COPIES
def test_a_registry_has_the_same_plugins(copied: Any) -> None:
    registry = Registry.discover()
    found = copied(registry)

    assert [plugin for plugin in found.plugins if plugin.name != "sample_plugin"] == list(registry.plugins)
    found.add(sample_plugin)
    assert len(found.plugins) == len(registry.plugins) + 1


@COPIES
def test_an_assessment_and_all_that_it_gives_is_equal(
    copied: Any, twente: BarrierModel, dossiers: list[Dossier]
) -> None:
    found = twente.assess(dossiers[0])
    made = copied(found)

    assert (made, hash(made), made.digest) == (found, hash(found), found.digest)
    assert made.to_dict(confidential=True) == found.to_dict(confidential=True)
    for name in ("advice", "stages", "barriers", "rules", "moments", "concerns", "asks", "cautions", "withheld"):
        assert copied(getattr(found, name)) == getattr(found, name), name
    for rule in found.rules:
        assert copied(rule.parameters) == rule.parameters
        assert copied(rule.facts) == rule.facts


@COPIES
def test_the_assessment_of_a_row_is_equal(copied: Any, twente: BarrierModel) -> None:
    row = {"kvk_extract__active": False, "derived__nl_kvk__has_care_activity": True}
    found = twente.explain_row(row, as_of=date(2026, 1, 15))
    made = copied(found)

    assert (made, hash(made), made.to_json()) == (found, hash(found), found.to_json())
    assert made.explain("en") == found.explain("en")
    assert copied(found.rules) == found.rules
    assert found == twente.explain_row(row, as_of=date(2026, 1, 15))
    assert found != twente.explain_row({**row, "kvk_extract__active": True}, as_of=date(2026, 1, 15))


def test_what_can_only_be_read_stays_so() -> None:
    made, (cls, *_) = flag_rules("test.read", Level.RED)
    found = copy.deepcopy(model(made).assess(dossier(item(cls(on=True)))))

    for mapping in (
        found.concerns,
        found.moments,
        found.rules[0].parameters,
        found.evaluation.selection,
        found.evaluation.outcomes,
    ):
        changing: Any = mapping
        with pytest.raises(TypeError, match="this mapping is read-only"):
            changing["x"] = 1
        with pytest.raises(TypeError, match="this mapping is read-only"):
            changing.clear()


def test_what_no_module_has_is_pickled_by_its_value() -> None:
    local = barrier("test.local")

    @local.condition
    def sometimes(answers: Answers) -> Fact[bool]:
        return answers.flag

    @local.signal(level=Level.RED, applies=sometimes)
    def something(answers: Answers) -> Fact[bool]:
        return answers.flag_b

    made = model(local)

    assert copy.deepcopy(local) is local
    assert copy.deepcopy(made) is made
    found = again([local, something, sometimes])
    assert found[0].rules["something"] is found[1]
    assert found[1].applies is found[2]
    assert found[1](Answers(flag_b=True)) is True
    assert again(made.assess(dossier(item(Answers(flag=True, flag_b=True))))).advice == Interval(Level.RED, Level.RED)
    assert str(again(made).assess(dossier(item(Answers(flag=True, flag_b=True)))).advice) == "red"


def test_what_is_told_of_assessments_does_not_get_lost_on_the_way() -> None:
    registry = Registry()
    registry.add(plugin(barrier("test.told"), barriermodel_assessed=lambda assessment: None))

    with pytest.raises(pickle.PicklingError) as error:
        pickle.dumps(registry)
    assert str(error.value) == (
        "test_plugin cannot be pickled: it is told of assessments, and no module of it can be imported"
    )


def test_a_process_with_another_version_of_a_rule_refuses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else limits that were set for one rule would be those of another, without a word."""
    rule = sample_plugin.financial_signals.rules["high_profit"]
    pickled = pickle.dumps([rule, sample_plugin.not_sole_trader])
    other = attrs.evolve(rule, expression=Operation("not", (rule.expression,), bool))
    monkeypatch.setitem(sample_plugin.financial_signals.rules, "high_profit", other)
    monkeypatch.setattr(sample_plugin, "high_profit", other)

    with pytest.raises(pickle.UnpicklingError) as error:
        pickle.loads(pickled)
    assert str(error.value) == (
        "sample_plugin has another rule nl.financial_signals.high_profit here; "
        "install the version with which it was pickled"
    )
    monkeypatch.undo()
    assert pickle.loads(pickled)[0] is rule


def test_a_process_without_a_rule_refuses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    pickled = pickle.dumps(sample_plugin.financial_signals)
    for name, value in list(vars(sample_plugin).items()):
        if isinstance(value, (Barrier, Rule)):
            monkeypatch.delattr(sample_plugin, name)

    with pytest.raises(
        pickle.UnpicklingError, match=r"sample_plugin has no barrier nl\.financial_signals here; install"
    ):
        pickle.loads(pickled)


@pytest.mark.parametrize("name", ["barriermodel", "barriermodel-kvk"])
@pytest.mark.parametrize("what", ["model", "plan", "assessment"])
def test_a_process_with_another_version_refuses_it(
    twente: BarrierModel, dossiers: list[Dossier], what: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An assessment names the versions that made it; what is derived in plain Python can differ without a trace."""
    made = {"model": twente, "plan": twente.resolved, "assessment": twente.assess(dossiers[0])}[what]
    pickled = pickle.dumps(made)
    there = objects.version_of
    monkeypatch.setattr(objects, "version_of", lambda asked: "0.0.9" if asked == name else there(asked))
    objects.unpack.cache_clear()

    with pytest.raises(pickle.UnpicklingError) as error:
        pickle.loads(pickled)
    assert str(error.value) == f"it was pickled with {name} 0.1.0, and 0.0.9 is installed here; install 0.1.0"
    monkeypatch.undo()
    assert pickle.loads(pickled) == made


# Equal results ----------------------------------------------------------------------------------------


def assess_with(team: Evidence, **facts: Any) -> Assessment:
    return model(_SIGNALS).assess(dossier(item(Answers(**{"flag": True, **facts})), team))


def assessed(**facts: Any) -> Assessment:
    return assess_with(item(Team(complete=True, members=(Member(hours=30.0),)), "team"), **facts)


_SIGNALS = barrier("test.signals")


@_SIGNALS.signal(level=Level.RED)
def too_many(answers: Answers, team: Team) -> Fact[bool]:
    return answers.flag & team.complete


def test_the_same_dossier_gives_equal_assessments() -> None:
    one, other = assessed(flag=True, count=3), assessed(flag=True, count=3)

    assert one == other
    assert hash(one) == hash(other)
    assert one.rules == other.rules
    assert one.rules[0].facts == other.rules[0].facts
    assert one.stages == other.stages
    assert len({one, other}) == 1


def test_another_fact_gives_another_assessment_also_where_no_rule_looks_at_it() -> None:
    one, other = assessed(flag=True, count=3), assessed(flag=True, count=4)

    assert one != other
    assert one.rules[0].values == other.rules[0].values
    assert one.rules[0] != other.rules[0]  # it cites other evidence
    assert assessed(flag=True).rules != assessed(flag=False).rules


def test_a_confidential_fact_makes_a_difference_that_no_digest_tells() -> None:
    one = assessed(flag=True)
    other = assess_with(item(Team(complete=True, members=(Member(hours=12.0),)), "team"))

    assert one.digest == other.digest
    assert one != other


def test_results_can_be_put_in_a_set() -> None:
    one, other, third = assessed(flag=True), assessed(flag=True), assessed(flag=False)

    for name in ("stages", "barriers", "rules"):
        assert len({*getattr(one, name), *getattr(other, name)}) == len(getattr(one, name)), name
    assert {fact.value for fact in {*one.rules[0].facts, *other.rules[0].facts}} == {True}
    assert len({*one.rules, *third.rules}) == 2


def test_the_order_of_evidence_makes_no_other_dossier_or_assessment(
    twente: BarrierModel, dossiers: list[Dossier]
) -> None:
    turned = [
        attrs.evolve(one, evidence=one.evidence[::-1], absent=one.absent[::-1], requested=one.requested[::-1])
        for one in dossiers
    ]

    assert max(len(one.evidence) for one in dossiers) > 1
    assert turned == dossiers
    assert list(map(hash, turned)) == list(map(hash, dossiers))
    assert list(map(twente.assess, turned)) == list(map(twente.assess, dossiers))
    assert attrs.evolve(turned[0], evidence=()) != dossiers[0]


def test_plans_that_are_equal_hash_alike(twente: BarrierModel) -> None:
    other = BarrierModel(twente.profile, twente.registry)

    assert other.resolved == twente.resolved
    assert other.resolved is not twente.resolved
    assert hash(other.resolved) == hash(twente.resolved)
    assert len({*twente.resolved.stages, *other.resolved.stages}) == len(twente.resolved.stages)


def test_an_assessment_under_another_profile_is_another() -> None:
    given = dossier(item(Answers(flag=True)))

    assert model(_SIGNALS).assess(given) == model(_SIGNALS).assess(given)
    assert model(_SIGNALS, id="other").assess(given) != model(_SIGNALS).assess(given)
    assert model(_SIGNALS).assess(given) != "red"


def test_parts_of_an_assessment_can_stand_in_a_set() -> None:
    one, other, another = assessed(flag=True), assessed(flag=True), assessed(flag=False)

    for name in ("rules", "barriers", "stages"):
        assert len({*getattr(one, name), *getattr(other, name)}) == len(getattr(one, name))
        assert len({*getattr(one, name), *getattr(another, name)}) > len(getattr(one, name))


def test_a_model_and_what_it_finds_can_only_be_read(twente: BarrierModel, dossiers: list[Dossier]) -> None:
    found = twente.assess(dossiers[0])
    row = twente.explain_row({"kvk_extract__active": False}, as_of=date(2026, 1, 15))

    for thing, name, value in [
        (twente, "resolved", None), (twente, "profile", None), (twente, "other", 1),
        (found.rules[0], "status", Status.CLEAR), (row.rules[0], "write", None),
        (found.barriers[0], "statuses", ()), (found.stages[0], "interval", None),
        (found, "advice", None),
    ]:  # fmt: skip
        with pytest.raises(AttributeError):
            setattr(thing, name, value)
    assert twente.assess(dossiers[0]) == found


# Sequences --------------------------------------------------------------------------------------------


def test_what_an_assessment_gives_in_an_order_is_a_sequence(twente: BarrierModel, dossiers: list[Dossier]) -> None:
    found = twente.assess(dossiers[0])

    for name in ("stages", "barriers", "rules", "asks", "cautions", "withheld", "errors"):
        sequence = getattr(found, name)
        assert type(sequence) is tuple, name
        assert list(sequence) == [sequence[i] for i in range(len(sequence))]
    assert found.rules[0].id == "nl.exclusion_grounds.corruption"
    assert found.rules[:2] == (found.rules[0], found.rules[1])
    assert found.rule(found.rules[3].id) is found.rules[3]
    assert found.rules is found.rules
    with pytest.raises(KeyError, match=r"there is no rule 'nl\.kvk\.activ'; did you mean 'nl\.kvk\.active'\?"):
        found.rule("nl.kvk.activ")
    with pytest.raises(KeyError, match="there is no rule None"):
        found.rule(None)  # type: ignore[arg-type]
    assert type(twente.resolved.barriers) is type(twente.resolved.stages) is tuple
    assert type(dossiers[0].evidence) is tuple
