"""Without the extra there is nothing to test."""

from importlib.util import find_spec

collect_ignore_glob = [] if all(map(find_spec, ("narwhals", "polars", "pyarrow"))) else ["test_*.py"]
