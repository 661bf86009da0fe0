"""What a program gives the classes that people build by hand: read where it is certain, else told how to write it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from barriermodel.domain.kinds import kind_of
from barriermodel.plugin import (
    UNKNOWN,
    Absent,
    Act,
    Award,
    DefinitionError,
    Dossier,
    Evidence,
    Fact,
    Identifier,
    LegalForm,
    Months,
    Procedure,
    Provider,
    Requested,
    Source,
    SourceType,
    Supplier,
    UnknownReason,
    evidence,
)
from region import Answers, Size

AS_OF = date(2026, 1, 15)


def test_the_text_of_an_enumeration_stands_for_its_member() -> None:
    assert Provider(legal_form="bv").legal_form is LegalForm.BV  # type: ignore[arg-type]
    assert Award(act="wmo").act is Act.WMO  # type: ignore[arg-type]
    assert Award(procedure="open_house").procedure is Procedure.OPEN_HOUSE  # type: ignore[arg-type]
    assert Answers(size="small").size is Size.SMALL  # type: ignore[arg-type]
    assert Source(type="register").type is SourceType.REGISTER
    assert Absent(kind="answers", reason="missing").reason is UnknownReason.MISSING


def dossier(**given: Any) -> Dossier:
    return Dossier(**{"as_of": AS_OF, "provider": Provider(), **given})


def item(**given: Any) -> Evidence:
    return Evidence(**{"id": "ev-1", "facts": Answers(flag=True), **given})


NOT = "expected an amount in euros with at most two decimals; got"


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (lambda: Award(value=1000), f"value: {NOT} 1000; write euro(1000)"),
        (lambda: Answers(amount="12.50"), f"amount: {NOT} '12.50'; write euro('12.50')"),
        (lambda: Answers(amount=12.5), f"amount: {NOT} 12.5; write euro('12.50')"),
        (lambda: Award(value="1.250.000"), f"value: {NOT} '1.250.000'; write euro(amount)"),
        (lambda: Award(act="Wmo"), "act: expected one of jeugdwet, wmo, jeugdwet_and_wmo; got 'Wmo'; write Act.WMO"),
        (lambda: Source(type="register", issuer=3), "issuer: expected text; got 3"),  # type: ignore[arg-type]
        (lambda: Absent(kind=Size, reason="missing"), "kind: expected text; got <enum 'Size'>"),  # type: ignore[arg-type]
        (lambda: Requested(kind=3, asked_on=AS_OF), "kind: expected text; got 3"),  # type: ignore[arg-type]
        (lambda: item(notes=["Geheim."]), "notes: expected Localized(nl=…, en=…); got a str"),
        (lambda: item(notes="Geheim."), "notes: expected Localized(nl=…, en=…); got a str"),
        (lambda: Months("12"), "write Months(12), with a whole number; got '12'"),  # type: ignore[arg-type]
        (lambda: Award(starts_on="2026-02-01"),
         "starts_on: expected a date (YYYY-MM-DD); got '2026-02-01'; write date(2026, 2, 1)"),
        (lambda: Answers(day="gisteren"),
         "day: expected a date (YYYY-MM-DD); got 'gisteren'; write date(year, month, day)"),
        (lambda: Answers(day=datetime(2026, 2, 1, 9, tzinfo=UTC)),
         "day: expected a date (YYYY-MM-DD); got datetime.datetime(2026, 2, 1, 9, 0, tzin…; write date(2026, 2, 1)"),
        (lambda: Answers(size="huge"),
         "size: expected one of small, medium, large; got 'huge'; write Size.SMALL, Size.MEDIUM or Size.LARGE"),
        (lambda: Answers(size=LegalForm.BV),
         ("size: expected one of small, medium, large; got <LegalForm.BV: 'bv'>; "
         "write Size.SMALL, Size.MEDIUM or Size.LARGE")),
        (lambda: Source(type="registry"),
         "expected one of register, document, declaration; got 'registry'; write SourceType.REGISTER"),
        (lambda: item(issued_on="2026-01-01"), "issued_on is a date; got a str; write date(2026, 1, 1)"),
        (lambda: Requested(kind="answers", asked_on="2025-12-01"),
         "asked_on is a date; got a str; write date(2025, 12, 1)"),
        (lambda: dossier(as_of="2026-01-15"), "as_of is a date; got '2026-01-15'; write date(2026, 1, 15)"),
        (lambda: dossier(provider={"name": "x"}), "provider: expected Provider(…); got a dict"),
        (lambda: dossier(award=None), "award: expected Award(…); got a NoneType"),
        (lambda: dossier(evidence=[{"kind": "answers"}]), "evidence: expected Evidence(id=…, facts=…); got a dict"),
        (lambda: dossier(evidence=[Answers(flag=True)]), "evidence: expected Evidence(id=…, facts=…); got a Answers"),
        (lambda: dossier(evidence=item()),
         "evidence: expected a list: write [Evidence(id=…, facts=…)]; got a Evidence"),
        (lambda: dossier(requested=None),
         "requested: expected a list: write [Requested(kind=…, asked_on=…)]; got a NoneType"),
        (lambda: dossier(absent=["answers"]), "absent: expected Absent(kind=…, reason=…); got a str"),
        (lambda: Provider(identifiers=["01234567"]),
         'identifiers: expected Identifier("NL-KVK", "01234567"); got a str'),
        (lambda: Provider(identifiers=Identifier("NL-KVK", "01234567")),  # type: ignore[arg-type]
         'identifiers: expected a list: write [Identifier("NL-KVK", "01234567")]; got a Identifier'),
        (lambda: item(about="01234567"), 'about: expected Identifier("NL-KVK", "01234567"); got a str'),
        (lambda: item(source="KvK"), 'source: expected Source(type="register", issuer="KvK"); got a str'),
        (lambda: Absent(kind="answers", reason=UnknownReason.MISSING, source="KvK"),  # type: ignore[arg-type]
         'source: expected Source(type="register", issuer="KvK"); got a str'),
    ],
)  # fmt: skip
def test_the_error_says_how_to_write_it(made: Any, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  # the whole message is compared
        made()

    assert str(caught.value) == message


def test_the_text_of_who_supplies_a_kind_stands_for_its_member() -> None:
    class Papers:
        signed: Fact[bool] = UNKNOWN

    made = evidence("papers", supplier="register")(Papers)  # type: ignore[arg-type]

    kind = kind_of(made)
    assert kind is not None
    assert kind.supplier is Supplier.REGISTER
    with pytest.raises(DefinitionError) as caught:
        evidence("papers", supplier="registry")  # type: ignore[arg-type]
    assert str(caught.value) == (
        "Kind papers: supplier: expected one of register, provider; got 'registry'; write Supplier.REGISTER."
    )
