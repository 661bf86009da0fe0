"""The request: what is still needed, why, how, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date

from barriermodel import Assessment, Level
from barriermodel.analysis.reports import Cause, Finding, Step
from barriermodel.analysis.text import Language, format_list

from .letter import Block, Letter, NothingToAskError, Point, weekday_date
from .settings import LetterSettings
from .writer import Writer


def request_letter(
    assessment: Assessment, *, date: Date, settings: LetterSettings, lang: Language = "nl", confidential: bool = False
) -> Letter:
    """Write a request for the evidence that can still change the advice, and for an answer to each reason.

    Args:
        assessment: of the provider.
        date: the date of the letter.
        settings: the sender.
        lang: the language, ``"nl"`` or ``"en"``.
        confidential: also ask about findings that rest on confidential evidence.

    Raises:
        NothingToAskError: nothing is needed from the provider.
        LetterError: the dossier or the settings lack something.
        MissingExtraError: the extra ``letters`` is not installed.

    """
    writer = Writer(assessment, date, settings, lang, confidential)
    asks = [step for step in writer.found.steps if step.action == "ask"]
    questions = [finding for finding in writer.decisive if confidential or finding.rule not in writer.secret]
    if not asks and not questions:
        why, message = _nothing_needed(writer)
        name = writer.found.provider.name
        raise NothingToAskError(f"{name}: {message}" if name else message, why)
    left_out = [finding for finding in writer.decisive if finding not in questions]
    return writer.letter("request", _blocks(writer, asks, questions), _checks(writer, asks, questions, left_out))


def _nothing_needed(writer: Writer) -> tuple[str, str]:
    """Why there is no request: a key of words, and the message of the error."""
    look_ups = [*_look_ups(writer, confidential=False), *_look_ups(writer, confidential=True)]
    if look_ups:
        message = f"nothing is needed from the provider; look up {', '.join(look_ups)} yourself, and assess again"
        return "look_up", message
    if writer.decisive:
        message = "what could be asked rests on confidential evidence; check what may be told, and add --confidential"
        return "confidential", message
    return "nothing", "nothing is needed from the provider, so there is nothing to request"


def _blocks(writer: Writer, asks: list[Step], questions: list[Finding]) -> Iterator[Block]:
    say, contact = writer.say, writer.contact()
    need = say("request", "need", day=weekday_date(writer.respond_by, writer.lang))
    together = [say("request", "together", count=writer.found.minutes)] if writer.found.minutes else []
    yield Block("", (writer.about(), need, " ".join([say("request", "only"), *together])))
    if asks:
        yield Block(say("request", "asks"), points=tuple(_asked(writer, step) for step in asks))
    if questions:
        yield Block(say("request", "questions"), points=tuple(map(writer.point, questions)))
    look_ups = _look_ups(writer, confidential=False)
    if look_ups:
        listed = format_list(look_ups, writer.lang)
        yield Block(say("request", "look_ups"), (say("request", "look_up", evidence=listed),))
    yield Block(say("request", "how"), (say("request", "send", **contact), say("request", "contact", **contact)))
    yield Block(say("request", "after"), (say("request", "again"), say("request", "silence")))


def _asked(writer: Writer, step: Step) -> Point:
    """One piece of evidence: the question, why and on which law; how it stands; how to send it, and what that costs."""
    law = writer.say("basis", basis=step.basis) if step.basis and not step.unverified else ""
    causes = (cause for cause in writer.found.causes if cause.kind == step.kind)
    asked = writer.say("asked", day=writer.on(step.asked_on)) if step.asked_on else ""
    states = [asked] if asked else dict.fromkeys(_state(writer, cause) for cause in causes)
    minutes = writer.say("minutes", count=step.minutes) if step.minutes else ""
    paragraphs = (step.question, step.why, law), states, (step.how, minutes)
    return Point(step.title, tuple(filter(None, (" ".join(filter(None, texts)) for texts in paragraphs))))


def _state(writer: Writer, cause: Cause) -> str:
    """Say to the provider what is wrong with what there is, or that there is nothing."""
    dated = cause.evidence.dated if cause.evidence else None
    if dated and cause.why.value == "expired":
        return writer.say("state", "expired_dated", day=writer.on(dated))
    return writer.say("state", cause.why.value)


def _look_ups(writer: Writer, *, confidential: bool) -> list[str]:
    """What the authority looks up itself, in confidential sources, of which the provider is not told, or in others."""
    kinds = writer.assessment.evaluation.resolved.kinds
    steps = [step for step in writer.found.steps if step.action == "look_up"]
    return [step.what for step in steps if kinds[step.kind or ""].confidential is confidential]


def _checks(writer: Writer, asks: list[Step], questions: list[Finding], left_out: list[Finding]) -> Iterator[str]:
    yield from writer.checks(questions, [(step.title, law) for step in asks for law in step.unverified])
    secret = _look_ups(writer, confidential=True)
    if secret:
        yield writer.check("look_up", evidence=", ".join(secret))
    for finding in left_out:
        titles = ", ".join(writer.secret[finding.rule])
        yield writer.check("left_out", finding=finding.topic, evidence=titles)
    if writer.found.advice.at_least >= Level.RED:
        yield writer.check("intent_too", advice=writer.advice())
