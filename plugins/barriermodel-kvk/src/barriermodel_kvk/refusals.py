"""The meaning of KvK's error answers, and the answers that this reader refuses."""

from typing import NoReturn

import attrs

from barriermodel.plugin import UNKNOWN, Absent, Localized, UnknownReason

from .answer import Answer, refuse, said, shown
from .basisprofiel import register_source

OPEN_DATA = "KvK open data"
"""A source other than KvK's own register, which covers every legal form."""
_ABSENT = {
    "IPD0005": (UnknownReason.MISSING, "error_no_product"),
    "IPD0007": (UnknownReason.MISSING, "error_no_product"),
    "IPD5200": (UnknownReason.MISSING, "error_not_found"),
    "IPD0015": (UnknownReason.NOT_COVERED, "error_not_covered"),
    "IPD1002": (UnknownReason.UNAVAILABLE, "error_unavailable"),
    "IPD1003": (UnknownReason.UNAVAILABLE, "error_unavailable"),
}
"""Why the evidence is not there, and the message about it, by KvK's code."""
_ASKED_WRONGLY: dict[str, str] = {
    "IPD0004": "the KvK number that was asked for is not valid; ask with a number of 8 digits",
    "IPD0006": "the branch number that was asked for is not valid; ask with a number of 12 digits",
    "IPD0010": "the RSIN that was asked for is not valid; ask with a number of 9 digits",
    "IPD1998": "a parameter of the request is not valid; correct the request and ask again",
    "IPD1999": "a parameter of the request is not valid; correct the request and ask again",
    "IPD5203": "a parameter of the request is not valid; correct the request and ask again",
    "IPD0001": "KvK does not know the product, or failed; check the address and ask again later",
    "IPD9999": "KvK failed; ask again later",
}
BRANCH = (
    "vestigingsnummer", "eersteHandelsnaam", "indHoofdvestiging", "indCommercieleVestiging",
    "voltijdWerkzamePersonen", "deeltijdWerkzamePersonen",
)  # fmt: skip
"""Keys that an answer on one branch has, and a whole Basisprofiel only in its parts."""
_NAMES = ("startdatum", "einddatum", "ookGenoemd", "statutaireNaam", "naam")
"""Keys of which a Naamgeving answer has at least one; with those of a Basisprofiel beside them it is none."""
_OTHER: tuple[tuple[str, str], ...] = (
    ("signalen", "a Mutatieservice answer: it says that something changed, not what is registered"),
    ("abonnementen", "a Mutatieservice answer: it says what is followed, not what is registered"),
    (
        "opendataFields",
        "an answer of KvK's open data on annual accounts: it says nothing on the registration",
    ),
    *((key, "a Vestigingsprofiel, or a part of a Basisprofiel: it is about one branch") for key in BRANCH),
    *((key, "a Naamgeving answer: it tells names, not whether a registration goes on") for key in _NAMES),
    ("vestigingen", "a list of branches, which is a part of a Basisprofiel"),
    ("rechtsvorm", "the owner's part of a Basisprofiel"),
)
_TAKES = "this reader takes a Basisprofiel, a Zoeken answer or basisbedrijfsgegevens (open data)"


def read_error(answer: Answer) -> list[Absent]:
    """Read what an error answer says about the evidence: missing, not covered or unavailable.

    Raises:
        DossierError: it says that the question was wrong, or something that is not known.

    """
    errors = answer.tables("fout")
    codes = [] if errors is UNKNOWN else [(error, error.text("code")) for error in errors]
    if not codes:
        answer.problem("fout", "expected a list with at least one error; got none")
    found: dict[UnknownReason, list[Localized]] = {}
    for error, code in codes:
        if code is UNKNOWN:
            error.problem("code", "expected KvK's code of the error, such as IPD0005")
        elif code not in _ABSENT:
            error.problem("code", _what_to_do(code))
        else:
            reason, key = _ABSENT[code]
            found.setdefault(reason, []).append(said(key, code=code))
    source = register_source(answer)
    answer.journal.close()
    sources = {UnknownReason.NOT_COVERED: attrs.evolve(source, issuer=OPEN_DATA)}
    return [
        Absent(kind="kvk_extract", reason=reason, source=sources.get(reason, source), notes=tuple(dict.fromkeys(notes)))
        for reason, notes in found.items()
    ]


def _what_to_do(code: str) -> str:
    if code in _ASKED_WRONGLY:
        return f"KvK answered {code}: {_ASKED_WRONGLY[code]}"
    return f"KvK answered {shown(code)}, an error that is not known here; see KvK's documentation"


def refuse_other(answer: Answer) -> NoReturn:
    """Refuse an answer that this reader does not read, and say what it is and what to use instead."""
    for key, what in _OTHER:
        if answer.has(key):
            refuse(f"this is {what}; {_TAKES}: get the Basisprofiel of the KvK number")
    refuse(f"this is not a KvK answer that is known; {_TAKES}")
