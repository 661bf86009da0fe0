"""The command that checks the words files of a plugin, and writes those that are missing."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from barriermodel import BarrierModelError, Registry
from barriermodel.analysis.profiles import Plugin
from barriermodel.analysis.text import LANGUAGES, check_words, skeleton, suggest

from .output import DONE, PLUGIN_ERRORS


@click.command()
@click.argument("plugin")
@click.option(
    "--lang", multiple=True, default=LANGUAGES, help="The language, such as fr; by default Dutch and English."
)
@click.option("--skeleton", "as_skeleton", is_flag=True, help="Print the missing texts as TOML to fill in.")
def words(plugin: str, lang: tuple[str, ...], as_skeleton: bool) -> int:
    """Check the words files of PLUGIN: which texts are missing, not needed, or wrong."""
    found = _plugin(plugin)
    if as_skeleton:
        if len(lang) != 1:
            raise click.UsageError("--skeleton writes the file of one language: add --lang.")
        sys.stdout.write(skeleton(check_words(found, lang[0])))
        return DONE
    lines = list(words_lines(found, lang))
    sys.stdout.write("".join(f"{line}\n" for line in lines) or f"{found.name}: complete in {', '.join(lang)}\n")
    return PLUGIN_ERRORS if lines else DONE


def words_lines(plugin: Plugin, languages: tuple[str, ...]) -> Iterator[str]:
    """What is missing, not needed or wrong in the words of a plugin, one line each."""
    for lang in languages:
        report = check_words(plugin, lang)
        yield from (f"{plugin.name}, {lang}: missing: {'.'.join(ref.key)}" for ref in report.missing)
        yield from (f"{plugin.name}, {lang}: nothing has this key: {key}" for key in report.unknown)
        yield from (f"{plugin.name}, {lang}: {problem}" for problem in report.wrong)


def _plugin(name: str) -> Plugin:
    plugins = {plugin.name: plugin for plugin in Registry.discover().plugins}
    if name not in plugins:
        raise BarrierModelError(f"there is no plugin {name!r}{suggest(name, plugins)}")
    return plugins[name]
