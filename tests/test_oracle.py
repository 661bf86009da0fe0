"""What written cases expect comes from an oracle that shares no evaluating code with the engine, and is right.

Its expectations are written by hand from ``docs/meaning.md``.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import attrs
import pytest

import barriermodel
from barriermodel.domain.bounds import PlausibleDates
from barriermodel.plugin import (
    UNKNOWN,
    Between,
    Evidence,
    Fact,
    Identifier,
    Level,
    Months,
    Past,
    Status,
    euro,
    evidence,
)
from barriermodel.testing import make_cases
from barriermodel.testing.dossier_draft import Draft
from barriermodel.testing.evaluation_context import EvaluationContext
from barriermodel.testing.oracle import advice, examined, expected
from barriermodel.testing.scenario import differences
from barriermodel.testing.selection_oracle import SelectedItems, select_items
from region import Accounts, Answers, Extract, Size, barrier, flag_rules, item, model, stage

AS_OF = date(2025, 6, 30)
DAY = timedelta(1)
OWN, OTHER = Identifier("NL-KVK", "01234567"), Identifier("NL-KVK", "76543210")

# Apart from the engine --------------------------------------------------------------------------------

SOURCE = Path(barriermodel.__file__).parent
ENGINE = ("rules.compiler", "rules.possible", "engine.evaluate", "engine.selection", "engine.requests")
ORACLE = (
    "rules.interpreter",
    "testing.oracle",
    "testing.evaluation_context",
    "testing.selection_oracle",
    "testing.conditions",
    "testing.dossier_draft",
)


def imported(module: str) -> Iterator[tuple[str, str]]:
    """Each module of this package from which a module imports, with the name."""
    path = SOURCE / (module.replace(".", "/") + ".py")
    package = ["barriermodel", *path.relative_to(SOURCE).parent.parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            found = ".".join(part for part in (base, node.module) if part)
            yield from ((found.removeprefix("barriermodel").lstrip("."), alias.name) for alias in node.names)


def test_the_oracle_runs_without_any_module_of_the_engine() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", f"import sys, {', '.join(f'barriermodel.{m}' for m in ORACLE)}; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip

    assert {f"barriermodel.{module}" for module in ORACLE} <= set(loaded)
    assert {f"barriermodel.{module}" for module in ENGINE} & set(loaded) == set()


def test_the_engine_takes_nothing_that_computes_from_the_interpreter_or_the_oracle() -> None:
    for module in ENGINE:
        assert {found for found, _ in imported(module)} & set(ORACLE) == set(), module
    assert {name for found, name in imported("rules.compiler") if found == "rules.expression"} == {
        "COMPARISONS", "LOGIC", "Constant", "FactRef", "Node", "Operation", "Parameter", "facts_of", "unnamed",
    }  # fmt: skip
    assert {name for found, name in imported("rules.compiler") if found == "rules.ends"} == {"decided_by_ends"}
    assert {name for found, name in imported("rules.possible") if found == "rules.ends"} == {
        "declared_ends", "may_be_too_large",
    }  # fmt: skip


def test_the_interpreter_takes_nodes_and_types_of_values_and_nothing_that_computes() -> None:
    assert set(imported("rules.interpreter")) - {("__future__", "annotations")} == {
        ("collections.abc", "Callable"), ("datetime", "date"), ("typing", "Any"), ("typing", "TypeAlias"),
        ("typing", "Union"), ("domain.unknown", "UNKNOWN"), ("domain.values", "MAX_SAFE_INTEGER"),
        ("domain.values", "Money"),
        ("objects", "represent"),
        *(("rules.ends", name) for name in ("NO_ENDS", "Ends", "declared_ends")),
        *(("rules.expression", name) for name in (
            "ARITHMETIC", "COMPARISONS", "LOGIC", "Constant", "FactRef", "Named", "Node", "Operation", "Parameter",
            "children",
        )),
    }  # fmt: skip


# Which evidence counts --------------------------------------------------------------------------------


def counted(*items: Evidence, as_of: date = AS_OF) -> SelectedItems:
    return select_items(items[0].kind, items, (OWN,), as_of)


def extract(active: Any, day: date | None = date(2025, 6, 1), **other: Any) -> Evidence:
    return item(Extract(active=active), issued_on=day, **other)


def ids(found: SelectedItems) -> tuple[str, ...] | None:
    return found.latest.ids if found.latest else None


@pytest.mark.parametrize(
    ("one", "counts"),
    [
        (extract(True), True),
        (extract(True, AS_OF), True),
        (extract(True, AS_OF + DAY), False),  # dated after the reference date
        (extract(True, None), False),  # not dated at all
        (extract(True, None, obtained_on=AS_OF), True),
        (extract(True, about=OWN), True),
        (extract(True, about=OTHER), False),
        (extract(True, date(2024, 12, 30)), True),  # six months, and the last day counts
        (extract(True, date(2024, 12, 29)), False),
        (extract(True, valid_until=AS_OF), True),  # the last day that it states counts
        (extract(True, valid_until=AS_OF - DAY), False),
        (extract(True, date(2024, 12, 29), valid_until=AS_OF + DAY), False),  # the earlier of both
        (extract(True, AS_OF, valid_until=AS_OF - DAY), False),
    ],
)
def test_an_item_counts_or_it_does_not(one: Evidence, counts: bool) -> None:
    assert ids(counted(one)) == (("ev-1",) if counts else None)


@evidence("oracle_dates")
class Dates:
    any_day: Fact[date] = UNKNOWN
    has_been: Annotated[Fact[date], Past()] = UNKNOWN
    since_1850: Annotated[Fact[date], Between(date(1850, 1, 1), date(2030, 1, 1))] = UNKNOWN


@pytest.mark.parametrize(
    ("stated", "can_be"),
    [
        ({"any_day": date(1583, 1, 1)}, True),
        ({"any_day": date(1582, 12, 31)}, False),
        ({"any_day": date(2199, 12, 31)}, True),
        ({"any_day": date(2200, 1, 1)}, False),
        ({"any_day": date(1899, 12, 30)}, False),
        ({"any_day": date(1900, 1, 1)}, False),
        ({"any_day": date(1900, 1, 2)}, True),
        ({"any_day": AS_OF + DAY}, True),
        ({"has_been": AS_OF}, True),
        ({"has_been": AS_OF + DAY}, False),
        ({"since_1850": date(1849, 12, 31)}, False),
        ({"since_1850": date(1900, 1, 1)}, True),
        ({"since_1850": date(2030, 1, 1)}, True),
        ({"since_1850": date(2030, 1, 2)}, False),
    ],
)
def test_a_date_that_cannot_be_is_unknown_to_the_oracle(
    stated: dict[str, date], can_be: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By itself: what the engine decides of a date is not asked."""
    given = item(Dates(**stated))  # type: ignore[arg-type]
    monkeypatch.setattr(PlausibleDates, "since", lambda *_: pytest.fail("the engine was asked"))
    latest = counted(given).latest

    assert latest is not None
    assert latest.facts == Dates(**(stated if can_be else {}))  # type: ignore[arg-type]


def test_the_newest_item_counts_and_an_expired_one_is_not_replaced() -> None:
    old, new = extract(True, date(2025, 5, 1), id="old"), extract(False, date(2025, 6, 1), id="new")

    assert ids(counted(old, new)) == ("new",)
    assert ids(counted(new, old)) == ("new",)
    expired = attrs.evolve(new, valid_until=AS_OF - DAY)
    assert ids(counted(old, expired)) is None
    assert ids(counted(old, attrs.evolve(new, issued_on=AS_OF + DAY))) == ("old",)
    assert ids(counted(old, attrs.evolve(new, about=OTHER))) == ("old",)


def test_an_item_that_ends_before_it_begins_displaces_nothing() -> None:
    old, wrong = extract(True, date(2025, 5, 1), id="old"), extract(False, valid_until=date(2025, 5, 31), id="wrong")

    assert ids(counted(old, wrong)) == ("old",)


def test_items_of_one_date_are_merged_and_what_they_contradict_is_unknown() -> None:
    one = item(Extract(active=True, staff=3), id="one")
    other = item(Extract(active=False, codes=("86",)), id="other")
    found = counted(one, other).latest

    assert found is not None
    assert found.ids == ("one", "other")
    assert (found.facts.active, found.facts.staff, found.facts.codes) == (UNKNOWN, 3, ("86",))
    # an item of that date that has expired has no say
    merged = counted(one, attrs.evolve(other, valid_until=AS_OF - DAY)).latest
    assert merged is not None
    assert merged.facts.active is True


def accounts(year: Any, month: int = 5, **other: Any) -> Evidence:
    return item(Accounts(year=year, profit=euro(1)), f"{year}-{month}", date(2025, month, 1), **other)


@pytest.mark.parametrize(
    ("items", "latest", "all_of_them"),
    [
        ([accounts(2023), accounts(2024)], "2024-5", ["2023-5", "2024-5"]),
        ([accounts(2023, 6), accounts(2024)], "2024-5", ["2023-6", "2024-5"]),  # a later date is no later key
        ([accounts(2024), accounts(2024, 6)], "2024-6", ["2024-6"]),
        ([accounts(2023), accounts(2024, valid_until=AS_OF - DAY)], None, ["2023-5"]),
        ([accounts(UNKNOWN)], None, []),
        ([accounts(2024, 6), accounts(UNKNOWN)], None, []),  # it may be of 2025, and then that is the latest
        ([accounts(2024), accounts(UNKNOWN, 6)], None, []),
        ([accounts(2024), accounts(UNKNOWN, 1, valid_until=date(2025, 2, 1))], "2024-5", ["2024-5"]),
        ([accounts(2024), accounts(UNKNOWN, 6, valid_until=date(2025, 6, 2))], None, []),  # a newer version, expired
        ([accounts(2023), accounts(2024, 6), accounts(UNKNOWN, 6, valid_until=date(2025, 6, 2))], "2024-6", []),
    ],
)
def test_each_key_counts_once_and_an_item_without_one_hides_what_it_could_be(
    items: list[Evidence], latest: str | None, all_of_them: list[str]
) -> None:
    found = counted(*items)

    assert ids(found) == ((latest,) if latest else None)
    assert [one.ids[0] for one in found.items] == all_of_them
    assert counted(*reversed(items)) == found


def test_keys_that_are_words_have_the_order_of_what_is_written() -> None:
    @evidence("sized", one_per="size", valid_for=Months(1))
    class Sized:
        size: Fact[Size] = UNKNOWN

    small, large = item(Sized(size=Size.SMALL), "small"), item(Sized(size=Size.LARGE), "large")

    assert ids(counted(small, large)) == ("small",)  # "large" comes before "small"


# What statuses make -----------------------------------------------------------------------------------

CLEAR, HIT, OPEN, NONE = Status.CLEAR, Status.HIT, Status.OPEN, Status.NOT_APPLICABLE
GREEN, ORANGE, RED, EXCLUDE = Level


def plan_of(*levels: Level, by: str = "worst", orange: int = 1, red: int = 2, weights: Any = None) -> Any:
    made, _ = flag_rules("test.flags", *levels)
    return model(made, stages=[stage("one", "test.flags", by=by, orange=orange, red=red, weights=weights)]).resolved


WORST = [ORANGE, RED, EXCLUDE]
COUNT = [ORANGE] * 3
POINTS = {"test.flags.rule_0": 3, "test.flags.rule_1": 2, "test.flags.rule_2": 0}


@pytest.mark.parametrize(
    ("by", "codes", "at_least", "at_most"),
    [
        ("worst", (CLEAR, CLEAR, CLEAR), GREEN, GREEN),
        ("worst", (NONE, NONE, NONE), GREEN, GREEN),
        ("worst", (HIT, CLEAR, CLEAR), ORANGE, ORANGE),
        ("worst", (HIT, HIT, CLEAR), RED, RED),
        ("worst", (OPEN, CLEAR, CLEAR), GREEN, ORANGE),
        ("worst", (HIT, OPEN, CLEAR), ORANGE, RED),
        ("worst", (OPEN, HIT, CLEAR), RED, RED),
        ("worst", (CLEAR, NONE, OPEN), GREEN, EXCLUDE),
        ("worst", (CLEAR, CLEAR, HIT), EXCLUDE, EXCLUDE),
        ("count", (CLEAR, NONE, CLEAR), GREEN, GREEN),
        ("count", (HIT, CLEAR, CLEAR), GREEN, GREEN),
        ("count", (HIT, HIT, CLEAR), ORANGE, ORANGE),
        ("count", (HIT, HIT, HIT), RED, RED),
        ("count", (HIT, OPEN, CLEAR), GREEN, ORANGE),
        ("count", (OPEN, OPEN, OPEN), GREEN, RED),
        ("count", (HIT, HIT, OPEN), ORANGE, RED),
        ("points", (CLEAR, CLEAR, HIT), GREEN, GREEN),
        ("points", (CLEAR, HIT, CLEAR), ORANGE, ORANGE),
        ("points", (HIT, CLEAR, CLEAR), ORANGE, ORANGE),
        ("points", (HIT, HIT, CLEAR), RED, RED),
        ("points", (OPEN, HIT, CLEAR), ORANGE, RED),
        ("points", (CLEAR, CLEAR, OPEN), GREEN, GREEN),
    ],
)
def test_a_stage_makes_its_two_ends_of_hits_and_of_hits_and_open_rules(
    by: str, codes: tuple[Status, ...], at_least: Level, at_most: Level
) -> None:
    how: dict[str, Any] = {"worst": {}, "count": {"orange": 2, "red": 3}, "points": {"orange": 2, "red": 5}}[by]
    if by == "points":
        how["weights"] = POINTS
    found = advice(plan_of(*(WORST if by == "worst" else COUNT), by=by, **how), (codes,))

    assert (found.at_least, found.at_most) == (at_least, at_most)


def test_only_a_certain_exclusion_ends_the_pipeline_and_the_worst_stage_is_the_advice() -> None:
    first, _ = flag_rules("test.first", EXCLUDE)
    then, _ = flag_rules("test.then", RED)
    plan = model(first, then, stages=[stage("a", "test.first"), stage("b", "test.then")]).resolved

    def told(*codes: Status) -> tuple[int, Level, Level]:
        both = tuple((code,) for code in codes)
        found = advice(plan, both)
        return len(examined(plan, both)), found.at_least, found.at_most

    assert told(HIT, HIT) == (1, EXCLUDE, EXCLUDE)
    assert told(HIT, OPEN) == (1, EXCLUDE, EXCLUDE)
    assert told(OPEN, HIT) == (2, RED, EXCLUDE)
    assert told(CLEAR, HIT) == (2, RED, RED)
    assert told(CLEAR, OPEN) == (2, GREEN, RED)


def test_what_must_come_out_names_rules_of_examined_stages_only() -> None:
    first, (gate,) = flag_rules("test.first", EXCLUDE)
    then, (other, _) = flag_rules("test.then", ORANGE, RED)
    context = EvaluationContext.of(
        model(first, then, stages=[stage("a", "test.first"), stage("b", "test.then")]), AS_OF
    )
    names = [item(kind(on=True)).kind.id for kind in (gate, other)]
    on, off = {f"{names[1]}.on": True}, {f"{names[0]}.on": False}
    stopped = expected(Draft(as_of=AS_OF, values={f"{names[0]}.on": True, **on}), context)
    going_on = expected(Draft(as_of=AS_OF, values={**off, **on}), context)

    assert (stopped.hits, stopped.open, stopped.asks) == (("test.first.rule_0",), (), ())
    assert (going_on.hits, going_on.open, going_on.asks) == (("test.then.rule_0",), ("test.then.rule_1",), None)
    assert going_on.advice is not None
    assert (going_on.advice.at_least, going_on.advice.at_most) == (ORANGE, RED)


# Cases ------------------------------------------------------------------------------------------------


def test_without_its_key_nothing_is_known_of_the_only_item() -> None:
    made = barrier("test.keyed")

    @made.signal(level=Level.ORANGE)
    def of_a_year(accounts: Accounts) -> Fact[bool]:
        return accounts.year > 2000

    @made.signal(level=Level.RED)
    def at_a_loss(accounts: Accounts) -> Fact[bool]:
        return accounts.profit < euro(0)

    cases = make_cases(model(made))
    (case,) = [case for case in cases.scenarios if case.rule and "accounts.year" not in case.draft.values]

    assert set(case.expect.open or ()) == {"test.keyed.of_a_year", "test.keyed.at_a_loss"}
    assert differences(case, cases) == []


def test_rules_that_apply_to_opposites_are_both_clear_where_it_is_not_known_which_holds() -> None:
    made = barrier("test.opposites")

    @made.condition
    def alone(answers: Answers) -> Fact[bool]:
        return answers.flag

    @made.condition
    def together(answers: Answers) -> Fact[bool]:
        return answers.flag == False  # noqa: E712

    @made.signal(level=Level.RED, applies=alone)
    def few(answers: Answers) -> Fact[bool]:
        return answers.count < 3

    @made.signal(level=Level.RED, applies=together)
    def many(answers: Answers) -> Fact[bool]:
        return answers.count_b > 9

    cases = make_cases(model(made))

    assert cases.findings == ()
    assert "answers.flag" not in cases.clear.values


def test_two_derived_facts_that_are_compared_are_both_found() -> None:
    made = barrier("test.derived")

    @made.derived
    def wanted(answers: Answers) -> int:
        return 2 if answers else 0

    @made.derived
    def there(answers: Answers) -> int:
        return answers.count  # type: ignore[return-value]

    @made.signal(level=Level.RED)
    def too_few(wanted: Fact[int], there: Fact[int]) -> Fact[bool]:
        return there < wanted

    cases = make_cases(model(made))

    assert cases.findings == ()
    assert {case.expect.advice for case in cases.scenarios if case.decides} > {cases.scenarios[0].expect.advice}
