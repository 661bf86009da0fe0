"""Rule coverage for pytest: which conditions of which rules decided the advice in a test run, and with which value.

Load it with ``pytest -p barriermodel.testing.coverage --rule-coverage`` (or ``pytest_plugins`` in ``conftest.py``).
Every assessment of the run is looked at, whichever test makes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import attrs
import pytest

from barriermodel import UNKNOWN, Assessment, BarrierModel, Dossier, Status
from barriermodel.analysis.expressions import FactRef, Parameter, evaluate
from barriermodel.analysis.results import Engine, Evaluation, value_of

from .conditions import TRUTHS, Atom, Place, atoms
from .oracle import decides_advice

_Key: TypeAlias = tuple[str, Place]
_WORDS = {True: "true", False: "false", UNKNOWN: "unknown"}


@attrs.define(eq=False)
class Coverage:
    """What has decided so far: per rule and condition, the values with which it did."""

    found: dict[_Key, set[Any]] = attrs.field(factory=dict)
    called: dict[_Key, str] = attrs.field(factory=dict)
    _atoms: dict[Engine, list[tuple[int, Atom]]] = attrs.field(factory=dict)
    _seen: set[Any] = attrs.field(factory=set)

    def look(self, engine: Engine, run: Evaluation) -> None:
        """Look at one assessment."""
        if engine not in self._atoms:
            self._atoms[engine] = list(self._known(engine))

        def lookup(leaf: FactRef | Parameter) -> Any:
            return value_of(run, leaf)

        codes = tuple(
            own if own is not None else (Status.CLEAR.value,) * len(stage.rules)
            for own, stage in zip(run.statuses, engine.resolved.stages, strict=True)
        )
        examined = [(n, a) for n, a in self._atoms[engine] if run.statuses[n] is not None]
        values = tuple(evaluate(atom.node, lookup) for _, atom in examined)
        if (engine, codes, values) in self._seen:
            return
        self._seen.add((engine, codes, values))
        for (_, atom), value in zip(examined, values, strict=True):
            if decides_advice(engine.resolved, codes, atom, lookup):
                self.found[_key(atom)].add(value)

    def _known(self, engine: Engine) -> Iterable[tuple[int, Atom]]:
        for index, stage in enumerate(engine.resolved.stages):
            for rule in stage.rules:
                for number, atom in enumerate(atoms(rule), 1):
                    facts = ", ".join(fact.id for fact in atom.facts)
                    self.called[_key(atom)] = f"{number} ({facts})"
                    self.found.setdefault(_key(atom), set())
                    yield index, atom

    def rows(self, prefix: str) -> list[tuple[str, str, set[Any]]]:
        """Rule, condition and deciding values, of the rules whose ids begin so, in the order of their ids."""
        keys = sorted((key for key in self.found if key[0].startswith(prefix)), key=lambda k: (k[0], self.called[k]))
        return [(key[0], self.called[key], self.found[key]) for key in keys]


def _key(atom: Atom) -> _Key:
    return atom.rule.id, atom.place


def share(rows: list[tuple[str, str, set[Any]]]) -> float:
    """The share of conditions and values that decided; 1 where there are no conditions."""
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
    """Look at every assessment from now on."""
    if config.getoption("--rule-coverage") is None:
        return
    coverage = config.stash[_COVERAGE] = Coverage()
    assess = BarrierModel.assess

    def watched(model: BarrierModel, dossier: Dossier) -> Assessment:
        assessment = assess(model, dossier)
        coverage.look(model.engine, assessment.evaluation)
        return assessment

    patch = pytest.MonkeyPatch()
    patch.setattr(BarrierModel, "assess", watched)
    config.add_cleanup(patch.undo)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run where too little decided."""
    coverage = session.config.stash.get(_COVERAGE, None)
    if coverage is not None and _too_little(coverage, session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _too_little(coverage: Coverage, config: pytest.Config) -> bool:
    return share(coverage.rows(_prefix(config))) * 100 < _minimum(config)


def _prefix(config: pytest.Config) -> str:
    return str(config.getoption("--rule-coverage"))


def _minimum(config: pytest.Config) -> float:
    minimum: float = config.getoption("--rule-coverage-min") or 0.0
    return minimum


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the table."""
    coverage = config.stash.get(_COVERAGE, None)
    if coverage is None:
        return
    rows = coverage.rows(_prefix(config))
    terminalreporter.section("rule coverage: what decided the advice")
    width = max((len(f"{rule} {called}") for rule, called, _ in rows), default=0)
    for rule, called, values in rows:
        cells = "  ".join((_WORDS[truth] if truth in values else "–").ljust(7) for truth in TRUTHS)
        terminalreporter.write_line(f"{f'{rule} {called}'.ljust(width)}  {cells}".rstrip())
    line = f"{share(rows):.0%} of {len(rows)} conditions, each true, false and unknown"
    if _too_little(coverage, config):
        terminalreporter.write_line(
            f"{line}: less than the {_minimum(config):g}% that --rule-coverage-min asks", red=True
        )
    else:
        terminalreporter.write_line(line)
