"""Students' pages as Moodle and Canvas take them back: under the names that their download had."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.classreport import pages
from grader.classreport.feedback import feedback_zip
from grader.cli.group import cli
from grader.gradebook import GradebookError, Person
from grader.gradebook.records import Downloaded
from grader.model import CheckResult, Verdict
from grader.model.feedback import Feedback
from tests.gradebook.makers import WEEK, graded


@pytest.fixture
def three(book):
    """Three with a mark, one without."""
    book.plan(WEEK)
    book.enrol([Person("ada", "Ada Ek"), Person("zoe", "Zoe")])
    for who in ("ada", "ben", "cleo"):
        book.record(graded(who))
    return book


def unpacked(book) -> dict[str, str]:
    """Name → page."""
    with zipfile.ZipFile(io.BytesIO(feedback_zip(book, "week 1").content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def moodle_finds(path: str) -> tuple[int, str]:
    """The participant and the name of the feedback file (assignfeedback_file: importziplib.php)."""
    parts = path.split("/")
    while parts:
        info = parts.pop(0).split("_", 4)
        if len(info) >= 4 and info[1].isdigit():
            assert info[2:4] == ["assignsubmission", "file"]
            return int(info[1]), "/".join([*info[4:], *parts]).strip("/")
    raise AssertionError(f"Moodle does not know whose {path} is")


def canvas_finds(path: str) -> tuple[str, str]:
    """The user and the attachment: Assignment#infer_comment_context_from_filename."""
    return tuple([part for part in path.split("_") if re.fullmatch(r"\d+", part)][:2])


def test_moodle_finds_whose_page_it_is(three):
    three.downloaded(
        "week 1",
        [
            Downloaded("ada", "Ada  Ek_101_assignsubmission_file_/", "101"),
            Downloaded("ben", "Ben_102_assignsubmission_file_my_conv.py", "102"),
            Downloaded("cleo", "अनु\u200dशा_103_assignsubmission_file/", "103"),
            Downloaded("zoe", "Zoe_104_assignsubmission_file_/", "104"),
        ],
    )
    found = unpacked(three)
    assert [moodle_finds(name) for name in found] == [
        (101, "feedback.html"),
        (102, "my_conv.html"),
        (103, "feedback.html"),
    ]
    assert "Ada  Ek_101_assignsubmission_file_/feedback.html" in found
    assert "Ada Ek" in found["Ada  Ek_101_assignsubmission_file_/feedback.html"]


def test_canvas_finds_whose_page_it_is(three):
    three.downloaded(
        "week 1",
        [
            Downloaded("ada", "ekada_LATE_12_9001_my_conv.py"),
            Downloaded("ada", "ekada_12_9004_my_conv-1.py"),
            Downloaded("ada", "ekada_12_9005_notes.pdf"),
            Downloaded("ben", "ben_13_9002_work.zip"),
        ],
    )
    made = feedback_zip(three, "week 1")
    assert (made.pages, made.homeless) == (2, ["cleo"])
    assert {canvas_finds(name) for name in unpacked(three)} == {("12", "9004"), ("13", "9002")}
    assert "ekada_12_9004_my_conv-1.html" in unpacked(three)


def test_each_of_a_group_has_a_page(three):
    three.downloaded("week 1", [Downloaded(who, "submission_7/") for who in ("ada", "ben")])
    assert list(unpacked(three)) == ["submission_7/feedback.html", "submission_7/feedback-ben.html"]


@pytest.mark.parametrize(("level", "named"), [(Feedback.VERDICT, False), (Feedback.CASE, True)])
def test_a_page_tells_as_much_as_the_assignment_lets_it(three, level, named):
    three.plan(replace(WEEK, feedback=level))
    three.downloaded("week 1", [Downloaded("ada", "ada.py")])
    assert ("Kernel flipped" in unpacked(three)["ada.html"]) == named


@pytest.mark.parametrize(
    ("verdict", "shown"), [(Verdict.NOT_RUN, None), (Verdict.TIME_LIMIT, ("–", "+0")), (Verdict.ACCEPTED, ("✓", "+2"))]
)
def test_a_page_lists_bonuses_only_if_they_were_measured(three, verdict, shown):
    bonus = CheckResult("speed", "Bonus: fast.", verdict, 0.0, 0.0, kind="timing", max_bonus=2.0)
    sound = graded("zoe")
    three.record(replace(sound, result=replace(sound.result, checks=[bonus, *sound.result.checks])))
    three.downloaded("week 1", [Downloaded("zoe", "zoe.py")])
    page = unpacked(three)["zoe.html"]
    assert ("Bonus: fast." in page) == (shown is not None)
    if shown is not None:
        line = re.search(
            r'<span class="sign"[^>]*>(.)</span>\s*<h4><span class="n">1</span> Bonus.*?<b>(\S+)<span', page, re.S
        )
        assert line.groups() == shown


def test_without_a_download_there_is_nowhere_to_put_it(three):
    with pytest.raises(GradebookError, match="no download to put feedback back into"):
        feedback_zip(three, "week 1")


def exported(where: Path, *options: str):
    return CliRunner().invoke(cli, ["export", "feedback", "--gradebook", str(where), *options])


def test_the_command_says_who_is_left_out_and_what_failed(three, tmp_path, monkeypatch):
    three.downloaded("week 1", [Downloaded(who, f"{who}.py") for who in ("ada", "ben")])
    where, target = Path(three.url.database), tmp_path / "feedback.zip"
    done = exported(where, "-o", str(target))
    assert done.exit_code == 0
    assert "with the pages of 2 students" in done.output
    assert "as no download has their work: cleo" in done.output
    assert zipfile.ZipFile(target).namelist() == ["ada.html", "ben.html"]
    monkeypatch.setattr(pages, "student_page", lambda assignment, person, *_: str(1 / (person.key != "ada")))
    assert exported(where, "-o", str(target)).exit_code == 3
    assert exported(where).exit_code == 2
    assert exported(where, "-o", str(target), "--missing", "0").exit_code == 2
