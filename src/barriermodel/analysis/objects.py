"""Representing and copying objects."""

from ..objects import brief_repr, shorten

__all__ = [
    "brief_repr",
    "shorten",
]
