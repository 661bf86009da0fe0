"""Screen care providers fairly: an ordered, explainable pipeline of barriers, each barrier a plugin.

What a plugin author needs is here at once. What runs a profile is imported when it is first used, so that a
plugin loads without it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .domain.award import Act, Award, Procedure
from .domain.days import NotBefore, Past
from .domain.dossier import Dossier
from .domain.evidence import Absent, Evidence, Item, Requested, Source, SourceType
from .domain.facts import Between, Label, record
from .domain.identifiers import Identifier, is_rsin
from .domain.kinds import Kind, Supplier, evidence
from .domain.provider import SOLE_TRADER_FORMS, LegalForm, Provider
from .domain.unknown import UNKNOWN, Fact, Reason
from .domain.values import Money, Months, Ratio, euro
from .errors import (
    BarrierModelError,
    DefinitionError,
    DossierError,
    InputError,
    PluginError,
    Problem,
    ProfileError,
    TableWarning,
    TracingError,
    UnknownFactError,
)
from .plugin import Reader, hookimpl
from .rules.barrier import Barrier
from .rules.derived import Derived
from .rules.levels import Concern, Interval, Level, Moment, Status
from .rules.rule import Condition, Rule, RuleKind
from .rules.signature import AsOf, Limit
from .rules.tracing import add_months, all_of, any_of, named, not_, one_of, ratio
from .text import Text, Words

if TYPE_CHECKING:
    from .formats.dossier import dump_dossier, load_dossier
    from .formats.stored import StoredAssessment, load_assessment
    from .model import Assessment, BarrierModel
    from .notices.reading import read_notice
    from .profiles.profile import Profile, read_profile
    from .profiles.registry import Plugin, PluginStatus, Registry
    from .reading.documents import typed_over
    from .reading.parsing import parse_json, parse_toml, parse_xml
    from .reporting.difference import Difference, profile_difference

_LATER = {
    "Assessment": "model",
    "BarrierModel": "model",
    "Difference": "report.difference",
    "Plugin": "pipeline.registry",
    "PluginStatus": "pipeline.registry",
    "Profile": "pipeline.profile",
    "Registry": "pipeline.registry",
    "StoredAssessment": "report.stored",
    "dump_dossier": "formats.dossier",
    "load_assessment": "report.stored",
    "load_dossier": "formats.dossier",
    "parse_json": "parsing",
    "parse_toml": "parsing",
    "parse_xml": "parsing",
    "profile_difference": "report.difference",
    "read_notice": "notices.reading",
    "read_profile": "pipeline.profile",
    "typed_over": "formats.documents",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f".{_LATER[name]}", __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, *(name for name in globals() if name.startswith("__"))])


__all__ = [
    "SOLE_TRADER_FORMS",
    "UNKNOWN",
    "Absent",
    "Act",
    "AsOf",
    "Assessment",
    "Award",
    "Barrier",
    "BarrierModel",
    "BarrierModelError",
    "Between",
    "Concern",
    "Condition",
    "DefinitionError",
    "Derived",
    "Difference",
    "Dossier",
    "DossierError",
    "Evidence",
    "Fact",
    "Identifier",
    "InputError",
    "Interval",
    "Item",
    "Kind",
    "Label",
    "LegalForm",
    "Level",
    "Limit",
    "Moment",
    "Money",
    "Months",
    "NotBefore",
    "Past",
    "Plugin",
    "PluginError",
    "PluginStatus",
    "Problem",
    "Procedure",
    "Profile",
    "ProfileError",
    "Provider",
    "Ratio",
    "Reader",
    "Reason",
    "Registry",
    "Requested",
    "Rule",
    "RuleKind",
    "Source",
    "SourceType",
    "Status",
    "StoredAssessment",
    "Supplier",
    "TableWarning",
    "Text",
    "TracingError",
    "UnknownFactError",
    "Words",
    "add_months",
    "all_of",
    "any_of",
    "dump_dossier",
    "euro",
    "evidence",
    "hookimpl",
    "is_rsin",
    "load_assessment",
    "load_dossier",
    "named",
    "not_",
    "one_of",
    "parse_json",
    "parse_toml",
    "parse_xml",
    "profile_difference",
    "ratio",
    "read_notice",
    "read_profile",
    "record",
    "typed_over",
]
