"""Comments beside lines: written, found again for the same cause, shown, kept, taken away."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.classreport.pages import write_class
from grader.cli.group import cli
from grader.gradebook import Allowance, Gradebook, Person, Work
from grader.gradebook.records import Downloaded
from grader.model.feedback import Feedback
from tests.gradebook.makers import graded

from .test_report import page, report, words

FILE = "def conv2d(x, k):\n    k = k[::-1]\n    return x\n"


def run(book: Gradebook, *arguments: str, code: int = 0) -> str:
    """The command on this gradebook."""
    done = CliRunner().invoke(cli, [arguments[0], "--gradebook", str(book.url.database), *arguments[1:]])
    assert done.exit_code == code, done.output
    return done.output


@pytest.fixture
def two(book: Gradebook) -> Gradebook:
    """Ana and Bo, with the same misconception; one comment on Ana's second line."""
    book.enrol([Person("ana", "Ana Ek"), Person("bo", "Bo Li")])
    for who in ("ana", "bo"):
        book.record(graded(who, work=Work({"my_conv.py": f"{FILE}# {who}\n".encode()}, "my_conv.py")))
    said = run(book, "comment", "ana", "conv:2", "This <flips> the kernel.", "--by", "A. Rao")
    assert said == "ana, my_conv.py, line 2: This <flips> the kernel.\n"
    return book


def shown(book: Gradebook, folder: Path, who: str) -> str:
    """What a student's page says of their code."""
    write_class(folder, book, "week 1")
    return words(page(folder / "students" / who / "index.html").xpath("//div[@class='code']")[0])


def test_it_stands_below_its_line_in_the_page_the_json_and_the_feedback(two, tmp_path):
    said = shown(two, tmp_path, "ana")
    assert "2 k = k[::-1] This <flips> the kernel. A. Rao, " in said
    assert "return x" in said.partition("A. Rao")[2]
    assert "flips" not in shown(two, tmp_path, "bo")
    people = json.loads(report(two, "--format", "json").output)["people"]
    [comment] = people[0]["exercises"]["conv"]["comments"]
    assert (comment["file"], comment["line"], comment["author"]) == ("my_conv.py", 2, "A. Rao")

    two.downloaded("week 1", [Downloaded("ana", "Ana Ek_1_file/"), Downloaded("bo", "Bo Li_2_file/")])
    run(two, "export", "feedback", "-o", str(tmp_path / "f.zip"))
    with zipfile.ZipFile(io.BytesIO((tmp_path / "f.zip").read_bytes())) as pages:
        told = {name: b"This &lt;flips&gt; the kernel." in pages.read(name) for name in pages.namelist()}
    assert told == {"Ana Ek_1_file/feedback.html": True, "Bo Li_2_file/feedback.html": False}


def test_moodle_s_feedback_has_it_beside_what_the_checks_say(two):
    two.enrol([Person("ana", ids={"email": "ana@u"}), Person("bo", ids={"email": "bo@u"})])
    two.plan(replace(two.planned("week 1"), feedback=Feedback.VERDICT))
    rows = csv.DictReader(run(two, "export", "moodle").splitlines())
    said = {row["Email address"]: row["week 1: conv (Feedback)"] for row in rows}
    assert said["ana@u"].endswith("A. Rao about my_conv.py, line 2: This &lt;flips&gt; the kernel.")
    assert "about" not in said["bo@u"]


def test_what_was_said_of_the_same_cause_can_be_chosen_by_number(two, tmp_path):
    asked = run(two, "comment", "bo", "conv:1")
    assert asked.splitlines()[-2:] == ["said before of the same cause:", "  1  This <flips> the kernel."]
    assert "cause: Kernel flipped" in asked
    run(two, "comment", "bo", "conv:1", "--pick", "1", "--by", "B. Ek")
    assert "1 def conv2d(x, k): This <flips> the kernel. B. Ek" in shown(two, tmp_path, "bo")
    assert "there are 1 earlier" in run(two, "comment", "bo", "conv:1", "--pick", "2", code=2)


def test_it_stays_through_regrades_merges_and_newer_files(two, tmp_path):
    two.record(graded("ana", 7.0, work=Work({"my_conv.py": f"{FILE}# ana\n".encode()}, "my_conv.py"), run="again"))
    assert "2 k = k[::-1] This <flips> the kernel." in shown(two, tmp_path, "ana")
    two.merge("bo", "ana", author="A. Rao")
    assert "2 k = k[::-1] This <flips> the kernel." in shown(two, tmp_path, "bo")
    two.undo(author="A. Rao")
    two.record(graded("ana", 10.0, work=Work({"my_conv.py": b"def conv2d(x, k): ...\n"}, "my_conv.py")))
    said = shown(two, tmp_path, "ana")
    assert "about line 2 of my_conv.py that was handed in before" in said
    assert "(an earlier file)" in run(two, "comment", "ana")


def test_it_can_be_taken_away_and_the_history_keeps_it(two, tmp_path):
    [number] = [line.split()[0] for line in run(two, "comment", "ana").splitlines()]
    assert "bo has no comment" in run(two, "comment", "bo", "--remove", number, code=2)
    run(two, "comment", "ana", "--remove", number, "--by", "A. Rao")
    assert "flips" not in shown(two, tmp_path, "ana")
    assert "no comments on ana's work" in run(two, "comment", "ana")
    said = run(two, "history", "ana")
    assert "comment 1 on my_conv.py, line 2 by A. Rao: This <flips> the kernel." in said
    assert "removed by A. Rao" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ana", "conv:9", "x"], "has 4 lines, and no line 9"),
        (["ana", "conv:other.py:1", "x"], "which file?"),
        (["ana", "conv:a:b:1", "x"], "write EXERCISE:LINE"),
        (["ana", "loss:1", "x"], "no exercise 'loss'"),
        (["zoe", "conv:1", "x"], "no student 'zoe'"),
        (["ana", "conv:1", "  "], "may not be empty"),
        (["cy", "conv:1", "x"], "handed in nothing"),
        (["ana", "--pick", "1"], "--pick N is instead of a text"),
        (["ana", "conv:1", "--remove", "1"], "takes the student alone"),
    ],
)
def test_what_makes_no_sense_is_one_line(two, arguments, said):
    two.enrol([Person("cy", "Cy Yu")])
    told = run(two, "comment", *arguments, code=2)
    assert said in told
    assert told.count("\n") == 1


def test_what_a_level_holds_back_is_told_once_it_is_due_for_nobody(two, tmp_path):
    past = datetime.now(UTC) - timedelta(days=1)
    plan = replace(two.planned("week 1"), feedback=Feedback.VERDICT, feedback_after=Feedback.CASE, deadline=past)
    two.plan(plan)
    write_class(tmp_path / "after", two, "week 1")
    two.extend(Allowance("week 1", "ill", "A. Rao", student="bo", until=datetime.now(UTC) + timedelta(days=1)))
    write_class(tmp_path / "before", two, "week 1")
    told = {when: "Kernel flipped" in (tmp_path / when / "students/ana/index.html").read_text() for when in
            ("after", "before")}  # fmt: skip
    assert told == {"after": True, "before": False}, "who has until tomorrow learns nothing from who has not"
    assert run(two, "assignment", "week 1", "--feedback-after", "same").splitlines()[0].endswith("feedback: verdict")
