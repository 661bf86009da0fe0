"""A letter as data: what HTML, Word and JSON lay out."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, Literal

import attrs

from barriermodel import BarrierModelError
from barriermodel.analysis.pages import render
from barriermodel.analysis.reports import fill
from barriermodel.analysis.text import Language, format_date, said

from .settings import LetterSettings

SCHEMA = "barriermodel/letter/1"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class LetterError(BarrierModelError):
    """A letter cannot be written; the message says why, and what to do."""


class NothingToAskError(LetterError):
    """There is nothing to request; for most providers of a portfolio that is as it should be.

    Attributes:
        why: a key of the words ``letter.none``.

    """

    def __init__(self, message: str, why: str) -> None:
        super().__init__(message)
        self.why = why


@attrs.frozen
class Point:
    """A numbered point: something to send, or something that was found."""

    title: str
    paragraphs: tuple[str, ...]


@attrs.frozen
class Block:
    """A part of a letter: a heading, which the first part lacks, with paragraphs and then points."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()


@attrs.frozen(kw_only=True)
class Letter:
    """A draft of a letter to a provider. A person reads it, does the checks and sends it.

    Args:
        kind: a request for evidence, or the intent to take a measure.
        day: the date of the letter.
        respond_by: the last day on which the provider can respond.
        addressee: the name of the provider.
        checks: what the sender checks first; never part of the letter.

    >>> from barriermodel import BarrierModel, load_dossier
    >>> from barriermodel.letters import read_settings, request_letter
    >>> assessment = BarrierModel.load("twente-2019").assess(load_dossier("docs/examples/bewijs-ontbreekt"))
    >>> settings = read_settings("docs/letters/letter.toml")
    >>> letter = request_letter(assessment, date=date(2026, 1, 15), settings=settings, lang="en")
    >>> letter.fields()["respond_by"], [block.heading for block in letter.blocks][1]
    ('Thursday 29 January 2026', 'This is what we need from you')

    """

    kind: Literal["request", "intent"]
    lang: Language
    day: date
    respond_by: date
    settings: LetterSettings
    reference: str
    addressee: str
    subject: str
    blocks: tuple[Block, ...]
    checks: tuple[str, ...]

    def fields(self) -> dict[str, Any]:
        """What a template can show, by name: texts, lists of texts and lists of blocks."""
        sender, signed = self.settings, self.settings.signature
        place_and_day = {"place": sender.place, "day": format_date(self.day, self.lang)}
        return {
            "kind": self.kind, "lang": self.lang,
            "sender": {
                "authority": sender.authority, "department": sender.department or "", "address": list(sender.address),
                "reply_address": list(sender.reply_address or sender.address), "place": sender.place,
                "phone": sender.phone, "email": sender.email, "upload": sender.upload,
                "name": signed.name, "role": signed.role,
            },
            "addressee": {"name": self.addressee, "address": list(sender.addressee_address)},
            "date": place_and_day["day"], "date_iso": self.day.isoformat(),
            "date_line": self._say("date_line", **place_and_day),
            "respond_by": weekday_date(self.respond_by, self.lang), "respond_by_iso": self.respond_by.isoformat(),
            "reference": self.reference, "reference_line": self._say("reference_line", reference=self.reference),
            "subject": self.subject, "salutation": self._say("salutation"),
            "blocks": [attrs.asdict(block, value_serializer=_listed) for block in self.blocks],
            "closing": self._say("closing"),
            "signature": [signed.name, self._say("role_line", role=signed.role, authority=sender.authority)],
        }  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """The letter as JSON data: its fields, and the checks for the sender apart from them."""
        return {"schema": SCHEMA, **self.fields(), "checks": list(self.checks)}

    def to_json(self) -> str:
        """Write the letter as JSON; see :meth:`to_dict`."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1) + "\n"

    def html(self) -> str:
        """Write the letter as a page to print: HTML in one file, without a script. The checks are not printed.

        Raises:
            MissingExtraError: Jinja2 is not installed.

        """
        return render("letter", self.lang, letter=self.fields(), checks=self.checks, heading=self.checks_heading)

    def docx(self, template: Path | None = None) -> bytes:
        """Write the letter as a Word document.

        Args:
            template: a template of your own; otherwise ours is used.

        Raises:
            MissingExtraError: docxtpl is not installed.
            InputError: the template cannot be used; with all that is wrong.

        """
        from .word import word_document

        return word_document(self, template)

    @property
    def checks_heading(self) -> str:
        """What stands above the checks."""
        return self._say("check", "heading")

    def _say(self, *key: str, **values: object) -> str:
        return fill(said("letter", *key), self.lang, **values)


def weekday_date(day: date, lang: Language) -> str:
    """Write a date with its weekday: ``donderdag 29 januari 2026``."""
    weekday = said("letter", "weekday", _WEEKDAYS[day.weekday()])[lang]
    return fill(said("letter", "weekday_date"), lang, weekday=weekday, day=format_date(day, lang))


def _listed(_: type, __: Any, value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
