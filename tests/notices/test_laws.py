"""Laws of every import: nothing is dropped silently, zeros in front survive, and every dossier loads."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from barriermodel import UNKNOWN, DossierError, Identifier, Registry, dump_dossier, read_notice
from barriermodel.domain.identifiers import is_rsin
from barriermodel.formats.dossier import read_dossier
from barriermodel.notices.import_report import as_data, as_text, file_names
from barriermodel.notices.notice import Number, Supplier
from barriermodel.notices.suppliers import group_same, numbers_of

NOTICES = Path(__file__).parents[2] / "docs" / "notices"
DAY = date(2026, 1, 15)
REGISTRY = Registry()
digits = st.text("0123456789", min_size=6, max_size=10)
kvk = st.text("0123456789", min_size=8, max_size=8)
names = st.sampled_from(["", "n.v.t.", "Stichting Verzinsel", "St. Verzinsel", "unpublished"]) | st.text(max_size=12)
amounts = st.sampled_from(["", "0", "1.00", "-1", "250000", "250000.00", "12.345", "veel"])
days = st.sampled_from(["", "2000-01-01", "2025-11-01", "2025-13-01", "1 mei"])


@attrs.frozen
class Lot:
    """A lot that was made up: no suppliers and no award, or an award."""

    awarded: bool
    suppliers: tuple[tuple[str, str, str], ...]
    amount: str
    day: str
    number: int | None = None


def lots_of(suppliers):
    one = st.builds(
        Lot, awarded=st.booleans(), suppliers=st.lists(suppliers, max_size=4).map(tuple), amount=amounts, day=days
    )
    return st.lists(one, min_size=1, max_size=4)


lots = lots_of(st.tuples(names, digits, st.sampled_from(["NL", "DE", ""])))
alike = lots_of(st.tuples(names, st.sampled_from(["01234567", "07654321", "123456782"]), st.just("NL")))
"""Lots whose suppliers are easily confused."""


def entries(found):
    """How much a notice names: each supplier of an awarded lot, and each lot without any."""
    return sum(max(1, len(lot.suppliers)) if lot.awarded else 1 for lot in found)


def ted(found):
    def text(words):
        return escape("".join(c for c in words if c.isprintable()))

    def supplier(name, number, country):
        return (
            f"<CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>{text(name)}</OFFICIALNAME>"
            f"<NATIONALID>{number}</NATIONALID><COUNTRY VALUE='{country}'/></ADDRESS_CONTRACTOR></CONTRACTOR>"
        )

    def award(number, lot):
        inner = "<NO_AWARDED_CONTRACT><PROCUREMENT_DISCONTINUED/></NO_AWARDED_CONTRACT>"
        if lot.awarded:
            suppliers = "".join(supplier(*one) for one in lot.suppliers)
            inner = (
                f"<AWARDED_CONTRACT><DATE_CONCLUSION_CONTRACT>{lot.day}</DATE_CONCLUSION_CONTRACT>"
                f"<CONTRACTORS>{suppliers}</CONTRACTORS>"
                f"<VALUES><VAL_TOTAL CURRENCY='EUR'>{lot.amount}</VAL_TOTAL></VALUES></AWARDED_CONTRACT>"
            )
        return f"<AWARD_CONTRACT><LOT_NO>{number}</LOT_NO>{inner}</AWARD_CONTRACT>"

    awards = "".join(award(place if lot.number is None else lot.number, lot) for place, lot in enumerate(found))
    form = f"<F21_2014 FORM='F21'><NOTICE TYPE='AWARD_CONTRACT'/>{awards}</F21_2014>"
    return f"<TED_EXPORT DOC_ID='1-2025'><FORM_SECTION>{form}</FORM_SECTION></TED_EXPORT>".encode()


def ocds(found):
    def supplier(name, number, country):
        return {"name": name, "identifier": {"id": number}, "address": {"countryName": country}}

    def award(number, lot):
        value = {"currency": "EUR"} if lot.amount in ("", "veel") else {"amount": float(lot.amount), "currency": "EUR"}
        suppliers = [supplier(*one) for one in lot.suppliers] if lot.awarded else []
        status = "active" if lot.awarded else "cancelled"
        return {"id": str(number), "relatedLots": [number], "status": status, "date": lot.day, "value": value,
                "suppliers": suppliers}  # fmt: skip

    awards = [award(place if lot.number is None else lot.number, lot) for place, lot in enumerate(found)]
    return json.dumps({"ocid": "ocds-x-1", "awards": awards}).encode()


forms = st.sampled_from([ted, ocds])


def read(found, form):
    """What is read of these lots; a notice that is a fault is no example."""
    imported = read_or_refuse(form(found))
    assume(imported is not None)
    return imported


@given(lots, forms)
def test_a_notice_is_a_fault_only_where_awards_name_nobody(found, form):
    names = [name for lot in found if lot.awarded for name, *_ in lot.suppliers]

    if read_or_refuse(form(found)) is None:
        assert any(lot.awarded for lot in found)
        assert not any(name in ("Stichting Verzinsel", "St. Verzinsel", "unpublished") for name in names)


@given(lots, forms)
def test_what_is_read_is_written_or_left_out(found, form):
    imported = read(found, form)

    assert len(imported.awards) + len(imported.left_out) == entries(found)


def written(imported):
    names = file_names(imported.awards)
    return {name: dump_dossier(one.dossier(DAY)) for name, one in zip(names, imported.awards, strict=True)}


def told(imported):
    return sorted((item.lot, item.reason, item.detail) for item in imported.left_out)


@given(alike, forms, st.randoms(use_true_random=False))
def test_providers_and_file_names_do_not_depend_on_the_order_in_a_notice(found, form, random):
    numbered = [attrs.evolve(lot, number=number) for number, lot in enumerate(found)]
    shuffled = [attrs.evolve(lot, suppliers=tuple(shuffle(random, lot.suppliers))) for lot in shuffle(random, numbered)]
    first, other = read(numbered, form), read(shuffled, form)

    assert written(other) == written(first)
    assert told(other) == told(first)


def test_two_awards_that_differ_in_one_detail_keep_their_file_names():
    def notice(*amounts):
        described = f"<LOT_NO>1</LOT_NO><TITLE>{'Een perceel met een lange naam ' * 5}</TITLE>"
        supplier = "<ADDRESS_CONTRACTOR><OFFICIALNAME>Stichting Verzinsel</OFFICIALNAME></ADDRESS_CONTRACTOR>"
        awards = "".join(
            f"<AWARD_CONTRACT><LOT_NO>1</LOT_NO><AWARDED_CONTRACT><CONTRACTOR>{supplier}</CONTRACTOR>"
            f"<VALUES><VAL_TOTAL CURRENCY='EUR'>{amount}</VAL_TOTAL></VALUES></AWARDED_CONTRACT></AWARD_CONTRACT>"
            for amount in amounts
        )
        parts = f"<OBJECT_CONTRACT><OBJECT_DESCR>{described}</OBJECT_DESCR></OBJECT_CONTRACT>{awards}"
        form = f"<F21_2014 FORM='F21'><NOTICE TYPE='AWARD_CONTRACT'/>{parts}</F21_2014>"
        return f"<TED_EXPORT DOC_ID='1-2025'><FORM_SECTION>{form}</FORM_SECTION></TED_EXPORT>".encode()

    first, other = read_notice(notice(200, 300)), read_notice(notice(300, 200))

    assert len(written(first)) == 2
    assert written(other) == written(first)


IN_ANY_ORDER = ("F21_2014", "OBJECT_CONTRACT", "AWARD_CONTRACT", "AWARDED_CONTRACT", "CONTRACTORS", "CONTRACTOR",
                "NoticeResult", "LotResult", "LotTender", "SettledContract", "TenderingParty", "Organizations",
                "ContractAwardNotice")  # fmt: skip


@given(st.sampled_from(["ted-f21.xml", "eforms-can-social.xml"]), st.randoms(use_true_random=False))
def test_a_notice_whose_parts_stand_in_another_order_says_the_same(name, random):
    raw = (NOTICES / name).read_bytes()
    root = ElementTree.fromstring(raw)
    for one in root.iter():
        if one.tag.rpartition("}")[2] in IN_ANY_ORDER:
            one[:] = shuffle(random, list(one))
    first, other = read_notice(raw), read_notice(ElementTree.tostring(root))

    assert written(other) == written(first)
    assert told(other) == told(first)


def shuffle(random, items):
    return random.sample(items, len(items))


@given(lots, forms)
def test_every_dossier_loads_and_is_the_same(found, form):
    for one in read(found, form).awards:
        dossier = one.dossier(DAY)

        assert read_dossier(dump_dossier(dossier).encode(), REGISTRY) == dossier


@given(lots, forms)
def test_every_unknown_fact_has_a_reason_and_no_other(found, form):
    for one in read(found, form).awards:
        unknown = {field.name for field in attrs.fields(type(one.award)) if getattr(one.award, field.name) is UNKNOWN}

        assert {gap.fact for gap in one.unknown} == unknown


@given(lots, forms)
def test_the_account_names_every_dossier_once_in_both_languages(found, form):
    imported = read(found, form)
    names = file_names(imported.awards)
    account = as_data(imported, names, 1, [], DAY)

    assert len(set(names)) == len(names) == len(account["dossiers"])
    assert all(name.isascii() and name == name.lower() and "/" not in name for name in names)
    assert len(json.loads(json.dumps(account))["left_out"]) == len(imported.left_out)
    for lang in ("nl", "en"):
        assert not [c for c in as_text(account, "out", lang).replace("\n", "") if unicodedata.category(c) == "Cc"]


@given(kvk)
def test_zeros_in_front_survive(number):
    found, notes = numbers_of(Supplier(name="x", numbers=(Number(text=number),), country="NL"))

    assert found == (Identifier("NL-KVK", number),)
    assert notes == ()


@given(digits, st.sampled_from(["", "NL-KVK", "GB-COH"]), st.sampled_from(["", "NL", "DE"]), st.booleans())
def test_a_number_is_taken_or_told(number, scheme, country, natural):
    supplier = Supplier(name="x", numbers=(Number(text=number, scheme=scheme),), country=country, natural=natural)

    found, notes = numbers_of(supplier)

    assert found or notes
    assert all(i.value == number for i in found)
    if natural:
        assert all(i.scheme == "NL-KVK" for i in found)
        assert not (is_rsin(number) and number in str(notes))


identifiers = st.lists(
    st.sampled_from([*(Identifier("NL-KVK", f"0000000{i}") for i in range(3)),
                     *(Identifier("NL-RSIN", rsin) for rsin in ("123456782", "111222333"))]),
    max_size=2, unique_by=lambda identifier: identifier.scheme,
).map(tuple)  # fmt: skip


@given(st.lists(identifiers, max_size=6))
def test_joined_suppliers_never_have_two_numbers_of_one_register(numbers):
    first = group_same(numbers)
    for start in set(first):
        joined = {i for place, own in enumerate(numbers) if first[place] == start for i in own}

        assert len({i.scheme for i in joined}) == len(joined)
        assert first[start] == start


@given(st.lists(identifiers, max_size=6), st.randoms(use_true_random=False))
def test_who_is_joined_does_not_depend_on_the_order(numbers, random):
    order = shuffle(random, range(len(numbers)))

    def groups(first, places):
        return {frozenset(at for at, start in zip(places, first, strict=True) if start == one) for one in first}

    assert groups(group_same([numbers[at] for at in order]), order) == groups(group_same(numbers), range(len(numbers)))


@given(st.lists(identifiers, max_size=6))
def test_suppliers_without_a_shared_number_stay_apart(numbers):
    first = group_same(numbers)
    for place, own in enumerate(numbers):
        others = {i for other, those in enumerate(numbers) if other != place for i in those}
        if not set(own) & others:
            assert first.count(first[place]) == 1


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = ("awards", "parties", "tender", "buyer", "contracts", "date", "tag", "suppliers", "items", "status", "value",
        "relatedLots", "contractPeriod", "identifier", "id", "name", "ocid", "lots")  # fmt: skip


def damaged(data, key, value):
    """The data with this value wherever the key stands."""
    if isinstance(data, dict):
        return {name: value if name == key else damaged(inner, key, value) for name, inner in data.items()}
    return [damaged(inner, key, value) for inner in data] if isinstance(data, list) else data


@given(st.sampled_from(KEYS), junk)
def test_a_damaged_package_is_read_or_refused_and_never_a_traceback(key, value):
    package = damaged(json.loads((NOTICES / "ocds-release-package.json").read_bytes()), key, value)

    found = read_or_refuse(json.dumps(package).encode())

    assert found is None or found.awards or found.left_out


@given(st.sampled_from(["ted-f21.xml", "eforms-can-social.xml"]), st.data())
def test_a_damaged_notice_is_read_or_refused_and_never_a_traceback(name, data):
    root = ElementTree.fromstring((NOTICES / name).read_bytes())
    parents = [element for element in root.iter() if len(element)]
    for _ in range(data.draw(st.integers(1, 3))):
        parent = data.draw(st.sampled_from(parents))
        if len(parent):
            parent.remove(data.draw(st.sampled_from(list(parent))))

    read_or_refuse(ElementTree.tostring(root))


def read_or_refuse(raw):
    """What is read; None where it is refused in one sentence."""
    try:
        return read_notice(raw)
    except DossierError as error:
        if "\n" in str(error):
            raise
        return None
