"""What the listing commands print, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from barriermodel import Registry
from barriermodel.analysis.expressions import ParameterSpec
from barriermodel.analysis.facts import to_json
from barriermodel.analysis.profiles import CombineBy, Ending, Plugin, ResolvedBarrier, ResolvedProfile, ResolvedStage
from barriermodel.analysis.reports import (
    CONCERN,
    LEVEL,
    MOMENT,
    PROFILE_STATUS,
    WORDS,
    combine_text,
    ending_text,
    profile_changes,
)
from barriermodel.analysis.text import (
    LANGUAGES,
    Language,
    TextOrStr,
    distinguishing_decimals,
    format_date,
    format_value,
    localized,
)
from barriermodel.plugin import Barrier, Rule

from .output import as_json


def _columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows with aligned columns; the last column is as long as it is."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n" for row in rows
    )


# Plugins ----------------------------------------------------------------------------------------------


def plugins_table(plugins: Sequence[Plugin], form: str) -> str:
    """Every plugin with its status."""
    if form == "json":
        return as_json([_plugin(plugin) for plugin in plugins])
    if not plugins:
        return "No plugins are installed; for example: pip install barriermodel-kvk\n"
    rows = [["PLUGIN", "VERSION", "STATUS", "OFFERS"]]
    rows += [[p.name, p.version or "–", p.status.value, _offers(p)] for p in plugins]
    notes = [f"{p.label} is {p.status.value}: {p.message}\n" for p in plugins if p.message]
    notes += [f"{p.label}: warning: {warning}\n" for p in plugins for warning in p.warnings]
    files = [f"{p.name}: {p.file}\n" for p in plugins if p.file]
    return "\n".join(part for part in (_columns(rows), "".join(notes), "".join(files)) if part)


def _offers(plugin: Plugin) -> str:
    ids = [*(b.id for b in plugin.barriers), *(f"profile {p.id}" for p in plugin.profiles)]
    ids += [f"reader {r.id}" for r in plugin.readers]
    return ", ".join(ids) or "–"


def _plugin(plugin: Plugin) -> dict[str, Any]:
    return {
        "name": plugin.name,
        "version": plugin.version,
        "status": plugin.status.value,
        "message": plugin.message,
        "warnings": list(plugin.warnings),
        "file": plugin.file,
        "barriers": [b.id for b in plugin.barriers],
        "evidence_kinds": [k.id for k in plugin.kinds],
        "readers": [r.id for r in plugin.readers],
        "profiles": [p.id for p in plugin.profiles],
    }


# Profiles ---------------------------------------------------------------------------------------------


def profiles_table(registry: Registry, lang: Language, form: str) -> str:
    """The installed profiles, a line each."""
    found = [registry.profiles[id] for id in sorted(registry.profiles)]
    if form == "json":
        return as_json(
            [
                {
                    "id": p.id, "title": to_json(p.title), "owner": to_json(p.owner),
                    "status": p.status.value,
                    "valid_from": to_json(p.valid_from), "valid_until": to_json(p.valid_until),
                    "extends": p.extends, "plugin": plugin.name,
                }
                for p, plugin in found
            ]
        )  # fmt: skip
    rows = [["PROFILE", "FROM", "PLUGIN", "TITLE"]]
    rows += [
        [p.id, str(p.valid_from), plugin.label, f"{p.title[lang]} ({PROFILE_STATUS[p.status][lang]})"]
        for p, plugin in found
    ]
    return _columns(rows) if found else "No profiles are installed; for example: pip install barriermodel-twente\n"


def profile_page(plan: ResolvedProfile, lang: Language, form: str) -> str:
    """One profile whole."""
    profile = plan.profile
    if form == "json":
        return as_json(
            {
                "id": profile.id, "owner": to_json(profile.owner), "status": profile.status.value,
                "extends": profile.extends,
                "valid_from": to_json(profile.valid_from), "valid_until": to_json(profile.valid_until),
                "digest": plan.digest, "sources": list(profile.sources),
                "changes": [to_json(change) for change in profile_changes(profile)],
                "watch": [_ending(ending) for ending in plan.endings],
                "stages": [_stage_data(stage) for stage in plan.stages],
            }
        )  # fmt: skip
    return "\n".join(_profile_lines(plan, lang)) + "\n"


def _profile_lines(plan: ResolvedProfile, lang: Language) -> Iterator[str]:
    profile = plan.profile
    yield f"{profile.title[lang]} [{profile.id}]"
    yield f"{localized(profile.owner, lang)}; {PROFILE_STATUS[profile.status][lang]}"
    until = f" – {profile.valid_until}" if profile.valid_until else " –"
    yield f"{profile.valid_from}{until}"
    yield from (f"  {source}" for source in profile.sources)
    if changes := profile_changes(profile):
        yield f"{WORDS['extends'][lang].format(base=profile.extends)}:"
        yield from (f"  - {change[lang]}" for change in changes)
    if plan.endings:
        yield f"{WORDS['watch'][lang]}:"
        yield from (f"  - {format_date(ending.on, lang)}: {ending_text(ending, lang)}" for ending in plan.endings)
    for number, stage in enumerate(plan.stages, 1):
        yield ""
        title, moment = stage.title[lang], MOMENT[stage.moment][lang]
        yield f"{number}. {title} ({moment}) [{stage.id}]{_combined(stage, lang)}"
        for planned in stage.barriers:
            yield from _planned_lines(planned, lang)


def _ending(ending: Ending) -> dict[str, Any]:
    table = ending.table
    return {
        "on": to_json(ending.on), "parameter": table.id, "last_year": ending.last,
        "text": {lang: ending_text(ending, lang) for lang in LANGUAGES},
    }  # fmt: skip


def _who(source: str | None, assumption: TextOrStr | None, lang: Language) -> str:
    return source or f"{WORDS['assumption'][lang]}: {localized(assumption or '', lang)}"


def _combined(stage: ResolvedStage, lang: Language) -> str:
    combine = stage.combine
    if combine.by is CombineBy.WORST:
        return ""
    who = _who(combine.source, combine.assumption, lang)
    return f": {combine_text(combine, lang)} ({who})"


def _planned_lines(planned: ResolvedBarrier, lang: Language) -> Iterator[str]:
    yield f"   {planned.title[lang]} [{planned.id}] ({planned.plugin.label})"
    for rule in planned.rules:
        changed = f" ({rule.changed_by}: {localized(rule.reason, lang)})" if rule.reason else ""
        yield f"     - {rule.definition.name}: {LEVEL[rule.level][lang]}{changed}"
    for id, (who, reason) in planned.left_out.items():
        left_out = WORDS["left_out"][lang].format(who=who, reason=localized(reason, lang))
        yield f"     - {id.rpartition('.')[2]}: {left_out}"
    for name, parameter in planned.parameters.items():
        for setting in parameter.settings:
            since = f" {setting.since}:" if setting.since else ""
            who = _who(setting.source, setting.assumption, lang)
            shown = format_value(setting.value, lang, distinguishing_decimals([setting.value]))
            note = f"; {localized(setting.note, lang)}" if setting.note else ""
            yield f"     - {name} ={since} {shown} ({setting.set_by}; {who}{note})"


def _stage_data(stage: ResolvedStage) -> dict[str, Any]:
    combine = {key: value for key, value in stage.combine_as_data().items() if key != "weights"}
    return {
        "id": stage.id,
        "moment": stage.moment.value,
        "combine": {**combine, "set_by": stage.combine_set_by},
        "barriers": [
            {
                "id": b.id,
                "rules": [
                    {
                        "id": r.id, "level": r.level.key, "weight": r.weight, "reason": to_json(r.reason),
                        "changed_by": r.changed_by,
                    }
                    for r in b.rules
                ],
                "parameters": {
                    name: [setting.as_data() for setting in parameter.settings]
                    for name, parameter in b.parameters.items()
                },
            }
            for b in stage.barriers
        ],
    }  # fmt: skip


# Barriers ---------------------------------------------------------------------------------------------


def barriers_table(found: Iterable[tuple[Barrier, Plugin]], lang: Language, form: str) -> str:
    """Barriers with their rules, limits and evidence."""
    pairs = list(found)
    if form == "json":
        return as_json([_barrier_data(barrier, plugin) for barrier, plugin in pairs])
    if not pairs:
        return "No barriers are installed; for example: pip install barriermodel-kvk\n"
    return "\n".join("\n".join(_barrier_lines(barrier, plugin, lang)) + "\n" for barrier, plugin in pairs)


def _barrier_lines(barrier: Barrier, plugin: Plugin, lang: Language) -> Iterator[str]:
    yield f"{barrier.title[lang]} [{barrier.id}] ({CONCERN[barrier.concern][lang]}; {plugin.label})"
    for rule in barrier.rules.values():
        opaque = ", opaque" if rule.opaque else ""
        yield f"  {rule.name} ({rule.kind.value}, {LEVEL[rule.level][lang]}{opaque}): {rule.text[lang]}"
        if rule.basis:
            yield f"      {localized(rule.basis, lang)}"
        if rule.unverified:
            yield f"      {WORDS['unverified'][lang]}: {rule.unverified[lang]}"
    for spec in barrier.parameters.values():
        who = _who(spec.limit.source, spec.limit.assumption, lang)
        yield f"  {spec.name} = {format_value(spec.default, lang, distinguishing_decimals([spec.default]))} ({who})"
    for kind in barrier.kinds:
        secret = ", confidential" if kind.confidential else ""
        yield f"  ← {kind.title[lang]} [{kind.id}] ({kind.supplier.value}, {kind.burden} min{secret})"
        if kind.retention:
            yield f"      {WORDS['retention'][lang].format(kind=kind.title[lang], term=kind.retention[lang])}"


def _barrier_data(barrier: Barrier, plugin: Plugin) -> dict[str, Any]:
    return {
        "id": barrier.id,
        "title": to_json(barrier.title),
        "concern": barrier.concern.value,
        "plugin": {"name": plugin.name, "version": plugin.version},
        "rules": [_rule_data(rule) for rule in barrier.rules.values()],
        "parameters": [_spec_data(spec) for spec in barrier.parameters.values()],
        "evidence": [
            {
                "kind": kind.id, "title": to_json(kind.title), "basis": to_json(kind.basis),
                "supplier": kind.supplier.value, "burden": kind.burden, "confidential": kind.confidential,
                "retention": to_json(kind.retention),
                "valid_for_months": kind.valid_for.count if kind.valid_for else None,
            }
            for kind in barrier.kinds
        ],
    }  # fmt: skip


def _rule_data(rule: Rule[...]) -> dict[str, Any]:
    return {
        "id": rule.id, "kind": rule.kind.value, "level": rule.level.key, "basis": to_json(rule.basis),
        "unverified": to_json(rule.unverified), "opaque": rule.opaque is not None, "text": to_json(rule.text),
        "applies": rule.applies.id if rule.applies else None,
    }  # fmt: skip


def _spec_data(spec: ParameterSpec) -> dict[str, Any]:
    return {
        "name": spec.name, "default": to_json(spec.default), "source": spec.limit.source,
        "note": to_json(spec.limit.note),
        "assumption": to_json(spec.limit.assumption),
    }  # fmt: skip
