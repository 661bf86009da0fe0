"""What the source code of a plugin may not do, for tools that read it.

:func:`python_function` gives the Python function behind a method, partial or wrapper, or None. ``DATE_CLOCKS`` and
``TIME_CLOCKS`` are the names of the functions of :mod:`datetime` and :mod:`time` that read a clock.
"""

from ..rules.bytecode import python_function as python_function
from ..rules.clock_check import DATE_CLOCKS as DATE_CLOCKS
from ..rules.clock_check import TIME_CLOCKS as TIME_CLOCKS
