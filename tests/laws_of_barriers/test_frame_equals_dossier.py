"""What a table says otherwise than a dossier is caught, for a barrier whose rules are expressions too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from law_pages import Page, installed

from barriermodel.testing import LAWS, LawBroken
from barriermodel.testing.laws import tables

LAW = LAWS["frame_equals_dossier"]


def turned(name: str, value: Any) -> Callable[..., list[dict[str, Any]]]:
    """The rows of a table in which one column is another in the last row."""
    assessed = tables._assessed

    def tampered(*args: Any) -> list[dict[str, Any]]:
        *rows, last = assessed(*args)
        assert last[name] != value
        return [*rows, {**last, name: value}]

    return tampered


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("status__voorbeeld_staffing_few_qualified", "not_applicable", "voorbeeld.staffing.few_qualified: it is "),
        ("advice__at_most", "exclude", "voorbeeld.staffing: advice__at_most is "),
        ("barrier__voorbeeld_staffing__decided", None, "voorbeeld.staffing: barrier__voorbeeld_staffing__decided is "),
    ],
)
def test_a_result_that_was_tampered_with_is_caught(
    name: str, value: Any, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_assessed", turned(name, value))

    with installed(Page("total").mended, "made", tmp_path) as subject, pytest.raises(LawBroken) as broken:
        LAW.check(subject)

    assert str(broken.value).startswith(told)
    assert f"but {value} in a table" in str(broken.value)


def test_pyarrow_serves_where_polars_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "find_spec", lambda name: name != "polars")

    with installed(Page("total").mended, "made", tmp_path) as subject:
        LAW.check(subject)


@pytest.mark.parametrize("missing", [{"narwhals"}, {"polars", "pyarrow"}])
def test_it_is_skipped_where_there_are_no_tables(
    missing: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "find_spec", lambda name: name not in missing)

    with (
        installed(Page("total").mended, "made", tmp_path) as subject,
        pytest.raises(pytest.skip.Exception, match="Tables need narwhals and Polars or PyArrow; install them with"),
    ):
        LAW.check(subject)
