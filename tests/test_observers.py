"""An observer is told of each assessment; whatever it does reaches nobody."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest

from barriermodel import (
    Assessment,
    BarrierModel,
    Evidence,
    Level,
    Registry,
)
from faulty import ERRORS, raises
from region import (
    Team,
    dossier,
    flag_rules,
    item,
    plugin,
    profile,
    stage,
)


def watched(*observers: Callable[..., Any], evidence: Evidence | None = None) -> Assessment:
    made, kinds = flag_rules("test.one", Level.RED)
    registry = Registry()
    for number, observer in enumerate(observers):
        registry.add(plugin(name=f"o{number}", barriermodel_assessed=observer))
    registry.add(plugin(made, kinds=[Team]))
    found = [item(kinds[0](on=True)), *([evidence] if evidence else [])]
    return BarrierModel(profile(stage("s", "test.one")), registry).assess(dossier(*found))


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_whatever_an_observer_raises_is_logged_in_one_line(
    error: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    found = watched(lambda assessment: raises(error)())

    assert found.advice.at_least is Level.RED
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.getMessage().startswith(f"o0 failed when told of an assessment: {type(error).__name__}")
    assert "Traceback" not in caplog.text


def test_of_what_it_raises_only_the_sort_is_logged_where_evidence_is_confidential(
    caplog: pytest.LogCaptureFixture,
) -> None:
    watched(lambda assessment: raises(ValueError("geheim"))(), evidence=item(Team(complete=True), "secret"))

    assert caplog.messages == ["o0 failed when told of an assessment: ValueError"]


def test_an_interrupt_stops_the_program_wherever_it_comes() -> None:
    with pytest.raises(KeyboardInterrupt):
        watched(lambda assessment: raises(KeyboardInterrupt())())


def _sets(name: str, value: Any) -> Callable[[Any], None]:
    return lambda assessment: setattr(assessment, name, value)


def _changes_results(assessment: Any) -> None:
    for rule in assessment.rules:
        rule.status = 0
        rule.facts = ()
    for found in assessment.stages:
        found.interval = None
    for selected in assessment.evaluation.selection.values():
        selected.facts, selected.cited = None, ()


@pytest.mark.parametrize(
    "changes",
    [
        _sets("advice", "green"), _sets("run", None), _sets("stages", ()), _sets("explain", str), _changes_results,
        lambda assessment: setattr(assessment.evaluation, "ends", ()),
        lambda assessment: setattr(assessment.evaluation.resolved, "stages", ()),
        lambda assessment: setattr(assessment.evaluation.dossier, "evidence", ()),
        lambda assessment: assessment.evaluation.selection.clear(),
        lambda assessment: assessment.evaluation.outcomes.update(a=1),
        lambda assessment: assessment.evaluation.parameters.clear(),
        lambda assessment: assessment.moments.clear(),
        lambda assessment: assessment.concerns.clear(),
        lambda assessment: assessment.evaluation.resolved.kinds.clear(),
        lambda assessment: assessment.evaluation.resolved.stages[0].barriers[0].parameters.clear(),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore")
def test_what_an_observer_changes_reaches_nobody(changes: Callable[[Any], None]) -> None:
    later: list[Assessment] = []

    def sees(assessment: Assessment) -> None:
        later.append(assessment)

    found = watched(changes, sees)
    alone = watched()

    assert found.explain() == later[0].explain() == alone.explain()
    data, wanted = found.to_dict(), alone.to_dict()
    assert data == wanted == later[0].to_dict()
    assert found.advice.at_least is Level.RED


def test_what_other_threads_print_meanwhile_stays_where_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    inside, printed = threading.Event(), threading.Event()

    def waits(assessment: Any) -> None:
        inside.set()
        printed.wait(10)
        print("of the plugin")

    stdout = sys.stdout
    thread = threading.Thread(target=watched, args=(waits,))
    thread.start()
    inside.wait(10)
    print("of the program")
    printed.set()
    thread.join()

    assert capsys.readouterr() == ("of the program\n", "of the plugin\n")
    assert sys.stdout is stdout
