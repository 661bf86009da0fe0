"""The page of a portfolio: what an alderman asks, what decides, what is missing, and a list to work through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import islice

import attrs

from ..domain.kinds import EvidenceKind, Supplier
from ..errors import InputError
from ..pages.rendering import render, say
from ..profiles.resolved import ResolvedRule, ResolvedStage
from ..reporting.phrases import PROFILE_STATUS
from ..reporting.rule_statements import counts_as
from ..rules.expression import children
from ..rules.levels import Level, Status
from ..spelling import fold
from ..text import Language
from .adding_up import RuleCounts, rules_to_withhold
from .counts import NONE, ShownCounts, count_text, shown_counts
from .drawing import Drawing, drawing_of
from .headline import headline, work_time
from .histograms import Histogram, histogram, is_one_comparison
from .portfolio import Portfolio, PortfolioRow
from .publishing import SMALL, publish_counts

MAX_RULES = 10
"""Rules and kinds of evidence that are listed, those of most rows; a page to publish lists all, in no such order."""
MAX_FIGURES = 3
KVK_NUMBER = re.compile("[0-9]{7,8}")
"""As tables have it; a spreadsheet takes away a zero at the beginning."""
LABELS = ("number", "at_least", "at_most", "why", "needs")
"""Phrases that stand in every row of the list."""


@attrs.frozen
class ListedRule:
    """A rule beside the rows in which it hits and in which it is open.

    Args:
        level: what the advice becomes at least; None where the stage counts, and ``counts`` says how.

    """

    topic: str
    level: Level | None
    counts: str
    hits: str
    open: str
    shares: tuple[float, float] | None


@attrs.frozen
class ListedRow:
    """A row of the list, in words."""

    row: PortfolioRow
    name: str
    why: str
    needs: str


@attrs.frozen
class Drawn:
    """A histogram, with its caption."""

    histogram: Histogram
    drawing: Drawing
    caption: str


def portfolio_page(portfolio: Portfolio, lang: Language, *, publish: bool, not_assessed: int) -> str:
    """Render a portfolio as a page.

    Args:
        publish: leave out names and the list, and hide counts of 1 to 4 and what would give them away.
        not_assessed: rows that could not be read; a page to publish does not mention them.

    Raises:
        InputError: there are fewer than five providers, too few to publish anything of them; or one has two rows.
        MissingExtraError: Jinja2 is not installed.

    """
    if publish:
        _check_providers(portfolio)
    with portfolio.resolved.lexicon.active():
        return _Page(portfolio, lang, publish).render(not_assessed)


def _check_providers(portfolio: Portfolio) -> None:
    """Refuse what cannot be published: too few providers, or one in several rows, who would be counted as several."""
    if len(portfolio.rows) <= max(SMALL):
        raise InputError.one("portfolio", "with fewer than five providers there is nothing to publish")
    first: dict[str, int] = {}
    for row in portfolio.rows:
        for key in {fold(row.name or ""), *filter(KVK_NUMBER.fullmatch, row.identifiers)} - {""}:
            if first.setdefault(key, row.number) != row.number:
                message = f"rows {first[key]} and {row.number} seem to be of one provider, which would count as two"
                raise InputError.one("portfolio", f"{message}; keep one row for each provider")


def portfolio_part(portfolio: Portfolio, lang: Language) -> str:
    """Render the headline and the spread, as a part of another page."""
    with portfolio.resolved.lexicon.active():
        advice = ShownCounts(lang, _advice(portfolio))
        return render("portfolio_part", lang, advice=advice, headline=headline(advice, lang), none=NONE)


def _advice(portfolio: Portfolio) -> dict[tuple[Level, Level], int]:
    found = portfolio.advice
    return {(low, high): found.get((low, high), 0) for low in Level for high in Level if high >= low}


@attrs.frozen(eq=False, slots=False)
class _Page:
    portfolio: Portfolio
    lang: Language
    publish: bool

    def render(self, not_assessed: int) -> str:
        portfolio, profile = self.portfolio, self.portfolio.resolved.profile
        advice = shown_counts(_advice(portfolio), self.lang, publish=self.publish)
        return render(
            "portfolio", self.lang, none=NONE, count=len(portfolio.rows), as_of=portfolio.as_of,
            profile=profile, status=PROFILE_STATUS[profile.status][self.lang],
            digest=portfolio.resolved.digest, publish=self.publish, advice=advice,
            headline=headline(advice, self.lang) if advice else "",
            questions="" if self.publish else self._questions(), wanted=list(self._wanted()), rules=list(self._rules()),
            figures=[*filter(None, map(self._drawn, self._histograms.values()))],
            rows=[] if self.publish else list(self._rows()),
            filters={key: sum(map(shows, portfolio.rows)) for key, shows in FILTERS.items()}, shows=_shown_by,
            labels={key: say(self.lang, "portfolio", key) for key in LABELS},
            not_assessed=not_assessed, errors=sum(row.error is not None for row in portfolio.rows),
        )  # fmt: skip

    def _listed(self, counts: Mapping[str, int]) -> list[str]:
        """The ids of what was counted: the most first; for publication all that can be counted, in order of id."""
        if self.publish:
            return sorted(counts)
        return sorted((id for id, n in counts.items() if n), key=lambda id: (-counts[id], id))[:MAX_RULES]

    # What is missing --------------------------------------------------------------------------------------

    def _wanted(self) -> Iterator[tuple[str, str, str]]:
        """Each kind of evidence that can still change advice: its title, in how many rows, and who supplies it."""
        kinds, asked = self.portfolio.kinds, self.portfolio.asked
        for id in self._listed({id: asked.get(id, 0) for id in kinds}):
            counts = {"other": len(self.portfolio.rows) - asked.get(id, 0), "asked": asked.get(id, 0)}
            shown = shown_counts(counts, self.lang, publish=self.publish)
            yield kinds[id].title[self.lang], shown.text("asked") if shown else "", self._supplier(kinds[id])

    def _supplier(self, kind: EvidenceKind) -> str:
        if kind.supplier is Supplier.REGISTER:
            return say(self.lang, "assessment", "register")
        return say(self.lang, "portfolio", "ask", minutes=kind.burden)

    def _questions(self) -> str:
        """In how many rows somebody has to be asked something, and what that costs them together."""
        kinds = self.portfolio.kinds
        asked = [
            [kinds[id].burden for id in row.asks if kinds[id].supplier is Supplier.PROVIDER]
            for row in self.portfolio.rows
        ]
        minutes, others = sum(map(sum, asked)), self.portfolio.only_questions
        time, count = work_time(minutes, self.lang), sum(map(bool, asked))
        said = [say(self.lang, "portfolio", "questions", count=count, time=time)] if minutes else []
        said += [say(self.lang, "portfolio", "only_questions", count=others)] if others else []
        return " ".join(said)

    # What decides -----------------------------------------------------------------------------------------

    def _rules(self) -> Iterator[ListedRule]:
        rules, total = self._known_rules(), len(self.portfolio.rows)
        hits, is_open = self.portfolio.hits, self.portfolio.open
        for id in self._listed({id: hits.get(id, 0) for id in rules}):
            stage, rule = rules[id]
            topic, counts = (rule.definition.words / "topic")[self.lang], counts_as(rule, stage.combine.by, self.lang)
            numbers = hits.get(id, 0), is_open.get(id, 0)
            shares = None if self.publish else (100 * numbers[0] / total, 100 * numbers[1] / total)
            level = rule.level if stage.by_level else None
            yield ListedRule(topic, level, counts, *self._hits_and_open(id), shares)

    def _hits_and_open(self, id: str) -> tuple[str, str]:
        """In how many rows a rule hits and is open; empty if that may not be published."""
        found = None if id in self._withheld else self._counts[id]
        return (count_text(found.hits, self.lang), count_text(found.open, self.lang)) if found else ("", "")

    @cached_property
    def _counts(self) -> dict[str, RuleCounts | None]:
        return {id: self._counted(id) for id in self._known_rules()}

    def _counted(self, id: str) -> RuleCounts | None:
        """What the page can say of a rule; None if that may not be published.

        For publication a count that is shown in two places is read from one table: that of the histogram.
        """
        if self.publish and id in self._histograms:
            figures = shown_counts(self._histograms[id].parts, self.lang, publish=True)
            hits, is_open = (self._histograms[id].of(status) for status in (Status.HIT, Status.OPEN))
            return RuleCounts(*(figures.bounds(*one) for one in (hits, is_open, hits + is_open))) if figures else None
        hit, open_ = self.portfolio.hits.get(id, 0), self.portfolio.open.get(id, 0)
        counts = {"other": len(self.portfolio.rows) - hit - open_, "open": open_, "hit": hit}
        shown = shown_counts(counts, self.lang, publish=self.publish)
        return RuleCounts(shown.bounds("hit"), shown.bounds("open"), shown.bounds("hit", "open")) if shown else None

    @cached_property
    def _withheld(self) -> set[str]:
        """The rules of which nothing is said, because it would narrow what another table hides."""
        published = publish_counts(_advice(self.portfolio)) if self.publish else None
        if published is None:
            return set()
        return rules_to_withhold(self.portfolio.resolved, published, self._counts)

    def _known_rules(self) -> dict[str, tuple[ResolvedStage, ResolvedRule]]:
        return {rule.id: (stage, rule) for stage in self.portfolio.resolved.stages for rule in stage.rules}

    @cached_property
    def _histograms(self) -> dict[str, Histogram]:
        """The figures that the page draws, by rule."""
        rules, hits = self._known_rules(), self.portfolio.hits
        ranked = self._listed({id: hits.get(id, 0) for id in rules})
        if self.publish:  # where rule and figure say the same; what is chosen must not depend on counts
            compared = {id: rules[id][1].definition.expression for id in ranked}
            ranked = [id for id in ranked if is_one_comparison(compared[id])]
            ranked.sort(key=lambda id: children(compared[id])[0].type is not float)  # ratios say most
        found = (histogram(self.portfolio, id, self.lang, publish=self.publish) for id in ranked)
        return {one.rule: one for one in islice(filter(None, found), MAX_FIGURES)}

    def _drawn(self, found: Histogram) -> Drawn | None:
        shown = shown_counts(found.parts, self.lang, publish=self.publish)
        if shown is None or found.rule in self._withheld:
            return None
        counts = {"beyond": found.beyond(), "known": found.shown(), "fewer": found.beyond(1)}
        values = {name: shown.text(*parts, none="0") for name, parts in counts.items()}
        said = [say(self.lang, "portfolio", f"figure_{found.side}", limit=found.shown_limit, **values)]
        if counts["fewer"] or not self.publish:  # to publish, what lies beyond one bar may have been moved into it
            said.append(say(self.lang, "portfolio", "milder", other=found.milder(self.lang), **values))
        said.append(say(self.lang, "portfolio", "outer_bars"))
        return Drawn(found, drawing_of(found, shown), " ".join(said))

    # The list ---------------------------------------------------------------------------------------------

    def _rows(self) -> Iterator[ListedRow]:
        """What needs attention first is at the top: what is certain before what may still become so."""
        words = self.portfolio.short(self.lang)
        for row in self.portfolio.work_list:
            short = words[row.number - 1]
            name = row.name or say(self.lang, "portfolio", "row", number=row.number)
            needs = self.portfolio.needs(row, self.lang)
            yield ListedRow(row, name, "; ".join(short[id] for id in row.reasons), needs)


def _shown_by(row: PortfolioRow) -> str:
    """The choices that show a row, as classes of the style."""
    return " ".join(f"in-{key}" for key, shows in FILTERS.items() if shows(row))


FILTERS: Mapping[str, Callable[[PortfolioRow], bool]] = {
    "all": lambda _: True,
    "certain": lambda row: row.advice.at_least >= Level.RED,
    "may": lambda row: row.advice.at_least < Level.RED <= row.advice.at_most,
    "not_settled": lambda row: not row.advice.decided,
    "orange": lambda row: row.advice.at_least is Level.ORANGE,
    "green": lambda row: row.advice.at_least is Level.GREEN,
}
"""What the list can be narrowed to, each with the rows that it shows."""
