"""Without the extra there is nothing to test."""

from importlib.util import find_spec

collect_ignore_glob = [] if all(map(find_spec, ("docxtpl", "holidays", "jinja2"))) else ["test_*.py"]
