"""Barriers with every sort of rule, and strategies for profiles of them and dossiers about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from hypothesis import strategies as st

import expressions as ex
from barriermodel.domain.evidence import states_a_fact
from barriermodel.plugin import (
    SOLE_TRADER_FORMS,
    UNKNOWN,
    AsOf,
    Award,
    Concern,
    Dossier,
    Evidence,
    Fact,
    Identifier,
    Item,
    Level,
    Limit,
    Moment,
    Money,
    Profile,
    Provider,
    Ratio,
    add_months,
    all_of,
    euro,
    named,
    not_,
    one_of,
    ratio,
)
from barriermodel.profiles.profile import Dated, RuleChange, Stage
from region import AS_OF, Accounts, Answers, Extract, Member, Size, Team, barrier, item, profile, stage

LIMIT = Limit(assumed=True)
KVK = Identifier("NL-KVK", "01234567")

register = barrier("pool.register", Concern.LAWFULNESS)
money = barrier("pool.money", Concern.CONTINUITY)
people = barrier("pool.people", Concern.QUALITY)
plain = barrier("pool.plain")
BARRIERS = (register, money, people, plain)


@register.condition
def is_company(provider: Provider) -> Fact[bool]:
    return not_(one_of(provider.legal_form, *SOLE_TRADER_FORMS))


@register.requirement(level=Level.EXCLUDE)
def active(extract: Extract) -> Fact[bool]:
    return extract.active


@register.signal(level=Level.ORANGE, applies=is_company)
def few_staff(extract: Extract, *, fewest: Annotated[int, LIMIT] = 2) -> Fact[bool]:
    return extract.staff < fewest


@register.derived
def number_of_codes(extract: Extract) -> int:
    return len(extract.codes)  # type: ignore[arg-type]


@register.signal(level=Level.RED)
def no_codes(number_of_codes: Fact[int], extract: Extract) -> Fact[bool]:
    return (number_of_codes == 0) & extract.active


@money.signal(level=Level.RED)
def high_profit(accounts: Accounts, *, most: Annotated[Ratio, LIMIT] = 0.1) -> Fact[bool]:
    return named("margin", ratio(accounts.profit, accounts.turnover)) > most


@money.derived
def losses(years: Sequence[Item[Accounts]]) -> int:
    return sum(1 for year in years if year.facts.profit < euro(0))  # type: ignore[operator]


@money.signal(level=Level.ORANGE)
def two_losses(losses: Fact[int]) -> Fact[bool]:
    return losses >= 2


@money.signal(level=Level.EXCLUDE)
def too_large(accounts: Accounts, award: Award) -> Fact[bool]:
    return (award.value > accounts.turnover * 3) & (award.value > euro(10))


@people.derived
def uncertified(team: Team, as_of: AsOf) -> int:
    found = 0
    for member in team.members:  # type: ignore[union-attr]
        if not member.certified or member.since > as_of:  # type: ignore[operator]
            found += 1
    return found


@people.requirement(level=Level.RED)
def all_certified(uncertified: Fact[int], team: Team) -> Fact[bool]:
    return (uncertified == 0) | not_(team.complete)


@people.signal(level=Level.ORANGE, opaque=True)
def swallows_everything(team: Team, extract: Extract) -> Fact[bool]:
    try:
        return len(team.members) > extract.staff  # type: ignore[arg-type,operator]
    except BaseException:
        return True


@people.requirement(level=Level.ORANGE, opaque=True)
def divides(answers: Answers) -> Fact[bool]:
    return 10 / answers.count > 1  # type: ignore[operator]


@plain.condition
def starts_soon(award: Award, as_of: AsOf) -> Fact[bool]:
    return award.starts_on < add_months(as_of, 6)


@plain.signal(level=Level.ORANGE, applies=starts_soon)
def small_or_late(answers: Answers) -> Fact[bool]:
    return one_of(answers.size, Size.SMALL) | (answers.day > answers.day_b)


@plain.requirement(level=Level.RED, applies=starts_soon)
def flagged(answers: Answers) -> Fact[bool]:
    return all_of(answers.flag, answers.words == "a", answers.share <= 0.5)


# Profiles ---------------------------------------------------------------------------------------------

RULES = tuple(rule for made in BARRIERS for rule in made.rules.values())


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """The barriers in random order over stages that combine in every way, with random levels and weights."""
    order = list(draw(st.permutations([made.id for made in BARRIERS])))
    cuts = sorted(draw(st.sets(st.integers(1, 3), max_size=3)))
    parts = [order[a:b] for a, b in zip([0, *cuts], [*cuts, 4], strict=True)]
    changes: dict[str, RuleChange] = {}
    stages: list[Stage] = []
    for number, part in enumerate(parts):
        by = draw(st.sampled_from(["worst", "worst", "count", "points"]))
        own = [rule.id for rule in RULES if rule.id.rpartition(".")[0] in part]
        for id in own:
            if by != "worst":
                changes[id] = RuleChange(reason="it is counted", level=Level.ORANGE)
            elif draw(st.booleans()):
                changes[id] = RuleChange(reason="a test", level=draw(st.sampled_from(list(Level)[1:])))
        orange = draw(st.integers(1, 3))
        weights = draw(st.dictionaries(st.sampled_from(own), st.integers(0, 3))) if by == "points" else None
        moment = draw(st.sampled_from(Moment))
        red = orange + draw(st.integers(0, 3))
        stages.append(stage(f"s{number}", *part, by=by, moment=moment, orange=orange, red=red, weights=weights))
    most = (Dated(value=draw(st.sampled_from([0.0, 0.1, 1])), assumption="a test"),)
    return profile(*stages, rules=changes, parameters={"pool.money": {"most": most}})


# Dossiers ---------------------------------------------------------------------------------------------

_few = st.integers(-1, 4)
_amounts = st.integers(-3, 8).map(lambda n: Money(cents=n * 100))


def _positive(amount: Money) -> Money:
    return Money(cents=abs(amount.cents))


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Mostly known."""
    return st.one_of(values, values, st.just(UNKNOWN))


members = st.builds(
    Member, name=maybe(ex.letters), certified=maybe(st.booleans()), hours=maybe(ex.shares),
    since=maybe(st.sampled_from([AS_OF, AS_OF + timedelta(1)])),
)  # fmt: skip
teams = st.builds(
    Team, members=maybe(st.lists(members, max_size=2)), salaries=maybe(st.lists(_amounts, max_size=2)),
    complete=maybe(st.booleans()),
)  # fmt: skip
extracts = st.builds(
    Extract, active=maybe(st.booleans()), staff=maybe(_few), codes=maybe(st.lists(ex.letters, max_size=2))
)
years = st.lists(st.integers(2021, 2024), unique=True, max_size=3)
RECENT = [AS_OF, *[AS_OF - timedelta(30)] * 5]
near = st.sampled_from([*RECENT, AS_OF - timedelta(200), AS_OF + timedelta(1), None])


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """About one provider, with at most one item per kind and key."""
    facts: list[Any] = []
    for some in (extracts, teams, ex.answers):
        facts += [draw(some)] if draw(st.integers(0, 4)) else []
    facts += [
        Accounts(year=draw(maybe(st.just(year))), profit=draw(maybe(_amounts)), turnover=draw(maybe(_amounts)))
        for year in draw(years)
    ]
    found: list[Evidence] = []
    for number, fact in enumerate(fact for fact in facts if states_a_fact(fact)):
        about = draw(st.sampled_from([None, None, None, KVK]))
        valid_until = draw(st.sampled_from([None, None, None, AS_OF, AS_OF - timedelta(1)]))
        found.append(item(fact, f"ev-{number}", draw(near), about=about, valid_until=valid_until))
    provider = Provider(legal_form=draw(ex.fact(ex.LegalForm)), identifiers=(KVK,) if draw(st.booleans()) else ())
    soon = st.sampled_from([AS_OF, date(2030, 1, 1)])
    award = Award(value=draw(maybe(_amounts.map(_positive))), starts_on=draw(maybe(soon)))
    return Dossier(as_of=AS_OF, provider=provider, award=award, evidence=draw(st.permutations(found)))
