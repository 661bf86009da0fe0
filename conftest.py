"""How much Hypothesis tries: the profile `fast` on every change, `nightly` once a day.

`fast` tries the same examples each time, so that no change is red by chance, and two runs take as long and notice the
same mistakes. What chance finds is the work of the night, which prints how to repeat it.

    pytest -n auto --dist loadfile                                        on every change
    pytest -n auto --dist loadfile -m "" --hypothesis-profile nightly     at night: also the tests marked nightly
    pytest --collect-only -q | tail -1                                    how many tests the one and the other run

A file at a time (`loadfile`), so that what a file prepares for its tests is prepared once. Without `-n` a single file
starts a second sooner.
"""

import gc
import os
import sys
from pathlib import Path

if sys.dont_write_bytecode:
    # Images of containers often switch compiled files off, to stay small. The tests start some hundred processes, and
    # each of them would compile all that it imports again, so they keep what they compile in a folder of their own.
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(Path(__file__).parent / ".pytest_cache" / "compiled")
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# What Hypothesis works out of the source of all modules takes it two seconds, so a process that a test starts elsewhere
# finds here what was kept of it.
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(Path(__file__).parent / ".hypothesis"))

import pytest
from hypothesis import HealthCheck, settings

gc.disable()  # until the tests are collected
slow_is_fine = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("fast", max_examples=20, derandomize=True, **slow_is_fine)
settings.register_profile("nightly", max_examples=500, print_blob=True, **slow_is_fine)
settings.load_profile("fast")

LONGEST = ("test_tutorial", "test_types", "test_stored", "test_streams", "test_variants_of_behaviour",
           "test_batch", "test_rooms")  # fmt: skip
"""The files that take longest, which start first: the last to start decides when two processes are both done."""


def pytest_configure(config: pytest.Config) -> None:
    """Let pytest-xdist keep the order below; by itself it starts with the files of most tests."""
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


def pytest_collection_finish() -> None:
    """Collect garbage again: while tests were imported there was none, and looking for it took a third of the time."""
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start with the longest files."""
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))
