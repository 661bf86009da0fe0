"""Certificates typed over by hand: what is read, and what is refused with its path."""

from datetime import date

import pytest

from barriermodel import UNKNOWN, DossierError, Identifier, Registry, load_dossier
from barriermodel_quality import certificate_reader

GOOD = """
kind = "quality_certificate"
issued_on = 2024-02-01
about = { scheme = "NL-KVK", value = "01234567" }
source = { type = "document", issuer = "Certificeerder Voorbeeld", reference = "VB-1" }

[facts]
standard = "HKZ"
scope = "Jeugdhulp"
issuer = "Certificeerder Voorbeeld"
number = "0001"
valid_from = 2024-02-01
valid_until = 2027-01-31
"""


def read(text: str):
    (item,) = certificate_reader.read(text.encode())
    return item


def test_a_whole_certificate_is_read():
    item = read(GOOD)
    assert item.kind.id == "quality_certificate"
    assert item.about == Identifier("NL-KVK", "01234567")
    assert item.issued_on == date(2024, 2, 1)
    assert item.facts.standard == "HKZ"
    assert item.facts.number == "0001"
    assert item.facts.valid_until == date(2027, 1, 31)


def test_what_is_left_out_is_unknown():
    facts = read('kind = "quality_certificate"\n[facts]\nstandard = "HKZ"').facts
    assert facts.standard == "HKZ"
    assert facts.valid_until is UNKNOWN


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (GOOD.replace('"0001"', "1"), "facts.number"),
        (GOOD.replace("2027-01-31", '"31-01-2027"'), "facts.valid_until"),
        (GOOD.replace("2027-01-31", '"2027-02-30"'), "facts.valid_until"),
        (GOOD.replace("2027-01-31", "2027-01-31T00:00:00Z"), "facts.valid_until"),
        (GOOD.replace("2027-01-31", "nan"), "facts.valid_until"),
        (GOOD.replace("2027-01-31", "1e400"), "facts.valid_until"),
        (GOOD.replace("valid_until", "valid_til"), "facts.valid_til"),
        (GOOD.replace('standard = "HKZ"', 'standard = ["HKZ"]'), "facts.standard"),
        (GOOD.replace("01234567", "1234567"), "about"),
        (GOOD.replace("[facts]", "[fact]"), "fact"),
        (GOOD.replace("quality_certificate", "annual_accounts"), ""),
        (GOOD.replace('kind = "quality_certificate"', ""), ""),
    ],
)
def test_a_wrong_document_is_refused_with_the_path(wrong, path):
    with pytest.raises(DossierError) as error:
        read(wrong)
    assert path in [problem.path for problem in error.value.problems]


def test_a_dossier_folder_reads_it(tmp_path, registry: Registry):
    (tmp_path / "certificate.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "dossier.toml").write_text(
        """
        as_of = 2025-12-01
        provider = { name = "X", identifiers = [{ scheme = "NL-KVK", value = "01234567" }] }
        award = { starts_on = 2026-01-01 }
        [[documents]]
        file = "certificate.toml"
        reader = "quality_certificate"
        obtained_on = 2025-11-01
        """,
        encoding="utf-8",
    )
    (item,) = load_dossier(tmp_path, registry).evidence
    assert item.id == "certificate.toml"
    assert item.facts.scope == "Jeugdhulp"
    assert item.source is not None
    assert item.source.sha256
