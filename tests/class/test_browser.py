"""The class's page in a real browser: sorting, searching, keyboard, widths, dark mode, paper."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from grader.classreport.html import class_page
from grader.classreport.model import ClassMember, Classroom, ExerciseMark
from grader.classreport.pages import write_class
from grader.classreport.stats import analyse
from grader.gradebook import Gradebook, Person
from tests.gradebook.makers import result

from .conftest import fill

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def folder(book: Gradebook, tmp_path: Path) -> Path:
    """The pages of a class of 40, and one who is missing."""
    fill(book, 40)
    book.enrol([Person("absent", "Zoë Missing")])
    write_class(tmp_path / "out", book, "week 1")
    return tmp_path / "out"


def opened(chromium: Any, path: Path, **context: Any) -> tuple[Any, list[str]]:
    """The page, and what the browser complains about."""
    page = chromium.new_context(**context).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.resolve().as_uri())
    return page, said


def column(page: Any, number: int) -> list[str]:
    """What is shown in a column of the list."""
    script = "(rows, n) => rows.filter(r => !r.hidden).map(r => r.cells[n].dataset.key ?? r.cells[n].textContent)"
    return page.eval_on_selector_all("#students-table tbody tr", script, number)


def test_the_list_is_sorted_and_searched_by_keyboard_alone(chromium: Any, folder: Path) -> None:
    page, said = opened(chromium, folder / "index.html")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("student 3")
    assert page.get_by_role("status").inner_text() == "13 of 41 shown"
    assert len(column(page, 0)) == 13
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    assert len(column(page, 0)) == 41
    page.get_by_role("button", name="Points").focus()
    page.keyboard.press("Enter")
    shown = column(page, 1)
    assert shown[-1] == ""  # who has none comes last, up or down
    assert [float(p) for p in shown[:-1]] == sorted(float(p) for p in shown[:-1])
    assert page.locator("#students-table [aria-sort]").get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Space")
    assert column(page, 1)[-1] == ""
    assert float(column(page, 1)[0]) == 10
    assert page.locator("[aria-sort]").count() == 1
    page.get_by_role("button", name="Name").click()
    names = column(page, 0)
    assert names.index("Student 9") < names.index("Student 10")  # numbers as numbers
    assert said == []


@pytest.mark.sampled(ci=3)
@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window(chromium: Any, folder: Path, width: int, scheme: str) -> None:
    for path in (folder / "index.html", folder / "students" / "s001" / "index.html"):
        page, said = opened(chromium, path, viewport={"width": width, "height": 800}, color_scheme=scheme)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert said == []


def test_a_student_is_one_click_away(chromium: Any, folder: Path) -> None:
    page, said = opened(chromium, folder / "index.html")
    page.get_by_role("link", name="Student 7", exact=True).first.click()
    assert page.locator("h1").inner_text() == "Student 7"
    assert said == []


def test_a_number_leads_to_the_students_behind_it(chromium: Any, folder: Path) -> None:
    page, said = opened(chromium, folder / "index.html")
    page.get_by_role("row", name="Values").get_by_role("link", name="32 did not").click()
    assert len(column(page, 0)) == 32
    assert page.get_by_role("status").inner_text() == "conv, not passed: Values <of> the window. 32 of 41 shown"
    assert page.url.endswith("#students")
    page.get_by_role("button", name="Show all").click()
    assert len(column(page, 0)) == 41
    page.get_by_role("link", name="32 students").first.click()
    page.locator("#students-table a").first.click()
    assert "Your code" in page.locator("main").inner_text()
    assert said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium: Any, folder: Path, scheme: str) -> None:
    for path in (folder / "index.html", folder / "students" / "s001" / "index.html"):
        page, _ = opened(chromium, path, color_scheme=scheme, viewport={"width": 390, "height": 800})
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]] == []


def test_thousands_of_students_are_shown_a_hundred_at_a_time(chromium: Any, tmp_path: Path) -> None:
    mark = ExerciseMark("conv", Decimal(10), Decimal(6), grading=1, result=result())
    people = [ClassMember(f"s{i}", f"Student {i}", "AB"[i % 2], [mark]) for i in range(4000)]
    classroom = Classroom("week 1", {"conv": "Convolution"}, people)
    (tmp_path / "index.html").write_text(class_page(classroom, analyse(classroom)), encoding="utf-8")
    page, said = opened(chromium, tmp_path / "index.html")
    assert page.locator("#students-table tbody tr").count() == 100
    page.get_by_role("button", name="Later").click()
    assert page.locator("#where").inner_text() == "101 to 200 of 4000"
    page.get_by_label("Section", exact=True).select_option("B")
    page.get_by_role("searchbox").fill("student 3999")
    assert column(page, 0) == ["Student 3999"]
    assert page.evaluate("document.querySelectorAll('*').length") < 3000
    assert said == []


def test_without_scripts_the_list_is_there(chromium: Any, folder: Path) -> None:
    page, _ = opened(chromium, folder / "index.html", java_script_enabled=False)
    assert page.locator("#students-table tbody tr").count() == 41
    assert not page.locator("#search").is_visible()


def test_it_can_be_printed(chromium: Any, folder: Path, tmp_path: Path) -> None:
    page, _ = opened(chromium, folder / "index.html", color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator("#search").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
