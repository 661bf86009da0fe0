"""Which functions have side effects: the clock, chance, the network, files, the environment, the system."""

from __future__ import annotations

import functools
import os
import random
import sys
from datetime import date
from types import FrameType

from barriermodel.analysis.source_code import DATE_CLOCKS, TIME_CLOCKS

CLOCK, CHANCE, NETWORK = "the clock", "chance", "the network"
FILES, ENVIRONMENT, SYSTEM, PROCESS = "files", "the environment", "the system", "what differs from process to process"

_OF_TIME = TIME_CLOCKS | {"localtime", "gmtime", "ctime", "asctime", "strftime"}
_WHOLE = {
    "random": CHANCE, "_random": CHANCE, "secrets": CHANCE,
    "socket": NETWORK, "_socket": NETWORK, "ssl": NETWORK, "_ssl": NETWORK,
    "urllib.request": NETWORK, "http.client": NETWORK,
    "sqlite3": FILES, "_sqlite3": FILES, "tempfile": FILES, "mmap": FILES,
    "posix": SYSTEM, "nt": SYSTEM, "subprocess": SYSTEM, "ctypes": SYSTEM, "_ctypes": SYSTEM, "platform": SYSTEM,
}  # fmt: skip
"""Modules in which every function has a side effect."""
_HARMLESS = {"fspath", "_path_splitroot", "_path_splitroot_ex", "_path_normpath"}
"""Functions of ``posix`` and ``nt`` that only manipulate paths."""
_ALONE = {
    "os.getenv": ENVIRONMENT, "os.getenvb": ENVIRONMENT, "uuid.uuid1": CHANCE, "uuid.uuid4": CHANCE,
    "posix.urandom": CHANCE, "nt.urandom": CHANCE, "_thread.start_new_thread": SYSTEM, "_io.FileIO": FILES,
}  # fmt: skip


def side_effect_of(thing: object) -> str | None:
    """The side effect of a function, with its name: ``the clock: date.today()``. None if it has none."""
    if isinstance(thing, functools.partial):
        return next((said for part in (thing.func, *thing.args) if (said := side_effect_of(part))), None)
    owner, name = getattr(thing, "__self__", None), getattr(thing, "__name__", "")
    if isinstance(owner, type) and issubclass(owner, date):
        return f"{CLOCK}: {owner.__name__}.{name}()" if name in DATE_CLOCKS else None
    if isinstance(owner, random.Random):
        return f"{CHANCE}: random.{name}()"
    if thing is open:
        return f"{FILES}: open()"
    return _named(getattr(thing, "__module__", None), getattr(thing, "__qualname__", name))


def named_side_effect(thing: object) -> str | None:
    """The side effect of a value named in source code: functions, ``os.environ``, ``sys.argv``, ``hash`` and ``id``."""
    if thing is os.environ or thing is getattr(os, "environb", None):
        return f"{ENVIRONMENT}: os.environ"
    if thing is sys.argv:
        return f"{ENVIRONMENT}: sys.argv"
    if thing is hash or thing is id:
        return f"{PROCESS}: {getattr(thing, '__name__', '')}()"
    return side_effect_of(thing) if callable(thing) else None


def called_side_effect(frame: FrameType) -> str | None:
    """The side effect of a Python function that has just been called."""
    return _named(frame.f_globals.get("__name__"), frame.f_code.co_qualname)


def _named(module: object, qualname: str) -> str | None:
    """The side effect of a function, by its module and name."""
    name = qualname.rpartition(".")[2]
    if module == "time":
        return f"{CLOCK}: time.{name}()" if name in _OF_TIME else None
    if module == "os" and qualname.startswith("_Environ."):
        return f"{ENVIRONMENT}: os.environ"
    what = _ALONE.get(f"{module}.{qualname}") or _WHOLE.get(str(module))
    if what is None or (module in ("posix", "nt") and name in _HARMLESS):
        return None
    public = {"posix": "os", "nt": "os"}.get(str(module), str(module).lstrip("_"))
    return f"{what}: {public}.{name if name != '__init__' else qualname.partition('.')[0]}()"
