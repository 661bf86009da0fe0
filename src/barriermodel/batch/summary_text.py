"""What a batch found, told to a person or as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from barriermodel import Level
from barriermodel.analysis.columns import column_label
from barriermodel.analysis.expressions import ENTITIES
from barriermodel.analysis.files import is_stdout
from barriermodel.analysis.profiles import ResolvedProfile
from barriermodel.analysis.reports import LEVEL, WORDS
from barriermodel.analysis.text import Language, align_columns, format_integer

from .reasons import MAX_WORDS as MOST_WORDS
from .words import SUMMARY

if TYPE_CHECKING:
    from .reasons import Reason, Reasons
    from .run import BatchJob
    from .summary import LevelRange, Summary

EMPTY = ("",) * (len(Level) + 2)
MAX_LISTED = 10
"""So many rules are told of; JSON has them all."""


def _rows(count: int, lang: Language) -> str:
    word = {"nl": ("rij", "rijen"), "en": ("row", "rows")}[lang][count != 1]
    return f"{format_integer(count, lang)} {word}"


def summary_text(summary: Summary, resolved: ResolvedProfile, job: BatchJob, lang: Language) -> str:
    """The summary as tables for a terminal."""
    title = resolved.profile.title[lang]
    lines = [SUMMARY["rows"][lang].format(rows=_rows(summary.rows, lang), title=title, id=resolved.profile.id)]
    lines += [*_settled(summary.advice, lang), ""]
    lines += _advice(summary, resolved, lang)
    lines += _rules(summary, lang)
    lines += _silent(summary, lang)
    lines += _lacking(summary, resolved, lang)
    lines += _reasons("wrong_with", "row", summary.errors, lang)
    lines += _reasons("reasons", "line", summary.reasons, lang)
    lines += [f"{line}." for line in _notes(summary, resolved, job, lang)]
    return "\n".join([*lines, WORDS["person_decides"][lang]]) + "\n"


def _settled(advice: Counter[LevelRange], lang: Language) -> list[str]:
    if not advice:
        return []
    settled = sum(count for (low, high), count in advice.items() if low is high)
    counts = {"settled": _rows(settled, lang), "unsettled": _rows(advice.total() - settled, lang)}
    return [SUMMARY["settled"][lang].format(**counts)]


def _advice(summary: Summary, resolved: ResolvedProfile, lang: Language) -> list[str]:
    parts = [_crossed(WORDS["advice"][lang], summary.advice, summary.rows, lang)]
    for number, stage in enumerate(resolved.stages, 1):
        title = SUMMARY["stage"][lang].format(number=number, title=stage.stage.title[lang])
        parts.append(_crossed(title, summary.stages[stage.stage.id], summary.rows, lang))
    return _table([row for part in parts for row in [*part, EMPTY]][:-1])


def _crossed(title: str, counts: Counter[LevelRange], rows: int, lang: Language) -> list[Sequence[str]]:
    """The rows by both ends: a line for each lowest level that there is, a column for each highest."""
    first, *others = (LEVEL[level][lang] for level in Level)
    found: list[Sequence[str]] = [
        [title, SUMMARY["at_most"][lang].format(level=first), *others, SUMMARY["total"][lang]]
    ]
    lows, highs = by_end(counts)
    for low in (level for level in Level if lows[level]):
        cells = ["" if high < low else _count(counts[low, high], lang) for high in Level]
        label = SUMMARY["at_least"][lang].format(level=LEVEL[low][lang])
        found.append([f"  {label}", *cells, _count(lows[low], lang)])
    if len(lows) > 1:
        total = [*(_count(highs[level], lang) for level in Level), _count(counts.total(), lang)]
        found.append([f"  {SUMMARY['total'][lang]}", *total])
    if counts.total() < rows:
        unseen = _count(rows - counts.total(), lang)
        found.append([f"  {SUMMARY['not_examined'][lang]}", *[""] * len(Level), unseen])
    return found


def by_end(counts: Counter[LevelRange]) -> tuple[Counter[Level], Counter[Level]]:
    """The rows by the lowest level that they can have, and by the highest."""
    lows: Counter[Level] = Counter()
    highs: Counter[Level] = Counter()
    for (low, high), count in counts.items():
        lows[low] += count
        highs[high] += count
    return lows, highs


def by_level(counts: Counter[LevelRange]) -> tuple[Counter[Level], Counter[Level]]:
    """The rows of which each level is certain, and those that are not decided and can become it at most."""
    certain: Counter[Level] = Counter()
    can: Counter[Level] = Counter()
    for (low, high), count in counts.items():
        (certain if low is high else can)[high] += count
    return certain, can


def _rules(summary: Summary, lang: Language) -> list[str]:
    most = [(id, hits) for id, hits in _ranked(summary.hits) if hits][:MAX_LISTED]
    if not most:
        return []
    found = [[SUMMARY["rules"][lang], SUMMARY["hits"][lang], SUMMARY["open"][lang]]]
    return _table([*found, *([f"  {id}", _count(n, lang), _count(summary.open[id], lang)] for id, n in most)])


def _silent(summary: Summary, lang: Language) -> list[str]:
    """The rules that never hit, and of which much is not known: that nothing was found says little."""
    silent = [(id, n) for id, n in _ranked(summary.open) if n and not summary.hits[id] and 2 * n >= summary.rows]
    if not silent:
        return []
    found = [
        [SUMMARY["silent"][lang], SUMMARY["open"][lang]],
        *([f"  {id}", _count(n, lang)] for id, n in silent[:MAX_LISTED]),
    ]
    if len(silent) > MAX_LISTED:
        found.append([f"  {SUMMARY['others'][lang].format(count=len(silent) - MAX_LISTED)}", ""])
    return _table(found)


def _reasons(title: str, place: str, reasons: Reasons, lang: Language) -> list[str]:
    """What is wrong with rows: how often, and where first.

    Args:
        place: what the number of a place counts, ``row`` or ``line``.

    """
    ranked = reasons.ranked()
    if not ranked:
        return []
    told = [f"  {line}" for reason in ranked[:MAX_LISTED] for line in _reason(reason, place, lang)]
    if len(ranked) > MAX_LISTED:
        told.append(f"  {SUMMARY['others'][lang].format(count=len(ranked) - MAX_LISTED)}")
    return [SUMMARY[title][lang], *told, ""]


def _reason(reason: Reason, place: str, lang: Language) -> Iterator[str]:
    where = SUMMARY[place][lang].format(number=reason.place) if isinstance(reason.place, int) else reason.place
    yield SUMMARY["reason"][lang].format(rows=_rows(reason.rows, lang), place=where, reason=reason.first)
    if len(reason.words) > 1:
        more = ", …" if len(reason.words) == MOST_WORDS else ""
        yield f"  {SUMMARY['words'][lang]}: {', '.join(reason.words)}{more}"


def _lacking(summary: Summary, resolved: ResolvedProfile, lang: Language) -> list[str]:
    lacking = [(source, count) for source, count in _ranked(summary.missing_evidence) if count]
    if not lacking:
        return []
    found = [[SUMMARY["lacking"][lang], {"nl": "rijen", "en": "rows"}[lang]]]
    return _table([*found, *([f"  {_source(source, resolved, lang)}", _count(n, lang)] for source, n in lacking)])


def _source(source: str, resolved: ResolvedProfile, lang: Language) -> str:
    title = WORDS[source] if source in ENTITIES else resolved.kinds[source].title
    return f"{title[lang]} [{source}]"


def _notes(summary: Summary, resolved: ResolvedProfile, job: BatchJob, lang: Language) -> Iterator[str]:
    if summary.reassessed:
        yield SUMMARY["again"][lang]
        if job.mapping is None:
            yield SUMMARY["without_map"][lang]
    yield from _stated(summary, resolved, lang)
    if summary.total_lines:
        yield SUMMARY["totals"][lang].format(rows=_rows(len(summary.total_lines), lang), row=summary.total_lines[0])
    for column, count in summary.shortened_numbers.items():
        yield SUMMARY["shortened"][lang].format(column=column, rows=_rows(count, lang))
    if summary.amounts_in_thousands:
        yield f"{SUMMARY['in_thousands'][lang]}: {', '.join(summary.amounts_in_thousands)}"
    if summary.missing_columns:
        yield f"{SUMMARY['missing'][lang]}: {', '.join(summary.missing_columns)}"
    if summary.computed_columns:
        yield f"{SUMMARY['computed'][lang]}: {', '.join(summary.computed_columns)}"
    if summary.unchecked:
        kinds = ", ".join(_source(kind, resolved, lang) for kind in summary.unchecked)
        yield f"{SUMMARY['unchecked'][lang]}: {kinds}"
    if summary.withheld:
        yield f"{SUMMARY['withheld'][lang]}: {', '.join(summary.withheld)}"
    if summary.rows_with_errors:
        yield SUMMARY["wrong"][lang].format(rows=_rows(summary.rows_with_errors, lang))
    if summary.rejected:
        yield SUMMARY["rejected"][lang].format(rows=_rows(summary.rejected, lang), file=job.rejects_file)
    yield SUMMARY["printed" if is_stdout(job.output) else "written"][lang].format(file=job.output)


def _stated(summary: Summary, resolved: ResolvedProfile, lang: Language) -> Iterator[str]:
    """What the table itself does not say, and what it says is not there."""
    if summary.header > 1:
        yield SUMMARY["header"][lang].format(line=summary.header)
    if summary.constants:
        labels = (column_label(resolved, name)[lang] for name in summary.constants)
        yield f"{SUMMARY['from_map'][lang]}: {', '.join(labels)}"
    for column, count in _ranked(summary.assumed):
        yield SUMMARY["assumed"][lang].format(rows=_rows(count, lang), column=column_label(resolved, column)[lang])
    for kind, count in _ranked(summary.absent):
        yield SUMMARY["absent"][lang].format(rows=_rows(count, lang), kind=_source(kind, resolved, lang))


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _count(count: int, lang: Language) -> str:
    return format_integer(count, lang) if count else "–"


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows with aligned columns, numbers to the right, and an empty line after them."""
    return [*align_columns(rows, right=range(1, len(rows[0]))), ""]


def summary_data(summary: Summary, resolved: ResolvedProfile, job: BatchJob) -> dict[str, Any]:
    """The summary as JSON holds it."""
    stages = [
        {
            "id": id,
            "not_examined": summary.rows - counts.total(),
            **_levels_data(counts),
        }
        for id, counts in summary.stages.items()
    ]
    return {
        "rows": summary.rows, "rejected": summary.rejected, "rows_with_an_error": summary.rows_with_errors,
        "profile": {"id": resolved.profile.id, "digest": resolved.digest}, "as_of": job.as_of and job.as_of.isoformat(),
        "advice": _levels_data(summary.advice), "stages": stages,
        "rules": [{"id": id, "hits": n, "open": summary.open[id]} for id, n in _ranked(summary.hits)],
        "open_evidence": [{"kind": kind, "rows": n} for kind, n in _ranked(summary.missing_evidence) if n],
        "missing_columns": list(summary.missing_columns), "computed_columns": list(summary.computed_columns),
        "freshness_not_checked": list(summary.unchecked), "again": summary.reassessed,
        "errors": _reasons_data(summary.errors, "row"), "reject_reasons": _reasons_data(summary.reasons, "line"),
        "line_with_names": summary.header, "from_map": list(summary.constants), "assumed": dict(summary.assumed),
        "absent": dict(summary.absent),
        "kvk_numbers_of_7_digits": dict(summary.shortened_numbers),
        "lines_with_totals": list(summary.total_lines),
        "in_thousands": list(summary.amounts_in_thousands), "withheld": list(summary.withheld),
        "output": str(job.output),
        "rejects": str(job.rejects_file) if summary.rejected else None,
    }  # fmt: skip


def _reasons_data(reasons: Reasons, place: str) -> list[dict[str, Any]]:
    return [
        {"rows": reason.rows, place: reason.place, "reason": reason.first, "words": reason.words}
        for reason in reasons.ranked()
    ]


def _levels_data(counts: Counter[LevelRange]) -> dict[str, dict[str, Any]]:
    certain, can = by_level(counts)
    lows, highs = by_end(counts)
    parts = (("certain", certain), ("can_become", can), ("at_least", lows), ("at_most", highs))
    crossed = {low.key: {high.key: counts[low, high] for high in Level if high >= low} for low in Level}
    return {**{name: {level.key: found[level] for level in Level} for name, found in parts}, "crossed": crossed}
