"""Models for tests: of one barrier by itself, and of whatever a test file names."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from os import PathLike

from barriermodel import BarrierModel, Moment, ProfileError, Registry
from barriermodel.analysis.files import is_path
from barriermodel.analysis.profiles import ProfileStatus, Stage
from barriermodel.plugin import Barrier, Localized, Profile


def single_barrier_model(barrier: str, registry: Registry | None = None) -> BarrierModel:
    """A model of one barrier by itself, with the limits and levels that its plugin declares.

    Args:
        barrier: its id.
        registry: the plugins in which it is looked up; by default those that are installed.

    Raises:
        ProfileError: there is no such barrier.

    >>> [stage.id for stage in single_barrier_model("nl.kvk").profile.stages]
    ['only']

    """
    registry = registry or Registry.discover()
    if barrier not in registry.barriers:
        raise ProfileError.one("", registry.why_missing("barrier", barrier))
    return _alone(registry.barriers[barrier][0], registry)


@lru_cache(maxsize=32)  # the tests of a barrier are about one model
def _alone(barrier: Barrier, registry: Registry) -> BarrierModel:
    title = Localized(**barrier.title)
    stage = Stage(id="only", title=title, moment=Moment.ADMISSION, barriers=(barrier.id,))
    profile = Profile(
        id=barrier.id.replace(".", "-"), title=title, owner="barriermodel.testing",
        status=ProfileStatus.RECONSTRUCTION, valid_from=date.min, stages=(stage,),
    )  # fmt: skip
    return BarrierModel(profile, registry, barrier.id)


def model_of(name: str | PathLike[str] | BarrierModel, registry: Registry | None = None) -> BarrierModel:
    """The model that a name stands for.

    Args:
        name: the id or path of a profile, the id of a barrier (which has a point in it), or a model, which is returned
            as it is.
        registry: the plugins that it may use; by default those that are installed.

    Raises:
        ProfileError: there is no such profile or barrier.

    >>> model_of("twente-2019").profile.id, model_of("nl.kvk").profile.id
    ('twente-2019', 'nl-kvk')

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
