"""What the source code of a rule mentions."""

from ..rules.bytecode import plain
from ..rules.clock_check import OF_DATES, OF_TIME

__all__ = [
    "OF_DATES",
    "OF_TIME",
    "plain",
]
