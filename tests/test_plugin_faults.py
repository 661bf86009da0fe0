"""A plugin that offers something wrong is broken, and one sentence says why."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import pytest

from barriermodel import UNKNOWN, Level, Registry
from barriermodel.analysis.profiles import Plugin, PluginStatus
from barriermodel.plugin import Barrier, DefinitionError, Fact, Limit, evidence
from faulty import ERRORS, Hidden, Quit, Shy, raises, reader_with
from region import (
    Answers,
    Extract,
    barrier,
    plugin,
)


class Path_:
    def __fspath__(self) -> str:
        raise Quit


def _twice() -> Iterator[Barrier]:
    made = barrier("test.twice")
    yield made
    yield made


def _midway() -> Iterator[Barrier]:
    yield barrier("test.one")
    raise Quit("midway")


def _one_kind_twice() -> list[type]:
    def make() -> type:
        return evidence("same")(type("Same", (), {"__annotations__": {"on": Fact[bool]}, "on": UNKNOWN}))

    return [make(), make()]


FAULTS: dict[str, tuple[Callable[[], Any], str]] = {
    "a hook gives None": (lambda: plugin(barriermodel_barriers=lambda: None), "barriermodel_barriers gave None"),
    "another hook too": (lambda: plugin(barriermodel_readers=lambda: None), "barriermodel_readers gave None"),
    "one barrier twice": (lambda: plugin(barriermodel_barriers=_twice), "gave 'test.twice' twice"),
    "one kind twice": (lambda: plugin(kinds=[Answers, Answers]), "Answers'> twice"),
    "one id for two barriers": (lambda: plugin(barrier("t.a"), barrier("t.a")), "two of the barrier 't.a'"),
    "one id for two kinds": (
        lambda: plugin(barriermodel_evidence_kinds=_one_kind_twice), "two of the evidence kind 'same'",
    ),
    "one id for two readers": (lambda: plugin(readers=[reader_with(), reader_with()]), "two of the reader 'one'"),
    "raises midway": (lambda: plugin(barriermodel_barriers=_midway), "Quit: midway"),
    "gives what cannot be shown": (lambda: plugin(barriermodel_barriers=lambda: [Shy()]), "gave a Shy, which is no"),
    "gives something huge": (lambda: plugin(barriermodel_barriers=lambda: ["x" * 10**6]), "xxx…, which is no Barrier"),
    "a path that raises": (lambda: plugin(barriermodel_profiles=lambda: [Path_()]), "Quit"),
    "hides everything": (Hidden, "Quit"),
    "a reader without an id": (lambda: plugin(barriermodel_readers=lambda: [reader_with(id=None)]), "id"),
    "a reader of one format": (lambda: plugin(barriermodel_readers=lambda: [reader_with(formats="json")]), "formats"),
    "a reader that reads nothing": (lambda: plugin(barriermodel_readers=lambda: [reader_with(read=None)]), "read"),
    "a huge id": (lambda: plugin(barriermodel_barriers=lambda: [barrier("t." + "a" * 10**6)]), "aaa… is not"),
    "an id with an accent": (lambda: plugin(barriermodel_barriers=lambda: [barrier("t.één")]), "is not `<owner>"),
    **{
        f"a hook raises {type(error).__name__}": (
            lambda error=error: plugin(barriermodel_barriers=raises(error)), type(error).__name__,
        )
        for error in ERRORS if not isinstance(error, StopIteration)
    },
}  # fmt: skip


def added(module: object) -> Plugin:
    registry = Registry()
    found = registry.add(module)
    registry.add(plugin(barrier("fine.barrier"), name="fine"))
    assert "fine.barrier" in registry.barriers
    return found


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_plugin_is_broken_and_one_sentence_says_why(name: str) -> None:
    make, words = FAULTS[name]
    found = added(make())

    assert found.status is PluginStatus.BROKEN
    assert words in found.message
    assert found.message.endswith(".")
    assert "\n" not in found.message
    assert len(found.message) < 1200
    assert found.barriers == found.kinds == found.readers == ()


def _kind(**body: Any) -> Any:
    facts = {"__annotations__": {"on": Fact[bool]}, "on": UNKNOWN}
    return evidence("made")(type("Made", (), facts | body))


@pytest.mark.parametrize(
    "name", ["__eq__", "__hash__", "__repr__", "__getattribute__", "__attrs_post_init__", "__del__"]
)
def test_an_evidence_class_with_a_special_method_is_refused(name: str) -> None:
    with pytest.raises(DefinitionError, match=rf"Made\.{name}: a class of facts has no special methods; remove it\."):
        _kind(**{name: lambda *_: 1})


def test_an_evidence_class_that_inherits_a_special_method_is_refused() -> None:
    with pytest.raises(DefinitionError, match=r"Made\.__eq__"):
        evidence("made")(
            type(
                "Made",
                (type("Base", (), {"__eq__": raises(Quit())}),),
                {"__annotations__": {"on": Fact[bool]}, "on": UNKNOWN},
            )
        )


class OwnEquals(enum.Enum):
    A = "a"

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = enum.Enum.__hash__


class OwnHash(enum.Enum):
    A = "a"

    def __hash__(self) -> int:
        raise Quit


@pytest.mark.parametrize("name", ["één", "a" * 101])
def test_a_rule_has_a_name_that_can_stand_in_a_column(name: str) -> None:
    def rule(extract: Extract) -> Any:
        return extract.active

    rule.__name__ = name
    with pytest.raises(DefinitionError, match="a name in snake_case, of at most 100 letters") as caught:
        barrier("test.names").signal(level=Level.RED)(rule)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("words", [OwnEquals, OwnHash])
def test_an_enumeration_that_compares_in_its_own_way_is_no_fact(words: type) -> None:
    said = rf"{words.__name__} defines its own comparison; remove `__eq__` and `__hash__`\.$"
    with pytest.raises(DefinitionError, match=rf": Made\.on: {said}"):
        _kind(__annotations__={"on": Fact[words]})  # type: ignore[valid-type]
    with pytest.raises(DefinitionError, match=rf": test\.enum\.derives: {said}"):

        @barrier("test.enum").derived
        def derives(extract: Extract) -> words:  # type: ignore[valid-type]
            return words.A  # type: ignore[attr-defined]

    with pytest.raises(DefinitionError, match=f": {said}"):

        @barrier("test.enum").signal(level=Level.RED)
        def reads(extract: Extract, derived: Fact[words]) -> Any:  # type: ignore[valid-type]
            return derived

    with pytest.raises(DefinitionError, match=f": {said}"):

        @barrier("test.enum").signal(level=Level.RED)
        def limits(extract: Extract, *, limit: Annotated[words, Limit(assumed=True)] = words.A) -> Any:  # type: ignore[valid-type, attr-defined]
            return extract.active


def test_a_list_without_anything_in_it_is_an_answer() -> None:
    assert added(plugin(barriermodel_barriers=lambda: [])).status is PluginStatus.OK
