"""Runs a plugin in a new process: what importing it loads and calls, and how dossiers turn out there.

The new process is a copy of one that has loaded the library, and no plugin yet; where the system cannot copy a process,
it is that one itself. That one runs this file by its path, so that it imports no more than a program would.
"""

from __future__ import annotations

import contextlib
import faulthandler
import importlib
import importlib.util
import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from subprocess import Popen

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
        ProcessFailed: the process failed.

    """
    import tempfile  # here, so that the new process does not load it

    spec = module.__spec__
    given = {"what": what, "module": module.__name__, "file": spec.origin if spec else None, **task}
    with tempfile.TemporaryDirectory() as folder:
        result, errors = Path(folder, "result"), Path(folder, "errors")
        errors.touch()
        here = {"folder": folder, "cwd": os.getcwd(), "path": sys.path, "environ": dict(os.environ)}
        server = _server()
        print(json.dumps({**here, "task": given}), file=server.stdin, flush=True)
        if not (server.stdout and server.stdout.readline()):
            server.wait()
        said = errors.read_text("utf-8", "replace").strip().splitlines()
        if any(line.startswith("Timeout (") for line in said):
            raise ProcessFailed(f"it takes more than {TIMEOUT_SECONDS} seconds")
        if not result.exists():
            raise ProcessFailed(said[-1] if said else "it ended without a word")
        return json.loads(result.read_text("utf-8"))


_SERVERS: list[Popen[str]] = []
"""The process that does the tasks; none before the first."""


def _server() -> Popen[str]:
    import atexit
    import subprocess

    while _SERVERS and _SERVERS[-1].poll() is not None:
        _SERVERS.pop().__exit__(None, None, None)
    if not _SERVERS:
        # another seed, so that sets of texts have another order there
        seed = "1" if os.environ.get("PYTHONHASHSEED") == "0" else "0"
        variables = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
        server = subprocess.Popen(
            [sys.executable, "-P", __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
            env=variables,
        )  # fmt: skip
        atexit.register(server.__exit__, None, None, None)
        _SERVERS.append(server)
    return _SERVERS[-1]


# In the new process ---------------------------------------------------------------------------------


def serve() -> None:
    """Do each task that is read, in a copy of this process, and tell when it is done."""
    import barriermodel
    import barriermodel.analysis.reading
    import barriermodel.testing.call_guard
    import barriermodel.testing.models
    import barriermodel.testing.outcomes

    for public in barriermodel.__all__:  # some modules are loaded on first use, which no plugin is to blame for
        getattr(barriermodel, public)
    for line in sys.stdin:
        if not hasattr(os, "fork") or not os.fork():
            _do(**json.loads(line))
        os.wait()
        print(flush=True)


def _do(folder: str, cwd: str, path: list[str], environ: dict[str, str], task: dict[str, Any]) -> None:
    """Do a task, write the result into a file of the folder, and end."""
    nothing, errors = os.open(os.devnull, os.O_RDWR), os.open(f"{folder}/errors", os.O_WRONLY)
    for descriptor, own in enumerate((nothing, nothing, errors)):
        os.dup2(own, descriptor)
    faulthandler.dump_traceback_later(TIMEOUT_SECONDS, exit=True)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environ)
    sys.path[:] = path
    do: dict[str, Callable[..., Any]] = {"importing": importing, "assessing": assessing}
    Path(folder, "result").write_text(json.dumps(do[task.pop("what")](**task)), encoding="utf-8")
    os._exit(0)  # skip what plugins do at exit


def importing(module: str, file: str | None) -> dict[str, Any]:
    """The packages that importing a module loads, and the side effects and output of the module and its hooks."""
    import barriermodel
    from barriermodel.testing.call_guard import forbid_side_effects

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


if __name__ == "__main__":
    serve()
