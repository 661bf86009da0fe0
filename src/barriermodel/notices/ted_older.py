"""TED_EXPORT R2.0.7 and R2.0.8, until 2017: award notices under the directives of 2004."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final
from xml.etree.ElementTree import Element

from barriermodel import Procedure

from .completeness import with_awards
from .notice import Amount, AwardRow, Group, LeftOut, Notice, Number, Supplier, left_out
from .values import all_words, first_in, text_at, texts_at

_INTENDED: Final = "VOLUNTARY_EX_ANTE_TRANSPARENCY_NOTICE"
OLDER_FORMS: Final = (
    "CONTRACT_AWARD", "CONTRACT_AWARD_UTILITIES", "CONTRACT_AWARD_DEFENCE", "RESULT_DESIGN_CONTEST", _INTENDED,
)  # fmt: skip
# Each form has its own names for the same parts.
_SECTIONS: Final = (
    "AWARD_OF_CONTRACT", "AWARD_OF_CONTRACT_DEFENCE", "AWARD_OF_CONTRACT_DEFENSE", "AWARD_AND_CONTRACT_VALUE",
    "RESULT_CONTEST",
)  # fmt: skip
_SUPPLIERS: Final = (
    "ECONOMIC_OPERATOR_NAME_ADDRESS", "CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME_CHP", "NAME_ADDRESS_WINNER",
)  # fmt: skip
_NUMBERS: Final = ("CONTRACT_NUMBER", "CONTRACT_NO", "CONTEST_NUMBER")
_TITLES: Final = ("TITLE_CONTRACT", "TITLE_RESULT_DESIGN_CONTEST")
_AWARD_TITLES: Final = ("CONTRACT_TITLE", "TITLE_CONTRACT", "CONTEST_TITLE")
_DAYS: Final = ("CONTRACT_AWARD_DATE", "DATE_OF_CONTRACT_AWARD")
_TENDERS: Final = ("OFFERS_RECEIVED_NUMBER", "NUMBER_OF_OFFERS_RECEIVED")
_VALUE: Final = "COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE"
_PROCEDURES: Final = {"PT_OPEN": Procedure.OPEN, "PT_RESTRICTED": Procedure.RESTRICTED}
"""The procedures that are certainly the same under the directives of 2014, when social services got their own."""


def sections_of(form: Element) -> list[Element]:
    """Return the elements that describe one award each."""
    return [one for one in form.iter() if one.tag in _SECTIONS]


def read_older(root: Element, form: Element, where: str) -> Notice:
    """Read a form that has awards."""
    number = root.get("DOC_ID", "") or text_at(root, "CODED_DATA_SECTION/NOTICE_DATA/NO_DOC_OJS")
    awards = (found for section in sections_of(form) for found in _section(section, form))
    read = {one for section in sections_of(form) for one in section.iter()}
    unread = (one for one in form.iter() if one.tag in _SUPPLIERS and one not in read)
    unplaced = (left_out("unknown_shape", detail=_words(one, "ORGANISATION") or one.tag) for one in unread)
    received = [
        (_lot(section), int(count))
        for section in sections_of(form)
        if (count := _words(section, *_TENDERS)).isdecimal()
    ]
    code = next((one.tag for one in form.iter() if one.tag.startswith("PT_")), "")
    notice = Notice(
        where=where,
        form=f"TED {form.tag}",
        number=number,
        authorities=_authorities(form),
        title=_words(form, *_TITLES),
        procedure=_PROCEDURES.get(code),
        procedure_code=code,
        words=f"{_words(form, *_TITLES)} {_words(form, 'SHORT_CONTRACT_DESCRIPTION')}",
    )
    return with_awards(notice, chain(awards, unplaced), received)


def _words(element: Element, *names: str) -> str:
    return all_words(first_in(element, *names))


def _lot(section: Element) -> str:
    return _words(section, "LOT_NUMBER")


def _authorities(form: Element) -> tuple[str, ...]:
    profile = first_in(form, "CA_CE_CONCESSIONAIRE_PROFILE")
    return texts_at(profile, "ORGANISATION/OFFICIALNAME") or texts_at(profile, "ORGANISATION")


def _section(section: Element, form: Element) -> Iterator[AwardRow | LeftOut]:
    suppliers = [one for one in section.iter() if one.tag in _SUPPLIERS]
    lot = _lot(section)
    if not suppliers:
        yield left_out("no_supplier", lot)
    for supplier in suppliers:
        yield AwardRow(
            lot=lot,
            item=_words(section, *_NUMBERS) or section.get("ITEM", ""),
            supplier=_supplier(supplier),
            lot_title=_words(section, *_AWARD_TITLES),
            services=_services(form),
            awarded_on=(_day(first_in(section, *_DAYS)),),
            value=_value(section),
            group=Group.DOUBTFUL if len(suppliers) > 1 else Group.NO,
            notes=("intended",) if form.tag == _INTENDED else (),
        )


def _supplier(operator: Element) -> Supplier:
    organisation = first_in(operator, "ORGANISATION")
    country = first_in(operator, "COUNTRY")
    return Supplier(
        name=text_at(organisation, "OFFICIALNAME") or all_words(organisation),
        numbers=tuple(Number(text=text) for text in texts_at(operator, ".//NATIONALID")),
        country=country.get("VALUE", "") if country is not None else "",
    )


def _services(form: Element) -> tuple[str, ...]:
    codes = [one.get("CODE", "") for one in form.iter("CPV_CODE")]
    return tuple(f"CPV {code}" for code in dict.fromkeys(codes) if code)


def _day(written: Element | None) -> str:
    """Join a date in three parts as in ISO 8601."""
    parts = [text_at(written, name) for name in ("YEAR", "MONTH", "DAY")]
    return "-".join(part.zfill(2) for part in parts) if all(parts) else all_words(written)


def _value(section: Element) -> Amount:
    """Return the final value of a contract: not the estimate, a prize, or an amount with VAT."""
    prize = first_in(section, "PRIZE_VALUE")
    if prize is not None:
        return _amount(prize, prize, "prize")
    information = first_in(section, "CONTRACT_VALUE_INFORMATION")
    value = None if information is None else information.find(_VALUE)
    if value is None:
        return Amount()
    cost = first_in(value, "VALUE_COST")
    has_vat = first_in(value, "INCLUDING_VAT") is not None
    return _amount(value, value if cost is None else cost, "with_vat" if has_vat else "range" if cost is None else "")


def _amount(value: Element, cost: Element, unknown: str) -> Amount:
    text = cost.get("FMTVAL", "") or all_words(cost)
    return Amount(text=text, currency=value.get("CURRENCY", ""), unknown=unknown)
