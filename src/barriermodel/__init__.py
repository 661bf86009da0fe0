"""Screen care providers fairly: an ordered, explainable pipeline of barriers, each barrier a plugin.

This is what a caller uses: load a dossier, load a profile, assess, read the advice. What a rule author uses is in
:mod:`barriermodel.plugin`; what software that analyses rules and tables uses is in :mod:`barriermodel.analysis`.
"""

from typing import TYPE_CHECKING

from .domain.award import Act, Award, Procedure
from .domain.dossier import Dossier
from .domain.evidence import Absent, Evidence, Requested, Source
from .domain.identifiers import Identifier
from .domain.provider import LegalForm, Provider
from .domain.unknown import UNKNOWN
from .domain.values import euro
from .errors import BarrierModelError, DossierError, InputError, ProfileError, TableWarning
from .lazy import lazy_names
from .rules.levels import Concern, Interval, Level, Moment, Status

if TYPE_CHECKING:
    from .assessment import Assessment
    from .formats.dossier import dump_dossier, load_dossier
    from .formats.stored import StoredAssessment, load_assessment
    from .model import BarrierModel
    from .notices.reading import read_notice
    from .portfolio.portfolio import Portfolio
    from .profiles.registry import Registry
    from .reporting.difference import profile_difference

_LAZY = {
    ".assessment": ("Assessment",),
    ".formats.dossier": ("dump_dossier", "load_dossier"),
    ".formats.stored": ("StoredAssessment", "load_assessment"),
    ".model": ("BarrierModel",),
    ".notices.reading": ("read_notice",),
    ".portfolio.portfolio": ("Portfolio",),
    ".profiles.registry": ("Registry",),
    ".reporting.difference": ("profile_difference",),
}
__getattr__ = lazy_names("barriermodel", globals(), _LAZY)


def __dir__() -> list[str]:
    return sorted([*__all__, *(name for name in globals() if name.startswith("__"))])


__all__ = [
    "UNKNOWN",
    "Absent",
    "Act",
    "Assessment",
    "Award",
    "BarrierModel",
    "BarrierModelError",
    "Concern",
    "Dossier",
    "DossierError",
    "Evidence",
    "Identifier",
    "InputError",
    "Interval",
    "LegalForm",
    "Level",
    "Moment",
    "Portfolio",
    "Procedure",
    "ProfileError",
    "Provider",
    "Registry",
    "Requested",
    "Source",
    "Status",
    "StoredAssessment",
    "TableWarning",
    "dump_dossier",
    "euro",
    "load_assessment",
    "load_dossier",
    "profile_difference",
    "read_notice",
]
