"""The fenced code blocks of a Markdown page, for every test that runs what a page shows."""

from __future__ import annotations

import re
from pathlib import Path

import attrs

FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)


@attrs.frozen
class Block:
    """A fenced code block, the line of its first fence, and the page up to there."""

    page: Path
    line: int
    language: str
    text: str
    before: str

    @property
    def where(self) -> str:
        """The place as an editor opens it, such as ``tutorial.md:12``."""
        return f"{self.page.name}:{self.line}"

    @property
    def section(self) -> str:
        """The heading of the second level under which the block stands."""
        return self.before.rpartition("\n## ")[2].partition("\n")[0] if "\n## " in self.before else ""

    @property
    def introduction(self) -> str:
        """The paragraph right before the block."""
        return self.before.rpartition("\n\n")[2]

    @property
    def file(self) -> str:
        """The name of the file that the introduction mentions last."""
        found = re.findall(r"`([^` ]+\.[a-z]+)`", self.introduction)
        assert found, f"{self.where}: say in which file, right before the block"
        return str(found[-1])


def fenced(page: Path) -> list[Block]:
    """All fenced code blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(page, text.count("\n", 0, found.start()) + 1, found["language"], found["text"],
              text[: found.start()].rstrip())
        for found in FENCE.finditer(text)
    ]  # fmt: skip


def blocks(page: Path, language: str) -> list[str]:
    """The texts of the code blocks in one language; ``""`` for those without one, which show output."""
    return [block.text for block in fenced(page) if block.language == language]
