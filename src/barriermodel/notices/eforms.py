"""eForms, the format of TED since October 2023: contract award notices (UBL 2.3, eForms SDK)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element

import attrs

from ..domain.award import Procedure
from ..errors import DossierError
from .content import Amount, Content, Group, LeftOut, Number, Row, Supplier, parted, without_award
from .values import WITHHELD
from .xml import all_words, first, text_at, texts_at

_PROCEDURES: Final = {
    "open": Procedure.OPEN,
    "restricted": Procedure.RESTRICTED,
    "neg-w-call": Procedure.NEGOTIATED,
}
_WITHOUT_CALL: Final = "neg-wo-call"
_SOCIAL: Final = "can-social"
_AWARDS: Final = ("can-standard", _SOCIAL, "can-desg", "can-tran")
_RESULTS: Final = {"clos-nw": "not_awarded", "open-nw": "still_open", WITHHELD: "withheld"}
"""Code list winner-selection-status; ``selec-w`` is the one with a winner."""


def read_eforms(root: Element, where: str) -> Content:
    """What an eForms award notice says.

    Raises:
        DossierError: it is another kind of notice, or has no result.

    """
    sort = text_at(root, "NoticeTypeCode")
    if sort not in _AWARDS:
        raise DossierError.one(
            where, f"this is an eForms notice of type {sort[:40]!r}, not an award; name the award notice"
        )
    notice = _Notice.of(root, where)
    if notice is None:
        raise DossierError.one(where, "this award notice has no result: it names no lots and no winners")
    rows, left_out = parted(
        found for result in notice.result.iterfind("LotResult") for found in _result(notice, result)
    )
    left_out += without_award(notice.lots, [*rows, *left_out], where, notice.number)
    procedure, code = _procedure(root, sort)
    buyers = texts_at(root, "ContractingParty/Party/PartyIdentification/ID")
    return Content(
        where=where,
        form=f"eForms {sort}",
        number=notice.number,
        authorities=tuple(notice.companies[id].name for id in buyers if id in notice.companies),
        title=text_at(root, "ProcurementProject/Name"),
        procedure=procedure,
        procedure_code=code,
        words=" ".join(all_words(project) for project in _projects(root)),
        rows=tuple(rows),
        left_out=tuple(left_out),
    )


def _projects(root: Element) -> Iterator[Element]:
    yield from root.iterfind("ProcurementProject")
    yield from root.iterfind("ProcurementProjectLot/ProcurementProject")


def _procedure(root: Element, sort: str) -> tuple[Procedure | None, str]:
    """A social award notice is of the simplified procedure, whatever code stands beside it, except without a call."""
    code = text_at(root, "TenderingProcess/ProcedureCode")
    if sort == _SOCIAL:
        return (None if code == _WITHOUT_CALL else Procedure.SOCIAL_SERVICES), f"{sort} {code}".strip()
    return _PROCEDURES.get(code), code


@attrs.frozen(kw_only=True)
class _Notice:
    """The parts of a notice that refer to each other, by their ids."""

    where: str
    number: str
    result: Element
    award_date: str
    services: tuple[str, ...]
    companies: dict[str, Supplier]
    lots: dict[str, Element]
    tenders: dict[str, Element]
    parties: dict[str, Element]
    contracts: dict[str, Element]

    @classmethod
    def of(cls, root: Element, where: str) -> _Notice | None:
        extension = root.find("UBLExtensions/UBLExtension/ExtensionContent/EformsExtension")
        result = first(extension, "NoticeResult")
        if extension is None or result is None:
            return None
        own = "-".join(part for part in (text_at(root, "ID"), text_at(root, "VersionID")) if part)
        return cls(
            where=where,
            number=text_at(extension, "Publication/NoticePublicationID") or own,
            result=result,
            award_date=text_at(root, "TenderResult/AwardDate"),
            services=_services(root.find("ProcurementProject")),
            companies={
                text_at(one, "Company/PartyIdentification/ID"): _supplier(one)
                for one in extension.iterfind("Organizations/Organization")
            },
            lots=_by_id(root, "ProcurementProjectLot"),
            tenders=_by_id(result, "LotTender"),
            parties=_by_id(result, "TenderingParty"),
            contracts=_by_id(result, "SettledContract"),
        )

    def left_out(self, reason: str, lot: str, said: str = "") -> LeftOut:
        return LeftOut(where=self.where, reason=reason, notice=self.number, lot=lot, said=said)


def _by_id(element: Element, name: str) -> dict[str, Element]:
    return {text_at(one, "ID"): one for one in element.iterfind(name)}


def _supplier(organization: Element) -> Supplier:
    country = text_at(organization, "Company/PostalAddress/Country/IdentificationCode")
    return Supplier(
        name=text_at(organization, "Company/PartyName/Name"),
        numbers=tuple(Number(text=n) for n in texts_at(organization, "Company/PartyLegalEntity/CompanyID")),
        country="NL" if country == "NLD" else country,
        natural=text_at(organization, "NaturalPersonIndicator") == "true",
    )


def _services(project: Element | None) -> tuple[str, ...]:
    if project is None:
        return ()
    names = ("MainCommodityClassification", "AdditionalCommodityClassification")
    return tuple(f"CPV {code}" for name in names for code in texts_at(project, f"{name}/ItemClassificationCode"))


def _result(notice: _Notice, result: Element) -> Iterator[Row | LeftOut]:
    """The suppliers of one result, or why there are none."""
    lot = text_at(result, "TenderLot/ID")
    code = text_at(result, "TenderResultCode")

    def refers(contract: Element) -> tuple[str, ...]:
        return texts_at(contract, "LotTender/ID")

    if code != "selec-w":
        reason = _RESULTS.get(code, "unknown_code")
        yield notice.left_out(reason, lot, text_at(result, "DecisionReason/DecisionReasonCode") or code)
        return
    tenders = texts_at(result, "LotTender/ID")
    contracts = [notice.contracts[id] for id in texts_at(result, "SettledContract/ID") if id in notice.contracts]
    named = [id for id in tenders if any(id in refers(contract) for contract in contracts)]
    if not tenders:
        yield notice.left_out("no_supplier", lot)
    for id in tenders:
        if named and id not in named:
            yield notice.left_out("not_contracted", lot, id)
        elif not named and len(tenders) > 1:
            yield notice.left_out("winner_unclear", lot, id)
        else:
            yield from _tender(notice, lot, id, [one for one in contracts if id in (refers(one) or (id,))])


def _tender(notice: _Notice, lot: str, id: str, contracts: Sequence[Element]) -> Iterator[Row | LeftOut]:
    tender = notice.tenders.get(id)
    party = notice.parties.get(text_at(tender, "TenderingParty/ID"))
    members = texts_at(party, "Tenderer/ID")
    if not members:
        yield notice.left_out("no_supplier", lot, id)
        return
    project = first(notice.lots.get(lot), "ProcurementProject")
    signed = [text_at(contract, "IssueDate") for contract in contracts]
    decided = [text_at(contract, "AwardDate") for contract in contracts]
    for member in members:
        if member not in notice.companies:
            yield notice.left_out("no_supplier", lot, member)
            continue
        yield Row(
            lot=lot,
            item=id,
            supplier=notice.companies[member],
            lot_title=text_at(project, "Name"),
            services=_services(project) or notice.services,
            awarded_on=tuple(day for day in (*signed, *decided, notice.award_date) if day),
            starts_on=text_at(project, "PlannedPeriod/StartDate"),
            ends_on=text_at(project, "PlannedPeriod/EndDate"),
            value=_value(first(tender, "LegalMonetaryTotal/PayableAmount")),
            group=Group.STATED if len(members) > 1 else Group.NO,
            codes=(("result", "selec-w"),),
        )
    for sub in texts_at(party, "SubContractor/ID"):
        yield notice.left_out("subcontractor", lot, notice.companies[sub].name if sub in notice.companies else sub)


def _value(amount: Element | None) -> Amount:
    """The amount of a tender; -1 stands for one that is not published yet."""
    if amount is None:
        return Amount()
    text = all_words(amount)
    masked = text.partition(".")[0] == "-1" or text == WITHHELD
    return Amount(text=text, currency=amount.get("currencyID", ""), unknown="withheld" if masked else "")
