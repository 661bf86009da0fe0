"""From a template to a page: everything from outside is escaped and cleaned here, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from ..extras import MissingExtraError, require
from ..reporting.phrases import LEVEL, fill
from ..reporting.rendering import printable
from ..reporting.terminal import LEVEL_MARK
from ..rules.levels import Level
from ..text import Language, format_date, format_integer, format_list, format_percent
from ..words.lexicon import said

if TYPE_CHECKING:
    from jinja2 import Environment

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""The Content-Security-Policy of every page: no script runs, and nothing is asked for."""


def render(template: str, lang: Language, **values: object) -> str:
    """Fill a template in.

    Args:
        template: its name, without its ending.
        lang: the language of its fixed phrases, dates and numbers.
        values: what it shows.

    Raises:
        MissingExtraError: Jinja2 is not installed.

    """
    require("pages", "pages need {}", "jinja2")
    known: dict[str, Any] = {
        "lang": lang, "say": partial(say, lang), "day": partial(format_date, lang=lang),
        "number": partial(format_integer, lang=lang), "percent": partial(format_percent, lang=lang),
        "listed": lambda parts: format_list(list(parts), lang), "level_word": lambda level: LEVEL[level][lang],
    }  # fmt: skip
    return _environment().get_template(f"{template}.html.j2").render({**known, **values})


def in_notebook(show: Callable[[Language], str]) -> str | None:
    """Return what a notebook shows, in Dutch; None, so that it shows the plain text, where Jinja2 is not installed."""
    try:
        return show("nl")
    except MissingExtraError:
        return None


def say(lang: Language, /, *key: str, **values: object) -> str:
    """Return a phrase of pages, with values filled in; whole numbers are written as the language does."""
    return fill(said("page", *key), lang, **values)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("barriermodel.pages"), autoescape=True, undefined=StrictUndefined, finalize=_cleaned,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.globals |= {"sentence": sentence, "levels": list(Level), "marks": LEVEL_MARK, "policy": POLICY}
    return environment


def sentence(text: str) -> str:
    """End a text with a full stop, as words files may or may not do."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _cleaned(value: object) -> object:
    """Replace control characters and those that reverse the reading order, which escaping leaves as they are."""
    return printable(value) if type(value) is str else value
