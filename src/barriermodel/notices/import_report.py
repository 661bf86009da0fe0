"""The report of an import: the file names of its dossiers, and what was read, left out and left unknown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from barriermodel import InputError
from barriermodel.analysis.facts import fact_fields, to_json
from barriermodel.analysis.reading import provider_as_data
from barriermodel.analysis.reports import fill
from barriermodel.analysis.text import LANGUAGES, Language, said, slug
from barriermodel.plugin import Award

from .assemble import Import, ImportedAward, position
from .notice import LeftOut

SCHEMA: Final = "barriermodel/import/1"
_PLACE: Final = re.compile(r"\[[0-9]+\]$")
"""The suffix that tells several notices in one file apart."""
_MAX_EXAMPLES: Final = 3
"""Examples shown for each reason; the report in JSON has all of them."""


def file_names(awards: Sequence[ImportedAward]) -> list[str]:
    """Choose a readable file name for each dossier; the same notices give the same names."""
    taken: Counter[str] = Counter()
    names: dict[int, str] = {}
    for place in sorted(range(len(awards)), key=lambda place: position(awards[place].notice, awards[place].row)):
        name = _readable_name(awards[place])
        while name in taken:
            taken[name] += 1
            name = f"{name}-{taken[name]}"
        taken[name] = 1
        names[place] = f"{name}.json"
    return [names[place] for place in range(len(awards))]


def _readable_name(one: ImportedAward) -> str:
    kvk = [i.value for i in one.provider.identifiers if i.scheme in ("NL-KVK", "NL-RSIN")][:1]
    lot = f"lot-{slug(one.row.lot, 24).removeprefix('lot-')}" if one.row.lot else slug(f"award {one.row.item}", 30)
    parts = [slug(one.notice.number, 48), lot, slug(str(one.provider.name), 40), *kvk]
    return "-".join(part for part in parts if part)


def as_data(
    found: Import, names: Sequence[str], files: int, problems: Sequence[InputError], as_of: date
) -> dict[str, Any]:
    """Convert the report of an import to JSON data.

    Args:
        found: what was imported.
        names: the files of the dossiers, in the order of ``found.awards``.
        files: how many files were given.
        problems: the errors of those that could not be read, or not completely.
        as_of: the reference date of the dossiers.

    """
    return {
        "schema": SCHEMA,
        "as_of": as_of.isoformat(),
        "counts": {
            "files": files,
            "files_not_read": len({_PLACE.sub("", problem.where) for problem in problems}),
            "notices": found.notices,
            "awards": len({(one.notice.where, one.notice.number, one.row.lot, one.row.item) for one in found.awards}),
            "suppliers": len(found.providers),
            "dossiers": len(found.awards),
            "left_out": len(found.left_out),
        },
        "dossiers": [_one(one, name) for one, name in zip(found.awards, names, strict=True)],
        "left_out": [_left_out(item) for item in found.left_out],
        "not_read": [str(problem) for problem in problems],
    }


def _one(one: ImportedAward, name: str) -> dict[str, Any]:
    notice, row = one.notice, one.row
    codes = {"procedure": notice.procedure_code, **dict(row.codes)}
    return {
        "file": name,
        "source": notice.where,
        "form": notice.form,
        "notice": notice.number,
        "lot": row.lot,
        "award": row.item,
        "authorities": list(notice.authorities),
        "title": notice.title,
        "lot_title": row.lot_title,
        "value": f"{row.value.text} {row.value.currency}".strip(),
        "codes": {key: code for key, code in codes.items() if code},
        "provider": provider_as_data(one.provider),
        "spellings": list(one.spellings),
        "unknown": [
            {"fact": gap.fact, "reason": gap.reason, "said": gap.detail, "text": _told("unknown", gap.reason)}
            for gap in one.unknown
        ],
        "stated": {fact: to_json(getattr(one.award, fact)) for fact in one.stated},
        "notes": [{"note": note.code, "said": note.detail, "text": _told("note", note.code)} for note in one.notes],
    }


def _left_out(item: LeftOut) -> dict[str, Any]:
    return {
        "source": item.where, "notice": item.notice, "lot": item.lot, "reason": item.reason, "said": item.detail,
        "text": _told("left_out", item.reason),
    }  # fmt: skip


def _told(group: str, code: str) -> dict[Language, str]:
    """Why something was left out or is unknown, or what is worth knowing, in both languages."""
    return {lang: _say(lang, group, code) for lang in LANGUAGES}


def _say(lang: Language, *key: str, **values: object) -> str:
    return fill(said("notices", *key), lang, **values)


def as_text(data: dict[str, Any], folder: str, lang: Language) -> str:
    """Write the report for a person: what was read, left out and left unknown, counted by reason."""
    counts = data["counts"]
    numbers = {**counts, "read": counts["files"] - counts["files_not_read"], "folder": folder}
    text = [_say(lang, key, **numbers) for key in ("read", "written")]
    for key, lines_of in _PARTS.items():
        lines = list(lines_of(data, lang))
        text += ["", f"{_say(lang, 'heading', key)}:", *lines] if lines else []
    return "\n".join(text) + "\n"


def _left_out_lines(data: dict[str, Any], lang: Language) -> Iterator[str]:
    word = _say(lang, "lot")
    found: dict[str, list[str]] = {}
    for item in data["left_out"]:
        place = f"{item['notice'] or item['source']}{f' {word} ' + item['lot'] if item['lot'] else ''}"
        found.setdefault(item["reason"], []).append(f"{place} ({item['said']})" if item["said"] else place)
    return (_line(len(places), _say(lang, "left_out", reason), places) for reason, places in _most_frequent(found))


def _unknown_lines(data: dict[str, Any], lang: Language) -> Iterator[str]:
    found: dict[tuple[str, str], list[str]] = {}
    for one in data["dossiers"]:
        for gap in one["unknown"]:
            found.setdefault((gap["fact"], gap["reason"]), []).append(gap["said"])
    for (fact, reason), details in _most_frequent(found):
        words = f"{fact_fields(Award)[fact].label[lang]}: {_say(lang, 'unknown', reason)}"
        yield _line(len(details), words, dict.fromkeys(filter(None, details)))


def _stated_lines(data: dict[str, Any], lang: Language) -> Iterator[str]:
    found = Counter(item for one in data["dossiers"] for item in one["stated"].items())
    return (_line(count, fact_fields(Award)[fact].label[lang], [value]) for (fact, value), count in found.items())


def _note_lines(data: dict[str, Any], lang: Language) -> Iterator[str]:
    found: dict[str, list[str]] = {}
    for one in data["dossiers"]:
        for note in one["notes"]:
            found.setdefault(note["note"], []).append(note["said"])
    for code, details in _most_frequent(found):
        yield _line(len(details), _say(lang, "note", code), dict.fromkeys(filter(None, details)))


_PARTS: Final = {
    "left_out": _left_out_lines, "unknown": _unknown_lines, "stated": _stated_lines, "notes": _note_lines,
}  # fmt: skip


def _most_frequent(found: dict[Any, list[str]]) -> list[tuple[Any, list[str]]]:
    return sorted(found.items(), key=lambda item: -len(item[1]))


def _line(count: int, words: str, examples: Iterable[str]) -> str:
    shown = list(examples)
    more = "; …" if len(shown) > _MAX_EXAMPLES else ""
    return f"  {count:>4}  {words}" + (f": {'; '.join(shown[:_MAX_EXAMPLES])}{more}" if shown else "")
