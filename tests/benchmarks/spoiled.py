"""One mistake in the engine, the oracle or the interpreter, put there for a run of pytest: see ``spoil_engine.py``.

``BARRIERMODEL_SPOIL="compiler: < became >" pytest -p spoiled ...`` with this folder on ``PYTHONPATH``. Names are replaced
before the modules that use them are imported, so nothing is written and nothing is left behind.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import attrs

from barriermodel import UNKNOWN, Dossier, Evidence, Interval, Level, Status
from barriermodel.rules import compiled, expression, interpreter, levels, trace
from barriermodel.rules.expression import Constant, Named, Node, Operation
from barriermodel.testing import usable as plain_selection

Spoil = Callable[[], None]
MUTANTS: dict[str, tuple[Spoil, str]] = {}
"""What each mistake does, and the plugin with which it is tried: one in which its operation occurs, if any does."""
SIGNS = {**expression.COMPARISONS, "add": "+", "sub": "-", "mul": "*", "and": "&", "or": "|"}


def mutant(name: str, plugin: str, spoil: Spoil) -> None:
    assert name not in MUTANTS, name
    MUTANTS[name] = spoil, plugin


# The compiler -----------------------------------------------------------------------------------------


def compiling(change: Callable[[Operation], Node]) -> Spoil:
    """The compiler gets rules in which an operation is another; everyone else gets them as they are."""
    compile_rules = compiled.compile_rules

    def rewritten(node: Node) -> Node:
        if isinstance(node, Named):
            return attrs.evolve(node, node=rewritten(node.node))
        if isinstance(node, Operation):
            return change(attrs.evolve(node, args=tuple(map(rewritten, node.args))))
        return node

    def spoiled(name: str, rules: Iterable[Any], sources: Any) -> Any:
        changed = [
            attrs.evolve(rule, hits_if=rewritten(rule.hits_if), applies=rule.applies and rewritten(rule.applies))
            for rule in rules
        ]
        return compile_rules(name, changed, sources)

    return lambda: setattr(compiled, "compile_rules", spoiled)


def instead(op: str, change: Callable[[Operation], Node]) -> Spoil:
    return compiling(lambda node: change(node) if node.op == op else node)


def other(op: str, wrong: str) -> Spoil:
    return instead(op, lambda node: attrs.evolve(node, op=wrong))


def statuses(change: dict[Status, Status]) -> Spoil:
    """The compiled code gives one status for another."""
    bind = compiled.Compiled.bind

    def spoiled(self: Any, parameters: Any) -> Any:
        evaluate = bind(self, parameters)
        return lambda *given: tuple(change.get(Status(code), Status(code)).value for code in evaluate(*given))

    return lambda: setattr(compiled.Compiled, "bind", spoiled)


def replaced(owner: Any, name: str, value: Any) -> Spoil:
    return lambda: setattr(owner, name, value)


PLUGIN = {
    "lt": "financial", "le": "quality", "gt": "financial", "ge": "exclusion", "eq": "integrity", "ne": "kvk", "add": "financial",
    "sub": "", "mul": "", "and": "kvk", "or": "kvk",
}  # fmt: skip
CONFUSED = {
    "lt": ("le", "gt"), "le": ("lt", "ge"), "gt": ("ge", "lt"), "ge": ("gt", "le"), "eq": ("ne",), "ne": ("eq",),
    "add": ("sub",), "sub": ("add",), "mul": ("add",), "and": ("or",), "or": ("and",),
}  # fmt: skip
for op, wrongs in CONFUSED.items():
    for wrong in wrongs:
        mutant(f"compiler: {SIGNS[op]} became {SIGNS[wrong]}", PLUGIN[op], other(op, wrong))


def _without_last(node: Operation) -> Node:
    return attrs.evolve(node, args=node.args[:-1])


def _more(node: Operation) -> Node:
    day, count = node.args
    return attrs.evolve(node, args=(day, Operation("add", (count, Constant(1, int)), int)))


def _back(node: Operation) -> Node:
    day, count = node.args
    return attrs.evolve(node, args=(day, Operation("sub", (Constant(0, int), count), int)))


def _to_28(day: Any, count: Any) -> Any:
    found = interpreter.OPERATIONS["add_months"](day, count)
    return found if found is UNKNOWN else found.replace(day=min(found.day, 28))


choices_of = compiled._choices
for name, plugin, spoil in (
    ("& forgets its last part", "kvk", instead("and", _without_last)),
    ("| forgets its last part", "kvk", instead("or", _without_last)),
    ("not is dropped", "kvk", instead("not", lambda node: node.args[0])),
    ("ratio is turned round", "financial", instead("ratio", lambda node: attrs.evolve(node, args=node.args[::-1]))),
    ("ratio became *", "financial", other("ratio", "mul")),
    ("add_months adds one more", "kvk", instead("add_months", _more)),
    ("add_months goes back", "kvk", instead("add_months", _back)),
    ("add_months ends a month on the 28th", "", replaced(compiled, "add_months_to", _to_28)),
    ("one_of is turned round", "staff", instead("one_of", lambda node: Operation("not", (node,), bool))),
    ("one_of forgets its first choice", "staff", replaced(compiled, "_choices", lambda v: choices_of(v[1:]))),
    ("one_of forgets its last choice", "staff", replaced(compiled, "_choices", lambda v: choices_of(v[:-1]))),
    ("too large a number is a number", "", replaced(compiled, "_bounded", lambda value: value)),
    ("unknown is clear", "kvk", statuses({Status.OPEN: Status.CLEAR})),
    ("unknown is a hit", "kvk", statuses({Status.OPEN: Status.HIT})),
    ("not applicable is clear", "", statuses({Status.NOT_APPLICABLE: Status.CLEAR})),
    ("not applicable is open", "financial", statuses({Status.NOT_APPLICABLE: Status.OPEN})),
    ("clear is a hit", "kvk", statuses({Status.CLEAR: Status.HIT})),
    ("a hit is clear", "kvk", statuses({Status.HIT: Status.CLEAR})),
):
    mutant(f"compiler: {name}", plugin, spoil)


# How rules, stages and the advice are combined ----------------------------------------------------------


def running(spoil: Callable[[Any], None]) -> Spoil:
    """Spoils the module that runs a profile."""

    def spoiled() -> None:
        from barriermodel.pipeline import run

        spoil(run)

    return spoiled


def ends(low: tuple[Status, ...], high: tuple[Status, ...], pick: Any = max) -> Spoil:
    """A worst stage takes the levels of these statuses for its two ends."""

    def spoiled(codes: Any, own: Any) -> tuple[int, int]:
        def level(wanted: tuple[Status, ...]) -> int:
            return int(pick([own for code, own in zip(codes, own, strict=True) if code in wanted], default=0))

        return level(low), max(level(low), level(high))

    return replaced(levels, "ends", spoiled)


def counting(change: Callable[[Any, int], int]) -> Spoil:
    """The level that so many hits or points make."""
    return running(lambda run: setattr(run, "counted", change))


def _level(orange: bool, red: bool) -> int:
    return (Level.RED if red else Level.ORANGE if orange else Level.GREEN).value


def _over(stage: Any, number: int) -> int:
    return _level(number > stage.stage.combine.orange, number > stage.stage.combine.red)


def _never_red(stage: Any, number: int) -> int:
    return _level(number >= stage.stage.combine.orange, False)


def _turned_round(stage: Any, number: int) -> int:
    return _level(number >= stage.stage.combine.red, number >= stage.stage.combine.orange)


def stage_ends(weigh: bool, count_open: bool, by: str) -> Spoil:
    """A stage that counts (or adds points) weighs its rules or not, and counts open ones for its upper end or not."""

    def spoil(run: Any) -> None:
        as_it_was = run._Stage.ends

        def spoiled(self: Any, codes: tuple[int, ...]) -> tuple[int, int]:
            if self.stage.stage.combine.by.value != by:
                return as_it_was(self, codes)
            weights = self.weights if weigh else [1] * len(codes)
            hits = sum(w for w, code in zip(weights, codes, strict=True) if code == Status.HIT)
            opens = sum(w for w, code in zip(weights, codes, strict=True) if code == Status.OPEN)
            return run.counted(self.stage, hits), run.counted(self.stage, hits + (opens if count_open else 0))

        run._Stage.ends = spoiled

    return running(spoil)


GREEN = Interval(Level.GREEN, Level.GREEN)
worst = levels.worst


def _first(intervals: Iterable[Interval]) -> Interval:
    return next(iter(intervals), GREEN)


def _mildest(intervals: Iterable[Interval]) -> Interval:
    return min(intervals, key=lambda one: (one.at_most, one.at_least), default=GREEN)


def advising(pick: Callable[[Any], Any]) -> Spoil:
    """The advice takes its ends from the stages otherwise than by the maximum."""

    def spoiled() -> None:
        from barriermodel.pipeline import assessment

        vars(assessment)["max"] = pick

    return spoiled


def _excluding(level: int) -> Spoil:
    return running(lambda run: setattr(run, "_EXCLUDE", level))


HIT, OPEN = Status.HIT, Status.OPEN
for name, plugin, spoil in (
    ("every interval is green", "kvk", replaced(levels, "interval", lambda *_: GREEN)),
    ("worst became mildest", "kvk", ends((HIT,), (HIT, OPEN), min)),
    ("worst forgets open rules", "kvk", ends((HIT,), (HIT,))),
    ("worst counts open rules as certain", "kvk", ends((HIT, OPEN), (HIT, OPEN))),
    ("the advice is that of the first stage", "twente", advising(lambda found: found[0])),
    ("the advice is that of the mildest stage", "twente", advising(min)),
    ("moments and concerns take the first", "twente", replaced(levels, "worst", _first)),
    ("moments and concerns take the mildest", "twente", replaced(levels, "worst", _mildest)),
    ("count and points: >= became >", "regions", counting(_over)),
    ("count and points: never red", "regions", counting(_never_red)),
    ("count and points: orange and red turned round", "regions", counting(_turned_round)),
    ("count forgets open rules", "regions", stage_ends(True, False, "count")),
    ("points forget open rules", "", stage_ends(True, False, "points")),
    ("points forget weights", "", stage_ends(False, True, "points")),
    ("exclusion does not stop", "twente", _excluding(99)),
    ("red stops as well", "twente", _excluding(Level.RED.value)),
):
    mutant(f"combining: {name}", plugin, spoil)


# Selection --------------------------------------------------------------------------------------------

DAY = timedelta(days=1)


def selecting(change: Callable[[Dossier], Iterable[Evidence]]) -> Spoil:
    """Evidence is chosen as if the dossier held other items."""

    def spoil() -> None:
        from barriermodel.pipeline import selection

        select = selection.select
        selection.select = lambda dossier, kinds: select(attrs.evolve(dossier, evidence=tuple(change(dossier))), kinds)

    return spoil


def each(change: Callable[[Evidence, date], Evidence | None]) -> Spoil:
    return selecting(lambda d: [item for one in d.evidence if (item := change(one, d.as_of)) is not None])


def _moved(item: Evidence, days: int, as_of: date) -> Evidence:
    day = None if item.date is None else item.date + days * DAY
    return item if day is None or (days > 0 and day > as_of) else attrs.evolve(item, issued_on=day)


def _key(item: Evidence) -> Any:
    return getattr(item.facts, item.kind.one_per) if item.kind.one_per else None


def _place(item: Evidence) -> tuple[str, Any]:
    return item.kind.id, _key(item)


def _counts(item: Evidence, dossier: Dossier) -> bool:
    about = item.about is None or item.about in dossier.provider.identifiers
    return about and item.date is not None and item.date <= dossier.as_of


def _first_of(key: Callable[[Evidence], Any], order: Callable[[Evidence], Any]) -> Spoil:
    """Of the items that count for one key, only the first in some order."""

    def change(dossier: Dossier) -> Iterator[Evidence]:
        found: dict[Any, Evidence] = {}
        for item in sorted((one for one in dossier.evidence if _counts(one, dossier)), key=order):
            found.setdefault(key(item), item)
        yield from (item for item in dossier.evidence if not _counts(item, dossier) or found[key(item)] is item)

    return selecting(change)


def _in_force(item: Evidence, as_of: date) -> Evidence | None:
    return item if item.date is None or plain_selection._in_force(item, as_of) else None


def _of_today(item: Evidence, as_of: date) -> Evidence | None:
    return None if item.date == as_of else item


def _of_tomorrow(item: Evidence, as_of: date) -> Evidence:
    return attrs.evolve(item, issued_on=as_of) if item.date and item.date > as_of else item


def _until(days: int) -> Spoil:
    return each(lambda item, _: attrs.evolve(item, valid_until=item.valid_until and item.valid_until + days * DAY))


def _ageless(item: Evidence, as_of: date) -> Evidence:
    expired = (
        item.date is not None and item.date <= as_of and _in_force(attrs.evolve(item, valid_until=None), as_of) is None
    )
    return attrs.evolve(item, issued_on=as_of) if expired else item


def _later_key_first(item: Evidence) -> Any:
    key = _key(item)
    return (0, 0) if type(key) is not int else (1, key)


for name, plugin, spoil in (
    ("valid_until is not looked at", "kvk", each(lambda item, _: attrs.evolve(item, valid_until=None))),
    ("the last day of valid_until does not count", "kvk", _until(-1)),
    ("valid_until counts a day too long", "kvk", _until(1)),
    ("valid_for is not looked at", "kvk", each(_ageless)),
    ("the last day of valid_for does not count", "kvk", each(lambda item, as_of: _moved(item, -1, as_of))),
    ("valid_for counts a day too long", "kvk", each(lambda item, as_of: _moved(item, 1, as_of))),
    ("an expired item is replaced by an older one", "kvk", each(_in_force)),
    ("the oldest item counts", "kvk", _first_of(_place, lambda item: item.date)),
    ("an item of today does not count", "kvk", each(_of_today)),
    ("an item of tomorrow counts", "kvk", each(_of_tomorrow)),
    ("an item about someone else counts", "kvk", each(lambda item, _: attrs.evolve(item, about=None))),
    ("of contradicting items the first counts", "kvk", _first_of(lambda i: (_place(i), i.date), lambda item: item.id)),
    ("an item without its key is not there", "financial", each(lambda i, _: None if _key(i) is UNKNOWN else i)),
    ("the earliest key is the latest", "financial", _first_of(lambda item: item.kind.id, _later_key_first)),
):
    mutant(f"selection: {name}", plugin, spoil)


# The interpreter and the oracle -------------------------------------------------------------------------


def meaning(op: str, wrong: Callable[..., Any]) -> Spoil:
    return lambda: interpreter.OPERATIONS.__setitem__(op, wrong)


def applying(change: Callable[[str, list[Any], Any], Any]) -> Spoil:
    apply = interpreter.apply

    def spoiled(op: str, values: list[Any]) -> Any:
        return change(op, values, apply(op, values))

    def spoil() -> None:
        interpreter.apply = spoiled
        trace.apply = spoiled

    return spoil


def _unknown_is_false(op: str, values: list[Any], value: Any) -> Any:
    return False if value is UNKNOWN and (op in expression.COMPARISONS or op == "one_of") else value


MEANING = dict(interpreter.OPERATIONS)
for op, wrongs in CONFUSED.items():
    if op not in expression.LOGIC:
        for wrong in wrongs:
            mutant(f"interpreter: {SIGNS[op]} became {SIGNS[wrong]}", PLUGIN[op], meaning(op, MEANING[wrong]))
for name, plugin, spoil in (
    ("& became |", "kvk", applying(lambda op, values, value: MEANING_OF_OR(values) if op == "and" else value)),
    ("| became &", "kvk", applying(lambda op, values, value: MEANING_OF_AND(values) if op == "or" else value)),
    ("not is dropped", "kvk", applying(lambda op, values, value: values[0] if op == "not" else value)),
    ("ratio is turned round", "financial", meaning("ratio", lambda a, b: MEANING["ratio"](b, a))),
    ("add_months adds one more", "kvk", meaning("add_months", lambda day, n: MEANING["add_months"](day, n + 1))),
    ("add_months ends a month on the 28th", "", meaning("add_months", _to_28)),
    ("one_of forgets its last choice", "staff", meaning("one_of", lambda x, *c: MEANING["one_of"](x, *c[:-1]))),
    ("too large a number is a number", "", replaced(interpreter, "_kept", lambda value: value)),
    ("unknown is false", "kvk", applying(_unknown_is_false)),
):
    mutant(f"interpreter: {name}", plugin, spoil)


def MEANING_OF_OR(values: list[Any]) -> Any:  # it stands beside MEANING
    return True if True in values else UNKNOWN if UNKNOWN in values else False


def MEANING_OF_AND(values: list[Any]) -> Any:
    return False if False in values else UNKNOWN if UNKNOWN in values else True


spoiling = os.environ.get("BARRIERMODEL_SPOIL")
if spoiling:
    MUTANTS[spoiling][0]()


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Tests outside classes first: they are quick, and a run ends at its first failure."""
    items.sort(key=lambda item: item.cls is not None)
