"""The catalogue of barriers: a Markdown page, made from the plugins, for policy officers and lawyers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from ..profiles.profile import CombineBy
from ..profiles.registry import Registry
from ..profiles.resolve import resolve_profile
from ..profiles.resolved import ResolvedProfile
from ..rules.barrier import Barrier
from ..text import Language, localized
from .catalogue_phrases import PHRASES
from .catalogue_section import Entry, Section, Use, bullets, link, one_line, source_or_assumption, table
from .phrases import CONCERN, MOMENT, PROFILE_STATUS, combine_text

COMMAND = "barriermodel barriers --format markdown"


def catalogue(registry: Registry, lang: Language, ids: Sequence[str] = ()) -> str:
    """Describe all installed barriers, with the stage in which each installed profile uses them.

    Args:
        registry: the plugins.
        lang: the language of the page.
        ids: describe only these barriers.

    Raises:
        ProfileError: an installed profile does not fit the plugins.

    """
    profiles = [resolve_profile(profile, registry, id) for id, (profile, _) in sorted(registry.profiles.items())]
    chosen = [registry.barriers[id] for id in sorted(registry.barriers) if not ids or id in ids]
    entries = [Entry(b, plugin, tuple(u for p in profiles for u in _uses(p, b.id))) for b, plugin in chosen]
    command = " ".join([COMMAND, "--lang", lang, *ids])
    sections = [Section(lang, entry, single_profile=False) for entry in entries]
    return _joined(_Page(lang, sections, command).of_all(profiles))


def catalogue_of(resolved: ResolvedProfile, registry: Registry, lang: Language) -> str:
    """Describe the barriers that a profile uses, with its levels and limits; list at the end those it does not use."""
    entries = [
        Entry(barrier.definition, barrier.plugin, tuple(_uses(resolved, barrier.id))) for barrier in resolved.barriers
    ]
    used = {entry.barrier.id for entry in entries}
    left = [barrier for id, (barrier, _) in sorted(registry.barriers.items()) if id not in used]
    command = f"{COMMAND} --profile {resolved.profile.id} --lang {lang}"
    sections = [Section(lang, entry, single_profile=True) for entry in entries]
    return _joined(_Page(lang, sections, command).of_profile(resolved, left))


def _uses(resolved: ResolvedProfile, id: str) -> Iterator[Use]:
    for number, stage in enumerate(resolved.stages, 1):
        yield from (Use(resolved, number, stage, barrier) for barrier in stage.barriers if barrier.id == id)


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"


@attrs.frozen(eq=False)
class _Page:
    """Writes the catalogue in one language."""

    lang: Language
    sections: Sequence[Section]
    command: str

    def phrase(self, key: str, **values: object) -> str:
        return PHRASES[key][self.lang].format(**values)

    def of_all(self, profiles: Sequence[ResolvedProfile]) -> Iterator[str]:
        yield f"# {self.phrase('title')}"
        yield from self._head("all")
        yield f"## {self.phrase('overview')}"
        head = [self.phrase(key) for key in ("barrier", "concern", "rules", "evidence")]
        yield table(head, (self._row(section.entry.barrier) for section in self.sections))
        if profiles:
            yield f"## {self.phrase('phases')}"
            yield self.phrase("phases_said")
            head = [self.phrase("barrier"), *(f"`{resolved.profile.id}`" for resolved in profiles)]
            yield table(head, self._matrix(profiles))
        for section in self.sections:
            yield from section.blocks()

    def of_profile(self, resolved: ResolvedProfile, left: Sequence[Barrier]) -> Iterator[str]:
        profile = resolved.profile
        yield f"# {self.phrase('title_profile', title=one_line(profile.title[self.lang]))}"
        owner, status = localized(profile.owner, self.lang), PROFILE_STATUS[profile.status][self.lang]
        yield f"`{profile.id}` · {one_line(owner)} · **{status}**"
        yield from self._head("of_profile")
        yield f"## {self.phrase('overview')}"
        yield table([self.phrase(key) for key in ("stage", "moment", "combines", "barriers")], self._stages(resolved))
        for section in self.sections:
            yield from section.blocks()
        yield f"## {self.phrase('left')}"
        yield bullets(f"{one_line(b.title[self.lang])} (`{b.id}`)" for b in left) or self.phrase("left_none")

    def _head(self, about: str) -> Iterator[str]:
        yield self.phrase("made", command=self.command)
        yield self.phrase(about)
        keys = ("reading_rule", "reading_level", "reading_slots", "reading_assumption", "reading_unverified")
        yield f"## {self.phrase('reading')}"
        yield bullets(self.phrase(key) for key in keys)
        rules = [rule.definition for section in self.sections for rule in section.rules]
        limits = [setting for section in self.sections for found in section.settings.values() for setting in found]
        yield self.phrase(
            "counted", barriers=len(self.sections), rules=len(rules), limits=len(limits),
            assumed=sum(setting.source is None for setting in limits),
            unverified=sum(rule.unverified is not None for rule in rules),
        )  # fmt: skip

    def _row(self, barrier: Barrier) -> Sequence[str]:
        kinds = ", ".join(kind.title[self.lang] for kind in barrier.kinds)
        concern = CONCERN[barrier.concern][self.lang]
        return [link(barrier, self.lang), concern, str(len(barrier.rules)), one_line(kinds)]

    def _matrix(self, profiles: Sequence[ResolvedProfile]) -> Iterator[Sequence[str]]:
        for section in self.sections:
            where = {use.resolved.profile.id: section.where(use) for use in section.entry.uses}
            cells = [where.get(resolved.profile.id, "–") for resolved in profiles]
            yield [link(section.entry.barrier, self.lang), *cells]

    def _stages(self, resolved: ResolvedProfile) -> Iterator[Sequence[str]]:
        for number, stage in enumerate(resolved.stages, 1):
            combine = stage.combine
            how = self.phrase("worst")
            if combine.by is not CombineBy.WORST:
                why = source_or_assumption(combine.source, combine.assumption, self.lang)
                how = f"{combine_text(combine, self.lang)}. {why}"
            links = "<br>".join(link(b.definition, self.lang) for b in stage.barriers)
            yield [f"{number}. {one_line(stage.title[self.lang])}", MOMENT[stage.moment][self.lang], how, links]
