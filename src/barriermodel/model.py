"""The front: a profile that can be asked, and what it answers.

What writes an answer is imported when an answer is first written, so that loading a profile stays quick.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

import attrs

from .assessment import AssessmentBase, AsTold, RecordedError
from .domain.dossier import Dossier
from .engine.evaluate import Engine
from .engine.requests import Ask
from .errors import BarrierModelError, ProfileError
from .files import is_there
from .objects import Uncopied, packed, represent, unpacked
from .profiles.profile import Profile, read_profile
from .profiles.registry import Plugin, Registry, or_installed
from .profiles.resolve import resolve_profile
from .profiles.resolved import ResolvedProfile
from .rules.derived import describe
from .rules.levels import Status
from .rules.plugin_code import PLUGIN_CODE
from .text import LANGUAGES, Language, Text, check_language

if TYPE_CHECKING:
    from narwhals.stable.v2.typing import IntoFrameT

    from .reporting.line import Line
    from .tables.row import RowEvaluation


class Assessment(AssessmentBase):
    """An advice to a person, never a decision, that explains itself."""

    def explain(
        self, lang: Language = "nl", *, width: int = 100, colour: bool = False, confidential: bool = False
    ) -> str:
        """The explanation as text for a terminal.

        Args:
            width: of a line, in characters.
            colour: use ANSI colours.
            confidential: show the values of confidential kinds.

        """
        from .reporting.text import as_text

        return as_text(self._lines(lang, confidential), width, colour)

    def markdown(self, lang: Language = "nl", *, confidential: bool = False) -> str:
        """The explanation as Markdown."""
        from .reporting.markdown import as_markdown

        return as_markdown(self._lines(lang, confidential))

    def _lines(self, lang: Language, confidential: bool) -> Iterator[Line]:
        from .reporting.report import report

        check_language(lang)
        return report(self, lang, confidential)

    def to_dict(self, *, confidential: bool = False) -> dict[str, Any]:
        """The assessment as JSON holds it, in the format ``barriermodel/assessment/1``."""
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
        """The assessment as JSON, on one line unless an indent is given."""
        return json.dumps(self.to_dict(confidential=confidential), ensure_ascii=False, indent=indent) + "\n"

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the canonical form: the same for the same dossier, profile, plugins and engine.

        It is that of the masked form, so it can be computed from the JSON that is handed on.
        """
        return _digest(self._data(confidential=False))

    def _data(self, confidential: bool) -> dict[str, Any]:
        from .formats.assessment import assessment_as_data

        return assessment_as_data(self, confidential=confidential)


def _digest(data: dict[str, Any]) -> str:
    from .formats.assessment import digest_of

    return digest_of(data)


@attrs.frozen(slots=False, repr=False)
class RowAssessment(Assessment):
    """The assessment of a row of a table, which says what the row does not tell."""

    row: RowEvaluation = attrs.field(repr=False)

    @property
    def _as_told(self) -> AsTold:
        return self.row.as_told

    @cached_property
    def asks(self) -> tuple[Ask, ...]:
        """What still matters; what the row says is not there is asked for too."""
        return tuple([attrs.evolve(ask, why=self.row.as_said(ask.why)) for ask in super().asks])

    @cached_property
    def errors(self) -> tuple[RecordedError, ...]:
        """What plugins raised, and columns of the row that hold no value of their fact."""
        examined = [rule for rule in self.rules if rule.status is not Status.NOT_EXAMINED]
        wrong = [(rule.id, told) for rule in examined for told in self.row.errors(rule.resolved.rule.facts)]
        return (*super().errors, *(RecordedError(id, "row", None, told) for id, told in wrong))

    def _lines(self, lang: Language, confidential: bool) -> Iterator[Line]:
        from .reporting.line import Line, LineKind
        from .reporting.report import Report

        class RowReport(Report):  # here, for reports are imported when the first is written
            def say(self, key: str, **values: object) -> str:
                return _FROM_ROW[self.lang] if key in _ELSEWHERE else super().say(key, **values)

        check_language(lang)
        yield from RowReport(self, lang, confidential).lines()
        yield Line(LineKind.STAGE, _ABOUT_ROW[lang])
        for remark in self.row.remarks():
            yield Line(LineKind.ITEM, remark[lang])

    def _data(self, confidential: bool) -> dict[str, Any]:
        return {**super()._data(confidential), "row": self.row.as_data()}


_ABOUT_ROW = Text(nl="Over deze rij", en="About this row")
_FROM_ROW = Text(nl="uit de rij", en="from the row")
_ELSEWHERE = frozenset({"from_dossier", "handed_in"})
"""What a report says of where a fact came from that a row does not tell."""


def _tell(plugin: Plugin, assessment: Assessment) -> None:
    """Tell an observer of an assessment; that it fails is logged and changes nothing."""
    try:
        with PLUGIN_CODE:
            if plugin.manager is not None:
                plugin.manager.hook.barriermodel_assessed(assessment=assessment)
    except Exception as error:
        import logging  # only for a failure

        told = describe(error)
        if any(item.kind.confidential for item in assessment.evaluation.dossier.evidence):
            told = told.partition(":")[0]  # what is withheld may stand in the words of an error
        logging.getLogger("barriermodel").error("%s failed when told of an assessment: %s", plugin.label, told)


def _log_endings(plan: ResolvedProfile) -> None:
    """Tell where tables of years end: from that date on, what depends on one stays open."""
    for ending in plan.endings:
        import logging  # only where there is one

        logging.getLogger("barriermodel").info("%s, %s: %s", plan.profile.id, ending.on, ending.text["en"])


@attrs.frozen(eq=False, repr=False)
class BarrierModel(Uncopied):
    """A profile fitted to its plugins, ready to assess dossiers. It can only be read.

    Args:
        profile: what a region decides.
        registry: the plugins it may use.
        where: what errors call the profile; left out, its id.

    Raises:
        ProfileError: the profile does not fit the plugins.

    """

    profile: Profile
    registry: Registry
    where: str = ""
    resolved: ResolvedProfile = attrs.field(init=False)
    engine: Engine = attrs.field(init=False)
    _observers: tuple[Plugin, ...] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        plan = resolve_profile(self.profile, self.registry, self.where)
        _log_endings(plan)
        usable = self.registry.usable
        observers = tuple(p for p in usable if p.manager and p.manager.hook.barriermodel_assessed.get_hookimpls())
        for name, made in (("resolved", plan), ("engine", Engine(plan)), ("_observers", observers)):
            object.__setattr__(self, name, made)  # once; from now on it can only be read

    def __repr__(self) -> str:
        return represent(self, repr(self.profile.id), f"barriers={len(self.resolved.barriers)}")

    def __eq__(self, other: object) -> bool:
        return self.resolved == other.resolved if isinstance(other, BarrierModel) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.profile.id)

    def __reduce__(self) -> tuple[Any, ...]:
        """Of what it was made; it is made anew once in a process, however many tasks of a pool it comes with."""
        versions = {plugin.name: plugin.version for plugin in self.registry.usable}
        return unpacked, packed(type(self), versions, profile=self.profile, registry=self.registry)

    @classmethod
    def load(cls, profile: str | PathLike[str], registry: Registry | None = None) -> BarrierModel:
        """A model for the profile with an id, or in a TOML file.

        Args:
            registry: left out, the plugins that are installed.

        Raises:
            ProfileError: there is no such profile, or it does not fit the plugins.
            TypeError: the profile is neither a name nor a path, or the registry is none.

        """
        registry = or_installed(registry)
        name = fspath(profile)
        if name.endswith(".toml") or is_there(name):
            return cls(read_profile(profile), registry, name)
        if name not in registry.profiles:
            raise ProfileError.one("", registry.why_missing("profile", name))
        return cls(registry.profiles[name][0], registry, name)

    def assess(self, dossier: Dossier) -> Assessment:
        """What the profile's rules find in a dossier.

        Raises:
            InputError: the profile has no value for a limit on the dossier's date, or may not be used for its award.
            TypeError: it is no dossier, but the name or JSON of one, say.

        """
        if not isinstance(dossier, Dossier):
            what = "path" if isinstance(dossier, (str, PathLike)) else "data"
            message = f"give a dossier: model.assess(load_dossier({what})); got a {type(dossier).__name__}"
            raise TypeError(message)
        run = self.engine.evaluate(dossier)
        for plugin in self._observers:
            _tell(plugin, Assessment(run.copied()))  # one of its own: what it makes of it reaches nobody
        return Assessment(run)

    def explain_row(self, row: Any, *, as_of: date | None = None) -> Assessment:
        """The assessment of one row of a table, as :meth:`assess_frame` assesses it, with all that explains it.

        What the row does not tell, the explanation does not either: without dates, that freshness was not checked.

        Args:
            row: the cells by column: a mapping, or what pandas or Spark gives for a row. Other columns, and what an
                assessment added, are left alone.
            as_of: the date of the row; left out, the column ``as_of`` has it.

        Raises:
            InputError: a column is unknown or of a wrong type, there is no date, or the profile may not be used for
                the row.

        """
        from .tables.row import evaluate_row

        found = evaluate_row(self.engine, row, as_of)
        return RowAssessment(found.run, found)

    def assess_frame(self, frame: IntoFrameT, *, as_of: date | None = None, details: bool = False) -> IntoFrameT:
        """A table with what the rules find in each row: the same kind of table, lazy if it was lazy.

        Args:
            frame: of Polars, pandas, PyArrow, DuckDB, Dask or PySpark. A fact is a column such as
                ``kvk_extract__registered_on``, ``award__value`` or ``provider__legal_form``; null is unknown.
            as_of: the date of all rows; left out, the column ``as_of`` has it.
            details: also the five statuses in words.

        Raises:
            InputError: a column is unknown or of a wrong type, or the profile has no limit for the date.
            BarrierModelError: narwhals is not installed.

        """
        try:
            from .tables.assess import assess_table
        except ModuleNotFoundError as error:
            if error.name != "narwhals":
                raise
            message = "tables need narwhals; install it with: pip install 'barriermodel[frames]'"
            raise BarrierModelError(message) from None

        return assess_table(self.engine, frame, as_of, details=details)
