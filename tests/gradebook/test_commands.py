"""The gradebook's commands as an instructor types them."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.batch.work import Outcome, grade_kept
from grader.cli import cli
from grader.cli.work import farms
from grader.exercise import load_exercise
from grader.gradebook import Gradebook, Graded, Person, Plan, Work
from grader.gradebook.tables import Incident
from grader.judge.grade import grade
from grader.root import ROOT
from grader.submission.load import load
from tests.batch.makers import farm
from tests.gradebook.makers import WEEK, count, graded, mark_of, result, work

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
    assert "1 students, 1 of 1 marks" in run("gradebook")
    assert "renamed from 'Ada Ek' to 'Ada Lee' by rao" in run("history", "ben")
    for decision in ("cleo withdrawn", "ada renamed", "ben merged into ada"):
        assert f"taken back: {decision}" in run("students", "undo")
    assert "3 students, 2 of 3 marks" in run("gradebook")


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


def test_regrading_uses_the_kept_source_and_keeps_history(where, tmp_path):
    source = tmp_path / "my_conv.py"
    source.write_bytes(WRONG.read_bytes())
    submission = load(source)
    first = grade(submission, load_exercise("conv"), seed=11)
    with Gradebook.open(where) as book:
        book.plan(Plan("real", {"conv": Decimal(22)}))
        # as if the grader had been wrong then: no point for any check
        wrong = replace(first, checks=[replace(c, score=0.0) for c in first.checks])
        book.record(Graded("real", "ada", Work.of(submission), wrong, "batch"))
    source.unlink()
    said = run("regrade", "--assignment", "real")
    assert "1 of 1 attempts to grade" in said
    assert f"ada, conv: 0 → {first.score:g}" in said
    assert "marks: 1 up, 0 down, 0 the same" in said
    name = said.partition("--run '")[2].partition("'")[0]
    assert "0 of 1 attempts to grade" in run("regrade", "--assignment", "real", "--run", name)
    lines = run("history", "ada", "--assignment", "real").splitlines()[1:]
    assert len(lines) == 2
    assert "seed 11" in lines[1]
    assert f"edition {load_exercise('conv').edition[:8]}" in lines[1]
    with Gradebook.open(where) as book:
        assert next(m for m in book.marks("real") if m.student == "ada").points == Decimal(str(first.score))


@pytest.fixture
def workers(monkeypatch):
    """Grades in this process, or lets a function of (file, source, exercise, options) stand for the grading."""

    def install(grade=None) -> None:
        def outcome(*order):
            return Outcome(grade(*order), {}, {}, edition="b" * 64) if grade else grade_kept(*order)

        monkeypatch.setattr(farms, "open_farm", lambda jobs, cluster: nullcontext(farm(outcome)))

    return install


@pytest.mark.parametrize("timing", [False, True])
def test_what_was_not_timed_is_not_timed_again(where, workers, timing):
    asked = []

    def graded_again(file, source, exercise, options):
        asked.append(options.timing)
        return result()

    workers(graded_again)
    with Gradebook.open(where) as book:
        book.record(replace(graded("ada"), run="another", timing=timing))
    for name in ("first", "second"):
        run("regrade", "--student", "ada", "--run", name)
    assert asked == [timing, timing]


def test_regrading_goes_on_when_people_come_in_meanwhile(where, workers):
    def graded_again(file, source, exercise, options):
        with Gradebook.open(where) as book:
            book.enrol([Person("aaron"), Person("zoe")])
            book.plan(replace(WEEK, points={**WEEK.points, "pooling": Decimal(5)}))
            book.record(graded("zoe"))
            book.record(graded("ada", work=Work({"second.py": b""}, "second.py")))
        return result(points=8.0)

    workers(graded_again)
    said = run("regrade", "--run", "now")
    assert "ada, conv: 6 → 8" in said
    assert "marks: 2 up, 0 down, 0 the same" in said
    assert "zoe" not in said
    assert "2 of 4 attempts to grade" in run("regrade", "--run", "now")


@pytest.mark.parametrize("kept", ["ada", "ben"])
def test_regrading_goes_on_when_two_turn_out_to_be_one(where, workers, kept):
    other = "ben" if kept == "ada" else "ada"

    def merged_meanwhile(file, source, exercise, options):
        with Gradebook.open(where) as book:
            if len(book.students()) == 3:
                book.merge(kept, other, author="rao")
        return result(points=8.0)

    workers(merged_meanwhile)
    assert "marks: 1 up, 0 down, 0 the same" in run("regrade", "--run", "now")
    with Gradebook.open(where) as book:
        assert mark_of(book, kept).points == 8


def test_a_grading_goes_to_the_work_it_is_of_when_a_merge_is_taken_back_meanwhile(where, workers):
    """What ben handed in is not ada's, although it was when the regrade began."""
    with Gradebook.open(where) as book:
        book.record(graded("ben", points=1.0, work=work("ben's own")))
    run("students", "merge", "ada", "ben")

    def parted_meanwhile(file, source, exercise, options):
        with Gradebook.open(where) as book:
            if len(book.students()) == 2:
                book.undo(author="rao")
        return result(points=9.0 if b"own" in source.files["my_conv.py"] else 3.0)

    workers(parted_meanwhile)
    run("regrade", "--run", "now")
    with Gradebook.open(where) as book:
        assert (mark_of(book, "ada").points, mark_of(book, "ben").points) == (3, 9)


def test_each_grading_keeps_the_edition_it_was_made_with(where, workers):
    workers(lambda *_: result(points=8.0))
    run("regrade", "--student", "ada")
    first, second = run("history", "ada").splitlines()[1:]
    assert first.endswith(", edition not known)")
    assert second.endswith(f", edition {'b' * 8})")


SCORES = {b"ada's best": 9.0, b"ben's own": 1.0, b"dan's": 7.0}


@pytest.fixture
def regraded(where, workers) -> Path:
    """Ada has 6, and 4 for another attempt, Ben 2 and Dan 7; graded again, work has SCORES, and 1 if it has none."""
    with Gradebook.open(where) as book:
        book.record(graded("ada", points=4.0, work=work("ada's best")))
        book.record(graded("ben", points=2.0, work=work("ben's own")))
        book.record(graded("dan", points=7.0, work=work("dan's")))
    workers(lambda file, source, exercise, options: result(SCORES.get(source.files["my_conv.py"], 1.0)))
    return where


def computed(where) -> dict[str, Decimal | None]:
    """The computed marks by student."""
    with Gradebook.open(where) as book:
        return {m.student: m.computed for m in book.marks("week 1")}


@pytest.mark.parametrize("options", [[], ["--only-better"]])
def test_a_dry_run_says_what_would_change_and_writes_nothing(regraded, options):
    run("override", "ben", "conv", "8", "--reason", "explained it", "--by", "A. Rao")
    with Gradebook.open(regraded) as book:
        before = book.snapshot(), book.history("week 1", "ada")
    said = run("regrade", "--dry-run", *options)
    with Gradebook.open(regraded) as book:
        assert (book.snapshot(), book.history("week 1", "ada")) == before
    lines = said.splitlines()
    assert lines[0] == "5 of 5 attempts to grade; nothing is written"
    if options:
        assert lines[1:] == [
            "marks: 1 up, 0 down, 2 the same; nothing was written",
            "4 attempts left as graded before: no mark would rise",
        ]
    else:
        assert lines[1:] == [
            "ben, conv: 2 → 1 (a person's 8 count)",
            "marks: 1 up, 1 down, 1 the same; nothing was written",
        ]
    counts = next(line for line in lines if line.startswith("marks:")).removesuffix("; nothing was written")
    assert counts in run("regrade", *options).splitlines()


def test_only_gradings_that_raise_a_mark_are_recorded(regraded):
    said = run("regrade", "--only-better", "--run", "now")
    assert "ada, conv: 6 → 9\nmarks: 1 up, 0 down, 2 the same\n4 attempts left as graded before" in said
    assert computed(regraded) == {"ada": 9, "ben": 2, "cleo": None, "dan": 7}
    with Gradebook.open(regraded) as book:
        assert sum(row[0] == "grading" and row[6] == "now" for row in book.snapshot()) == 1
    assert "0 down" in run("regrade", "--only-better")


def test_a_dry_run_that_fails_writes_no_incident(where, workers):
    def failing(file, source, exercise, options):
        raise OSError("no memory")

    workers(failing)
    assert "tried 3 times: OSError: no memory" in run("regrade", "--dry-run", code=3)
    with Gradebook.open(where) as book:
        assert count(book, Incident) == 0


def test_what_the_grader_fails_on_is_told_and_the_others_are_graded(where, workers):
    def failing(file, source, exercise, options):
        if b"ben" in source.files["my_conv.py"]:
            raise OSError("no memory")
        return result(points=8.0)

    with Gradebook.open(where) as book:
        book.record(graded("ben", work=work("ben's own")))
    workers(failing)
    said = run("regrade", code=3)
    assert "the grader failed: ben: conv: tried 3 times: OSError: no memory" in said
    assert "ada, conv: 6 → 8" in said


def test_an_interrupted_regrade_says_how_to_go_on(where, workers):
    def interrupt(file, source, exercise, options):
        raise KeyboardInterrupt

    workers(interrupt)
    assert "is in the gradebook; go on with --run 'now'." in run("regrade", "--run", "now", code=130)


@pytest.mark.parametrize("name", ["my_conv.ipynb", "broken.py", "folder"])
def test_whatever_was_handed_in_can_be_graded_again_with_the_same_result(where, tmp_path, workers, name):
    workers()
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
        (path / "conv.py").write_text("from helper import *\n" + WRONG.read_text())
        (path / "helper.py").write_text("x = 1\n")
    elif name.endswith(".ipynb"):
        cells = [WRONG.read_text(), "%matplotlib inline", "syntax error here"]
        code = [
            {"cell_type": "code", "source": c, "metadata": {}, "outputs": [], "execution_count": None} for c in cells
        ]
        path.write_text(json.dumps({"cells": code, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}))
    else:
        path.write_text("def conv2d(:\n")
    submission = load(path)
    first = grade(submission, load_exercise("conv"), seed=5)
    with Gradebook.open(where) as book:
        book.plan(Plan("real", {"conv": Decimal(20)}))
        book.record(Graded("real", "ada", Work.of(submission), first, "batch"))
    assert "marks: 0 up, 0 down, 1 the same" in run("regrade", "--assignment", "real", "--run", "again")
    with Gradebook.open(where) as book:
        rows = [r for r in book.snapshot() if r[1] == "real" and r[0] in ("check", "grading")]
    old, new = ([r[:6] + r[7:] for r in rows if r[6] == run_name] for run_name in ("batch", "again"))
    assert old == new
    assert len(old) == 1 + len(first.checks)


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
