"""Why something was left out, is unknown, or is worth knowing, in words for people."""

from __future__ import annotations

from typing import Final

from barriermodel.plugin import Localized

LEFT_OUT: Final = {
    "not_awarded": Localized("het perceel is niet gegund", "the lot was not awarded"),
    "still_open": Localized("er is nog geen winnaar gekozen", "no winner has been chosen yet"),
    "lot_without_award": Localized("geen gunning noemt het perceel", "no award names the lot"),
    "pending": Localized("de gunning is nog niet definitief", "the award is not final yet"),
    "cancelled": Localized("de gunning is ingetrokken", "the award was cancelled"),
    "contract_cancelled": Localized(
        "het contract bij de gunning is ingetrokken", "the contract of the award was cancelled"
    ),
    "unsuccessful": Localized("de procedure is zonder gunning geëindigd", "the procedure ended without an award"),
    "cannot_merge": Localized(
        "de uitgaven over dit traject zijn niet samen te voegen", "the releases of this process cannot be merged"
    ),
    "unreadable": Localized("het onderdeel is niet te lezen", "the part cannot be read"),
    "unknown_code": Localized("de code is niet bekend", "the code is not known"),
    "no_supplier": Localized("er staat geen aanbieder bij", "no supplier is named"),
    "no_name": Localized("de naam van de aanbieder ontbreekt", "the supplier has no name"),
    "withheld": Localized("de winnaar is niet openbaar gemaakt", "the winner is withheld from publication"),
    "winner_unclear": Localized(
        "er zijn meer inschrijvingen en geen contract dat zegt welke won",
        "there are several tenders and no contract that says which won",
    ),
    "not_contracted": Localized(
        "met deze inschrijver is geen contract gesloten, met een andere wel",
        "no contract was made with this tenderer, but with another one it was",
    ),
    "tender_not_awarded": Localized(
        "deze inschrijving is ontvangen en niet gegund", "this tender was received and not awarded"
    ),
    "no_result": Localized(
        "geen resultaat zegt wat er van deze inschrijver is geworden", "no result says what became of this tenderer"
    ),
    "tenders_not_awarded": Localized(
        "er waren ook inschrijvingen die niet zijn gegund; hun namen staan er niet bij",
        "there were also tenders that were not awarded; their names are not stated",
    ),
    "unknown_shape": Localized(
        "het onderdeel heeft een vorm die niet bekend is", "the part has a shape that is not known"
    ),
    "subcontractor": Localized("een onderaannemer, geen opdrachtnemer", "a subcontractor, not the contractor"),
    "contract_without_award": Localized(
        "er is een contract bij een gunning die er niet in staat: geef ook het bestand met de gunning op",
        "it has a contract of an award that is not in it: name the file with the award too",
    ),
    "no_award": Localized("er staat nog geen gunning in", "it has no award yet"),
    "only_links": Localized(
        "het record verwijst alleen naar andere bestanden: geef die bestanden op",
        "the record only links to other files: name those files",
    ),
    "some_links": Localized(
        "een deel van het record staat in andere bestanden: geef die ook op",
        "a part of the record is in other files: name those files too",
    ),
    "no_release": Localized("het record bevat geen uitgave", "the record holds no release"),
    "named_twice": Localized("dezelfde aanbieder staat er twee keer", "the same supplier is named twice"),
    "same_notice": Localized("dezelfde aankondiging is al gelezen", "the same notice was read already"),
}
"""Why something did not become a dossier."""

UNKNOWN_REASONS: Final = {
    "not_stated": Localized("het staat er niet in", "it is not stated"),
    "placeholder": Localized("er staat alleen iets om het veld te vullen", "what stands there only fills the field"),
    "withheld": Localized("het is niet openbaar gemaakt", "it is withheld from publication"),
    "unreadable": Localized("het is niet te lezen", "it cannot be read"),
    "may_be_thousands": Localized(
        "er staan drie cijfers achter de punt of komma: dat kunnen duizenden zijn, zoek het bedrag op",
        "three digits follow the point or comma, which may be thousands: look the amount up",
    ),
    "range": Localized(
        "er staat alleen een laagste en hoogste bedrag in", "only a lowest and highest amount is stated"
    ),
    "other_currency": Localized("het bedrag is niet in euro", "the amount is not in euros"),
    "shared": Localized(
        "het bedrag staat bij meer aanbieders van het perceel en kan van alle samen zijn",
        "several suppliers of the lot have the amount, which may be that of all together",
    ),
    "several_lots": Localized("het bedrag is van meer percelen samen", "the amount is that of several lots together"),
    "with_vat": Localized("het bedrag is met btw", "the amount has VAT in it"),
    "prize": Localized(
        "het bedrag is een prijs, niet de waarde van een opdracht", "the amount is a prize, not the value of an award"
    ),
    "code_does_not_tell": Localized("de code zegt het niet", "the code does not tell"),
    "contradicted": Localized(
        "de tekst noemt open house, de code een andere procedure", "the text says open house, the code otherwise"
    ),
    "never_told": Localized("een aankondiging heeft hier geen vast veld voor", "a notice has no field for it"),
}
"""Why a fact of an award is unknown."""

NOTES: Final = {
    "no_number": Localized("er staat geen nummer bij: zoek het op", "no number is stated: look it up"),
    "status_not_stated": Localized(
        "er staat niet bij of de gunning geldt: ga dat na", "it is not stated whether the award is in effect: check it"
    ),
    "some_contracts_cancelled": Localized(
        "een van de contracten bij de gunning is ingetrokken: ga na welk",
        "a contract of the award was cancelled: check which",
    ),
    "contract_ended": Localized("het contract bij de gunning is beëindigd", "the contract of the award has ended"),
    "party_unclear": Localized(
        "verschillende partijen hebben hetzelfde id: kijk wie het is", "several parties have one id: see who it is"
    ),
    "number_of_authority": Localized(
        "heeft het nummer van de opdrachtgever, niet overgenomen", "has the number of the authority, not taken"
    ),
    "listed_otherwise": Localized(
        "heet in de gunning anders dan in de lijst van partijen",
        "is called otherwise in the award than in the list of parties",
    ),
    "rsin": Localized("RSIN in een KvK-veld herkend", "RSIN recognised in a KvK field"),
    "tidied": Localized(
        "nummer anders geschreven dan in het register", "number written otherwise than in the register"
    ),
    "number_not_sure": Localized(
        "nummer niet zeker herkend: zoek het op", "number not recognised for sure: look it up"
    ),
    "foreign_number": Localized(
        "nummer uit een ander register of land, niet overgenomen", "number of another register or country, not taken"
    ),
    "country_not_stated": Localized(
        "nummer zonder land of register, niet overgenomen", "number without country or register, not taken"
    ),
    "may_be_personal": Localized(
        "nummer van een natuurlijk persoon, niet overgenomen: het kan een burgerservicenummer zijn",
        "number of a natural person, not taken: it may be a burgerservicenummer",
    ),
    "numbers_clash": Localized(
        "meer dan één nummer van dezelfde soort: geen ervan overgenomen", "several numbers of one kind: none taken"
    ),
    "spelled_otherwise": Localized("zelfde nummer, andere schrijfwijze", "same number, other spelling"),
    "number_from_another": Localized(
        "nummer komt van dezelfde aanbieder in een andere gunning",
        "number comes from the same supplier in another award",
    ),
    "number_of_several": Localized(
        "nummer staat ook bij een aanbieder met andere nummers: niet samengevoegd, zoek het op",
        "number is also that of a supplier with other numbers: not joined, look it up",
    ),
    "possibly_same": Localized(
        "zelfde naam, geen gedeeld nummer: niet samengevoegd", "same name, no shared number: not joined"
    ),
    "intended": Localized(
        "de aankondiging kondigt een gunning zonder oproep aan: ga na of het contract er is gekomen",
        "the notice announces an award without a call: check whether the contract was made",
    ),
    "other_lot": Localized(
        "de inschrijving noemt een ander perceel dan het resultaat: ga na welk klopt",
        "the tender names another lot than the result: check which is right",
    ),
    "marked_otherwise": Localized(
        "de aankondiging is niet gemerkt als gunning, maar noemt gunningen",
        "the notice is not marked as an award, but names awards",
    ),
    "group": Localized("wint in een combinatie met anderen", "wins in a group with others"),
    "group_doubtful": Localized(
        "niet duidelijk of deze aanbieder alleen of samen met anderen wint",
        "not clear whether this supplier wins alone or together with others",
    ),
}
"""What is worth knowing about a supplier."""

FACTS: Final = {
    "authority": Localized("opdrachtgever", "authority"),
    "title": Localized("onderwerp", "subject"),
    "act": Localized("wet", "act"),
    "procedure": Localized("procedure", "procedure"),
    "services": Localized("diensten", "services"),
    "municipalities": Localized("gemeenten", "municipalities"),
    "awarded_on": Localized("gunningsdatum", "date of award"),
    "starts_on": Localized("ingangsdatum", "start date"),
    "ends_on": Localized("einddatum", "end date"),
    "value": Localized("waarde van de opdracht", "award value"),
}
"""The facts of an award that a notice can state, with the labels of :class:`Award`."""
