"""Which plugins there are, and what became of each. Nothing is loaded at import."""

from __future__ import annotations

import builtins
import enum
import inspect
import types
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

import attrs
import pluggy

from ..domain.facts import fact_fields
from ..domain.kinds import Kind, kind_of
from ..errors import BarrierModelError, PluginError
from ..plugin import PROJECT, SUPPORTED_API, Hooks, Reader
from ..rules.barrier import Barrier
from ..strict import suggest
from .profile import Profile, read_profile

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

SENSITIVE = frozenset(
    [
        "nationality",
        "nationaliteit",
        "ethnicity",
        "ethnic",
        "etniciteit",
        "afkomst",
        "descent",
        "birth",
        "geboorte",
        "geboortedatum",
        "geboorteplaats",
        "birthdate",
        "birthday",
        "birthplace",
        "age",
        "leeftijd",
        "postcode",
        "postal",
        "zip",
        "zipcode",
    ]
)
"""Words in a fact's name that point at a ground on which nobody may be screened (domain page, 4.6)."""


class PluginStatus(enum.Enum):
    """What became of a plugin; only an ``ok`` one is used."""

    OK = "ok"
    BROKEN = "broken"
    DUPLICATE = "duplicate"
    INCOMPATIBLE = "incompatible"
    EMPTY = "empty"


@attrs.frozen(kw_only=True, eq=False)
class Plugin:
    """A plugin and what it offers.

    Args:
        name: its distribution, or its module where it has none.
        message: what to do, where it is not ``ok``.
        warnings: what a person should look at in it.
        file: where it was loaded from.

    """

    name: str
    version: str | None
    status: PluginStatus
    message: str = ""
    warnings: tuple[str, ...] = ()
    file: str | None = None
    barriers: tuple[Barrier, ...] = ()
    kinds: tuple[Kind, ...] = ()
    readers: tuple[Reader, ...] = ()
    profiles: tuple[Profile, ...] = ()
    manager: pluggy.PluginManager | None = attrs.field(default=None, repr=False)

    @property
    def label(self) -> str:
        """Name and version, for messages."""
        return f"{self.name} {self.version}" if self.version else self.name

    def ids(self) -> Iterator[tuple[str, str, object]]:
        """``(sort, id, thing)`` of all that must be unique among plugins."""
        yield from (("barrier", b.id, b) for b in self.barriers)
        yield from (("evidence kind", k.id, k.cls) for k in self.kinds)
        yield from (("reader", r.id, r) for r in self.readers)
        yield from (("profile", p.id, p) for p in self.profiles)


@attrs.define(eq=False)
class Registry:
    """The plugins that can be used: those installed (``Registry.discover()``), and those added by hand."""

    _found: list[Plugin] = attrs.field(factory=list, init=False)

    @classmethod
    def discover(cls) -> Registry:
        """A registry of all installed plugins, in the order of their names."""
        import importlib.metadata  # slow to import, and needed only here

        registry = cls()
        entries = sorted(importlib.metadata.entry_points(group=PROJECT), key=_entry_key)
        names = [entry.name for entry in entries]
        for entry in entries:
            name, version = _entry_key(entry)[1:]
            if names.count(entry.name) > 1:
                owners = ", ".join(
                    sorted(f"{_entry_key(e)[1]} {_entry_key(e)[2]}" for e in entries if e.name == entry.name)
                )
                message = f"Several distributions have the entry point {entry.name!r}: {owners}. Uninstall all but one."
                registry._found.append(
                    Plugin(name=name, version=version, status=PluginStatus.DUPLICATE, message=message)
                )
                continue
            try:
                loaded = entry.load()
            except (Exception, SystemExit) as error:  # one broken plugin must not stop the others
                words = _sentence(f"Importing {entry.value} failed: {type(error).__name__}: {error}")
                message = f"{words} Mend, update or uninstall {name}."
                registry._found.append(Plugin(name=name, version=version, status=PluginStatus.BROKEN, message=message))
                continue
            registry._found.append(_examine(loaded, name, version))
        return registry

    def add(self, module: object, name: str | None = None) -> Plugin:
        """Add a plugin without packaging: a module, or an object with hooks."""
        own = name or getattr(module, "__name__", None) or type(module).__name__
        self._found.append(_examine(module, own, None))
        return _without_clash(self._found[-1], self._clashes())

    @property
    def plugins(self) -> tuple[Plugin, ...]:
        """All plugins, by name; where two have one id, both are ``duplicate``."""
        clashes = self._clashes()
        return tuple(sorted((_without_clash(p, clashes) for p in self._found), key=lambda p: (p.name, p.version or "")))

    def _clashes(self) -> dict[tuple[str, str], list[str]]:
        owners: dict[tuple[str, str], dict[int, list[str]]] = {}
        for plugin in self._found:
            for sort, id, thing in plugin.ids():
                # one evidence class that two plugins look at is one thing
                owners.setdefault((sort, id), {}).setdefault(builtins.id(thing), []).append(plugin.label)
        return {key: sorted(chain.from_iterable(by.values())) for key, by in owners.items() if len(by) > 1}

    @property
    def usable(self) -> tuple[Plugin, ...]:
        """The plugins with status ``ok``."""
        return tuple(plugin for plugin in self.plugins if plugin.status is PluginStatus.OK)

    @property
    def barriers(self) -> Mapping[str, tuple[Barrier, Plugin]]:
        """Usable barriers by id, each with its plugin."""
        return {b.id: (b, plugin) for plugin in self.usable for b in plugin.barriers}

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """Usable evidence kinds by id."""
        return {kind.id: kind for plugin in self.usable for kind in plugin.kinds}

    @property
    def readers(self) -> Mapping[str, Reader]:
        """Usable readers by id."""
        return {reader.id: reader for plugin in self.usable for reader in plugin.readers}

    @property
    def profiles(self) -> Mapping[str, tuple[Profile, Plugin]]:
        """Usable profiles by id, each with its plugin."""
        return {p.id: (p, plugin) for plugin in self.usable for p in plugin.profiles}

    def why_missing(self, sort: str, id: str) -> str:
        """Why there is no such barrier, kind, reader or profile, and what to do."""
        for plugin in self.plugins:
            if any((sort, id) == (s, i) for s, i, _ in plugin.ids()):
                return f"{sort} {id!r} cannot be used: {plugin.label} is {plugin.status.value}. {plugin.message}"
        wrong = [p for p in self.plugins if p.status is not PluginStatus.OK]
        hint = (
            f" Perhaps it is in {wrong[0].label}, which is {wrong[0].status.value}: {wrong[0].message}" if wrong else ""
        )
        known = [i for p in self.usable for s, i, _ in p.ids() if s == sort]
        close = suggest(id, known) or (f"; there are {', '.join(sorted(known))}" if known else "; none is installed")
        return f"there is no {sort} {id!r}{close}{'' if close.endswith('?') else '.'}{hint}"


def _entry_key(entry: EntryPoint) -> tuple[str, str, str]:
    distribution = entry.dist
    return (
        entry.name,
        distribution.name if distribution else entry.value,
        distribution.version if distribution else "",
    )


def _sentence(words: str) -> str:
    """Words on one line that end with one full stop."""
    return " ".join(words.split()).rstrip(".") + "."


def _without_clash(plugin: Plugin, clashes: Mapping[tuple[str, str], list[str]]) -> Plugin:
    mine = next(((s, i) for s, i, _ in plugin.ids() if (s, i) in clashes), None)
    if mine is None or plugin.status is not PluginStatus.OK:
        return plugin
    owners = " and ".join(clashes[mine])
    message = f"{mine[0].capitalize()} {mine[1]!r} is offered by {owners}; neither is used. Uninstall one."
    return attrs.evolve(plugin, status=PluginStatus.DUPLICATE, message=message)


def _examine(loaded: object, name: str, version: str | None) -> Plugin:
    file = vars(loaded).get("__file__") if isinstance(loaded, types.ModuleType) else None
    base = Plugin(name=name, version=version, status=PluginStatus.OK, file=file)
    try:
        api = getattr(loaded, "BARRIERMODEL_API", None)
        refusal = _incompatible(api, base)
        if refusal:
            return attrs.evolve(base, status=PluginStatus.INCOMPATIBLE, message=refusal)
        manager = _register(loaded)
        if not manager.get_hookcallers(loaded):
            message = "It implements no hook: decorate a function of a hook's name with @barriermodel.hookimpl."
            return attrs.evolve(base, status=PluginStatus.EMPTY, message=message)
        return _offers(base, manager)
    except (Exception, SystemExit) as error:  # whatever a plugin does, the others go on
        words = str(error) if isinstance(error, BarrierModelError) else f"{type(error).__name__}: {error}"
        return attrs.evolve(base, status=PluginStatus.BROKEN, message=f"{_sentence(words)} Mend or update {name}.")


def _incompatible(api: object, plugin: Plugin) -> str | None:
    known = ", ".join(str(number) for number in sorted(SUPPORTED_API))
    if type(api) is not int:
        return f"It does not say which plugin API it speaks; write `BARRIERMODEL_API = {max(SUPPORTED_API)}` in it."
    if api not in SUPPORTED_API:
        return f"{plugin.label} speaks plugin API {api}; this barriermodel speaks {known}. Install versions that agree."
    return None


def _register(loaded: object) -> pluggy.PluginManager:
    if inspect.isclass(loaded):
        raise PluginError(f"{loaded.__name__} is a class; have you forgotten the `()`?")
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    manager.register(loaded)
    for name in dir(Hooks):
        if name.startswith("barriermodel_") and inspect.iscoroutinefunction(getattr(loaded, name, None)):
            raise PluginError(f"{name} is async; write a plain function.")
    try:
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        names = ", ".join(name for name in dir(Hooks) if name.startswith("barriermodel_"))
        raise PluginError(f"{str(error).splitlines()[0]}; hooks are {names}.") from None
    return manager


def _offers(base: Plugin, manager: pluggy.PluginManager) -> Plugin:
    barriers = _collect(manager.hook.barriermodel_barriers(), Barrier, "barriermodel_barriers")
    classes: list[Any] = _collect(manager.hook.barriermodel_evidence_kinds(), object, "barriermodel_evidence_kinds")
    declared = [_kind(cls) for cls in classes]
    kinds = dict.fromkeys([*declared, *(k for b in barriers for k in b.kinds)])
    readers = _collect(manager.hook.barriermodel_readers(), Reader, "barriermodel_readers")
    paths: list[Any] = _collect(manager.hook.barriermodel_profiles(), object, "barriermodel_profiles")
    return attrs.evolve(
        base,
        barriers=tuple(sorted(barriers, key=lambda b: b.id)),
        kinds=tuple(sorted(kinds, key=lambda k: k.id)),
        readers=tuple(sorted(readers, key=lambda r: r.id)),
        profiles=tuple(sorted((read_profile(path) for path in paths), key=lambda p: p.id)),
        warnings=tuple(_warnings(kinds)),
        manager=manager,
    )


def _collect(answers: list[Any], kind: type, hook: str) -> list[Any]:
    found: list[Any] = []
    for answer in answers:
        if not isinstance(answer, Iterable) or isinstance(answer, str):
            what = type(answer).__name__
            raise PluginError(f"{hook} returned a {what}; write `yield` for each thing, or return a list.")
        found.extend(answer)
    for wrong in found:
        if not isinstance(wrong, kind):
            hint = f"; have you forgotten the `()` of {wrong.__name__}?" if inspect.isclass(wrong) else ""
            raise PluginError(f"{hook} gave {wrong!r}, which is no {kind.__name__}{hint}.")
    return found


def _kind(cls: Any) -> Kind:
    kind = kind_of(cls)
    if kind is None:
        raise PluginError(f"barriermodel_evidence_kinds gave {cls!r}, which is no class decorated with @evidence(...).")
    return kind


def _warnings(kinds: Iterable[Kind]) -> Iterator[str]:
    for kind in kinds:
        if kind.confidential and kind.retention is None:
            yield f"The kind {kind.id} is confidential and does not say how long it may be kept; add retention=Text(…)."
        for name, field in fact_fields(kind.cls).items():
            nested = fact_fields(field.type) if attrs.has(field.type) and field.many else {}
            for fact in (name, *nested):
                if SENSITIVE & set(fact.split("_")):
                    yield f"The fact {kind.id}.{fact} may be a ground on which nobody may be screened; leave it out."
