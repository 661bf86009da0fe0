"""A Word document as the zip file that it is: what is none, or a hostile one, is refused before it is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

import attrs

from barriermodel import InputError
from barriermodel.plugin import parse_xml

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

MAX_UNPACKED = 32 * 2**20
"""Bytes of the largest template, unpacked: a small file can unpack to more than there is memory."""
MAX_PART = 2**20
"""Bytes of its largest text."""
BODY = "word/document.xml"
_TEXTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes)\.xml|docProps/core\.xml")
_DECLARATION = re.compile(r"<\?xml.*?\?>")
_DAMAGED = "the document is damaged, or has macros; open it in Word and save it as .docx"
_NO_WORD = "it is no Word document (.docx), whatever its name; save it as .docx"


@attrs.frozen(slots=False, eq=False)
class TemplatePart:
    """A text of a template: its body, a header or footer, its footnotes, or its properties.

    Args:
        paragraphs: the text of each paragraph.
        xml: the text with its markup.
        document: the template.

    """

    name: str
    paragraphs: tuple[str, ...]
    xml: str
    document: DocxTemplate

    @cached_property
    def source(self) -> str:
        """What docxtpl makes of it, in which a tag is whole; slow where tags are cut, so check that first."""
        return _DECLARATION.sub("", str(self.document.patch_xml(self.xml)))


def template_parts(raw: bytes, where: str) -> list[TemplatePart]:
    """Read the texts of a template.

    Raises:
        InputError: it is no Word document, is damaged or too large, or has a DTD.

    """
    from docxtpl import DocxTemplate

    texts = [*_unpacked(raw, where)]
    document = DocxTemplate(io.BytesIO(raw))
    parts: list[TemplatePart] = []
    for name, raw_part in texts:
        root = parse_xml(raw_part, f"{where}: {name}", InputError)
        paragraphs = tuple(_paragraphs(root)) if name.startswith("word/") else tuple(root.itertext())
        parts.append(TemplatePart(name, paragraphs, raw_part.decode("utf-8", "replace"), document))
    try:
        document.init_docx()
    except Exception:  # whatever fails, Word did not write it
        raise InputError.one(where, _DAMAGED) from None
    return parts


def _unpacked(raw: bytes, where: str) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            sizes = {one.filename: one.file_size for one in archive.infolist()}
            if BODY not in sizes:
                raise InputError.one(where, _NO_WORD)
            texts = [name for name in sizes if _TEXTS.fullmatch(name)]
            if sum(sizes.values()) > MAX_UNPACKED or any(sizes[name] > MAX_PART for name in texts):
                raise InputError.one(where, "it unpacks to more than a letter has; make the template smaller")
            if len(sizes) < len(archive.infolist()) or archive.testzip() is not None:  # larger than it says, or damaged
                raise zipfile.BadZipFile
            yield from ((name, archive.read(name)) for name in texts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        message = _DAMAGED if raw[:2] == b"PK" else _NO_WORD
        raise InputError.one(where, message) from None


def _paragraphs(root: Element) -> Iterator[str]:
    for paragraph in root.iter("p"):
        yield "".join(text.text or "" for text in paragraph.iter("t"))
