"""The facts of a tender, a self-declaration and official statements."""

from datetime import date
from typing import Annotated

from barriermodel.plugin import UNKNOWN, Fact, NotBefore, Past, Supplier, evidence


@evidence("tender", supplier=Supplier.REGISTER, basis="aw_2_86_2_87_2_89")
class Tender:
    """The tender or request to participate, as the authority received it; periods are counted back from its day."""

    received_on: Annotated[Fact[date], Past()] = UNKNOWN


@evidence("self_declaration", supplier=Supplier.PROVIDER, burden=60, basis="aw_2_84", confidential=True, retention=True)
class SelfDeclaration:
    """What the provider declares about each exclusion ground: true means that the ground applies.

    ``…_convicted_on`` is the day of the (latest) conviction, ``…_final_on`` the day on which it became irrevocable.
    What the declaration does not answer is unknown, never no.
    """

    criminal_organisation: Fact[bool] = UNKNOWN
    criminal_organisation_convicted_on: Annotated[Fact[date], Past()] = UNKNOWN
    criminal_organisation_final_on: Annotated[Fact[date], Past(), NotBefore("criminal_organisation_convicted_on")] = (
        UNKNOWN
    )
    corruption: Fact[bool] = UNKNOWN
    corruption_convicted_on: Annotated[Fact[date], Past()] = UNKNOWN
    corruption_final_on: Annotated[Fact[date], Past(), NotBefore("corruption_convicted_on")] = UNKNOWN
    fraud: Fact[bool] = UNKNOWN
    fraud_convicted_on: Annotated[Fact[date], Past()] = UNKNOWN
    fraud_final_on: Annotated[Fact[date], Past(), NotBefore("fraud_convicted_on")] = UNKNOWN
    terrorism: Fact[bool] = UNKNOWN
    terrorism_convicted_on: Annotated[Fact[date], Past()] = UNKNOWN
    terrorism_final_on: Annotated[Fact[date], Past(), NotBefore("terrorism_convicted_on")] = UNKNOWN
    money_laundering: Fact[bool] = UNKNOWN
    money_laundering_convicted_on: Annotated[Fact[date], Past()] = UNKNOWN
    money_laundering_final_on: Annotated[Fact[date], Past(), NotBefore("money_laundering_convicted_on")] = UNKNOWN
    trafficking: Fact[bool] = UNKNOWN
    trafficking_convicted_on: Annotated[Fact[date], Past()] = UNKNOWN
    trafficking_final_on: Annotated[Fact[date], Past(), NotBefore("trafficking_convicted_on")] = UNKNOWN

    tax_unpaid: Fact[bool] = UNKNOWN
    tax_final: Fact[bool] = UNKNOWN
    tax_settled: Fact[bool] = UNKNOWN
    premiums_unpaid: Fact[bool] = UNKNOWN
    premiums_final: Fact[bool] = UNKNOWN
    premiums_settled: Fact[bool] = UNKNOWN

    bankruptcy: Fact[bool] = UNKNOWN
    insolvency: Fact[bool] = UNKNOWN
    creditors_arrangement: Fact[bool] = UNKNOWN
    similar_to_bankruptcy: Fact[bool] = UNKNOWN
    assets_administered: Fact[bool] = UNKNOWN
    activities_suspended: Fact[bool] = UNKNOWN

    misconduct: Fact[bool] = UNKNOWN
    misconduct_on: Annotated[Fact[date], Past()] = UNKNOWN
    false_statement: Fact[bool] = UNKNOWN
    environmental_law_breached: Fact[bool] = UNKNOWN
    social_law_breached: Fact[bool] = UNKNOWN
    labour_law_breached: Fact[bool] = UNKNOWN
    competition_distorted: Fact[bool] = UNKNOWN
    conflict_of_interest: Fact[bool] = UNKNOWN
    involved_in_preparation: Fact[bool] = UNKNOWN
    earlier_contract_ended: Fact[bool] = UNKNOWN
    national_ground: Fact[bool] = UNKNOWN


@evidence("gva", supplier=Supplier.PROVIDER, burden=60, basis="aw_2_89_lid_2", confidential=True, retention=True)
class Gva:
    """Justis' statement that no conviction or decision of the authorities stands in the way.

    Confidential, since a refusal reveals a conviction or decision.
    """

    granted: Fact[bool] = UNKNOWN
    given_on: Annotated[Fact[date], Past()] = UNKNOWN
    number: Fact[str] = UNKNOWN


@evidence("tax_statement", supplier=Supplier.PROVIDER, burden=30, basis="aw_2_89_lid_3")
class TaxStatement:
    """What the Belastingdienst states about taxes and premiums that were due."""

    all_paid: Fact[bool] = UNKNOWN
    given_on: Annotated[Fact[date], Past()] = UNKNOWN
