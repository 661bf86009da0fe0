"""What a notice says about its awards, as written: every format is read into these classes.

Texts are on one line, without spaces around them.
"""

from __future__ import annotations

import enum

import attrs

from barriermodel import Procedure
from barriermodel.analysis.objects import brief_repr


@attrs.frozen(kw_only=True)
class Number:
    """A number of a company as written, and the register that the notice names with it, if any."""

    text: str
    scheme: str = ""

    __repr__ = brief_repr


class Group(enum.Enum):
    """Whether a supplier won together with others (a combinatie)."""

    NO = "no"
    STATED = "stated"
    DOUBTFUL = "doubtful"
    """The notice leaves open whether several suppliers won together or separately."""


@attrs.frozen(kw_only=True)
class Supplier:
    """A supplier as written.

    Args:
        name: its name; empty if it is not stated.
        id: the notice's own id of the company; within a notice the same id is the same company.
        numbers: its registration numbers.
        country: two letters; empty if it is not stated.
        natural: the notice says that it is a natural person.

    """

    name: str
    id: str = ""
    numbers: tuple[Number, ...] = ()
    country: str = ""
    natural: bool = False

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class Amount:
    """An amount as written; ``low - high`` if only a range is stated.

    Args:
        text: the amount.
        currency: its currency code.
        unknown: a key of ``notices.unknown`` in the words files if it is not the amount of this supplier and lot.

    """

    text: str = ""
    currency: str = ""
    unknown: str = ""

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class AwardRow:
    """One supplier of one award.

    Args:
        item: the notice's own id of the award.
        awarded_on: possible dates of the award, the best first.
        notes: keys of ``notices.note`` in the words files.
        codes: codes of the notice, as written.

    """

    lot: str
    supplier: Supplier
    item: str = ""
    lot_title: str = ""
    services: tuple[str, ...] = ()
    awarded_on: tuple[str, ...] = ()
    starts_on: str = ""
    ends_on: str = ""
    value: Amount = Amount()
    group: Group = Group.NO
    notes: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class LeftOut:
    """A lot, an award or a supplier that did not become a dossier.

    Args:
        where: the file.
        reason: a key of ``notices.left_out`` in the words files.
        notice: the number of the notice.
        detail: the notice's own code or name, if any.

    """

    where: str = ""
    reason: str
    notice: str = ""
    lot: str = ""
    detail: str = ""

    __repr__ = brief_repr


def left_out(reason: str, lot: str = "", detail: str = "") -> LeftOut:
    """Record what did not become a dossier; :func:`with_awards` fills in in which notice."""
    return LeftOut(reason=reason, lot=lot, detail=detail)


@attrs.frozen(kw_only=True)
class Notice:
    """One notice.

    Args:
        where: the file.
        form: its format and form ("TED F21", "eForms can-social", "OCDS").
        number: its own number, part of the reference of each award.
        procedure: None if its code is not conclusive.
        words: titles and descriptions, used only to see whether they contradict the code of the procedure.

    """

    where: str
    form: str
    number: str
    authorities: tuple[str, ...] = ()
    title: str = ""
    procedure: Procedure | None = None
    procedure_code: str = ""
    words: str = ""
    rows: tuple[AwardRow, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    __repr__ = brief_repr
