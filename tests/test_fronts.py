"""The names that callers and rule authors import: complete, documented, and each with an example."""

from __future__ import annotations

import enum
import inspect
import re
import types
from pathlib import Path

import pytest

import barriermodel
import barriermodel.plugin

PLUGIN_PAGE = Path(__file__).parents[1] / "docs" / "plugin.md"
FRONTS = pytest.mark.parametrize("front", [barriermodel, barriermodel.plugin], ids=lambda front: front.__name__)
ROOMS = ("domain", "rules", "reading", "errors", "text")


@FRONTS
def test_dir_shows_the_public_names_and_no_others(front: types.ModuleType) -> None:
    assert {name for name in dir(front) if not name.startswith("__")} == set(front.__all__)


def test_the_page_on_plugins_lists_each_name_once() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", PLUGIN_PAGE.read_text(encoding="utf-8").split("## Names\n")[1], re.MULTILINE)

    assert sorted(listed) == sorted(barriermodel.plugin.__all__)


@FRONTS
def test_each_class_and_function_has_a_docstring_of_its_own(front: types.ModuleType) -> None:
    for name in front.__all__:
        thing = getattr(front, name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert thing.__doc__, name
            inherited = enum.Enum.__doc__ if inspect.isclass(thing) and issubclass(thing, enum.Enum) else None
            assert thing.__doc__ != inherited, name


@FRONTS
def test_each_class_and_function_of_the_rooms_below_has_an_example(front: types.ModuleType) -> None:
    """It runs: see test_doctests.py."""
    for name in front.__all__:
        thing = getattr(front, name)
        room = getattr(thing, "__module__", "").removeprefix("barriermodel.").partition(".")[0]
        if room in ROOMS and (inspect.isclass(thing) or inspect.isfunction(thing)):
            assert ">>> " in (thing.__doc__ or ""), name
