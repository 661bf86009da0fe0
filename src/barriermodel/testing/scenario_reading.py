"""Reads scenarios from TOML files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any

import attrs
import cattrs

from barriermodel import UNKNOWN, BarrierModel, Evidence, InputError, Interval, Level, Registry
from barriermodel.analysis.expressions import ENTITIES
from barriermodel.analysis.facts import FactField, fact_fields
from barriermodel.analysis.files import check_ordinary, read_given, read_inside
from barriermodel.analysis.reading import evidence_item, flatten_errors, new_converter, structure
from barriermodel.analysis.text import TextOrStr, same_in_both, suggest
from barriermodel.plugin import EvidenceKind, Problem, parse_toml

from .baseline import baseline_draft
from .dossier_draft import Draft, field_of
from .evaluation_context import EvaluationContext
from .models import model_of, single_barrier_model
from .oracle import Expected
from .scenario import Scenario, Suite


@attrs.frozen(kw_only=True)
class StatedFacts:
    """How a dossier differs from another, as a file states it.

    Args:
        facts: facts that are set, by id.
        unknown: ids of facts that become unknown.
        without: kinds without evidence.
        issued_on: dates of evidence, by kind.
        evidence: further items.

    """

    facts: dict[str, Any] = attrs.field(factory=dict)
    unknown: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    issued_on: dict[str, date] = attrs.field(factory=dict)
    evidence: tuple[Evidence, ...] = ()


@attrs.frozen(kw_only=True)
class _Entry(StatedFacts):
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
    clear: StatedFacts | None = None
    scenarios: tuple[_Entry, ...]

    def __attrs_post_init__(self) -> None:
        if (self.profile is None) == (self.barrier is None):
            raise ValueError("name what it is about: profile or barrier, exactly one of them")
        if not self.scenarios:
            raise ValueError("a file of scenarios has at least one [[scenarios]]")


@attrs.frozen(eq=False, slots=False)
class SuiteFile:
    """A TOML file of scenarios that could be read; the suite is made when it is first asked for."""

    path: Path
    registry: Registry
    file: _File

    @cached_property
    def suite(self) -> Suite:
        """Its scenarios. Raises :class:`~barriermodel.InputError` with every problem and its key path."""
        about = self.file.profile or self.file.barrier or ""
        if self.file.barrier:
            model = single_barrier_model(about, self.registry)
        elif about.endswith(".toml"):  # a profile in the same folder
            beside = self.path.parent / about
            check_ordinary(beside)
            model = model_of(beside, self.registry)
        else:
            model = model_of(about, self.registry)
        return _suite(self.file, about, model, str(self.path))


def read_suites(*paths: Path, registry: Registry | None = None) -> list[SuiteFile]:
    """Read files of scenarios, and of each folder all its TOML files, sorted.

    Raises:
        InputError: a file cannot be read, or there is none.

    """
    registry = registry or Registry.discover()
    found: list[SuiteFile] = []
    for path in paths:
        if not os.path.isdir(path):
            found.append(_read(path, read_given(path, str(path), InputError), registry))
            continue
        inside = sorted(path.glob("*.toml"))
        found += [_read(file, read_inside(file, path, str(file), InputError), registry) for file in inside]
    if not found:
        raise InputError.one(str(paths[0]), "there is no scenario in this folder: it has no .toml file")
    return found


def read_scenarios(path: str | PathLike[str], registry: Registry | None = None) -> Suite:
    """Read the scenarios of a TOML file.

    Args:
        path: the file; a profile that it names with ``.toml`` is looked up beside it.
        registry: the plugins whose barriers and profiles it may be about; by default those that are installed.

    Raises:
        InputError: with every problem and its key path.

    >>> read_scenarios("scenarios/nothing.toml")
    Traceback (most recent call last):
    ...
    barriermodel.errors.InputError: scenarios/nothing.toml: ...

    """
    return _read(path, read_given(path, str(path), InputError), registry or Registry.discover()).suite


def _read(path: str | PathLike[str], raw: bytes, registry: Registry) -> SuiteFile:
    data = parse_toml(raw, str(path), InputError)
    file = structure(_converter(registry.kinds), data, _File, str(path), InputError)
    return SuiteFile(Path(path), registry, file)


def _suite(file: _File, about: str, model: BarrierModel, where: str) -> Suite:
    context = EvaluationContext.of(model, file.as_of)
    reading = _Reading(context.kinds)
    if file.clear is None:
        clear = baseline_draft(context)[0]
    else:
        clear = reading.changed(Draft(as_of=context.as_of), file.clear, "clear")
    scenarios = [
        Scenario(
            name=same_in_both(entry.name) if isinstance(entry.name, str) else entry.name,
            draft=reading.changed(_on(clear, entry.as_of), entry, f"scenarios[{i}]"),
            expect=entry.expect, rule=entry.rule, decides=entry.decides,
        )
        for i, entry in enumerate(file.scenarios)
    ]  # fmt: skip
    rules = {rule.id for rule in context.rules()}
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
    """Applies what a file states to a draft, and collects the problems of the whole file."""

    def __init__(self, kinds: Mapping[str, EvidenceKind]) -> None:
        self.kinds = kinds
        self.problems: list[Problem] = []
        self.converter = new_converter()

    def changed(self, draft: Draft, change: StatedFacts, path: str) -> Draft:
        """The draft with what is stated."""
        for place in ("without", "issued_on"):
            for kind in getattr(change, place):
                self._known(kind, self.kinds, f"{path}.{place}", "kind of evidence")
        for kind in change.without:
            draft = draft.without_kind(kind)
        extra = (*draft.extra, *change.evidence)
        if len({item.id for item in extra}) < len(extra):
            self.problems.append(Problem(f"{path}.evidence", "two items have one id"))
        draft = attrs.evolve(draft, extra=extra, issued_on={**draft.issued_on, **change.issued_on})
        values: dict[str, Any] = {id: self._value(id, v, f'{path}.facts."{id}"') for id, v in change.facts.items()}
        for id in change.unknown:
            self._known(id, list(self._facts()), f"{path}.unknown", "fact")
            values[id] = UNKNOWN
        return draft.with_facts(values)

    def _value(self, id: str, raw: Any, path: str) -> Any:
        field = field_of(id, self.kinds)
        if field is None:
            self._known(id, list(self._facts()), path, "fact")
            return UNKNOWN
        try:
            return field.validate(self.converter.structure(raw, _hint(field)))
        except Exception as error:  # whatever fails is a problem of the file
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
