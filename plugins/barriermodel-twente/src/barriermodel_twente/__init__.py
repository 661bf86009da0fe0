"""The profile ``twente-2019``: a reconstruction of the Twente barrièremodel from public sources."""

from collections.abc import Iterable
from pathlib import Path

from barriermodel.plugin import hookimpl

__all__ = ["BARRIERMODEL_API", "TWENTE_2019"]

BARRIERMODEL_API = 2

TWENTE_2019 = Path(__file__).with_name("twente-2019.toml")
"""The file of the profile."""


@hookimpl
def barriermodel_profiles() -> Iterable[Path]:
    """The profile of this plugin."""
    yield TWENTE_2019
