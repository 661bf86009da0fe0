"""A portfolio says of each row what its Explanation says: the same advice, reasons, causes, requests and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Annotated, Any

import attrs
import polars as pl
import pytest
from drawn_rows import draw_table
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import pool
import region
from barriermodel import BarrierModel, Level
from barriermodel.plugin import Award, Fact, Item, Limit, Provider, add_months, euro, named, ratio
from barriermodel.profiles.profile import Dated, RuleChange
from examples import by_turns, costly

AS_OF = date(2026, 1, 15)
LANGUAGES = ("nl", "en")

pytestmark = pytest.mark.filterwarnings("ignore::barriermodel.TableWarning")


def differences(
    model: BarrierModel, table: pl.DataFrame, as_of: date | None, *, confidential: bool = False
) -> Iterator[Any]:
    """What a portfolio says otherwise of a row than its Explanation."""
    portfolio = model.portfolio(table, as_of=as_of)
    said = {lang: portfolio.short(lang, confidential=confidential) for lang in LANGUAGES}
    for place, row in enumerate(portfolio.rows):
        assessment = model.explain_row(table.row(place, named=True), as_of=as_of)
        expected: dict[str, Any] = {}
        for lang in LANGUAGES:
            explanation = assessment.explanation(lang, confidential=confidential)
            hits = (*explanation.reasons, *explanation.also)
            expected[lang] = {finding.rule: finding.short for finding in hits}
        expected["advice"] = explanation.advice
        expected["reasons"] = tuple(finding.rule for finding in explanation.reasons)
        expected["also"] = tuple(finding.rule for finding in explanation.also)
        expected["causes"] = _alike(
            (c.kind, c.why, c.matters, c.can_become, [r.id for r in c.rules]) for c in explanation.causes
        )
        expected["asks"] = tuple(ask.kind.id for ask in assessment.asks)
        found = {
            "advice": row.advice, "reasons": row.reasons, "also": row.also, "asks": row.asks,
            "causes": _alike((c.kind, c.why, c.matters, c.can_become, c.rules) for c in row.causes),
            **{lang: said[lang][place] for lang in LANGUAGES},
        }  # fmt: skip
        yield from ((place, name, found[name], expected[name]) for name in expected if found[name] != expected[name])
        for lang in LANGUAGES:
            if list(said[lang][place]) != list(expected[lang]):
                yield place, "order", list(said[lang][place]), list(expected[lang])


def _alike(causes: Iterable[Any]) -> list[Any]:
    """Causes in their order; those that an Explanation sorts by their titles alone are put in one order."""
    found = [
        (not matters, -level, -len(rules), str(kind), why.value, sorted(rules))
        for kind, why, matters, level, rules in causes
    ]
    assert [one[:3] for one in found] == sorted(one[:3] for one in found)
    return sorted(found)


PROFILES = ("twente-2019", "portfolio-scan", "nl-basis")
"""The first can exclude and counts, the second counts, the third can exclude and does not count."""


TABLES = [("twente-2019", False), *((profile, True) for profile in PROFILES)]


@pytest.mark.parametrize(("profile", "dates"), by_turns(TABLES, by_day=[("twente-2019", True), ("nl-basis", True)]))
def test_rows_of_a_profile(profile: str, dates: bool) -> None:
    """By day few rows, since an explanation takes a hundred times what a row of a portfolio does."""
    model = BarrierModel.load(profile)

    assert list(differences(model, draw_table(model, 1, 5, AS_OF, dates=dates, derived=False), AS_OF)) == []


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("profile", PROFILES)
def test_three_hundred_rows_of_a_profile(profile: str, seed: int) -> None:
    model = BarrierModel.load(profile)
    table = draw_table(model, seed, 300, AS_OF, dates=seed == 0, derived=seed == 0)

    assert list(differences(model, table, AS_OF)) == []


def test_what_ends_decide_lacks_nothing() -> None:
    """Ten hours and at most 24 are less than forty, so the second number of hours is not what keeps the rule open."""
    made = region.barrier("own.ends")

    @made.signal(level=Level.RED)
    def few_hours(answers: region.Answers, extract: region.Extract) -> Fact[bool]:
        return (answers.count + answers.hours < 40) & (extract.staff > 3)

    table = pl.DataFrame({"answers__count": [10, 20, None], "extract__active": True})
    model = region.model(made)

    assert list(differences(model, table, AS_OF)) == []
    rows = model.portfolio(table, as_of=AS_OF).rows
    lacking = [sorted(str(cause.kind) for cause in row.causes) for row in rows]
    assert lacking == [["extract"], ["answers", "extract"], ["answers", "extract"]]


# Rules of every sort ----------------------------------------------------------------------------------

sums = region.barrier("own.sums")
LIMIT = Limit(assumed=True)


@sums.derived
def per_head(accounts: region.Accounts, extract: region.Extract) -> int:
    return accounts.profit.cents // extract.staff  # type: ignore[union-attr,operator]


@sums.derived
def reads_one_of_two(accounts: region.Accounts, extract: region.Extract, award: Award, provider: Provider) -> int:
    if extract.active:
        return 5
    try:
        return int(award.value > euro(1)) + len(str(provider.legal_form))  # type: ignore[operator]
    except BaseException:
        return accounts.year  # type: ignore[return-value]


@sums.derived
def years(items: Sequence[Item[region.Accounts]]) -> int:
    return len(items)


@sums.signal(level=Level.RED)
def little_per_head(per_head: Fact[int]) -> Fact[bool]:
    return per_head < 100


@sums.signal(level=Level.RED)
def many_of_two(reads_one_of_two: Fact[int], accounts: region.Accounts) -> Fact[bool]:
    return (reads_one_of_two >= 5) | (accounts.profit < euro(0))


@sums.signal(level=Level.RED)
def inactive(extract: region.Extract) -> Fact[bool]:
    return extract.active == False  # noqa: E712


@sums.signal(level=Level.ORANGE)
def one_year(years: Fact[int]) -> Fact[bool]:
    return years == 1


@sums.requirement(level=Level.EXCLUDE)
def complete(team: region.Team) -> Fact[bool]:
    return team.complete


@sums.signal(level=Level.ORANGE)
def late(answers: region.Answers, award: Award, *, months: Annotated[int, LIMIT] = 6) -> Fact[bool]:
    later = add_months(answers.day, months)
    return (later < award.starts_on) & (named("part", ratio(answers.amount, answers.amount_b)) > 0.25)


@sums.signal(level=Level.RED)
def flagged(answers: region.Answers) -> Fact[bool]:
    return answers.flag


@sums.signal(level=Level.ORANGE)
def many(answers: region.Answers, *, most: Annotated[int, LIMIT] = 3) -> Fact[bool]:
    return answers.count > most


RULES = (*pool.BARRIERS, sums)


ROWS = {
    "a function that swallows what it read of the award, and then reads evidence": {
        "extract__active": False, "extract__staff": 1, "accounts__profit": 1.0, "accounts__year": None,
    },
    "a function that swallows what it read of the award, and nothing else": {
        "extract__active": False, "extract__staff": 1, "accounts__profit": 1.0, "accounts__year": 2024,
    },
    "a function that fails": {"extract__active": True, "extract__staff": 0, "accounts__profit": 1.0},
    "evidence that is asked for, though not because its date cannot be": {
        "answers__day": date(25, 3, 1), "answers__count": 9, "answers__amount": 1.0, "answers__amount_b": 2.0,
        "award__starts_on": date(2026, 1, 1),
    },
    "a limit that was lower before": {"as_of": date(2023, 6, 1), "answers__count": 3},
    "a limit that is higher now": {"answers__count": 4},
}  # fmt: skip


def test_rows_made_by_hand() -> None:
    limits = tuple(Dated(value=n, from_=date(2021 + n, 1, 1), assumption="a test") for n in (2, 3))
    made = region.model(sums, parameters={"own.sums": {"most": limits}})
    table = pl.DataFrame(
        [{"as_of": region.AS_OF, "award__value": None, **row} for row in ROWS.values()], infer_schema_length=None
    )
    types = {"award__value": pl.Float64, "accounts__year": pl.Int64}

    assert list(differences(made, table.cast(types), None)) == []


@st.composite
def profiles(draw: st.DrawFn) -> Any:
    """Those of the pool, with our own rules in a stage that takes the worst level, counts or adds points."""
    made = draw(pool.profiles())
    by = draw(st.sampled_from(["worst", "count", "points"]))
    changes = (
        {}
        if by == "worst"
        else {
            "own.sums.complete": RuleChange(reason="it is counted", level=Level.RED),
        }
    )
    weights = {rule.id: draw(st.integers(0, 3)) for rule in sums.rules.values()} if by == "points" else None
    own = region.stage("own", "own.sums", by=by, orange=2, red=draw(st.integers(3, 6)), weights=weights)
    stages = draw(st.permutations([*made.stages, own]))
    return attrs.evolve(made, stages=tuple(stages), rules={**made.rules, **changes})


@settings(costly, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # a smaller seed draws no simpler table
@given(profiles(), st.integers(0, 10**6), st.booleans(), st.booleans(), st.booleans())
def test_rows_of_any_profile(made: Any, seed: int, dates: bool, derived: bool, confidential: bool) -> None:
    """Whatever its rules read and compute, and however its stages combine, exclude and count."""
    model = BarrierModel(made, region.registry(*RULES))
    table = draw_table(model, seed, 8, region.AS_OF, dates=dates, derived=derived)
    table = table.drop("award__procedure", strict=False)  # an open house may not be assessed under every profile

    assert list(differences(model, table, region.AS_OF, confidential=confidential)) == []
