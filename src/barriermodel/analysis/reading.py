"""Strict reading of JSON, TOML and documents."""

from ..formats.dossier import DOSSIER as DOSSIER
from ..formats.dossier import evidence_as_data as evidence_as_data
from ..formats.dossier import fact_as_data as fact_as_data
from ..formats.dossier import provider_as_data as provider_as_data
from ..formats.dossier import read_dossier as read_dossier
from ..reading.documents import evidence_item as evidence_item
from ..reading.nesting import check_json as check_json
from ..reading.parsing import one_line as one_line
from ..reading.parsing import parse_json_documents as parse_json_documents
from ..reading.parsing import strict_decoder as strict_decoder
from ..reading.problems import flatten_errors as flatten_errors
from ..reading.structuring import new_converter as new_converter
from ..reading.structuring import scalar as scalar
from ..reading.structuring import structure as structure
