"""A letter as a Word document: a template, filled in by docxtpl in a sandbox."""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from barriermodel import InputError
from barriermodel.analysis.files import read_given

from ..extras import require
from .template_check import template_problems
from .template_files import template_parts

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

    from .letter import Letter

OURS = "letter.docx"
_LOCALES = {"nl": "nl-NL", "en": "en-GB"}


def word_document(letter: Letter, template: Path | None) -> bytes:
    """Fill a template in; see :meth:`Letter.docx`."""
    require("letters", "letters need {}", "docxtpl")
    if template is None:
        raw, where = files("barriermodel.letters").joinpath(OURS).read_bytes(), OURS
    else:
        where = str(template)
        raw = read_given(template, where, InputError)
        check_template(raw, where)
    document = _filled(raw, letter.fields(), where)
    if template is None:
        _set_language(document, _LOCALES[letter.lang])
    document.core_properties.title = letter.subject
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def check_template(raw: bytes, where: str) -> None:
    """Refuse a template that cannot be used, before anything is written.

    Args:
        raw: the Word document.
        where: what errors call it.

    Raises:
        InputError: with all that is wrong: no Word document, a tag that is cut, an unknown field, code.
        MissingExtraError: docxtpl is not installed.

    """
    require("letters", "letters need {}", "docxtpl")
    problems = [*template_problems(template_parts(raw, where), sandbox())]
    if problems:
        raise InputError(where, problems)


@cache
def sandbox() -> SandboxedEnvironment:
    """Where a template runs: values are escaped, what is unknown is an error, and no attribute of Python is there."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_without_braces)


def _without_braces(value: object) -> object:
    """Escape braces as well: docxtpl takes some of them for its own, such as ``{_{``, after a value was filled in."""
    from markupsafe import Markup, escape

    escaped = str(escape(value)).translate({ord("{"): "&#123;", ord("}"): "&#125;"})
    return Markup(escaped) if type(value) is str else value


def _filled(raw: bytes, fields: dict[str, Any], where: str) -> Any:
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError

    document = DocxTemplate(io.BytesIO(raw))
    try:
        document.render(fields, sandbox())
    except TemplateError as error:  # what the check did not foresee
        raise InputError.one(where, f"the template cannot be filled in: {error}") from None
    return document


def _set_language(document: Any, locale: str) -> None:
    from docx.oxml.ns import qn

    for part in document.styles.element.iter(qn("w:lang")):
        part.set(qn("w:val"), locale)
    document.core_properties.language = locale
