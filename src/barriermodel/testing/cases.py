"""A test suite written from the rules themselves: each condition on its limit, just off it, and unknown.

For every atom of every rule there are at most four cases, each made to decide the advice where that can be
(three-valued MC/DC on the boundaries). Stages that count get a case on each threshold and one just below it. Each
kind of evidence gets cases about which item counts. What must come out is what the oracle says, and not the engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain, islice

import attrs

from barriermodel import BarrierModel, Status
from barriermodel.analysis.expressions import Node, Operation, unnamed, valued
from barriermodel.analysis.profiles import CombineBy, ResolvedRule, ResolvedStage
from barriermodel.analysis.text import Wording
from barriermodel.plugin import Localized

from .baseline import clear_draft
from .conditions import Atom, atoms, code, parts, turns
from .dossier_draft import Draft
from .evaluation_context import Ground
from .evidence_cases import evidence_cases
from .oracle import decides_advice, expected, level_of, place_of, statuses
from .scenario import Scenario, Suite
from .solve import WAYS, make, unknown, way, ways

SETTINGS, TRIES, MENDS = 6, 10, 4
"""How many settings of the other conditions are tried, ways in each, and other rules made quiet."""

WORDS = {
    "on": Localized("op de grens", "on the limit"),
    "under": Localized("net eronder", "just under it"),
    "over": Localized("net erboven", "just over it"),
    "off": Localized("iets anders", "something else"),
    "yes": Localized("ja", "yes"),
    "no": Localized("nee", "no"),
    "first": Localized("de eerste van de lijst", "the first of the list"),
    "last": Localized("de laatste van de lijst", "the last of the list"),
    "none": Localized("niet op de lijst", "not on the list"),
    "unknown": Localized("onbekend", "unknown"),
}
"""What the ways in which a condition can turn out are called."""


@attrs.frozen
class Finding:
    """Something about a rule that its cases show: it is never clear beside the others, or a condition never decides."""

    rule: str
    words: Localized


@attrs.frozen(kw_only=True)
class Cases(Suite):
    """A generated suite, with what was found while it was written.

    Args:
        selection: those of its scenarios that are about which evidence counts.

    """

    selection: tuple[Scenario, ...]
    findings: tuple[Finding, ...]

    @property
    def of_rules(self) -> tuple[Scenario, ...]:
        """Those of its scenarios that are about rules."""
        return self.scenarios[: len(self.scenarios) - len(self.selection)]


def make_cases(model: BarrierModel, as_of: date | None = None, *, about: str = "") -> Cases:
    """The cases of all rules of a model; the same whenever it is asked.

    Args:
        as_of: the date of the dossiers; left out, a first of June on which all dated limits hold.
        about: how the profile or barrier is called in the file.

    """
    return _Writer(model, Ground.of(model, as_of)).cases(about or model.profile.id)


class _Writer:
    def __init__(self, model: BarrierModel, ground: Ground) -> None:
        self.model = model
        self.ground = ground
        self.clear, self.never_clear = clear_draft(ground)
        self.findings = [Finding(rule.id, NEVER_CLEAR) for rule in self.never_clear]

    def cases(self, about: str) -> Cases:
        scenarios = [self._scenario(self.clear, Localized("alles in orde", "everything in order"))]
        for rule in self.ground.rules():
            for number, atom in enumerate(atoms(rule), 1):
                scenarios += self._of_atom(atom, number)
        for stage in self.ground.plan.stages:
            scenarios += self._of_stage(stage)
        hitting = [scenario.draft for scenario in scenarios if scenario.expect.hits]
        selection = [
            self._scenario(draft, name)
            for kind in self.ground.kinds.values()
            for name, draft in evidence_cases(kind, self.clear, hitting)
        ]
        return Cases(
            about=about, model=self.model, clear=self.clear, scenarios=(*scenarios, *selection),
            selection=tuple(selection), findings=tuple(self.findings),
        )  # fmt: skip

    def _scenario(
        self, draft: Draft, name: Localized, rule: str | None = None, decides: bool | None = None
    ) -> Scenario:
        return Scenario(name=name, draft=draft, expect=expected(draft, self.ground), rule=rule, decides=decides)

    # Atoms --------------------------------------------------------------------------------------------

    def _of_atom(self, atom: Atom, number: int) -> Iterator[Scenario]:
        found: dict[str, tuple[Draft, bool]] = {}
        for setting in islice(self._settings(atom), SETTINGS):
            for name, draft in self._tried(atom, setting):
                if not found.get(name, (None, False))[1]:
                    deciding = self._deciding(atom, name, draft)
                    if deciding is not None or name not in found:
                        found[name] = (deciding or draft, deciding is not None)
        if not any(decides for name, (_, decides) in found.items() if name != "unknown"):
            self.findings.append(Finding(atom.rule.id, _never_decides(atom)))
        for name in WAYS:
            if name in found:
                draft, decides = found[name]
                yield self._scenario(draft, self._name(atom, number, name, draft), atom.rule.id, decides)

    def _tried(self, atom: Atom, setting: Draft) -> Iterator[tuple[str, Draft]]:
        tried = dict.fromkeys(WAYS, 0)
        for draft in chain(ways(atom.node, setting, self.ground), unknown(atom.node, setting, self.ground)):
            name = way(atom.node, draft, self.ground)
            if name in tried and tried[name] < TRIES:
                tried[name] += 1
                yield name, draft

    def _settings(self, atom: Atom) -> Iterator[Draft]:
        """Drafts in which the rule hangs on this atom, and its stage on the rule."""
        wanted = list(_beside(atom))
        for start in self._backgrounds(atom.rule):
            yield from self._all(wanted, start)

    def _all(self, wanted: list[tuple[Node, bool]], draft: Draft) -> Iterator[Draft]:
        if not wanted:
            yield draft
            return
        node, truth = wanted[0]
        for found in islice(make(node, truth, draft, self.ground), TRIES):
            yield from self._all(wanted[1:], found)

    def _deciding(self, atom: Atom, name: str, draft: Draft) -> Draft | None:
        """The draft, or one in which the atom turns out in the same way, in which it decides the advice."""
        if not turns(atom, self.ground.lookup(draft)):
            return None
        for _ in range(MENDS):
            if self._decides(atom, draft):
                return draft
            quieter = self._quieter(atom, name, draft)
            if quieter is None:
                return None
            draft = quieter
        return None

    def _quieter(self, atom: Atom, name: str, draft: Draft) -> Draft | None:
        """A draft in which fewer other rules hit or are open, and the rule still hangs on the atom."""
        loud = self._loud(atom, draft)
        for rule in loud:
            for found in islice(make(_quiet(rule), True, draft, self.ground), TRIES):
                kept = way(atom.node, found, self.ground) == name and turns(atom, self.ground.lookup(found))
                if kept and (len(self._loud(atom, found)) < len(loud) or self._decides(atom, found)):
                    return found
        return None

    def _decides(self, atom: Atom, draft: Draft) -> bool:
        lookup = self.ground.lookup(draft)
        return decides_advice(self.ground.plan, statuses(self.ground.plan, lookup), atom, lookup)

    def _loud(self, atom: Atom, draft: Draft) -> list[ResolvedRule]:
        """The other rules that hit or are open."""
        lookup = self.ground.lookup(draft)
        loud = [r for r in self.ground.rules() if code(r, lookup) in (Status.HIT, Status.OPEN)]
        return [rule for rule in loud if rule is not atom.rule]

    def _name(self, atom: Atom, number: int, name: str, draft: Draft) -> Localized:
        said = said_of(atom, draft, self.ground, self.model)
        id = f"{atom.rule.id}, {number}"
        return Localized(f"{id}, {WORDS[name].nl}: {said.nl}", f"{id}, {WORDS[name].en}: {said.en}")

    # Stages that count --------------------------------------------------------------------------------

    def _backgrounds(self, rule: ResolvedRule) -> Iterator[Draft]:
        """Drafts in which it depends on this rule what its stage makes: so many others hit that it crosses."""
        stage = self.ground.plan.stages[place_of(self.ground.plan, rule)[0]]
        if stage.by_level:
            yield self.clear
            return
        weight = _weight(stage, rule)
        others = [r for r in stage.rules if r is not rule]
        for threshold in _thresholds(stage):
            for total in range(threshold - weight, threshold):
                yield from islice(self._hitting(stage, others, max(total, 0)), 2)

    def _hitting(self, stage: ResolvedStage, rules: list[ResolvedRule], total: int) -> Iterator[Draft]:
        """Drafts in which some of these rules hit whose weights make this total, and the rest are clear."""
        for chosen in islice(_sums(stage, rules, total), TRIES):
            wanted = [(node, True) for rule in chosen for node in _hits(rule)]
            for draft in islice(self._all(wanted, self.clear), TRIES):
                lookup = self.ground.lookup(draft)
                hits = sum(_weight(stage, r) for r in rules if code(r, lookup) == Status.HIT)
                if hits == total:
                    yield draft
                    break

    def _of_stage(self, stage: ResolvedStage) -> Iterator[Scenario]:
        if stage.by_level:
            return
        for threshold in _thresholds(stage):
            for total in (threshold - 1, threshold):
                draft = next(self._hitting(stage, list(stage.rules), total), None)
                if draft is not None and total:
                    yield self._scenario(draft, _counted_words(stage, total))


def _counted_words(stage: ResolvedStage, total: int) -> Localized:
    unit = ("punten", "points") if stage.combine.by is CombineBy.POINTS else ("signalen", "signals")
    id, level = stage.id, level_of(stage, total).key
    return Localized(f"{id}, {total} {unit[0]}: {level}", f"{id}, {total} {unit[1]}: {level}")


def _thresholds(stage: ResolvedStage) -> list[int]:
    combine = stage.combine
    return sorted({n for n in (combine.orange, combine.red) if n is not None})


def _weight(stage: ResolvedStage, rule: ResolvedRule) -> int:
    return rule.weight if stage.combine.by is CombineBy.POINTS else 1


def _sums(stage: ResolvedStage, rules: list[ResolvedRule], total: int) -> Iterator[list[ResolvedRule]]:
    """The ways to choose rules whose weights make a total, the heaviest first."""
    if total == 0:
        yield []
        return
    for number, rule in enumerate(rules):
        weight = _weight(stage, rule)
        if 0 < weight <= total:
            for chosen in _sums(stage, rules[number + 1 :], total - weight):
                yield [rule, *chosen]


def _quiet(rule: ResolvedRule) -> Node:
    return Operation("not", (rule.definition.hits_if,), bool)


def _hits(rule: ResolvedRule) -> tuple[Node, ...]:
    applies = rule.definition.applies
    return (rule.definition.hits_if, *([applies.expression] if applies else []))


def _beside(atom: Atom) -> Iterator[tuple[Node, bool]]:
    """What else must be so for the rule to hang on this atom."""
    rule = atom.rule.definition
    if atom.place[0] == 1:
        yield rule.hits_if, True
    elif rule.applies is not None:
        yield rule.applies.expression, True
    node = rule.nodes[atom.place[0]]
    for number in atom.place[1:]:
        inner, below = unnamed(node), parts(node)
        if isinstance(inner, Operation) and inner.op != "not":
            yield from ((part, inner.op == "and") for n, part in enumerate(below) if n != number)
        node = below[number]


# Words ------------------------------------------------------------------------------------------------

NEVER_CLEAR = Localized(
    "er is geen dossier gevonden waarin deze regel en alle andere niets vinden",
    "no dossier was found in which this rule and all others find nothing",
)


def _never_decides(atom: Atom) -> Localized:
    facts = ", ".join(fact.id for fact in atom.facts)
    return Localized(
        f"er is geen dossier gevonden waarin de voorwaarde op {facts} het advies bepaalt, of zij nu waar is of niet",
        f"no dossier was found in which the condition on {facts} decides the advice, whether true or false",
    )


def said_of(atom: Atom, draft: Draft, ground: Ground, model: BarrierModel) -> Localized:
    """An atom as a sentence, with its values in a draft."""
    result = model.assess(draft.dossier(ground.kinds.values())).rule(atom.rule.id)
    tree = valued(atom.node, ground.lookup(draft))
    return Localized(*(Wording(result, lang, confidential=True).sentence(tree) for lang in ("nl", "en")))
