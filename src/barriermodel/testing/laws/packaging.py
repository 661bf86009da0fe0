"""Laws about a barrier's plugin: it is installed, and quick and quiet to import."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from barriermodel import PluginStatus

from ..subject import LawBroken, Subject


def installed_and_ok(subject: Subject) -> None:
    """The barrier is found in a plugin with status ``ok`` that asks for no fact on which nobody may be screened."""
    if subject.id not in subject.registry.barriers:
        raise LawBroken(f"{subject.id}: {subject.registry.why_missing('barrier', subject.id)}")
    plugin = subject.plugin
    if plugin.status is not PluginStatus.OK:
        raise LawBroken(f"{subject.id}: {plugin.label} is {plugin.status.value}: {plugin.message}")
    for warning in plugin.warnings:
        raise LawBroken(f"{subject.id}: {plugin.label}: {warning}")


def cheap_import(subject: Subject) -> None:
    """Importing the plugin loads no package that ``barriermodel`` does not, and reads nothing from outside."""
    module = subject.module
    if module is None or module.__spec__ is None:
        return  # an object with hooks is not imported
    ran = subprocess.run(
        [sys.executable, "-m", "barriermodel.testing.laws.importing", module.__name__],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    if ran.returncode:
        raise LawBroken(f"{subject.id}: importing {module.__name__} alone fails: {ran.stderr.strip()[-300:]}")
    found = json.loads(ran.stdout.splitlines()[-1])
    if found["calls"]:
        raise LawBroken(f"{subject.id}: while {module.__name__} is imported, {found['calls'][0]}.")
    if found["loaded"]:
        names = ", ".join(found["loaded"])
        raise LawBroken(
            f"{subject.id}: importing {module.__name__} loads {names}; import it in the function that needs it."
        )
