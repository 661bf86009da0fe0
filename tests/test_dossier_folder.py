"""A dossier as a folder: raw documents, who reads them, and what becomes of those that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from barriermodel import Absent, Dossier, DossierError, Evidence, Registry, Requested, load_dossier
from barriermodel.plugin import Reader, UnknownReason
from region import KINDS, Answers, Extract, plugin, registry


def folder(path: Path, documents: str, read: Callable[[bytes], Any], **files: bytes) -> Dossier:
    """The dossier in a folder whose documents a reader ``raw`` reads."""
    (path / "dossier.toml").write_text(f"as_of = 2025-06-30\n[provider]\n{documents}")
    for name, raw in files.items():
        (path / f"{name}.txt").write_bytes(raw)
    found = Registry()
    reader = Reader(id="raw", formats=("txt",), read=read)
    assert found.add(plugin(readers=[reader], kinds=KINDS)).status.value == "ok"
    return load_dossier(path, found)


def entry(file: str, reader: str = "raw") -> str:
    return f'[[documents]]\nfile = "{file}"\nreader = "{reader}"\nobtained_on = 2025-06-01\n'


def test_a_folders_documents_are_read_and_their_digests_kept(tmp_path: Path) -> None:
    def read(raw: bytes) -> Any:
        yield Evidence(id="", facts=Extract(staff=len(raw)))
        if raw == b"two":
            yield Absent(kind="team", reason=UnknownReason.UNAVAILABLE)
            yield Evidence(id="own", facts=Answers(flag=True))
            yield Requested(kind="accounts", asked_on=found_on)

    found_on = date(2025, 1, 1)
    dossier = folder(tmp_path, entry("a.txt") + entry("b.txt"), read, a=b"four", b=b"two")

    assert [item.id for item in dossier.evidence] == ["a.txt", "b.txt#1", "own"]
    assert {item.date for item in dossier.evidence} == {date(2025, 6, 1)}
    assert all(item.source and item.source.sha256 and len(item.source.sha256) == 64 for item in dossier.evidence)
    assert [a.kind for a in dossier.absent] == ["team"]
    assert [r.kind for r in dossier.requested] == ["accounts"]


TYPED_OVER = """
[[evidence]]
kind = "extract"
id = "typed-over"
issued_on = 2025-05-01
facts = { staff = 7 }
"""


def test_evidence_may_stand_in_the_dossier_itself_beside_documents(tmp_path: Path) -> None:
    dossier = folder(
        tmp_path, entry("a.txt") + TYPED_OVER, lambda raw: [Evidence(id="", facts=Answers(flag=True))], a=b"x"
    )

    assert [item.id for item in dossier.evidence] == ["typed-over", "a.txt"]
    assert dossier.evidence[0] == Evidence(id="typed-over", issued_on=date(2025, 5, 1), facts=Extract(staff=7))


def test_evidence_in_the_dossier_is_read_as_strictly_as_in_json(tmp_path: Path) -> None:
    with pytest.raises(DossierError) as caught:
        folder(tmp_path, TYPED_OVER.replace("7", '"seven"').replace("issued_on", "issued_at"), _raise(ValueError()))

    assert {p.path for p in caught.value.problems} == {"evidence[0].issued_at", "evidence[0].facts.staff"}


def test_two_items_of_one_id_are_refused_wherever_they_stand(tmp_path: Path) -> None:
    clash = TYPED_OVER.replace("typed-over", "a.txt")

    with pytest.raises(DossierError, match=r"a\.txt"):
        folder(tmp_path, entry("a.txt") + clash, lambda raw: [Evidence(id="", facts=Answers(flag=True))], a=b"x")


def _raise(error: BaseException) -> Callable[[bytes], Any]:
    def read(raw: bytes) -> Any:
        raise error

    return read


@pytest.mark.parametrize(
    "read",
    [
        _raise(ValueError("at 0x7f00 in /home/x/y.py")), _raise(SystemExit(3)), _raise(RecursionError()),
        lambda raw: None, lambda raw: 3, lambda raw: [3], lambda raw: [Evidence], lambda raw: [None],
    ],
)  # fmt: skip
def test_a_reader_that_fails_or_gives_the_wrong_thing_is_an_error_of_its_document(tmp_path: Path, read: Any) -> None:
    with pytest.raises(DossierError) as caught:
        folder(tmp_path, entry("a.txt"), read, a=b"x")

    assert [p.path for p in caught.value.problems] == ["documents[0]"]
    assert "reader 'raw'" in str(caught.value)
    assert "home" not in caught.value.problems[0].message


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        (entry("none.txt"), "cannot be read"),
        (entry("../../etc/passwd.txt"), "outside"),
        (entry("/etc/hosts.txt"), "outside"),
        (entry("a\\u0000.txt"), "outside"),
        (entry(""), "takes txt"),
        (entry("a.pdf"), "takes txt"),
        (entry("a.txt", "rawr"), "did you mean 'raw'?"),
        ('[[documents]]\nfile = "a.txt"\n', "documents[0].reader: required"),
        ("documents = 3\n", "documents"),
        (entry("a.txt") + entry("a.txt"), "the id 'a.txt'"),
    ],
)
def test_a_document_that_cannot_be_read_is_named(tmp_path: Path, entries: str, words: str) -> None:
    with pytest.raises(DossierError) as caught:
        folder(tmp_path, entries, lambda raw: [Evidence(id="", facts=Extract(active=True))], a=b"x")

    assert words in str(caught.value)


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(DossierError, match="cannot be read"):
            load_dossier(path, registry())
