"""Load an assessment that was stored as JSON, without its profile, dossier or plugins."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import cattrs

from ..domain.award import Award
from ..domain.provider import Provider
from ..engine.results import ConcernResult, RecordedError
from ..errors import InputError, Problem
from ..files import read_given
from ..objects import ReadOnly
from ..reading.parsing import parse_json
from ..reading.structuring import new_converter, structure, unknown_name
from ..reporting.phrases import OLD, WORDS, interval_text
from ..reporting.rendering import Line, LineKind, as_markdown, as_text
from ..rules.levels import Concern, Interval, Level, Moment, Status
from ..spelling import not_found
from ..text import LANGUAGES, Language
from .assessment import SCHEMA
from .digests import content_digest_of, digest_of
from .sources import JsonSource, normalize_source
from .stored_parts import (
    StoredAsk,
    StoredBarrier,
    StoredCaution,
    StoredConcern,
    StoredEvidence,
    StoredInterval,
    StoredKind,
    StoredLabel,
    StoredProfile,
    StoredReport,
    StoredRow,
    StoredRule,
    StoredStage,
    StoredWithheld,
)


@attrs.frozen
class StoredWords:
    """A words file that its texts came from."""

    lang: str
    origin: str
    """The package and the name of the file in it, or the path of a profile's own file."""
    sha256: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class StoredAssessment:
    """A stored assessment, to read and show again.

    Its attributes have the names that they have in :class:`Assessment`; values of facts are JSON data. What was
    withheld when it was stored is not in it. See :func:`load_assessment` for an example.
    """

    schema: str
    as_of: date
    digest: str
    engine: dict[str, str]
    profile: StoredProfile
    dossier: dict[str, str]
    provider: Provider
    award: Award
    advice_: StoredInterval
    concerns_: dict[str, StoredConcern]
    moments_: dict[str, StoredInterval]
    stages: tuple[StoredStage, ...]
    asks: tuple[StoredAsk, ...]
    cautions: tuple[StoredCaution, ...] = ()
    withheld: tuple[StoredWithheld, ...]
    errors: tuple[RecordedError, ...]
    row: StoredRow | None = None
    labels: dict[str, StoredLabel] = attrs.field(factory=dict)
    kinds: tuple[StoredKind, ...] = ()
    evidence: tuple[StoredEvidence, ...] = ()
    report: StoredReport | None = None
    languages: tuple[str, ...] = ()
    words: tuple[StoredWords, ...] = ()
    confidential: bool = False
    content_digest: str | None = None
    raw: str = attrs.field(init=False)
    """The text that was stored."""
    digest_holds: bool = attrs.field(init=False)
    """Whether the JSON is what was stored, as far as its digests tell."""

    def __attrs_post_init__(self) -> None:
        if self.advice_.interval is None:
            raise ValueError("advice has two ends")
        _ = self.concerns, self.moments  # report an unknown concern or moment now
        known = {kind.id: kind for kind in self.kinds}
        for name in ("asks", "withheld", "evidence"):
            items = getattr(self, name)
            full = tuple(attrs.evolve(item, kind=known.get(item.kind.id, item.kind)) for item in items)
            object.__setattr__(self, name, full)
        for name in ("engine", "dossier", "concerns_", "moments_", "labels"):
            object.__setattr__(self, name, ReadOnly(getattr(self, name)))

    def __repr__(self) -> str:
        low, high = self.advice.at_least.key, self.advice.at_most.key
        return f"<StoredAssessment of {self.as_of}: at least {low}, at most {high}>"

    def __eq__(self, other: object) -> bool:
        return self.raw == other.raw if isinstance(other, StoredAssessment) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.raw)

    @property
    def advice(self) -> Interval:
        """The highest interval over the stages."""
        found = self.advice_.interval
        assert found is not None  # checked in __attrs_post_init__
        return found

    @property
    def concerns(self) -> Mapping[Concern, ConcernResult]:
        """What was found for each concern."""
        return {Concern(id): ConcernResult(c.interval, c.hits, c.open) for id, c in self.concerns_.items()}

    @property
    def moments(self) -> Mapping[Moment, Interval | None]:
        """The interval of each moment; None if none of its stages was examined."""
        return {Moment(id): found.interval for id, found in self.moments_.items()}

    @property
    def barriers(self) -> tuple[StoredBarrier, ...]:
        """All barriers, in the order of their stages."""
        return tuple(barrier for stage in self.stages for barrier in stage.barriers)

    @property
    def rules(self) -> tuple[StoredRule, ...]:
        """All rules, in the order of their stages and barriers."""
        return tuple(rule for barrier in self.barriers for rule in barrier.rules)

    def rule(self, id: str) -> StoredRule:
        """Return a rule by its id.

        Raises:
            KeyError: there is no rule with this id.

        """
        for rule in self.rules:
            if rule.id == id:
                return rule
        raise not_found("rule", id, [rule.id for rule in self.rules])

    def explain(self, lang: Language = "nl", *, width: int = 100, colour: bool = False) -> str:
        """Render the report as text for a terminal, as :meth:`Assessment.explain` did.

        Args:
            lang: the language.
            width: of a line, in characters.
            colour: use ANSI colours.

        """
        return as_text(self._lines(lang), width, colour)

    def markdown(self, lang: Language = "nl") -> str:
        """Render the report as Markdown."""
        return as_markdown(self._lines(lang))

    def html(self, lang: Language = "nl") -> str:
        """Render the report as a page.

        Raises:
            MissingExtraError: Jinja2 is not installed.

        """
        from ..pages.lines import lines_page

        return lines_page(self._lines(lang), lang)

    def to_json(self) -> str:
        """Return the JSON exactly as it was stored."""
        return self.raw

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON as data."""
        found: dict[str, Any] = json.loads(self.raw)
        return found

    def _lines(self, lang: Language) -> Iterator[Line]:
        if lang not in LANGUAGES:  # what was stored
            raise ValueError(f"lang is one of {', '.join(LANGUAGES)}; got {lang!r}")
        if self.report is None:
            return self._without_report(lang)
        return iter(self.report[lang])

    def _without_report(self, lang: Language) -> Iterator[Line]:
        """Write the advice, hits and open rules of an assessment that was stored without its report."""
        name = str(self.provider.name) if isinstance(self.provider.name, str) else WORDS["nameless"][lang]
        yield Line(LineKind.TITLE, name)
        yield Line(LineKind.TEXT, OLD[lang])
        yield Line(LineKind.ADVICE, f"{WORDS['advice'][lang]}: {interval_text(self.advice, lang)}", self.advice.at_most)
        for rule in self.rules:
            if rule.status in (Status.HIT, Status.OPEN):
                yield Line(LineKind.ITEM, f"{rule.text[lang]} [{rule.id}]", rule.level)


def load_assessment(source: JsonSource, *, verify: bool = True) -> StoredAssessment:
    """Load an assessment that was stored as the JSON of ``to_json()``; no plugin is needed.

    Args:
        source: a path; or the JSON itself, as bytes, as text that begins with ``{``, or parsed. Pass input from
            strangers as bytes, which are never taken for a path.
        verify: refuse JSON that was changed after it was stored; otherwise look at ``digest_holds``.

    Raises:
        InputError: it is not a stored assessment (the error lists every problem with its path), or it was changed.
        TypeError: the source is of another type.

    Example:
        >>> from barriermodel import BarrierModel, load_dossier
        >>> dossier = load_dossier('{"schema": "barriermodel/dossier/1", "as_of": "2026-01-15", "provider": {}}')
        >>> assessment = BarrierModel.load("twente-2019").assess(dossier)
        >>> stored = load_assessment(assessment.to_json())
        >>> stored.advice == assessment.advice
        True

    """
    given = normalize_source(source, InputError)
    where = str(given) if isinstance(given, Path) else "assessment"
    raw = _raw(given, where)
    data = parse_json(raw, where, InputError)
    _check_schema(data, where)
    stored: StoredAssessment = structure(_converter(), data, StoredAssessment, where, InputError)
    text = raw.decode("utf-8-sig")
    problem = _tampering(json.loads(text))
    if problem and verify:
        raise InputError(where, [Problem("", problem)])
    object.__setattr__(stored, "raw", text)
    object.__setattr__(stored, "digest_holds", problem is None)
    return stored


def _raw(given: Path | bytes | dict[str, Any], where: str) -> bytes:
    if isinstance(given, Path):
        return read_given(given, where, InputError)
    if isinstance(given, bytes):
        return given
    try:
        return (json.dumps(given, ensure_ascii=False, default=float) + "\n").encode()
    except (TypeError, ValueError) as error:
        raise InputError(where, [Problem("", f"this is not what JSON gives: {error}")]) from None


def _check_schema(data: Any, where: str) -> None:
    if type(data) is not dict or data.get("schema") != SCHEMA:
        message = f"this is no stored assessment: one is a JSON object with schema = {SCHEMA!r}, as to_json() writes it"
        raise InputError(where, [Problem("schema", message, repr(SCHEMA))])


def _tampering(data: Mapping[str, Any]) -> str | None:
    """Say why it cannot be what was stored; None if its digests hold."""
    if data.get("confidential"):
        return (
            "it shows confidential values, over which no digest is taken, so nobody can tell whether it was changed; "
            "store what to_json() gives without confidential=True"
        )
    if digest_of(data) != data["digest"]:
        return "it was changed after it was stored: its digest is not that of what it says"
    if {"report", "content_digest"} & data.keys() and content_digest_of(data) != data.get("content_digest"):
        return "it was changed after it was stored: content_digest is not that of its texts"
    return None


@cache  # making a converter takes far longer than using it
def _converter() -> cattrs.Converter:
    converter = new_converter()
    for members in ({level.key: level for level in Level}, {status.key: status for status in Status}):
        _register(converter, members)
    inner = converter.get_structure_hook(StoredKind)

    def kind(value: Any, cls: Any) -> StoredKind:
        found: StoredKind = inner(value, cls) if type(value) is dict else StoredKind(id=converter.structure(value, str))
        return found

    converter.register_structure_hook(StoredKind, kind)
    return converter


def _register(converter: cattrs.Converter, members: Mapping[str, Any]) -> None:
    def structure_member(value: Any, _: Any) -> Any:
        if type(value) is not str or value not in members:
            raise unknown_name("level or status", value, members, "")
        return members[value]

    converter.register_structure_hook(type(next(iter(members.values()))), structure_member)
