"""The report that starts with the answer, as text for a terminal and as Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ..rules.levels import Interval, Level
from .explanation import Explanation
from .rendering import COLOURS, Entry, align_columns, escaped
from .sections import SectionWriter

LEVEL_MARK = {Level.GREEN: "●", Level.ORANGE: "▲", Level.RED: "■", Level.EXCLUDE: "◆"}
"""The mark of each level; what it means stands beside it in words."""
MAX_WIDTH = 100
"""Characters of the longest line, on a wider terminal as well."""
NARROW = 96
"""Below this many characters a stage shows signals and open rules only."""


def report_text(found: Explanation, width: int = MAX_WIDTH, colour: bool = False) -> str:
    """Render the report as text.

    Args:
        found: the explanation.
        width: of a line, in characters.
        colour: use ANSI colours, which only repeat a word.

    """
    width = max(40, min(width, MAX_WIDTH))
    return "\n".join(_lines(SectionWriter(found), width, colour)) + "\n"


def _lines(writer: SectionWriter, width: int, colour: bool) -> Iterator[str]:
    found = writer.found
    for line in writer.head(short=width < NARROW):
        yield from textwrap.wrap(line, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    yield ""
    word = writer.say("advice")
    indent = " " * (len(word) + 2)
    yield f"{word}  {_advice(writer, colour)}"
    yield indent + _scale(writer, colour)
    hear = found.advice.at_most > Level.GREEN
    yield indent + writer.say("hear_first" if hear else "person_decides")
    for section in writer.sections():
        yield from ("", section.heading)
        for entry in section.entries:
            yield from _entry(entry, width, colour)
    yield from ("", writer.say("stages"))
    yield from _stages(writer, width, colour)
    yield from ("", writer.say("footer", digest=found.digest[:8]))


def _painted(text: str, level: Level | None, colour: bool) -> str:
    return f"\x1b[{COLOURS[level]}m{text}\x1b[0m" if colour and level is not None else text


def _named(writer: SectionWriter, level: Level, colour: bool) -> str:
    return _painted(f"{LEVEL_MARK[level]} {writer.level(level).upper()}", level, colour)


def _advice(writer: SectionWriter, colour: bool) -> str:
    advice = writer.found.advice
    low, high = _named(writer, advice.at_least, colour), _named(writer, advice.at_most, colour)
    if advice.decided:
        key = "settled_anyway" if writer.found.causes else "settled"
        return f"{low}  ({writer.say(key)})"
    return f"{writer.say('interval', low=low, high=high)}  ({writer.say('not_settled')})"


def _scale(writer: SectionWriter, colour: bool) -> str:
    """All levels on a line, with those that are possible between brackets."""
    advice = writer.found.advice
    before = [writer.level(level) for level in Level if level < advice.at_least]
    within = [_painted(writer.level(level), level, colour) for level in Level if _possible(level, advice)]
    after = [writer.level(level) for level in Level if level > advice.at_most]
    return " · ".join([*before, f"[{'═══'.join(within)}]", *after])


def _possible(level: Level, advice: Interval) -> bool:
    return advice.at_least <= level <= advice.at_most


def _entry(entry: Entry, width: int, colour: bool) -> Iterator[str]:
    mark = entry.mark or (LEVEL_MARK[entry.level] if entry.level is not None else "")
    first, rest = (f"  {mark} ", " " * (len(mark) + 3)) if mark else ("  ", "  ")
    room = width - (len(entry.right) + 2 if entry.right else 0)
    lines = textwrap.wrap(
        entry.text, room, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
    if entry.right:
        lines[0] = f"{lines[0]:<{width - len(entry.right)}}{entry.right}"
    if mark and entry.level is not None and colour:
        lines[0] = lines[0].replace(mark, _painted(mark, entry.level, colour), 1)
    yield from lines
    for detail in entry.details:
        yield from textwrap.wrap(
            detail, width, initial_indent=rest, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
        )


def _stages(writer: SectionWriter, width: int, colour: bool) -> Iterator[str]:
    short = width < NARROW
    rows = []
    for stage in writer.found.stages:
        found = stage.interval
        if found is None:
            words = "–"
        elif found.decided:
            words = f"{LEVEL_MARK[found.at_least]} {writer.level(found.at_least)}"
        else:
            words = f"? {writer.interval(found)}"
        rows.append([f"  {stage.number} {stage.title}", words, writer.counts(stage, short=short)])
    for line, stage in zip(align_columns(rows), writer.found.stages, strict=True):
        level = stage.interval.at_least if stage.interval and stage.interval.decided else None
        mark = LEVEL_MARK[level] if level is not None else ""
        wrapped = textwrap.wrap(line, width, subsequent_indent="    ", break_long_words=False, drop_whitespace=False)
        text = "\n".join(part.rstrip() for part in wrapped)
        yield text.replace(mark, _painted(mark, level, colour), 1) if mark and colour else text


def report_markdown(found: Explanation) -> str:
    """Render the report as Markdown, in the same order; everything from outside is escaped."""
    return "\n".join(_markdown(SectionWriter(found))) + "\n"


def _markdown(writer: SectionWriter) -> Iterator[str]:
    name, *rest = writer.head()
    yield f"# {escaped(name)}"
    yield from ("", "  \n".join(escaped(line) for line in rest))
    yield from ("", f"**{escaped(writer.say('advice'))}: {escaped(_advice(writer, colour=False))}**")
    hear = writer.found.advice.at_most > Level.GREEN
    yield from ("", escaped(writer.say("hear_first" if hear else "person_decides")))
    for section in writer.sections():
        yield from ("", f"## {escaped(section.heading.capitalize())}", "")
        for entry in section.entries:
            mark = LEVEL_MARK[entry.level] if entry.level is not None and not entry.mark else entry.mark
            mark = "" if mark in ("-", "–") or mark.endswith(".") else mark
            start = entry.mark if entry.mark.endswith(".") else "-"
            text = f"{escaped(entry.text)} {escaped(entry.right)}".strip()
            yield f"{start} {mark} {text}".replace("  ", " ")
            yield from (f"  - {escaped(detail)}" for detail in entry.details)
    yield from ("", f"## {escaped(writer.say('stages').capitalize())}", "")
    for stage in writer.found.stages:
        words = writer.interval(stage.interval) if stage.interval else "–"
        yield f"{stage.number}. {escaped(stage.title)}: {words}; {escaped(writer.counts(stage, short=False))}"
    yield from ("", escaped(writer.say("footer", digest=writer.found.digest[:8])))
