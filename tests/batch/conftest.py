"""Makes the helpers of these tests importable; without the extra there is nothing to test."""

import sys
from importlib.util import find_spec
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "benchmarks")]

collect_ignore_glob = [] if all(map(find_spec, ("narwhals", "polars", "pyarrow"))) else ["test_*.py"]
