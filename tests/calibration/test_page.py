"""The page on calibration says what the commands do."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from barriermodel.cli.commands import run
from markdown import blocks, fenced

pytestmark = pytest.mark.docs

pytest.importorskip("polars")
pytest.importorskip("scipy")
PAGE = Path(__file__).absolute().parent.parent.parent / "docs" / "calibration.md"
TEXTS = [block.text for block in fenced(PAGE)]
COMMANDS = [text for text in TEXTS if text.startswith("barriermodel ")]
PRINTED = [text for text in TEXTS if text.startswith(("Het advies van", "De regels van"))]


def test_the_page_shows_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    portfolio, in_python = blocks(PAGE, "python")
    names: dict[str, object] = {}
    exec(compile(portfolio, "calibration.md", "exec"), names)
    assert len(COMMANDS) == len(PRINTED) == 2
    for command, printed in zip(COMMANDS, PRINTED, strict=True):
        assert run(shlex.split(command)[1:]) == 0
        assert capsys.readouterr().out == printed

    exec(compile(in_python, "calibration.md", "exec"), names)

    assert capsys.readouterr().out.count("{'nl.financial_signals.max_margin': ") == 3
