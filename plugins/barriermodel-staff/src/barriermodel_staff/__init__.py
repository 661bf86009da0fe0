"""The people of a care provider: certificates of conduct, registration, Wtza and the pay of executives."""

from __future__ import annotations

from collections.abc import Iterable

from barriermodel import Barrier, hookimpl

from .conduct import conduct
from .staff import StaffList, Worker

__all__ = ["BARRIERMODEL_API", "StaffList", "Worker", "conduct"]

BARRIERMODEL_API = 1


@hookimpl
def barriermodel_barriers() -> Iterable[Barrier]:
    """The barriers of this plugin; only what a profile names is run."""
    yield conduct
