"""Scenarios: a sentence, the facts that differ from a clear dossier, what is expected; and what a failure says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from barriermodel import InputError, Interval, Level, Registry
from barriermodel.testing import Expected, read_scenarios, scenario_tests
from barriermodel.testing.scenario import differences, failure_message

SECOND = '{ kind = "kvk_extract", id = "a", issued_on = 2025-12-31, facts = { active = true, people_working = 0 } }'
REGISTRY = Registry.discover()
HEAD = 'barrier = "nl.kvk"\nas_of = 2026-01-01\n'
CLEAR = """
[clear.facts]
"kvk_extract.active" = true
"kvk_extract.end_date_stated" = false
"kvk_extract.registered_on" = 2015-03-01
"kvk_extract.legal_form" = "stichting"
"kvk_extract.people_working" = 12
"kvk_extract.sbi_activities" = [{ code = "8810" }]
"provider.legal_form" = "stichting"
"""


def suite(tmp_path: Path, text: str, name: str = "scenarios.toml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_scenarios(path, REGISTRY)


def wrong(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(InputError) as error:
        suite(tmp_path, text)
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("change", "advice", "hits"),
    [
        ("", "green", []),
        ('facts = { "kvk_extract.active" = false }', "red", ["nl.kvk.active", "nl.kvk.registration_ends"]),
        ('facts = { "kvk_extract.registered_on" = 2024-01-02 }', "orange", ["nl.kvk.recently_registered"]),
        ('facts = { "kvk_extract.registered_on" = 2024-01-01 }', "green", []),
        ('unknown = ["kvk_extract.people_working"]', ["green", "orange"], []),
        ('without = ["kvk_extract"]', ["green", "red"], []),
        ("issued_on = { kvk_extract = 2025-07-01 }", "green", []),
        ("issued_on = { kvk_extract = 2025-06-30 }", ["green", "red"], []),
        (
            f'without = ["kvk_extract"]\nevidence = [{SECOND}]',
            ["orange", "orange"],
            ["nl.kvk.too_few_people_working"],
        ),
    ],
)  # fmt: skip
def test_a_scenario_says_what_differs_from_the_clear_dossier(tmp_path, change, advice, hits) -> None:
    expect = f"expect = {{ advice = {advice!r}, hits = {hits!r} }}".replace("'", '"')
    read = suite(tmp_path, f'{HEAD}{CLEAR}\n[[scenarios]]\nname = "x"\n{change}\n{expect}\n')
    (scenario,) = read.scenarios

    assert differences(scenario, read) == []


def test_the_clear_dossier_is_made_where_none_is_given(tmp_path) -> None:
    read = suite(tmp_path, f'{HEAD}[[scenarios]]\nname = "alles in orde"\nexpect = {{ advice = "green", asks = [] }}')

    assert read.clear.as_of == date(2026, 1, 1)
    assert differences(read.scenarios[0], read) == []


def test_a_scenario_may_have_a_date_of_its_own(tmp_path) -> None:
    """Evidence of the clear dossier is then a month old as well, so the date alone is what differs."""
    one = '[[scenarios]]\nname = "{0}"\nas_of = {0}\nexpect = {{ hits = [{1}] }}\n'
    hit = one.format("2017-02-28", '"nl.kvk.recently_registered"')
    read = suite(tmp_path, HEAD + CLEAR + hit + one.format("2017-03-01", ""))

    assert [differences(scenario, read) for scenario in read.scenarios] == [[], []]
    assert read.dossiers[0].as_of == date(2017, 2, 28)


def test_a_profile_may_lie_beside_its_scenarios(tmp_path) -> None:
    profile = (
        'id = "region"\ntitle = { nl = "a", en = "b" }\nowner = "x"\nstatus = "reconstruction"\n'
        "valid_from = 2019-01-01\n"
        '[[stages]]\nid = "s"\ntitle = { nl = "a", en = "b" }\nmoment = "admission"\nbarriers = ["nl.kvk"]\n'
    )
    (tmp_path / "region.toml").write_text(profile, encoding="utf-8")
    read = suite(tmp_path, 'profile = "region.toml"\n[[scenarios]]\nname = "x"\nexpect = { advice = "green" }')

    assert read.model.profile.id == "region"


def test_a_failure_shows_the_difference_and_the_explanation(tmp_path) -> None:
    text = """
[[scenarios]]
name = { nl = "Twee jaar na de start is een aanbieder geen starter meer.", en = "Two years on nobody is a starter." }
facts = { "kvk_extract.registered_on" = 2024-06-01 }
expect = { advice = "green", hits = [], open = [], asks = ["kvk_extract"] }
"""
    read = suite(tmp_path, HEAD + CLEAR + text)
    (scenario,) = read.scenarios
    lines = differences(scenario, read)
    told = failure_message(scenario, read, lines)

    assert lines == [
        "advice: expected green; got orange",
        "hits: expected none; got nl.kvk.recently_registered",
        "asks: expected kvk_extract; got none",
    ]
    assert told.startswith("Twee jaar na de start is een aanbieder geen starter meer.\nadvice: expected green")
    assert "  kvk_extract.registered_on = 2024-06-01\n" in told
    hit = "De onderneming is begonnen op 1 juni 2024, minder dan 24 maanden voor de peildatum."
    assert hit in " ".join(told.split())


def test_what_is_not_expected_is_not_looked_at(tmp_path) -> None:
    change = 'facts = { "kvk_extract.active" = false }\nexpect = { advice = "red" }'
    read = suite(tmp_path, f'{HEAD}{CLEAR}[[scenarios]]\nname = "x"\n{change}')

    assert read.scenarios[0].expect == Expected(advice=Interval(Level.RED, Level.RED))
    assert differences(read.scenarios[0], read) == []


def test_every_problem_of_a_file_is_told_with_its_place(tmp_path) -> None:
    text = """
[[scenarios]]
name = "a"
facts = { "kvk_extract.activ" = true, "kvk_extract.people_working" = "twaalf", "kvk_extract.legal_form" = "bvv" }
unknown = ["kvk_extract.qqq"]
without = ["kvk"]
expect = { advice = "green" }

[[scenarios]]
name = "b"
issued_on = { extract = 2025-01-01 }
expect = { hits = ["nl.kvk.activ"], open = ["nl.kvk.active", "x"] }
"""

    places, messages = zip(*(problem.split(": ", 1) for problem in wrong(tmp_path, HEAD + text)), strict=True)
    assert places == (
        "scenarios[0].without",
        'scenarios[0].facts."kvk_extract.activ"',
        'scenarios[0].facts."kvk_extract.people_working"',
        'scenarios[0].facts."kvk_extract.legal_form"',
        "scenarios[0].unknown",
        "scenarios[1].issued_on",
        "scenarios[1].expect.hits",
        "scenarios[1].expect.open",
    )
    assert messages[0] == "there is no kind of evidence 'kvk'"
    assert messages[1] == "there is no fact 'kvk_extract.activ'; did you mean 'kvk_extract.active'?"
    assert messages[2] == "expected a whole number; got 'twaalf'"
    assert messages[3].endswith("got 'bvv'; did you mean 'bv'?")
    assert messages[4].startswith("there is no fact 'kvk_extract.qqq'")
    assert messages[6] == "nl.kvk has no rule 'nl.kvk.activ'; did you mean 'nl.kvk.active'?"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('profile = "a"\nbarrier = "b"\n[[scenarios]]\nname = "x"\nexpect = { advice = "red" }', "exactly one of them"),
        ('[[scenarios]]\nname = "x"\nexpect = { advice = "red" }', "name what it is about: profile or barrier"),
        (HEAD + "scenarios = []", "a file of scenarios has at least one [[scenarios]]"),
        (HEAD + '[[scenarios]]\nname = "x"\nexpect = {}', "scenarios[0].expect: say what must come out"),
        (HEAD + '[[scenarios]]\nname = "x"\nexpect = { advice = "geel" }', "one of green, orange, red, exclude"),
        (HEAD + '[[scenarios]]\nname = "x"\nexpect = { advice = ["red", "green"] }', 'or ["lowest", "highest"]'),
        (HEAD + '[[scenarios]]\nname = "x"\nexpected = { advice = "red" }', "unknown key; did you mean 'expect'?"),
        (HEAD + '[[scenarios]]\nexpect = { advice = "red" }', "scenarios[0].name: required, but not given"),
        ('barrier = "nl.kv"\n[[scenarios]]\nname = "x"\nexpect = { advice = "red" }', "did you mean 'nl.kvk'?"),
        ("barrier = ", "the file is not TOML"),
        (
            HEAD + '[[scenarios]]\nname = "x"\nexpect = { advice = "red" }\n[[scenarios.evidence]]\nkind = "x"',
            "unknown kind of evidence 'x'",
        ),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_one_clear_error(tmp_path, text, message) -> None:
    with pytest.raises(InputError) as error:
        suite(tmp_path, text)

    assert message in str(error.value)
    assert "Traceback" not in str(error.value)


def test_a_folder_without_scenarios_is_an_error_and_not_an_empty_test(tmp_path) -> None:
    with pytest.raises(InputError, match=r"it has no \.toml file"):
        scenario_tests(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        scenario_tests(tmp_path / "nothing.toml")


def test_scenarios_are_tests_in_one_line(tmp_path) -> None:
    path = tmp_path / "kvk.toml"
    one = '[[scenarios]]\nname = "{}"\nexpect = {{ advice = "{}" }}\n'
    cases = one.format("a", "green") + one.format("b", "red")
    path.write_text(f"{HEAD}{CLEAR}{cases}", encoding="utf-8")
    test = scenario_tests(tmp_path, REGISTRY)
    (mark,) = test.pytestmark

    assert [parameter.id for parameter in mark.args[1]] == ["kvk-1", "kvk-2"]
    test(*mark.args[1][0].values)
    with pytest.raises(pytest.fail.Exception, match="advice: expected red; got green"):
        test(*mark.args[1][1].values)
