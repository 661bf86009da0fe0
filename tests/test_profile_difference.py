"""What differs between two profiles: nothing for one with itself, one thing for one change, and the same both ways."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pool
from barriermodel import BarrierModel, Difference, Level, Moment, Money, Profile, Registry, profile_difference
from barriermodel.cli.commands import run
from barriermodel.pipeline.plan import Plan, PlannedParameter
from barriermodel.pipeline.profile import (
    WORST,
    AddedStage,
    Changes,
    Combine,
    CombineBy,
    Dated,
    ListChange,
    ProfileStatus,
    RuleChange,
)
from barriermodel.report.difference import Topic
from region import flag_rules, profile, registry, stage

INSTALLED = Registry.discover()
PLANS = {id: BarrierModel.load(id, INSTALLED).plan for id in sorted(INSTALLED.profiles)}
POOL = registry(*pool.BARRIERS)


def keys(found: tuple[Difference, ...]) -> list[tuple[str, str]]:
    return [(difference.topic.value, difference.id) for difference in found]


# Laws -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", PLANS)
def test_a_profile_does_not_differ_from_itself(id: str) -> None:
    again = BarrierModel.load(id, Registry.discover()).plan

    assert profile_difference(PLANS[id], again) == ()


def assert_turned_round(a: Plan, b: Plan) -> None:
    there, back = profile_difference(a, b), profile_difference(b, a)

    assert {(d.topic, d.id): (d.a, d.b) for d in there} == {(d.topic, d.id): (d.b, d.a) for d in back}
    assert len(set(keys(there))) == len(there) == len(back)


@pytest.mark.parametrize(("a", "b"), list(combinations(PLANS, 2)))
def test_turned_round_it_is_the_same(a: str, b: str) -> None:
    assert_turned_round(PLANS[a], PLANS[b])


@given(pool.profiles(), pool.profiles())
@settings(max_examples=20, deadline=None)
def test_turned_round_it_is_the_same_for_any_two_profiles(a: Profile, b: Profile) -> None:
    assert_turned_round(BarrierModel(a, POOL).plan, BarrierModel(b, POOL).plan)


@pytest.mark.parametrize("id", [id for id, plan in PLANS.items() if plan.profile.extends])
def test_each_change_that_a_profile_lists_is_told(id: str) -> None:
    plan = PLANS[id]
    own, base = plan.profile, PLANS[plan.profile.extends or ""]
    found = set(keys(profile_difference(base, plan)))
    changes = own.changes or Changes()
    expected = {("limit", f"{barrier}.{name}") for barrier, values in own.parameters.items() for name in values}
    expected |= {("rule", rule) for rule in own.rules}
    expected |= {("stage", stage) for stage in [*changes.drop_stages, *(s.id for s in changes.add_stages)]}
    expected |= {("barrier", b) for change in changes.barriers.values() for b in (*change.add, *change.drop)}
    expected |= {("combination", stage) for stage in changes.combine}

    assert expected <= found
    assert bool(plan.changes) == bool(expected or own.stages)
    if own.stages:
        assert any(topic in {"stage", "order", "moment", "combination", "barrier"} for topic, _ in found)


# One change, one difference ---------------------------------------------------------------------------


def other_value(parameter: PlannedParameter, value: Any) -> Any:
    """A value near this one that the parameter can have, as a profile writes it."""
    if isinstance(value, tuple):
        return list(value[:-1]) if len(value) > 1 else [*value, *value]
    if isinstance(value, Money):
        return value.cents // 100 + 1
    if isinstance(value, date):
        return value + timedelta(1)
    bounds = parameter.spec.field.bounds
    step = 1 if isinstance(value, int) else 0.0625
    top = bounds is not None and bounds.at_most is not None and value + step > bounds.at_most
    return value - step if top else value + step


def as_written(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [as_written(member) for member in value]
    if isinstance(value, Money):
        return value.cents // 100
    return getattr(value, "value", value)


@st.composite
def changed(draw: st.DrawFn, plan: Plan) -> tuple[Topic, str, dict[str, Any]]:
    """One change to a profile, what it is about, and the keys with which an extension says it."""
    stages = tuple(planned.stage for planned in plan.stages)
    number = draw(st.integers(0, len(stages) - 1))
    one = stages[number]
    rest = (stages[:number], stages[number + 1 :])
    sort = draw(st.sampled_from(["limit", "level", "left_out", "order", "moment", "combination", "status", "until"]))
    if sort == "limit":
        barrier, parameter = draw(
            st.sampled_from([(b.barrier.id, p) for b in plan.barriers for p in b.parameters.values()])
        )
        return limit_change(draw, barrier, parameter)
    if sort in ("level", "left_out"):
        planned, rule = draw(st.sampled_from([(s, r) for s in plan.stages for r in s.rules]))
        levels = [level for level in (Level.ORANGE, Level.RED) if level is not rule.level]
        siblings = [r for b in planned.barriers if rule in b.rules for r in b.rules]
        left_out = sort == "left_out" and len(siblings) > 1 and rule.rule.id not in planned.stage.combine.weights
        change = RuleChange(reason="test", leave_out=True) if left_out else RuleChange(reason="test", level=levels[0])
        return Topic.RULE, rule.rule.id, {"rules": {rule.rule.id: change}}
    if sort == "order" and len(stages) > 1:
        return Topic.ORDER, "", {"stages": stages[::-1]}
    if sort == "moment":
        moment = draw(st.sampled_from([m for m in Moment if m is not one.moment]))
        return Topic.MOMENT, one.id, {"stages": (*rest[0], attrs.evolve(one, moment=moment), *rest[1])}
    if sort == "combination":
        counted = Combine(by=CombineBy.COUNT, orange=7, red=draw(st.integers(8, 9)), assumption="test")
        combine = WORST if one.combine.by is not CombineBy.WORST else counted
        lower = {r.rule.id: r for r in plan.stages[number].rules if r.level is Level.EXCLUDE}
        if not lower:
            return Topic.COMBINATION, one.id, {"changes": Changes(combine={one.id: combine})}
    if sort == "status":
        other = [status for status in ProfileStatus if status is not plan.profile.status]
        return Topic.STATUS, "", {"status": draw(st.sampled_from(other))}
    return Topic.VALIDITY, "", {"valid_until": date(2999, 1, 1)}


def limit_change(draw: st.DrawFn, barrier: str, parameter: PlannedParameter) -> tuple[Topic, str, dict[str, Any]]:
    name = parameter.spec.name
    written = [
        Dated(
            value=as_written(s.value), from_=s.since, source=s.source, assumption=s.assumption, note=s.note
        )
        for s in parameter.settings
    ]  # fmt: skip
    last = written[-1]
    what = draw(st.sampled_from(["value", "source", "note", "later"]))
    if what == "value":
        last = attrs.evolve(last, value=as_written(other_value(parameter, parameter.settings[-1].value)))
    elif what == "source":
        last = attrs.evolve(last, source=None, assumption="another")
    elif what == "note":
        last = attrs.evolve(last, note="another")
    more = [attrs.evolve(last, from_=date(2998, 1, 1))] if what == "later" else []
    return Topic.LIMIT, f"{barrier}.{name}", {"parameters": {barrier: {name: (*written[:-1], last, *more)}}}


@pytest.mark.parametrize("id", PLANS)
@given(st.data())
@settings(max_examples=15, deadline=None)
def test_one_change_gives_one_difference(id: str, data: st.DataObject) -> None:
    plan = PLANS[id]
    topic, about, change = data.draw(changed(plan))
    same = {name: getattr(plan.profile, name) for name in ("title", "owner", "status", "valid_from", "valid_until")}
    region = Profile(**(same | {"id": "region", "extends": id} | change))

    found = profile_difference(plan, BarrierModel(region, INSTALLED).plan)

    assert keys(found) == [(topic.value, about)]
    (difference,) = found
    assert difference.a != difference.b
    for text in (difference.text.nl, difference.text.en):
        assert id in text
        assert "region" in text
        assert text.endswith(".")
        assert "  " not in text


# In words ---------------------------------------------------------------------------------------------

MONEY = {"pool.money": {"most": (Dated(value=0.1, source="https://voorbeeld.example/norm"),)}}
BASE = profile(stage("front", "pool.money"), stage("later", "pool.plain"), id="basis", parameters=MONEY)


def between(a: Profile, b: Profile) -> dict[tuple[str, str], Difference]:
    found = profile_difference(BarrierModel(a, POOL).plan, BarrierModel(b, POOL).plan)
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
        "In basis the barrier ‘t’ (pool.money) stands in the stage ‘t’ (admission). "
        "In regio it stands in the stage ‘t’ (supervision)."
    ).replace("‘t’", f"‘{BASE.stages[0].title.en}’")


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
    stages = (BASE.stages[0], attrs.evolve(BASE.stages[1], barriers=("pool.register",)), changes.add_stages[0].stage)
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
        plans.append(BarrierModel(profile(stage("all", "pool.flags")), registry(made, kinds=kinds)).plan)
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


# The command ------------------------------------------------------------------------------------------

EXAMPLE = str(Path(__file__).parent.parent / "docs/examples/regio-eigen-profiel/regio-voorbeeld.toml")


def test_the_command_says_it_in_dutch_and_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profiles", "diff", "twente-2019", EXAMPLE]) == 0
    dutch = capsys.readouterr().out
    assert run(["profiles", "diff", "twente-2019", EXAMPLE, "--lang", "en"]) == 0
    english = capsys.readouterr().out

    assert dutch.startswith("Wat verschilt tussen twente-2019 en regio-voorbeeld\n")
    assert "\nGrenzen\n  - De grens ‘" in dutch
    assert english.startswith("What differs between twente-2019 and regio-voorbeeld\n")
    assert "\nLimits\n  - In twente-2019 the limit ‘" in english


def test_the_command_gives_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profiles", "diff", "twente-2019", EXAMPLE, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    expected = profile_difference(PLANS["twente-2019"], BarrierModel.load(EXAMPLE, INSTALLED).plan)

    assert found["a"] == {"id": "twente-2019", "digest": PLANS["twente-2019"].digest}
    assert [(d["topic"], d["id"], d["a"], d["b"], d["text"]["nl"]) for d in found["differences"]] == [
        (d.topic.value, d.id, d.a, d.b, d.text.nl) for d in expected
    ]


def test_the_command_writes_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profiles", "diff", "twente-2019", EXAMPLE, "--format", "markdown"]) == 0
    out = capsys.readouterr().out

    assert out.startswith("# Wat verschilt tussen twente-2019 en regio-voorbeeld\n")
    assert "\n## Grenzen\n\n- De grens" in out
    assert "\n  - twente-2019, 400%, aanname: " in out


def test_the_command_says_so_where_nothing_differs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profiles", "diff", EXAMPLE, EXAMPLE]) == 0
    assert "Er is geen verschil: regio-voorbeeld en regio-voorbeeld stellen dezelfde eisen" in capsys.readouterr().out
    assert run(["profiles", "diff", EXAMPLE, EXAMPLE, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["differences"] == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["diff", "twente-2019"], "Missing argument 'B'"),
        (["diff"], "Missing argument 'A'"),
        (["diff", "twente-2019", "nowhere"], "nowhere"),
        (["twente-2019", "diff"], "unexpected extra argument"),
    ],
)
def test_what_cannot_be_compared_is_a_mistake(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["profiles", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_a_profile_shows_the_notes_of_its_limits(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "region.toml"
    path.write_text(
        'id = "region"\ntitle = { nl = "Regio", en = "Region" }\nowner = "x"\nstatus = "contract"\n'
        'valid_from = 2025-01-01\n[[stages]]\nid = "s"\ntitle = { nl = "Stap", en = "Stage" }\nmoment = "monitoring"\n'
        'barriers = ["nl.financial_signals"]\n[parameters."nl.financial_signals"]\n'
        'max_margin = { value = 0.05, source = "https://voorbeeld.example", '
        'note = { nl = "Terugbetalen.", en = "Pay back." } }\n',
        encoding="utf-8",
    )

    assert run(["profiles", str(path), "--lang", "en"]) == 0
    assert "max_margin = 5% (region; https://voorbeeld.example; Pay back.)" in capsys.readouterr().out
    assert run(["profiles", str(path), "--format", "json"]) == 0
    (stage_data,) = json.loads(capsys.readouterr().out)["stages"]
    assert stage_data["barriers"][0]["parameters"]["max_margin"][0]["note"]["nl"] == "Terugbetalen."


# The page ---------------------------------------------------------------------------------------------

PAGE = (Path(__file__).parent.parent / "docs/profile.md").read_text(encoding="utf-8")


def test_what_the_page_on_profiles_shows_is_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    (shown,) = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    command, _, output = shown.partition("\n")

    assert run(command.removeprefix("$ barriermodel ").split()) == 0
    assert capsys.readouterr().out == output


def test_the_python_on_the_page_on_profiles_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(code, "profile.md", "exec"), {})

    assert "\norder  In nl-basis the order of the stages is ‘" in capsys.readouterr().out
