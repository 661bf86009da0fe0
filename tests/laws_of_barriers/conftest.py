"""Makes the helpers beside this file importable; Hypothesis tries the same in each run, so that messages repeat."""

import sys
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True, scope="package")
def _repeatable():
    before = settings.get_current_profile_name()
    settings.register_profile("repeatable", settings.get_profile(before), derandomize=True)
    settings.load_profile("repeatable")
    yield
    settings.load_profile(before)
