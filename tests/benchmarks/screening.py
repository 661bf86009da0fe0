"""The work that is measured: 20 rules in 8 barriers over 25 facts, and dossiers for it."""

from __future__ import annotations

import enum
import random
import types
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import barriermodel as bm
import barriermodel.plugin
from barriermodel.analysis.profiles import PluginStatus
from barriermodel.domain.evidence import states_a_fact
from barriermodel.plugin import UNKNOWN, Barrier, Concern, Fact, Level, Limit, Money, Months, Ratio

ASSUMED = Limit(assumed=True)
TWICE = Annotated[int, ASSUMED]


class Grade(enum.Enum):
    GOOD = "good"
    SUFFICIENT = "sufficient"
    INSUFFICIENT = "insufficient"
    CRITICAL = "critical"


def kind(id: str, **options: object):
    return bm.plugin.evidence(id, **options)  # type: ignore[arg-type]


@kind("register", valid_for=Months(6))
class Register:
    dissolved: Fact[bool] = UNKNOWN
    bankrupt: Fact[bool] = UNKNOWN
    registered_on: Fact[date] = UNKNOWN
    sbi_code: Fact[str] = UNKNOWN


@kind("permit")
class Permit:
    wtza_permit: Fact[bool] = UNKNOWN


@kind("certificate")
class Certificate:
    valid_until: Fact[date] = UNKNOWN
    standard: Fact[str] = UNKNOWN


@kind("accounts", valid_for=Months(18), one_per="year")
class Accounts:
    year: Fact[int] = UNKNOWN
    turnover: Fact[Money] = UNKNOWN
    profit: Fact[Money] = UNKNOWN
    equity: Fact[Money] = UNKNOWN
    assets: Fact[Money] = UNKNOWN
    staff_cost: Fact[Money] = UNKNOWN
    dividend: Fact[Money] = UNKNOWN
    related_share: Fact[Ratio] = UNKNOWN
    subcontract_share: Fact[Ratio] = UNKNOWN
    filed_on: Fact[date] = UNKNOWN


@kind("people")
class People:
    other_companies: Fact[int] = UNKNOWN
    oldest_vog: Fact[date] = UNKNOWN
    staff: Fact[int] = UNKNOWN
    clients: Fact[int] = UNKNOWN


@kind("sanctions")
class Sanctions:
    hit: Fact[bool] = UNKNOWN


@kind("inspection")
class Inspection:
    grade: Fact[Grade] = UNKNOWN


CARE = ("8610", "8621", "8622", "8691", "8710", "8720", "8730", "8790", "8810", "8891")
ACCEPTED = ("HKZ", "ISO 9001", "Prezo", "Kiwa")

register = Barrier("b.register", concern=Concern.INTEGRITY)
sector = Barrier("b.sector", concern=Concern.LAWFULNESS)
certificate = Barrier("b.certificate", concern=Concern.QUALITY)
finance = Barrier("b.finance", concern=Concern.CONTINUITY)
governance = Barrier("b.governance", concern=Concern.INTEGRITY)
sanctions = Barrier("b.sanctions", concern=Concern.INTEGRITY)
quality = Barrier("b.quality", concern=Concern.QUALITY)
capacity = Barrier("b.capacity", concern=Concern.CONTINUITY)
BARRIERS = (register, sector, certificate, finance, governance, sanctions, quality, capacity)


@register.signal(level=Level.EXCLUDE)
def dissolved(r: Register) -> Fact[bool]:
    return r.dissolved


@register.signal(level=Level.RED)
def bankrupt(r: Register) -> Fact[bool]:
    return r.bankrupt


@register.signal(level=Level.ORANGE)
def young(r: Register, award: bm.Award, *, months: TWICE = 24) -> Fact[bool]:
    return bm.plugin.add_months(r.registered_on, months) > award.starts_on


@sector.requirement(level=Level.ORANGE)
def care_code(r: Register, *, codes: Annotated[tuple[str, ...], ASSUMED] = CARE) -> Fact[bool]:
    return bm.plugin.one_of(r.sbi_code, *codes)


@sector.requirement(level=Level.RED)
def permit(p: Permit, people: People, *, staff_limit: TWICE = 10) -> Fact[bool]:
    return (people.staff <= staff_limit) | p.wtza_permit


@certificate.requirement(level=Level.ORANGE)
def valid(c: Certificate, award: bm.Award) -> Fact[bool]:
    return c.valid_until >= award.ends_on


@certificate.requirement(level=Level.ORANGE)
def accepted(c: Certificate, *, standards: Annotated[tuple[str, ...], ASSUMED] = ACCEPTED) -> Fact[bool]:
    return bm.plugin.one_of(c.standard, *standards)


@finance.condition
def not_sole_trader(provider: bm.Provider) -> Fact[bool]:
    return bm.plugin.not_(bm.plugin.one_of(provider.legal_form, *bm.plugin.SOLE_TRADER_FORMS))


@finance.signal(level=Level.ORANGE, applies=not_sole_trader)
def high_profit(a: Accounts, *, max_margin: Annotated[Ratio, ASSUMED] = 0.10) -> Fact[bool]:
    return bm.plugin.named("margin", bm.plugin.ratio(a.profit, a.turnover)) > max_margin


@finance.signal(level=Level.RED, applies=not_sole_trader)
def very_high_profit(a: Accounts, *, red_margin: Annotated[Ratio, ASSUMED] = 0.25) -> Fact[bool]:
    return bm.plugin.ratio(a.profit, a.turnover) > red_margin


@finance.requirement(level=Level.ORANGE)
def solvent(a: Accounts, *, min_solvency: Annotated[Ratio, ASSUMED] = 0.20) -> Fact[bool]:
    return bm.plugin.ratio(a.equity, a.assets) >= min_solvency


@finance.signal(level=Level.ORANGE, applies=not_sole_trader)
def low_staff_cost(a: Accounts, *, min_staff: Annotated[Ratio, ASSUMED] = 0.50) -> Fact[bool]:
    return bm.plugin.ratio(a.staff_cost, a.turnover) < min_staff


@finance.signal(level=Level.ORANGE)
def large_award(a: Accounts, award: bm.Award, *, times: TWICE = 2) -> Fact[bool]:
    return award.value > a.turnover * times


@finance.signal(level=Level.ORANGE)
def old_accounts(a: Accounts, award: bm.Award, *, accounts_months: TWICE = 18) -> Fact[bool]:
    return bm.plugin.add_months(a.filed_on, accounts_months) < award.starts_on


@governance.signal(level=Level.ORANGE)
def many_companies(p: People, *, max_companies: TWICE = 5) -> Fact[bool]:
    return p.other_companies > max_companies


@governance.signal(level=Level.ORANGE)
def old_vog(p: People, award: bm.Award, *, vog_months: TWICE = 6) -> Fact[bool]:
    return bm.plugin.add_months(p.oldest_vog, vog_months) < award.starts_on


@governance.signal(level=Level.ORANGE)
def money_leaves(
    a: Accounts,
    *,
    max_related: Annotated[Ratio, ASSUMED] = 0.15,
    max_dividend: Annotated[Ratio, ASSUMED] = 0.10,
) -> Fact[bool]:
    return (a.related_share > max_related) | (bm.plugin.ratio(a.dividend, a.turnover) > max_dividend)


@sanctions.signal(level=Level.EXCLUDE)
def listed(s: Sanctions) -> Fact[bool]:
    return s.hit


@quality.signal(level=Level.RED)
def bad_grade(i: Inspection) -> Fact[bool]:
    return bm.plugin.one_of(i.grade, Grade.INSUFFICIENT, Grade.CRITICAL)


@quality.signal(level=Level.ORANGE)
def subcontracts(a: Accounts, provider: bm.Provider, *, max_share: Annotated[Ratio, ASSUMED] = 0.5) -> Fact[bool]:
    return (a.subcontract_share > max_share) & bm.plugin.one_of(
        provider.legal_form, bm.LegalForm.EENMANSZAAK, bm.LegalForm.VOF
    )


@capacity.signal(level=Level.ORANGE)
def out_of_proportion(
    p: People,
    award: bm.Award,
    *,
    per_head: Annotated[Money, ASSUMED] = bm.euro(150_000),  # noqa: B008
    clients_per_head: TWICE = 20,
) -> Fact[bool]:
    return (award.value > per_head * p.staff) | (p.clients > p.staff * clients_per_head)


PLUGIN = types.ModuleType("screening")
PLUGIN.BARRIERMODEL_API = 2  # type: ignore[attr-defined]


def _barriers() -> tuple[Barrier, ...]:
    return BARRIERS


PLUGIN.barriermodel_barriers = bm.plugin.hookimpl(_barriers, specname="barriermodel_barriers")  # type: ignore[attr-defined]

PROFILE = """
id = "screening"
title = { nl = "meting", en = "benchmark" }
owner = "tests"
status = "reconstruction"
valid_from = 2019-01-01
[[stages]]
id = "requirements"
title = { nl = "eisen", en = "requirements" }
moment = "admission"
barriers = ["b.register", "b.sector", "b.certificate"]
[[stages]]
id = "monitoring"
title = { nl = "monitoring", en = "monitoring" }
moment = "monitoring"
barriers = ["b.finance", "b.governance", "b.sanctions"]
[[stages]]
id = "supervision"
title = { nl = "toezicht", en = "supervision" }
moment = "supervision"
barriers = ["b.quality", "b.capacity"]
"""


def make_model(folder: Path, profile: str = PROFILE) -> bm.BarrierModel:
    """The model whose work is measured."""
    path = folder / "screening.toml"
    path.write_text(profile, encoding="utf-8")
    registry = bm.Registry()
    plugin = registry.add(PLUGIN)
    assert plugin.status is PluginStatus.OK, plugin.message
    return bm.BarrierModel.load(path, registry)


# Dossiers ---------------------------------------------------------------------------------------------

AS_OF = date(2025, 6, 1)
OWN = bm.Identifier("NL-KVK", "01234567")
OTHER = bm.Identifier("NL-KVK", "07654321")


def make_dossiers(count: int, seed: int = 14) -> list[bm.Dossier]:
    """Dossiers as a region has them: most complete, some facts unknown, some evidence stale."""
    return [_dossier(random.Random(f"{seed}/{i}")) for i in range(count)]


def _dossier(rng: random.Random) -> bm.Dossier:
    def maybe(value: object) -> object:
        return UNKNOWN if rng.random() < 0.05 else value

    def day(low: int, high: int) -> date:
        return AS_OF + timedelta(days=rng.randint(low, high))

    turnover = rng.randint(100_000, 5_000_000)
    facts = [
        Register(dissolved=maybe(rng.random() < 0.02), bankrupt=maybe(rng.random() < 0.03),
                 registered_on=maybe(day(-6000, -100)), sbi_code=maybe(rng.choice([*CARE, "4711"]))),
        Permit(wtza_permit=maybe(rng.random() < 0.9)),
        Certificate(valid_until=maybe(day(0, 3000)), standard=maybe(rng.choice([*ACCEPTED, "ISO 14001"]))),
        Accounts(year=2024, turnover=maybe(bm.euro(turnover)), profit=maybe(bm.euro(int(turnover * rng.uniform(-0.1, 0.2)))),
                 equity=maybe(bm.euro(rng.randint(0, 900_000))), assets=maybe(bm.euro(rng.randint(1, 2_000_000))),
                 staff_cost=maybe(bm.euro(int(turnover * rng.uniform(0.4, 0.9)))), dividend=maybe(bm.euro(rng.randint(0, 90_000))),
                 related_share=maybe(rng.uniform(0, 0.2)), subcontract_share=maybe(rng.uniform(0, 0.8)), filed_on=maybe(day(-700, -10))),
        People(other_companies=maybe(rng.randint(0, 7)), oldest_vog=maybe(day(-300, -1)), staff=maybe(rng.randint(1, 80)),
               clients=maybe(rng.randint(1, 900))),
        Sanctions(hit=maybe(rng.random() < 0.01)),
        Inspection(grade=maybe(rng.choice(list(Grade)))),
    ]  # fmt: skip
    evidence = [
        bm.Evidence(id=f"ev-{i}", facts=f, about=OWN if rng.random() < 0.97 else OTHER, issued_on=day(-200, 0))
        for i, f in enumerate(facts)
        if rng.random() < 0.97 and states_a_fact(f)
    ]
    award = bm.Award(starts_on=day(1, 200), ends_on=day(900, 1800), value=bm.euro(rng.randint(50_000, 3_000_000)))
    provider = bm.Provider(name="x", identifiers=[OWN], legal_form=maybe(rng.choice(list(bm.LegalForm)[:7])))
    return bm.Dossier(as_of=AS_OF, provider=provider, award=award, evidence=evidence)


def make_uniform(rng: random.Random) -> bm.Dossier:
    """A dossier with uniform values and nothing aimed: what random testing without a kit has."""

    def day() -> date:
        return AS_OF + timedelta(days=rng.randint(-3650, 3650))

    def amount() -> Money:
        return bm.euro(rng.randint(0, 5_000_000))

    facts = [
        Register(dissolved=rng.random() < 0.5, bankrupt=rng.random() < 0.5, registered_on=day(), sbi_code=rng.choice([*CARE, "4711"])),
        Permit(wtza_permit=rng.random() < 0.5),
        Certificate(valid_until=day(), standard=rng.choice([*ACCEPTED, "ISO 14001"])),
        Accounts(year=2024, turnover=amount(), profit=amount(), equity=amount(), assets=amount(), staff_cost=amount(), dividend=amount(),
                 related_share=rng.random(), subcontract_share=rng.random(), filed_on=day()),
        People(other_companies=rng.randint(0, 20), oldest_vog=day(), staff=rng.randint(0, 100), clients=rng.randint(0, 1000)),
        Sanctions(hit=rng.random() < 0.5),
        Inspection(grade=rng.choice(list(Grade))),
    ]  # fmt: skip
    evidence = [bm.Evidence(id=f"ev-{i}", facts=f, issued_on=AS_OF) for i, f in enumerate(facts)]
    award = bm.Award(starts_on=day(), ends_on=day(), value=amount())
    provider = bm.Provider(name="x", legal_form=rng.choice(list(bm.LegalForm)))
    return bm.Dossier(as_of=AS_OF, provider=provider, award=award, evidence=evidence)
