"""Stages in order: by level, by count and by points, and what an exclusion stops."""

from __future__ import annotations

from typing import Any

import pytest

from barriermodel import UNKNOWN, Absent, Assessment, Concern, Interval, Level, Moment, Source, Status
from barriermodel.engine.results import ConcernResult
from barriermodel.plugin import Fact, SourceType, Supplier, UnknownReason, evidence
from barriermodel.profiles.profile import RuleChange
from region import Accounts, Answers, Extract, barrier, dossier, flag_rules, item, model, stage

G, O, R, X = Level  # noqa: E741


def assess(levels: list[Level], told: list[Any], **how: Any) -> Assessment:
    """One stage of rules of these levels, each told to hit, to be clear, or (None) not told."""
    made, kinds = flag_rules("test.one", *levels)
    evidence = [
        item(kind(on=on), f"ev-{n}") for n, (kind, on) in enumerate(zip(kinds, told, strict=True)) if on is not None
    ]
    return model(made, stages=[stage("s", "test.one", **how)]).assess(dossier(*evidence))


HIT, OPEN, CLEAR, NOT = Status.HIT, Status.OPEN, Status.CLEAR, Status.NOT_APPLICABLE


@pytest.mark.parametrize("kind", ["signal", "requirement"])
@pytest.mark.parametrize(
    ("holds", "by_applies"),
    [(True, (HIT, OPEN, NOT)), (UNKNOWN, (OPEN, OPEN, NOT)), (False, (CLEAR, CLEAR, NOT))],
)
@pytest.mark.parametrize(("applies", "place"), [(True, 0), (UNKNOWN, 1), (False, 2)])
def test_a_rule_has_the_status_that_the_design_gives(
    kind: str, holds: Any, by_applies: tuple[Status, ...], applies: Any, place: int
) -> None:
    """The table of the design, section 2: of a signal as it stands, of a requirement for its negation."""
    made = barrier("test.one")

    @made.condition
    def concerned(answers: Answers) -> Fact[bool]:
        return answers.flag_b

    def rule(answers: Answers) -> Fact[bool]:
        return answers.flag

    if kind == "signal":
        made.signal(level=R, applies=concerned)(rule)
    else:
        made.requirement(level=R, applies=concerned)(rule)
        holds = holds if holds is UNKNOWN else not holds
    found = model(made).assess(dossier(item(Answers(flag=holds, flag_b=applies, count=1))))

    assert found.rule("test.one.rule").status is by_applies[place]


@pytest.mark.parametrize(
    ("levels", "told", "expected"),
    [
        ([O, R], [False, False], (G, G)), ([O, R], [True, False], (O, O)), ([O, R], [None, False], (G, O)),
        ([O, R], [True, None], (O, R)), ([O, R], [None, True], (R, R)), ([O, X], [None, None], (G, X)),
        ([X, R], [True, None], (X, X)), ([R, O], [True, None], (R, R)),
    ],
)  # fmt: skip
def test_by_level_the_worst_counts(levels: list[Level], told: list[Any], expected: tuple[Level, Level]) -> None:
    result = assess(levels, told)

    assert result.advice == result.stages[0].interval == result.stages[0].barriers[0].interval == Interval(*expected)
    assert result.moments == {Moment.ADMISSION: Interval(*expected)}
    assert result.concerns[Concern.INTEGRITY].interval == Interval(*expected)


def test_a_moment_and_a_concern_take_the_worst_of_several_stages() -> None:
    first, (low, _) = flag_rules("test.first", O, R)
    then, (other,) = flag_rules("test.then", O)
    third, (mild,) = flag_rules("test.third", O)
    stages = [stage("a", "test.first"), stage("b", "test.then"), stage("c", "test.third")]
    told = [(low, False), (other, True), (mild, False)]
    evidence = [item(kind(on=on), f"ev-{n}") for n, (kind, on) in enumerate(told)]

    result = model(first, then, third, stages=stages).assess(dossier(*evidence))

    assert [found.interval for found in result.stages] == [Interval(G, R), Interval(O, O), Interval(G, G)]
    assert result.moments == {Moment.ADMISSION: Interval(O, R)}
    assert result.concerns[Concern.INTEGRITY].interval == Interval(O, R)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([False] * 4, (G, G)), ([True, False, False, False], (G, G)), ([True, True, False, False], (O, O)),
        ([True] * 4, (R, R)), ([None] * 4, (G, R)), ([True, None, False, False], (G, O)),
        ([True, True, None, None], (O, R)), ([True, True, True, None], (O, R)), ([None, None, None, False], (G, O)),
    ],
)  # fmt: skip
def test_by_count_so_many_hits_make_a_level_whatever_their_own(told: list[Any], expected: tuple[Level, Level]) -> None:
    result = assess([R, O, R, O], told, by="count", orange=2, red=4)

    assert result.advice == Interval(*expected)
    (found,) = result.barriers
    assert (found.interval, found.hits, found.open) == (None, told.count(True), told.count(None))
    assert result.concerns == {Concern.INTEGRITY: ConcernResult(None, told.count(True), told.count(None))}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([True, False, False], (G, G)), ([False, True, False], (O, O)), ([False, False, True], (O, O)),
        ([True, False, True], (R, R)), ([None, True, True], (R, R)), ([None, None, False], (G, O)),
        ([None, True, None], (O, R)), ([None, False, None], (G, R)),
    ],
)  # fmt: skip
def test_by_points_weights_add_up(told: list[Any], expected: tuple[Level, Level]) -> None:
    weights = {"test.one.rule_0": 1, "test.one.rule_1": 2, "test.one.rule_2": 3}

    assert assess([O, O, O], told, by="points", orange=2, red=4, weights=weights).advice == Interval(*expected)


def test_a_rule_that_is_not_weighed_weighs_one() -> None:
    result = assess([O, O], [True, True], by="points", orange=6, red=7, weights={"test.one.rule_0": 5})

    assert result.advice == Interval(O, O)


# Exclusion --------------------------------------------------------------------------------------------


def two_stages(first: Any) -> tuple[Assessment, list[str]]:
    """A stage that may exclude, then one whose derived function says when it is called."""
    called: list[str] = []
    front, kinds = flag_rules("test.front", X, R)
    later = barrier("test.later", Concern.QUALITY)

    @later.derived
    def value(extract: Extract) -> bool:
        called.append("later")
        return extract is not None

    @later.signal(level=R)
    def rule(value: Fact[bool]) -> Fact[bool]:
        return value

    stages = [stage("front", "test.front"), stage("later", "test.later", moment=Moment.SUPERVISION)]
    given = [item(Extract(active=True), "x"), *([item(kinds[0](on=first), "y")] if first is not None else [])]
    return model(front, later, stages=stages).assess(dossier(*given)), called


def test_nothing_is_examined_after_an_exclusion() -> None:
    result, called = two_stages(True)

    assert called == []
    assert [(s.id, s.examined, s.interval) for s in result.stages] == [
        ("front", True, Interval(X, X)),
        ("later", False, None),
    ]
    assert result.rule("test.later.rule").status is Status.NOT_EXAMINED
    assert result.moments[Moment.SUPERVISION] is None
    assert result.advice == Interval(X, X)
    assert result.asks == ()
    assert result.errors == ()


@pytest.mark.parametrize(("first", "advice"), [(False, (R, R)), (None, (R, X))])
def test_only_a_certain_exclusion_stops(first: Any, advice: tuple[Level, Level]) -> None:
    result, called = two_stages(first)

    assert called == ["later"]
    assert [s.examined for s in result.stages] == [True, True]
    assert result.advice == Interval(*advice)


def test_red_stops_nothing() -> None:
    result, called = two_stages(False)

    assert result.stages[1].interval == Interval(R, R)
    assert called == ["later"]


def test_an_opaque_rule_that_is_left_out_is_not_called() -> None:
    made, kinds = flag_rules("test.one", R)

    @made.signal(level=O, opaque=True)
    def never(extract: Extract) -> bool:
        raise AssertionError("called" if extract else "")

    def errors(**other: Any) -> int:
        return len(
            model(made, **other).assess(dossier(item(Extract(active=True)), item(kinds[0](on=True), "b"))).errors
        )

    assert errors() == 1
    assert errors(rules={"test.one.never": RuleChange(reason="a", leave_out=True)}) == 0


def test_what_is_asked_comes_by_stage_then_register_then_burden() -> None:
    @evidence("a_kind", supplier=Supplier.PROVIDER, burden=0)
    class Effortless:
        on: Fact[bool] = UNKNOWN

    a, b = barrier("test.a"), barrier("test.b")

    @a.signal(level=R)
    def effortless(effortless: Effortless) -> Fact[bool]:
        return effortless.on

    @a.signal(level=R)
    def heavy(accounts: Accounts) -> Fact[bool]:
        return accounts.profit > accounts.turnover

    @a.signal(level=R)
    def light(answers: Answers) -> Fact[bool]:
        return answers.flag

    @a.signal(level=R)
    def register(extract: Extract) -> Fact[bool]:
        return extract.active

    first, kinds = flag_rules("test.first", R)
    result = model(a, b, first, stages=[stage("one", "test.first"), stage("two", "test.a")]).assess(dossier())

    assert [ask.kind.id for ask in result.asks] == ["test_first_0", "extract", "a_kind", "answers", "accounts"]
    assert [ask.facts for ask in result.asks][-1] == ("accounts.profit", "accounts.turnover")
    assert result.asks[-1].question["nl"] == "Over uw laatste year?"
    assert kinds


def test_what_a_register_does_not_cover_is_not_asked_for_but_stays_open() -> None:
    made = barrier("test.one")

    @made.requirement(level=R)
    def active(extract: Extract) -> Fact[bool]:
        return extract.active

    result = model(made).assess(dossier(absent=[Absent(kind="extract", reason=UnknownReason.NOT_COVERED)]))

    assert (result.asks, result.advice) == ((), Interval(G, R))


@pytest.mark.parametrize(
    ("supplier", "sources", "not_covering", "asked"),
    [
        (Supplier.REGISTER, (), ["A"], False),
        (Supplier.REGISTER, ("A",), ["A"], False),
        (Supplier.REGISTER, ("A",), ["B"], True),
        (Supplier.REGISTER, ("A", "B"), ["b"], True),
        (Supplier.REGISTER, ("A", "B"), ["b", "a"], False),
        (Supplier.REGISTER, ("A", "B"), [None], False),
        (Supplier.PROVIDER, (), ["A"], True),
        (Supplier.PROVIDER, (), [None], True),
    ],
)
def test_what_a_source_does_not_cover_is_asked_for_where_another_has_it(
    supplier: Supplier, sources: tuple[str, ...], not_covering: list[str | None], asked: bool
) -> None:
    """The provider can hand in what it supplies, whatever a register holds."""

    @evidence("papers", supplier=supplier, sources=sources)
    class Papers:
        there: Fact[bool] = UNKNOWN

    made = barrier("test.one")

    @made.requirement(level=R)
    def there(papers: Papers) -> Fact[bool]:
        return papers.there

    where = [Source(type=SourceType.REGISTER, issuer=issuer) if issuer else None for issuer in not_covering]
    absent = [Absent(kind="papers", reason=UnknownReason.NOT_COVERED, source=source) for source in where]
    result = model(made).assess(dossier(absent=absent))

    assert [(ask.kind.id, ask.reason) for ask in result.asks] == [("papers", UnknownReason.NOT_COVERED)] * asked
    words = result.explain("nl", width=200, full=True)
    assert ("Dit houdt het advies open" in words) is not asked
    assert f"{not_covering[0] or 'het register'} heeft deze rechtsvorm niet" in words


BARRIERMODEL_WORDS = {
    "nl": "evidence.permit.question = 'Over {name}?'",
    "en": "evidence.permit.question = 'Of {name}?'",
}


def test_a_question_repeats_what_is_known_word_for_word() -> None:
    """Also where that has braces in it; an empty text is nothing that is known."""

    @evidence("permit")
    class Permit:
        name: Fact[str] = UNKNOWN
        valid: Fact[bool] = UNKNOWN
        other: Fact[bool] = UNKNOWN

    made = barrier("test.one")

    @made.requirement(level=R)
    def valid(permit: Permit) -> Fact[bool]:
        return permit.valid

    for name, asked in (("{x}", "{x}"), ("}{", "}{"), ("", "your latest name"), ("a", "a")):
        (ask,) = model(made).assess(dossier(item(Permit(name=name, other=True)))).asks
        assert ask.question["en"].startswith(f"Of {asked}? ")
