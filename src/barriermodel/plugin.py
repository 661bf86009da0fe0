"""All that a rule author imports: facts, evidence, rules and their operations, readers, and the hooks.

A plugin is a module that states ``BARRIERMODEL_API = 2`` and implements some of the hooks of
:mod:`barriermodel.hooks` with ``@hookimpl``. docs/plugin.md shows how.
"""

from typing import TYPE_CHECKING

from .domain.award import Act, Award, Procedure
from .domain.bounds import Between, NotBefore, Past
from .domain.dossier import Dossier
from .domain.evidence import Absent, Evidence, Item, Requested, Source, SourceType
from .domain.facts import record
from .domain.identifiers import Identifier, is_rsin
from .domain.kinds import EvidenceKind, Supplier, evidence
from .domain.provider import SOLE_TRADER_FORMS, LegalForm, Provider
from .domain.unknown import UNKNOWN, Fact, UnknownReason
from .domain.values import Money, Months, Ratio, euro
from .errors import DefinitionError, DossierError, PluginError, Problem, ProfileError, TracingError, UnknownFactError
from .hooks import hookimpl
from .lazy import lazy_names
from .reading.reader import Reader
from .rules.barrier import Barrier
from .rules.derived import Derived
from .rules.levels import Concern, Level, Moment, Status
from .rules.rule import Condition, Rule, RuleKind
from .rules.signature import AsOf, Limit
from .rules.vocabulary import add_months, all_of, any_of, named, not_, one_of, ratio
from .text import Localized
from .words.lexicon import messages

if TYPE_CHECKING:
    from .profiles.profile import Profile, read_profile
    from .reading.documents import manual_entry_reader
    from .reading.parsing import parse_json, parse_toml, parse_xml

_LAZY = {
    ".profiles.profile": ("Profile", "read_profile"),
    ".reading.documents": ("manual_entry_reader",),
    ".reading.parsing": ("parse_json", "parse_toml", "parse_xml"),
}
__getattr__ = lazy_names("barriermodel", globals(), _LAZY)


def __dir__() -> list[str]:
    return sorted([*__all__, *(name for name in globals() if name.startswith("__"))])


__all__ = [
    "SOLE_TRADER_FORMS",
    "UNKNOWN",
    "Absent",
    "Act",
    "AsOf",
    "Award",
    "Barrier",
    "Between",
    "Concern",
    "Condition",
    "DefinitionError",
    "Derived",
    "Dossier",
    "DossierError",
    "Evidence",
    "EvidenceKind",
    "Fact",
    "Identifier",
    "Item",
    "LegalForm",
    "Level",
    "Limit",
    "Localized",
    "Moment",
    "Money",
    "Months",
    "NotBefore",
    "Past",
    "PluginError",
    "Problem",
    "Procedure",
    "Profile",
    "ProfileError",
    "Provider",
    "Ratio",
    "Reader",
    "Requested",
    "Rule",
    "RuleKind",
    "Source",
    "SourceType",
    "Status",
    "Supplier",
    "TracingError",
    "UnknownFactError",
    "UnknownReason",
    "add_months",
    "all_of",
    "any_of",
    "euro",
    "evidence",
    "hookimpl",
    "is_rsin",
    "manual_entry_reader",
    "messages",
    "named",
    "not_",
    "one_of",
    "parse_json",
    "parse_toml",
    "parse_xml",
    "ratio",
    "read_profile",
    "record",
]
