"""When a verklaring omtrent het gedrag (VOG, certificate of conduct) counts, in the words of Jeugdwet 4.1.6."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, TypeAlias

from barriermodel.plugin import Between, add_months

from .staff import Worker

VogMonths: TypeAlias = Annotated[int, Between(0, 120)]
SoloVogMonths: TypeAlias = Annotated[int, Between(0, 120)]


def without_vog(workers: Iterable[Worker], as_of: date, vog_months: int, solo_vog_months: int) -> int:
    """Count who works there on this date without a VOG that counts."""
    return sum(
        _at_work(worker, as_of) and not _has_valid_vog(worker, as_of, vog_months, solo_vog_months) for worker in workers
    )


def _at_work(worker: Worker, as_of: date) -> bool:
    """A person who starts later does not need one yet."""
    return bool(worker.started_on <= as_of)


def _has_valid_vog(worker: Worker, as_of: date, vog_months: int, solo_vog_months: int) -> bool:
    """Issued not too long before the start of work; for a person who works alone, not too long ago."""
    if not worker.has_vog:
        return False
    if worker.solo_worker:
        return bool(worker.vog_issued_on >= add_months(as_of, -solo_vog_months))
    return bool(worker.vog_issued_on >= add_months(worker.started_on, -vog_months))
