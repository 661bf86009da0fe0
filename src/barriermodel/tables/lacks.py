"""What open rules lack, for all rows at once: which evidence, and why it does not help.

An unknown value is null, and a rule is open where its own is null. It then depends on each fact that is null and has
only nulls above it in the rule's expression: in ``a & b``, a null ``b`` makes no difference where ``a`` is false.
:func:`lack_columns` says so with one condition for each rule, source and reason; it counts only where the rule is open.
That this says what the explanation of each row says is tested, for every profile.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import attrs
import narwhals.stable.v2 as nw

from ..domain.facts import fact_fields
from ..domain.kinds import EvidenceKind
from ..domain.unknown import UnknownReason
from ..profiles.resolved import ResolvedRule, ResolvedStage
from ..rules.expression import ARITHMETIC, LOGIC, FactRef, Node, Operation, children, walk
from ..rules.signature import InputKind, RuleInput
from .columns import AS_OF, INTERNAL, column_of, flat, inputs_of
from .ingest import to_canonical, type_problem
from .python_facts import FAILED, was_read
from .rules import RuleColumns, either, joined
from .table import Table, is_plausible

NO_SOURCE = ""
"""The source of what is unknown for another reason than a fact that evidence, provider or award lacks."""
Part: TypeAlias = tuple[str, UnknownReason, nw.Expr]
"""A source, a reason, and where what is lacking comes from that source for that reason."""


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


def lack_columns(rules: RuleColumns) -> dict[Lack, nw.Expr]:
    """What each rule lacks, with where it does; it has no meaning where the rule is not open.

    A row that cannot be assessed at all lacks nothing that anyone could supply.
    """
    found: dict[Lack, list[nw.Expr]] = {}
    for stage in rules.table.resolved.stages:
        for rule in stage.rules:
            for source, why, where in _of_rule(rules, rule):
                found.setdefault(Lack(stage, rule, source, why), []).append(where)
    return {lack: rules.unless_refused(either(parts)) for lack, parts in found.items()}


def _of_rule(rules: RuleColumns, rule: ResolvedRule) -> Iterator[Part]:
    for root in rule.definition.nodes:
        for ref, unknown in _blocking(rules, rule, root, ()):
            for source, why, where in _of_fact(rules.table, column_of(ref), ref):
                yield source, why, _all([*unknown, where])
        for node in walk(root):
            if isinstance(node, Operation) and node.op in ARITHMETIC | {"add_months"}:
                known = [~rules.is_unknown(rule, arg) for arg in node.args]
                yield NO_SOURCE, UnknownReason.UNDEFINED, _all([*known, rules.is_unknown(rule, node)])


def _blocking(
    rules: RuleColumns, rule: ResolvedRule, node: Node, above: tuple[nw.Expr, ...]
) -> Iterator[tuple[FactRef, tuple[nw.Expr, ...]]]:
    """The facts below a node, each with what must be unknown for the rule to depend on it.

    Of the operations above a fact only ``and`` and ``or`` can have a value while it has none.
    """
    if isinstance(node, FactRef):
        if node.source != "dossier":
            yield node, (*above, rules.is_unknown(rule, node))
        return
    if isinstance(node, Operation) and node.op in LOGIC:
        above = (*above, rules.is_unknown(rule, node))
    for child in children(node):
        yield from _blocking(rules, rule, child, above)


def _all(conditions: Sequence[nw.Expr]) -> nw.Expr:
    return joined(list(conditions), operator.and_)


# Facts ------------------------------------------------------------------------------------------------


def _of_fact(table: Table, column: str, ref: FactRef) -> Iterator[Part]:
    """The sources that should state an unknown fact, and why they do not."""
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
    if given.role is InputKind.ITEMS and not _is_dated(table, given.source):
        return nw.lit(value=True)
    return ~nw.col(state_column(given.source)).is_null()


def _is_dated(table: Table, kind: str) -> bool:
    return f"{kind}__issued_on" in table.validity.get(kind, ())


def state_column(kind: str) -> str:
    """The column that says why no evidence of a kind counts, as an ``UnknownReason``; null where some does."""
    return f"{INTERNAL}state__{kind}"


def with_kind_states(table: Table, frame: Any) -> Any:
    """The frame with the state of each kind that the profile reads."""
    return frame.with_columns(**{state_column(id): _state(table, kind) for id, kind in table.resolved.kinds.items()})


def _state(table: Table, kind: EvidenceKind) -> nw.Expr:
    """As :func:`~barriermodel.engine.unknown_facts.why_unknown` says it of the one item that a row can hold."""
    why = nw.lit(UnknownReason.EXPIRED.value)
    if _is_dated(table, kind.id):
        day, today = nw.col(f"{kind.id}__issued_on"), nw.lit(table.as_of) if table.as_of else nw.col(AS_OF)
        why = nw.when(day > today).then(nw.lit(UnknownReason.NOT_YET_ISSUED.value)).otherwise(why)
        why = nw.when(is_plausible(day)).then(why).otherwise(nw.lit(UnknownReason.UNDATED.value))
    stated = _states_a_fact(table, kind)
    counts = nw.col(f"{INTERNAL}counts__{kind.id}") if kind.id in table.validity else nw.lit(value=True)
    unusable = nw.when(stated).then(why).otherwise(nw.lit(UnknownReason.MISSING.value))
    return nw.when(~(stated & counts)).then(unusable)


def _states_a_fact(table: Table, kind: EvidenceKind) -> nw.Expr:
    """Where a row has evidence of a kind: it states one of its facts, whether a rule reads that or not."""
    stated = [nw.lit(value=False)]
    for name, field in fact_fields(kind.cls).items():
        column = f"{kind.id}__{name}"
        found = table.schema.get(column, nw.Unknown)
        if found == nw.Unknown or field.many or type_problem(column, field.type, found):
            continue
        if field.plausible is not None:  # a date that the fact cannot have is stated all the same
            stated.append(~nw.col(column).is_null())
        else:
            stated.append(~to_canonical(column, field, found, table.as_of).value.is_null())
    return either(stated)
