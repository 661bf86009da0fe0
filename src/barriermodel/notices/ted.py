"""TED_EXPORT R2.0.9, the format of TED until October 2023: award notices F03 and F21 (social services)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

import attrs

from ..domain.award import Procedure
from ..errors import DossierError
from .content import Amount, Content, Group, LeftOut, Number, Row, Supplier, parted, without_award
from .xml import all_words, text_at, texts_at

_FORMS: Final = ("F03_2014", "F21_2014")
_PROCEDURES: Final = {
    "PT_OPEN": Procedure.OPEN,
    "PT_RESTRICTED": Procedure.RESTRICTED,
    "PT_COMPETITIVE_NEGOTIATION": Procedure.NEGOTIATED,
    "PT_NEGOTIATED_WITH_PRIOR_CALL": Procedure.NEGOTIATED,
}
"""Procedures of an F03. An award without a call is none of ours: neither open house nor a negotiated procedure."""
_WITHOUT_CALL: Final = "PT_AWARD_CONTRACT_WITHOUT_CALL"
_NOT_AWARDED: Final = ("PROCUREMENT_UNSUCCESSFUL", "PROCUREMENT_DISCONTINUED")


def read_ted(root: Element, where: str) -> Content:
    """What a TED_EXPORT says.

    Raises:
        DossierError: it is no award notice.

    """
    form = _form(root, where)
    number = root.get("DOC_ID", "") or text_at(root, "CODED_DATA_SECTION/NOTICE_DATA/NO_DOC_OJS")
    labels = {
        cpv.get("CODE", ""): all_words(cpv) for cpv in root.iterfind("CODED_DATA_SECTION/NOTICE_DATA/ORIGINAL_CPV")
    }
    procedure, code = _procedure(form)
    awards = form.iterfind("AWARD_CONTRACT")
    rows, left_out = parted(found for award in awards for found in _award(award, form, labels, where, number))
    lots = texts_at(form, "OBJECT_CONTRACT/OBJECT_DESCR/LOT_NO")
    left_out += without_award(lots, [*rows, *left_out], where, number)
    return Content(
        where=where,
        form=f"TED {form.get('FORM', '')}".strip(),
        number=number,
        authorities=_authorities(form),
        title=text_at(form, "OBJECT_CONTRACT/TITLE"),
        procedure=procedure,
        procedure_code=code,
        words=all_words(form.find("OBJECT_CONTRACT")),
        rows=tuple(rows),
        left_out=tuple(left_out),
    )


def _form(root: Element, where: str) -> Element:
    """The form in its original language."""
    sections = [form for section in root.iterfind("FORM_SECTION") for form in section]
    forms = [form for form in sections if form.tag in _FORMS]
    if not forms:
        names = ", ".join(sorted({form.tag for form in sections})) or "none"
        raise DossierError.one(where, f"this TED notice has form {names}; only award notices F03 and F21 are read")
    form = next((one for one in forms if one.get("CATEGORY") == "ORIGINAL"), forms[0])
    notice = form.find("NOTICE")
    if form.find("AWARD_CONTRACT") is None or (notice is not None and notice.get("TYPE") != "AWARD_CONTRACT"):
        sort = form.get("FORM", form.tag)
        raise DossierError.one(where, f"this TED notice ({sort}) has no award: name the award notice")
    return form


def _authorities(form: Element) -> tuple[str, ...]:
    names = ("ADDRESS_CONTRACTING_BODY", "ADDRESS_CONTRACTING_BODY_ADDITIONAL")
    return tuple(name for tag in names for name in texts_at(form, f"CONTRACTING_BODY/{tag}/OFFICIALNAME"))


def _procedure(form: Element) -> tuple[Procedure | None, str]:
    """F21 is the form of the simplified procedure for social services, whatever it ticks, except without a call."""
    section = form.find("PROCEDURE")
    names = [child.tag for child in (section if section is not None else ())]
    code = next((name for name in names if name.startswith("PT_")), "")
    if form.tag == "F21_2014":
        return (None if code == _WITHOUT_CALL else Procedure.SOCIAL_SERVICES), f"F21 {code}".strip()
    return _PROCEDURES.get(code), code


def _award(award: Element, form: Element, labels: dict[str, str], where: str, number: str) -> Iterator[Row | LeftOut]:
    """The suppliers of one award, or why there are none."""
    lot = text_at(award, "LOT_NO")
    contract = award.find("AWARDED_CONTRACT")
    contractors = [] if contract is None else list(contract.iterfind("CONTRACTORS/CONTRACTOR"))
    if contract is None:
        codes = [child.tag for section in award.iterfind("NO_AWARDED_CONTRACT") for child in section]
        said = next((code for code in codes if code in _NOT_AWARDED), "")
        yield LeftOut(where=where, reason="not_awarded", notice=number, lot=lot, said=said)
        return
    if not contractors:
        yield LeftOut(where=where, reason="no_supplier", notice=number, lot=lot)
    described = _described(form, lot)
    common = Row(
        lot=lot,
        item=text_at(award, "CONTRACT_NO") or award.get("ITEM", ""),
        supplier=Supplier(name=""),
        lot_title=text_at(described, "TITLE"),
        services=_services(form, described, labels),
        awarded_on=(text_at(contract, "DATE_CONCLUSION_CONTRACT"),),
        starts_on=text_at(described, "DATE_START"),
        ends_on=text_at(described, "DATE_END"),
        value=_value(contract),
        group=_group(contract, len(contractors)),
    )
    yield from (attrs.evolve(common, supplier=_supplier(one)) for one in contractors)


def _value(contract: Element) -> Amount:
    total = contract.find("VALUES/VAL_TOTAL")
    if total is not None:
        return Amount(text=all_words(total), currency=total.get("CURRENCY", ""))
    spread = contract.find("VALUES/VAL_RANGE_TOTAL")
    if spread is None:
        return Amount()
    return Amount(text=f"{text_at(spread, 'LOW')} - {text_at(spread, 'HIGH')}", currency=spread.get("CURRENCY", ""))


def _described(form: Element, lot: str) -> Element | None:
    """The description of a lot; where the notice has but one, that one."""
    found = list(form.iterfind("OBJECT_CONTRACT/OBJECT_DESCR"))
    same = [one for one in found if text_at(one, "LOT_NO") == lot]
    return same[0] if same else found[0] if len(found) == 1 else None


def _services(form: Element, described: Element | None, labels: dict[str, str]) -> tuple[str, ...]:
    codes = [cpv.get("CODE", "") for cpv in form.iterfind("OBJECT_CONTRACT/CPV_MAIN/CPV_CODE")]
    if described is not None:
        codes += [cpv.get("CODE", "") for cpv in described.iterfind("CPV_ADDITIONAL/CPV_CODE")]
    return tuple(f"CPV {code} {labels.get(code, '')}".strip() for code in dict.fromkeys(codes) if code)


def _group(contract: Element, suppliers: int) -> Group:
    """Whether several suppliers of one contract won together.

    Open house notices tick "group" for all that were admitted. With no fewer tenders than suppliers it is doubtful.
    """
    if suppliers < 2 or contract.find("CONTRACTORS/NO_AWARDED_TO_GROUP") is not None:
        return Group.NO
    tenders = text_at(contract, "TENDERS/NB_TENDERS_RECEIVED")
    stated = contract.find("CONTRACTORS/AWARDED_TO_GROUP") is not None
    return Group.STATED if stated and tenders.isdecimal() and int(tenders) < suppliers else Group.DOUBTFUL


def _supplier(contractor: Element) -> Supplier:
    country = contractor.find("ADDRESS_CONTRACTOR/COUNTRY")
    return Supplier(
        name=text_at(contractor, "ADDRESS_CONTRACTOR/OFFICIALNAME"),
        numbers=tuple(Number(text=text) for text in texts_at(contractor, "ADDRESS_CONTRACTOR/NATIONALID")),
        country=country.get("VALUE", "") if country is not None else "",
    )
