"""IKZ and the Waarschuwingsregister: is there a signal or a registration? Reference, date and conclusion only."""

from datetime import date
from typing import Annotated

from barriermodel.plugin import (
    UNKNOWN,
    Barrier,
    Concern,
    Fact,
    Level,
    Months,
    Past,
    Supplier,
    evidence,
    not_,
)


@evidence(
    "ikz_check", supplier=Supplier.REGISTER, valid_for=Months(6), basis="wbsrz", confidential=True, retention=True
)
class IkzCheck:
    """Whether the Informatieknooppunt Zorgfraude shared a signal with this municipality. Never its contents."""

    signal: Fact[bool] = UNKNOWN
    reference: Fact[str] = UNKNOWN


@evidence(
    "warning_register_check",
    supplier=Supplier.REGISTER,
    valid_for=Months(6),
    basis="wbsrz",
    confidential=True,
    retention=True,
)
class WarningRegisterCheck:
    """Whether the provider is in the register on the day of the query. Never why."""

    registered: Fact[bool] = UNKNOWN
    removed: Fact[bool] = UNKNOWN
    """Whether the registration was removed, on objection or by a court; then it does not count."""
    registered_on: Annotated[Fact[date], Past()] = UNKNOWN
    reference: Fact[str] = UNKNOWN


warning_register = Barrier("nl.warning_register", concern=Concern.INTEGRITY)


@warning_register.signal(level=Level.ORANGE, basis="wbsrz", unverified=True)
def ikz_signal(check: IkzCheck) -> Fact[bool]:
    """A suspicion that other parties shared is a reason to investigate."""
    return check.signal


@warning_register.signal(level=Level.ORANGE, basis="wbsrz", unverified=True)
def registered(check: WarningRegisterCheck) -> Fact[bool]:
    """A registration needs a justified conviction (gerechtvaardigde overtuiging), which a person checks."""
    return check.registered & not_(check.removed)
