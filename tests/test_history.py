"""What a learner did is remembered on their own machine, never in the way of a grading."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace
from pathlib import Path

import platformdirs
import pytest
from click.testing import CliRunner

from grader.cli.group import cli
from grader.exercise import in_chapter_order
from grader.model import CheckResult, Misconception, Result, Verdict
from grader.practice import history
from grader.practice.history import HistoryError, Mistake, Try
from grader.practice.place import HOME
from grader.practice.progress import WhyNext, next_step, progress, returned
from tests.test_cli import RIGHT, WRONG, grade

CONV, PADDING, POOLING = in_chapter_order()[:3]
FLIPPED = Mistake("kernel-flipped", "Kernel flipped", ("window", "channels"))


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """Where attempts are remembered in this test."""
    monkeypatch.setenv(HOME, str(tmp_path / "history"))
    return tmp_path / "history"


def a_try(at: float, exercise: str = "conv", score: float = 9, **changes) -> Try:
    base = Try(at, exercise, "/work/my_conv.py", score, 22.0, full=score == 22)
    return replace(base, **changes)


def result(*checks: CheckResult, **changes) -> Result:
    base = {"exercise": "conv", "title": "Convolution", "file": "my_conv.py", "seed": 1, "isolation": "confined"}
    return Result(**base | {"checks": list(checks)} | changes)


WON = CheckResult("window", "The window.", Verdict.ACCEPTED, 2.0, 2.0)
LOST = replace(WON, name="stride", verdict=Verdict.WRONG_ANSWER, score=0.0,
               misconception=Misconception("no-stride", "Stride ignored", "Step by it."))  # fmt: skip


# ---------------------------------------------------------------- the file


def test_tests_remember_nothing_in_the_users_own_folder():
    assert history.place().parent == Path(os.environ["GRADE_HOME"])
    assert not history.place().is_relative_to(platformdirs.user_data_path())


def test_without_the_environment_it_is_the_systems_own_folder(monkeypatch):
    monkeypatch.delenv(HOME)
    assert history.place() == platformdirs.user_data_path("cnn-grader", appauthor=False) / "history.sqlite"


def test_what_is_remembered_comes_back(folder):
    assert history.tries() == []
    history.remember([result(WON, LOST), result(WON)])
    first, second = history.tries()
    assert (first.exercise, first.score, first.possible, first.full, first.ran) == ("conv", 2, 4, False, True)
    assert (first.mistakes, first.lost) == ((Mistake("no-stride", "Stride ignored", ("stride",)),), ("stride",))
    assert (second.full, second.mistakes, second.lost) == (True, (), ())
    assert first.file == os.path.abspath("my_conv.py")
    assert folder.stat().st_mode & 0o077 == 0


def test_what_our_own_error_spoiled_is_not_remembered(folder):
    history.remember([result(WON, replace(LOST, verdict=Verdict.INTERNAL_ERROR))])
    assert history.tries() == []


def test_a_newer_file_is_left_alone(folder):
    history.remember([result(WON)])
    with sqlite3.connect(history.place()) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(HistoryError, match="newer version"):
        history.remember([result(WON)])
    with pytest.raises(HistoryError, match="newer version"):
        history.tries()


def test_a_broken_file_is_one_line(folder):
    folder.mkdir()
    (folder / "history.sqlite").write_bytes(b"no database, but long enough to look like one" * 100)
    with pytest.raises(HistoryError, match="not a database"):
        history.tries()
    ended = CliRunner().invoke(cli, ["progress"])
    assert ended.exit_code == 2
    assert "not a database" in ended.stderr


# ---------------------------------------------------------------- grade submit


@pytest.mark.slow
def test_submit_remembers_unless_it_is_told_not_to(folder, tmp_path):
    for options in ((), ("--no-history",), ("--student", "ada"), ("--format", "junit")):
        assert grade("submit", WRONG, "--no-timing", "--no-explain", *options, cwd=tmp_path).returncode == 1
    (remembered,) = history.tries()
    assert (remembered.exercise, remembered.score, remembered.headline) == ("conv", 16, "Kernel flipped")
    assert [m.slug for m in remembered.mistakes] == ["kernel-flipped"]


@pytest.mark.parametrize("there", [os.devnull, "/proc/none"])
def test_where_nothing_can_be_written_the_grading_stands(there, tmp_path, monkeypatch):
    monkeypatch.setenv(HOME, there)
    ended = grade("submit", RIGHT, "--no-timing", cwd=tmp_path)
    assert ended.returncode == 0
    assert "22 of 22 points" in ended.stdout
    assert ended.stderr.startswith("grade: this attempt was not remembered: ")
    assert ended.stderr.count("\n") == 1


def test_a_full_disk_is_one_line_too(folder, monkeypatch):
    def full(*_args, **_options):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(sqlite3, "connect", full)
    with pytest.raises(HistoryError, match="database or disk is full"):
        history.remember([result(WON)])


# ---------------------------------------------------------------- what comes next


def test_first_comes_what_the_chapter_begins_with():
    step = next_step(progress(in_chapter_order(), []))
    assert (step.reason, step.progress.exercise.slug) == (WhyNext.FIRST, "conv")


@pytest.mark.parametrize(
    ("tries", "reason", "slug"),
    [
        ([a_try(1)], WhyNext.GO_ON, "conv"),
        ([a_try(1), a_try(2, "padding", 3)], WhyNext.GO_ON, "padding"),
        ([a_try(1), a_try(2, "padding", 22)], WhyNext.BEGUN, "conv"),
        ([a_try(1), a_try(2, "conv", 22)], WhyNext.NEXT, "padding"),
        ([a_try(1, score=22), a_try(2, "conv", 5)], WhyNext.NEXT, "padding"),  # done is done
        ([a_try(1), a_try(2), a_try(3)], WhyNext.STUCK, "conv"),
        ([a_try(1), a_try(2), a_try(3, score=10)], WhyNext.GO_ON, "conv"),
        ([a_try(1), a_try(2), a_try(3, lost=("window",))], WhyNext.GO_ON, "conv"),
        ([a_try(i, e.slug, 22) for i, e in enumerate(in_chapter_order())], WhyNext.ALL_DONE, None),
    ],
)
def test_what_is_next(tries, reason, slug):
    step = next_step(progress(in_chapter_order(), tries))
    assert (step.reason, step.progress and step.progress.exercise.slug) == (reason, slug)


def test_best_and_trend():
    (found,) = progress([CONV], [a_try(1), a_try(2), a_try(3, score=13), a_try(4, score=0, ran=False)])
    assert (found.best.score, found.trend, found.done) == (13, [9, 13, 0], False)


# ---------------------------------------------------------------- what came back


def made(at: float, exercise: str = "conv") -> Try:
    return a_try(at, exercise, mistakes=(FLIPPED,), lost=FLIPPED.checks)


@pytest.mark.parametrize(
    ("tries", "times"),
    [
        ([made(1), made(2)], 0),  # still there
        ([made(1), a_try(2), made(3)], 2),  # put right, and made again
        ([made(1), a_try(2), made(3, "pooling")], 2),  # made again elsewhere
        ([made(1), made(2, "pooling")], 0),
        ([made(1), a_try(2, ran=False), made(3)], 0),  # a file that did not load says nothing of it
        ([made(1), a_try(2, lost=("channels",)), made(3)], 0),  # nor do checks that were lost to something else
        ([made(1), a_try(2, "padding"), made(3)], 0),  # nor another exercise
    ],
)
def test_mistakes_that_came_back(tries, times):
    assert [r.times for r in returned(tries)] == ([times] if times else [])


# ---------------------------------------------------------------- as it is shown


def test_progress_and_next_are_shown(folder, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    history.remember([result(WON, LOST, file="my conv.py")])
    history.remember([result(WON, replace(LOST, verdict=Verdict.ACCEPTED, score=2.0, misconception=None))])
    history.remember([result(LOST, WON, file="my conv.py")])
    shown = CliRunner().invoke(cli, ["progress"]).output
    assert "✓ conv             4 of 4" in shown
    assert "2 → 4 → 2" in shown
    assert "Stride ignored  in conv, made 2 times" in shown
    assert max(map(len, shown.split("\n"))) <= 80 or str(folder) in shown
    step = CliRunner().invoke(cli, ["next"]).output
    assert "grade start padding" in step


def test_next_names_the_file_as_a_shell_takes_it(folder, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    history.remember([result(WON, LOST, file="my conv.py")])
    assert "grade submit 'my conv.py'" in CliRunner().invoke(cli, ["next"]).output


@pytest.mark.slow
def test_a_notebooks_cell_is_remembered_where_it_is_graded_whole(folder):
    from grader.notebook.graded import report

    for wanted in ("conv", "conv2d", None):
        report([WRONG.read_text()], wanted, 1, False)
    assert [(t.exercise, t.file) for t in history.tries()] == [("conv", ""), ("conv", "")]
    assert "%grade conv    in a cell" in CliRunner().invoke(cli, ["next"]).output


def test_hostile_names_reach_the_terminal_clean(folder):
    history.remember([result(LOST, file="a\x1b[31m.py")])
    assert "\x1b" not in CliRunner().invoke(cli, ["next"]).output
