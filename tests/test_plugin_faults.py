"""Whatever a plugin does wrong is told in one sentence: nothing gets out, nothing is printed, nothing turns milder."""

from __future__ import annotations

import enum
import json
import logging
import sys
import threading
import types
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from barriermodel import (
    UNKNOWN,
    Assessment,
    Barrier,
    BarrierModel,
    DefinitionError,
    DossierError,
    Evidence,
    Fact,
    Level,
    Plugin,
    PluginStatus,
    Reader,
    Registry,
    Requested,
    evidence,
    load_dossier,
)
from barriermodel.cli.commands import run
from region import SHORT, Accounts, Answers, Extract, barrier, dossier, flag_rules, item, model, plugin, profile, stage


class Quit(BaseException):
    """No ``Exception``, so that ``except Exception`` lets it through."""


class Mute(Exception):
    def __str__(self) -> str:
        raise Quit


def raises(error: BaseException) -> Callable[..., Any]:
    def function(extract: Any = None) -> Any:
        raise error

    return function


ERRORS = [SystemExit(0), Quit("away"), GeneratorExit(), MemoryError(), RecursionError(), Mute(), StopIteration()]


# When it is loaded ------------------------------------------------------------------------------------


class Hidden:
    """Whatever is asked of it raises."""

    def __getattribute__(self, name: str) -> Any:
        raise Quit(name)


class Shy:
    def __repr__(self) -> str:
        raise Quit

    def __eq__(self, other: object) -> bool:
        raise Quit

    def __hash__(self) -> int:
        raise Quit


class Path_:
    def __fspath__(self) -> str:
        raise Quit


def _twice() -> Iterator[Barrier]:
    made = barrier("test.twice")
    yield made
    yield made


def _midway() -> Iterator[Barrier]:
    yield barrier("test.one")
    raise Quit("midway")


def _one_kind_twice() -> list[type]:
    def make() -> type:
        return evidence("same", title=SHORT, question=SHORT)(
            type("Same", (), {"__annotations__": {"on": Fact[bool]}, "on": UNKNOWN})
        )

    return [make(), make()]


def _reader(**other: Any) -> Reader:
    values: dict[str, Any] = {"id": "one", "title": SHORT, "formats": ("json",), "read": list}
    return Reader(**(values | other))


FAULTS: dict[str, tuple[Callable[[], Any], str]] = {
    "a hook gives None": (lambda: plugin(barriermodel_barriers=lambda: None), "barriermodel_barriers gave None"),
    "another hook too": (lambda: plugin(barriermodel_readers=lambda: None), "barriermodel_readers gave None"),
    "one barrier twice": (lambda: plugin(barriermodel_barriers=_twice), "gave 'test.twice' twice"),
    "one kind twice": (lambda: plugin(kinds=[Answers, Answers]), "Answers'> twice"),
    "one id for two barriers": (lambda: plugin(barrier("t.a"), barrier("t.a")), "two of the barrier 't.a'"),
    "one id for two kinds": (
        lambda: plugin(barriermodel_evidence_kinds=_one_kind_twice), "two of the evidence kind 'same'",
    ),
    "one id for two readers": (lambda: plugin(readers=[_reader(), _reader()]), "two of the reader 'one'"),
    "raises midway": (lambda: plugin(barriermodel_barriers=_midway), "Quit: midway"),
    "gives what cannot be shown": (lambda: plugin(barriermodel_barriers=lambda: [Shy()]), "gave a Shy, which is no"),
    "gives something huge": (lambda: plugin(barriermodel_barriers=lambda: ["x" * 10**6]), "xxx…, which is no Barrier"),
    "a path that raises": (lambda: plugin(barriermodel_profiles=lambda: [Path_()]), "Quit"),
    "hides everything": (Hidden, "Quit"),
    "a reader without an id": (lambda: plugin(barriermodel_readers=lambda: [_reader(id=None)]), "id"),
    "a reader of one format": (lambda: plugin(barriermodel_readers=lambda: [_reader(formats="json")]), "formats"),
    "a reader that reads nothing": (lambda: plugin(barriermodel_readers=lambda: [_reader(read=None)]), "read"),
    "a huge id": (lambda: plugin(barriermodel_barriers=lambda: [barrier("t." + "a" * 10**6)]), "aaa… is not"),
    "an id with an accent": (lambda: plugin(barriermodel_barriers=lambda: [barrier("t.één")]), "is not `<owner>"),
    **{
        f"a hook raises {type(error).__name__}": (
            lambda error=error: plugin(barriermodel_barriers=raises(error)), type(error).__name__,
        )
        for error in ERRORS if not isinstance(error, StopIteration)
    },
}  # fmt: skip


def added(module: object) -> Plugin:
    registry = Registry()
    found = registry.add(module)
    registry.add(plugin(barrier("fine.barrier"), name="fine"))
    assert "fine.barrier" in registry.barriers
    return found


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_plugin_is_broken_and_one_sentence_says_why(name: str) -> None:
    make, words = FAULTS[name]
    found = added(make())

    assert found.status is PluginStatus.BROKEN
    assert words in found.message
    assert found.message.endswith(".")
    assert "\n" not in found.message
    assert len(found.message) < 1200
    assert found.barriers == found.kinds == found.readers == ()


def _kind(**body: Any) -> Any:
    facts = {"__annotations__": {"on": Fact[bool]}, "on": UNKNOWN}
    return evidence("made", title=SHORT, question=SHORT)(type("Made", (), facts | body))


@pytest.mark.parametrize(
    "name", ["__eq__", "__hash__", "__repr__", "__getattribute__", "__attrs_post_init__", "__del__"]
)
def test_an_evidence_class_with_a_special_method_is_refused(name: str) -> None:
    with pytest.raises(
        DefinitionError, match=rf"Made\.{name}: a class of facts has no special methods; take it away\."
    ):
        _kind(**{name: lambda *_: 1})


def test_so_is_one_that_inherits_it() -> None:
    with pytest.raises(DefinitionError, match=r"Made\.__eq__"):
        evidence("made", title=SHORT, question=SHORT)(
            type(
                "Made",
                (type("Base", (), {"__eq__": raises(Quit())}),),
                {"__annotations__": {"on": Fact[bool]}, "on": UNKNOWN},
            )
        )


class OwnEquals(enum.Enum):
    A = "a"

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = enum.Enum.__hash__


class OwnHash(enum.Enum):
    A = "a"

    def __hash__(self) -> int:
        raise Quit


@pytest.mark.parametrize("name", ["één", "a" * 101])
def test_a_rule_has_a_name_that_can_stand_in_a_column(name: str) -> None:
    def rule(extract: Extract) -> Any:
        return extract.active

    rule.__name__ = name
    with pytest.raises(DefinitionError, match="a name in snake_case, of at most 100 letters") as caught:
        barrier("test.names").signal(level=Level.RED, finding=SHORT)(rule)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("words", [OwnEquals, OwnHash])
def test_an_enumeration_that_compares_in_its_own_way_is_no_fact(words: type) -> None:
    with pytest.raises(DefinitionError, match=r"Made\.on: a fact cannot be"):
        _kind(__annotations__={"on": Fact[words]})  # type: ignore[valid-type]


def test_a_list_without_anything_in_it_is_an_answer() -> None:
    assert added(plugin(barriermodel_barriers=lambda: [])).status is PluginStatus.OK


# When it is installed ---------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A place where distributions can be put."""
    place = tmp_path / "site"
    place.mkdir()
    monkeypatch.syspath_prepend(place)

    def install(name: str, source: str, entry_points: bytes | None = None, metadata: str | None = None) -> Path:
        (place / f"{name}.py").write_text(source, encoding="utf-8")
        info = place / f"{name}-1.0.dist-info"
        info.mkdir()
        if metadata != "":
            (info / "METADATA").write_text(metadata or f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_bytes(entry_points or f"[barriermodel]\n{name} = {name}\n".encode())
        monkeypatch.delitem(sys.modules, name, raising=False)
        return info

    return install


EMPTY = "import barriermodel as bm\nBARRIERMODEL_API = 1\n@bm.hookimpl\ndef barriermodel_barriers():\n    return []\n"


@pytest.mark.parametrize("damaged", [b"[barriermodel]\nnonsense\n", b"[barriermodel\xff]\n\xff = \xfe"])
def test_a_damaged_list_of_entry_points_is_told_of_that_plugin_alone(site: Any, damaged: bytes) -> None:
    site("barriermodel_bad", EMPTY, damaged)
    site("x_fine", EMPTY)
    found = {p.name: p for p in Registry.discover().plugins}

    assert found["x_fine"].status is PluginStatus.OK
    bad = found["barriermodel_bad"]
    assert bad.status is PluginStatus.BROKEN
    assert bad.message.startswith("Its entry_points.txt cannot be read (")
    assert bad.message.endswith("Install barriermodel_bad again.")


def test_of_a_distribution_that_is_no_plugin_it_is_nothing_to_us(site: Any, capsys: pytest.CaptureFixture[str]) -> None:
    site("somebody_elses", "", b"[console_scripts]\nnonsense without a sign\n")

    assert run(["plugins"]) == 0
    assert "somebody_elses" not in capsys.readouterr().out


@pytest.mark.parametrize("metadata", ["", "Metadata-Version: 2.1\n"])
def test_a_plugin_without_name_and_version_is_called_by_its_module(site: Any, metadata: str) -> None:
    site("x_nameless", EMPTY, metadata=metadata)
    found = [p for p in Registry.discover().plugins if p.name == "x_nameless"]

    assert [(p.status, p.version, p.label) for p in found] == [(PluginStatus.OK, None, "x_nameless")]


@pytest.mark.parametrize(
    "what", ["raise SystemExit(0)", "raise BaseException('no')", "class E(BaseException): pass\nraise E"]
)
def test_what_it_raises_while_it_is_imported_is_told(site: Any, what: str) -> None:
    site("x_raises", what)
    (found,) = [p for p in Registry.discover().plugins if p.name == "x_raises"]

    assert found.status is PluginStatus.BROKEN
    assert found.message.startswith("Importing x_raises failed: ")


# When it derives --------------------------------------------------------------------------------------


def outcome(function: Callable[..., Any]) -> tuple[Assessment, str | None]:
    """An assessment with a rule that hits where a derived fact is not true, and the error that is recorded."""
    function.__name__ = "value"
    function.__annotations__ = {"extract": Extract, "return": bool}
    made = barrier("test.faults")
    made.derived(function)

    @made.requirement(level=Level.RED, norm=SHORT)
    def rule(value: Fact[bool]) -> Fact[bool]:
        return value

    found = model(made).assess(dossier(item(Extract(active=True, staff=3))))
    return found, next(found.rules).error


class TrueToo(int):
    """An int that says of everything that it is so."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_whatever_a_derived_fact_raises_its_rule_is_open(error: BaseException) -> None:
    found, told = outcome(lambda extract: raises(error)())

    assert told is not None
    assert told.startswith(type(error).__name__)
    assert (found.advice.at_least, found.advice.at_most) == (Level.GREEN, Level.RED)
    json.loads(found.to_json())


@pytest.mark.parametrize("given", [TrueToo(1), Shy(), object(), types.SimpleNamespace(), "ja" * 10**6, lambda: True])
def test_what_is_no_value_of_the_fact_is_an_error_as_well(given: Any) -> None:
    found, told = outcome(lambda extract: given)

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

    @made.requirement(level=Level.RED, norm=SHORT)
    def rule(value: Fact[bool]) -> Fact[bool]:
        return value

    found = model(made).assess(dossier(item(Extract(active=True))))

    assert (
        next(found.rules).error
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

    @made.requirement(level=Level.RED, norm=SHORT)
    def rule(one: Fact[bool]) -> Fact[bool]:
        return one

    found = model(made).assess(dossier(item(Extract(active=True))))

    assert "test.faults.one calls itself" in (next(found.rules).error or "")


@pytest.mark.parametrize("does", ["sys.stdout.close()", "sys.stdout = None"])
def test_a_derived_fact_that_closes_standard_output_closes_nothing(
    does: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def closes(extract: Any) -> bool:
        exec(does, {"sys": sys})
        return True

    outcome(closes)
    print("still here")

    assert capsys.readouterr() == ("still here\n", "")


def test_a_derived_fact_changes_nothing_of_what_it_is_given() -> None:
    def changes(extract: Any) -> bool:
        object.__setattr__(extract, "staff", 0)
        return True

    found, told = outcome(changes)

    assert told is None
    assert found.run.dossier.evidence[0].facts.staff == 3


# When it reads ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_whatever_a_reader_raises_is_told_of_its_document(tmp_path: Path, error: BaseException) -> None:
    registry = Registry()
    registry.add(plugin(readers=[_reader(read=raises(error))]))
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
    registry.add(plugin(readers=[_reader(read=lambda _: gives())], kinds=[Extract]))
    (tmp_path / "dossier.toml").write_text(
        'as_of = 2025-06-30\n[provider]\nname = "A"\n[[documents]]\nfile = "a.json"\nreader = "one"\n'
    )
    (tmp_path / "a.json").write_text("{}")

    with pytest.raises(DossierError, match="reader 'one'") as caught:
        load_dossier(tmp_path, registry)
    assert words in str(caught.value)


# When it is told --------------------------------------------------------------------------------------


def watched(*observers: Callable[..., Any], evidence: Evidence | None = None) -> Assessment:
    made, kinds = flag_rules("test.one", Level.RED)
    registry = Registry()
    for number, observer in enumerate(observers):
        registry.add(plugin(name=f"o{number}", barriermodel_assessed=observer))
    registry.add(plugin(made, kinds=[Accounts]))
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
    for selected in assessment.run.selection.values():
        selected.facts, selected.cited = None, ()


@pytest.mark.parametrize(
    "changes",
    [
        _sets("advice", "green"), _sets("run", None), _sets("stages", ()), _sets("explain", str), _changes_results,
        lambda assessment: setattr(assessment.run, "ends", ()),
        lambda assessment: setattr(assessment.run.plan, "stages", ()),
        lambda assessment: setattr(assessment.run.dossier, "evidence", ()),
        lambda assessment: assessment.run.selection.clear(),
        lambda assessment: assessment.run.outcomes.update(a=1),
        lambda assessment: assessment.run.parameters.clear(),
        lambda assessment: assessment.moments.clear(),
        lambda assessment: assessment.concerns.clear(),
        lambda assessment: assessment.run.plan.kinds.clear(),
        lambda assessment: assessment.run.plan.stages[0].barriers[0].parameters.clear(),
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
    assert found == later[0]
    assert found.advice.at_least is Level.RED


# What it prints ---------------------------------------------------------------------------------------

PRINTS = """
import sys
import barriermodel as bm
print("at import")
BARRIERMODEL_API = 1
short = bm.Text(nl="Kort.", en="Short.")

@bm.evidence("printed", title=short, question=short)
class Printed:
    on: bm.Fact[bool] = bm.UNKNOWN

made = bm.Barrier("prints.much", title=short, concern=bm.Concern.QUALITY)

@made.derived
def said(printed: Printed) -> bool:
    print("in a derived fact")
    sys.stdout.write("and once more\\n")
    sys.stdout.flush()
    return True

@made.signal(level=bm.Level.RED, finding=short)
def rule(said: bm.Fact[bool]) -> bm.Fact[bool]:
    return said

@bm.hookimpl
def barriermodel_barriers():
    print("in a hook")
    yield made

@bm.hookimpl
def barriermodel_readers():
    def read(raw):
        print("in a reader")
        return [bm.Evidence(id="", facts=Printed(on=True))]
    yield bm.Reader(id="printer", title=short, formats=("txt",), read=read)

@bm.hookimpl
def barriermodel_assessed(assessment):
    print("in an observer")
    raise SystemExit(0)
"""
PROFILE = """
id = "prints"
title = { nl = "Drukt af", en = "Prints" }
owner = "tests"
status = "reconstruction"
valid_from = 2020-01-01
[[stages]]
id = "all"
title = { nl = "Alles", en = "All" }
moment = "admission"
barriers = ["prints.much"]
"""
FOLDER = """
as_of = 2026-01-15
[provider]
name = "Verzonnen"
[[documents]]
file = "a.txt"
reader = "printer"
obtained_on = 2026-01-10
"""


def test_what_a_plugin_prints_goes_to_standard_error(
    site: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site("x_prints", PRINTS)
    (tmp_path / "prints.toml").write_text(PROFILE)
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "dossier.toml").write_text(FOLDER)
    (tmp_path / "d" / "a.txt").write_text("x")

    status = run(["assess", str(tmp_path / "d"), "--profile", str(tmp_path / "prints.toml"), "--format", "json"])
    told = capsys.readouterr()

    assert status == 0
    assert json.loads(told.out)["advice"]["at_least"] == "red"
    for words in ("at import", "in a hook", "in a reader", "in a derived fact", "and once more", "in an observer"):
        assert words in told.err
    assert "Traceback" not in told.err


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
