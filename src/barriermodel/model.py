"""The front: a profile that can be asked, and what it answers.

What writes an answer is imported when an answer is first written, so that loading a profile stays quick.
"""

from __future__ import annotations

import json
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any

from .domain.dossier import Dossier
from .errors import BarrierModelError, ProfileError
from .pipeline.assessment import AssessmentBase
from .pipeline.fit import make_plan
from .pipeline.plan import Plan
from .pipeline.profile import Profile, read_profile
from .pipeline.registry import Registry
from .pipeline.run import Engine
from .text import LANGUAGES, Language


class Assessment(AssessmentBase):
    """An advice to a person, never a decision, that explains itself."""

    _digest: str | None = None

    def explain(
        self, lang: Language = "nl", *, width: int = 100, colour: bool = False, confidential: bool = False
    ) -> str:
        """The explanation as text for a terminal.

        Args:
            width: of a line, in characters.
            colour: use ANSI colours.
            confidential: show the values of confidential kinds.

        """
        from .report.content import report
        from .report.text import as_text

        _check_language(lang)

        return as_text(report(self, lang, confidential), width, colour)

    def markdown(self, lang: Language = "nl", *, confidential: bool = False) -> str:
        """The explanation as Markdown."""
        from .report.content import report
        from .report.markdown import as_markdown

        _check_language(lang)

        return as_markdown(report(self, lang, confidential))

    def to_dict(self, *, confidential: bool = False) -> dict[str, Any]:
        """The assessment as JSON holds it, in the format ``barriermodel/assessment/1``."""
        from .formats.assessment import assessment_as_data, digest_of

        data = assessment_as_data(self, confidential=confidential)
        if not confidential:
            self._digest = self._digest or digest_of(data)
        return {"schema": data.pop("schema"), "as_of": data.pop("as_of"), "digest": self.digest, **data}

    def to_json(self, *, confidential: bool = False, indent: int | None = None) -> str:
        """The assessment as JSON, on one line unless an indent is given."""
        return json.dumps(self.to_dict(confidential=confidential), ensure_ascii=False, indent=indent) + "\n"

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical form: the same for the same dossier, profile, plugins and engine.

        It is that of the masked form, so it can be computed from the JSON that is handed on.
        """
        from .formats.assessment import assessment_as_data, digest_of

        self._digest = self._digest or digest_of(assessment_as_data(self))
        return self._digest


def _check_language(lang: str) -> None:
    if lang not in LANGUAGES:
        raise ValueError(f"lang is one of {', '.join(LANGUAGES)}; got {lang!r}")


class BarrierModel:
    """A profile fitted to its plugins, ready to assess dossiers.

    Args:
        profile: what a region decides.
        registry: the plugins it may use.

    Raises:
        ProfileError: the profile does not fit the plugins.

    """

    def __init__(self, profile: Profile, registry: Registry, where: str = "") -> None:
        self.registry = registry
        self.plan: Plan = make_plan(profile, registry, where)
        self.engine = Engine(self.plan)
        self._observers = [
            p for p in registry.usable if p.manager and p.manager.hook.barriermodel_assessed.get_hookimpls()
        ]

    @classmethod
    def load(cls, profile: str | PathLike[str], registry: Registry | None = None) -> BarrierModel:
        """A model for the profile with an id, or in a TOML file.

        Args:
            registry: left out, the plugins that are installed.

        Raises:
            ProfileError: there is no such profile, or it does not fit the plugins.

        """
        registry = registry or Registry.discover()
        name = str(profile)
        if name.endswith(".toml") or Path(name).is_file():
            return cls(read_profile(profile), registry, name)
        if name not in registry.profiles:
            raise ProfileError.one("", registry.why_missing("profile", name))
        return cls(registry.profiles[name][0], registry, name)

    @property
    def profile(self) -> Profile:
        """The profile as its region wrote it."""
        return self.plan.profile

    def assess(self, dossier: Dossier) -> Assessment:
        """What the profile's rules find in a dossier.

        Raises:
            InputError: the profile has no value for a limit on the dossier's date, or may not be used for its award.

        """
        assessment = Assessment(self.engine.run(dossier))
        for plugin in self._observers:
            try:
                if plugin.manager is not None:
                    plugin.manager.hook.barriermodel_assessed(assessment=assessment)
            except Exception:  # an observer changes nothing
                import logging  # only for a failure

                logging.getLogger("barriermodel").exception("%s failed when told of an assessment", plugin.label)
        return assessment

    def assess_frame(self, frame: Any, *, as_of: date | None = None, details: bool = False) -> Any:
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
            from .frames.front import assess_table
        except ModuleNotFoundError as error:
            if error.name != "narwhals":
                raise
            message = "tables need narwhals; install it with: pip install 'barriermodel[frames]'"
            raise BarrierModelError(message) from None

        return assess_table(self.engine, frame, as_of, details=details)
