"""Templates of a municipality: what one can show, and what is told of a wrong one before anything is written."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from time import process_time
from xml.sax.saxutils import escape

import pytest
from docx import Document
from drafts import SETTINGS, drafted, opened, template, word_texts
from hypothesis import given
from hypothesis import strategies as st

from barriermodel import InputError
from barriermodel.letters.fields import FIELDS
from barriermodel.letters.template_files import MAX_UNPACKED, _unpacked
from barriermodel.letters.word import check_template
from examples import costly

OURS = files("barriermodel.letters").joinpath("letter.docx").read_bytes()
LOOP = ("{%p for block in blocks %}", "{{ block.heading }}", "{%p endfor %}")


def problems(*paragraphs: str, header: str = "") -> list[str]:
    """What is wrong with our template, had it these paragraphs and this header."""
    made, texts = io.BytesIO(), {"document": paragraphs, "header1": (header,), "footer1": ()}
    with zipfile.ZipFile(io.BytesIO(OURS)) as ours, zipfile.ZipFile(made, "w") as archive:
        for name in ours.namelist():
            raw, part = ours.read(name).decode(), Path(name).stem
            if part in texts and name.endswith(".xml"):
                lines = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in texts[part])
                before, after = raw.index("<w:p>"), raw.rindex("</w:p>") + len("</w:p>")
                raw = raw[:before] + lines + raw[after:]
            archive.writestr(name, raw)
    return told(made.getvalue())


def told(raw: bytes) -> list[str]:
    with pytest.raises(InputError) as caught:
        check_template(raw, "brief.docx")
    assert caught.value.where.startswith("brief.docx")
    return [str(problem) for problem in caught.value.problems]


def zipped(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return made.getvalue()


# What a template can show -----------------------------------------------------------------------------


def test_ours_shows_the_blocks_and_can_be_used() -> None:
    check_template(OURS, "letter.docx")
    document = opened(OURS)
    texts = [paragraph.text for paragraph in document.paragraphs]

    assert "{%p for block in blocks %}" in texts
    assert "{{ point.title }}" in texts
    assert {p.text: p.style.name for p in document.paragraphs}["{{ subject }}"] == "Heading 1"
    assert {p.text: p.style.name for p in document.paragraphs}["{{ block.heading }}"] == "Heading 2"
    assert (document.core_properties.language, document.core_properties.author) == ("nl-NL", "")
    assert document.styles.element.xml.count('w:lang w:val="nl-NL"') >= 1


def test_a_template_of_your_own_loops_or_shows_single_fields(tmp_path: Path) -> None:
    letter = drafted("rode-aanbieder", "intent")
    parts = ("Aan {{ addressee.name|upper }}", "{%p if kind == 'intent' %}", "Voor {{ respond_by }}", "{%p endif %}")
    own = template(tmp_path / "brief.docx", *parts, *LOOP, "{{ sender.address|join(', ') }}", header="{{ reference }}")

    raw = letter.docx(own)

    headings = [block.heading for block in letter.blocks if block.heading]
    assert word_texts(raw) == [
        "Aan VERZINSEL THUISBEGELEIDING B.V.", "Voor donderdag 29 januari 2026", *headings, ", ".join(SETTINGS.address),
    ]  # fmt: skip
    assert opened(raw).sections[0].header.paragraphs[0].text == "VB-2026-03"


def test_a_tag_that_word_cut_into_runs_is_one_tag(tmp_path: Path) -> None:
    made = Document()
    paragraph = made.add_paragraph()
    for piece in ("{", "{ sub", "ject", " }", "}"):
        paragraph.add_run(piece).bold = piece == "ject"
    made.save(str(tmp_path / "brief.docx"))

    assert word_texts(drafted("rode-aanbieder", "intent").docx(tmp_path / "brief.docx")) == [
        "Wij willen uw reactie voordat wij besluiten"
    ]


# What is told -----------------------------------------------------------------------------------------


def test_a_tag_over_two_paragraphs_is_told() -> None:
    first, second = problems("{{ subject", "}}")

    assert first == "word/document.xml: a tag does not begin and end in one paragraph: ‘{{ subject’"
    assert second.endswith("‘}}’")


def test_a_text_that_would_be_lost_is_told() -> None:
    (found,) = problems("{%p for block in blocks %} Verloren", "{{ block.heading }}", "{%p endfor %}")

    assert "stands alone in its paragraph, or text is lost: ‘{%p for block in blocks %} Verloren’" in found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ onderwerp }}", "‘{{ onderwerp }}’: there is no field 'onderwerp' here; `barriermodel letter --fields`"),
        ("{{ sender.naam }}", "there is no field 'naam' here; did you mean 'name'?"),
        ("{{ point.title }}", "there is no field 'point' here"),
        ("{{ subject.heading }}", "there is no field 'heading' here"),
        ("{{ blocks }}", "this is a list or has parts"), ("{{ sender }}", "this is a list or has parts"),
        ("{{ blocks|join }}", "this is a list or has parts"), ("{{ sender.address|upper }}", "this is a list"),
        ("{{ sender|upper|upper }}", "this is a list or has parts"), ("{{ subject|join(blocks) }}", "only a field"),
        ("{{ not subject }}", "only a field can be shown"), ("{{ none }}", "only a field can be shown"),
        ("{% if subject > 3 %}x{% endif %}", "a text and a number are compared"),
        ("{{ subject|length|length }}", "a filter does not fit"),
        ("{% for b in blocks %}" * 5 + "{% endfor %}" * 5, "more than 4 for tags within each other"),
        ("{% for x in subject %}{{ x }}{% endfor %}", "where the field is a list"),
    ],
)  # fmt: skip
def test_an_unknown_field_is_told(text: str, message: str) -> None:
    (found,) = problems("{{ subject }}", text)

    assert message in found


@pytest.mark.parametrize(
    "code",
    [
        "{{ subject.__class__ }}", "{{ subject.upper() }}", "{% include 'x' %}", "{% import 'x' as y %}",
        "{% from 'x' import y %}", "{% macro m() %}{% endmacro %}", "{% set x = 1 %}", "{{ 7 * 7 }}", "{{ blocks[0] }}",
        "{{ subject|attr('x') }}", "{% extends 'x' %}", "{% block b %}{% endblock %}", "{{ ''.join([subject]) }}",
        "{{ 'a' if subject else 'b' }}", "{% for b in blocks if b.heading %}{{ b.heading }}{% endfor %}",
        "{% for c in ().__class__.__base__.__subclasses__() %}{{ c }}{% endfor %}", "{{ lipsum }}",
        "{{ subject is none }}", "{% filter upper %}x{% endfilter %}", "{% with x = 1 %}{% endwith %}",
        "{% call x() %}{% endcall %}",
    ],
)  # fmt: skip
def test_code_is_told_and_never_run(code: str) -> None:
    assert problems("{{ subject }}", code)


@pytest.mark.parametrize("text", ["{{r subject }}", "{{p subject }}", "{%tr for b in blocks %}", "{%r if subject %}"])
def test_a_tag_that_makes_word_lose_text_is_told(text: str) -> None:
    assert problems("{{ subject }}", text)[0].endswith(f"‘{text}’")


@pytest.mark.parametrize(
    "text", ["{% if " + "not " * 900 + "subject %}x{% endif %}", "{{ subject" + ".a" * 900 + " }}"]
)
def test_a_tag_that_is_nested_too_deep_is_told(text: str) -> None:
    assert "nested too deep" in problems("{{ subject }}", text)[0]


def test_a_text_of_braces_is_told_soon() -> None:
    begun = process_time()

    assert "does not begin and end in one paragraph" in problems("{{" * 20_000)[0]
    assert process_time() - begun < 2  # eight seconds, if it is searched from each brace


def test_what_is_wrong_elsewhere_is_told_with_its_place() -> None:
    assert problems("{{ subject }}", header="{{ zoek }}")[0].startswith("word/header1.xml: ‘{{ zoek }}’")
    assert problems("{%p for block in blocks %}", "{{ block.heading }}")[0].startswith("word/document.xml: ")
    assert "it has no field" in problems("Geachte heer")[0]


def test_a_condition_that_cuts_a_table_in_two_is_told() -> None:
    made, document = io.BytesIO(), Document()
    document.add_paragraph("{% if subject %}")
    document.add_table(1, 1).cell(0, 0).paragraphs[0].text = "{{ subject }}{% endif %}"
    document.save(made)

    assert "a for or if begins inside a table cell" in told(made.getvalue())[0]


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    own = template(tmp_path / "brief.docx", "{{ onderwerp }}", "{{ aanhef }}")

    with pytest.raises(InputError) as caught:
        drafted("rode-aanbieder", "intent").docx(own)

    assert len(caught.value.problems) == 2


# Files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "no Word document"), (b"Geachte heer", "no Word document"), (OURS[:5000], "damaged"),
        (zipped(xl__workbook="<a/>"), "no Word document"), (zipped(word__document="<a>{{ subject }}</a>"), "damaged"),
        (zipped(word__document="<a/>", word__x="0" * (MAX_UNPACKED + 1)), "unpacks to more"),
        (zipped(word__document="0" * (2**20 + 1)), "unpacks to more"),
        (zipped(word__document='<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'), "DOCTYPE"),
        (zipped(word__document="<a>"), "XML cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_word_document_is_told(raw: bytes, message: str) -> None:
    assert message in told(raw)[0]


@costly
@given(st.integers(0, len(OURS) - 1), st.integers(0, 255))
def test_a_damaged_document_is_told_or_can_be_used(place: int, byte: int) -> None:
    raw = OURS[:place] + bytes([byte]) + OURS[place + 1 :]

    with suppress(InputError):
        check_template(raw, "brief.docx")


def test_only_texts_of_a_template_are_unpacked() -> None:
    assert {name for name, _ in _unpacked(OURS, "letter.docx")} == {
        "word/document.xml", "word/header1.xml", "word/footer1.xml", "docProps/core.xml",
    }  # fmt: skip


def test_each_field_that_is_listed_can_be_shown(tmp_path: Path) -> None:
    texts = [name for name, shape in FIELDS.items() if shape is None]
    own = template(tmp_path / "brief.docx", *(f"{{{{ {name} }}}}" for name in texts))
    letter = drafted("rode-aanbieder", "intent")

    assert word_texts(letter.docx(own)) == [letter.fields()[name] for name in texts]
