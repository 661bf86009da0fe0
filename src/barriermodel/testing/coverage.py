"""Rule coverage for pytest: which conditions of which rules decided the advice in a test run, and with which value.

A line of Python is covered when it runs. A condition of a rule always runs, so that says nothing; it is covered here
when it *decides*: with another value of this one condition the advice would change. A suite in which every condition
decides while true, while false and while unknown notices a mistake in any of them.

Load it with ``pytest -p barriermodel.testing.coverage --rule-coverage`` (or ``pytest_plugins`` in ``conftest.py``).
Every assessment of the run counts, in whichever test it is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import attrs
import pytest

from barriermodel import UNKNOWN, Assessment, BarrierModel, Dossier, Status
from barriermodel.analysis.expressions import evaluate
from barriermodel.analysis.results import Engine, Evaluation, lookup_in

from .conditions import TRUTH_VALUES, Condition, Place, conditions
from .oracle import decides_advice

_Key: TypeAlias = tuple[str, Place]
_NAMES = {True: "true", False: "false", UNKNOWN: "unknown"}


@attrs.define(eq=False)
class Coverage:
    """What has decided so far.

    Args:
        prefix: how the ids of the rules begin that are looked at.
        found: the values with which each condition decided, by its rule and place.
        called: the number and facts of each condition, for the report.

    """

    prefix: str
    found: dict[_Key, set[Any]] = attrs.field(factory=dict)
    called: dict[_Key, str] = attrs.field(factory=dict)
    _conditions: dict[Engine, list[tuple[int, Condition]]] = attrs.field(factory=dict)
    _seen: set[Any] = attrs.field(factory=set)

    def record(self, engine: Engine, evaluation: Evaluation) -> None:
        """Add the conditions that decide in one assessment."""
        if engine not in self._conditions:
            self._conditions[engine] = list(self._conditions_of(engine))

        # values as this assessment had them, derived facts included, and not computed once more
        lookup = lookup_in(evaluation)

        # a stage that was not examined has no statuses; all clear adds nothing to the advice either
        statuses = tuple(
            own if own is not None else (Status.CLEAR.value,) * len(stage.rules)
            for own, stage in zip(evaluation.statuses, engine.resolved.stages, strict=True)
        )
        examined = [(n, condition) for n, condition in self._conditions[engine] if evaluation.statuses[n] is not None]
        values = tuple(evaluate(condition.node, lookup) for _, condition in examined)
        # Whether a condition decides takes working out the advice for each other value, in each assessment of the run.
        # It depends on nothing but the statuses and these values, and those repeat: the second time is skipped.
        if (engine, statuses, values) in self._seen:
            return
        self._seen.add((engine, statuses, values))
        # each condition by itself, with all others as they are: two that could only change the advice together do not
        for (_, condition), value in zip(examined, values, strict=True):
            if decides_advice(engine.resolved, statuses, condition, lookup):
                self.found[_key(condition)].add(value)

    def _conditions_of(self, engine: Engine) -> Iterable[tuple[int, Condition]]:
        # each is listed from the start, so that the report shows what never decided as well
        for index, stage in enumerate(engine.resolved.stages):
            for rule in (rule for rule in stage.rules if rule.id.startswith(self.prefix)):
                for number, condition in enumerate(conditions(rule), 1):
                    facts = ", ".join(fact.id for fact in condition.facts)
                    self.called[_key(condition)] = f"{number} ({facts})"
                    self.found.setdefault(_key(condition), set())
                    yield index, condition

    def rows(self) -> list[tuple[str, str, set[Any]]]:
        """Rule, condition and deciding values, sorted."""
        keys = sorted(self.found, key=lambda key: (key[0], self.called[key]))
        return [(key[0], self.called[key], self.found[key]) for key in keys]


def _key(condition: Condition) -> _Key:
    return condition.rule.id, condition.place


def share(rows: list[tuple[str, str, set[Any]]]) -> float:
    """The share of conditions and values that decided; 1 if there are no conditions.

    Each condition counts three times: true, false and unknown.
    """
    return sum(len(values) for _, _, values in rows) / (3 * len(rows)) if rows else 1.0


# pytest -----------------------------------------------------------------------------------------------

_COVERAGE = pytest.StashKey[Coverage]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("barriermodel")
    group.addoption(
        "--rule-coverage", nargs="?", const="", metavar="PREFIX",
        help="Report which conditions decided the advice; with a prefix, only of rules whose ids begin so.",
    )  # fmt: skip
    group.addoption(
        "--rule-coverage-min", type=float, default=0.0, metavar="PERCENT",
        help="Fail the run where fewer per cent of conditions and values (true, false, unknown) decided.",
    )  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Record every assessment from now on."""
    if (prefix := config.getoption("--rule-coverage")) is None:
        return
    coverage = config.stash[_COVERAGE] = Coverage(prefix)
    assess = BarrierModel.assess

    def recorded(model: BarrierModel, dossier: Dossier) -> Assessment:
        assessment = assess(model, dossier)
        coverage.record(model.engine, assessment.evaluation)
        return assessment

    # the method itself and not an observer hook: hooks are of a registry, and tests make registries of their own
    patch = pytest.MonkeyPatch()
    patch.setattr(BarrierModel, "assess", recorded)
    config.add_cleanup(patch.undo)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that would pass otherwise, where too few conditions decided."""
    coverage = session.config.stash.get(_COVERAGE, None)
    # a run that fails anyway keeps its own status
    if coverage is not None and _too_little(coverage, session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _too_little(coverage: Coverage, config: pytest.Config) -> bool:
    return share(coverage.rows()) * 100 < _minimum(config)


def _minimum(config: pytest.Config) -> float:
    minimum: float = config.getoption("--rule-coverage-min") or 0.0
    return minimum


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the table."""
    coverage = config.stash.get(_COVERAGE, None)
    if coverage is None:
        return
    rows = coverage.rows()
    terminalreporter.section("rule coverage: what decided the advice")
    width = max((len(f"{rule} {called}") for rule, called, _ in rows), default=0)
    for rule, called, values in rows:
        cells = "  ".join((_NAMES[truth] if truth in values else "–").ljust(7) for truth in TRUTH_VALUES)
        terminalreporter.write_line(f"{f'{rule} {called}'.ljust(width)}  {cells}".rstrip())
    line = f"{share(rows):.0%} of {len(rows)} conditions, each true, false and unknown"
    if _too_little(coverage, config):
        terminalreporter.write_line(
            f"{line}: less than the {_minimum(config):g}% that --rule-coverage-min asks", red=True
        )
    else:
        terminalreporter.write_line(line)
