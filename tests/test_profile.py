"""Profiles in TOML: read strictly, every mistake named with its key path and a suggestion."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pool
from barriermodel import BarrierModel, ProfileError, Registry
from barriermodel.analysis.text import WordRef
from barriermodel.cli.commands import run
from barriermodel.plugin import Localized, read_profile
from barriermodel.reporting.difference import profile_changes
from barriermodel.testing import model_of
from region import registry

REGISTRY = registry(*pool.BARRIERS)
HEAD = """
id = "region"
title = { nl = "Regio", en = "Region" }
owner = "tests"
status = "reconstruction"
valid_from = 2019-01-01
sources = ["https://example.org"]
"""
STAGE = """
[[stages]]
id = "front"
title = { nl = "a", en = "a" }
moment = "admission"
barriers = ["pool.money", "pool.register"]
"""
COUNTED = STAGE.replace('"admission"', '"monitoring"').replace('"pool.money", "pool.register"', '"pool.plain"')
SOURCE = 'source = "https://example.org"'


@pytest.fixture
def load(tmp_path: Path) -> Any:
    """A model from the text of a profile."""

    def load(text: str | bytes, found: Registry = REGISTRY) -> BarrierModel:
        path = tmp_path / "region.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return BarrierModel.load(path, found)

    return load


def refused(load: Any, text: str | bytes) -> dict[str, str]:
    with pytest.raises(ProfileError) as caught:
        load(text)
    assert caught.value.where.endswith("region.toml")
    assert all("\n" not in problem.message for problem in caught.value.problems)
    return {problem.path: problem.message for problem in caught.value.problems}


def test_a_profile_is_read_with_its_defaults(load: Any) -> None:
    plan = load(HEAD + STAGE).resolved

    assert [b.id for b in plan.barriers] == ["pool.money", "pool.register"]
    (setting,) = plan.stages[0].barriers[0].parameters["most"].settings
    assert (setting.value, setting.since, setting.set_by) == (0.1, None, "test_plugin")
    assert setting.assumption == WordRef("pool", ("limit", "pool", "money", "most", "reason"))
    assert profile_changes(plan.profile) == ()


# Reading ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "empty"), (b"\xff = 1", "not UTF-8"), (b"id = ", "not TOML"), (b"id = 'a'\nid = 'b'", "not TOML"),
        (b"x = " + b"[" * 100_000, "nested too deeply"), (b"x = 2020-02-30", "not TOML"), (b"\x00", "not TOML"),
        (b"{}", "not TOML"), (b"x = 1" + b"0" * 5000, "not TOML"),
    ],
)  # fmt: skip
def test_what_is_no_toml_is_refused(load: Any, text: bytes, words: str) -> None:
    (message,) = refused(load, text).values()

    assert words in message


def test_a_byte_order_mark_is_skipped(load: Any) -> None:
    assert load(b"\xef\xbb\xbf" + (HEAD + STAGE).encode()).profile.id == "region"


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="cannot be read"):
        read_profile(tmp_path / "none.toml")
    with pytest.raises(ProfileError, match="there is no profile 'twente-2019'"):
        BarrierModel.load("twente-2019", REGISTRY)


def test_an_id_is_an_installed_profile_whatever_files_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    installed = Registry.discover()
    monkeypatch.chdir(tmp_path)
    for make in (Path.touch, Path.unlink, Path.mkdir):
        make(Path("twente-2019"))
        assert BarrierModel.load("twente-2019", installed).profile.id == "twente-2019"
        assert model_of("twente-2019", installed).profile.id == "twente-2019"
        assert run(["profiles", "twente-2019"]) == 0
        assert "Twents barrièremodel 2019" in capsys.readouterr().out


def test_a_path_of_a_profile_has_a_separator_or_ends_in_toml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("region", "region.toml"):
        Path(name).write_text(HEAD + STAGE)
    for name in ("./region", str(tmp_path / "region"), "region.toml", Path("region")):
        assert BarrierModel.load(name, REGISTRY).profile.id == "region"
        assert model_of(name, REGISTRY).profile.id == "region"

    with pytest.raises(ProfileError, match=r"no profile 'region'; .*To read the file of that name, write \./region\."):
        BarrierModel.load("region", REGISTRY)
    with pytest.raises(ProfileError, match=r"^none/region: the file cannot be read"):
        BarrierModel.load("none/region", REGISTRY)


@pytest.mark.parametrize("missing", ["id", "title", "owner", "status", "valid_from"])
def test_what_is_required_is_named(load: Any, missing: str) -> None:
    text = "\n".join(line for line in HEAD.splitlines() if not line.startswith(missing)) + STAGE

    assert refused(load, text) == {missing: "required, but not given"}


@pytest.mark.parametrize(
    ("old", "new", "path", "words"),
    [
        ("owner", "ownr", "ownr", "did you mean 'owner'"),
        ("sources =", "source =", "source", "did you mean 'sources'"),
        ('"reconstruction"', '"official"', "status", "published, contract, reconstruction"),
        ("2019-01-01", '"2019-02-30"', "valid_from", "no day of the calendar"),
        ("2019-01-01", "2019-01-01T00:00:00", "valid_from", "expected a date"),
        ("2019-01-01", "2019", "valid_from", "expected a date"),
        ("barriers", "bariers", "stages[0].bariers", "did you mean 'barriers'"),
        ('"admission"', '"admissoin"', "stages[0].moment", "did you mean 'admission'"),
        ('["pool.money", "pool.register"]', '"pool.money"', "stages[0].barriers", "expected a list"),
        ('{ nl = "a", en = "a" }', '{ nl = "a" }', "stages[0].title.en", "required"),
        ('{ nl = "a", en = "a" }', '"a"', "stages[0].title", "expected a table"),
        ('["pool.money", "pool.register"]', "[]", "stages[0].barriers", "name one"),
        ("pool.register", "pool.registr", "stages[0].barriers[1]", "did you mean 'pool.register'"),
        ("pool.register", "pool.money", "stages[0].barriers[1]", "twice"),
        ("[[stages]]", "[[stagess]]", "stagess", "did you mean 'stages'"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_path(load: Any, old: str, new: str, path: str, words: str) -> None:
    problems = refused(load, (HEAD + STAGE).replace(old, new))

    assert words in problems[path]


def test_all_mistakes_are_told_together(load: Any) -> None:
    text = HEAD.replace("owner", "ownr") + STAGE.replace("admission", "x").replace("barriers", "b")

    assert set(refused(load, text)) == {"ownr", "owner", "stages[0].moment", "stages[0].b", "stages[0].barriers"}


def test_two_stages_have_two_ids(load: Any) -> None:
    assert "two stages have the id 'front'" in refused(load, HEAD + STAGE + COUNTED)["stages[1].id"]


POINTS = 'by = "points", orange = 1, red = 2, source = "a"'


# Combining --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("combine", "words"),
    [
        ('by = "count", orange = 3, red = 1, source = "a"', "1 <= orange <= red"),
        ('by = "count", orange = 0, red = 1, source = "a"', "1 <= orange <= red"),
        ('by = "count", orange = 1, source = "a"', "1 <= orange <= red"),
        ('by = "count", orange = 1, red = 2', "exactly one"),
        ('by = "count", orange = 1, red = 2, source = "a", assumption = "b"', "exactly one"),
        ('by = "count", orange = 1, red = 2, source = "a", weights = { "pool.plain.flagged" = 1 }', "by = points"),
        ('by = "points", orange = 1, red = 2, source = "a", weights = { "pool.plain.flagged" = -1 }', "never negative"),
        ('by = "points", orange = 1, red = 2, source = "a", weights = { "pool.plain.flagged" = 0.5 }', "whole number"),
        ('by = "points", orange = 1.0, red = 2, source = "a"', "whole number"),
        ('by = "worst", orange = 1', "count or points"),
        ('by = "wurst"', "did you mean 'worst'"),
        (f"{POINTS}, weights = {{ 'pool.plain.flaged' = 1 }}", "'pool.plain.flagged'"),
        (f"{POINTS}, weights = {{ 'pool.money.high_profit' = 1 }}", "no rule of this stage"),
    ],
)  # fmt: skip
def test_a_combination_that_makes_no_sense_is_refused(load: Any, combine: str, words: str) -> None:
    problems = refused(load, HEAD + COUNTED + f"combine = {{ {combine} }}")

    assert all(path.startswith("stages[0].combine") for path in problems)
    assert words in " ".join(problems.values())


def test_a_rule_that_excludes_is_refused_where_it_is_counted(load: Any) -> None:
    text = HEAD + STAGE + f'combine = {{ by = "count", orange = 1, red = 2, {SOURCE} }}'
    problems = refused(load, text)

    assert any("pool.money.too_large excludes, but this stage counts" in m for m in problems.values())
    mild = "".join(
        f'[rules."{id}"]\nlevel = "red"\nreason = "a"\n' for id in ("pool.money.too_large", "pool.register.active")
    )
    assert load(f"{text}\n{mild}").resolved.stages[0].by_level is False


# Parameters -------------------------------------------------------------------------------------------


def parameter(written: str) -> str:
    return f'{HEAD}{STAGE}[parameters."pool.money"]\n{written}\n'


@pytest.mark.parametrize(
    ("written", "path", "words"),
    [
        (f"mst = {{ value = 0.1, {SOURCE} }}", ".mst", "did you mean 'most'"),
        (f"zzz = {{ value = 0.1, {SOURCE} }}", ".zzz", "it has most"),
        ("most = { value = 0.1 }", ".most[0]", "exactly one"),
        (f'most = {{ value = 0.1, {SOURCE}, assumption = "b" }}', ".most[0]", "exactly one"),
        (f"most = {{ value = '0.1', {SOURCE} }}", ".most[0].value", "expected a number"),
        (f"most = {{ value = true, {SOURCE} }}", ".most[0].value", "expected a number"),
        (f"most = {{ value = nan, {SOURCE} }}", ".most[0].value", "a limit is a number"),
        (f"most = {{ value = inf, {SOURCE} }}", ".most[0].value", "too large"),
        (f"most = {{ value = 1e400, {SOURCE} }}", ".most[0].value", "too large"),
        (f"most = {{ value = 1{'0' * 350}, {SOURCE} }}", ".most[0].value", "too large"),
        (f"most = {{ value = {'[' * 90}{']' * 90}, {SOURCE} }}", ".most[0].value", "expected a number"),
        (f"most = {{ value = [0.1], {SOURCE} }}", ".most[0].value", "expected a number"),
        (f"most = {{ {SOURCE} }}", ".most[0].value", "required"),
        (f"most = {{ vallue = 0.1, value = 0.1, {SOURCE} }}", ".most[0].vallue", "did you mean 'value'"),
        (f"most = {{ from = 'x', value = 0.1, {SOURCE} }}", ".most[0].from", "expected a date"),
        ("most = 0.1", ".most", "expected a list"),
        ("most = []", ".most", "at least one value"),
    ],
)  # fmt: skip
def test_a_limit_that_does_not_fit_is_refused(load: Any, written: str, path: str, words: str) -> None:
    problems = refused(load, parameter(written))
    found = {key.replace('parameters."pool.money"', ""): message for key, message in problems.items()}

    assert path in found
    assert words in found[path]


def test_a_barrier_that_is_misspelt_in_the_parameters_is_refused(load: Any) -> None:
    text = f'{HEAD}{STAGE}[parameters."pool.mony"]\nmost = {{ value = 0.1, {SOURCE} }}\n'

    assert "did you mean 'pool.money'" in refused(load, text)['parameters."pool.mony"']


@pytest.mark.parametrize("order", [("2020-01-01", "2019-01-01"), ("2019-01-01", "2019-01-01")])
def test_the_dates_of_a_limit_rise(load: Any, order: tuple[str, str]) -> None:
    values = ", ".join(f"{{ from = {day}, value = 0.1, {SOURCE} }}" for day in order)

    assert "rise" in " ".join(refused(load, parameter(f"most = [{values}]")).values())


# Rules ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('level = "red"', "required"),
        ('reason = "a"', "exactly one"),
        ('level = "red"\nleave_out = true\nreason = "a"', "exactly one"),
        ('level = "red"\nreason = " "', "say why"),
        ('level = "green"\nreason = "a"', "leave_out = true"),
        ('level = "redd"\nreason = "a"', "did you mean 'red'"),
        ('level = 2\nreason = "a"', "orange, red, exclude"),
        ('leave_out = 1\nreason = "a"', "true or false"),
    ],
)
def test_a_changed_rule_has_a_level_and_a_reason(load: Any, written: str, words: str) -> None:
    problems = refused(load, f'{HEAD}{STAGE}[rules."pool.money.high_profit"]\n{written}\n')

    assert all(path.startswith("rules") for path in problems)
    assert words in " ".join(problems.values())


def test_a_rule_that_is_misspelt_is_refused(load: Any) -> None:
    text = f'{HEAD}{STAGE}[rules."pool.money.hi_profit"]\nlevel = "red"\nreason = "a"\n'

    assert "did you mean 'pool.money.high_profit'" in refused(load, text)['rules."pool.money.hi_profit"']


# Anything ---------------------------------------------------------------------------------------------

FULL = (
    f'{HEAD}{STAGE}{COUNTED.replace("front", "later")}combine = {{ by = "points", orange = 1, red = 2, {SOURCE} }}\n'
    f'[parameters."pool.money"]\nmost = [{{ from = 2019-01-01, value = 0.1, {SOURCE} }}]\n'
    '[rules."pool.money.losses"]\nleave_out = true\nreason = "a"\n'
).replace("pool.money.losses", "pool.money.two_losses")


def test_the_text_that_is_mutated_below_is_a_good_profile(load: Any) -> None:
    assert load(FULL).resolved.digest


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, len(FULL)), st.integers(0, 40),
    st.binary(max_size=6) | st.sampled_from([b'"', b"]", b"1e400", b"nan", b"[[", b"true", b"=", b"-1", b"{}"]),
)  # fmt: skip
def test_any_bytes_are_a_profile_or_a_profile_error(load: Any, place: int, cut: int, noise: bytes) -> None:
    raw = FULL.encode()
    for text in (noise, raw[:place] + noise + raw[place + cut :]):
        try:
            load(text)
        except ProfileError as error:
            str(error).encode()


def test_what_is_said_may_be_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "region.toml"
    said = '{ nl = "Zo is het.", en = "So it is." }'
    text = f"""
        id = "region"
        title = {{ nl = "R", en = "R" }}
        owner = "R"
        status = "published"
        valid_from = 2019-01-01
        [[stages]]
        id = "a"
        title = {{ nl = "A", en = "A" }}
        moment = "monitoring"
        barriers = ["x.y"]
        combine = {{ by = "count", orange = 1, red = 2, assumption = {said} }}
        [parameters."x.y"]
        most = {{ value = 1, source = "law", note = {said} }}
        [rules."x.y.z"]
        leave_out = true
        reason = {said}
    """
    path.write_text(text, encoding="utf-8")

    found = read_profile(path)

    words = Localized("Zo is het.", "So it is.")
    assert found.stages[0].combine.assumption == words
    assert found.parameters["x.y"]["most"][0].note == words
    assert found.rules["x.y.z"].reason == words
    path.write_text(text.replace('en = "So it is."', 'de = "So"'), encoding="utf-8")
    with pytest.raises(ProfileError, match=r"reason\.en: required"):
        read_profile(path)
