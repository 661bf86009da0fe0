"""The barrier ``nl.network_signals``, and earlier bankruptcies of the provider and of companies with the same director.

"RTL Nieuws, IKZ and RIEC" are the eight indicators of 2021, run on about 70,000 companies:
https://fmtgezondheidszorg.nl/onderzoek-rtl-nieuws-werpt-licht-op-dubieuze-zorgondernemingen/
"""

from datetime import date
from typing import Annotated

from barriermodel.plugin import (
    UNKNOWN,
    AsOf,
    Barrier,
    Between,
    Concern,
    Fact,
    Level,
    Limit,
    Months,
    Past,
    Supplier,
    add_months,
    evidence,
)

network_signals = Barrier("nl.network_signals", concern=Concern.INTEGRITY)


@evidence("insolvency_history", supplier=Supplier.REGISTER, valid_for=Months(12))
class InsolvencyHistory:
    """Earlier bankruptcies that registers show, of the provider and of companies with the same directors."""

    earlier_bankruptcy: Fact[bool] = UNKNOWN
    last_bankruptcy_on: Annotated[Fact[date], Past()] = UNKNOWN


@network_signals.signal(level=Level.ORANGE, unverified=True)
def earlier_bankruptcy(
    history: InsolvencyHistory, as_of: AsOf, *,
    bankruptcy_months: Annotated[int, Between(1, 240), Limit(assumed=True)] = 60,
) -> Fact[bool]:  # fmt: skip
    """The indicator comes from RTL Nieuws, IKZ and RIEC 2021, which name no period."""
    return history.earlier_bankruptcy & (add_months(history.last_bankruptcy_on, bankruptcy_months) > as_of)
