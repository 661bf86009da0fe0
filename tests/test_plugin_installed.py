"""What is installed may be damaged, and print and raise what it likes: it is told of that plugin alone."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from barriermodel import Registry
from barriermodel.analysis.profiles import PluginStatus
from barriermodel.cli.commands import run


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


EMPTY = """from barriermodel.plugin import hookimpl

BARRIERMODEL_API = 2


@hookimpl
def barriermodel_barriers():
    return []
"""


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


# What it prints ---------------------------------------------------------------------------------------

PRINTS = """
import sys
import barriermodel.plugin as bm
print("at import")
BARRIERMODEL_API = 2

@bm.evidence("printed")
class Printed:
    on: bm.Fact[bool] = bm.UNKNOWN

made = bm.Barrier("prints.much", concern=bm.Concern.QUALITY)

@made.derived
def said(printed: Printed) -> bool:
    print("in a derived fact")
    sys.stdout.write("and once more\\n")
    sys.stdout.flush()
    return printed is not None

@made.signal(level=bm.Level.RED)
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
    yield bm.Reader(id="printer", formats=("txt",), read=read)

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
