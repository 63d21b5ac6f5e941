"""`grade regrade` as an instructor types it: the kept sources again, tried, recorded, or left where they are worse."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from grader.batch.work import Outcome, grade_kept
from grader.cli.work import farms
from grader.exercise import load_exercise
from grader.gradebook import Gradebook, Graded, Person, Plan, Work
from grader.gradebook.tables import Incident
from grader.judge.grade import grade
from grader.submission.load import load, restore
from tests.batch.makers import farm
from tests.gradebook.makers import WEEK, count, graded, mark_of, result, work
from tests.gradebook.test_commands import WRONG, run, where

__all__ = ["where"]  # the fixture


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

        monkeypatch.setattr(farms, "open_farm", lambda *_: nullcontext(farm(outcome)))

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


def test_as_many_processes_grade_as_were_asked_for(where, monkeypatch):
    asked = []

    def opened(jobs, cluster, wait=None):
        asked.append((jobs, cluster))
        return nullcontext(farm(lambda *_: Outcome(result(), {}, {}, edition="b" * 64)))

    monkeypatch.setattr(farms, "open_farm", opened)
    run("regrade", "--jobs", "3")
    assert asked == [(3, None)]


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


def test_data_is_kept_with_the_sources(tmp_path):
    (tmp_path / "conv.py").write_bytes(WRONG.read_bytes())
    (tmp_path / "data.npy").write_bytes(b"numbers")
    submission = load(tmp_path)
    kept = Work.unpacked(Work.of(submission).packed(), submission.main, "")
    again = restore("conv.py", dict(kept.files), kept.main)
    assert (again.files, again.data) == (submission.files, {"data.npy": b"numbers"})


@pytest.mark.slow
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
