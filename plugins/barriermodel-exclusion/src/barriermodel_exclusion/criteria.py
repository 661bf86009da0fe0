"""The criteria of the European list, by code, with the facts that they become.

Codes are those of the EU Vocabularies' list ``criterion`` (20240612-0), and the longer ones that earlier versions of
ESPD-EDM write; UUIDs are those of ESPD-EDM 4.1.
"""

import attrs


@attrs.frozen(kw_only=True)
class Criterion:
    """An exclusion ground: its codes in all versions, and its fact in ``self_declaration``."""

    code: str
    long_code: str
    uuid: str
    fact: str
    date_fact: str | None = None
    """The fact for the date that goes with a yes."""
    debt: str | None = None
    """The prefix of the facts about a debt: ``<debt>_final``, ``<debt>_settled``."""
    asked_in_two_ways: bool = False
    """Whether some versions ask to confirm that the provider has *not* done this."""


def _ground(code: str, long_code: str, uuid: str, fact: str) -> Criterion:
    convicted = long_code.startswith("CONVICTIONS.")
    return Criterion(
        code=code,
        long_code=f"CRITERION.EXCLUSION.{long_code}",
        uuid=uuid,
        fact=fact,
        date_fact=f"{fact}_convicted_on" if convicted else None,
        debt=fact.removesuffix("_unpaid") if fact.endswith("_unpaid") else None,
        asked_in_two_ways=fact == "false_statement",
    )


GROUNDS = (
    _ground("crime-org", "CONVICTIONS.PARTICIPATION_IN_CRIMINAL_ORGANISATION",
            "005eb9ed-1347-4ca3-bb29-9bc0db64e1ab", "criminal_organisation"),
    _ground("corruption", "CONVICTIONS.CORRUPTION", "c27b7c4e-c837-4529-b867-ed55ce639db5", "corruption"),
    _ground("fraud", "CONVICTIONS.FRAUD", "297d2323-3ede-424e-94bc-a91561e6f320", "fraud"),
    _ground("terr-offence", "CONVICTIONS.TERRORIST_OFFENCES", "d486fb70-86b3-4e75-97f2-0d71b5697c7d", "terrorism"),
    _ground("finan-laund", "CONVICTIONS.MONEY_LAUNDERING", "47112079-6fec-47a3-988f-e561668c3aef", "money_laundering"),
    _ground("human-traffic", "CONVICTIONS.CHILD_LABOUR-HUMAN_TRAFFICKING",
            "d789d01a-fe03-4ccd-9898-73f9cfa080d1", "trafficking"),
    _ground("tax-pay", "CONTRIBUTIONS.PAYMENT_OF_TAXES", "b61bbeb7-690e-4a40-bc68-d6d4ecfaa3d4", "tax_unpaid"),
    _ground("socsec-pay", "CONTRIBUTIONS.PAYMENT_OF_SOCIAL_SECURITY",
            "7d85e333-bbab-49c0-be8d-c36d71a72f5e", "premiums_unpaid"),
    _ground("envir-law", "SOCIAL.ENVIRONMENTAL_LAW",
            "a80ddb62-d25b-4e4e-ae22-3968460dc0a9", "environmental_law_breached"),
    _ground("socsec-law", "SOCIAL.SOCIAL_LAW", "a261a395-ed17-4939-9c75-b9ff1109ca6e", "social_law_breached"),
    _ground("labour-law", "SOCIAL.LABOUR_LAW", "a34b70d6-c43d-4726-9a88-8e2b438424bf", "labour_law_breached"),
    _ground("bankruptcy", "BUSINESS.BANKRUPTCY", "d3732c09-7d62-4edc-a172-241da6636e7c", "bankruptcy"),
    _ground("insolvency", "BUSINESS.INSOLVENCY", "396f288a-e267-4c20-851a-ed4f7498f137", "insolvency"),
    _ground("cred-arran", "BUSINESS.CREDITORS_ARRANGEMENT",
            "68918c7a-f5bc-4a1a-a62f-ad8983600d48", "creditors_arrangement"),
    _ground("bankr-nat", "BUSINESS.BANKRUPTCY_ANALOGOUS",
            "daffa2a9-9f8f-4568-8be8-7b8bf306d096", "similar_to_bankruptcy"),
    _ground("liq-admin", "BUSINESS.LIQUIDATOR_ADMINISTERED",
            "8fda202a-0c37-41bb-9d7d-de3f49edbfcb", "assets_administered"),
    _ground("susp-act", "BUSINESS.ACTIVITIES_SUSPENDED",
            "166536e2-77f7-455c-b018-70582474e4f6", "activities_suspended"),
    _ground("prof-misconduct", "MISCONDUCT.MC_PROFESSIONAL", "514d3fde-1e3e-4dcd-b02a-9f984d5bbda3", "misconduct"),
    _ground("distorsion", "MISCONDUCT.MARKET_DISTORTION",
            "56d13e3d-76e8-4f23-8af6-13e60a2ee356", "competition_distorted"),
    _ground("partic-confl", "CONFLICT_OF_INTEREST.PROCEDURE_PARTICIPATION",
            "b1b5ac18-f393-4280-9659-1367943c1a2e", "conflict_of_interest"),
    _ground("prep-confl", "CONFLICT_OF_INTEREST.PROCEDURE_PREPARATION",
            "61874050-5130-4f1c-a174-720939c7b483", "involved_in_preparation"),
    _ground("sanction", "CONFLICT_OF_INTEREST.EARLY_TERMINATION",
            "3293e92b-7f3e-42f1-bee6-a7641bb04251", "earlier_contract_ended"),
    _ground("misrepresent", "CONFLICT_OF_INTEREST.MISINTERPRETATION",
            "696a75b2-6107-428f-8b74-82affb67e184", "false_statement"),
    _ground("nati-ground", "NATIONAL.OTHER", "63adb07d-db1b-4ef0-a14e-a99785cf8cf6", "national_ground"),
)  # fmt: skip
"""All exclusion grounds on the European list."""

OTHER_CODES = frozenset({
    "prof-regist", "trade-regist", "authorisation", "autorisation", "membership", "gen-year-to", "aver-year-to",
    "spec-aver-to", "spec-year-to", "finan-rat", "indem-insu", "finan-requ", "work-perform", "supply-perform",
    "service-perform", "qual-cont-tech", "work-tech", "qual-facil", "research-fac", "chain-manage", "qualification",
    "envir-measure", "tech-equip", "spec-req-check", "manage-staff", "year-manpower", "suncont-port", "wo-autent",
    "w-autent", "qa-certif-inst", "qu-certif-indep", "envir-certif-indep", "shelt-worksh", "registered", "eo-group",
    "relied", "subco-ent", "staff-red", "sme",
})  # fmt: skip
"""The other codes of the list: selection criteria and information about the provider."""

_OLD_CODES = {"misinterpr": "misrepresent"}
"""Codes of earlier versions of the list."""
_BY_CODE = {code: ground for ground in GROUNDS for code in (ground.code, ground.long_code.casefold())}
_BY_UUID = {ground.uuid: ground for ground in GROUNDS}


def ground_of(code: str, uuid: str) -> Criterion | None:
    """Find the ground with this code, or else with this UUID."""
    plain = code.strip().casefold()
    found = _BY_CODE.get(_OLD_CODES.get(plain, plain))
    return found or (_BY_UUID.get(uuid.strip().casefold()) if not plain else None)
