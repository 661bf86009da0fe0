"""What the source code of a rule mentions."""

from ..rules.bytecode import python_function
from ..rules.clock_check import DATE_CLOCKS, TIME_CLOCKS

__all__ = [
    "DATE_CLOCKS",
    "TIME_CLOCKS",
    "python_function",
]
