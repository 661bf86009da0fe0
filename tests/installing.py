"""A virtual environment of its own that sees the packages of the running one, to install a plugin in for real."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import attrs
import pytest
from hypothesis import settings

LEFT_OUT = {"COLUMNS", "FORCE_COLOR", "PYTEST_ADDOPTS"}
RUN = "from barriermodel.cli import main; main()"
BACKEND = "hatchling>=1.27"
OUTER_PROFILE = """
from hypothesis import settings

settings.register_profile("outer", max_examples={examples}, derandomize={derandomize}, deadline=None)
settings.load_profile("outer")
"""
"""Within an environment a quarter of the examples is tried of the run that made it, and the same ones by day."""


@attrs.frozen
class Environment:
    """A virtual environment; ``python`` and ``barriermodel`` in it are its own."""

    folder: Path

    @classmethod
    def made_in(cls, folder: Path) -> Environment:
        """A new one, in which all packages of the running environment can be imported, those in checkouts too."""
        venv.EnvBuilder(with_pip=False, symlinks=True).create(folder)
        made = cls(folder)
        (site,) = folder.glob("lib/python*/site-packages")
        seen = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
        lines = [f"import site; site.addsitedir({path!r})\n" for path in seen]
        (site / "running.pth").write_text("".join(lines), encoding="utf-8")
        (site / "outer_profile.py").write_text(
            OUTER_PROFILE.format(examples=settings().max_examples // 4, derandomize=settings().derandomize),
            encoding="utf-8",
        )
        program = made.bin / "barriermodel"
        program.write_text(f'#!/bin/sh\nexec "{made.python}" -c "{RUN}" "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        return made

    @property
    def bin(self) -> Path:
        return self.folder / "bin"

    @property
    def python(self) -> Path:
        return self.bin / "python"

    def run(self, *command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
        """What a command gives whose programs are first looked for in this environment."""
        left = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
        path = f"{self.bin}{os.pathsep}{left.get('PATH', '')}"
        own = {"PATH": path, "VIRTUAL_ENV": str(self.folder), "NO_COLOR": "1", "PYTEST_PLUGINS": "outer_profile"}
        return subprocess.run(
            [str(part) for part in command],
            cwd=cwd, env=left | own, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip

    def install(self, project: str, cwd: Path) -> None:
        """Install a folder, editable and without what it depends on: that is there. Skips where it cannot be had."""
        done = self.run(*installing(self.python), "--no-deps", "-e", project, cwd=cwd)
        needs_backend(done)


def build_wheel(project: Path, folder: Path) -> Path:
    """The wheel of a project, built into a folder. Skips where the build backend cannot be had."""
    uv = _uv()
    start = [*uv, "build", "--wheel", "--out-dir"] if uv else [*_pip(), "wheel", "--no-deps", "--wheel-dir"]
    needs_backend(subprocess.run([*start, folder, project], capture_output=True, text=True, check=False))
    (wheel,) = folder.glob("*.whl")
    return wheel


def needs_backend(done: subprocess.CompletedProcess[str]) -> None:
    """Fail where a build failed, or skip where it failed because its backend cannot be had."""
    if done.returncode == 0:
        return
    probe = [*installing(Path(sys.executable)), "--dry-run", BACKEND]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip(f"the build backend {BACKEND} cannot be had here")
    pytest.fail(done.stderr)


def installing(python: Path) -> list[str]:
    """The beginning of a command that installs for an interpreter; skips where there is neither uv nor pip."""
    uv = _uv()
    return [*uv, "pip", "install", "--python", str(python)] if uv else [*_pip(), "--python", str(python), "install"]


def _uv() -> list[str]:
    program = os.environ.get("UV") or shutil.which("uv")
    if program:
        return [program]
    return [sys.executable, "-m", "uv"] if importlib.util.find_spec("uv") else []


def _pip() -> list[str]:
    if importlib.util.find_spec("pip") is None:
        pytest.skip("there is neither uv nor pip to install with")
    return [sys.executable, "-m", "pip"]
