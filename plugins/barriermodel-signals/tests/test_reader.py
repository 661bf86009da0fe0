"""Evidence typed over by hand: what is read, and what is refused with its path."""

import pytest

import barriermodel_signals
from barriermodel import UNKNOWN, DossierError, Registry, load_dossier
from barriermodel_signals import Change, InsolvencyHistory, signals_reader

INTERESTS = """
kind = "business_interests"
issued_on = 2026-10-20

[[facts.linked_companies]]
reference = "01234567"
sbi_codes = ["64210"]
"""
HISTORY = """
kind = "registration_history"
issued_on = 2026-10-20

[[facts.changes]]
change = "director"
changed_on = 2026-04-01
"""


def test_what_is_left_out_is_unknown_and_an_empty_list_is_known():
    (item,) = signals_reader.read(b'kind = "business_interests"\n[facts]\nlinked_companies = []')
    assert item.facts.linked_companies == ()
    assert item.facts.owns_real_estate is UNKNOWN


def test_an_earlier_bankruptcy_is_read_as_before():
    (item,) = signals_reader.read(b'kind = "insolvency_history"\n[facts]\nearlier_bankruptcy = false')
    assert item.facts == InsolvencyHistory(earlier_bankruptcy=False)


@pytest.mark.parametrize(("text", "path"), [(INTERESTS, "facts.linked_companies[0]"), (HISTORY, "facts.changes[0]")])
@pytest.mark.parametrize("key", ["name", "director", "family", "birth_date", "postcode"])
def test_a_list_that_names_a_person_is_refused(text, path, key):
    with pytest.raises(DossierError) as error:
        signals_reader.read(f'{text}{key} = "x"'.encode())
    assert [problem.path for problem in error.value.problems] == [f"{path}.{key}"]


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (HISTORY.replace("2026-04-01", '"1 april"'), "facts.changes[0].changed_on"),
        (HISTORY.replace('"director"', '"bestuurder"'), "facts.changes[0].change"),
        (INTERESTS.replace('["64210"]', "[64210]"), "facts.linked_companies[0].sbi_codes[0]"),
        (INTERESTS.replace('"01234567"', "1234567"), "facts.linked_companies[0].reference"),
        (INTERESTS.replace("business_interests", "annual_accounts"), ""),
    ],
)
def test_a_wrong_document_is_refused_with_the_path(wrong, path):
    with pytest.raises(DossierError) as error:
        signals_reader.read(wrong.encode())
    assert path in [problem.path for problem in error.value.problems]


def test_a_dossier_folder_reads_it(tmp_path):
    (tmp_path / "history.toml").write_text(HISTORY, encoding="utf-8")
    (tmp_path / "dossier.toml").write_text(
        """
        as_of = 2026-11-15
        provider = { name = "X", identifiers = [{ scheme = "NL-KVK", value = "01234567" }] }
        award = { act = "jeugdwet" }
        [[documents]]
        file = "history.toml"
        reader = "signals"
        obtained_on = 2026-10-20
        """,
        encoding="utf-8",
    )
    registry = Registry()
    assert registry.add(barriermodel_signals).message == ""

    (item,) = load_dossier(tmp_path, registry).evidence

    assert item.facts.changes[0].change is Change.DIRECTOR
