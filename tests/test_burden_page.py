"""The page on administrative burden shows what its benchmark prints; the portfolio is drawn with a fixed seed."""

from __future__ import annotations

from pathlib import Path

import pytest

from markdown import blocks

pytestmark = pytest.mark.docs

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "burden.md"


@pytest.fixture(scope="module")
def printed() -> str:
    import contextlib
    import io

    import bench_burden

    with contextlib.redirect_stdout(io.StringIO()) as out:
        bench_burden.main()
    return out.getvalue()


def test_the_page_shows_what_the_benchmark_prints(printed: str) -> None:
    assert blocks(PAGE, "")[0] == printed


def test_a_second_award_asks_for_nothing_while_the_evidence_is_fresh(printed: str) -> None:
    (row,) = [line for line in printed.splitlines() if line.startswith("after 1 months")]

    assert row.split()[3:] == ["0.00", "0.00", "300", "of", "300"]


def test_the_example_of_a_second_award_runs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)

    exec(compile(blocks(PAGE, "python")[0], "burden.md", "exec"), {})

    assert capsys.readouterr().out == blocks(PAGE, "")[1]
