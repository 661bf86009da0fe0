"""Extras: packages that only some rooms need, and the one sentence that says how to install them."""

from __future__ import annotations

from importlib import import_module
from typing import Literal

from .errors import BarrierModelError


class MissingExtraError(BarrierModelError, ModuleNotFoundError):
    """A package of an extra is not installed; the message says how to install it."""


def require(extra: str, problem: str, *packages: str, pronoun: Literal["it", "them"] = "it") -> None:
    """Import packages of an extra.

    Args:
        problem: what cannot be done without them; ``{}`` stands for the package that is missing.

    Raises:
        MissingExtraError: one of them is not installed.

    """
    for package in packages:
        try:
            import_module(package)
        except ModuleNotFoundError as error:
            if error.name != package:  # it is installed, but lacks something itself
                raise
            message = how_to_install(extra, problem.format(package), pronoun)
            raise MissingExtraError(message, name=package) from None


def how_to_install(extra: str, problem: str, pronoun: Literal["it", "them"] = "it") -> str:
    """What cannot be done, and what to install for it.

    >>> how_to_install("frames", "tables need narwhals")
    "tables need narwhals; install it with: pip install 'barriermodel[frames]'"
    """
    return f"{problem}; install {pronoun} with: pip install 'barriermodel[{extra}]'"
