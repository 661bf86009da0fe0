"""What the commands that list something print: as text, and as data for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from barriermodel import Registry
from barriermodel.analysis.facts import json_fields, to_json
from barriermodel.analysis.pages import say
from barriermodel.analysis.profiles import CombineBy, Ending, Plugin, ResolvedBarrier, ResolvedProfile, ResolvedStage
from barriermodel.analysis.reports import (
    CONCERN,
    LEVEL,
    MOMENT,
    PROFILE_STATUS,
    WORDS,
    Line,
    LineKind,
    combine_text,
    ending_text,
    profile_changes,
)
from barriermodel.analysis.text import (
    LANGUAGES,
    Language,
    TextOrStr,
    align_columns,
    distinguishing_decimals,
    format_date,
    format_value,
    localized,
)
from barriermodel.plugin import Barrier

from . import words

# Plugins ----------------------------------------------------------------------------------------------


def plugins_text(plugins: Sequence[Plugin]) -> str:
    """Every plugin with its status."""
    if not plugins:
        return f"{words.NO_PLUGINS}\n"
    rows = [[*words.PLUGIN_HEADINGS]]
    rows += [[p.name, p.version or "–", p.status.value, _offers(p)] for p in plugins]
    notes = [f"{p.label} is {p.status.value}: {p.message}\n" for p in plugins if p.message]
    notes += [f"{p.label}: warning: {warning}\n" for p in plugins for warning in p.warnings]
    files = [f"{p.name}: {p.file}\n" for p in plugins if p.file]
    table = "".join(f"{line}\n" for line in align_columns(rows))
    return "\n".join(part for part in (table, "".join(notes), "".join(files)) if part)


def _offers(plugin: Plugin) -> str:
    ids = [*(b.id for b in plugin.barriers), *(f"profile {p.id}" for p in plugin.profiles)]
    ids += [f"reader {r.id}" for r in plugin.readers]
    return ", ".join(ids) or "–"


def plugins_data(plugins: Sequence[Plugin]) -> list[dict[str, Any]]:
    """The same as data."""
    return [
        {
            **json_fields(plugin, "name", "version", "status", "message", "warnings", "file"),
            "barriers": [b.id for b in plugin.barriers], "evidence_kinds": [k.id for k in plugin.kinds],
            "readers": [r.id for r in plugin.readers], "profiles": [p.id for p in plugin.profiles],
        }
        for plugin in plugins
    ]  # fmt: skip


# Profiles ---------------------------------------------------------------------------------------------


def profiles_text(registry: Registry, lang: Language) -> str:
    """The installed profiles, one line each."""
    if not registry.profiles:
        return f"{words.NO_PROFILES}\n"
    rows = [[*words.PROFILE_HEADINGS]]
    rows += [
        [id, str(p.valid_from), plugin.label, f"{p.title[lang]} ({PROFILE_STATUS[p.status][lang]})"]
        for id, (p, plugin) in sorted(registry.profiles.items())
    ]
    return "\n".join(align_columns(rows)) + "\n"


def profiles_lines(registry: Registry, lang: Language) -> Iterator[Line]:
    """The installed profiles as the lines of a page."""
    yield Line(LineKind.TITLE, say(lang, "profiles"))
    for id, (profile, plugin) in sorted(registry.profiles.items()):
        yield Line(LineKind.STAGE, profile.title[lang])
        since = say(lang, "profile", "from", day=format_date(profile.valid_from, lang))
        status = say(lang, "profile", "status", status=PROFILE_STATUS[profile.status][lang])
        yield Line(LineKind.TEXT, f"{id} ({plugin.label}). {since} {status}")


def profiles_data(registry: Registry) -> list[dict[str, Any]]:
    """The same as data."""
    return [
        {
            **json_fields(p, "id", "title", "owner", "status", "valid_from", "valid_until", "extends"),
            "plugin": plugin.name,
        }
        for _, (p, plugin) in sorted(registry.profiles.items())
    ]


def profile_text(resolved: ResolvedProfile, lang: Language) -> str:
    """One profile whole: its stages, limits, sources and changes."""
    return "\n".join(_profile_lines(resolved, lang)) + "\n"


def profile_data(resolved: ResolvedProfile) -> dict[str, Any]:
    """The same as data."""
    profile = resolved.profile
    return {
        **json_fields(profile, "id", "owner", "status", "extends", "valid_from", "valid_until"),
        "digest": resolved.digest, "sources": list(profile.sources),
        "changes": [to_json(change) for change in profile_changes(profile)],
        "watch": [_ending_data(ending) for ending in resolved.endings],
        "stages": [_stage_data(stage) for stage in resolved.stages],
    }  # fmt: skip


def _profile_lines(resolved: ResolvedProfile, lang: Language) -> Iterator[str]:
    profile = resolved.profile
    yield f"{profile.title[lang]} [{profile.id}]"
    yield f"{localized(profile.owner, lang)}; {PROFILE_STATUS[profile.status][lang]}"
    until = f" {format_date(profile.valid_until, lang)}" if profile.valid_until else ""
    yield f"{format_date(profile.valid_from, lang)} –{until}"
    yield from (f"  {source}" for source in profile.sources)
    if changes := profile_changes(profile):
        yield f"{WORDS['extends'][lang].format(base=profile.extends)}:"
        yield from (f"  - {change[lang]}" for change in changes)
    if resolved.endings:
        yield f"{WORDS['watch'][lang]}:"
        yield from (f"  - {format_date(ending.on, lang)}: {ending_text(ending, lang)}" for ending in resolved.endings)
    for number, stage in enumerate(resolved.stages, 1):
        yield ""
        title, moment = stage.title[lang], MOMENT[stage.moment][lang]
        yield f"{number}. {title} ({moment}) [{stage.id}]{_combine_suffix(stage, lang)}"
        for barrier in stage.barriers:
            yield from _resolved_barrier_lines(barrier, lang)


def _ending_data(ending: Ending) -> dict[str, Any]:
    table = ending.table
    return {
        "on": to_json(ending.on), "parameter": f"{table.barrier}.{table.spec.name}", "last_year": ending.last,
        "text": {lang: ending_text(ending, lang) for lang in LANGUAGES},
    }  # fmt: skip


def _source_or_assumption(source: str | None, assumption: TextOrStr | None, lang: Language) -> str:
    return source or f"{WORDS['assumption'][lang]}: {localized(assumption or '', lang)}"


def _combine_suffix(stage: ResolvedStage, lang: Language) -> str:
    combine = stage.combine
    if combine.by is CombineBy.WORST:
        return ""
    given = _source_or_assumption(combine.source, combine.assumption, lang)
    return f": {combine_text(combine, lang)} ({given})"


def _resolved_barrier_lines(resolved: ResolvedBarrier, lang: Language) -> Iterator[str]:
    yield f"   {resolved.title[lang]} [{resolved.id}] ({resolved.plugin.label})"
    for rule in resolved.rules:
        changed = f" ({rule.changed_by}: {localized(rule.reason, lang)})" if rule.reason else ""
        yield f"     - {rule.definition.name}: {LEVEL[rule.level][lang]}{changed}"
    for id, (who, reason) in resolved.left_out.items():
        left_out = WORDS["left_out"][lang].format(who=who, reason=localized(reason, lang))
        yield f"     - {id.rpartition('.')[2]}: {left_out}"
    for name, parameter in resolved.parameters.items():
        for setting in parameter.settings:
            since = f" {format_date(setting.since, lang)}:" if setting.since else ""
            given = _source_or_assumption(setting.source, setting.assumption, lang)
            shown = format_value(setting.value, lang, distinguishing_decimals([setting.value]))
            note = f"; {localized(setting.note, lang)}" if setting.note else ""
            yield f"     - {name} ={since} {shown} ({setting.set_by}; {given}{note})"


def _stage_data(stage: ResolvedStage) -> dict[str, Any]:
    combine = stage.combine_as_data()
    del combine["weights"]
    return {
        "id": stage.id, "moment": stage.moment.value,
        "combine": {**combine, "set_by": stage.combine_set_by},
        "barriers": [
            {
                "id": b.id,
                "rules": [json_fields(r, "id", "level", "weight", "reason", "changed_by") for r in b.rules],
                "parameters": {
                    name: [setting.as_data() for setting in parameter.settings]
                    for name, parameter in b.parameters.items()
                },
            }
            for b in stage.barriers
        ],
    }  # fmt: skip


# Barriers ---------------------------------------------------------------------------------------------


def barriers_text(found: Sequence[tuple[Barrier, Plugin]], lang: Language) -> str:
    """Barriers with their rules, limits and evidence."""
    if not found:
        return f"{words.NO_BARRIERS}\n"
    return "\n".join("\n".join(_barrier_lines(barrier, plugin, lang)) + "\n" for barrier, plugin in found)


def barriers_data(found: Sequence[tuple[Barrier, Plugin]]) -> list[dict[str, Any]]:
    """The same as data."""
    return [_barrier_data(barrier, plugin) for barrier, plugin in found]


def _barrier_lines(barrier: Barrier, plugin: Plugin, lang: Language) -> Iterator[str]:
    yield f"{barrier.title[lang]} [{barrier.id}] ({CONCERN[barrier.concern][lang]}; {plugin.label})"
    for rule in barrier.rules.values():
        opaque = ", opaque" if rule.opaque else ""
        yield f"  {rule.name} ({rule.kind.value}, {LEVEL[rule.level][lang]}{opaque}): {(rule.words / 'hit')[lang]}"
        if rule.basis:
            yield f"      {localized(rule.basis, lang)}"
        if rule.unverified:
            yield f"      {WORDS['unverified'][lang]}: {rule.unverified[lang]}"
    for spec in barrier.parameters.values():
        given = _source_or_assumption(spec.limit.source, spec.assumption, lang)
        yield f"  {spec.name} = {format_value(spec.default, lang, distinguishing_decimals([spec.default]))} ({given})"
    for kind in barrier.kinds:
        secret = ", confidential" if kind.confidential else ""
        yield f"  ← {kind.title[lang]} [{kind.id}] ({kind.supplier.value}, {kind.burden} min{secret})"
        if kind.retention:
            yield f"      {WORDS['retention'][lang].format(kind=kind.title[lang], term=kind.retention[lang])}"


def _barrier_data(barrier: Barrier, plugin: Plugin) -> dict[str, Any]:
    return {
        **json_fields(barrier, "id", "title", "concern"),
        "plugin": json_fields(plugin, "name", "version"),
        "rules": [
            {
                **json_fields(rule, "id", "kind", "level", "basis", "unverified"),
                "opaque": rule.opaque is not None, "text": to_json(rule.words / "hit"),
                "applies": rule.applies.id if rule.applies else None,
            }
            for rule in barrier.rules.values()
        ],
        "parameters": [
            {
                **json_fields(spec, "name", "default"),
                "source": spec.limit.source, "note": to_json(spec.note or None), **json_fields(spec, "assumption"),
            }
            for spec in barrier.parameters.values()
        ],
        "evidence": [
            {
                "kind": kind.id,
                **json_fields(kind, "title", "basis", "supplier", "burden", "confidential", "retention"),
                "valid_for_months": kind.valid_for.count if kind.valid_for else None,
            }
            for kind in barrier.kinds
        ],
    }  # fmt: skip
