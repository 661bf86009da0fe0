"""A dossier written as JSON and read back is the same dossier; whatever else is read is one clear error."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

import expressions as ex
from barriermodel import (
    UNKNOWN,
    Absent,
    Act,
    Award,
    Dossier,
    DossierError,
    Evidence,
    Identifier,
    LegalForm,
    Procedure,
    Provider,
    Requested,
    Source,
    dump_dossier,
    euro,
    load_dossier,
)
from barriermodel.domain.evidence import states_a_fact
from barriermodel.domain.values import MAX_SAFE_INTEGER
from barriermodel.formats.dossier import read_dossier
from barriermodel.plugin import Money, SourceType, UnknownReason
from barriermodel.text import Localized
from region import Accounts, Answers, Extract, Member, Team, dossier, item, registry

REGISTRY = registry()
texts = st.text(max_size=12) | st.sampled_from(
    ["{", "}", "{name}", "\u2028", "\x00", "é", "e\u0301", "😀", "\ufeff", '"\\']
)
some = st.text(min_size=1, max_size=5)
money = st.integers(-MAX_SAFE_INTEGER, MAX_SAFE_INTEGER).map(lambda cents: Money(cents=cents))
dates = st.dates()
finite = st.floats(allow_nan=False, allow_infinity=False)
whole = st.integers(-MAX_SAFE_INTEGER, MAX_SAFE_INTEGER)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.just(UNKNOWN) | values


def rsin(start: str) -> str | None:
    """Eight digits with the ninth that makes the elfproef, where there is one."""
    rest = sum(int(digit) * weight for digit, weight in zip(start, range(9, 1, -1), strict=True)) % 11
    return f"{start}{rest}" if rest < 10 and int(start) > 0 else None


def lei(start: str) -> str:
    """Eighteen letters and digits with the two check digits of ISO 7064."""
    number = int("".join(str(int(letter, 36)) for letter in f"{start}00"))
    return f"{start}{98 - number % 97:02d}"


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


identifiers = st.one_of(
    st.builds(Identifier, st.sampled_from(["NL-KVK", "NL-AGB", "NL-URA"]), digits(8)),
    st.builds(Identifier, st.just("NL-VESTIGING"), digits(12)),
    st.builds(Identifier, st.just("NL-RSIN"), digits(8).map(rsin).filter(bool)),
    st.builds(Identifier, st.just("LEI"), st.text("0123456789ABCXYZ", min_size=18, max_size=18).map(lei)),
    st.builds(Identifier, st.just("VAT"), st.sampled_from(["NL004495445B01", "DE136695976", "BE0428759497"])),
)
sources = st.builds(
    Source, type=st.sampled_from(SourceType), issuer=st.none() | texts, reference=st.none() | texts,
    sha256=st.none() | st.sampled_from(["ab" * 32]),
)  # fmt: skip
notes = st.lists(st.builds(Localized, texts, texts) | st.builds(Localized, texts, texts, fr=texts), max_size=2).map(
    tuple
)
pairs = [
    ("flag", st.booleans()),
    ("count", whole),
    ("share", finite),
    ("amount", money),
    ("day", dates),
    ("words", texts),
]
answers = st.builds(
    Answers, **{n + e: maybe(s) for n, s in [*pairs, ("size", ex.BY_TYPE[ex.Size])] for e in ("", "_b")}
)
extracts = st.builds(Extract, active=maybe(st.booleans()), staff=maybe(whole), codes=maybe(st.lists(texts, max_size=3)))
years = st.builds(Accounts, year=maybe(whole), profit=maybe(money), turnover=maybe(money))
members = st.builds(Member, name=maybe(texts), certified=maybe(st.booleans()), hours=maybe(finite), since=maybe(dates))
teams = st.builds(
    Team, members=maybe(st.lists(members, max_size=2)), salaries=maybe(st.lists(money, max_size=2)),
    complete=maybe(st.booleans()),
)  # fmt: skip
items = st.builds(
    Evidence, id=texts, facts=st.one_of(answers, extracts, years, teams).filter(states_a_fact),
    about=st.none() | identifiers,
    source=st.none() | sources, issued_on=st.none() | dates, obtained_on=st.none() | dates,
    valid_until=st.none() | dates, notes=notes,
)  # fmt: skip
kinds = st.sampled_from(["answers", "extract", "accounts", "team"])
absent = st.builds(
    Absent, kind=kinds,
    reason=st.sampled_from([UnknownReason.MISSING, UnknownReason.NOT_COVERED, UnknownReason.UNAVAILABLE]),
    source=st.none() | sources, notes=notes,
)  # fmt: skip
awards = st.builds(
    Award, id=maybe(texts), authority=maybe(texts), title=maybe(texts), act=maybe(st.sampled_from(Act)),
    procedure=maybe(st.sampled_from(Procedure)), services=maybe(st.lists(texts, max_size=2)),
    municipalities=maybe(st.lists(texts, max_size=2)), awarded_on=maybe(dates), starts_on=maybe(dates),
    ends_on=maybe(dates), value=maybe(money.map(lambda m: Money(cents=abs(m.cents)))),
)  # fmt: skip
dossiers = st.builds(
    Dossier, as_of=st.dates(date(1583, 1, 1), date(2199, 12, 31)),
    award=awards, evidence=st.lists(items, max_size=3, unique_by=lambda i: i.id),
    provider=st.builds(
        Provider, name=maybe(texts), identifiers=st.lists(identifiers, max_size=3, unique_by=lambda i: i.scheme),
        legal_form=maybe(st.sampled_from(LegalForm)),
    ),
    absent=st.lists(absent, max_size=2),
    requested=st.lists(st.builds(Requested, kind=kinds, asked_on=dates, due_on=st.none() | dates), max_size=2),
)  # fmt: skip


@given(dossiers)
@example(
    dossier(
        item(
            Accounts(
                year=MAX_SAFE_INTEGER, profit=Money(cents=MAX_SAFE_INTEGER), turnover=Money(cents=1 - MAX_SAFE_INTEGER)
            )
        )
    )
)
@example(dossier(item(Answers(share=5e-324, share_b=-0.0, amount=euro("0.01")))))
def test_a_dossier_read_back_is_the_same(dossier: Dossier) -> None:
    written = dump_dossier(dossier)
    again = read_dossier(written.encode(), REGISTRY)

    assert again == dossier
    assert dump_dossier(again) == written


@given(dossiers)
def test_its_text_and_what_was_parsed_of_it_are_the_same_dossier(dossier: Dossier) -> None:
    written = dump_dossier(dossier)

    assert load_dossier(written, REGISTRY) == dossier
    assert load_dossier(json.loads(written, parse_float=Decimal), REGISTRY) == dossier
    # an amount that became a float may be refused, and is never another amount
    assert read_parsed(json.loads(written)) in (None, dossier)


def read_parsed(data: Any) -> Dossier | None:
    """The dossier, or None where only its amounts are refused."""
    try:
        return load_dossier(data, REGISTRY)
    except DossierError as error:
        told = {problem.expected for problem in error.problems}
    assert told == {"an amount in euros with at most two decimals"}
    return None


def test_every_amount_that_can_be_held_is_written_exactly() -> None:
    """Also the largest, where a number of JSON has hardly enough digits."""
    for cents in (MAX_SAFE_INTEGER, MAX_SAFE_INTEGER - 1, MAX_SAFE_INTEGER - 2, -MAX_SAFE_INTEGER):
        given = dossier(item(Accounts(profit=Money(cents=cents))))

        assert read_dossier(dump_dossier(given).encode(), REGISTRY) == given


VALID = json.loads(
    dump_dossier(
        dossier(
            item(Answers(flag=True, count=1, share=0.5, amount=euro("1.50"), day=date(2024, 2, 29), words="a")),
            item(Team(members=(Member(name="x", since=date(2020, 1, 1)),), salaries=(euro(1),)), "b"),
            provider=Provider(name="p", identifiers=(Identifier("NL-KVK", "01234567"),), legal_form=LegalForm.BV),
            absent=[Absent(kind="extract", reason=UnknownReason.MISSING)],
            requested=[Requested(kind="accounts", asked_on=date(2025, 1, 1))],
        )
    )
)
wild = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    | st.sampled_from(["2020-02-30", "0000-00-00", "20150000", "NL-KVK", "answers", "bv", 10**400, 10**350, 1e400]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def places(data: Any, path: tuple[Any, ...] = ()) -> Any:
    """The path of every value in it."""
    yield path
    if isinstance(data, (dict, list)):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from places(value, (*path, key))


def changed(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[path[0]] = changed(data[path[0]], path[1:], value)
    return copy


def read(raw: bytes) -> Dossier | None:
    """The dossier, or None where it is refused in the proper way."""
    try:
        return read_dossier(raw, REGISTRY, "x.json")
    except DossierError as error:
        check_told(error)
        return None


def check_told(error: DossierError) -> None:
    assert error.problems
    assert all(p.message and "\n" not in p.message for p in error.problems)
    assert str(error).startswith("x.json: ")
    str(error).encode()  # it can be shown


@given(st.sampled_from([p for p in places(VALID) if p]), wild)
def test_a_dossier_with_one_value_replaced_is_read_or_refused(path: tuple[Any, ...], value: Any) -> None:
    found = read(json.dumps(changed(VALID, path, value), ensure_ascii=True).encode())

    if found is not None:
        assert read_dossier(dump_dossier(found).encode(), REGISTRY) == found


@given(wild)
def test_any_json_is_read_or_refused(data: Any) -> None:
    read(json.dumps(data).encode())
    if isinstance(data, dict):
        read(json.dumps({**VALID, **data}).encode())


@given(st.binary(max_size=40), st.integers(0, 900), st.integers(0, 30))
def test_any_bytes_are_read_or_refused(noise: bytes, place: int, cut: int) -> None:
    whole = json.dumps(VALID).encode()

    read(noise)
    read(whole[:place] + noise + whole[place + cut :])
