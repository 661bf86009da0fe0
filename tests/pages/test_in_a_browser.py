"""Every page in a real browser: it is quiet, asks for nothing, fits, can be read by everyone, and prints whole."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pages import EXAMPLES, PAGES, assessed

sync_api = pytest.importorskip("playwright.sync_api")
axe_api = pytest.importorskip("axe_playwright_python.sync_playwright")
pypdf = pytest.importorskip("pypdf")

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium; the system's package manager has it")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BY_DAY = (("nl", "light", 380), ("en", "dark", 1280))
AT_NIGHT = [
    setting
    for lang in ("nl", "en") for scheme in ("light", "dark") for width in (380, 1280)
    if (setting := (lang, scheme, width)) not in BY_DAY
]  # fmt: skip
each_page = pytest.mark.parametrize("name", PAGES)


class Look:
    """A tab of the browser in light or dark, of one width, which keeps what pages print and ask for."""

    def __init__(self, browser: Any, scheme: str, width: int) -> None:
        self.tab = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
        self.seen: list[str] = []
        self.tab.on("console", lambda line: self.seen.append(f"console: {line.text}"))
        self.tab.on("pageerror", lambda error: self.seen.append(f"error: {error}"))
        self.tab.on("request", lambda request: self.seen.append(f"request: {request.url}"))

    def open(self, page: Path) -> None:
        """Show a page, which is the one thing that may be asked for."""
        self.seen.clear()
        self.tab.goto(page.as_uri())
        self.seen.remove(f"request: {page.as_uri()}")

    def faults(self, page: Path) -> list[str]:
        """What is wrong with a page, with all that is folded open."""
        self.open(page)
        self.tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        beyond = self.tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found = axe_api.Axe().run(self.tab, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
        return [
            *self.seen,
            *([f"overflow: {beyond}"] if beyond else []),
            *(f"{rule['id']}: {node['html']}" for rule in found["violations"] for node in rule["nodes"]),
            *(f"color-contrast: {text}" for text, ink, paper in self.tab.evaluate(CHARTS) if contrast(ink, paper) < 4.5),
        ]


CHARTS = """[...document.querySelectorAll('svg text')].filter(text => text.textContent.trim()).map(text => {
    const ground = part => part ? getComputedStyle(part).backgroundColor : 'rgb(255, 255, 255)'
    let part = text
    while (ground(part) === 'rgba(0, 0, 0, 0)') part = part.parentElement
    return [text.outerHTML, getComputedStyle(text).fill, ground(part)]
})"""
"""Words in charts and what they stand on, which axe-core leaves to people."""


def contrast(ink: str, paper: str) -> float:
    """How many times as light the one colour is as the other (WCAG 2.2, contrast ratio)."""
    dark, light = sorted(map(luminance, (ink, paper)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """How light a colour is, from 0 for black to 1 for white (WCAG 2.2, relative luminance)."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The one browser of all tests."""
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def look(browser: Any) -> Any:
    """A tab for each setting, opened once."""
    return cache(lambda scheme, width: Look(browser, scheme, width))


def written(folder: Path, html: str) -> Path:
    """A page as a file."""
    page = folder / "page.html"
    page.write_text(html, encoding="utf-8")
    return page


@each_page
@pytest.mark.parametrize(("lang", "scheme", "width"), BY_DAY)
def test_a_page_has_no_fault(look: Any, tmp_path: Path, name: str, lang: str, scheme: str, width: int) -> None:
    assert look(scheme, width).faults(written(tmp_path, PAGES[name](lang))) == []


@pytest.mark.nightly
@each_page
@pytest.mark.parametrize(("lang", "scheme", "width"), AT_NIGHT)
def test_nor_in_any_other_setting(look: Any, tmp_path: Path, name: str, lang: str, scheme: str, width: int) -> None:
    assert look(scheme, width).faults(written(tmp_path, PAGES[name](lang))) == []


POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
IMAGE = '<img alt="" src="http://127.0.0.1:9/x.png">'
SCRIPT = "<script>console.error('heard')</script>"
PALE = '<p style="color:#ccc;background:#fff">Grijs</p>'
BAD = {
    "an image": ("", IMAGE, "console: "),
    "an image without the policy": (POLICY, IMAGE, "request: http://127.0.0.1:9/x.png"),
    "a script": ("", SCRIPT, "console: "),
    "a script without the policy": (POLICY, SCRIPT, "console: heard"),
    "a mistake in a script": (POLICY, "<script>nowhere()</script>", "error: nowhere is not defined"),
    "a wide table": ("", '<table style="width:60rem"><tr><td>1</td></tr></table>', "overflow: "),
    "pale words": ("", PALE, "color-contrast: "),
    "pale words that are folded": ("", f"<details><summary>Meer</summary>{PALE}</details>", "color-contrast: "),
    "pale words in a chart": ("", '<svg role="img" aria-label="1"><text fill="#ccc" style="fill:#ccc">1</text></svg>',
                              "color-contrast: "),
    "no language": (' lang="nl"', "", "html-has-lang: "),
    "a heading that skips a level": ("", "<h6>Kop</h6>", "heading-order: "),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_page_has_its_fault(look: Any, tmp_path: Path, kind: str) -> None:
    removed, added, fault = BAD[kind]
    page = PAGES["full"]("nl").replace("</main>", f"{added}</main>")
    page = re.sub(removed, "", page, count=1) if removed else page

    assert [found for found in look("light", 380).faults(written(tmp_path, page)) if found.startswith(fault)]


def prints_whole(look: Any, folder: Path, name: str, lang: str) -> None:
    """What is printed has the text of every rule, on A4, though all of it is folded on the screen."""
    tab = look("dark", 1280)
    tab.open(written(folder, assessed(name).html(lang)))
    tab.tab.pdf(path=folder / "page.pdf", prefer_css_page_size=True)

    sheets = pypdf.PdfReader(folder / "page.pdf").pages
    words = "".join("".join(sheet.extract_text() for sheet in sheets).split())
    rules = [rule.text[lang] for rule in assessed(name).rules]
    assert [text for text in rules if "".join(text.split()) not in words] == []
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets} == {(595, 842)}


def test_what_is_folded_is_printed(look: Any, tmp_path: Path) -> None:
    prints_whole(look, tmp_path, "bewijs-ontbreekt", "nl")


@pytest.mark.nightly
@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_prints_whole(look: Any, tmp_path: Path, name: str, lang: str) -> None:
    prints_whole(look, tmp_path, name, lang)
