"""Each plugin has a status and one sentence that says what to do; a broken one stops no other."""

from __future__ import annotations

import copy
import importlib
import sys
import types
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from barriermodel import UNKNOWN, BarrierModel, Level, ProfileError, Registry
from barriermodel.analysis.profiles import Plugin, PluginStatus
from barriermodel.plugin import Barrier, Fact, Reader, evidence, hookimpl
from region import KINDS, Answers, Extract, barrier, flag_rules, plugin, profile, stage


def added(module: object, *others: types.ModuleType) -> Plugin:
    """What becomes of a plugin, added between others that are fine."""
    registry = Registry()
    fine = plugin(barrier("fine.barrier"), name="fine")
    registry.add(fine)
    found = registry.add(module)
    for other in others:
        registry.add(other)
    assert next(p for p in registry.plugins if p.name == "fine").status is PluginStatus.OK
    assert "fine.barrier" in registry.barriers
    if found.status is not PluginStatus.OK:
        assert found.message.endswith(".")
        assert "\n" not in found.message
        assert (found.barriers, found.kinds, found.readers, found.profiles) == ((), (), (), ())
    return found


def status(module: object) -> tuple[str, str]:
    found = added(module)
    return found.status.value, found.message


# The five statuses ------------------------------------------------------------------------------------


def test_a_plugin_that_offers_something_is_ok() -> None:
    made, _ = flag_rules("test.one", Level.RED)
    found = added(plugin(made, kinds=[Answers]))

    assert (found.status, found.message) == (PluginStatus.OK, "")
    assert [b.id for b in found.barriers] == ["test.one"]
    assert [k.id for k in found.kinds] == ["answers", "test_one_0"]


@pytest.mark.parametrize("api", [None, "1", 1.0, True])
def test_a_plugin_that_does_not_say_its_api_is_incompatible(api: object) -> None:
    code, message = status(plugin(barrier("test.one"), api=api))

    assert code == "incompatible"
    assert "BARRIERMODEL_API = 2" in message


def test_a_plugin_without_the_api_is_incompatible_whatever_else_is_wrong() -> None:
    module = plugin(barriermodel_barriers=lambda: 1 / 0)
    del vars(module)["BARRIERMODEL_API"]

    assert status(module)[0] == "incompatible"


def test_a_plugin_of_another_api_is_incompatible() -> None:
    code, message = status(plugin(barrier("test.one"), api=3))

    assert code == "incompatible"
    assert "speaks plugin API 3; this barriermodel speaks 2" in message


def test_a_plugin_of_the_first_api_is_told_to_move_its_texts() -> None:
    code, message = status(plugin(barrier("test.one"), api=1))

    assert code == "incompatible"
    assert "speaks plugin API 1. Its texts stand in the code; move them to words/nl.toml and words/en.toml" in message


def test_a_hook_without_hookimpl_makes_a_plugin_empty() -> None:
    module = plugin()
    vars(module)["barriermodel_barriers"] = lambda: [barrier("test.one")]

    code, message = status(module)
    assert code == "empty"
    assert "@barriermodel.hookimpl" in message


def class_instead_of_instance() -> Any:
    class Offers:
        BARRIERMODEL_API = 2

        @hookimpl
        def barriermodel_barriers(self) -> Iterable[Barrier]:
            return [barrier("test.one")]

    assert added(Offers()).status is PluginStatus.OK
    return Offers


def hook_raises() -> Any:
    def raises() -> Any:
        yield barrier("test.one")
        raise ValueError("oh\nno")

    return plugin(barriermodel_barriers=raises)


async def _waits() -> list[Any]:
    return []


async def _yields() -> Any:
    yield barrier("test.one")


class _Loud(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        raise RuntimeError("no attributes here")


def _exits() -> Any:
    raise SystemExit(1)


BROKEN: dict[str, tuple[Any, str]] = {
    "class": (class_instead_of_instance, "Offers is a class; have you forgotten the `()`?"),
    "misspelt hook": (lambda: plugin(barriermodel_barrier=lambda: []), "barriermodel_barrier"),
    "unknown argument": (lambda: plugin(barriermodel_assessed=lambda result: None), "result"),
    "raises": (hook_raises, "ValueError: oh no"),
    "exits": (lambda: plugin(barriermodel_barriers=_exits), "SystemExit"),
    "returns a barrier": (lambda: plugin(barriermodel_barriers=lambda: barrier("test.one")), "write `yield`"),
    "returns text": (lambda: plugin(barriermodel_barriers=lambda: "nl.kvk"), "write `yield`"),
    "returns a number": (lambda: plugin(barriermodel_barriers=lambda: 3), "write `yield`"),
    "gives the class": (lambda: plugin(barriermodel_barriers=lambda: [Barrier]), "forgotten the `()` of Barrier"),
    "gives an id": (lambda: plugin(barriermodel_barriers=lambda: ["nl.kvk"]), "'nl.kvk', which is no Barrier"),
    "gives None": (lambda: plugin(barriermodel_barriers=lambda: [None]), "None, which is no Barrier"),
    "no kind": (lambda: plugin(barriermodel_evidence_kinds=lambda: [int]), "@evidence"),
    "kind's instance": (lambda: plugin(barriermodel_evidence_kinds=lambda: [Answers()]), "@evidence"),
    "no reader": (lambda: plugin(barriermodel_readers=lambda: [print]), "which is no Reader"),
    "no profile": (lambda: plugin(barriermodel_profiles=lambda: ["/none/such.toml"]), "cannot be read"),
    "no path": (lambda: plugin(barriermodel_profiles=lambda: [3]), "TypeError"),
    "async": (lambda: plugin(barriermodel_barriers=_waits), "barriermodel_barriers is async"),
    "async generator": (lambda: plugin(barriermodel_barriers=_yields), "write `yield`"),
    "raises on attributes": (lambda: _Loud("test_plugin"), "no attributes here"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_plugin_that_does_something_wrong_is_broken(name: str) -> None:
    make, words = BROKEN[name]
    code, message = status(make())

    assert code == "broken"
    assert words in message
    assert "Mend or update" in message


def test_an_empty_answer_offers_nothing() -> None:
    assert added(plugin(barriermodel_barriers=lambda: [])).status is PluginStatus.OK


# Duplicates -------------------------------------------------------------------------------------------


def test_two_plugins_with_one_barrier_are_both_duplicate() -> None:
    registry = Registry()
    for name in ("a", "b", "c"):
        registry.add(
            plugin(barrier("test.one" if name != "c" else "test.other"), barrier(f"test.own_{name}"), name=name)
        )
    found = {p.name: (p.status.value, p.message) for p in registry.plugins}

    assert [found[name][0] for name in "abc"] == ["duplicate", "duplicate", "ok"]
    assert found["a"][1] == "Barrier 'test.one' is offered by a and b; neither is used. Uninstall one."
    assert sorted(registry.barriers) == ["test.other", "test.own_c"]
    with pytest.raises(ProfileError, match=r"a is duplicate.*offered by a and b"):
        BarrierModel(profile(stage("s", "test.one")), registry)


def test_kinds_and_readers_have_one_owner_too() -> None:
    @evidence("answers")
    class Other:
        flag: Fact[bool] = UNKNOWN

    def of(name: str, kind: type, reader: str) -> types.ModuleType:
        return plugin(name=name, kinds=[kind], readers=[Reader(id=reader, formats=("x",), read=lambda raw: [])])

    registry = Registry()
    for module in (
        of("a", Answers, "one"),
        of("b", Other, "two"),
        of("c", Extract, "three"),
        of("d", Extract, "three"),
    ):
        registry.add(module)

    assert [p.status.value for p in registry.plugins] == ["duplicate"] * 4
    assert "Evidence kind 'answers'" in registry.plugins[0].message
    assert "Reader 'three'" in registry.plugins[2].message


def test_one_evidence_class_that_two_plugins_look_at_is_one_kind() -> None:
    registry = Registry()
    for name in ("a", "b"):
        registry.add(plugin(barrier(f"test.{name}"), name=name, kinds=[Answers]))

    assert [p.status.value for p in registry.plugins] == ["ok", "ok"]
    assert list(registry.kinds) == ["answers"]


def test_adding_gives_what_became_of_that_plugin() -> None:
    registry = Registry()
    first = registry.add(plugin(barrier("test.one"), name="same"))
    second = registry.add(plugin(barrier("test.two"), name="same"))

    assert [b.id for b in (*first.barriers, *second.barriers)] == ["test.one", "test.two"]


def test_clashes_are_computed_once_until_a_plugin_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    ids = Plugin.ids

    def counted(self: Plugin) -> Any:
        looked_at.append(self.name)
        return ids(self)

    monkeypatch.setattr(Plugin, "ids", counted)
    registry = Registry()
    for name in ("a", "b"):
        registry.add(plugin(barrier(f"test.{name}"), name=name))
    looked_at.clear()
    for _ in range(3):
        assert sorted(registry.barriers) == ["test.a", "test.b"]
        assert len(registry.usable) == len(registry.plugins) == 2
        assert registry.kinds == registry.readers == {}
    assert looked_at == []

    assert registry.add(plugin(barrier("test.a"), name="c")).status is PluginStatus.DUPLICATE
    assert sorted(registry.barriers) == ["test.b"]


def test_a_copy_of_a_registry_has_clashes_of_its_own() -> None:
    registry = Registry()
    registry.add(plugin(barrier("test.one"), name="a"))
    assert list(registry.barriers) == ["test.one"]
    other = copy.copy(registry)
    other.add(plugin(barrier("test.one"), name="b"))

    assert (list(registry.barriers), list(other.barriers)) == (["test.one"], [])


# Warnings ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["nationality", "owner_nationaliteit", "birth_year", "age", "leeftijd_jaar", "postcode"]
)
def test_a_fact_on_which_nobody_may_be_screened_gives_a_warning(name: str) -> None:
    body = {"__annotations__": {name: Fact[int]}, name: UNKNOWN}
    kind = evidence("people")(type("People", (), body))
    found = added(plugin(kinds=[kind]))

    assert found.status is PluginStatus.OK
    assert len(found.warnings) == 1
    assert f"people.{name}" in found.warnings[0]


def test_words_that_only_look_like_it_give_none() -> None:
    facts = ("average", "stage", "mileage", "managed", "ageing")
    body: dict[str, Any] = {"__annotations__": dict.fromkeys(facts, Fact[int]), **dict.fromkeys(facts, UNKNOWN)}
    kind = evidence("people")(type("People", (), body))

    assert added(plugin(kinds=[kind, *KINDS])).warnings == ()


# Reloaded modules -------------------------------------------------------------------------------------

WRITTEN = """
from barriermodel.plugin import Barrier, Concern, Fact, Level, Provider, LegalForm, hookimpl

BARRIERMODEL_API = 2
own = Barrier("test.own", concern=Concern.QUALITY)


@own.signal(level=Level.{level})
def form(provider: Provider) -> Fact[bool]:
    return provider.legal_form == LegalForm.BV


@hookimpl
def barriermodel_barriers():
    return [own]
"""


def test_a_reloaded_module_replaces_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    file = tmp_path / "written_in_a_notebook.py"
    file.write_text(WRITTEN.format(level="RED"))
    module = importlib.import_module(file.stem)
    monkeypatch.setitem(sys.modules, file.stem, module)
    registry = Registry()
    registry.add(module)

    file.write_text("from nowhere_at_all import nothing")
    with pytest.raises(ModuleNotFoundError):
        importlib.reload(module)
    del vars(module)["BARRIERMODEL_API"]
    assert registry.add(module).status is PluginStatus.INCOMPATIBLE
    file.write_text(WRITTEN.format(level="ORANGE"))
    found = registry.add(importlib.reload(module))

    assert [(p.name, p.status) for p in registry.plugins] == [(file.stem, PluginStatus.OK)]
    assert found.barriers[0].rules["form"].level is Level.ORANGE
    assert registry.barriers["test.own"][0] is module.own


def test_two_modules_with_one_id_stay_duplicates() -> None:
    registry = Registry()
    one, other = (plugin(barrier("test.one"), name=name) for name in ("one", "other"))
    for module in (one, other, one):
        registry.add(module)

    assert [(p.name, p.status.value) for p in registry.plugins] == [("one", "duplicate"), ("other", "duplicate")]


def test_an_installed_plugin_is_replaced_by_its_reloaded_module() -> None:
    import barriermodel_quality

    registry = Registry.discover()
    count = len(registry.plugins)

    assert registry.add(barriermodel_quality).status is PluginStatus.OK
    assert len(registry.plugins) == count
    assert "nl.quality_certificate" in registry.barriers


def test_two_objects_of_one_class_are_two_plugins() -> None:
    class Offers:
        BARRIERMODEL_API = 2

        @hookimpl
        def barriermodel_barriers(self) -> Iterable[Barrier]:
            return [barrier("test.one")]

    registry = Registry()
    registry.add(Offers())
    registry.add(Offers())

    assert [p.status.value for p in registry.plugins] == ["duplicate", "duplicate"]
