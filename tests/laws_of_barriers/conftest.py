"""Hypothesis tries the same here in each run, the nightly one too, so that the messages on the pages repeat."""

import pytest
from hypothesis import settings


@pytest.fixture(autouse=True, scope="package")
def _repeatable():
    before = settings.get_current_profile_name()
    settings.load_profile("fast")
    yield
    settings.load_profile(before)
