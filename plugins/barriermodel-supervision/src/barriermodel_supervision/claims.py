"""More individual support in a day than a day has hours: for a client, or by a worker."""

from typing import Annotated

from barriermodel.plugin import UNKNOWN, Barrier, Between, Concern, Fact, Level, Limit

from .adding_up import by_client, by_worker, known, most_alone, most_declared, naming_a_worker
from .declared_care import DeclaredCare

impossible_claims = Barrier("nl.impossible_claims", concern=Concern.LAWFULNESS)


HoursADay = Annotated[int, Between(24), Limit(source="https://www.twenterand.nl/zorgfraude")]


@impossible_claims.derived
def client_day_declared(care: DeclaredCare) -> Fact[int]:
    """Hours of any care, rounded up, including group care and double staffing, without corrections."""
    return most_declared(known(care.lines), by_client)


@impossible_claims.derived
def client_day_alone(care: DeclaredCare) -> Fact[int]:
    """Hours by one worker at a time, rounded up, after corrections. Unknown if an unknown part could be the most."""
    return most_alone(known(care.lines), by_client)


@impossible_claims.signal(level=Level.ORANGE, unverified=True)
def client_day_over_limit(
    client_day_declared: Fact[int], client_day_alone: Fact[int], *, max_hours_a_day: HoursADay = 24
) -> Fact[bool]:
    """If no day has that much care of any kind, it does not matter which part of it was individual."""
    return (client_day_declared > max_hours_a_day) & (client_day_alone > max_hours_a_day)


@impossible_claims.derived
def names_workers(care: DeclaredCare) -> Fact[bool]:
    """Whether any line says who gave the care."""
    return bool(naming_a_worker(known(care.lines)))


@impossible_claims.condition
def workers_are_named(names_workers: Fact[bool]) -> Fact[bool]:
    """Most claims name no worker; then there is nothing to examine and nothing to ask for."""
    return names_workers


@impossible_claims.derived
def worker_day_declared(care: DeclaredCare) -> Fact[int]:
    """Hours of any care, rounded up, without corrections, on the lines that name a worker."""
    lines = naming_a_worker(known(care.lines))
    return most_declared(lines, by_worker) if lines else UNKNOWN


@impossible_claims.derived
def worker_day_alone(care: DeclaredCare) -> Fact[int]:
    """Hours by this worker alone, rounded up, after corrections, on the lines that name a worker."""
    lines = naming_a_worker(known(care.lines))
    return most_alone(lines, by_worker) if lines else UNKNOWN


@impossible_claims.signal(level=Level.ORANGE, applies=workers_are_named, unverified=True)
def worker_day_over_limit(
    worker_day_declared: Fact[int], worker_day_alone: Fact[int], *, max_hours_a_day: HoursADay = 24
) -> Fact[bool]:
    """The same for a worker, over all clients."""
    return (worker_day_declared > max_hours_a_day) & (worker_day_alone > max_hours_a_day)
