"""Representing and copying objects."""

from ..objects import brief_repr as brief_repr
from ..objects import shorten as shorten
