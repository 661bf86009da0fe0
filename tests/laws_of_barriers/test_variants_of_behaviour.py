"""Laws on what a barrier does: faults other than those on their pages, and what only looks like one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from law_pages import installed
from variants import listed, with_derived, with_rule

from barriermodel.testing import LAWS, LawBroken
from examples import by_turns

ITEMS = "items: Sequence[Item[Extract]]"
DOSSIER = (
    "frame = sys._getframe()\n"
    "while frame is not None and 'dossier' not in frame.f_locals:\n"
    "    frame = frame.f_back\n"
    "if frame is None:\n"  # cases are written without one
    "    return extract.active\n"
    "dossier = frame.f_locals['dossier']\n"
)
WORD = 'most: Annotated[str, EXAMPLE] = "x"'

BREAKS: dict[str, list[tuple[str, str, str]]] = {
    "total": [
        ("an empty list", with_derived("return extract.codes[0] == 'a'"), "extract.codes = ()"),
        (
            "the last of all days",
            with_derived(
                "return extract.since.replace(year=extract.since.year + 7801) > as_of",
                inputs="extract: Extract, as_of: AsOf",
            ),
            "extract.since = 2199-12-31",
        ),
        ("a text that is no key", with_derived("return {'a': True}[extract.name]"), "raises KeyError"),
        ("a value of another type", with_derived("return extract.staff or None"), "expected true or false"),
        (
            "an error that is no Exception",
            with_derived("if not extract.staff:\n    raise GeneratorExit('stop')\nreturn True"),
            "its derived fact or opaque rule raises GeneratorExit: stop",
        ),
        (
            "an opaque rule that divides",
            with_rule("return 1 / extract.staff > 2").replace("level=", "opaque=True, level="),
            "voorbeeld.made.rule: its derived fact or opaque rule raises ZeroDivisionError",
        ),
    ],
    "pure": [
        (
            "a number of the provider",
            with_derived(
                "for number in provider.identifiers:\n    object.__setattr__(number, 'value', '99999999')\n"
                "return extract.active",
                inputs="extract: Extract, provider: Provider",
            ),
            'it changes the dossier: "value": "00001003" becomes "value": "99999999"',
        ),
    ],
    "reads_only_what_it_declares": [
        (
            "the provider, behind the library's back",
            with_derived(DOSSIER + "return extract.active and dossier.provider.name == 'voorbeeld'", top="import sys"),
            "provider.name = 'voorbeeld'",
        ),
        (
            "the award, behind the library's back",
            with_derived(DOSSIER + "return extract.active and dossier.award.title is UNKNOWN", top="import sys"),
            "award.title = 'voorbeeld'",
        ),
    ],
    "unknown_never_decides": [
        (
            "evidence as such",
            with_derived("return extract is not None"),
            "it is hit although all that is in the dossier states no fact",
        ),
        (
            "the date of evidence",
            with_derived("return (as_of - items[0].date).days > 20", inputs=f"{ITEMS}, as_of: AsOf"),
            "although all that is in the dossier states no fact",
        ),
        (
            "the date of the dossier",
            with_rule(
                "return as_of > last", inputs="as_of: AsOf, *, last: Annotated[date, EXAMPLE] = date(2020, 1, 1)"
            ),
            "it is hit although there is nothing in the dossier",
        ),
    ],
    "learning_only_narrows": [
        (
            "unknown as no",
            with_derived("return extract.active and object.__getattribute__(extract, 'name') is UNKNOWN"),
            "it is hit, but clear when more becomes known (extract.name)",
        ),
        (
            "unknown in a list",
            with_derived(
                "return extract.active and any(object.__getattribute__(b, 'main') is UNKNOWN for b in extract.branches)"
            ),
            "when more becomes known (extract.branches)",
        ),
    ],
    "order_free": [
        (
            "which item was first",
            with_derived(
                "return items[0].ids[0] if items[0].facts.active else ''",
                inputs=ITEMS,
                type="str",
                hit_if="value == 'x'",
            ),
            "voorbeeld.made.value: it is 'extract', but 'extract-2' with the evidence in the order",
        ),
        (
            "how the dossier lies",
            with_derived(DOSSIER + "return extract.active and dossier.evidence[0].id > 'extract'", top="import sys"),
            "with the evidence in the order",
        ),
    ],
    "respects_as_of": [
        (
            "the newest item that was seen",
            with_derived(
                "SEEN.append(items[-1].date)\nreturn (max(SEEN) - items[-1].facts.since).days",
                inputs=ITEMS,
                type="int",
                hit_if="value > 40",
                top="SEEN = []",
            ),
            "after a later dossier was assessed",
        ),
        (
            "evidence that is yet to come",
            with_derived(DOSSIER + "return extract.active or len(dossier.evidence) > 1", top="import sys"),
            "it is clear, but hit with evidence of a later day",
        ),
    ],
    "frame_equals_dossier": [
        (
            "a list that another function reads",
            with_derived("return first(extract) == 'a'", middle="def first(extract):\n    return extract.codes[:1]"),
            "voorbeeld.made.rule: it is clear, but open in a table",
        ),
        (
            "duplicates among the rows",
            with_derived("SEEN.append(extract.name)\nreturn SEEN.count(extract.name) % 2 == 0", top="SEEN = []"),
            "in a table",
        ),
    ],
    "every_status_reachable": [
        ("never hit", with_derived("return extract.active and not extract.active"), "it is hit"),
        ("never clear", with_derived("return extract.active or not extract.active"), "it is clear"),
        (
            "never open",
            with_rule(
                "return as_of > last", inputs="as_of: AsOf, *, last: Annotated[date, EXAMPLE] = date(2020, 1, 1)"
            ),
            "it is clear or open",
        ),
    ],
}


@pytest.mark.parametrize(("law", "source", "told"), listed(BREAKS))
def test_what_breaks_a_law_is_found(law: str, source: str, told: str, tmp_path: Path) -> None:
    with installed(source, "made", tmp_path) as subject, pytest.raises(LawBroken) as broken:
        LAWS[law].check(subject)

    assert told in str(broken.value)


KEEPS: dict[str, list[tuple[str, str]]] = {
    "total": [("divides where it can", with_derived("return bool(extract.staff) and 1 / extract.staff > 2"))],
    "pure": [("makes new amounts", with_derived("return extract.rent + euro(1) > euro(2)"))],
    "reads_only_what_it_declares": [
        ("a rule on the provider alone", with_rule("return provider.name == 'a'", inputs="provider: Provider")),
        (
            "the award as it says",
            with_derived("return extract.rent > award.value", inputs="extract: Extract, award: Award"),
        ),
    ],
    "unknown_never_decides": [
        ("what is known of the provider alone", with_rule("return provider.name == 'a'", inputs="provider: Provider"))
    ],
    "learning_only_narrows": [
        ("a list that is told without the rest", with_derived("return any(b.main for b in extract.branches)")),
    ],
    "order_free": [
        (
            "all ids, sorted",
            with_derived("return items[0].facts.active and sorted(items[0].ids) > ['b']", inputs=ITEMS),
        ),
    ],
    "respects_as_of": [
        (
            "the age of a document",
            with_derived("return (as_of - items[0].date).days > 20", inputs=f"{ITEMS}, as_of: AsOf"),
        ),
    ],
    "frame_equals_dossier": [
        ("a list of its own", with_derived("return extract.codes[:1] == ('a',)")),
        ("a fact beside a list", with_derived("return extract.rent > euro(1) and extract.name == 'a'")),
        (
            "provider, award and date",
            with_derived(
                "return award.starts_on > as_of and provider.name != extract.name",
                inputs="extract: Extract, provider: Provider, award: Award, as_of: AsOf",
            ),
        ),
        ("all items", with_derived("return all(i.facts.active for i in items)", inputs=ITEMS)),
        ("an opaque rule", with_rule("return extract.staff > 3").replace("level=", "opaque=True, level=")),
    ],
    "every_status_reachable": [
        ("a code of its own", with_derived("return '86.10' in extract.codes")),
        ("codes of its own", with_derived("return CODES.isdisjoint(extract.codes)", top="CODES = {'86.10'}")),
        ("a code of a branch", with_derived("return any(b.code == 'hoofd' for b in extract.branches)")),
    ],
}


@pytest.mark.parametrize(("law", "source"), listed(KEEPS))
def test_what_only_looks_like_it_is_left_alone(law: str, source: str, tmp_path: Path) -> None:
    with installed(source, "made", tmp_path) as subject:
        LAWS[law].check(subject)


ODD = {
    "looks at the provider alone": with_rule("return provider.name == most", inputs="provider: Provider, *, " + WORD),
    "looks at the award alone": with_rule("return award.title == most", inputs="award: Award, *, " + WORD),
    "has an opaque rule": with_rule("return len(extract.codes) > 0").replace("level=", "opaque=True, level="),
    "has a derived fact that remembers": with_derived(
        "return count(extract.codes) > 0",
        top="from functools import lru_cache\n@lru_cache\ndef count(codes):\n    return len(codes)",
    ),
    "has a derived fact that is decorated": with_derived(
        "return extract.active and bool(extract.codes)", top="from functools import lru_cache"
    ).replace("def value(", "@lru_cache\ndef value("),
    "counts the records of a list": with_derived("return sum(b.main for b in extract.branches) > 1"),
    "looks at all items": with_derived("return all(i.facts.active for i in items)", inputs=ITEMS),
}


BY_DAY = ("has an opaque rule", "counts the records of a list", "has a derived fact that remembers")


@pytest.mark.parametrize("how", by_turns(ODD, BY_DAY))
def test_a_barrier_keeps_all_laws_that(how: str, tmp_path: Path) -> None:
    with installed(ODD[how], "made", tmp_path) as subject:
        subject.max_examples = settings().max_examples // 4
        for law in LAWS.values():
            law.check(subject)


@pytest.mark.parametrize("law", LAWS)
def test_a_barrier_without_rules_keeps_no_law(law: str, tmp_path: Path) -> None:
    source = with_rule("return extract.active", middle="def never(**_):\n    return lambda function: function")

    with (
        installed(source.replace("@made.signal", "@never"), "made", tmp_path) as subject,
        pytest.raises(LawBroken, match=r"voorbeeld\.made: it has no rules"),
    ):
        LAWS[law].check(subject)
