"""Without the extra there is nothing to test; the command reads tables as well."""

from importlib.util import find_spec

_NEEDS = {"test_running.py": ("jinja2",), "test_command.py": ("jinja2", "narwhals", "polars", "pyarrow")}
collect_ignore = [name for name, packages in _NEEDS.items() if not all(map(find_spec, packages))]
