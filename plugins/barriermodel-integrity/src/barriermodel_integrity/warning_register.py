"""IKZ and the Waarschuwingsregister: is there a signal or a registration? Reference, date and conclusion only."""

from datetime import date
from typing import Annotated

from barriermodel.plugin import (
    UNKNOWN,
    Barrier,
    Concern,
    Fact,
    Label,
    Level,
    Months,
    Past,
    Supplier,
    Text,
    evidence,
    not_,
)

RETENTION = Text(
    nl=(
        "De bewaartermijn is niet bekend: die is niet gevonden in openbare bronnen. "
        "Vraag het aan de verantwoordelijke functionaris. Bewaar niets langer dan het register zelf."
    ),
    en=(
        "The retention term is not known: it was not found in public sources. "
        "Ask the responsible officer. Keep nothing longer than the register itself does."
    ),
)
BASIS = Text(
    nl="Wet bevorderen samenwerking en rechtmatige zorg (Wbsrz)",
    en="Wet bevorderen samenwerking en rechtmatige zorg (Wbsrz, on cooperation and lawful care)",
)


@evidence(
    "ikz_check",
    title=Text(nl="Navraag bij het IKZ", en="Inquiry at the IKZ"),
    supplier=Supplier.REGISTER,
    question=Text(
        nl="Vraag de verantwoordelijke functionaris of het IKZ een signaal over deze aanbieder heeft gedeeld.",
        en="Ask the responsible officer whether the IKZ has shared a signal on this provider.",
    ),
    valid_for=Months(6),
    basis=BASIS,
    confidential=True,
    retention=RETENTION,
)
class IkzCheck:
    """Whether the Informatieknooppunt Zorgfraude shared a signal with this municipality. Never its contents."""

    signal: Annotated[Fact[bool], Label(nl="signaal van het IKZ", en="signal from the IKZ")] = UNKNOWN
    reference: Annotated[Fact[str], Label(nl="kenmerk", en="reference")] = UNKNOWN


@evidence(
    "warning_register_check",
    title=Text(nl="Bevraging van het Waarschuwingsregister", en="Query of the Waarschuwingsregister"),
    supplier=Supplier.REGISTER,
    question=Text(
        nl="Laat de bevoegde functionaris het Waarschuwingsregister zorg bevragen.",
        en="Have the authorised officer query the Waarschuwingsregister (warning register) of care.",
    ),
    valid_for=Months(6),
    basis=BASIS,
    confidential=True,
    retention=RETENTION,
)
class WarningRegisterCheck:
    """Whether the provider is in the register on the day of the query. Never why."""

    registered: Annotated[Fact[bool], Label(nl="geregistreerd", en="registered")] = UNKNOWN
    removed: Annotated[Fact[bool], Label(nl="registratie doorgehaald", en="registration removed")] = UNKNOWN
    """Whether the registration was removed, on objection or by a court; then it does not count."""
    registered_on: Annotated[Fact[date], Label(nl="datum van registratie", en="date of registration"), Past()] = UNKNOWN
    reference: Annotated[Fact[str], Label(nl="kenmerk", en="reference")] = UNKNOWN


warning_register = Barrier(
    "nl.warning_register",
    title=Text(nl="IKZ en Waarschuwingsregister", en="IKZ and Waarschuwingsregister"),
    concern=Concern.INTEGRITY,
)


@warning_register.signal(
    level=Level.ORANGE,
    finding=Text(
        nl=(
            "Het IKZ heeft een signaal over deze aanbieder gedeeld. Een signaal is geen bewijs. "
            "Doe eigen onderzoek en hoor de aanbieder voordat er iets volgt."
        ),
        en=(
            "The IKZ has shared a signal on this provider. A signal is no proof. "
            "Investigate yourself and hear the provider before anything follows."
        ),
    ),
    basis=BASIS,
    unverified=Text(
        nl="Hoe lang een signaal mag worden bewaard: een termijn is niet gevonden.",
        en="How long a signal may be kept: no term was found.",
    ),
)
def ikz_signal(check: IkzCheck) -> Fact[bool]:
    """A suspicion that other parties shared is a reason to investigate."""
    return check.signal


@warning_register.signal(
    level=Level.ORANGE,
    finding=Text(
        nl=(
            "De aanbieder staat in het Waarschuwingsregister. Dat is op zichzelf geen reden om te weigeren. "
            "Vraag de organisatie die registreerde waarop haar overtuiging rust. "
            "Doe eigen onderzoek en hoor de aanbieder."
        ),
        en=(
            "The provider is in the Waarschuwingsregister. By itself that is no reason to refuse. "
            "Ask the organisation that registered it what its conviction rests on. "
            "Investigate yourself and hear the provider."
        ),
    ),
    basis=BASIS,
    unverified=Text(
        nl="Hoe lang een registratie mag worden bewaard: een termijn is niet gevonden.",
        en="How long a registration may be kept: no term was found.",
    ),
)
def registered(check: WarningRegisterCheck) -> Fact[bool]:
    """A registration needs a justified conviction (gerechtvaardigde overtuiging), which a person checks."""
    return check.registered & not_(check.removed)
