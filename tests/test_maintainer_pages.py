"""What the pages for maintainers name is there: files, names in them, marks, environments; and their code runs."""

from __future__ import annotations

import ast
import importlib.util
import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from barriermodel import BarrierModel, ProfileError

pytestmark = pytest.mark.docs

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "barriermodel"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
PAGES = [ROOT / "docs" / name for name in ("architecture.md", "contributing.md", "releasing.md")]
every_page = pytest.mark.parametrize("page", [*PAGES, *DECISIONS], ids=lambda page: page.stem)


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def settings() -> dict[str, Any]:
    return tomllib.loads(read(ROOT / "pyproject.toml"))["tool"]


def found(path: str) -> Path | None:
    """The file or folder of this name: from the root, in the source or, as `kind.py` beside a rule, in any plugin."""
    near = [folder / path for folder in (ROOT, SOURCE) if (folder / path).exists()]
    return next(iter([*near, *ROOT.glob(f"plugins/*/**/{path}")]), None)


def defined(file: Path) -> set[str]:
    """All names that a file of Python gives something."""
    nodes = list(ast.walk(ast.parse(read(file))))
    made = {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    return made | {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


@every_page
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    named = re.findall(r"`((?:[\w.-]+/)*[\w.-]+(?:\.(?:py|md|toml|yml)|/))`", read(page))
    made_later = {"dist/", "deprecated.py", "dossier.toml"}

    assert [name for name in named if name not in made_later and found(name) is None] == []


@every_page
def test_every_name_that_a_page_says_is_in_a_file_is_in_it(page: Path) -> None:
    for names, path in re.findall(r"((?:`\w+`(?:, | and )?)+) in `([\w/.-]+\.py)`", read(page)):
        file = found(path)
        assert file is not None

        assert set(re.findall(r"`(\w+)`", names)) <= defined(file), path


@every_page
def test_every_benchmark_and_test_that_a_page_runs_is_there(page: Path) -> None:
    named = re.findall(r"(?:tests|plugins|docs)/[\w/.-]*\w", " ".join(re.findall(r"`[^`\n]+`", read(page))))

    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_picture_of_the_rooms_is_what_the_imports_are() -> None:
    pytest.importorskip("grimp")
    spec = importlib.util.spec_from_file_location("pictures", ROOT / "docs" / "pictures.py")
    assert spec is not None
    assert spec.loader is not None
    pictures = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pictures)

    assert pictures.BETWEEN.search(read(pictures.PAGE)).group() == pictures.picture(), "python docs/pictures.py --write"


def test_every_room_has_a_row() -> None:
    (layers,) = (c["layers"] for c in settings()["importlinter"]["contracts"] if c["id"] == "rooms")
    rooms = {room for line in layers for room in line.split(" | ") if (SOURCE / room).is_dir()}

    assert [room for room in rooms if not re.search(rf"(?m)^\| .*`{room}`.* \|", read(PAGES[0]))] == []


def test_every_mark_and_environment_is_described() -> None:
    page, tox = read(PAGES[1]), settings()["tox"]
    marks = [mark.partition(":")[0] for mark in settings()["pytest"]["ini_options"]["markers"]]

    assert [mark for mark in marks if f"`pytest -m {mark}`" not in page] == []
    assert [env for env in tox["env_list"] if not env.startswith("plugin-") and f"`tox -e {env}`" not in page] == []


def test_every_file_that_tox_runs_is_there_and_every_plugin_has_an_environment() -> None:
    tox = settings()["tox"]
    plugins = {path.name.removeprefix("barriermodel-") for path in (ROOT / "plugins").iterdir() if path.is_dir()}
    words = [word for command in tox["env"]["core"]["commands"] for word in command if isinstance(word, str)]
    files = [word.removeprefix("--ignore=") for word in words if "tests/" in word]

    assert [file for file in files if not (ROOT / file).exists()] == []
    assert set(tox["env_base"]["plugin"]["factors"][0]["plugin"]) == plugins
    assert {env.removeprefix("plugin-") for env in tox["env_list"] if env.startswith("plugin-")} == plugins


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_is_short_and_has_its_four_parts(page: Path) -> None:
    text = read(page)

    assert len(text.splitlines()) < 60
    assert re.findall("(?m)^## (.*)", text) == ["Context", "Decision", "Consequences", "Measured"]
    assert f"({page.name})" in read(page.parent / "README.md")


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_the_code_of_a_decision_prints_what_is_shown(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocks = re.findall(r"(?ms)^```(\w*)\n(.*?)^```$", read(page))
    for (language, code), (_, shown) in pairwise(blocks):
        if language == "python":
            exec(compile(code, page.name, "exec"), {})

            assert capsys.readouterr().out == shown


def test_the_error_that_is_an_example_is_what_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = re.findall(r"\| yes \| `(.*)` \|", read(PAGES[1]))
    monkeypatch.chdir(tmp_path)
    Path("profile.toml").write_text(
        'id = "here"\ntitle = { nl = "Hier", en = "Here" }\nowner = "Voorbeelddam"\nstatus = "contract"\n'
        'extends = "twente-2019"\nvalid_from = 2026-01-01\n[parameters."nl.financial_signals"]\n'
        'max_margn = [{ from = 2026-01-01, value = 0.05, source = "https://example.org" }]\n'
    )

    with pytest.raises(ProfileError) as error:
        BarrierModel.load("profile.toml")
    assert str(error.value) == example
