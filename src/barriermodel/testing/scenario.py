"""Scenarios: a sentence, the facts that differ from a clear dossier, and what is expected."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any

import attrs
import cattrs

from barriermodel import UNKNOWN, BarrierModel, Dossier, Evidence, InputError, Interval, Level, Registry
from barriermodel.analysis.expressions import ENTITIES
from barriermodel.analysis.facts import FactField, fact_fields
from barriermodel.analysis.files import check_ordinary, read_given, read_inside
from barriermodel.analysis.reading import evidence_item, flatten_errors, new_converter, structure, suggest
from barriermodel.analysis.text import Language, TextOrStr, same_in_both
from barriermodel.plugin import EvidenceKind, Localized, Problem, parse_toml

from .baseline import clear_draft
from .differing import differing
from .dossier_draft import Draft, field_of
from .evaluation_context import Ground
from .expected import Expected
from .models import model_of, only


@attrs.frozen(kw_only=True)
class Scenario:
    """A dossier with what is expected of it.

    Args:
        name: a sentence.
        rule: the rule that it is about, where it was written from the rules.
        decides: whether the condition that it is about decides the advice in it.

    """

    name: Localized
    draft: Draft
    expect: Expected
    rule: str | None = None
    decides: bool | None = None


@attrs.frozen(kw_only=True)
class Suite:
    """Scenarios under one profile or barrier, and the clear dossier that they differ from."""

    about: str
    model: BarrierModel
    clear: Draft
    scenarios: tuple[Scenario, ...]

    @property
    def dossiers(self) -> tuple[Dossier, ...]:
        """The dossier of each scenario."""
        kinds = self.model.resolved.kinds.values()
        return tuple(scenario.draft.dossier(kinds) for scenario in self.scenarios)


@attrs.frozen(kw_only=True)
class Change:
    """Facts as a file states them: what is set, unknown, not there at all, dated otherwise, or beside it."""

    facts: dict[str, Any] = attrs.field(factory=dict)
    unknown: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    issued_on: dict[str, date] = attrs.field(factory=dict)
    evidence: tuple[Evidence, ...] = ()


@attrs.frozen(kw_only=True)
class _Entry(Change):
    name: TextOrStr
    expect: Expected
    as_of: date | None = None
    rule: str | None = None
    decides: bool | None = None


@attrs.frozen(kw_only=True)
class _File:
    """The file as it is written."""

    profile: str | None = None
    barrier: str | None = None
    as_of: date | None = None
    clear: Change | None = None
    scenarios: tuple[_Entry, ...]

    def __attrs_post_init__(self) -> None:
        if (self.profile is None) == (self.barrier is None):
            raise ValueError("name what it is about: profile or barrier, exactly one of them")
        if not self.scenarios:
            raise ValueError("a file of scenarios has at least one [[scenarios]]")


def suites_of(*paths: Path, registry: Registry | None = None) -> list[tuple[Path, Suite]]:
    """Each file with its scenarios: the files themselves, and the TOML files of each folder, sorted.

    Raises:
        InputError: there is none, or one cannot be read.

    """
    registry = registry or Registry.discover()
    found: list[tuple[Path, Suite]] = []
    for path in paths:
        if not os.path.isdir(path):
            found.append((path, read_scenarios(path, registry)))
            continue
        inside = sorted(path.glob("*.toml"))
        found += [(file, _read(file, read_inside(file, path, str(file), InputError), registry)) for file in inside]
    if not found:
        raise InputError.one(str(paths[0]), "there is no scenario in this folder: it has no .toml file")
    return found


def read_scenarios(path: str | PathLike[str], registry: Registry | None = None) -> Suite:
    """The scenarios of a TOML file.

    Args:
        registry: the plugins whose barriers and profiles it may be about; left out, those that are installed.

    Raises:
        InputError: with every problem and its key path.

    """
    return _read(path, read_given(path, str(path), InputError), registry or Registry.discover())


def _read(path: str | PathLike[str], raw: bytes, registry: Registry) -> Suite:
    where = str(path)
    data = parse_toml(raw, where, InputError)
    file = structure(_converter(registry.kinds), data, _File, where, InputError)
    about = file.profile or file.barrier or ""
    if file.barrier:
        model = only(about, registry)
    elif about.endswith(".toml"):  # a profile may lie beside its scenarios
        beside = Path(path).parent / about
        check_ordinary(beside)
        model = model_of(beside, registry)
    else:
        model = model_of(about, registry)
    return _suite(file, about, model, where)


def _suite(file: _File, about: str, model: BarrierModel, where: str) -> Suite:
    ground = Ground.of(model, file.as_of)
    reading = _Reading(ground.kinds)
    if file.clear is None:
        clear = clear_draft(ground)[0]
    else:
        clear = reading.changed(Draft(as_of=ground.as_of), file.clear, "clear")
    scenarios = [
        Scenario(
            name=same_in_both(entry.name) if isinstance(entry.name, str) else entry.name,
            draft=reading.changed(_on(clear, entry.as_of), entry, f"scenarios[{i}]"),
            expect=entry.expect, rule=entry.rule, decides=entry.decides,
        )
        for i, entry in enumerate(file.scenarios)
    ]  # fmt: skip
    rules = {rule.id for rule in ground.rules()}
    for i, entry in enumerate(file.scenarios):
        named = [*(("hits", id) for id in entry.expect.hits or ()), *(("open", id) for id in entry.expect.open or ())]
        reading.problems += [
            Problem(f"scenarios[{i}].expect.{key}", f"{about} has no rule {id!r}{suggest(id, rules)}")
            for key, id in named
            if id not in rules
        ]
    if reading.problems:
        raise InputError(where, reading.problems)
    return Suite(about=about, model=model, clear=clear, scenarios=tuple(scenarios))


def _on(clear: Draft, day: date | None) -> Draft:
    return clear if day is None else attrs.evolve(clear, as_of=day)


def _converter(kinds: Mapping[str, EvidenceKind]) -> cattrs.Converter:
    converter = new_converter()
    levels = {level.key: level for level in Level}

    def advice(value: Any, _: Any) -> Interval | None:
        ends = value if type(value) is list else [value, value]
        for end in ends:
            if type(end) is not str or end not in levels:
                raise ValueError(f"expected one of {', '.join(levels)}, or two of them; got {end!r}")
        if len(ends) != 2 or levels[ends[0]] > levels[ends[1]]:
            raise ValueError('expected one level, or ["lowest", "highest"]')
        return Interval(levels[ends[0]], levels[ends[1]])

    converter.register_structure_hook_func(lambda kind: kind == Interval | None, advice)
    converter.register_structure_hook(Evidence, lambda data, _: evidence_item(converter, data, kinds, with_id=True))
    return converter


class _Reading:
    """Reads the facts that a file states, and gathers what is wrong."""

    def __init__(self, kinds: Mapping[str, EvidenceKind]) -> None:
        self.kinds = kinds
        self.problems: list[Problem] = []
        self.converter = new_converter()

    def changed(self, draft: Draft, change: Change, path: str) -> Draft:
        """The draft with a change."""
        for place in ("without", "issued_on"):
            for kind in getattr(change, place):
                self._known(kind, self.kinds, f"{path}.{place}", "kind of evidence")
        for kind in change.without:
            draft = draft.without(kind)
        extra = (*draft.extra, *change.evidence)
        if len({item.id for item in extra}) < len(extra):
            self.problems.append(Problem(f"{path}.evidence", "two items have one id"))
        draft = attrs.evolve(draft, extra=extra, issued_on={**draft.issued_on, **change.issued_on})
        values: dict[str, Any] = {id: self._value(id, v, f'{path}.facts."{id}"') for id, v in change.facts.items()}
        for id in change.unknown:
            self._known(id, list(self._facts()), f"{path}.unknown", "fact")
            values[id] = UNKNOWN
        return draft.having(values)

    def _value(self, id: str, raw: Any, path: str) -> Any:
        field = field_of(id, self.kinds)
        if field is None:
            self._known(id, list(self._facts()), path, "fact")
            return UNKNOWN
        try:
            return field.check(self.converter.structure(raw, _hint(field)))
        except Exception as error:  # every kind of failure is a problem of the file
            self.problems += flatten_errors(error, path)
            return UNKNOWN

    def _known(self, id: str, known: Mapping[str, Any] | Sequence[str], path: str, what: str) -> None:
        if id not in known:
            self.problems.append(Problem(path, f"there is no {what} {id!r}{suggest(id, known)}"))

    def _facts(self) -> Iterator[str]:
        holders = {**ENTITIES, **{kind.id: kind.cls for kind in self.kinds.values()}}
        return (f"{source}.{name}" for source, holder in holders.items() for name in fact_fields(holder))


def _hint(field: FactField) -> Any:
    return tuple[field.type, ...] if field.many else field.type  # type: ignore[name-defined]


# Checking ---------------------------------------------------------------------------------------------


def differences(scenario: Scenario, suite: Suite) -> list[str]:
    """What came out otherwise than expected, a line each; none where all is as expected."""
    found = _outcome(scenario.draft, suite.model)
    lines: list[str] = []
    for name in ("advice", "hits", "open", "asks"):
        expected, got = getattr(scenario.expect, name), getattr(found, name)
        if expected is None or (expected == got if name == "advice" else set(expected) == set(got)):
            continue
        lines.append(f"{name}: expected {said(expected)}; got {said(got)}")
    return lines


def _outcome(draft: Draft, model: BarrierModel) -> Expected:
    """What comes out of a draft."""
    assessment = model.assess(draft.dossier(model.resolved.kinds.values()))
    return Expected(
        advice=assessment.advice,
        hits=tuple(r.id for r in assessment.rules if r.status.key == "hit"),
        open=tuple(r.id for r in assessment.rules if r.status.key == "open"),
        asks=tuple(ask.kind.id for ask in assessment.asks),
    )


def said(value: Interval | str | Sequence[str] | None) -> str:
    """What was expected or came out, in words."""
    if isinstance(value, Interval):
        return value.at_least.key if value.decided else f"{value.at_least.key} to {value.at_most.key}"
    return value if isinstance(value, str) else ", ".join(value or ()) or "none"


def failure(scenario: Scenario, suite: Suite, lines: Sequence[str], lang: Language = "nl") -> str:
    """What went wrong, with what was told and the explanation."""
    kinds = suite.model.resolved.kinds.values()
    dossier = scenario.draft.dossier(kinds)
    told = differing(suite.clear.dossier(kinds), dossier) or ["nothing"]
    head = [scenario.name[lang], *lines, "What differs from the clear dossier:", *(f"  {line}" for line in told), ""]
    return "\n".join(head) + suite.model.assess(dossier).explain(lang)
