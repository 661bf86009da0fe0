"""Evidence typed over by hand: what is read, and what is refused with its path."""

import pytest

import barriermodel_staff
from barriermodel import DossierError, Registry, load_dossier
from barriermodel_staff import Director, DirectorsStatement, Staffing, WntStatement, staff_reader

GOOD = """
kind = "staff_list"
issued_on = 2026-01-02

[[facts.workers]]
reference = "p1"
works_with_youth = true
started_on = 2025-11-01
has_vog = false
"""


def test_what_is_left_out_is_unknown():
    (item,) = staff_reader.read(b'kind = "wnt_statement"\n[facts]\nfinancial_year = 2024')
    assert item.facts == WntStatement(financial_year=2024)


def test_a_statement_of_directors_and_of_hours_can_be_typed_over():
    (directors,) = staff_reader.read(
        b'kind = "directors_statement"\n[[facts.directors]]\nreference = "b1"\ncare_background = true'
    )
    assert directors.facts == DirectorsStatement(directors=(Director(reference="b1", care_background=True),))
    (hours,) = staff_reader.read(b'kind = "staffing"\n[facts]\nhours_needed = 40\nhired_hours = 0')
    assert hours.facts == Staffing(hours_needed=40, hired_hours=0)


@pytest.mark.parametrize("key", ["name", "birth_date", "nationality", "postcode"])
def test_a_list_that_says_more_of_a_person_is_refused(key):
    with pytest.raises(DossierError) as error:
        staff_reader.read(f'{GOOD}{key} = "x"'.encode())
    assert [problem.path for problem in error.value.problems] == [f"facts.workers[0].{key}"]


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (GOOD.replace("has_vog = false", 'has_vog = "no"'), "facts.workers[0].has_vog"),
        (GOOD.replace("2025-11-01", '"1 november"'), "facts.workers[0].started_on"),
        (GOOD.replace("staff_list", "annual_accounts"), ""),
        ('kind = "wnt_statement"\n[facts]\nhighest_pay = -1', "facts.highest_pay"),
        ('kind = "care_statement"\n[facts]\ncare_workers = -1', "facts.care_workers"),
        ('kind = "staffing"\n[facts]\nhired_hours = 7.5', "facts.hired_hours"),
        ('kind = "staffing"\n[facts]\nhours_needed = -1', "facts.hours_needed"),
        ('kind = "directors_statement"\n[[facts.directors]]\nage = 40', "facts.directors[0].age"),
    ],
)
def test_a_wrong_document_is_refused_with_the_path(wrong, path):
    with pytest.raises(DossierError) as error:
        staff_reader.read(wrong.encode())
    assert path in [problem.path for problem in error.value.problems]


def test_a_dossier_folder_reads_it(tmp_path):
    (tmp_path / "staff.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "dossier.toml").write_text(
        """
        as_of = 2026-01-15
        provider = { name = "X", identifiers = [{ scheme = "NL-KVK", value = "01234567" }] }
        award = { act = "jeugdwet" }
        [[documents]]
        file = "staff.toml"
        reader = "staff"
        obtained_on = 2026-01-10
        """,
        encoding="utf-8",
    )
    registry = Registry()
    assert registry.add(barriermodel_staff).message == ""

    (item,) = load_dossier(tmp_path, registry).evidence

    assert item.facts.workers[0].has_vog is False
