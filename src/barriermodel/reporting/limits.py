"""The limits that a rule compared with or that a profile sets, and where they come from."""

from __future__ import annotations

from collections.abc import Iterator

from ..engine.results import RuleResult
from ..profiles.resolved import ResolvedParameter, ResolvedProfile, Setting
from ..rules.expression import Parameter, facts_of, walk
from ..text import Language, Localized, localized
from ..words.lexicon import WordRef
from .explanation_parts import LimitUsed
from .values import distinguishing_decimals, format_value


def limits_used(rule: RuleResult, lang: Language) -> Iterator[LimitUsed]:
    """Yield the limits that a rule compares with; not those that say whether it applies."""
    expression = rule.definition.expression
    names = {node.name for node in walk(expression) if isinstance(node, Parameter)}
    for fact in facts_of(expression):
        if fact.source == "derived":
            names |= rule.evaluation.resolved.derived(fact.name).signature.parameters.keys()
    for name, setting in rule.parameters.items():
        if name in names:
            yield limit_used(rule.barrier.parameters[name], setting, lang)


def limit_used(parameter: ResolvedParameter, setting: Setting, lang: Language) -> LimitUsed:
    """Put a value of a limit in words."""
    return LimitUsed(
        barrier=parameter.barrier, name=parameter.spec.name, label=parameter.spec.field.label[lang],
        value=format_value(setting.value, lang, distinguishing_decimals([setting.value]), "or"),
        source=setting.source, assumption=_said(setting.assumption, lang), note=_said(setting.note, lang),
        noted_by_profile=not isinstance(setting.note, WordRef), set_by=setting.set_by, since=setting.since,
    )  # fmt: skip


def limits_in_use(resolved: ResolvedProfile) -> list[ResolvedParameter]:
    """List the limits that a rule of the profile uses, in the order of its stages; not those of rules left out."""
    used = {(b.id, name): b.parameters[name] for b in resolved.barriers for r in b.rules for name in r.parameters}
    return list(used.values())


def _said(text: Localized | str | None, lang: Language) -> str | None:
    return localized(text, lang) if text else None
