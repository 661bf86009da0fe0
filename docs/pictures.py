"""Draw the rooms of the library and who imports whom, for ``docs/architecture.md``.

``python docs/pictures.py --write`` puts the picture in the page; ``tests/test_maintainer_pages.py`` sees that the page
is up to date. The rooms and their order are those of the contract ``rooms`` in ``pyproject.toml``; the arrows are
the imports that grimp finds in the source. An arrow that other arrows already make up for is left out, and so are
the small modules at the bottom, which every room may import.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import grimp

FRONTS = {"barriermodel", "plugin"}
ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "architecture.md"
BETWEEN = re.compile(r"(?<=<!-- rooms -->\n).*?(?=<!-- end of rooms -->)", re.DOTALL)


def layers() -> list[list[str]]:
    """The rooms, top first; those on one line never import each other."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (rooms,) = (contract["layers"] for contract in contracts if contract["id"] == "rooms")
    return [line.split(" | ") for line in rooms]


def imports(rooms: list[str]) -> dict[str, set[str]]:
    """The rooms that each room imports, and the front by its own name, ``barriermodel``.

    The two fronts import a name when it is first used. They say so to type checkers only, so for them those imports
    count.
    """
    found: dict[str, set[str]] = {}
    for fronts in (False, True):
        graph = grimp.build_graph("barriermodel", exclude_type_checking_imports=not fronts, cache_dir=None)
        for room in rooms:
            graph.squash_module(f"barriermodel.{room}")
        for name in FRONTS if fronts else set(rooms) - FRONTS:
            module = "barriermodel" if name == "barriermodel" else f"barriermodel.{name}"
            below = graph.find_modules_directly_imported_by(module)
            found[name] = {other.removeprefix("barriermodel.") for other in below} & {*rooms, "barriermodel"} - {name}
    return found


def without_detours(edges: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    """The imports that do not follow from the others (the transitive reduction)."""

    def reached(room: str) -> set[str]:
        return edges[room].union(*map(reached, edges[room]))

    for room, below in edges.items():
        yield from ((room, other) for other in sorted(below.difference(*map(reached, below))))


def picture() -> str:
    """The picture in Mermaid, between Markdown fences."""
    lines = layers()
    split = lines.index(["domain"]) + 1
    rooms = [room for line in lines[:split] for room in line]
    rooms.insert(rooms.index("analysis"), "barriermodel")
    edges = imports([room for room in rooms if room != "barriermodel"])
    down = {room: {other for other in edges[room] if rooms.index(other) > rooms.index(room)} for room in rooms}
    small = ", ".join(sorted(room for line in lines[split:] for room in line))
    return "\n".join(
        [
            "```mermaid",
            "flowchart TD",
            *(f"    {room} --> {other}" for room, other in without_detours(down)),
            *(
                f"    {room} -. when first read .-> {other}"
                for room in rooms
                for other in sorted(edges[room] - down[room])
            ),
            f'    domain --> small["{small}"]',
            "```",
            "",
        ]
    )


def main() -> None:
    """Print the picture, or put it in the page."""
    if "--write" not in sys.argv:
        print(picture(), end="")
        return
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(BETWEEN.sub(lambda _: picture(), text), encoding="utf-8")


if __name__ == "__main__":
    main()
