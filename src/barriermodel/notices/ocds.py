"""OCDS 1.1 (Open Contracting Data Standard): releases, records and packages of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

import attrs

from ..errors import DossierError, InputError
from .content import Amount, Content, Group, LeftOut, Number, Row, Supplier, parted
from .ocds_merge import CannotMergeError, merged
from .values import on_one_line

_INACTIVE: Final = ("pending", "cancelled", "unsuccessful")
_NETHERLANDS: Final = ("nl", "nld", "nederland", "netherlands", "the netherlands")
_INSTALL: Final = (
    "several OCDS releases of one process are merged with ocdsmerge; install it with: "
    "pip install 'barriermodel[notices]'"
)


@attrs.frozen(kw_only=True)
class Release:
    """A release in a file; a compiled one tells all that was known of its process on its date."""

    where: str
    ocid: str
    data: dict[str, Any]
    compiled: bool = False


def is_ocds(data: dict[str, Any]) -> bool:
    """Whether a JSON object is a release, a record or a package of them."""
    return any(name in data for name in ("ocid", "releases", "records"))


def releases_in(data: dict[str, Any], where: str) -> Iterator[Release | LeftOut]:
    """The releases of a file, and what in it is none."""
    if "ocid" not in data:
        for one in _list(data.get("records") if "records" in data else data.get("releases")):
            if isinstance(one, dict) and "ocid" in one:
                yield from releases_in(one, where)
            else:
                yield LeftOut(where=where, reason="unreadable", said="no ocid")
        return
    ocid = _text(data["ocid"])
    compiled = data.get("compiledRelease")
    if isinstance(compiled, dict):
        yield Release(where=where, ocid=ocid, data=compiled, compiled=True)
    elif "releases" in data or "versionedRelease" in data:
        whole = [one for one in _list(data.get("releases")) if isinstance(one, dict) and "url" not in one]
        yield from (Release(where=where, ocid=ocid, data=one) for one in whole)
        if not whole:
            reason = "only_links" if data.get("releases") else "only_versions"
            yield LeftOut(where=where, reason=reason, notice=ocid)
    else:
        yield Release(where=where, ocid=ocid, data=data, compiled="compiled" in _list(data.get("tag")))


def contents_of(releases: Iterable[Release]) -> tuple[list[Content], list[InputError]]:
    """One content for each contracting process, and an error where the extra that merges releases is missing."""
    processes: defaultdict[str, list[Release]] = defaultdict(list)
    for release in releases:
        processes[release.ocid].append(release)
    contents: list[Content] = []
    problems: list[InputError] = []
    for ocid, known in processes.items():
        where = known[0].where
        try:
            contents.append(_content(_current(known), ocid, where))
        except CannotMergeError as error:
            item = LeftOut(where=where, reason="cannot_merge", notice=ocid, said=str(error))
            contents.append(Content(where=where, form="OCDS", number=ocid, left_out=(item,)))
        except ModuleNotFoundError as error:
            if error.name != "ocdsmerge":
                raise
            problems.append(DossierError.one(where, _INSTALL))
    return contents, problems


def _current(known: Sequence[Release]) -> dict[str, Any]:
    """What is known of a process now: the latest compiled release, with the releases after it merged in."""
    compiled = max((one for one in known if one.compiled), key=_date, default=None)
    since = [one for one in known if not one.compiled and (compiled is None or _date(one) > _date(compiled))]
    parts: list[dict[str, Any]] = []
    for release in since if compiled is None else [compiled, *since]:
        if release.data not in parts:  # the same release may stand in several packages
            parts.append(release.data)
    return parts[0] if len(parts) == 1 else merged(parts)


def _date(release: Release) -> str:
    return _text(release.data.get("date"))


def _content(release: dict[str, Any], ocid: str, where: str) -> Content:
    tender = _object(release.get("tender"))
    parties = {_text(party.get("id")): party for party in _objects(release.get("parties"))}
    buyers = [_text(party.get("name")) for party in parties.values() if "buyer" in _list(party.get("roles"))]
    buyer = _text(_object(release.get("buyer")).get("name")) or _text(
        _object(tender.get("procuringEntity")).get("name")
    )
    awards = release.get("awards")
    each = awards if isinstance(awards, list) else [None] if awards else []
    rows, unplaced = parted(found for award in each for found in _award(award, release, parties))
    left_out = [attrs.evolve(one, where=where, notice=ocid) for one in unplaced]
    if not rows and not left_out:
        left_out.append(LeftOut(where=where, reason="no_award", notice=ocid))
    return Content(
        where=where,
        form="OCDS",
        number=ocid,
        authorities=tuple(name for name in buyers or [buyer] if name),
        title=_text(tender.get("title")),
        procedure_code=_text(tender.get("procurementMethod")),
        rows=tuple(rows),
        left_out=tuple(left_out),
    )


def _award(award: Any, release: dict[str, Any], parties: dict[str, dict[str, Any]]) -> Iterator[Row | LeftOut]:
    if not isinstance(award, dict):
        yield LeftOut(where="", reason="unreadable", said="award")
        return
    item, status = _text(award.get("id")), _text(award.get("status"))
    lots = [_text(lot) for lot in _list(award.get("relatedLots"))] or [""]
    if status not in ("", "active"):
        reason = status if status in _INACTIVE else "unknown_code"
        yield from (LeftOut(where="", reason=reason, lot=lot, said=f"{item} {status}".strip()) for lot in lots)
        return
    suppliers = _list(award.get("suppliers"))
    if not suppliers:
        yield from (LeftOut(where="", reason="no_supplier", lot=lot, said=item) for lot in lots)
    titles = {
        _text(lot.get("id")): _text(lot.get("title")) for lot in _objects(_object(release.get("tender")).get("lots"))
    }
    starts, ends = _period(award, release)
    for lot in lots:
        for supplier in suppliers:
            yield Row(
                lot=lot,
                item=item,
                supplier=_supplier(_object(supplier), parties),
                lot_title=titles.get(lot) or _text(award.get("title")),
                services=_services(award),
                awarded_on=tuple(day for day in [_text(award.get("date"))] if day),
                starts_on=starts,
                ends_on=ends,
                value=_value(_object(award.get("value")), lots),
                group=Group.DOUBTFUL if len(suppliers) > 1 else Group.NO,
                notes=() if status else ("status_not_stated",),
                codes=(("status", status), ("procedure_details", _details(release))),
            )


def _details(release: dict[str, Any]) -> str:
    return _text(_object(release.get("tender")).get("procurementMethodDetails"))


def _period(award: dict[str, Any], release: dict[str, Any]) -> tuple[str, str]:
    """The period of the award, or of its contract where it has one."""
    contracts = [one for one in _objects(release.get("contracts")) if one.get("awardID") == award.get("id")]
    period = _object(award.get("contractPeriod"))
    if not period and len(contracts) == 1:
        period = _object(contracts[0].get("period"))
    return _text(period.get("startDate")), _text(period.get("endDate"))


def _services(award: dict[str, Any]) -> tuple[str, ...]:
    found: list[str] = []
    for item in _objects(award.get("items")):
        for code in _objects([item.get("classification"), *_list(item.get("additionalClassifications"))]):
            parts = (_text(code.get("scheme")), _text(code.get("id")), _text(code.get("description")))
            found.append(" ".join(part for part in parts if part))
    return tuple(dict.fromkeys(code for code in found if code))


def _value(value: dict[str, Any], lots: Sequence[str]) -> Amount:
    unknown = "several_lots" if value and len(lots) > 1 else ""
    return Amount(text=_text(value.get("amount")), currency=_text(value.get("currency")), unknown=unknown)


def _supplier(reference: dict[str, Any], parties: dict[str, dict[str, Any]]) -> Supplier:
    """A supplier, with what the list of parties says of it."""
    id = _text(reference.get("id"))
    party = {**reference, **parties.get(id, {})}
    identifiers = _objects([party.get("identifier"), *_list(party.get("additionalIdentifiers"))])
    numbers = [Number(text=_text(one.get("id")), scheme=_text(one.get("scheme"))) for one in identifiers]
    if not any(number.text for number in numbers) and id.startswith("NL-KVK-"):
        numbers = [Number(text=id.removeprefix("NL-KVK-"), scheme="NL-KVK")]
    country = _text(_object(party.get("address")).get("countryName"))
    return Supplier(
        name=_text(party.get("name")) or _text(_object(party.get("identifier")).get("legalName")),
        numbers=tuple(number for number in numbers if number.text),
        country="NL" if country.casefold() in _NETHERLANDS else country,
    )


def _text(value: Any) -> str:
    """A text, or a number as it is written; an id may be either in OCDS."""
    if isinstance(value, Decimal) and abs(value.adjusted()) < 20:  # written out, it is no longer than that
        return f"{value:f}"
    return on_one_line(str(value)) if type(value) in (str, int, Decimal) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in _list(value) if isinstance(one, dict)]
