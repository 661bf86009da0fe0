"""Strategies for the tests of laws: well-typed rules as Python source, and facts and parameters to try them on.

A rule is made as text, so that it goes the way that a plugin's rule goes: through operators on traced values.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from hypothesis import strategies as st

from barriermodel.domain.values import MAX_SAFE_INTEGER
from barriermodel.plugin import (
    UNKNOWN,
    AsOf,
    Award,
    Barrier,
    Concern,
    Condition,
    Fact,
    LegalForm,
    Limit,
    Money,
    Provider,
    Ratio,
    Rule,
    add_months,
    all_of,
    any_of,
    euro,
    named,
    not_,
    one_of,
    ratio,
)
from region import Answers, Size

LIMIT = Limit(assumed=True)
LEAP = date(2024, 2, 29)
FACTS: dict[Any, list[str]] = {
    bool: ["answers.flag", "answers.flag_b", "seen", "flag_p"],
    int: ["answers.count", "answers.count_b", "answers.hours", "total", "count_p"],
    float: ["answers.share", "answers.share_b", "answers.part", "share_p"],
    Money: ["answers.amount", "answers.amount_b", "answers.cost", "award.value", "amount_p"],
    date: ["answers.day", "answers.day_b", "award.starts_on", "as_of", "day_p"],
    str: ["answers.words", "answers.words_b", "provider.name", "words_p"],
    Size: ["answers.size", "answers.size_b", "size_p"],
    LegalForm: ["provider.legal_form"],
}
CONSTANTS: dict[Any, list[str]] = {
    bool: ["True", "False"],
    int: ["0", "1", "-2", "7", str(MAX_SAFE_INTEGER)],
    float: ["0.0", "0.5", "-1.5", "1e308"],
    Money: ["euro(0)", "euro('12.50')", "euro(-3)"],
    date: ["date(2024, 2, 29)", "date(1, 1, 1)", "date(9999, 12, 31)"],
    str: ["''", "'a'", "'b'"],
    Size: ["Size.SMALL", "Size.LARGE"],
    LegalForm: ["LegalForm.BV", "LegalForm.VOF"],
}
LISTS: dict[Any, str] = {int: "*counts_p", str: "*words_list_p", Size: "*sizes_p", Money: "*amounts_p"}
ORDERED = (int, float, Money, date)


def barrier() -> tuple[Barrier, dict[str, Any]]:
    """A barrier with a derived bool and a derived int, and the names that generated rules use."""
    made = Barrier("law.generated", concern=Concern.QUALITY)

    @made.derived
    def seen(answers: Answers) -> bool:
        return bool(answers.flag)

    @made.derived
    def total(answers: Answers) -> int:
        return answers.count + answers.count_b  # type: ignore[operator]

    names = (add_months, all_of, any_of, euro, named, not_, one_of, ratio, date, Size, LegalForm)
    return made, {function.__name__: function for function in names}


PARAMETERS: dict[str, tuple[Any, Any]] = {
    "flag_p": (bool, True), "count_p": (int, 3), "share_p": (Ratio, 0.25), "amount_p": (Money, euro(10)),
    "day_p": (date, LEAP), "words_p": (str, "a"), "size_p": (Size, Size.SMALL), "counts_p": (tuple[int, ...], (0, 3)),
    "words_list_p": (tuple[str, ...], ("a",)), "sizes_p": (tuple[Size, ...], (Size.SMALL, Size.MEDIUM)),
    "amounts_p": (tuple[Money, ...], ()),
}  # fmt: skip
INPUTS: dict[str, Any] = {
    "answers": Answers, "provider": Provider, "award": Award, "as_of": AsOf, "seen": Fact[bool], "total": Fact[int],
}  # fmt: skip


def function(name: str, source: str, names: dict[str, Any]) -> Callable[..., Any]:
    """A rule's function that returns an expression and has what that names; there is no source file to look at."""
    words = set(re.findall(r"\w+", source))
    if not words & set(INPUTS):  # a rule looks at something
        words, source = {*words, "answers"}, f"({source}) & (answers.flag == answers.flag)"
    inputs = {i: kind for i, kind in INPUTS.items() if i in words}
    parameters = {p: (kind, default) for p, (kind, default) in PARAMETERS.items() if p in words}
    declared = ", ".join([*inputs, *(["*"] if parameters else []), *parameters])
    exec(f"def {name}({declared}):\n    return {source}", names)
    made: Callable[..., Any] = names[name]
    made.__kwdefaults__ = {p: default for p, (_, default) in parameters.items()}
    limited = {p: Annotated[kind, LIMIT] for p, (kind, _) in parameters.items()}
    made.__annotations__ = {**inputs, **limited, "return": Fact[bool]}
    return made


def called(rule: Rule[...] | Condition[...], **values: Any) -> Any:
    """What a rule that was made so gives for those of these values that it takes."""
    return rule(**{name: values[name] for name in rule.signature.python.parameters})


class _Source:
    """Draws source text of a given type; every operation has a fact or parameter on at least one side."""

    def __init__(self, draw: st.DrawFn, prefix: str) -> None:
        self.draw = draw
        self.prefix = prefix
        self.names = 0

    def pick(self, options: Any) -> Any:
        return self.draw(st.sampled_from(list(options)))

    def named(self, source: str) -> str:
        if self.pick([True, False, False]):
            self.names += 1
            return f"named('{self.prefix}{self.names}', {source})"
        return source

    def value(self, kind: Any, depth: int) -> str:
        """Text of a value of this type that has a fact or parameter in it."""
        choices = ["fact"]
        if depth > 0 and kind in (int, float, Money, date):
            choices += ["compute", "compute"]
        if self.pick(choices) == "fact":
            return str(self.pick(FACTS[kind]))
        return self.named(self.computed(kind, depth - 1))

    def computed(self, kind: Any, depth: int) -> str:
        if kind is date:
            return f"add_months({self.value(date, depth)}, {self.other(int, depth)})"
        if kind is Money and self.pick([True, False]):
            pair = [self.value(Money, depth), self.other(int, depth)]
            return f"({' * '.join(self.draw(st.permutations(pair)))})"
        if kind is float:
            sort = self.pick([int, float, Money])
            return f"ratio({self.value(sort, depth)}, {self.other(sort, depth)})"
        op = self.pick(["+", "-"] if kind is Money else ["+", "-", "*"])
        pair = [self.value(kind, depth), self.other(kind, depth)]
        return f"({f' {op} '.join(self.draw(st.permutations(pair)))})"

    def other(self, kind: Any, depth: int) -> str:
        constant = self.pick([True, False])
        return str(self.pick(CONSTANTS[kind])) if constant else self.value(kind, depth)

    def condition(self, depth: int) -> str:
        """Text of a condition."""
        sort = self.pick(["compare", "compare", "one_of", "flag"] + (["logic", "logic", "not"] if depth > 0 else []))
        if sort == "flag":
            return str(self.pick(FACTS[bool]))
        if sort == "not":
            return f"not_({self.condition(depth - 1)})"
        if sort == "logic":
            parts = [self.condition(depth - 1) for _ in range(self.pick([2, 2, 3]))]
            joint = self.pick([" & ", " | ", "all_of", "any_of"])
            return f"({joint.join(parts)})" if len(joint) == 3 else f"{joint}({', '.join(parts)})"
        kind = self.pick(FACTS)
        if sort == "one_of":
            choices = [self.pick(CONSTANTS[kind]) for _ in range(self.pick([1, 2]))]
            choices += [LISTS[kind]] if kind in LISTS and self.pick([True, False]) else []
            return f"one_of({self.value(kind, depth)}, {', '.join(choices)})"
        op = self.pick(["==", "!="] + (["<", "<=", ">", ">="] * 2 if kind in ORDERED else []))
        right = self.pick([int, float]) if kind in (int, float) else kind
        pair = [self.value(kind, depth), self.other(right, depth)]
        return self.named(f"({f' {op} '.join(self.draw(st.permutations(pair)))})")


@st.composite
def conditions(draw: st.DrawFn, prefix: str = "n") -> str:
    """The source of a well-typed condition."""
    return _Source(draw, prefix).condition(draw(st.integers(0, 3)))


# Values -----------------------------------------------------------------------------------------------

whole = st.one_of(st.sampled_from([0, 1, -1, 3, MAX_SAFE_INTEGER, -MAX_SAFE_INTEGER]), st.integers(-20, 20))
shares = st.one_of(
    st.sampled_from([0.0, -0.0, 0.25, 1e308, -1e308, 5e-324, float("nan"), float("inf"), float("-inf")]),
    st.floats(),
)
amounts = whole.map(lambda cents: Money(cents=cents))
days = st.one_of(st.sampled_from([date.min, date.max, LEAP, date(2023, 1, 31)]), st.dates())
letters = st.sampled_from(["", "a", "b"])
BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(), int: whole, float: shares, Money: amounts, date: days, str: letters,
    Size: st.sampled_from(Size), LegalForm: st.sampled_from(LegalForm),
}  # fmt: skip


def fact(kind: Any) -> st.SearchStrategy[Any]:
    """A value of this type, or UNKNOWN."""
    return st.one_of(BY_TYPE[kind], st.just(UNKNOWN))


_pairs = [
    ("flag", bool),
    ("count", int),
    ("share", float),
    ("amount", Money),
    ("day", date),
    ("words", str),
    ("size", Size),
]
positive = amounts.map(lambda amount: Money(cents=abs(amount.cents)))
bounded = {"hours": st.integers(-2, 24), "part": st.sampled_from([0.25, 1.0]) | st.floats(0.25, 1), "cost": positive}
answers = st.builds(
    Answers,
    **{name + end: fact(kind) for name, kind in _pairs for end in ("", "_b")},
    **{name: values | st.just(UNKNOWN) for name, values in bounded.items()},
)
providers = st.builds(Provider, name=fact(str), legal_form=fact(LegalForm))
awards = st.builds(Award, value=st.just(UNKNOWN) | positive, starts_on=fact(date))


def _parameter_values(kind: Any) -> st.SearchStrategy[Any]:
    if kind is str:  # and an empty text is no limit
        return st.sampled_from(["a", "b"])
    if kind in BY_TYPE and kind is not float:
        return BY_TYPE[kind]
    if kind is float:  # a limit is a number
        return st.floats(allow_nan=False, allow_infinity=False)
    return st.lists(BY_TYPE[kind.__args__[0]], max_size=3).map(tuple)


parameters = st.fixed_dictionaries({name: _parameter_values(kind) for name, (kind, _) in PARAMETERS.items()})
