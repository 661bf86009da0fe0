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
    Label,
    Level,
    Limit,
    Localized,
    Months,
    Past,
    Supplier,
    Text,
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

    @property
    def label(self) -> Localized:
        """The words for it in a sentence."""
        return _SUPERVISORS[self]


_SUPERVISORS = {
    Supervisor.IGJ: Localized("de IGJ", "the IGJ"),
    Supervisor.MUNICIPALITY: Localized("de gemeentelijke toezichthouder", "the municipal supervisor"),
}


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

    @property
    def label(self) -> Localized:
        """The words for it in a sentence."""
        return _MEASURES[self]


_MEASURES = {
    Measure.NONE: Localized("geen maatregel", "no measure"),
    Measure.WARNING: Localized("waarschuwing", "warning"),
    Measure.FINE: Localized("boete", "fine"),
    Measure.PENALTY: Localized("last onder dwangsom", "order under penalty"),
    Measure.INSTRUCTION: Localized("aanwijzing", "instruction (aanwijzing)"),
    Measure.CLIENT_STOP: Localized("cliëntenstop", "client stop"),
    Measure.ORDER: Localized("bevel", "order (bevel)"),
}
_WEIGHT = {measure: weight for weight, measure in enumerate(Measure)}


@evidence(
    "supervision_measure",
    title=Text(nl="Maatregel van een toezichthouder", en="Measure of a supervisor"),
    supplier=Supplier.REGISTER,
    one_per="reference",
    question=Text(
        nl="Zoek op welke maatregelen de IGJ en de gemeentelijke toezichthouder oplegden, of dat die er niet zijn.",
        en="Look up which measures the IGJ and the municipal supervisor imposed, or that there are none.",
    ),
    basis="Wkkgz art. 27; Jeugdwet 9.3; Wmo 2015 art. 6.1",
)
class SupervisionMeasure:
    """A measure; for each reference the item with the latest date counts, so that an annulment replaces the measure."""

    reference: Annotated[Fact[str], Label(nl="kenmerk", en="reference")] = UNKNOWN
    """The date of the decision; if nothing was imposed, of the look-up."""
    supervisor: Annotated[Fact[Supervisor], Label(nl="toezichthouder", en="supervisor")] = UNKNOWN
    measure: Annotated[Fact[Measure], Label(nl="maatregel", en="measure")] = UNKNOWN
    imposed_on: Annotated[Fact[date], Label(nl="datum van de maatregel", en="date of the measure"), Past()] = UNKNOWN
    annulled: Annotated[Fact[bool], Label(nl="maatregel herroepen of vernietigd", en="measure annulled")] = UNKNOWN
    """Revoked on objection or annulled by a court; it then never counts."""
    ended: Annotated[Fact[bool], Label(nl="maatregel beëindigd", en="measure ended")] = UNKNOWN
    """Lifted or run out because the provider did what was asked."""


@evidence(
    "supervision_contact",
    title=Text(nl="Ervaring van de toezichthouder", en="Experience of the supervisor"),
    supplier=Supplier.REGISTER,
    question=Text(
        nl="Vraag de toezichthouder of de aanbieder meewerkt en calamiteiten op tijd meldt.",
        en="Ask the supervisor whether the provider cooperates and reports incidents in time.",
    ),
    valid_for=Months(12),
    basis="Awb 5:20",
)
class SupervisionContact:
    """What the supervisor states about the contact over the past year, with letters that show it."""

    cooperates: Annotated[Fact[bool], Label(nl="werkt mee aan toezicht", en="cooperates with supervision")] = UNKNOWN
    incident_reported_late: Annotated[
        Fact[bool], Label(nl="calamiteit te laat gemeld", en="incident reported late")
    ] = UNKNOWN


inspection = Barrier("nl.inspection", title=Text(nl="Toezicht", en="Supervision"), concern=Concern.INTEGRITY)

LookBack: TypeAlias = Annotated[
    int,
    Label(nl="maanden dat een beëindigde maatregel telt", en="months for which an ended measure counts"),
    Between(1, 120),
    Limit(
        assumption=Text(
            nl=(
                "Er is geen openbare termijn voor maatregelen die zijn beëindigd. Drie jaar is gekozen naar de termijn "
                "die voor een ernstige fout zou gelden; dat is niet nagegaan."
            ),
            en=(
                "There is no public term for measures that have ended. Three years was chosen after the term that is "
                "said to hold for grave misconduct, which was not verified."
            ),
        )
    ),
]
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


@inspection.derived(label=Label(nl="zwaarste maatregel die telt", en="heaviest measure that counts"))
def heaviest_measure(measures: Measures, as_of: AsOf, *, look_back_months: LookBack = 36) -> Fact[Measure]:
    """Return the heaviest measure; ``none`` if nothing was imposed, or all of it was annulled or is too long ago."""
    counting = [facts.measure for facts in _counting(measures, as_of, look_back_months)]
    return max(counting, key=lambda measure: _WEIGHT[Measure(measure)], default=Measure.NONE)


@inspection.derived(label=Label(nl="bevel of cliëntenstop loopt nog", en="order or client stop goes on"))
def urgent_measure_goes_on(measures: Measures) -> Fact[bool]:
    """Whether an order or a client stop is in force."""
    urgent = [item.facts for item in measures if item.facts.measure in (Measure.ORDER, Measure.CLIENT_STOP)]
    return any(not facts.annulled and not facts.ended for facts in urgent)


@inspection.signal(
    level=Level.RED,
    finding=Text(
        nl=(
            "Een bevel of cliëntenstop van een toezichthouder loopt nog. Overleg met de toezichthouder en hoor de "
            "aanbieder. Weigeren of beëindigen kan volgen, maar niet vanzelf."
        ),
        en=(
            "An order or client stop of a supervisor is in force. Consult the supervisor and hear the provider. "
            "Refusing or ending may follow, but not by itself."
        ),
    ),
    basis=Text(
        nl="Wkkgz art. 27; Jeugdwet 9.3; voor een cliëntenstop de beleidsregel of het contract van de gemeente",
        en="Wkkgz art. 27; Jeugdwet 9.3; for a client stop the policy rule or contract of the municipality",
    ),
    unverified=Text(
        nl="Jeugdwet 9.3 en Wkkgz art. 27 in de tekst die nu geldt.",
        en="Jeugdwet 9.3 and Wkkgz art. 27 in the text in force now.",
    ),
)
def urgent_measure(urgent_measure_goes_on: Fact[bool]) -> Fact[bool]:
    """A measure ends when the supervisor lifts it; an annulled one never existed."""
    return urgent_measure_goes_on


@inspection.signal(
    level=Level.ORANGE,
    finding=Text(
        nl=(
            "Een toezichthouder legde een maatregel op: {heaviest_measure}. "
            "Die loopt nog, of is korter dan {look_back_months} maanden geleden opgelegd. "
            "Vraag wat er daarna is verbeterd."
        ),
        en=(
            "A supervisor imposed a measure: {heaviest_measure}. "
            "It goes on, or was imposed less than {look_back_months} months ago. Ask what has improved since."
        ),
    ),
    basis="Wkkgz art. 27; Jeugdwet 9.3; Wmo 2015 art. 6.1",
    unverified=Text(
        nl=(
            "Jeugdwet 9.3, Wkkgz art. 27 en Wmo 2015 art. 6.1 in de tekst die nu geldt, en hoe lang een maatregel die "
            "is beëindigd, mag meetellen."
        ),
        en=(
            "Jeugdwet 9.3, Wkkgz art. 27 and Wmo 2015 art. 6.1 in the text in force now, and for how long an ended "
            "measure may count."
        ),
    ),
)
def measure_imposed(heaviest_measure: Fact[Measure], *, look_back_months: LookBack = 36) -> Fact[bool]:
    """A measure is a reason to ask questions; an annulled one is not."""
    return not_(heaviest_measure == Measure.NONE)


@inspection.requirement(
    level=Level.ORANGE,
    norm=Text(
        nl=(
            "De aanbieder moet binnen een redelijke termijn meewerken aan toezicht. Lukt dat niet, vraag dan waarom. "
            "Kijk ook of de vraag nodig en duidelijk was."
        ),
        en=(
            "The provider must cooperate with supervision within a reasonable term. If it does not, ask why. "
            "See too whether what was asked was needed and clear."
        ),
    ),
    basis="Awb 5:16, 5:17, 5:20; Wmo 2015 art. 6.1",
    unverified=Text(
        nl="Awb 5:16, 5:17 en 5:20 en Wmo 2015 art. 6.1 in de tekst die nu geldt: gelezen is die van mei 2017.",
        en="Awb 5:16, 5:17 and 5:20 and Wmo 2015 art. 6.1 in the text in force now: that of May 2017 was read.",
    ),
)
def cooperates(contact: SupervisionContact) -> Fact[bool]:
    """The consequence is a conversation or a warning; the supervisor may have asked no more than necessary."""
    return contact.cooperates


@inspection.requirement(
    level=Level.ORANGE,
    norm=Text(
        nl="De aanbieder moet calamiteiten en geweld meteen melden. Is er iets te laat gemeld, vraag dan hoe dat kwam.",
        en="The provider must report calamities and violence at once. If one was reported late, ask how that came.",
    ),
    basis="Wmo 2015 art. 3.4; Jeugdwet 4.1.8",
    unverified=Text(
        nl="Wmo 2015 art. 3.4 en Jeugdwet 4.1.8 in de tekst die nu geldt: gelezen is die van mei 2017.",
        en="Wmo 2015 art. 3.4 and Jeugdwet 4.1.8 in the text in force now: that of May 2017 was read.",
    ),
)
def incidents_reported(contact: SupervisionContact) -> Fact[bool]:
    """A calamity that was reported in time is not a finding: the law requires the report."""
    return not_(contact.incident_reported_late)
