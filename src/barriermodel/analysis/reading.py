"""Strict reading of JSON, TOML and documents."""

from ..formats.dossier import DOSSIER, evidence_as_data, fact_as_data, provider_as_data, read_dossier
from ..reading.documents import evidence_item
from ..reading.nesting import check_json
from ..reading.parsing import one_line, parse_json_documents, strict_decoder
from ..reading.structuring import flatten_errors, new_converter, scalar, structure

__all__ = [
    "DOSSIER",
    "check_json",
    "evidence_as_data",
    "evidence_item",
    "fact_as_data",
    "flatten_errors",
    "new_converter",
    "one_line",
    "parse_json_documents",
    "provider_as_data",
    "read_dossier",
    "scalar",
    "strict_decoder",
    "structure",
]
