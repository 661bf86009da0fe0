"""Fixed phrases of reports and the words of comparisons, in both languages."""

from __future__ import annotations

from datetime import date

from ..domain.kinds import Supplier
from ..profiles.profile import Combine, CombineBy, ProfileStatus
from ..profiles.resolved import Ending
from ..rules.levels import Concern, Interval, Level, Moment, Status
from ..rules.rule import RuleKind
from ..text import Language, format_integer
from ..words.lexicon import WordRef, said
from ..words.templates import plural_category

LEVEL = {
    Level.GREEN: said("phrases", "level", "green"),
    Level.ORANGE: said("phrases", "level", "orange"),
    Level.RED: said("phrases", "level", "red"),
    Level.EXCLUDE: said("phrases", "level", "exclude"),
}
"""The words for each level."""
CONCERN = {
    Concern.INTEGRITY: said("phrases", "concern", "integrity"),
    Concern.QUALITY: said("phrases", "concern", "quality"),
    Concern.LAWFULNESS: said("phrases", "concern", "lawfulness"),
    Concern.CONTINUITY: said("phrases", "concern", "continuity"),
}
"""The words for each concern."""
MOMENT = {
    Moment.ADMISSION: said("phrases", "moment", "admission"),
    Moment.MONITORING: said("phrases", "moment", "monitoring"),
    Moment.SUPERVISION: said("phrases", "moment", "supervision"),
}
"""The words for each moment."""
PROFILE_STATUS = {
    ProfileStatus.PUBLISHED: said("phrases", "profile_status", "published"),
    ProfileStatus.CONTRACT: said("phrases", "profile_status", "contract"),
    ProfileStatus.RECONSTRUCTION: said("phrases", "profile_status", "reconstruction"),
}
"""The words for each status of a profile."""
STATUS = {
    (RuleKind.REQUIREMENT, Status.HIT): said("phrases", "status", "requirement_hit"),
    (RuleKind.REQUIREMENT, Status.CLEAR): said("phrases", "status", "requirement_clear"),
    (RuleKind.SIGNAL, Status.HIT): said("phrases", "status", "signal_hit"),
    (RuleKind.SIGNAL, Status.CLEAR): said("phrases", "status", "signal_clear"),
}
"""The words for a hit and a clear rule, by the kind of rule."""
OTHER_STATUS = {
    Status.OPEN: said("phrases", "other_status", "open"),
    Status.NOT_APPLICABLE: said("phrases", "other_status", "not_applicable"),
    Status.NOT_EXAMINED: said("phrases", "other_status", "not_examined"),
}
"""The words for the other statuses, the same for every kind of rule."""
MARK = {
    Status.HIT: "✗",
    Status.OPEN: "?",
    Status.CLEAR: "✓",
    Status.NOT_APPLICABLE: "–",
    Status.NOT_EXAMINED: "–",
}
"""The mark in front of each status."""
SUPPLIER = {
    Supplier.REGISTER: said("phrases", "supplier", "register"),
    Supplier.PROVIDER: said("phrases", "supplier", "provider"),
}
"""How evidence is obtained from each supplier."""

WORDS = {
    "advice": said("phrases", "words", "advice"),
    "person_decides": said("phrases", "words", "person_decides"),
    "no_decision": said("phrases", "words", "no_decision"),
    "not_decided": said("phrases", "words", "not_decided"),
    "range": said("phrases", "words", "range"),
    "profile": said("phrases", "words", "profile"),
    "as_of": said("phrases", "words", "as_of"),
    "provider": said("phrases", "words", "provider"),
    "award": said("phrases", "words", "award"),
    "nameless": said("phrases", "words", "nameless"),
    "counted": said("phrases", "words", "counted"),
    "concerns": said("phrases", "words", "concerns"),
    "stage": said("phrases", "words", "stage"),
    "not_examined": said("phrases", "words", "not_examined"),
    "can_become": said("phrases", "words", "can_become"),
    "this_stage": said("phrases", "words", "this_stage"),
    "comparison": said("phrases", "words", "comparison"),
    "applies": said("phrases", "words", "applies"),
    "applies_open": said("phrases", "words", "applies_open"),
    "from_dossier": said("phrases", "words", "from_dossier"),
    "handed_in": said("phrases", "words", "handed_in"),
    "derived_from": said("phrases", "words", "derived_from"),
    "limit": said("phrases", "words", "limit"),
    "since": said("phrases", "words", "since"),
    "source": said("phrases", "words", "source"),
    "assumption": said("phrases", "words", "assumption"),
    "basis": said("phrases", "words", "basis"),
    "unverified": said("phrases", "words", "unverified"),
    "level_changed": said("phrases", "words", "level_changed"),
    "extends": said("phrases", "words", "extends"),
    "left_out": said("phrases", "words", "left_out"),
    "error": said("phrases", "words", "error"),
    "opaque": said("phrases", "words", "opaque"),
    "asks": said("phrases", "words", "asks"),
    "asks_decided": said("phrases", "words", "asks_decided"),
    "asks_why": said("phrases", "words", "asks_why"),
    "asks_nothing": said("phrases", "words", "asks_nothing"),
    "minutes": said("phrases", "words", "minutes"),
    "needed_for": said("phrases", "words", "needed_for"),
    "now": said("phrases", "words", "now"),
    "not_asked": said("phrases", "words", "not_asked"),
    "ending": said("phrases", "words", "ending"),
    "watch": said("phrases", "words", "watch"),
    "keeps_open": said("phrases", "words", "keeps_open"),
    "assumed": said("phrases", "words", "assumed"),
    "assumed_combine": said("phrases", "words", "assumed_combine"),
    "unsaid": said("phrases", "words", "unsaid"),
    "withheld": said("phrases", "words", "withheld"),
    "notes_withheld": said("phrases", "words", "notes_withheld"),
    "caution_withheld": said("phrases", "words", "caution_withheld"),
    "retention": said("phrases", "words", "retention"),
    "retention_unsaid": said("phrases", "words", "retention_unsaid"),
    "cautions": said("phrases", "words", "cautions"),
    "errors": said("phrases", "words", "errors"),
    "note": said("phrases", "words", "note"),
    "digest": said("phrases", "words", "digest"),
    "from_row": said("phrases", "words", "from_row"),
    "about_row": said("phrases", "words", "about_row"),
    "row_selected": said("phrases", "words", "row_selected"),
    "row_unchecked": said("phrases", "words", "row_unchecked"),
    "row_given": said("phrases", "words", "row_given"),
    "row_constants": said("phrases", "words", "row_constants"),
    "row_assumed": said("phrases", "words", "row_assumed"),
}
"""The fixed phrases of reports, by key."""
OLD = said("phrases", "old")
"""Shown for an assessment that was stored without its report."""
COMBINE = {
    CombineBy.COUNT: (
        said("phrases", "combine", "count", "1"),
        said("phrases", "combine", "count", "2"),
    ),
    CombineBy.POINTS: (
        said("phrases", "combine", "points", "1"),
        said("phrases", "combine", "points", "2"),
    ),
}
"""How a stage combines that does not take the worst level: a verb, and what follows it."""


def fill(phrase: WordRef, lang: Language, **values: object) -> str:
    """Return a phrase of the library, with values filled in; whole numbers are written as its language does."""
    template = phrase.template(lang)
    assert template is not None, phrase  # the library's own words are complete, which is tested
    shown = {name: format_integer(v, lang) if type(v) is int else str(v) for name, v in values.items()}
    return template.fill(shown, plural_category(values.get(template.count or ""), lang))


def lower_first(text: str) -> str:
    """Write a title inside a sentence: ``jaarrekening``, but ``KvK-uittreksel`` and ``WNT-verantwoording``."""
    return text[:1].lower() + text[1:] if text[1:2].islower() and not text.startswith("Kv") else text


def combine_text(combine: Combine, lang: Language) -> str:
    """Describe a stage that counts or weighs: ``Deze stap telt signalen: 1 of meer is oranje, 3 of meer is rood``."""
    verb, rest = COMBINE[combine.by]
    counted = rest[lang].format(orange=combine.orange, red=combine.red)
    return f"{WORDS['this_stage'][lang]} {verb[lang]} {counted}"


def ending_text(ending: Ending, lang: Language) -> str:
    """Say which table of years ends, and what that means for later years."""
    label = ending.table.spec.field.label[lang]
    return WORDS["ending"][lang].format(label=label, id=ending.table.id, last=ending.last)


def interval_text(found: Interval, lang: Language) -> str:
    """Write an interval: ``oranje``, or ``ten minste groen, ten hoogste rood``."""
    low, high = LEVEL[found.at_least][lang], LEVEL[found.at_most][lang]
    if found.decided:
        return low
    return WORDS["range"][lang].format(low=low, high=high)


def counts_text(hits: int, open_: int, lang: Language) -> str:
    """Write numbers of counted rules: ``2 signalen, 1 nog open``."""
    signals = _SIGNALS.fill(hits=hits) if hits else _NO_SIGNALS
    return (_WITH_OPEN.fill(signals=signals, open=open_) if open_ else signals)[lang]


_SIGNALS = said("phrases", "counts", "signals")
_NO_SIGNALS = said("phrases", "counts", "no_signals")
_WITH_OPEN = said("phrases", "counts", "with_open")


def status_text(kind: RuleKind, status: Status, lang: Language) -> str:
    """Return the word for a rule's status."""
    return (STATUS.get((kind, status)) or OTHER_STATUS[status])[lang]


Forms = tuple[str, str, str, str]
"""Where it is true, where it is false, where it is asked, and where its negation is asked."""

INFIX = ("add", "sub", "mul", "ratio")
"""The computations whose words stand between their operands."""


def forms(op: str, of: type, lang: Language) -> Forms:
    """Return the words for a comparison of values of a type."""
    words = said("operators", "date" if of is date and op in ("gt", "ge", "lt", "le") else "any", op)
    true, false, asked, asked_not = ((words / form)[lang] for form in ("true", "false", "asked", "asked_not"))
    return true, false, asked, asked_not
