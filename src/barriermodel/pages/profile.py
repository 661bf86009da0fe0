"""The page of a profile in words: its stages and rules, where each limit comes from, and all that is assumed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from ..profiles.profile import CombineBy
from ..profiles.resolved import ResolvedBarrier, ResolvedProfile, ResolvedRule, ResolvedStage
from ..reporting.catalogue_phrases import PHRASES
from ..reporting.difference import profile_changes
from ..reporting.explanation_parts import LimitUsed
from ..reporting.limits import limit_used, limits_in_use
from ..reporting.phrases import CONCERN, MOMENT, PROFILE_STATUS, WORDS, combine_text, ending_text
from ..reporting.rule_statements import between, conditions, counts_as, hit_text, may_exclude
from ..rules.expression import split_rule_id
from ..rules.levels import Level
from ..text import Language, format_date, format_list, localized
from .rendering import render, sentence


@attrs.frozen
class RuleSaid:
    """What a rule is about, when it hits, and what the profile changed in it; empty if nothing."""

    id: str
    topic: str
    text: str
    changed: str


@attrs.frozen
class Group:
    """Rules of a barrier that mean the same for the advice, on the same basis and with the same limits.

    Args:
        level: what the advice becomes at least; None where the stage counts, and ``counts`` says how.
        beside: what is said once for all of them.

    """

    level: Level | None
    counts: str
    basis: str | None
    unverified: str | None
    limits: tuple[LimitUsed, ...]
    beside: tuple[str, ...]
    rules: list[RuleSaid] = attrs.field(factory=list, eq=False)


def profile_page(resolved: ResolvedProfile, lang: Language) -> str:
    """Render a profile as a page: HTML in one file.

    Raises:
        MissingExtraError: Jinja2 is not installed.

    """
    return _rendered(resolved, lang, "page.html.j2")


def profile_part(resolved: ResolvedProfile, lang: Language) -> str:
    """Render what a profile is and which stages it has, as a part of another page."""
    return _rendered(resolved, lang, "part.html.j2")


def _rendered(resolved: ResolvedProfile, lang: Language, layout: str) -> str:
    with resolved.lexicon.active():
        return render("profile", lang, layout=layout, **_values(resolved, lang))


def _values(resolved: ResolvedProfile, lang: Language) -> dict[str, Any]:
    profile, used = resolved.profile, limits_in_use(resolved)
    counting = [stage for stage in resolved.stages if not stage.by_level]
    assumed = [any(setting.assumption for setting in limit.settings) for limit in used]
    assumed += [bool(stage.combine.assumption) for stage in counting]
    return {
        "resolved": resolved, "profile": profile, "name": profile.title[lang], "owner": localized(profile.owner, lang),
        "status": PROFILE_STATUS[profile.status][lang],
        "slots": PHRASES["reading_slots"][lang], "limits": len(assumed), "assumed": sum(assumed),
        "stages": [_stage(number, stage, lang) for number, stage in enumerate(resolved.stages, 1)],
        "assumptions": list(_assumptions(resolved, lang)),
        "lists": [
            (WORDS["extends"][lang].format(base=profile.extends), [text[lang] for text in profile_changes(profile)]),
            (
                WORDS["watch"][lang],
                [f"{format_date(end.on, lang)}: {ending_text(end, lang)}" for end in resolved.endings],
            ),
        ],
    }  # fmt: skip


def _stage(number: int, stage: ResolvedStage, lang: Language) -> dict[str, Any]:
    combine = stage.combine
    how = PHRASES["worst"][lang] if combine.by is CombineBy.WORST else combine_text(combine, lang)
    return {
        "id": stage.id, "title": stage.title[lang], "by_level": stage.by_level, "source": combine.source,
        "heading": WORDS["stage"][lang].format(number=number, title=stage.title[lang]),
        "moment": MOMENT[stage.moment][lang], "rules": len(stage.rules), "assumed": bool(combine.assumption),
        "how": how[:1].upper() + sentence(how)[1:],
        "barriers": [
            {
                "title": barrier.title[lang], "concern": CONCERN[barrier.concern][lang],
                "groups": _groups(barrier, combine.by, lang), "left_out": _left_out(barrier, lang),
            }
            for barrier in stage.barriers
        ],
    }  # fmt: skip


def _groups(barrier: ResolvedBarrier, by: CombineBy, lang: Language) -> list[Group]:
    limits = {
        name: [limit_used(parameter, setting, lang) for setting in parameter.settings]
        for name, parameter in barrier.parameters.items()
    }
    shown = {name: between(used[0].label) if len(used) > 1 else used[0].value for name, used in limits.items()}
    order = list(barrier.definition.rules)  # that of the plugin, which follows the law
    groups: dict[Group, Group] = {}
    for rule in sorted(barrier.rules, key=lambda rule: order.index(rule.definition.name)):
        group = _group(rule, by, tuple(limit for name in rule.parameters for limit in limits[name]), lang)
        groups.setdefault(group, group).rules.append(_said(rule, shown, lang))
    return list(groups)


def _group(rule: ResolvedRule, by: CombineBy, limits: tuple[LimitUsed, ...], lang: Language) -> Group:
    basis, unverified = rule.definition.basis, rule.definition.unverified
    return Group(
        level=rule.level if by is CombineBy.WORST else None, counts=counts_as(rule, by, lang),
        basis=basis[lang] if basis else None, unverified=unverified[lang] if unverified else None, limits=limits,
        beside=tuple(filter(None, (may_exclude(rule, lang), *conditions(rule, lang)))),
    )  # fmt: skip


def _said(rule: ResolvedRule, limits: Mapping[str, str], lang: Language) -> RuleSaid:
    changed = ""
    if rule.reason:
        changed = WORDS["level_changed"][lang].format(who=rule.changed_by, reason=localized(rule.reason, lang))
    topic, text = (rule.definition.words / "topic")[lang], hit_text(rule.definition, limits, lang)
    return RuleSaid(rule.id, topic, text, changed)


def _left_out(barrier: ResolvedBarrier, lang: Language) -> list[str]:
    """Rules that are left out, those for the same reason together."""
    topics: dict[str, list[str]] = {}
    for id, (who, reason) in barrier.left_out.items():
        why = WORDS["left_out"][lang].format(who=who, reason=localized(reason, lang))
        topics.setdefault(why, []).append((barrier.definition.rules[split_rule_id(id)[1]].words / "topic")[lang])
    return [f"{format_list(found, lang)}: {why}" for why, found in topics.items()]


def _assumptions(resolved: ResolvedProfile, lang: Language) -> Iterator[tuple[str, str, LimitUsed]]:
    """Each limit and each way of counting that has no source, after its anchor and its barrier or stage."""
    titles = {barrier.id: barrier.title[lang] for barrier in resolved.barriers}
    for parameter in limits_in_use(resolved):
        found = (limit_used(parameter, setting, lang) for setting in parameter.settings)
        yield from ((parameter.id, titles[parameter.barrier], limit) for limit in found if limit.assumption)
    for stage in resolved.stages:
        if stage.combine.assumption:
            yield stage.id, "", LimitUsed(
                barrier="", name=stage.id, label=WORDS["assumed_combine"][lang].format(stage=stage.title[lang]),
                value=combine_text(stage.combine, lang), source=None, note=None, noted_by_profile=False,
                assumption=localized(stage.combine.assumption, lang), set_by=stage.combine_set_by, since=None,
            )  # fmt: skip
