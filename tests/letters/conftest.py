"""Without the extra there is nothing to test; with it, the commands share the plugins that are installed."""

from functools import cache
from importlib.util import find_spec

import pytest

from barriermodel import Registry

collect_ignore_glob = [] if all(map(find_spec, ("docxtpl", "holidays", "jinja2"))) else ["test_*.py"]

_installed = cache(Registry.discover)


@pytest.fixture(autouse=True)
def plugins_are_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What finds them costs as much as a letter, and has tests of its own."""
    monkeypatch.setattr(Registry, "discover", _installed)
