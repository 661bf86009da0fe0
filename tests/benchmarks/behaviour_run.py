"""How ``compare_behaviour.py`` runs a command: in a process of its own, with its output in files."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import redirect_stdout, suppress
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from behaviour_inputs import write

OUT = Path("out")
ROOT = Path.cwd()  # the checkout: this is imported before the working directory changes


class Recorder:
    """Runs commands, each in a process of its own that starts with everything imported, and keeps what they print."""

    def __init__(self) -> None:
        self.main: Callable[[], None] = next(iter(entry_points(group="console_scripts", name="barriermodel"))).load()
        self.count = 0
        with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), suppress(SystemExit):
            self._main(("assess", "in/examples/een-bestand.json", "-p", "twente-2019"))  # imports what children need
        self.profiles = [profile["id"] for profile in json.loads(self("profiles/ids", "profiles", "--format", "json"))]

    def __call__(self, name: str, *args: str, stdin: Path | None = None) -> str:
        """Run a command, keep it as ``out/NAME.txt`` and return its standard output."""
        self.count += 1
        printed, errors = OUT / ".stdout", OUT / ".stderr"
        (OUT / f"{name}.txt").parent.mkdir(parents=True, exist_ok=True)
        status = in_child(self._main, args, printed, errors, stdin)
        stdout, stderr = (normalised(path.read_text("utf-8", "surrogateescape")) for path in (printed, errors))
        told = (
            f"$ barriermodel {' '.join(args)}\nexit status {status}\n--- standard error\n{stderr}--- output\n{stdout}"
        )
        write(OUT / f"{name}.txt", told)
        return stdout

    def _main(self, args: tuple[str, ...]) -> None:
        sys.argv = ["barriermodel", *args]
        self.main()


def in_child(call: Callable[[Any], None], argument: Any, stdout: Path, stderr: Path, stdin: Path | None = None) -> int:
    """Call in a child process with these files as its streams; its exit status."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 70
    try:
        for number, path in enumerate((stdin or Path(os.devnull), stdout, stderr)):
            os.dup2(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC if number else os.O_RDONLY, 0o666), number)
        call(argument)
        status = 0
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else int(bool(leaving.code))
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def normalised(text: str) -> str:
    """Without the names of folders of this machine."""
    return text.replace(str(Path.cwd()), "<folder>").replace(str(ROOT), "<root>")
