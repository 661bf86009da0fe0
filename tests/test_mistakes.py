"""Whoever makes a beginner's mistake is told where it is and what to write instead."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from barriermodel import DefinitionError
from mistaken_definitions import DEFINITIONS, HEAD
from mistakes import EXPRESSIONS

EXPRESSION = """
import math
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated
from region import *
from barriermodel import *
COUNTS = {{}}
b = barrier("test.mistakes")
def helper(x): return x > 3
@b.condition
def other(a: Answers) -> Fact[bool]: return a.flag
@b.condition
def rule(a: Answers, *, limit: Annotated[int, Limit(assumption="an example")] = 3) -> Fact[bool]:
    return {expression}  # here
"""


def told(source: str, tmp_path: Path) -> str:
    """What is told of a plugin when it is loaded."""
    file = tmp_path / "plugin.py"
    file.write_text(source, "utf-8")
    place = next(number for number, line in enumerate(source.splitlines(), 1) if "# here" in line)

    with pytest.raises(DefinitionError) as caught:
        runpy.run_path(str(file), run_name="plugin")

    message = str(caught.value)
    assert message.startswith(f"{file}:{place}: ")
    assert message.endswith((".", "?"))
    assert "\n" not in message
    assert len(message) < 400 + len(str(file))
    return message.removeprefix(f"{file}:{place}: ")


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_that_cannot_be_is_told_with_what_to_write(expression: str, tmp_path: Path) -> None:
    assert EXPRESSIONS[expression] in told(EXPRESSION.format(expression=expression), tmp_path)


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_definition_that_cannot_be_is_told_with_what_to_write(name: str, tmp_path: Path) -> None:
    source, words = DEFINITIONS[name]

    assert words in told(HEAD + source, tmp_path)
