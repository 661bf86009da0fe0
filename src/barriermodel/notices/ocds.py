"""OCDS 1.1 (Open Contracting Data Standard): the awards of contracting processes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from barriermodel import DossierError, InputError

from ..extras import MissingExtraError
from .completeness import with_awards
from .notice import Amount, AwardRow, Group, LeftOut, Notice, left_out
from .ocds_releases import CannotMergeError, Release, merge_releases
from .ocds_suppliers import NamedSupplier, Parties
from .values import as_list, as_object, objects, text

_INACTIVE: Final = ("pending", "cancelled", "unsuccessful")


def read_ocds(releases: Iterable[Release]) -> tuple[list[Notice], list[InputError]]:
    """Make a notice of each contracting process, and an error if the extra that merges releases is missing."""
    processes: defaultdict[str, list[Release]] = defaultdict(list)
    for release in releases:
        processes[release.ocid].append(release)
    notices: list[Notice] = []
    problems: list[InputError] = []
    for ocid, known in processes.items():
        where = known[0].where
        try:
            notices.append(_notice(_compile_release(known), ocid, where))
        except CannotMergeError as error:
            notice = Notice(where=where, form="OCDS", number=ocid)
            notices.append(with_awards(notice, [left_out("cannot_merge", detail=str(error))]))
        except MissingExtraError as error:
            problems.append(DossierError.one(where, str(error)))
    return notices, problems


def _compile_release(known: Sequence[Release]) -> dict[str, Any]:
    """Merge the releases of a process: the latest compiled one with the releases after it."""
    compiled = max((one for one in known if one.compiled), key=lambda one: one.date, default=None)
    since = [one for one in known if not one.compiled and (compiled is None or one.date > compiled.date)]
    parts: list[dict[str, Any]] = []
    for release in since if compiled is None else [compiled, *since]:
        if release.data not in parts:  # the same release may be in several packages
            parts.append(release.data)
    return parts[0] if len(parts) == 1 else merge_releases(parts)


def _notice(release: dict[str, Any], ocid: str, where: str) -> Notice:
    process = _Process(release, ocid)
    buyer = text(as_object(release.get("buyer")).get("name"))
    entity = text(as_object(process.tender.get("procuringEntity")).get("name"))
    awards = release.get("awards")
    each = awards if isinstance(awards, list) else [None] if awards else []
    found = [one for award in each for one in _award(award, process)]
    found += process.not_awarded(objects(each))
    notice = Notice(
        where=where,
        form="OCDS",
        number=ocid,
        authorities=tuple(name for name in process.parties.buyers() or [buyer or entity] if name),
        title=text(process.tender.get("title")),
        procedure_code=text(process.tender.get("procurementMethod")),
    )
    return with_awards(notice, found or [left_out("no_award")])


class _Process:
    """The parts of a process that its awards refer to."""

    def __init__(self, release: dict[str, Any], ocid: str) -> None:
        self.tender = as_object(release.get("tender"))
        self.parties = Parties({**release, "ocid": ocid})
        self.lot_titles = {text(lot.get("id")): text(lot.get("title")) for lot in objects(self.tender.get("lots"))}
        self.contracts: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for contract in objects(release.get("contracts")):
            self.contracts[text(contract.get("awardID"))].append(contract)

    def not_awarded(self, awards: Iterable[dict[str, Any]]) -> Iterator[LeftOut]:
        """Yield what concerns awards in unexpected places, such as contracts of awards that are missing."""
        ids = {"", *(text(award.get("id")) for award in awards)}
        for award_id in [id for id in self.contracts if id not in ids]:
            yield left_out("contract_without_award", detail=award_id)
        if self.tender.get("awards"):
            yield left_out("unreadable", detail="tender.awards")


def _award(data: Any, process: _Process) -> Iterator[AwardRow | LeftOut]:
    """Yield the suppliers of an award, lot by lot, or why there are none."""
    if not isinstance(data, dict):
        yield left_out("unreadable", detail="award")
        return
    award = _Award(data, process)
    why = award.reason_left_out()
    for lot in award.lots:
        if why is not None:
            yield left_out(why[0], lot, why[1])
        else:
            yield from award.of_lot(lot)


class _Award:
    """An award, with its contracts."""

    def __init__(self, data: dict[str, Any], process: _Process) -> None:
        self.data = data
        self.process = process
        self.item = text(data.get("id"))
        self.status = text(data.get("status"))
        self.lots = [text(lot) for lot in as_list(data.get("relatedLots"))] or [""]
        self.contracts = process.contracts.get(self.item, []) if self.item else []
        suppliers = data.get("suppliers")
        self.suppliers = [suppliers] if isinstance(suppliers, dict) else as_list(suppliers)

    def reason_left_out(self) -> tuple[str, str] | None:
        """Return why nobody has this award, as a key of ``notices.left_out`` in the words files, and a detail.

        None if somebody has it.
        """
        if self.status.casefold() not in ("", "active"):
            known = self.status.casefold() in _INACTIVE
            return self.status.casefold() if known else "unknown_code", f"{self.item} {self.status}".strip()
        if self.contracts and self._contracts_are("cancelled") == len(self.contracts):
            return "contract_cancelled", self.item
        return None if self.suppliers else ("no_supplier", self.item)

    def of_lot(self, lot: str) -> Iterator[AwardRow | LeftOut]:
        """Yield the suppliers of a lot."""
        named = self.process.parties.suppliers(objects(self.suppliers))
        starts, ends = self._period()
        for one in named:
            yield AwardRow(
                lot=lot,
                item=self.item,
                supplier=one.supplier,
                lot_title=self.process.lot_titles.get(lot) or text(self.data.get("title")),
                services=self._services(lot),
                awarded_on=tuple(day for day in [text(self.data.get("date"))] if day),
                starts_on=starts,
                ends_on=ends,
                value=self._value(),
                group=Group.DOUBTFUL if len(named) > 1 else Group.NO,
                notes=(*self._notes(), *one.notes),
                codes=self._codes(one),
            )
            for other in one.others:
                detail = self.item if other == one.supplier.name else f"{self.item} {other}".strip()
                yield left_out("named_twice", lot, detail)
        for _ in range(len(self.suppliers) - len(objects(self.suppliers))):
            yield left_out("unreadable", lot, f"{self.item} supplier".strip())

    def _contracts_are(self, status: str) -> int:
        return sum(text(contract.get("status")).casefold() == status for contract in self.contracts)

    def _notes(self) -> Iterator[str]:
        cancelled = self._contracts_are("cancelled")
        if not self.status:
            yield "status_not_stated"
        if cancelled:
            yield "some_contracts_cancelled"
        if self.contracts and cancelled + self._contracts_are("terminated") == len(self.contracts):
            yield "contract_ended"

    def _codes(self, named: NamedSupplier) -> tuple[tuple[str, str], ...]:
        statuses = dict.fromkeys(text(contract.get("status")) for contract in self.contracts)
        return (
            ("status", self.status),
            ("contract_status", " ".join(filter(None, statuses))),
            ("procedure_details", text(self.process.tender.get("procurementMethodDetails"))),
            ("name_in_award", named.other_name),
        )

    def _period(self) -> tuple[str, str]:
        """Return the period of the award, or of its contract if it has one."""
        made = [one for one in self.contracts if text(one.get("status")).casefold() != "cancelled"]
        period = as_object(self.data.get("contractPeriod"))
        if not period and len(made) == 1:
            period = as_object(made[0].get("period"))
        return text(period.get("startDate")), text(period.get("endDate"))

    def _services(self, lot: str) -> tuple[str, ...]:
        """What is bought: the items of the award, or else those of the tender for the lot, or else the tender."""
        tender = self.process.tender
        of_lot = [item for item in objects(tender.get("items")) if text(item.get("relatedLot")) in ("", lot)]
        return _codes_of(objects(self.data.get("items"))) or _codes_of(of_lot) or _codes_of([tender])

    def _value(self) -> Amount:
        value = as_object(self.data.get("value"))
        unknown = "several_lots" if value and len(self.lots) > 1 else ""
        return Amount(text=text(value.get("amount")), currency=text(value.get("currency")), unknown=unknown)


def _codes_of(items: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    """The classifications of some items, each once, with their labels."""
    found: list[str] = []
    for item in items:
        for code in objects([item.get("classification"), *as_list(item.get("additionalClassifications"))]):
            parts = (text(code.get("scheme")), text(code.get("id")), text(code.get("description")))
            found.append(" ".join(part for part in parts if part))
    return tuple(dict.fromkeys(code for code in found if code))
