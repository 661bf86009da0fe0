"""The section on one barrier in the catalogue: tables of its rules, its limits and its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import attrs

from ..domain.facts import fact_fields
from ..domain.kinds import EvidenceKind, Supplier
from ..profiles.plugin_loading import Plugin
from ..profiles.profile import CombineBy
from ..profiles.resolved import ResolvedBarrier, ResolvedProfile, ResolvedRule, ResolvedStage, Setting
from ..rules.barrier import Barrier
from ..rules.expression import FactRef, facts_of, split_rule_id
from ..rules.rule import Rule
from ..text import Language, TextOrStr, format_date, localized
from .catalogue_phrases import PHRASES, RULE_KIND, SUPPLIED_BY
from .phrases import CONCERN, LEVEL, MOMENT, WORDS
from .rendering import escaped
from .rule_statements import between, conditions, counts_as, hit_text, may_exclude
from .values import distinguishing_decimals, format_value


@attrs.frozen(eq=False)
class Use:
    """The use of a barrier by a profile, in the stage with this number, counted from 1."""

    resolved: ResolvedProfile
    number: int
    stage: ResolvedStage
    barrier: ResolvedBarrier


@attrs.frozen(eq=False)
class Entry:
    """A barrier, and its uses by the profiles that the page is about."""

    barrier: Barrier
    plugin: Plugin
    uses: tuple[Use, ...]


# Markdown ---------------------------------------------------------------------------------------------


def one_line(words: str) -> str:
    """Put a text on one line, and escape what Markdown would interpret."""
    return escaped(" ".join(words.split()))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; empty if it has no rows."""
    lines = [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines) if len(lines) > 2 else ""


def bullets(items: Iterable[str]) -> str:
    """Write a list."""
    return "\n".join(f"- {item}" for item in items)


def link(barrier: Barrier, lang: Language) -> str:
    """Write a link to the section of a barrier, with the anchor that GitHub and GitLab give it."""
    heading = _heading(barrier, lang)
    anchor = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
    return f"[{one_line(heading)}](#{anchor})"


def _heading(barrier: Barrier, lang: Language) -> str:
    return f"{barrier.title[lang]} ({barrier.id})"


def source_or_assumption(source: str | None, assumption: TextOrStr | None, lang: Language) -> str:
    """Give the source of a value, or mark it as an assumption."""
    if source:
        return one_line(source)
    return f"**⚠ {WORDS['assumption'][lang].capitalize()}:** {one_line(localized(assumption or '', lang))}"


# The section ------------------------------------------------------------------------------------------


@attrs.frozen(eq=False, slots=False)
class Section:
    """Writes one barrier in one language; ``alone``: as the only profile of the page runs it."""

    lang: Language
    entry: Entry
    single_profile: bool

    def blocks(self) -> Iterator[str]:
        """Write the heading, the rules, what profiles change in them, the limits and the evidence."""
        barrier = self.entry.barrier
        yield f"## {one_line(_heading(barrier, self.lang))}"
        phase = "; ".join(f"{self.where(use)} (`{use.resolved.profile.id}`)" for use in self.entry.uses)
        phase = f"{self._phrase('phase')}: {phase or self._phrase('no_phase')}"
        yield f"{CONCERN[barrier.concern][self.lang]} · plugin `{self.entry.plugin.name}` · {phase}"
        yield table(self._head("rule", "asks", "looks_at", "level", "basis"), map(self._rule, self.rules))
        yield bullets(dict.fromkeys(self._changes()))
        yield table(self._head("limit", "value", "since", "set_by", "who_says"), self._limits())
        yield table(self._head("evidence", "who", "counts", "secret", "basis"), map(self._kind, barrier.kinds))

    def where(self, use: Use) -> str:
        """Name the stage and its moment."""
        return self._phrase("in_stage", number=use.number, moment=MOMENT[use.stage.moment][self.lang])

    @cached_property
    def rules(self) -> Sequence[ResolvedRule]:
        """The rules as the profile or the plugin has them, in the order of the plugin, which follows the law."""
        own = self.entry.barrier.rules.values()
        if not self.single_profile:
            return [ResolvedRule(definition=rule, level=rule.level, weight=1, parameters=()) for rule in own]
        order = [rule.id for rule in own]
        return sorted(self.entry.uses[0].barrier.rules, key=lambda planned: order.index(planned.id))

    @cached_property
    def settings(self) -> Mapping[str, Sequence[Setting]]:
        """The values of each limit: those of the profile, or the plugin's followed by those that profiles set."""
        return {name: self._settings(name) for name in self.entry.barrier.parameters}

    def _settings(self, name: str) -> Sequence[Setting]:
        entry, spec = self.entry, self.entry.barrier.parameters[name]
        own = Setting.of(spec.default, spec, entry.plugin.name)
        planned = [setting for use in entry.uses for setting in use.barrier.parameters[name].settings]
        # a value that a profile inherits keeps who set it; if no profile did, that is the plugin
        given = {(s.set_by, s.since): s for s in planned if s.set_by != entry.plugin.label}
        return list(given.values()) if self.single_profile and given else [own, *given.values()]

    def _phrase(self, key: str, **values: object) -> str:
        return PHRASES[key][self.lang].format(**values)

    def _head(self, *keys: str) -> Sequence[str]:
        return [self._phrase(key) for key in keys]

    # Rules --------------------------------------------------------------------------------------------

    def _rule(self, planned: ResolvedRule) -> Sequence[str]:
        rule = planned.definition
        name = f"`{rule.name}`<br>{RULE_KIND[rule.kind][self.lang]}"
        basis = one_line(localized(rule.basis, self.lang)) if rule.basis else "–"
        if rule.unverified:
            basis += f"<br>**⚠ {WORDS['unverified'][self.lang]}:** {one_line(rule.unverified[self.lang])}"
        return [name, "<br>".join(self._question(planned)), self._facts(rule), self._level(planned), basis]

    def _question(self, planned: ResolvedRule) -> Iterator[str]:
        text = one_line(hit_text(planned.definition, self._limits_shown, self.lang))
        yield f"{text} {may_exclude(planned, self.lang)}".rstrip()
        yield from map(one_line, conditions(planned, self.lang))

    @cached_property
    def _limits_shown(self) -> Mapping[str, str]:
        """Each limit as it is shown in a text; one that changes by date is named instead."""
        parameters = self.entry.barrier.parameters
        return {
            name: between(parameters[name].field.label[self.lang])
            if self.single_profile and len(found) > 1
            else self._value(found[0])
            for name, found in self.settings.items()
        }

    def _facts(self, rule: Rule[...]) -> str:
        by_source: dict[str, list[str]] = {}
        for fact in facts_of(rule.expression):
            by_source.setdefault(self._source(fact), []).append(fact.label[self.lang])
        return "<br>".join(one_line(f"{source}: {', '.join(labels)}") for source, labels in by_source.items())

    def _source(self, fact: FactRef) -> str:
        barrier = self.entry.barrier
        if fact.source == "derived":
            kinds = dict.fromkeys(barrier.derived_facts[split_rule_id(fact.name)[1]].signature.kinds)
            return f"{self._phrase('from')} {', '.join(kind.title[self.lang] for kind in kinds)}"
        titles = {kind.id: kind.title for kind in barrier.kinds}
        return titles[fact.source][self.lang] if fact.source in titles else self._phrase(f"of_{fact.source}")

    def _level(self, planned: ResolvedRule) -> str:
        by = self.entry.uses[0].stage.combine.by if self.single_profile else CombineBy.WORST
        return counts_as(planned, by, self.lang)

    def _changes(self) -> Iterator[str]:
        """List what profiles change in the rules; several profiles may inherit the same change."""
        for use in self.entry.uses:
            for rule in use.barrier.rules:
                if rule.reason:
                    level, why = LEVEL[rule.level][self.lang], one_line(localized(rule.reason, self.lang))
                    yield self._phrase(
                        "changed", who=rule.changed_by, rule=rule.definition.name, level=level, reason=why
                    )
            for id, (who, reason) in use.barrier.left_out.items():
                why = one_line(localized(reason, self.lang))
                yield self._phrase("left_out", who=who, rule=split_rule_id(id)[1], reason=why)

    # Limits and evidence ------------------------------------------------------------------------------

    def _limits(self) -> Iterator[Sequence[str]]:
        for name, settings in self.settings.items():
            label = one_line(self.entry.barrier.parameters[name].field.label[self.lang])
            for setting in settings:
                since = format_date(setting.since, self.lang) if setting.since else self._phrase("always")
                note = f" ({one_line(localized(setting.note, self.lang))})" if setting.note else ""
                who = source_or_assumption(setting.source, setting.assumption, self.lang) + note
                yield [f"{label}<br>`{name}`", one_line(self._value(setting)), since, f"`{setting.set_by}`", who]

    def _value(self, setting: Setting) -> str:
        return format_value(setting.value, self.lang, distinguishing_decimals([setting.value]), "or")

    def _kind(self, kind: EvidenceKind) -> Sequence[str]:
        labels = {name: field.label[self.lang] for name, field in fact_fields(kind.cls).items()}
        name = f"{one_line(kind.title[self.lang])}<br>`{kind.id}`"
        if kind.one_per:
            name += f"<br>{self._phrase('one_per', fact=one_line(labels[kind.one_per]))}"
        who = SUPPLIED_BY[kind.supplier][self.lang]
        if kind.supplier is Supplier.PROVIDER:
            template = (kind.words / "question").template(self.lang)
            shown = {name: f"‹{labels.get(name, name)}›" for name in template.placeholders} if template else {}
            question = template.fill(shown) if template else kind.title[self.lang]
            who += f", {self._phrase('minutes', burden=kind.burden)}<br>“{one_line(question)}”"
        term = self._term(kind.valid_for.count) if kind.valid_for else self._phrase("no_term")
        basis = one_line(localized(kind.basis, self.lang)) if kind.basis else "–"
        return [name, who, term, self._secret(kind), basis]

    def _term(self, months: int) -> str:
        return self._phrase("month") if months == 1 else self._phrase("months", count=months)

    def _secret(self, kind: EvidenceKind) -> str:
        answer = self._phrase("yes" if kind.confidential else "no")
        if kind.retention:
            return f"{answer}<br>{one_line(kind.retention[self.lang])}"
        return f"{answer}<br>{self._phrase('unsaid')}" if kind.confidential else answer
