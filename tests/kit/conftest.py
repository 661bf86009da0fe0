"""Makes the helpers beside this file importable, and the profile of twenty rules that is measured."""

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "benchmarks")]


@pytest.fixture(scope="session")
def screening(tmp_path_factory):
    """The model of twenty rules."""
    import screening

    return screening.make_model(tmp_path_factory.mktemp("screening"))
