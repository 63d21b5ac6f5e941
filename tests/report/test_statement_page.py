"""`grade start SLUG --open`: the statement as a page that needs nothing else, with MathML and figures."""

from __future__ import annotations

import re
import webbrowser
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner

from generators import export
from grader.cli.group import cli
from grader.exercise import EXERCISES, all_exercises
from grader.freetext.essays import all_essays
from grader.practice.place import HOME
from grader.report.statement import FIGURE, to_page

DRAWN = ("conv", "pooling", "resnet", "gradcam")
SVG = "{http://www.w3.org/2000/svg}"
SLUGS = [e.slug for e in all_exercises()]


def page_of(slug: str) -> str:
    exercise = next(e for e in all_exercises() if e.slug == slug)
    return to_page(exercise.title, "about", exercise.statement, exercise.folder)


@pytest.fixture
def opened(tmp_path, monkeypatch) -> list[str]:
    """The pages that a browser was asked to show; the command works in a folder of its own."""
    shown: list[str] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    monkeypatch.setattr(webbrowser, "open", lambda url: not shown.append(url))
    return shown


# ---------------------------------------------------------------- the command


def test_the_page_is_written_and_opened(opened, tmp_path):
    ended = CliRunner().invoke(cli, ["start", "conv", "--open"])
    assert ended.exit_code == 0, ended.output
    page = tmp_path / "home" / "cache" / "conv.html"
    assert opened == [page.as_uri()]
    assert f"The statement is in your browser: {page}" in ended.output
    assert "python my_conv.py" in ended.output
    assert (tmp_path / "my_conv.py").exists()


def test_work_that_is_there_is_left_as_it_is(opened, tmp_path):
    (tmp_path / "my_conv.py").write_text("my work")
    assert CliRunner().invoke(cli, ["start", "conv"]).exit_code == 2
    assert CliRunner().invoke(cli, ["start", "conv", "--open"]).exit_code == 0
    assert (tmp_path / "my_conv.py").read_text() == "my work"


def test_without_a_browser_the_path_is_told(opened, monkeypatch):
    monkeypatch.setattr(webbrowser, "open", lambda url: False)
    assert "Open this page in a browser: " in CliRunner().invoke(cli, ["start", "loss", "--open"]).output


def test_free_text_has_a_page_too(opened):
    assert CliRunner().invoke(cli, ["start", "derive-gradient", "--open"]).exit_code == 0
    assert len(opened) == 1


def test_where_nothing_can_be_written_it_is_one_line(opened, monkeypatch):
    monkeypatch.setenv(HOME, "/dev/null")
    ended = CliRunner().invoke(cli, ["start", "conv", "--open"])
    assert (ended.exit_code, ended.stderr.count("\n")) == (2, 1)
    assert ended.stderr.startswith("grade: cannot write ")


def test_a_library_that_is_missing_is_named(opened, monkeypatch):
    def missing(*_):
        raise export.MissingLibrary("this format needs latex2mathml: pip install 'cnn-grader[pages]'")

    monkeypatch.setattr("grader.report.statement.page_mathml", missing)
    ended = CliRunner().invoke(cli, ["start", "gradcam", "--open"])
    assert ended.exit_code == 2
    assert "pip install 'cnn-grader[pages]'" in ended.stderr


# ---------------------------------------------------------------- the page


@pytest.mark.parametrize("slug", SLUGS)
def test_the_page_holds_all_it_needs(slug):
    page = page_of(slug)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
    assert policy.startswith("default-src 'none'; img-src data:; style-src &#39;sha256-") or "script" not in policy
    assert "<script" not in page
    assert " style=" not in page
    assert not re.search(r'(?:src|href)="(?!data:image/svg\+xml;base64,|#)', page)
    assert page.count("<h1") == 1
    body = re.sub(r"<(math|pre|code|style)\b.*?</\1>|<figure>.*?</figure>", "", page, flags=re.DOTALL)
    assert not re.search(r"\$|\\[a-z]+|!\[", body)


def test_formulas_are_mathml():
    assert page_of("gradcam").count("<math") >= 10


@pytest.mark.parametrize("essay", [e.slug for e in all_essays()])
def test_every_free_text_task_makes_a_page(essay):
    found = next(e for e in all_essays() if e.slug == essay)
    assert found.title in to_page(found.title, "", found.question, Path()).replace("&#39;", "'").replace("&amp;", "&")


# ---------------------------------------------------------------- figures


@pytest.mark.parametrize("slug", DRAWN)
def test_figures_have_words_and_load_nothing(slug):
    statement = (EXERCISES / slug / "README.md").read_text(encoding="utf-8")
    text, file = FIGURE.search(statement).groups()
    assert len(text) > 80
    root = ET.parse(EXERCISES / slug / file).getroot()
    assert root.find(f"{SVG}title").text
    assert len(root.find(f"{SVG}desc").text) > 80
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {
        *("svg", "title", "desc", "style", "defs", "marker", "path", "rect", "circle", "text"),
    }
    raw = (EXERCISES / slug / file).read_text(encoding="utf-8")
    assert "prefers-color-scheme: dark" in raw
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|@import|href", raw)


@pytest.mark.parametrize("slug", DRAWN)
def test_the_terminal_says_where_the_figure_is(slug, opened):
    shown = CliRunner(env={"COLUMNS": "80"}).invoke(cli, ["start", slug]).output
    assert f"There is a figure: grade start {slug} --open" in shown


# ---------------------------------------------------------------- in a browser


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_fit_their_window_and_nothing_is_complained_about(chromium, tmp_path, width, scheme):
    page = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for slug in SLUGS:
        (tmp_path / f"{slug}.html").write_text(page_of(slug), encoding="utf-8")
        page.goto((tmp_path / f"{slug}.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == width, slug
        assert page.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0)"), slug
        assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "768px"
    assert said == []
