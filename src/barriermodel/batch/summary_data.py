"""The summary of a batch as data for JSON."""

from __future__ import annotations

from collections import Counter
from typing import Any

from barriermodel import Level
from barriermodel.analysis.profiles import ResolvedProfile

from .job import BatchJob
from .rejects import Reasons
from .summary import LevelRange, Summary
from .summary_writer import ranked


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
        "rules": [{"id": id, "hits": n, "open": summary.open[id]} for id, n in ranked(summary.hits)],
        "open_evidence": [{"kind": kind, "rows": n} for kind, n in ranked(summary.missing_evidence) if n],
        "evidence_for_advice": [{"kind": kind, "rows": n} for kind, n in ranked(summary.wanted) if n],
        "rows_to_ask": summary.to_ask,
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
