"""Writes scenarios as TOML, in the form that :func:`~barriermodel.testing.scenario_reading.read_scenarios` reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal

import tomlkit
from tomlkit.items import InlineTable, Table

from barriermodel import Interval
from barriermodel.analysis.expressions import ENTITIES, split_fact_id
from barriermodel.analysis.reading import evidence_as_data, fact_as_data

from .cases import Cases
from .dossier_draft import Draft
from .oracle import Expected
from .scenario import Scenario, Suite


def dump_scenarios(suite: Suite, kind: Literal["profile", "barrier"] = "profile") -> str:
    """Write a suite as TOML; the same text each time.

    Args:
        suite: scenarios that were read, or cases that were generated.
        kind: whether ``suite.about`` is the name of a profile or of a barrier.

    >>> from barriermodel.testing import make_cases, single_barrier_model
    >>> text = dump_scenarios(make_cases(single_barrier_model("nl.kvk"), about="nl.kvk"), "barrier")
    >>> [line for line in text.splitlines() if line.startswith("barrier")]
    ['barrier = "nl.kvk"']

    """
    document = tomlkit.document()
    for line in _head(suite):
        document.add(tomlkit.comment(line))
    document.add(kind, tomlkit.item(suite.about))
    document.add("as_of", tomlkit.item(suite.clear.as_of))
    document.add("clear", _changed(tomlkit.table(), Draft(as_of=suite.clear.as_of), suite.clear))
    scenarios = tomlkit.aot()
    for scenario in suite.scenarios:
        scenarios.append(_scenario(scenario, suite.clear))
    document.add("scenarios", scenarios)
    return tomlkit.dumps(document)


def _head(suite: Suite) -> Iterable[str]:
    yield f"Geschreven door / written by: barriermodel cases {suite.about}"
    yield "Elk geval zegt wat anders is dan in het dossier [clear]."
    yield "Each case says what differs from the dossier [clear]."
    for finding in suite.findings if isinstance(suite, Cases) else ():
        yield from (f"{finding.rule}: {finding.words.nl}.", f"{finding.rule}: {finding.words.en}.")


def _scenario(scenario: Scenario, clear: Draft) -> Table:
    table = tomlkit.table()
    table.add("name", _inline(dict(scenario.name)))
    if scenario.rule is not None:
        table.add("rule", scenario.rule)
    if scenario.decides is not None:
        table.add("decides", scenario.decides)
    if scenario.draft.as_of != clear.as_of:
        table.add("as_of", scenario.draft.as_of)
    _changed(table, clear, scenario.draft)
    table.add("expect", _inline(_expected(scenario.expect)))
    return table


def _changed(table: Table, clear: Draft, draft: Draft) -> Table:
    """Add what differs between two drafts."""
    # TOML can add items but not remove one of several: then all items of the kind are written again
    gone = {item.kind.id for item in clear.extra if item not in draft.extra}
    gone |= {source for source in map(_source, clear.values) if source not in ENTITIES and not draft.facts_of(source)}
    kept = {id: value for id, value in clear.values.items() if _source(id) not in gone}
    facts = {id: _fact(v) for id, v in draft.values.items() if kept.get(id) != v}
    unknown = [id for id in kept if id not in draft.values]
    dates = {kind: day for kind, day in draft.issued_on.items() if clear.issued_on.get(kind) != day}
    if gone:
        table.add("without", sorted(gone))
    if facts:
        table.add("facts", _inline(facts) if clear.values else _table(facts))
    if unknown:
        table.add("unknown", unknown)
    if dates:
        table.add("issued_on", _inline(dates))
    extra = [item for item in draft.extra if item not in clear.extra or item.kind.id in gone]
    if extra:
        table.add("evidence", _value([evidence_as_data(item) for item in extra]))
    return table


def _source(id: str) -> str:
    return split_fact_id(id)[0]


def _fact(value: Any) -> Any:
    return value if isinstance(value, date) else fact_as_data(value)  # TOML has dates of its own


def _expected(expected: Expected) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if isinstance(expected.advice, Interval):
        ends = [expected.advice.at_least.key, expected.advice.at_most.key]
        found["advice"] = ends[0] if expected.advice.decided else ends
    for name in ("hits", "open", "asks"):
        ids = getattr(expected, name)
        if ids is not None:
            found[name] = list(ids)
    return found


def _table(values: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    for key, value in values.items():
        table.add(tomlkit.key([key]), _value(value))
    return table


def _inline(values: Mapping[str, Any]) -> InlineTable:
    table = tomlkit.inline_table()
    for key, value in values.items():
        table.append(key, _value(value))
    return table


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _inline(value)
    if isinstance(value, list):
        array = tomlkit.array()
        array.extend(_value(member) for member in value)
        return array
    return value
