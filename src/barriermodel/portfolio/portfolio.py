"""Many providers at once: each row of a table as its Explanation has it, and counts over all rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from ..domain.kinds import EvidenceKind, Supplier
from ..domain.unknown import UnknownReason
from ..objects import represent
from ..profiles.resolved import ResolvedProfile
from ..rules.levels import Interval, Level
from ..text import Language, check_language
from ..words.lexicon import said

if TYPE_CHECKING:
    from ..reporting.sentences import RuleWords
    from ..rules.expression import FactRef
    from .words import RowWords

Ids: TypeAlias = tuple[str, ...]


@attrs.frozen
class PortfolioCause:
    """Why rules are open in a row: evidence that is missing, expired or silent on something.

    Args:
        kind: the id of the kind of evidence; None for facts of the provider or the award.
        why: the reason in one word.
        matters: whether it can still change the advice.
        can_become: the heaviest level among its rules.
        rules: the ids of the rules.

    """

    kind: str | None
    why: UnknownReason
    matters: bool
    can_become: Level
    rules: Ids


@attrs.frozen(kw_only=True)
class PortfolioRow:
    """What was found about one row of a table: the same as in its Explanation.

    Args:
        number: its place in the table, from 1 on.
        name: the name of the provider, if the table has it.
        identifiers: what else it is known by: numbers in the user's own columns.
        reasons: the ids of the rules that the lower end of the advice rests on, heaviest first; on the same facts once.
        also: the ids of the other rules that hit.
        causes: why rules are open; first those that can still change the advice.
        asks: the ids of the kinds of evidence to ask for, in order.
        error: what is wrong with the row, as ``advice__error`` has it.

    """

    number: int
    name: str | None
    identifiers: Ids
    advice: Interval
    reasons: Ids
    also: Ids
    causes: tuple[PortfolioCause, ...]
    asks: Ids
    error: str | None

    def __repr__(self) -> str:
        return represent(self, str(self.number), str(self.advice), *self.reasons)

    @property
    def lacks_facts(self) -> bool:
        """Whether facts of the provider or the award, which are no evidence, can still change the advice."""
        return any(
            cause.kind is None and cause.matters and cause.why is not UnknownReason.UNDEFINED for cause in self.causes
        )


@attrs.frozen(eq=False, repr=False)
class Portfolio:
    """Many providers at once: what was found about each row of a table, and counts over all rows.

    Its order is that of the table: a work list, not a ranking.

    Args:
        resolved: the profile with all that it inherits and all defaults filled in.
        as_of: the date of all rows; None if each has its own.
        rows: one for each row of the table, in order.

    >>> import warnings
    >>> from datetime import date
    >>> import polars
    >>> from barriermodel import BarrierModel
    >>> model = BarrierModel.load("twente-2019")
    >>> table = polars.DataFrame({"kvk_extract__active": [True, False], "annual_accounts__turnover": [100.0, 100.0]})
    >>> with warnings.catch_warnings(action="ignore"):  # the table has few of the columns
    ...     portfolio = model.portfolio(table, as_of=date(2026, 1, 15))
    >>> portfolio.rows[1].reasons
    ('nl.kvk.registration_ends',)
    >>> portfolio.short("en")[1]
    {'nl.kvk.registration_ends': 'End date, or not active, at KvK'}
    >>> portfolio.settled, portfolio.hits["nl.kvk.registration_ends"]
    (0, 1)

    """

    resolved: ResolvedProfile
    as_of: date | None
    rows: tuple[PortfolioRow, ...]
    _words: RowWords

    def __repr__(self) -> str:
        return represent(self, repr(self.resolved.profile.id), f"rows={len(self.rows)}")

    def short(self, lang: Language = "nl", *, confidential: bool = False) -> list[dict[str, str]]:
        """For each row, what each of its hits is in a few words, by the id of the rule; the reasons come first.

        Args:
            lang: the language, ``"nl"`` or ``"en"``.
            confidential: show the values of confidential kinds.

        Raises:
            ValueError: there is no such language.

        """
        check_language(lang)
        with self.resolved.lexicon.active():
            return [
                {
                    rule: self._words.short(row.number - 1, rule, lang, confidential=confidential)
                    for rule in (*row.reasons, *row.also)
                }
                for row in self.rows
            ]

    def needs(self, row: PortfolioRow, lang: Language) -> str:
        """What is still needed for a row: what can change its advice, and an answer about its reasons."""
        needed = [self.kinds[id].title[lang] for id in row.asks]
        if row.lacks_facts:
            needed.append(said("needs", "facts")[lang])
        if row.reasons:
            needed.append(said("needs", "question" if needed else "only_question")[lang])
        return "; ".join(needed) or said("needs", "nothing")[lang]

    def suppliers(self, row: PortfolioRow) -> set[Supplier]:
        """Who has what is still needed for a row; the authority itself where it is no evidence."""
        found = {self.kinds[id].supplier for id in row.asks}
        found |= {Supplier.REGISTER} if row.lacks_facts else set()
        return found | {Supplier.PROVIDER} if row.reasons else found

    def words_of(self, row: PortfolioRow, rule: str, lang: Language, *, confidential: bool = False) -> RuleWords:
        """The words of a rule with the values of a row.

        Args:
            confidential: show the values of confidential kinds.

        """
        return self._words.of_rule(row.number - 1, rule, lang, confidential=confidential)

    def fact_of(self, row: PortfolioRow, ref: FactRef) -> Any:
        """The value of a fact in a row, also if it is confidential."""
        return self._words.fact(row.number - 1, ref)

    def day_of(self, row: PortfolioRow) -> date | None:
        """The date of a row; None if it cannot be read."""
        return self._words.day(row.number - 1)

    @property
    def work_list(self) -> list[PortfolioRow]:
        """The rows, first what needs attention first: what is certain before what may still become so."""
        rows = self.rows
        return sorted(rows, key=lambda r: (-r.advice.at_least, -r.advice.at_most, r.name or "", r.number))

    def html(self, lang: Language = "nl", *, publish: bool = False, not_assessed: int = 0) -> str:
        """Write the portfolio as a page: HTML in one file, without a script.

        Args:
            lang: the language.
            publish: leave out names and the list, and hide counts of 1 to 4 and what would give them away.
            not_assessed: the number of rows that could not be read, and that the page mentions.

        Raises:
            InputError: there are fewer than five providers, too few to publish anything of them; or one has two rows.
            MissingExtraError: Jinja2 is not installed.
            ValueError: there is no such language.

        """
        from .page import portfolio_page

        check_language(lang)
        return portfolio_page(self, lang, publish=publish, not_assessed=not_assessed)

    def _repr_html_(self) -> str | None:
        """What a notebook shows: the headline and how the advice is spread; see :meth:`Assessment._repr_html_`."""
        from ..pages.rendering import in_notebook
        from .page import portfolio_part

        return in_notebook(lambda lang: portfolio_part(self, lang))

    # Counts -----------------------------------------------------------------------------------------------

    @cached_property
    def advice(self) -> Mapping[tuple[Level, Level], int]:
        """The rows by the lowest and the highest level of their advice."""
        return Counter((row.advice.at_least, row.advice.at_most) for row in self.rows)

    @property
    def settled(self) -> int:
        """The rows whose advice what is unknown cannot change."""
        return sum(row.advice.decided for row in self.rows)

    @cached_property
    def hits(self) -> Mapping[str, int]:
        """By rule, the rows in which it hits."""
        return _rows_with((*row.reasons, *row.also) for row in self.rows)

    @cached_property
    def open(self) -> Mapping[str, int]:
        """By rule, the rows in which it is open; rows that cannot be assessed are left out."""
        return _rows_with((rule for cause in row.causes for rule in cause.rules) for row in self.rows)

    @cached_property
    def missing(self) -> Mapping[str, int]:
        """By kind of evidence, the rows in which an open rule lacks it or something in it."""
        return _rows_with((cause.kind for cause in row.causes if cause.kind is not None) for row in self.rows)

    @cached_property
    def asked(self) -> Mapping[str, int]:
        """By kind of evidence, the rows whose advice it can still change."""
        return _rows_with(row.asks for row in self.rows)

    @property
    def only_questions(self) -> int:
        """The rows in which no evidence of the provider is needed, and there is a question about the reasons."""
        asked = {id for id, kind in self.kinds.items() if kind.supplier is Supplier.PROVIDER}
        return sum(bool(row.reasons) and asked.isdisjoint(row.asks) for row in self.rows)

    @property
    def kinds(self) -> Mapping[str, EvidenceKind]:
        """The kinds of evidence that the profile reads, by id: who supplies each, and what it costs the provider."""
        return self.resolved.kinds


def _rows_with(found: Iterable[Iterable[str]]) -> Counter[str]:
    """The number of rows in which each id is found."""
    return Counter(id for ids in found for id in set(ids))
