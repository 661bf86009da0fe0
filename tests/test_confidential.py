"""No output tells by default what confidential evidence says: of an advice on Bibob, of a self-declaration."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel import (
    Assessment,
    Award,
    BarrierModel,
    Dossier,
    DossierError,
    Evidence,
    InputError,
    Procedure,
    Provider,
    Registry,
    Source,
)
from barriermodel.formats.dossier import read_dossier
from barriermodel.plugin import Localized, SourceType
from barriermodel.tables.columns import profile_columns
from region import profile, stage

bibob = pytest.importorskip("barriermodel_integrity.bibob")
exclusion = pytest.importorskip("barriermodel_exclusion")

AS_OF = date(2026, 1, 15)
REGISTRY = Registry.discover()
MODEL = BarrierModel(profile(stage("all", "nl.bibob", "nl.exclusion_grounds")), REGISTRY)
REFERENCE = "LBB-geheim-77"
NOTE = Localized(nl="Onbekend criterium, antwoord: geheim ja.", en="Unknown criterion, answer: secret yes.")
GROUNDS = [name for name in exclusion.SelfDeclaration.__annotations__ if not name.endswith("_on")]
DATES = [name for name in exclusion.SelfDeclaration.__annotations__ if name.endswith("_on")]
CONCLUSION = bibob.BibobConclusion


def assessed(advice: dict[str, Any], declaration: dict[str, Any]) -> Assessment:
    items = [
        Evidence(id="ev-bibob", facts=bibob.BibobAdvice(**advice), issued_on=date(2025, 12, 1), notes=[NOTE]),
        Evidence(
            id="ev-uea", facts=exclusion.SelfDeclaration(**declaration), issued_on=date(2025, 12, 2), notes=[NOTE]
        ),
        Evidence(id="ev-tender", facts=exclusion.Tender(received_on=AS_OF), issued_on=AS_OF),
    ]
    award = Award(procedure=Procedure.OPEN)
    return MODEL.assess(Dossier(as_of=AS_OF, provider=Provider(), award=award, evidence=items))


def said(assessment: Assessment, confidential: bool = False) -> dict[str, str]:
    """Every output, the digests in it too."""
    data = assessment.to_dict(confidential=confidential)
    texts = {
        f"{start}{lang}": write(lang, confidential=confidential, full=full)
        for lang in ("nl", "en")
        for start, write, full in (
            ("", assessment.explain, True),
            ("markdown ", assessment.markdown, True),
            ("page ", assessment.explain, False),
            ("page as markdown ", assessment.markdown, False),
        )
    }
    pages = {"page as html": assessment.html(confidential=confidential)}
    return {**texts, **pages, "json": json.dumps(data)}


BAD = {
    "advice": {
        "conclusion": CONCLUSION.SERIOUS_DANGER,
        "given_on": date(2023, 4, 17),
        "reference": REFERENCE,
        "for_pgb": False,
    },
    "declaration": {
        **dict.fromkeys(GROUNDS, False),
        **dict.fromkeys(DATES, date(2024, 8, 23)),
        "fraud": True,
        "tax_unpaid": True,
    },
}


def test_no_value_of_a_confidential_kind_is_told_by_default() -> None:
    for name, words in said(assessed(**BAD)).items():
        for secret in (
            REFERENCE,
            "17 april 2023",
            "17 April 2023",
            "2023-04-17",
            "23 augustus",
            "23 August",
            "2024-08-23",
        ):
            assert secret not in words, name
        assert '"value": "serious_danger"' not in words
        assert "geheim ja" not in words
        assert "secret yes" not in words


def test_they_are_told_when_asked_for() -> None:
    shown = {name: " ".join(words.split()) for name, words in said(assessed(**BAD), confidential=True).items()}

    assert "datum van de veroordeling (fraude): 23 augustus 2024" in shown["nl"]
    assert "conclusie van het bruikbare Bibob-advies: ernstig gevaar" in shown["nl"]
    assert '"value": "2023-04-17"' in shown["json"]
    assert '"value": "serious_danger"' in shown["json"]
    assert "geheim ja" in shown["nl"]


def test_the_outputs_say_what_was_withheld_and_how_long_it_may_be_kept() -> None:
    shown = said(assessed(**BAD))

    assert "Afgeschermd: Bibob-advies ‘ev-bibob’, Eigen verklaring (UEA) ‘ev-uea’." in shown["nl"]
    assert "Bewaartermijn van Bibob-advies: Bewaar alleen kenmerk, datum en conclusie" in shown["nl"]
    assert "Let op: over ‘ev-bibob’ zijn er opmerkingen; ze zijn afgeschermd" in " ".join(shown["nl"].split())
    withheld = json.loads(shown["json"])["withheld"]
    assert [(item["kind"], item["evidence"]) for item in withheld] == [
        ("bibob_advice", "ev-bibob"), ("self_declaration", "ev-uea"),
    ]  # fmt: skip
    assert all(item["retention"]["nl"] for item in withheld)


def test_a_fact_derived_from_a_confidential_kind_is_withheld_as_well() -> None:
    rules = [rule for barrier in assessed(**BAD).to_dict()["stages"][0]["barriers"] for rule in barrier["rules"]]
    facts = [fact for rule in rules for fact in rule["facts"] if fact["name"].endswith("usable_conclusion")]

    assert facts
    assert {(fact["value"], fact["withheld"]) for fact in facts} == {(None, True)}


def test_no_guess_at_a_conclusion_can_be_tried_on_a_digest() -> None:
    """Digests of a dossier with each conclusion, each day and each number that it may have had: they are one."""
    found: set[str] = set()
    for conclusion in CONCLUSION:
        for day in (date(2023, 4, 17), date(2024, 1, 1)):
            advice = bibob.BibobAdvice(conclusion=conclusion, given_on=day, reference=f"LBB-{day}", for_pgb=False)
            raw = Source(type=SourceType.DOCUMENT, reference=f"LBB-{day}", sha256=str(day.toordinal()) * 8)
            item = Evidence(id="ev-bibob", facts=advice, issued_on=day, source=raw, notes=[NOTE])
            told = MODEL.assess(Dossier(as_of=AS_OF, provider=Provider(), evidence=[item])).to_dict()
            found.add(told["dossier"]["digest"])

    assert len(found) == 1


IN_TERM = st.dates(date(2023, 2, 1), date(2025, 11, 30))


@st.composite
def pairs(draw: st.DrawFn) -> list[dict[str, Any]]:
    """The facts of two dossiers under which every rule comes out alike, with other values of confidential facts."""
    grounds = draw(st.fixed_dictionaries(dict.fromkeys(GROUNDS, st.booleans())))
    conclusions = draw(
        st.sampled_from([(CONCLUSION.NO_DANGER, CONCLUSION.NOT_ASKED), *((one, one) for one in CONCLUSION)])
    )
    found: list[dict[str, Any]] = []
    for conclusion in conclusions:
        days = draw(st.fixed_dictionaries(dict.fromkeys(DATES, IN_TERM)))
        settled: dict[str, bool] = {}
        if not grounds["tax_unpaid"]:  # then whether it was paid since says nothing
            settled = {"tax_final": draw(st.booleans()), "tax_settled": draw(st.booleans())}
        advice = {"conclusion": conclusion, "given_on": draw(IN_TERM), "reference": draw(st.text()), "for_pgb": False}
        found.append({"advice": advice, "declaration": {**grounds, **days, **settled}})
    return found


@given(pairs())
def test_what_is_told_depends_on_what_the_rules_find_and_on_no_other_value(pair: list[dict[str, Any]]) -> None:
    one, other = (assessed(**facts) for facts in pair)
    assert [rule.status for rule in one.rules] == [rule.status for rule in other.rules]

    assert said(one) == said(other)


def test_a_row_of_a_table_is_told_alike() -> None:
    row: dict[str, Any] = dict.fromkeys(profile_columns(MODEL.resolved).read)
    row |= {"as_of": AS_OF, "award__procedure": "open", "tender__received_on": AS_OF}
    row |= {f"bibob_advice__{name}": value for name, value in BAD["advice"].items()}
    row |= {f"self_declaration__{name}": value for name, value in BAD["declaration"].items()}
    row["bibob_advice__conclusion"] = "serious_danger"

    for words in said(MODEL.explain_row(row)).values():
        assert "23 augustus" not in words
        assert "2024-08-23" not in words
        assert REFERENCE not in words
        assert '"value": "serious_danger"' not in words


def test_a_cell_that_cannot_be_read_is_told_without_what_is_in_it() -> None:
    with pytest.raises(
        InputError, match="bibob_advice__given_on: the value cannot be read; it is confidential"
    ) as caught:
        MODEL.explain_row({"as_of": AS_OF, "bibob_advice__given_on": "gisteren", "award__value": "veel"})

    assert "gisteren" not in str(caught.value)


def test_an_ask_tells_no_value() -> None:
    open_ = assessed({"conclusion": CONCLUSION.SERIOUS_DANGER, "reference": REFERENCE}, {"fraud": True})

    assert {ask.kind.id for ask in open_.asks} >= {"self_declaration"}
    assert REFERENCE not in json.dumps(open_.to_dict()["asks"])


def test_a_mistake_in_confidential_evidence_is_told_without_what_was_given() -> None:
    wrong = {"conclusion": "heel_erg", "given_on": "gisteren", "reference": 5, "for_pgb": "misschien", "extra": 1}
    other = {"received_on": "vandaag"}
    data = {
        "schema": "barriermodel/dossier/1", "as_of": "2026-01-15", "provider": {},
        "evidence": [
            {"kind": "bibob_advice", "id": "a", "facts": wrong}, {"kind": "tender", "id": "b", "facts": other},
        ],
    }  # fmt: skip

    with pytest.raises(DossierError) as caught:
        read_dossier(json.dumps(data).encode(), REGISTRY)

    told = str(caught.value)
    assert not [word for word in ("heel_erg", "gisteren", "misschien", "got 5") if word in told]
    assert "evidence[0].facts.given_on: expected a date (YYYY-MM-DD); what was given is confidential" in told
    assert "evidence[0].facts: an unknown key; it is not named, for it is confidential; known are " in told
    assert "evidence[1].facts.received_on: expected a date (YYYY-MM-DD); got 'vandaag'" in told


@pytest.mark.parametrize(
    ("fact", "value"),
    [("given_on", "2023-02-30"), ("reference", ["LBB-geheim"]), ("conclusion", "serious_dangers"), ("for_pgb", "LBB")],
)
def test_an_error_of_a_confidential_fact_does_not_tell_its_value(fact: str, value: object) -> None:
    item = {"kind": "bibob_advice", "id": "a", "facts": {fact: value}}
    data = {"schema": "barriermodel/dossier/1", "as_of": "2026-01-15", "provider": {}, "evidence": [item]}

    with pytest.raises(DossierError, match=rf"evidence\[0\]\.facts\.{fact}: .*confidential") as caught:
        read_dossier(json.dumps(data).encode(), REGISTRY)

    assert not [word for word in ("02-30", "LBB", "dangers'") if word in str(caught.value)]


@pytest.mark.parametrize(
    "item",
    [
        {"facts": {"LBB-geheim-77": "ja"}},
        {"facts": {}, "notes": [{"nl": "LBB-geheim-77", "LBB-geheim-77": 1}]},
        {"facts": {}, "source": {"type": "LBB-geheim-77"}},
        {"facts": {}, "source": {"type": "register", "LBB-geheim-77": 1}},
        {"facts": {}, "issued_on": "LBB-geheim-77"},
        {"facts": {}, "valid_until": "12-03-2024 geheim"},
        {"facts": {}, "LBB-geheim-77": 1},
    ],
)
def test_no_key_or_source_of_it_is_told_either(item: dict[str, Any]) -> None:
    data = {
        "schema": "barriermodel/dossier/1", "as_of": "2026-01-15", "provider": {},
        "evidence": [{"kind": "bibob_advice", "id": "a", **item}],
    }  # fmt: skip

    with pytest.raises(DossierError, match=r"evidence\[0\]") as caught:
        read_dossier(json.dumps(data).encode(), REGISTRY)

    assert "geheim" not in str(caught.value)


def test_a_key_that_is_given_twice_is_not_named_beside_confidential_evidence() -> None:
    start = '{"schema": "barriermodel/dossier/1", "as_of": "2026-01-15", "provider": {}, "evidence": [{"id": "a", '
    for kind, named in (("bibob_advice", False), ("tender", True)):
        raw = start + f'"kind": "{kind}", "facts": {{"LBB-geheim": 1, "LBB-geheim": 2}}}}]}}'

        with pytest.raises(DossierError, match="is given twice") as caught:
            read_dossier(raw.encode(), REGISTRY)
        assert ("LBB-geheim" in str(caught.value)) is named


def test_another_mistake_in_a_file_whose_name_speaks_of_twice_is_told_as_it_is() -> None:
    with pytest.raises(DossierError, match=r"^it is given twice\.json: the file is not JSON: "):
        read_dossier(b'{"kind": "bibob_advice",', REGISTRY, "it is given twice.json")


def test_an_unknown_key_of_it_is_told_with_the_keys_that_are_known() -> None:
    item = {"kind": "bibob_advice", "id": "a", "facts": {"conclusie": "x"}}
    data = {"schema": "barriermodel/dossier/1", "as_of": "2026-01-15", "provider": {}, "evidence": [item]}

    with pytest.raises(
        DossierError, match=r"evidence\[0\]\.facts: an unknown key; it is not .*; known are .*conclusion"
    ):
        read_dossier(json.dumps(data).encode(), REGISTRY)


def test_the_line_of_its_source_shows_no_date() -> None:
    shown = said(assessed(**BAD))
    told = said(assessed(**BAD), confidential=True)

    for name, day in {"nl": "1 december 2025", "en": "1 December 2025", "markdown nl": "1 december 2025"}.items():
        assert "‘ev-bibob’" in shown[name]
        assert day not in " ".join(shown[name].split())
        assert day in " ".join(told[name].split())


def test_the_rest_of_such_an_item_is_told_as_of_any_other() -> None:
    """Its kind, its id and whom it is about; of nothing else is told what was given."""
    item = {"kind": "bibob_advice", "id": "a", "about": {"scheme": "NL-KVK", "value": "1234567"}, "facts": {}}
    data = {"schema": "barriermodel/dossier/1", "as_of": "2026-01-15", "provider": {}, "evidence": [item]}

    with pytest.raises(DossierError, match="'1234567' is not a valid NL-KVK number"):
        read_dossier(json.dumps(data).encode(), REGISTRY)
