"""Tables in files: read strictly, assessed as they stream by, and written whole or not at all."""

from .opening import open_table

__all__ = ["open_table"]
