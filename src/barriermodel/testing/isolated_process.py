"""Runs a plugin in a new process: what importing it loads and calls, and how dossiers turn out there.

The new process runs this file by its path, so that it imports no more of the library than a program would.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

HEAVY = {
    "asyncio", "http", "multiprocessing", "socket", "sqlite3", "ssl", "subprocess", "tkinter", "unittest", "urllib",
}  # fmt: skip
"""Modules of the standard library that no rule needs and that are slow to import."""
TIMEOUT_SECONDS = 60
"""Seconds."""


class ProcessFailed(Exception):
    """The new process failed; the message is its last line."""


def run_isolated(what: str, module: ModuleType, **task: Any) -> Any:
    """Run a task about a plugin in a new process, and return its result.

    Args:
        what: ``importing`` or ``assessing``.
        module: the plugin's module, which must have been imported from a file.

    Raises:
        Failed: the process failed.

    """
    import subprocess  # here, so that the new process does not load it

    spec = module.__spec__
    given = {"what": what, "module": module.__name__, "file": spec.origin if spec else None, **task}
    seed = (
        "1" if os.environ.get("PYTHONHASHSEED") == "0" else "0"
    )  # another seed, so that sets of texts have another order there
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
    try:
        ran = subprocess.run(
            [sys.executable, "-P", __file__], input=json.dumps(given), capture_output=True, encoding="utf-8",
            check=False, env=variables, timeout=TIMEOUT_SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise ProcessFailed(f"it takes more than {TIMEOUT_SECONDS} seconds") from None
    if ran.returncode:
        raise ProcessFailed((ran.stderr.strip().splitlines() or ["it ended without a word"])[-1])
    return json.loads(ran.stdout.splitlines()[-1])


# In the new process ---------------------------------------------------------------------------------


def importing(module: str, file: str | None) -> dict[str, Any]:
    """The packages that importing a module loads, and the side effects and output of the module and its hooks."""
    import barriermodel
    from barriermodel.testing.call_guard import forbid_side_effects

    for (
        public
    ) in barriermodel.__all__:  # the library loads some modules on first use, which the plugin is not to blame for
        getattr(barriermodel, public)
    before = set(sys.modules)
    package = module.partition(".")[0]
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        with forbid_side_effects([package]) as calls:
            loaded = _load(module, file)
        new = {name.partition(".")[0] for name in set(sys.modules) - before} - {package}
        with forbid_side_effects([package]) as hooked:  # a hook may build its barriers only when it is called
            if not calls:
                barriermodel.Registry().add(loaded)
    return {"loaded": sorted(filter(_is_foreign, new)), "calls": calls + hooked, "printed": said.getvalue()}


def _is_foreign(name: str) -> bool:
    """Whether a package is neither in the standard library, unless heavy, nor a plugin or part of this library."""
    if name in sys.stdlib_module_names:
        return name in HEAVY
    return not name.startswith("barriermodel") and not hasattr(sys.modules.get(name), "BARRIERMODEL_API")


def assessing(module: str, file: str | None, barrier: str, dossiers: list[str]) -> list[dict[str, str]]:
    """The outcomes of dossiers under one barrier, assessed in this order."""
    from barriermodel import Registry
    from barriermodel.analysis.reading import read_dossier
    from barriermodel.testing.models import single_barrier_model
    from barriermodel.testing.outcomes import outcomes

    registry = Registry()
    with contextlib.redirect_stdout(io.StringIO()):
        registry.add(_load(module, file))
        model = single_barrier_model(barrier, registry)
        return [dict(outcomes(model.assess(read_dossier(raw.encode(), registry)))) for raw in dossiers]


def _load(name: str, file: str | None) -> ModuleType:
    """Import a module by its name, or from its file."""
    if file is None or name in sys.modules or importlib.util.find_spec(name) is not None:
        return importlib.import_module(name)
    spec = importlib.util.spec_from_file_location(name, Path(file))
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Read a task as JSON, do it, and print the result as JSON."""
    task = json.loads(sys.stdin.read())
    do: dict[str, Callable[..., Any]] = {"importing": importing, "assessing": assessing}
    print(json.dumps(do[task.pop("what")](**task)), flush=True)
    os._exit(0)  # skip what plugins do at exit


if __name__ == "__main__":
    main()
