"""In a real Chromium, with the keyboard alone: a learner grades, fixes and passes `conv` by saving a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from grader.exercise import EXERCISES, SOLUTIONS
from tests.web.conftest import Served, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RIGHT = (SOLUTIONS / "conv.py").read_text(encoding="utf-8")
WRONG = (EXERCISES / "conv" / "wrong" / "kernel_flipped.py").read_text(encoding="utf-8")
MOST_FIRST = 60_000  # bytes of the first page, with all that it links to
PATIENCE = 60_000  # ms


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served"), "--port", "0") as running:
        yield running


@pytest.fixture(scope="module")
def page(chromium: Any, served: Served) -> Iterator[Any]:
    """A browser that is signed in; whatever it complains about or asks of other hosts fails the tests."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.wrong = []
    opened.loaded = []
    opened.on("console", lambda message: opened.wrong.append(message.text))
    opened.on("pageerror", lambda error: opened.wrong.append(str(error)))
    opened.on("request", lambda request: opened.loaded.append(request.url))
    opened.goto(served.link)
    yield opened
    context.close()


def press_to(page: Any, name: str) -> None:
    """Press Tab until what has this name has the focus, then Enter."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.textContent.trim()") == name:
            page.keyboard.press("Enter")
            return
    raise AssertionError(name)


def said(page: Any, text: str) -> None:
    """Wait until the page's status says this."""
    page.locator("[role=status]", has_text=text).wait_for(timeout=PATIENCE)


def fits(page: Any) -> None:
    """Nothing for axe to find, in light and dark, and nothing wider than the window."""
    for width, scheme in ((390, "light"), (1280, "dark"), (2560, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("() => document.documentElement.scrollWidth") == width
        found = Axe().run(page)
        assert not found.violations_count, found.generate_report()
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_learner_grades_fixes_and_passes_by_saving_a_file(page: Any, served: Served) -> None:
    size = page.evaluate(
        "() => performance.getEntries().filter(e => e.transferSize).reduce((sum, e) => sum + e.encodedBodySize, 0)"
    )
    assert 5_000 < size < MOST_FIRST
    fits(page)
    press_to(page, "Convolution from scratch")
    page.wait_for_url("**/work/conv")
    fits(page)
    file = served.folder / "my_conv.py"
    file.write_text(WRONG)
    said(page, "Graded: 16 of 22 points")
    assert "Kernel flipped" in page.locator(".card").first.inner_text()
    fits(page)
    press_to(page, "This case as a script")
    press_to(page, "Copy the script")
    page.get_by_text("Copied").or_(page.get_by_text("Press Ctrl+C to copy")).wait_for()
    scrolled = page.evaluate("() => { scrollTo(0, 300); return scrollY; }")
    file.write_text(RIGHT)
    said(page, "Graded: 22 of 22 points – full marks")
    assert page.evaluate("() => scrollY") == scrolled  # nothing jumps
    assert "5 checks won" in page.locator(".changes summary").inner_text()
    fits(page)
    what_it_came_to_is_in_the_list_and_in_the_tries(page)


def what_it_came_to_is_in_the_list_and_in_the_tries(page: Any) -> None:
    page.locator("a[href^='/work/conv/tries/']").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tries/1")
    assert "16 of 22" in page.locator(".report .score").inner_text()
    fits(page)
    press_to(page, "Work")
    page.wait_for_url("**/work")
    assert "✓ done, 2 tries" in page.locator(".exercises li").first.inner_text()


def test_a_file_is_chosen_and_handed_in(page: Any, served: Served, tmp_path: Path) -> None:
    page.goto(f"{served.address}/work/padding")
    file = tmp_path / "mine.py"
    file.write_text("def nothing():\n    pass\n")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Hand in").press("Enter")
    said(page, "Graded: 0 of 18 points")
    fits(page)


def test_a_text_is_kept_as_it_is_typed_and_given_its_points(page: Any, served: Served) -> None:
    page.goto(f"{served.address}/work/texts/a3")
    fits(page)
    page.locator("#text").focus()
    page.keyboard.type("Two layers see as much as one.")
    said(page, "Saved.")
    press_to(page, "Save")
    page.wait_for_selector("details.rubric")
    press_to(page, "Compare it with the rubric")
    fits(page)
    for select in page.locator(".criteria select").all():
        select.focus()
        page.keyboard.press("End")
    press_to(page, "Keep the points")
    page.get_by_text("8 of 8 points").wait_for()
    page.goto(f"{served.address}/work")
    assert "8 of 8 by the rubric" in page.inner_text("main")


def test_without_scripts_it_works_too(chromium: Any, page: Any, served: Served, tmp_path: Path) -> None:
    context = chromium.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = context.new_page()
    plain.goto(f"{served.address}/work/conv")
    before = plain.locator(".past li").count()
    file = tmp_path / "mine.py"
    file.write_text(WRONG)
    plain.set_input_files("input[type=file]", file)
    plain.get_by_role("button", name="Hand in").press("Enter")
    plain.locator(".past li").nth(before).wait_for(timeout=PATIENCE)
    assert "Kernel flipped" in plain.locator(".card").first.inner_text()
    context.close()


def test_a_server_that_ends_is_noticed_and_found_again(chromium: Any, tmp_path: Path) -> None:
    page = chromium.new_page()
    with serving(tmp_path, "--port", "0") as first:
        page.goto(first.link)
        page.goto(f"{first.address}/work/conv")
    said(page, "The server does not answer")
    with serving(tmp_path, "--port", first.address.rpartition(":")[2]) as again:
        page.locator("[role=status]", has_text="does not answer").wait_for(state="detached", timeout=PATIENCE)
        (again.folder / "my_conv.py").write_text(WRONG)
        said(page, "Graded: 16 of 22 points")
    page.close()


def test_nothing_was_asked_of_another_host_and_nothing_complained(page: Any, served: Served) -> None:
    assert {url for url in page.loaded if not url.startswith((served.address, "data:"))} == set()
    assert page.wrong == []
