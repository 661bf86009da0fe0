"""From a rule's function to its expression: it is called once, with values that record what is done to them."""

from __future__ import annotations

import enum
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextvars import ContextVar
from datetime import date
from typing import Any, NoReturn, TypeVar, overload

from ..domain.facts import FactField, Label
from ..domain.unknown import UNKNOWN, Fact
from ..domain.values import Money, Ratio, is_scalar, validate
from ..errors import TracingError
from ..source_location import as_sentence, call_site, usage_hint
from ..spelling import did_you_mean
from .expression import LOGIC, Constant, FactRef, Named, Node, Operation, Parameter, result_type
from .interpreter import apply
from .operand_errors import explain_operands

T = TypeVar("T")


def refuse(words: str) -> NoReturn:
    """Refuse what a rule does, with the place where it does it."""
    error = TracingError(as_sentence(words), call_site())
    refused = _REFUSED.get()
    if refused is not None:
        refused.append(error)
    raise error


_REFUSED: ContextVar[list[TracingError] | None] = ContextVar("refused", default=None)
"""What was refused in the call that is traced here: another thread may trace a rule of its own at the same time."""


def call_traced(function: Callable[..., Any], inputs: Iterable[Any], parameters: Mapping[str, Any]) -> Any:
    """Call a rule's function with traced values; an ``except`` in it hides no refusal."""
    refused: list[TracingError] = []
    before = _REFUSED.set(refused)
    try:
        result = function(*inputs, **parameters)
    finally:
        _REFUSED.reset(before)
    if refused:
        raise refused[0]
    return result


class Traced:  # noqa: PLW1641  # __hash__ is one of the guards below
    """A value in a rule while it is traced; it records operators and refuses what no expression can say."""

    __slots__ = ("node",)
    __match_args__ = ()

    def __init__(self, node: Node) -> None:
        self.node = node

    def __eq__(self, other: object) -> Any:
        return operation("eq", self, other)

    def __ne__(self, other: object) -> Any:
        return operation("ne", self, other)

    def __lt__(self, other: object) -> Any:
        return operation("lt", self, other)

    def __le__(self, other: object) -> Any:
        return operation("le", self, other)

    def __gt__(self, other: object) -> Any:
        return operation("gt", self, other)

    def __ge__(self, other: object) -> Any:
        return operation("ge", self, other)

    def __and__(self, other: object) -> Any:
        return operation("and", self, other)

    def __rand__(self, other: object) -> Any:
        return operation("and", other, self)

    def __or__(self, other: object) -> Any:
        return operation("or", self, other)

    def __ror__(self, other: object) -> Any:
        return operation("or", other, self)

    def __add__(self, other: object) -> Any:
        return operation("add", self, other)

    def __radd__(self, other: object) -> Any:
        return operation("add", other, self)

    def __sub__(self, other: object) -> Any:
        return operation("sub", self, other)

    def __rsub__(self, other: object) -> Any:
        return operation("sub", other, self)

    def __mul__(self, other: object) -> Any:
        return operation("mul", self, other)

    def __rmul__(self, other: object) -> Any:
        return operation("mul", other, self)

    def __iter__(self) -> Iterator[Any]:
        """``one_of(x, *accepted)`` unpacks a list parameter; nothing else may."""
        if isinstance(self.node, Parameter) and self.node.many:
            return iter([self])
        refuse("a rule cannot loop over a fact; write a derived fact")

    def __len__(self) -> NoReturn:  # noqa: PLE0303
        if isinstance(self.node, Parameter) and self.node.many:
            # Python asks for it when it unpacks, and goes on without where it is a TypeError
            raise TypeError("the length of a list parameter is not known in a rule")
        refuse("a fact is given to len(); write a derived fact")

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)  # what Python itself looks for, such as __array__
        refuse(f"a fact has no attribute {name!r}; {_of_attribute(self.node.type, name)}")


def _of_attribute(kind: type, name: str) -> str:
    """What to write instead of an attribute that a value of a type has, and a fact has not."""
    if kind is date and name == "year":
        return "compare it with a date, as in fact >= date(2026, 1, 1), or write a derived fact"
    if issubclass(kind, enum.Enum) and name in ("value", "name"):
        return f"compare it with a member, as in fact == {kind.__name__}.{next(iter(kind)).name}"
    return "write a derived fact"


def _guard(method: str, words: str) -> None:
    def guard(self: Traced, *_: object) -> NoReturn:
        refuse(words)

    setattr(Traced, method, guard)


_GUARDS = {
    "a fact is used as a truth value (by and, or, not, if, while, in or a chained comparison); "
    "write &, |, not_(), one_of() or applies=": ("__bool__", "__contains__"),
    "`/` on a fact; write ratio(a, b), or compare with so many times the limit: a > 12 * limit": (
        "__truediv__", "__rtruediv__", "__floordiv__", "__rfloordiv__",
    ),
    "a fact is made into text; name it with named() and use {name} in the text": ("__str__", "__format__"),
    "a fact is put in a set or used as a key; write one_of(fact, ...), or look it up in a derived fact": ("__hash__",),
    "`~` on a fact; write not_(fact)": ("__invert__",),
    "`^` on facts; write a != b": ("__xor__", "__rxor__"),
    "`-` before a fact; write 0 - fact, or euro(0) - fact": ("__neg__",),
    "abs() of a fact; write any_of(a > limit, a < 0 - limit)": ("__abs__",),
    "a fact is rounded or made a number of another type; compare it as it is, unrounded": (
        "__round__", "__int__", "__float__", "__index__", "__trunc__", "__floor__", "__ceil__", "__complex__",
    ),
    "a fact is given to a function or operator that no expression knows; write a derived fact": (
        "__pos__", "__mod__", "__rmod__", "__divmod__", "__rdivmod__", "__pow__", "__rpow__", "__getitem__",
        "__call__", "__lshift__", "__rshift__", "__matmul__", "__reversed__", "__enter__", "__exit__", "__await__",
        "__bytes__", "__next__", "__reduce_ex__",
    ),
}  # fmt: skip
for _words, _methods in _GUARDS.items():
    for _method in _methods:
        _guard(_method, _words)


class TracedRecord:
    """Evidence, provider or award in a rule while it is traced: its attributes are facts."""

    def __init__(self, source: str, cls: type, fields: dict[str, FactField]) -> None:
        self.__dict__["_traced"] = (source, cls, fields)

    def __getattr__(self, name: str) -> Traced:
        source, cls, fields = self.__dict__["_traced"]
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if name not in fields:
            hint = did_you_mean(name, fields, f"name the fact that you mean: {', '.join(fields)}")
            refuse(f"{cls.__name__} has no fact {name!r}; {hint}")
        field = fields[name]
        if field.many:
            refuse(f"{cls.__name__}.{name} is a list, which only a derived fact can read; write one")
        return Traced(FactRef(source, name, field.type, field.label))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        refuse(f"a rule cannot set {name!r}; facts are only read")

    __hash__ = None  # type: ignore[assignment]


def _refuse_whole(self: TracedRecord, *_: object) -> NoReturn:
    refuse("evidence is used as a whole; name the fact that you mean, as in evidence.fact")


for _method in (
    "__bool__", "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__getitem__", "__iter__", "__len__",
    "__contains__", "__call__", "__and__", "__rand__", "__or__", "__ror__", "__invert__", "__str__", "__format__",
    "__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__truediv__", "__rtruediv__",
):  # fmt: skip
    setattr(TracedRecord, _method, _refuse_whole)


def _node(op: str, value: object, values: tuple[object, ...]) -> Node:
    if isinstance(value, Traced):
        return value.node
    if isinstance(value, TracedRecord):
        _refuse_whole(value)
    if value is UNKNOWN or value is None:
        refuse(f"a rule never tests for {value!r}; an unknown fact makes it open by itself")
    if not is_scalar(type(value)):
        refuse(_instead(op, values))
    try:
        constant = validate(type(value), value)
    except ValueError as error:
        refuse(str(error))
    if constant is UNKNOWN:
        refuse(f"{value!r} is not a number that a fact can be compared with")
    return Constant(constant, type(value))


def _instead(op: str, values: Iterable[object]) -> str:
    return explain_operands(op, [(v.node.type, None) if isinstance(v, Traced) else (type(v), v) for v in values])


def operation(op: str, *values: object) -> Any:
    """An operation: recorded where a value is traced, carried out where all are values."""
    if op in LOGIC and any(isinstance(value, (list, tuple, set, Generator)) for value in values):
        refuse("a list of conditions is one thing; put a star before it, as in all_of(*conditions)")
    if not any(isinstance(value, (Traced, TracedRecord)) for value in values):
        return apply(op, list(values))
    if op == "one_of" and len(values) == 1:
        refuse("one_of() is given nothing to be one of; write one_of(fact, value, ...)")
    args = [_node(op, value, values) for value in values]
    if op in ("and", "or"):  # a & b & c is one condition with three parts
        args = [part for a in args for part in (a.args if isinstance(a, Operation) and a.op == op else (a,))]
    for position, arg in enumerate(args):
        chosen = op == "one_of" and position > 0
        if isinstance(arg, Parameter) and arg.many and not chosen:
            refuse(f"{arg.name} is a list; write one_of(fact, *{arg.name})")
        if chosen and not isinstance(arg, (Constant, Parameter)):
            refuse("one_of() takes fixed values and parameters; compare facts with ==")
    found = result_type(op, [arg.type for arg in args])
    if found is None:
        refuse(_instead(op, values))
    return Traced(Operation(op, tuple(args), found))


# The vocabulary of rules ------------------------------------------------------------------------------


@usage_hint('named("name", value, nl="…", en="…")', refuse)
def named(name: str, value: T, *, nl: str, en: str) -> T:
    """Give a sub-expression a name, which ``{name}`` in a text shows."""
    if isinstance(name, Traced) or not isinstance(name, str):
        refuse('the name comes first: named("name", value, nl="…", en="…")')
    if not isinstance(value, Traced):
        return value
    if not name.isidentifier():
        refuse(f"named({name!r}): a name is an identifier")
    if isinstance(value.node, Parameter) and value.node.many:
        refuse(f"{value.node.name} is a list; write one_of(fact, *{value.node.name})")
    return Traced(Named(name, value.node, Label(nl=nl, en=en)))  # type: ignore[return-value]


@overload
def ratio(a: Fact[Money], b: Fact[Money]) -> Fact[Ratio]: ...
@overload
def ratio(a: Fact[float], b: Fact[float]) -> Fact[Ratio]: ...
@usage_hint("ratio(a, b)", refuse)
def ratio(a: object, b: object) -> Any:
    """``a / b`` of two numbers or two amounts; unknown where ``b`` is zero."""
    return operation("ratio", a, b)


@usage_hint("add_months(date, n)", refuse)
def add_months(day: Fact[date], count: Fact[int]) -> Fact[date]:
    """The same day so many months later (earlier if negative), or the last day of that month."""
    result: Fact[date] = operation("add_months", day, count)
    return result


@usage_hint("one_of(fact, value, ...)", refuse)
def one_of(value: Fact[T], *choices: T) -> Fact[bool]:
    """Whether a fact is one of some fixed values; ``*parameter`` for a list that a region sets."""
    result: Fact[bool] = operation("one_of", value, *choices)
    return result


@usage_hint("not_(condition)", refuse)
def not_(condition: Fact[bool]) -> Fact[bool]:
    """The opposite; unknown stays unknown."""
    result: Fact[bool] = operation("not", condition)
    return result


def all_of(*conditions: Fact[bool]) -> Fact[bool]:
    """Whether all conditions hold: false as soon as one is false."""
    result: Fact[bool] = operation("and", *conditions)
    return result


def any_of(*conditions: Fact[bool]) -> Fact[bool]:
    """Whether any condition holds: true as soon as one is true."""
    result: Fact[bool] = operation("or", *conditions)
    return result


VOCABULARY = (named, ratio, add_months, one_of, not_, all_of, any_of)
