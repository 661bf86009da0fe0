"""What differs between two profiles: as data, and in words that a policy officer or lawyer can read."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

import attrs

from ..domain.values import plain
from ..pipeline.plan import Plan, PlannedBarrier, PlannedParameter, PlannedRule, PlannedStage, Setting
from ..pipeline.profile import Combine, CombineBy
from ..pipeline.wording import write
from ..text import Language, Remark, Text, Words, say, write_date, write_list
from .phrases import COMBINE_WORDS, LEVEL, MOMENT, PROFILE_STATUS, WORDS


class Topic(enum.Enum):
    """What a difference is about, in the order in which differences are told."""

    STATUS = "status"
    OWNER = "owner"
    VALIDITY = "validity"
    STAGE = "stage"
    """A stage that one of the two does not have; ``title``, ``moment`` and ``combination`` are of a stage of both."""
    ORDER = "order"
    TITLE = "title"
    MOMENT = "moment"
    COMBINATION = "combination"
    BARRIER = "barrier"
    """A barrier that one of the two does not have, or has in another stage."""
    RULE = "rule"
    """A rule with another level, that is left out, or with another reason for that."""
    LIMIT = "limit"
    """A limit with other values, dates, sources, assumptions or notes."""


@attrs.frozen(kw_only=True)
class Difference:
    """One thing in which two profiles differ.

    Args:
        id: of the stage, barrier, rule or limit; empty where it is about the whole profile.
        a: what the first says of it, as JSON holds it; None where the first does not have it.
        b: the same of the second.
        text: a sentence on each.

    """

    topic: Topic
    id: str
    a: Any
    b: Any
    text: Words


def profile_difference(a: Plan, b: Plan) -> tuple[Difference, ...]:
    """In what two profiles differ, with all that they inherit; empty where they screen alike.

    Their ids, titles and lists of sources are not compared: those say what they are, not what they do. Nor is which
    of their bases said something.
    """
    stages = {stage.stage.id for stage in b.stages}
    common = [stage.stage.id for stage in a.stages if stage.stage.id in stages]
    told_a, told_b = _told(a, common), _told(b, common)
    names = [a.profile.id, b.profile.id] if a.profile.id != b.profile.id else [f"{a.profile.id} ({x})" for x in "AB"]
    found = [
        _difference(key, told_a.get(key), told_b.get(key), names)
        for key in dict.fromkeys([*told_a, *told_b])
        if _differs(key, told_a, told_b)
    ]
    order = list(Topic)
    return tuple(sorted(found, key=lambda difference: order.index(difference.topic)))


# What a profile says ----------------------------------------------------------------------------------

_Key: TypeAlias = tuple[Topic, str]


@attrs.frozen
class _Said:
    """What a profile says of one thing.

    Args:
        value: what is compared, as JSON holds it.
        subject: the thing, in a sentence.
        verb: and ``rest``: what is said of it.
        part_of: where the other profile has not even this, it goes without saying.

    """

    value: Any
    subject: Words
    verb: Words
    rest: Words
    part_of: _Key | None = None


_IS = Text(nl="is", en="is")
_ABSENT = Text(nl="komt", en="does"), Text(nl="niet voor", en="not occur")


def _differs(key: _Key, a: Mapping[_Key, _Said], b: Mapping[_Key, _Said]) -> bool:
    if key in a and key in b:
        return bool(a[key].value != b[key].value)
    said, other = (a[key], b) if key in a else (b[key], a)
    return said.part_of is None or said.part_of in other


def _difference(key: _Key, a: _Said | None, b: _Said | None, names: list[str]) -> Difference:
    subject = next(said.subject for said in (a, b) if said)
    (verb_a, rest_a), (verb_b, rest_b) = [(said.verb, said.rest) if said else _ABSENT for said in (a, b)]
    nl = f"{subject.nl} {verb_a.nl} in {names[0]} {rest_a.nl}. In {names[1]} {verb_b.nl} die {rest_b.nl}."
    en = f"In {names[0]} {subject.en} {verb_a.en} {rest_a.en}. In {names[1]} it {verb_b.en} {rest_b.en}."
    values = [said.value if said else None for said in (a, b)]
    return Difference(topic=key[0], id=key[1], a=values[0], b=values[1], text=Words(nl[0].upper() + nl[1:], en))


def _told(plan: Plan, common: list[str]) -> dict[_Key, _Said]:
    """All that a profile says, by what it is about."""
    told = dict(_of_profile(plan))
    titles = {stage.stage.id: stage.stage.title for stage in plan.stages if stage.stage.id in common}
    rest = _words(lambda lang: _NEXT[lang].join(f"‘{title[lang]}’" for title in titles.values()))
    subject = Text(nl="de volgorde van de stappen", en="the order of the stages")
    told[Topic.ORDER, ""] = _Said(list(titles), subject, _IS, rest)
    for stage in plan.stages:
        told |= _of_stage(stage)
        for barrier in stage.barriers:
            told |= _of_barrier(barrier, stage)
    return told


def _of_profile(plan: Plan) -> Iterator[tuple[_Key, _Said]]:
    profile = plan.profile
    status = _words(lambda lang: f"‘{PROFILE_STATUS[profile.status][lang]}’")
    yield (Topic.STATUS, ""), _Said(profile.status.value, Text(nl="de status", en="the status"), _IS, status)
    owner = _words(lambda lang: f"‘{_stripped(profile.owner, lang)}’")
    yield (Topic.OWNER, ""), _Said(plain(profile.owner), Text(nl="de eigenaar", en="the owner"), _IS, owner)
    until = profile.valid_until
    end = Words(f" tot en met {write_date(until, 'nl')}", f" until {write_date(until, 'en')}") if until else None
    days = _words(lambda lang: f"{_since(profile.valid_from, lang)}{end[lang] if end else ''}")
    subject = Text(nl="de geldigheid", en="the validity")
    value = {"from": plain(profile.valid_from), "until": plain(until)}
    yield (Topic.VALIDITY, ""), _Said(value, subject, Text(nl="loopt", en="runs"), days)


def _of_stage(planned: PlannedStage) -> Iterator[tuple[_Key, _Said]]:
    stage, key = planned.stage, (Topic.STAGE, planned.stage.id)
    subject = _words(lambda lang: f"{_STAGE[lang]} ‘{stage.title[lang]}’ ({stage.id})")
    moment = _words(lambda lang: f"{_TO[lang]} {MOMENT[stage.moment][lang]}")
    verb, how = _combined(stage.combine)
    names = _words(lambda lang: write_list([_called(barrier)[lang] for barrier in planned.barriers], lang))
    whole = _words(
        lambda lang: f"{moment[lang]}, {_WITH[lang]} {names[lang]}, {_AND_IT[lang]} {verb[lang]} {how[lang]}"
    )
    yield key, _Said(True, subject, _BELONGS, whole)
    title = _words(lambda lang: f"‘{stage.title[lang]}’")
    of_title = _words(lambda lang: f"{_TITLE_OF[lang]} {stage.id}")
    yield (Topic.TITLE, stage.id), _Said(plain(stage.title), of_title, _IS, title, key)
    yield (Topic.MOMENT, stage.id), _Said(stage.moment.value, subject, _BELONGS, moment, key)
    yield (Topic.COMBINATION, stage.id), _Said(_combine_data(stage.combine), subject, verb, how, key)


def _of_barrier(planned: PlannedBarrier, stage: PlannedStage) -> Iterator[tuple[_Key, _Said]]:
    barrier, key = planned.barrier, (Topic.BARRIER, planned.barrier.id)
    subject = _words(lambda lang: f"{_BARRIER[lang]} {_called(planned)[lang]}")
    place = _words(lambda lang: f"{_IN_STAGE[lang]} ‘{stage.stage.title[lang]}’ ({MOMENT[stage.stage.moment][lang]})")
    yield key, _Said(stage.stage.id, subject, _STANDS, place)
    for rule in planned.rules:
        yield (Topic.RULE, rule.rule.id), _of_rule(rule, key)
    for id, (_, reason) in planned.left_out.items():
        yield (Topic.RULE, id), _left_out(id, reason)
    for name, parameter in planned.parameters.items():
        own = all(setting.set_by == planned.plugin.label for setting in parameter.settings)
        yield (Topic.LIMIT, f"{barrier.id}.{name}"), _of_limit(parameter, key if own else None)


def _of_rule(rule: PlannedRule, barrier: _Key) -> _Said:
    rest = _words(lambda lang: f"{LEVEL[rule.level][lang]}{_because(rule.reason, lang) if rule.reason else ''}")
    value = {"level": rule.level.key, "reason": plain(rule.reason)}
    return _Said(value, _rule_called(rule.rule.id), _GIVES, rest, None if rule.changed_by else barrier)


def _left_out(id: str, reason: Remark) -> _Said:
    rest = _words(lambda lang: f"{_LEFT_OUT[lang]}{_because(reason, lang)}")
    return _Said({"left_out": True, "reason": plain(reason)}, _rule_called(id), _IS, rest)


def _of_limit(parameter: PlannedParameter, part_of: _Key | None) -> _Said:
    label = parameter.spec.field.label
    subject = _words(lambda lang: f"{_LIMIT[lang]} ‘{label[lang]}’ ({parameter.barrier}.{parameter.spec.name})")
    rest = _words(lambda lang: _THEN[lang].join(_setting(setting, lang) for setting in parameter.settings))
    value = [
        {
            "value": plain(setting.value), "from": plain(setting.since), "source": setting.source,
            "assumption": plain(setting.assumption), "note": plain(setting.note),
        }
        for setting in parameter.settings
    ]  # fmt: skip
    return _Said(value, subject, _IS, rest, part_of)


def _setting(setting: Setting, lang: Language) -> str:
    value = write(setting.value, lang, 9)  # limits are round: decimals are shown where they are there
    since = f" {_since(setting.since, lang)}" if setting.since else ""
    note = f"; {_NOTE[lang]}: {_stripped(setting.note, lang)}" if setting.note else ""
    return f"{value}{since} ({_who(setting.source, setting.assumption, lang)}{note})"


def _combined(combine: Combine) -> tuple[Words, Words]:
    """How a stage combines: a verb and what goes with it."""
    if combine.by is CombineBy.WORST:
        return _TAKES, _THE_WORST
    weights = "".join(f", {id} {weight}" for id, weight in _weights(combine).items())

    def rest(lang: Language) -> str:
        phrase = WORDS[COMBINE_WORDS[combine.by]][lang].format(orange=combine.orange, red=combine.red)
        counted = phrase.split(" ", 3)[3]  # after "Deze stap telt", "This stage counts"
        weighing = f"; {_WEIGHTS[lang]}{weights}" if weights else ""
        return f"{counted}{weighing} ({_who(combine.source, combine.assumption, lang)})"

    return (_COUNTS if combine.by is CombineBy.COUNT else _ADDS), _words(rest)


def _weights(combine: Combine) -> dict[str, int]:
    """The weights that are not one: a rule that is not named weighs that."""
    return {id: weight for id, weight in sorted(combine.weights.items()) if weight != 1}


def _combine_data(combine: Combine) -> dict[str, Any]:
    return {
        "by": combine.by.value, "orange": combine.orange, "red": combine.red, "source": combine.source,
        "assumption": plain(combine.assumption), "weights": _weights(combine),
    }  # fmt: skip


# Words ------------------------------------------------------------------------------------------------

_STAGE = Text(nl="de stap", en="the stage")
_BARRIER = Text(nl="de barrière", en="the barrier")
_LIMIT = Text(nl="de grens", en="the limit")
_TITLE_OF = Text(nl="de titel van stap", en="the title of stage")
_TO = Text(nl="bij", en="to")
_WITH = Text(nl="met", en="with")
_AND_IT = Text(nl="en die", en="and it")
_IN_STAGE = Text(nl="in de stap", en="in the stage")
_BELONGS = Text(nl="hoort", en="belongs")
_STANDS = Text(nl="staat", en="stands")
_GIVES = Text(nl="geeft", en="gives")
_TAKES = Text(nl="neemt", en="takes")
_THE_WORST = Text(nl="het zwaarste niveau van de regels", en="the worst level of the rules")
_COUNTS = Text(nl="telt", en="counts")
_ADDS = Text(nl="telt", en="adds")
_WEIGHTS = Text(nl="gewicht van regels: 1", en="weight of rules: 1")
_LEFT_OUT = Text(nl="weggelaten", en="left out")
_REASON = Text(nl="reden", en="reason")
_NOTE = Text(nl="let op", en="note")
_THEN = Text(nl=" en ", en=" and ")
_NEXT = Text(nl=", dan ", en=", then ")


def _words(written: Callable[[Language], str]) -> Words:
    """What a function writes in each language."""
    return Words(nl=written("nl"), en=written("en"))


def _stripped(remark: Remark, lang: Language) -> str:
    """A remark inside a sentence: without the point at its end."""
    return say(remark, lang).strip().removesuffix(".")


def _who(source: str | None, assumption: Remark | None, lang: Language) -> str:
    word = "source" if source else "assumption"
    return f"{WORDS[word][lang]}: {_stripped(source or assumption or '', lang)}"


def _because(reason: Remark, lang: Language) -> str:
    return f" ({_REASON[lang]}: {_stripped(reason, lang)})"


def _since(day: date, lang: Language) -> str:
    return WORDS["since"][lang].format(date=write_date(day, lang))


def _called(planned: PlannedBarrier) -> Words:
    return _words(lambda lang: f"‘{planned.barrier.title[lang]}’ ({planned.barrier.id})")


def _rule_called(id: str) -> Words:
    return Words(f"de regel {id}", f"the rule {id}")
