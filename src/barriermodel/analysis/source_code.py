"""What the source code of a plugin may not do, for tools that read it.

:func:`plain` gives the Python function behind a method, partial or wrapper, or None; ``OF_DATES`` and ``OF_TIME`` are
the names of the functions of :mod:`datetime` and :mod:`time` that read a clock.
"""

from ..rules.bytecode import plain
from ..rules.clock import OF_DATES, OF_TIME

__all__ = [
    "OF_DATES",
    "OF_TIME",
    "plain",
]
