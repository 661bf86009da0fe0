"""What is said of a rule, in both languages, made from its expression and its values."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import attrs

from ..domain.facts import Label
from ..domain.unknown import UNKNOWN, Reason
from ..domain.values import Money
from ..rules.barrier import RuleKind, nameable
from ..rules.expression import (
    COMPARISONS, LOGIC, Constant, FactRef, Named, Node, Operation, Parameter, Valued, valued, walk,
)  # fmt: skip
from ..rules.levels import Status
from ..text import LANGUAGES, Language, Text, grouped, write_bool, write_date, write_list, write_money, write_percent
from .assessment import RuleResult
from .facts import FactValue, is_confidential, open_facts, undefined, value_of
from .selection import Why

WITHHELD = Text(nl="afgeschermd", en="withheld")
UNKNOWN_WORD = Text(nl="onbekend", en="unknown")
_LIMIT = Text(nl="de grens", en="the limit")

_VERBS: dict[str, tuple[Text, Text, Text]] = {
    # true, false, not known
    "gt": (Text("is hoger dan", "is higher than"), Text("is niet hoger dan", "is not higher than"), Text("hoger dan", "higher than")),
    "ge": (Text("is minstens", "is at least"), Text("is lager dan", "is lower than"), Text("minstens", "at least")),
    "lt": (Text("is lager dan", "is lower than"), Text("is niet lager dan", "is not lower than"), Text("lager dan", "lower than")),
    "le": (Text("is hoogstens", "is at most"), Text("is hoger dan", "is higher than"), Text("hoogstens", "at most")),
    "eq": (Text("is gelijk aan", "equals"), Text("is niet gelijk aan", "does not equal"), Text("gelijk aan", "equal to")),
    "ne": (Text("is niet gelijk aan", "does not equal"), Text("is gelijk aan", "equals"), Text("ongelijk aan", "unequal to")),
    "one_of": (Text("is een van", "is one of"), Text("is geen van", "is none of"), Text("een van", "one of")),
}  # fmt: skip
_DATE_VERBS: dict[str, tuple[Text, Text, Text]] = {
    "gt": (Text("is later dan", "is later than"), Text("is niet later dan", "is not later than"), Text("later dan", "later than")),
    "ge": (Text("is op of na", "is on or after"), Text("is eerder dan", "is earlier than"), Text("op of na", "on or after")),
    "lt": (Text("is eerder dan", "is earlier than"), Text("is niet eerder dan", "is not earlier than"), Text("eerder dan", "earlier than")),
    "le": (Text("is op of voor", "is on or before"), Text("is later dan", "is later than"), Text("op of voor", "on or before")),
}  # fmt: skip
_INFIX = {
    "add": Text("plus", "plus"),
    "sub": Text("min", "minus"),
    "mul": Text("keer", "times"),
    "ratio": Text("gedeeld door", "divided by"),
}


def write(value: Any, lang: Language, places: int = 1) -> str:
    """A fact's value as a person writes it."""
    if value is UNKNOWN:
        return UNKNOWN_WORD[lang]
    if isinstance(value, bool):
        return write_bool(value, lang)
    if isinstance(value, int):
        return grouped(value, lang)
    if isinstance(value, float):
        return write_percent(value, lang, places)
    if isinstance(value, Money):
        return write_money(value.cents, lang)
    if isinstance(value, date):
        return write_date(value, lang)
    if isinstance(value, enum.Enum):
        return str(value.value).replace("_", " ")
    if isinstance(value, tuple):
        return write_list([write(member, lang, places) for member in value], lang) if value else "–"
    return str(value)


def places_for(values: Iterable[Any]) -> int:
    """So many decimals that different ratios are written differently: 10.04% is not "10%" beside a limit of 10%."""
    ratios = {value for value in values if isinstance(value, float)}
    for places in range(1, 9):
        if len({write_percent(ratio, "en", places) for ratio in ratios}) == len(ratios):
            return places
    return 9


def _both(make: Callable[[Language], str]) -> Text:
    nl, en = (make(lang) for lang in LANGUAGES)
    return Text(nl=nl, en=en)


@attrs.frozen(eq=False)
class Wording:
    """Says what became of a rule.

    Args:
        result: the rule.
        confidential: show the values of confidential kinds.
    """

    result: RuleResult
    confidential: bool = False

    def text(self) -> Text:
        """One or two sentences for the rule's status."""
        status, rule = self.result.status, self.result.planned.rule
        if status is Status.NOT_EXAMINED:
            return Text(nl="Niet onderzocht: een eerdere stap sluit al uit.", en="Not examined: an earlier stage excludes.")
        if status is Status.NOT_APPLICABLE:
            applies = self.result.values()[1]
            return _both(lambda lang: f"{_NOT_APPLICABLE[lang]}: {self.sentence(applies, lang)}." if applies else "")
        if status is Status.OPEN:
            return self._open()
        if status is Status.HIT and rule.kind is RuleKind.SIGNAL:
            return self._filled()
        if status is Status.HIT:
            return _both(lambda lang: f"{_NOT_MET[lang]}: {self._filled()[lang]}")
        if rule.kind is RuleKind.REQUIREMENT:
            return self._filled()
        return _both(lambda lang: f"{_NO_SIGNAL[lang]}: {self.comparison()[lang]}.")

    def comparison(self) -> Text:
        """The comparison that the rule made, as a true statement, or as a question where it is open."""
        expression, _ = self.result.values()
        return _both(lambda lang: self.sentence(expression, lang))

    def value(self, fact: FactValue, lang: Language) -> str:
        """The value of a fact, masked where it is confidential."""
        return WITHHELD[lang] if fact.confidential and not self.confidential else write(fact.value, lang)

    def masks(self, node: Node) -> bool:
        """Whether a node's value is withheld because a confidential fact is in it."""
        if self.confidential:
            return False
        return any(isinstance(part, FactRef) and is_confidential(self.result.run, part) for part in walk(node))

    def _filled(self) -> Text:
        planned = self.result.planned
        nodes: dict[str, Node] = dict(nameable(planned.rule.expression, planned.rule.signature))
        values: dict[str, Any] = {name: s.value for name, s in self.result.parameters().items()}
        values |= {name: self._evaluate(node) for name, node in nodes.items()}
        wanted = {name: value for name, value in values.items() if name in planned.rule.text.placeholders}
        places = places_for(wanted.values())

        def shown(name: str, lang: Language) -> str:
            if name in nodes and self.masks(nodes[name]):
                return WITHHELD[lang]
            return write(wanted[name], lang, places)

        return planned.rule.text.fill({name: Text(nl=shown(name, "nl"), en=shown(name, "en")) for name in wanted})

    def _evaluate(self, node: Node) -> Any:
        return valued(node, lambda leaf: value_of(self.result.run, leaf)).value

    def _open(self) -> Text:
        if self.result.error:
            return Text(
                nl=f"Nog niet te zeggen: de regel gaf een fout ({_braces(self.result.error)}).",
                en=f"Cannot be told yet: the rule failed ({_braces(self.result.error)}).",
            )
        expression, applies = self.result.values()
        trees = [tree for tree in (expression, applies) if tree is not None]
        facts = {fact.ref: fact for fact in self.result.facts()}
        unknown = list(dict.fromkeys(ref for tree in trees for ref in open_facts(tree)))
        parts = [_both(lambda lang, f=facts[ref]: f"{f.ref.label[lang]} ({reason_words(f)[lang]})") for ref in unknown]
        without = [self._term(tree, 1) for root in trees for tree in undefined(root)]
        parts += [_both(lambda lang, w=words: f"{w[lang]} ({_UNDEFINED[lang]})") for words in without]
        return _both(lambda lang: f"{_OPEN[lang]}: {write_list([p[lang] for p in parts] or ['–'], lang)}.")

    # Sentences ----------------------------------------------------------------------------------------

    def sentence(self, tree: Valued, lang: Language) -> str:
        """A condition as a statement that is true, or as a question where it is unknown."""
        places = places_for(v.value for v in _every(tree))
        question = "?" if tree.value is UNKNOWN else ""
        return self._condition(tree, lang, places) + question

    def _condition(self, tree: Valued, lang: Language, places: int) -> str:
        node = tree.node
        if isinstance(node, Named):
            return self._condition(tree.children[0], lang, places)
        if isinstance(node, Operation) and node.op == "not":
            return self._condition(tree.children[0], lang, places)
        if isinstance(node, Operation) and node.op in LOGIC:
            return self._joined(tree, node.op, lang, places)
        if isinstance(node, Operation) and (node.op in COMPARISONS or node.op == "one_of"):
            return self._compared(tree, node, lang, places)
        said = self._term(tree, places)[lang]
        return said if isinstance(node, FactRef) else f"{said}: {self._shown(tree, lang, places)}"

    def _joined(self, tree: Valued, op: str, lang: Language, places: int) -> str:
        # only the parts that made it so: all of a true `and`, the false ones of a false `and`
        decisive = [child for child in tree.children if child.value is tree.value]
        word = "and" if (op == "and") == (tree.value is True) or tree.value is False else "or"
        joint = {"nl": {"and": " en ", "or": " of "}, "en": {"and": " and ", "or": " or "}}[lang][word]
        return joint.join(self._condition(child, lang, places) for child in decisive)

    def _compared(self, tree: Valued, node: Operation, lang: Language, places: int) -> str:
        verbs = _DATE_VERBS.get(node.op) if node.args[0].type is date else None
        true, false, open_ = verbs or _VERBS[node.op]
        verb = open_ if tree.value is UNKNOWN else true if tree.value else false
        left, *right = (self._term(child, places)[lang] for child in tree.children)
        return f"{left} {verb[lang]} {write_list(right, lang, 'or')}"

    def _term(self, tree: Valued, places: int) -> Text:
        return _both(lambda lang: self._said(tree, lang, places))

    def _said(self, tree: Valued, lang: Language, places: int) -> str:
        node, shown = tree.node, self._shown(tree, lang, places)
        if isinstance(node, Constant):
            return shown
        if isinstance(node, Parameter):
            if node.many:
                return write_list([write(v, lang, places) for v in tree.value] or ["–"], lang, "or")
            label = node.label[lang] if isinstance(node.label, Label) else _LIMIT[lang]
            return f"{label} ({shown})"
        if isinstance(node, (FactRef, Named)):
            return f"{node.label[lang]} ({shown})"
        if node.op == "add_months":
            day, count = (self._said(child, lang, places) for child in tree.children)
            return f"{day} plus {count} {_MONTHS[lang]}"
        if node.op in _INFIX:
            return f" {_INFIX[node.op][lang]} ".join(self._said(child, lang, places) for child in tree.children)
        return f"({self._condition(tree, lang, places)})"

    def _shown(self, tree: Valued, lang: Language, places: int) -> str:
        return WITHHELD[lang] if self.masks(tree.node) else write(tree.value, lang, places)


_NOT_APPLICABLE = Text(nl="Niet van toepassing", en="Not applicable")
_NOT_MET = Text(nl="Niet voldaan", en="Not met")
_NO_SIGNAL = Text(nl="Geen signaal", en="No signal")
_OPEN = Text(nl="Nog niet bekend", en="Not known yet")
_UNDEFINED = Text(nl="niet te berekenen", en="cannot be computed")
_MONTHS = Text(nl="maanden", en="months")


def _every(tree: Valued) -> Iterator[Valued]:
    yield tree
    for child in tree.children:
        yield from _every(child)


def _braces(words: str) -> str:
    return words.replace("{", "(").replace("}", ")")


_PLAIN_REASONS: Mapping[Reason, Text] = {
    Reason.MISSING: Text(nl="bewijs ontbreekt", en="evidence is missing"),
    Reason.EXPIRED: Text(nl="bewijs is verlopen", en="evidence has expired"),
    Reason.NOT_YET_ISSUED: Text(nl="bewijs is van na de peildatum", en="evidence is from after the reference date"),
    Reason.UNDATED: Text(nl="bewijs heeft geen datum", en="evidence has no date"),
    Reason.OTHER_PROVIDER: Text(nl="bewijs gaat over een ander", en="evidence is about someone else"),
    Reason.NOT_COVERED: Text(
        nl="het register heeft deze rechtsvorm niet", en="the register does not hold this legal form"
    ),
    Reason.UNAVAILABLE: Text(nl="het register was niet bereikbaar", en="the register could not be reached"),
    Reason.REQUESTED: Text(nl="opgevraagd", en="asked for"),
    Reason.CONTESTED: Text(nl="bewijsstukken spreken elkaar tegen", en="items of evidence contradict each other"),
    Reason.NOT_STATED: Text(nl="niet vermeld", en="not stated"),
    Reason.UNDEFINED: Text(nl="niet te berekenen", en="cannot be computed"),
    Reason.ERROR: Text(nl="fout in de berekening", en="error in the computation"),
}


def why_words(why: Why) -> Text:
    """Why a fact is unknown, in a few words."""
    plain = _PLAIN_REASONS[why.reason]
    if why.requested is not None:
        asked, due = why.requested.asked_on, why.requested.due_on
        until = _both(lambda lang: f", {_DUE[lang]} {write_date(due, lang)}" if due else " ")
        return _both(lambda lang: f"{_ASKED[lang]} {write_date(asked, lang)}{until[lang].rstrip()}")
    if why.reason is Reason.EXPIRED and why.evidence and why.evidence[0].date:
        day = why.evidence[0].date
        return _both(lambda lang: f"{_EXPIRED[lang].format(write_date(day, lang))}")
    return plain


_ASKED = Text(nl="opgevraagd op", en="asked for on")
_DUE = Text(nl="uiterlijk", en="due on")
_EXPIRED = {"nl": "bewijs van {} is verlopen", "en": "evidence of {} has expired"}


def reason_words(fact: FactValue) -> Text:
    """Why this fact is unknown; for a fact of the dossier itself, that it is not filled in."""
    if fact.why is None:
        return UNKNOWN_WORD
    if fact.ref.source in ("provider", "award"):
        return Text(nl="niet ingevuld in het dossier", en="not filled in in the dossier")
    return why_words(fact.why)
