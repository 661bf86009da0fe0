"""The model: a resolved profile that assesses dossiers, and the assessments it gives.

What writes reports and JSON is imported when the first is written, so that loading a profile stays quick.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from os import PathLike, fspath
from os.path import isfile
from typing import TYPE_CHECKING, Any

import attrs

from .assessment import Findings
from .domain.dossier import Dossier
from .engine.evaluate import Engine
from .engine.results import Caution, RuleResult
from .engine.selection import SelectedEvidence
from .engine.unknown_facts import UnknownFact
from .errors import ProfileError
from .extras import require
from .files import is_path
from .objects import Uncopied, pack, represent, unpack
from .profiles.profile import Profile, read_profile
from .profiles.registry import Plugin, Registry, or_installed
from .profiles.resolve import resolve_profile
from .profiles.resolved import ResolvedProfile
from .rules.derived import describe_error
from .rules.plugin_code import PLUGIN_CODE
from .text import LANGUAGES, Language, Localized, check_language

if TYPE_CHECKING:
    from narwhals.stable.v2.typing import IntoFrameT

    from .reporting.line import Line


class Assessment(Findings):
    """Advice to a person, never a decision, with all that explains it. It can only be read.

    >>> from barriermodel import BarrierModel, load_dossier
    >>> model = BarrierModel.load("twente-2019")
    >>> assessment = model.assess(load_dossier("docs/examples/bewijs-ontbreekt"))
    >>> assessment.advice
    Interval(orange, red)
    >>> for ask in assessment.asks:  # what can still change the advice
    ...     print(ask.kind.id, ask.reason.value)
    kvk_extract expired
    quality_certificate missing
    staff_list missing
    >>> print(assessment.rule("nl.financial_continuity.low_solvency").text["en"])
    Equity is 13.3% of total assets. The limit is 20%. Ask how the provider would bear a setback.
    >>> print(assessment.explain("en").splitlines()[0])
    Zorggroep Bedachte Beek B.V. (NL-KVK 00001002)
    >>> assessment.to_dict()["advice"]
    {'at_least': 'orange', 'at_most': 'red', 'decided': False}
    """

    @staticmethod
    def _rule_text(result: RuleResult) -> Localized:
        from .reporting.sentences import rule_text

        return rule_text(result)

    @staticmethod
    def _question(selected: SelectedEvidence, why: UnknownFact, facts: tuple[str, ...]) -> Localized:
        from .reporting.unknown_facts import question

        return question(selected, why, facts)

    @cached_property
    def cautions(self) -> tuple[Caution, ...]:
        """What a person should know besides the outcome of the rules; it changes no status."""
        from .reporting.cautions import cautions

        return tuple(cautions(self.evaluation))

    def explain(
        self, lang: Language = "nl", *, width: int = 100, colour: bool = False, confidential: bool = False
    ) -> str:
        """Write the explanation as text for a terminal.

        Args:
            lang: the language, ``"nl"`` or ``"en"``.
            width: the longest line, in characters.
            colour: use ANSI colours.
            confidential: show the values of confidential kinds.

        Raises:
            ValueError: there is no such language.

        """
        from .reporting.text import as_text

        return as_text(self._lines(lang, confidential), width, colour)

    def markdown(self, lang: Language = "nl", *, confidential: bool = False) -> str:
        """Write the explanation as Markdown; the arguments are those of :meth:`explain`."""
        from .reporting.markdown import as_markdown

        return as_markdown(self._lines(lang, confidential))

    def _lines(self, lang: Language, confidential: bool) -> Iterator[Line]:
        from .reporting.report import report

        check_language(lang)
        return report(self, lang, confidential)

    def to_dict(self, *, confidential: bool = False) -> dict[str, Any]:
        """The assessment as JSON has it, in the format ``barriermodel/assessment/1``.

        Args:
            confidential: show the values of confidential kinds; there is no ``content_digest`` then.

        """
        from .formats.assessment import content_digest_of
        from .reporting.line import as_data

        data = self._data(confidential)
        if not confidential and "digest" not in vars(self):
            vars(self)["digest"] = _digest(data)  # so that it is written once
        data["report"] = {lang: [as_data(line) for line in self._lines(lang, confidential)] for lang in LANGUAGES}
        data = {"schema": data.pop("schema"), "as_of": data.pop("as_of"), "digest": self.digest, **data}
        # no digest is taken over what is confidential
        return data | ({"confidential": True} if confidential else {"content_digest": content_digest_of(data)})

    def to_json(self, *, confidential: bool = False, indent: int | None = None) -> str:
        """Write the assessment as JSON, on one line unless an indent is given; see :meth:`to_dict`."""
        return json.dumps(self.to_dict(confidential=confidential), ensure_ascii=False, indent=indent) + "\n"

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the canonical form: the same for the same dossier, profile, plugins and engine.

        Confidential values are masked in it, so that it can be computed from the JSON that is passed on.
        """
        return _digest(self._data(confidential=False))

    def _data(self, confidential: bool) -> dict[str, Any]:
        from .formats.assessment import assessment_as_data

        return assessment_as_data(self, confidential=confidential)


def _digest(data: dict[str, Any]) -> str:
    from .formats.assessment import digest_of

    return digest_of(data)


def _notify(plugin: Plugin, assessment: Assessment) -> None:
    """Pass an assessment to an observer; if it fails, that is logged and changes nothing."""
    try:
        with PLUGIN_CODE:
            if plugin.manager is not None:
                plugin.manager.hook.barriermodel_assessed(assessment=assessment)
    except Exception as error:
        import logging  # only for a failure

        message = describe_error(error)
        if any(item.kind.confidential for item in assessment.evaluation.dossier.evidence):
            message = message.partition(":")[0]  # the words of an error may quote a confidential value
        logging.getLogger("barriermodel").error("%s failed when told of an assessment: %s", plugin.label, message)


def _log_endings(resolved: ResolvedProfile) -> None:
    """Log where tables of years end: from that date on, what depends on one stays open."""
    for ending in resolved.endings:
        import logging  # only where there is one

        from .reporting.phrases import ending_text

        logging.getLogger("barriermodel").info("%s, %s: %s", resolved.profile.id, ending.on, ending_text(ending, "en"))


@attrs.frozen(eq=False, repr=False)
class BarrierModel(Uncopied):
    """A profile fitted to its plugins, ready to assess dossiers. It can only be read.

    Args:
        profile: the profile.
        registry: the plugins it may use.
        where: what errors call the profile; left out, its id.

    Attributes:
        resolved: the profile with all that it inherits and all defaults filled in.
        engine: the compiled rules.

    Raises:
        ProfileError: the profile does not fit the plugins.

    >>> from barriermodel import BarrierModel
    >>> BarrierModel.load("twente-2019")
    BarrierModel('twente-2019', barriers=15)
    """

    profile: Profile
    registry: Registry
    where: str = ""
    resolved: ResolvedProfile = attrs.field(init=False)
    engine: Engine = attrs.field(init=False)
    _observers: tuple[Plugin, ...] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        resolved = resolve_profile(self.profile, self.registry, self.where)
        _log_endings(resolved)
        usable = self.registry.usable
        observers = tuple(p for p in usable if p.manager and p.manager.hook.barriermodel_assessed.get_hookimpls())
        for name, made in (("resolved", resolved), ("engine", Engine(resolved)), ("_observers", observers)):
            object.__setattr__(self, name, made)

    def __repr__(self) -> str:
        return represent(self, repr(self.profile.id), f"barriers={len(self.resolved.barriers)}")

    def __eq__(self, other: object) -> bool:
        return self.resolved == other.resolved if isinstance(other, BarrierModel) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.profile.id)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what it was made from; a process makes it once, however many tasks of a pool it comes with."""
        versions = {plugin.name: plugin.version for plugin in self.registry.usable}
        return unpack, pack(type(self), versions, profile=self.profile, registry=self.registry)

    @classmethod
    def load(cls, profile: str | PathLike[str], registry: Registry | None = None) -> BarrierModel:
        """Make a model for the profile with an id, or in a TOML file.

        A path has a separator or ends in ``.toml``: ``"twente-2019"`` is the installed profile, whatever files there
        are, and ``"./region"`` is a file.

        Args:
            profile: the id of an installed profile, or the path of a file.
            registry: the plugins it may use; left out, those that are installed.

        Raises:
            ProfileError: there is no such profile, or it does not fit the plugins.
            TypeError: the profile is neither a name nor a path, or the registry is not a registry.

        >>> from barriermodel import BarrierModel
        >>> BarrierModel.load("docs/examples/regio-eigen-profiel/regio-voorbeeld.toml")
        BarrierModel('regio-voorbeeld', barriers=11)
        """
        registry = or_installed(registry)
        name = fspath(profile)
        if is_path(profile):
            return cls(read_profile(profile), registry, name)
        if name not in registry.profiles:
            hint = f" To read the file of that name, write ./{name}." if isfile(name) else ""
            raise ProfileError.one("", registry.why_missing("profile", name) + hint)
        return cls(registry.profiles[name][0], registry, name)

    def assess(self, dossier: Dossier) -> Assessment:
        """Assess a dossier.

        Raises:
            InputError: the profile has no value for a limit on the dossier's date, or may not be used for its award.
            TypeError: it is not a dossier, but the path or JSON of one, say.

        >>> from barriermodel import BarrierModel, load_dossier
        >>> model = BarrierModel.load("twente-2019")
        >>> model.assess(load_dossier("docs/examples/rode-aanbieder")).advice
        Interval(red, red)
        """
        if not isinstance(dossier, Dossier):
            what = "path" if isinstance(dossier, (str, PathLike)) else "data"
            message = f"give a dossier: model.assess(load_dossier({what})); got a {type(dossier).__name__}"
            raise TypeError(message)
        evaluation = self.engine.evaluate(dossier)
        for plugin in self._observers:
            _notify(plugin, Assessment(evaluation.copied()))  # a copy, so that it cannot change what others read
        return Assessment(evaluation)

    def explain_row(self, row: Any, *, as_of: date | None = None) -> Assessment:
        """Assess one row of a table, as :meth:`assess_frame` does, with all that explains it.

        The explanation says what is not known from a row: without dates, nobody checked whether evidence still counts.

        Args:
            row: the cells by column: a mapping, or what pandas or Spark gives for a row. Other columns, and what an
                assessment added, are ignored.
            as_of: the date of the row; left out, the column ``as_of`` has it.

        Raises:
            InputError: a column is unknown or of a wrong type, there is no date, or the profile may not be used for
                the row.

        >>> from datetime import date
        >>> from barriermodel import BarrierModel
        >>> model = BarrierModel.load("twente-2019")
        >>> assessment = model.explain_row({"kvk_extract__active": False}, as_of=date(2026, 1, 15))
        >>> assessment.rule("nl.kvk.registration_ends")
        RuleResult('nl.kvk.registration_ends', hit, orange)
        """
        from .tables.row import evaluate_row

        return Assessment(evaluate_row(self.engine, row, as_of))

    def assess_frame(self, frame: IntoFrameT, *, as_of: date | None = None, details: bool = False) -> IntoFrameT:
        """Assess each row of a table; the result is a table of the same engine, lazy if it was lazy.

        Args:
            frame: a table of Polars, pandas, PyArrow, DuckDB, Dask or PySpark. A fact is a column such as
                ``kvk_extract__registered_on``, ``award__value`` or ``provider__legal_form``; null is unknown.
            as_of: the date of all rows; left out, the column ``as_of`` has it.
            details: also add the status of each rule in words.

        Raises:
            InputError: a column is unknown or of a wrong type, or the profile has no limit for the date.
            BarrierModelError: narwhals is not installed.

        >>> import warnings
        >>> from datetime import date
        >>> import polars
        >>> from barriermodel import BarrierModel
        >>> model = BarrierModel.load("twente-2019")
        >>> table = polars.DataFrame({"kvk_extract__active": [True, False]})
        >>> with warnings.catch_warnings(action="ignore"):  # the table has few of the columns
        ...     assessed = model.assess_frame(table, as_of=date(2026, 1, 15))
        >>> assessed["advice__at_least"].to_list()
        ['green', 'orange']
        """
        require("frames", "tables need {}", "narwhals")
        from .tables.assess import assess_table

        return assess_table(self.engine, frame, as_of, details=details)
