"""The values with which a rule's function is called to find its expression.

A rule is called once, when its plugin is loaded. Each input is a :class:`TracedRecord` whose attributes are
:class:`Traced` values, and each operator on those records an :class:`~barriermodel.rules.expression.Operation`::

    accounts.profit > limit    # Traced.__gt__
    Operation("gt", (FactRef("annual_accounts", "profit", …), Parameter("nl.accounts", "limit", …)), bool)

What no expression can say is refused with the line of the rule and what to write instead. Some of it never reaches a
traced value (``and``, ``is``, ``if``): that is found in the source, by :mod:`~barriermodel.rules.syntax_check`.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextvars import ContextVar
from datetime import date
from typing import Any, NoReturn

from ..domain.facts import FactField
from ..domain.unknown import UNKNOWN
from ..domain.values import is_scalar, validate
from ..errors import TracingError
from ..source_location import as_sentence, call_site
from ..spelling import did_you_mean
from .expression import LOGIC, Constant, FactRef, Node, Operation, Parameter, result_type
from .interpreter import apply
from .operand_errors import explain_operands


def refuse(message: str) -> NoReturn:
    """Raise a ``TracingError`` located at the line of the rule that is running."""
    error = TracingError(as_sentence(message), call_site())
    refused = _REFUSED.get()
    if refused is not None:
        refused.append(error)
    raise error


_REFUSED: ContextVar[list[TracingError] | None] = ContextVar("refused", default=None)
"""What the rule being traced was refused; a context variable, since another thread may trace a rule meanwhile."""


def call_traced(function: Callable[..., Any], inputs: Iterable[Any], parameters: Mapping[str, Any]) -> Any:
    """Call a rule's function with traced values; raise the first refusal, even if the function catches it."""
    refused: list[TracingError] = []
    token = _REFUSED.set(refused)
    try:
        result = function(*inputs, **parameters)
    finally:
        _REFUSED.reset(token)
    if refused:
        raise refused[0]
    return result


def _operator(op: str, *, reflected: bool = False) -> Callable[[Any, Any], Any]:
    """Return the special method of an operator; the reflected one is called if the fact is the right operand."""

    def method(self: Traced, other: object) -> Any:
        return operation(op, other, self) if reflected else operation(op, self, other)

    return method


class Traced:  # __hash__ is one of the guards below
    """A fact, parameter or result in a rule that is being traced: records operators, refuses everything else."""

    __slots__ = ("node",)
    __match_args__ = ()

    def __init__(self, node: Node) -> None:
        self.node = node

    __eq__, __ne__ = _operator("eq"), _operator("ne")
    __lt__, __le__, __gt__, __ge__ = map(_operator, ("lt", "le", "gt", "ge"))
    __and__, __rand__ = _operator("and"), _operator("and", reflected=True)
    __or__, __ror__ = _operator("or"), _operator("or", reflected=True)
    __add__, __radd__ = _operator("add"), _operator("add", reflected=True)
    __sub__, __rsub__ = _operator("sub"), _operator("sub", reflected=True)
    __mul__, __rmul__ = _operator("mul"), _operator("mul", reflected=True)

    def __iter__(self) -> Iterator[Any]:
        """Give ``one_of(x, *accepted)`` a list parameter as one value; refuse any other loop."""
        if isinstance(self.node, Parameter) and self.node.many:
            return iter([self])
        refuse("a rule cannot loop over a fact; write a derived fact")

    def __len__(self) -> NoReturn:  # noqa: PLE0303
        if isinstance(self.node, Parameter) and self.node.many:
            # unpacking asks for the length first, and does without after a TypeError
            raise TypeError("the length of a list parameter is not known in a rule")
        refuse("a fact is passed to len(); write a derived fact")

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)  # a protocol that Python or a library looks for, such as __array__
        refuse(f"a fact has no attribute {name!r}; {_instead_of_attribute(self.node.type, name)}")


def _instead_of_attribute(kind: type, name: str) -> str:
    """Say what to write instead of an attribute that values of a type have and facts do not."""
    if kind is date and name == "year":
        return "compare it with a date, as in fact >= date(2026, 1, 1), or write a derived fact"
    if issubclass(kind, enum.Enum) and name in ("value", "name"):
        return f"compare it with a member, as in fact == {kind.__name__}.{next(iter(kind)).name}"
    return "write a derived fact"


_GUARDS = {
    "a fact is used as a truth value (by and, or, not, if, while, in or a chained comparison); "
    "write &, |, not_(), one_of() or applies=": ("__bool__", "__contains__"),
    "`/` on a fact; write ratio(a, b), or multiply the limit instead: a > 12 * limit": (
        "__truediv__", "__rtruediv__", "__floordiv__", "__rfloordiv__",
    ),
    "a fact is turned into text; name it with named() and use {name} in the text": ("__str__", "__format__"),
    "a fact is put in a set or used as a key; write one_of(fact, ...), or look it up in a derived fact": ("__hash__",),
    "`~` on a fact; write not_(fact)": ("__invert__",),
    "`^` on facts; write a != b": ("__xor__", "__rxor__"),
    "`-` before a fact; write 0 - fact, or euro(0) - fact": ("__neg__",),
    "abs() of a fact; write any_of(a > limit, a < 0 - limit)": ("__abs__",),
    "a fact is rounded or converted to another type of number; compare it as it is, unrounded": (
        "__round__", "__int__", "__float__", "__index__", "__trunc__", "__floor__", "__ceil__", "__complex__",
    ),
    "a fact is passed to a function or operator that rules do not have; write a derived fact": (
        "__pos__", "__mod__", "__rmod__", "__divmod__", "__rdivmod__", "__pow__", "__rpow__", "__getitem__",
        "__call__", "__lshift__", "__rshift__", "__matmul__", "__reversed__", "__enter__", "__exit__", "__await__",
        "__bytes__", "__next__", "__reduce_ex__",
    ),
}  # fmt: skip
"""What is refused, with the special methods that Python calls for it."""


def _guard(cls: type, methods: Iterable[str], message: str) -> None:
    """Make methods of a class refuse with a message."""

    def guard(self: object, *_: object) -> NoReturn:
        refuse(message)

    for method in methods:
        setattr(cls, method, guard)


for _message, _methods in _GUARDS.items():
    _guard(Traced, _methods, _message)


class TracedRecord:
    """Evidence, provider or award in a rule that is being traced: its attributes are facts."""

    def __init__(self, source: str, cls: type, fields: dict[str, FactField]) -> None:
        self.__dict__["_traced"] = (source, cls, fields)

    def __getattr__(self, name: str) -> Traced:
        source, cls, fields = self.__dict__["_traced"]
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if name not in fields:
            hint = did_you_mean(name, fields, f"its facts are {', '.join(fields)}")
            refuse(f"{cls.__name__} has no fact {name!r}; {hint}")
        field = fields[name]
        if field.many:
            refuse(f"{cls.__name__}.{name} is a list, which only a derived fact can read; write one")
        return Traced(FactRef(source, name, field.type, field.label, field.bounds))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        refuse(f"a rule cannot set {name!r}; facts are only read")

    __hash__ = None  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]


_WHOLE = "evidence is used as a whole; name the fact that you mean, as in evidence.fact"
_guard(TracedRecord, (
    "__bool__", "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__getitem__", "__iter__", "__len__",
    "__contains__", "__call__", "__and__", "__rand__", "__or__", "__ror__", "__invert__", "__str__", "__format__",
    "__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__truediv__", "__rtruediv__",
), _WHOLE)  # fmt: skip


def operation(op: str, *values: object) -> Any:
    """Record an operation if any value is traced; otherwise compute it, as tests and derived facts do."""
    if op in LOGIC and any(isinstance(value, (list, tuple, set, Generator)) for value in values):
        refuse("a list of conditions is passed as one; unpack it with a star, as in all_of(*conditions)")
    if not any(isinstance(value, (Traced, TracedRecord)) for value in values):
        return apply(op, list(values))
    if op == "one_of" and len(values) == 1:
        refuse("one_of() has no values to compare with; write one_of(fact, value, ...)")
    args = [_to_node(op, value, values) for value in values]
    if op in ("and", "or"):  # a & b & c is one condition with three parts
        args = [part for a in args for part in (a.args if isinstance(a, Operation) and a.op == op else (a,))]
    for position, arg in enumerate(args):
        is_choice = op == "one_of" and position > 0
        if isinstance(arg, Parameter) and arg.many and not is_choice:
            refuse(f"{arg.name} is a list; write one_of(fact, *{arg.name})")
        if is_choice and not isinstance(arg, (Constant, Parameter)):
            refuse("one_of() takes fixed values and parameters; compare facts with ==")
    found = result_type(op, [arg.type for arg in args])
    if found is None:
        refuse(_wrong_types(op, values))
    return Traced(Operation(op, tuple(args), found))


def _to_node(op: str, value: object, values: tuple[object, ...]) -> Node:
    """Return the node of one of an operation's values."""
    if isinstance(value, Traced):
        return value.node
    if isinstance(value, TracedRecord):
        refuse(_WHOLE)
    if value is UNKNOWN or value is None:
        refuse(f"a rule never tests for {value!r}; an unknown fact makes it open by itself")
    if not is_scalar(type(value)):
        refuse(_wrong_types(op, values))
    try:
        constant = validate(type(value), value)
    except ValueError as error:
        refuse(str(error))
    if constant is UNKNOWN:
        refuse(f"{value!r} is not a number that a fact can be compared with")
    return Constant(constant, type(value))


def _wrong_types(op: str, values: Iterable[object]) -> str:
    return explain_operands(op, [(v.node.type, None) if isinstance(v, Traced) else (type(v), v) for v in values])
