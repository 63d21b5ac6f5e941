"""Hostile answers and names: shown harmlessly, or refused with a reason."""

from __future__ import annotations

import os
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.essays.commands import ALL, TEXT, grade

pytestmark = pytest.mark.usefixtures("here")

NASTY = "\x1b[31mred\x1b[0m \u202ereversed \x07 <script>alert(1)</script> <img src=x onerror=y> {{ 7*7 }} [bold]x"


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.found.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]


def assert_harmless(text: str) -> None:
    assert not [c for c in text if c in "\x1b\x07\u202e"]


def test_control_characters_and_markup_never_come_through(here):
    name = "a3 <b>\x1b[2J.md"
    (here / name).write_text(f"# A3\n\n{NASTY}\n", encoding="utf-8")
    grade("rubric", name, "--points", "weights=2", "--by", NASTY, "--comment", NASTY)
    for form in ("text", "html"):
        assert_harmless(grade("submit", name, "--format", form).output)
    assert_harmless(grade("rubric", name, typed="q\n").output)
    page = grade("submit", name, "--format", "html").stdout
    tags = Tags()
    tags.feed(page)
    assert not tags.found & {"script", "img", "b[31mred"}
    assert "&lt;script&gt;" in page
    assert "49" not in page.split("Answer")[1].split("Rubric")[0]


@pytest.mark.slow
@settings(max_examples=40)
@given(st.text(min_size=1, max_size=200))
def test_any_text_gives_a_page_a_report_or_a_reason(here, text):
    (here / "a3.md").write_bytes(b"# A3\n\n" + text.encode("utf-8", "replace"))
    for form in ("text", "json", "html"):
        result = grade("submit", "a3.md", "--format", form)
        assert result.exit_code in (1, 2)
        assert bool(result.stdout) == (result.exit_code == 1)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("bad.md", b"# A3\n\xff", "not UTF-8"),
        ("bad.md", b"# A3\0", "NUL bytes"),
        ("bad.md", b"# A3\n" + b"x" * (1 << 19), "too large"),
        ("bad.md", b"no task", "does not say which task"),
        ("bad.md", b"task: \x1b[31mnone\nwords", "no free-text task"),
        ("missing.md", None, "No such file"),
    ],
)
@pytest.mark.parametrize("command", ["submit", "rubric"])
def test_what_cannot_be_assessed_exits_with_2_and_a_reason(here, command, name, data, said):
    if data is not None:
        (here / name).write_bytes(data)
    result = grade(command, name)
    assert result.exit_code == 2
    assert said in result.stderr
    assert_harmless(result.output)
    assert "Traceback" not in result.output


def test_a_folder_with_the_name_of_a_text(here):
    (here / "f.md").mkdir()
    assert "is a folder" in grade("submit", "f.md").stderr


def test_a_name_that_is_no_utf8(here):
    name = os.fsdecode(b"a3-\xff.md")
    (here / name).write_text(TEXT, encoding="utf-8")
    for form in ("text", "json", "html"):
        assert grade("submit", name, "--exercise", "a3", "--format", form).exit_code == 1
    assert grade("rubric", name, *ALL).exit_code == 0
    assert grade("submit", name).exit_code == 0
