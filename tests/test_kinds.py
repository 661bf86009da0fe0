"""Evidence kinds: what is refused when they are declared, and when an instance is built."""

from __future__ import annotations

import enum
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest

from barriermodel.domain.kinds import kind_of
from barriermodel.plugin import (
    UNKNOWN,
    DefinitionError,
    EvidenceKind,
    Fact,
    Item,
    LegalForm,
    Money,
    Provider,
    Ratio,
    euro,
    evidence,
    record,
)
from region import Accounts, Answers, Extract, Member, Size, Team


class Number(enum.Enum):
    ONE = 1


def declared(annotations: dict[str, Any], id: Any = "kind", **values: Any) -> type:
    """A kind with these fields; each starts as UNKNOWN unless a value is given."""
    options = {name: values.pop(name) for name in ("one_per", "burden") if name in values}
    body = {"__annotations__": annotations, **dict.fromkeys(annotations, UNKNOWN), **values}
    return evidence(id, **options)(type("Declared", (), body))


@pytest.mark.parametrize(
    "id", ["Kind", "a-b", "a__b", "_a", "a_", "1a", "", "a.b", "a\n", "provider", "award", "derived", "é"]
)
def test_a_kinds_id_is_in_snake_case_and_not_reserved(id: str) -> None:
    with pytest.raises(DefinitionError, match="snake_case"):
        declared({"a": Fact[int]}, id)


@pytest.mark.parametrize("name", ["Turnover", "turn__over", "_turnover", "turnover_", "omzét"])
def test_a_facts_name_is_in_snake_case(name: str) -> None:
    with pytest.raises(DefinitionError, match="snake_case"):
        declared({name: Fact[int]})


@pytest.mark.parametrize("kind", [int, str, int | None, list[int], Any])
def test_a_field_that_is_no_fact_is_refused(kind: Any) -> None:
    with pytest.raises(DefinitionError, match=r"write `a: Fact\[.+\] = UNKNOWN`"):
        declared({"a": kind})


@pytest.mark.parametrize(
    "kind",
    [Fact[bytes], Fact[list[int]], Fact[dict[str, int]], Fact[datetime], Fact[Member], Fact[int | str], Fact[Number]],
)
def test_a_fact_of_another_type_is_refused(kind: Any) -> None:
    with pytest.raises(DefinitionError, match="a fact cannot be"):
        declared({"a": kind})


@pytest.mark.parametrize("default", [0, False, "", None, attrs.NOTHING])
def test_nothing_is_defaulted(default: Any) -> None:
    with pytest.raises(DefinitionError, match="a fact starts as UNKNOWN"):
        declared({"a": Fact[int]}, a=attrs.field() if default is attrs.NOTHING else default)


def test_a_kind_has_facts() -> None:
    with pytest.raises(DefinitionError, match="no facts"):
        declared({})


@pytest.mark.parametrize("burden", [-1, 1.5, True, "1"])
def test_a_burden_is_a_number_of_minutes(burden: Any) -> None:
    with pytest.raises(DefinitionError, match="minutes"):
        declared({"a": Fact[int]}, burden=burden)


@pytest.mark.parametrize("kind", [Fact[bool], Fact[tuple[int, ...]]])
def test_a_key_is_a_single_value(kind: Any) -> None:
    with pytest.raises(DefinitionError, match="name a single value"):
        declared({"a": kind}, one_per="a")
    with pytest.raises(DefinitionError, match="'b' is not a fact of this kind"):
        declared({"a": kind}, one_per="b")


def test_a_name_in_an_annotation_must_be_known() -> None:
    with pytest.raises(DefinitionError, match="define that name before the class"):
        declared({"a": "Fact[NotThere]"})


def test_a_record_and_a_kind_of_records_declare_facts() -> None:
    with pytest.raises(DefinitionError):
        record(type("Record", (), {"__annotations__": {"a": int}, "a": 3}))
    assert kind_of(Member) is None
    assert kind_of(Item) is None
    assert isinstance(kind_of(Team), EvidenceKind)


# Instances --------------------------------------------------------------------------------------------


def test_a_kind_is_built_with_some_facts_and_knows_nothing_else() -> None:
    given = Accounts(profit=euro(3))

    assert (given.profit, given.year, given.turnover) == (euro(3), UNKNOWN, UNKNOWN)
    assert given == Accounts(profit=euro(3))
    assert given != Accounts()


@pytest.mark.parametrize(
    "facts",
    [
        {"flag": 1}, {"flag": "true"}, {"count": True}, {"count": 1.0}, {"count": 10**15}, {"count": -(10**15)},
        {"share": "0.1"}, {"share": True}, {"share": 10**400}, {"amount": 3}, {"amount": 0.5},
        {"day": datetime(2024, 1, 1, tzinfo=UTC)}, {"day": "2024-01-01"}, {"words": 3}, {"words": None},
        {"words": "\ud800"},
        {"size": "Small"}, {"size": "SMALL"}, {"size": LegalForm.BV},
    ],
)  # fmt: skip
def test_facts_are_checked_when_an_instance_is_built(facts: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"^{next(iter(facts))}: "):
        Answers(**facts)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_unknown(value: float) -> None:
    assert Answers(share=value).share is UNKNOWN


def test_a_whole_number_may_stand_for_a_ratio() -> None:
    share = Answers(share=1).share

    assert share == 1.0
    assert type(share) is float


def test_a_list_is_kept_as_a_tuple_and_its_members_are_checked() -> None:
    assert Extract(codes=["1", "2"]).codes == ("1", "2")  # type: ignore[arg-type]
    assert Extract(codes=()).codes == ()
    for wrong in ("12", ["1", 2], [UNKNOWN], {"1"}, 3):
        with pytest.raises(ValueError, match=r"^codes: "):
            Extract(codes=wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^members: expected Member"):
        Team(members=({"name": "x"},))  # type: ignore[arg-type]


def test_an_unknown_keyword_or_a_positional_value_is_refused() -> None:
    with pytest.raises(TypeError):
        Answers(flagg=True)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Answers(True)  # type: ignore[misc]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Answers().flag = True  # type: ignore[misc]


def test_the_provider_is_checked_too() -> None:
    with pytest.raises(ValueError, match=r"^legal_form: expected one of eenmanszaak, "):
        Provider(legal_form="BV")  # type: ignore[arg-type]
    assert Provider().name is UNKNOWN


def test_a_kind_written_in_a_function_sees_the_names_around_it() -> None:
    class Local(enum.Enum):
        A = "a"

    @evidence("local")
    class WithLocal:
        local: Fact[Local] = UNKNOWN
        share: Fact[Ratio] = UNKNOWN
        amount: Fact[Money] = UNKNOWN
        day: Fact[date] = UNKNOWN
        size: Fact[Size] = UNKNOWN

    assert WithLocal(local=Local.A).local is Local.A


def test_names_of_sources_are_not_one_text() -> None:
    with pytest.raises(DefinitionError, match=r"Kind 'papers': write sources=\('KvK',\): there may be several"):

        @evidence("papers", sources="KvK")  # type: ignore[arg-type]
        class Papers:
            there: Fact[bool] = UNKNOWN
