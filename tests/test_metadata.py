"""What an index shows of each distribution, and that the first command installs no more than it needs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = [ROOT, *sorted(path.parent for path in ROOT.glob("plugins/*/pyproject.toml"))]
HOME = "https://github.com/barriermodel/barriermodel"
every_distribution = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def read(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))


def target(url: str) -> Path:
    """The file or folder of this checkout that an address of the repository shows."""
    return ROOT / re.sub(rf"{re.escape(HOME)}(/(blob|tree)/main/)?", "", url)


def test_all_that_name_the_repository_name_the_same_one() -> None:
    public = (ROOT / "publiccode.yml").read_text(encoding="utf-8")
    pages = "".join((folder / "README.md").read_text(encoding="utf-8") for folder in FOLDERS)

    assert f'url: "{HOME}.git"' in public
    assert f'landingURL: "{HOME}"' in public
    assert set(re.findall(r"^\[[^]]+\]: (https://[^/]+/[^/]+/[^/\n]+)", pages, re.MULTILINE)) == {HOME}


@every_distribution
def test_a_distribution_says_who_made_it_and_where_it_is(folder: Path) -> None:
    project = read(folder)["project"]

    assert project["authors"] == [{"name": "The maintainers of barriermodel"}]
    assert list(project["urls"]) == ["Homepage", "Documentation", "Changelog", "Source", "Issues"]
    assert project["urls"].pop("Issues") == f"{HOME}/issues"
    assert all(url.startswith(HOME) and target(url).exists() for url in project["urls"].values())
    assert target(project["urls"]["Homepage"]) == folder


@every_distribution
def test_every_link_of_a_readme_leads_somewhere_on_an_index_too(folder: Path) -> None:
    page = (folder / "README.md").read_text(encoding="utf-8")
    inline = re.findall(r"\]\(([^)]+)\)", page)
    named = dict(re.findall(r"^\[([^]]+)\]: (\S+)$", page, re.MULTILINE))
    used = re.findall(r"\]\[([^]]+)\]", page)

    assert [link for link in inline if "://" not in link and not link.startswith("#")] == []
    assert set(used) == set(named)
    assert [url for url in named.values() if not target(url.partition("#")[0]).is_file()] == []


def test_the_first_command_installs_the_command_line_and_the_plugins_alone() -> None:
    project = read(ROOT)
    plugins = {read(folder)["project"]["name"] for folder in FOLDERS[1:]}

    assert project["tool"]["uv"]["default-groups"] == ["run"]
    assert set(project["dependency-groups"]["run"]) == {"barriermodel[cli]", *plugins}


def test_no_archive_of_half_a_gigabyte_is_read_to_know_what_fits_together() -> None:
    told = {one["name"] for one in read(ROOT)["tool"]["uv"]["dependency-metadata"]}

    assert told == {"pyspark"}  # there are wheels of all the others


def test_what_is_checked_for_each_change_is_the_second_command_of_the_readme() -> None:
    commands = re.findall(r"^\$ (.+)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)[:2]
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()

    assert commands[0].endswith("uv run barriermodel assess docs/examples/rode-aanbieder --profile twente-2019")
    assert commands[1].split(" && ") == script[-2:]
