"""What differs between two profiles, in the words that an official reads."""

from __future__ import annotations

from datetime import date

import attrs

import pool
from barriermodel import BarrierModel, Level, Moment, profile_difference
from barriermodel.analysis.reports import Difference
from barriermodel.plugin import Profile
from barriermodel.profiles.profile import AddedStage, Changes, Dated, ListChange, RuleChange
from barriermodel.reporting.difference import Topic
from region import flag_rules, profile, registry, stage

POOL = registry(*pool.BARRIERS)
MONEY = {"pool.money": {"most": (Dated(value=0.1, source="https://voorbeeld.example/norm"),)}}
BASE = profile(stage("front", "pool.money"), stage("later", "pool.plain"), id="basis", parameters=MONEY)


def between(a: Profile, b: Profile) -> dict[tuple[str, str], Difference]:
    found = profile_difference(BarrierModel(a, POOL).resolved, BarrierModel(b, POOL).resolved)
    return {(difference.topic.value, difference.id): difference for difference in found}


def test_a_limit_is_told_with_its_dates_and_sources() -> None:
    own = (
        Dated(value=0.1, assumption="Zo was het."),
        Dated(value=0.05, from_=date(2022, 1, 1), source="https://voorbeeld.example/nieuw", note="Terugbetalen."),
    )
    (found,) = between(attrs.evolve(BASE, id="regio", parameters={"pool.money": {"most": own}}), BASE).values()

    assert found.text.nl == (
        "De grens ‘most’ (pool.money.most) is in regio 10% (aanname) en 5% vanaf 1 januari 2022 "
        "(bron: https://voorbeeld.example/nieuw). "
        "In basis is die 10% (bron: https://voorbeeld.example/norm)."
    )
    assert found.text.en.startswith("In regio the limit ‘most’ (pool.money.most) is 10% (assumption) and 5% from 1 Jan")
    assert [remark.nl for remark in found.remarks] == [
        "regio, 10%, aanname: Zo was het.", "regio, 5%, let op: Terugbetalen.",
    ]  # fmt: skip
    assert found.b == [
        {"value": 0.1, "from": None, "source": "https://voorbeeld.example/norm", "assumption": None, "note": None}
    ]


def test_values_that_hardly_differ_are_written_differently() -> None:
    close = {"pool.money": {"most": (Dated(value=0.1004, source="https://voorbeeld.example/norm"),)}}
    (found,) = between(BASE, attrs.evolve(BASE, id="regio", parameters=close)).values()

    assert "10%" in found.text.nl
    assert "10,04%" in found.text.nl
    assert "10.04%" in found.text.en


def test_two_profiles_with_one_id_are_told_apart() -> None:
    (found,) = between(BASE, attrs.evolve(BASE, owner="iemand anders")).values()

    assert found.text.nl == "De eigenaar is in basis (A) ‘tests’. In basis (B) is die ‘iemand anders’."


def test_a_barrier_in_another_stage_is_moved() -> None:
    moved = profile(
        stage("front", "pool.plain"), stage("later", "pool.money", moment=Moment.SUPERVISION),
        id="regio", parameters=MONEY,
    )  # fmt: skip
    found = between(BASE, moved)

    assert list(found) == [("moment", "later"), ("barrier", "pool.money"), ("barrier", "pool.plain")]
    assert found["barrier", "pool.money"].text.en == (
        "In basis the barrier ‘money’ (pool.money) stands in the stage ‘Short.’ (admission). "
        "In regio it stands in the stage ‘Short.’ (supervision)."
    )


def test_profiles_with_nothing_in_common_differ_in_all_their_stages_and_barriers() -> None:
    other = profile(stage("only", "pool.people", by="count"), id="regio")
    found = between(BASE, other)

    assert list(found) == [
        ("stage", "front"), ("stage", "later"), ("stage", "only"),
        ("barrier", "pool.money"), ("barrier", "pool.plain"), ("barrier", "pool.people"), ("limit", "pool.money.most"),
    ]  # fmt: skip
    assert found["stage", "only"].text.nl.startswith("De stap ‘")
    assert "komt in basis niet voor. In regio hoort die bij toelating, met" in found["stage", "only"].text.nl
    assert "telt signalen: 1 of meer is oranje, 2 of meer is rood" in found["stage", "only"].text.nl


def test_a_barrier_that_is_added_brings_what_its_profile_sets() -> None:
    """The limits and levels of its plugin go without saying; what the region chose does not."""
    changes = Changes(
        add_stages=(AddedStage(id="new", title=BASE.title, moment=Moment.ADMISSION, barriers=("pool.people",)),),
        barriers={"later": ListChange(drop=("pool.plain",), add=("pool.register",))},
    )
    rule, other = list(pool.people.rules.values())[:2]
    region = attrs.evolve(BASE, stages=BASE.stages, id="regio")
    stages = (BASE.stages[0], attrs.evolve(BASE.stages[1], barriers=("pool.register",)), changes.add_stages[0])
    region = attrs.evolve(region, stages=stages, rules={
        rule.id: RuleChange(reason="proef", leave_out=True), other.id: RuleChange(reason="proef", level=Level.RED),
    })  # fmt: skip
    found = between(BASE, region)

    assert list(found) == [
        ("stage", "new"), ("barrier", "pool.plain"), ("barrier", "pool.register"), ("barrier", "pool.people"),
        ("rule", other.id), ("rule", rule.id),
    ]  # fmt: skip
    assert found["rule", rule.id].text.nl == (
        f"De regel {rule.id} komt in basis niet voor. In regio is die weggelaten."
    )
    assert [remark.en for remark in found["rule", rule.id].remarks] == ["regio, reason: proef."]


def test_weights_are_part_of_a_combination() -> None:
    first, second = (rule.id for rule in pool.plain.rules.values())
    points = [
        profile(stage("all", "pool.plain", by="points", weights=weights), id=id)
        for id, weights in (("regio", {first: 2}), ("basis", {second: 1}))
    ]
    (found,) = between(*points).values()

    assert (found.topic, found.id) == (Topic.COMBINATION, "all")
    assert f"gewicht van regels: 1, {first} 2" in found.text.nl
    assert "telt die punten: 1 of meer is oranje, 2 of meer is rood (bron" in found.text.nl


def test_another_reason_for_the_same_level_is_told() -> None:
    rule = next(iter(pool.plain.rules.values()))
    one, other = (
        attrs.evolve(BASE, id=id, rules={rule.id: RuleChange(level=Level.RED, reason=reason)})
        for id, reason in (("regio", "Een eis."), ("basis", "Een keuze."))
    )
    (found,) = between(one, other).values()

    assert (found.topic, found.id) == (Topic.RULE, rule.id)
    assert [remark.nl for remark in found.remarks] == ["regio, reden: Een eis.", "basis, reden: Een keuze."]


def test_a_rule_that_an_older_plugin_does_not_have_is_told() -> None:
    """Of a barrier that both have, nothing goes without saying."""
    plans = []
    for levels in ((Level.ORANGE,), (Level.ORANGE, Level.RED)):
        made, kinds = flag_rules("pool.flags", *levels)
        plans.append(BarrierModel(profile(stage("all", "pool.flags")), registry(made, kinds=kinds)).resolved)
    (found,) = profile_difference(*plans)

    assert found.text.en.startswith(f"In test (A) the rule {found.id} does not occur. In test (B) it gives red")


def test_where_a_stage_counts_a_rule_has_no_say_by_its_level() -> None:
    rule = next(iter(pool.plain.rules.values()))
    counting = profile(stage("all", "pool.plain", by="count"), id="basis")
    higher = attrs.evolve(counting, id="regio", rules={rule.id: RuleChange(level=Level.RED, reason="Proef.")})
    own = attrs.evolve(counting, rules={rule.id: RuleChange(level=Level.ORANGE, reason="Proef.")})
    (found,) = between(own, higher).values()

    assert found.text.nl == (
        f"De regel {rule.id} telt in basis mee (eigen niveau: oranje). In regio telt die mee (eigen niveau: rood)."
    )
