"""Measures: what was annulled never counts, and the order of the items makes no difference."""

from datetime import date
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from barriermodel.plugin import UNKNOWN, Item
from barriermodel_integrity import Measure, SupervisionMeasure
from barriermodel_integrity.inspection import heaviest_measure, urgent_measure_goes_on

AS_OF = date(2026, 1, 15)
days = st.dates(date(2000, 1, 1), AS_OF)
imposed = st.sampled_from([measure for measure in Measure if measure is not Measure.NONE])


def item(measure, imposed_on=date(2025, 6, 1), annulled=False, ended=False):
    facts = SupervisionMeasure(reference="a", measure=measure, imposed_on=imposed_on, annulled=annulled, ended=ended)
    return Item(facts=facts, ids=("a",), date=imposed_on)


@given(imposed, days, st.booleans())
def test_an_annulled_measure_never_counts(measure, day, ended):
    items = (item(measure, day, annulled=True, ended=ended),)

    assert heaviest_measure(items, AS_OF) is Measure.NONE
    assert urgent_measure_goes_on(items) is False


@given(imposed, days)
def test_a_measure_that_goes_on_always_counts(measure, day):
    assert heaviest_measure((item(measure, day),), AS_OF) is measure


def test_the_heaviest_counts_in_any_order():
    items = (item(Measure.WARNING), item(Measure.ORDER, ended=True), item(Measure.FINE), item(Measure.NONE))

    assert {heaviest_measure(order, AS_OF) for order in permutations(items)} == {Measure.ORDER}
    assert {urgent_measure_goes_on(order) for order in permutations(items)} == {False}


def test_whether_it_was_annulled_must_be_known():
    items = (item(Measure.ORDER, annulled=UNKNOWN),)

    assert heaviest_measure(items, AS_OF) is UNKNOWN
    assert urgent_measure_goes_on(items) is UNKNOWN


def test_whether_it_ended_matters_only_for_what_is_long_ago():
    assert heaviest_measure((item(Measure.FINE, ended=UNKNOWN),), AS_OF) is Measure.FINE
    assert heaviest_measure((item(Measure.FINE, date(2015, 1, 1), ended=UNKNOWN),), AS_OF) is UNKNOWN
