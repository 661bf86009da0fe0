"""Installed plugins are found one by one; a broken one stops no other, and observers change nothing."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

import pytest

from barriermodel import BarrierModel, Level, ProfileError, Registry
from barriermodel.analysis.profiles import PluginStatus
from region import dossier, flag_rules, item, model, plugin, profile, stage

FINE = """
import barriermodel.plugin as bm
BARRIERMODEL_API = 2
@bm.hookimpl
def barriermodel_barriers():
    yield bm.Barrier("found.{name}", concern=bm.Concern.QUALITY)
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Installs a distribution with one module and one entry point, without installing anything."""

    def install(distribution: str, source: str, entry: str | None = None, version: str = "1.0") -> None:
        module = distribution.replace("-", "_")
        (tmp_path / f"{module}.py").write_text(source.replace("{name}", module))
        info = tmp_path / f"{module}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n")
        (info / "entry_points.txt").write_text(f"[barriermodel]\n{entry or distribution} = {module}\n")
        monkeypatch.delitem(sys.modules, module, raising=False)

    monkeypatch.syspath_prepend(tmp_path)
    return install


def test_installed_plugins_are_found_with_their_distribution(installed: Any) -> None:
    installed("x-two", FINE, version="2.5")
    installed("x-one", FINE)
    found = [p for p in Registry.discover().plugins if p.name.startswith("x-")]

    assert [(p.name, p.version, p.status.value) for p in found] == [("x-one", "1.0", "ok"), ("x-two", "2.5", "ok")]
    assert found[1].label == "x-two 2.5"
    assert found[1].file
    assert found[1].file.endswith("x_two.py")


@pytest.mark.parametrize(
    "source", ["import not_there_at_all", "raise SystemExit(1)", "1 / 0", "def broken(:", "raise ValueError('a\\nb')"]
)
def test_an_installed_plugin_that_cannot_be_imported_stops_no_other(installed: Any, source: str) -> None:
    installed("x-bad", source)
    installed("x-fine", FINE)
    registry = Registry.discover()
    found = {p.name: p for p in registry.plugins}

    assert found["x-bad"].status is PluginStatus.BROKEN
    assert "Importing x_bad failed" in found["x-bad"].message
    assert "Mend, update or uninstall x-bad." in found["x-bad"].message
    assert "found.x_fine" in registry.barriers
    with pytest.raises(ProfileError, match=r"x-bad 1.0, which is broken"):
        BarrierModel(profile(stage("s", "bad.barrier")), registry)


def test_two_distributions_with_one_entry_point_are_both_duplicate(installed: Any) -> None:
    for name in ("x-one", "x-two"):
        installed(name, FINE, entry="same")
    found = [p for p in Registry.discover().plugins if p.name.startswith("x-")]

    assert [p.status.value for p in found] == ["duplicate", "duplicate"]
    assert "'same': x-one 1.0, x-two 1.0" in found[0].message


# Observers --------------------------------------------------------------------------------------------


def test_an_observer_is_told_and_its_failure_changes_nothing(caplog: pytest.LogCaptureFixture) -> None:
    made, kinds = flag_rules("test.one", Level.RED)
    seen: list[Any] = []

    def fails(assessment: Any) -> None:
        raise ValueError("not today")

    def sees(assessment: Any) -> None:
        seen.append(assessment)

    registry = Registry()
    registry.add(plugin(name="a_fails", barriermodel_assessed=fails))
    registry.add(plugin(made, name="b_sees", barriermodel_assessed=sees))
    watched = BarrierModel(profile(stage("s", "test.one")), registry)
    given = dossier(item(kinds[0](on=True)))

    with caplog.at_level(logging.ERROR, "barriermodel"):
        found = watched.assess(given)

    assert found.advice == model(made).assess(given).advice
    assert [one.to_dict() for one in seen] == [found.to_dict()]
    assert ["a_fails" in record.getMessage() for record in caplog.records] == [True]
