"""Reading and writing files safely."""

from ..atomic import drafting, unwritable, write_file, write_folder
from ..files import (
    check_ordinary,
    is_path,
    is_same,
    is_stdout,
    kept,
    leads_outside,
    open_ordinary,
    read_given,
    read_inside,
    reason,
)

__all__ = [
    "check_ordinary",
    "drafting",
    "is_path",
    "is_same",
    "is_stdout",
    "kept",
    "leads_outside",
    "open_ordinary",
    "read_given",
    "read_inside",
    "reason",
    "unwritable",
    "write_file",
    "write_folder",
]
