"""What a batch found, told to a person or as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from barriermodel import Level
from barriermodel.analysis.columns import called
from barriermodel.analysis.expressions import ENTITIES
from barriermodel.analysis.files import is_stdout
from barriermodel.analysis.profiles import ResolvedProfile
from barriermodel.analysis.reports import LEVEL, WORDS
from barriermodel.analysis.text import Language, grouped

from .reasons import WORDS as MOST_WORDS
from .summary_words import TOLD

if TYPE_CHECKING:
    from .reasons import Reason, Reasons
    from .run import Job
    from .summary import Ends, Summary

EMPTY = ("",) * (len(Level) + 2)
MOST = 10
"""So many rules are told of; JSON has them all."""


def _rows(count: int, lang: Language) -> str:
    word = {"nl": ("rij", "rijen"), "en": ("row", "rows")}[lang][count != 1]
    return f"{grouped(count, lang)} {word}"


def as_text(summary: Summary, plan: ResolvedProfile, job: Job, lang: Language) -> str:
    """The summary as tables for a terminal."""
    title = plan.profile.title[lang]
    lines = [TOLD["rows"][lang].format(rows=_rows(summary.rows, lang), title=title, id=plan.profile.id)]
    lines += [*_settled(summary.advice, lang), ""]
    lines += _advice(summary, plan, lang)
    lines += _rules(summary, lang)
    lines += _silent(summary, lang)
    lines += _lacking(summary, plan, lang)
    lines += _reasons("wrong_with", "row", summary.errors, lang)
    lines += _reasons("reasons", "line", summary.reasons, lang)
    lines += [f"{line}." for line in _notes(summary, plan, job, lang)]
    return "\n".join([*lines, WORDS["person_decides"][lang]]) + "\n"


def _settled(advice: Counter[Ends], lang: Language) -> list[str]:
    if not advice:
        return []
    settled = sum(count for (low, high), count in advice.items() if low is high)
    counts = {"settled": _rows(settled, lang), "unsettled": _rows(advice.total() - settled, lang)}
    return [TOLD["settled"][lang].format(**counts)]


def _advice(summary: Summary, plan: ResolvedProfile, lang: Language) -> list[str]:
    parts = [_crossed(WORDS["advice"][lang], summary.advice, summary.rows, lang)]
    for number, stage in enumerate(plan.stages, 1):
        title = TOLD["stage"][lang].format(number=number, title=stage.title[lang])
        parts.append(_crossed(title, summary.stages[stage.id], summary.rows, lang))
    return _table([row for part in parts for row in [*part, EMPTY]][:-1])


def _crossed(title: str, counts: Counter[Ends], rows: int, lang: Language) -> list[Sequence[str]]:
    """The rows by both ends: a line for each lowest level that there is, a column for each highest."""
    first, *others = (LEVEL[level][lang] for level in Level)
    found: list[Sequence[str]] = [[title, TOLD["at_most"][lang].format(level=first), *others, TOLD["total"][lang]]]
    lows, highs = by_end(counts)
    for low in (level for level in Level if lows[level]):
        cells = ["" if high < low else _count(counts[low, high], lang) for high in Level]
        label = TOLD["at_least"][lang].format(level=LEVEL[low][lang])
        found.append([f"  {label}", *cells, _count(lows[low], lang)])
    if len(lows) > 1:
        total = [*(_count(highs[level], lang) for level in Level), _count(counts.total(), lang)]
        found.append([f"  {TOLD['total'][lang]}", *total])
    if counts.total() < rows:
        unseen = _count(rows - counts.total(), lang)
        found.append([f"  {TOLD['not_examined'][lang]}", *[""] * len(Level), unseen])
    return found


def by_end(counts: Counter[Ends]) -> tuple[Counter[Level], Counter[Level]]:
    """The rows by the lowest level that they can have, and by the highest."""
    lows: Counter[Level] = Counter()
    highs: Counter[Level] = Counter()
    for (low, high), count in counts.items():
        lows[low] += count
        highs[high] += count
    return lows, highs


def by_level(counts: Counter[Ends]) -> tuple[Counter[Level], Counter[Level]]:
    """The rows of which each level is certain, and those that are not decided and can become it at most."""
    certain: Counter[Level] = Counter()
    can: Counter[Level] = Counter()
    for (low, high), count in counts.items():
        (certain if low is high else can)[high] += count
    return certain, can


def _rules(summary: Summary, lang: Language) -> list[str]:
    most = [(id, hits) for id, hits in _ranked(summary.hits) if hits][:MOST]
    if not most:
        return []
    found = [[TOLD["rules"][lang], TOLD["hits"][lang], TOLD["open"][lang]]]
    return _table([*found, *([f"  {id}", _count(n, lang), _count(summary.open[id], lang)] for id, n in most)])


def _silent(summary: Summary, lang: Language) -> list[str]:
    """The rules that never hit, and of which much is not known: that nothing was found says little."""
    silent = [(id, n) for id, n in _ranked(summary.open) if n and not summary.hits[id] and 2 * n >= summary.rows]
    if not silent:
        return []
    found = [[TOLD["silent"][lang], TOLD["open"][lang]], *([f"  {id}", _count(n, lang)] for id, n in silent[:MOST])]
    if len(silent) > MOST:
        found.append([f"  {TOLD['others'][lang].format(count=len(silent) - MOST)}", ""])
    return _table(found)


def _reasons(title: str, place: str, reasons: Reasons, lang: Language) -> list[str]:
    """What is wrong with rows: how often, and where first.

    Args:
        place: what the number of a place counts, ``row`` or ``line``.

    """
    ranked = reasons.ranked()
    if not ranked:
        return []
    told = [f"  {line}" for reason in ranked[:MOST] for line in _reason(reason, place, lang)]
    if len(ranked) > MOST:
        told.append(f"  {TOLD['others'][lang].format(count=len(ranked) - MOST)}")
    return [TOLD[title][lang], *told, ""]


def _reason(reason: Reason, place: str, lang: Language) -> Iterator[str]:
    where = TOLD[place][lang].format(number=reason.place) if isinstance(reason.place, int) else reason.place
    yield TOLD["reason"][lang].format(rows=_rows(reason.rows, lang), place=where, reason=reason.first)
    if len(reason.words) > 1:
        more = ", …" if len(reason.words) == MOST_WORDS else ""
        yield f"  {TOLD['words'][lang]}: {', '.join(reason.words)}{more}"


def _lacking(summary: Summary, plan: ResolvedProfile, lang: Language) -> list[str]:
    lacking = [(source, count) for source, count in _ranked(summary.lacking) if count]
    if not lacking:
        return []
    found = [[TOLD["lacking"][lang], {"nl": "rijen", "en": "rows"}[lang]]]
    return _table([*found, *([f"  {_source(source, plan, lang)}", _count(n, lang)] for source, n in lacking)])


def _source(source: str, plan: ResolvedProfile, lang: Language) -> str:
    title = WORDS[source] if source in ENTITIES else plan.kinds[source].title
    return f"{title[lang]} [{source}]"


def _notes(summary: Summary, plan: ResolvedProfile, job: Job, lang: Language) -> Iterator[str]:
    if summary.again:
        yield TOLD["again"][lang]
        if job.mapping is None:
            yield TOLD["without_map"][lang]
    yield from _stated(summary, plan, lang)
    if summary.totals:
        yield TOLD["totals"][lang].format(rows=_rows(len(summary.totals), lang), row=summary.totals[0])
    for column, count in summary.shortened.items():
        yield TOLD["shortened"][lang].format(column=column, rows=_rows(count, lang))
    if summary.in_thousands:
        yield f"{TOLD['in_thousands'][lang]}: {', '.join(summary.in_thousands)}"
    if summary.missing:
        yield f"{TOLD['missing'][lang]}: {', '.join(summary.missing)}"
    if summary.computed:
        yield f"{TOLD['computed'][lang]}: {', '.join(summary.computed)}"
    if summary.unchecked:
        kinds = ", ".join(_source(kind, plan, lang) for kind in summary.unchecked)
        yield f"{TOLD['unchecked'][lang]}: {kinds}"
    if summary.withheld:
        yield f"{TOLD['withheld'][lang]}: {', '.join(summary.withheld)}"
    if summary.wrong:
        yield TOLD["wrong"][lang].format(rows=_rows(summary.wrong, lang))
    if summary.rejected:
        yield TOLD["rejected"][lang].format(rows=_rows(summary.rejected, lang), file=job.rejects_file)
    yield TOLD["printed" if is_stdout(job.output) else "written"][lang].format(file=job.output)


def _stated(summary: Summary, plan: ResolvedProfile, lang: Language) -> Iterator[str]:
    """What the table itself does not say, and what it says is not there."""
    if summary.header > 1:
        yield TOLD["header"][lang].format(line=summary.header)
    if summary.constants:
        yield f"{TOLD['from_map'][lang]}: {', '.join(called(plan, name)[lang] for name in summary.constants)}"
    for column, count in _ranked(summary.assumed):
        yield TOLD["assumed"][lang].format(rows=_rows(count, lang), column=called(plan, column)[lang])
    for kind, count in _ranked(summary.absent):
        yield TOLD["absent"][lang].format(rows=_rows(count, lang), kind=_source(kind, plan, lang))


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _count(count: int, lang: Language) -> str:
    return grouped(count, lang) if count else "–"


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows with aligned columns, numbers to the right, and an empty line after them."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for first, *others in rows:
        numbers = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        lines.append("  ".join([first.ljust(widths[0]), *numbers]).rstrip())
    return [*lines, ""]


def as_data(summary: Summary, plan: ResolvedProfile, job: Job) -> dict[str, Any]:
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
        "rows": summary.rows, "rejected": summary.rejected, "rows_with_an_error": summary.wrong,
        "profile": {"id": plan.profile.id, "digest": plan.digest}, "as_of": job.as_of and job.as_of.isoformat(),
        "advice": _levels_data(summary.advice), "stages": stages,
        "rules": [{"id": id, "hits": n, "open": summary.open[id]} for id, n in _ranked(summary.hits)],
        "open_evidence": [{"kind": kind, "rows": n} for kind, n in _ranked(summary.lacking) if n],
        "missing_columns": list(summary.missing), "computed_columns": list(summary.computed),
        "freshness_not_checked": list(summary.unchecked), "again": summary.again,
        "errors": _reasons_data(summary.errors, "row"), "reject_reasons": _reasons_data(summary.reasons, "line"),
        "line_with_names": summary.header, "from_map": list(summary.constants), "assumed": dict(summary.assumed),
        "absent": dict(summary.absent),
        "kvk_numbers_of_7_digits": dict(summary.shortened),
        "lines_with_totals": list(summary.totals),
        "in_thousands": list(summary.in_thousands), "withheld": list(summary.withheld), "output": str(job.output),
        "rejects": str(job.rejects_file) if summary.rejected else None,
    }  # fmt: skip


def _reasons_data(reasons: Reasons, place: str) -> list[dict[str, Any]]:
    return [
        {"rows": reason.rows, place: reason.place, "reason": reason.first, "words": reason.words}
        for reason in reasons.ranked()
    ]


def _levels_data(counts: Counter[Ends]) -> dict[str, dict[str, Any]]:
    certain, can = by_level(counts)
    lows, highs = by_end(counts)
    parts = (("certain", certain), ("can_become", can), ("at_least", lows), ("at_most", highs))
    crossed = {low.key: {high.key: counts[low, high] for high in Level if high >= low} for low in Level}
    return {**{name: {level.key: found[level] for level in Level} for name, found in parts}, "crossed": crossed}
