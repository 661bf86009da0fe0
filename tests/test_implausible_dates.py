"""A date that cannot be is unknown, everywhere alike; what was stated is kept and told."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import pytest
from jsonschema import Draft202012Validator

from barriermodel import (
    UNKNOWN,
    Award,
    BarrierModel,
    DossierError,
    Evidence,
    InputError,
    Level,
    Procedure,
    Status,
    dump_dossier,
    load_dossier,
)
from barriermodel.domain.plausible import plausible
from barriermodel.formats.dossier import read_dossier
from barriermodel.formats.schema import dossier_schema
from barriermodel.plugin import (
    AsOf,
    Between,
    DefinitionError,
    Fact,
    Limit,
    NotBefore,
    Past,
    UnknownReason,
    add_months,
    evidence,
    record,
)
from region import AS_OF, barrier, dossier, item, profile, registry, stage

BARRIERMODEL_WORDS = {
    "nl": """
        evidence.life.title = "Levensloop"
        evidence.life.facts = { begun_on = "begonnen op", ends_on = "eindigt op" }
        """,
    "en": """
        evidence.life.title = "Life"
        evidence.life.facts = { begun_on = "begun on", ends_on = "ends on" }
        """,
}
DAY = timedelta(days=1)
FIRST, LAST = date(1583, 1, 1), date(2199, 12, 31)
PLACEHOLDERS = (date(1900, 1, 1), date(1899, 12, 30))


@record
class Move:
    """A record in a list."""

    moved_on: Annotated[Fact[date], Past()] = UNKNOWN


@evidence("life")
class Life:
    """Dates of every sort."""

    any_day: Fact[date] = UNKNOWN
    begun_on: Annotated[Fact[date], Past()] = UNKNOWN
    ends_on: Annotated[Fact[date], NotBefore("begun_on")] = UNKNOWN
    since_1850: Annotated[Fact[date], Between(date(1850, 1, 1))] = UNKNOWN
    in_2020: Annotated[Fact[date], Between(date(2020, 1, 1), date(2020, 12, 31))] = UNKNOWN
    until_2020: Annotated[Fact[date], Between(at_most=date(2020, 12, 31))] = UNKNOWN
    moves: Fact[tuple[Move, ...]] = UNKNOWN
    days: Fact[tuple[date, ...]] = UNKNOWN


@evidence("secret_life", confidential=True, retention=True)
class SecretLife:
    """The same, confidential."""

    begun_on: Annotated[Fact[date], Past()] = UNKNOWN


@evidence("by_day", one_per="day")
class ByDay:
    """One per day."""

    day: Annotated[Fact[date], Past()] = UNKNOWN
    bad: Fact[bool] = UNKNOWN


made = barrier("x.dates")


@made.signal(level=Level.RED)
def young(life: Life, as_of: AsOf) -> Fact[bool]:
    return add_months(life.begun_on, 24) > as_of


@made.signal(level=Level.RED)
def secretly_young(life: SecretLife, as_of: AsOf) -> Fact[bool]:
    return add_months(life.begun_on, 24) > as_of


@made.signal(level=Level.RED)
def late(award: Award, as_of: AsOf) -> Fact[bool]:
    return award.starts_on < as_of


@made.derived
def recent_moves(life: Life) -> int:
    return sum(move.moved_on >= date(2020, 1, 1) for move in life.moves)  # type: ignore[union-attr, misc]


@made.signal(level=Level.RED)
def moves_often(recent_moves: Fact[int]) -> Fact[bool]:
    return recent_moves > 2


@made.signal(level=Level.RED)
def bad_day(by_day: ByDay) -> Fact[bool]:
    return by_day.bad


MODEL = BarrierModel(profile(stage("all", "x.dates")), registry(made, kinds=(Life, SecretLife, ByDay)))


def status(rule: str, *items: Evidence, **other: Any) -> Status:
    return MODEL.assess(dossier(*items, **other)).rule(f"x.dates.{rule}").status


# What cannot be ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "day", "holds"),
    [
        ("any_day", FIRST, True), ("any_day", FIRST - DAY, False), ("any_day", date(25, 3, 1), False),
        ("any_day", LAST, True), ("any_day", LAST + DAY, False), ("any_day", date.max, False),
        ("any_day", PLACEHOLDERS[0], False), ("any_day", PLACEHOLDERS[1], False),
        ("any_day", date(1899, 12, 31), True), ("any_day", date(1900, 1, 2), True), ("any_day", AS_OF + DAY, True),
        ("begun_on", AS_OF, True), ("begun_on", AS_OF + DAY, False), ("begun_on", date(2126, 1, 1), False),
        ("begun_on", PLACEHOLDERS[0], False), ("begun_on", FIRST - DAY, False),
        ("since_1850", PLACEHOLDERS[0], True), ("since_1850", PLACEHOLDERS[1], True),
        ("since_1850", date(1849, 12, 31), False), ("since_1850", LAST + DAY, False),
        ("in_2020", date(2020, 1, 1), True), ("in_2020", date(2019, 12, 31), False),
        ("in_2020", date(2020, 12, 31), True), ("in_2020", date(2021, 1, 1), False),
        ("until_2020", PLACEHOLDERS[0], False), ("until_2020", FIRST, True), ("until_2020", date(2021, 1, 1), False),
    ],
)  # fmt: skip
def test_what_a_date_can_be(fact: str, day: date, holds: bool) -> None:
    stated: dict[str, Any] = {fact: day}
    seen = plausible(Life(**stated), AS_OF)
    assert getattr(seen, fact) == (day if holds else UNKNOWN)


def test_of_records_only_their_own_dates_are_unknown_and_of_dates_the_whole_list() -> None:
    life = Life(moves=(Move(moved_on=AS_OF), Move(moved_on=AS_OF + DAY)), days=(AS_OF, PLACEHOLDERS[0]))
    seen = plausible(life, AS_OF)
    assert seen.moves == (Move(moved_on=AS_OF), Move())
    assert seen.days is UNKNOWN


def test_what_can_be_stays_the_very_same_object() -> None:
    life = Life(any_day=AS_OF, moves=(Move(moved_on=AS_OF),), days=(AS_OF,))
    assert plausible(life, AS_OF) is life


@pytest.mark.parametrize("extra", [Past(), NotBefore("b")])
def test_only_dates_can_be_past_or_ordered(extra: Any) -> None:
    with pytest.raises(DefinitionError, match=r"Wrong.a: Past\(\) and NotBefore"):

        @record
        class Wrong:
            a: Annotated[Fact[int], extra] = UNKNOWN
            b: Fact[date] = UNKNOWN


@pytest.mark.parametrize("name", ["c", "number"])
def test_a_date_is_ordered_after_another_date_of_its_class(name: str) -> None:
    with pytest.raises(DefinitionError, match=r"Wrong.a: NotBefore"):

        @record
        class Wrong:
            a: Annotated[Fact[date], NotBefore(name)] = UNKNOWN
            number: Fact[int] = UNKNOWN


@pytest.mark.parametrize(("kind", "bounds"), [(date, Between(0)), (int, Between(date(2020, 1, 1)))])
def test_bounds_are_of_the_type_of_the_fact(kind: Any, bounds: Between) -> None:
    with pytest.raises(DefinitionError, match=r"Wrong.a: Between takes dates for a date"):

        @record
        class Wrong:
            a: Annotated[Fact[kind], bounds] = UNKNOWN


def test_a_limit_outside_its_bounds_is_an_error() -> None:
    limits = barrier("x.limits")
    with pytest.raises(DefinitionError, match="expected at most 2199-12-31; got 9999-12-31"):

        @limits.signal(level=Level.RED)
        def rule(
            life: Life, *, since: Annotated[date, Limit(assumed=True), Between(at_most=LAST)] = date.max
        ) -> Fact[bool]:
            return life.any_day > since


# In an assessment -------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [*PLACEHOLDERS, date(25, 3, 1), AS_OF + DAY, date.max])
def test_a_rule_sees_it_as_unknown(day: date) -> None:
    assert status("young", item(Life(begun_on=day))) is Status.OPEN
    assert status("young", item(Life(begun_on=date(2025, 1, 1)))) is Status.HIT
    assert status("young", item(Life(begun_on=date(2019, 1, 1)))) is Status.CLEAR


@pytest.mark.parametrize("day", [PLACEHOLDERS[0], date.max])
def test_a_date_of_the_award_that_cannot_be_leaves_its_rule_open(day: date) -> None:
    assert status("late", award=Award(starts_on=day)) is Status.OPEN
    assert status("late", award=Award(starts_on=AS_OF)) is Status.CLEAR
    fact = MODEL.assess(dossier(award=Award(starts_on=day))).rule("x.dates.late").facts[0]
    assert fact.why is not None
    assert fact.why.reason is UnknownReason.IMPLAUSIBLE


def test_a_derived_fact_comes_upon_an_unknown() -> None:
    many = tuple(Move(moved_on=date(2021, 1, n)) for n in range(1, 4))
    assert status("moves_often", item(Life(moves=many))) is Status.HIT
    found = MODEL.assess(dossier(item(Life(moves=(*many, Move(moved_on=AS_OF + DAY))))))
    fact = found.rule("x.dates.moves_often").facts[0]
    assert found.rule("x.dates.moves_often").status is Status.OPEN
    assert fact.why is not None
    assert (fact.why.reason, fact.inputs) == (UnknownReason.IMPLAUSIBLE, ("life.moved_on",))


def test_a_key_that_cannot_be_is_unknown_too() -> None:
    known = item(ByDay(day=date(2025, 1, 1), bad=True), id="a")
    assert status("bad_day", known) is Status.HIT
    assert status("bad_day", known, item(ByDay(day=AS_OF + DAY, bad=False), id="b")) is Status.OPEN


def test_items_of_one_date_are_merged_without_it() -> None:
    good = item(Life(begun_on=date(2019, 1, 1)), id="a")
    assert status("young", good, item(Life(begun_on=PLACEHOLDERS[0]), id="b")) is Status.CLEAR


# What is told -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "nl", "en"),
    [
        (
            PLACEHOLDERS[0],
            "1 januari 1900 is een datum die een spreadsheet invult als er niets staat",
            "1 January 1900 is a date that a spreadsheet fills in where there is nothing",
        ),
        (
            date(25, 3, 1),
            "1 maart 0025 kan niet kloppen: dat is vóór 1 januari 1583",
            "1 March 0025 cannot be right: that is before 1 January 1583",
        ),
        (
            date.max,
            "31 december 9999 kan niet kloppen: dat is na 31 december 2199",
            "31 December 9999 cannot be right: that is after 31 December 2199",
        ),
        (
            date(2126, 1, 1),
            "1 januari 2126 kan niet kloppen: dat is na de peildatum, en dit moet al gebeurd zijn",
            "1 January 2126 cannot be right: that is after the reference date, and this must have happened by then",
        ),
    ],
)
def test_the_explanation_says_what_was_found_and_why_it_is_not_taken(day: date, nl: str, en: str) -> None:
    found = MODEL.assess(dossier(item(Life(begun_on=day))))
    data = found.to_dict()
    told = next(rule for rule in data["stages"][0]["barriers"][0]["rules"] if rule["id"] == "x.dates.young")

    assert told["text"] == {"nl": f"Nog niet bekend: begonnen op ({nl}).", "en": f"Not known yet: begun on ({en})."}
    assert told["facts"][0] == {
        "name": "life.begun_on", "value": None, "evidence": ["ev-1"], "unknown": "implausible",
        "found": day.isoformat(),
    }  # fmt: skip
    assert nl in " ".join(found.explain("nl", width=300, full=True).split())
    assert [caution["text"]["nl"] for caution in data["cautions"]] == [
        f"Levensloop ‘ev-1’: begonnen op telt als onbekend. {nl}. Vraag de juiste datum na."
    ]


def test_it_is_told_although_no_rule_is_open_for_it() -> None:
    cautions = MODEL.assess(dossier(item(Life(any_day=date(25, 3, 1))))).cautions
    assert [(one.kind, one.evidence) for one in cautions] == [("life", ("ev-1",))]


def test_of_a_confidential_kind_it_is_withheld_unless_asked_for() -> None:
    found = MODEL.assess(dossier(item(SecretLife(begun_on=date(2126, 1, 1)))))
    shown = (found.explain("nl", full=True), found.explain("en", full=True), found.to_json())

    assert not any("2126" in text for text in shown)
    assert found.rule("x.dates.secretly_young").status is Status.OPEN
    assert "de datum kan niet kloppen" in found.explain("nl", width=300, full=True)
    assert found.to_dict()["cautions"] == []  # not even that there is one: it would tell how withheld dates compare
    assert len(found.to_dict(confidential=True)["cautions"]) == 1
    assert "2126" in found.explain("nl", confidential=True, full=True)
    assert "2126-01-01" in found.to_json(confidential=True)


def test_a_request_says_that_the_date_cannot_be_right() -> None:
    (ask,) = [a for a in MODEL.assess(dossier(item(Life(begun_on=date.max, moves=())))).asks if a.kind.id == "life"]
    assert ask.reason is UnknownReason.IMPLAUSIBLE


def test_the_dossier_keeps_what_was_stated() -> None:
    given = dossier(item(Life(begun_on=PLACEHOLDERS[0])), award=Award(starts_on=date.max))
    written = dump_dossier(given)
    assert '"begun_on": "1900-01-01"' in written
    assert read_dossier(written.encode(), MODEL.registry) == given
    assert MODEL.assess(given).to_dict()["award"] == {"starts_on": "9999-12-31"}


# Dates that contradict each other ---------------------------------------------------------------------


def test_an_end_before_the_start_is_a_caution_and_both_count() -> None:
    life = Life(begun_on=date(2024, 6, 1), ends_on=date(2024, 1, 1))
    found = MODEL.assess(dossier(item(life), award=Award(starts_on=date(2027, 1, 1), ends_on=date(2026, 1, 1))))

    both = " Beide tellen mee zoals ze er staan; kijk welke klopt."
    assert [caution.text.nl for caution in found.cautions] == [
        f"Opdracht: einddatum (1 januari 2026) ligt vóór ingangsdatum (1 januari 2027).{both}",
        f"Levensloop ‘ev-1’: eindigt op (1 januari 2024) ligt vóór begonnen op (1 juni 2024).{both}",
    ]
    assert found.rule("x.dates.young").status is Status.HIT
    assert found.rule("x.dates.late").status is Status.CLEAR


def test_a_date_that_cannot_be_contradicts_nothing() -> None:
    found = MODEL.assess(dossier(award=Award(starts_on=date(2027, 1, 1), ends_on=PLACEHOLDERS[0])))
    assert ["telt als onbekend" in caution.text.nl for caution in found.cautions] == [True]


# The dossier's date -----------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [FIRST - DAY, LAST + DAY, date.min, date.max])
def test_a_dossier_is_of_no_such_date(day: date) -> None:
    with pytest.raises(ValueError, match=f"as_of is a date from 1583-01-01 to 2199-12-31; got {day}"):
        dossier(as_of=day)
    with pytest.raises(InputError, match="as_of is a date from 1583-01-01 to 2199-12-31"):
        MODEL.explain_row({}, as_of=day)
    with pytest.raises(InputError, match="as_of is a date from 1583-01-01 to 2199-12-31"):
        MODEL.explain_row({"as_of": day})


def test_a_dossier_file_of_a_date_out_of_bounds_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "dossier.json"
    file.write_text('{"schema": "barriermodel/dossier/1", "as_of": "9996-01-01", "provider": {}}')
    with pytest.raises(DossierError, match="as_of is a date from 1583-01-01 to 2199-12-31; got 9996-01-01"):
        load_dossier(file, MODEL.registry)


@pytest.mark.parametrize("as_of", [FIRST, LAST])
def test_nothing_overflows_at_the_ends(as_of: date) -> None:
    """Thirty years on from the last day, and thirty back from the first, are in the calendar."""
    near = [as_of, FIRST, LAST]
    for day in near:
        assert add_months(day, 360) is not UNKNOWN
        assert add_months(day, -360) is not UNKNOWN
    assert status("young", item(Life(begun_on=as_of), issued_on=as_of), as_of=as_of) is Status.HIT


# In the plugins ---------------------------------------------------------------------------------------


def test_a_tender_that_is_still_to_come_does_not_make_a_conviction_lapse() -> None:
    model = BarrierModel.load("twente-2019")
    kinds = model.resolved.kinds
    declared = kinds["self_declaration"].cls(fraud=True, fraud_convicted_on=date(2021, 1, 10))

    def assessed(received_on: date) -> Any:
        tender = kinds["tender"].cls(received_on=received_on)
        items = [item(declared, id="d", issued_on=date(2025, 5, 1)), item(tender, id="t", issued_on=date(2025, 5, 1))]
        award = Award(procedure=Procedure.OPEN)
        return model.assess(dossier(*items, as_of=date(2025, 6, 1), award=award)).rule("nl.exclusion_grounds.fraud")

    assert assessed(date(2025, 5, 1)).status is Status.HIT
    later = assessed(date(2026, 2, 1))
    assert later.status is Status.OPEN
    assert {fact.why.reason for fact in later.facts if fact.ref.id == "tender.received_on"} == {
        UnknownReason.IMPLAUSIBLE
    }


def test_the_case_of_a_placeholder_and_of_an_award_that_ends_before_it_starts() -> None:
    model = BarrierModel.load("twente-2019")
    given = read_dossier(CASE.encode(), model.registry)
    found = model.assess(given)
    texts = [caution.text.nl for caution in found.cautions]

    assert found.rule("nl.kvk.recently_registered").status is Status.OPEN
    assert sum("ligt vóór" in text and text.startswith("Opdracht") for text in texts) == 2
    assert any("1 januari 1900 is een datum die een spreadsheet invult" in text for text in texts)


CASE = """{"schema": "barriermodel/dossier/1", "as_of": "2026-01-15",
 "provider": {"name": "Verzinsel", "legal_form": "stichting",
              "identifiers": [{"scheme": "NL-KVK", "value": "01234567"}]},
 "award": {"title": "x", "act": "jeugdwet", "starts_on": "2027-01-01", "ends_on": "2026-01-01",
           "awarded_on": "2028-01-01"},
 "evidence": [{"kind": "kvk_extract", "id": "a", "issued_on": "2026-01-10",
               "facts": {"active": true, "registered_on": "1900-01-01"}}]}"""


def test_what_is_evidence_although_nothing_is_left_of_it() -> None:
    """Its only fact cannot be: the item still counts as the one that was handed in."""
    found = MODEL.assess(dossier(item(Life(begun_on=date.max))))
    assert found.evaluation.selection["life"].usable
    assert found.evaluation.selection["life"].facts == Life()
    assert [e.facts for e in found.evaluation.dossier.evidence] == [Life(begun_on=date.max)]


def test_which_date_is_told_does_not_go_by_the_order_of_the_items() -> None:
    items = [item(Life(begun_on=day), id=id) for id, day in (("a", PLACEHOLDERS[0]), ("b", date(25, 1, 1)))]
    for order in (items, items[::-1]):
        why = MODEL.assess(dossier(*order)).rule("x.dates.young").facts[0].why
        assert why is not None
        assert why.found is not None
        assert why.found.value == PLACEHOLDERS[0]


def test_the_schema_says_what_a_date_can_be_and_refuses_no_fact_for_it() -> None:
    schema = dossier_schema(MODEL.registry.kinds)
    validator = Draft202012Validator(schema)
    facts = next(
        one
        for one in schema["properties"]["evidence"]["items"]["oneOf"]
        if one["properties"]["kind"] == {"const": "life"}
    )
    given = {"kind": "life", "id": "a", "facts": {"begun_on": "1900-01-01", "any_day": "9999-12-31"}}
    whole = {"schema": "barriermodel/dossier/1", "as_of": "2199-12-31", "provider": {}, "evidence": [given]}

    assert [error.message for error in validator.iter_errors(whole)] == []
    assert not validator.is_valid({**whole, "as_of": "2200-01-01"})
    assert not validator.is_valid({**whole, "as_of": "1582-12-31"})
    described = facts["properties"]["facts"]["properties"]["begun_on"]["description"]
    assert described == "from 1583-01-01 to 2199-12-31, and not after as_of; any other is taken as unknown"
    assert not validator.is_valid({**whole, "award": {"value": -1}})
