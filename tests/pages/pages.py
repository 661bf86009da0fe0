"""The pages that people look at, by name. A new one is a line here, and is then looked at with the others."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs

from barriermodel import Assessment, BarrierModel, load_assessment, load_dossier
from barriermodel.cli.commands import run

DOCS = Path(__file__).parents[2] / "docs"
DOSSIERS = DOCS / "examples"
EXAMPLES = (
    "aanbesteding", "bewijs-ontbreekt", "eenmanszaak", "gezonde-aanbieder", "rode-aanbieder", "tussentijdse-gunning",
)  # fmt: skip
REGION = DOSSIERS / "regio-eigen-profiel"
WIDE = "Zorg" * 40
"""A name that cannot be broken at a space."""


@cache
def model(profile: str = "twente-2019") -> BarrierModel:
    """A model, loaded once."""
    return BarrierModel.load(profile)


@cache
def assessed(name: str, profile: str = "twente-2019") -> Assessment:
    """The assessment of an example."""
    return model(profile).assess(load_dossier(DOSSIERS / name))


def widened() -> Assessment:
    """An assessment with names and numbers of a hundred letters and more, without a space."""
    dossier = assessed("bewijs-ontbreekt").evaluation.dossier
    provider = attrs.evolve(dossier.provider, name=WIDE)
    award = attrs.evolve(dossier.award, title=WIDE, authority=WIDE)
    sources = [item.source and attrs.evolve(item.source, issuer=WIDE, reference=WIDE) for item in dossier.evidence]
    evidence = [
        attrs.evolve(item, id=f"{item.id}{WIDE}", source=source)
        for item, source in zip(dossier.evidence, sources, strict=True)
    ]
    return model().assess(attrs.evolve(dossier, provider=provider, award=award, evidence=evidence))


def notebook(lang: str) -> str:
    """What a notebook shows of an assessment, in a page of its own."""
    part = assessed("bewijs-ontbreekt")._repr_html_()
    return f'<!doctype html><html lang="nl"><title>Notebook</title><main><h1>Notebook</h1>{part}</main></html>'


def printed(*arguments: str) -> str:
    """What a command prints."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert run(list(arguments)) == 0
    return out.getvalue()


def difference(lang: str) -> str:
    """How a region's own profile differs from the one it extends."""
    own = str(REGION / "regio-voorbeeld.toml")
    return printed("profiles", "diff", "twente-2019", own, "--lang", lang, "--format", "html")


def offer(lang: str, name: str = "Praktijk Verzonnen", place: str = "Voorbeelddam") -> str:
    """Who has a running contract; one provider and one municipality have these names."""
    table = (DOCS / "offer" / "contracten.csv").read_text("utf-8")
    with TemporaryDirectory() as folder:
        written = Path(folder) / "contracten.csv"
        written.write_text(table.replace("Praktijk Verzonnen", name).replace("Voorbeelddam", place), "utf-8")
        own = str(DOCS / "offer" / "kolommen.toml")
        return printed("offer", str(written), "--map", own, "--as-of", "2026-01-15", "--lang", lang)


PAGES: dict[str, Callable[[str], str]] = {
    "assessment": lambda lang: assessed("bewijs-ontbreekt").html(lang),
    "full": lambda lang: assessed("rode-aanbieder").html(lang, full=True),
    "wide": lambda lang: widened().html(lang),
    "notebook": notebook,
    "profiles-diff": difference,
    "offer": offer,
}
"""One or two of each kind, by what gives them in a language."""
MORE_PAGES: dict[str, Callable[[str], str]] = {
    **{name: partial(lambda name, lang: assessed(name).html(lang), name) for name in EXAMPLES},
    "regio-eigen-profiel": lambda lang: assessed(REGION.name, str(REGION / "regio-voorbeeld.toml")).html(lang),
    "confidential": lambda lang: assessed("aanbesteding").html(lang, confidential=True),
    "wide-offer": partial(offer, name=WIDE, place=WIDE),
    "wide-full": lambda lang: widened().html(lang, full=True),
    "stored": lambda lang: load_assessment(assessed("rode-aanbieder").to_dict()).html(lang),
}
"""More of a kind that is among them."""
