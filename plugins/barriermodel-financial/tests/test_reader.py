"""Accounts typed over by hand: what is read, and what is refused with its path."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel import UNKNOWN, DossierError, Identifier, Registry, euro, load_dossier
from barriermodel.plugin import SourceType
from barriermodel_financial import annual_accounts_reader

GOOD = """
kind = "annual_accounts"
issued_on = 2025-05-20
about = { scheme = "NL-KVK", value = "01234567" }
source = { type = "register", issuer = "DigiMV", reference = "voorbeeld-1" }

[facts]
financial_year = 2024
turnover = 1250000
profit = -12500.50
personnel_cost = 900000.00
hired_staff_cost = 0
subcontracting_cost = 10000
equity = 250000
total_assets = 600000
dividend = 0
filed_on = 2025-05-20
solo_worker = false
"""


def read(text: str):
    (item,) = annual_accounts_reader.read(text.encode())
    return item


def test_whole_accounts_are_read_to_the_cent():
    item = read(GOOD)
    assert item.kind.id == "annual_accounts"
    assert item.about == Identifier("NL-KVK", "01234567")
    assert item.source.type is SourceType.REGISTER
    assert item.facts.turnover == euro(1_250_000)
    assert item.facts.profit == euro("-12500.50")
    assert item.facts.dividend == euro(0)
    assert item.facts.filed_on == date(2025, 5, 20)
    assert item.facts.solo_worker is False


def test_what_is_left_out_is_unknown_and_not_zero():
    facts = read('kind = "annual_accounts"\n[facts]\nfinancial_year = 2024').facts
    assert facts.turnover is UNKNOWN
    assert facts.dividend is UNKNOWN


WRONG_AMOUNTS = [
    "12.345",
    "1e400",
    "-1e400",
    "1e-5",
    "nan",
    "inf",
    "-inf",
    '"1250000"',
    "true",
    "[1]",
    "1979-05-27",
    "90071992547409.92",
]


@pytest.mark.parametrize("amount", [*WRONG_AMOUNTS, "1" + "0" * 400])
def test_a_wrong_amount_is_refused_with_its_path(amount):
    with pytest.raises(DossierError) as error:
        read(GOOD.replace("1250000", amount))
    assert [problem.path for problem in error.value.problems] == ["facts.turnover"]


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (GOOD.replace("= 2024", "= 2024.0"), "facts.financial_year"),
        (GOOD.replace("= 2024", '= "2024"'), "facts.financial_year"),
        (GOOD.replace("= 2024", "= true"), "facts.financial_year"),
        (GOOD.replace("false", "0"), "facts.solo_worker"),
        (GOOD.replace("false", '"no"'), "facts.solo_worker"),
        (GOOD.replace("filed_on = 2025-05-20", 'filed_on = "20-05-2025"'), "facts.filed_on"),
        (GOOD.replace("filed_on = 2025-05-20", 'filed_on = "0000-00-00"'), "facts.filed_on"),
        (GOOD.replace("issued_on = 2025-05-20", "issued_on = 20250520"), "issued_on"),
        (GOOD.replace("turnover", "turnovr"), "facts.turnovr"),
        (GOOD.replace("about", "abuot"), "abuot"),
        (GOOD.replace("01234567", "1234567"), "about"),
        (GOOD.replace('"register"', '"hearsay"'), "source.type"),
        (GOOD.replace("[facts]", "[[facts]]"), "facts"),
        (GOOD.replace("[facts]", "[fact]"), "facts"),
        (GOOD.replace("annual_accounts", "anual_accounts"), ""),
        ("x = 1", ""),
    ],
)
def test_a_wrong_document_is_refused_with_the_path(wrong, path):
    with pytest.raises(DossierError) as error:
        read(wrong)
    assert path in [problem.path for problem in error.value.problems]


def test_all_problems_are_told_together():
    with pytest.raises(DossierError) as error:
        read(GOOD.replace("1250000", "nan").replace("false", "0").replace("600000", "1.005"))
    assert {p.path for p in error.value.problems} == {
        "facts.turnover",
        "facts.solo_worker",
        "facts.total_assets",
    }


scalars = st.sampled_from(["1", "-0.0", "0.001", "1e400", "nan", "true", '""', "[]", "{}", "2024-01-01", "07:32:00"])
names = st.sampled_from(["turnover", "financial_year", "filed_on", "solo_worker", "kind", "facts", '"a.b"', '""'])


@given(st.dictionaries(names, scalars, max_size=5))
def test_nothing_but_a_dossier_error_comes_out_of_strange_facts(facts):
    text = 'kind = "annual_accounts"\n[facts]\n' + "\n".join(f"{name} = {value}" for name, value in facts.items())
    with suppress(DossierError):
        assert read(text).kind.id == "annual_accounts"


def test_a_dossier_folder_reads_it(tmp_path, registry: Registry):
    (tmp_path / "accounts.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "dossier.toml").write_text(
        """
        as_of = 2025-12-01
        provider = { name = "X", identifiers = [{ scheme = "NL-KVK", value = "01234567" }] }
        [[documents]]
        file = "accounts.toml"
        reader = "annual_accounts"
        """,
        encoding="utf-8",
    )
    (item,) = load_dossier(tmp_path, registry).evidence
    assert item.id == "accounts.toml"
    assert item.facts.financial_year == 2024
    assert item.source.sha256
    assert item.source.issuer == "DigiMV"
