"""The direction of a question: whether yes means that a ground applies, or that it does not."""

import re
from collections.abc import Sequence

from barriermodel.plugin import UNKNOWN, Fact

_CONFIRMS = re.compile(r"\b(?:confirms?|declares?|bevestig\w*|verklaar\w*|verklaren)\b")
_OPEN = (":", " that", " dat")
"""How the opening of a question ends if its clauses follow."""
_CLAUSE = re.compile(r"\n|(?:^|\s)\(?[a-z]\)\s|,\s(?:and\s|en\s)?(?:that\s|dat\s)?(?=(?:it|they|hij|zij)\s)")
_SUBJECT = re.compile(r"(?:it|they|hij|zij|the economic operator|de ondernemer)\b")
_ABLE = re.compile(r"\b(?:un)?able\b|\bin staat\b")
"""The clause that is reversed in every version: that the provider could hand in documents in time."""
_NOT = re.compile(
    r"\b(?:(?:has|have|is|are|was|were|does|did)(?: not|n['’]t)|never|neither|niet|geen|nooit)\b"
    r"(?! (?:been able|able|in staat|(?:more|longer|older) than|(?:langer|meer|ouder) dan))"
)
_DUTY_DONE = re.compile(
    r"\b(?:met|fulfilled|complied with|discharged) (?:all |any )?(?:of )?(?:its|their|his) (?:\w+ )?obligations\b"
    r"|\bverplichtingen\b.*\b(?:nagekomen|nageleefd|voldaan|vervuld)\b"
)


def confirms(words: str) -> bool:
    """Whether a question asks to confirm something."""
    return _CONFIRMS.search(words.casefold()) is not None


def yes_is_no(lines: Sequence[str]) -> Fact[bool]:
    """Whether yes means that the ground does not apply: "confirm that it has not …", "has met its obligations".

    Unknown if its clauses have opposite directions, or if a denial is not asked as a confirmation.

    Args:
        lines: the question, in as many parts as the document has it.

    """
    question = "\n".join(lines).casefold().partition("?")[0]
    lead, *rest = [part.strip() for part in _CLAUSE.split(question) if part.strip()] or [""]
    is_open, denied = lead.endswith(_OPEN), _denied(lead)
    clauses = {_denied(part) for part in rest if not _ABLE.search(part) and (is_open or _SUBJECT.match(part))}
    if is_open and clauses and not denied:
        denied = True in clauses
    elif is_open and denied:  # "that it has not: a) …" denies what follows
        clauses = {not clause for clause in clauses}
    if clauses - {denied} or (denied and _NOT.search(question) and not confirms(question)):
        return UNKNOWN
    return denied


def _denied(words: str) -> bool:
    return (_NOT.search(words) is None) is (_DUTY_DONE.search(words) is not None)
