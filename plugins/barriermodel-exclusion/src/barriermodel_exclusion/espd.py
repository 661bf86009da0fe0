"""The reader ``espd_response``: a response to the ESPD (in Dutch UEA) as XML, from ESPD-EDM 2 on."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from barriermodel.plugin import (
    UNKNOWN,
    DossierError,
    Evidence,
    Fact,
    Identifier,
    Reader,
    Source,
    SourceType,
    parse_xml,
)

from .answers import Journal, Question, Responses, latest_day, questions_of, yes_or_no
from .asked import confirms, yes_is_no
from .criteria import GROUNDS, OTHER_CODES, Criterion, ground_of
from .kinds import SelfDeclaration
from .pointed_at import note_evidence
from .xml import day_of, refuse, shown, text_at, texts_at

_ROOT = "QualificationApplicationResponse"
_OTHER_ROOTS = {
    "QualificationApplicationRequest": "this is a request of the authority; give the provider's response to it",
    "ESPDRequest": "this is a request of the authority, in ESPD-EDM 1; give the provider's response to it",
    "ESPDResponse": "this is a response in ESPD-EDM 1, which is not read; export it in version 2 or later",
}
_NO_ANSWER = (
    "no answer in it tells whether a ground for exclusion is there; read it yourself, or ask for a response in which "
    "every question of part III is answered"
)
_KVK = frozenset({"NL-KVK", "NL:KVK", "KVK", "0106"})
"""The schemes by which an identifier is a KvK number; 0106 is KvK in ISO 6523."""
_MOST_NOTED = 100
"""Up to this many unknown criteria are listed; more are counted."""
_MEASURES = ("self-cleaning", "demonstrate your reliability", "zelfreiniging", "betrouwbaarheid aan te tonen")
_OTHER_MEANS = ("means other than", "op andere wijze", "andere middelen dan")
_FINAL = ("final and binding", "onherroepelijk", "definitief en bindend")
_SETTLED = ("fulfilled its obligations", "aan zijn verplichtingen voldaan", "zijn verplichtingen nagekomen")
_ELECTRONIC = ("available electronically", "elektronisch beschikbaar")
_BESIDE = (*_MEASURES, *_OTHER_MEANS, *_FINAL, *_SETTLED, *_ELECTRONIC)
"""Words of further questions, besides the one about the ground itself."""
_GUILTY = ("guilty", "schuldig")


def read(raw: bytes) -> Iterable[Evidence]:
    """Read the self-declaration in a response.

    Raises:
        DossierError: it is no response that this reader takes; says what it is instead.

    """
    root = parse_xml(raw, "")
    if root.tag != _ROOT:
        refuse(_OTHER_ROOTS.get(root.tag, f"expected {_ROOT}, an ESPD response; got {shown(root.tag)}"))
    criteria = root.findall("TenderingCriterion")
    if not criteria:
        refuse("the response has no criteria; export it again, with questions and answers", "TenderingCriterion")
    journal = Journal()
    about = _about(root, journal)
    facts = _facts(criteria, _responses(root, criteria, journal), journal)
    note_evidence(root, _codes_of_questions(criteria), journal)
    source = Source(
        type=SourceType.DECLARATION,
        issuer=text_at(root, "EconomicOperatorParty/Party/PartyName/Name")[:200] or None,
        reference=(text_at(root, "UUID") or text_at(root, "ID"))[:200] or None,
    )
    issued = day_of(text_at(root, "IssueDate"))
    if issued is None:
        journal.note("no_date")
    if all(value is UNKNOWN for value in facts.values()):
        refuse(_NO_ANSWER, "TenderingCriterionResponse")
    declaration = SelfDeclaration(**facts)
    return [
        Evidence(id="", about=about, source=source, issued_on=issued, facts=declaration, notes=tuple(journal.notes))
    ]


def _about(root: Element, journal: Journal) -> Identifier | None:
    """Return the KvK number that the document states for the provider, if any."""
    parties = root.findall("EconomicOperatorParty")
    if len(parties) > 1:
        journal.note("several_undertakings")
        return None
    numbers = [e for party in parties for e in _identifiers(party) if _is_kvk(e)]
    values = {(e.text or "").strip() for e in numbers}
    if len(values) != 1:
        journal.note("no_single_kvk_number")
        return None
    try:
        return Identifier("NL-KVK", values.pop())
    except ValueError as error:
        raise DossierError.one("", shown(str(error)), "EconomicOperatorParty") from None


def _identifiers(party: Element) -> Iterable[Element]:
    yield from party.iterfind("Party/PartyIdentification/ID")
    yield from party.iterfind("Party/PartyLegalEntity/CompanyID")


def _is_kvk(identifier: Element) -> bool:
    return any(identifier.get(key, "").strip().upper() in _KVK for key in ("schemeID", "schemeAgencyID"))


def _responses(root: Element, criteria: Sequence[Element], journal: Journal) -> Responses:
    """Group the answers by question; leave out, with a note, what cannot be assigned to one question."""
    found: dict[str, list[Element]] = {}
    for response in root.iterfind("TenderingCriterionResponse"):
        found.setdefault(text_at(response, "ValidatedCriterionPropertyID"), []).append(response)
    asked = Counter(question.id for criterion in criteria for question in questions_of(criterion, {}))
    lost = sum(len(responses) for id, responses in found.items() if asked[id] != 1 or not id)
    if lost:
        journal.note("answers_without_question", count=lost)
    return {id: responses for id, responses in found.items() if id and asked[id] == 1}


def _codes_of_questions(criteria: Sequence[Element]) -> dict[str, str]:
    return {
        question.id: text_at(criterion, "CriterionTypeCode") or text_at(criterion, "Name")
        for criterion in criteria
        for question in questions_of(criterion, {})
    }


def _facts(criteria: Sequence[Element], responses: Responses, journal: Journal) -> dict[str, Any]:
    grounds: dict[str, list[dict[str, Any]]] = {}
    others: list[str] = []
    strange: list[tuple[str, list[Question]]] = []
    measures = False
    for criterion in criteria:
        code, questions = text_at(criterion, "CriterionTypeCode"), questions_of(criterion, responses)
        ground = ground_of(code, text_at(criterion, "ID"))
        if ground is not None:
            grounds.setdefault(ground.fact, []).append(_answers(ground, criterion, questions, journal))
            measures = measures or _asked(questions, _MEASURES, ground.code, Journal()) is True
        elif _is_ground(code):
            strange.append((f"{code} {text_at(criterion, 'Name')}", questions))
        else:
            others.append(code)
    _note_strange(strange, journal)
    _note_others(others, journal)
    if measures:
        journal.note("measures_named")
    facts = {name: value for answers in grounds.values() for name, value in _merged(answers).items()}
    open_codes = [ground.code for ground in GROUNDS if facts.get(ground.fact, UNKNOWN) is UNKNOWN]
    if open_codes:
        journal.note("no_usable_answer", codes=", ".join(open_codes))
    return facts


def _answers(ground: Criterion, criterion: Element, questions: Sequence[Question], journal: Journal) -> dict[str, Any]:
    """Return the facts in one criterion."""
    main = _main(questions)
    answer: Fact[bool] = UNKNOWN
    if main is not None:
        lines = [main.words] if confirms(main.words) else texts_at(criterion, "Description")
        answer = _as_asked(yes_or_no(main, ground.code, journal), lines, ground, journal)
    found: dict[str, Any] = {ground.fact: answer}
    if ground.date_fact is not None:
        dates = [question for question in questions if question.sort == "DATE"]
        found[ground.date_fact] = latest_day(dates, ground.code, journal)
    if ground.debt is not None:
        others = [question for question in questions if question is not main]
        by_other_means = _asked(others, _OTHER_MEANS, ground.code, journal)
        final = _asked(others, _FINAL, ground.code, journal)
        found[f"{ground.debt}_final"] = final if by_other_means is not True else _unless(final)
        found[f"{ground.debt}_settled"] = _asked(others, _SETTLED, ground.code, journal)
    return found


def _main(questions: Sequence[Question]) -> Question | None:
    """Find the question about the ground itself: the first with yes or no, unless its words are of another question."""
    first = next((question for question in questions if question.sort == "INDICATOR"), None)
    return None if first is None or any(each in first.words.casefold() for each in _BESIDE) else first


def _unless(final: Fact[bool]) -> Fact[bool]:
    """Whether a debt is final: not if established other than by a decision; unknown if it is called final as well."""
    return UNKNOWN if final is True else False


def _as_asked(answer: Fact[bool], lines: Sequence[str], ground: Criterion, journal: Journal) -> Fact[bool]:
    """Return whether the ground applies, whichever way the document asks."""
    turned = yes_is_no(lines)
    if ground.asked_in_two_ways and not any(each in " ".join(lines).casefold() for each in _GUILTY):
        turned = UNKNOWN
    if answer is UNKNOWN or turned is False:
        return answer
    if turned is True:
        journal.note("asked_the_other_way", code=ground.code)
        return answer is False
    journal.note("direction_unclear", code=ground.code)
    return UNKNOWN


def _asked(questions: Sequence[Question], words: Sequence[str], code: str, journal: Journal) -> Fact[bool]:
    """Return the answer to the question that has any of these words, if there is just one."""
    found = [q for q in questions if q.sort == "INDICATOR" and any(each in q.words.casefold() for each in words)]
    return yes_or_no(found[0], code, journal) if len(found) == 1 else UNKNOWN


def _merged(answers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Combine several criteria of one ground (one for each lot): facts on which they differ become unknown."""
    first, *rest = answers
    return {name: value if all(other[name] == value for other in rest) else UNKNOWN for name, value in first.items()}


def _is_ground(code: str) -> bool:
    """Whether a code that is not on the list may be an exclusion ground: anything but a selection criterion."""
    return code.strip().casefold() not in OTHER_CODES and not code.upper().startswith(
        ("CRITERION.SELECTION.", "CRITERION.OTHER.")
    )


def _note_strange(strange: Sequence[tuple[str, list[Question]]], journal: Journal) -> None:
    for name, questions in strange[:_MOST_NOTED]:
        main = _main(questions)
        said = shown(", ".join([] if main is None else main.values("ResponseIndicator")) or "-")
        journal.note("unknown_criterion", name=shown(name), answer=said)
    if len(strange) > _MOST_NOTED:
        journal.note("more_unknown_criteria", count=len(strange) - _MOST_NOTED)


def _note_others(codes: Sequence[str], journal: Journal) -> None:
    """Note that there are selection criteria, which this plugin does not read."""
    if codes:
        names = list(dict.fromkeys(map(shown, codes)))
        journal.note("not_read", codes=", ".join(names[:_MOST_NOTED]))


reader = Reader(id="espd_response", formats=("xml",), read=read)
