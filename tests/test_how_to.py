"""The how-to pages do what they say: their blocks run in order, and what they show is what comes out."""

from __future__ import annotations

import ast
import importlib
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
from examples import by_turns
from markdown import Block, blocks, fenced

pytestmark = pytest.mark.docs

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


def runs_elsewhere(block: Block) -> bool:
    """Whether the page says that it needs a cluster."""
    return block.before.endswith(ELSEWHERE)


@attrs.frozen
class Run:
    """Blocks that run one after another: a page, or some sections of one."""

    page: str
    needs: tuple[str, ...]
    sections: tuple[str, ...] = ()

    @property
    def blocks(self) -> list[Block]:
        here = [block for block in fenced(DOCS / self.page) if not self.sections or block.section in self.sections]
        return [block for block in here if not runs_elsewhere(block)]


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
            said = [one.text for one in after[:stop]]
            warned = [one for one in said if one.startswith("TableWarning: ")]
            yield block, "".join(one for one in said if one not in warned), "".join(warned)


# Only the page on backends has its turn by day; the others show tables, whose engines are tried in tables/.


@pytest.mark.parametrize("name", by_turns(RUNS, by_day=["backend"]))
def test_the_blocks_of_a_page_run_and_print_what_it_shows(name: str, tmp_path: Path) -> None:
    run = RUNS[name]
    for module in run.needs:
        pytest.importorskip(module)
    if "pyspark" in run.needs and shutil.which("java") is None:
        pytest.skip("PySpark needs Java, which is not installed here")
    for block in run.blocks:
        if block.language == "toml":
            (tmp_path / block.file).write_text(block.text, encoding="utf-8")
    wanted = list(shown(run.blocks))
    # the page says that Spark's workers start no Python: there is none for them
    home = {**os.environ, "MPLBACKEND": "Agg", "PYSPARK_PYTHON": "no-python-here", "SPARK_LOCAL_IP": "127.0.0.1"}
    home["JDK_JAVA_OPTIONS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # starts in two thirds of the time

    done = subprocess.run(
        [sys.executable, "-c", DRIVER, "told.json"],
        input=json.dumps([[block.where, block.text] for block, _, _ in wanted]),
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
    others = [block for block in fenced(DOCS / page) if block.line not in run]

    assert [block.where for block in others if not runs_elsewhere(block) and block.language != "console"] == []
    for block in others:
        if block.language == "python":
            ast.parse(block.text, block.where)
            assert "needs a cluster" in block.before.removesuffix(ELSEWHERE).rpartition("\n\n")[0][-400:], block.where


@pytest.mark.parametrize("page", PAGES)
def test_what_marked_blocks_import_of_this_library_is_there(page: str) -> None:
    for block in (block for block in fenced(DOCS / page) if runs_elsewhere(block) and block.language == "python"):
        for node in ast.walk(ast.parse(block.text)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("barriermodel"):
                module = importlib.import_module(node.module or "")
                assert [name.name for name in node.names if not hasattr(module, name.name)] == []


@pytest.mark.parametrize("page", [path.name for path in sorted(DOCS.glob("*.md"))])
def test_what_a_page_says_to_install_has_the_profiles_that_it_loads(page: str) -> None:
    code = blocks(DOCS / page, "python")
    wanted = set(re.findall(r'BarrierModel\.load\("([a-z0-9-]+)"', "\n".join(code)))
    text = (DOCS / page).read_text(encoding="utf-8")
    installed = set(re.findall(r"barriermodel-[a-z]+", " ".join(re.findall(r"pip install .*", text))))
    if not wanted or not installed:
        return

    owners = {id: plugin.name for id, (_, plugin) in Registry.discover().profiles.items()}
    assert {owners[id] for id in wanted if id in owners} <= installed
