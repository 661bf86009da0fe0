"""Other engines on their own 20 rules, each in a process of its own, interleaved; results are checked case by case.

    PEERS_HOME=... python tests/benchmarks/bench_peers.py FOLDER [--modules barriermodel_,polars_,openfisca_,cel_] [--match REGEX]

FOLDER is that of the comparison (its README says how to install the peers, in PEERS_HOME). ``barriermodel[frames]``
must be installed there too.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

MATCH = "barriermodel|Polars lazy, 2 threads|OpenFisca-core, 1 thread|Rust.*guards$|C\\+\\+.*(one expression|typed)"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--modules", default="barriermodel_,polars_,openfisca_,cel_")
    parser.add_argument("--match", default=MATCH)
    parser.add_argument("--reps", default="3")
    arguments = parser.parse_args()
    home = Path(os.environ["PEERS_HOME"])
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "bench"
        shutil.copytree(arguments.folder, copy, copy_function=shutil.copyfile)
        for folder in (copy, copy / "peers"):
            folder.chmod(0o755)
        shutil.copyfile(Path(__file__).with_name("peer_barriermodel.py"), copy / "peers" / "barriermodel_.py")
        runner = copy / "run.py"
        runner.write_text(re.sub(r"MODULES = \{", 'MODULES = {"barriermodel_": "venv", ', runner.read_text(), count=1))
        python = home / "venv" / "bin" / "python"
        if not (home / "data" / "ref_1000000.npz").exists():
            subprocess.run([python, copy / "gen.py", "10000", "1000000"], check=True)
        command = [
            sys.executable,
            runner,
            "--modules",
            arguments.modules,
            "--match",
            arguments.match,
            "--reps",
            arguments.reps,
        ]
        subprocess.run([*command, "--table", "-"], check=True)


if __name__ == "__main__":
    main()
