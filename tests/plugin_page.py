"""The code of the page on plugins: its first block is a plugin, and all of it but two asides is another."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

from barriermodel import Registry
from markdown import blocks

PAGE = Path(__file__).parents[1] / "docs" / "plugin.md"
ASIDES = ("class Licence", "__file__")
FIRST, *_ = PARTS = blocks(PAGE, "python")
CODE = "\n\n".join(part for part in PARTS if not any(aside in part for aside in ASIDES))


WORDS = dict(zip(("nl", "en"), blocks(PAGE.with_name("words.md"), "toml"), strict=False))


def module(code: str, name: str) -> ModuleType:
    """Code of the page as a module, with the words of the page on words."""
    made = sys.modules[name] = ModuleType(name)  # a class of facts looks up its own module, and a text its words
    vars(made)["BARRIERMODEL_WORDS"] = WORDS
    exec(compile(code, PAGE.name, "exec"), made.__dict__)
    return made


def housing() -> Registry:
    """A registry with the plugin of the first block alone."""
    registry = Registry()
    registry.add(module(FIRST, "barriermodel_voorbeeld"))
    return registry
