"""Every page in a real browser: it is quiet, asks for nothing, fits, can be read by everyone, and prints whole."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pages import EXAMPLES, MORE_PAGES, PAGES, assessed

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.base")
pypdf = pytest.importorskip("pypdf")

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.nightly,  # a browser and axe-core take ten seconds of a processor
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium; the system's package manager has it"),
]
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
WHOLE: dict[str, Any] = {"include": [["html"]]}
FIRST_ROWS = {"exclude": [["tr:nth-child(n+3)"]]}
"""What axe-core passes by on every change: it takes a second for a page, most of it for rows that look alike."""
WIDTHS = (380, 1280)
SETTINGS = [(lang, scheme, width) for lang in ("nl", "en") for scheme in ("light", "dark") for width in WIDTHS]


class Look:
    """A tab of the browser in light or dark, which keeps what pages print and ask for."""

    def __init__(self, browser: Any, scheme: str) -> None:
        self.tab = browser.new_page(color_scheme=scheme)
        self.tab.add_init_script(axe.AXE_SCRIPT)
        self.seen: list[str] = []
        self.tab.on("console", lambda line: self.seen.append(f"console: {line.text}"))
        self.tab.on("pageerror", lambda error: self.seen.append(f"error: {error}"))
        self.tab.on("request", lambda request: self.seen.append(f"request: {request.url}"))

    def open(self, page: Path) -> None:
        """Show a page, which is the one thing that may be asked for."""
        self.seen.clear()
        self.tab.goto(page.as_uri())
        self.seen.remove(f"request: {page.as_uri()}")

    def faults(self, page: Path, width: int, within: dict[str, Any]) -> list[str]:
        """What is wrong with a page, with all that is folded open: too wide on any screen, the rest on this one."""
        self.open(page)
        self.tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        beyond = [(one, self.beyond(one)) for one in sorted(WIDTHS, key=lambda one: one == width)]
        charts = self.tab.evaluate(CHARTS)
        return [
            *self.tab.evaluate(VIOLATIONS, [within, AXE]),
            *(f"color-contrast: {text}" for text, ink, paper in charts if contrast(ink, paper) < 4.5),
            *(f"overflow: {pixels} at {one}" for one, pixels in beyond if pixels),
            *self.seen,
        ]

    def beyond(self, width: int) -> int:
        """How far a page goes on beside a screen of this width."""
        self.tab.set_viewport_size({"width": width, "height": 900})
        pixels: int = self.tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return pixels


VIOLATIONS = """([within, options]) => axe.run(within, options).then(
    found => found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html}`)))"""
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
    """A tab for light and one for dark, opened once."""
    return cache(lambda scheme: Look(browser, scheme))


def written(folder: Path, html: str) -> Path:
    """A page as a file."""
    page = folder / "page.html"
    page.write_text(html, encoding="utf-8")
    return page


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("name", [*PAGES, *MORE_PAGES])
def test_no_page_has_a_fault(look: Any, tmp_path: Path, name: str, setting: tuple[str, str, int]) -> None:
    lang, scheme, width = setting

    assert look(scheme).faults(written(tmp_path, {**PAGES, **MORE_PAGES}[name](lang)), width, WHOLE) == []


POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
IMAGE = '<img alt="" src="http://127.0.0.1:9/x.png">'
PALE = 'style="color:#ccc;background:#fff"'
BAD = {
    "an image": (IMAGE, "console: .*x.png.* Content Security Policy"),
    "a script": ("<script>console.error('heard')</script>", "console: .*inline script.* Content Security Policy"),
    "a wide table": ('<table style="width:60rem"><tr><td>1</td></tr></table>', "overflow: "),
    "pale words": (f"<p {PALE}>Grijs</p>", "color-contrast: <p "),
    "pale words that are folded": (f"<details><summary>Meer</summary><b {PALE}>Grijs</b></details>",
                                   "color-contrast: <b "),
    "pale words in a chart": ('<svg role="img" aria-label="1"><text style="fill:#ccc">1</text></svg>',
                              "color-contrast: <text "),
    "a heading that skips a level": ("<h6>Kop</h6>", "heading-order: "),
    "no language": ("", "html-has-lang: "),
}  # fmt: skip
BAD_WITHOUT_POLICY = {
    "an image": (IMAGE, "request: http://127.0.0.1:9/x.png"),
    "a script": ("<script>console.error('heard')</script>", "console: heard"),
    "a mistake in a script": ("<script>nowhere()</script>", "error: nowhere is not defined"),
}


@pytest.fixture(scope="module")
def bad(look: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What is found on a page with all these mistakes."""

    @cache
    def found(policy: bool) -> list[str]:
        added = "".join(part for part, _ in (BAD if policy else BAD_WITHOUT_POLICY).values())
        page = PAGES["profiles-diff"]("nl").replace("</main>", f"{added}</main>").replace('<html lang="nl">', "<html>")
        page = page if policy else POLICY.sub("", page)
        return look("light").faults(written(tmp_path_factory.mktemp("bad"), page), 380, FIRST_ROWS)

    return found


@pytest.mark.parametrize("kind", BAD)
def test_a_mistake_on_a_page_is_found(bad: Any, kind: str) -> None:
    assert [fault for fault in bad(True) if re.match(BAD[kind][1], fault)]


@pytest.mark.parametrize("kind", BAD_WITHOUT_POLICY)
def test_nothing_but_its_policy_keeps_a_page_quiet(bad: Any, kind: str) -> None:
    assert [fault for fault in bad(False) if re.match(BAD_WITHOUT_POLICY[kind][1], fault)]


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_prints_whole(look: Any, tmp_path: Path, name: str, lang: str) -> None:
    """What is printed has the text of every rule, on A4, though all of it is folded on the screen."""
    tab = look("dark")
    tab.open(written(tmp_path, assessed(name).html(lang)))
    tab.tab.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)

    sheets = pypdf.PdfReader(tmp_path / "page.pdf").pages
    words = "".join("".join(sheet.extract_text() for sheet in sheets).split())
    rules = [rule.text[lang] for rule in assessed(name).rules]
    assert [text for text in rules if "".join(text.split()) not in words] == []
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets} == {(595, 842)}
