"""Representing and copying objects."""

from ..objects import brief, short

__all__ = [
    "brief",
    "short",
]
