"""What the law lets an authority look at for integrity: insolvency, and what supervisors and registers have found."""

from collections.abc import Iterable

from barriermodel.plugin import Barrier, Reader, hookimpl

from .bibob import BibobAdvice, BibobConclusion, bibob
from .insolvency import InsolvencyCase, InsolvencyExtract, insolvency
from .inspection import Measure, SupervisionContact, SupervisionMeasure, Supervisor, inspection
from .readers import READERS
from .sanctions import SanctionsScreening, sanctions
from .screening import screen
from .warning_register import IkzCheck, WarningRegisterCheck, warning_register

__all__ = [
    "BARRIERMODEL_API",
    "BibobAdvice",
    "BibobConclusion",
    "IkzCheck",
    "InsolvencyCase",
    "InsolvencyExtract",
    "Measure",
    "SanctionsScreening",
    "SupervisionContact",
    "SupervisionMeasure",
    "Supervisor",
    "WarningRegisterCheck",
    "bibob",
    "insolvency",
    "inspection",
    "sanctions",
    "screen",
    "warning_register",
]

BARRIERMODEL_API = 2


@hookimpl
def barriermodel_barriers() -> Iterable[Barrier]:
    """The barriers of this plugin."""
    return [insolvency, bibob, warning_register, inspection, sanctions]


@hookimpl
def barriermodel_readers() -> Iterable[Reader]:
    """The readers of this plugin."""
    return READERS
