"""Compiles the expressions of a stage to one fast Python function, whose source shows in tracebacks.

The function takes what the rules read and returns the status of each rule, as the numbers of ``Status`` (0 clear, 1
hit, 2 open, 3 not applicable). For a signal ``accounts.profit > 1000`` it is::

    def evaluate(accounts_, U=UNKNOWN):
        accounts__profit = accounts_.profit
        # nl.accounts.high_profit
        status_0 = 2 if accounts__profit is U else 1 if (accounts__profit > 1000) else 0
        return (status_0, )

How three-valued logic becomes Python with two values: each condition is compiled twice, as "known to be true" and as
"known to be false" (:meth:`_CodeWriter.known`); what is neither is unknown. ``a & b`` is known to be true if both are,
and known to be false if either is, so ``and`` swaps with ``or`` as in De Morgan's laws. A condition without ``and`` and
``or`` (an atom) is unknown exactly if a value in it is, and needs a single test.

Invariants:

* An expression that occurs twice is computed once, in whichever rule comes first: values have no side effects.
* A value that may be unknown has a name (``_Value.needs``) that is tested with ``is not U`` before it is used, so no
  code ever runs on UNKNOWN.
* Amounts are compared and computed in cents, as whole numbers.

The interpreter is the definition of what an expression means. It shares the nodes and nothing that computes with this
module, so that tests can hold one against the other.
"""

from __future__ import annotations

import enum
import linecache
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import attrs

from ..domain.unknown import UNKNOWN
from ..domain.values import MAX_SAFE_INTEGER, Money, add_months_to
from ..objects import represent
from .ends import decided_by_ends
from .expression import (
    COMPARISONS,
    LOGIC,
    Constant,
    FactRef,
    Node,
    Operation,
    Parameter,
    facts_of,
    unnamed,
)
from .possible import decider

Evaluate: TypeAlias = Callable[..., tuple[int, ...]]
ParameterValues: TypeAlias = Mapping[tuple[str, str], Any]
"""The value of each parameter, by barrier and name; a tuple for a list."""

_SYMBOLS = {"add": "+", "sub": "-", "mul": "*"}


@attrs.frozen
class RuleSource:
    """What is compiled of a rule: the condition under which it hits, and under which it applies (None: always)."""

    id: str
    hits_if: Node
    applies: Node | None


@attrs.frozen
class Compiled:
    """The source of a function, and how to find the values of its free names, given the parameters."""

    source: str
    filename: str
    names: Mapping[str, Callable[[ParameterValues], Any]]

    def __repr__(self) -> str:
        return represent(self, self.filename)

    def bind(self, parameters: ParameterValues) -> Evaluate:
        """Create the function for these values of the parameters."""
        namespace: dict[str, Any] = {name: value(parameters) for name, value in self.names.items()}
        namespace |= {"UNKNOWN": UNKNOWN, "bounded": _bounded, "add_months": add_months_to, "always": lambda _: True}
        exec(compile(self.source, self.filename, "exec"), namespace)
        lines = self.source.splitlines(keepends=True)
        linecache.cache[self.filename] = (len(self.source), None, lines, self.filename)
        evaluate: Evaluate = namespace["evaluate"]
        return evaluate


def compile_rules(name: str, rules: Iterable[RuleSource], sources: Sequence[str]) -> Compiled:
    """Compile rules to one function.

    Args:
        name: its name in tracebacks.
        rules: the rules, in the order of the statuses that it returns.
        sources: its arguments, in order: ``provider``, ``award``, ``dossier`` (the date), the id of each kind, and
            ``derived`` (a mapping by id).

    """
    writer = _CodeWriter()
    statuses = [writer.rule(rule) for rule in rules]
    header = f"def evaluate({', '.join(f'{source}_' for source in sources)}, bounds_hold=always, U=UNKNOWN):"
    body = "".join(f"    {line}\n" for line in writer.lines)
    source = f"{header}\n{body}    return ({''.join(f'{s}, ' for s in statuses)})\n"
    return Compiled(source, f"<barriermodel {name}>", writer.names)


def _bounded(value: Any) -> Any:
    """Return a number if every JSON reader keeps it exactly, or UNKNOWN."""
    if type(value) is float:
        return value if math.isfinite(value) else UNKNOWN
    return value if -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER else UNKNOWN


def _comparable(value: Any) -> Any:
    return value.cents if isinstance(value, Money) else value


def _choices(values: tuple[Any, ...]) -> Any:
    # hashing a member of an enumeration is slower than comparing it with a few others
    return values if any(isinstance(v, enum.Enum) for v in values) else frozenset(_comparable(v) for v in values)


@attrs.frozen
class _Value:
    """The Python code of a value, and the names that must not be UNKNOWN when it runs."""

    python: str
    needs: tuple[str, ...] = ()


class _CodeWriter:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.names: dict[str, Callable[[ParameterValues], Any]] = {}  # free names: parameters, constants, choices
        self.values: dict[Node, _Value] = {}  # what was computed already
        self.taken: set[str] = set()
        self.count = 0

    def rule(self, rule: RuleSource) -> str:
        """Write the lines that compute a rule's status (the numbers of ``Status``); return the name that holds it."""
        status = f"status_{self.count}"
        self.count += 1
        hit, clear = self.known(rule.hits_if, True), self.known(rule.hits_if, False)
        atom = self.atom(rule.hits_if)
        if rule.applies is not None:
            applies, never = self.known(rule.applies, True), self.known(rule.applies, False)
            choice = f"3 if {never} else 0 if {clear} else 1 if {applies} and {hit} else 2"
        elif atom is not None:
            unknown = " or ".join(f"{name} is U" for name in atom.needs)
            choice = f"2 if {unknown} else 1 if {atom.python} else 0" if unknown else f"1 if {atom.python} else 0"
        else:
            choice = f"1 if {hit} else 0 if {clear} else 2"
        self.lines += [f"# {rule.id}", f"{status} = {choice}"]
        return status

    def known(self, node: Node, wanted: bool) -> str:
        """Return Python that is true if a condition is known and has the wanted value."""
        atom = self.atom(node) if wanted else self.atom(Operation("not", (node,), bool))
        if atom is not None:
            return f"({' and '.join([*(f'{name} is not U' for name in atom.needs), atom.python])})"
        node = unnamed(node)
        assert isinstance(node, Operation)  # every other node is an atom
        if node.op == "not":
            return self.known(node.args[0], not wanted)
        joint = " and " if (node.op == "and") is wanted else " or "
        return f"({joint.join(self.known(arg, wanted) for arg in node.args)})"

    def atom(self, node: Node) -> _Value | None:
        """Return a condition that is unknown exactly if a value in it is; None for ``and`` and ``or``."""
        node = unnamed(node)
        if not isinstance(node, Operation) or node.op not in LOGIC:
            return self.value(node)
        if node.op != "not":
            return None
        inner = self.atom(node.args[0])
        return inner and _Value(f"(not {inner.python})", inner.needs)

    def value(self, node: Node) -> _Value:
        """Return Python for a value; what can be unknown by itself is computed once, in a line of its own."""
        node = unnamed(node)
        if node not in self.values:
            self.values[node] = self._value(node)
        return self.values[node]

    def _value(self, node: Node) -> _Value:
        if isinstance(node, FactRef):
            return self._fact(node)
        if isinstance(node, Parameter):
            key = (node.barrier, node.name)
            return _Value(self._name(f"{node.barrier}__{node.name}", lambda p: _comparable(p[key])))
        if isinstance(node, Constant):
            return self._constant(node)
        assert isinstance(node, Operation)
        if node.op == "one_of":
            value = self.value(node.args[0])
            return self._decided(node, _Value(f"({value.python} in {self._one_of(node.args[1:])})", value.needs))
        a, b = (self.value(arg) for arg in node.args)
        needs = tuple(dict.fromkeys([*a.needs, *b.needs]))
        if node.op in COMPARISONS:
            return self._decided(node, _Value(f"({a.python} {COMPARISONS[node.op]} {b.python})", needs))
        return self._computed(node, a, b, needs)

    def _fact(self, node: FactRef) -> _Value:
        if node.source == "dossier":
            return _Value("dossier_")
        if node.source == "derived":
            name = self._unused(f"derived__{node.name}")
            self.lines.append(f"{name} = derived_[{node.name!r}]")
        else:
            name = f"{node.source}__{node.name}"
            self.lines.append(f"{name} = {node.source}_.{node.name}")
        return _Value(f"{name}.cents" if node.type is Money else name, (name,))

    def _constant(self, node: Constant) -> _Value:
        value = _comparable(node.value)
        if type(value) in (bool, int, float, str):
            return _Value(repr(value))
        return _Value(self._name(f"constant_{len(self.names)}", lambda _: value))

    def _one_of(self, nodes: tuple[Node, ...]) -> str:
        def choices(parameters: ParameterValues) -> Any:
            found: list[Any] = []
            for node in nodes:
                if isinstance(node, Parameter):
                    value = parameters[node.barrier, node.name]
                    found.extend(value if node.many else [value])
                elif isinstance(node, Constant):
                    found.append(node.value)
            return _choices(tuple(found))

        return self._name(f"choices_{len(self.names)}", choices)

    def _decided(self, node: Operation, compared: _Value) -> _Value:
        """A comparison that may be known although a number in it is not: from its ends, see the module ``possible``."""
        if not compared.needs or not decided_by_ends(node):
            return compared
        facts = facts_of(node)
        decide = self._name(f"decide_{len(self.names)}", lambda parameters: decider(node, facts, parameters))
        given = ", ".join(["bounds_hold", *(self.value(fact).needs[0] for fact in facts)])
        known = " and ".join(f"{name} is not U" for name in compared.needs)
        name = f"decided_{len(self.values)}_{len(self.lines)}"
        self.lines.append(f"{name} = {compared.python} if {known} else {decide}({given})")
        return _Value(name, (name,))

    def _computed(self, node: Operation, a: _Value, b: _Value, needs: tuple[str, ...]) -> _Value:
        name = f"value_{len(self.values)}_{len(self.lines)}"
        conditions = [f"{need} is not U" for need in needs]
        if node.op == "add_months":
            python = f"add_months({a.python}, {b.python})"
        elif node.op == "ratio":
            conditions.append(b.python)  # not zero
            # whole numbers and cents have at most 15 digits, so their ratio is finite
            exact = all(arg.type in (Money, int) for arg in node.args)
            python = f"{a.python} / {b.python}" if exact else f"bounded({a.python} / {b.python})"
        else:
            python = f"bounded({a.python} {_SYMBOLS[node.op]} {b.python})"
        self.lines.append(
            f"{name} = {python} if {' and '.join(conditions)} else U" if conditions else f"{name} = {python}"
        )
        return _Value(name, (name,))

    def _name(self, wanted: str, value: Callable[[ParameterValues], Any]) -> str:
        name = self._unused(wanted)
        self.names[name] = value
        return name

    def _unused(self, wanted: str) -> str:
        name = re.sub(r"\W", "_", wanted)
        while name in self.taken:  # the parameters of the barriers nl.a_b and nl_a.b get one name
            name += "_"
        self.taken.add(name)
        return name
