"""The facts of a tender, a self-declaration and official statements."""

from datetime import date
from typing import Annotated

from barriermodel.plugin import UNKNOWN, Fact, Label, NotBefore, Past, Supplier, Text, evidence

from .binding import basis


@evidence(
    "tender",
    title=Text(nl="Ontvangen inschrijving", en="Tender received"),
    question=Text(
        nl="Op welke dag is de inschrijving ontvangen? Dat staat in het aanbestedingsplatform.",
        en="On which day was the tender received? The tendering platform says so.",
    ),
    supplier=Supplier.REGISTER,
    burden=0,
    basis=basis("2.86, 2.87, 2.89"),
)
class Tender:
    """The tender or request to participate, as the authority received it; periods are counted back from its day."""

    received_on: Annotated[Fact[date], Label(nl="dag van inschrijving", en="day of the tender"), Past()] = UNKNOWN


@evidence(
    "self_declaration",
    title=Text(nl="Eigen verklaring (UEA)", en="Self-declaration (ESPD)"),
    question=Text(
        nl="Wilt u de eigen verklaring (UEA) invullen en sturen? Antwoord op elke vraag in deel III met ja of nee. "
        "Zet bij een ja de datum erbij: van de veroordeling, en van de dag waarop die onherroepelijk werd. "
        "Onherroepelijk is: er was geen beroep meer mogelijk.",
        en="Please fill in and send the self-declaration (ESPD). Answer each question in part III with yes or no. "
        "With a yes give the date: of the conviction, and of the day on which it became irrevocable. "
        "Irrevocable means: no appeal was possible any more.",
    ),
    supplier=Supplier.PROVIDER,
    burden=60,
    basis=basis("2.84"),
    confidential=True,
    retention=Text(
        nl="De bewaartermijn is niet bekend: die is niet gevonden in openbare bronnen. Bewaar de verklaring niet "
        "langer dan voor de aanbesteding en de opdracht nodig is.",
        en="The retention term is not known: it was not found in public sources. Do not keep the declaration longer "
        "than the tender and the award need.",
    ),
)
class SelfDeclaration:
    """What the provider declares about each exclusion ground: true means that the ground applies.

    ``…_convicted_on`` is the day of the (latest) conviction, ``…_final_on`` the day on which it became irrevocable.
    What the declaration does not answer is unknown, never no.
    """

    criminal_organisation: Annotated[
        Fact[bool], Label(nl="veroordeling criminele organisatie", en="conviction criminal organisation")
    ] = UNKNOWN
    criminal_organisation_convicted_on: Annotated[
        Fact[date],
        Label(nl="datum veroordeling criminele organisatie", en="date of conviction, criminal organisation"),
        Past(),
    ] = UNKNOWN
    criminal_organisation_final_on: Annotated[
        Fact[date],
        Label(nl="onherroepelijk op (criminele organisatie)", en="irrevocable on (criminal organisation)"),
        Past(),
        NotBefore("criminal_organisation_convicted_on"),
    ] = UNKNOWN
    corruption: Annotated[Fact[bool], Label(nl="veroordeling omkoping", en="conviction bribery")] = UNKNOWN
    corruption_convicted_on: Annotated[
        Fact[date], Label(nl="datum veroordeling omkoping", en="date of conviction, bribery"), Past()
    ] = UNKNOWN
    corruption_final_on: Annotated[
        Fact[date],
        Label(nl="onherroepelijk op (omkoping)", en="irrevocable on (bribery)"),
        Past(),
        NotBefore("corruption_convicted_on"),
    ] = UNKNOWN
    fraud: Annotated[Fact[bool], Label(nl="veroordeling fraude", en="conviction fraud")] = UNKNOWN
    fraud_convicted_on: Annotated[
        Fact[date], Label(nl="datum veroordeling fraude", en="date of conviction, fraud"), Past()
    ] = UNKNOWN
    fraud_final_on: Annotated[
        Fact[date],
        Label(nl="onherroepelijk op (fraude)", en="irrevocable on (fraud)"),
        Past(),
        NotBefore("fraud_convicted_on"),
    ] = UNKNOWN
    terrorism: Annotated[Fact[bool], Label(nl="veroordeling terrorisme", en="conviction terrorism")] = UNKNOWN
    terrorism_convicted_on: Annotated[
        Fact[date], Label(nl="datum veroordeling terrorisme", en="date of conviction, terrorism"), Past()
    ] = UNKNOWN
    terrorism_final_on: Annotated[
        Fact[date],
        Label(nl="onherroepelijk op (terrorisme)", en="irrevocable on (terrorism)"),
        Past(),
        NotBefore("terrorism_convicted_on"),
    ] = UNKNOWN
    money_laundering: Annotated[Fact[bool], Label(nl="veroordeling witwassen", en="conviction money laundering")] = (
        UNKNOWN
    )
    money_laundering_convicted_on: Annotated[
        Fact[date], Label(nl="datum veroordeling witwassen", en="date of conviction, money laundering"), Past()
    ] = UNKNOWN
    money_laundering_final_on: Annotated[
        Fact[date],
        Label(nl="onherroepelijk op (witwassen)", en="irrevocable on (money laundering)"),
        Past(),
        NotBefore("money_laundering_convicted_on"),
    ] = UNKNOWN
    trafficking: Annotated[
        Fact[bool],
        Label(nl="veroordeling kinderarbeid of mensenhandel", en="conviction child labour or trafficking"),
    ] = UNKNOWN
    trafficking_convicted_on: Annotated[
        Fact[date],
        Label(
            nl="datum veroordeling kinderarbeid of mensenhandel", en="date of conviction, child labour or trafficking"
        ),
        Past(),
    ] = UNKNOWN
    trafficking_final_on: Annotated[
        Fact[date],
        Label(nl="onherroepelijk op (kinderarbeid of mensenhandel)", en="irrevocable on (child labour or trafficking)"),
        Past(),
        NotBefore("trafficking_convicted_on"),
    ] = UNKNOWN

    tax_unpaid: Annotated[Fact[bool], Label(nl="belasting niet betaald", en="tax not paid")] = UNKNOWN
    tax_final: Annotated[
        Fact[bool], Label(nl="belastingschuld onherroepelijk vastgesteld", en="tax debt irrevocably established")
    ] = UNKNOWN
    tax_settled: Annotated[
        Fact[bool], Label(nl="belasting alsnog betaald of geregeld", en="tax paid since, or arranged")
    ] = UNKNOWN
    premiums_unpaid: Annotated[Fact[bool], Label(nl="sociale premies niet betaald", en="social premiums not paid")] = (
        UNKNOWN
    )
    premiums_final: Annotated[
        Fact[bool],
        Label(nl="premieschuld onherroepelijk vastgesteld", en="debt of premiums irrevocably established"),
    ] = UNKNOWN
    premiums_settled: Annotated[
        Fact[bool], Label(nl="premies alsnog betaald of geregeld", en="premiums paid since, or arranged")
    ] = UNKNOWN

    bankruptcy: Annotated[Fact[bool], Label(nl="faillissement", en="bankruptcy")] = UNKNOWN
    insolvency: Annotated[Fact[bool], Label(nl="insolventie of liquidatie", en="insolvency or winding up")] = UNKNOWN
    creditors_arrangement: Annotated[
        Fact[bool], Label(nl="regeling met schuldeisers", en="arrangement with creditors")
    ] = UNKNOWN
    similar_to_bankruptcy: Annotated[
        Fact[bool], Label(nl="toestand die op faillissement lijkt", en="situation like bankruptcy")
    ] = UNKNOWN
    assets_administered: Annotated[
        Fact[bool], Label(nl="bezit beheerd door een vereffenaar", en="assets administered by a liquidator")
    ] = UNKNOWN
    activities_suspended: Annotated[
        Fact[bool], Label(nl="activiteiten gestaakt", en="business activities suspended")
    ] = UNKNOWN

    misconduct: Annotated[Fact[bool], Label(nl="ernstige beroepsfout", en="grave professional misconduct")] = UNKNOWN
    misconduct_on: Annotated[
        Fact[date], Label(nl="datum van de ernstige beroepsfout", en="date of the misconduct"), Past()
    ] = UNKNOWN
    false_statement: Annotated[
        Fact[bool], Label(nl="valse verklaring of achtergehouden informatie", en="false or withheld information")
    ] = UNKNOWN
    environmental_law_breached: Annotated[
        Fact[bool], Label(nl="milieurecht niet nageleefd", en="environmental law breached")
    ] = UNKNOWN
    social_law_breached: Annotated[Fact[bool], Label(nl="sociaal recht niet nageleefd", en="social law breached")] = (
        UNKNOWN
    )
    labour_law_breached: Annotated[Fact[bool], Label(nl="arbeidsrecht niet nageleefd", en="labour law breached")] = (
        UNKNOWN
    )
    competition_distorted: Annotated[
        Fact[bool], Label(nl="vervalsing van de mededinging", en="competition distorted")
    ] = UNKNOWN
    conflict_of_interest: Annotated[Fact[bool], Label(nl="belangenconflict", en="conflict of interest")] = UNKNOWN
    involved_in_preparation: Annotated[
        Fact[bool], Label(nl="betrokken bij de voorbereiding", en="involved in the preparation")
    ] = UNKNOWN
    earlier_contract_ended: Annotated[
        Fact[bool],
        Label(nl="eerder contract voortijdig beëindigd of bestraft", en="earlier contract ended early or sanctioned"),
    ] = UNKNOWN
    national_ground: Annotated[
        Fact[bool], Label(nl="andere nationale uitsluitingsgrond", en="other national ground for exclusion")
    ] = UNKNOWN


@evidence(
    "gva",
    title=Text(nl="Gedragsverklaring aanbesteden (GVA)", en="Certificate of conduct for tenders (GVA)"),
    question=Text(
        nl="Wilt u de Gedragsverklaring aanbesteden (GVA) sturen? Op de dag van inschrijving is die ten hoogste "
        "twee jaar oud. Heeft u er geen, vraag die dan nu aan bij Justis: dat kan langer dan zes weken duren.",
        en="Please send the certificate of conduct for tenders (GVA). It is at most two years old on the day of the "
        "tender. If you have none, apply to Justis now: it can take longer than six weeks.",
    ),
    supplier=Supplier.PROVIDER,
    burden=60,
    basis=basis("2.89 lid 2"),
    confidential=True,
    retention=Text(
        nl="De bewaartermijn is niet bekend: die is niet gevonden in openbare bronnen. Bewaar de GVA niet langer dan "
        "voor de aanbesteding en de opdracht nodig is.",
        en="The retention term is not known: it was not found in public sources. Do not keep the certificate longer "
        "than the tender and the award need.",
    ),
)
class Gva:
    """Justis' statement that no conviction or decision of the authorities stands in the way.

    Confidential, since a refusal reveals a conviction or decision.
    """

    granted: Annotated[Fact[bool], Label(nl="GVA afgegeven", en="GVA granted")] = UNKNOWN
    given_on: Annotated[Fact[date], Label(nl="datum van de GVA", en="date of the GVA"), Past()] = UNKNOWN
    number: Annotated[Fact[str], Label(nl="kenmerk van de GVA", en="reference of the GVA")] = UNKNOWN


@evidence(
    "tax_statement",
    title=Text(nl="Verklaring betalingsgedrag (Belastingdienst)", en="Statement on payments (Belastingdienst)"),
    question=Text(
        nl="Wilt u de verklaring betalingsgedrag van de Belastingdienst sturen? "
        "Op de dag van inschrijving is die ten hoogste zes maanden oud.",
        en="Please send the Belastingdienst's statement on payments. It is at most six months old on the day of "
        "the tender.",
    ),
    supplier=Supplier.PROVIDER,
    burden=30,
    basis=basis("2.89 lid 3"),
)
class TaxStatement:
    """What the Belastingdienst states about taxes and premiums that were due."""

    all_paid: Annotated[Fact[bool], Label(nl="belasting en premies betaald", en="taxes and premiums paid")] = UNKNOWN
    given_on: Annotated[Fact[date], Label(nl="datum van de verklaring", en="date of the statement"), Past()] = UNKNOWN
