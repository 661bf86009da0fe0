"""A page that a policy officer can read and a lawyer can check: every barrier, made from the plugins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from ..profiles.profile import CombineBy
from ..profiles.registry import Registry
from ..profiles.resolve import resolve_profile
from ..profiles.resolved import ResolvedProfile
from ..rules.barrier import Barrier
from ..text import Language, localized
from .catalogue_section import Entry, Section, Use, bullets, link, on_one_line, table, who_says
from .catalogue_words import SAID
from .phrases import CONCERN, MOMENT, PROFILE_STATUS, combine_text

COMMAND = "barriermodel barriers --format markdown"


def catalogue(registry: Registry, lang: Language, ids: Sequence[str] = ()) -> str:
    """All installed barriers, or these, with the phase that each installed profile gives them.

    Raises:
        ProfileError: an installed profile does not fit the plugins.

    """
    plans = [resolve_profile(profile, registry, id) for id, (profile, _) in sorted(registry.profiles.items())]
    chosen = [registry.barriers[id] for id in sorted(registry.barriers) if not ids or id in ids]
    entries = [Entry(b, plugin, tuple(u for plan in plans for u in _uses(plan, b.id))) for b, plugin in chosen]
    command = " ".join([COMMAND, "--lang", lang, *ids])
    return _joined(_Page(lang, [Section(lang, entry, alone=False) for entry in entries], command).of_all(plans))


def catalogue_of(plan: ResolvedProfile, registry: Registry, lang: Language) -> str:
    """The barriers that a profile runs, as it runs them; those that it leaves out are named at the end."""
    entries = [Entry(planned.definition, planned.plugin, tuple(_uses(plan, planned.id))) for planned in plan.barriers]
    used = {entry.barrier.id for entry in entries}
    left = [barrier for id, (barrier, _) in sorted(registry.barriers.items()) if id not in used]
    command = f"{COMMAND} --profile {plan.profile.id} --lang {lang}"
    sections = [Section(lang, entry, alone=True) for entry in entries]
    return _joined(_Page(lang, sections, command).of_profile(plan, left))


def _uses(plan: ResolvedProfile, id: str) -> Iterator[Use]:
    for number, stage in enumerate(plan.stages, 1):
        yield from (Use(plan, number, stage, planned) for planned in stage.barriers if planned.id == id)


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"


@attrs.frozen(eq=False)
class _Page:
    """Writes the catalogue in one language."""

    lang: Language
    sections: Sequence[Section]
    command: str

    def say(self, key: str, **values: object) -> str:
        return SAID[key][self.lang].format(**values)

    def of_all(self, plans: Sequence[ResolvedProfile]) -> Iterator[str]:
        yield f"# {self.say('title')}"
        yield from self._head("all")
        yield f"## {self.say('overview')}"
        head = [self.say(key) for key in ("barrier", "concern", "rules", "evidence")]
        yield table(head, (self._row(section.entry.barrier) for section in self.sections))
        if plans:
            yield f"## {self.say('phases')}"
            yield self.say("phases_said")
            yield table([self.say("barrier"), *(f"`{plan.profile.id}`" for plan in plans)], self._matrix(plans))
        for section in self.sections:
            yield from section.blocks()

    def of_profile(self, plan: ResolvedProfile, left: Sequence[Barrier]) -> Iterator[str]:
        profile = plan.profile
        yield f"# {self.say('title_profile', title=on_one_line(profile.title[self.lang]))}"
        owner, status = localized(profile.owner, self.lang), PROFILE_STATUS[profile.status][self.lang]
        yield f"`{profile.id}` · {on_one_line(owner)} · **{status}**"
        yield from self._head("of_profile")
        yield f"## {self.say('overview')}"
        yield table([self.say(key) for key in ("stage", "moment", "combines", "barriers")], self._stages(plan))
        for section in self.sections:
            yield from section.blocks()
        yield f"## {self.say('left')}"
        yield bullets(f"{on_one_line(b.title[self.lang])} (`{b.id}`)" for b in left) or self.say("left_none")

    def _head(self, about: str) -> Iterator[str]:
        yield self.say("made", command=self.command)
        yield self.say(about)
        keys = ("reading_rule", "reading_level", "reading_slots", "reading_assumption", "reading_unverified")
        yield f"## {self.say('reading')}"
        yield bullets(self.say(key) for key in keys)
        rules = [planned.definition for section in self.sections for planned in section.rules]
        limits = [setting for section in self.sections for found in section.settings.values() for setting in found]
        yield self.say(
            "counted", barriers=len(self.sections), rules=len(rules), limits=len(limits),
            assumed=sum(setting.source is None for setting in limits),
            unverified=sum(rule.unverified is not None for rule in rules),
        )  # fmt: skip

    def _row(self, barrier: Barrier) -> Sequence[str]:
        kinds = ", ".join(kind.title[self.lang] for kind in barrier.kinds)
        concern = CONCERN[barrier.concern][self.lang]
        return [link(barrier, self.lang), concern, str(len(barrier.rules)), on_one_line(kinds)]

    def _matrix(self, plans: Sequence[ResolvedProfile]) -> Iterator[Sequence[str]]:
        for section in self.sections:
            where = {use.plan.profile.id: section.where(use) for use in section.entry.uses}
            cells = [where.get(plan.profile.id, "–") for plan in plans]
            yield [link(section.entry.barrier, self.lang), *cells]

    def _stages(self, plan: ResolvedProfile) -> Iterator[Sequence[str]]:
        for number, stage in enumerate(plan.stages, 1):
            combine = stage.combine
            how = self.say("worst")
            if combine.by is not CombineBy.WORST:
                who = who_says(combine.source, combine.assumption, self.lang)
                how = f"{combine_text(combine, self.lang)}. {who}"
            links = "<br>".join(link(b.definition, self.lang) for b in stage.barriers)
            yield [f"{number}. {on_one_line(stage.title[self.lang])}", MOMENT[stage.moment][self.lang], how, links]
