"""In a table an amount such as 558.000 is a reject with both readings, unless a map leaves no doubt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import screening
from test_mapping import a_map
from test_open_table import read

import tables
from barriermodel import BarrierModel, InputError
from barriermodel.batch.mapping import read_map

PROFIT = "accounts__profit"
BOTH = "the amount 558.000 can be 558 or 558,000; write 558 or 558000"
FROM = f'[columns.{PROFIT}]\nfrom = "winst"\n'


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> BarrierModel:
    return screening.make_model(tmp_path_factory.mktemp("screening"))


def lines(folder: Path, *rows: str) -> Path:
    path = folder / "in.jsonl"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def reasons(rejects: list[dict[str, Any]]) -> list[str]:
    return [reject["reason"] for reject in rejects]


def test_a_number_of_json_keeps_how_it_was_written(model: BarrierModel, tmp_path: Path) -> None:
    """A ratio, and a column that is no fact, may have three decimals; the others of its column are read."""
    path = lines(
        tmp_path,
        f'{{"{PROFIT}": 558.000, "x": 0.125}}',
        f'{{"{PROFIT}": 558.0, "accounts__related_share": 0.125, "x": 1.000}}',
    )
    frame, rejects = read(path, model)

    assert reasons(rejects) == [f"{PROFIT}: {BOTH}"]
    assert rejects[0]["row"] == {PROFIT: "558.000", "x": 0.125}
    assert frame.to_dicts() == [{PROFIT: 558.0, "x": 1.0, "accounts__related_share": 0.125}]


@pytest.mark.parametrize("written", ["558.000e0", "5.580e2", "558.000E+0"])
@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_an_exponent_leaves_the_doubt(model: BarrierModel, tmp_path: Path, written: str, suffix: str) -> None:
    path = tmp_path / f"in.{suffix}"
    words = f'{{"{PROFIT}": {written}}}\n' if suffix == "jsonl" else f"{PROFIT},x\n{written},1\n"
    path.write_text(words, encoding="utf-8")
    frame, rejects = read(path, model)

    assert frame.height == 0
    assert reasons(rejects)[0].startswith(f"{PROFIT}: the amount {written} can be ")


@pytest.mark.parametrize("others", ['{"winst": 12}', '{"winst": "n.v.t."}', '{"winst": null}'])
def test_also_in_the_own_column_of_a_map(model: BarrierModel, tmp_path: Path, others: str) -> None:
    """Whatever else the column holds: text in it makes it a column of text."""
    path = lines(tmp_path, '{"winst": 558.000}', others)
    frame, rejects = read(path, model, a_map(tmp_path, 'unknown = ["n.v.t."]\n' + FROM))

    assert reasons(rejects) == [f"{PROFIT}: {BOTH}; found in 'winst'"]
    assert frame.height == 1


@pytest.mark.parametrize("decimal", ["", 'decimal = "."\n', 'decimal = ","\n'])
@pytest.mark.parametrize("times", ["", "times = 0.01\n", "times = 100\n", "times = 1000\n"])
@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_only_a_point_and_thousands_in_the_map_leave_no_doubt(
    model: BarrierModel, tmp_path: Path, decimal: str, times: str, suffix: str
) -> None:
    path = tmp_path / f"in.{suffix}"
    path.write_text('{"winst": 558.125}\n' if suffix == "jsonl" else "winst;x\n558.125;1\n", encoding="utf-8")
    frame, rejects = read(path, model, a_map(tmp_path, decimal + FROM + times))

    if (decimal, times) == ('decimal = "."\n', "times = 1000\n"):
        assert (frame[PROFIT].to_list(), rejects) == ([558_125.0], [])
    else:
        assert frame.height == 0
        assert "the amount 558.125 can be 558.125 or 558,125" in reasons(rejects)[0]
    assert ("say decimal = '.' in the map" in str(rejects)) is (times == "times = 1000\n" and bool(rejects))


def test_a_comma_before_three_digits_is_refused_too(model: BarrierModel, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(f"{PROFIT};accounts__related_share\n558,000;0,125\n558,00;0,125\n", encoding="utf-8")
    frame, rejects = read(path, model, a_map(tmp_path, 'decimal = ","\n'))

    assert reasons(rejects) == [f"{PROFIT}: the amount 558,000 can be 558 or 558,000; write 558 or 558000"]
    assert frame["accounts__related_share"].to_list() == [0.125]


def test_the_summary_repeats_which_amounts_are_in_thousands(model: BarrierModel, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("winst\n558.000\n", encoding="utf-8")
    mapping = a_map(tmp_path, 'decimal = "."\n' + FROM + "times = 1000\n")
    summary = tables.batch(model, tmp_path / "in.csv", tmp_path / "out.csv", mapping=mapping)

    assert (summary.rows, summary.rejected, summary.in_thousands) == (1, 0, [PROFIT])


@pytest.mark.parametrize("times", ["1.000", "-1000.000"])
def test_what_a_map_multiplies_by_is_refused_too(model: BarrierModel, tmp_path: Path, times: str) -> None:
    with pytest.raises(InputError) as caught:
        read_map(a_map(tmp_path, f"{FROM}times = {times}\n"), model.resolved)

    assert [problem.path for problem in caught.value.problems] == [f"columns.{PROFIT}.times"]
    assert f"{times} can be" in caught.value.problems[0].message


def test_a_thousandth_is_no_thousands(model: BarrierModel, tmp_path: Path) -> None:
    assert read_map(a_map(tmp_path, FROM + "times = 0.001\n"), model.resolved).columns[PROFIT].times == 0.001
