"""The parts of an eForms notice, which refer to each other by id, and the values it withholds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

import attrs

from barriermodel import UNKNOWN

from .notice import Number, Supplier
from .values import WITHHELD, all_words, day_of, first, text_at, texts_at

EXTENSION: Final = "UBLExtensions/UBLExtension/ExtensionContent/EformsExtension"


def dutch_text(element: Element | None, path: str) -> str:
    """Choose from the languages of a text: Dutch, or else the first language code."""
    found = [] if element is None else element.findall(path)
    return all_words(
        min(found, key=lambda one: (one.get("languageID") != "NLD", one.get("languageID", "")), default=None)
    )


@attrs.frozen(kw_only=True)
class EformsNotice:
    """The parts of a notice, by id."""

    number: str
    result: Element
    award_date: str
    notes: tuple[str, ...]
    services: tuple[str, ...]
    companies: dict[str, Supplier]
    lots: dict[str, Element]
    tenders: dict[str, Element]
    parties: dict[str, Element]
    contracts: dict[str, Element]
    contracts_of: dict[str, list[Element]]
    """The contracts that name each tender."""
    results_of: Counter[str]
    """How many results name each tender."""

    @classmethod
    def of(cls, root: Element, notes: tuple[str, ...]) -> EformsNotice | None:
        """Collect the parts of a notice; None if it has no result. The notes apply to all its suppliers."""
        extension = root.find(EXTENSION)
        result = first(extension, "NoticeResult")
        if extension is None or result is None:
            return None
        own = "-".join(part for part in (text_at(root, "ID"), text_at(root, "VersionID")) if part)
        return cls(
            number=text_at(extension, "Publication/NoticePublicationID") or own,
            result=result,
            award_date=text_at(root, "TenderResult/AwardDate"),
            notes=notes,
            services=services_of(root.find("ProcurementProject")),
            companies={one.id: one for one in map(_supplier, extension.iterfind("Organizations/Organization"))},
            lots=_by_id(root, "ProcurementProjectLot"),
            tenders=_by_id(result, "LotTender"),
            parties=_by_id(result, "TenderingParty"),
            contracts=_by_id(result, "SettledContract"),
            contracts_of=_contracts_by_tender(result.iterfind("SettledContract")),
            results_of=Counter(id for one in result.iterfind("LotResult") for id in tenders_of(one)),
        )


def _contracts_by_tender(contracts: Iterable[Element]) -> dict[str, list[Element]]:
    found: defaultdict[str, list[Element]] = defaultdict(list)
    for contract in contracts:
        for tender in tenders_of(contract):
            found[tender].append(contract)
    return dict(found)


def _by_id(element: Element, name: str) -> dict[str, Element]:
    return {text_at(one, "ID"): one for one in element.iterfind(name)}


def _supplier(organization: Element) -> Supplier:
    country = text_at(organization, "Company/PostalAddress/Country/IdentificationCode")
    return Supplier(
        id=text_at(organization, "Company/PartyIdentification/ID"),
        name=dutch_text(organization, "Company/PartyName/Name"),
        numbers=tuple(Number(text=n) for n in texts_at(organization, "Company/PartyLegalEntity/CompanyID")),
        country="NL" if country == "NLD" else country,
        natural=text_at(organization, "NaturalPersonIndicator") == "true",
    )


def services_of(project: Element | None) -> tuple[str, ...]:
    """Return the CPV codes of the project of a notice or lot."""
    if project is None:
        return ()
    names = ("MainCommodityClassification", "AdditionalCommodityClassification")
    return tuple(f"CPV {code}" for name in names for code in texts_at(project, f"{name}/ItemClassificationCode"))


def tenders_of(element: Element) -> tuple[str, ...]:
    """Return the ids of the tenders that a result or contract names."""
    return texts_at(element, "LotTender/ID")


_HELD_BACK: Final = (
    ("LotTender", "win-ten-val", "LegalMonetaryTotal/PayableAmount"),
    ("LotResult", "win-cho", "TenderResultCode"),
    ("LotResult", "no-awa-rea", "DecisionReason/DecisionReasonCode"),
    ("ReceivedSubmissionsStatistics", "rec-sub-cou", "StatisticsNumeric"),
    ("ReceivedSubmissionsStatistics", "rec-sub-typ", "StatisticsNumeric"),
    ("TenderingProcess", "pro-typ", "ProcedureCode"),
)
"""Fields that an import reads and a notice may withhold: the element, its code (code list
non-publication-identifier) and the path of the value."""


def without_withheld(root: Element, as_of: date | None) -> Element:
    """Replace every withheld value by ``unpublished``, whatever is filled in.

    Args:
        root: the root element of the notice, which is modified.
        as_of: keep the fields that are public on this day; without a day, none.

    """
    for name, code, path in _HELD_BACK:
        for holder in root.iter(name):
            for until in _until(holder, code, as_of):
                for field in holder.iterfind(path):
                    field.clear()
                    field.text = f"{WITHHELD} ({until})" if until else WITHHELD
    return root


def _until(holder: Element, code: str, as_of: date | None) -> Iterator[str]:
    """Yield the day until which a field is withheld, empty if none is stated."""
    for privacy in holder.iter("FieldsPrivacy"):
        if text_at(privacy, "FieldIdentifierCode") == code:
            day, _ = day_of(text_at(privacy, "PublicationDate"))
            if day is UNKNOWN:
                yield ""
            elif as_of is None or day > as_of:
                yield day.isoformat()
