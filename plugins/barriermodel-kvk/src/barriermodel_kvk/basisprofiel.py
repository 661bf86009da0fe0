"""Read a Basisprofiel (v1): one registration, with ``links`` (application/json) or ``_links`` (hal+json)."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from barriermodel.plugin import UNKNOWN, Evidence, Fact, Identifier, LegalForm, Localized, Source, SourceType, is_rsin

from .answer import Answer, refuse
from .kind import Branch, KvkExtract, SbiActivity
from .legal_forms import legal_form_of

MARKS = frozenset({"materieleRegistratie", "formeleRegistratiedatum", "sbiActiviteiten", "_embedded", "embedded"})
"""Keys of which a Basisprofiel has at least one."""
_TEST_ADDRESS = "://api.kvk.nl/test/"
_NINE_DIGITS = re.compile("[0-9]{9}")
_YEAR = re.compile("[1-9][0-9]{3}")
_ALWAYS = ("naam", "formeleRegistratiedatum", "sbiActiviteiten")
"""Every recorded answer has these, and a start date and the legal form of the owner."""
_DATES = frozenset({"datumAanvang", "datumEinde"})
_OTHER_DAYS = frozenset({"kvkNummer", "formeleRegistratiedatum"})
"""Keys elsewhere that are, or look like, a day."""
_ELSEWHERE = (
    ("hoofdvestiging", "datumEinde"),
    ("eigenaar", "datumUitschrijving"),
    ("eigenaar", "datumUitschrijvingHandelsregister"),
)
"""Other places where a date was seen that may mean an end; of what is uncertain."""


class End(NamedTuple):
    """Read what the profile says about the end of the registration."""

    active: Fact[bool] = UNKNOWN
    stated: Fact[bool] = UNKNOWN
    on: Fact[date] = UNKNOWN


def register_source(answer: Answer) -> Source:
    """Make KvK's register the source, with the address of the answer if it has one."""
    address = answer.self_link()
    if address is not None and _TEST_ADDRESS in address:
        answer.journal.note("test_environment")
    return Source(type=SourceType.REGISTER, issuer="KvK", reference=address)


def extract(about: Identifier | None, source: Source, facts: KvkExtract, notes: Iterable[Localized]) -> Evidence:
    """Make the item of evidence of an answer; refuse an answer in which nothing can be read."""
    if facts == KvkExtract():
        refuse("nothing that this answer says of the registration can be read; get it again")
    return Evidence(id="", about=about, source=source, facts=facts, notes=tuple(notes))


def read_basisprofiel(answer: Answer) -> list[Evidence]:
    """Read a Basisprofiel as one item of evidence."""
    about = answer.registration()
    parts = answer.table("_embedded", "embedded")
    dates = answer.table("materieleRegistratie")
    registered_on = dates.day("datumAanvang")
    end = _end(answer, dates, parts)
    activities = _activities(answer)
    owner = parts.table("eigenaar")
    legal_form, legal_form_words = _legal_form(owner)
    facts = KvkExtract(
        active=end.active,
        end_date_stated=end.stated,
        ended_on=end.on,
        registered_on=registered_on,
        formally_registered_on=answer.day("formeleRegistratiedatum"),
        name=answer.text("naam"),
        statutory_name=answer.text("statutaireNaam"),
        trade_names=_trade_names(answer),
        legal_form=legal_form,
        legal_form_words=legal_form_words,
        rsin=_rsin(owner, legal_form),
        people_working=answer.count("totaalWerkzamePersonen"),
        main_sbi_code=main_code(activities),
        sbi_activities=UNKNOWN if activities is UNKNOWN else tuple(activities),
        branch_count=answer.count("totaalAantalVestigingen"),
        branches=_main_branch(parts.table("hoofdvestiging")),
    )
    source = register_source(answer)
    answer.journal.close()
    return [extract(about, source, facts, answer.journal.notes)]


def _end(answer: Answer, dates: Answer, parts: Answer) -> End:
    """Whether the registration is still active.

    A Basisprofiel has no status field. A ``datumEinde`` tells the end; a whole profile without one is of a registration
    that goes on. Anything else is unknown.
    """
    if dates.has("datumEinde"):
        return _stated_end(dates)
    if answer.journal.note_first(
        profile_end_elsewhere=_end_elsewhere(parts),
        profile_incomplete=_missing(answer, dates, parts),
        profile_key_not_known=_may_be_an_end(answer, dates, parts),
    ):
        return End()
    answer.journal.note("profile_without_end")
    return End(active=True, stated=False)


def _missing(answer: Answer, dates: Answer, parts: Answer) -> list[str]:
    return [
        *dates.missing("datumAanvang"),
        *answer.missing(*_ALWAYS),
        *parts.table("eigenaar").missing("rechtsvorm"),
    ]


def _may_be_an_end(answer: Answer, dates: Answer, parts: Answer) -> list[str]:
    """Find keys that may be an end date with a damaged name: unknown keys beside the dates, and elsewhere any day."""
    owner, branch = parts.table("eigenaar"), parts.table("hoofdvestiging")
    return [
        *dates.not_known(_DATES),
        *branch.table("materieleRegistratie").not_known(_DATES),
        *(key for part in (answer, parts, owner, branch) for key in part.days_not_known(_OTHER_DAYS)),
    ]


def _stated_end(dates: Answer) -> End:
    on = dates.day("datumEinde")
    value = dates.text("datumEinde")
    if value is UNKNOWN or not _YEAR.match(value):  # 00000000 and 0001-01-01 may mean that there is none
        if value is UNKNOWN:
            dates.odd("datumEinde", dates.data["datumEinde"], "odd_date")
        return End()
    return End(active=False, stated=True, on=on)


def _end_elsewhere(parts: Answer) -> list[str]:
    for part, key in _ELSEWHERE:
        table = parts.table(part)
        table = table.table("materieleRegistratie") if key == "datumEinde" else table
        if table.has(key):
            return [table.at(key)]
    return []


def _legal_form(owner: Answer) -> tuple[Fact[LegalForm], Fact[str]]:
    """Read the owner's legal form: from the short name, or from the long one if the short one is not known."""
    words = owner.text("rechtsvorm")
    longer = owner.text("uitgebreideRechtsvorm")
    found = next((f for w in (words, longer) if w is not UNKNOWN and (f := legal_form_of(w)) is not UNKNOWN), UNKNOWN)
    stated = longer if words is UNKNOWN else words
    if found is UNKNOWN and stated is not UNKNOWN:
        owner.odd("rechtsvorm", stated, "odd_legal_form")
    return found, (words if longer is UNKNOWN else longer)


def _rsin(owner: Answer, legal_form: Fact[LegalForm]) -> Fact[str]:
    """Read the owner's RSIN: nine digits that pass the elfproef, and never of a natural person."""
    written = owner.text("rsin")
    if written is UNKNOWN:
        return UNKNOWN
    if legal_form is LegalForm.EENMANSZAAK:
        owner.journal.note("rsin_of_person", path=owner.at("rsin"))
        return UNKNOWN
    if is_rsin(written):
        return written
    owner.odd("rsin", written, "odd_rsin_elfproef" if _NINE_DIGITS.fullmatch(written) else "odd_rsin_digits")
    return UNKNOWN


def _trade_names(answer: Answer) -> Fact[tuple[str, ...]]:
    rows = answer.tables("handelsnamen")
    if rows is UNKNOWN:
        return UNKNOWN
    ordered = sorted(((row.count("volgorde"), row.text("naam")) for row in rows), key=_order)
    names = tuple(name for _, name in ordered if name is not UNKNOWN)
    return names if len(names) == len(rows) else UNKNOWN


def _order(row: tuple[Fact[int], Fact[str]]) -> tuple[bool, int]:
    number = row[0]
    return (True, 0) if number is UNKNOWN else (False, number)


def _activities(answer: Answer) -> Fact[list[SbiActivity]]:
    rows = answer.tables("sbiActiviteiten")
    if rows is UNKNOWN:
        return UNKNOWN
    return [
        SbiActivity(
            code=row.text("sbiCode"),
            description=row.text("sbiOmschrijving"),
            main=row.yes_no("indHoofdactiviteit"),
        )
        for row in rows
    ]


def main_code(activities: Fact[Sequence[SbiActivity]]) -> Fact[str]:
    """Return the code of the main activity, if exactly one is marked so and it is known of all."""
    if activities is UNKNOWN or any(activity.main is UNKNOWN for activity in activities):
        return UNKNOWN
    marked = [activity.code for activity in activities if activity.main is True]
    return marked[0] if len(marked) == 1 else UNKNOWN


def _main_branch(branch: Answer) -> Fact[tuple[Branch, ...]]:
    number = branch.branch_number()
    if number is UNKNOWN:
        return UNKNOWN
    main = branch.yes_no("indHoofdvestiging")
    return (Branch(number=number, name=branch.text("eersteHandelsnaam"), main=main),)
