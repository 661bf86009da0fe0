"""Recognise the format of a sanctions list and read it."""

import csv
from functools import lru_cache

from . import eu_list, opensanctions
from .sanctions_list import THINGS, SanctionsList, wrong


@lru_cache(maxsize=1)
def read_list(raw: bytes) -> SanctionsList:
    """Read a list of OpenSanctions or of the EU. The last list is cached, for screening many providers against it.

    Raises:
        DossierError: the format is unknown, the list is damaged, or it lists nobody.

    """
    found = _read(raw)
    if all(entry.schema in THINGS for entry in found.listed):
        raise wrong("", "the list has no organisation and no person: nobody can be screened against it")
    return found


def _read(raw: bytes) -> SanctionsList:
    start = raw.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        return eu_list.read_xml(raw)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise wrong("", f"expected text in UTF-8; byte {error.start} is not") from None
    if start.startswith(b"{"):
        return opensanctions.read_entities(text)
    try:
        return eu_list.read_csv(text) if eu_list.MARK in text.partition("\n")[0] else opensanctions.read_targets(text)
    except csv.Error as error:
        raise wrong("", f"expected targets.simple.csv or another list that is read; it is no CSV: {error}") from None
