"""Why something is left out, unknown or remarkable, in the words that a person reads."""

from __future__ import annotations

from typing import Final

from barriermodel.plugin import Words

LEFT_OUT: Final = {
    "not_awarded": Words("het perceel is niet gegund", "the lot was not awarded"),
    "still_open": Words("er is nog geen winnaar gekozen", "no winner has been chosen yet"),
    "lot_without_award": Words("geen gunning noemt het perceel", "no award names the lot"),
    "pending": Words("de gunning is nog niet definitief", "the award is not final yet"),
    "cancelled": Words("de gunning is ingetrokken", "the award was cancelled"),
    "contract_cancelled": Words(
        "het contract bij de gunning is ingetrokken", "the contract of the award was cancelled"
    ),
    "unsuccessful": Words("de procedure is zonder gunning geëindigd", "the procedure ended without an award"),
    "cannot_merge": Words(
        "de uitgaven over dit traject zijn niet samen te voegen", "the releases of this process cannot be merged"
    ),
    "unreadable": Words("het onderdeel is niet te lezen", "the part cannot be read"),
    "unknown_code": Words("de code is niet bekend", "the code is not known"),
    "no_supplier": Words("er staat geen aanbieder bij", "no supplier is named"),
    "no_name": Words("de naam van de aanbieder ontbreekt", "the supplier has no name"),
    "withheld": Words("de winnaar is niet openbaar gemaakt", "the winner is withheld from publication"),
    "winner_unclear": Words(
        "er zijn meer inschrijvingen en geen contract dat zegt welke won",
        "there are several tenders and no contract that says which won",
    ),
    "not_contracted": Words(
        "met deze inschrijver is geen contract gesloten, met een andere wel",
        "no contract was made with this tenderer, but with another one it was",
    ),
    "tender_not_awarded": Words(
        "deze inschrijving is ontvangen en niet gegund", "this tender was received and not awarded"
    ),
    "no_result": Words(
        "geen resultaat zegt wat er van deze inschrijver is geworden", "no result says what became of this tenderer"
    ),
    "tenders_not_awarded": Words(
        "er waren ook inschrijvingen die niet zijn gegund; hun namen staan er niet bij",
        "there were also tenders that were not awarded; their names are not stated",
    ),
    "unknown_shape": Words("het onderdeel heeft een vorm die niet bekend is", "the part has a shape that is not known"),
    "subcontractor": Words("een onderaannemer, geen opdrachtnemer", "a subcontractor, not the contractor"),
    "contract_without_award": Words(
        "er is een contract bij een gunning die er niet in staat: geef ook het bestand met de gunning op",
        "it has a contract of an award that is not in it: name the file with the award too",
    ),
    "no_award": Words("er staat nog geen gunning in", "it has no award yet"),
    "only_links": Words(
        "het record verwijst alleen naar andere bestanden: geef die bestanden op",
        "the record only links to other files: name those files",
    ),
    "some_links": Words(
        "een deel van het record staat in andere bestanden: geef die ook op",
        "a part of the record is in other files: name those files too",
    ),
    "no_release": Words("het record bevat geen uitgave", "the record holds no release"),
    "named_twice": Words("dezelfde aanbieder staat er twee keer", "the same supplier is named twice"),
    "same_notice": Words("dezelfde aankondiging is al gelezen", "the same notice was read already"),
}
"""Why something became no dossier."""

UNKNOWN_BECAUSE: Final = {
    "not_stated": Words("het staat er niet in", "it is not stated"),
    "placeholder": Words("er staat alleen iets om het veld te vullen", "what stands there only fills the field"),
    "withheld": Words("het is niet openbaar gemaakt", "it is withheld from publication"),
    "unreadable": Words("het is niet te lezen", "it cannot be read"),
    "may_be_thousands": Words(
        "er staan drie cijfers achter de punt of komma: dat kunnen duizenden zijn, zoek het bedrag op",
        "three digits follow the point or comma, which may be thousands: look the amount up",
    ),
    "range": Words("er staat alleen een laagste en hoogste bedrag in", "only a lowest and highest amount is stated"),
    "other_currency": Words("het bedrag is niet in euro", "the amount is not in euros"),
    "shared": Words(
        "het bedrag staat bij meer aanbieders van het perceel en kan van alle samen zijn",
        "several suppliers of the lot have the amount, which may be that of all together",
    ),
    "several_lots": Words("het bedrag is van meer percelen samen", "the amount is that of several lots together"),
    "with_vat": Words("het bedrag is met btw", "the amount has VAT in it"),
    "prize": Words(
        "het bedrag is een prijs, niet de waarde van een opdracht", "the amount is a prize, not the value of an award"
    ),
    "code_does_not_tell": Words("de code zegt het niet", "the code does not tell"),
    "contradicted": Words(
        "de tekst noemt open house, de code een andere procedure", "the text says open house, the code otherwise"
    ),
    "never_told": Words("een aankondiging heeft hier geen vast veld voor", "a notice has no field for it"),
}
"""Why a fact of an award is unknown."""

NOTES: Final = {
    "no_number": Words("er staat geen nummer bij: zoek het op", "no number is stated: look it up"),
    "status_not_stated": Words(
        "er staat niet bij of de gunning geldt: ga dat na", "it is not stated whether the award is in effect: check it"
    ),
    "some_contracts_cancelled": Words(
        "een van de contracten bij de gunning is ingetrokken: ga na welk",
        "a contract of the award was cancelled: check which",
    ),
    "contract_ended": Words("het contract bij de gunning is beëindigd", "the contract of the award has ended"),
    "party_unclear": Words(
        "verschillende partijen hebben hetzelfde id: kijk wie het is", "several parties have one id: see who it is"
    ),
    "number_of_authority": Words(
        "heeft het nummer van de opdrachtgever, niet overgenomen", "has the number of the authority, not taken"
    ),
    "listed_otherwise": Words(
        "heet in de gunning anders dan in de lijst van partijen",
        "is called otherwise in the award than in the list of parties",
    ),
    "rsin": Words("RSIN in een KvK-veld herkend", "RSIN recognised in a KvK field"),
    "tidied": Words("nummer anders geschreven dan in het register", "number written otherwise than in the register"),
    "number_not_sure": Words("nummer niet zeker herkend: zoek het op", "number not recognised for sure: look it up"),
    "foreign_number": Words(
        "nummer uit een ander register of land, niet overgenomen", "number of another register or country, not taken"
    ),
    "country_not_stated": Words(
        "nummer zonder land of register, niet overgenomen", "number without country or register, not taken"
    ),
    "may_be_personal": Words(
        "nummer van een natuurlijk persoon, niet overgenomen: het kan een burgerservicenummer zijn",
        "number of a natural person, not taken: it may be a burgerservicenummer",
    ),
    "numbers_clash": Words(
        "meer dan één nummer van dezelfde soort: geen ervan overgenomen", "several numbers of one kind: none taken"
    ),
    "spelled_otherwise": Words("zelfde nummer, andere schrijfwijze", "same number, other spelling"),
    "number_from_another": Words(
        "nummer komt van dezelfde aanbieder in een andere gunning",
        "number comes from the same supplier in another award",
    ),
    "number_of_several": Words(
        "nummer staat ook bij een aanbieder met andere nummers: niet samengevoegd, zoek het op",
        "number is also that of a supplier with other numbers: not joined, look it up",
    ),
    "possibly_same": Words(
        "zelfde naam, geen gedeeld nummer: niet samengevoegd", "same name, no shared number: not joined"
    ),
    "intended": Words(
        "de aankondiging kondigt een gunning zonder oproep aan: ga na of het contract er is gekomen",
        "the notice announces an award without a call: check whether the contract was made",
    ),
    "other_lot": Words(
        "de inschrijving noemt een ander perceel dan het resultaat: ga na welk klopt",
        "the tender names another lot than the result: check which is right",
    ),
    "marked_otherwise": Words(
        "de aankondiging is niet gemerkt als gunning, maar noemt gunningen",
        "the notice is not marked as an award, but names awards",
    ),
    "group": Words("wint in een combinatie met anderen", "wins in a group with others"),
    "group_doubtful": Words(
        "niet duidelijk of deze aanbieder alleen of samen met anderen wint",
        "not clear whether this supplier wins alone or together with others",
    ),
}
"""What is worth knowing of a supplier."""

FACTS: Final = {
    "authority": Words("opdrachtgever", "authority"),
    "title": Words("onderwerp", "subject"),
    "act": Words("wet", "act"),
    "procedure": Words("procedure", "procedure"),
    "services": Words("diensten", "services"),
    "municipalities": Words("gemeenten", "municipalities"),
    "awarded_on": Words("gunningsdatum", "date of award"),
    "starts_on": Words("ingangsdatum", "start date"),
    "ends_on": Words("einddatum", "end date"),
    "value": Words("waarde van de opdracht", "award value"),
}
"""The facts of an award that a notice can tell, as :class:`Award` labels them."""
