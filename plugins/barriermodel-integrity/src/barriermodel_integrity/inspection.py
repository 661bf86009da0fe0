"""What the IGJ and the municipal supervisor imposed, and whether the provider cooperates with supervision."""

import enum
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, TypeAlias

from barriermodel.plugin import (
    UNKNOWN,
    AsOf,
    Barrier,
    Between,
    Concern,
    Fact,
    Item,
    Level,
    Limit,
    Months,
    Past,
    Supplier,
    add_months,
    evidence,
    not_,
)


class Supervisor(enum.Enum):
    """Who supervises."""

    IGJ = "igj"
    """Inspectie Gezondheidszorg en Jeugd."""
    MUNICIPALITY = "municipality"
    """The supervisor that the municipality appointed (Wmo 2015 art. 6.1; Jeugdwet where it did so)."""


class Measure(enum.Enum):
    """The measures, from light to heavy."""

    NONE = "none"
    """The supervisor was asked, and had imposed nothing."""
    WARNING = "warning"
    FINE = "fine"
    PENALTY = "penalty"
    """Last onder dwangsom."""
    INSTRUCTION = "instruction"
    """Aanwijzing."""
    CLIENT_STOP = "client_stop"
    """Cliëntenstop: no new clients for a time."""
    ORDER = "order"
    """Bevel: at once, because waiting is not safe."""


_WEIGHT = {measure: weight for weight, measure in enumerate(Measure)}


@evidence("supervision_measure", supplier=Supplier.REGISTER, one_per="reference", basis="supervision_measures")
class SupervisionMeasure:
    """A measure; for each reference the item with the latest date counts, so that an annulment replaces the measure."""

    reference: Fact[str] = UNKNOWN
    """The date of the decision; if nothing was imposed, of the look-up."""
    supervisor: Fact[Supervisor] = UNKNOWN
    measure: Fact[Measure] = UNKNOWN
    imposed_on: Annotated[Fact[date], Past()] = UNKNOWN
    annulled: Fact[bool] = UNKNOWN
    """Revoked on objection or annulled by a court; it then never counts."""
    ended: Fact[bool] = UNKNOWN
    """Lifted or run out because the provider did what was asked."""


@evidence("supervision_contact", supplier=Supplier.REGISTER, valid_for=Months(12), basis="awb_5_20")
class SupervisionContact:
    """What the supervisor states about the contact over the past year, with letters that show it."""

    cooperates: Fact[bool] = UNKNOWN
    incident_reported_late: Fact[bool] = UNKNOWN


inspection = Barrier("nl.inspection", concern=Concern.INTEGRITY)

MeasureMonths: TypeAlias = Annotated[int, Between(1, 120), Limit(assumed=True)]
Measures: TypeAlias = Sequence[Item[SupervisionMeasure]]


def _counting(measures: Measures, as_of: date, months: int) -> Iterator[SupervisionMeasure]:
    """Select the measures that continue or are recent and were not annulled; read a fact only if it matters."""
    for item in measures:
        facts = item.facts
        if facts.measure is Measure.NONE or facts.annulled:
            continue
        counts_until = add_months(facts.imposed_on, months)
        if counts_until is UNKNOWN or counts_until > as_of or not facts.ended:
            yield facts


@inspection.derived
def heaviest_measure(measures: Measures, as_of: AsOf, *, measure_months: MeasureMonths = 36) -> Fact[Measure]:
    """Return the heaviest measure; ``none`` if nothing was imposed, or all of it was annulled or is too long ago."""
    counting = [facts.measure for facts in _counting(measures, as_of, measure_months)]
    return max(counting, key=lambda measure: _WEIGHT[Measure(measure)], default=Measure.NONE)


@inspection.derived
def urgent_measure_goes_on(measures: Measures) -> Fact[bool]:
    """Whether an order or a client stop is in force."""
    urgent = [item.facts for item in measures if item.facts.measure in (Measure.ORDER, Measure.CLIENT_STOP)]
    return any(not facts.annulled and not facts.ended for facts in urgent)


@inspection.signal(level=Level.RED, basis="urgent_measures", unverified=True)
def urgent_measure(urgent_measure_goes_on: Fact[bool]) -> Fact[bool]:
    """A measure ends when the supervisor lifts it; an annulled one never existed."""
    return urgent_measure_goes_on


@inspection.signal(level=Level.ORANGE, basis="supervision_measures", unverified=True)
def measure_imposed(heaviest_measure: Fact[Measure], *, measure_months: MeasureMonths = 36) -> Fact[bool]:
    """A measure is a reason to ask questions; an annulled one is not."""
    return not_(heaviest_measure == Measure.NONE)


@inspection.requirement(level=Level.ORANGE, basis="awb_5_16_5_17_5_20", unverified=True)
def cooperates(contact: SupervisionContact) -> Fact[bool]:
    """The consequence is a conversation or a warning; the supervisor may have asked no more than necessary."""
    return contact.cooperates


@inspection.requirement(level=Level.ORANGE, basis="report_incidents", unverified=True)
def incidents_reported(contact: SupervisionContact) -> Fact[bool]:
    """A calamity that was reported in time is not a finding: the law requires the report."""
    return not_(contact.incident_reported_late)
