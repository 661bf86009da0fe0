"""A small region for the tests: evidence kinds of every shape, and short ways to plugins, profiles and models."""

from __future__ import annotations

import enum
import types
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from barriermodel import (
    UNKNOWN,
    BarrierModel,
    Concern,
    Dossier,
    Evidence,
    Level,
    Moment,
    Provider,
    Registry,
)
from barriermodel.analysis.text import WordRef
from barriermodel.plugin import (
    Barrier,
    Between,
    Fact,
    Localized,
    Money,
    Months,
    Profile,
    Ratio,
    Supplier,
    evidence,
    hookimpl,
    record,
)
from barriermodel.profiles.profile import WORST, Combine, CombineBy, ProfileStatus, Stage

AS_OF = date(2025, 6, 30)
SHORT = Localized(nl="Kort.", en="Short.")
LABEL = WordRef("region", ("test", "label"))
BARRIERMODEL_WORDS = {
    "nl": "evidence.accounts.question = 'Over {year}?'",
    "en": "evidence.accounts.question = 'Of {year}?'",
}


class Size(enum.Enum):
    """A fact of the type enumeration."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


@evidence("answers", supplier=Supplier.PROVIDER, burden=5)
class Answers:
    """Two facts of every type, and numbers with bounds."""

    flag: Fact[bool] = UNKNOWN
    flag_b: Fact[bool] = UNKNOWN
    count: Fact[int] = UNKNOWN
    count_b: Fact[int] = UNKNOWN
    share: Fact[Ratio] = UNKNOWN
    share_b: Fact[Ratio] = UNKNOWN
    amount: Fact[Money] = UNKNOWN
    amount_b: Fact[Money] = UNKNOWN
    day: Fact[date] = UNKNOWN
    day_b: Fact[date] = UNKNOWN
    words: Fact[str] = UNKNOWN
    words_b: Fact[str] = UNKNOWN
    size: Fact[Size] = UNKNOWN
    size_b: Fact[Size] = UNKNOWN
    hours: Annotated[Fact[int], Between(-2, 24)] = UNKNOWN
    part: Annotated[Fact[Ratio], Between(0.25, 1)] = UNKNOWN
    cost: Annotated[Fact[Money], Between(0)] = UNKNOWN


@evidence("extract", supplier=Supplier.REGISTER, valid_for=Months(6))
class Extract:
    """From a register, valid for six months."""

    active: Fact[bool] = UNKNOWN
    staff: Fact[int] = UNKNOWN
    codes: Fact[tuple[str, ...]] = UNKNOWN


@evidence("accounts", one_per="year", burden=30)
class Accounts:
    """One per year."""

    year: Fact[int] = UNKNOWN
    profit: Fact[Money] = UNKNOWN
    turnover: Fact[Money] = UNKNOWN


@record
class Member:
    """A member of staff."""

    name: Fact[str] = UNKNOWN
    certified: Fact[bool] = UNKNOWN
    hours: Fact[Ratio] = UNKNOWN
    since: Fact[date] = UNKNOWN


@evidence("team", confidential=True, retention=True)
class Team:
    """A list of records and a list of amounts; confidential."""

    members: Fact[tuple[Member, ...]] = UNKNOWN
    salaries: Fact[tuple[Money, ...]] = UNKNOWN
    complete: Fact[bool] = UNKNOWN


KINDS: tuple[type, ...] = (Answers, Extract, Accounts, Team)


def barrier(id: str, concern: Concern = Concern.INTEGRITY) -> Barrier:
    """A barrier without rules."""
    return Barrier(id, concern=concern)


def plugin(
    *barriers: Barrier,
    name: str = "test_plugin",
    kinds: Iterable[type] = (),
    profiles: Iterable[Any] = (),
    readers: Iterable[Any] = (),
    api: object = 2,
    **hooks: Any,
) -> types.ModuleType:
    """A plugin module that offers all this."""
    offered = {
        "barriermodel_barriers": list(barriers),
        "barriermodel_evidence_kinds": list(kinds),
        "barriermodel_profiles": list(profiles),
        "barriermodel_readers": list(readers),
    }
    module = types.ModuleType(name)
    vars(module)["BARRIERMODEL_API"] = api
    for hook, things in offered.items():
        if things:
            vars(module)[hook] = _hook(hook, things)
    for hook, function in hooks.items():
        vars(module)[hook] = hookimpl(function)
    return module


def _hook(name: str, things: list[Any]) -> Any:
    def offer() -> list[Any]:
        return things

    offer.__name__ = name
    return hookimpl(offer)


def registry(*barriers: Barrier, kinds: Iterable[type] = KINDS) -> Registry:
    """A registry with one plugin."""
    found = Registry()
    added = found.add(plugin(*barriers, kinds=kinds))
    assert added.status.value == "ok", added.message
    return found


def stage(
    id: str, *barriers: str, by: str = "worst", moment: Moment = Moment.ADMISSION, orange: int = 1, red: int = 2,
    weights: dict[str, int] | None = None,
) -> Stage:  # fmt: skip
    """A stage of these barriers."""
    how = WORST
    if by != "worst":
        how = Combine(by=CombineBy(by), orange=orange, red=red, weights=weights or {}, source="https://example.org")
    return Stage(id=id, title=SHORT, moment=moment, barriers=barriers, combine=how)


def profile(*stages: Stage, **other: Any) -> Profile:
    """A profile of these stages."""
    values: dict[str, Any] = {
        "id": "test", "title": SHORT, "owner": "tests", "status": ProfileStatus.RECONSTRUCTION,
        "valid_from": date(1, 1, 1), "stages": stages,
    }  # fmt: skip
    return Profile(**(values | other))


def model(*barriers: Barrier, stages: Iterable[Stage] = (), **other: Any) -> BarrierModel:
    """A model of these barriers, in one stage where no stages are given."""
    given = tuple(stages) or (stage("all", *(b.id for b in barriers)),)
    return BarrierModel(profile(*given, **other), registry(*barriers))


def item(facts: Any, id: str = "ev-1", issued_on: date | None = date(2025, 6, 1), **other: Any) -> Evidence:
    """An item of evidence of a month ago."""
    return Evidence(id=id, facts=facts, issued_on=issued_on, **other)


def dossier(*evidence: Evidence, provider: Provider | None = None, as_of: date = AS_OF, **other: Any) -> Dossier:
    """A dossier with this evidence."""
    return Dossier(as_of=as_of, provider=provider or Provider(), evidence=evidence, **other)


def flag_rules(id: str, *levels: Level, concern: Concern = Concern.INTEGRITY) -> tuple[Barrier, list[type]]:
    """A barrier with a rule of each level, and for each a kind of its own whose fact ``on`` makes it hit."""
    made = barrier(id, concern)
    kinds: list[type] = []
    for number, level in enumerate(levels):
        cls = _switch(f"{id.replace('.', '_')}_{number}")
        kinds.append(cls)

        def rule(switch: Any) -> Any:
            return switch.on == True  # noqa: E712

        rule.__annotations__ = {"switch": cls, "return": Fact[bool]}
        rule.__name__ = f"rule_{number}"
        made.signal(level=level)(rule)
    return made, kinds


def _switch(id: str) -> type:
    class Switch:
        on: Fact[bool] = UNKNOWN

    made: type = evidence(id)(Switch)
    return made
