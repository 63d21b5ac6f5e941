"""A large class's report: only what changed is written, by several processes, and its list is on pages of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from grader.classreport import changed, lists
from grader.classreport.html import class_page
from grader.classreport.overview import read_class
from grader.classreport.pages import write_class
from grader.classreport.stats import analyse
from grader.gradebook import Gradebook, Person
from tests.gradebook.makers import graded, work

from .conftest import fill


def written(folder: Path) -> dict[str, tuple[int, int]]:
    """Who has a page, and which file it is: one that is written anew is newer, though it may have the number of one
    that is gone."""
    found = {path.parent.name: path.stat() for path in folder.glob("students/*/index.html")}
    return {who: (file.st_ino, file.st_mtime_ns) for who, file in found.items()}


def test_only_the_pages_that_change_are_written_again(book: Gradebook, tmp_path: Path) -> None:
    fill(book, 6)
    write_class(tmp_path, book, "week 1")
    before = written(tmp_path)
    assert write_class(tmp_path, book, "week 1") == (6, [])
    assert written(tmp_path) == before
    book.record(graded("s001", 9.5, work=work("better")))
    (tmp_path / "students" / "s002" / "index.html").unlink()
    assert write_class(tmp_path, book, "week 1") == (6, [])
    after = written(tmp_path)
    assert {who for who in after if after[who] != before[who]} == {"s001", "s002"}


@pytest.mark.slow
def test_several_processes_write_the_same_pages(
    book: Gradebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(book, 7)
    write_class(tmp_path / "alone", book, "week 1")
    for name, number in (("ALONE", 0), ("CHUNK", 2), ("cores", lambda: 2)):
        monkeypatch.setattr(changed, name, number)
    assert write_class(tmp_path / "several", book, "week 1") == (7, [])
    pages = {path.relative_to(tmp_path / "alone"): path.read_bytes() for path in (tmp_path / "alone").rglob("*.html")}
    assert pages == {path: (tmp_path / "several" / path).read_bytes() for path in pages}


@pytest.fixture
def listed(book: Gradebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The pages of twelve students of two sections, a few on each list."""
    fill(book, 12)
    book.enrol([Person(f"s{i:03}", f"Student {i}", ("Group 2", "Group 10")[i % 2]) for i in range(12)])
    monkeypatch.setattr(lists, "LARGEST", 400)
    write_class(tmp_path, book, "week 1")
    return tmp_path


def test_a_long_list_is_on_pages_by_section(listed: Path) -> None:
    index = (listed / "index.html").read_text()
    assert 'id="class-data"' not in index
    found = re.findall(r'href="(lists/\d+\.html)"', index)
    assert len(found) > 2
    people = [json.loads(text) for page in found for text in data(listed / page)]
    assert sorted(len(own["people"]) for own in people)[-1] < 6
    assert all(len({person[2] for person in own["people"]}) == 1 for own in people)
    half = len(people) // 2
    assert [own["people"][0][2] for own in people] == ["Group 2"] * half + ["Group 10"] * half
    assert re.findall(r"<h3>(Group \d+)</h3>", index) == ["Group 2", "Group 10"]
    assert sorted(person[0] for own in people for person in own["people"]) == sorted(f"Student {i}" for i in range(12))
    for page, own in zip(found, people, strict=True):
        assert all((listed / page).parent.joinpath(person[3]).resolve().is_file() for person in own["people"])


def test_a_number_leads_to_all_the_students_behind_it_page_by_page(listed: Path) -> None:
    index = (listed / "index.html").read_text()
    found = re.findall(r'href="(lists/\d+\.html)#only=(\d+)">(\d+)', index)
    assert len(found) >= 3  # a check, a misconception, a cause
    for address, facet, count in found:
        people, place = [], listed / address
        while place:
            own = json.loads(data(place)[0])
            people += [person for person in own["people"] if int(facet) in person[-1]]
            total, _, after = own["elsewhere"][facet]
            place = after and place.parent / after
        assert len({person[0] for person in people}) == len(people) == total == int(count)


def test_what_one_page_cannot_hold_is_not_in_it(book: Gradebook, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(book, 12)
    monkeypatch.setattr(lists, "LARGEST", 400)
    classroom = read_class(book, "week 1")
    text = class_page(classroom, analyse(classroom))
    assert "12 students are too many for one page" in text
    assert "Student 7" not in text
    assert 'href="#students"' not in text.partition("</nav>")[2]


def data(page: Path) -> list[str]:
    """What its script reads."""
    return re.findall(r'id="class-data">(.*?)</script>', page.read_text(), re.DOTALL)


@pytest.mark.browser
@pytest.mark.slow
def test_a_list_shows_only_whom_a_check_has_beaten(chromium: Any, listed: Path) -> None:
    page = chromium.new_page()
    page.goto((listed / "index.html").resolve().as_uri())
    page.get_by_role("row", name="Values").get_by_role("link", name="10 did not").click()
    rows, status = page.locator("#students-table tbody tr"), page.get_by_role("status")
    own = json.loads(data(listed / "lists" / "1.html")[0])["people"]
    assert rows.count() == sum(bool(person[-1]) for person in own) > 0
    assert status.inner_text().endswith("10 in the whole class")
    page.get_by_role("link", name="On the next page").click()
    assert page.url.endswith("lists/2.html#only=" + page.get_by_label("Only").input_value())
    page.get_by_role("button", name="Show all").click()
    assert not page.get_by_role("link", name="On the next page").is_visible()
    page.get_by_role("link", name="←").click()
    assert rows.count() == len(own)
    rows.first.get_by_role("link").click()
    assert "students/" in page.url
