"""Which assignment a batch is for, and what it does to one that is planned."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from grader.batch.intake import read
from grader.cli.work import batch_target
from grader.cli.work.batch_options import BatchOptions
from grader.errors import GraderError
from grader.gradebook import Gradebook, Plan
from tests.batch.makers import RIGHT, WRONG, folder
from tests.gradebook.makers import DUE, WEEK
from tests.gradebook.test_commands import run

NONE = dict.fromkeys(BatchOptions.__dataclass_fields__)
CONV = Plan("week 1", {"conv": Decimal(10)}, closed=True)


@pytest.fixture
def taken(tmp_path):
    """Says which assignment a download of `conv` is for, where these are in the gradebook."""
    path = folder(tmp_path / "download", {"ana.py": RIGHT, "bo.py": WRONG})

    def found(*plans: Plan, **options: str) -> str:
        with Gradebook.open(tmp_path / "book.sqlite") as book:
            for plan in plans:
                book.plan(plan)
            return batch_target.target(BatchOptions(**{**NONE, "path": path, **options}), read(path), book)

    return found


def test_without_a_plan_it_is_named_after_the_exercise_or_the_folder(taken):
    assert taken() == "download"
    assert taken(exercise="conv") == "conv"
    assert taken(WEEK) == "download"  # made by a batch, as it seems: nobody planned it


def test_the_only_planned_one_that_fits(taken):
    assert taken(CONV, replace(CONV, name="week 2", points={"pooling": Decimal(1)})) == "week 1"
    assert taken(exercise="pooling") == "week 2"
    assert taken(assignment="week 2") == "week 2"
    assert taken(exercise="loss") == "loss"


def test_one_with_a_deadline_and_no_exercises_yet_fits_whatever_is_handed_in(taken):
    assert taken(Plan("week 1", {}, deadline=DUE)) == "week 1"


def test_the_same_command_goes_on_with_what_it_began(taken):
    assert taken(Plan("download", {"conv": Decimal(22)}), CONV) == "download"


def test_of_several_nobody_is_guessed(taken, monkeypatch):
    with pytest.raises(GraderError, match="--assignment NAME; planned and fitting: 'week 1', 'week 2'") as stop:
        taken(CONV, replace(CONV, name="week 2"))
    assert stop.value.exit_code == 2
    for stream in ("stdin", "stderr"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: "2")
    assert taken() == "week 2"


def test_plan_grade_look_and_then_the_times_come_in(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    folder(tmp_path / "class", {"ana.py": RIGHT, "bo.py": WRONG})
    run(
        "assignment",
        "week 1",
        "--exercise",
        "conv",
        "--deadline",
        "2027-03-01",
        "--zone",
        "Europe/Berlin",
        "--per-day",
        "10",
    )
    quick = ["--no-timing", "--no-explain", "--jobs", "1"]
    said = run("batch", "class", *quick)
    assert "week 1 (batch" in said
    assert "time of handing in not known for 2 of 2: nothing is taken off" in said
    said = run("batch", "class", "--times-from", "files", *quick)
    assert "the files' own dates stand for the time of handing in of 2" in said
    Path("times.csv").write_text("student,time\nana,2027-03-01 23:59:59\nbo,2027-03-02 00:00\n")
    said = run("batch", "class", "--times", "times.csv", "--out", "out", *quick)
    assert "0 graded now, 2 graded before" in said
    assert "1 mark changes of those that there were before" in said
    assert "not known" not in said
    table = run("gradebook")
    assert "(1 d late)" in table
    summary = json.loads(Path("out/summary.json").read_text())
    assert (summary["marks_changed"], summary["times"]["unknown"]) == (1, 0)
    page = Path("out/students/bo/index.html").read_text()
    for text in ("handed in 2027-03-02 00:00 Europe/Berlin (says the list of times)", "1 day late: 2.2 points off"):
        assert text in page


@pytest.mark.slow
def test_exercises_that_come_with_what_is_handed_in_are_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    quick = ["--no-timing", "--no-explain", "--jobs", "1"]
    folder(tmp_path / "class", {"ana.py": RIGHT})
    run("batch", "class", *quick)
    folder(tmp_path / "class", {"bo.py": (Path(__file__).parents[2] / "solutions" / "pooling.py").read_bytes()})
    said = run("batch", "class", *quick)
    assert "pooling: part of 'class' now, as it was handed in" in said
    assert "`grade assignment 'class' --exercise pooling=remove` takes it out" in said
    assert "pooling: none → 23 points by grade batch" in run("history")
