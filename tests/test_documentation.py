"""The documentation says what the code does."""

from __future__ import annotations

import json
import re
import sys
import types
from pathlib import Path

import click
import pytest

import barriermodel
from barriermodel import BarrierModel, Registry, load_dossier
from barriermodel.analysis.profiles import PluginStatus
from barriermodel.cli.commands import cli
from barriermodel.domain.unknown import UnknownReason
from barriermodel.formats.dossier import read_dossier
from barriermodel.hooks import Hooks
from barriermodel.plugin import read_profile
from barriermodel.reading.parsing import parse_toml
from barriermodel.reporting.difference import profile_changes
from markdown import blocks

pytestmark = pytest.mark.docs

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "SECURITY.md", *sorted(DOCS.rglob("*.md"))]


def test_the_plugin_page_is_a_working_plugin(monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("barriermodel_voorbeeld")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(compile(blocks(DOCS / "plugin.md", "python")[0], "plugin.md", "exec"), module.__dict__)

    plugin = Registry().add(module)

    assert (plugin.status, plugin.message, plugin.warnings) == (PluginStatus.OK, "", ())
    assert [barrier.id for barrier in plugin.barriers] == ["voorbeeld.housing"]


def test_the_example_of_the_readme_runs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    example = next(block for block in blocks(ROOT / "README.md", "python") if "BarrierModel.load" in block)

    exec(compile(example, "README.md", "exec"), {})

    assert capsys.readouterr().out.startswith("orange red False\n")


def test_the_example_of_the_page_on_tables_runs(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("polars")
    page = DOCS / "tables.md"

    with pytest.warns(UserWarning, match="no such column"):
        exec(compile(blocks(page, "python")[0], "tables.md", "exec"), {})

    assert capsys.readouterr().out == blocks(page, "")[0]


@pytest.mark.parametrize("number", [0, 1])
def test_the_page_on_limits_that_change_shows_what_is_printed(capsys: pytest.CaptureFixture[str], number: int) -> None:
    page = DOCS / "dated-law.md"

    exec(compile(blocks(page, "python")[number], "dated-law.md", "exec"), {})

    assert capsys.readouterr().out == blocks(page, "")[number]


def test_the_output_that_the_readme_shows_is_what_is_printed() -> None:
    model = BarrierModel.load("twente-2019")
    found = model.assess(load_dossier(DOCS / "examples" / "rode-aanbieder"))
    page, everything = blocks(ROOT / "README.md", "")

    assert page in found.explain("nl")
    assert everything in found.explain("nl", full=True)


def test_the_example_of_the_page_on_dossiers_prints_what_it_shows(capsys: pytest.CaptureFixture[str]) -> None:
    page = DOCS / "dossier.md"

    exec(compile(blocks(page, "python")[0], "dossier.md", "exec"), {})

    assert capsys.readouterr().out == blocks(page, "")[2]


def test_the_dossiers_on_the_dossier_page_can_be_read(tmp_path: Path) -> None:
    registry = Registry.discover()
    as_json = blocks(DOCS / "dossier.md", "json")[0]
    folder = parse_toml(blocks(DOCS / "dossier.md", "toml")[0].encode(), "dossier.md")

    dossier = read_dossier(as_json.encode(), registry)

    assert dossier.provider.name == folder["provider"]["name"]
    assert {document["reader"] for document in folder["documents"]} <= set(registry.readers)
    assert json.loads(as_json)["schema"] == "barriermodel/dossier/1"


def test_the_profile_on_the_profile_page_fits(tmp_path: Path) -> None:
    path = tmp_path / "voorbeeldregio.toml"
    path.write_text(blocks(DOCS / "profile.md", "toml")[0], encoding="utf-8")

    model = BarrierModel.load(path)

    assert read_profile(path).extends == "twente-2019"
    assert profile_changes(model.profile)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_to_files_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    inside = [link for link in links if "://" not in link]

    assert [link for link in inside if not (page.parent / link).exists()] == []


def test_every_hook_is_documented() -> None:
    text = (DOCS / "plugin.md").read_text(encoding="utf-8")

    hooks = [name for name in dir(Hooks) if name.startswith("barriermodel_")]

    assert [name for name in hooks if f"`{name}(" not in text] == []


def test_every_reason_is_documented() -> None:
    text = (DOCS / "meaning.md").read_text(encoding="utf-8")

    assert [reason.value for reason in UnknownReason if f"| `{reason.value}` |" not in text] == []


def test_every_command_and_option_is_documented() -> None:
    text = (DOCS / "command-line.md").read_text(encoding="utf-8")

    assert [name for name in cli.commands if f"barriermodel {name}" not in text] == []
    assess = cli.commands["assess"]
    long = [o for p in assess.params if isinstance(p, click.Option) for o in p.opts if o.startswith("--")]
    assert [option for option in long if option not in text] == []


def test_every_public_name_can_be_imported() -> None:
    assert [name for name in barriermodel.__all__ if not hasattr(barriermodel, name)] == []
    assert len(barriermodel.__all__) == len(set(barriermodel.__all__))
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = barriermodel.nothing
