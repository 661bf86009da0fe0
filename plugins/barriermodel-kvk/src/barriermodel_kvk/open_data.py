"""Read KvK's free open data on companies (HVDS "basisbedrijfsgegevens"): BV and NV only.

Built from documentation: there is no recorded sample of this answer. See
https://developers.kvk.nl/documentation/open-dataset-basis-bedrijfsgegevens-api. It states no name
and usually no KvK number.
"""

from barriermodel.plugin import UNKNOWN, Evidence, Fact, LegalForm

from .answer import Answer
from .basisprofiel import extract, main_code, register_source
from .kind import Insolvency, KvkExtract, SbiActivity

MARKS = frozenset({"actief", "insolventieCode", "rechtsvormCode", "postcodeRegio", "activiteiten"})
"""An answer of the open data has at least one of these keys."""
_ALWAYS = ("actief", "datumAanvang", "rechtsvormCode", "activiteiten")
_KNOWN = MARKS | {"kvkNummer", "datumAanvang", "lidstaat", "links", "_links"}
_FORMS = {"BV": LegalForm.BV, "NV": LegalForm.NV}
_CODES = {"FAIL": Insolvency.FAILLISSEMENT, "SURS": Insolvency.SURSEANCE, "SSAN": Insolvency.SCHULDSANERING}
_MAIN = {"hoofdactiviteit": True, "nevenactiviteit": False}


def read_open_data(answer: Answer) -> list[Evidence]:
    """Read an answer of the open data as one item of evidence."""
    about = answer.registration() if answer.has("kvkNummer") else None
    if not answer.has("kvkNummer"):
        answer.journal.note("open_data_without_number")
    active = answer.yes_no("actief")
    registered, insolvency = _insolvency(answer, has_status=active is not UNKNOWN)
    activities = _activities(answer)
    facts = KvkExtract(
        active=active,
        end_date_stated=UNKNOWN if active is UNKNOWN else False,
        registered_on=answer.day("datumAanvang"),
        legal_form=answer.chosen("rechtsvormCode", lambda c: _FORMS.get(c, UNKNOWN), "odd_bv_nv"),
        legal_form_words=answer.text("rechtsvormCode"),
        main_sbi_code=main_code(activities),
        sbi_activities=activities,
        insolvency_registered=registered,
        insolvency=insolvency,
    )
    source = register_source(answer)
    answer.journal.close()
    return [extract(about, source, facts, answer.journal.notes)]


def _insolvency(answer: Answer, *, has_status: bool) -> tuple[Fact[bool], Fact[Insolvency]]:
    """Read what the answer says about insolvency.

    In a complete answer the absence of the code means that no insolvency is registered. With an unknown code it is
    unknown whether one is.
    """
    if answer.has("insolventieCode"):
        code: Fact[Insolvency] = answer.chosen(
            "insolventieCode", lambda c: _CODES.get(c, UNKNOWN), "odd_insolvency_code"
        )
        return (UNKNOWN if code is UNKNOWN else True), code
    missing = answer.missing(*_ALWAYS) or ([] if has_status else [answer.at("actief")])
    flawed = answer.journal.note_first(open_data_incomplete=missing, open_data_key_not_known=answer.not_known(_KNOWN))
    return (UNKNOWN if flawed else False), UNKNOWN


def _activities(answer: Answer) -> Fact[tuple[SbiActivity, ...]]:
    rows = answer.tables("activiteiten")
    if rows is UNKNOWN:
        return UNKNOWN
    return tuple([SbiActivity(code=row.text("sbiCode"), main=_is_main(row)) for row in rows])


def _is_main(row: Answer) -> Fact[bool]:
    sort = row.text("soortActiviteit")
    return UNKNOWN if sort is UNKNOWN else _MAIN.get(sort.lower(), UNKNOWN)
