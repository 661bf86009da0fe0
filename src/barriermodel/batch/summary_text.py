"""The summary of a batch, as text for a person and as data for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from barriermodel import Level
from barriermodel.analysis.columns import profile_columns
from barriermodel.analysis.expressions import ENTITIES
from barriermodel.analysis.files import is_stdout
from barriermodel.analysis.profiles import ResolvedProfile
from barriermodel.analysis.reports import LEVEL, WORDS
from barriermodel.analysis.text import Language, align_columns, format_integer

from .rejects import MAX_WORDS
from .words import ROW, ROWS, SUMMARY

if TYPE_CHECKING:
    from .rejects import Reason, Reasons
    from .run import BatchJob
    from .summary import LevelRange, Summary

MAX_LISTED = 10
"""The number of rules and reasons that the text lists; JSON has all of them."""


def summary_text(summary: Summary, resolved: ResolvedProfile, job: BatchJob, lang: Language) -> str:
    """The summary as tables for a terminal."""
    title = resolved.profile.title[lang]
    lines = [_say("rows", lang, rows=_rows(summary.rows, lang), title=title, id=resolved.profile.id)]
    if summary.advice:
        settled = sum(count for (low, high), count in summary.advice.items() if low is high)
        unsettled = summary.advice.total() - settled
        lines.append(_say("settled", lang, settled=_rows(settled, lang), unsettled=_rows(unsettled, lang)))
    lines += ["", *_levels(summary, resolved, lang), *_rules(summary, lang), *_silent_rules(summary, lang)]
    lines += _missing_evidence(summary, resolved, lang)
    lines += _reasons("wrong_with", "row", summary.errors, lang)
    lines += _reasons("reasons", "line", summary.reasons, lang)
    lines += [f"{note}." for note in _notes(summary, resolved, job, lang)]
    return "\n".join([*lines, WORDS["person_decides"][lang]]) + "\n"


def _say(key: str, lang: Language, **values: object) -> str:
    return SUMMARY[key][lang].format(**values)


def _rows(count: int, lang: Language) -> str:
    return f"{format_integer(count, lang)} {(ROW if count == 1 else ROWS)[lang]}"


def _count(count: int, lang: Language) -> str:
    return format_integer(count, lang) if count else "–"


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows with aligned columns, numbers to the right, and an empty line below them."""
    return [*align_columns(rows, right=range(1, len(rows[0]))), ""]


# Tables -----------------------------------------------------------------------------------------------


def _levels(summary: Summary, resolved: ResolvedProfile, lang: Language) -> list[str]:
    parts = [_levels_of(WORDS["advice"][lang], summary.advice, summary.rows, lang)]
    for number, stage in enumerate(resolved.stages, 1):
        title = _say("stage", lang, number=number, title=stage.title[lang])
        parts.append(_levels_of(title, summary.stages[stage.id], summary.rows, lang))
    empty = [""] * len(parts[0][0])
    return _table([row for part in parts for row in [*part, empty]][:-1])


def _levels_of(title: str, counts: Counter[LevelRange], rows: int, lang: Language) -> list[list[str]]:
    """The rows by level: a line for each lowest level that occurs, a column for each highest."""
    first, *others = (LEVEL[level][lang] for level in Level)
    found = [[title, _say("at_most", lang, level=first), *others, _say("total", lang)]]
    lows, highs = by_end(counts)
    for low in (level for level in Level if lows[level]):
        cells = ["" if high < low else _count(counts[low, high], lang) for high in Level]
        found.append([f"  {_say('at_least', lang, level=LEVEL[low][lang])}", *cells, _count(lows[low], lang)])
    if len(lows) > 1:
        totals = [_count(highs[level], lang) for level in Level]
        found.append([f"  {_say('total', lang)}", *totals, _count(counts.total(), lang)])
    if counts.total() < rows:
        unseen = _count(rows - counts.total(), lang)
        found.append([f"  {_say('not_examined', lang)}", *[""] * len(Level), unseen])
    return found


def by_end(counts: Counter[LevelRange]) -> tuple[Counter[Level], Counter[Level]]:
    """The rows by their lowest level, and by their highest."""
    lows: Counter[Level] = Counter()
    highs: Counter[Level] = Counter()
    for (low, high), count in counts.items():
        lows[low] += count
        highs[high] += count
    return lows, highs


def by_level(counts: Counter[LevelRange]) -> tuple[Counter[Level], Counter[Level]]:
    """The rows whose level is certain, by level; and the others, by the highest level that they can have."""
    certain: Counter[Level] = Counter()
    can_become: Counter[Level] = Counter()
    for (low, high), count in counts.items():
        (certain if low is high else can_become)[high] += count
    return certain, can_become


def _rules(summary: Summary, lang: Language) -> list[str]:
    most = [(id, hits) for id, hits in _ranked(summary.hits) if hits][:MAX_LISTED]
    if not most:
        return []
    rows = [[f"  {id}", _count(hits, lang), _count(summary.open[id], lang)] for id, hits in most]
    return _table([[_say("rules", lang), _say("hits", lang), _say("open", lang)], *rows])


def _silent_rules(summary: Summary, lang: Language) -> list[str]:
    """The rules that never hit and are open in most rows: that they found nothing says little."""
    silent = [(id, n) for id, n in _ranked(summary.open) if n and not summary.hits[id] and 2 * n >= summary.rows]
    if not silent:
        return []
    rows = [[f"  {id}", _count(n, lang)] for id, n in silent[:MAX_LISTED]]
    if len(silent) > MAX_LISTED:
        rows.append([f"  {_say('others', lang, count=len(silent) - MAX_LISTED)}", ""])
    return _table([[_say("silent", lang), _say("open", lang)], *rows])


def _missing_evidence(summary: Summary, resolved: ResolvedProfile, lang: Language) -> list[str]:
    missing = [(source, count) for source, count in _ranked(summary.missing_evidence) if count]
    if not missing:
        return []
    rows = [[f"  {_source(source, resolved, lang)}", _count(count, lang)] for source, count in missing]
    return _table([[_say("lacking", lang), ROWS[lang]], *rows])


def _reasons(title: str, place: str, reasons: Reasons, lang: Language) -> list[str]:
    """What is wrong with rows: how often, and where first.

    Args:
        place: what the number of a place counts, ``row`` or ``line``.

    """
    ranked = reasons.ranked()
    if not ranked:
        return []
    lines = [f"  {line}" for reason in ranked[:MAX_LISTED] for line in _reason(reason, place, lang)]
    if len(ranked) > MAX_LISTED:
        lines.append(f"  {_say('others', lang, count=len(ranked) - MAX_LISTED)}")
    return [_say(title, lang), *lines, ""]


def _reason(reason: Reason, place: str, lang: Language) -> Iterator[str]:
    where = _say(place, lang, number=reason.place) if isinstance(reason.place, int) else reason.place
    yield _say("reason", lang, rows=_rows(reason.rows, lang), place=where, reason=reason.first)
    if len(reason.words) > 1:
        more = ", …" if len(reason.words) == MAX_WORDS else ""
        yield f"  {_say('words', lang)}: {', '.join(reason.words)}{more}"


# Notes ------------------------------------------------------------------------------------------------


def _notes(summary: Summary, resolved: ResolvedProfile, job: BatchJob, lang: Language) -> Iterator[str]:
    if summary.reassessed:
        yield _say("again", lang)
        if job.mapping is None:
            yield _say("without_map", lang)
    yield from _notes_on_input(summary, resolved, lang)
    if summary.total_lines:
        yield _say("totals", lang, rows=_rows(len(summary.total_lines), lang), row=summary.total_lines[0])
    for column, count in summary.shortened_numbers.items():
        yield _say("shortened", lang, column=column, rows=_rows(count, lang))
    unchecked = [_source(kind, resolved, lang) for kind in summary.unchecked]
    lists: dict[str, Iterable[str]] = {
        "in_thousands": summary.amounts_in_thousands, "missing": summary.missing_columns,
        "computed": summary.computed_columns, "unchecked": unchecked, "withheld": summary.withheld,
    }  # fmt: skip
    yield from (f"{_say(key, lang)}: {', '.join(names)}" for key, names in lists.items() if names)
    if summary.rows_with_errors:
        yield _say("wrong", lang, rows=_rows(summary.rows_with_errors, lang))
    if summary.rejected:
        yield _say("rejected", lang, rows=_rows(summary.rejected, lang), file=job.rejects_file)
    yield _say("printed" if is_stdout(job.output) else "written", lang, file=job.output)


def _notes_on_input(summary: Summary, resolved: ResolvedProfile, lang: Language) -> Iterator[str]:
    """What the map states or assumes, and what the table states to be absent."""
    if summary.header > 1:
        yield _say("header", lang, line=summary.header)
    columns = profile_columns(resolved)
    if summary.constants:
        yield f"{_say('from_map', lang)}: {', '.join(columns.label(name)[lang] for name in summary.constants)}"
    for column, count in _ranked(summary.assumed):
        yield _say("assumed", lang, rows=_rows(count, lang), column=columns.label(column)[lang])
    for kind, count in _ranked(summary.absent):
        yield _say("absent", lang, rows=_rows(count, lang), kind=_source(kind, resolved, lang))


def _source(source: str, resolved: ResolvedProfile, lang: Language) -> str:
    title = WORDS[source] if source in ENTITIES else resolved.kinds[source].title
    return f"{title[lang]} [{source}]"


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


# Data -------------------------------------------------------------------------------------------------


def summary_data(summary: Summary, resolved: ResolvedProfile, job: BatchJob) -> dict[str, Any]:
    """The summary as data for JSON."""
    return {
        "rows": summary.rows, "rejected": summary.rejected, "rows_with_an_error": summary.rows_with_errors,
        "profile": {"id": resolved.profile.id, "digest": resolved.digest},
        "as_of": job.as_of and job.as_of.isoformat(),
        "advice": _levels_data(summary.advice),
        "stages": [
            {"id": id, "not_examined": summary.rows - counts.total(), **_levels_data(counts)}
            for id, counts in summary.stages.items()
        ],
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
    certain, can_become = by_level(counts)
    lows, highs = by_end(counts)
    parts = {"certain": certain, "can_become": can_become, "at_least": lows, "at_most": highs}
    crossed = {low.key: {high.key: counts[low, high] for high in Level if high >= low} for low in Level}
    return {**{name: {level.key: found[level] for level in Level} for name, found in parts.items()}, "crossed": crossed}
