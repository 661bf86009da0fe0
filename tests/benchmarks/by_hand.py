"""The same work written by hand, as a programmer of a municipality would: on the same objects, nothing shared.

``statuses`` does the rules alone on facts that are selected already; ``screen`` selects the evidence, applies
the rules, and gives the ends per barrier and stage and the advice, with ids and reasons of what was found.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import screening as work

from barriermodel import UNKNOWN as U
from barriermodel import Dossier, LegalForm

CARE, ACCEPTED = frozenset(work.CARE), frozenset(work.ACCEPTED)
SOLE = (LegalForm.EENMANSZAAK, LegalForm.VOF, LegalForm.MAATSCHAP)
SMALL = (LegalForm.EENMANSZAAK, LegalForm.VOF)
BAD = (work.Grade.INSUFFICIENT, work.Grade.CRITICAL)
PER_HEAD = 150_000_00


def later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, day.day if day.day <= 28 else min(day.day, monthrange(year, month)[1]))


def statuses(
    provider, award, register, permit, certificate, accounts, people, sanctions, inspection
) -> tuple[int, ...]:
    """0 clear, 1 hit, 2 open, 3 not applicable, in the order of ``IDS``."""
    dissolved, bankrupt, registered = register.dissolved, register.bankrupt, register.registered_on
    start, value, form = award.starts_on, award.value, provider.legal_form
    turnover, staff = accounts.turnover, people.staff
    s01 = 2 if dissolved is U else 1 if dissolved else 0
    s02 = 2 if bankrupt is U else 1 if bankrupt else 0
    s03 = 2 if registered is U or start is U else 1 if later(registered, 24) > start else 0
    code = register.sbi_code
    s04 = 2 if code is U else 0 if code in CARE else 1
    allowed = permit.wtza_permit
    if staff is U:
        s05 = 0 if allowed is True else 2
    elif staff <= 10:
        s05 = 0
    else:
        s05 = 2 if allowed is U else 0 if allowed else 1
    until, end = certificate.valid_until, award.ends_on
    s06 = 2 if until is U or end is U else 1 if until < end else 0
    standard = certificate.standard
    s07 = 2 if standard is U else 0 if standard in ACCEPTED else 1
    profit, cost = accounts.profit, accounts.staff_cost
    if form is not U and form in SOLE:
        s08 = s09 = s11 = 3
    else:
        hit = 2 if form is U else 1
        if profit is U or turnover is U or not turnover.cents:
            s08 = s09 = 2
        else:
            margin = profit.cents / turnover.cents
            s08 = hit if margin > 0.10 else 0
            s09 = hit if margin > 0.25 else 0
        s11 = 2 if cost is U or turnover is U or not turnover.cents else hit if cost.cents / turnover.cents < 0.5 else 0
    equity, assets = accounts.equity, accounts.assets
    s10 = 2 if equity is U or assets is U or not assets.cents else 1 if equity.cents / assets.cents < 0.2 else 0
    s12 = 2 if value is U or turnover is U else 1 if value.cents > 2 * turnover.cents else 0
    filed = accounts.filed_on
    s13 = 2 if filed is U or start is U else 1 if later(filed, 18) < start else 0
    others, vog = people.other_companies, people.oldest_vog
    s14 = 2 if others is U else 1 if others > 5 else 0
    s15 = 2 if vog is U or start is U else 1 if later(vog, 6) < start else 0
    related, dividend = accounts.related_share, accounts.dividend
    paid = U if dividend is U or turnover is U or not turnover.cents else dividend.cents / turnover.cents > 0.1
    s16 = 1 if (related is not U and related > 0.15) or paid is True else 2 if related is U or paid is U else 0
    listed = sanctions.hit
    s17 = 2 if listed is U else 1 if listed else 0
    grade = inspection.grade
    s18 = 2 if grade is U else 1 if grade in BAD else 0
    share = accounts.subcontract_share
    if (share is not U and share <= 0.5) or (form is not U and form not in SMALL):
        s19 = 0
    else:
        s19 = 2 if share is U or form is U else 1
    clients = people.clients
    much = U if value is U or staff is U else value.cents > PER_HEAD * staff
    many = U if clients is U or staff is U else clients > 20 * staff
    s20 = 1 if much is True or many is True else 2 if much is U or many is U else 0
    return (
        s01,
        s02,
        s03,
        s04,
        s05,
        s06,
        s07,
        s08,
        s09,
        s10,
        s11,
        s12,
        s13,
        s14,
        s15,
        s16,
        s17,
        s18,
        s19,
        s20,
    )


# (id, level, reason), by stage and barrier
STAGES = (
    (
        (("dissolved", 3, "dissolved"), ("bankrupt", 2, "bankrupt"), ("young", 1, "registered recently")),
        (("care_code", 1, "no care code"), ("permit", 2, "no permit")),
        (("valid", 1, "not valid to the end"), ("accepted", 1, "not accepted")),
    ),
    (
        (("high_profit", 1, "high profit"), ("very_high_profit", 2, "very high profit"), ("solvent", 1, "not solvent"),
         ("low_staff_cost", 1, "low staff cost"), ("large_award", 1, "large award"), ("old_accounts", 1, "old accounts")),
        (("many_companies", 1, "many companies"), ("old_vog", 1, "old VOG"), ("money_leaves", 1, "money leaves")),
        (("listed", 3, "on a list"),),
    ),
    (
        (("bad_grade", 2, "bad grade"), ("subcontracts", 1, "subcontracts")),
        (("out_of_proportion", 1, "out of proportion"),),
    ),
)  # fmt: skip
IDS = tuple(rule[0] for stage in STAGES for barrier in stage for rule in barrier)
BLANK = {
    cls: cls()
    for cls in (
        work.Register,
        work.Permit,
        work.Certificate,
        work.Accounts,
        work.People,
        work.Sanctions,
        work.Inspection,
    )
}
TERM = {work.Register: 6, work.Accounts: 18}


def select(dossier: Dossier) -> dict[type, object]:
    """The newest usable item of each kind; a blank one where there is none."""
    best: dict[type, object] = {}
    for item in dossier.evidence:
        if item.about is not None and item.about not in dossier.provider.identifiers:
            continue
        day = item.issued_on or item.obtained_on
        if day is None or day > dossier.as_of:
            continue
        cls = type(item.facts)
        if cls not in best or best[cls][0] < day:
            best[cls] = (day, item)
    found = dict(BLANK)
    for cls, (day, item) in best.items():
        if item.valid_until is not None and item.valid_until < dossier.as_of:
            continue
        if cls in TERM and later(day, TERM[cls]) < dossier.as_of:
            continue
        found[cls] = item.facts
    return found


def screen(dossier: Dossier):
    """Advice, stages, barriers, statuses, findings."""
    found = select(dossier)
    codes = statuses(dossier.provider, dossier.award, *found.values())
    findings, stages, barriers, status = [], [], [], {}
    i = low = high = 0
    excluded = False
    for stage in STAGES:
        stage_low = stage_high = 0
        for barrier in stage:
            barrier_low = barrier_high = 0
            for id, level, reason in barrier:
                code = codes[i]
                i += 1
                if excluded:
                    status[id] = 4
                    continue
                status[id] = code
                if code == 1:
                    findings.append((id, "hit", reason))
                    barrier_low = max(barrier_low, level)
                    barrier_high = max(barrier_high, level)
                elif code == 2:
                    findings.append((id, "open", reason))
                    barrier_high = max(barrier_high, level)
            barriers.append(None if excluded else (barrier_low, barrier_high))
            stage_low, stage_high = max(stage_low, barrier_low), max(stage_high, barrier_high)
        stages.append(None if excluded else (stage_low, stage_high))
        low, high = max(low, stage_low), max(high, stage_high)
        excluded = low == 3
    return (low, high), stages, barriers, status, findings
