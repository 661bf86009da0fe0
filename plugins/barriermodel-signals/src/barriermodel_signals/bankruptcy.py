"""Earlier bankruptcies of the provider, and of companies with the same director."""

from datetime import date
from typing import Annotated

from barriermodel.plugin import (
    UNKNOWN,
    AsOf,
    Between,
    Fact,
    Label,
    Level,
    Limit,
    Months,
    Past,
    Supplier,
    Text,
    add_months,
    evidence,
)

from .barrier import network_signals


@evidence(
    "insolvency_history",
    title=Text(nl="Eerdere faillissementen", en="Earlier bankruptcies"),
    supplier=Supplier.REGISTER,
    question=Text(
        nl=(
            "Wilt u opzoeken of de aanbieder of een bedrijf met dezelfde bestuurder eerder failliet is gegaan? "
            "Schrijf geen namen op."
        ),
        en=(
            "Would you look up whether the provider or a company with the same director went bankrupt before? "
            "Write down no names."
        ),
    ),
    valid_for=Months(12),
)
class InsolvencyHistory:
    """Earlier bankruptcies that registers show, of the provider and of companies with the same directors."""

    earlier_bankruptcy: Annotated[Fact[bool], Label(nl="eerder faillissement", en="earlier bankruptcy")] = UNKNOWN
    last_bankruptcy_on: Annotated[
        Fact[date], Label(nl="datum van het laatste faillissement", en="date of the last bankruptcy"), Past()
    ] = UNKNOWN


@network_signals.signal(
    level=Level.ORANGE,
    finding=Text(
        nl=(
            "Op {last_bankruptcy_on} ging de aanbieder of een bedrijf met dezelfde bestuurder failliet. "
            "Dat is korter dan {look_back_months} maanden geleden. Vraag wat er gebeurd is."
        ),
        en=(
            "On {last_bankruptcy_on} the provider or a company with the same director went bankrupt. "
            "That is less than {look_back_months} months ago. Ask what happened."
        ),
    ),
    unverified=Text(
        nl=(
            "Hoe lang een afgelopen faillissement mag meetellen, vooral dat van een persoon: het insolventieregister "
            "toont het na ongeveer zes maanden niet meer."
        ),
        en=(
            "For how long an ended bankruptcy may count, above all that of a person: the insolvency register shows it "
            "no longer after about six months."
        ),
    ),
)
def earlier_bankruptcy(
    history: InsolvencyHistory,
    as_of: AsOf,
    *,
    look_back_months: Annotated[
        int,
        Label(nl="maanden dat een faillissement telt", en="months for which a bankruptcy counts"),
        Between(1, 240),
        Limit(
            assumption=Text(
                nl="Er is geen openbare termijn. Vijf jaar is gekozen: een mislukking moet niet voor altijd tellen.",
                en="There is no public term. Five years was chosen, so that a failure does not stick for ever.",
            )
        ),
    ] = 60,
) -> Fact[bool]:
    """The indicator comes from RTL Nieuws, IKZ and RIEC 2021, which name no period."""
    return history.earlier_bankruptcy & (add_months(history.last_bankruptcy_on, look_back_months) > as_of)
