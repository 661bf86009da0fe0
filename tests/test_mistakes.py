"""Whoever makes a beginner's mistake is told where it is and what to write instead."""

from __future__ import annotations

import inspect
import runpy
import types
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import pytest

from barriermodel import UNKNOWN, BarrierModelError, Level, Registry, euro
from barriermodel.analysis.profiles import PluginStatus
from barriermodel.plugin import DefinitionError, Fact, Limit, evidence
from barriermodel.source_location import error_location
from mistaken_definitions import DEFINITIONS, HEAD
from mistakes import EXPRESSIONS
from region import Answers, barrier, plugin

EXPRESSION = """
import math
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated
from region import *
from barriermodel import *
from barriermodel.plugin import *
COUNTS = {{}}
b = barrier("test.mistakes")
def helper(x): return x > 3
@b.condition
def other(a: Answers) -> Fact[bool]: return a.flag
@b.condition
def rule(a: Answers, *, limit: Annotated[int, Limit(assumed=True)] = 3) -> Fact[bool]:
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


# Where nothing is traced ------------------------------------------------------------------------------

LIMITED = Limit(assumed=True)
made = barrier("test.mistakes")


@made.condition
def many(a: Answers, *, most: Annotated[int, LIMITED] = 3) -> Fact[bool]:
    return a.count > most


@made.derived
def twice(a: Answers) -> Fact[int]:
    return a.count * 2


def test_a_rule_that_is_called_with_a_misspelt_limit_says_which_it_has() -> None:
    with pytest.raises(TypeError, match=r"test\.mistakes\.many: .*'mots'; did you mean 'most'\?$"):
        many(Answers(), mots=4)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"test\.mistakes\.many: .*it is called as many\(a, most\)$"):
        many()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"test\.mistakes\.twice: .*it is called as twice\(a\)$"):
        twice(Answers(), Answers())


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"amount": 1000}, r"amount: .* write euro\(1000\)$"),
        ({"amount": "12.50"}, r"amount: .* write euro\('12\.50'\)$"),
        ({"day": "2026-01-31"}, r"day: .* write date\(2026, 1, 31\)$"),
        ({"day": "2026-02-31"}, r"day: .* write date\(year, month, day\)$"),
        ({"size": "smal"}, r"size: .* write Size\.SMALL$"),
        ({"size": "tiny"}, r"size: .* write Size\.SMALL, Size\.MEDIUM or Size\.LARGE$"),
        ({"share": "10%"}, r"share: .* write 0\.1$"),
        ({"words": 12345678}, r"words: .* write '12345678'$"),
        ({"flag": 1}, r"flag: .* write True or False$"),
    ],
)
def test_a_fact_of_the_wrong_type_says_what_to_write(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Answers(**facts)


@pytest.mark.parametrize(
    ("hook", "near"),
    [("barriermodel_barrier", "barriermodel_barriers"), ("barriermodel_reader", "barriermodel_readers")],
)
def test_a_misspelt_hook_is_told_with_the_one_that_was_meant(hook: str, near: str) -> None:
    found = Registry().add(plugin(**{hook: lambda: []}))

    assert found.status is PluginStatus.BROKEN
    assert f"did you mean {near!r}?" in found.message


HOOK = """
from barriermodel.plugin import hookimpl
BARRIERMODEL_API = 2
@hookimpl
def barriermodel_barriers():
    return 1 / 0
"""


def test_what_a_hook_raises_is_told_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "broken_hook.py"
    file.write_text(HOOK, "utf-8")
    module = types.ModuleType("broken_hook")
    exec(compile(file.read_text("utf-8"), str(file), "exec"), module.__dict__)

    assert Registry().add(module).message.startswith(f"{file}:6: ZeroDivisionError: division by zero.")


def test_a_hook_with_a_parameter_of_its_own_is_told(tmp_path: Path) -> None:
    def barriermodel_barriers(registry: object) -> list[Any]:
        return [registry]

    found = Registry().add(plugin(barriermodel_barriers=barriermodel_barriers))

    assert found.status is PluginStatus.BROKEN
    assert "'registry'" in found.message
    assert "pluggy" not in found.message


def test_a_plugin_that_is_no_python_is_told_with_its_line(tmp_path: Path) -> None:
    error = SyntaxError("invalid syntax", (str(tmp_path / "barrier.py"), 59, 1, "x = = 3"))

    assert error_location(error) == f"{tmp_path / 'barrier.py'}:59"


def test_a_parameter_is_used_wherever_its_function_names_it() -> None:
    own = barrier("test.uses")

    @own.derived
    def in_a_lambda(a: Answers) -> int:
        return max([1], key=lambda n: n * a.count) * a.count  # type: ignore[operator,return-value]

    @own.derived
    def in_a_loop(a: Answers, *, most: Annotated[int, LIMITED] = 3) -> int:
        return sum(n for n in range(most) if n == a.count)

    @own.derived
    def in_a_function_of_its_own(a: Answers) -> int:
        def count() -> Any:
            return a.count

        return int(count())

    @own.signal(level=Level.RED)
    def in_the_text(in_a_loop: Fact[int], *, most: Annotated[int, LIMITED] = 3) -> Fact[bool]:
        return in_a_loop > 0

    assert in_a_lambda(Answers(count=2)) == in_a_function_of_its_own(Answers(count=2)) == 2
    assert set(own.derived_facts) == {"in_a_lambda", "in_a_loop", "in_a_function_of_its_own"}


class Numbers:
    MOST = 3

    @staticmethod
    def of_this_year() -> int:
        """What a reader of the plugin uses, and no rule."""
        return date.today().year  # noqa: DTZ011


def test_a_class_that_can_read_the_clock_may_hold_what_a_rule_uses() -> None:
    own = barrier("test.constants")

    @own.signal(level=Level.RED)
    def too_many(a: Answers) -> Fact[bool]:
        return a.count > Numbers.MOST

    @own.derived
    def more(a: Answers) -> int:
        return a.count + Numbers.MOST  # type: ignore[operator,return-value]

    assert too_many(Answers(count=4)) is True
    assert more(Answers(count=4)) == 7


def test_an_amount_of_a_float_says_how_it_is_written() -> None:
    with pytest.raises(TypeError, match=r"got 10\.5; write euro\('10\.5'\)$"):
        euro(10.5)  # type: ignore[arg-type]


def test_a_kind_may_share_the_facts_of_another_class() -> None:
    @evidence("test_some_answers")
    class Some:
        flag: Fact[bool] = UNKNOWN

    @evidence("test_more_answers")
    class More(Some):
        more: Fact[bool] = UNKNOWN

    assert More(flag=True, more=False).flag is True


@made.derived
def mistyped(a: Answers) -> int:
    return f"{a.count}"  # type: ignore[return-value]


@made.derived
def divides(a: Answers) -> int:
    return a.count // 0  # type: ignore[operator,return-value]


@made.derived
def uses_one_that_fails(a: Answers) -> int:
    return divides(a) + 1  # type: ignore[no-any-return]


def test_a_derived_fact_that_fails_when_it_is_called_says_where() -> None:
    def line(function: Any, words: str) -> int:
        lines, start = inspect.getsourcelines(function)
        return start + next(n for n, text in enumerate(lines) if words in text)

    for called, words, said in (
        (mistyped, "def mistyped", "ValueError: mistyped: expected a whole number; got '3'; write 3"),
        (divides, "// 0", "ZeroDivisionError: integer division or modulo by zero"),
        (uses_one_that_fails, "divides(a) + 1", "BarrierModelError: test.mistakes.divides fails: "),
    ):
        with pytest.raises(BarrierModelError) as caught:
            called(Answers(count=3))
        place = f"{__file__}:{line(called.function, words)}: "
        assert str(caught.value).startswith(f"{place}{called.id} fails: {said}")
        assert called(Answers()) is UNKNOWN


def barriermodel_barriers() -> Any:
    return made


def test_a_hook_that_returns_one_barrier_is_told_with_its_place() -> None:
    found = Registry().add(plugin(barriermodel_barriers=barriermodel_barriers))
    line = inspect.getsourcelines(barriermodel_barriers)[1]

    said = "barriermodel_barriers returned a Barrier; write `yield` for each thing, or return a list."
    assert found.message.startswith(f"{__file__}:{line}: {said}")
