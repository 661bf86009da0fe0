"""Proportions and lifts with 95% confidence intervals, by scipy; None if no interval exists."""

from __future__ import annotations

import attrs
from scipy.stats import binomtest
from scipy.stats.contingency import relative_risk

from .result import Lift, Performance, Proportion

CONFIDENCE = 0.95


def proportion(count: int, of: int) -> Proportion:
    """A proportion with Wilson's interval, which stays between 0 and 1 and is good for small numbers."""
    if of == 0:
        return Proportion(count=count, of=of)
    found = binomtest(count, of).proportion_ci(CONFIDENCE, method="wilson")
    return Proportion(count=count, of=of, low=float(found.low), high=float(found.high))


def disjoint(one: Proportion, other: Proportion) -> bool:
    """Whether two intervals do not overlap."""
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return False
    return one.low > other.high or other.low > one.high


@attrs.frozen
class ContingencyTable:
    """Investigated rows, by whether they were flagged and whether something was found."""

    flagged_found: int
    flagged_nothing: int
    other_found: int
    other_nothing: int


def performance_of(table: ContingencyTable) -> Performance:
    """How well a flag predicts what was found."""
    flagged = table.flagged_found + table.flagged_nothing
    found = table.flagged_found + table.other_found
    return Performance(
        precision=proportion(table.flagged_found, flagged),
        recall=proportion(table.flagged_found, found),
        lift=_lift(table),
    )


def _lift(table: ContingencyTable) -> Lift:
    flagged = table.flagged_found + table.flagged_nothing
    other = table.other_found + table.other_nothing
    found = table.flagged_found + table.other_found
    if flagged == 0 or found == 0:
        return Lift()
    value = table.flagged_found / flagged / (found / (flagged + other))
    if 0 in attrs.astuple(table):  # with a zero count the interval of a relative risk does not exist or is too narrow
        return Lift(value=value)
    risk = relative_risk(table.flagged_found, flagged, table.other_found, other)
    ends = risk.confidence_interval(CONFIDENCE)
    # The lift compares flagged rows with all rows, the relative risk with the other rows. With w the share of flagged
    # rows, lift = risk / (w * risk + 1 - w). That rises with the risk, so the ends of one give the ends of the other.
    weight = flagged / (flagged + other)
    low, high = (float(end / (weight * end + 1 - weight)) for end in (ends.low, ends.high))
    return Lift(value=value, low=low, high=high)
