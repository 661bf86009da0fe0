"""Fixed phrases of reports and the words of comparisons, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..domain.kinds import Supplier
from ..profiles.profile import Combine, CombineBy, ProfileStatus
from ..profiles.resolved import Ending
from ..rules.levels import Concern, Interval, Level, Moment, Status
from ..rules.rule import RuleKind
from ..text import Language, Text

LEVEL = {
    Level.GREEN: Text(nl="groen", en="green"),
    Level.ORANGE: Text(nl="oranje", en="orange"),
    Level.RED: Text(nl="rood", en="red"),
    Level.EXCLUDE: Text(nl="uitsluiting mogelijk", en="exclusion possible"),
}
"""The words for each level."""
CONCERN = {
    Concern.INTEGRITY: Text(nl="integriteit", en="integrity"),
    Concern.QUALITY: Text(nl="kwaliteit", en="quality"),
    Concern.LAWFULNESS: Text(nl="rechtmatigheid", en="lawfulness"),
    Concern.CONTINUITY: Text(nl="continuïteit", en="continuity"),
}
"""The words for each concern."""
MOMENT = {
    Moment.ADMISSION: Text(nl="toelating", en="admission"),
    Moment.MONITORING: Text(nl="monitoring", en="monitoring"),
    Moment.SUPERVISION: Text(nl="toezicht", en="supervision"),
}
"""The words for each moment."""
PROFILE_STATUS = {
    ProfileStatus.PUBLISHED: Text(nl="door de regio gepubliceerd", en="published by the region"),
    ProfileStatus.CONTRACT: Text(nl="uit contract of aanbesteding", en="from a contract or tender"),
    ProfileStatus.RECONSTRUCTION: Text(
        nl="een reconstructie uit openbare bronnen, niet van de regio zelf",
        en="a reconstruction from public sources, not by the region itself",
    ),
}
"""The words for each status of a profile."""
STATUS = {
    (RuleKind.REQUIREMENT, Status.HIT): Text(nl="NIET VOLDAAN", en="NOT MET"),
    (RuleKind.REQUIREMENT, Status.CLEAR): Text(nl="voldaan", en="met"),
    (RuleKind.SIGNAL, Status.HIT): Text(nl="SIGNAAL", en="SIGNAL"),
    (RuleKind.SIGNAL, Status.CLEAR): Text(nl="geen signaal", en="no signal"),
}
"""The words for a hit and a clear rule, by the kind of rule."""
OTHER_STATUS = {
    Status.OPEN: Text(nl="OPEN", en="OPEN"),
    Status.NOT_APPLICABLE: Text(nl="niet van toepassing", en="not applicable"),
    Status.NOT_EXAMINED: Text(nl="niet onderzocht", en="not examined"),
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
    Supplier.REGISTER: Text(nl="opzoeken in een register", en="look up in a register"),
    Supplier.PROVIDER: Text(nl="vragen aan de aanbieder", en="ask the provider"),
}
"""How evidence is obtained from each supplier."""

WORDS = {
    "advice": Text(nl="Advies", en="Advice"),
    "person_decides": Text(nl="Dit is een advies. Een mens beslist.", en="This is advice. A person decides."),
    "no_decision": Text(
        nl="Dit is een advies. Een mens beslist, na de aanbieder te hebben gehoord.",
        en="This is advice. A person decides, after hearing the provider.",
    ),
    "not_decided": Text(nl="staat nog niet vast", en="not settled yet"),
    "range": Text(nl="ten minste {low}, ten hoogste {high}", en="at least {low}, at most {high}"),
    "profile": Text(nl="Profiel", en="Profile"),
    "as_of": Text(nl="Peildatum", en="Reference date"),
    "provider": Text(nl="Aanbieder", en="Provider"),
    "award": Text(nl="Opdracht", en="Award"),
    "nameless": Text(nl="Aanbieder zonder naam", en="Provider without a name"),
    "counted": Text(nl="in stappen die tellen {counts}", en="in stages that count {counts}"),
    "concerns": Text(nl="Per onderwerp", en="Per concern"),
    "stage": Text(nl="Stap {number}: {title}", en="Stage {number}: {title}"),
    "not_examined": Text(
        nl="niet onderzocht: na een eerdere stap is uitsluiting al mogelijk",
        en="not examined: after an earlier stage exclusion is possible already",
    ),
    "can_become": Text(nl="kan {level} worden", en="can become {level}"),
    "this_stage": Text(nl="Deze stap", en="This stage"),
    "comparison": Text(nl="Vergelijking", en="Comparison"),
    "applies": Text(nl="Geldt, want", en="Applies, since"),
    "applies_open": Text(nl="Geldt alleen als", en="Applies only if"),
    "from_dossier": Text(nl="uit het dossier", en="from the dossier"),
    "handed_in": Text(nl="ingediend voor deze aanbieder", en="handed in for this provider"),
    "derived_from": Text(nl="afgeleid uit", en="derived from"),
    "limit": Text(
        nl="Grens ‘{label}’ ({name}): {value}, bepaald door {set_by}",
        en="Limit ‘{label}’ ({name}): {value}, set by {set_by}",
    ),
    "since": Text(nl="vanaf {date}", en="from {date}"),
    "source": Text(nl="bron", en="source"),
    "assumption": Text(nl="aanname", en="assumption"),
    "basis": Text(nl="Grondslag", en="Legal basis"),
    "unverified": Text(nl="Niet nagegaan", en="Not verified"),
    "level_changed": Text(nl="Regel aangepast door {who}: {reason}", en="Rule changed by {who}: {reason}"),
    "extends": Text(nl="Verschillen met {base}", en="Differences from {base}"),
    "left_out": Text(nl="weggelaten door {who}: {reason}", en="left out by {who}: {reason}"),
    "error": Text(nl="Fout", en="Error"),
    "opaque": Text(
        nl="Deze regel is een programma. De vergelijking is niet te tonen.",
        en="This rule is a program. Its comparison cannot be shown.",
    ),
    "asks": Text(nl="Wat nog nodig is", en="What is still needed"),
    "asks_decided": Text(
        nl="Niets. Het advies staat vast: wat nog onbekend is, verandert het niet.",
        en="Nothing. The advice is settled: what is still unknown does not change it.",
    ),
    "asks_why": Text(
        nl="Van wat nog onbekend is, kan alleen dit het advies nog veranderen.",
        en="Of what is still unknown, only this can still change the advice.",
    ),
    "asks_nothing": Text(
        nl="Er is nu niets op te vragen dat het advies verandert.",
        en="There is nothing to ask for now that changes the advice.",
    ),
    "minutes": Text(nl="{burden} minuten voor de aanbieder", en="{burden} minutes for the provider"),
    "needed_for": Text(nl="nodig voor", en="needed for"),
    "now": Text(nl="nu", en="now"),
    "not_asked": Text(
        nl="Niet gevraagd, want het advies verandert er niet door: {kinds}",
        en="Not asked, since it does not change the advice: {kinds}",
    ),
    "ending": Text(
        nl="‘{label}’ [{id}] loopt tot en met {last}. Over een later jaar blijft open wat ervan afhangt, tot er een "
        "waarde met een bron bij staat.",
        en="‘{label}’ [{id}] ends with {last}. For a later year, what depends on it stays open until a value with a "
        "source is added.",
    ),
    "watch": Text(nl="In de gaten houden", en="Dates to watch"),
    "keeps_open": Text(nl="Dit houdt het advies open", en="This keeps the advice open"),
    "assumed": Text(
        nl="Deze grenzen zijn een aanname, want er is geen bron voor",
        en="These limits are assumed, for want of a source",
    ),
    "assumed_combine": Text(nl="hoe ‘{stage}’ telt", en="how ‘{stage}’ counts"),
    "unsaid": Text(
        nl="Aangenomen als bewijs over deze aanbieder, al zegt het stuk dat zelf niet",
        en="Taken as evidence about this provider, though the item itself does not say so",
    ),
    "withheld": Text(nl="Afgeschermd", en="Withheld"),
    "notes_withheld": Text(
        nl="over ‘{id}’ zijn er opmerkingen; ze zijn afgeschermd, lees ze in het stuk zelf",
        en="there are remarks on ‘{id}’; they are withheld, read them in the item itself",
    ),
    "caution_withheld": Text(
        nl="Over ‘{ids}’ is er iets om op te letten; het is afgeschermd, lees het in het stuk zelf.",
        en="There is something to note on ‘{ids}’; it is withheld, read it in the item itself.",
    ),
    "retention": Text(nl="Bewaartermijn van {kind}: {term}", en="Retention of {kind}: {term}"),
    "retention_unsaid": Text(nl="niet vermeld", en="not stated"),
    "cautions": Text(nl="Let op", en="Take note"),
    "errors": Text(nl="Fouten", en="Errors"),
    "note": Text(nl="Let op", en="Note"),
    "digest": Text(nl="Kenmerk van dit advies", en="Digest of this advice"),
    "from_row": Text(nl="uit de rij", en="from the row"),
    "about_row": Text(nl="Over deze rij", en="About this row"),
    "row_selected": Text(
        nl="De feiten zijn die van een rij in een tabel; het bewijs is daarvoor uitgekozen.",
        en="The facts are those of a row in a table; the evidence was selected for it beforehand.",
    ),
    "row_unchecked": Text(
        nl="Niet nagegaan is of dit bewijs nog geldt, want de rij heeft er geen datum van: {listed}.",
        en="Whether this evidence still counts was not checked, for the row has no date of it: {listed}.",
    ),
    "row_given": Text(
        nl="In de tabel gegeven, niet berekend: {listed}.", en="Given in the table, not computed: {listed}."
    ),
    "row_constants": Text(
        nl="Niet uit de tabel maar uit de map, voor alle rijen gelijk: {listed}.",
        en="Not from the table but from the map, the same for all rows: {listed}.",
    ),
    "row_assumed": Text(
        nl="Aangenomen, omdat de naam het zegt: {listed}. Kijk het na.",
        en="Assumed, because the name says so: {listed}. Check it.",
    ),
}
"""The fixed phrases of reports, by key."""
OLD = Text(
    nl="Bewaard door een oudere versie, zonder verslag: hier staan alleen het advies, de signalen en de open regels.",
    en="Stored by an older version, without its report: only the advice, the signals and the open rules are here.",
)
"""Shown for an assessment that was stored without its report."""
COMBINE = {
    CombineBy.COUNT: (
        Text(nl="telt", en="counts"),
        Text(
            nl="signalen: {orange} of meer is oranje, {red} of meer is rood",
            en="signals: {orange} or more is orange, {red} or more is red",
        ),
    ),
    CombineBy.POINTS: (
        Text(nl="telt", en="adds"),
        Text(
            nl="punten: {orange} of meer is oranje, {red} of meer is rood",
            en="points: {orange} or more is orange, {red} or more is red",
        ),
    ),
}
"""How a stage combines that does not take the worst level: a verb, and what follows it."""


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
    if lang == "nl":
        words = "geen signalen" if not hits else f"{hits} signaal" if hits == 1 else f"{hits} signalen"
        return f"{words}, {open_} nog open" if open_ else words
    words = "no signals" if not hits else f"{hits} signal" if hits == 1 else f"{hits} signals"
    return f"{words}, {open_} still open" if open_ else words


def status_text(kind: RuleKind, status: Status, lang: Language) -> str:
    """Return the word for a rule's status."""
    return (STATUS.get((kind, status)) or OTHER_STATUS[status])[lang]


Forms = tuple[str, str, str, str]
"""Where it is true, where it is false, where it is asked, and where its negation is asked."""

_ANY: Mapping[Language, Mapping[str, Forms]] = {
    "nl": {
        "gt": ("is hoger dan", "is niet hoger dan", "hoger dan", "niet hoger dan"),
        "ge": ("is minstens", "is lager dan", "minstens", "lager dan"),
        "lt": ("is lager dan", "is niet lager dan", "lager dan", "niet lager dan"),
        "le": ("is hoogstens", "is hoger dan", "hoogstens", "hoger dan"),
        "eq": ("is gelijk aan", "is niet gelijk aan", "gelijk aan", "ongelijk aan"),
        "ne": ("is niet gelijk aan", "is gelijk aan", "ongelijk aan", "gelijk aan"),
        "one_of": ("is een van", "is geen van", "een van", "geen van"),
    },
    "en": {
        "gt": ("is higher than", "is not higher than", "higher than", "not higher than"),
        "ge": ("is at least", "is lower than", "at least", "lower than"),
        "lt": ("is lower than", "is not lower than", "lower than", "not lower than"),
        "le": ("is at most", "is higher than", "at most", "higher than"),
        "eq": ("equals", "does not equal", "equal to", "unequal to"),
        "ne": ("does not equal", "equals", "unequal to", "equal to"),
        "one_of": ("is one of", "is none of", "one of", "none of"),
    },
}
_DATES: Mapping[Language, Mapping[str, Forms]] = {
    "nl": {
        "gt": ("is later dan", "is niet later dan", "later dan", "niet later dan"),
        "ge": ("is op of na", "is eerder dan", "op of na", "eerder dan"),
        "lt": ("is eerder dan", "is niet eerder dan", "eerder dan", "niet eerder dan"),
        "le": ("is op of voor", "is later dan", "op of voor", "later dan"),
    },
    "en": {
        "gt": ("is later than", "is not later than", "later than", "not later than"),
        "ge": ("is on or after", "is earlier than", "on or after", "earlier than"),
        "lt": ("is earlier than", "is not earlier than", "earlier than", "not earlier than"),
        "le": ("is on or before", "is later than", "on or before", "later than"),
    },
}
INFIX: Mapping[Language, Mapping[str, str]] = {
    "nl": {"add": "plus", "sub": "min", "mul": "keer", "ratio": "gedeeld door"},
    "en": {"add": "plus", "sub": "minus", "mul": "times", "ratio": "divided by"},
}
"""The words between the operands of a computation."""


def forms(op: str, of: type, lang: Language) -> Forms:
    """Return the words for a comparison of values of a type."""
    dates = _DATES[lang] if of is date else {}
    return dates.get(op) or _ANY[lang][op]
