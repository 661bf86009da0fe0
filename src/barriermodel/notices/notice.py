"""What a notice says of its awards, in its own words: the one shape that every format is read into.

Its texts stand on one line, without spaces around them.
"""

from __future__ import annotations

import enum

import attrs

from barriermodel import Procedure
from barriermodel.analysis.objects import brief_repr


@attrs.frozen(kw_only=True)
class Number:
    """A number of a company as it is written, and the register that the notice names with it, if any."""

    text: str
    scheme: str = ""

    __repr__ = brief_repr


class Group(enum.Enum):
    """Whether a supplier won together with others (a combinatie)."""

    NO = "no"
    STATED = "stated"
    DOUBTFUL = "doubtful"
    """The notice does not make clear whether several suppliers won together or each for itself."""


@attrs.frozen(kw_only=True)
class Supplier:
    """A supplier as it is written.

    Args:
        id: by which the notice itself refers to this company; the same id in one notice is the same company.
        country: two letters; empty where it is not stated.
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
    """An amount as it is written; ``low - high`` where only that is stated.

    Args:
        unknown: a key of ``UNKNOWN_BECAUSE`` where it is no amount of this supplier and lot.

    """

    text: str = ""
    currency: str = ""
    unknown: str = ""

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class AwardRow:
    """One supplier of one award.

    Args:
        awarded_on: the dates that tell it, the best first.
        notes: keys of ``NOTES``.
        codes: what the notice says in codes, as they stand in it.

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
    """Something of a notice that became no dossier: a lot, an award or a supplier.

    Args:
        reason: a key of ``LEFT_OUT``.
        said: the notice's own code or name, if any.

    """

    where: str
    reason: str
    notice: str = ""
    lot: str = ""
    detail: str = ""

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class Notice:
    """What one notice says.

    Args:
        where: the file.
        form: what it is ("TED F21", "eForms can-social", "OCDS").
        number: its own number, of which the references of the awards are made.
        procedure: None where its code does not tell.
        words: titles and descriptions, only to see whether they contradict the code of the procedure.

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
