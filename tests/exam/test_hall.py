"""An exam's life: started, answered from one window or two, interrupted, ended; and what is then kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from decimal import Decimal

import pytest

from grader.exam.hall import GRACE, AnswerChange, ExamError, ExamHall
from grader.exam.state import ExamEnding, QuestionState, parts


def change(number: int, answer: str, base: int = 0, *, writer: str = "window", turn: int = 1, marked: bool = False):
    return AnswerChange(number, answer, marked, base, writer, turn)


@pytest.fixture
def exam(hall, paper):
    """A started exam's number."""
    number = hall.make(paper)
    hall.start(number)
    return number


def test_an_exam_from_its_start_to_its_end(hall, paper, clock):
    number = hall.make(paper)
    assert hall.look(number).left == 600
    clock.wait(hours=5)  # who reads the instructions has time
    with pytest.raises(ExamError, match="not started"):
        hall.take(number, [change(1, "A")])
    hall.start(number)
    clock.wait(seconds=100)
    hall.start(number)  # a second time changes nothing
    (taken,) = hall.take(number, [change(1, "A")], at=1)
    assert (taken.outcome, taken.kept.version) == ("saved", 1)
    hall.take(number, [change(2, "", marked=True), change(3, "A, B", marked=True), change(4, "")], at=4)
    exam = hall.look(number)
    assert (exam.left, exam.at, exam.running) == (500, 4, True)
    assert [exam.state(n) for n in range(1, 6)] == [
        QuestionState.ANSWERED, QuestionState.MARKED, QuestionState.ANSWERED_MARKED, QuestionState.NOT_ANSWERED,
        QuestionState.NOT_VISITED,
    ]  # fmt: skip
    assert exam.counts(parts(paper)[1].numbers)[QuestionState.NOT_VISITED] == 5
    hall.finish(number)
    assert hall.look(number).ending == ExamEnding.CANDIDATE
    assert hall.look(number).given == {1: "A", 3: "A, B"}


def test_time_runs_while_nobody_looks_and_ends_the_exam(hall, exam, clock):
    hall.take(exam, [change(1, "A")])
    clock.wait(hours=8)  # the laptop slept
    over = hall.look(exam)
    assert (over.ending, over.used, over.left) == (ExamEnding.TIME, 600, 0)
    assert over.given == {1: "A"}


def test_extra_time_is_a_share_of_the_time(hall, paper, clock):
    number = hall.make(paper, factor=Decimal("1.25"))
    hall.start(number)
    clock.wait(seconds=749)
    assert hall.look(number).left == 1
    with pytest.raises(ExamError, match="extra time"):
        hall.make(paper, factor=Decimal("0.5"))


def test_what_was_on_its_way_counts_and_what_came_later_is_kept_beside(hall, exam, clock):
    clock.wait(seconds=600 + GRACE.seconds)
    assert hall.look(exam).ending == ExamEnding.TIME
    assert hall.take(exam, [change(1, "A")])[0].outcome == "saved"
    clock.wait(seconds=1)
    assert hall.take(exam, [change(1, "B", turn=2), change(2, "7")])[0].outcome == "late"
    kept = hall.look(exam).answers
    assert (kept[1].answer, kept[1].late, kept[2].answer, kept[2].late) == ("A", "B", "", "7")
    assert hall.look(exam).given == {1: "A"}


def test_nothing_counts_after_the_candidate_ended_it(hall, exam):
    hall.finish(exam)
    assert hall.take(exam, [change(1, "A")])[0].outcome == "late"


def test_two_windows_do_not_overwrite_each_other(hall, exam):
    hall.take(exam, [change(1, "A", writer="one")])
    (taken,) = hall.take(exam, [change(1, "B", writer="two")])
    assert (taken.outcome, taken.kept.answer, taken.kept.version) == ("conflict", "A", 1)
    (taken,) = hall.take(exam, [change(1, "B", base=1, writer="two", turn=2)])  # who has seen it may
    assert taken.outcome == "saved"
    (taken,) = hall.take(exam, [change(1, "C", writer="one", turn=2)])
    assert (taken.outcome, taken.kept.answer) == ("conflict", "B")


def test_a_receipt_that_was_lost_is_no_conflict(hall, exam):
    """A window that hears nothing sends again, and then what was typed meanwhile: it still knows version 0 only."""
    for turn, answer in ((1, "A"), (1, "A"), (2, "B"), (4, "D")):
        assert hall.take(exam, [change(1, answer, turn=turn)])[0].outcome == "saved"
    (taken,) = hall.take(exam, [change(1, "C", turn=3)])  # late on the way: it is older than what stands there
    assert (taken.outcome, taken.kept.answer) == ("saved", "D")


def test_each_person_sees_their_own_exams(hall, paper):
    mine, theirs = hall.make(paper), hall.make(paper, learner="ada")
    assert [exam.number for exam in hall.exams()] == [mine]
    with pytest.raises(ExamError, match=f"no exam {theirs}"):
        hall.look(theirs)
    assert hall.look(theirs, "ada").learner == "ada"


def test_an_exam_that_is_over_can_be_deleted_and_one_that_runs_cannot(hall, paper, exam):
    hall.take(exam, [change(1, "A")])
    unstarted = hall.make(paper)
    with pytest.raises(ExamError, match="end it first"):
        hall.delete(exam)
    hall.finish(exam)
    with pytest.raises(ExamError, match=f"no exam {exam}"):
        hall.delete(exam, "ada")
    for number in (exam, unstarted):
        hall.delete(number)
    assert hall.exams() == []


def test_what_no_window_sends_is_refused(hall, exam):
    for wrong in (change(0, "A"), change(10, "A"), change(1, "A" * 20_001)):
        with pytest.raises(ExamError):
            hall.take(exam, [wrong])


ANSWERING = """
    import sys
    from grader.exam.hall import AnswerChange, ExamHall
    hall, number = ExamHall.open(sys.argv[1]), int(sys.argv[2])
    for turn in range(1, 10_000):
        hall.take(number, [AnswerChange(1, str(turn), False, 0, "w", turn)], 1)
        print(turn, flush=True)
"""


@pytest.mark.slow
def test_a_killed_process_loses_nothing_that_it_had_confirmed(tmp_path, paper):
    file = tmp_path / "exams.sqlite"
    with ExamHall.open(file) as hall:
        number = hall.make(paper)
        hall.start(number)
        begun = hall.look(number).started
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(ANSWERING), str(file), str(number)],
                               stdout=subprocess.PIPE, text=True)  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) == 20:
            break
    os.kill(process.pid, signal.SIGKILL)
    confirmed = max([20, *map(int, process.communicate()[0].split())])
    with ExamHall.open(file) as hall:
        exam = hall.look(number)
        assert int(exam.answers[1].answer) in (confirmed, confirmed + 1)
        assert (exam.started, exam.running) == (begun, True)
