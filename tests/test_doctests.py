"""The examples in docstrings run, and give what they say."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import barriermodel

SOURCE = Path(barriermodel.__file__).parent
MODULES = [
    ".".join(["barriermodel", *path.relative_to(SOURCE).with_suffix("").parts]).removesuffix(".__init__")
    for path in sorted(SOURCE.rglob("*.py"))
    if ">>> " in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    module = importlib.import_module(name)
    # under another name, since errors are located in code outside this package
    examples = doctest.DocTestFinder(exclude_empty=True).find(module, name, extraglobs={"__name__": "__main__"})
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)

    for example in examples:
        runner.run(example)

    ran = runner.summarize(verbose=False)
    assert ran.attempted > 0
    assert ran.failed == 0, capsys.readouterr().out
