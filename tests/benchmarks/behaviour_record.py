"""What ``compare_behaviour.py`` records: every command, and the front of the package in Python."""

from __future__ import annotations

import gzip
import json
import os
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from behaviour_inputs import IN, write
from behaviour_run import OUT, Recorder, in_child, normalised

MODELS = ("twente-2019", "nl-basis", "signals-2021")
REGION = "in/examples/regio-eigen-profiel/regio-voorbeeld.toml"


def record(run: Recorder) -> None:
    """Everything, one after another."""
    record_listings(run)
    record_examples(run)
    record_mistakes(run)
    record_tables(run)
    record_calibration(run)
    record_testing(run)
    record_folders(run)
    for part, call in (("dossiers", record_dossiers), ("frames", record_frames)):
        log = OUT / f".{part}"
        if status := in_child(call, None, log, log):
            write(OUT / f"programmers/{part}-failed.txt", f"{status}\n{normalised(log.read_text('utf-8'))}")


def record_listings(run: Recorder) -> None:
    """The help of every command, and what lists and prints the catalogue, profiles, columns and schemas."""
    listed = run("help/barriermodel", "--help").partition("Commands:\n")[2]
    for command in [line.split()[0] for line in listed.splitlines() if line.startswith("  ") and line[2] != " "]:
        run(f"help/{command}", command, "--help")
    run("version", "--version")
    for shell in ("bash", "zsh", "fish"):
        run(f"completion-{shell}", "completion", shell)
    for name in ("dossier", "assessment", "profile"):
        run(f"schema/{name}", "schema", name)
    for form, lang in (("text", "nl"), ("text", "en"), ("json", "nl")):
        options = ("--format", form, "--lang", lang)
        run(f"plugins-{form}", "plugins", "--format", form)
        run(f"barriers/all-{form}-{lang}", "barriers", *options)
        run(f"profiles/all-{form}-{lang}", "profiles", *options)
        for id in (*run.profiles, REGION):
            run(f"profiles/{Path(id).stem}-{form}-{lang}", "profiles", id, *options)
            run(f"columns/{Path(id).stem}-{form}-{lang}", "columns", id, *options)
    for lang in ("nl", "en"):
        run(f"barriers/page-{lang}", "barriers", "--format", "markdown", "--lang", lang)
        run(f"barriers/page-friesland-{lang}", "barriers", "--format", "markdown", "--lang", lang, "-p", "friesland")
    pairs = [("nl-basis", id) for id in run.profiles] + [("twente-2019", REGION), ("almelo", "twente-2019")]
    for a, b in pairs:
        for form, lang in (("text", "nl"), ("markdown", "en"), ("json", "nl")):
            name = f"diff/{a}-{Path(b).stem}-{form}-{lang}"
            run(name, "profiles", "diff", a, b, "--format", form, "--lang", lang)
    run("columns/map-written", "columns", "twente-2019", "--write-map", "out/columns/map.toml")


def examples() -> list[str]:
    """The example dossiers."""
    folders = (str(path) for path in sorted((IN / "examples").iterdir()) if path.is_dir())
    return [*folders, "in/examples/een-bestand.json"]


def record_examples(run: Recorder) -> None:
    """Every example under every profile, in every form, and stored ones shown again."""
    for id in (*run.profiles, REGION):
        for form, lang in (("text", "nl"), ("text", "en"), ("markdown", "nl"), ("json", "nl")):
            name = f"examples/{Path(id).stem}-{form}-{lang}"
            run(name, "assess", *examples(), "-p", id, "--format", form, "--lang", lang)
    run("examples/confidential", "assess", *examples(), "-p", "twente-2019", "--confidential")
    run("examples/confidential-json", "assess", *examples(), "-p", REGION, "--confidential", "--format", "json")
    for path in examples():
        name, stored = f"stored/{Path(path).stem}", f"out/stored/{Path(path).stem}.json"
        run(name, "assess", path, "-p", "twente-2019", "--format", "json", "-o", stored, "--fail-at", "red")
        for form in ("text", "markdown", "json"):
            run(f"{name}-explained-{form}", "explain", stored, "--format", form, "--lang", "en")
        run(f"{name}-later", "assess", path, "-p", "twente-2019", "--as-of", "15-03-2027")
        run(f"{name}-orange", "assess", path, "-p", "twente-2019", "--fail-at", "orange")


def record_mistakes(run: Recorder) -> None:
    """What is said of files, profiles and options with mistakes."""
    example = "in/examples/een-bestand.json"
    for path in sorted((IN / "mistaken").glob("*.json")):
        run(f"mistakes/{path.name}", "assess", str(path), example, "-p", "twente-2019")
        run(f"mistakes/{path.name}-explain", "explain", str(path))
    for path in (
        "in/mistaken/syntax.toml",
        "in/mistaken/profile.toml",
        "in/mistaken/limits.toml",
        "twente-2018",
        "x.toml",
        "in/none",
    ):
        run(f"mistakes/profile-{Path(path).name}", "assess", example, "-p", path)
        run(f"mistakes/profiles-{Path(path).name}", "profiles", path)
    for number, args in enumerate([
        ("assess", "in/none.json", "-p", "twente-2019"), ("assess", example), ("assess", example, "-p", "nl-basis", "--as-of", "5/1/2026"),
        ("asses",), ("barriers", "nl.kvkk"), ("assess", example, "-p", "nl-basis", "--as-of", "1700-01-01"), ("schema", "x"),
        ("batch", "in/tables/rows.parquet", "out/x.csv", "-p", "nl-basis", "--map", "in/mistaken/map.toml"),
        ("batch", "in/tables/rows.parquet", "out/x.doc", "-p", "nl-basis"), ("batch", "in/none.csv", "out/x.csv", "-p", "nl-basis"),
        ("sweep", "in/tables/rows.parquet", "-p", "nl-basis", "--set", "nl.kvk.x=1"), ("cases", "nl.kvkk"), ("new", "Housing!", "--owner", "x"),
        ("backtest", "in/tables/rows.parquet", "-p", "nl-basis", "--label", "gevonden"), ("import", example, "--as-of", "2026-01-15", "-o", "out/none"),
    ]):  # fmt: skip
        run(f"mistakes/{number:02}-{args[0]}", *args)


def record_tables(run: Recorder) -> None:
    """``batch`` over every kind of file to every kind of file, and rows explained."""
    tables = {"csv": "plain.csv", "dutch": "dutch.csv", "jsonl": "rows.jsonl", "parquet": "rows.parquet"}
    for number, (name, table) in enumerate(tables.items()):
        mapped = ("--map", "in/tables/map.toml") if name == "dutch" else ()
        for more, end in enumerate(("csv", "parquet", "jsonl")):
            options = [(), ("--details",), ("--details", "--confidential", "--raw")][(number + more) % 3]
            form = ("--format", "json", "--lang", "en") if more == 2 else ("--lang", ("nl", "en")[number % 2])
            output = f"out/batch/{name}.{end}"
            args = ("batch", f"in/tables/{table}", output, "-p", MODELS[more], *mapped, *options, *form)
            run(f"batch/{name}-{end}-summary", *args)
            run(f"batch/{name}-{end}-row", "explain", output, "--id", row_named(name, "r042"), "--lang", form[-1])
    run("batch/row-json", "explain", "out/batch/parquet.csv", "--id", "id=r005", "--format", "json")
    run("batch/row-none", "explain", "out/batch/parquet.csv", "--id", "id=r999")
    run(
        "batch/same",
        "batch",
        "in/tables/dutch.csv",
        "-",
        "-p",
        "nl-basis",
        "--map",
        "in/tables/map.toml",
        "--dialect",
        "same",
    )
    run("batch/stdin", "batch", "-", "-", "-p", "nl-basis", "--fail-at", "red", stdin=IN / "tables/plain.csv")
    run("batch/folder", "batch", "in/dossiers", "out/batch/folder.jsonl", "-p", "twente-2019", "--details")
    run("batch/folder-csv", "batch", "in/examples", "out/batch/folder.csv", "-p", "nl-basis", "--as-of", "2026-01-15")
    for path in sorted((OUT / "batch").glob("*.parquet")):
        write(path.with_suffix(".parquet.txt"), parquet_text(path))
        path.unlink()


def row_named(table: str, id: str) -> str:
    """How ``explain`` finds a row."""
    return f"Kolom id={id}" if table == "dutch" else f"id={id}"


def parquet_text(path: Path) -> str:
    """Schema, metadata and rows of a Parquet file."""
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    rows = (json.dumps(row, default=str, ensure_ascii=False) for row in table.to_pylist())
    return "\n".join([table.schema.to_string(show_schema_metadata=True, truncate_metadata=False), *rows, ""])


def record_calibration(run: Recorder) -> None:
    """``sweep`` and ``backtest``."""
    margin, months = "nl.financial_signals.max_margin=0.03:0.20:0.01", "nl.annual_accounts.max_accounts_months=12,42"
    for form, lang in (("text", "nl"), ("text", "en"), ("csv", "nl"), ("json", "nl")):
        options = ("in/tables/rows.parquet", "-p", "twente-2019", "--format", form, "--lang", lang)
        run(f"sweep/{form}-{lang}", "sweep", *options, "--set", margin, "--set", months)
        run(f"backtest/{form}-{lang}", "backtest", *options, "--label", "found")
    run("sweep/one", "sweep", *options, "--set", margin)
    run("backtest/by", "backtest", *options, "--by", "award__act", "--by", "annual_accounts__turnover")


def record_testing(run: Recorder) -> None:
    """Written cases and mutants."""
    for name in ("nl.kvk", "nl.wnt", "signals-2021"):
        run(f"cases/{name}", "cases", name, "-o", f"out/cases/{name}.toml")
    for form in ("text", "json"):
        args = ("signals-2021", "--scenarios", "in/scenarios/signals-2021.toml", "--format", form, "--fail-under", "90")
        run(f"mutate/{form}", "mutate", *args)


def record_folders(run: Recorder) -> None:
    """Imported notices and a new plugin; a notice alone as well, for one that cannot be read stops no other."""
    notices = [str(path) for path in sorted((IN / "notices").iterdir()) if path.suffix != ".md"]
    for lang in ("nl", "en"):
        args = ("import", *notices, "-o", f"out/import/{lang}", "--as-of", "2026-01-15", "--lang", lang)
        run(f"import/{lang}", *args, "--act", "jeugdwet", "--procedure", "open_house")
    run("import/json", "import", *notices, "-o", "out/import/json", "--as-of", "2026-01-15", "--format", "json")
    if folder := os.environ.get("BARRIERMODEL_SAMPLES"):
        (IN / "samples").symlink_to(folder)
        files = sorted(
            str(path) for part in ("ted", "eforms", "ocds") for path in (IN / "samples" / part).rglob("*.[xj][ms]*")
        )
        run("import/samples", "import", *files, "-o", "out/import/samples", "--as-of", "2026-01-15")
        (IN / "samples").unlink()
    (OUT / "new").mkdir()
    run("new/made", "new", "housing", "--owner", "drenthe", "--into", "out/new")
    run("new/again", "new", "housing", "--owner", "drenthe", "--into", "out/new")


def record_dossiers(_: None) -> None:
    """The generated dossiers through Python: JSON with digest, and text, under three profiles."""
    from barriermodel import BarrierModel, load_assessment, load_dossier

    for id in MODELS:
        model, advice = BarrierModel.load(id), Counter[str]()
        for path in sorted((IN / "dossiers").iterdir()):
            try:
                assessment = model.assess(load_dossier(path))
            except Exception as error:
                write(OUT / f"dossiers/{id}/{path.stem}.txt", f"{normalised(str(error))}\n")
                advice["refused"] += 1
                continue
            data = assessment.to_json()
            text = f"{assessment.digest}\n{assessment.explain('nl')}"
            if path.stem.endswith("0"):  # of each tenth
                text += f"{assessment!r}\n{assessment.markdown('en')}{load_assessment(data).explain('en')}"
            target = OUT / f"dossiers/{id}/{path.stem}.json.gz"
            write(target.with_name(f"{path.stem}.txt"), text)
            target.write_bytes(gzip.compress(data.encode(), 1, mtime=0))
            found = json.loads(data)["advice"]
            advice[" to ".join(dict.fromkeys((found["at_least"], found["at_most"])))] += 1
        write(OUT / f"dossiers/{id}.txt", "".join(f"{count:4} {level}\n" for level, count in sorted(advice.items())))


def record_frames(_: None) -> None:
    """Tables in Python: columns, types and values of each engine; and one row explained."""
    import duckdb
    import polars as pl

    from barriermodel import BarrierModel

    frame = pl.read_parquet(IN / "tables/rows.parquet")
    arrow = frame.to_arrow()
    engines = {"polars": frame, "lazy": frame.lazy(), "pandas": frame.to_pandas(), "pyarrow": arrow}
    engines["duckdb"] = duckdb.from_arrow(arrow)
    for id in MODELS:
        model = BarrierModel.load(id)
        for engine, table in engines.items():
            for details in (False, True):
                name = f"{engine}-{id}{'-details' * details}"
                with warnings.catch_warnings(record=True) as caught:
                    warnings.simplefilter("always")
                    made = model.assess_frame(table, details=details)
                    write(OUT / f"frames/{name}.txt", "\n".join(frame_lines(made)))
                told = "".join(f"{item.category.__name__}: {item.message}\n" for item in caught)
                write(OUT / f"programmers/{name}-warnings.txt", normalised(told))
        row = model.explain_row(frame.row(17, named=True))
        write(OUT / f"frames/row-{id}.txt", f"{row.explain('nl')}{row.to_json()}")


def frame_lines(made: Any) -> Iterator[str]:
    """What a table holds, whatever it is of."""
    made = made.collect() if hasattr(made, "collect") else made
    native = made.to_arrow_table() if hasattr(made, "to_arrow_table") else made
    schema = native.schema if hasattr(native, "schema") else native.dtypes
    for name, dtype in schema.items() if hasattr(schema, "items") else zip(schema.names, schema.types, strict=True):
        column = native[name]
        yield f"{name}: {dtype} = {column.to_pylist() if hasattr(column, 'to_pylist') else column.to_list()}"
    yield f"{type(made).__module__}.{type(made).__qualname__}\n"
