"""The how-to pages do what they say: their blocks run in order, and what they show is what comes out."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from barriermodel import Registry

DOCS = Path(__file__).absolute().parent.parent / "docs"
BACKEND, CLUSTER, DUCKDB, NOTEBOOK = PAGES = [
    f"how-to-{name}.md" for name in ("backend", "cluster", "duckdb", "notebook")
]
ELSEWHERE = "<!-- needs a cluster -->"
DRIVER = """
import contextlib, io, json, sys, warnings
from barriermodel import TableWarning

blocks, told, names = json.load(sys.stdin), [], {"__name__": "page"}
for where, code in blocks:
    said = io.StringIO()
    with warnings.catch_warnings(record=True) as warned, contextlib.redirect_stdout(said):
        warnings.simplefilter("error")
        warnings.simplefilter("always", TableWarning)
        # PySpark and Dask themselves are not ready for pandas 3
        warnings.filterwarnings("ignore", "PySpark does not yet", FutureWarning)
        warnings.filterwarnings("ignore", "The inplace keyword", DeprecationWarning)
        exec(compile(code, where, "exec"), names)
    told.append([said.getvalue(), "".join(f"TableWarning: {one.message}\\n" for one in warned)])
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(told, file)
"""
"""Runs blocks in one namespace, and writes what each printed and warned of."""


@attrs.frozen
class Block:
    """A block of a page."""

    page: str
    line: int
    section: str
    language: str
    before: str
    body: str

    @property
    def where(self) -> str:
        return f"{self.page}:{self.line}"

    @property
    def elsewhere(self) -> bool:
        return self.before.endswith(ELSEWHERE)

    @property
    def path(self) -> str:
        """The file that the words before it name last."""
        found = re.findall(r"`([^` ]+\.[a-z]+)`", self.before.rpartition("\n\n")[2])
        assert found, f"{self.where}: say in which file, right before the block"
        return str(found[-1])


def blocks(page: str) -> Iterator[Block]:
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines(keepends=True)
    section, start = "", 0
    for number, line in enumerate(lines):
        if line.startswith("## ") and not start:
            section = line[3:].strip()
        if not line.startswith("```"):
            continue
        if start:
            language, before = lines[start - 1][3:].strip(), "".join(lines[: start - 1]).rstrip()
            yield Block(page, start, section, language, before, "".join(lines[start:number]))
        start = 0 if start else number + 1


@attrs.frozen
class Run:
    """Blocks that run one after another: a page, or some sections of one."""

    page: str
    needs: tuple[str, ...]
    sections: tuple[str, ...] = ()

    @property
    def blocks(self) -> list[Block]:
        here = [block for block in blocks(self.page) if not self.sections or block.section in self.sections]
        return [block for block in here if not block.elsewhere]


RUNS = {
    "backend": Run(BACKEND, ()),
    "duckdb": Run(DUCKDB, ("duckdb",)),
    "notebook": Run(NOTEBOOK, ("polars", "pandas", "pyarrow", "matplotlib")),
    "pyspark": Run(CLUSTER, ("pyarrow", "pyspark"), ("A table to try", "PySpark")),
    "dask": Run(CLUSTER, ("pyarrow", "dask.dataframe"), ("A table to try", "Dask")),
}


def shown(run: list[Block]) -> Iterator[tuple[Block, str, str]]:
    """Each block of Python, with what the page shows that it prints and warns of."""
    for number, block in enumerate(run):
        if block.language == "python":
            after = run[number + 1 :]
            stop = next((n for n, one in enumerate(after) if one.language), len(after))
            said = [one.body for one in after[:stop]]
            warned = [one for one in said if one.startswith("TableWarning: ")]
            yield block, "".join(one for one in said if one not in warned), "".join(warned)


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_the_blocks_of_a_page_run_and_print_what_it_shows(run: Run, tmp_path: Path) -> None:
    for module in run.needs:
        pytest.importorskip(module)
    if "pyspark" in run.needs and shutil.which("java") is None:
        pytest.skip("PySpark needs Java, which is not installed here")
    for block in run.blocks:
        if block.language == "toml":
            (tmp_path / block.path).write_text(block.body, encoding="utf-8")
    wanted = list(shown(run.blocks))
    # the page says that Spark's workers start no Python: there is none for them
    home = {**os.environ, "MPLBACKEND": "Agg", "PYSPARK_PYTHON": "no-python-here", "SPARK_LOCAL_IP": "127.0.0.1"}
    home["JDK_JAVA_OPTIONS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # starts in two thirds of the time

    done = subprocess.run(
        [sys.executable, "-c", DRIVER, "told.json"],
        input=json.dumps([[block.where, block.body] for block, _, _ in wanted]),
        cwd=tmp_path, env=home, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    for (block, printed, warned), (said, warnings) in zip(wanted, told, strict=True):
        assert (block.where, warnings) == (block.where, warned)
        assert said == printed or re.fullmatch(".*".join(map(re.escape, printed.split("…"))), said, re.DOTALL), (
            f"{block.where} printed:\n{said}"
        )


@pytest.mark.parametrize("page", PAGES)
def test_every_block_runs_or_says_that_it_needs_a_cluster(page: str) -> None:
    run = {block.line for one in RUNS.values() if one.page == page for block in one.blocks}
    others = [block for block in blocks(page) if block.line not in run]

    assert [block.where for block in others if not block.elsewhere and block.language != "console"] == []
    for block in others:
        if block.language == "python":
            ast.parse(block.body, block.where)
            assert "needs a cluster" in block.before.removesuffix(ELSEWHERE).rpartition("\n\n")[0][-400:], block.where


@pytest.mark.parametrize("page", PAGES)
def test_what_marked_blocks_import_of_this_library_is_there(page: str) -> None:
    for block in (block for block in blocks(page) if block.elsewhere and block.language == "python"):
        for node in ast.walk(ast.parse(block.body)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("barriermodel"):
                module = importlib.import_module(node.module or "")
                assert [name.name for name in node.names if not hasattr(module, name.name)] == []


@pytest.mark.skipif(importlib.util.find_spec("mypy") is None, reason="mypy is not installed")
def test_who_copies_the_backend_has_code_that_mypy_accepts(tmp_path: Path) -> None:
    copied = tmp_path / "backend.py"
    copied.write_text("\n\n".join(one.body for one in blocks(BACKEND) if one.language == "python"), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), str(copied)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("page", [path.name for path in sorted(DOCS.glob("*.md"))])
def test_what_a_page_says_to_install_has_the_profiles_that_it_loads(page: str) -> None:
    code = [block.body for block in blocks(page) if block.language == "python"]
    wanted = set(re.findall(r'BarrierModel\.load\("([a-z0-9-]+)"', "\n".join(code)))
    text = (DOCS / page).read_text(encoding="utf-8")
    installed = set(re.findall(r"barriermodel-[a-z]+", " ".join(re.findall(r"pip install .*", text))))
    if not wanted or not installed:
        return

    owners = {id: plugin.name for id, (_, plugin) in Registry.discover().profiles.items()}
    assert {owners[id] for id in wanted if id in owners} <= installed
