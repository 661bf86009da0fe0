"""One page can show an assessment and a stored one: the names that docs/how-to-backend.md gives are of both."""

from __future__ import annotations

from collections.abc import Iterator

from barriermodel import Assessment, Award, Interval, Provider, StoredAssessment, load_assessment, load_dossier
from barriermodel.text import Language


def page(of: Assessment | StoredAssessment, lang: Language) -> Iterator[str]:
    provider: Provider = of.provider
    award: Award = of.award
    advice: Interval = of.advice
    yield f"{provider.name} {award.title} {of.as_of.isoformat()} {of.digest} {advice.at_most.key} {advice.decided}"
    for concern, found in of.concerns.items():
        yield f"{concern.value} {found.interval} {found.hits} {found.open}"
    for moment, ends in of.moments.items():
        yield f"{moment.value} {ends}"
    for stage in of.stages:
        yield f"{stage.id} {stage.title[lang]} {stage.moment.value} {stage.examined} {stage.interval}"
        for barrier in stage.barriers:
            yield f"{barrier.id} {barrier.title[lang]} {barrier.concern.value} {barrier.hits} {barrier.open}"
            for rule in barrier.rules:
                yield f"{rule.id} {rule.status.key} {rule.level.key} {rule.text[lang]} {rule.error}"
                for name, limit in rule.parameters.items():
                    yield f"{name} {limit.value} {limit.since} {limit.source} {limit.assumption} {limit.set_by}"
                for fact in rule.facts:
                    yield f"{fact.name} {fact.value} {fact.unknown}"
    for ask in of.asks:
        yield f"{ask.kind.id} {ask.reason.value} {ask.question[lang]} {', '.join(ask.rules)}"
    for error in of.errors:
        yield f"{error.rule} {error.plugin} {error.message}"
    for item in of.withheld:
        yield f"{item.kind.id} {item.id}"
    yield of.rule("nl.kvk.active").status.key
    yield of.explain(lang) + of.markdown(lang)


def again(raw: bytes | bytearray | memoryview) -> str:
    """A server may have the body of a request as any of these."""
    return "\n".join(page(load_assessment(raw), "nl")) + str(load_dossier(raw).as_of)
