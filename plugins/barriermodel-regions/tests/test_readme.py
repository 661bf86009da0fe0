"""The README says what the profiles do, with real output."""

import re
from pathlib import Path

import attrs
import pytest

from barriermodel import BarrierModel, Registry
from barriermodel.cli.commands import run
from barriermodel.domain.values import to_json
from barriermodel.testing import read_scenarios
from barriermodel_regions import PROFILES
from markdown import blocks

FOLDER = Path(__file__).parents[1]
PAGE = FOLDER / "README.md"
README = PAGE.read_text(encoding="utf-8")
REGISTRY = Registry.discover()
MODELS = {path.stem: BarrierModel.load(path, REGISTRY) for path in PROFILES}


REGIONS = [id for id, model in MODELS.items() if model.profile.extends == "nl-basis"]


def rows(pattern):
    return re.findall(pattern, README, re.MULTILINE)


@pytest.fixture(scope="module")
def six_per_cent():
    """The first dossier of the base, with the Bibob advice that Almelo asks for."""
    dossier, almelo = (
        read_scenarios(FOLDER / "scenarios" / f"{id}.toml", registry=REGISTRY).dossiers[0]
        for id in ("nl-basis", "almelo")
    )
    bibob = next(item for item in almelo.evidence if item.kind.id == "bibob_advice")
    return attrs.evolve(dossier, evidence=(*dossier.evidence, bibob))


def test_it_has_a_row_for_every_profile(six_per_cent):
    found = {row[0]: row[1:] for row in rows(r"^\| `([\w-]+)` \| (–|`nl-basis`) \| (\d{4}-\d\d-\d\d) \| (.+?) \|")}

    assert sorted(found) == sorted(MODELS)
    for id, (extends, valid_from, six) in found.items():
        profile = MODELS[id].profile
        assert extends == (f"`{profile.extends}`" if profile.extends else "–")
        assert valid_from == str(profile.valid_from)
        if six != "–" or id in ("nl-basis", *REGIONS):
            advice = MODELS[id].assess(six_per_cent).advice
            assert advice.decided
            assert six == advice.at_most.key


def test_it_has_exactly_the_limits_that_profiles_set():
    expected = []
    for id, model in MODELS.items():
        for barrier in model.resolved.barriers:
            for name, parameter in barrier.parameters.items():
                for setting in parameter.settings:
                    if setting.set_by != id:
                        continue
                    value = setting.value if isinstance(setting.value, tuple) else (setting.value,)
                    shown = ", ".join(str(to_json(member)) for member in value)
                    rests = f"[source]({setting.source})" if setting.source else f"assumption: {setting.assumption.en}"
                    since = setting.since or "always"
                    expected.append(f"| `{id}` | `{barrier.id}.{name}` | {since} | {shown} | {rests} |")

    assert [row for row in README.splitlines() if re.match(r"\| `[\w-]+` \| `nl\.", row)] == expected


def test_it_names_the_eight_rules():
    found = rows(r"^\| .+ \| `(nl\.\w+\.\w+)` \|$")

    assert sorted(found) == sorted(r.id for stage in MODELS["signals-2021"].resolved.stages for r in stage.rules)


def test_the_differences_that_it_shows_are_what_is_printed(capsys):
    shown = next(block for block in blocks(PAGE, "console") if "--lang en" in block)
    command, _, output = shown.partition("\n")

    assert run(command.removeprefix("$ barriermodel ").split()) == 0
    assert capsys.readouterr().out == output
    assert "the order of the stages" in output


def test_what_refuses_an_open_house_says_what_why_and_what_to_do(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("telling.toml").write_text(blocks(PAGE, "toml")[0], encoding="utf-8")
    Path("aanvraag.json").write_text(blocks(PAGE, "json")[0], encoding="utf-8")
    shown = next(block for block in blocks(PAGE, "console") if "telling.toml" in block)
    command, _, output = shown.partition("\n")

    assert run(["profiles", "telling.toml"]) == 0
    capsys.readouterr()
    assert run(command.removeprefix("$ barriermodel ").split()) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.split() == output.split()


@pytest.mark.parametrize("by", ["worst", "count"])
def test_by_the_worst_an_open_house_is_assessed_and_by_a_count_a_tender(capsys, tmp_path, by):
    profile, dossier = tmp_path / "telling.toml", tmp_path / "aanvraag.json"
    counting = re.search(r"^combine = .*$", blocks(PAGE, "toml")[0], re.MULTILINE).group()
    combine = 'combine = { by = "worst" }' if by == "worst" else counting
    profile.write_text(blocks(PAGE, "toml")[0].replace(counting, combine), encoding="utf-8")
    dossier.write_text(blocks(PAGE, "json")[0].replace("open_house", "open_house" if by == "worst" else "open"))

    assert run(["assess", str(dossier), "--profile", str(profile)]) == 0
    assert "ADVIES  ten minste ● GROEN" in capsys.readouterr().out


def test_what_it_points_to_in_the_repository_is_there():
    for link in re.findall(r"\]\(((?:\.\./)+[^)]+)\)", README):
        assert (FOLDER / link).exists()
