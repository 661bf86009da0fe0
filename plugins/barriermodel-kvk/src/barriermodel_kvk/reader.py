"""The reader ``kvk``: recognises KvK's answers by their keys, and reads from each what it can state."""

from collections.abc import Iterable
from typing import Any, cast

from barriermodel.plugin import Absent, Evidence, Reader, parse_json

from .answer import Answer, Journal, refuse
from .basisprofiel import MARKS as BASISPROFIEL
from .basisprofiel import read_basisprofiel
from .open_data import MARKS as OPEN_DATA
from .open_data import read_open_data
from .refusals import BRANCH, read_error, refuse_other
from .zoeken import read_zoeken


def read(raw: bytes) -> Iterable[Evidence | Absent]:
    """Read an answer of KvK.

    The answers carry no date: the dossier tells when they were obtained.

    Raises:
        DossierError: it is no answer that this reader takes, or parts of it are wrong; names them all.

    """
    data = parse_json(raw, "")
    if not isinstance(data, dict):
        refuse("expected a JSON object: one answer of KvK in each file")
    answer = Answer(cast(dict[str, Any], data), Journal())
    keys = {key for key in answer.data if answer.has(key)}
    if "fout" in keys:
        return read_error(answer)
    if keys & {"resultaten", "resultatenPerPagina"}:
        return read_zoeken(answer)
    if keys & BASISPROFIEL and not keys & {*BRANCH, "vestigingen", "signalen"}:
        return read_basisprofiel(answer)
    if keys & OPEN_DATA:
        return read_open_data(answer)
    refuse_other(answer)


reader = Reader(id="kvk", formats=("json",), read=read)
