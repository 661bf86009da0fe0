"""How many documents a provider is asked for: by asks, and by asking for all. ``python tests/benchmarks/bench_burden.py``

Each dossier of a fictional portfolio is complete, but nothing of it is handed in at first. What the assessment asks for
is handed in, until it asks for nothing; then the advice must be that of the complete dossier.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import attrs
from portfolio import portfolio, suite

from barriermodel import BarrierModel, Dossier, Status
from barriermodel.domain.values import add_months_to
from barriermodel.engine.requests import Ask
from barriermodel.plugin import EvidenceKind, Supplier

assess = functools.cache(BarrierModel.assess)  # most dossiers come by in several ways


@attrs.frozen
class Handed:
    """What was handed in on the way to an advice, and in how many rounds with the provider."""

    kinds: tuple[EvidenceKind, ...]
    letters: int
    dossier: Dossier


def everything(asks: Sequence[Ask]) -> Sequence[Ask]:
    """All that is asked, at once."""
    return asks


def look_ups_first(asks: Sequence[Ask]) -> Sequence[Ask]:
    """What the authority can look up itself; where nothing of that is left, all that the provider must supply."""
    return [ask for ask in asks if ask.kind.supplier is Supplier.REGISTER] or asks


def one_by_one(asks: Sequence[Ask]) -> Sequence[Ask]:
    """Look-ups first, then the provider's documents one at a time, in the order of the asks."""
    return [ask for ask in asks if ask.kind.supplier is Supplier.REGISTER] or asks[:1]


WAYS: dict[str, Callable[[Sequence[Ask]], Sequence[Ask]]] = {
    "by asks, all at once": everything,
    "by asks, look-ups first": look_ups_first,
    "by asks, then one document a time": one_by_one,
}


def by_asks(model: BarrierModel, full: Dossier, way: Callable[[Sequence[Ask]], Sequence[Ask]]) -> Handed:
    """Hands in what is asked for, until nothing is."""
    known, kinds, letters = attrs.evolve(full, evidence=()), list[EvidenceKind](), 0
    complete = assess(model, full).advice
    while asks := way((assessment := assess(model, known)).asks):
        wanted = {ask.kind.id: ask.kind for ask in asks}
        assert not wanted.keys() & {kind.id for kind in kinds}, "asked twice for the same"
        kinds += wanted.values()
        letters += any(kind.supplier is Supplier.PROVIDER for kind in wanted.values())
        new = tuple(item for item in full.evidence if item.kind.id in wanted)
        known = attrs.evolve(known, evidence=(*known.evidence, *new))
    assert assessment.advice == complete, "another advice than with everything"
    return Handed(tuple(kinds), letters, known)


def applicable(model: BarrierModel, full: Dossier) -> tuple[EvidenceKind, ...]:
    """The kinds of every barrier of which a rule applies to this provider and award."""
    status = {rule.id: rule.status for rule in assess(model, full).rules}
    kinds = {
        kind.id: kind
        for planned in model.resolved.barriers
        if any(status[rule.id] not in (Status.NOT_APPLICABLE, Status.NOT_EXAMINED) for rule in planned.rules)
        for kind in planned.definition.kinds
    }
    return tuple(kinds.values())


def count(kinds: Iterable[EvidenceKind], supplier: Supplier) -> int:
    return sum(kind.supplier is supplier for kind in kinds)


def row(name: str, found: Sequence[Handed]) -> float:
    """Prints the averages of a way of asking; gives the provider's documents."""
    n = len(found)
    documents = sum(count(handed.kinds, Supplier.PROVIDER) for handed in found) / n
    look_ups = sum(count(handed.kinds, Supplier.REGISTER) for handed in found) / n
    minutes = sum(k.burden for handed in found for k in handed.kinds if k.supplier is Supplier.PROVIDER) / n
    letters = sum(handed.letters for handed in found) / n
    print(f"{name:36}{documents:11.2f}{minutes:9.0f}{letters:9.2f}{look_ups:10.2f}")
    return documents


def first_award(model: BarrierModel, dossiers: list[Dossier]) -> list[Handed]:
    every = tuple(model.resolved.kinds.values())
    applies = [Handed(applicable(model, full), 1, full) for full in dossiers]
    ways = {name: [by_asks(model, full, way) for full in dossiers] for name, way in WAYS.items()}
    print(f"{'of each provider, on average':36}{'documents':>11}{'minutes':>9}{'letters':>9}{'look-ups':>10}")
    whole = row("all that the profile reads", [Handed(every, 1, full) for full in dossiers])
    row("all that can apply to the provider", applies)
    asked = {name: row(name, found) for name, found in ways.items()}
    last = list(ways.values())[-1]
    print(
        f"\ndocuments, look-ups first against all that the profile reads: {asked['by asks, look-ups first'] / whole:.2f}"
    )
    print("the advice is that of the complete dossier, for each provider and each way")
    return last


def second_award(model: BarrierModel, first: list[Handed]) -> None:
    """What an award of another municipality asks for, so many months later, with the evidence of the first."""
    print(f"\n{'second award, other municipality':36}{'documents':>11}{'look-ups':>10}{'nothing asked':>18}")
    for months in (0, 1, 3, 6, 12):
        asks = [assess(model, later(handed.dossier, months)).asks for handed in first]
        kinds = [[ask.kind for ask in found] for found in asks]
        documents, look_ups = (
            sum(count(k, s) for k in kinds) / len(first) for s in (Supplier.PROVIDER, Supplier.REGISTER)
        )
        nothing = f"{sum(not found for found in asks)} of {len(first)}"
        print(f"{f'after {months} months':36}{documents:11.2f}{look_ups:10.2f}{nothing:>18}")


def later(dossier: Dossier, months: int) -> Dossier:
    award = attrs.evolve(dossier.award, id="second", authority="Gemeente Tweedestad", municipalities=("Tweedestad",))
    return attrs.evolve(dossier, as_of=add_months_to(dossier.as_of, months), award=award)


def main() -> None:
    scenarios = suite()
    model = scenarios.model
    dossiers = portfolio(scenarios.clear, model.resolved.kinds.values())
    advice = Counter(assess(model, dossier).advice for dossier in dossiers)
    assert all(interval.decided for interval in advice), "a dossier is not complete"
    told = ", ".join(f"{end.at_least.key} {found}" for end, found in advice.most_common())
    print(f"{len(dossiers)} fictional dossiers under {model.resolved.profile.id}: {told}\n")
    second_award(model, first_award(model, dossiers))


if __name__ == "__main__":
    main()
