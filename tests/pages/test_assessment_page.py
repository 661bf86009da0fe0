"""The page of an assessment: its policy, its language, what it withholds, and the commands that write it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from markup import Element, read

from barriermodel import BarrierModel, BarrierModelError, Evidence, Source, load_dossier
from barriermodel.cli.commands import run
from barriermodel.plugin import Localized
from pages import DOSSIERS, PAGES, REGION, assessed, model, printed

HEALTHY, RED = (str(DOSSIERS / name) for name in ("gezonde-aanbieder", "rode-aanbieder"))
TWENTE = ("--profile", "twente-2019")


# What every page keeps to ------------------------------------------------------------------------------


def elements(part: Element) -> list[Element]:
    inner = [child for child in part.children if isinstance(child, Element)]
    return [found for child in inner for found in (child, *elements(child))]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_runs_nothing_and_asks_for_nothing(name: str) -> None:
    found = elements(read(PAGES[name]("nl")))

    assert not {"script", "link", "iframe", "object", "embed", "base", "form"} & {element.tag for element in found}
    assert not [at for element in found for at in element.attributes if at.startswith("on")]
    addresses = [element.attributes[at] for element in found for at in ("href", "src") if at in element.attributes]
    assert {address for address in addresses if not str(address).startswith("#")} == set()
    styles = [element.text for element in found if element.tag == "style"]
    styles += [str(element.attributes.get("style")) for element in found]
    assert not [style for style in styles if "url(" in style or "@import" in style]


@pytest.mark.parametrize("name", [name for name in PAGES if name != "notebook"])
def test_a_page_has_one_policy_before_anything_else_and_says_its_language(name: str) -> None:
    for lang in ("nl", "en"):
        (page,) = (element for element in elements(read(PAGES[name](lang))) if element.tag == "html")
        metas = list(page.one("head").all("meta"))
        policies = [str(meta.attributes["content"]) for meta in metas if meta.attributes.get("http-equiv")]

        assert page.attributes == {"lang": lang}
        assert [policy.split("; ")[0] for policy in policies] == ["default-src 'none'"]
        assert {part.split(" ")[0] for part in policies[0].split("; ")} == {"default-src", "style-src", "img-src"}
        assert "http" not in policies[0]
        assert page.one("head").one("title").words


def test_a_page_speaks_the_language_that_was_asked_for() -> None:
    said = {"nl": "Een mens beslist, na de aanbieder te hebben gehoord.", "en": "A person decides, after hearing"}

    for lang, other in (("nl", "en"), ("en", "nl")):
        page = read(assessed("rode-aanbieder").html(lang)).words
        assert said[lang] in page
        assert said[other] not in page


def test_a_page_in_another_language_has_its_words_and_says_so(tmp_path: Path) -> None:
    pytest.importorskip("babel")
    shutil.copytree(REGION, tmp_path / "regio")
    own = tmp_path / "regio" / "regio-voorbeeld.toml"
    own.write_text('words = "woorden"\n' + own.read_text("utf-8"), "utf-8")
    (tmp_path / "regio" / "woorden").mkdir()
    words = '[rule.nl.financial_continuity.low_solvency]\nhit = "Fonds propres : {solvency}."'
    (tmp_path / "regio" / "woorden" / "fr.toml").write_text(words, "utf-8")

    page = read(BarrierModel.load(own).assess(load_dossier(DOSSIERS / "bewijs-ontbreekt")).html("fr"))

    assert page.one("html").attributes == {"lang": "fr"}
    assert "Fonds propres : 13,3\N{NO-BREAK SPACE}%." in page.text
    assert "15 janvier 2026" in page.words


# What is withheld --------------------------------------------------------------------------------------


def with_secrets(item: Evidence) -> Evidence:
    """Confidential evidence of which every text is a secret."""
    if not item.kind.confidential:
        return item
    source = Source(type="document", issuer="Geheim-A", reference="Geheim-B")
    return attrs.evolve(item, source=source, notes=[Localized("Geheim-C", "Geheim-C")])


def test_what_is_withheld_is_nowhere_on_a_page() -> None:
    """The certificate of conduct (GVA) of this example is confidential, and its date decides the advice."""
    dossier = assessed("aanbesteding").evaluation.dossier
    assessment = model().assess(attrs.evolve(dossier, evidence=[with_secrets(item) for item in dossier.evidence]))
    secret = re.compile("Geheim-[A-Z]|20 november 2023|2023-11-20")
    assert set(secret.findall(assessment.html(confidential=True))) == {"Geheim-A", "Geheim-C", "20 november 2023"}

    for page in (assessment.html(), assessment._repr_html_() or "nothing"):
        assert set(secret.findall(page)) == set()
    assert set(secret.findall(assessment.html(full=True))) == {"Geheim-A"}  # the full report says who issued it
    assert "Afgeschermd, en dus niet op deze pagina:" in read(assessment.html()).words


# Without Jinja2 ----------------------------------------------------------------------------------------


@pytest.fixture
def no_jinja(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)


@pytest.mark.usefixtures("no_jinja")
def test_without_jinja_one_sentence_says_what_to_install() -> None:
    for full in (False, True):
        with pytest.raises(BarrierModelError) as caught:
            assessed("rode-aanbieder").html(full=full)
        assert str(caught.value) == "pages need jinja2; install it with: pip install 'barriermodel[pages]'"
    assert assessed("rode-aanbieder")._repr_html_() is None


@pytest.mark.usefixtures("no_jinja")
def test_so_does_the_command_line_which_writes_no_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    output = tmp_path / "advies.html"

    assert run(["assess", RED, *TWENTE, "--format", "html", "-o", str(output)]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", "barriermodel: pages need jinja2; install it with: pip install 'barriermodel[pages]'\n")
    assert not output.exists()


def test_nothing_of_jinja_is_imported_before_a_page_is_asked_for() -> None:
    code = "import sys, barriermodel.assessment, barriermodel.cli.commands; print('jinja2' in sys.modules)"

    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"


# The command line --------------------------------------------------------------------------------------


def test_assess_writes_the_page_of_the_assessment(tmp_path: Path) -> None:
    output = tmp_path / "advies.html"

    assert run(["assess", RED, *TWENTE, "--format", "html", "--lang", "en", "-o", str(output)]) == 0
    assert output.read_text("utf-8") == assessed("rode-aanbieder").html("en")
    assert printed("assess", RED, *TWENTE, "--format", "html") == assessed("rode-aanbieder").html()


def test_assess_writes_every_rule_and_what_is_confidential_when_asked_to() -> None:
    full = printed("assess", RED, *TWENTE, "--format", "html", "--full")
    confidential = printed("assess", str(DOSSIERS / "aanbesteding"), *TWENTE, "--format", "html", "--confidential")

    assert full == assessed("rode-aanbieder").html(full=True)
    assert "20 november 2023" in confidential


def test_a_page_of_several_dossiers_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    output = tmp_path / "advies.html"

    assert run(["assess", RED, HEALTHY, *TWENTE, "--format", "html", "-o", str(output)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "a page shows one dossier" in err
    assert "Traceback" not in err
    assert not output.exists()


def test_a_dossier_that_cannot_be_read_gives_no_page(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"schema": "barriermodel/dossier/1", "as_of": "<b>", "provider": {}}')

    assert run(["assess", str(bad), *TWENTE, "--format", "html"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "as_of" in err


def test_explain_shows_a_stored_assessment_as_a_page_of_all_its_rules(tmp_path: Path) -> None:
    stored = tmp_path / "advies.json"
    stored.write_text(assessed("rode-aanbieder").to_json(), "utf-8")

    for lang in ("nl", "en"):
        page = printed("explain", str(stored), "--format", "html", "--lang", lang)
        assert page == assessed("rode-aanbieder").html(lang, full=True)


def test_profiles_diff_is_a_page_with_what_the_text_says() -> None:
    own = str(REGION / "regio-voorbeeld.toml")
    text = printed("profiles", "diff", "twente-2019", own)
    page = read(printed("profiles", "diff", "twente-2019", own, "--format", "html"))

    words = " ".join(re.sub(r"(?m)^ *- ", "", text).split())
    assert " ".join(part.words for part in (*page.all("h1"), page.one("main"))) == words


def test_a_profile_that_differs_in_nothing_is_a_page_too() -> None:
    page = read(printed("profiles", "diff", "twente-2019", "twente-2019", "--format", "html"))

    assert page.one("h1").words
    assert list(page.one("main").all("p"))
