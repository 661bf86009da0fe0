"""What a page of the catalogue says of a barrier, with everything unverified marked."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel import UNKNOWN, BarrierModel, Concern, LegalForm, Level, Provider, Registry
from barriermodel.plugin import Barrier, Fact, Limit, Months, evidence
from barriermodel.profiles.profile import Dated, RuleChange
from barriermodel.reporting.catalogue import catalogue, catalogue_of
from barriermodel.text import Language
from region import barrier, flag_rules, plugin, profile, stage

BARRIERMODEL_WORDS = {
    "nl": """
        barrier.t.count.title = "Tellen"
        limit.t.count.most.label = "meeste"
        limit.t.count.most.reason = "Een gok: 3 | 4."
        law.formulierenwet_art_2.text = "Formulierenwet art. 2"
        law.telwet_art_1.text = "Telwet art. 1"

        [rule.t.count.many]
        hit = "Het zijn er {count}. De bovengrens is {most}."
        unverified = "Het lid van art. 1."

        [evidence.form]
        title = "Formulier"
        facts = { year = "jaar", count = "aantal" }
        """,
    "en": """
        barrier.t.count.title = "Counting"
        limit.t.count.most.reason = "A guess: 3 | 4."
        limit.t.count.most.label = "most"
        rule.t.count.many.hit = "There are {count}. The upper limit is {most}."

        [evidence.form]
        title = "Form"
        question = "Please send the form of {year}."
        facts = { year = "year", count = "number" }
        """,
}


@evidence("form", burden=15, valid_for=Months(6), one_per="year", basis="formulierenwet_art_2", confidential=True)
class Form:
    """A confidential kind that does not say how long it may be kept."""

    year: Fact[int] = UNKNOWN
    count: Fact[int] = UNKNOWN


def counting() -> Barrier:
    found = Barrier("t.count", concern=Concern.QUALITY)

    @found.condition
    def known(provider: Provider) -> Fact[bool]:
        return provider.legal_form == LegalForm.STICHTING

    @found.signal(level=Level.EXCLUDE, applies=known, basis="telwet_art_1", unverified=True)
    def many(form: Form, *, most: Annotated[int, Limit(assumed=True)] = 12) -> Fact[bool]:
        return form.count > most

    return found


def registry_of(*barriers: Barrier, **offered: Any) -> Registry:
    registry = Registry()
    added = registry.add(plugin(*barriers, **offered), "test-plugin")
    assert added.status.value == "ok", added.message
    return registry


def page_of(found: Barrier, lang: Language = "nl", **region: Any) -> str:
    """The page of a profile with this barrier in one stage."""
    registry = registry_of(found)
    how = {key: region.pop(key) for key in ("by", "weights") if key in region}
    return catalogue_of(
        BarrierModel(profile(stage("all", found.id, **how), **region), registry).resolved, registry, lang
    )


def rows(page: str) -> list[list[str]]:
    """The cells of all tables."""
    lines = [line for line in page.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def row(page: str, start: str) -> list[str]:
    (found,) = [cells for cells in rows(page) if cells[0].startswith(start)]
    return found


def test_a_rule_is_told_with_its_limit_its_evidence_its_level_and_its_law() -> None:
    name, asked, looks_at, level, basis = row(catalogue(registry_of(counting()), "nl"), "`many`")

    assert name == "`many`<br>signaal"
    assert asked.startswith("Het zijn er ‹aantal›. De bovengrens is 12. Uitsluiting kan volgen, na horen en afwegen.")
    assert asked.endswith("<br>Of de regel geldt, hangt af van: rechtsvorm.")
    assert (looks_at, level) == ("Formulier: aantal", "uitsluiting mogelijk")
    assert basis == "Telwet art. 1<br>**⚠ Niet nagegaan:** Het lid van art. 1."


def test_evidence_is_told_with_who_supplies_it_how_long_it_counts_and_that_its_retention_is_not_stated() -> None:
    page = catalogue(registry_of(counting()), "en")

    assert row(page, "Form<br>") == [
        "Form<br>`form`<br>one per year",
        "asked of the provider, 15 minutes<br>“Please send the form of ‹year›.”",
        "6 months",
        "**yes**<br>**⚠ retention not stated**",
        "Formulierenwet art. 2",
    ]


def test_a_limit_is_told_with_its_date_who_set_it_and_a_marked_assumption() -> None:
    page = catalogue(registry_of(counting()), "en")

    assert row(page, "most<br>") == [
        "most<br>`most`", "12", "no first date", "`test-plugin`", "**⚠ Assumption:** A guess: 3 \\| 4.",
    ]  # fmt: skip
    assert "Rules with something that is not verified: 1. Values of limits: 1, of which 1 are assumptions." in page


def test_the_page_names_the_command_that_makes_it() -> None:
    assert "`barriermodel barriers --format markdown --lang nl`" in catalogue(registry_of(counting()), "nl")
    assert "`barriermodel barriers --format markdown --lang en t.count`" in catalogue(
        registry_of(counting()), "en", ["t.count"]
    )
    assert "`barriermodel barriers --format markdown --profile test --lang nl`" in page_of(counting())


DATED = {
    "t.count": {
        "most": (
            Dated(from_=date(2019, 1, 1), value=10, source="https://example.org/tien"),
            Dated(from_=date(2022, 1, 1), value=8, assumption="Krapper."),
        )
    }
}


def test_a_profile_is_told_with_its_own_limits_and_dates() -> None:
    page = page_of(counting(), parameters=DATED)
    limits = [cells[1:] for cells in rows(page) if cells[0].startswith("meeste")]

    assert limits == [
        ["10", "1 januari 2019", "`test`", "<https://example.org/tien>"],
        ["8", "1 januari 2022", "`test`", "**⚠ Aanname:** Krapper."],
    ]
    assert "De bovengrens is ‹meeste›." in row(page, "`many`")[1]


def test_a_profile_with_one_value_has_it_filled_in() -> None:
    fixed = {"t.count": {"most": (Dated(value=7, source="https://example.org/zeven"),)}}

    assert "De bovengrens is 7." in row(page_of(counting(), parameters=fixed), "`many`")[1]


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"by": "count"}, "telt als een signaal"),
        ({"by": "points", "weights": {"t.flags.rule_0": 3}}, "telt voor 3 punten"),
        ({}, "oranje"),
    ],
)
def test_where_a_stage_counts_a_level_is_not_told(how: dict[str, Any], words: str) -> None:
    found, _ = flag_rules("t.flags", Level.ORANGE)
    (name,) = found.rules
    weights = {"weights": {f"t.flags.{name}": 3}} if "weights" in how else {}

    assert row(page_of(found, **(how | weights)), f"`{name}`")[3] == words


def test_what_a_profile_changes_and_leaves_out_is_told_with_the_reason() -> None:
    found, _ = flag_rules("t.flags", Level.ORANGE, Level.RED)
    first, second = found.rules
    change = {
        f"t.flags.{first}": RuleChange(reason="Zwaarder.", level=Level.RED),
        f"t.flags.{second}": RuleChange(reason="Dubbel.", leave_out=True),
    }

    page = page_of(found, rules=change)

    assert row(page, f"`{first}`")[3] == "rood"
    assert f"- Anders in `test`: `{first}` is rood. Zwaarder." in page
    assert f"- Weggelaten in `test`: `{second}`. Dubbel." in page
    assert not [cells for cells in rows(page) if cells[0].startswith(f"`{second}`")]


def test_a_profile_shows_only_what_it_runs_and_names_the_rest() -> None:
    other = barrier("t.other")
    other.signal(level=Level.RED)(flagged)
    registry = registry_of(counting(), other)
    plan = BarrierModel(profile(stage("all", "t.count")), registry).resolved

    page = catalogue_of(plan, registry, "nl")

    assert page.endswith("## Niet in dit profiel\n\n- other (`t.other`)\n")
    assert "other (t.other)" not in page


def flagged(form: Form) -> Fact[bool]:
    return form.count == 0


def test_each_barrier_has_its_phase_in_each_installed_profile(tmp_path: Path) -> None:
    region = tmp_path / "region.toml"
    region.write_text(
        'id = "region"\ntitle = { nl = "Regio", en = "Region" }\nowner = "x"\nstatus = "reconstruction"\n'
        'valid_from = 2019-01-01\n[[stages]]\nid = "a"\ntitle = { nl = "A", en = "B" }\nmoment = "supervision"\n'
        'barriers = ["t.count"]\n[[parameters."t.count".most]]\nfrom = 2020-01-01\nvalue = 4\nassumption = "Regio."\n'
    )
    unused, _ = flag_rules("t.unused", Level.RED)
    page = catalogue(registry_of(counting(), unused, profiles=[region]), "nl")

    phases = [cells for cells in rows(page) if cells[0].startswith("[Tellen")]
    assert phases[1][1:] == ["stap 1, toezicht"]
    assert "Fase: stap 1, toezicht (`region`)" in page
    assert "Fase: in geen geïnstalleerd profiel" in page
    assert [cells[1:4] for cells in rows(page) if cells[0].startswith("meeste")] == [
        ["12", "geen begindatum", "`test-plugin`"],
        ["4", "1 januari 2020", "`region`"],
    ]


# How it is written ------------------------------------------------------------------------------------


@given(words=st.text(min_size=1).filter(lambda words: words.strip() != ""))
def test_no_words_break_a_table_or_make_markup(words: str) -> None:
    safe = words.replace("{", "(").replace("}", ")")
    found = Barrier("t.words", concern=Concern.QUALITY)
    found.signal(level=Level.RED, basis="words", unverified=True)(flagged)
    text = '"' + "".join(f"\\U{ord(letter):08x}" for letter in safe) + '"'
    given = f"""
        barrier.t.words.title = {text}
        law.words.text = {text}
        [rule.t.words.flagged]
        hit = {text}
        unverified = {text}
        """

    with mock.patch.dict(BARRIERMODEL_WORDS, {"nl": given}):
        page = catalogue(registry_of(found), "nl")

    assert {len(cells) for cells in rows(page)} <= {4, 5}
    assert "<script" not in page
    assert len([line for line in page.splitlines() if line.startswith("#")]) == 4
