"""The letter of intent: what was found, what the provider may bring forward, and that a person decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date

from barriermodel import Assessment, Level
from barriermodel.analysis.text import Language, printable

from .letter import Block, Letter, LetterError, weekday_date
from .settings import LetterSettings
from .writer import Writer


def intent_letter(
    assessment: Assessment, *, date: Date, settings: LetterSettings, measure: str, lang: Language = "nl",
    confidential: bool = False,
) -> Letter:  # fmt: skip
    """Write what the authority considers doing, and why, so that the provider can respond before anything is decided.

    Args:
        assessment: of the provider.
        date: the date of the letter.
        settings: the sender.
        measure: what is considered, in the official's own words; no advice chooses a measure.
        lang: the language, ``"nl"`` or ``"en"``.
        confidential: show what rests on confidential evidence.

    Raises:
        LetterError: no finding decides the advice, one rests on confidential evidence that may not be shown, or the
            measure, the dossier or the settings lack something.
        MissingExtraError: the extra ``letters`` is not installed.

    """
    words = printable(measure).strip().rstrip(".")
    if not words:
        raise LetterError("a letter of intent needs a measure; say in your own words what is considered")
    writer = Writer(assessment, date, settings, lang, confidential)
    if not writer.decisive:
        message = "no finding decides the advice, so there is nothing to intend"
        raise LetterError(f"{message}; write a request (--kind request) for what is unknown, or no letter")
    hidden = [finding for finding in writer.decisive if finding.rule in writer.secret]
    if hidden and not confidential:
        evidence = dict.fromkeys(title for finding in hidden for title in writer.secret[finding.rule])
        message = f"a reason rests on confidential evidence ({', '.join(evidence)}), and no letter leaves a reason out"
        raise LetterError(f"{message}; check what the provider may be told, and add --confidential")
    return writer.letter("intent", _blocks(writer, words), _checks(writer, words))


def _blocks(writer: Writer, measure: str) -> Iterator[Block]:
    found, contact = writer.found, writer.contact()

    def say(key: str, **values: object) -> str:
        return writer.say("intent", key, **values)

    until = weekday_date(writer.respond_by, writer.lang)
    yield Block("", (writer.about(), say("consider", measure=measure), say("respond", day=until)))
    yield Block(say("found"), points=tuple(map(writer.point, writer.decisive)))
    yield Block(say("how"), (say("way", **contact), say("contact", **contact)))
    yield Block(say("data_heading"), (say("data", **contact),))
    more = found.if_refuted is not None and found.if_refuted.at_most is not Level.GREEN
    again = f"{say('again')} {say('more')}" if more else say("again")
    yield Block(say("after"), (say("weigh"), again, say("silence")))
    yield Block(say("person_heading"), (say("person"),))


def _checks(writer: Writer, measure: str) -> Iterator[str]:
    yield writer.check("read")
    yield writer.check("measure", measure=measure, advice=writer.advice())
    yield writer.check("clients")
    yield from writer.checks(writer.decisive, ())
    if writer.masked.withheld:
        yield writer.check("see_all", evidence=", ".join(writer.masked.withheld))
    matter = [cause.inline for cause in writer.found.causes if cause.matters]
    if matter:
        yield writer.check("open", evidence=", ".join(dict.fromkeys(matter)))
