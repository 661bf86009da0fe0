"""What a report says, and that outside words cannot change how it is read."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

import pytest

from barriermodel import UNKNOWN, Assessment, LegalForm, Level, Provider, Requested, Source, euro
from barriermodel.plugin import Fact, Limit, SourceType, evidence, named, not_, one_of, ratio
from barriermodel.reporting.sentences import Wording
from region import AS_OF, Accounts, Answers, Size, barrier, dossier, item, model, stage

BARRIERMODEL_WORDS = {
    "nl": """
        [rule.t.test.high]
        topic = "Hoogte"
        hit = "Het is {part}. De bovengrens is {most}."
        clear = "Het is {part} (bovengrens {most})"
        named.part = "deel"

        [rule.t.test.flag]
        topic = "Vlag"
        hit = "De vlag hangt niet uit."
        clear = "De vlag hangt uit"

        [rule.t.secret]
        dangerous.hit = "Gevaar: {danger}."
        dangerous.topic = "Advies"
        twice.hit = "Dubbel is {doubled}."
        mild.clear = "Het advies noemt {danger}"
        mild.topic = "Gevaar volgens het advies"

        [limit.t.test.most]
        label = "bovengrens"
        note = "een noot"
        reason = "Er is geen norm."

        [law]
        vlaggenwet_1.text = "Vlaggenwet 1"
        wet_a.text = "Wet A"

        [evidence.secret_advice]
        title = "Geheim advies"
        facts.danger = "gevaar"
        """,
    "en": """
        [rule.t.test.high]
        hit = "It is {part}. The upper limit is {most}."
        clear = "It is {part} (upper limit {most})"
        named.part = "part"

        [rule.t.test.flag]
        hit = "The flag is not out."
        clear = "The flag is out"

        [rule.t.secret]
        dangerous.hit = "Danger: {danger}."
        twice.hit = "Twice is {doubled}."
        mild.clear = "The advice mentions {danger}"
        mild.topic = "Danger according to the advice"

        [limit.t.test.most]
        label = "upper limit"
        note = "a note"
        reason = "There is no norm."

        [law]
        wet_a.text = "Act A"

        [evidence.secret_advice]
        title = "Secret advice"
        facts.danger = "danger"
        """,
}


def assessed(facts: Any, level: Level = Level.ORANGE, provider: Provider | None = None, **other: Any) -> Assessment:
    """One signal on a ratio of amounts, one requirement on a flag."""
    found = barrier("t.test")

    @found.signal(level=level)
    def high(
        answers: Answers, *, most: Annotated[float, Limit(source="https://example.org/grens")] = 0.1
    ) -> Fact[bool]:
        return named("part", ratio(answers.amount, answers.amount_b)) > most

    @found.requirement(level=Level.RED, basis="vlaggenwet_1")
    def flag(answers: Answers) -> Fact[bool]:
        return answers.flag

    items = [item(facts, **other)] if facts is not None else []
    return model(found).assess(dossier(*items, provider=provider))


def test_a_hit_shows_its_comparison_values_origin_limit_and_basis() -> None:
    source = Source(type=SourceType.REGISTER, issuer="Register van vlaggen")

    words = assessed(Answers(amount=euro(24), amount_b=euro(100), flag=False), source=source).explain(
        "nl", width=200, full=True
    )

    assert "✗ SIGNAAL (oranje): Het is 24%. De bovengrens is 10%. [t.test.high]" in words
    assert "Vergelijking: deel (24%) is hoger dan de grens (10%)" in words
    assert "amount: € 24 ← answers, ‘ev-1’, Register van vlaggen, 1 juni 2025, ingediend voor deze aanbieder" in words
    assert "bron: https://example.org/grens (een noot)" in words
    assert "✗ NIET VOLDAAN (rood): De vlag hangt niet uit. [t.test.flag]" in words
    assert "Grondslag: Vlaggenwet 1" in words


def test_a_concern_that_is_red_is_not_said_to_have_no_signals() -> None:
    level, count = barrier("t.level"), barrier("t.count")
    for one in (level, count):

        @one.signal(level=Level.RED)
        def hit(answers: Answers) -> Fact[bool]:
            return answers.flag

        @one.signal(level=Level.RED)
        def other(answers: Answers) -> Fact[bool]:
            return answers.flag_b

    stages = [stage("a", level.id), stage("b", count.id, by="count", orange=1, red=9)]

    def integrity(lang: Any) -> list[str]:
        found = model(level, count, stages=stages).assess(dossier(item(Answers(flag=True)))).explain(lang, full=True)
        return [line for line in found.splitlines() if line.startswith("  - integrit")]

    assert integrity("nl") == ["  - integriteit: rood; in stappen die tellen 1 signaal, 1 nog open"]
    assert integrity("en") == ["  - integrity: red; in stages that count 1 signal, 1 still open"]


def test_of_what_year_accounts_are_is_told_where_they_are_cited() -> None:
    found = barrier("t.year")

    @found.signal(level=Level.ORANGE)
    def profit(accounts: Accounts) -> Fact[bool]:
        return accounts.profit > euro(0)

    old, new = (item(Accounts(year=year, profit=euro(1)), id=str(year)) for year in (2023, 2024))

    words = model(found).assess(dossier(old, new)).explain("en", width=200, full=True)
    assert "profit: €1 ← accounts, ‘2024’, year 2024, 1 June 2025, handed in for this provider" in words


def test_a_value_just_over_its_limit_is_not_written_as_the_limit() -> None:
    words = assessed(Answers(amount=euro("10.01"), amount_b=euro(100), flag=True)).explain("nl", full=True)

    assert "Het is 10,01%. De bovengrens is 10%." in words


def test_clear_rules_take_one_line_each() -> None:
    lines = (
        assessed(Answers(amount=euro(4), amount_b=euro(100), flag=True))
        .explain("en", width=200, full=True)
        .splitlines()
    )

    clear = [line.strip() for line in lines if "✓" in line]
    assert clear == [
        "✓ met: The flag is out. [t.test.flag]",
        "✓ no signal: It is 4% (upper limit 10%). [t.test.high]",
    ]


def test_an_undecided_advice_says_what_is_asked_and_why_nothing_else() -> None:
    words = assessed(Answers(amount=euro(24), amount_b=euro(100))).explain("en", width=200, full=True)

    assert "Advice: at least orange, at most red (not settled yet)" in words
    assert "Of what is still unknown, only this can still change the advice." in words
    assert "(now: not stated; needed for: t.test.flag)" in words


def test_evidence_that_does_not_matter_is_named_as_not_asked() -> None:
    sure, unsure = barrier("t.sure"), barrier("t.unsure")

    @sure.signal(level=Level.RED)
    def flag(answers: Answers) -> Fact[bool]:
        return answers.flag

    @evidence("other_answers")
    class Others:
        flag: Fact[bool] = UNKNOWN

    @unsure.signal(level=Level.ORANGE)
    def other(others: Others) -> Fact[bool]:
        return others.flag

    @unsure.signal(level=Level.EXCLUDE)
    def worse(answers: Answers) -> Fact[bool]:
        return answers.flag_b

    words = model(sure, unsure).assess(dossier(item(Answers(flag=True)))).explain("en", width=200, full=True)

    assert "Not asked, since it does not change the advice: other answers." in words


def test_a_decided_advice_asks_for_nothing() -> None:
    words = assessed(Answers(amount=euro(4), amount_b=euro(100), flag=True)).explain("nl", full=True)

    assert "Niets. Het advies staat vast: wat nog onbekend is, verandert het niet." in words


def test_division_by_zero_keeps_it_open_and_says_so() -> None:
    assessment = assessed(Answers(amount=euro(4), amount_b=euro(0), flag=True))

    words = assessment.explain("nl", width=200, full=True)

    assert assessment.asks == ()
    assert "Er is nu niets op te vragen dat het advies verandert." in words
    assert "niet te berekenen" in words


def test_what_was_asked_for_says_when_and_until_when() -> None:
    found = barrier("t.test")

    @found.signal(level=Level.RED)
    def flag(answers: Answers) -> Fact[bool]:
        return answers.flag

    asked = Requested(kind="answers", asked_on=date(2025, 6, 1), due_on=date(2025, 7, 1))

    words = model(found).assess(dossier(requested=[asked])).explain("en", width=200, full=True)

    assert "asked for on 1 June 2025, due on 1 July 2025" in words


def test_every_excluding_hit_says_that_exclusion_may_follow() -> None:
    assessment = assessed(Answers(amount=euro(24), amount_b=euro(100), flag=True), level=Level.EXCLUDE)

    assert "Uitsluiting kan volgen, na horen en afwegen." in assessment.explain("nl", width=200, full=True)
    assert "Exclusion may follow, after hearing and weighing." in assessment.explain("en", width=200, full=True)
    assert "Advies: uitsluiting mogelijk" in assessment.explain("nl", full=True)


def test_later_stages_are_shown_as_not_examined() -> None:
    first, second = barrier("t.first"), barrier("t.second")

    @first.signal(level=Level.EXCLUDE)
    def flag(answers: Answers) -> Fact[bool]:
        return answers.flag

    @second.signal(level=Level.RED)
    def other(answers: Answers) -> Fact[bool]:
        return answers.flag_b

    stages = [stage("one", "t.first"), stage("two", "t.second")]
    words = (
        model(first, second, stages=stages)
        .assess(dossier(item(Answers(flag=True))))
        .explain("nl", width=200, full=True)
    )

    assert "niet onderzocht: na een eerdere stap is uitsluiting al mogelijk" in words
    assert "t.second" not in words


def test_colours_are_only_added() -> None:
    assessment = assessed(Answers(amount=euro(24), amount_b=euro(100), flag=False))

    coloured = assessment.explain("nl", colour=True, full=True)

    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == assessment.explain("nl", full=True)


NASTY = 'Zorg\x1b[31m {naam} *vet* <b>\n# kop [x](http://x) `c` "\u202e'


def test_a_name_cannot_steer_a_terminal_or_a_page() -> None:
    provider = Provider(name=NASTY, legal_form=LegalForm.BV)
    assessment = assessed(Answers(amount=euro(24), amount_b=euro(100), words=NASTY), provider=provider)

    text, page = assessment.explain("nl", full=True), assessment.markdown("nl", full=True)

    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "<b>" not in page
    assert "\n# kop" not in page
    assert assessment.to_json()


@evidence("secret_advice", confidential=True)
class SecretAdvice:
    """A confidential kind."""

    danger: Fact[str] = UNKNOWN
    amount: Fact[int] = UNKNOWN


def confidential() -> Assessment:
    found = barrier("t.secret")

    @found.derived
    def doubled(advice: SecretAdvice) -> int:
        return 2 * int(str(advice.amount))

    @found.signal(level=Level.RED)
    def dangerous(advice: SecretAdvice) -> Fact[bool]:
        return advice.danger == "heel groot gevaar"

    @found.signal(level=Level.RED)
    def mild(advice: SecretAdvice) -> Fact[bool]:
        return advice.danger == "klein gevaar"

    @found.signal(level=Level.ORANGE)
    def twice(doubled: Fact[int], *, most: Annotated[int, Limit(assumed=True)] = 3) -> Fact[bool]:
        return doubled > most

    return model(found).assess(dossier(item(SecretAdvice(danger="heel groot gevaar", amount=987654))))


def test_confidential_values_are_masked_in_every_output_and_the_output_says_so() -> None:
    assessment = confidential()

    for words in (
        assessment.explain("nl", full=True),
        assessment.explain("en", full=True),
        assessment.markdown("nl", full=True),
    ):
        assert "heel groot" not in words
    for words in (
        assessment.explain("nl", full=True),
        assessment.explain("en", full=True),
        assessment.markdown("nl", full=True),
        assessment.to_json(),
    ):
        assert "1975308" not in words.replace(".", "")
        assert "987654" not in words.replace(".", "")
    assert "Gevaar: afgeschermd." in assessment.explain("nl", full=True)
    assert "Afgeschermd: Geheim advies ‘ev-1’." in assessment.explain("nl", full=True)
    assert assessment.to_dict()["withheld"] == [{"kind": "secret_advice", "evidence": "ev-1", "retention": None}]


def test_of_a_clear_rule_that_is_withheld_only_that_it_is_clear_is_told() -> None:
    assessment = confidential()

    assert assessment.rule("t.secret.mild").text.nl == "Geen signaal."
    assert "Geen signaal. [t.secret.mild]" in assessment.explain("nl", width=200, full=True)
    assert "Het advies noemt" not in assessment.explain("nl", width=200, full=True)
    assert "Het advies noemt heel groot gevaar." in assessment.explain("nl", width=200, confidential=True, full=True)


def test_confidential_values_are_shown_when_asked_for_under_the_same_digest() -> None:
    assessment = confidential()

    shown = assessment.to_dict(confidential=True)

    assert "heel groot gevaar" in assessment.explain("nl", confidential=True, full=True)
    assert "1.975.308" in assessment.explain("nl", confidential=True, full=True)
    assert shown["digest"] == assessment.digest
    assert shown["withheld"] == []


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_failing_plugin_is_named_in_the_report(lang: Any) -> None:
    found = barrier("t.test")

    @found.derived
    def broken(answers: Answers) -> int:
        assert answers
        raise RuntimeError("kapot in /home/iemand/geheim.py bij 0x7f00")

    @found.signal(level=Level.RED)
    def uses(broken: Fact[int], *, most: Annotated[int, Limit(assumed=True)] = 3) -> Fact[bool]:
        return broken > most

    assessment = model(found).assess(dossier(item(Answers(flag=True)), as_of=AS_OF))
    words = assessment.explain(lang, width=200, full=True)

    assert "RuntimeError: kapot in … bij 0x…" in words
    assert assessment.asks == ()
    assert [error.rule for error in assessment.errors] == ["t.test.uses"]
    assert (assessment.advice.at_least, assessment.advice.at_most) == (Level.GREEN, Level.RED)


@pytest.mark.parametrize(
    ("facts", "question"),
    [
        (
            Answers(size=Size.SMALL),
            "(count (unknown) not higher than 3 or not flag: unknown) and words (unknown) none of a or b?",
        ),
        (Answers(count=4), "(not flag: unknown) and words (unknown) none of a or b?"),
        (Answers(count=4, flag=False), "words (unknown) none of a or b?"),
        (Answers(count=4, flag=True), "count (4) is higher than 3 and flag: yes"),
        (Answers(words="a"), "words is a"),
        (Answers(count=3, words="c"), "(count (3) is not higher than 3) and words (c) is none of a or b"),
    ],
)
def test_a_question_keeps_its_not_and_a_statement_is_true(facts: Answers, question: str) -> None:
    """not_((count > 3) & flag | one_of(words)): what is unknown is asked as the rule asks it."""
    found = barrier("t.test")

    @found.requirement(level=Level.RED)
    def neither(answers: Answers) -> Fact[bool]:
        return not_(((answers.count > 3) & answers.flag) | one_of(answers.words, "a", "b"))

    (rule,) = model(found).assess(dossier(item(facts))).rules

    assert Wording(rule, "en").comparison() == question


def test_what_is_said_of_a_limit_or_rule_may_be_in_both_languages() -> None:
    found = barrier("t.test")

    @found.signal(level=Level.ORANGE, basis="wet_a")
    def many(answers: Answers, *, most: Annotated[int, Limit(assumed=True)] = 3) -> Fact[bool]:
        return answers.count > most

    assessment = model(found).assess(dossier(item(Answers(count=4))))
    (rule,) = assessment.to_dict()["stages"][0]["barriers"][0]["rules"]

    assert "aanname: Er is geen norm." in assessment.explain("nl", width=200, full=True)
    assert "Grondslag: Wet A" in assessment.explain("nl", width=200, full=True)
    assert "assumption: There is no norm." in assessment.explain("en", width=200, full=True)
    assert "Legal basis: Act A" in assessment.explain("en", width=200, full=True)
    assert rule["parameters"][0]["assumption"] == {"nl": "Er is geen norm.", "en": "There is no norm."}
    assert rule["basis"] == {"nl": "Wet A", "en": "Act A"}


def test_assumptions_show_in_every_explanation() -> None:
    """Also where every rule is clear, and its limit is not told beside it."""
    found = barrier("t.test")

    @found.signal(level=Level.ORANGE)
    def many(answers: Answers, *, most: Annotated[int, Limit(assumed=True)] = 3) -> Fact[bool]:
        return answers.count > most

    assessment = model(found).assess(dossier(item(Answers(count=1))))

    said = assessment.explain("en", width=200, full=True)

    assert "Advice: green" in said
    assert "These limits are assumed, for want of a source: upper limit (3)." in said
