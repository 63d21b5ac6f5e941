"""The gradebook's commands as an instructor types them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli.group import cli
from grader.gradebook import Gradebook, Person
from grader.root import ROOT
from tests.gradebook.makers import WEEK, graded

WRONG = ROOT / "exercises" / "conv" / "wrong" / "kernel_flipped.py"


def run(*arguments: str | Path, code: int = 0) -> str:
    """The command's output, both streams; the exit code is checked, and that nobody sees a traceback."""
    result = CliRunner().invoke(cli, [str(a) for a in arguments])
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.output


@pytest.fixture
def where(tmp_path, monkeypatch) -> Path:
    """A gradebook of three; the current folder is its folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "gradebook.sqlite"
    with Gradebook.open(path) as book:
        book.plan(WEEK)
        book.enrol(
            [Person("ada", "Ada Ek", ids={"email": "ada@uni.example", "canvas": "12"}), Person("cleo", "[red]Cleo")]
        )
        book.record(graded("ada"))
        book.record(graded("ben", points=2.0, broken=True))
    return path


def test_marks_in_the_terminal(where):
    said = run("gradebook")
    assert [line.split() for line in said.splitlines()][:6] == [
        ["week", "1"],
        ["student", "conv", "total"],
        ["[red]Cleo", "(cleo)", "–", "–"],
        ["Ada", "Ek", "(ada)", "6", "6"],
        ["ben", "2?", "2"],
        ["possible", "10", "10"],
    ]
    assert "3 students, 2 of 3 marks; mean 40% of the points" in said
    hidden = run("gradebook", "--anonymous")
    assert [line.split() for line in hidden.splitlines()][2:4] == [
        ["student", "1", "6", "6"],
        ["student", "2", "2?", "2"],
    ]
    assert "Ada" not in hidden


def test_an_override_and_its_history(where):
    said = run("override", "ada@uni.example", "conv", "7,5", "--reason", "explained it", "--by", "A. Rao")
    assert said == "ada, conv: 7.5 of 10 points (the grader's: 6)\n"
    assert "7.5*" in run("gradebook")
    assert run("override", "ada", "conv", "none", "--reason", "mistake", "--by", "A. Rao").startswith(
        "ada, conv: 6 of 10"
    )
    lines = run("history", "ada").splitlines()[1:]
    assert len(lines) == 3
    assert run("override", "ada", "conv", "12", "--above", "--reason", "bonus", "--by", "Rao").startswith(
        "ada, conv: 12 of 10"
    )
    assert "set to 7.5 by A. Rao: explained it" in lines[1]


def test_who_is_who_and_the_way_back(where, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "rao")
    said = run("students", "merge", "ada", "ben", "--by", "A. Rao")
    assert said.startswith("ben is ada now\ngradings that came along: 1; `grade students undo`")
    assert "week 1, conv: ada had 6, ben 2; the best counts: 6" in said
    assert "ada: Ada Ek → Ada Lee" in run("students", "rename", "ben", "Ada Lee")
    assert "cleo has withdrawn" in run("students", "withdraw", "cleo")
    listed = run("students", "list")
    assert [line.split() for line in listed.splitlines()] == [
        ["student", "name", "ids", "section", "gradings"],
        ["cleo", "[red]Cleo", "0"],
        ["withdrawn"],
        ["ada", "Ada", "Lee", "canvas", "12,", "email", "ada@uni.example", "2"],
        ["also", "ben"],
        ["2", "students,", "1", "of", "them", "withdrawn"],
    ]
    assert "1 student, 1 of 1 marks" in run("gradebook")
    assert "renamed from 'Ada Ek' to 'Ada Lee' by rao" in run("history", "ben")
    for decision in ("cleo withdrawn", "ada renamed", "ben merged into ada"):
        assert f"taken back: {decision}" in run("students", "undo")
    assert "3 students, 2 of 3 marks" in run("gradebook")


@pytest.mark.sampled(quick=3)
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["students", "merge", "ada", "zoe"], "no student 'zoe'"),
        (["students", "merge", "ada", "12"], "one student already"),
        (["students", "rename", "ada", " "], "may not be empty"),
        (["students", "undo"], "no decision about students"),
        (["students", "list", "--gradebook", "none.sqlite"], "no gradebook there"),
        (["override", "ada", "conv", "lots", "--reason", "r", "--by", "b"], "a number from 0"),
        (["override", "ada", "conv", "-1", "--reason", "r", "--by", "b"], "No such option"),
        (["override", "ada", "conv", "nan", "--reason", "r", "--by", "b"], "a number from 0"),
        (["override", "ada", "conv", "1", "--reason", " ", "--by", "b"], "may not be empty"),
        (["override", "ada", "conv", "1", "--by", "b"], "Missing option '--reason'"),
        (["override", "ada", "conv", "10.5", "--reason", "r", "--by", "b"], "more than the 10 points"),
        (["override", "zoe", "conv", "1", "--reason", "r", "--by", "b"], "no student 'zoe'"),
        (["override", "ada", "loss", "1", "--reason", "r", "--by", "b"], "no exercise 'loss'"),
        (["gradebook", "--gradebook", "none.sqlite"], "none.sqlite: no gradebook there"),
        (["gradebook", "--assignment", "week 9"], "in this gradebook: week 1"),
        (["history", "zoe"], "no student 'zoe'"),
        (["regrade", "--student", "zoe"], "no student 'zoe'"),
        (["regrade", "--student", "cleo"], "no such attempts"),
        (["regrade", "--exercise", "loss"], "no exercise 'loss'"),
        (["export", "canvas"], "which Canvas assignment"),
        (["export", "canvas", "--column", "conv"], "EXERCISE=TITLE"),
        (["export", "csv", "--column", "conv=C (1)"], "for canvas or moodle"),
        (["export", "moodle", "--anonymous"], "needs to know whose marks"),
        (["export", "moodle", "--by", "login"], "no student has 'Username'"),
        (["export", "moodle", "--decimal", "comma"], "--decimal is for csv"),
        (["export", "xlsx"], "-o FILE.xlsx"),
        (["export", "csv", "--against", "x.csv"], "for canvas and moodle"),
        (["export", "moodle", "--replace-feedback"], "for moodle with --against"),
        (["export", "canvas", "--column", "conv=C (1)", "--against", "none.csv"], "none.csv: No such file"),
        (["export", "csv", "-o", "no/such/file.csv"], "cannot write"),
        (["export", "xml"], "Invalid value"),
        (["assignment", "week 1", "--exercise", "nonsense"], "no exercise 'nonsense'"),
        (["assignment", "week 1", "--exercise", "conv=many"], "SLUG, SLUG=POINTS or SLUG=remove"),
        (["assignment", "week 1", "--deadline", "tomorrow"], "2027-03-01T23:59"),
        (["assignment", "week 1", "--per-day", "110"], "a number from 0 to 100"),
        (["assignment", "week 1", "--late-cap", "x"], "--late-cap x"),
    ],
)
def test_mistakes_are_told_in_one_message_and_change_nothing(where, arguments, said):
    with Gradebook.open(where) as book:
        before = book.marks("week 1"), book.history("week 1", "ada"), book.planned("week 1")
    output = run(*arguments, code=2)
    assert said in output
    with Gradebook.open(where) as book:
        assert (book.marks("week 1"), book.history("week 1", "ada"), book.planned("week 1")) == before


def test_an_assignment_is_made_and_changed_bit_by_bit(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "UTC")
    said = run(
        "assignment", "week 1", "--exercise", "conv", "--exercise", "loss=5", "--deadline", "2027-03-01T23:59+01:00"
    )
    assert "conv (22 points), loss (5 points); due 2027-03-01 23:59+01:00" in said
    said = run("assignment", "week 1", "--per-day", "12.5%", "--late-cap", "50", "--grace", "15", "--keep", "last")
    assert "late: 12.5 % a day, at most 50 %, 15 minutes of grace; the last attempt counts" in said
    with Gradebook.open("gradebook.sqlite") as book:
        plan = book.planned("week 1")
    assert plan.points == {"conv": Decimal(22), "loss": Decimal(5)}
    assert (plan.late.percent_per_day, plan.late.cap, plan.keep) == (Decimal("12.5"), Decimal(50), "last")
    assert plan.deadline.isoformat() == "2027-03-01T22:59:00+00:00"


def test_an_older_gradebook_says_where_its_backup_is(where, monkeypatch, tmp_path):
    monkeypatch.setattr(Gradebook, "open", classmethod(lambda cls, place, create: _backed_up(place)))
    assert "it is kept as old.backup" in run("gradebook")


_open = Gradebook.open


def _backed_up(place: str) -> Gradebook:
    book = _open(place)
    book.backup = Path("old.backup")
    return book


def test_without_its_libraries_the_command_says_what_to_install(where, monkeypatch):
    import sys

    for name in [n for n in sys.modules if n.startswith("grader.gradebook")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    assert "pip install 'cnn-grader[class]'" in run("gradebook", code=2)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["junit", "gradescope", "prairielearn", "autolab", "json"])
def test_submit_in_every_format(tmp_path, form):
    said = run("submit", WRONG, "--format", form, "--student", "anna", "-o", tmp_path / "report", code=1)
    assert "written to" in said
    text = (tmp_path / "report").read_text()
    assert "Kernel flipped" in text
    assert ("anna" in text) == (form in ("junit", "json"))


def test_free_text_has_no_scores_for_platforms(tmp_path):
    (tmp_path / "my_a3.md").write_text("# A3\nBecause.\n")
    assert "--format junit is for code" in run("submit", tmp_path / "my_a3.md", "--format", "junit", code=2)
