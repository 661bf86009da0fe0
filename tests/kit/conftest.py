"""The profile of twenty rules that is measured."""

import pytest


@pytest.fixture(scope="session")
def screening(tmp_path_factory):
    """The model of twenty rules."""
    import screening

    return screening.make_model(tmp_path_factory.mktemp("screening"))
