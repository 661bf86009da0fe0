"""Profiles fitted to their plugins: inheritance, dates, changes, and what may not be run."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

import pool
from barriermodel import (
    Award,
    BarrierModel,
    InputError,
    Interval,
    Level,
    Moment,
    Procedure,
    ProfileError,
    Registry,
    euro,
)
from barriermodel.plugin import Localized, Profile
from barriermodel.profiles.profile import AddedStage, Changes, Combine, CombineBy, Dated, ListChange, RuleChange
from barriermodel.reporting.difference import profile_changes
from region import SHORT, Answers, dossier, item, plugin, profile, registry, stage

REGISTRY = registry(*pool.BARRIERS)
BASE = profile(
    stage("front", "pool.money"),
    stage("later", "pool.plain", moment=Moment.MONITORING, by="count", orange=1, red=2),
    id="base",
    parameters={"pool.money": {"most": (Dated(value=0.2, source="base"),)}},
    rules={"pool.money.two_losses": RuleChange(reason="base", level=Level.RED)},
)  # fmt: skip


def extending(*profiles: Profile, **changes: Any) -> BarrierModel:
    """The model of a profile that extends the last of these profiles, which a plugin ships."""
    bases = profiles or (BASE,)
    found = Registry()
    found.add(plugin(*pool.BARRIERS, kinds=pool_kinds()))
    for base in bases:
        found._found[0] = attrs.evolve(found._found[0], profiles=(*found._found[0].profiles, base))
    own = profile(**{"id": "region", "extends": bases[-1].id, "stages": (), **changes})
    return BarrierModel(own, found)


def pool_kinds() -> Any:
    from region import KINDS

    return KINDS


def shape(model: BarrierModel) -> dict[str, list[str]]:
    return {s.id: [b.id for b in s.barriers] for s in model.resolved.stages}


def problems(caught: Any) -> str:
    return " ".join(f"{p.path}: {p.message}" for p in caught.value.problems)


def refused(**changes: Any) -> str:
    with pytest.raises(ProfileError) as caught:
        extending(**changes)
    return problems(caught)


# Inheriting -------------------------------------------------------------------------------------------


def test_what_is_not_changed_is_inherited() -> None:
    model = extending()
    money = model.resolved.stages[0].barriers[0]

    assert shape(model) == {"front": ["pool.money"], "later": ["pool.plain"]}
    assert [(s.value, s.set_by, s.source) for s in money.parameters["most"].settings] == [(0.2, "base", "base")]
    assert {r.id: (r.level, r.changed_by) for r in money.rules}["pool.money.two_losses"] == (Level.RED, "base")
    assert profile_changes(model.profile) == ()
    assert model.resolved.digest != BarrierModel(BASE, REGISTRY).resolved.digest  # another id, another owner perhaps


def test_stages_and_barriers_are_added_and_dropped() -> None:
    added = AddedStage(id="new", title=SHORT, moment=Moment.SUPERVISION, barriers=("pool.people",), after="front")
    first = AddedStage(id="first", title=SHORT, moment=Moment.ADMISSION, barriers=("pool.plain",))
    changes = Changes(
        add_stages=(added, first), drop_stages=("later",),
        barriers={"front": ListChange(add=("pool.register",), drop=("pool.money",))},
    )  # fmt: skip
    model = extending(changes=changes, parameters={}, rules={})

    assert shape(model) == {"first": ["pool.plain"], "front": ["pool.register"], "new": ["pool.people"]}
    assert [change.en for change in profile_changes(model.profile)] == [
        "drops stage later", "adds stage new after front: pool.people", "adds stage first as the first: pool.plain",
        "adds pool.register to stage front", "drops pool.money from stage front",
    ]  # fmt: skip


def test_a_combination_is_replaced() -> None:
    combine = Combine(by=CombineBy.POINTS, orange=2, red=3, weights={"pool.plain.flagged": 2}, assumption="a")
    model = extending(changes=Changes(combine={"later": combine}))

    assert model.resolved.stages[1].combine == combine
    assert model.resolved.stages[1].combine_set_by == "region"
    assert extending().resolved.stages[1].combine_set_by == "base"
    assert [r.weight for r in model.resolved.stages[1].barriers[0].rules] == [2, 1]


def test_stages_that_are_given_replace_those_of_the_base() -> None:
    model = extending(stages=(stage("only", "pool.money"),))

    assert shape(model) == {"only": ["pool.money"]}
    assert model.resolved.stages[0].barriers[0].parameters["most"].settings[0].value == 0.2


def test_a_parameter_that_is_given_replaces_the_bases_values() -> None:
    values = (Dated(value=0.3, from_=date(2020, 1, 1), assumption="own"),)
    model = extending(parameters={"pool.money": {"most": values}})
    (setting,) = model.resolved.stages[0].barriers[0].parameters["most"].settings

    assert (setting.value, setting.set_by, setting.assumption) == (0.3, "region", "own")
    assert profile_changes(model.profile) == (
        Localized("zet pool.money.most op 0.3 vanaf 1 januari 2020", "sets pool.money.most to 0.3 from 1 January 2020"),
    )


def test_a_level_is_changed_and_a_rule_left_out() -> None:
    rules = {
        "pool.money.high_profit": RuleChange(reason="r1", level=Level.ORANGE),
        "pool.money.two_losses": RuleChange(reason="r2", leave_out=True),
    }
    model = extending(rules=rules)
    found = {r.definition.name: (r.level, r.reason, r.changed_by) for r in model.resolved.stages[0].barriers[0].rules}

    assert found == {"high_profit": (Level.ORANGE, "r1", "region"), "too_large": (Level.EXCLUDE, None, None)}
    assert profile_changes(model.profile) == (
        Localized("zet pool.money.high_profit op oranje: r1", "sets pool.money.high_profit to orange: r1"),
        Localized("laat pool.money.two_losses weg: r2", "leaves out pool.money.two_losses: r2"),
    )


def test_that_a_region_excludes_is_told_as_possible_in_both_languages() -> None:
    model = extending(rules={"pool.money.high_profit": RuleChange(reason="r", level=Level.EXCLUDE)})

    assert profile_changes(model.profile) == (
        Localized(
            "zet pool.money.high_profit op uitsluiting mogelijk: r",
            "sets pool.money.high_profit to exclusion possible: r",
        ),
    )


def test_a_chain_of_profiles_is_laid_over_each_other() -> None:
    middle = profile(
        id="middle", extends="base", changes=Changes(drop_stages=("later",)),
        parameters={"pool.money": {"most": (Dated(value=0.3, source="middle"),)}},
    )  # fmt: skip
    model = extending(BASE, middle)

    assert shape(model) == {"front": ["pool.money"]}
    assert model.resolved.stages[0].barriers[0].parameters["most"].settings[0].set_by == "middle"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (Changes(drop_stages=("frnt",)), "changes.drop_stages: the base has no stage 'frnt'; did you mean 'front'?"),
        (Changes(barriers={"frnt": ListChange()}), "changes.barriers.frnt: the base has no stage"),
        (Changes(combine={"x": Combine()}), "changes.combine.x: the base has no stage 'x'; it has front, later"),
        (Changes(barriers={"front": ListChange(drop=("pool.mony",))}), "did you mean 'pool.money'?"),
        (Changes(barriers={"front": ListChange(add=("pool.money",))}), "stands in the profile twice"),
        (Changes(barriers={"front": ListChange(add=("pool.mony",))}), "did you mean 'pool.money'?"),
        (Changes(barriers={"front": ListChange(drop=("pool.money",))}), "name one or drop the stage"),
        (Changes(drop_stages=("front", "later")), "no stage is left"),
        (
            Changes(
                add_stages=(AddedStage(id="front", title=SHORT, moment=Moment.ADMISSION, barriers=("pool.people",)),)
            ),
            "two stages have the id 'front'",
        ),
    ],
)
def test_a_change_that_does_not_fit_is_refused(changes: Changes, words: str) -> None:
    assert words in refused(changes=changes, parameters={}, rules={})


def test_profiles_that_extend_each_other_are_refused() -> None:
    one, two = profile(id="one", extends="two"), profile(id="two", extends="one")

    with pytest.raises(ProfileError) as caught:
        extending(two, one)
    assert "circle: region extends one extends two extends one" in problems(caught)


def test_a_base_that_is_not_there_gets_a_suggestion() -> None:
    assert "extends: there is no profile 'bas'" in refused(extends="bas")
    assert "did you mean 'base'?" in refused(extends="bas")


def test_changes_need_a_base_and_stages_exclude_them() -> None:
    with pytest.raises(ValueError, match="go with extends"):
        profile(stage("a", "pool.money"), changes=Changes())
    with pytest.raises(ValueError, match="not both"):
        profile(stage("a", "pool.money"), extends="base", changes=Changes())
    with pytest.raises(ValueError, match=r"give \[\[stages\]\]"):
        profile()


# Dates ------------------------------------------------------------------------------------------------

DATED = profile(
    stage("all", "pool.money"),
    valid_from=date(2019, 1, 1),
    valid_until=date(2025, 12, 31),
    parameters={
        "pool.money": {
            "most": (
                Dated(value=0.5, from_=date(2020, 1, 1), source="a"),
                Dated(value=0.05, from_=date(2022, 1, 1), source="b"),
            )
        }
    },
)


@pytest.mark.parametrize(
    ("as_of", "hit", "limit"),
    [
        (date(2020, 1, 1), False, 0.5), (date(2021, 12, 31), False, 0.5), (date(2022, 1, 1), True, 0.05),
        (date(2025, 12, 31), True, 0.05),
    ],
)  # fmt: skip
def test_the_value_in_force_on_the_dossiers_date_holds(as_of: date, hit: bool, limit: float) -> None:
    facts = pool.Accounts(year=2019, profit=euro(1), turnover=euro(10))
    result = BarrierModel(DATED, REGISTRY).assess(dossier(item(facts, issued_on=date(2020, 1, 1)), as_of=as_of))
    rule = result.rule("pool.money.high_profit")

    assert (rule.status.key == "hit") is hit
    assert rule.parameters["most"].value == limit


def test_one_model_serves_dossiers_of_every_date_in_any_order() -> None:
    model = BarrierModel(DATED, REGISTRY)
    facts = pool.Accounts(year=2019, profit=euro(1), turnover=euro(10))
    days = [date(2023, 1, 1), date(2020, 5, 5), date(2022, 1, 1), date(2021, 12, 31)]
    found = [
        model.assess(dossier(item(facts, issued_on=date(2020, 1, 1)), as_of=day))
        .rule("pool.money.high_profit")
        .status.key
        for day in days
    ]

    assert found == ["hit", "clear", "hit", "clear"]


def test_a_date_before_the_first_value_is_an_error_that_names_the_dates() -> None:
    with pytest.raises(InputError) as caught:
        BarrierModel(DATED, REGISTRY).assess(dossier(as_of=date(2019, 12, 31)))

    assert problems(caught) == (
        'parameters."pool.money".most: no value on 2019-12-31; there are values from 2020-01-01, 2022-01-01: '
        "add an older one"
    )


@pytest.mark.parametrize("as_of", [date(2018, 12, 31), date(2026, 1, 1)])
def test_a_date_outside_the_profiles_own_is_an_error(as_of: date) -> None:
    with pytest.raises(InputError, match="valid from 2019-01-01 until 2025-12-31"):
        BarrierModel(DATED, REGISTRY).assess(dossier(as_of=as_of))


def test_the_first_and_last_day_of_a_profile_count() -> None:
    plain = attrs.evolve(DATED, parameters={})
    for as_of in (date(2019, 1, 1), date(2025, 12, 31)):
        assert BarrierModel(plain, REGISTRY).assess(dossier(as_of=as_of)).stages[0].examined


# Open house -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["count", "points"])
@pytest.mark.parametrize("moment", list(Moment))
@pytest.mark.parametrize("procedure", [None, *Procedure])
def test_an_open_house_does_not_compare_applicants(by: str, moment: Moment, procedure: Procedure | None) -> None:
    model = BarrierModel(profile(stage("all", "pool.plain", by=by, moment=moment)), REGISTRY)
    given = dossier(award=Award(procedure=procedure) if procedure else Award())

    if procedure is Procedure.OPEN_HOUSE and moment is Moment.ADMISSION:
        with pytest.raises(InputError, match="make an open house a tender"):
            model.assess(given)
    else:
        assert model.assess(given).stages[0].examined


def test_an_open_house_may_be_assessed_by_level() -> None:
    model = BarrierModel(profile(stage("all", "pool.plain")), REGISTRY)
    result = model.assess(dossier(item(Answers(count=1)), award=Award(procedure=Procedure.OPEN_HOUSE)))

    assert result.advice == Interval(Level.GREEN, Level.RED)


# What says nothing ------------------------------------------------------------------------------------


def test_a_barrier_of_which_every_rule_is_left_out_is_refused() -> None:
    """Nothing found would read as green."""
    left_out = {rule: RuleChange(leave_out=True, reason="proef") for rule in (r.id for r in pool.plain.rules.values())}

    assert "has no rule left" in refused(rules=left_out)


def test_a_profile_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="valid_until is before valid_from"):
        profile(stage("a", "pool.plain"), valid_from=date(2025, 1, 2), valid_until=date(2025, 1, 1))


def test_a_stage_that_is_dropped_cannot_be_changed_as_well() -> None:
    changes = Changes(drop_stages=("later",), barriers={"later": ListChange(drop=("pool.plain",))})

    assert "is dropped, so it cannot be changed as well" in refused(changes=changes)
