"""The pages that people look at, by name. A new one is a line here, and is then looked at with the others."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

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


def notebook(shown: Any) -> str:
    """What a notebook shows of something, in a page of its own."""
    part = shown._repr_html_()
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


ROWS = """annual_accounts__profit,annual_accounts__turnover,annual_accounts__personnel_cost,provider__legal_form,found
4,100,80,bv,true
8,100,70,bv,false
12,100,60,stichting,
16,100,40,bv,true
,100,50,stichting,
"""
MARGIN, PERSONNEL = (
    "nl.financial_signals.max_margin=0.05:0.15:0.02",
    "nl.financial_signals.min_personnel_share=0.5,0.65",
)


def calibrated(command: str, *options: str) -> str:
    """A sweep or a backtest over twenty rows."""
    with TemporaryDirectory() as folder:
        table = Path(folder) / "table.csv"
        head, *rows = ROWS.splitlines()
        table.write_text("\n".join([head, *rows * 4]), "utf-8")
        day = ("--profile", "portfolio-scan", "--as-of", "2019-06-01")
        return printed(command, str(table), *day, *options, "--format", "html")


def portfolio(lang: str, *options: str) -> str:
    """The fictional portfolio of the page on pages."""
    folder = DOCS / "portfolio"
    with TemporaryDirectory() as made:
        table, output, columns = folder / "portefeuille.csv", Path(made) / "out.csv", folder / "kolommen.toml"
        return printed(
            "batch", str(table), str(output), "--map", str(columns),
            "--profile", "twente-2019", "--as-of", "2026-01-15", "--lang", lang, "--format", "html", *options,
        )  # fmt: skip


def letter(lang: str) -> str:
    """A request, with all that an official checks first."""
    arguments = (str(DOSSIERS / "bewijs-ontbreekt"), "--profile", "twente-2019", "--kind", "request", "--lang", lang)
    return printed("letter", *arguments, "--date", "2026-01-15", "--settings", str(DOCS / "letters" / "letter.toml"))


PAGES: dict[str, Callable[[str], str]] = {
    "assessment": lambda lang: widened().html(lang),
    "notebook": lambda lang: notebook(assessed("bewijs-ontbreekt")),
    "profile": lambda lang: model().html(lang),
    "profiles-diff": difference,
    "sweep": lambda lang: calibrated("sweep", "--set", MARGIN, "--lang", lang),
    "backtest": lambda lang: calibrated("backtest", "--label", "found", "--lang", lang),
    "letter": letter,
    "offer": offer,
    "portfolio": portfolio,
}
PAGES = {name: cache(made) for name, made in PAGES.items()}
"""One of each kind, by what gives it in a language."""
MORE_PAGES: dict[str, Callable[[str], str]] = {
    **{name: partial(lambda name, lang: assessed(name).html(lang), name) for name in EXAMPLES},
    "regio-eigen-profiel": lambda lang: assessed(REGION.name, str(REGION / "regio-voorbeeld.toml")).html(lang),
    "confidential": lambda lang: assessed("aanbesteding").html(lang, confidential=True),
    "wide-offer": partial(offer, name=WIDE, place=WIDE),
    "full": lambda lang: assessed("rode-aanbieder").html(lang, full=True),
    "wide-full": lambda lang: widened().html(lang, full=True),
    "profiles": lambda lang: printed("profiles", "--format", "html", "--lang", lang),
    "region": lambda lang: model(str(REGION / "regio-voorbeeld.toml")).html(lang),
    "notebook-profile": lambda lang: notebook(model()),
    "portfolio-to-publish": lambda lang: portfolio(lang, "--publish"),
    "grid": lambda lang: calibrated("sweep", "--set", MARGIN, "--set", PERSONNEL, "--lang", lang),
    "stored": lambda lang: load_assessment(assessed("rode-aanbieder").to_dict()).html(lang),
}
"""More of a kind that is among them."""
