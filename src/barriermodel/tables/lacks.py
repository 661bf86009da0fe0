"""What open rules lack, for all rows at once: which evidence, and why it does not help.

An unknown value is null, and a rule is open where its own is null. It then depends on each fact that is null and has
only nulls above it in the rule's expression: in ``a & b``, a null ``b`` makes no difference where ``a`` is false.
:func:`with_lacks` says so with one condition for each rule, source and reason; it counts only where the rule is open.
That this says what the explanation of each row says is tested, for every profile.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import attrs
import narwhals.stable.v2 as nw

from ..domain.kinds import EvidenceKind
from ..domain.unknown import UnknownReason
from ..profiles.resolved import ResolvedRule, ResolvedStage
from ..rules.ends import decided_by_ends
from ..rules.expression import ARITHMETIC, LOGIC, FactRef, Node, Operation, children, walk
from ..rules.signature import InputKind, RuleInput
from .columns import AS_OF, INTERNAL, column_of, flat, inputs_of
from .python_facts import FAILED, was_read
from .rules import RuleColumns
from .table import Table, is_dated, is_plausible, states_a_fact
from .translation import either, joined

NO_SOURCE = ""
"""The source of what is unknown for another reason than a fact that evidence, provider or award lacks."""
Part: TypeAlias = tuple[str, UnknownReason, nw.Expr]
"""A source, a reason, and where what is lacking comes from that source for that reason."""
Where: TypeAlias = dict[tuple[str, UnknownReason], list[nw.Expr]]
"""For a source and a reason, the conditions of which one suffices."""


@attrs.frozen
class Lack:
    """What an open rule lacks, as a column that is true where it does.

    Args:
        source: the id of a kind of evidence, ``provider``, ``award``, or ``NO_SOURCE``.
        why: the reason. For a kind, it is that where evidence of the kind counts; elsewhere the reason is why it does
            not, in the column of :func:`state_column`.

    """

    stage: ResolvedStage = attrs.field(repr=False, eq=False)
    rule: ResolvedRule
    source: str
    why: UnknownReason

    @property
    def column(self) -> str:
        """The name of its column."""
        return f"{INTERNAL}lacks__{flat(self.rule.id)}__{self.source}__{self.why.value}"


def with_lacks(rules: RuleColumns, frame: Any, columns: Mapping[str, nw.Expr]) -> tuple[Any, list[Lack]]:
    """The frame with columns, and one for all that each rule can lack; it has no meaning where the rule is not open.

    A row that cannot be assessed at all lacks nothing that anyone could supply.
    """
    parts = _Parts(rules)
    found = {
        Lack(stage, rule, source, why): either(where)
        for stage in rules.table.resolved.stages
        for rule in stage.rules
        for (source, why), where in _of_rule(parts, rule).items()
    }
    frame = rules.added_to(with_kind_states(rules.table, frame), {**columns, **parts.columns})
    return frame.with_columns(**{lack.column: rules.unless_refused(where) for lack, where in found.items()}), [*found]


@attrs.frozen
class _Parts:
    """Conditions that many lacks share, each a column of its own: a plan that repeats them is slow.

    What is unknown of an expression is the same in each rule that has it, as a parameter in it names its barrier.
    """

    rules: RuleColumns
    columns: dict[str, nw.Expr] = attrs.field(init=False, factory=dict)
    unknown: dict[Node, nw.Expr] = attrs.field(init=False, factory=dict)
    facts: dict[str, Where] = attrs.field(init=False, factory=dict)

    def column(self, where: nw.Expr) -> nw.Expr:
        name = f"{INTERNAL}part__{len(self.columns)}"
        self.columns[name] = where
        return nw.col(name)

    def is_unknown(self, rule: ResolvedRule, node: Node) -> nw.Expr:
        if node not in self.unknown:
            self.unknown[node] = self.column(self.rules.is_unknown(rule, node))
        return self.unknown[node]

    def of_fact(self, rule: ResolvedRule, ref: FactRef) -> Where:
        name = column_of(ref)
        if name not in self.facts:
            unknown = self.rules.is_unknown(rule, ref)
            found = _by_lack(_of_fact(self.rules.table, name, ref))
            self.facts[name] = {lack: [self.column(unknown & either(where))] for lack, where in found.items()}
        return self.facts[name]


def _of_rule(parts: _Parts, rule: ResolvedRule) -> Where:
    found = [part for root in rule.definition.nodes for part in _below(parts, rule, root)]
    for node in (node for root in rule.definition.nodes for node in walk(root)):
        if isinstance(node, Operation) and node.op in ARITHMETIC | {"add_months"}:
            known = [~parts.is_unknown(rule, arg) for arg in node.args]
            where = joined([*known, parts.is_unknown(rule, node)], operator.and_)
            found.append((NO_SOURCE, UnknownReason.UNDEFINED, where))
    return _by_lack(found)


def _below(parts: _Parts, rule: ResolvedRule, node: Node) -> Iterator[Part]:
    """What the facts of an expression lack, where the expression depends on them.

    Of the operations above a fact only logic, and comparisons that ends decide, can have a value while it has none.
    """
    if isinstance(node, FactRef):
        found = parts.of_fact(rule, node) if node.source != "dossier" else {}
    else:
        found = _by_lack(part for child in children(node) for part in _below(parts, rule, child))
    for (source, why), where in found.items():
        all_below = either(where)
        if isinstance(node, Operation) and (node.op in LOGIC or decided_by_ends(node)):
            all_below = all_below & parts.is_unknown(rule, node)
        yield source, why, all_below


def _by_lack(found: Iterable[Part]) -> Where:
    by_lack: Where = {}
    for source, why, where in found:
        by_lack.setdefault((source, why), []).append(where)
    return by_lack


# Facts ------------------------------------------------------------------------------------------------


def _of_fact(table: Table, column: str, ref: FactRef) -> Iterator[Part]:
    if ref.source == "derived":
        yield from _of_derived(table, column)
    elif table.columns.fields[column].plausible is None or column not in table.present:
        yield ref.source, UnknownReason.NOT_STATED, nw.lit(value=True)
    else:
        stated = ~nw.col(column).is_null()  # and still unknown: it is no date that the fact can have
        yield ref.source, UnknownReason.IMPLAUSIBLE, stated
        yield ref.source, UnknownReason.NOT_STATED, ~stated


def _of_derived(table: Table, column: str) -> Iterator[Part]:
    """Of a derived fact, where it did not fail: the evidence that it was not given, and the unknown facts that it read.

    What it read of the provider and the award counts only in the ``rest``: where no evidence is to blame. There an
    impossible date comes before what is not stated. Where none of these is to blame either, there is no source.
    """
    inputs = table.columns.derived[column].signature.inputs
    kinds = [(i.source, UnknownReason.NOT_STATED, _not_given(table, i)) for i in inputs if i.kind]
    entities: list[Part] = []
    if column in table.computed:
        for name, ref in inputs_of(table.computed[column]).items():
            read, parts = was_read(column, ref.id), kinds if ref.source in table.resolved.kinds else entities
            parts.extend((source, why, read & where) for source, why, where in _of_fact(table, name, ref))
        yield NO_SOURCE, UnknownReason.ERROR, _failed(table, column)
    runs = ~_failed(table, column)
    yield from ((source, why, where & runs) for source, why, where in kinds)
    rest = runs & ~_any(kinds)
    odd = _any([part for part in entities if part[1] is UnknownReason.IMPLAUSIBLE])
    for source, why, where in entities:
        yield source, why, rest & where & (odd if why is UnknownReason.IMPLAUSIBLE else ~odd)
    yield NO_SOURCE, UnknownReason.NOT_STATED, rest & ~_any(entities)


def _failed(table: Table, column: str) -> nw.Expr:
    return ~nw.col(f"{FAILED}{column}").is_null() if column in table.computed else nw.lit(value=False)


def _any(parts: Sequence[Part]) -> nw.Expr:
    return either([nw.lit(value=False), *(where for _, _, where in parts)])


# Evidence ---------------------------------------------------------------------------------------------


def _not_given(table: Table, given: RuleInput) -> nw.Expr:
    """Where a derived fact is given no evidence of a kind; a list of items has only what is dated."""
    if given.role is InputKind.ITEMS and not is_dated(table, given.source):
        return nw.lit(value=True)
    return ~nw.col(state_column(given.source)).is_null()


def state_column(kind: str) -> str:
    """The column that says why no evidence of a kind counts, as an ``UnknownReason``; null where some does."""
    return f"{INTERNAL}state__{kind}"


def with_kind_states(table: Table, frame: Any) -> Any:
    """The frame with the state of each kind that the profile reads."""
    return frame.with_columns(**{state_column(id): _state(table, kind) for id, kind in table.resolved.kinds.items()})


def _state(table: Table, kind: EvidenceKind) -> nw.Expr:
    """As :func:`~barriermodel.engine.unknown_facts.why_unknown` says it of the one item that a row can hold."""
    why = nw.lit(UnknownReason.EXPIRED.value)
    if is_dated(table, kind.id):
        day, today = nw.col(f"{kind.id}__issued_on"), nw.lit(table.as_of) if table.as_of else nw.col(AS_OF)
        why = nw.when(day > today).then(nw.lit(UnknownReason.NOT_YET_ISSUED.value)).otherwise(why)
        why = nw.when(is_plausible(day)).then(why).otherwise(nw.lit(UnknownReason.UNDATED.value))
    stated = states_a_fact(table, kind)
    counts = nw.col(f"{INTERNAL}counts__{kind.id}") if kind.id in table.validity else nw.lit(value=True)
    unusable = nw.when(stated).then(why).otherwise(nw.lit(UnknownReason.MISSING.value))
    return nw.when(~(stated & counts)).then(unusable)
