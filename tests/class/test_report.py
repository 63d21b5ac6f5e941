"""`grade report`: the class's page, each student's, the terminal and JSON."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest
from click.testing import CliRunner, Result

from grader.classreport.pages import write_class
from grader.cli.group import cli
from grader.gradebook import Gradebook, Person, Plan
from grader.model.feedback import Feedback
from tests.gradebook.makers import graded, work

from .conftest import fill, recorded_error

VISIBLE = "<script>alert(1)</script> =1+1 \N{REPLACEMENT CHARACTER}&amp;"


def report(book: Gradebook, *arguments: str) -> Result:
    """The command on this gradebook."""
    return CliRunner().invoke(cli, ["report", "--gradebook", str(book.url.database), *arguments])


def page(path: Path) -> lxml.html.HtmlElement:
    """A page, parsed."""
    return lxml.html.fromstring(path.read_text(encoding="utf-8"))


def words(element: lxml.html.HtmlElement) -> str:
    """Its text on one line."""
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("count", [0, 1, 3, 60])
def test_every_class_has_a_page_and_each_student_one(book: Gradebook, tmp_path: Path, count: int) -> None:
    fill(book, count)
    assert write_class(tmp_path / "out", book, "week 1") == (count, [])
    index = page(tmp_path / "out" / "index.html")
    links = index.xpath("//table[@id='students-table']//a/@href")
    assert len(links) == count
    assert all((tmp_path / "out" / link).is_file() for link in links)
    assert len(list((tmp_path / "out" / "students").glob("*/index.html"))) == count
    assert ("Nobody is enrolled" in words(index)) == (count == 0)


def test_what_a_page_says(book: Gradebook, tmp_path: Path) -> None:
    fill(book, 60)
    book.enrol([Person("absent", "Not There")])
    recorded_error(book, "broken", "SyntaxError: '(' was never closed")
    book.incident("week 1", "s001", "conv", "batch", "the worker was killed twice")
    book.note("week 1", [("archive inside an archive", "x.zip", "not opened", ""), ("not a submission", "y", "", "")])
    write_class(tmp_path / "out", book, "week 1")
    index = page(tmp_path / "out" / "index.html")
    facts = dict(zip(*(index.xpath(f"//dl[@class='facts']//{tag}/text()") for tag in ("dt", "dd")), strict=True))
    assert (facts["Students"], facts["With marks"], facts["Full marks"]) == ("62", "61", "12")
    assert sum(map(int, index.xpath("//figure//table[.//th='Students']//td/text()"))) == 61
    [values] = index.xpath("//table[contains(@class,'checks-table')]//tr[th[contains(., 'Values')]]")
    assert "20 %" in words(values)
    assert "12 of 61" in words(values)
    problems = words(index.xpath("//section[@aria-labelledby='problems']")[0])
    ours, _, look = problems.partition("Cannot be read or loaded 2")
    assert "Student 1: conv" in ours
    assert "the worker was killed twice" in ours
    assert "x.zip: not opened" in look
    assert "broken: Convolution from scratch: the file could not be loaded: SyntaxError: '(' was never closed" in look
    assert look.endswith("Nothing that could be graded 1 Not There")
    assert "not a submission" not in problems


def test_a_student_reads_no_more_than_the_assignment_tells(book: Gradebook, tmp_path: Path) -> None:
    fill(book, 1)
    told = {}
    for level in Feedback:
        book.plan(replace(book.planned("week 1"), feedback=level))
        write_class(tmp_path / level, book, "week 1")
        told[level] = words(page(next((tmp_path / level / "students").glob("*/index.html"))))
        assert "Values" in words(page(tmp_path / level / "index.html"))
    assert "expected" in told[Feedback.CASE]
    assert "expected" not in told[Feedback.NAME]
    assert "Kernel flipped" in told[Feedback.NAME]
    assert "Kernel flipped" not in told[Feedback.VERDICT]
    assert "Values" in told[Feedback.VERDICT]


def test_examples_are_nobodys_unless_names_are_wanted(book: Gradebook, tmp_path: Path) -> None:
    fill(book, 3)
    write_class(tmp_path / "a", book, "week 1")
    write_class(tmp_path / "b", book, "week 1", names=True)
    [anonymous], [named] = (page(tmp_path / n / "index.html").xpath("//ol[@class='found']/li") for n in "ab")
    assert "3 students" in words(anonymous)
    assert "4 of 4 values differ" in words(anonymous)
    assert "expected -2, got 2" in words(anonymous)
    assert VISIBLE not in words(anonymous)
    assert VISIBLE in words(named)


def test_nothing_of_a_name_is_markup(book: Gradebook, tmp_path: Path) -> None:
    fill(book, 2)
    write_class(tmp_path / "out", book, "week 1", names=True)
    for path in (tmp_path / "out").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<script>alert" not in text
        assert "\u202e" not in text
        assert len(page(path).xpath("//script[not(@type)]")) == (path.parent.name == "out")
    assert VISIBLE in words(page(tmp_path / "out" / "students" / "s000" / "index.html"))


def test_a_students_page_holds_nothing_of_the_others(book: Gradebook, tmp_path: Path) -> None:
    fill(book, 5)
    book.override("week 1", "s001", "conv", Decimal("9.5"), reason="explained it", author="A. Rao")
    write_class(tmp_path / "out", book, "week 1")
    text = words(page(tmp_path / "out" / "students" / "s001" / "index.html"))
    assert not re.search(r"Student [0234]", text)
    assert "9.5 of 10" in text
    assert "set by A. Rao: explained it" in text
    assert "Kernel flipped" in text


def test_a_page_without_names_has_none(book: Gradebook, tmp_path: Path) -> None:
    fill(book, 20)
    recorded_error(book, "broken", "SyntaxError: bad")
    book.incident("week 1", "s001", "conv", "batch", "killed")
    out = tmp_path / "class.html"
    assert report(book, "-o", str(out), "--anonymous").exit_code == 0
    text = words(page(out))
    assert not re.search(r"Student \d|s0\d\d|broken|alert", text)
    assert "Kernel flipped" in text
    as_text, as_json = report(book, "--anonymous"), report(book, "--anonymous", "--format", "json")
    for result in (as_text, as_json):
        assert result.exit_code == 0
        assert not re.search(r"Student \d|s0\d\d|broken", result.output)


def test_headings_scopes_and_labels(book: Gradebook, tmp_path: Path) -> None:
    fill(book, 12)
    write_class(tmp_path / "out", book, "week 1")
    for path in (tmp_path / "out" / "index.html", tmp_path / "out" / "students" / "s001" / "index.html"):
        found = page(path)
        levels = [int(h.tag[1]) for h in found.iter("h1", "h2", "h3", "h4", "h5")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(b <= a + 1 for a, b in pairwise(levels))
        assert not found.xpath("//table[not(contains(../@class,'maps'))]//th[not(@scope)]")
        assert not found.xpath("//svg[not(@aria-label) and not(@aria-hidden) and not(title and desc)]")
        ids = found.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert set(" ".join(found.xpath("//@aria-labelledby")).split()) <= set(ids)
        assert {h[1:] for h in found.xpath("//a/@href") if h.startswith("#")} <= set(ids)


def test_the_terminal_says_the_same(book: Gradebook, tmp_path: Path) -> None:
    fill(book, 60)
    result = report(book)
    assert result.exit_code == 0
    assert "60 students, 60 with marks" in result.output
    assert "Kernel flipped" in result.output
    assert "20 %" in result.output
    assert report(book, "--format", "text", "-o", str(tmp_path / "class.txt")).exit_code == 0
    assert "60 students, 60 with marks" in (tmp_path / "class.txt").read_text()


def test_json_is_an_object_with_numbers(book: Gradebook, tmp_path: Path) -> None:
    fill(book, 12)
    assert report(book, "--format", "json", "-o", str(tmp_path / "c.json")).exit_code == 0
    data = json.loads((tmp_path / "c.json").read_text())
    assert data["students"] == len(data["people"]) == 12
    assert data["people"][0]["points"] + 1 > 0
    assert data["exercises"][0]["found"][0]["slug"] == "kernel-flipped"


@pytest.mark.slow
def test_similar_code_is_shown_side_by_side_and_only_if_asked_for(book: Gradebook, tmp_path: Path) -> None:
    fill(book, 2)
    folder = tmp_path / "out"
    assert report(book, "-o", str(folder)).exit_code == 0
    assert not page(folder / "index.html").xpath("//*[@id='similar']")
    assert report(book, "-o", str(folder), "--similarity").exit_code == 0
    [section] = page(folder / "index.html").xpath("//section[@aria-labelledby='similar']")
    assert "never a verdict" in words(section)
    [pair] = section.xpath(".//details[@class='pair']")
    assert len(pair.xpath(".//pre")) == 2
    assert len(pair.xpath(".//mark")) > 10
    assert not any("# 0" in words(mark) for mark in pair.xpath(".//mark"))  # a comment is not alike
    assert "100 %" in report(book, "--similarity", "90").output


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["--assignment", "week 9"], "no assignment 'week 9'"),
        (["--format", "html"], "-o DIR"),
        (["--names", "--anonymous"], "--anonymous"),
        (["--anonymous", "--similarity"], "--anonymous"),
        (["--anonymous", "-o", "{folder}"], "-o FILE.html"),
        (["--format", "json", "-o", "{folder}"], "is a folder"),
        (["-o", "{file}"], "is a file"),
    ],
)
def test_what_makes_no_sense_is_refused(book: Gradebook, tmp_path: Path, arguments: list[str], said: str) -> None:
    fill(book, 1)
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    names = {"folder": tmp_path / "folder", "file": tmp_path / "file"}
    result = report(book, *(a.format(**names) for a in arguments))
    assert (result.exit_code, said in result.output) == (2, True), result.output


def test_without_a_gradebook_there_is_one_message(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["report", "--gradebook", str(tmp_path / "none.sqlite")])
    assert result.exit_code == 2
    assert "no gradebook there" in result.output


def test_several_exercises_have_a_column_each(book: Gradebook, tmp_path: Path) -> None:
    book.plan(Plan("week 1", {"conv": Decimal(10), "pooling": Decimal(10)}))
    fill(book, 3, points=6.0)
    write_class(tmp_path / "out", book, "week 1")
    [table] = page(tmp_path / "out" / "index.html").xpath("//table[@id='students-table']")
    assert [words(h) for h in table.xpath(".//thead//th")] == ["Name", "conv", "pooling", "Points", "Share", "Remarks"]
    assert [words(c) for c in table.xpath(".//tbody/tr[1]/td")][:4] == ["6", "–", "6", "30 %"]


def test_where_several_editions_of_an_exercise_count_the_pages_say_which(book: Gradebook, tmp_path: Path) -> None:
    several = "Graded with more than one edition of the exercise: aaaaaaaa (2 marks), not known (1 mark)."
    for who in ("anna", "ben"):
        book.record(graded(who, edition="a" * 64, work=work(who)))
    write_class(tmp_path / "one", book, "week 1")
    assert "edition" not in words(page(tmp_path / "one" / "index.html"))
    book.record(graded("cleo", work=work("cleo")))
    write_class(tmp_path / "two", book, "week 1")
    index = words(page(tmp_path / "two" / "index.html"))
    assert several in index
    assert "edition not known" in index
    assert "edition of the exercise: aaaaaaaa" in words(page(tmp_path / "two" / "students" / "anna" / "index.html"))
    assert "edition of the exercise: not known" in words(page(tmp_path / "two" / "students" / "cleo" / "index.html"))
    said = report(book).stdout
    assert " ".join(said.split()).count(several) == 1
