"""XML is read with care: what nobody means is refused in one sentence, and names come without their namespace."""

from __future__ import annotations

import pytest

from barriermodel import DossierError, InputError
from barriermodel.plugin import parse_xml
from barriermodel.reading import parsing
from barriermodel.reading.parsing import DuplicateKeyError, parse_json

BOMB = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'


def test_elements_are_found_by_their_names_whatever_the_version_of_the_schema() -> None:
    for version in ("2", "3"):
        root = parse_xml(f'<a xmlns="urn:v{version}" xmlns:b="urn:b"><b:c>één</b:c></a>'.encode(), "a.xml")

        assert root.tag == "a"
        assert root.findtext("c") == "één"


def test_the_encoding_is_the_one_that_the_document_names() -> None:
    raw = '<?xml version="1.0" encoding="ISO-8859-1"?><a>één</a>'.encode("latin-1")

    assert parse_xml(raw, "a.xml").text == "één"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b" \n", "the file is empty"),
        (b"{}", "the XML cannot be read: not well-formed"),
        (b"<a><b></a>", "the XML cannot be read: mismatched tag"),
        (b"\xff\xfe\x00", "the XML cannot be read"),
        (b'<?xml version="1.0" encoding="geheim"?><a/>', "the XML cannot be read: unknown encoding"),
        (BOMB.encode(), "it has a DOCTYPE"),
        (BOMB.encode("utf-16"), "it has a DOCTYPE"),
        (b'<!DOCTYPE a SYSTEM "http://voorbeeld.invalid/a.dtd"><a/>', "it has a DOCTYPE"),
        (b"<a>" * 101 + b"</a>" * 101, "over 100 deep"),
        (b"<a>" * 200_000, "over 100 deep"),
    ],
    ids=range(10),
)
def test_what_is_no_xml_that_anybody_means_is_refused(raw: bytes, said: str) -> None:
    with pytest.raises(DossierError) as error:
        parse_xml(raw, "a.xml")

    assert str(error.value).startswith("a.xml: ")
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_the_deepest_that_is_read_is_read() -> None:
    assert parse_xml(b"<a>" * 100 + b"</a>" * 100, "a.xml").tag == "a"


@pytest.mark.parametrize(
    ("limit", "most", "raw"),
    [
        ("MAX_ELEMENTS", 2, b"<a><b/></a>"),
        ("LARGEST_FILE", 11, b"<a><b/></a>"),
    ],
)
def test_no_more_elements_or_bytes_are_read_than_anybody_means(
    limit: str, most: int, raw: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, limit, most)
    assert parse_xml(raw, "a.xml").tag == "a"

    with pytest.raises(InputError, match=f"over {most} elements|at most {most} are read"):
        parse_xml(raw.replace(b"<b/>", b"<b/><b/>"), "a.xml")


def test_that_a_key_is_given_twice_is_the_cause_of_its_error() -> None:
    with pytest.raises(DossierError, match="the key 'a' is given twice") as caught:
        parse_json(b'{"a": 1, "a": 2}', "x")
    assert isinstance(caught.value.__cause__, DuplicateKeyError)

    with pytest.raises(DossierError) as caught:
        parse_json(b'{"a": is given twice}', "x")
    assert caught.value.__cause__ is None
