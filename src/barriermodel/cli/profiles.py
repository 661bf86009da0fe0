"""The commands for profiles: list them, show one, and compare two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import click

from barriermodel import BarrierModel, Registry, profile_difference
from barriermodel.analysis.facts import json_fields
from barriermodel.analysis.pages import lines_page
from barriermodel.analysis.profiles import ResolvedProfile
from barriermodel.analysis.reports import (
    PROFILE_STATUS,
    Difference,
    Line,
    LineKind,
    Topic,
    as_markdown,
    as_text,
    fill,
    names_of,
)
from barriermodel.analysis.text import Language, said

from . import listings, options
from .output import DONE, terminal_width, write_formatted


@click.command()
@click.argument("a", type=options.ProfileName())
@click.argument("b", type=options.ProfileName())
@options.language
@options.report_format
def diff(a: str, b: str, lang: Any, output_format: str) -> int:
    """Say in words what differs between the profiles A and B: ids, or TOML files."""
    registry = Registry.discover()
    first, second = (BarrierModel.load(name, registry).resolved for name in (a, b))
    found = profile_difference(first, second)
    write_formatted(
        output_format,
        json=lambda: _difference_data(first, second, found),
        html=lambda: lines_page(_difference_lines(first, second, found, lang), lang),
        markdown=lambda: as_markdown(_difference_lines(first, second, found, lang)),
        text=lambda: as_text(_difference_lines(first, second, found, lang), terminal_width()),
    )
    return DONE


class _WithDiff(click.Command):
    """A command that runs :func:`diff` when that is its first word; any other word is a profile."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of either command."""
        if args[:1] == ["diff"]:
            return diff.make_context(f"{info_name} diff", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The usage of both commands."""
        return [*super().collect_usage_pieces(ctx), "| diff A B"]


@click.command(cls=_WithDiff)
@click.argument("profile", required=False, type=options.ProfileName())
@options.language
@options.page_format
def profiles(profile: str | None, lang: Any, output_format: str) -> int:
    """List the installed profiles, or show one whole: stages, limits, sources and changes.

    `profiles diff A B` says in words what differs between two profiles.
    """
    registry = Registry.discover()
    if profile is None:
        write_formatted(
            output_format, json=lambda: listings.profiles_data(registry),
            html=lambda: lines_page(listings.profiles_lines(registry, lang), lang),
            text=lambda: listings.profiles_text(registry, lang),
        )  # fmt: skip
    else:
        model = BarrierModel.load(profile, registry)
        write_formatted(
            output_format, json=lambda: listings.profile_data(model.resolved), html=lambda: model.html(lang),
            text=lambda: listings.profile_text(model.resolved, lang),
        )  # fmt: skip
    return DONE


# What is printed --------------------------------------------------------------------------------------


_HEADED = (Topic.STATUS, Topic.STAGE, Topic.BARRIER, Topic.RULE, Topic.LIMIT)
"""The first topic below each heading."""


def _heading(difference: Difference) -> Topic:
    topics = list(Topic)
    return [first for first in _HEADED if topics.index(first) <= topics.index(difference.topic)][-1]


def _difference_lines(
    a: ResolvedProfile, b: ResolvedProfile, found: Sequence[Difference], lang: Language
) -> Iterator[Line]:
    names = names_of(a, b)
    yield Line(LineKind.TITLE, fill(said("difference", "title"), lang, a=names[0], b=names[1]))
    for name, profile in zip(names, (a.profile, b.profile), strict=True):
        status = PROFILE_STATUS[profile.status][lang]
        yield Line(LineKind.ITEM, f"{name}: {profile.title[lang]}; {status}")
    if not found:
        yield Line(LineKind.TEXT, fill(said("difference", "none"), lang, a=names[0], b=names[1]))
    for heading, differences in groupby(found, _heading):
        yield Line(LineKind.STAGE, said("difference", "heading", heading.value)[lang])
        for difference in differences:
            yield Line(LineKind.ITEM, difference.text[lang])
            yield from (Line(LineKind.DETAIL, remark[lang]) for remark in difference.remarks)


def _difference_data(a: ResolvedProfile, b: ResolvedProfile, found: Sequence[Difference]) -> dict[str, Any]:
    return {
        **{name: {"id": resolved.profile.id, "digest": resolved.digest} for name, resolved in (("a", a), ("b", b))},
        "differences": [json_fields(one, "topic", "id", "a", "b", "text", "remarks") for one in found],
    }
