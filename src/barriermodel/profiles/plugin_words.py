"""What a plugin's words files must say, and what is missing or wrong in them."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import attrs

from ..domain.facts import fact_fields
from ..domain.kinds import EvidenceKind
from ..objects import brief_repr
from ..rules.barrier import Barrier
from ..rules.expression import Named, walk
from ..rules.rule import Rule
from ..words.lexicon import FIRST_LANGUAGE, WordRef, enum_label
from ..words.templates import Template
from ..words.word_files import words_of
from .plugin_loading import Plugin

RULE_TEXTS = ("topic", "short", "hit", "clear", "look", "rebut")
"""What is said of every rule."""
KIND_TEXTS = ("title", "inline", "question", "why", "how")
"""What is said of every kind of evidence."""
MAX_LENGTHS = {"topic": 35, "short": 45}
"""Characters of the longest text, as it is written."""
_FREE = ("messages", "noun")
"""Keys that the code names only where it uses them."""
_FILLED = frozenset({"hit", "clear", "short"})


@attrs.frozen
class WordsReport:
    """What is missing and wrong in the words of a plugin in one language.

    Args:
        missing: the keys that its definitions need.
        unknown: the keys that nothing of it has.
        wrong: what is wrong, each with its key: a placeholder that the rule does not have, a text that is too long.

    """

    lang: str
    missing: tuple[WordRef, ...]
    unknown: tuple[str, ...]
    wrong: tuple[str, ...]

    __repr__ = brief_repr


def check_words(plugin: Plugin, lang: str) -> WordsReport:
    """Compare the words files of a plugin in one language with what it defines."""
    # a kind or an enumeration of another plugin has its words there
    owners = [b.words.owner for b in plugin.barriers] or [kind.cls.__module__ for kind in plugin.kinds]
    packages = {owner.partition(".")[0] for owner in owners}
    expected = {ref: names for ref, names in expected_words(plugin) if ref.owner.partition(".")[0] in packages}
    missing: list[WordRef] = []
    wrong: list[str] = []
    found: dict[str, set[tuple[str, ...]]] = {}
    for ref, names in expected.items():
        file = words_of(ref.owner, lang)
        if file is None:
            missing.append(ref)
            continue
        if file.origin not in found:
            found[file.origin] = set(_keys(file.texts))
            wrong += [file.fault] if file.fault else []
        value = file.find(ref.key)
        if value is None:
            missing.append(ref)
        else:
            wrong += [f"{'.'.join(ref.key)}: {problem}" for problem in _problems(ref, value, names)]
    known = {ref.key for ref in expected} | {(*ref.key[:-1], "note") for ref in expected if ref.key[0] == "limit"}
    extra = sorted({key for keys in found.values() for key in keys if key not in known and not set(_FREE) & set(key)})
    needed = tuple(ref for ref in missing if ref.key[-1] != "note")
    return WordsReport(lang, needed, tuple(".".join(key) for key in extra), tuple(wrong))


def _problems(ref: WordRef, value: object, names: frozenset[str]) -> Iterator[str]:
    try:
        template = Template.read(value)
    except ValueError as error:
        yield str(error)
        return
    for name in sorted(template.placeholders - names):
        has = ", ".join(sorted(names)) or "no values to show"
        yield f"it names {{{name}}}; there is {has}"
    longest = MAX_LENGTHS.get(ref.key[-1])
    if longest is not None and "{" not in template.written and len(template.written) > longest:
        yield f"it has {len(template.written)} characters; at most {longest} fit"


def _keys(texts: Mapping[str, object], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, value in texts.items():
        if isinstance(value, dict) and "other" not in value:
            yield from _keys(value, (*above, name))
        else:
            yield (*above, name)


# What is expected ---------------------------------------------------------------------------------------


def expected_words(plugin: Plugin) -> Iterator[tuple[WordRef, frozenset[str]]]:
    """Yield every text that the definitions of a plugin need, with the values that it may show."""
    nothing: frozenset[str] = frozenset()
    for barrier in plugin.barriers:
        yield barrier.title, nothing
        for rule in barrier.rules.values():
            yield from _of_rule(rule)
        for derived in barrier.derived_facts.values():
            if derived.id not in barrier.rules and not any(rule.opaque is derived for rule in barrier.rules.values()):
                yield derived.label, nothing
        for spec in barrier.parameters.values():
            yield from ((ref, nothing) for ref in (spec.field.label, spec.assumption) if ref)
    for kind in plugin.kinds:
        yield from _of_kind(kind)
    yield from ((label, nothing) for label in _enum_labels(plugin.barriers, plugin.kinds))


def _of_rule(rule: Rule[...]) -> Iterator[tuple[WordRef, frozenset[str]]]:
    names = frozenset({*rule.named, *rule.signature.parameters})
    for part in RULE_TEXTS:
        yield rule.words / part, names if part in _FILLED else frozenset()
    yield from ((ref, frozenset()) for ref in (rule.basis, rule.unverified) if ref)
    for node in chain.from_iterable(map(walk, rule.nodes)):
        if isinstance(node, Named):
            yield node.label, frozenset()


def _of_kind(kind: EvidenceKind) -> Iterator[tuple[WordRef, frozenset[str]]]:
    fields = fact_fields(kind.cls)
    for part in KIND_TEXTS:
        yield kind.words / part, frozenset(fields) if part == "question" else frozenset()
    yield from ((ref, frozenset()) for ref in (kind.basis, kind.retention) if ref)
    for field in fields.values():
        yield field.label, frozenset()
        if field.many and attrs.has(field.type):
            yield from ((nested.label, frozenset()) for nested in fact_fields(field.type).values())


def _enum_labels(barriers: Iterable[Barrier], kinds: Iterable[EvidenceKind]) -> Iterator[WordRef]:
    """The members of the enumerations that facts and limits of the plugin have; those of the library aside."""
    fields = [field for kind in kinds for field in fact_fields(kind.cls).values()]
    fields += [n for f in fields if f.many and attrs.has(f.type) for n in fact_fields(f.type).values()]
    fields += [spec.field for barrier in barriers for spec in barrier.parameters.values()]
    fields += [derived.field for barrier in barriers for derived in barrier.derived_facts.values()]
    types = dict.fromkeys(f.type for f in fields if issubclass(f.type, enum.Enum))
    return (enum_label(m) for cls in types if not cls.__module__.startswith("barriermodel.") for m in cls)


def skeleton(report: WordsReport) -> str:
    """Write the missing texts as TOML to fill in, each with what is said in Dutch."""
    tables: dict[str, list[str]] = {}
    for ref in report.missing:
        file = words_of(ref.owner, FIRST_LANGUAGE)
        dutch = file.find(ref.key) if file else None
        comment = f"  # {dutch}" if isinstance(dutch, str) and report.lang != FIRST_LANGUAGE else ""
        tables.setdefault(".".join(ref.key[:-1]), []).append(f'{ref.key[-1]} = ""{comment}')
    return "\n".join(f"[{table}]\n" + "".join(f"{line}\n" for line in lines) for table, lines in tables.items())
