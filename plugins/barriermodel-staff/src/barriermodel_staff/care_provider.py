"""What the register of care providers, and the provider itself, state about notification and permit."""

from __future__ import annotations

from typing import Annotated

from barriermodel.plugin import UNKNOWN, Between, Fact, Months, Supplier, evidence


@evidence("care_register_entry", valid_for=Months(6), supplier=Supplier.REGISTER, basis="jeugdwet_4_0_1_and_wtza")
class CareRegisterEntry:
    """What was found on a day; False means that somebody looked and found nothing."""

    notified: Fact[bool] = UNKNOWN
    has_permit: Fact[bool] = UNKNOWN


@evidence("care_statement", valid_for=Months(12), supplier=Supplier.PROVIDER, burden=5, basis="wtza_and_decrees")
class CareStatement:
    """What the provider states and no register shows."""

    exempt_from_notification: Fact[bool] = UNKNOWN
    gives_zvw_or_wlz_care: Fact[bool] = UNKNOWN
    gives_specialist_care: Fact[bool] = UNKNOWN
    care_workers: Annotated[Fact[int], Between(0)] = UNKNOWN
    """Who gives the care under the Zvw and Wlz, apart from youth care and the Wmo."""
