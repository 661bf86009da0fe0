"""Mistakes in the definition of a barrier, a rule or a parameter are told when its plugin is loaded."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Annotated, Any

import pytest

from barriermodel.plugin import (
    UNKNOWN,
    AsOf,
    Barrier,
    Between,
    DefinitionError,
    Fact,
    Item,
    Level,
    Limit,
    Ratio,
    TracingError,
    named,
)
from region import Accounts, Answers, barrier, dossier, item, model

LIMIT = Limit(source="https://example.org")


def condition(function: Callable[..., Any]) -> str:
    """The message with which a condition is refused."""
    with pytest.raises(DefinitionError) as caught:
        barrier("test.definitions").condition(function)
    assert not isinstance(caught.value, TracingError)
    place, message = str(caught.value).split(": ", 1)
    assert place.partition(":")[0] == __file__
    assert message.startswith("test.definitions.")
    return message


@pytest.mark.parametrize(
    "id", ["kvk", "nl.kvk.active", "NL.kvk", "nl.Kvk", "nl-x.kvk", "nl.", ".kvk", "nl.1a", "nl.a__b", "nl.a\n", 3, None]
)
def test_a_barrier_id_is_owner_and_barrier_in_snake_case(id: Any) -> None:
    with pytest.raises(DefinitionError, match=r"<owner>\.<barrier>"):
        barrier(id)


def test_a_barrier_has_a_concern() -> None:
    with pytest.raises(DefinitionError, match="concern"):
        Barrier("test.a", concern="quality")  # type: ignore[arg-type]


class Number(enum.Enum):
    ONE = 1


# Signatures -------------------------------------------------------------------------------------------


def test_a_parameter_without_annotation_is_refused() -> None:
    def rule(answers) -> Fact[bool]:  # type: ignore[no-untyped-def]
        return answers.flag

    assert "'answers' has no annotation" in condition(rule)


def test_a_default_without_the_star_is_refused() -> None:
    def rule(answers: Answers, most: Annotated[int, LIMIT] = 3) -> Fact[bool]:
        return answers.count > most

    assert "put `*,` before 'most'" in condition(rule)


def test_a_regional_parameter_says_who_set_it() -> None:
    def bare(answers: Answers, *, most: int = 3) -> Fact[bool]:
        return answers.count > most

    def twice(answers: Answers, *, most: Annotated[int, LIMIT, LIMIT] = 3) -> Fact[bool]:
        return answers.count > most

    assert "state where the value comes from" in condition(bare)
    assert "state where the value comes from" in condition(twice)


@pytest.mark.parametrize("given", [{}, {"source": "a", "assumed": True}, {"source": ""}, {"source": " "}])
def test_a_limit_has_a_source_or_an_assumption(given: dict[str, Any]) -> None:
    with pytest.raises(DefinitionError, match="exactly one"):
        Limit(**given)


def test_a_regional_parameter_has_a_default_of_its_type() -> None:
    def none(answers: Answers, *, most: Annotated[int, LIMIT]) -> Fact[bool]:
        return answers.count > most

    def wrong(answers: Answers, *, most: Annotated[int, LIMIT] = 3.5) -> Fact[bool]:  # type: ignore[assignment]
        return answers.count > most

    def other(answers: Answers, *, most: Annotated[Any, LIMIT] = 3) -> Fact[bool]:
        return answers.count > most

    def record(answers: Answers, *, most: Annotated[Answers, LIMIT] = Answers()) -> Fact[bool]:  # noqa: B008
        return answers.flag

    assert "has a default" in condition(none)
    assert "expected a whole number; got 3.5" in condition(wrong)
    assert "a parameter is a bool, int" in condition(other)
    assert "comes before `*`" in condition(record)


def test_a_rule_looks_at_evidence_provider_award_date_or_derived_facts() -> None:
    def text(answers: str) -> Any:
        return answers

    def several(answers: str | int) -> Any:
        return answers

    def items(years: Sequence[Item[Accounts]]) -> Any:
        return years

    def args(*answers: Answers) -> Any:
        return answers

    def missing(number: Fact[int]) -> Any:
        return number > 3

    def twice(a: Answers, b: Answers) -> Any:
        return a.count > b.count

    def unknown(answers: NotThere) -> Any:  # type: ignore[name-defined]  # noqa: F821
        return answers

    assert "write `answers: Fact[str]`" in condition(text)
    assert "annotate it with an @evidence class" in condition(several)
    assert "only a derived fact reads all items" in condition(items)
    assert "*args" in condition(args)
    assert "no derived fact 'number'" in condition(missing)
    assert "two of its parameters receive the same" in condition(twice)
    assert "NotThere" in condition(unknown)


def test_a_rule_is_a_plain_function() -> None:
    async def waits(answers: Answers) -> Any:
        return answers.flag

    def yields(answers: Answers) -> Iterator[Any]:
        yield answers.flag

    assert "not async" in condition(waits)
    assert "not a generator" in condition(yields)


def test_a_derived_fact_comes_from_evidence_and_says_what_it_returns() -> None:
    made = barrier("test.definitions")

    def untyped(answers: Answers):  # type: ignore[no-untyped-def]
        return 3

    def many(answers: Answers) -> list[int]:
        return [3]

    def nothing(as_of: AsOf) -> int:
        return 3

    def chained(answers: Answers, other: Fact[int]) -> int:
        return 3

    for function, words in [
        (untyped, "what it returns"),
        (many, "what it returns"),
        (nothing, "takes evidence"),
        (chained, "takes evidence"),
    ]:
        with pytest.raises(DefinitionError, match=words):
            made.derived(function)  # type: ignore[call-overload]


def test_a_derived_fact_is_annotated_as_it_is() -> None:
    made = barrier("test.definitions")

    @made.derived
    def number(answers: Answers) -> int:
        return answers.count  # type: ignore[return-value]

    with pytest.raises(DefinitionError, match="is of type int; write `number: Fact"):

        @made.condition
        def rule(number: Fact[Ratio]) -> Fact[bool]:
            return number > 0.5


# Names ------------------------------------------------------------------------------------------------


def rules_with(first: Any, second: Any) -> None:
    """Two rules with a parameter ``most`` of these defaults and limits."""
    made = barrier("test.definitions")

    @made.condition
    def one(answers: Answers, *, most: Annotated[int, first[1]] = first[0]) -> Fact[bool]:
        return answers.count > most

    @made.condition
    def two(answers: Answers, *, most: Annotated[int, second[1]] = second[0]) -> Fact[bool]:
        return answers.count_b > most


one_of_a_kind = Limit(assumed=True)


@pytest.mark.parametrize("second", [(4, LIMIT), (3, one_of_a_kind)])
def test_one_name_means_one_parameter_throughout_a_barrier(second: Any) -> None:
    rules_with((3, LIMIT), (3, LIMIT))

    with pytest.raises(DefinitionError, match="'most' is declared twice"):
        rules_with((3, LIMIT), second)


def test_a_name_is_given_once() -> None:
    made = barrier("test.definitions")
    decorate = made.signal(level=Level.RED)

    @decorate
    def rule(answers: Answers) -> Fact[bool]:
        return answers.flag

    with pytest.raises(DefinitionError, match="there is already a rule"):
        decorate(rule_named("rule"))
    with pytest.raises(DefinitionError, match="there is already a rule"):
        made.derived(rule_named("rule"))
    with pytest.raises(DefinitionError, match="there is already a rule"):
        made.signal(level=Level.RED, opaque=True)(rule_named("rule"))


def rule_named(name: str) -> Any:
    def function(answers: Answers) -> bool:
        return answers.flag == True  # type: ignore[return-value]  # noqa: E712

    function.__name__ = name
    return function


@pytest.mark.parametrize("name", ["<lambda>", "HighProfit", "high__profit", "_high"])
def test_a_rule_has_a_name_in_snake_case(name: str) -> None:
    made = barrier("test.definitions")

    with pytest.raises(DefinitionError, match="snake_case"):
        made.signal(level=Level.RED)(rule_named(name))
    with pytest.raises(DefinitionError, match="snake_case"):
        made.derived(rule_named(name))


def test_a_named_value_has_a_name_of_its_own() -> None:
    decorate = barrier("test.definitions").signal(level=Level.RED)

    def twice(a: Answers) -> Fact[bool]:
        return (named("x", a.count) > 3) & (named("x", a.share) > 3)

    def as_parameter(a: Answers, *, x: Annotated[int, LIMIT] = 3) -> Fact[bool]:
        return named("x", a.count) > x

    for function in (twice, as_parameter):
        with pytest.raises(DefinitionError, match="'x' is used twice"):
            decorate(function)


def test_two_barriers_keep_their_own_parameters_of_one_name() -> None:
    """One name of a parameter in two barriers is two parameters."""
    barriers = [barrier("nl.a_b"), barrier("nl_a.c")]
    for made, default in zip(barriers, (1, 100), strict=True):

        @made.derived
        def value(answers: Answers, *, least: Annotated[int, LIMIT] = default) -> int:
            return least if answers.count else 0

        @made.signal(level=Level.RED)
        def rule(answers: Answers, value: Fact[int], *, least: Annotated[int, LIMIT] = default) -> Fact[bool]:
            return (answers.count > least) & (value == least)

    assessment = model(*barriers).assess(dossier(item(Answers(count=50))))

    assert {r.id: r.status.key for r in assessment.rules} == {"nl.a_b.rule": "hit", "nl_a.c.rule": "clear"}


def test_an_enumeration_of_something_else_than_texts_is_no_fact() -> None:
    def rule(answers: Answers, *, number: Annotated[Number, LIMIT] = Number.ONE) -> Fact[bool]:
        return answers.flag

    assert "a parameter is a bool, int" in condition(rule)


def test_a_rule_without_its_defaults_and_on_a_date() -> None:
    made = barrier("test.definitions")

    @made.condition
    def later(as_of: AsOf, answers: Answers) -> Fact[bool]:
        return answers.day > as_of

    assert later(date(2025, 1, 1), Answers(day=date(2025, 1, 2))) is True
    assert later(as_of=date(2025, 1, 1), answers=Answers()) is UNKNOWN


def test_a_parameter_declared_twice_has_the_same_bounds() -> None:
    made = barrier("t.bounds")

    @made.signal(level=Level.RED)
    def first(a: Answers, *, most: Annotated[int, Limit(assumed=True), Between(0)] = 3) -> Fact[bool]:
        return a.count > most

    with pytest.raises(DefinitionError, match="declared twice"):

        @made.signal(level=Level.RED)
        def second(a: Answers, *, most: Annotated[int, Limit(assumed=True)] = 3) -> Fact[bool]:
            return a.count > most
