"""What no expression can say is refused while a rule is traced, with the place and what to write instead."""

from __future__ import annotations

import inspect
import threading
import types
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Annotated, Any

import pytest

import refused_rules
import refused_types
from barriermodel.plugin import (
    UNKNOWN,
    AsOf,
    Award,
    Fact,
    LegalForm,
    Level,
    Limit,
    Money,
    Provider,
    TracingError,
    add_months,
    all_of,
    euro,
    named,
    not_,
    one_of,
    ratio,
)
from region import Answers, Size, barrier

LIMIT = Limit(assumed=True)
TEN = euro(10)
checks = barrier("test.trace")

INSTEAD = {
    "uses_and": "all_of(...)", "uses_or": "any_of(...)", "uses_not": "not_(...)", "uses_in": "one_of(fact, ...)",
    "uses_not_in": "not_(one_of(fact, ...))", "uses_is": "`==`", "uses_is_not": "`!=`", "uses_if": "applies=",
    "uses_if_expression": "any_of(...)", "uses_match": "one_of(...)", "uses_try": "unknown",
    "uses_for": "derived fact", "uses_while": "derived fact", "uses_comprehension": "derived fact",
    "uses_generator": "derived fact", "uses_division": "ratio(a, b)", "uses_floor_division": "ratio(a, b)",
    "uses_modulo": "derived fact", "uses_chain": "(a < b) & (b < c)", "uses_str": "named()",
    "uses_f_string": "named()", "uses_isinstance": "declaration", "uses_abs": "any_of(a > limit, a < 0 - limit)",
    "uses_max": "any_of(a > limit, b > limit)", "uses_len": "derived fact", "uses_sqrt": "derived fact",
    "multiplies_amount_and_ratio": "ratio(a, b) > limit", "subtracts_dates": "add_months(date, n)",
    "adds_a_timedelta": "timedelta", "compares_amount_and_ratio": "Money and Ratio", "misspells_a_fact": "'flag'",
    "misspells_a_fact_of_the_provider": "'legal_form'", "reads_a_list": "derived fact",
    "forgets_parentheses": "parentheses", "compares_with_unknown": "UNKNOWN", "orders_texts": "no order",
    "returns_true": "returned True", "returns_a_number": "a int",
}  # fmt: skip
REFUSED = [
    thing
    for module in (refused_rules, refused_types)
    for thing in vars(module).values()
    if isinstance(thing, types.FunctionType) and thing.__module__ == module.__name__
]


@pytest.mark.parametrize("rule", REFUSED, ids=lambda rule: rule.__name__)
def test_it_is_refused_with_its_place_and_what_to_write_instead(rule: Callable[..., Any]) -> None:
    lines, start = inspect.getsourcelines(rule)
    place = next((start + n for n, line in enumerate(lines) if "# here" in line), None)

    with pytest.raises(TracingError) as caught:
        checks.condition(rule)

    message = str(caught.value)
    assert INSTEAD.get(rule.__name__, "") in message
    if place is not None:
        assert message.startswith(f"{inspect.getsourcefile(rule)}:{place}: ")
    assert len(REFUSED) > 60
    assert message.endswith((".", "?"))
    assert "\n" not in message


# Without source ---------------------------------------------------------------------------------------

NAMES: dict[str, Any] = {**vars(refused_rules), **vars(refused_types), "date": date}
UNSEEN = [
    "a.flag and a.flag_b", "a.flag or a.flag_b", "not a.flag", "a.words in ('a', 'b')", "a.words not in ('a',)",
    "a.flag if a.flag_b else a.flag", "[x for x in a.words]", "a.amount / a.amount_b > 1", "1 / a.share > 1",
    "a.count // 2 > 1", "a.count % 2 == 0", "7 % a.count == 0", "a.count ** 2 > 1", "2 ** a.count > 1", "-a.count > 1",
    "1 < a.count < 3", "str(a.words) == 'x'", "f'{a.words}' == 'x'", "format(a.words) == 'x'", "abs(a.count) > 1",
    "max(a.count, a.count_b) > 1", "len(a.words) > 1", "math.sqrt(a.share) > 1", "math.floor(a.share) > 1",
    "round(a.share) > 1", "int(a.share) > 1", "float(a.count) > 1", "sum([a.count, 1]) and True", "hash(a.flag) == 1",
    "{a.flag}", "{a.flag: 1}", "a.words[0] == 'a'", "a.flag()", "a.words.lower() == 'a'", "[1, 2][a.count] == 1",
    "a.flag == UNKNOWN", "a.flag == None", "a.words == 3", "a.amount > 100", "a.amount * a.share > a.amount",
    "a.day - a.day_b > 3", "a.day + timedelta(1) > a.day", "timedelta(1) + a.day > a.day", "a.flagg", "~a.flag",
    "a.flag ^ a.flag_b", "divmod(a.count, 2) == 1", "bool(a.flag)", "a == a", "bool(a)", "True", "None", "a", "a.count",
    "[*a.words]", "pow(a.count, 2) > 4", "complex(a.share) == 1", "bytes(a.words) == b''", "reversed(a.words)",
    "print(a.words, file=None) or a.flag", "sorted([a.count, a.count_b])[0] > 1", "range(a.count)", "a.count @ a.count",
    "a.count << 1", "next(a.words)", "'%s' % a.words == 'x'", "'{}'.format(a.words) == 'x'",
    "date(a.count, 1, 1) < a.day",
]  # fmt: skip


@pytest.mark.parametrize("source", UNSEEN)
def test_the_values_guard_themselves_where_there_is_no_source(source: str) -> None:
    rule = eval(f"lambda a: {source}", NAMES)
    rule.__annotations__ = {"a": Answers}

    with pytest.raises(TracingError):
        checks.condition(rule)


@pytest.mark.parametrize("source", ["bool(a.flag)", "a.amount / 3", "a.words == 3", "len(a.words)", "hash(a.flag)"])
def test_no_except_typeerror_hides_a_guard(source: str) -> None:
    names = dict(NAMES)
    exec(
        f"def rule(a):\n    try:\n        {source}\n    except (TypeError, ValueError, AttributeError):\n"
        "        pass\n    return a.flag",
        names,
    )
    names["rule"].__annotations__ = {"a": Answers}

    with pytest.raises(TracingError) as caught:
        checks.condition(names["rule"])
    assert "<string>:3: " in str(caught.value)


def test_what_a_rule_raises_itself_is_a_tracing_error() -> None:
    rule = eval("lambda a: 1 / 0", NAMES)
    rule.__annotations__ = {"a": Answers}

    with pytest.raises(TracingError, match="ZeroDivisionError"):
        checks.condition(rule)


# What may be written ----------------------------------------------------------------------------------


def test_every_form_that_the_design_allows_is_traced() -> None:
    FORMS = (LegalForm.VOF, LegalForm.BV)

    @checks.signal(level=Level.RED)
    def everything(
        a: Answers, p: Provider, award: Award, as_of: AsOf, *, many: Annotated[tuple[str, ...], LIMIT] = ("a",),
        limit: Annotated[Money, LIMIT] = TEN,
    ) -> Fact[bool]:  # fmt: skip
        """A docstring is allowed, and so are notes to a reader."""
        margin: Fact[float] = named("margin", ratio(a.amount, a.amount_b))
        soon = add_months(as_of, -3) < a.day
        return all_of(
            (margin > 0.1) & soon | a.flag,
            not_(one_of(p.legal_form, *FORMS, *[f for f in FORMS])),  # noqa: C416
            one_of(a.words, *many),
            a.count * 2 + 1 - a.count_b >= 3,
            (a.amount * 3 > limit) | (a.amount - limit < award.value),
            a.size != Size.SMALL,
            a.day == date(2024, 2, 29),
            a.share > 1,
        )

    given = Answers(
        flag=True, words="a", count=2, count_b=1, amount=euro(20), amount_b=euro(1), size=Size.LARGE, share=2.0,
        day=date(2024, 2, 29),
    )  # fmt: skip
    assert everything(given, Provider(legal_form=LegalForm.NV), Award(), date(2025, 1, 1)) is True
    assert everything(given, Provider(legal_form=LegalForm.BV), Award(), date(2025, 1, 1)) is False
    assert everything(given, Provider(), Award(), date(2025, 1, 1)) is UNKNOWN
    assert everything(given, Provider(legal_form=LegalForm.NV), Award(), date(2025, 1, 1), many=()) is False


def test_a_called_rule_checks_what_it_is_given() -> None:
    made = barrier("test.calls")

    @made.derived
    def number(a: Answers) -> int:
        return a.count  # type: ignore[return-value]

    @made.signal(level=Level.RED)
    def rule(number: Fact[int], as_of: AsOf, *, most: Annotated[int, LIMIT] = 2) -> Fact[bool]:
        return (number > most) & (as_of > date(2020, 1, 1))

    assert rule(3, date(2025, 1, 1)) is True
    assert rule(UNKNOWN, date(2025, 1, 1)) is UNKNOWN
    with pytest.raises(ValueError, match="a whole number"):
        rule(3.5, date(2025, 1, 1))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="a whole number"):
        rule(3, date(2025, 1, 1), most=1.5)  # type: ignore[arg-type]


def test_no_except_in_a_rule_without_source_hides_a_refusal() -> None:
    body = ["try:", "    bool(a.flag)", "except Exception:", "    pass", "return a.flag"]
    source = "\n    ".join(["def rule(a: Answers) -> object:", *body])
    names: dict[str, Any] = {"Answers": Answers}
    exec(source, names)

    with pytest.raises(TracingError, match="truth value"):
        barrier("t.hidden").condition(names["rule"])


SWALLOWS = ["try:", "    bool(a.flag)", "except Exception:", "    pass"]


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ([*SWALLOWS, "meet()", "meet()"], ["meet()"]),  # the good rule begins when the bad one was refused already
        (["meet()", *SWALLOWS, "meet()"], ["meet()", "meet()"]),  # and when it was not yet
    ],
)
def test_a_rule_in_another_thread_changes_nothing_of_what_is_refused(bad: list[str], good: list[str]) -> None:
    both = threading.Barrier(2)
    names: dict[str, Any] = {"Answers": Answers, "meet": lambda: both.wait(10)}
    for name, body in {"bad": bad, "good": good}.items():
        exec("\n    ".join([f"def {name}(a: Answers) -> object:", *body, "return a.flag"]), names)

    def define_good() -> object:
        if len(good) == 1:
            both.wait(10)
        return barrier("t.good").condition(names["good"])

    with ThreadPoolExecutor(2) as pool:
        refused, accepted = pool.submit(barrier("t.bad").condition, names["bad"]), pool.submit(define_good)

    assert isinstance(refused.exception(), TracingError)
    assert accepted.exception() is None


def imports(a: Answers) -> Fact[bool]:
    import math  # noqa: F401

    return a.flag


def assigns_inside(a: Answers) -> Fact[bool]:
    return (x := a.count) > 3 | x


def defines(a: Answers) -> Fact[bool]:
    def inner() -> bool:
        return True

    return a.flag


@pytest.mark.parametrize(
    ("rule", "words"), [(imports, "`import`"), (assigns_inside, "`:=`"), (defines, "a function of its own")]
)
def test_a_rule_is_lines_of_names_and_one_return(rule: Callable[..., Any], words: str) -> None:
    with pytest.raises(TracingError, match=words):
        barrier("t.lines").condition(rule)
