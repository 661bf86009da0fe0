"""The model: a profile fitted to its plugins, which assesses dossiers and tables."""

from __future__ import annotations

from datetime import date
from os import PathLike, fspath
from os.path import isfile
from typing import TYPE_CHECKING, Any

import attrs

from .assessment import Assessment
from .domain.dossier import Dossier
from .engine.evaluate import Engine
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
from .text import Language, check_language

if TYPE_CHECKING:
    from narwhals.stable.v2.typing import IntoFrameT

    from .portfolio.portfolio import Portfolio


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
        import logging  # only if there is one

        from .reporting.phrases import ending_text

        log = logging.getLogger("barriermodel")
        if log.isEnabledFor(logging.INFO):  # it reads the label of the table from a words file
            log.info("%s, %s: %s", resolved.profile.id, ending.on, ending_text(ending, "en"))


@attrs.frozen(eq=False, repr=False)
class BarrierModel(Uncopied):
    """A profile fitted to its plugins, ready to assess dossiers. It is read-only.

    Args:
        profile: the profile.
        registry: the plugins it may use.
        where: what errors call the profile; by default its id.

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
        """Pickle what it was made from; a process makes it once, however many tasks of a pool it arrives with."""
        versions = {plugin.name: plugin.version for plugin in self.registry.usable}
        return unpack, pack(type(self), versions, profile=self.profile, registry=self.registry)

    @classmethod
    def load(cls, profile: str | PathLike[str], registry: Registry | None = None) -> BarrierModel:
        """Make a model for the profile with an id, or in a TOML file.

        A path has a separator or ends in ``.toml``: ``"twente-2019"`` is the installed profile, whatever files there
        are, and ``"./region"`` is a file.

        Args:
            profile: the id of an installed profile, or the path of a file.
            registry: the plugins it may use; by default those that are installed.

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

    def html(self, lang: Language = "nl") -> str:
        """Describe the profile in words as a page: HTML in one file, without a script.

        It says of each rule when it hits and what the advice becomes, where each limit comes from, and what is assumed.

        Args:
            lang: the language, ``"nl"`` or ``"en"``.

        Raises:
            MissingExtraError: Jinja2 is not installed.
            ValueError: there is no such language.

        >>> from barriermodel import BarrierModel
        >>> page = BarrierModel.load("twente-2019").html("en")
        >>> "52 rules in 3 stages." in page
        True
        """
        from .pages.profile import profile_page

        check_language(lang)
        return profile_page(self.resolved, lang)

    def _repr_html_(self) -> str | None:
        """What a notebook shows: what the profile is and which stages it has, in Dutch."""
        from .pages.profile import profile_part
        from .pages.rendering import in_notebook

        return in_notebook(lambda lang: profile_part(self.resolved, lang))

    def assess(self, dossier: Dossier) -> Assessment:
        """Assess a dossier.

        Raises:
            InputError: the profile has no value for a limit on the dossier's date, or may not be used for its award.
            TypeError: it is not a dossier but, say, the path or JSON of one.

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

    def explain_row(self, row: object, *, as_of: date | None = None) -> Assessment:
        """Assess one row of a table, as :meth:`assess_frame` does, with all that explains it.

        The explanation says what is not known from a row: without dates, nobody checked whether evidence still counts.

        Args:
            row: the cells by column: a mapping, or what pandas or Spark gives for a row. Other columns, and what an
                assessment added, are ignored.
            as_of: the date of the row; by default that in the column ``as_of``.

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
            as_of: the date of all rows; by default that in the column ``as_of``.
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
        try:
            from .tables.assess import assess_table
        except ModuleNotFoundError:
            require("frames", "tables need {}", "narwhals")
            raise
        return assess_table(self.engine, frame, as_of, details=details)

    def portfolio(self, frame: Any, *, as_of: date | None = None) -> Portfolio:
        """Assess each row of a table, with what decides it, what is open and why, and what to ask.

        For each row it says what the Explanation of :meth:`explain_row` says; it is worked out in columns, with Polars.

        Args:
            frame: a table as :meth:`assess_frame` takes it; a lazy one is collected.
            as_of: the date of all rows; by default that in the column ``as_of``.

        Raises:
            InputError: a column is unknown or of a wrong type, or the profile has no limit for the date.
            BarrierModelError: Polars is not installed.

        >>> import warnings
        >>> from datetime import date
        >>> import polars
        >>> from barriermodel import BarrierModel
        >>> model = BarrierModel.load("twente-2019")
        >>> table = polars.DataFrame({"kvk_extract__active": [True, False]})
        >>> with warnings.catch_warnings(action="ignore"):  # the table has few of the columns
        ...     model.portfolio(table, as_of=date(2026, 1, 15)).rows
        (PortfolioRow(1, green to exclude), PortfolioRow(2, orange to exclude, nl.kvk.registration_ends))
        """
        require("batch", "a portfolio needs {}", "narwhals", "polars", "pyarrow")
        from .portfolio.making import make_portfolio

        return make_portfolio(self.engine, frame, as_of)
