"""The people of a care provider: conduct, registration, background, numbers, Wtza and the pay of executives."""

from collections.abc import Iterable

from barriermodel.plugin import Barrier, Reader, hookimpl, manual_entry_reader

from .conduct import conduct
from .conduct_wmo import conduct_wmo
from .directors import Director, DirectorsStatement, care_background
from .registration import WorkAllocation, professional_registration
from .staff import StaffList, Worker
from .staffing import Staffing, qualified_staff
from .wnt import WntStatement, wnt
from .wtza import CareRegisterEntry, CareStatement, wtza, wtza_permit

__all__ = [
    "BARRIERMODEL_API",
    "CareRegisterEntry",
    "CareStatement",
    "Director",
    "DirectorsStatement",
    "StaffList",
    "Staffing",
    "WntStatement",
    "WorkAllocation",
    "Worker",
    "care_background",
    "conduct",
    "conduct_wmo",
    "professional_registration",
    "qualified_staff",
    "wnt",
    "wtza",
    "wtza_permit",
]

BARRIERMODEL_API = 2

staff_reader = manual_entry_reader(
    "staff", StaffList, WorkAllocation, CareRegisterEntry, CareStatement, WntStatement, DirectorsStatement, Staffing
)
"""Evidence of this plugin, entered by hand as TOML."""


@hookimpl
def barriermodel_barriers() -> Iterable[Barrier]:
    """The barriers of this plugin; only what a profile names is run."""
    return [conduct, conduct_wmo, professional_registration, wtza, wtza_permit, wnt, care_background, qualified_staff]


@hookimpl
def barriermodel_readers() -> Iterable[Reader]:
    """The reader of this plugin's evidence."""
    yield staff_reader
