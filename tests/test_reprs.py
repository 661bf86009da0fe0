"""What Python shows of an object: what it is, in one short line, and nothing that is confidential."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

import attrs
import pytest

import barriermodel
import barriermodel.plugin
from barriermodel import (
    Absent,
    Act,
    Award,
    BarrierModel,
    DossierError,
    Evidence,
    Identifier,
    Interval,
    Level,
    Provider,
    Registry,
    Requested,
    Source,
    Status,
    euro,
    load_assessment,
    load_dossier,
    profile_difference,
)
from barriermodel.plugin import (
    Between,
    Limit,
    Localized,
    Money,
    Months,
    NotBefore,
    Past,
    Problem,
    SourceType,
    UnknownReason,
)
from region import Answers, Member, Team, item

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
SECRET = 31415926
LONG = "a very long text " * 20


def of_this_library(thing: object) -> bool:
    return type(thing).__module__.partition(".")[0].startswith("barriermodel")


def reached(*things: object) -> Iterator[object]:
    """These objects and all of this library that their public attributes lead to."""
    waiting, seen = list(things), set[int]()
    keep: list[object] = []  # so that no id is given twice
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, Mapping):
            waiting += [*thing.keys(), *thing.values()]
        elif isinstance(thing, (tuple, list, frozenset)):
            waiting += thing
        elif of_this_library(thing) and id(thing) not in seen and not isinstance(thing, type):
            seen.add(id(thing))
            keep.append(thing)
            yield thing
            waiting += [getattr(thing, name) for name in _public(thing)]


def _public(thing: object) -> Iterable[str]:
    cls = type(thing)
    fields = [field.name for field in attrs.fields(cls)] if attrs.has(cls) else list(getattr(thing, "__dict__", {}))
    computed = [name for name in dir(cls) if type(getattr(cls, name)).__name__ in _COMPUTED]
    return [name for name in {*fields, *computed} if not name.startswith("_") and name not in {"python", "manager"}]


_COMPUTED = {"property", "cached_property", "member_descriptor"}


def wrong(things: Iterable[object]) -> list[str]:
    """What is too long, on more than one line, or has an address in it."""
    told = {f"{type(thing).__name__}: {thing!r}" for thing in things}
    return [one for one in sorted(told) if len(one.partition(": ")[2]) > 120 or "\n" in one or " at 0x" in one]


@pytest.fixture(scope="module")
def model() -> BarrierModel:
    return BarrierModel.load("twente-2019")


@pytest.mark.parametrize("name", ["bewijs-ontbreekt", "rode-aanbieder"])
def test_all_that_a_model_and_an_assessment_lead_to_is_short(model: BarrierModel, name: str) -> None:
    assessment = model.assess(load_dossier(EXAMPLES / name))
    row = model.explain_row({"kvk_extract__active": False}, as_of=date(2026, 1, 15))
    friesland = BarrierModel.load("friesland", model.registry)
    stored = load_assessment(assessment.to_json())
    found = list(reached(model, assessment, row, stored, profile_difference(model.resolved, friesland.resolved)))

    assert wrong(found) == []
    names = {type(thing).__name__ for thing in found}
    assert {"EvidenceKind", "Rule", "Barrier", "ResolvedProfile", "RuleResult", "FactValue", "Ask"} <= names
    assert {"Evidence", "Difference", "Plugin", "Reader", "Profile", "Derived", "Condition", "Registry"} <= names
    assert "EvaluatedNode" in names
    assert {"StoredAssessment", "StoredStage", "StoredRule", "StoredReport", "StoredEvidence", "Line"} <= names


def test_objects_of_every_public_class_are_short() -> None:
    text, source = (
        Localized(nl=LONG, en=LONG),
        Source(type=SourceType.REGISTER, issuer=LONG, reference=LONG, sha256="0" * 64),
    )
    made = [
        text, source, Award(title=LONG, authority=LONG, act=Act.WMO, value=euro(1)),
        Provider(name=LONG, identifiers=[Identifier("NL-KVK", "00001003")]), Limit(source=LONG),
        Absent(kind="k", reason=UnknownReason.MISSING, source=source, notes=(text,)), Between(0, 2), Months(3),
        Requested(kind="k", asked_on=date(2025, 1, 1)), NotBefore("starts_on"), Past(), Problem(LONG, LONG),
        DossierError(LONG, [Problem(LONG, LONG)] * 9), Interval(Level.GREEN, Level.RED), euro("12.50"),
        Answers(words=LONG, words_b=LONG, count=3), item(Answers(words=LONG), id=LONG, notes=(Localized(LONG, LONG),)),
        *Status, *Level, barriermodel.UNKNOWN,
    ]  # fmt: skip

    assert wrong(made) == []


def test_what_is_shown_says_what_it_is(model: BarrierModel) -> None:
    dossier = load_dossier(EXAMPLES / "rode-aanbieder")
    assessment = model.assess(dossier)

    assert repr(dossier) == "Dossier(2026-01-15, 'Verzinsel Thuisbegeleiding B.V.', evidence=7)"
    assert repr(assessment) == ("Assessment(red, 'twente-2019', 2026-01-15, 'Verzinsel Thuisbegeleiding B.V.')")
    assert repr(assessment.rule("nl.kvk.active")) == "RuleResult('nl.kvk.active', hit, red)"
    assert repr(model.registry.barriers["nl.kvk"][0]) == "Barrier('nl.kvk', integrity, rules=6)"
    assert repr(model.registry.kinds["kvk_extract"]) == "EvidenceKind('kvk_extract')"
    assert repr(model) == "BarrierModel('twente-2019', barriers=15)"
    assert repr(Interval(Level.GREEN, Level.RED)) == "Interval(green, red)"
    assert repr(Answers(count=3, amount=euro(2))) == "Answers(count=3, amount=euro('2.00'))"
    assert repr(Localized(nl="Kort.", en="Short.")) == "Localized(nl='Kort.', en='Short.')"
    assert str(assessment.advice) == "red"
    assert str(Interval(Level.GREEN, Level.RED)) == "green to red"


# Confidential -----------------------------------------------------------------------------------------


def secrets() -> Evidence:
    team = Team(complete=True, members=(Member(name=str(SECRET), hours=1.0),), salaries=(Money(cents=SECRET),))
    return item(team, "team", issued_on=date(2025, 6, 1))


def test_the_facts_of_a_confidential_kind_are_not_shown() -> None:
    evidence = secrets()

    assert repr(evidence) == "Evidence('team', team)"
    assert repr(evidence.facts) == "Team(confidential)"
    assert repr(evidence.facts.members) == "(Member(confidential),)"


def test_nothing_that_leads_to_a_confidential_value_shows_it() -> None:
    from test_pickle_and_copy import assess_with

    assessment = assess_with(secrets())
    text = "\n".join(map(repr, reached(assessment)))

    assert assessment.rules[0].facts[1].value is True  # it is there
    assert str(SECRET) not in text
    assert "31415" not in text.replace(",", "")
    assert re.search(r"FactValue\(team\.complete, confidential\)", text)
    assert "EvaluatedNode(FactRef(team.complete))" in text  # without its value


# Words ------------------------------------------------------------------------------------------------


def test_a_level_and_a_status_are_written_as_files_have_them() -> None:
    assert [str(level) for level in Level] == ["green", "orange", "red", "exclude"]
    assert f"{Level.RED}, {Level.RED:>8}" == "red,      red"
    assert [str(status) for status in Status] == ["clear", "hit", "open", "not_applicable", "not_examined"]
    assert Level.RED > Level.ORANGE
    assert Level.RED == 2
    assert [Level("green"), Level("exclude"), Level(2)] == [Level.GREEN, Level.EXCLUDE, Level.RED]
    assert [Status("hit"), Status("not_applicable")] == [Status.HIT, Status.NOT_APPLICABLE]
    for wrong in ("RED", "rood", "", None, 9):
        with pytest.raises(ValueError, match="is not a valid Level"):
            Level(wrong)


# Names ------------------------------------------------------------------------------------------------


def test_dir_lists_every_public_name_and_all_of_them_can_be_imported_at_once() -> None:
    from test_layers import loaded

    assert set(barriermodel.__all__) <= set(dir(barriermodel))
    assert [name for name in dir(barriermodel) if name not in barriermodel.__all__ and name[:2] != "__"] == []
    loaded("import barriermodel as b\nassert 'load_dossier' in dir(b) and 'load_dossier' not in vars(b)")
    loaded("from barriermodel import *\nassert (BarrierModel, load_dossier, UNKNOWN, Registry, read_notice)")


def test_a_registry_names_its_plugins() -> None:
    assert repr(Registry()) == "Registry()"
    assert repr(Registry.discover()).startswith("Registry(barriermodel-exclusion 0.1.0, barriermodel-financial 0.1.0")
