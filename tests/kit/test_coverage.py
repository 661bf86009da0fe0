"""Rule coverage: a run of pytest reports which conditions decided, and fails below a threshold."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TEST = """
from datetime import date
from barriermodel import Dossier, Evidence, Provider, Registry
from barriermodel.testing import single_barrier_model
from barriermodel_kvk import KvkExtract

MODEL = single_barrier_model("nl.kvk")

def test_one():
    facts = KvkExtract(people_working={people})
    item = Evidence(id="a", facts=facts, issued_on=date(2025, 12, 1))
    MODEL.assess(Dossier(as_of=date(2026, 1, 1), provider=Provider(), evidence=[item]))
"""


def run(folder: Path, *options: str, people: str = "0") -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(TEST.replace("{people}", people), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "barriermodel.testing.coverage", *options],
        capture_output=True, text=True, check=False, cwd=folder,
        env={k: v for k, v in os.environ.items() if k != "PYTEST_ADDOPTS"},
    )  # fmt: skip


def test_the_table_shows_what_decided_the_advice(tmp_path: Path) -> None:
    told = run(tmp_path, "--rule-coverage=nl.kvk.").stdout.splitlines()
    (row,) = [line.split() for line in told if line.startswith("nl.kvk.active 1 ")]

    # with one signal certain and all else unknown, a registration that ended would still make it worse
    assert row == ["nl.kvk.active", "1", "(kvk_extract.active)", "–", "–", "unknown"]
    assert any(line.startswith("nl.kvk.too_few_people_working 1 ") for line in told)
    assert any("of 8 conditions, each true, false and unknown" in line for line in told)


def test_a_prefix_chooses_rules(tmp_path: Path) -> None:
    told = run(tmp_path, "--rule-coverage=nl.kvk.too_few").stdout

    assert "nl.kvk.too_few_people_working" in told
    assert "nl.kvk.active" not in told


@pytest.mark.parametrize(("least", "status"), [("0", 0), ("4", 0), ("99", 1)])
def test_too_little_fails_the_run(tmp_path: Path, least: str, status: int) -> None:
    ran = run(tmp_path, "--rule-coverage", f"--rule-coverage-min={least}")

    assert ran.returncode == status
    assert ("--rule-coverage-min asks" in ran.stdout) is bool(status)


def test_without_the_option_nothing_is_reported(tmp_path: Path) -> None:
    ran = run(tmp_path)

    assert ran.returncode == 0
    assert "rule coverage" not in ran.stdout
