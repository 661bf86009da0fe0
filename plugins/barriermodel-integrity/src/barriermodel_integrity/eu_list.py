"""The EU's own list of financial sanctions (FSF), version 1.1, as XML and as CSV."""

from collections.abc import Iterable
from itertools import groupby
from xml.etree.ElementTree import Element

from barriermodel.plugin import parse_xml

from .sanctions_list import (
    NOT_STATED,
    ORGANISATION,
    PERSON,
    WHERE,
    Listed,
    SanctionsList,
    comparable_number,
    csv_rows,
    wrong,
)

MARK = "Entity_LogicalId"
"""A column that only the EU's CSV has."""
_COLUMNS = (
    MARK, "Entity_SubjectType", "Entity_Regulation_NumberTitle", "Entity_Regulation_Programme", "NameAlias_WholeName",
    "Address_CountryIso2Code", "Identification_Number", "Identification_CountryIso2Code",
)  # fmt: skip
_PARTS = ("firstName", "middleName", "lastName")
_PERSONS = frozenset({"p", "person"})


def read_xml(raw: bytes) -> SanctionsList:
    """Read the XML, with an element ``sanctionEntity`` for each entry. A truncated list is not well formed."""
    root = parse_xml(raw, WHERE)
    if root.tag != "export":
        raise wrong("", "expected the EU's list of financial sanctions, an XML with the root export")
    listed = tuple(_of_element(element, f"entity {n}") for n, element in enumerate(root.iter("sanctionEntity"), 1))
    return SanctionsList(listed=listed, size=len(listed), shows_its_end=True)


def _of_element(entity: Element, where: str) -> Listed:
    subject = entity.find("subjectType")
    if subject is None or not entity.get("logicalId"):
        raise wrong(where, "expected a logicalId and a subjectType; get the list again")
    regulations = [(r.get("numberTitle", ""), r.get("programme", "")) for r in entity.iterfind("regulation")]
    numbers = list(entity.iterfind("identification"))
    return _listed(
        id=entity.get("euReferenceNumber") or entity.attrib["logicalId"],
        is_person=subject.get("code", "").lower() in _PERSONS,
        names=[n.get("wholeName") or _joined(n.get(part) for part in _PARTS) for n in entity.iterfind("nameAlias")],
        countries=[e.get("countryIso2Code") for e in (*entity.iterfind("address"), *numbers)],
        numbers=[number.get("number") for number in numbers],
        regulations=regulations,
    )


def read_csv(text: str) -> SanctionsList:
    """Read the CSV, with a row for each name, address or number; the rows of an entry are together."""
    rows = list(csv_rows(text, ";", _COLUMNS))
    for number, row in rows:
        if not row[MARK]:
            raise wrong(f"line {number}", f"expected {MARK}; get the list again")
    entries = groupby((row for _, row in rows), key=lambda row: row[MARK])
    return SanctionsList(
        listed=tuple(_of_rows(id, list(own)) for id, own in entries), size=len(rows), shows_its_end=False
    )


def _of_rows(id: str, rows: list[dict[str, str]]) -> Listed:
    def column(name: str) -> list[str | None]:
        return [row.get(name) for row in rows]

    sorts = column("Entity_SubjectType") + column("Entity_SubjectType_ClassificationCode")
    return _listed(
        id=rows[0].get("Entity_EU_ReferenceNumber") or id,
        is_person=any(sort.lower() in _PERSONS for sort in sorts if sort),
        names=[
            row["NameAlias_WholeName"] or _joined(row.get(f"NameAlias_{part[0].upper()}{part[1:]}") for part in _PARTS)
            for row in rows
        ],
        countries=column("Address_CountryIso2Code") + column("Identification_CountryIso2Code"),
        numbers=column("Identification_Number"),
        regulations=[(row["Entity_Regulation_NumberTitle"], row["Entity_Regulation_Programme"]) for row in rows],
    )


def _joined(parts: Iterable[str | None]) -> str:
    return " ".join(part for part in parts if part)


def _listed(
    *,
    id: str,
    is_person: bool,
    names: Iterable[str],
    countries: Iterable[str | None],
    numbers: Iterable[str | None],
    regulations: Iterable[tuple[str, str]],
) -> Listed:
    """Make an entry out of either format. Nationality and birth are not read."""
    said = dict.fromkeys(f"{title} ({programme})" if programme else title for title, programme in regulations if title)
    return Listed(
        id=id,
        schema=PERSON if is_person else ORGANISATION,
        names=tuple(dict.fromkeys(name.strip() for name in names if name.strip())),
        countries=frozenset(country.lower() for country in countries if country),
        identifiers=frozenset(comparable_number(number) for number in numbers if number),
        regulation="; ".join(said) or NOT_STATED,
    )
