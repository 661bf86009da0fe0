"""A model of one barrier, and of a profile by its name: what tests are about."""

from __future__ import annotations

from datetime import date
from os import PathLike

from barriermodel import BarrierModel, Moment, ProfileError, Registry
from barriermodel.analysis.files import is_path
from barriermodel.analysis.profiles import ProfileStatus, Stage
from barriermodel.plugin import Profile


def single_barrier_model(barrier: str, registry: Registry | None = None) -> BarrierModel:
    """A model of one barrier, with the limits and levels that its plugin gives.

    Args:
        barrier: its id.
        registry: left out, the plugins that are installed.

    Raises:
        ProfileError: there is no such barrier.

    """
    registry = registry or Registry.discover()
    if barrier not in registry.barriers:
        raise ProfileError.one("", registry.why_missing("barrier", barrier))
    title = registry.barriers[barrier][0].title
    stage = Stage(id="only", title=title, moment=Moment.ADMISSION, barriers=(barrier,))
    profile = Profile(
        id=barrier.replace(".", "-"), title=title, owner="barriermodel.testing", status=ProfileStatus.RECONSTRUCTION,
        valid_from=date.min, stages=(stage,),
    )  # fmt: skip
    return BarrierModel(profile, registry, barrier)


def model_of(name: str | PathLike[str] | BarrierModel, registry: Registry | None = None) -> BarrierModel:
    """A model as it is, of a profile by id or path, or of one barrier by its id.

    Raises:
        ProfileError: there is no such profile or barrier.

    """
    if isinstance(name, BarrierModel):
        return name
    registry = registry or Registry.discover()
    # only the id of a barrier has a point in it
    return (
        single_barrier_model(str(name), registry)
        if not is_path(name) and "." in str(name)
        else BarrierModel.load(name, registry)
    )
