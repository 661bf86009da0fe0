"""Cases written from the rules: on each limit and just off it, deciding the advice, always the same."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import attrs
import pytest
import small
from hypothesis import given

import pool
from barriermodel import UNKNOWN, BarrierModel, Interval, Level, Status
from barriermodel.plugin import Fact
from barriermodel.rules import compiler
from barriermodel.testing import (
    case_tests,
    dump_scenarios,
    make_cases,
    read_scenarios,
    run_mutants,
    single_barrier_model,
)
from barriermodel.testing.baseline import baseline_draft
from barriermodel.testing.conditions import conditions
from barriermodel.testing.evaluation_context import EvaluationContext
from barriermodel.testing.scenario import differences
from examples import costly
from region import Answers, Extract, barrier, model, registry

PORTFOLIO = BarrierModel.load("portfolio-scan")
test_a_case_is_what_comes_out = case_tests(PORTFOLIO)
GREEN, ORANGE = (Interval(level, level) for level in (Level.GREEN, Level.ORANGE))
EITHER = Interval(Level.GREEN, Level.ORANGE)


def of_conditions(cases) -> list:
    """The cases that are about a condition of a rule."""
    return [case for case in cases.scenarios if case.rule is not None]


def test_the_cases_of_twenty_rules_notice_nine_of_ten_mutants(screening) -> None:
    cases = make_cases(screening)
    verdict = run_mutants(screening, cases.dossiers)

    assert len(verdict.killed) + len(verdict.survived) > 130
    assert verdict.score >= 0.9, [(mutant.where, mutant.what) for mutant in verdict.survived]
    assert cases.findings == ()


def test_no_condition_has_more_than_four_cases(screening) -> None:
    names = [case.name.en.partition(": ")[0] for case in of_conditions(make_cases(screening))]
    per_atom = Counter(name.rpartition(", ")[0] for name in names)

    assert len(per_atom) == sum(len(conditions(rule)) for rule in EvaluationContext.of(screening).rules())
    assert max(per_atom.values()) <= 4
    assert len(names) == len(set(names))


def test_a_deciding_condition_has_cases_with_different_advice(screening) -> None:
    by_atom: dict[str, list] = {}
    for case in of_conditions(make_cases(screening)):
        by_atom.setdefault(case.name.en.partition(": ")[0].rpartition(", ")[0], []).append(case)

    for cases in by_atom.values():
        assert len({case.expect.advice for case in cases if case.decides}) > 1


@pytest.mark.parametrize("function", small.RULES, ids=lambda function: function.__name__)
def test_each_shape_of_rule_gets_cases_that_hold_every_mistake(function) -> None:
    made = small.with_rule(function)
    cases = make_cases(made)
    verdict = run_mutants(made, cases.dossiers)

    assert cases.findings == ()
    assert {case.decides for case in of_conditions(cases)} == {True}
    assert [(mutant.where, mutant.what) for mutant in verdict.survived] == []


def test_a_limit_is_met_exactly_and_passed_by_one_step() -> None:
    cases = make_cases(small.with_rule(small.high_margin))
    said = [case.name.en.partition(": ")[2] for case in of_conditions(cases)]

    assert said == [
        "margin (10%) is not higher than the limit (10%)",
        "margin (9.99%) is not higher than the limit (10%)",
        "margin (10.01%) is higher than the limit (10%)",
        "margin (unknown) higher than the limit (10%)?",
    ]


# What must come out of them is written by hand: a margin over 10% is orange, and turnover is known of 2024.
OF_ACCOUNTS = {
    "valid until today": GREEN,
    "valid until yesterday": EITHER,
    "of tomorrow": EITHER,
    "of someone else": EITHER,
    "with a newer item": ORANGE,
    "with an older item": GREEN,
    "expired, with an older item": EITHER,
    "with another item of that day": EITHER,
    "with an item of tomorrow": GREEN,
    "with a newer item of someone else": GREEN,
    "without year": EITHER,
    "with a newer item without year": EITHER,
    "with an earlier key, newer": GREEN,
    "with a later key, older": ORANGE,
}


def test_cases_show_which_item_of_evidence_counts() -> None:
    cases = make_cases(small.with_rule(small.high_margin))
    found = {case.name.en.partition(": ")[2]: case.expect.advice for case in cases.selection}

    assert found == OF_ACCOUNTS
    assert cases.scenarios[-len(found) :] == cases.selection


def test_of_what_expires_by_itself_cases_show_the_last_day_and_one_later() -> None:
    def understaffed(extract: Extract) -> Fact[bool]:
        return extract.staff < 3

    cases = make_cases(small.with_rule(understaffed), date(2025, 6, 30))
    found = {case.name.en: case.expect.advice for case in cases.selection}

    assert found["extract: of 2024-12-30"] == GREEN
    assert found["extract: of 2024-12-29"] == EITHER


def test_cases_show_what_a_date_that_cannot_be_makes_of_a_rule() -> None:
    cases = make_cases(small.with_rule(small.before), date(2025, 6, 30))
    found = {case.name.en: case.expect.advice for case in cases.selection if "cannot be" in case.name.en}

    assert found == {
        "answers: with a date that cannot be: day 2200-01-01": EITHER,
        "answers: with a date that cannot be: day 1900-01-01": EITHER,
    }


def test_cases_are_written_when_the_test_runs_and_not_when_it_is_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("barriermodel.testing.pytests.make_cases", lambda *_, **__: pytest.fail("written"))
    test = case_tests("portfolio-scan")

    with pytest.raises(pytest.fail.Exception, match="written"):
        test()


def test_a_failure_shows_the_first_case_in_full_and_the_others_in_a_line_each(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = single_barrier_model("nl.financial_continuity")  # kept for the tests of the barrier, so not to be spoiled
    monkeypatch.setitem(compiler.COMPARISONS, "gt", ">=")
    monkeypatch.setitem(compiler.COMPARISONS, "lt", "<=")

    with pytest.raises(pytest.fail.Exception) as failed:
        case_tests(BarrierModel(alone.profile, alone.registry))()

    lines = str(failed.value).splitlines()
    assert re.fullmatch(r"2 of \d+ cases of nl-financial_continuity come out otherwise than the rules say\.", lines[0])
    assert lines[2].startswith("nl.financial_continuity.large_award, 1, op de grens: ")
    assert lines[3:6] == [
        "advice: expected green; got orange",
        "hits: expected none; got nl.financial_continuity.large_award",
        "What differs from the clear dossier:",
    ]
    assert "ADVIES  ▲ ORANJE  (staat vast)" in lines
    assert lines[-2] == "The others:"
    assert lines[-1].startswith("  nl.financial_continuity.low_solvency, 1, op de grens: ")
    assert lines[-1].endswith("; hits: expected none; got nl.financial_continuity.low_solvency")


def test_a_condition_that_never_decides_is_reported() -> None:
    (finding,) = make_cases(small.with_rule(small.one_is_enough)).findings

    assert finding.rule == "kit.one.one_is_enough"
    assert finding.words.en == (
        "no dossier was found in which the condition on answers.count decides the advice, whether true or false"
    )


def test_a_rule_that_cannot_hit_is_reported() -> None:
    findings = make_cases(small.with_rule(small.never_both)).findings

    assert [finding.rule for finding in findings] == ["kit.one.never_both"] * 2


def test_rules_that_cannot_be_clear_together_are_reported() -> None:
    made = barrier("kit.both")
    made.signal(level=Level.ORANGE)(_flag)
    made.requirement(level=Level.ORANGE)(_flag_too)
    cases = make_cases(model(made))

    assert "no dossier was found in which this rule and all others find nothing" in {f.words.en for f in cases.findings}


def _flag(answers: Answers):
    return answers.flag


def _flag_too(answers: Answers):
    return answers.flag


_flag.__name__, _flag_too.__name__ = "flag", "flag_too"
_flag.__annotations__["return"] = _flag_too.__annotations__["return"] = bool


@pytest.mark.parametrize(
    ("by", "orange", "red", "weights"),
    [
        ("count", 1, 3, None),
        ("count", 2, 2, None),
        ("count", 2, 4, None),
        ("points", 2, 4, {"kit.flags.rule_0": 3, "kit.flags.rule_1": 2, "kit.flags.rule_2": 0}),
    ],
)
def test_a_stage_that_counts_gets_a_case_on_each_threshold(by, orange, red, weights) -> None:
    made = small.counting(by, orange, red, weights)
    cases = make_cases(made)
    verdict = run_mutants(made, cases.dossiers)
    alive = {(mutant.where, mutant.what) for mutant in verdict.survived}

    assert {Level.GREEN, Level.ORANGE, Level.RED} >= {case.expect.advice.at_least for case in cases.scenarios}
    assert not {one for one in alive if one[0] == "counted" and not one[1].startswith("weight")}
    assert not any(case.decides is False for case in cases.scenarios if case.rule != "kit.flags.rule_2")


@pytest.mark.nightly
def test_cases_are_the_same_in_another_process() -> None:
    """Where sets are in another order."""
    script = (
        "from barriermodel.testing import dump_scenarios, make_cases, model_of\n"
        "print(dump_scenarios(make_cases(model_of('portfolio-scan'), about='portfolio-scan')), end='')"
    )
    seed = "1" if os.environ.get("PYTHONHASHSEED") == "0" else "0"
    there = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
    )  # fmt: skip

    assert there.stdout == dump_scenarios(make_cases(PORTFOLIO, about="portfolio-scan"))


def test_what_is_remembered_of_other_drafts_changes_no_status(screening) -> None:
    """Drafts that differ in a fact, in the date of evidence, in further items, and in their own date."""
    for made in (PORTFOLIO, screening):
        drafts = [case.draft for case in (*make_cases(made).scenarios[:8], *make_cases(made).scenarios[::30])]
        clear, long_ago = drafts[0], dict.fromkeys(made.resolved.kinds, date(2001, 1, 1))
        drafts += [attrs.evolve(clear, issued_on=long_ago), attrs.evolve(clear, as_of=date(2035, 1, 1)), clear]
        context = EvaluationContext.of(made)

        for draft in drafts:
            assert context.statuses(draft) == EvaluationContext.of(made).statuses(draft)


def test_cases_that_are_written_can_be_read(tmp_path: Path, screening) -> None:
    for made, about in ((PORTFOLIO, "portfolio-scan"), (screening, "screening.toml")):
        path = tmp_path / "cases.toml"
        cases = make_cases(made, about=about)
        path.write_text(dump_scenarios(cases), encoding="utf-8")
        if about == "screening.toml":
            import screening as module

            (tmp_path / about).write_text(module.PROFILE, encoding="utf-8")
        suite = read_scenarios(path, made.registry)

        assert suite.clear == cases.clear
        assert suite.scenarios == cases.scenarios
        assert [differences(scenario, suite) for scenario in suite.scenarios] == [[]] * len(suite.scenarios)


@costly
@given(pool.profiles())
def test_any_profile_gets_cases_that_hold(profile) -> None:
    """Whatever its rules, derived facts and opaque rules, and however its stages combine."""
    made = BarrierModel(profile, registry(*pool.BARRIERS))
    cases = make_cases(made)
    clear, never = baseline_draft(EvaluationContext.of(made))

    assert [(case.name.en, differences(case, cases)) for case in cases.scenarios if differences(case, cases)] == []
    assert clear == cases.clear
    assert bool(never) == any("find nothing" in finding.words.en for finding in cases.findings)
    if not never:
        statuses = {rule.status for rule in made.assess(clear.dossier(made.resolved.kinds.values())).rules}
        assert statuses <= {Status.CLEAR, Status.NOT_EXAMINED}
        assert cases.scenarios[0].expect.advice == GREEN
    assert {rule for finding in cases.findings for rule in [finding.rule]} <= {r.id for r in pool.RULES}


def test_unknown_is_among_the_cases_of_every_condition() -> None:
    for function in small.RULES:
        cases = make_cases(small.with_rule(function)).scenarios
        unknown = [case for case in cases if ", unknown: " in case.name.en]

        assert unknown
        assert all(not case.expect.advice.decided for case in unknown)
        assert all(len(case.draft.values) < len(cases[0].draft.values) for case in unknown)
        assert UNKNOWN not in {value for case in cases for value in case.draft.values.values()}
