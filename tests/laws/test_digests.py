"""Digests tell neither an order nor what is withheld: who guesses at it cannot see whether the guess is right."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import pool
from barriermodel import (
    UNKNOWN,
    Absent,
    Assessment,
    BarrierModel,
    Dossier,
    Evidence,
    Identifier,
    Level,
    Requested,
    Source,
    euro,
)
from barriermodel.formats.digests import digest_of
from barriermodel.plugin import Localized, SourceType, UnknownReason
from region import AS_OF, Accounts, Answers, Extract, Member, Team, item, model, profile, registry, stage

REGISTRY = registry(*pool.BARRIERS)
MODEL = BarrierModel(profile(stage("all", *(made.id for made in pool.BARRIERS))), REGISTRY)
KINDS = st.sampled_from(["answers", "extract", "accounts", "team"])
DAYS = st.sampled_from([AS_OF, AS_OF - timedelta(10)])
absences = st.builds(
    Absent, kind=KINDS, reason=st.sampled_from([UnknownReason.MISSING, UnknownReason.UNAVAILABLE]),
    source=st.none() | st.builds(Source, type=st.just(SourceType.REGISTER), issuer=st.sampled_from(["A", "B"])),
)  # fmt: skip
requests = st.builds(Requested, kind=KINDS, asked_on=DAYS, due_on=st.none() | DAYS)


def digests(assessment: Assessment) -> tuple[str, str]:
    """Of the assessment, and of the dossier in it; both stand in the JSON, and the first follows from it."""
    data = assessment.to_dict()
    assert data["digest"] == assessment.digest == assessment.to_dict(confidential=True)["digest"] == digest_of(data)
    assert assessment.to_dict(confidential=True)["dossier"] == data["dossier"]
    return data["digest"], data["dossier"]["digest"]


# Order ------------------------------------------------------------------------------------------------


@given(st.data(), pool.dossiers(), pool.dossiers(), st.lists(absences, max_size=3), st.lists(requests, max_size=3))
def test_no_order_changes_a_digest(
    data: Any, dossier: Dossier, second: Dossier, absent: list[Absent], requested: list[Requested]
) -> None:
    evidence = [*dossier.evidence, *(attrs.evolve(item, id=f"{item.id}-b") for item in second.evidence)]
    one = attrs.evolve(dossier, evidence=evidence, absent=absent, requested=requested)
    other = attrs.evolve(
        dossier,
        evidence=data.draw(st.permutations(evidence)),
        absent=data.draw(st.permutations(absent)),
        requested=data.draw(st.permutations(requested)),
    )

    assert digests(MODEL.assess(one)) == digests(MODEL.assess(other))


def test_what_is_withheld_is_sorted() -> None:
    items = [item(Team(complete=True), id) for id in ("c", "a", "b")]

    told = [MODEL.assess(Dossier(as_of=AS_OF, provider=pool.Provider(), evidence=order)).to_dict()["withheld"]
            for order in (items, items[::-1])]  # fmt: skip

    assert [entry["evidence"] for entry in told[0]] == ["a", "b", "c"]
    assert told[0] == told[1]


# What is withheld -------------------------------------------------------------------------------------

known_members = st.builds(
    Member, name=st.text("abc", min_size=1), certified=st.booleans(), hours=st.sampled_from([0.5, 1.0]),
    since=st.sampled_from([AS_OF, AS_OF + timedelta(1), date(2020, 1, 1)]),
)  # fmt: skip
known_teams = st.builds(
    Team, members=st.lists(known_members, min_size=1, max_size=3),
    salaries=st.lists(st.sampled_from([euro(1), euro(2)]), min_size=1), complete=st.booleans(),
)  # fmt: skip
raw = st.builds(
    Source, type=st.sampled_from(SourceType), issuer=st.none() | st.just("B"), reference=st.none() | st.text("abc"),
    sha256=st.none() | st.text("0123456789abcdef", min_size=64, max_size=64),
)  # fmt: skip
withheld = st.fixed_dictionaries({
    "facts": known_teams, "source": st.none() | raw, "issued_on": st.dates(date(2020, 1, 1), AS_OF),
    "obtained_on": st.none() | DAYS, "notes": st.lists(st.just(Localized(nl="Geheim.", en="Secret.")), max_size=2),
})  # fmt: skip


@given(pool.dossiers(), withheld, withheld, st.lists(raw, min_size=2, max_size=2))
def test_what_differs_in_withheld_values_alone_has_one_digest(
    dossier: Dossier, team: dict[str, Any], other: dict[str, Any], sources: list[Source]
) -> None:
    """Where the rules find the same of it: that a rule hits is told."""
    rest = [item for item in dossier.evidence if item.kind.id != "team"]
    one, two = (
        MODEL.assess(
            attrs.evolve(
                dossier,
                evidence=[*rest, Evidence(id="ev-team", **values)],
                absent=[Absent(kind="team", reason=UnknownReason.MISSING, source=source)],
            )
        )
        for values, source in zip((team, other), sources, strict=True)
    )
    assume([rule.status for rule in one.rules] == [rule.status for rule in two.rules])

    assert digests(one) == digests(two)
    told = [one.to_dict(), two.to_dict()]
    for data in told:
        # that there are remarks on an item is told, and who issued it; not what they say
        del data["cautions"], data["report"], data["content_digest"]
    assert told[0] == told[1]


BASE = Dossier(
    as_of=AS_OF, provider=pool.Provider(), evidence=[item(Team(complete=True), "a"), item(Answers(count=1), "b")]
)


@pytest.mark.parametrize(
    "changed",
    [
        attrs.evolve(BASE, evidence=[item(Team(complete=True), "a"), item(Answers(count=2), "b")]),
        attrs.evolve(BASE, evidence=[item(Team(complete=True), "other"), item(Answers(count=1), "b")]),
        attrs.evolve(BASE, evidence=[item(Answers(count=1), "b")]),
        attrs.evolve(BASE, evidence=[*BASE.evidence, item(Accounts(year=2024), "c")]),
        attrs.evolve(BASE, provider=pool.Provider(name="Verzonnen")),
        attrs.evolve(BASE, provider=pool.Provider(identifiers=[Identifier("NL-KVK", "01234567")])),
        attrs.evolve(BASE, requested=[Requested(kind="extract", asked_on=AS_OF)]),
        attrs.evolve(BASE, absent=[Absent(kind="extract", reason=UnknownReason.UNAVAILABLE)]),
        attrs.evolve(BASE, as_of=AS_OF + timedelta(1)),
    ],
)
def test_all_else_that_differs_has_another_digest(changed: Dossier) -> None:
    assert digests(MODEL.assess(changed))[1] != digests(MODEL.assess(BASE))[1]


def test_which_facts_of_a_withheld_item_a_function_touched_is_not_told() -> None:
    made = pool.barrier("test.touch")

    @made.derived
    def all_paid(team: Team, extract: Extract) -> bool:
        return team.complete is True and team.salaries != () and extract.staff == 3

    @made.signal(level=Level.RED)
    def rule(all_paid: pool.Fact[bool]) -> pool.Fact[bool]:
        return all_paid

    def told(complete: bool) -> Any:
        found = model(made).assess(Dossier(
            as_of=AS_OF, provider=pool.Provider(),
            evidence=[item(Team(complete=complete), "a"), item(Extract(staff=UNKNOWN, active=True), "b")],
        ))  # fmt: skip
        return found.rules[0].status, found.to_dict()["stages"][0]["barriers"][0]["rules"][0]["facts"]

    assert told(True)[1][0]["inputs"] == ["team"]
