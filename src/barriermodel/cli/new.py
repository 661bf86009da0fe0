"""The command that starts a plugin: a folder with a barrier, its tests, its texts and an example."""

from __future__ import annotations

import builtins
import importlib.util
import keyword
import os
import re
import shlex
from importlib.resources import files
from pathlib import Path
from string import Template

import attrs
import click

from barriermodel import BarrierModelError, Registry
from barriermodel.analysis.files import write_folder

from . import options
from .output import write_output

MAX_LENGTH = 28
"""Characters of the longest name or region, which become part of file names and of lines of code."""
_WORD = re.compile("[A-Za-z][A-Za-z0-9]*([-_][A-Za-z0-9]+)*")
_FILES = {
    ".gitignore": "gitignore",
    "CHANGELOG.md": "CHANGELOG.md",
    "README.md": "README.md",
    "pyproject.toml": "pyproject.toml",
    "example/dossier.json": "dossier.json",
    "example/profile.toml": "profile.toml",
    "scenarios/$entry.toml": "scenarios.toml",
    "src/$package/__init__.py": "init.py",
    "src/$package/barrier.py": "barrier.py",
    "src/$package/kind.py": "kind.py",
    "src/$package/py.typed": "py.typed",
    "src/$package/words/en.toml": "words.en.toml",
    "src/$package/words/nl.toml": "words.nl.toml",
    "tests/test_contract.py": "test_contract.py",
}
"""By file of the plugin, the template that it is made from."""
_TAKEN = frozenset([
    "barrier", "barriermodel_barriers", "checked_by_accountant", "hookimpl", "kind", "large_share", "named", "ratio",
    *dir(builtins),
])  # fmt: skip
"""Names that the templates use, so that the variable of a barrier cannot have them."""


@click.command()
@click.argument("name")
@click.option("--owner", required=True, metavar="REGION", help="The region whose barrier it is, such as drenthe.")
@click.option(
    "--into",
    type=options.PATH,
    default=Path(),
    metavar="FOLDER",
    help="Make it in this folder; left out, in the current one.",
)
def new(name: str, owner: str, into: Path) -> int:
    """Start a plugin with a barrier of your own; NAME says what it is about, such as housing.

    It writes a folder with a requirement and a signal that work, their tests, scenarios, a README and an example.
    """
    names = Names.of(name, owner)
    target = into / names.distribution
    _refuse_what_is_there(target)
    _refuse_what_is_installed(names, Registry.discover())
    write_folder(target, plugin_files(names))
    write_output(_next_steps(names, target))
    return 0


@attrs.frozen
class Names:
    """The names of everything in a plugin.

    Args:
        name: what the barrier is about, in snake_case.
        owner: the region, in snake_case.
        words: the name as in a sentence.
        region: the region as in a sentence.

    """

    name: str
    owner: str
    words: str
    region: str

    @classmethod
    def of(cls, name: str, owner: str) -> Names:
        """The names that a barrier's name and its region give.

        Raises:
            BarrierModelError: one of the two cannot be used.

        """
        found = _snake(name, "NAME"), _snake(owner, "REGION")
        return cls(*found, words=re.sub("[-_]", " ", name), region=_region(owner))

    @property
    def barrier(self) -> str:
        """The id of the barrier."""
        return f"{self.owner}.{self.name}"

    @property
    def kind(self) -> str:
        """The id of the evidence kind."""
        return f"{self.owner}_{self.name}_statement"

    @property
    def package(self) -> str:
        """The package that is imported."""
        return f"barriermodel_{self.owner}_{self.name}"

    @property
    def entry(self) -> str:
        """The name of the entry point: that of the distribution, without the prefix of all plugins."""
        return f"{self.owner}-{self.name}".replace("_", "-")

    @property
    def distribution(self) -> str:
        """The name of the distribution, and of its folder."""
        return f"barriermodel-{self.entry}"

    def all(self) -> dict[str, str]:
        """Every name that a template uses."""
        camel = "".join(part.capitalize() for part in self.name.split("_"))
        return {
            "barrier": self.barrier, "kind": self.kind, "package": self.package, "entry": self.entry,
            "distribution": self.distribution, "region": self.region,
            "words": self.words, "title": self.words[0].upper() + self.words[1:],
            "camel": camel, "cls": f"{camel}Statement",
            "variable": f"{self.name}_barrier" if self.name in _TAKEN else self.name,
        }  # fmt: skip


def _snake(word: str, what: str) -> str:
    if not _WORD.fullmatch(word):
        allowed = "begin with a letter, then letters a to z and digits, with a single - or _ between words"
        raise BarrierModelError(f"{word!r} cannot be a {what}: {allowed}.")
    if len(word) > MAX_LENGTH:
        raise BarrierModelError(
            f"{word!r} cannot be a {what}: it has {len(word)} characters; use at most {MAX_LENGTH}."
        )
    found = word.lower().replace("-", "_")
    if keyword.iskeyword(found):
        raise BarrierModelError(f"{word!r} cannot be a {what}: Python keeps that word for itself; choose another.")
    return found


def _region(owner: str) -> str:
    """A region with capitals: as it was typed if it has any; otherwise one for each word, and two for ``nl``."""
    if owner != owner.lower():
        return owner.replace("_", " ")
    if len(owner) <= 2:
        return owner.upper()
    return re.sub("[a-z0-9]+", lambda word: word[0].capitalize(), owner.replace("_", " "))


# What is there already --------------------------------------------------------------------------------


def _refuse_what_is_there(target: Path) -> None:
    parent = target.parent
    if not os.path.isdir(parent):
        why = "is no folder" if os.path.lexists(parent) else "does not exist"
        raise BarrierModelError(f"{parent} {why}; name a folder that is there with --into.")
    if os.path.lexists(target):
        raise BarrierModelError(f"{target} exists already; nothing was written: choose another name, or move it away.")


def _refuse_what_is_installed(names: Names, registry: Registry) -> None:
    ids = {("barrier", names.barrier), ("evidence kind", names.kind)}
    for plugin in registry.plugins:
        for sort, id, _ in plugin.ids():
            if (sort, id) in ids:
                raise BarrierModelError(f"{sort} {id!r} is in {plugin.label} already; choose another name.")
        if plugin.name == names.distribution:
            raise BarrierModelError(f"{plugin.label} is installed already; choose another name, or uninstall it.")
    if importlib.util.find_spec(names.package) is not None:
        raise BarrierModelError(f"a package {names.package} can be imported already; choose another name.")


# Writing ----------------------------------------------------------------------------------------------


def plugin_files(names: Names) -> dict[str, str]:
    """The files of a plugin, by path."""
    words = names.all()
    folder = files("barriermodel.cli") / "template"
    return {
        Template(path).substitute(words): Template((folder / f"{template}.tmpl").read_text("utf-8")).substitute(words)
        for path, template in _FILES.items()
    }


def _next_steps(names: Names, target: Path) -> str:
    pip = "python -m pip" if importlib.util.find_spec("pip") else "uv pip"
    return (
        f"{target} has barrier {names.barrier} and its tests; its README.md says what to change first.\n"
        "Install it, and test it:\n\n"
        f"  {pip} install -e {shlex.quote(f'{target}[test]')}\n"
        f"  python -m pytest {shlex.quote(str(target))}\n"
    )
