"""Profiles of how other Dutch regions screen care providers, each reconstructed from public sources."""

from collections.abc import Iterable
from pathlib import Path

from barriermodel.plugin import hookimpl

__all__ = ["BARRIERMODEL_API", "PROFILES"]

BARRIERMODEL_API = 2

PROFILES = tuple(sorted(Path(__file__).parent.glob("*.toml")))
"""The files of the profiles."""


@hookimpl
def barriermodel_profiles() -> Iterable[Path]:
    """The profiles of this plugin."""
    return PROFILES
