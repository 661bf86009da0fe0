"""Whatever a derived fact or a reader does, its rule is open or its document refused, and nothing gets out."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import threading
import types
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from barriermodel import Assessment, DossierError, Evidence, Level, Registry, Requested, load_dossier
from barriermodel.plugin import Fact
from barriermodel.rules.plugin_code import PLUGIN_CODE
from faulty import ERRORS, Hidden, Shy, raises, reader_with
from region import (
    Extract,
    barrier,
    dossier,
    item,
    model,
    plugin,
)

# When it derives --------------------------------------------------------------------------------------


def outcome(function: Callable[..., Any]) -> tuple[Assessment, str | None]:
    """An assessment with a rule that hits where a derived fact is not true, and the error that is recorded."""
    function.__name__ = "value"
    function.__annotations__ = {"extract": Extract, "return": bool}
    made = barrier("test.faults")
    made.derived(function)

    @made.requirement(level=Level.RED)
    def rule(value: Fact[bool]) -> Fact[bool]:
        return value

    found = model(made).assess(dossier(item(Extract(active=True, staff=3))))
    return found, found.rules[0].error


class TrueToo(int):
    """An int that says of everything that it is so."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_whatever_a_derived_fact_raises_its_rule_is_open(error: BaseException) -> None:
    found, told = outcome(lambda extract: raises(error)() if extract else None)

    assert told is not None
    assert told.startswith(type(error).__name__)
    assert (found.advice.at_least, found.advice.at_most) == (Level.GREEN, Level.RED)
    json.loads(found.to_json())


@pytest.mark.parametrize("given", [TrueToo(1), Shy(), object(), types.SimpleNamespace(), "ja" * 10**6, lambda: True])
def test_what_is_no_value_of_the_fact_is_an_error_as_well(given: Any) -> None:
    found, told = outcome(lambda extract: given if extract else None)

    assert told is not None
    assert len(told) < 400
    assert (found.advice.at_least, found.advice.at_most) == (Level.GREEN, Level.RED)


@pytest.mark.parametrize("hides", [False, True])
def test_a_derived_fact_that_calls_itself_is_named(hides: bool) -> None:
    made = barrier("test.faults")

    @made.derived
    def value(extract: Extract) -> bool:
        try:
            return bool(value(extract))
        except Exception:
            if not hides:
                raise
            return True

    @made.requirement(level=Level.RED)
    def rule(value: Fact[bool]) -> Fact[bool]:
        return value

    found = model(made).assess(dossier(item(Extract(active=True))))

    assert (
        found.rules[0].error
        == "DefinitionError: test.faults.value calls itself; write what it repeats as a function of its own"
    )
    assert found.advice.at_most is Level.RED


def test_two_derived_facts_that_call_each_other_are_named() -> None:
    made = barrier("test.faults")

    @made.derived
    def one(extract: Extract) -> bool:
        return bool(other(extract))

    @made.derived
    def other(extract: Extract) -> bool:
        return bool(one(extract))

    @made.requirement(level=Level.RED)
    def rule(one: Fact[bool]) -> Fact[bool]:
        return one

    found = model(made).assess(dossier(item(Extract(active=True))))

    assert "test.faults.one calls itself" in (found.rules[0].error or "")


@pytest.mark.parametrize("does", ["sys.stdout.close()", "sys.stdout = None"])
def test_a_derived_fact_that_closes_standard_output_closes_nothing(
    does: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def closes(extract: Any) -> bool:
        exec(does, {"sys": sys})
        return extract is not None

    outcome(closes)
    print("still here")

    assert capsys.readouterr() == ("still here\n", "")


def inside_elsewhere() -> Iterator[None]:
    """Another thread goes into code of a plugin; the next step lets it leave."""
    entered, leave = threading.Event(), threading.Event()

    def other() -> None:
        with PLUGIN_CODE:
            entered.set()
            leave.wait(60)

    thread = threading.Thread(target=other)
    thread.start()
    assert entered.wait(60)
    yield
    leave.set()
    thread.join(60)
    yield


def test_what_a_program_prints_to_is_its_own_while_another_thread_leaves_a_plugin() -> None:
    stdout = sys.stdout
    into, other = io.StringIO(), inside_elsewhere()
    next(other)
    with contextlib.redirect_stdout(into):
        next(other)
        assert sys.stdout is into
        with PLUGIN_CODE:
            print("a plugin")
        print("the program")
    with PLUGIN_CODE:
        pass

    assert into.getvalue() == "the program\n"
    assert sys.stdout is stdout


def test_what_a_plugin_prints_is_kept_out_of_what_was_redirected_while_another_is_in_one() -> None:
    stdout = sys.stdout
    into, other = io.StringIO(), inside_elsewhere()
    next(other)
    with contextlib.redirect_stdout(into):
        with PLUGIN_CODE:
            print("a plugin")
        print("the program")
    next(other)

    assert into.getvalue() == "the program\n"
    assert sys.stdout is stdout


def test_a_derived_fact_changes_nothing_of_what_it_is_given() -> None:
    def changes(extract: Any) -> bool:
        object.__setattr__(extract, "staff", 0)
        return True

    found, told = outcome(changes)

    assert told is None
    assert found.evaluation.dossier.evidence[0].facts.staff == 3


# When it reads ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_whatever_a_reader_raises_is_told_of_its_document(tmp_path: Path, error: BaseException) -> None:
    registry = Registry()
    registry.add(plugin(readers=[reader_with(read=raises(error))]))
    (tmp_path / "dossier.toml").write_text(
        'as_of = 2025-06-30\n[provider]\nname = "A"\n[[documents]]\nfile = "a.json"\nreader = "one"\n'
    )
    (tmp_path / "a.json").write_text("{}")

    with pytest.raises(DossierError, match=rf"documents\[0\]: a\.json: reader 'one' failed: {type(error).__name__}"):
        load_dossier(tmp_path, registry)


@pytest.mark.parametrize(
    ("gives", "words"),
    [
        (lambda: [Shy()], "gave a Shy, which is no evidence"),
        (lambda: [Hidden()], "gave a Hidden, which is no evidence"),
        (lambda: None, "failed: TypeError"),
        (lambda: [Evidence(id=5, facts=Extract(active=True))], "ValueError: the id of evidence is text; got a int"),
        (
            lambda: [Evidence(id="", facts=Extract(active=True), issued_on="2025-06-01")],
            "failed: ValueError: issued_on is a date; got a str",
        ),
        (
            lambda: [Evidence(id="", facts=Extract(active=True), valid_until=datetime(2025, 6, 1, tzinfo=UTC))],
            "failed: ValueError: valid_until is a date; got a datetime",
        ),
        (lambda: [Requested(kind="extract", asked_on=5)], "failed: ValueError: asked_on is a date; got a int"),
        (lambda: [Evidence(id="", facts=3)], "failed: ValueError: facts is an instance of an @evidence class"),
    ],
)  # fmt: skip
def test_what_a_reader_gives_is_evidence_or_told(tmp_path: Path, gives: Callable[[], Any], words: str) -> None:
    registry = Registry()
    registry.add(plugin(readers=[reader_with(read=lambda _: gives())], kinds=[Extract]))
    (tmp_path / "dossier.toml").write_text(
        'as_of = 2025-06-30\n[provider]\nname = "A"\n[[documents]]\nfile = "a.json"\nreader = "one"\n'
    )
    (tmp_path / "a.json").write_text("{}")

    with pytest.raises(DossierError, match="reader 'one'") as caught:
        load_dossier(tmp_path, registry)
    assert words in str(caught.value)
