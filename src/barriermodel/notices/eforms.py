"""eForms, the format of TED since October 2023: contract award notices (UBL 2.3, eForms SDK)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Final
from xml.etree.ElementTree import Element

from barriermodel import DossierError, Procedure

from .completeness import unread_companies, with_awards
from .eforms_notice import EXTENSION, EformsNotice, dutch_text, services_of, tenders_of, without_withheld
from .notice import Amount, AwardRow, Group, LeftOut, Notice, left_out
from .values import WITHHELD, all_words, first, text_at, texts_at

_PROCEDURES: Final = {
    "open": Procedure.OPEN,
    "restricted": Procedure.RESTRICTED,
    "neg-w-call": Procedure.NEGOTIATED,
}
_WITHOUT_CALL: Final = "neg-wo-call"
_SOCIAL: Final = "can-social"
_INTENDED: Final = "veat"
_AWARDS: Final = ("can-standard", _SOCIAL, "can-desg", "can-tran", _INTENDED)
_BY_SUBTYPE: Final = {
    **dict.fromkeys(("25", "26", "27", "28"), _INTENDED),
    **dict.fromkeys(("29", "30", "31", "32"), "can-standard"),
    **dict.fromkeys(("33", "34", "35"), _SOCIAL),
    **dict.fromkeys(("36", "37"), "can-desg"),
}
"""Code list notice-subtype, for publishers that leave out the type."""
_RESULTS: Final = {"clos-nw": "not_awarded", "open-nw": "still_open"}
"""Code list winner-selection-status; ``selec-w`` means that there is a winner."""


def read_eforms(root: Element, where: str, as_of: date | None = None) -> Notice:
    """Read an eForms award notice.

    Args:
        root: the root element, which is modified: withheld values are removed from it.
        where: the file.
        as_of: read withheld fields that are public on this day; without it, none of them.

    Raises:
        DossierError: it is another kind of notice, or has no result.

    """
    sort = _form_type(root, where)
    notice = EformsNotice.of(without_withheld(root, as_of), ("intended",) if sort == _INTENDED else ())
    if notice is None:
        raise DossierError.one(where, f"this award notice has no result of eForms: {_notice_hint(root)}")
    results = (found for result in notice.result.iterfind("LotResult") for found in _result(notice, result))
    procedure, code = _procedure(root, sort)
    buyers = texts_at(root, "ContractingParty/Party/PartyIdentification/ID")
    read = Notice(
        where=where,
        form=f"eForms {sort}",
        number=notice.number,
        authorities=tuple(notice.companies[id].name for id in buyers if id in notice.companies),
        title=dutch_text(root, "ProcurementProject/Name"),
        procedure=procedure,
        procedure_code=code,
        words=" ".join(all_words(project) for project in _projects(root)),
    )
    return with_awards(read, chain(results, _lots_without_result(notice)), _tender_counts(notice), notice.lots)


def _notice_hint(root: Element) -> str:
    """Say what an award notice has instead of an eForms result: winners as in plain UBL, or nothing."""
    winners = unread_companies([all_words(one) for one in root.iter("WinningParty")])
    return f"its winners stand in WinningParty{winners}" if winners else "it names no lots and no winners"


def _form_type(root: Element, where: str) -> str:
    """Return the type of an award notice; raise if it is another notice."""
    subtype = text_at(root, f"{EXTENSION}/NoticeSubType/SubTypeCode")
    sort = text_at(root, "NoticeTypeCode") or _BY_SUBTYPE.get(subtype, subtype)
    if sort not in _AWARDS:
        problem = f"is of type {sort[:40]!r}, not an award" if sort else "does not say its type"
        raise DossierError.one(where, f"this eForms notice {problem}{_tenderers(root)}; name the award notice")
    return sort


def _tenderers(root: Element) -> str:
    """Name the tenderers of a notice that is refused."""
    notice = EformsNotice.of(root, ())
    parties = [] if notice is None else notice.parties.values()
    ids = dict.fromkeys(id for party in parties for id in texts_at(party, "Tenderer/ID"))
    return unread_companies([notice.companies[id].name for id in ids if notice and id in notice.companies])


def _projects(root: Element) -> Iterator[Element]:
    yield from root.iterfind("ProcurementProject")
    yield from root.iterfind("ProcurementProjectLot/ProcurementProject")


def _procedure(root: Element, sort: str) -> tuple[Procedure | None, str]:
    """Return procedure and code. A social award notice means the simplified procedure, except without a call."""
    code = text_at(root, "TenderingProcess/ProcedureCode")
    if sort == _SOCIAL:
        is_simplified = code != _WITHOUT_CALL and not code.startswith(WITHHELD)
        return (Procedure.SOCIAL_SERVICES if is_simplified else None), f"{sort} {code}".strip()
    return _PROCEDURES.get(code), code


def _result(notice: EformsNotice, result: Element) -> Iterator[AwardRow | LeftOut]:
    """Yield the suppliers of one result, or why there are none."""
    lot = text_at(result, "TenderLot/ID")
    code = text_at(result, "TenderResultCode")
    tenders = tenders_of(result)
    if code != "selec-w" and (code or not notice.notes):  # the announcement of an intended award has no code
        reason = "withheld" if code.startswith(WITHHELD) else _RESULTS.get(code, "unknown_code")
        yield left_out(reason, lot, text_at(result, "DecisionReason/DecisionReasonCode") or code)
        reason = "tender_not_awarded" if reason == "not_awarded" else reason
        yield from (left_out(reason, lot, id) for id in tenders)
        return
    contracted = [id for id in tenders if id in notice.contracts_of]
    if not tenders:
        yield left_out("no_supplier", lot)
    for id in tenders:
        if contracted and id not in contracted:
            yield left_out("not_contracted", lot, id)
        elif not contracted and len(tenders) > 1:
            yield left_out("winner_unclear", lot, id)
        else:
            yield from _tender(notice, result, lot, id)


def _contracts(notice: EformsNotice, result: Element, tender: str) -> list[Element]:
    """Return the contracts that name a tender, or else those of the result that name no tender."""
    cited = [notice.contracts[id] for id in texts_at(result, "SettledContract/ID") if id in notice.contracts]
    return notice.contracts_of.get(tender) or [one for one in cited if not tenders_of(one)]


def _tender(notice: EformsNotice, result: Element, lot: str, id: str) -> Iterator[AwardRow | LeftOut]:
    """Yield the members of a winning tender."""
    tender = notice.tenders.get(id)
    party = notice.parties.get(text_at(tender, "TenderingParty/ID"))
    members = texts_at(party, "Tenderer/ID")
    if not members:
        yield left_out("no_supplier", lot, id)
        return
    project = first(notice.lots.get(lot), "ProcurementProject")
    contracts = _contracts(notice, result, id)
    signed = sorted(text_at(contract, "IssueDate") for contract in contracts)
    decided = sorted(text_at(contract, "AwardDate") for contract in contracts)
    own_lot = text_at(tender, "TenderLot/ID")
    for member in members:
        if member not in notice.companies:
            yield left_out("no_supplier", lot, member)
            continue
        yield AwardRow(
            lot=lot,
            item=id,
            supplier=notice.companies[member],
            lot_title=dutch_text(project, "Name"),
            services=services_of(project) or notice.services,
            awarded_on=tuple(day for day in (*signed, *decided, notice.award_date) if day),
            starts_on=text_at(project, "PlannedPeriod/StartDate"),
            ends_on=text_at(project, "PlannedPeriod/EndDate"),
            value=_value(notice, id, first(tender, "LegalMonetaryTotal/PayableAmount")),
            group=Group.STATED if len(members) > 1 else Group.NO,
            notes=(*notice.notes, *(["other_lot"] if own_lot not in ("", lot) else [])),
            codes=(
                ("result", text_at(result, "TenderResultCode")),
                ("lot_of_tender", own_lot if own_lot != lot else ""),
            ),
        )
    for sub in texts_at(party, "SubContractor/ID"):
        yield left_out("subcontractor", lot, notice.companies[sub].name if sub in notice.companies else sub)


def _tender_counts(notice: EformsNotice) -> Iterator[tuple[str, int]]:
    """Yield the number of tenders received for each lot, if that is public."""
    for result in notice.result.iterfind("LotResult"):
        for one in result.iterfind("ReceivedSubmissionsStatistics"):
            count = text_at(one, "StatisticsNumeric")
            if text_at(one, "StatisticsCode") == "tenders" and count.isdecimal():
                yield text_at(result, "TenderLot/ID"), int(count)


def _lots_without_result(notice: EformsNotice) -> Iterator[LeftOut]:
    """Yield the tenders that no result mentions, and the tenderers without a tender."""
    parties = {text_at(tender, "TenderingParty/ID") for tender in notice.tenders.values()}
    for id, tender in notice.tenders.items():
        if id not in notice.results_of:
            yield left_out("no_result", text_at(tender, "TenderLot/ID"), id)
    for id, party in notice.parties.items():
        if id not in parties:
            yield from (left_out("no_result", "", member) for member in texts_at(party, "Tenderer/ID"))


def _value(notice: EformsNotice, tender: str, amount: Element | None) -> Amount:
    """Return the amount of a tender; -1 stands for one that is not public yet."""
    if amount is None:
        return Amount()
    text = all_words(amount)
    is_masked = text.partition(".")[0] == "-1" or text.startswith(WITHHELD)
    unknown = "withheld" if is_masked else "several_lots" if notice.results_of[tender] > 1 else ""
    return Amount(text=text, currency=amount.get("currencyID", ""), unknown=unknown)
