"""`barriermodel new`: a plugin that works as it is written, and nothing half-written or overwritten."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from barriermodel import BarrierModel, BarrierModelError, Registry, load_dossier
from barriermodel.analysis.profiles import PluginStatus
from barriermodel.analysis.text import check_words
from barriermodel.atomic import write_folder
from barriermodel.cli import new
from barriermodel.cli.commands import run
from barriermodel.plugin import RuleKind
from barriermodel.testing import LAWS
from barriermodel.testing.barrier_under_test import BarrierUnderTest
from examples import by_turns, costly
from installing import Environment, build_wheel

ROOT = Path(__file__).parent.parent
HOUSING = "barriermodel-drenthe-housing"
LONG = "a" * 14 + "-" + "b" * 13
FILES = [
    ".gitignore",
    "CHANGELOG.md",
    "README.md",
    "example/dossier.json",
    "example/profile.toml",
    "pyproject.toml",
    "scenarios/drenthe-housing.toml",
    "src/barriermodel_drenthe_housing/__init__.py",
    "src/barriermodel_drenthe_housing/barrier.py",
    "src/barriermodel_drenthe_housing/kind.py",
    "src/barriermodel_drenthe_housing/py.typed",
    "src/barriermodel_drenthe_housing/words/en.toml",
    "src/barriermodel_drenthe_housing/words/nl.toml",
    "tests/test_contract.py",
]


@contextlib.contextmanager
def imported(folder: Path, package: str) -> Iterator[ModuleType]:
    """A package that is not installed, for as long as this holds."""
    sys.path.insert(0, str(folder))
    try:
        importlib.invalidate_caches()
        yield importlib.import_module(package)
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] == package]:
            del sys.modules[name]


def contents(folder: Path) -> dict[str, str]:
    """Every file below a folder, by its path."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}


# What it writes ---------------------------------------------------------------------------------------


def test_a_plugin_is_written_and_the_next_two_commands_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(["new", "housing", "--owner", "drenthe"]) == 0

    out, err = capsys.readouterr()
    install, test = (shlex.split(line) for line in out.splitlines() if line.startswith("  "))
    assert (install[-3:], test) == (["install", "-e", f"{HOUSING}[test]"], ["python", "-m", "pytest", HOUSING])
    assert err == ""
    assert [path.name for path in tmp_path.iterdir()] == [HOUSING]
    assert sorted(contents(tmp_path / HOUSING)) == FILES


def test_it_can_be_written_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = tmp_path / "a folder"
    there.mkdir()

    assert run(["new", "housing", "--owner", "drenthe", "--into", str(there)]) == 0

    commands = [shlex.split(line) for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert commands[1][-1] == str(there / HOUSING)
    assert (there / HOUSING).is_dir()


@pytest.mark.parametrize(("has_pip", "words"), [(True, "python -m pip install -e"), (False, "uv pip install -e")])
def test_the_command_that_installs_is_one_that_is_there(
    has_pip: bool, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: has_pip or None if name == "pip" else None)

    assert run(["new", "housing", "--owner", "drenthe", "--into", str(tmp_path)]) == 0

    assert f"  {words} " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "owner", "barrier", "cls", "title", "region"),
    [
        ("housing", "drenthe", "drenthe.housing", "HousingStatement", "Housing", "Drenthe"),
        ("high-rent", "drenthe", "drenthe.high_rent", "HighRentStatement", "High rent", "Drenthe"),
        ("high_rent", "noord-holland", "noord_holland.high_rent", "HighRentStatement", "High rent", "Noord-Holland"),
        ("High-Rent", "de_kempen", "de_kempen.high_rent", "HighRentStatement", "High Rent", "De Kempen"),
        ("GGZ-2", "Den-Haag", "den_haag.ggz_2", "Ggz2Statement", "GGZ 2", "Den-Haag"),
        ("x", "nl", "nl.x", "XStatement", "X", "NL"),
        ("huur", "h10", "h10.huur", "HuurStatement", "Huur", "H10"),
    ],
)
def test_every_name_follows_from_name_and_region(
    name: str, owner: str, barrier: str, cls: str, title: str, region: str
) -> None:
    names = new.Names.of(name, owner)

    found = names.all()
    package = f"barriermodel_{barrier.replace('.', '_')}"
    assert (found["barrier"], found["cls"], found["title"], found["region"]) == (barrier, cls, title, region)
    assert (found["package"], found["distribution"]) == (package, package.replace("_", "-"))
    assert found["distribution"] == f"barriermodel-{found['entry']}"
    assert found["kind"] == f"{barrier.replace('.', '_')}_statement"


@pytest.mark.parametrize(("name", "owner"), [("housing", "drenthe"), (LONG, LONG), ("named", "nl"), ("GGZ", "h10")])
def test_nothing_is_left_to_fill_in_and_no_line_is_too_long(name: str, owner: str) -> None:
    for path, text in new.plugin_files(new.Names.of(name, owner)).items():
        assert not re.search(r"[$]|TODO|FIXME|XXX", path + text), path
        assert text.endswith("\n") or not text
        if path.endswith(".py"):
            assert max(map(len, text.splitlines()), default=0) <= 120, path


def test_both_languages_are_there_wherever_one_is() -> None:
    files = new.plugin_files(new.Names.of("housing", "drenthe"))
    for path, text in files.items():
        assert len(re.findall(r"\bnl ?=", text)) == len(re.findall(r"\ben ?=", text)), path
    assert sum(len(re.findall(r"\bnl ?=", text)) for text in files.values()) > 5


def test_the_words_are_complete_in_both_languages_and_nothing_is_left_over(tmp_path: Path) -> None:
    write_folder(tmp_path / "made", new.plugin_files(new.Names.of("housing", "drenthe")))

    with imported(tmp_path / "made" / "src", "barriermodel_drenthe_housing") as module:
        plugin = Registry().add(module)
        for lang in ("nl", "en"):
            report = check_words(plugin, lang)
            assert (report.missing, report.unknown, report.wrong) == ((), (), ())


def test_a_requirement_and_a_signal_come_with_a_basis_and_a_limit_that_says_it_is_assumed(tmp_path: Path) -> None:
    write_folder(tmp_path / "made", new.plugin_files(new.Names.of("housing", "drenthe")))

    with imported(tmp_path / "made" / "src", "barriermodel_drenthe_housing") as module:
        plugin = Registry().add(module)

    (barrier,) = plugin.barriers
    assert [rule.kind for rule in barrier.rules.values()] == [RuleKind.REQUIREMENT, RuleKind.SIGNAL]
    assert [bool(rule.basis) for rule in barrier.rules.values()] == [True, False]
    assert [spec.limit.assumed for spec in barrier.parameters.values()] == [True]
    assert [kind.id for kind in barrier.kinds] == ["drenthe_housing_statement"]


# Names ------------------------------------------------------------------------------------------------

ODD = [
    "a", "amount", "annotated", "annotations", "barrier", "barriermodel", "barriermodel_barriers",
    "barriermodel_profiles", "checked", "checked_by_accountant", "euro", "evidence", "hookimpl", "iterable", "kind",
    "large_share", "limit", "match", "max_share", "min", "named", "package", "ratio", "self", "share", "statement",
    "test", "text", "total", "tuple", "type", "typing", "unknown", "year", "x1", "A-1-b", LONG,
]  # fmt: skip
WORDS = st.from_regex("[A-Za-z][A-Za-z0-9]{0,5}([-_][A-Za-z0-9]{1,4}){0,3}", fullmatch=True)


def usable(word: str) -> bool:
    try:
        new.Names.of(word, word)
    except BarrierModelError:
        return False
    return True


NAMES = (WORDS | st.sampled_from([*ODD, *sorted(new._TAKEN)])).filter(usable)


def loads_and_keeps_laws(name: str, owner: str, folder: Path) -> None:
    """The plugin of that name can be imported, is ``ok``, keeps the laws on what it says, and its example runs."""
    names = new.Names.of(name, owner)
    made = folder / names.distribution
    write_folder(made, new.plugin_files(names))
    compile((made / "tests" / "test_contract.py").read_bytes(), "test_contract.py", "exec")
    with imported(made / "src", names.package) as module:
        registry = Registry()
        plugin = registry.add(module)
        assert (plugin.status, plugin.message, plugin.warnings) == (PluginStatus.OK, "", ())
        subject = BarrierUnderTest(names.barrier, registry, max_examples=2)
        for law in ("installed_and_ok", "texts_complete", "numbers_come_from_the_rule", "sources_given"):
            LAWS[law].check(subject)
        model = BarrierModel.load(made / "example" / "profile.toml", registry)
        found = model.assess(load_dossier(made / "example" / "dossier.json", registry))
    assert [rule.id for rule in found.rules if rule.status.key == "hit"] == [f"{names.barrier}.large_share"]
    assert all(hasattr(module, public) for public in module.__all__)


@settings(costly, suppress_health_check=[HealthCheck.nested_given, HealthCheck.too_slow])
@given(NAMES, NAMES)
def test_every_name_that_is_taken_gives_a_plugin_that_loads(
    tmp_path_factory: pytest.TempPathFactory, name: str, owner: str
) -> None:
    loads_and_keeps_laws(name, owner, tmp_path_factory.mktemp("made"))


@pytest.mark.parametrize("name", by_turns(ODD, by_day=ODD[::3]))
def test_a_name_that_means_something_else_in_the_code_is_no_trouble(name: str, tmp_path: Path) -> None:
    loads_and_keeps_laws(name, name, tmp_path)


@pytest.mark.parametrize(
    ("name", "owner", "words"),
    [
        ("5g", "drenthe", "'5g' cannot be a NAME: begin with a letter, then letters a to z and digits"),
        ("", "drenthe", "'' cannot be a NAME: begin with a letter"),
        ("high.rent", "drenthe", "'high.rent' cannot be a NAME"),
        ("../housing", "drenthe", "'../housing' cannot be a NAME"),
        ("housing/", "drenthe", "cannot be a NAME"),
        ("high\\rent", "drenthe", "cannot be a NAME"),
        ("high rent", "drenthe", "'high rent' cannot be a NAME"),
        ("high--rent", "drenthe", "with a single - or _ between words"),
        ("_rent", "drenthe", "cannot be a NAME"),
        ("rent-", "drenthe", "cannot be a NAME"),
        ("rent\n", "drenthe", "cannot be a NAME"),
        ("barrière", "drenthe", "letters a to z"),
        ("\u212ast", "drenthe", "letters a to z"),
        ("rent", "drenthe.nl", "'drenthe.nl' cannot be a REGION"),
        ("class", "drenthe", "'class' cannot be a NAME: Python keeps that word for itself; choose another."),
        ("rent", "In", "'In' cannot be a REGION: Python keeps that word for itself"),
        ("a" * 29, "drenthe", "it has 29 characters; use at most 28."),
        ("rent", "a" * 200, "it has 200 characters; use at most 28."),
    ],
)
def test_a_name_or_region_that_cannot_be_used_is_refused(
    name: str, owner: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run(["new", "--owner", owner, "--into", str(tmp_path), "--", name])

    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_region_must_be_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "housing"]) == 2
    assert "Missing option '--owner'" in capsys.readouterr().err


# What is there already --------------------------------------------------------------------------------


@pytest.mark.parametrize("there", ["folder", "empty folder", "file", "link to nothing"])
def test_what_exists_is_never_overwritten(there: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / HOUSING
    if there == "file":
        target.write_text("mine")
    elif there == "link to nothing":
        target.symlink_to("nowhere")
    else:
        target.mkdir()
        if there == "folder":
            (target / "README.md").write_text("mine")
    before = contents(tmp_path)

    assert run(["new", "housing", "--owner", "drenthe", "--into", str(tmp_path)]) == 2

    assert "exists already; nothing was written" in capsys.readouterr().err
    assert contents(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == [HOUSING]


def test_a_parent_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")

    assert run(["new", "housing", "--owner", "drenthe", "--into", str(tmp_path / "gone")]) == 2
    assert "gone does not exist; name a folder that is there with --into." in capsys.readouterr().err
    assert run(["new", "housing", "--owner", "drenthe", "--into", str(tmp_path / "file")]) == 2
    assert "file is no folder; name a folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_parent_in_which_nothing_may_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:  # root may write everywhere, so a mode would not do
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)

    assert run(["new", "housing", "--owner", "drenthe", "--into", str(tmp_path)]) == 2

    assert capsys.readouterr().err == f"barriermodel: {tmp_path / HOUSING} cannot be written: Permission denied\n"


@pytest.mark.parametrize("failing", [1, 7, len(FILES)])
def test_nothing_is_left_half_written(
    failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    count = 0
    write = Path.write_bytes

    def full(self: Path, *args: object, **kwargs: object) -> int:
        nonlocal count
        count += 1
        if count == failing:
            raise OSError(28, "No space left on device")
        return write(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "write_bytes", full)

    assert run(["new", "housing", "--owner", "drenthe", "--into", str(tmp_path)]) == 2

    out, err = capsys.readouterr()
    assert (out, err) == ("", f"barriermodel: {tmp_path / HOUSING} cannot be written: No space left on device\n")
    assert list(tmp_path.iterdir()) == []


def test_a_barrier_that_is_installed_is_refused_with_its_plugin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", "kvk", "--owner", "nl", "--into", str(tmp_path)]) == 2

    words = r"barriermodel: barrier 'nl.kvk' is in barriermodel-kvk \S+ already; choose another name.\n"
    assert re.fullmatch(words, capsys.readouterr().err)
    assert list(tmp_path.iterdir()) == []


def test_a_distribution_or_package_of_that_name_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Owner `a`, name `b-c` and owner `a-b`, name `c` are called the same; also one that is broken counts."""
    there = tmp_path / "there"
    (there / "barriermodel_a_b_c").mkdir(parents=True)
    (there / "barriermodel_a_b_c" / "__init__.py").write_text("1 / 0")
    info = there / "barriermodel_a_b_c-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: barriermodel-a-b-c\nVersion: 1.0\n")
    monkeypatch.syspath_prepend(there)

    assert run(["new", "c", "--owner", "a-b", "--into", str(tmp_path)]) == 2
    assert "a package barriermodel_a_b_c can be imported already" in capsys.readouterr().err
    (info / "entry_points.txt").write_text("[barriermodel]\na-b-c = barriermodel_a_b_c\n")
    assert run(["new", "c", "--owner", "a-b", "--into", str(tmp_path)]) == 2
    assert "barriermodel-a-b-c 1.0 is installed already" in capsys.readouterr().err


# For real ---------------------------------------------------------------------------------------------


@pytest.mark.install
@pytest.mark.nightly  # the tutorial, by day, installs what `new` writes, changes it, and tests, lists and runs it
@pytest.mark.skipif(os.name == "nt", reason="its virtual environment is one of POSIX")
def test_it_can_be_installed_tested_listed_and_run_as_it_is(tmp_path: Path) -> None:
    environment = Environment.made_in(tmp_path / "venv")
    made = environment.run("barriermodel", "new", "high-rent", "--owner", "drenthe", cwd=tmp_path)
    folder = tmp_path / "barriermodel-drenthe-high-rent"
    assert (made.returncode, made.stderr) == (0, "")
    install, test = (shlex.split(line) for line in made.stdout.splitlines() if line.startswith("  "))

    environment.install(install[-1], cwd=tmp_path)
    tested = environment.run(*test, "-W", "error", cwd=tmp_path)
    plugins = environment.run("barriermodel", "plugins", "--format", "json", cwd=tmp_path)
    assessed = environment.run(
        "barriermodel", "assess", "example/dossier.json", "--profile", "example/profile.toml", cwd=folder
    )
    again = environment.run("barriermodel", "new", "high-rent", "--owner", "drenthe", "--into", "venv", cwd=tmp_path)

    assert tested.returncode == 0, tested.stdout + tested.stderr
    assert re.search(r"\b[0-9]+ passed in ", tested.stdout)
    assert "skipped" not in tested.stdout
    (mine,) = (found for found in json.loads(plugins.stdout) if found["name"] == folder.name)
    assert (mine["status"], mine["barriers"]) == ("ok", ["drenthe.high_rent"])
    assert Path(mine["file"]).is_relative_to(folder)
    assert assessed.returncode == 0, assessed.stderr
    assert "ADVIES  ▲ ORANJE" in assessed.stdout
    assert "Het bedrag is 40% van het totaal. De bovengrens is 30%." in assessed.stdout
    assert again.returncode == 2
    assert "barrier 'drenthe.high_rent' is in barriermodel-drenthe-high-rent 0.1.0 already" in again.stderr


def test_it_needs_nothing_but_the_extra_of_the_command_line(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "for name in ('hypothesis', 'pytest', 'tomlkit'): sys.modules[name] = None\n"
        "from barriermodel.cli.commands import run\n"
        f"sys.exit(run(['new', 'housing', '--owner', 'drenthe', '--into', {str(tmp_path)!r}]))\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / HOUSING).is_dir()


@pytest.mark.skipif(not (ROOT / "pyproject.toml").is_file(), reason="this is no checkout")
def test_the_wheel_has_the_templates_and_the_module_for_hypothesis(tmp_path: Path) -> None:
    wheel = build_wheel(ROOT, tmp_path)

    inside = zipfile.ZipFile(wheel).namelist()
    written = {path.name for path in (ROOT / "src/barriermodel/cli/template").iterdir()}
    start = "barriermodel/cli/template/"
    assert {name.removeprefix(start) for name in inside if name.startswith(start)} == written
    assert written == {f"{template}.tmpl" for template in new._FILES.values()}
    assert {name.partition("/")[0] for name in inside if ".dist-info" not in name} == {
        "barriermodel", "_hypothesis_barriermodel.py",
    }  # fmt: skip


# Style ------------------------------------------------------------------------------------------------


def checked(folder: Path, *command: str) -> str:
    done = subprocess.run([sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.skipif(importlib.util.find_spec("ruff") is None, reason="ruff is not installed")
@pytest.mark.parametrize("name", ["housing", LONG])
def test_ruff_has_nothing_to_say(name: str, tmp_path: Path) -> None:
    write_folder(tmp_path / "made", new.plugin_files(new.Names.of(name, name)))

    config = ("--no-cache", "--config", str(ROOT / "pyproject.toml"))
    assert checked(tmp_path / "made", "ruff", "check", *config, ".") == ""
    if name != LONG:  # where a line is broken depends on how long the names are
        assert checked(tmp_path / "made", "ruff", "format", "--check", *config, ".") == ""
