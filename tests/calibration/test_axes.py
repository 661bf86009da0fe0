"""Which parameters can be varied, and with which values."""

from __future__ import annotations

import contextlib
import random
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import attrs
import limits
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pool
import region
from barriermodel import BarrierModel, BarrierModelError, InputError, Level, ProfileError, euro
from barriermodel.calibration import NEEDS, sweep
from barriermodel.calibration.axes import make_axes
from barriermodel.calibration.ranges import number_of_settings, read_settings
from barriermodel.extras import require
from barriermodel.plugin import Between, Fact, Limit, Money
from barriermodel.profiles.profile import Dated
from region import AS_OF, Extract, Size

odd = region.barrier("cal.odd")
LIMIT = Limit(assumed=True)


@odd.derived
def many(extract: Extract, *, most: Annotated[int, LIMIT] = 3) -> bool:
    return extract.staff > most  # type: ignore[operator]


@odd.signal(level=Level.RED)
def both(many: Fact[bool], extract: Extract, *, most: Annotated[int, LIMIT] = 3) -> Fact[bool]:
    return many & (extract.staff > most)


@odd.signal(level=Level.RED, opaque=True)
def plain(extract: Extract, *, few: Annotated[int, LIMIT] = 3) -> Fact[bool]:
    return extract.staff < few  # type: ignore[operator]


@odd.signal(level=Level.RED)
def bounded(extract: Extract, *, low: Annotated[int, Between(0, 9), LIMIT] = 3) -> Fact[bool]:
    return extract.staff < low


@odd.signal(level=Level.RED)
def left_out(extract: Extract, *, alone: Annotated[int, LIMIT] = 3) -> Fact[bool]:
    return extract.staff < alone


CHANGES = {"cal.odd.left_out": pool.RuleChange(reason="a test", leave_out=True)}


def of(**other: Any) -> BarrierModel:
    ids = ["cal.odd", "cal.limits", "pool.money"]
    values = {"rules": CHANGES} | other
    return BarrierModel(region.profile(region.stage("all", *ids), **values), region.registry(odd, *limits.BARRIERS))


MODEL = of()


def axis(id: str, *values: Any, model: BarrierModel = MODEL, as_of: date | None = AS_OF) -> Any:
    return make_axes(model.resolved, {id: values}, as_of)[0]


@pytest.mark.parametrize(
    ("id", "message"),
    [
        ("pool.money.mots", "the profile has no such parameter; did you mean 'pool.money.most'?"),
        ("pool.money.zzzzzzzzzzzz", "no such parameter; pool.money has most"),
        ("qqq", "the profile has no such parameter"),
        ("", "the profile has no such parameter"),
        ("cal.odd.most", "worked into cal.odd.many, whose values come before the rules"),
        ("cal.odd.few", "worked into cal.odd.plain"),
        ("cal.odd.alone", "no rule of the profile uses it"),
    ],
)
def test_a_parameter_that_cannot_be_varied_is_told(id: str, message: str) -> None:
    with pytest.raises(InputError, match="sweep: ") as error:
        axis(id, 1)

    assert message in str(error.value)


def test_a_list_cannot_be_varied() -> None:
    twente = BarrierModel.load("portfolio-scan")
    with pytest.raises(InputError, match="it is a list"):
        axis("nl.quality_certificate.accepted_standards", ["HKZ"], model=twente, as_of=None)


def test_all_that_is_wrong_is_told_together() -> None:
    with pytest.raises(InputError, match="2 errors"):
        make_axes(MODEL.resolved, {"pool.money.mots": [1], "cal.odd.low": ["x"]}, AS_OF)
    with pytest.raises(InputError, match="say which parameter"):
        make_axes(MODEL.resolved, {}, AS_OF)


@pytest.mark.parametrize("values", ["abc", 3, [], None])
def test_values_are_given_as_a_list(values: Any) -> None:
    with pytest.raises(InputError, match=r"expected a list of values|at least one value"):
        make_axes(MODEL.resolved, {"cal.odd.low": values}, AS_OF)


def test_the_own_value_is_among_them_and_numbers_rise() -> None:
    found = axis("pool.money.most", 0.5, 0.05, 0.5)

    assert (found.values, found.values[found.own], found.dated) == ((0.05, 0.1, 0.5), 0.1, False)
    assert axis("cal.limits.word", "z", "b").values == ("z", "b", "a")
    assert axis("cal.limits.size", "large", Size.MEDIUM).values == (Size.LARGE, Size.MEDIUM, Size.SMALL)


def test_a_parameter_that_changes_with_the_date() -> None:
    dated = (
        Dated(value=0.1, from_=date(2020, 1, 1), assumption="a"),
        Dated(value=0.2, from_=date(2022, 1, 1), assumption="b"),
    )
    model = of(parameters={"pool.money": {"most": dated}})

    on_a_day = axis("pool.money.most", 0.3, model=model, as_of=date(2021, 1, 1))
    by_row = axis("pool.money.most", 0.3, model=model, as_of=None)

    assert (on_a_day.values, on_a_day.own, on_a_day.dated) == ((0.1, 0.3), 0, True)
    assert (by_row.values, by_row.own, by_row.dated) == ((None, 0.3), 0, True)


@given(st.data(), st.sampled_from(["pool.money.most", "cal.odd.low", *limits.VALUES]))
def test_what_loading_a_profile_refuses_is_refused(data: Any, id: str) -> None:
    values = st.one_of(
        st.integers(-5, 12), st.floats(width=16), st.decimals(-9, 9, places=3), st.text(max_size=3), st.booleans(),
        st.sampled_from([AS_OF, "2020-01-01", "2020-02-30", euro(3), Size.LARGE, "large", [1], Decimal("0.5"), 10**20]),
    )  # fmt: skip
    value = data.draw(st.one_of(values, limits.VALUES.get(id, values)))
    if id.startswith("pool.register"):
        id = "cal.limits.fewest"
    barrier, _, name = id.rpartition(".")
    parameters = {barrier: {name: (Dated(value=value, assumption="a test"),)}}
    try:
        model = of(parameters=parameters)
    except ProfileError:
        with pytest.raises(InputError):
            axis(id, value)
        return
    loaded = next(b for b in model.resolved.barriers if b.id == barrier).parameters[name].settings[0].value

    assert loaded in axis(id, value).values


# As they are written ----------------------------------------------------------------------------------


def read(written: str) -> Any:
    (values,) = read_settings(MODEL.resolved, [written]).values()
    return values


def test_a_range_is_decimal_and_ends_at_its_stop() -> None:
    found = axis("pool.money.most", *read("pool.money.most=0.03:0.20:0.01"), as_of=AS_OF)

    assert found.values == tuple(n / 100 for n in range(3, 21))
    assert read("cal.odd.low=1:8:3") == [1, 4, 7]
    assert read("pool.money.most=0.1:0.1:1") == [Decimal("0.1")]
    assert axis("cal.limits.amount", *read("cal.limits.amount=1:1.5:0.25")).values == (
        euro(1), euro("1.25"), euro("1.50"), euro(2),
    )  # fmt: skip


def test_lists_and_single_values_of_every_type() -> None:
    assert read("cal.limits.fewest=-2, 3") == [-2, 3]
    assert read("cal.limits.word=ISO 9001:2015,é") == ["ISO 9001:2015", "é"]
    assert read("cal.limits.strict=true,false") == [True, False]
    assert axis("cal.limits.size", *read("cal.limits.size=large")).values == (Size.LARGE, Size.SMALL)
    assert read("cal.limits.day=2020-01-30:2020-02-02:2") == [date(2020, 1, 30), date(2020, 2, 1)]
    assert read("cal.limits.day=30-1-2020:02-02-2020:2") == [date(2020, 1, 30), date(2020, 2, 1)]
    assert read("cal.limits.day=30-1-2020, 15/3/2020") == [date(2020, 1, 30), date(2020, 3, 15)]
    assert axis("cal.limits.day", *read("cal.limits.day=2020-01-30")).values == (date(2020, 1, 30), date(2024, 1, 1))


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("pool.money.most", "write it as BARRIER.PARAMETER=VALUES"),
        ("pool.money.most=", "write it as BARRIER.PARAMETER=VALUES"),
        ("pool.money.mots=1", "did you mean 'pool.money.most'?"),
        ("pool.money.most=0,03", "'03' is no number; write decimals with a point"),
        ("pool.money.most=10%", "is no number"),
        ("pool.money.most=1e3", "is no number"),
        ("pool.money.most=nan", "is no number"),
        ("pool.money.most=٣", "is no number"),
        ("pool.money.most=1,,2", "is no number"),
        ("pool.money.most=1:2", "write a range as start:stop:step"),
        ("pool.money.most=1:2:3:4", "write a range as start:stop:step"),
        ("pool.money.most=2:1:1", "goes nowhere"),
        ("pool.money.most=1:2:0", "goes nowhere"),
        ("pool.money.most=1:2:-1", "goes nowhere"),
        ("pool.money.most=0:1:0.0000001", "is 10000001 values; take a larger step"),
        ("cal.limits.day=2020-01-01:2019-01-01:1", "goes nowhere"),
        ("cal.limits.day=2020-01-01:2021-01-01:0.5", "goes nowhere"),
        ("cal.limits.day=2020-13-01:2021-01-01:5", "is no day of the calendar"),
    ],
)
def test_what_cannot_be_read_is_told(written: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read(written)

    assert message in str(error.value)
    assert str(error.value).startswith("--set ")


def test_a_parameter_stands_there_once_and_a_grid_has_a_size() -> None:
    with pytest.raises(InputError, match="it stands there twice"):
        read_settings(MODEL.resolved, ["cal.odd.low=1", "cal.odd.low=2"])

    assert number_of_settings(read_settings(MODEL.resolved, ["cal.odd.low=1:5:1", "cal.limits.fewest=1,2"])) == 10


@given(st.integers(0, 2**32))
def test_any_words_are_read_or_refused_in_a_sentence(seed: int) -> None:
    dice = random.Random(seed)
    text = "".join(dice.choice("0123456789.,:=-aé x\n") for _ in range(dice.randint(0, 12)))
    id = dice.choice(["pool.money.most", "cal.odd.low", "cal.limits.day", "cal.limits.word", "cal.limits.strict"])
    with contextlib.suppress(InputError):
        make_axes(MODEL.resolved, {id: read(f"{id}={text}")}, AS_OF)


def test_a_missing_extra_is_one_sentence() -> None:
    with pytest.raises(BarrierModelError, match=r"calibration needs not_there; install it with: pip install 'barrierm"):
        require("calibration", NEEDS, "not_there")


def test_numbers_of_numpy_are_numbers() -> None:
    numpy = pytest.importorskip("numpy")

    assert axis("cal.odd.low", *numpy.arange(3)).values == (0, 1, 2, 3)
    assert axis("pool.money.most", *numpy.linspace(0, 1, 3)).values == (0.0, 0.1, 0.5, 1.0)


@pytest.mark.parametrize("written", ["150.000", "1,150.000", "150.000:300.000:50.000"])
def test_an_amount_that_may_be_in_thousands_is_refused(written: str) -> None:
    values = read_settings(MODEL.resolved, [f"cal.limits.amount={written}"])

    with pytest.raises(InputError, match=r"the amount 150\.000 can be 150 or 150,000; write 150 or 150000"):
        make_axes(MODEL.resolved, values, None)


def test_money_is_not_a_float() -> None:
    with pytest.raises(InputError, match="expected an amount in euros"):
        axis("cal.limits.amount", 1.5)
    assert axis("cal.limits.amount", Money(cents=1)).values == (Money(cents=1), euro(2))


def test_a_day_without_a_limit_is_told_before_anything_is_read() -> None:
    dated = (Dated(value=0.1, from_=date(2020, 1, 1), assumption="a"),)
    model = of(parameters={"pool.money": {"most": dated}})

    with pytest.raises(InputError, match="no value on 2019-01-01"):
        sweep(model, object(), {"pool.money.most": [1]}, as_of=date(2019, 1, 1))
    later = BarrierModel(attrs.evolve(model.profile, valid_from=date(2021, 1, 1)), model.registry)
    with pytest.raises(InputError, match="it is valid from"):
        sweep(later, object(), {"pool.money.most": [1]}, as_of=date(2020, 1, 1))
