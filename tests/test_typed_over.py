"""Evidence that a person types over as TOML is read by a reader that names only its kinds."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel.plugin import (
    UNKNOWN,
    DefinitionError,
    DossierError,
    Evidence,
    Fact,
    Money,
    euro,
    evidence,
    manual_entry_reader,
)


@evidence("lease")
class Lease:
    """What a building costs."""

    rent: Fact[Money] = UNKNOWN
    from_director: Fact[bool] = UNKNOWN


reader = manual_entry_reader("lease_by_hand", Lease)


def test_one_item_is_read_and_what_is_left_out_is_unknown() -> None:
    (item,) = reader.read(b'kind = "lease"\nissued_on = 2026-01-02\n[facts]\nrent = 1200.50')

    assert isinstance(item, Evidence)
    assert item.facts == Lease(rent=euro("1200.50"))
    assert (reader.id, reader.formats) == ("lease_by_hand", ("toml",))


@pytest.mark.parametrize(
    ("raw", "path", "said"),
    [
        (b"", "", "the file is empty"),
        (b"kind = ", "", "the file is not TOML"),
        (b'kind = "annual_accounts"\n[facts]', "", "known are lease"),
        (b'kind = "lease"\n[facts]\nrent = "veel"', "facts.rent", "expected"),
        (b'kind = "lease"\n[facts]', "", "the item states no fact: leave it out"),
    ],
)
def test_what_cannot_be_read_is_told_under_the_name_of_the_reader(raw: bytes, path: str, said: str) -> None:
    with pytest.raises(DossierError) as error:
        list(reader.read(raw))

    (problem,) = error.value.problems
    assert error.value.where == "lease_by_hand"
    assert problem.path == path
    assert said in problem.message


@pytest.mark.parametrize(
    "raw",
    [b" \n", b"\xff\xfe", b"= 1", b"a = 1\na = 2", b"[" * 2000, b"x=" + b"[" * 5000, b"x = 1e" + b"9" * 400],
    ids=range(7),
)
def test_what_is_no_toml_is_refused(raw: bytes) -> None:
    with pytest.raises(DossierError):
        reader.read(raw)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_nothing_but_a_dossier_error_comes_out_of_noise(raw: bytes) -> None:
    with pytest.raises(DossierError):
        reader.read(raw)


def test_a_class_that_is_no_evidence_is_refused_at_once() -> None:
    with pytest.raises(DefinitionError, match=r"Reader x: .* is no evidence class; decorate it with @evidence"):
        manual_entry_reader("x", int)


def test_it_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(reader.read))(b'kind = "lease"\n[facts]\nrent = 5')[0].facts == Lease(rent=euro(5))
