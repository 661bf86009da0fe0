"""TED_EXPORT R2.0.9, the format of TED from 2016 until October 2023: the forms that have awards.

Its schemas differ in nesting (a contractor in S01 and S02, a list of them in S03 to S05), not in names. So the parts of
an award are found by name, at any depth, and any other element that names a company is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final
from xml.etree.ElementTree import Element

import attrs

from barriermodel import DossierError, Procedure

from .completeness import unread_companies, with_awards
from .lots import Lots
from .notice import Amount, AwardRow, Group, LeftOut, Notice, Number, Supplier, left_out
from .ted_older import OLDER_FORMS, read_older, sections_of
from .values import all_words, first_in, text_at, texts_at

_FORMS: Final = ("F03_2014", "F06_2014", "F13_2014", "F15_2014", "F21_2014", "F22_2014", "F23_2014", "F25_2014")
_SECTIONS: Final = ("AWARD_CONTRACT", "RESULTS")
"""The elements that describe one award; the second in the results of a design contest (F13)."""
_AWARDED: Final = ("AWARDED_CONTRACT", "AWARDED_PRIZE")
_NOT_AWARDED: Final = ("NO_AWARDED_CONTRACT", "NO_AWARDED_PRIZE")
_WHY_NOT: Final = ("PROCUREMENT_UNSUCCESSFUL", "PROCUREMENT_DISCONTINUED")
_SUPPLIERS: Final = ("CONTRACTOR", "WINNER")
_LISTS: Final = ("CONTRACTORS", "WINNERS")
_ADDRESSES: Final = ("ADDRESS_CONTRACTOR", "ADDRESS_WINNER")
_DECIDED: Final = ("DATE_CONCLUSION_CONTRACT", "DATE_DECISION_JURY")
_OTHER_FORMS: Final = {
    "F20_2014": "a change of a contract that was awarded before",
    "F14_2014": "a correction of another notice",
}
_PROCEDURES: Final = {
    "PT_OPEN": Procedure.OPEN,
    "PT_RESTRICTED": Procedure.RESTRICTED,
    "PT_COMPETITIVE_NEGOTIATION": Procedure.NEGOTIATED,
    "PT_NEGOTIATED_WITH_PRIOR_CALL": Procedure.NEGOTIATED,
}
"""Procedures of an F03 or F06. One without a call is neither open house nor a negotiated procedure."""
_WITHOUT_CALL: Final = "PT_AWARD_CONTRACT_WITHOUT_CALL"


def read_ted(root: Element, where: str) -> Notice:
    """Read a TED_EXPORT.

    Raises:
        DossierError: it is no award notice.

    """
    form = _form(root, where)
    if form.tag in OLDER_FORMS:
        return read_older(root, form, where)
    notice = _Notice.of(root, form)
    awards = (found for section in _sections(form) for found in _section(section, notice))
    procedure, code = _procedure(form)
    read = Notice(
        where=where,
        form=f"TED {form.get('FORM', '')}".strip(),
        number=notice.number,
        authorities=_authorities(form),
        title=text_at(form, "OBJECT_CONTRACT/TITLE"),
        procedure=procedure,
        procedure_code=code,
        words=all_words(form.find("OBJECT_CONTRACT")),
    )
    found = chain(awards, _lots_without_section(form))
    return with_awards(read, found, _tender_counts(form, notice.lots), notice.lots.known)


@attrs.frozen(kw_only=True)
class _Notice:
    """The parts of a notice that all its awards share."""

    number: str
    lots: Lots
    descriptions: dict[str | None, Element]
    services: tuple[str, ...]
    labels: dict[str, str]
    notes: tuple[str, ...]

    @classmethod
    def of(cls, root: Element, form: Element) -> _Notice:
        codes = root.iterfind("CODED_DATA_SECTION/NOTICE_DATA/ORIGINAL_CPV")
        notice = form.find("NOTICE")
        is_marked_otherwise = notice is not None and not notice.get("TYPE", "").endswith("AWARD_CONTRACT")
        notes = {"intended": form.tag == "F15_2014", "marked_otherwise": is_marked_otherwise}
        return cls(
            number=root.get("DOC_ID", "") or text_at(root, "CODED_DATA_SECTION/NOTICE_DATA/NO_DOC_OJS"),
            lots=Lots.of(texts_at(form, "OBJECT_CONTRACT/OBJECT_DESCR/LOT_NO")),
            descriptions=_descriptions(form),
            services=tuple(cpv.get("CODE", "") for cpv in form.iterfind("OBJECT_CONTRACT/CPV_MAIN/CPV_CODE")),
            labels={cpv.get("CODE", ""): all_words(cpv) for cpv in codes},
            notes=tuple(note for note, holds in notes.items() if holds),
        )


def _form(root: Element, where: str) -> Element:
    """Return the form in its original language."""
    sections = [form for section in root.iterfind("FORM_SECTION") for form in section]
    forms = [form for form in sections if form.tag in (*_FORMS, *OLDER_FORMS)]
    if not forms:
        names = sorted({form.tag for form in sections})
        known = [f"{name}, {_OTHER_FORMS[name]}" for name in names if name in _OTHER_FORMS]
        found = "; ".join(known) or ", ".join(names) or "none"
        found += unread_companies([name for form in sections for name in _names(form)])
        read = ", ".join(name.removesuffix("_2014") for name in _FORMS)
        raise DossierError.one(where, f"this TED notice has form {found}; only award notices are read ({read})")
    form = next((one for one in forms if one.get("CATEGORY") == "ORIGINAL"), forms[0])
    if not _sections(form) and not sections_of(form):
        sort = form.get("FORM", form.tag)
        raise DossierError.one(
            where, f"this TED notice ({sort}) has no award{unread_companies(_names(form))}; name the award notice"
        )
    return form


def _sections(form: Element) -> list[Element]:
    return [section for section in form if section.tag in _SECTIONS]


def _authorities(form: Element) -> tuple[str, ...]:
    names = ("ADDRESS_CONTRACTING_BODY", "ADDRESS_CONTRACTING_BODY_ADDITIONAL")
    return tuple(name for tag in names for name in texts_at(form, f"CONTRACTING_BODY/{tag}/OFFICIALNAME"))


def _procedure(form: Element) -> tuple[Procedure | None, str]:
    """Return procedure and code. F21 means the simplified procedure for social services, except without a call."""
    section = form.find("PROCEDURE")
    names = [one.tag for one in (section.iter() if section is not None else ())]
    code = next((name for name in names if name.startswith("PT_")), "")
    if form.tag == "F21_2014":
        return (None if code == _WITHOUT_CALL else Procedure.SOCIAL_SERVICES), f"F21 {code}".strip()
    if form.tag in ("F03_2014", "F06_2014"):
        return _PROCEDURES.get(code), code
    return None, f"{form.tag.removesuffix('_2014')} {code}".strip()


def _section(section: Element, notice: _Notice) -> Iterator[AwardRow | LeftOut]:
    """Yield the suppliers of one award, or why there are none."""
    lots = notice.lots.named_in(_lot_no(section))
    contracts = [one for one in section.iter() if one.tag in _AWARDED]
    hidden = _hidden(section)
    for lot in lots:
        if not contracts:
            reason, detail = _reason_not_awarded(section)
            yield left_out(reason, lot, detail)
        for contract in contracts:
            suppliers = _suppliers(contract)
            shown = [one for one in suppliers if one not in hidden]
            if shown:
                common = _common(section, contract, notice, lot)
                value = _value(contract, hidden, several_lots=len(lots) > 1)
                group = _group(contract, len(suppliers))
                yield from (attrs.evolve(common, value=value, group=group, supplier=_supplier(one)) for one in shown)
            if not suppliers:
                is_withheld = any(one.tag in _LISTS for one in hidden)
                yield left_out("withheld" if is_withheld else "no_supplier", lot)
            yield from (left_out("withheld", lot) for one in suppliers if one in hidden)


def _lot_no(section: Element) -> str:
    return ", ".join(texts_at(section, "LOT_NO"))


def _reason_not_awarded(section: Element) -> tuple[str, str]:
    """Return why an award has no contract; a section that does not say so has an unknown shape."""
    none = first_in(section, *_NOT_AWARDED)
    if none is None:
        return "unknown_shape", section.tag
    return "not_awarded", next((one.tag for one in none.iter() if one.tag in _WHY_NOT), "")


def _suppliers(element: Element) -> list[Element]:
    return [one for one in element.iter() if one.tag in _SUPPLIERS]


def _names(element: Element) -> list[str]:
    return [all_words(first_in(one, "OFFICIALNAME")) for one in _suppliers(element)]


def _hidden(section: Element) -> set[Element]:
    """What may not be published; only in forms for utilities, and its contents do not matter."""
    return {inner for one in section.iter() if one.get("PUBLICATION") == "NO" for inner in one.iter()}


def _lots_without_section(form: Element) -> Iterator[LeftOut]:
    """The suppliers and other companies that a notice names where no award is read."""
    read: set[Element] = set()
    for section in _sections(form):
        read |= _hidden(section)
        for contract in (one for one in section.iter() if one.tag in _AWARDED):
            read.update(inner for supplier in _suppliers(contract) for inner in supplier.iter())
    for part in form:
        for one in part.iter():
            is_company = one.tag in _SUPPLIERS or (part.tag in _SECTIONS and one.find("OFFICIALNAME") is not None)
            if is_company and one not in read:
                read.update(one.iter())
                name = all_words(first_in(one, "OFFICIALNAME"))
                lot = text_at(part, "LOT_NO") if part.tag in _SECTIONS else ""
                yield left_out("unknown_shape", lot, f"{part.tag} {one.tag} {name}".strip())


def _common(section: Element, contract: Element, notice: _Notice, lot: str) -> AwardRow:
    """What is the same for all suppliers of one award."""
    described = notice.descriptions.get(lot, notice.descriptions.get(None))
    return AwardRow(
        lot=lot,
        item=text_at(section, "CONTRACT_NO") or section.get("ITEM", ""),
        supplier=Supplier(name=""),
        lot_title=text_at(described, "TITLE"),
        services=_services(notice, described),
        awarded_on=(all_words(first_in(contract, *_DECIDED)),),
        starts_on=text_at(described, "DATE_START"),
        ends_on=text_at(described, "DATE_END"),
        notes=notice.notes,
    )


def _tender_counts(form: Element, lots: Lots) -> Iterator[tuple[str, int]]:
    """How many tenders each award says there were for its lot."""
    for section in _sections(form):
        count = all_words(first_in(section, "NB_TENDERS_RECEIVED"))
        if count.isdecimal():
            yield from ((lot, int(count)) for lot in lots.named_in(_lot_no(section)))


def _value(contract: Element, hidden: set[Element], *, several_lots: bool) -> Amount:
    total = first_in(contract, "VAL_TOTAL", "VAL_RANGE_TOTAL", "VAL_PRIZE")
    if total in hidden or (total is None and any(one.tag == "VALUES" for one in hidden)):
        return Amount(unknown="withheld")
    if total is None:
        return Amount()
    spread = total.tag == "VAL_RANGE_TOTAL"
    text = f"{text_at(total, 'LOW')} - {text_at(total, 'HIGH')}" if spread else all_words(total)
    unknown = "prize" if total.tag == "VAL_PRIZE" else "several_lots" if several_lots else ""
    return Amount(text=text, currency=total.get("CURRENCY", ""), unknown=unknown)


def _descriptions(form: Element) -> dict[str | None, Element]:
    """Map each lot to its first description, and None to the only description if there is just one."""
    found = list(form.iterfind("OBJECT_CONTRACT/OBJECT_DESCR"))
    by_lot: dict[str | None, Element] = {text_at(one, "LOT_NO"): one for one in reversed(found)}
    return {**by_lot, None: found[0]} if len(found) == 1 else by_lot


def _services(notice: _Notice, described: Element | None) -> tuple[str, ...]:
    codes = list(notice.services)
    if described is not None:
        codes += [cpv.get("CODE", "") for cpv in described.iterfind("CPV_ADDITIONAL/CPV_CODE")]
    return tuple(f"CPV {code} {notice.labels.get(code, '')}".strip() for code in dict.fromkeys(codes) if code)


def _group(contract: Element, suppliers: int) -> Group:
    """Whether several suppliers of one contract won together.

    Open house notices tick "group" for everyone who was admitted. With at least as many tenders as suppliers a group
    is doubtful.
    """
    if suppliers < 2 or contract.tag == "AWARDED_PRIZE" or first_in(contract, "NO_AWARDED_TO_GROUP") is not None:
        return Group.NO
    tenders = all_words(first_in(contract, "NB_TENDERS_RECEIVED"))
    stated = first_in(contract, "AWARDED_TO_GROUP") is not None
    return Group.STATED if stated and tenders.isdecimal() and int(tenders) < suppliers else Group.DOUBTFUL


def _supplier(contractor: Element) -> Supplier:
    address = first_in(contractor, *_ADDRESSES)
    country = None if address is None else address.find("COUNTRY")
    place = [text_at(address, part).casefold() for part in ("ADDRESS", "POSTAL_CODE")]
    own = [text_at(address, "OFFICIALNAME").casefold(), *place, text_at(address, "TOWN").casefold()]
    return Supplier(
        id=" / ".join(own) if any(place) else "",
        name=text_at(address, "OFFICIALNAME"),
        numbers=tuple(Number(text=text) for text in texts_at(address, "NATIONALID")),
        country=country.get("VALUE", "") if country is not None else "",
    )
