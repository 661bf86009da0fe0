"""The plugins that are installed, and the state of each. Importing this module loads none of them."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from itertools import chain

import attrs

from ..domain.kinds import EvidenceKind
from ..objects import represent
from ..reading.reader import Reader
from ..rules.barrier import Barrier
from ..rules.plugin_code import PLUGIN_CODE
from ..spelling import suggest
from .installed import installed_entries
from .plugin_loading import SENSITIVE, Plugin, PluginStatus, broken, examine, load, name_of
from .profile import Profile

__all__ = ["SENSITIVE", "Plugin", "PluginStatus", "Registry"]


@attrs.define(eq=False)
class Registry:
    """The plugins that can be used: those installed (``Registry.discover()``), and those added by hand.

    >>> Registry.discover().plugins[0].name
    'barriermodel-exclusion'

    """

    _found: list[Plugin] = attrs.field(factory=list, init=False)

    def __repr__(self) -> str:
        return represent(self, *(plugin.label for plugin in self.plugins))

    @classmethod
    def discover(cls) -> Registry:
        """A registry of all installed plugins, in the order of their names."""
        registry = cls()
        with PLUGIN_CODE:  # its metadata may be damaged as well
            entries, unreadable = installed_entries()
        registry._found += [broken(name, None, message) for name, message in unreadable]
        for entry in entries:
            rivals = sorted(f"{e.owner} {e.version or ''}".rstrip() for e in entries if e.name == entry.name)
            if len(rivals) > 1:
                message = (
                    f"Several distributions have the entry point {entry.name!r}: {', '.join(rivals)}. "
                    "Uninstall all but one."
                )
                found = Plugin(name=entry.owner, version=entry.version, status=PluginStatus.DUPLICATE, message=message)
            else:
                found = load(entry)
            registry._found.append(found)
        return registry

    def add(self, module: object, name: str | None = None) -> Plugin:
        """Add a plugin without packaging: a module, or an object with hooks.

        A module that was added before, and reloaded since, is replaced.
        """
        added = examine(module, name or name_of(module), None)
        self._found = [p for p in self._found if p.module is None or p.module != added.module] + [added]
        with suppress(AttributeError):  # if nothing has asked for them yet
            del self._clashes
        return self._without_clash(self._found[-1])

    @property
    def plugins(self) -> tuple[Plugin, ...]:
        """All plugins, by name; where two have one id, both are ``duplicate``."""
        return tuple(sorted(map(self._without_clash, self._found), key=lambda p: (p.name, p.version or "")))

    @cached_property
    def _clashes(self) -> dict[tuple[str, str], list[str]]:
        """Who offers each id that several plugins offer; computed again only after one is added."""
        owners: dict[tuple[str, str], dict[int, list[str]]] = {}
        for plugin in self._found:
            for sort, id, thing in plugin.ids():
                # an evidence class that two plugins use is one thing
                owners.setdefault((sort, id), {}).setdefault(builtins.id(thing), []).append(plugin.label)
        return {key: sorted(chain.from_iterable(by.values())) for key, by in owners.items() if len(by) > 1}

    def _without_clash(self, plugin: Plugin) -> Plugin:
        if not self._clashes or plugin.status is not PluginStatus.OK:
            return plugin
        mine = next(((sort, id) for sort, id, _ in plugin.ids() if (sort, id) in self._clashes), None)
        if mine is None:
            return plugin
        owners = " and ".join(self._clashes[mine])
        message = f"{mine[0].capitalize()} {mine[1]!r} is offered by {owners}; neither is used. Uninstall one."
        return attrs.evolve(plugin, status=PluginStatus.DUPLICATE, message=message)

    @property
    def usable(self) -> tuple[Plugin, ...]:
        """The plugins with status ``ok``."""
        return tuple(plugin for plugin in self.plugins if plugin.status is PluginStatus.OK)

    @property
    def barriers(self) -> Mapping[str, tuple[Barrier, Plugin]]:
        """Usable barriers by id, each with its plugin."""
        return {b.id: (b, plugin) for plugin in self.usable for b in plugin.barriers}

    @property
    def kinds(self) -> Mapping[str, EvidenceKind]:
        """Usable evidence kinds by id."""
        return {kind.id: kind for plugin in self.usable for kind in plugin.kinds}

    @property
    def confidential(self) -> frozenset[str]:
        """The ids of confidential kinds and of what is derived from them, also in plugins that cannot be used."""
        kinds = {kind.id for plugin in self.plugins for kind in plugin.kinds if kind.confidential}
        facts = (d for p in self.plugins for b in p.barriers for d in b.derived_facts.values())
        derived = {f"derived.{d.id}" for d in facts if any(kind.confidential for kind in d.signature.kinds)}
        return frozenset(kinds | derived)

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


def or_installed(registry: Registry | None) -> Registry:
    """The registry that a caller passed; by default the plugins that are installed.

    Raises:
        TypeError: it is something else.

    """
    if registry is None:
        return Registry.discover()
    if not isinstance(registry, Registry):
        raise TypeError(f"registry is a Registry, such as Registry.discover(); got a {type(registry).__name__}")
    return registry
