"""What a rule of a profile states before there is a dossier, as the catalogue and the page of a profile say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..profiles.profile import CombineBy
from ..profiles.resolved import ResolvedRule
from ..rules.expression import FactRef, Named, facts_of
from ..rules.levels import Level
from ..rules.rule import Rule
from ..text import Language
from .catalogue_phrases import PHRASES
from .phrases import LEVEL, WORDS
from .sentences import MAY_EXCLUDE


def hit_text(rule: Rule[...], limits: Mapping[str, str], lang: Language) -> str:
    """Say when a rule hits.

    Args:
        rule: the rule.
        limits: each limit as it is shown, by name. What differs from one dossier to the next is named between ‹ and ›.
        lang: the language.

    """
    template = (rule.words / "hit").template(lang)
    if template is None:
        return (rule.words / "topic")[lang]
    return template.fill({name: limits.get(name) or _named(rule, name, lang) for name in template.placeholders})


def _named(rule: Rule[...], name: str, lang: Language) -> str:
    node = rule.named.get(name)
    return between(node.label[lang] if isinstance(node, (FactRef, Named)) else name)


def between(label: str) -> str:
    """Mark what stands in the place of a value: ``‹turnover›``."""
    return f"‹{label}›"


def conditions(rule: ResolvedRule, lang: Language) -> Iterator[str]:
    """Say what the hit of a rule depends on besides, and whether its comparison cannot be shown."""
    if rule.definition.applies:
        facts = ", ".join(fact.label[lang] for fact in facts_of(rule.definition.applies.expression))
        yield PHRASES["depends"][lang].format(facts=facts)
    if rule.definition.opaque:
        yield WORDS["opaque"][lang]


def may_exclude(rule: ResolvedRule, lang: Language) -> str:
    """Say of a rule that may exclude that nothing follows by itself; empty for other rules."""
    return MAY_EXCLUDE[lang] if rule.level is Level.EXCLUDE else ""


def counts_as(rule: ResolvedRule, by: CombineBy, lang: Language) -> str:
    """Say what a hit of a rule means in a stage that combines so: a level, a signal or points."""
    if by is CombineBy.COUNT:
        return PHRASES["one_signal"][lang]
    if by is CombineBy.POINTS:
        return PHRASES["points"][lang].format(weight=rule.weight)
    return LEVEL[rule.level][lang]
