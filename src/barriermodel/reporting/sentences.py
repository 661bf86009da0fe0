"""The sentences that explain what a rule found, made from its expression and its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from ..domain.unknown import UNKNOWN
from ..engine.provenance import FactValue, lookup_in, undefined_operations, unknown_facts
from ..engine.results import RuleResult
from ..profiles.resolved import Setting
from ..rules.expression import COMPARISONS, LOGIC, Constant, FactRef, Named, Node, Operation, Parameter, facts_of, walk
from ..rules.interpreter import EvaluatedNode, Lookup, evaluate_nodes
from ..rules.levels import Level, Status
from ..rules.rule import Rule
from ..text import Language, Localized, composed, format_list
from ..words.lexicon import report_fault, said
from ..words.templates import plural_category
from .phrases import INFIX, forms
from .unknown_facts import reason_text
from .values import distinguishing_decimals, format_ends, format_value

WITHHELD = said("sentences", "withheld")
_LIMIT = said("sentences", "limit")


@attrs.frozen(eq=False)
class RuleWords:
    """What is said of a rule and the values of its facts, in one language.

    Args:
        settings: the limits that it uses, by name.
        lookup: gives the values of its facts and limits.
        hidden: the ids of the facts whose values are withheld.

    """

    rule: Rule[...]
    settings: Mapping[str, Setting]
    lookup: Lookup
    hidden: frozenset[str]
    lang: Language

    def topic(self) -> str:
        """What the rule is about, as a noun phrase."""
        return (self.rule.words / "topic")[self.lang]

    def masks(self, node: Node) -> bool:
        """Whether a node's value is withheld because it depends on a confidential fact."""
        return bool(self.hidden) and any(isinstance(part, FactRef) and part.id in self.hidden for part in walk(node))

    def comparison(self) -> str:
        """State the comparison that the rule made, or ask it if the rule is open."""
        node = self.rule.expression
        return WITHHELD[self.lang] if self.masks(node) else self.sentence(evaluate_nodes(node, self.lookup))

    def said(self, part: str) -> str:
        """What the words files say of the rule: its ``hit``, ``clear`` or ``short``, with values filled in.

        A text that is missing, or names what the rule does not have, is replaced by the comparison.
        """
        rule, settings = self.rule, self.settings
        template = (rule.words / part).template(self.lang)
        unknown = template.placeholders - rule.named.keys() - settings.keys() if template else set()
        if unknown:
            report_fault(rule.words / part, f"there is no value {{{min(unknown)}}}")
        if template is None or unknown:
            sentence = self.comparison()
            return f"{sentence[:1].upper()}{sentence[1:]}{'.' if part == 'hit' else ''}"
        nodes = {name: node for name, node in rule.named.items() if not isinstance(node, Parameter)}
        trees = {name: evaluate_nodes(node, self.lookup) for name, node in nodes.items()}
        values = {name: tree.value for name, tree in trees.items()}
        values |= {name: setting.value for name, setting in settings.items()}
        places = distinguishing_decimals(values.values())  # also beside a limit that this text does not show
        shown = {
            name: self.value(trees[name], places) if name in trees else format_value(values[name], self.lang, places)
            for name in template.placeholders
        }
        return template.fill(shown, plural_category(values.get(template.count or ""), self.lang))

    # Sentences ----------------------------------------------------------------------------------------

    def sentence(self, tree: EvaluatedNode) -> str:
        """State a condition so that it is true as it reads, or ask it if it is unknown."""
        if self.masks(tree.node):  # the outcome of a comparison would reveal something of the withheld values
            withheld = [fact.label[self.lang] for fact in facts_of(tree.node) if self.masks(fact)]
            return f"{format_list(withheld, self.lang)}: {WITHHELD[self.lang]}"
        places = distinguishing_decimals(v.value for v in _nodes(tree))
        return self._condition(tree, places) + ("?" if tree.value is UNKNOWN else "")

    def _condition(self, tree: EvaluatedNode, places: int, negated: bool = False) -> str:
        """Write a condition: state a known one as it is, ask an unknown one (``not`` then negates the question)."""
        node = tree.node
        if isinstance(node, Named):
            return self._condition(tree.children[0], places, negated)
        if isinstance(node, Operation) and node.op == "not":
            return self._condition(tree.children[0], places, not negated)
        if isinstance(node, Operation) and node.op in LOGIC:
            return self._connective(tree, node.op, places, negated)
        if isinstance(node, Operation) and (node.op in COMPARISONS or node.op == "one_of"):
            return self._compared(tree, node, places, negated)
        if isinstance(node, FactRef):
            negation = f"{_NOT[self.lang]} " if negated and tree.value is UNKNOWN else ""
            return f"{negation}{node.label[self.lang]}: {self.value(tree, places)}"
        return self._operand(tree, places)

    def _label(self, tree: EvaluatedNode, places: int) -> str:
        node = tree.node
        return node.label[self.lang] if isinstance(node, (FactRef, Named)) else self._operand(tree, places)

    def _connective(self, tree: EvaluatedNode, op: str, places: int, negated: bool) -> str:
        # only the parts that decide the outcome: all parts of a true `and`, the false ones of a false `and`
        decisive = [child for child in tree.children if child.value is tree.value]
        if len(decisive) == 1:
            return self._condition(decisive[0], places, negated)
        both = tree.value is not UNKNOWN or (op == "and") is not negated
        return f" {_OR_AND[both][self.lang]} ".join(self._part(child, places, negated) for child in decisive)

    def _part(self, tree: EvaluatedNode, places: int, negated: bool) -> str:
        text = self._condition(tree, places, negated)
        while isinstance(tree.node, Named) or (isinstance(tree.node, Operation) and tree.node.op == "not"):
            tree = tree.children[0]
        return f"({text})" if isinstance(tree.node, Operation) and tree.node.op in LOGIC else text

    def _compared(self, tree: EvaluatedNode, node: Operation, places: int, negated: bool) -> str:
        if node.op == "one_of" and tree.value is True:  # "rechtsvorm is stichting" needs no list of alternatives
            return f"{self._label(tree.children[0], places)} {_IS[self.lang]} {self.value(tree.children[0], places)}"
        true, false, whether, whether_not = forms(node.op, node.args[0].type, self.lang)
        asked = whether_not if negated else whether
        verb = asked if tree.value is UNKNOWN else true if tree.value else false
        known = tree.value is not UNKNOWN
        left, *right = [self._compared_operand(child, places, known=known) for child in tree.children]
        return f"{left} {verb} {format_list(right, self.lang, 'or')}"

    def _compared_operand(self, tree: EvaluatedNode, places: int, *, known: bool) -> str:
        """Write an operand; what an unknown fact can be is only said where that decides."""
        if known and isinstance(tree.node, FactRef):
            return f"{tree.node.label[self.lang]} ({self.value(tree, places)})"
        return self._operand(tree, places)

    def _operand(self, tree: EvaluatedNode, places: int) -> str:
        node, lang = tree.node, self.lang
        if isinstance(node, Parameter) and node.many:
            return format_list([format_value(v, lang, places) for v in tree.value] or ["–"], lang, "or")
        if isinstance(node, Parameter):
            return f"{_LIMIT[lang]} ({self.value(tree, places)})"
        if isinstance(node, FactRef):
            return f"{node.label[lang]} ({self.value(attrs.evolve(tree, ends=None), places)})"
        if isinstance(node, Named):
            return f"{node.label[lang]} ({self.value(tree, places)})"
        if isinstance(node, Constant):
            return self.value(tree, places)
        if node.op == "add_months":
            day, count = tree.children
            return f"{self._operand(day, places)} plus {self.value(count, places)} {_MONTHS[lang]}"
        if node.op in INFIX:
            return f" {said('operators', 'between', node.op)[lang]} ".join(
                self._operand(child, places) for child in tree.children
            )
        if node.op in LOGIC or node.op in COMPARISONS or node.op == "one_of":
            return f"({self._condition(tree, places)})"
        raise NotImplementedError(f"the words of the operation {node.op!r}")

    def value(self, tree: EvaluatedNode, places: int) -> str:
        """Write a value, or the ends of an unknown number; mask what is withheld."""
        if self.masks(tree.node):
            return WITHHELD[self.lang]
        if tree.ends is not None and tree.value is UNKNOWN:
            return format_ends(tree.ends, tree.node.type, self.lang, places)
        return format_value(tree.value, self.lang, places)


def rule_text(result: RuleResult) -> Localized:
    """Explain a rule's result in one or two sentences, in each language; confidential values are masked."""
    return composed(lambda lang: Wording(result, lang).text())


class Wording(RuleWords):
    """Explains the result of a rule, in one language.

    Args:
        result: the rule's result.
        lang: the language.
        confidential: show the values of confidential evidence.

    """

    result: RuleResult
    confidential: bool

    def __init__(self, result: RuleResult, lang: Language, confidential: bool = False) -> None:
        hidden = frozenset[str]() if confidential else result.evaluation.resolved.confidential
        super().__init__(result.definition, result.parameters, lookup_in(result.evaluation), hidden, lang)
        for name, value in (("result", result), ("confidential", confidential)):
            object.__setattr__(self, name, value)

    def text(self) -> str:
        """Explain the rule's status in one or two sentences."""
        status, lang = self.result.status, self.lang
        if status is Status.NOT_EXAMINED:
            return NOT_EXAMINED[lang]
        if status is Status.NOT_APPLICABLE:
            applies = self.result.values[1]
            return f"{NOT_APPLICABLE[lang]}: {self.sentence(applies)}." if applies else NOT_APPLICABLE[lang]
        if status is Status.OPEN:
            return self._open()
        if status is Status.CLEAR:
            hidden = any(tree and self.masks(tree.node) for tree in self.result.values)
            return f"{NO_SIGNAL[lang]}." if hidden else f"{self.said('clear')}."
        return f"{self.said('hit')} {MAY_EXCLUDE[lang]}" if self.result.level is Level.EXCLUDE else self.said("hit")

    def fact(self, fact: FactValue) -> str:
        """Write the value of a fact; mask it if it is confidential."""
        if fact.confidential and not self.confidential:
            return WITHHELD[self.lang]
        return format_value(fact.value, self.lang, distinguishing_decimals([fact.value]))

    def _open(self) -> str:
        lang = self.lang
        if self.result.error:
            return f"{FAILED[lang]} ({self.result.error})."
        trees = [tree for tree in self.result.values if tree is not None]
        facts = {fact.ref: fact for fact in self.result.facts}
        by_reason: dict[str, list[str]] = {}
        for ref in dict.fromkeys(ref for tree in trees for ref in unknown_facts(tree)):
            reason = reason_text(facts[ref], self.result.evaluation.row, confidential=self.confidential)[lang]
            by_reason.setdefault(reason, []).append(ref.label[lang])
        parts = [f"{format_list(labels, lang)} ({reason})" for reason, labels in by_reason.items()]
        undefined = [tree for root in trees for tree in undefined_operations(root)]
        parts += [f"{self._operand(tree, 1)} ({UNDEFINED[lang]})" for tree in undefined]
        return f"{NOT_KNOWN[lang]}: {format_list(parts or ['–'], lang)}."


NOT_EXAMINED = said("sentences", "not_examined")
NOT_APPLICABLE = said("sentences", "not_applicable")
NO_SIGNAL = said("sentences", "no_signal")
NOT_KNOWN = said("sentences", "not_known")
FAILED = said("sentences", "failed")
UNDEFINED = said("sentences", "undefined")
MAY_EXCLUDE = said("sentences", "may_exclude")
_MONTHS = said("sentences", "months")
_IS = said("sentences", "is")
_NOT = said("sentences", "not")
_OR_AND = (said("sentences", "or_and", "1"), said("sentences", "or_and", "2"))


def _nodes(tree: EvaluatedNode) -> Iterator[EvaluatedNode]:
    yield tree
    for child in tree.children:
        yield from _nodes(child)
