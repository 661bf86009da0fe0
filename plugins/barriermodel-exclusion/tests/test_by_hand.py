"""Statements typed over by hand: what is read, and what is refused with its path."""

from datetime import date

import pytest

from barriermodel import UNKNOWN, DossierError
from barriermodel.domain.facts import fact_fields
from barriermodel_exclusion import reader_by_hand

GVA = """
kind = "gva"
issued_on = 2025-06-01
source = { type = "document", issuer = "Justis", reference = "0001" }

[facts]
granted = true
given_on = 2025-06-01
number = "0001"
"""


def read(text):
    (item,) = reader_by_hand.read(text.encode())
    return item


def test_a_gva_is_read():
    item = read(GVA)

    assert item.kind.id == "gva"
    assert (item.facts.granted, item.facts.given_on, item.facts.number) == (True, date(2025, 6, 1), "0001")


@pytest.mark.parametrize(
    ("kind", "fact"),
    [
        ("tender", "received_on = 2025-05-01"), ("self_declaration", "fraud = false"), ("gva", "granted = true"),
        ("tax_statement", "all_paid = true"),
    ],
)  # fmt: skip
def test_each_kind_is_read_and_what_is_left_out_is_unknown(kind, fact):
    item = read(f'kind = "{kind}"\n[facts]\n{fact}\n')

    assert item.kind.id == kind
    known = [name for name in fact_fields(type(item.facts)) if getattr(item.facts, name) is not UNKNOWN]
    assert known == [fact.partition(" ")[0]]


def test_a_declaration_from_a_pdf_is_typed_over():
    facts = read('kind = "self_declaration"\n[facts]\nfraud = false').facts

    assert (facts.fraud, facts.corruption) == (False, UNKNOWN)


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (GVA.replace("true", '"ja"'), "facts.granted"),
        (GVA.replace('"0001"\n', "1\n"), "facts.number"),
        (GVA.replace("given_on", "given"), "facts"),  # confidential: a key that somebody wrote is not told
        (GVA.replace('"gva"', '"vog"'), ""),
        ("[facts]", ""),
    ],
)
def test_a_wrong_document_is_refused_with_the_path(wrong, path):
    with pytest.raises(DossierError) as error:
        read(wrong)
    assert path in [problem.path for problem in error.value.problems]
