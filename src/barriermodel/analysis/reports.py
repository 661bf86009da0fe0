"""The lines and fixed words of reports, and JSON Schemas."""

from ..formats.schema import assessment_schema, dossier_schema, profile_schema
from ..reporting.catalogue import catalogue, catalogue_of
from ..reporting.difference import Difference, Topic, names_of, profile_changes
from ..reporting.phrases import CONCERN, LEVEL, MOMENT, PROFILE_STATUS, WORDS, combine_text, ending_text
from ..reporting.rendering import Line, LineKind, as_markdown, as_text

__all__ = [
    "CONCERN",
    "LEVEL",
    "MOMENT",
    "PROFILE_STATUS",
    "WORDS",
    "Difference",
    "Line",
    "LineKind",
    "Topic",
    "as_markdown",
    "as_text",
    "assessment_schema",
    "catalogue",
    "catalogue_of",
    "combine_text",
    "dossier_schema",
    "ending_text",
    "names_of",
    "profile_changes",
    "profile_schema",
]
