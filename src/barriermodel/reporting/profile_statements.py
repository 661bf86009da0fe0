"""What a profile states about its stages, barriers, rules and limits, in words that can be set beside another's."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import date
from typing import Any, TypeAlias

import attrs

from ..domain.values import to_json
from ..profiles.profile import Combine, CombineBy
from ..profiles.resolved import (
    ResolvedBarrier,
    ResolvedParameter,
    ResolvedProfile,
    ResolvedRule,
    ResolvedStage,
    Setting,
)
from ..text import Language, Localized, TextOrStr, composed, format_date, format_list, localized, localized_date
from ..words.lexicon import said
from .phrases import COMBINE, LEVEL, MOMENT, PROFILE_STATUS, WORDS
from .values import format_value


class Topic(enum.Enum):
    """What a difference is about, in the order in which differences are listed."""

    STATUS = "status"
    OWNER = "owner"
    VALIDITY = "validity"
    STAGE = "stage"
    """A stage that only one of the two has; ``title``, ``moment`` and ``combination`` are about a stage of both."""
    ORDER = "order"
    TITLE = "title"
    MOMENT = "moment"
    COMBINATION = "combination"
    BARRIER = "barrier"
    """A barrier that only one of the two has, or that they have in different stages."""
    RULE = "rule"
    """A rule whose level differs, that one of the two leaves out, or the reason for either."""
    LIMIT = "limit"
    """A limit whose values, dates, sources, assumptions or notes differ."""


Key: TypeAlias = tuple[Topic, str]


@attrs.frozen
class ProfileStatement:
    """What a profile states about one stage, barrier, rule or limit.

    Args:
        value: what is compared, as JSON data.
        subject: the subject of the sentence.
        verb: its verb.
        rest: what follows the verb.
        remarks: what the profile adds, each shown after the profile's name.
        part_of: the statement that this one belongs to; if the other profile lacks that, this one is not compared.

    """

    value: Any
    subject: Localized
    verb: Localized
    rest: Localized
    remarks: tuple[Localized, ...] = ()
    part_of: Key | None = None


def profile_statements(resolved: ResolvedProfile, common: list[str]) -> dict[Key, ProfileStatement]:
    """List all statements of a profile by what they are about.

    Args:
        resolved: the profile.
        common: ids of the stages that the other profile has too, whose order is compared.

    """
    found = dict(_of_profile(resolved))
    titles = {stage.id: stage.title for stage in resolved.stages if stage.id in common}
    rest = composed(lambda lang: _NEXT[lang].join(f"‘{title[lang]}’" for title in titles.values()))
    found[Topic.ORDER, ""] = ProfileStatement(list(titles), _ORDER, _IS, rest)
    for stage in resolved.stages:
        found |= _of_stage(stage)
        for barrier in stage.barriers:
            found |= _of_barrier(barrier, stage)
    return found


def _of_profile(resolved: ResolvedProfile) -> Iterator[tuple[Key, ProfileStatement]]:
    profile = resolved.profile
    status = composed(lambda lang: f"‘{PROFILE_STATUS[profile.status][lang]}’")
    yield (Topic.STATUS, ""), ProfileStatement(profile.status.value, _STATUS, _IS, status)
    owner = composed(lambda lang: f"‘{localized(profile.owner, lang)}’")
    yield (Topic.OWNER, ""), ProfileStatement(to_json(profile.owner), _OWNER, _IS, owner)
    until = profile.valid_until
    end = _UNTIL.fill(date=localized_date(until)) if until else ""
    days = composed(lambda lang: f"{_since(profile.valid_from, lang)} {localized(end, lang)}".rstrip())
    value = {"from": to_json(profile.valid_from), "until": to_json(until)}
    yield (Topic.VALIDITY, ""), ProfileStatement(value, _VALIDITY, _RUNS, days)


def _of_stage(stage: ResolvedStage) -> Iterator[tuple[Key, ProfileStatement]]:
    key = (Topic.STAGE, stage.id)
    subject = composed(lambda lang: f"{_STAGE[lang]} ‘{stage.title[lang]}’ ({stage.id})")
    moment = composed(lambda lang: f"{_TO[lang]} {MOMENT[stage.moment][lang]}")
    combine = stage.combine
    verb, how = _combined(combine)
    why = (_remark("assumption", combine.assumption),) if combine.assumption else ()
    names = composed(lambda lang: format_list([_barrier_name(barrier)[lang] for barrier in stage.barriers], lang))
    whole = composed(
        lambda lang: f"{moment[lang]}, {_WITH[lang]} {names[lang]}, {_AND_IT[lang]} {verb[lang]} {how[lang]}"
    )
    yield key, ProfileStatement(True, subject, _BELONGS, whole, why)
    title = composed(lambda lang: f"‘{stage.title[lang]}’")
    of_title = composed(lambda lang: f"{_TITLE_OF[lang]} {stage.id}")
    yield (Topic.TITLE, stage.id), ProfileStatement(to_json(stage.title), of_title, _IS, title, (), key)
    yield (Topic.MOMENT, stage.id), ProfileStatement(stage.moment.value, subject, _BELONGS, moment, (), key)
    combined = {k: v for k, v in stage.combine_as_data().items() if k != "weights"} | {"weights": _weights(combine)}
    yield (Topic.COMBINATION, stage.id), ProfileStatement(combined, subject, verb, how, why, key)


def _of_barrier(barrier: ResolvedBarrier, stage: ResolvedStage) -> Iterator[tuple[Key, ProfileStatement]]:
    key = (Topic.BARRIER, barrier.id)
    subject = composed(lambda lang: f"{_BARRIER[lang]} {_barrier_name(barrier)[lang]}")
    place = composed(lambda lang: f"{_IN_STAGE[lang]} ‘{stage.title[lang]}’ ({MOMENT[stage.moment][lang]})")
    yield key, ProfileStatement(stage.id, subject, _STANDS, place)
    for rule in barrier.rules:
        yield (Topic.RULE, rule.id), _of_rule(rule, key, by_level=stage.by_level)
    for id, (_, reason) in barrier.left_out.items():
        yield (Topic.RULE, id), _left_out(id, reason)
    for name, parameter in barrier.parameters.items():
        own = all(setting.set_by == barrier.plugin.label for setting in parameter.settings)
        yield (Topic.LIMIT, f"{barrier.id}.{name}"), _of_limit(parameter, key if own else None)


def _of_rule(rule: ResolvedRule, barrier: Key, *, by_level: bool) -> ProfileStatement:
    """State the level of a rule, which has no effect where its stage counts."""
    level = LEVEL[rule.level]
    own = composed(lambda lang: f"{_ALONG[lang]} {level[lang]})")
    verb, rest = (_GIVES, level) if by_level else (_COUNTS_ALONG, own)
    value = {"level": rule.level.key, "reason": to_json(rule.reason)}
    why = (_remark("reason", rule.reason),) if rule.reason else ()
    part_of = None if rule.changed_by else barrier
    return ProfileStatement(value, _rule_name(rule.id), verb, rest, why, part_of)


def _left_out(id: str, reason: TextOrStr) -> ProfileStatement:
    value = {"left_out": True, "reason": to_json(reason)}
    return ProfileStatement(value, _rule_name(id), _IS, _LEFT_OUT, (_remark("reason", reason),))


def _of_limit(parameter: ResolvedParameter, part_of: Key | None) -> ProfileStatement:
    label = parameter.spec.field.label
    subject = composed(lambda lang: f"{_LIMIT[lang]} ‘{label[lang]}’ ({parameter.barrier}.{parameter.spec.name})")
    rest = composed(lambda lang: _THEN[lang].join(_setting(setting, lang) for setting in parameter.settings))
    value = [
        {key: part for key, part in setting.as_data().items() if key != "set_by"} for setting in parameter.settings
    ]
    remarks = tuple(remark for setting in parameter.settings for remark in _remarks(setting))
    return ProfileStatement(value, subject, _IS, rest, remarks, part_of)


def _setting(setting: Setting, lang: Language) -> str:
    since = f" {_since(setting.since, lang)}" if setting.since else ""
    return f"{_value(setting, lang)}{since} ({_source(setting.source, lang)})"


def _remarks(setting: Setting) -> Iterator[Localized]:
    for sort, remark in (("assumption", setting.assumption), ("note", setting.note)):
        if remark is not None:
            yield _about(setting, _remark(sort, remark))


def _about(setting: Setting, remark: Localized) -> Localized:
    return composed(lambda lang: f"{_value(setting, lang)}, {remark[lang]}")


def _value(setting: Setting, lang: Language) -> str:
    return format_value(setting.value, lang, 9)  # limits are round numbers, so all decimals that there are can be shown


def _combined(combine: Combine) -> tuple[Localized, Localized]:
    """State how a stage combines its rules: a verb and what follows it."""
    if combine.by is CombineBy.WORST:
        return _TAKES, _THE_WORST
    verb, counted = COMBINE[combine.by]
    weights = "".join(f", {id} {weight}" for id, weight in _weights(combine).items())

    def rest(lang: Language) -> str:
        limits = counted[lang].format(orange=combine.orange, red=combine.red)
        weighing = f"; {_WEIGHTS[lang]}{weights}" if weights else ""
        return f"{limits}{weighing} ({_source(combine.source, lang)})"

    return verb, composed(rest)


def _weights(combine: Combine) -> dict[str, int]:
    """Return the weights other than one, which is what a rule weighs by default."""
    return {id: weight for id, weight in sorted(combine.weights.items()) if weight != 1}


# Words ------------------------------------------------------------------------------------------------

_IS = said("profile_statements", "is")
_STAGE = said("profile_statements", "stage")
_RULE = said("profile_statements", "rule")
_ORDER = said("profile_statements", "order")
_STATUS = said("profile_statements", "status")
_OWNER = said("profile_statements", "owner")
_VALIDITY = said("profile_statements", "validity")
_RUNS = said("profile_statements", "runs")
_UNTIL = said("profile_statements", "until")
_BARRIER = said("profile_statements", "barrier")
_LIMIT = said("profile_statements", "limit")
_TITLE_OF = said("profile_statements", "title_of")
_TO = said("profile_statements", "to")
_WITH = said("profile_statements", "with")
_AND_IT = said("profile_statements", "and_it")
_IN_STAGE = said("profile_statements", "in_stage")
_BELONGS = said("profile_statements", "belongs")
_STANDS = said("profile_statements", "stands")
_GIVES = said("profile_statements", "gives")
_COUNTS_ALONG = said("profile_statements", "counts_along")
_ALONG = said("profile_statements", "along")
_TAKES = said("profile_statements", "takes")
_THE_WORST = said("profile_statements", "the_worst")
_WEIGHTS = said("profile_statements", "weights")
_LEFT_OUT = said("profile_statements", "left_out")
_REMARKS = {
    "assumption": WORDS["assumption"],
    "note": said("profile_statements", "remarks", "note"),
    "reason": said("profile_statements", "remarks", "reason"),
}
_THEN = said("profile_statements", "then")
_NEXT = said("profile_statements", "next")


def _remark(sort: str, remark: TextOrStr) -> Localized:
    """Label a remark as a reason, an assumption or a note, and end it with a full stop."""
    return composed(lambda lang: f"{_REMARKS[sort][lang]}: {localized(remark, lang).strip().removesuffix('.')}.")


def _source(source: str | None, lang: Language) -> str:
    return f"{WORDS['source'][lang]}: {source}" if source else WORDS["assumption"][lang]


def _since(day: date, lang: Language) -> str:
    return WORDS["since"][lang].format(date=format_date(day, lang))


def _barrier_name(planned: ResolvedBarrier) -> Localized:
    return composed(lambda lang: f"‘{planned.title[lang]}’ ({planned.id})")


def _rule_name(id: str) -> Localized:
    return _RULE.fill(id=id)
