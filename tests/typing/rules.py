"""What the type checkers accept and refuse in kinds and rules. Never run, only checked.

Each line that must be refused carries both checkers' marks; a mark that is not needed is an error itself
(``warn_unused_ignores`` and ``reportUnnecessaryTypeIgnoreComment``), so a wrong line that is accepted fails.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, assert_type

from barriermodel import (
    UNKNOWN,
    Award,
    BarrierModel,
    Concern,
    Dossier,
    Evidence,
    LegalForm,
    Level,
    Procedure,
    Provider,
    euro,
)
from barriermodel.plugin import (
    AsOf,
    Barrier,
    Condition,
    Derived,
    Fact,
    Item,
    Limit,
    Money,
    Ratio,
    Rule,
    UnknownFactError,
    add_months,
    all_of,
    any_of,
    evidence,
    named,
    not_,
    one_of,
    ratio,
    record,
)

THREE = euro(3)


class Size(enum.Enum):
    SMALL = "small"
    LARGE = "large"


@record
class Member:
    name: Fact[str] = UNKNOWN
    certified: Fact[bool] = UNKNOWN


@evidence("accounts", one_per="year")
class Accounts:
    year: Fact[int] = UNKNOWN
    turnover: Fact[Money] = UNKNOWN
    profit: Fact[Money] = UNKNOWN
    filed_on: Fact[date] = UNKNOWN
    share: Fact[Ratio] = UNKNOWN
    size: Fact[Size] = UNKNOWN
    audited: Fact[bool] = UNKNOWN
    auditor: Fact[str] = UNKNOWN
    team: Fact[tuple[Member, ...]] = UNKNOWN


# Kinds ------------------------------------------------------------------------------------------------

some = Accounts(turnover=euro(3), profit=UNKNOWN)
assert_type(some, Accounts)
Accounts()
Accounts(year=2024, audited=True, team=(Member(name="a"),))
Accounts(trnover=euro(3))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
Accounts(turnover=3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Accounts(turnover=2.5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Accounts(filed_on="2024-01-01")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Accounts(team=("a",))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Accounts(2024)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
some.year = 2023  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
Provider(legal_form="bv")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Award(procedure=Procedure.OPEN_HOUSE, value=euro(3))

# A fact is tested for UNKNOWN before plain Python uses it.
if some.turnover is not UNKNOWN:
    assert_type(some.turnover, Money)


# Rules ------------------------------------------------------------------------------------------------

made = Barrier("test.typed", concern=Concern.QUALITY)


@made.condition
def is_company(provider: Provider) -> Fact[bool]:
    return not_(one_of(provider.legal_form, LegalForm.VOF, LegalForm.MAATSCHAP))


@made.derived
def certified(years: Sequence[Item[Accounts]], accounts: Accounts) -> int:
    assert_type(years[0].facts, Accounts)
    assert_type(years[0].ids, tuple[str, ...])
    assert_type(years[0].date, date)
    return len(years)


@made.signal(level=Level.RED, applies=is_company)
def rule(
    accounts: Accounts,
    award: Award,
    as_of: AsOf,
    certified: Fact[int],
    *,
    most: Annotated[Ratio, Limit(source="a")] = 0.1,
    sizes: Annotated[tuple[Size, ...], Limit(assumed=True)] = (Size.SMALL,),
    least: Annotated[Money, Limit(assumed=True)] = THREE,
) -> Fact[bool]:
    margin = named("margin", ratio(accounts.profit, accounts.turnover))
    assert_type(margin, Fact[float])
    assert_type(add_months(accounts.filed_on, -3), Fact[date])
    assert_type(one_of(accounts.size, *sizes), Fact[bool])
    return all_of(
        (margin > most) & (accounts.turnover > least) | not_(accounts.audited),
        any_of(accounts.filed_on < add_months(as_of, -12), accounts.year == 2024),
        accounts.profit + accounts.turnover * 2 >= award.value - least,
        accounts.share * 2 > 1,
        certified < 3,
        accounts.size != Size.LARGE,
    )


@made.requirement(level=Level.ORANGE, opaque=True)
def plain(accounts: Accounts) -> Fact[bool]:
    return accounts.auditor == "a"


assert_type(is_company(Provider()), Fact[bool])
assert_type(rule(some, Award(), date(2024, 1, 1), 3), Fact[bool])
assert_type(rule(some, Award(), as_of=date(2024, 1, 1), certified=UNKNOWN, most=0.3), Fact[bool])
assert_type(plain(some), Fact[bool])
assert_type(certified, Derived)
condition: Condition[[Provider]] = is_company
typed: Rule[[Accounts]] = plain

rule(some)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
rule(Provider(), Award(), date(2024, 1, 1), 3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
is_company(Award())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
rule(some, Award(), date(2024, 1, 1), 3, mst=0.1)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
rule(some, Award(), date(2024, 1, 1), 3, most="a")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


@made.signal(level=Level.RED)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
def no_condition(accounts: Accounts) -> Fact[int]:
    return accounts.year


# Unlike types -----------------------------------------------------------------------------------------


def unlike(a: Accounts, p: Provider) -> None:
    a.filed_on > a.turnover  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnusedExpression]
    a.turnover > a.share  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnusedExpression]
    a.turnover > 100  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnusedExpression]
    a.filed_on > "2024-01-01"  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnusedExpression]
    a.auditor > 3  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnusedExpression]
    a.size > Size.SMALL  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnusedExpression]
    a.turnover * a.share  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnusedExpression]
    a.turnover * 0.5  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnusedExpression]
    a.turnover + a.year  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnusedExpression]
    a.turnover & a.audited  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnusedExpression]
    a.trnover  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    p.legalform  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    ratio(a.turnover, a.year)  # type: ignore[arg-type]  # pyright: ignore[reportCallIssue, reportArgumentType]
    add_months(a.year, 3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    add_months(a.filed_on, 0.5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    not_(a.year == 3, a.audited)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    not_(a.turnover)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    all_of(a.audited, a.turnover)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


# Models -----------------------------------------------------------------------------------------------


def assess(model: BarrierModel, facts: Any) -> None:
    dossier = Dossier(as_of=date(2024, 1, 1), provider=Provider(), evidence=[Evidence(id="a", facts=facts)])
    advice = model.assess(dossier).advice
    assert_type(advice.at_least, Level)
    assert_type(advice.decided, bool)
    Dossier(as_of="2024-01-01", provider=Provider())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    raise UnknownFactError
