"""The map that ``columns --write-map`` writes: short, with what a profile needs, the most telling first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from barriermodel import BarrierModel
from barriermodel.batch.listing import map_to_fill
from barriermodel.batch.mapping import EMPTY_MAP, read_map
from barriermodel.cli.commands import run

PORTFOLIO = """\
as_of provider__name award__id provider__legal_form award__starts_on award__act
annual_accounts__financial_year annual_accounts__turnover annual_accounts__filed_on annual_accounts__solo_worker
annual_accounts__equity annual_accounts__total_assets annual_accounts__dividend annual_accounts__profit
annual_accounts__hired_staff_cost annual_accounts__personnel_cost annual_accounts__subcontracting_cost
annual_accounts__issued_on
kvk_extract__active kvk_extract__end_date_stated kvk_extract__ended_on kvk_extract__legal_form
kvk_extract__registered_on kvk_extract__people_working kvk_extract__issued_on
derived__nl_quality_certificate__certificate_from derived__nl_quality_certificate__certificate_until
derived__nl_kvk__has_care_activity derived__nl_quality_certificate__certificate_standard
"""


def lines_of(words: str) -> list[str]:
    """The lines that can be filled in, without what makes each of them a comment."""
    return [line.removeprefix("# ") for line in words.splitlines() if '= { from = "" }' in line]


def filled(words: str) -> str:
    """The map, as somebody fills in every line of it."""
    filled = [line.removeprefix("# ").replace('from = ""', 'from = "x"') for line in words.splitlines()]
    return "\n".join(line for line in filled if line == "[columns]" or '= { from = "x" }' in line)


def test_it_says_nothing_until_it_is_filled_in_and_then_fits_the_profile(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    plan = BarrierModel.load("portfolio-scan").resolved

    assert run(["columns", "portfolio-scan", "--write-map", str(path)]) == 0
    assert read_map(path, plan) == EMPTY_MAP

    path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert list(read_map(path, plan).columns) == PORTFOLIO.split()


@pytest.mark.parametrize("profile", ["portfolio-scan", "twente-2019"])
def test_every_line_is_one_that_a_map_can_have(tmp_path: Path, profile: str) -> None:
    plan = BarrierModel.load(profile).resolved
    words = re.sub(r"(?m)^# (?=[a-z_]+ = |\[)", "", map_to_fill(plan, "nl"))
    for name in ("award__act", "award__procedure", "award__starts_on"):  # which is stated for all rows
        words = words.replace(f"{name} = {{", f"# {name} = {{")
    path = tmp_path / "map.toml"
    path.write_text(words, encoding="utf-8")

    found = read_map(path, plan)

    assert (found.separator, found.decimal, found.thousands, found.legal_form_from_name) == (";", ",", ".", True)
    assert found.constants["award__act"] == "jeugdwet"


def test_an_existing_map_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "map.toml"
    path.write_text("mijn werk")

    assert run(["columns", "portfolio-scan", "--write-map", str(path)]) == 2
    assert "exists already; it is not overwritten" in capsys.readouterr().err
    assert path.read_text() == "mijn werk"


def test_it_is_short() -> None:
    """One line for each of about ninety facts, and a heading for each of their sources; it was 676 lines."""
    assert len(map_to_fill(BarrierModel.load("twente-2019").resolved, "nl").splitlines()) < 200


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("nl", 'annual_accounts__profit = { from = "" }  # winst: bedrag in euro\'s, zoals 125000,50'),
        ("en", 'annual_accounts__profit = { from = "" }  # profit: amount in euros, such as 125000.50'),
        ("nl", 'kvk_extract__active = { from = "" }  # actief zonder einddatum: ja of nee'),
        ("nl", 'as_of = { from = "" }  # peildatum: datum, zoals 31-12-2025; of geef hem met --as-of'),
        ("en", 'provider__name = { from = "" }  # name: text; to know a row by'),
        ("nl", 'award__act = { from = "" }  # wet: een van deze woorden'),
    ],
)
def test_a_line_has_the_label_the_type_and_an_example(lang: str, line: str) -> None:
    found = map_to_fill(BarrierModel.load("portfolio-scan").resolved, lang)  # type: ignore[arg-type]

    assert line in [" ".join(one.split()).replace("} #", "}  #") for one in lines_of(found)]


def test_the_words_of_a_fact_stand_below_it() -> None:
    found = map_to_fill(BarrierModel.load("portfolio-scan").resolved, "nl").splitlines()
    place = next(n for n, line in enumerate(found) if line.startswith("# award__act = { from"))

    assert found[place + 1] == "#   jeugdwet, wmo, jeugdwet_and_wmo"


def test_confidential_evidence_comes_last_and_says_that_no_result_has_it() -> None:
    found = [line for line in map_to_fill(BarrierModel.load("twente-2019").resolved, "nl").splitlines() if line]
    titles = [line for line in found if line.endswith((" ernaar", "resultaat)"))]

    assert titles[0] == "# Ontvangen inschrijving: 10 regels kijken ernaar"
    assert [line.partition(":")[0] for line in titles if "vertrouwelijk" in line] == [
        "# Eigen verklaring (UEA)", "# Gedragsverklaring aanbesteden (GVA)",
    ]  # fmt: skip
    assert "vertrouwelijk, dus niet in het resultaat" in titles[-1]


def test_what_a_row_computes_is_left_out_and_no_fact_that_only_might_be_read() -> None:
    """The last day for filing is computed of the financial year; nothing looks at the number of employees."""
    found = "\n".join(lines_of(map_to_fill(BarrierModel.load("twente-2019").resolved, "nl")))

    assert "annual_accounts__financial_year" in found
    assert "derived__nl_annual_accounts__filing_deadline" not in found
    assert "annual_accounts__employees" not in found


def test_columns_says_of_a_confidential_column_that_no_result_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["columns", "twente-2019"]) == 0
    rows = {line.split(" ")[0]: line for line in capsys.readouterr().out.splitlines()}

    for name in ("gva__granted", "gva__issued_on", "self_declaration__fraud"):
        assert "vertrouwelijk, dus niet in het resultaat" in rows[name]
    assert "vertrouwelijk" not in rows["kvk_extract__active"]
