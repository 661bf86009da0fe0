"""Loads a plugin and checks what it offers. Whatever is wrong with it is recorded, and the others still work."""

from __future__ import annotations

import enum
import inspect
import re
import sys
import types
from collections.abc import Iterable, Iterator
from functools import partial
from importlib import import_module
from typing import Any

import attrs
import pluggy

from ..domain.facts import fact_fields
from ..domain.kinds import EvidenceKind, kind_of
from ..errors import BarrierModelError, PluginError
from ..hooks import PROJECT, SUPPORTED_API, Hooks
from ..objects import Uncopied, represent
from ..reading.reader import Reader
from ..rules.barrier import Barrier
from ..rules.bytecode import python_function
from ..rules.plugin_code import PLUGIN_CODE, RaisedByPlugin, safe_repr, type_and_message
from ..source_location import as_sentence, error_location, function_location
from ..spelling import did_you_mean
from .installed import Entry
from .profile import Profile, read_profile

SENSITIVE = frozenset([
    "nationality", "nationaliteit", "ethnicity", "ethnic", "etniciteit", "afkomst", "descent", "birth", "geboorte",
    "geboortedatum", "geboorteplaats", "birthdate", "birthday", "birthplace", "age", "leeftijd", "postcode", "postal",
    "zip", "zipcode",
])  # fmt: skip
"""Words in a fact's name that suggest a characteristic by which nobody may be screened."""


class PluginStatus(enum.Enum):
    """The state of a plugin; only an ``ok`` one is used."""

    OK = "ok"
    BROKEN = "broken"
    DUPLICATE = "duplicate"
    INCOMPATIBLE = "incompatible"
    EMPTY = "empty"


@attrs.frozen(kw_only=True)
class Plugin(Uncopied):
    """A plugin and what it offers.

    Args:
        name: its distribution, or its module if it has none.
        message: what to do if it is not ``ok``.
        warnings: what a person should look at in it.
        file: the file it was loaded from.
        module: the name of its module; None for another object with hooks.

    """

    name: str
    version: str | None
    status: PluginStatus
    message: str = ""
    warnings: tuple[str, ...] = ()
    file: str | None = None
    module: str | None = None
    barriers: tuple[Barrier, ...] = ()
    kinds: tuple[EvidenceKind, ...] = ()
    readers: tuple[Reader, ...] = attrs.field(default=(), eq=lambda readers: [reader.id for reader in readers])
    profiles: tuple[Profile, ...] = attrs.field(default=(), hash=False)
    manager: pluggy.PluginManager | None = attrs.field(default=None, eq=False)

    def __repr__(self) -> str:
        return represent(self, repr(self.label), self.status.value)

    def __reduce__(self) -> tuple[Any, ...]:
        """Read its module again when it is unpickled; without a module, include what it offers."""
        loaded = self.manager.get_plugins().pop() if self.manager else None
        if self.manager and self.module != "__main__" and sys.modules.get(self.module or "") is loaded:
            return _examine_module, (self.module, self.name, self.version)
        if self.manager and self.manager.hook.barriermodel_assessed.get_hookimpls():
            import pickle  # slow to import, and needed only here

            message = f"{self.label} cannot be pickled: it is told of assessments, and no module of it can be imported"
            raise pickle.PicklingError(message)
        return partial(Plugin, **attrs.asdict(self, recurse=False) | {"manager": None}), ()

    @property
    def label(self) -> str:
        """Name and version, for messages."""
        return f"{self.name} {self.version}" if self.version else self.name

    def ids(self) -> Iterator[tuple[str, str, object]]:
        """``(sort, id, object)`` of everything whose id must be unique among plugins."""
        yield from (("barrier", b.id, b) for b in self.barriers)
        yield from (("evidence kind", k.id, k.cls) for k in self.kinds)
        yield from (("reader", r.id, r) for r in self.readers)
        yield from (("profile", p.id, p) for p in self.profiles)


def _sentence(words: str) -> str:
    """Words on one line, ending with one full stop, or with the question mark that they have."""
    return as_sentence(" ".join(words.split()).rstrip("."))


def _error_sentence(error: Exception) -> str:
    """What a plugin raised, in one sentence; errors of this library say what to do themselves."""
    name, words = type_and_message(error)
    if isinstance(error, BarrierModelError) and words:
        return _sentence(words)
    return _sentence(f"{_place(error)}{name}: {words}".rstrip(": "))


def _place(error: Exception) -> str:
    """Where a plugin raised it, as the start of a message; ``""`` if that is not known."""
    place = error_location(error.raised if isinstance(error, RaisedByPlugin) else error)
    return f"{place}: " if place else ""


def broken(name: str, version: str | None, message: str) -> Plugin:
    """A plugin that cannot be used at all."""
    return Plugin(name=name, version=version, status=PluginStatus.BROKEN, message=message)


def load(entry: Entry) -> Plugin:
    """Import an installed plugin and read what it offers; an error in its import is recorded in it."""
    try:
        with PLUGIN_CODE:
            loaded = entry.point.load()
    except Exception as error:  # one broken plugin must not stop the others
        name, words = type_and_message(error)
        place = "" if isinstance(error, BarrierModelError) else _place(error)  # its message has the place
        failed = _sentence(f"Importing {entry.point.value} failed: {f'{place}{name}: {words}'.rstrip(': ')}")
        found = broken(entry.owner, entry.version, f"{failed} Mend, update or uninstall {entry.owner}.")
        return attrs.evolve(found, module=entry.point.module)
    return examine(loaded, entry.owner, entry.version)


def name_of(module: object) -> str:
    """The name of a module, or of the class of another object."""
    name = _of_module(module, "__name__")
    return name or type(module).__name__


def _of_module(module: object, name: str) -> str | None:
    """A string in a module; None for any other object, on which reading an attribute may run any code."""
    found = module.__dict__.get(name) if issubclass(type(module), types.ModuleType) else None
    return found if isinstance(found, str) else None


def _examine_module(module: str, name: str, version: str | None) -> Plugin:
    return examine(import_module(module), name, version)


def examine(loaded: object, name: str, version: str | None) -> Plugin:
    """Read what a module, or an object with hooks, offers, or what is wrong with it."""
    file, module = _of_module(loaded, "__file__"), _of_module(loaded, "__name__")
    base = Plugin(name=name, version=version, status=PluginStatus.OK, file=file, module=module)
    try:
        with PLUGIN_CODE:
            return _examine(loaded, base)
    except Exception as error:  # whatever a plugin does, the others still work
        return attrs.evolve(
            base, status=PluginStatus.BROKEN, message=f"{_error_sentence(error)} Mend or update {name}."
        )


def _examine(loaded: object, base: Plugin) -> Plugin:
    refusal = _incompatible(getattr(loaded, "BARRIERMODEL_API", None), base)
    if refusal:
        return attrs.evolve(base, status=PluginStatus.INCOMPATIBLE, message=refusal)
    manager = _register(loaded)
    if not manager.get_hookcallers(loaded):
        message = "It implements no hook: decorate a function of a hook's name with @barriermodel.hookimpl."
        return attrs.evolve(base, status=PluginStatus.EMPTY, message=message)
    return _read_hooks(base, manager)


def _incompatible(api: object, plugin: Plugin) -> str | None:
    known = ", ".join(str(number) for number in sorted(SUPPORTED_API))
    if type(api) is not int:
        return f"It does not say which plugin API it speaks; write `BARRIERMODEL_API = {max(SUPPORTED_API)}` in it."
    if api == 1:
        moved = "Its texts stand in the code; move them to words/nl.toml and words/en.toml, as docs/plugin.md shows"
        return f"{plugin.label} speaks plugin API 1. {moved}, and write `BARRIERMODEL_API = 2`."
    if api not in SUPPORTED_API:
        return f"{plugin.label} speaks plugin API {api}; this barriermodel speaks {known}. Install versions that agree."
    return None


def _register(loaded: object) -> pluggy.PluginManager:
    if inspect.isclass(loaded):
        raise PluginError(f"{loaded.__name__} is a class; have you forgotten the `()`?")
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    try:
        manager.register(loaded)
    except pluggy.PluginValidationError as error:
        raise PluginError(f"{_sentence(str(error))} Give it the parameters in the docs, or none.") from None
    for name in dir(Hooks):
        if name.startswith("barriermodel_") and inspect.iscoroutinefunction(getattr(loaded, name, None)):
            raise PluginError(f"{name} is async; write a plain function.")
    try:
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        names = [name for name in dir(Hooks) if name.startswith("barriermodel_")]
        unknown = re.search(r"'(barriermodel_\w+)'", str(error))
        hint = did_you_mean(unknown[1] if unknown else "", names, f"hooks are {', '.join(names)}.")
        raise PluginError(f"{str(error).splitlines()[0]}; {hint}") from None
    return manager


def _read_hooks(base: Plugin, manager: pluggy.PluginManager) -> Plugin:
    barriers: list[Barrier] = _collect(manager, "barriermodel_barriers", Barrier)
    classes: list[Any] = _collect(manager, "barriermodel_evidence_kinds", object)
    declared = [_kind(cls) for cls in classes]
    kinds = dict.fromkeys([*declared, *(k for b in barriers for k in b.kinds)])
    readers: list[Reader] = _collect(manager, "barriermodel_readers", Reader)
    paths: list[Any] = _collect(manager, "barriermodel_profiles", object)
    found = attrs.evolve(
        base,
        barriers=tuple(sorted(barriers, key=lambda b: b.id)),
        kinds=tuple(sorted(kinds, key=lambda k: k.id)),
        readers=tuple(sorted(readers, key=lambda r: r.id)),
        profiles=tuple(sorted((read_profile(path) for path in paths), key=lambda p: p.id)),
        warnings=tuple(_warnings(kinds)),
        manager=manager,
    )
    _check_own_ids(found)
    return found


def _check_own_ids(plugin: Plugin) -> None:
    """Refuse a plugin that offers two things of one sort with the same id."""
    seen: set[tuple[str, str]] = set()
    for sort, id, _ in plugin.ids():
        if (sort, id) in seen:
            raise PluginError(f"It offers two of the {sort} {id!r}; give one another id.")
        seen.add((sort, id))


def _collect(manager: pluggy.PluginManager, hook: str, kind: type) -> list[Any]:
    """What a hook gives, all of one type; an error says where the hook is."""
    caller = getattr(manager.hook, hook)
    try:
        return _call_hook(caller, hook, kind)
    except PluginError as error:
        written = next((found for one in caller.get_hookimpls() if (found := python_function(one.function))), None)
        place = f"{function_location(written)}: " if written else ""
        raise PluginError(f"{place}{error}") from None


def _call_hook(caller: pluggy.HookCaller, hook: str, kind: type) -> list[Any]:
    answers = caller()
    if not answers and caller.get_hookimpls():  # pluggy leaves out an answer that is None
        raise PluginError(f"{hook} gave None; write `yield` for each thing, or return a list, which may be empty.")
    found: list[Any] = []
    for answer in answers:
        if not isinstance(answer, Iterable) or isinstance(answer, str):
            what = type(answer).__name__
            raise PluginError(f"{hook} returned a {what}; write `yield` for each thing, or return a list.")
        found.extend(answer)
    for place, thing in enumerate(found):
        if not isinstance(thing, kind):
            hint = f"; have you forgotten the `()` of {thing.__name__}?" if inspect.isclass(thing) else ""
            raise PluginError(f"{hook} gave {safe_repr(thing)}, which is no {kind.__name__}{hint}.")
        if any(thing is earlier for earlier in found[:place]):
            raise PluginError(f"{hook} gave {safe_repr(getattr(thing, 'id', thing))} twice; give each thing once.")
    return found


def _kind(cls: Any) -> EvidenceKind:
    kind = kind_of(cls)
    if kind is None:
        raise PluginError(
            f"barriermodel_evidence_kinds gave {safe_repr(cls)}, which is no class decorated with @evidence(...)."
        )
    return kind


def _warnings(kinds: Iterable[EvidenceKind]) -> Iterator[str]:
    for kind in kinds:
        if kind.confidential and kind.retention is None:
            yield f"The kind {kind.id} is confidential and does not say how long it may be kept; add retention=True."
        for name, field in fact_fields(kind.cls).items():
            nested = fact_fields(field.type) if attrs.has(field.type) and field.many else {}
            for fact in (name, *nested):
                if SENSITIVE & set(fact.split("_")):
                    yield f"The fact {kind.id}.{fact} may be a ground on which nobody may be screened; leave it out."
