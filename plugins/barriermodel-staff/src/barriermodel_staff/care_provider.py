"""What the register of care providers, and the provider itself, state about notification and permit."""

from typing import Annotated

from barriermodel.plugin import UNKNOWN, Between, Fact, Label, Months, Supplier, Text, evidence


@evidence(
    "care_register_entry",
    title=Text(nl="Inschrijving als zorgaanbieder (LRZa, CIBG)", en="Entry as care provider (LRZa, CIBG)"),
    valid_for=Months(6),
    supplier=Supplier.REGISTER,
    burden=0,
    question=Text(
        nl="Wilt u opzoeken of de aanbieder zich heeft gemeld en of er een vergunning is?",
        en="Would you look up whether the provider has notified itself and whether there is a permit?",
    ),
    basis="Jeugdwet 4.0.1; Wet toetreding zorgaanbieders",
)
class CareRegisterEntry:
    """What was found on a day; False means that somebody looked and found nothing."""

    notified: Annotated[Fact[bool], Label(nl="heeft zich gemeld", en="has notified itself")] = UNKNOWN
    has_permit: Annotated[Fact[bool], Label(nl="heeft een vergunning", en="has a permit")] = UNKNOWN


@evidence(
    "care_statement",
    title=Text(nl="Opgave van de zorg", en="Statement of the care"),
    valid_for=Months(12),
    supplier=Supplier.PROVIDER,
    burden=5,
    question=Text(
        nl=(
            "Een jeugdhulpaanbieder moet zich melden via www.toetredingzorgaanbieders.nl. Geldt voor u een "
            "uitzondering, en welke? Geeft u ook zorg uit de Zorgverzekeringswet (Zvw) of de Wet langdurige zorg "
            "(Wlz)? Zo ja: is het medisch-specialistische zorg, en hoeveel zorgverleners geven die zorg?"
        ),
        en=(
            "A provider of youth care must notify itself at www.toetredingzorgaanbieders.nl. Does an exception hold "
            "for you, and which? Do you also give care under the Zorgverzekeringswet (Zvw) or the Wet langdurige zorg "
            "(Wlz)? If so: is it specialist medical care, and how many care workers give that care?"
        ),
    ),
    basis="Wet toetreding zorgaanbieders; Uitvoeringsbesluit Wtza; Besluit Jeugdwet",
)
class CareStatement:
    """What the provider states and no register shows."""

    exempt_from_notification: Annotated[
        Fact[bool], Label(nl="uitgezonderd van de meldplicht", en="exempt from notification")
    ] = UNKNOWN
    gives_zvw_or_wlz_care: Annotated[
        Fact[bool], Label(nl="geeft zorg uit de Zvw of Wlz", en="gives care under the Zvw or Wlz")
    ] = UNKNOWN
    gives_specialist_care: Annotated[
        Fact[bool], Label(nl="geeft medisch-specialistische zorg", en="gives specialist medical care")
    ] = UNKNOWN
    care_workers: Annotated[
        Fact[int], Label(nl="zorgverleners voor de Zvw en Wlz", en="care workers for the Zvw and Wlz"), Between(0)
    ] = UNKNOWN
    """Who gives the care under the Zvw and Wlz, apart from youth care and the Wmo."""
