"""``barriermodel import``: what it writes, what it prints, and its exit status; the page shows the same."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest

from barriermodel import Act, Identifier, Procedure, load_dossier
from barriermodel.cli.commands import cli, run
from markdown import blocks

ROOT = Path(__file__).parents[2]
NOTICES = ROOT / "docs" / "notices"
PAGE = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")
TED = str(NOTICES / "ted-f21.xml")


def block(language):
    """The first code block of the page in a language."""
    return blocks(ROOT / "docs" / "import.md", language)[0]


@pytest.fixture
def imported(tmp_path):
    def run_it(*arguments, status=0):
        assert run(["import", *arguments, "--output", str(tmp_path / "out"), "--as-of", "2026-01-15"]) == status
        return tmp_path / "out"

    return run_it


def test_the_example_prints_what_the_page_shows(tmp_path, monkeypatch, capsys):
    shutil.copy(TED, tmp_path)
    monkeypatch.chdir(tmp_path)
    command, _, printed = block("console").partition("\n")

    assert run(shlex.split(command.removeprefix("$ barriermodel "))) == 0
    assert capsys.readouterr().out.strip() == printed.strip()
    shown = [line.rpartition(" ")[2] for line in PAGE.splitlines() if "── 000001-2023" in line]
    assert sorted(shown) == sorted(path.name for path in Path("gunningen/dossiers").iterdir())


def test_the_lines_for_a_program_run(tmp_path, monkeypatch, capsys):
    shutil.copy(TED, tmp_path)
    monkeypatch.chdir(tmp_path)

    exec(block("python"), {})

    assert capsys.readouterr().out.splitlines()[-1] == "2 tenders_not_awarded 1/2"


def test_what_whoever_imports_knows_fills_in_only_what_the_notice_leaves_unknown(imported, capsys):
    out = imported(TED, "--act", "jeugdwet", "--procedure", "open_house", "--lang", "en")
    awards = [load_dossier(path).award for path in sorted((out / "dossiers").iterdir())]
    account = json.loads((out / "import.json").read_text(encoding="utf-8"))

    assert {award.act for award in awards} == {Act.JEUGDWET}
    assert {award.procedure for award in awards} == {Procedure.SOCIAL_SERVICES}
    assert [one["stated"] for one in account["dossiers"]] == [{"act": "jeugdwet"}] * 4
    assert "act" not in {gap["fact"] for one in account["dossiers"] for gap in one["unknown"]}
    assert "Stated with the import:\n     4  act: jeugdwet\n" in capsys.readouterr().out


def test_an_act_that_is_none_is_refused(imported):
    imported(TED, "--act", "wlz", status=2)


def test_every_option_is_documented():
    text = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    options = [o for p in cli.commands["import"].params for o in p.opts if o[:2] == "--"]

    assert [option for option in options if option not in text] == []


def test_a_written_dossier_can_be_assessed(imported, capsys):
    folder = imported(TED) / "dossiers"
    capsys.readouterr()

    assert run(["assess", *map(str, sorted(folder.iterdir())), "--profile", "twente-2019", "--format", "json"]) == 0
    assessed = json.loads(capsys.readouterr().out)
    assert len(assessed) == 4
    assert not any(one["advice"]["decided"] for one in assessed)


def test_zeros_in_front_are_in_the_dossier(imported):
    dossier = load_dossier(imported(TED) / "dossiers" / "000001-2023-lot-1-stichting-verzinsel-01234567.json")

    assert dossier.provider.identifiers == (Identifier("NL-KVK", "01234567"),)


def test_nothing_is_overwritten(imported, tmp_path, capsys):
    folder = imported(TED)
    (folder / "import.json").write_text("mine")
    capsys.readouterr()

    imported(TED, status=2)

    assert "exists already; name another folder, or overwrite with --force" in capsys.readouterr().err
    assert (folder / "import.json").read_text() == "mine"
    imported(TED, "--force")
    assert json.loads((folder / "import.json").read_bytes())["schema"] == "barriermodel/import/1"


def test_the_account_that_is_printed_is_the_one_that_is_written(imported, capsys):
    folder = imported(TED, "--format", "json")

    account = json.loads(capsys.readouterr().out)

    assert account == json.loads((folder / "import.json").read_bytes())
    assert account["counts"] == {
        "files": 1, "files_not_read": 0, "notices": 1, "awards": 2, "suppliers": 3, "dossiers": 4, "left_out": 2,
    }  # fmt: skip
    assert all((folder / one["file"]).is_file() for one in account["dossiers"])


def test_bad_files_do_not_stop_the_others(imported, tmp_path, capsys):
    bad = tmp_path / "bad.xml"
    bad.write_text("<ContractNotice/>")

    folder = imported(str(bad), TED, str(tmp_path / "none.xml"), status=2)

    out, err = capsys.readouterr()
    assert out.startswith("Gelezen bestanden: 1/3. ")
    (first, second) = err.splitlines()
    assert first == f"barriermodel: {tmp_path / 'none.xml'}: the file cannot be read: No such file or directory"
    assert second.startswith(f"barriermodel: {bad}: this is a contract notice (a call for tenders), not an award; name")
    assert len(list((folder / "dossiers").iterdir())) == 4
    assert len(json.loads((folder / "import.json").read_bytes())["not_read"]) == 2


def test_awards_without_a_supplier_are_a_fault_and_no_empty_result(imported, tmp_path, capsys):
    odd = tmp_path / "odd.xml"
    odd.write_text(Path(TED).read_text(encoding="utf-8").replace("CONTRACTOR>", "PARTNER>"), encoding="utf-8")

    output = imported(str(odd), status=2)

    assert list((output / "dossiers").iterdir()) == []
    left_out = json.loads((output / "import.json").read_bytes())["left_out"]
    assert {item["reason"] for item in left_out} == {"unknown_shape", "no_supplier", "not_awarded"}
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"barriermodel: {odd}: no supplier of an award can be read from it")


def test_a_file_with_several_bad_notices_is_one_that_is_not_read(imported, tmp_path, capsys):
    wrapped = tmp_path / "wrapped.xml"
    bad = "<ContractAwardNotice/>"
    wrapped.write_text(f"<all>{bad}{bad}</all>")

    imported(str(wrapped), TED, status=2)

    out, err = capsys.readouterr()
    assert out.startswith("Gelezen bestanden: 1/2. ")
    assert len(err.splitlines()) == 2


def test_with_bad_files_only_nothing_is_written(imported, tmp_path):
    bad = tmp_path / "bad.xml"
    bad.write_text("<ContractNotice/>")

    assert not imported(str(bad), status=2).exists()


def test_a_notice_that_is_named_twice_is_read_once(imported, tmp_path, capsys):
    shutil.copy(TED, tmp_path / "again.xml")

    folder = imported(TED, str(tmp_path / "again.xml"))

    assert len(list((folder / "dossiers").iterdir())) == 4
    assert "dezelfde aankondiging is al gelezen: 000001-2023" in capsys.readouterr().out


def test_a_date_is_required(tmp_path, capsys):
    assert run(["import", TED, "--output", str(tmp_path)]) == 2
    assert "Missing option '--as-of'" in capsys.readouterr().err
