"""The reader ``staff``: evidence of this plugin, entered by hand as TOML."""

from barriermodel.plugin import Text, manual_entry_reader

from .care_provider import CareRegisterEntry, CareStatement
from .directors import DirectorsStatement
from .registration import WorkAllocation
from .staff import StaffList
from .staffing import Staffing
from .wnt import WntStatement

KINDS: tuple[type, ...] = (
    StaffList,
    WorkAllocation,
    CareRegisterEntry,
    CareStatement,
    WntStatement,
    DirectorsStatement,
    Staffing,
)

staff_reader = manual_entry_reader(
    "staff",
    Text(
        nl="Gegevens over medewerkers, bestuurders en melding, overgetypt als TOML",
        en="Evidence on staff, directors and notification, typed over as TOML",
    ),
    *KINDS,
)
