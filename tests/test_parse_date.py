"""A date is read as people write it where it can be one date only, by every command that takes one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel.cli.commands import cli, run
from barriermodel.cli.options import Day
from barriermodel.domain.dates import parse_date

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-01-15", date(2026, 1, 15)),
        ("15-01-2026", date(2026, 1, 15)),
        ("5-1-2026", date(2026, 1, 5)),
        ("15.01.2026", date(2026, 1, 15)),
        ("15/1/2026", date(2026, 1, 15)),
        ("1/1/2026", date(2026, 1, 1)),
        (" 31-12-2025 00:00", date(2025, 12, 31)),
        ("31-12-2025 0:00:00", date(2025, 12, 31)),
        ("2025-12-31T00:00:00.000", date(2025, 12, 31)),
    ],
)
def test_a_date_that_can_be_one_date_only(written: str, day: date) -> None:
    assert parse_date(written) == day


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("5/1/2026", "'5/1/2026' can be two dates; write 2026-01-05 or 2026-05-01"),
        ("1/15/2026", "'1/15/2026' is no day of the calendar"),
        ("30-02-2026", "'30-02-2026' is no day of the calendar"),
        ("15-01-26", "'15-01-26' is no date; write it as 2026-01-31 or 31-01-2026"),
        ("20260115", "'20260115' is no date"),
        ("15-01/2026", "'15-01/2026' is no date"),
        ("31-12-2025 13:00", "'31-12-2025 13:00' is no date"),
        ("vandaag", "'vandaag' is no date"),
        ("", "'' is no date"),
    ],
)
def test_what_is_no_date_or_can_be_two(written: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"date|calendar") as error:
        parse_date(written)

    assert str(error.value).startswith(message)


@given(st.dates())
def test_every_date_is_read_back_from_both_ways_to_write_it(day: date) -> None:
    assert parse_date(f"{day:%d-%m-}{day.year:04}") == parse_date(day.isoformat()) == day


def test_every_command_with_a_date_reads_it_so() -> None:
    dates = {p.name: p for c in cli.commands.values() for p in c.params if "as_of" in (p.name or "")}

    assert [name for name, p in dates.items() if not isinstance(p.type, Day)] == []
    assert dates["as_of"].type.convert("15-01-2026", None, None) == date(2026, 1, 15)


def test_assess_takes_a_dutch_date(capsys: pytest.CaptureFixture[str]) -> None:
    dossier = str(EXAMPLES / "gezonde-aanbieder")
    printed = []
    for day in ("2026-02-15", "15-02-2026"):
        assert run(["assess", dossier, "--profile", "twente-2019", "--as-of", day, "--format", "json"]) == 0
        printed.append(capsys.readouterr().out)

    assert printed[0] == printed[1]
    assert '"as_of": "2026-02-15"' in printed[1]


def test_a_date_that_can_be_two_is_a_usage_error() -> None:
    with pytest.raises(click.BadParameter, match="can be two dates; write 2026-01-05 or 2026-05-01"):
        Day().convert("5/1/2026", None, None)
