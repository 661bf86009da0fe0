"""The people of a care provider: conduct, registration, background, numbers, Wtza and the pay of executives."""

from collections.abc import Iterable

from barriermodel.plugin import Barrier, Reader, hookimpl

from .care_provider import CareRegisterEntry, CareStatement
from .conduct import conduct
from .conduct_wmo import conduct_wmo
from .directors import Director, DirectorsStatement, care_background
from .reader import staff_reader
from .registration import WorkAllocation, professional_registration
from .staff import StaffList, Worker
from .staffing import Staffing, qualified_staff
from .wnt import WntStatement, wnt
from .wtza import wtza, wtza_permit

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

BARRIERMODEL_API = 1


@hookimpl
def barriermodel_barriers() -> Iterable[Barrier]:
    """The barriers of this plugin; only what a profile names is run."""
    return [conduct, conduct_wmo, professional_registration, wtza, wtza_permit, wnt, care_background, qualified_staff]


@hookimpl
def barriermodel_readers() -> Iterable[Reader]:
    """The reader of this plugin's evidence."""
    yield staff_reader
